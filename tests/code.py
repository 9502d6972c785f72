"""Questions asked of the plugin's own source by the invariant tests; pure ``ast``, no QGIS."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dinamis_qgis"

# Where each room may import from, beside itself and about.
MAY_IMPORT = {
    "core": set(),
    "bridge": {
        "core",
        "libraries",
        "sandbox",
    },  # the formation profile runs the training service inside QGIS
    "gui": {"bridge", "compare", "core", "libraries"},
    "compare": {"bridge", "core", "libraries"},
    "processing": {"bridge", "core", "libraries"},
    "sandbox": {"core"},
    "about": set(),
    "libraries": {"core"},
    "__init__": {"plugin"},
    "plugin": {"core", "bridge", "gui", "compare", "processing", "libraries"},
}
# The part of core the training service may know: plain data and what reads it, nothing that talks
# to a service.
PLAIN = re.compile(
    r"dinamis_qgis\.core(\.(text|errors|geo|net\.cuttable|file_lock|profile(\..+)?|.+\.model))?"
)

# Methods and classes that show their text to a person.
SHOWS_TEXT = {
    "addAction",
    "addButton",
    "addItem",
    "addItems",
    "addMenu",
    "addRow",
    "addTab",
    "appendPlainText",
    "critical",
    "information",
    "insertTab",
    "pushCritical",
    "pushInfo",
    "pushMessage",
    "pushSuccess",
    "pushWarning",
    "question",
    "setAccessibleDescription",
    "setAccessibleName",
    "setButtonText",
    "setHeaderLabels",
    "setHtml",
    "setInformativeText",
    "setLabelText",
    "setPlaceholderText",
    "setPlainText",
    "setPrefix",
    "setSpecialValueText",
    "setStatusTip",
    "setSuffix",
    "setText",
    "setTitle",
    "setToolTip",
    "setWhatsThis",
    "setWindowTitle",
    "showMessage",
    "warning",
    "QAction",
    "QCheckBox",
    "QCommandLinkButton",
    "QDockWidget",
    "QGroupBox",
    "QLabel",
    "QMenu",
    "QPushButton",
    "QRadioButton",
    "QgsCollapsibleGroupBox",
    "QgsDockWidget",
}
# Words that are the same in every language.
NAMES = {"https", "DINAMIS", "SPOT", "Pléiades", "STAC", "QGIS"}


@lru_cache(maxsize=2)
def modules(folder: Path = PACKAGE) -> tuple[tuple[str, ast.Module], ...]:
    """(dotted name, syntax tree) of every module of the package."""
    return tuple(
        (
            ".".join(path.relative_to(ROOT).with_suffix("").parts),
            ast.parse(path.read_text("utf-8"), str(path)),
        )
        for path in sorted(folder.rglob("*.py"))
    )


def imports(tree: ast.AST, top_level_only: bool = False) -> Iterator[tuple[int, str]]:
    """(line, module) of every import; with ``top_level_only`` those that run when the module is
    imported.
    """
    for node in _running_at_import(tree) if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield node.lineno, base
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def _running_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        skipped = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) or (
            isinstance(node, ast.If) and _is_for_types(node)
        )
        if not skipped:
            yield node
            yield from _running_at_import(node)


def wrong_imports(name: str, tree: ast.AST) -> list[str]:
    """Imports of module ``name`` that go against the plan of the rooms."""
    parts = name.split(".")
    room = parts[1] if len(parts) > 1 else "__init__"
    wrong = []
    for line, module in imports(tree):
        target = module.split(".")
        if room in ("core", "sandbox") and target[0] in (
            "qgis",
            "PyQt5",
            "PyQt6",
            "PySide2",
            "PySide6",
            "sip",
        ):
            wrong.append(
                f"{name}:{line}: {room} knows nothing of QGIS and Qt, but imports {module}"
            )
        elif target[0] in ("PyQt5", "PyQt6"):
            wrong.append(f"{name}:{line}: Qt comes through qgis.PyQt, not {module}")
        if target[0] != "dinamis_qgis" or len(target) < 2:
            continue
        if target[1] not in {room, "about"} | MAY_IMPORT[room]:
            wrong.append(f"{name}:{line}: {room} does not import {target[1]}")
        elif room == "sandbox" and target[1] == "core" and not _plain(module):
            wrong.append(
                f"{name}:{line}: the training service knows only plain models of core, not {module}"
            )
    return wrong


def _plain(module: str) -> bool:
    return bool(PLAIN.fullmatch(module) or PLAIN.fullmatch(module.rpartition(".")[0]))


def import_circles(trees: Mapping[str, ast.Module]) -> list[str]:
    """Circles of imports between ``trees``, also those inside functions; not those for types only."""
    graph = {name: _imported_modules(tree, trees) - {name} for name, tree in trees.items()}
    found = []
    while graph:
        free = [name for name, wanted in graph.items() if not wanted & graph.keys()]
        for name in free or _one_circle(graph, found):
            del graph[name]
    return found


def _one_circle(graph: Mapping[str, set[str]], found: list[str]) -> list[str]:
    """Follows imports until a module comes back; notes the circle, gives the modules to take out."""
    way = [next(iter(graph))]
    while way[-1] not in way[:-1]:
        way.append(next(iter(graph[way[-1]] & graph.keys())))
    circle = way[way.index(way[-1]) :]
    found.append(" → ".join(circle))
    return circle[:1]


def _is_for_types(node: ast.If) -> bool:
    return "TYPE_CHECKING" in (getattr(node.test, "id", ""), getattr(node.test, "attr", ""))


def _imported_modules(tree: ast.Module, known: Mapping[str, ast.Module]) -> set[str]:
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and _is_for_types(node)
        for inner in ast.walk(node)
    }
    names = set()
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= whole & known.keys() or {node.module}
    return names & known.keys()


def bare_texts(name: str, tree: ast.AST) -> list[str]:
    """Texts a person would see that did not go through ``tr``."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if called not in SHOWS_TEXT or _is_log(node.func):
            continue
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            found += [
                f"{name}:{node.lineno}: {called}({text!r})"
                for text in _literals(argument)
                if _is_prose(text)
            ]
    return found


def _is_log(func: ast.expr) -> bool:
    return isinstance(func, ast.Attribute) and "log" in ast.unparse(func.value).lower()


def _literals(node: ast.expr) -> Iterator[str]:
    """String constants of an expression, without looking into calls (``tr(…)``, ``icon("…")``)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, (ast.JoinedStr, ast.BinOp, ast.IfExp, ast.BoolOp, ast.List, ast.Tuple)):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _literals(child)


def _is_prose(text: str) -> bool:
    without_markup = re.sub(r"<[^>]*>|&\w+;|%\w", " ", text)
    return any(word not in NAMES for word in re.findall(r"[^\W\d_]{2,}", without_markup))


def long_functions(name: str, tree: ast.AST, limit: int) -> list[str]:
    """Functions of more than ``limit`` lines, their docstrings not counted."""
    return [
        f"{name}:{node.lineno}: {node.name} has {lines} lines"
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := _lines_of(node)) > limit
    ]


def _lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    said = ast.get_docstring(node) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if said else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def tracked() -> list[Path]:
    """The files git knows, those that still exist."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [path for path in (ROOT / name for name in listed.split("\0") if name) if path.is_file()]
