"""A file as an HTTP answer: validators, conditions and byte ranges (RFC 9110, sections 8.8, 13 and
14).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Union

from dinamis_qgis.sandbox.web.web import HttpProblem

MAX_RANGES = 16
_RANGE = re.compile(r"(\d*)-(\d*)")

Span = tuple[int, int]
"""First byte, number of bytes."""
Part = Union[bytes, Span]


@dataclass(frozen=True)
class FileAnswer:
    """``parts`` in order: literal bytes, or (offset, length) to read from the file."""

    status: int
    headers: dict[str, str]
    parts: list[Part]

    @property
    def length(self) -> int:
        return sum(len(part) if isinstance(part, bytes) else part[1] for part in self.parts)


def file_answer(path: Path, request_headers: Mapping[str, str], content_type: str) -> FileAnswer:
    """What to send for ``path``.

    Raises HttpProblem 404 when the file is gone, 416 when no range can be satisfied.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise HttpProblem(404, "Not Found") from error
    tag = '"' + hashlib.sha256(f"{stat.st_size}-{stat.st_mtime_ns}".encode()).hexdigest()[:32] + '"'
    modified = int(stat.st_mtime)
    headers = {
        "ETag": tag,
        "Last-Modified": formatdate(modified, usegmt=True),
        "Accept-Ranges": "bytes",
        "Content-Type": content_type,
    }
    if not_modified(request_headers, tag, modified):
        return FileAnswer(304, headers, [])
    spans = None
    if "range" in request_headers and same_version(
        request_headers.get("if-range", ""), tag, modified
    ):
        spans = parse_range(request_headers["range"], stat.st_size)
    if spans is None:
        return FileAnswer(200, headers, [(0, stat.st_size)])
    if len(spans) == 1:
        first, length = spans[0]
        headers["Content-Range"] = f"bytes {first}-{first + length - 1}/{stat.st_size}"
        return FileAnswer(206, headers, [(first, length)])
    return _multipart_answer(spans, stat.st_size, headers)


def parse_range(value: str, size: int) -> list[Span] | None:
    """The spans asked for, cut to ``size``; None when the header is to be ignored (malformed,
    another unit, too many).

    Raises HttpProblem 416 when it is well formed and nothing of it exists.
    """
    unit, found, specs = value.partition("=")
    if unit.strip().lower() != "bytes" or not found:
        return None
    spans: list[Span] = []
    for spec in (part.strip() for part in specs.split(",")):
        match = _RANGE.fullmatch(spec)
        if match is None or spec == "-" or len(spec) > 40:
            return None
        first, last = match.groups()
        if first and last and int(last) < int(first):
            return None
        start = int(first) if first else max(0, size - int(last))
        stop = min(int(last) + 1, size) if first and last else size
        if start < stop:
            spans.append((start, stop - start))
    if not spans:
        raise HttpProblem(416, "Range Not Satisfiable", {"Content-Range": f"bytes */{size}"})
    return spans if len(spans) <= MAX_RANGES else None


def same_version(condition: str, tag: str, modified: int) -> bool:
    """Whether an If-Range condition holds: absent, the same strong ETag, or the same date."""
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == tag
    return _http_date_seconds(condition) == modified


def not_modified(headers: Mapping[str, str], tag: str, modified: int) -> bool:
    """Whether the client's copy is still good (If-None-Match, else If-Modified-Since)."""
    if "if-none-match" in headers:
        known = {part.strip() for part in headers["if-none-match"].split(",")}
        return "*" in known or tag in known or f"W/{tag}" in known
    since = _http_date_seconds(headers.get("if-modified-since", ""))
    return since is not None and modified <= since


def _http_date_seconds(date: str) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _multipart_answer(spans: list[Span], size: int, headers: dict[str, str]) -> FileAnswer:
    boundary = secrets.token_hex(16)
    parts: list[Part] = []
    for first, length in spans:
        head = f"\r\n--{boundary}\r\nContent-Type: {headers['Content-Type']}\r\n"
        parts.append(
            f"{head}Content-Range: bytes {first}-{first + length - 1}/{size}\r\n\r\n".encode()
        )
        parts.append((first, length))
    parts.append(f"\r\n--{boundary}--\r\n".encode())
    return FileAnswer(
        206, {**headers, "Content-Type": f"multipart/byteranges; boundary={boundary}"}, parts
    )
