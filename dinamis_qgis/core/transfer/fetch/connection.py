"""One connection at work: a range asked for, its bytes poured into the file."""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from dinamis_qgis.core.errors import NetworkError
from dinamis_qgis.core.net.body import Decoder
from dinamis_qgis.core.net.failures import network_error
from dinamis_qgis.core.net.http import Cancel, Http, connection_cutter
from dinamis_qgis.core.transfer.fetch.partial_file import Header, PartialFile
from dinamis_qgis.core.transfer.fetch.responses import Again, Body, understand_answer

if TYPE_CHECKING:
    import requests

_SMALL, _LARGE = 16 * 1024, 256 * 1024
_QUICK_S, _SLOW_S = 0.02, 0.5


@dataclass
class Lane:
    """Bytes ``[start, end)`` on their way: ``pos`` is how far they are in the file, ``logged`` how
    far in the journal.
    """

    start: int
    end: int | None
    pos: int = 0
    logged: int = 0
    beat: float = math.inf
    """When bytes last came; infinite while nothing is expected."""
    stalled: bool = False
    ranged: bool = True
    url: str = field(default="", repr=False)
    cancel: Cancel = field(default_factory=Cancel, repr=False)


class Timing(Protocol):
    """The part of the rules that concerns one request."""

    @property
    def connect_s(self) -> float: ...

    @property
    def stall_s(self) -> float: ...


def request_range(
    http: Http,
    url: str,
    lane: Lane,
    known: Header | None,
    timing: Timing,
    more: Mapping[str, str] | None = None,
    *,
    pages: bool = False,
) -> tuple[requests.Response, Body]:
    """Ask for the lane's range, with ``more`` headers; ``pages`` as for ``understand_answer``.

    Raises Again, Changed, NoRanges, Cancelled, DinamisError.
    """
    headers = {**(more or {}), "Accept-Encoding": "identity"}
    end = lane.end if lane.end is not None else lane.start + 1
    if lane.ranged:
        headers["Range"] = f"bytes={lane.start}-{end - 1}"
        if known is not None and known.validator:
            headers["If-Range"] = known.validator
    try:
        answer = http.once(
            "GET",
            url,
            cancel=lane.cancel,
            headers=headers,
            timeout=(timing.connect_s, timing.stall_s),
        )
    except NetworkError as error:
        raise Again(error) from None
    try:
        return answer, understand_answer(answer, lane.start, end, known, pages=pages)
    except Exception:
        answer.close()
        raise


def pour_into_file(
    answer: requests.Response, body: Body, lane: Lane, part: PartialFile, piece: int
) -> None:
    """The answer's bytes into the file; what is there is in the journal, whatever ends it.

    Raises Again (cut short), Cancelled, StorageError.
    """
    from urllib3.exceptions import HTTPError

    lane.beat = time.monotonic()
    try:
        with lane.cancel.calling(connection_cutter(answer)):
            for data in _decode_body(answer.raw, body, lane):
                lane.cancel.check()
                part.write(lane.pos, data)
                lane.pos += len(data)
                lane.beat = time.monotonic()
                if lane.pos - lane.logged >= piece:
                    _journal_written(lane, part)
    except (HTTPError, OSError, ValueError, AttributeError, zlib.error) as error:
        lane.cancel.check()
        raise Again(network_error(error, answer.url)) from None
    finally:
        lane.beat = math.inf
        if not lane.cancel.is_set() or lane.stalled:
            _journal_written(lane, part)
    if lane.end is not None and lane.pos < lane.end:
        lane.cancel.check()
        raise Again(network_error(ConnectionError("short body"), answer.url))


def _journal_written(lane: Lane, part: PartialFile) -> None:
    """Journal what is written. A body of unknown length is not resumed, and not journaled."""
    if lane.end is not None and lane.pos > lane.logged:
        part.done(lane.logged, lane.pos)
        lane.logged = lane.pos


def _decode_body(raw: Any, body: Body, lane: Lane) -> Iterator[bytes]:
    """The body's bytes; ``gzip`` and ``deflate`` (never asked for) undone and checked to be
    whole.
    """
    if not body.coding:
        yield from _read_pieces(raw, lane)
        return
    decoder = Decoder(body.coding)
    for data in _read_pieces(raw, lane):
        yield from decoder.decode(data, _LARGE)
    if not decoder.whole:
        raise ConnectionError("short body")


def _read_pieces(raw: Any, lane: Lane) -> Iterator[bytes]:
    """Reads as large as the line is fast: seldom for a fast one, often enough to show a slow one
    move.
    """
    amount = 4 * _SMALL
    while lane.end is None or lane.pos < lane.end:
        wanted = amount if lane.end is None else min(amount, lane.end - lane.pos)
        before = time.monotonic()
        data = raw.read(wanted, decode_content=False)
        if not data:
            return
        took = time.monotonic() - before
        if took < _QUICK_S:
            amount = min(_LARGE, amount * 2)
        elif took > _SLOW_S:
            amount = max(_SMALL, amount // 2)
        yield data
