"""The plan of the rooms, kept: imports go one way, files and functions stay readable."""

from __future__ import annotations

import ast

import pytest

from tests import code


def test_imports_go_one_way() -> None:
    wrong = [line for name, tree in code.modules() for line in code.wrong_imports(name, tree)]
    assert not wrong, "\n".join(wrong)


def test_imports_make_no_circle() -> None:
    found = code.import_circles(dict(code.modules()))
    assert not found, "\n".join(found)


def test_a_circle_of_imports_is_seen() -> None:
    sources = {
        "a": "import b",
        "b": "def late():\n    from c import thing",
        "c": "from a import other",
        "d": "import a",
        "e": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import f",
        "f": "import e",
    }
    found = code.import_circles({name: ast.parse(text) for name, text in sources.items()})
    assert len(found) == 1 and set(found[0].split(" → ")) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("dinamis_qgis.core.net.http", "from qgis.core import QgsApplication"),
        ("dinamis_qgis.core.net.http", "def late():\n    from qgis.PyQt import QtCore"),
        ("dinamis_qgis.core.net.http", "from dinamis_qgis.bridge import network"),
        ("dinamis_qgis.bridge.tasks", "import dinamis_qgis.gui.dock"),
        ("dinamis_qgis.bridge.tasks", "from dinamis_qgis import plugin"),
        ("dinamis_qgis.processing.search", "from dinamis_qgis.gui import dock"),
        ("dinamis_qgis.gui.dock", "from PyQt5.QtWidgets import QWidget"),
        ("dinamis_qgis.sandbox.stac.stac", "from dinamis_qgis.core.net.http import Http"),
        ("dinamis_qgis.sandbox.stac.stac", "from dinamis_qgis.bridge import tasks"),
    ],
)
def test_a_wrong_import_is_seen(module: str, source: str) -> None:
    assert code.wrong_imports(module, ast.parse(source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "dinamis_qgis.gui.dock",
            "from dinamis_qgis.bridge.tasks import run\nfrom qgis.PyQt.QtCore import Qt",
        ),
        (
            "dinamis_qgis.sandbox.stac.stac",
            "from dinamis_qgis.core.catalogue.model import Product\nimport json",
        ),
        ("dinamis_qgis.core.net.http", "from dinamis_qgis import about\nimport requests"),
    ],
)
def test_a_right_import_is_not(module: str, source: str) -> None:
    assert not code.wrong_imports(module, ast.parse(source))


def test_files_and_functions_stay_readable() -> None:
    """The aim is 350 lines a file; a function has 50 at most, its docstring not counted."""
    long_files = [
        f"{path.relative_to(code.ROOT)}: {lines} lines"
        for path in sorted(code.PACKAGE.rglob("*.py"))
        if (lines := len(path.read_text("utf-8").splitlines())) > 500
    ]
    functions = [
        line for name, tree in code.modules() for line in code.long_functions(name, tree, limit=50)
    ]
    assert not long_files + functions, "\n".join(long_files + functions)


def test_a_long_function_is_seen() -> None:
    body = "\n".join(["    pass"] * 50)
    assert code.long_functions("module", ast.parse(f"def f():\n{body}"), limit=50)
    assert not code.long_functions("module", ast.parse("def f():\n    pass"), limit=50)


def test_forms_connect_no_signal() -> None:
    forms = [path for path in code.tracked() if path.suffix == ".ui"]
    assert not [path for path in forms if "<connection>" in path.read_text("utf-8")]
