"""Methods that C++ calls with what strangers sent contain their faults."""

from __future__ import annotations

import ast
import re

import pytest

from dinamis_qgis.bridge.guard import contain_faults
from tests import code

CALLED_FROM_CPP = re.compile(
    r"paint|paintEvent|data|rowCount|columnCount|headerData|sizeHint|minimumSizeHint|event|eventFilter"
    r"|editorEvent|viewportEvent|canvas\w+Event|key\w+Event|mouse\w+Event|drag\w+Event|dropEvent"
    r"|leaveEvent|createChildren|createDataItem|mimeUris|hasDragEnabled|handle[A-Z]\w+"
    r"|canHandle[A-Z]\w+|fetchResults|triggerResult|boundingRect|updatePosition"
    r"|visualRegionForSelection"
)
"""Overridden virtual methods of Qt and QGIS that meet data of others."""
PROJECT_SIGNALS = re.compile(
    r"\.(readMapLayer|writeProject|layersAdded|cleared|layersWillBeRemoved|styleChanged"
    r"|readProject|projectSaved|layerWasAdded|messageReceived)\.connect\((self\.(\w+)|[^)]*)\)"
)
"""Signals that carry what a stranger's project holds."""


def _lacks_guard(function: ast.FunctionDef) -> bool:
    return not any("contain_faults" in ast.unparse(mark) for mark in function.decorator_list)


def unguarded(name: str, tree: ast.AST) -> list[str]:
    found = []
    for owner in ast.walk(tree):
        if not isinstance(owner, ast.ClassDef):
            continue
        text = ast.unparse(owner)
        slots = {match.group(3) for match in PROJECT_SIGNALS.finditer(text)}
        for function in owner.body:
            if not isinstance(function, ast.FunctionDef):
                continue
            overrides = owner.bases and CALLED_FROM_CPP.fullmatch(function.name)
            if function.name in slots or overrides:
                found += [f"{name}:{owner.name}.{function.name}"] * _lacks_guard(function)
    return found


def test_what_cpp_calls_contains_its_faults() -> None:
    found = []
    for name, tree in code.modules():
        room = name.split(".")[1]
        if room not in ("core", "sandbox", "processing"):
            found += unguarded(name, tree)
    assert not found, "decorate with bridge.guard.contain_faults"


def test_the_rule_sees_what_lacks_it() -> None:
    tree = ast.parse(
        "class A(B):\n def paint(self): pass\n def __init__(self):\n"
        "  p.layersAdded.connect(self._added)\n def _added(self): pass\n @contain_faults()\n"
        " def data(self): pass\n"
    )
    assert unguarded("m", tree) == ["m:A.paint", "m:A._added"]


def test_a_contained_fault_is_told_and_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    from dinamis_qgis.bridge import guard

    told: list[BaseException] = []
    written: list[str] = []
    monkeypatch.setattr(guard, "fault_listeners", [told.append])
    monkeypatch.setattr(guard, "_write_to_log", lambda text: written.append(text))
    monkeypatch.setattr(guard, "_told", {})

    @contain_faults(7)
    def answer(value: str) -> int:
        return int(value)

    assert answer("3") == 3
    for _ in range(20):
        assert answer("\ud800 no number", "more than it takes") == 7
    assert len(told) == 20 and isinstance(told[0], ValueError)
    assert 1 <= len(written) <= 3 and "answer" in written[0]
    written[0].encode()
