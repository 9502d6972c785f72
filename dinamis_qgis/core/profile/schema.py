"""The part of JSON Schema that profiles, queryables and order parameters use, without a compiled
library.

``find_problems`` reads our own schemas strictly. Schemas that a service publishes are strangers'
data: ``patterns=False`` never runs their regular expressions, and what is not understood refuses
nothing. A test holds it against the ``jsonschema`` package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_MOST_RULES = 50_000
"""Rules looked at in all: a schema that goes round in circles ends here."""
_DEEPEST = 64
"""References and combinations followed before a schema counts as not understood."""


@dataclass(frozen=True)
class _SchemaReader:
    root: Mapping[str, Any]
    patterns: bool
    left: list[int] = field(default_factory=lambda: [_MOST_RULES])
    """Rules that may still be looked at."""

    def problems(self, value: Any, schema: Any, path: str, depth: int = 0) -> list[str]:
        """As ``find_problems``, for a part of the schema and of the value."""
        self.left[0] -= 1
        if not isinstance(schema, Mapping) or depth > _DEEPEST or self.left[0] < 0:
            return []
        if "$ref" in schema:
            return self.problems(value, self._target(schema["$ref"]), path, depth + 1)
        names = schema.get("type", [])
        names = [names] if isinstance(names, str) else names
        known = (
            [name for name in names if isinstance(name, str) and name in _TYPES]
            if isinstance(names, list)
            else []
        )
        if known and not any(_is_type(value, name) for name in known):
            return [f"{path or '/'}: {' or '.join(known)} expected"]
        own = [*_value_problems(value, schema), *self._text_problems(value, schema)]
        found = [f"{path or '/'}: {text}" for text in own]
        found += self._choice_problems(value, schema, path, depth)
        return found + self._part_problems(value, schema, path, depth)

    def _target(self, reference: object) -> Any:
        target: Any = self.root
        for part in str(reference).lstrip("#/").split("/"):
            target = target.get(part) if isinstance(target, Mapping) else None
        return target

    def _text_problems(self, value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
        if not isinstance(value, str):
            return
        if self.patterns and "pattern" in schema and not _matches_pattern(schema["pattern"], value):
            yield "not of the expected form"
        if len(value) < _schema_number(schema, "minLength", 0):
            yield "empty"
        if len(value) > _schema_number(schema, "maxLength", len(value)):
            yield "too long"

    def _choice_problems(
        self, value: Any, schema: Mapping[str, Any], path: str, depth: int
    ) -> list[str]:
        found: list[str] = []
        for word in ("anyOf", "oneOf"):
            choices = schema.get(word)
            if isinstance(choices, list) and all(
                self.problems(value, choice, path, depth + 1) for choice in choices
            ):
                found.append(f"{path or '/'}: none of the choices fits")
        every = schema.get("allOf")
        for part in every if isinstance(every, list) else ():
            found += self.problems(value, part, path, depth + 1)
        return found

    def _part_problems(
        self, value: Any, schema: Mapping[str, Any], path: str, depth: int
    ) -> list[str]:
        found: list[str] = []
        if isinstance(value, dict):
            known = schema.get("properties", {})
            extra = schema.get("additionalProperties", True)
            for key, item in value.items():
                rule = known.get(key, extra) if isinstance(known, Mapping) else extra
                if rule is False:
                    found.append(f"{path}/{key}: unknown field")
                else:
                    found += self.problems(item, rule, f"{path}/{key}", depth + 1)
        if isinstance(value, list):
            for index, item in enumerate(value):
                found += self.problems(item, schema.get("items"), f"{path}/{index}", depth + 1)
        return found


def find_problems(
    value: Any,
    schema: Mapping[str, Any],
    root: Mapping[str, Any] | None = None,
    *,
    patterns: bool = True,
) -> list[str]:
    """Everything in ``value`` that ``schema`` refuses, as ``path: what is wrong``.

    Technical English, for the details of an error.

    Args:
        root: the document that ``$ref`` points into; ``schema`` itself when it is whole.
        patterns: whether the schema's regular expressions may be run.
    """
    reader = _SchemaReader(schema if root is None else root, patterns)
    return reader.problems(value, schema, "")


def _matches_pattern(pattern: str, value: str) -> bool:
    """As JSON Schema means it: ``$`` is the end, not a line end before it."""
    return re.search(pattern, value) is not None and not value.endswith("\n")


def _is_type(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _schema_number(schema: Mapping[str, Any], name: str, default: float) -> float:
    value = schema.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else default


def _value_problems(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the value itself, its parts aside."""
    if isinstance(value, dict) and isinstance(schema.get("required"), list):
        yield from (f"field {key!r} is missing" for key in schema["required"] if key not in value)
    if isinstance(schema.get("enum"), list) and value not in schema["enum"]:
        yield f"one of {schema['enum']} expected"
    if "const" in schema and schema["const"] != value:
        yield f"{schema['const']!r} expected"
    if _is_number(value) and not _is_within(value, schema):
        yield "out of range"
    if isinstance(value, list):
        least, most = (
            _schema_number(schema, "minItems", 0),
            _schema_number(schema, "maxItems", len(value)),
        )
        if not least <= len(value) <= most:
            yield "wrong number of values"


def _is_within(value: float, schema: Mapping[str, Any]) -> bool:
    return (
        _schema_number(schema, "minimum", value)
        <= value
        <= _schema_number(schema, "maximum", value)
        and _schema_number(schema, "exclusiveMinimum", value - 1) < value
        and value < _schema_number(schema, "exclusiveMaximum", value + 1)
    )
