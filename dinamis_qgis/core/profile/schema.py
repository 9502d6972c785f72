"""The part of JSON Schema that ``schema.json`` uses, so that a relay's file is checked without a
compiled library.

A test holds it against the ``jsonschema`` package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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


def problems(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any] | None = None, path: str = ""
) -> list[str]:
    """Everything in ``value`` that ``schema`` refuses, as ``path: what is wrong`` (technical
    English, for the details).
    """
    root = schema if root is None else root
    if "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            target = target[part]
        return problems(value, target, root, path)
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(_is_type(value, name) for name in names):
        return [f"{path or '/'}: {' or '.join(names)} expected"]
    found = [f"{path or '/'}: {text}" for text in _own_problems(value, schema)]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        extra = schema.get("additionalProperties", True)
        for key, item in value.items():
            rule = known.get(key, extra)
            if rule is False:
                found.append(f"{path}/{key}: unknown field")
            elif isinstance(rule, dict):
                found += problems(item, rule, root, f"{path}/{key}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, item in enumerate(value):
            found += problems(item, schema["items"], root, f"{path}/{index}")
    return found


def _is_type(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _fits(pattern: str, value: str) -> bool:
    """As JSON Schema means it: ``$`` is the end, not a line end before it."""
    return re.search(pattern, value) is not None and not value.endswith("\n")


def _own_problems(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """What is wrong with the value itself, its parts aside."""
    found = []
    if isinstance(value, dict):
        found += [
            f"field {key!r} is missing" for key in schema.get("required", []) if key not in value
        ]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"one of {schema['enum']} expected")
    if isinstance(value, str):
        if "pattern" in schema and not _fits(schema["pattern"], value):
            found.append("not of the expected form")
        if len(value) < schema.get("minLength", 0):
            found.append("empty")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            found.append("out of range")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append("wrong number of values")
    return found
