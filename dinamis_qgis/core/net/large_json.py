"""A large JSON document read piece by piece: ``json.loads`` keeps every other thread waiting, the
window's too, until it ends.
"""

from __future__ import annotations

import json
import re
from typing import Any

LARGE = 1_000_000
"""Bytes from which a document is read in pieces."""
_DEPTH = 2
"""Containers taken apart: a list of features within an object."""
_blanks = re.compile(r"[ \t\n\r]*")
_read_whole = json.JSONDecoder().raw_decode


def loads(body: bytes) -> Any:
    """As ``json.loads``, of what is no Unicode too: some write Latin-1. Raises ValueError."""
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if len(body) < LARGE:
        return json.loads(text)
    value, at = _read(text, _after_blanks(text, 0), _DEPTH)
    if _after_blanks(text, at) != len(text):
        raise ValueError("more than one value")
    return value


def _after_blanks(text: str, at: int) -> int:
    match = _blanks.match(text, at)
    return match.end() if match else at


def _read(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value at ``at``, and where it ends."""
    opening = text[at : at + 1]
    if not depth or opening not in ("{", "["):
        return _read_whole(text, at)
    keys: list[Any] = []
    values: list[Any] = []
    closing, at = {"{": "}", "[": "]"}[opening], _after_blanks(text, at + 1)
    more = text[at : at + 1] != closing
    while more:
        if opening == "{":
            key, at = _read_whole(text, _after_blanks(text, at))
            at = _expected(text, at, ":")
            keys.append(key)
        value, at = _read(text, _after_blanks(text, at), depth - 1)
        values.append(value)
        at = _after_blanks(text, at)
        more = text[at : at + 1] == ","
        at += more
    at = _expected(text, at, closing)
    if not all(isinstance(key, str) for key in keys):
        raise ValueError("a key that is no text")
    return (dict(zip(keys, values)) if opening == "{" else values), at


def _expected(text: str, at: int, mark: str) -> int:
    at = _after_blanks(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(f"{mark} expected at {at}")
    return at + 1
