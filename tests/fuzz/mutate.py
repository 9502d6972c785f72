"""Payloads a little or very wrong, the same ones for the same seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

Path = tuple[Any, ...]

JUNK: list[Any] = [
    None, True, False, 0, -1, 1, 10**400, 2**63, 1e308, -1e308, float("nan"), float("inf"),
    "", " ", "0", "NaN", "1e999", "²", "٣", "a" * 5000, "\x00", "\u202e\u2066other", "\ud800",
    "Z" + "\u0301" * 300, "../" * 20, "<b>&lt;</b>", "[% 1 %]", "http://[", "http://h:99999999/",
    "https://a\\@b/", "javascript:alert(1)", "file:///etc/passwd", "/vsicurl/http://x",
    "9999-99-99T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2023-02-30", [], {}, [[]], [None], [[[[[[]]]]]], {"": None}, {"a": {"b": {"c": []}}},
    ["x"] * 500, list(range(50)), {"$ref": "#/"}, {"type": "Polygon", "coordinates": []},
    {"type": "Polygon", "coordinates": [[[0, 0], [1, 0]]]},
    {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [float("nan"), 1], [0, 0]]]]},
    {"type": "GeometryCollection", "geometries": []},
]  # fmt: skip
BITS = ["\x00", "é", "\u202e", "%", "\\", "/../", "'", '"', "<", "9" * 400, "\ud800", ":", "\n"]
MARKS = [
    b"<!DOCTYPE x>", b"<!ENTITY a 'b'>", b"<![CDATA[", b"&#0;", b"&a;", b"-->", b"\xef\xbb\xbf",
    b"9" * 5000, b"1e400", b"nan", b"<a>" * 100, b"\xff", b"<", b'"', b"]]>", b"\r\n", b"-",
]  # fmt: skip
NUMBERS = [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\x80\0\0\0"]


def nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value within a value."""
    yield path
    if isinstance(value, dict):
        for key in list(value):
            yield from nodes(value[key], (*path, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from nodes(value[index], (*path, index))


def mutate_json(value: Any, chance: random.Random) -> Any:
    """``value`` with one to six things wrong."""
    value = copy.deepcopy(value)
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        paths = list(nodes(value))
        path = chance.choice(paths)
        if not path:
            if chance.random() < 0.05:
                return copy.deepcopy(chance.choice(JUNK))
            continue
        parent = value
        for key in path[:-1]:
            parent = parent[key]
        _spoil(parent, path[-1], value, paths, chance)
    return value


def _spoil(parent: Any, key: Any, whole: Any, paths: list[Path], chance: random.Random) -> None:
    how = chance.random()
    if how < 0.6:
        parent[key] = copy.deepcopy(chance.choice(JUNK))
    elif how < 0.74:
        parent.pop(key)
    elif how < 0.84:
        other = whole
        for step in chance.choice(paths):
            if not isinstance(other, (dict, list)):
                break
            try:
                other = other[step]
            except (KeyError, IndexError, TypeError):
                break
        parent[key] = copy.deepcopy(other)
    elif how < 0.93 and isinstance(parent[key], str):
        text = parent[key]
        at = chance.randrange(len(text) + 1)
        parent[key] = text[:at] + chance.choice(BITS) + text[at:]
    else:
        nest: list[Any] = []
        for _ in range(chance.choice([20, 200])):
            nest = [nest]
        parent[key] = nest


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to twelve things wrong."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 12])):
        if not found:
            break
        at, how = chance.randrange(len(found)), chance.random()
        if how < 0.35:
            found[at] = chance.randrange(256)
        elif how < 0.5:
            del found[at : at + chance.choice([1, 2, 8, 64, 4000])]
        elif how < 0.6:
            found[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice([1, 4, 30])))
        elif how < 0.67:
            del found[at:]
        elif how < 0.76:
            start = chance.randrange(len(found))
            found[at:at] = found[start : start + chance.choice([4, 40, 400])]
        elif how < 0.88:
            found[at : at + 4] = chance.choice(NUMBERS)
        else:
            found[at:at] = chance.choice(MARKS)
    return bytes(found)
