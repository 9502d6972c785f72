"""Texts of services are text: every tooltip and list goes through the one place that says so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "dinamis_qgis"
FILES = sorted(
    path for room in ("gui", "compare", "bridge") for path in (ROOT / room).rglob("*.py")
)
SAFE = {"tr", "as_plain", "plain_tip", "_spoken", "escape"}
OURS = {"hint", "tip", "text", "whole", "outside", "problem", "why", "name"}
"""Parameters that callers give sentences of ours; what strangers write is wrapped by the caller."""


def is_ours(value: ast.expr) -> bool:
    """Whether an expression can only be a text of ours, or was made plain."""
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.Name):
        return value.id in OURS
    if isinstance(value, ast.Call):
        function = value.func
        if isinstance(function, ast.Attribute) and function.attr == "format":
            return is_ours(function.value) and all(
                isinstance(k.value, (ast.Name, ast.Constant, ast.Call)) for k in value.keywords
            )
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        return name in SAFE or name in ("text", "accessibleName", "toString")
    if isinstance(value, ast.IfExp):
        return is_ours(value.body) and is_ours(value.orelse)
    if isinstance(value, ast.BoolOp):
        return all(is_ours(each) for each in value.values)
    if isinstance(value, ast.JoinedStr):
        return all(
            is_ours(part.value) for part in value.values if isinstance(part, ast.FormattedValue)
        )
    return False


def names_read(value: ast.expr) -> set[str]:
    return {node.attr for node in ast.walk(value) if isinstance(node, ast.Attribute)}


STRANGERS = {"title", "details", "reason", "label", "id", "entity", "subtitle", "provider", "page"}
"""Fields that services, catalogues and other people fill."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_tooltips_of_what_others_write_are_plain(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "setToolTip" or not node.args:
            continue
        value = node.args[-1]
        if names_read(value) & STRANGERS:
            assert is_ours(value), f"{path}:{node.lineno} shows what others write: use as_plain"


def test_the_rule_sees_a_fault() -> None:
    bad = ast.parse("x.setToolTip(product.title)").body[0].value  # type: ignore[attr-defined]
    assert names_read(bad.args[0]) & STRANGERS
    assert not is_ours(bad.args[0])
    good = ast.parse("x.setToolTip(as_plain(product.title))").body[0].value  # type: ignore[attr-defined]
    assert is_ours(good.args[0])


_OURS = re.compile(r"self\.(\w+)\.setText\((?:\w+_html\(|\"<)")


def shown_as_text(name: str, source: str) -> list[str]:
    """Labels that are given markup of ours and do not say that it is markup: they would show it as
    it is written.
    """
    rich = "self.{}.setTextFormat(Qt.TextFormat.RichText)"
    return [
        f"{name}: {label}" for label in _OURS.findall(source) if rich.format(label) not in source
    ]


def test_our_markup_is_shown_as_markup() -> None:
    wrong = [
        line
        for path in sorted((ROOT / "gui").rglob("*.py"))
        for line in shown_as_text(path.name, path.read_text("utf-8"))
    ]
    assert not wrong, "\n".join(wrong)
    said = "self.story.setText(story_html(x))"
    assert shown_as_text("x", said)
    assert not shown_as_text("x", f"self.story.setTextFormat(Qt.TextFormat.RichText)\n{said}")
