"""``Content-Range`` (RFC 9110, 14.4), read in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"bytes\s+(?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class ContentRange:
    """Bytes ``first`` to ``last`` (both included) of ``length``; None for what is not told."""

    first: int | None
    last: int | None
    length: int | None


def read_content_range(text: str) -> ContentRange | None:
    """The range a header tells; None when it is missing or makes no sense."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    first, last, length = (int(x) if x and x != "*" else None for x in match.groups())
    if first is not None and last is not None and last < first:
        return None
    return ContentRange(first, last, length)


def read_length(text: str) -> int | None:
    """``Content-Length``; None when it is missing or makes no sense."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
