"""Rule: what lives longer than a window calls its methods only, never a function made for it.

Qt forgets a method of an object that is gone; a lambda or a partial it calls on, and the window's
C++ half is not there any more.
"""

from __future__ import annotations

import ast

from tests import code

LIVE_LONGER = {
    "_context",
    "_engine",
    "_tracker",
    "announcer",
    "canvas",
    "context",
    "downloads",
    "engine",
    "iface",
    "instance",
    "mapCanvas",
    "project",
    "tracker",
}
"""What the owners of such signals are called in the rooms of windows."""


def kept_functions(name: str, tree: ast.AST) -> list[str]:
    """The signals of what lives longer that call a lambda, a partial or a local function."""
    found = []
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
            and isinstance(node.func.value, ast.Attribute)
            and node.args
            and isinstance(node.args[0], (ast.Lambda, ast.Call))
        ):
            continue
        owner = node.func.value.value
        if isinstance(owner, ast.Call):
            owner = owner.func
        named = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        job_ended = (named, node.func.value.attr) == ("job", "ended")  # its owner may be gone
        if named in LIVE_LONGER or job_ended:
            found.append(f"{name}:{node.lineno}: {ast.unparse(node.func)}")
    return found


def test_what_lives_longer_calls_methods() -> None:
    wrong = [
        line
        for room in ("gui", "compare")
        for path in sorted((code.PACKAGE / room).rglob("*.py"))
        for line in kept_functions(
            path.relative_to(code.ROOT).as_posix(), ast.parse(path.read_text("utf-8"))
        )
    ]
    assert wrong == []


def functions_called_at_the_end(name: str, tree: ast.AST) -> list[str]:
    """``destroyed`` that calls a lambda, a partial or a local function: the collector may have
    taken it with the object's Python half by then, and PyQt calls it all the same.
    """
    return [
        f"{name}:{node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(".destroyed.connect")
        and not isinstance(node.args[0], ast.Attribute)
    ]


def test_nothing_but_methods_hears_of_an_end() -> None:
    assert not [
        line for name, tree in code.modules() for line in functions_called_at_the_end(name, tree)
    ]
    source = (
        "a.destroyed.connect(partial(f, 1))\na.destroyed.connect(f)\na.destroyed.connect(self.stop)"
    )
    assert len(functions_called_at_the_end("x.py", ast.parse(source))) == 2


def test_the_rule_sees_a_lambda() -> None:
    source = """
self.tracker.left.connect(lambda request: self.list.choose(request))
QgsProject.instance().cleared.connect(partial(self.forget, 1))
self.tracker.left.connect(self.choose)
job.ended.connect(partial(self._came, job))
self.button.clicked.connect(lambda: self.go())
"""
    assert len(kept_functions("x.py", ast.parse(source))) == 3
