"""A large JSON document read piece by piece: ``json.loads`` keeps every other thread waiting, the
window's too, until it ends.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

LARGE = 1_000_000
"""Bytes from which a document is read in pieces."""
MOST_VALUES = 1_500_000
"""Each takes some sixty bytes and more: a page of real products has a tenth of it."""
_LONG_NUMBER = b"0" * 4300
_DIGITS = bytes(48 if 48 <= code <= 57 else 32 for code in range(256))
_DEPTH = 2
"""Containers taken apart: a list of features within an object."""
_blanks = re.compile(r"[ \t\n\r]*")
_read_whole = json.JSONDecoder().raw_decode


class TooMuch(ValueError):
    """More values than any service has to say."""


def parse_json(body: bytes) -> Any:
    """As ``json.loads``, of Latin-1 too, with a bound on how many values there are.

    Raises ValueError (TooMuch).
    """
    if sum(body.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        raise TooMuch
    if sys.version_info < (3, 11) and _LONG_NUMBER in body.translate(_DIGITS):
        raise ValueError("a number of thousands of digits")  # newer Pythons refuse it themselves
    try:
        text = body.decode(json.detect_encoding(body), "surrogatepass")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if len(body) < LARGE:
        return json.loads(text)
    value, at = _read_value(text, _after_blanks(text, 0), _DEPTH)
    if _after_blanks(text, at) != len(text):
        raise ValueError("more than one value")
    return value


def _after_blanks(text: str, at: int) -> int:
    match = _blanks.match(text, at)
    return match.end() if match else at


def _read_value(text: str, at: int, depth: int) -> tuple[Any, int]:
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
            at = _expect_mark(text, at, ":")
            keys.append(key)
        value, at = _read_value(text, _after_blanks(text, at), depth - 1)
        values.append(value)
        at = _after_blanks(text, at)
        more = text[at : at + 1] == ","
        at += more
    at = _expect_mark(text, at, closing)
    if not all(isinstance(key, str) for key in keys):
        raise ValueError("a key that is no text")
    return (dict(zip(keys, values)) if opening == "{" else values), at


def _expect_mark(text: str, at: int, mark: str) -> int:
    at = _after_blanks(text, at)
    if text[at : at + 1] != mark:
        raise ValueError(f"{mark} expected at {at}")
    return at + 1
