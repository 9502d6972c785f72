"""The body of an answer, piece by piece: undone of its coding under a bound, cancellable.

A few hundred bytes may unfold to gigabytes: nothing is ever decoded further than what is asked
for, and each kind of answer has a limit of its own that real services do not meet.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Callable

from dinamis_qgis.core.errors import NetworkError, ServiceError
from dinamis_qgis.core.net import large_json
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.failures import network_error, web_page
from dinamis_qgis.core.net.urls import public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

NO_CONTENT = 204
SMALL_BYTES = 1 << 20
"""A token, a user, a key, the answer to an order, an error."""
DOCUMENT_BYTES = 8 << 20
"""A schema, a collection, one item, capabilities, signatures."""
PAGE_BYTES = 32 << 20
"""A page of products or orders; a year of a catalogue that has no pages."""
CODINGS = "gzip, deflate"
"""What is asked for and undone here; anything else, or one within another, is refused."""
_GZIP = frozenset({"gzip", "x-gzip"})
_STEP = 64 * 1024
_SLOWEST_BYTES_S = 200
_PATIENCE_S = 60.0


def read_json(
    answer: requests.Response, cancel: Cancel | None = None, limit: int = PAGE_BYTES
) -> Any:
    """The body of a streamed answer as JSON, None of one without content (204).

    Cancellable; at most ``limit`` bytes.

    Raises Cancelled, NetworkError, ServiceError.
    """
    body = read_body(answer, cancel, limit)
    if answer.status_code == NO_CONTENT and not body:
        return None
    try:
        value = large_json.parse_json(body)
        if value is None:
            raise ValueError("null")
        return value
    except large_json.TooMuch:
        raise too_large(answer.url) from None
    except (ValueError, RecursionError):  # the latter: thousands of brackets
        raise web_page(body, answer.url, answer.status_code) or ServiceError(
            tr("The service gave an answer that cannot be read."),
            tr("Try again; if it lasts, tell your relay."),
            code="garbage",
            status=answer.status_code,
            details=f"{public_url(answer.url)}: {len(body)} bytes, not JSON",
        ) from None


def read_body(
    answer: requests.Response, cancel: Cancel | None = None, limit: int = DOCUMENT_BYTES
) -> bytes:
    """The whole body, at most ``limit`` bytes. Raises Cancelled, NetworkError, ServiceError."""
    return b"".join(read_chunks(answer, cancel, _STEP, limit))


def read_beginning(answer: requests.Response, limit: int) -> bytes:
    """The first bytes of a body, whatever follows; nothing where it cannot be read."""
    pieces: list[bytes] = []
    try:
        for piece in _decode_stream(answer, min(limit, _STEP)):
            pieces.append(piece)
            if sum(map(len, pieces)) >= limit:
                break
    except ServiceError:
        return b""
    except _transport_errors():
        return b""
    return b"".join(pieces)[:limit]


def too_large(url: str) -> ServiceError:
    """More than any service has to say."""
    return ServiceError(
        tr("The answer of the service is too large."), code="too-large", details=public_url(url)
    )


def read_chunks(
    answer: requests.Response, cancel: Cancel | None, size: int = 262144, limit: int | None = None
) -> Iterator[bytes]:
    """The body of a streamed answer in pieces of at most ``size`` bytes.

    Raises Cancelled, NetworkError (cut), ServiceError (too large, a coding not asked for).
    """
    total, began = 0, time.monotonic()
    cancel = cancel or Cancel()
    try:
        with cancel.calling(connection_cutter(answer)):
            for piece in _decode_stream(answer, size):
                cancel.check()
                total += len(piece)
                if limit is not None and total > limit:
                    raise too_large(answer.url)
                yield piece
                elapsed = time.monotonic() - began
                if limit and elapsed > _PATIENCE_S and total < elapsed * _SLOWEST_BYTES_S:
                    raise NetworkError(
                        tr("The line is too slow."), tr("Try again."), code="timeout",
                        details=public_url(answer.url),
                    )  # fmt: skip
            cancel.check()
            if _is_short(answer):
                raise ConnectionError("short body")
    except _transport_errors() as error:
        # AttributeError: urllib3's file is gone when the connection is cut between two reads.
        cancel.check()
        raise network_error(error, answer.url) from None
    finally:
        answer.close()


def connection_cutter(answer: requests.Response) -> Callable[[], None]:
    """What cuts the connection the body comes through (``requests`` keeps it in the adapter that
    sent it).
    """
    cut = getattr(getattr(answer, "connection", None), "cut", None)
    return cut if callable(cut) else lambda: None


def coding_of(answer: requests.Response) -> str:
    """The one coding of a body; empty for none. Raises ServiceError for what was not asked for."""
    told = str(answer.headers.get("content-encoding", ""))
    codings = [c for c in (part.strip().lower() for part in told.split(",")) if c]
    codings = [c for c in codings if c != "identity"]
    if not codings:
        return ""
    if len(codings) == 1 and (codings[0] in _GZIP or codings[0] == "deflate"):
        return codings[0]
    raise ServiceError(
        tr("The service gave an answer that cannot be read."),
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
        status=answer.status_code,
        details=f"{public_url(answer.url)}: Content-Encoding {told[:80]}",
    )


class Decoder:
    """Undoes ``gzip`` (several members too) or ``deflate`` (with its header or without it)."""

    def __init__(self, coding: str) -> None:
        self._gzip = coding in _GZIP
        self._decoder = self._new()
        self._fresh = True

    def _new(self, bits: int = zlib.MAX_WBITS) -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else bits)

    @property
    def whole(self) -> bool:
        """Whether the end that a coding announces has come."""
        return bool(self._decoder.eof)

    def decode(self, data: bytes, size: int) -> Iterator[bytes]:
        """What ``data`` unfolds to, never more than ``size`` bytes at once. Raises zlib.error."""
        while data:
            if self._decoder.eof:
                if not self._gzip or not data.strip(b"\0"):
                    return
                self._decoder = self._new()
            try:
                piece = self._decoder.decompress(data, size)
            except zlib.error:
                if self._gzip or not self._fresh:
                    raise
                self._decoder = self._new(-zlib.MAX_WBITS)
                piece = self._decoder.decompress(data, size)
            self._fresh = False
            data = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail
            if piece:
                yield piece


def _decode_stream(answer: requests.Response, size: int) -> Iterator[bytes]:
    coding = coding_of(answer)
    decoder = Decoder(coding) if coding else None
    while data := answer.raw.read(size, decode_content=False):
        if decoder is None:
            yield data
        else:
            yield from decoder.decode(data, size)
    if decoder is not None and not decoder.whole and answer.raw.tell():
        raise ConnectionError("short body")


def _transport_errors() -> tuple[type[Exception], ...]:
    import requests
    import urllib3

    return (
        requests.RequestException,
        urllib3.exceptions.HTTPError,
        OSError,
        ValueError,
        AttributeError,
        zlib.error,
    )


def _is_short(answer: requests.Response) -> bool:
    """True when fewer bytes came than announced: urllib3 1.x does not say so."""
    announced = answer.headers.get("content-length", "")
    return (
        announced.isascii()
        and announced.isdigit()
        and len(announced) < 20
        and answer.request.method != "HEAD"
        and answer.raw.tell() < int(announced)
    )
