"""The one reader of JSON Schema, over schemas of our own and of strangers."""

from __future__ import annotations

from typing import Any

import pytest

from dinamis_qgis.core.profile.schema import find_problems


@pytest.mark.parametrize(
    ("value", "schema", "wrong"),
    [
        (5, {"exclusiveMaximum": 5}, True),
        (4, {"exclusiveMaximum": 5}, False),
        ("abc", {"maxLength": 2}, True),
        ("stereo", {"anyOf": [{"const": "mono"}, {"const": "stereo"}]}, False),
        ("tri", {"oneOf": [{"const": "mono"}, {"enum": ["stereo"]}]}, True),
        (3, {"allOf": [{"minimum": 1}, {"maximum": 2}]}, True),
        ("id\n", {"pattern": "^id$"}, True),
        ({"a": 1}, {"required": ["b"]}, True),
        ({"a": "x"}, {"properties": {"a": {"type": "number"}}}, True),
        ([1, "2"], {"items": {"type": "integer"}}, True),
        (True, {"type": "integer"}, True),
    ],
)
def test_what_a_schema_refuses(value: Any, schema: dict[str, Any], wrong: bool) -> None:
    assert bool(find_problems(value, schema)) is wrong


@pytest.mark.parametrize(
    "schema",
    [
        {"type": 7},
        {"type": "colour"},
        {"enum": "abc"},
        {"minimum": "much", "maxLength": None},
        {"required": "title"},
        {"properties": [1]},
        {"anyOf": "x"},
        {"$ref": "#/nowhere"},
        {"$ref": 3},
    ],
)
def test_what_is_not_understood_refuses_nothing(schema: dict[str, Any]) -> None:
    assert not find_problems("text", schema, patterns=False)


def test_references_in_a_circle_end() -> None:
    schema = {"$ref": "#/a", "a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}
    assert find_problems(1, schema) == []


def test_a_stranger_s_expression_is_not_run() -> None:
    assert not find_problems("a" * 60, {"pattern": "(a+)+$(b)"}, patterns=False)
