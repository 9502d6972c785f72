"""Written for Qt 6 too: enum values through their class, classes from the module where Qt 6 has
them.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from enum import Enum

import pytest
from qgis.PyQt.QtCore import Qt

from tests import code

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "QtSvg")


def qt_class(name: str) -> type | None:
    """The Qt class of that name, whichever module has it here."""
    for module in MODULES:
        found = getattr(importlib.import_module(f"qgis.PyQt.{module}"), name, None)
        if isinstance(found, type):
            return found
    return None


def unscoped_enums(tree: ast.AST) -> Iterator[str]:
    """``Qt.AlignLeft`` and the like: Qt 5 takes them, Qt 6 wants ``Qt.AlignmentFlag.AlignLeft``."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id.startswith("Q")
        ):
            # QGIS's shim keeps QVariant's type names on Qt 6, and its own classes' enums.
            owner = (
                None if node.value.id.startswith(("Qgs", "QVariant")) else qt_class(node.value.id)
            )
            value = getattr(owner, node.attr, None) if owner else None
            if isinstance(value, (int, Enum)) and not isinstance(value, (bool, type)):
                yield f"{node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr == "exec_":
            yield f"{node.lineno}: exec_"


def test_every_enum_is_scoped() -> None:
    found = [f"{name}:{line}" for name, tree in code.modules() for line in unscoped_enums(tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("Qt.AlignLeft", True),
        ("Qt.AlignmentFlag.AlignLeft", False),
        ("QMessageBox.Yes", True),
        ("QFrame.Shape.HLine", False),
        ("QEvent.Type", False),
        ("dialog.exec_()", True),
        ("QTimer.singleShot(0, f)", False),
        ("QLocale.French", True),
    ],
)
def test_unscoped_enums_are_seen(source: str, wrong: bool) -> None:
    if wrong and "exec_" not in source and not hasattr(Qt, "AlignLeft"):
        pytest.skip("Qt 6 has no such names: whoever uses one is told by itself")
    assert bool(list(unscoped_enums(ast.parse(source)))) == wrong
