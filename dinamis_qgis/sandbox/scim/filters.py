"""Filters and attribute paths of SCIM (RFC 7644, 3.4.2.2 and 3.5.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable

from dinamis_qgis.sandbox.scim.schemas import SCHEMAS, ResourceKind

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\]])|(?P<word>[^\s()\[\]"]+))'
)
_MOST = 4000
_DEEP = 20
Test = Callable[[Mapping[str, Any]], bool]


class ScimError(Exception):
    """An error of RFC 7644, 3.12; ``kind`` is its scimType."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.kind = status, kind


@dataclass(frozen=True)
class Path:
    """An attribute of a kind: of an extension when ``urn`` is set, of some values when ``test`` is.

    ``attribute`` None stands for the whole extension.
    """

    urn: str = ""
    attribute: Mapping[str, Any] | None = None
    sub: Mapping[str, Any] | None = None
    test: Test | None = None

    def values(self, resource: Mapping[str, Any]) -> list[Any]:
        """What a filter compares: every value, those of ``value`` for a bare complex attribute."""
        holder = resource.get(self.urn, {}) if self.urn else resource
        if self.attribute is None:
            return [holder] if holder else []
        found = holder.get(self.attribute["name"])
        many = found if isinstance(found, list) else [found]
        if self.sub is not None:
            many = [v.get(self.sub["name"]) for v in many if isinstance(v, dict)]
        elif self.attribute["type"] == "complex":
            many = [v.get("value", v) for v in many if isinstance(v, dict)]
        return [v for v in many if v is not None and v != ""]

    def leaf(self) -> Mapping[str, Any]:
        """The definition of what is compared."""
        return self.sub or self.attribute or {}


def find_attribute(attributes: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    """The attribute of that name, in any case."""
    return next((a for a in attributes if a["name"].lower() == name.lower()), None)


def parse_path(kind: ResourceKind, text: str, *, of_patch: bool = False) -> Path:
    """The attribute ``text`` names. Raises ScimError 400."""
    urn, rest = split_urn(kind, text.strip())
    match = re.fullmatch(r"([\w$-]+)(\[.+\])?(?:\.([\w$-]+))?", rest)
    if not rest and urn:
        return Path(urn)
    attribute = find_attribute(kind.attributes(urn), match.group(1)) if match else None
    if match is None or attribute is None:
        raise ScimError(400, f"There is no attribute “{text[:80]}”.", "invalidPath")
    sub = None
    if match.group(3):
        sub = find_attribute(attribute.get("subAttributes", []), match.group(3))
        if sub is None:
            raise ScimError(400, f"There is no attribute “{text[:80]}”.", "invalidPath")
    test = None
    if match.group(2):
        if not of_patch and sub is not None:
            raise ScimError(400, "A filter in brackets ends the path.", "invalidFilter")
        test = _Parser(match.group(2)[1:-1], lambda name: _sub_path(attribute, name)).whole()
    return Path("" if urn == kind.schema else urn, attribute, sub, test)


def split_urn(kind: ResourceKind, text: str) -> tuple[str, str]:
    """A path's schema (empty when it names none) and the rest of it."""
    for urn in (kind.schema, *kind.extensions):
        if text.lower() == urn.lower():
            return urn, ""
        if text.lower().startswith(f"{urn.lower()}:"):
            return urn, text[len(urn) + 1 :]
    return "", text


def parse_filter(kind: ResourceKind, text: str) -> Test:
    """A test of resources. Raises ScimError 400."""
    if len(text) > _MOST:
        raise ScimError(400, "The filter is too long.", "invalidFilter")
    return _Parser(text, lambda name: parse_path(kind, name)).whole()


def _sub_path(attribute: Mapping[str, Any], name: str) -> Path:
    found = find_attribute(attribute.get("subAttributes", []), name)
    if found is None:
        raise ScimError(400, f"There is no attribute “{name[:80]}”.", "invalidFilter")
    return Path("", found)


class _Parser:
    """Recursive descent; ``or`` binds less than ``and``, ``not`` needs parentheses."""

    def __init__(self, text: str, path: Callable[[str], Path]) -> None:
        self._path = path
        self._tokens: list[str] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise _unreadable_filter(text)
            self._tokens.append(match.group().strip())
            at = match.end()
        self._at = 0
        self._depth = 0

    def whole(self) -> Test:
        test = self._any()
        if self._at < len(self._tokens):
            raise _unreadable_filter(self._tokens[self._at])
        return test

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        piece = self._next()
        if not piece:
            raise _unreadable_filter("its end")
        self._at += 1
        return piece

    def _any(self) -> Test:
        tests = [self._all()]
        while self._next().lower() == "or":
            self._at += 1
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else lambda r: any(t(r) for t in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._next().lower() == "and":
            self._at += 1
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda r: all(t(r) for t in tests)

    def _one(self) -> Test:
        piece = self._take()
        if piece.lower() == "not" and self._next() == "(":
            self._at += 1
            inner = self._inside(")")
            return lambda r: not inner(r)
        if piece == "(":
            return self._inside(")")
        if self._next() == "[":
            self._at += 1
            return self._of_values(piece)
        return self._comparison(piece)

    def _inside(self, end: str) -> Test:
        self._depth += 1
        if self._depth > _DEEP:
            raise ScimError(400, "The filter is nested too deeply.", "invalidFilter")
        test = self._any()
        if self._take() != end:
            raise _unreadable_filter(end)
        self._depth -= 1
        return test

    def _of_values(self, name: str) -> Test:
        path = self._path(name)
        attribute = path.attribute or {}
        before, self._path = self._path, lambda sub: _sub_path(attribute, sub)
        inner = self._inside("]")
        self._path = before

        def test(resource: Mapping[str, Any]) -> bool:
            holder = resource.get(path.urn, {}) if path.urn else resource
            found = holder.get(attribute.get("name", ""))
            many = found if isinstance(found, list) else [found]
            return any(inner(v) for v in many if isinstance(v, dict))

        return test

    def _comparison(self, name: str) -> Test:
        path, operator = self._path(name), self._take().lower()
        if operator == "pr":
            return lambda r: bool(path.values(r))
        compare = _OPERATORS.get(operator)
        if compare is None:
            raise _unreadable_filter(operator)
        piece = self._take()
        try:
            wanted = json.loads(piece)
        except ValueError:
            raise _unreadable_filter(piece) from None
        if isinstance(wanted, (dict, list)):
            raise _unreadable_filter(piece)
        leaf = path.leaf()
        if isinstance(wanted, str) and not leaf.get("caseExact", False):
            return lambda r: compare([_fold_case(v) for v in path.values(r)], wanted.casefold())
        return lambda r: compare(path.values(r), wanted)


def _fold_case(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _is_equal(values: list[Any], wanted: Any) -> bool:
    if wanted is None:
        return not values
    return any(type(v) is type(wanted) and v == wanted for v in values) or (
        isinstance(wanted, (int, float))
        and not isinstance(wanted, bool)
        and any(v == wanted for v in values if not isinstance(v, bool))
    )


def _ordered_test(test: Callable[[Any, Any], bool]) -> Callable[[list[Any], Any], bool]:
    def compare(values: list[Any], wanted: Any) -> bool:
        if isinstance(wanted, bool) or wanted is None:
            raise ScimError(400, "This value has no order.", "invalidFilter")
        numeric = isinstance(wanted, (int, float))
        return any(
            test(v, wanted)
            for v in values
            if not isinstance(v, bool) and isinstance(v, (int, float)) == numeric
        )

    return compare


def _text_test(test: Callable[[str, str], bool]) -> Callable[[list[Any], Any], bool]:
    return lambda values, wanted: isinstance(wanted, str) and any(
        test(v, wanted) for v in values if isinstance(v, str)
    )


_OPERATORS: Mapping[str, Callable[[list[Any], Any], bool]] = {
    "eq": _is_equal,
    "ne": lambda values, wanted: not _is_equal(values, wanted),
    "co": _text_test(lambda v, w: w in v),
    "sw": _text_test(str.startswith),
    "ew": _text_test(str.endswith),
    "gt": _ordered_test(lambda v, w: bool(v > w)),
    "ge": _ordered_test(lambda v, w: bool(v >= w)),
    "lt": _ordered_test(lambda v, w: bool(v < w)),
    "le": _ordered_test(lambda v, w: bool(v <= w)),
}


def _unreadable_filter(piece: str) -> ScimError:
    return ScimError(400, f"The filter cannot be read at “{piece[:80]}”.", "invalidFilter")


def known_schema(urn: str) -> bool:
    """Whether there is such a schema."""
    return urn in SCHEMAS
