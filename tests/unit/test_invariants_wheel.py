"""The wheel never changes a field without the keyboard: every field is made through one helper."""

from __future__ import annotations

import ast

import pytest

from tests import code

FIELDS = frozenset(
    (
        "QComboBox",
        "QFontComboBox",
        "QSpinBox",
        "QDoubleSpinBox",
        "QSlider",
        "QDial",
        "QDateEdit",
        "QTimeEdit",
        "QDateTimeEdit",
        "QTabWidget",
        "QTabBar",
        "QgsDateEdit",
        "QgsDateTimeEdit",
        "QgsTimeEdit",
        "QgsSpinBox",
        "QgsDoubleSpinBox",
        "QgsFieldComboBox",
        "QgsMapLayerComboBox",
        "QgsScaleComboBox",
        "QgsColorRampButton",
        "QgsCheckableComboBox",
        "QgsRasterBandComboBox",
        "QgsOpacityWidget",
    )
)
HELPER = "pass_wheel_on"


def unguarded(tree: ast.AST) -> list[int]:
    """Lines where a field is made, or a kind of field is declared, without the helper."""
    guarded = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) == HELPER
        for argument in call.args
    }
    made = [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in FIELDS and id(call) not in guarded
    ]
    declared = [
        kind.lineno
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef)
        and any(_name(base) in FIELDS for base in kind.bases)
        and HELPER not in {_name(n.func) for n in ast.walk(kind) if isinstance(n, ast.Call)}
    ]
    return made + declared


def _name(node: ast.AST) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def test_every_field_passes_the_wheel_on() -> None:
    found = [f"{name}:{line}" for name, tree in code.modules() for line in unguarded(tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "box = QComboBox()",
        "box = QtWidgets.QSpinBox(parent)",
        "class Angle(QSlider):\n    pass",
        "tabs = QTabWidget()",
    ],
)
def test_a_field_without_it_is_seen(source: str) -> None:
    assert unguarded(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "box = pass_wheel_on(QComboBox())",
        "class Angle(QSlider):\n    def __init__(self):\n        pass_wheel_on(self)",
        "QComboBox.SizeAdjustPolicy.AdjustToContents",
    ],
)
def test_a_field_with_it_is_not(source: str) -> None:
    assert not unguarded(ast.parse(source))
