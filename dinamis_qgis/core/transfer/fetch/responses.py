"""What a server's answer to a ranged GET means for the file: go on, start over, try again, or give
up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dinamis_qgis.core.errors import DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.content_range import read_content_range, read_length
from dinamis_qgis.core.net.failures import page_error, retry_after
from dinamis_qgis.core.net.http import public_url
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import Header

if TYPE_CHECKING:
    import requests

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
BUSY = frozenset({429, 503})
REFUSED = frozenset({401, 403})


class FileChanged(Exception):
    """The file on the server is another version than the one begun: ``header``, where it told."""

    def __init__(self, header: Header | None = None) -> None:
        super().__init__()
        self.header = header


class NoRanges(Exception):
    """The server refuses the very idea of a range: ask without."""


class Again(Exception):
    """This try failed, another may not.

    ``wait`` is what the server asks for, in seconds; None leaves it to us.
    """

    def __init__(
        self,
        error: DinamisError,
        wait: float | None = None,
        *,
        busy: bool = False,
        refused: bool = False,
    ) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait
        self.busy = busy
        self.refused = refused


@dataclass(frozen=True)
class Body:
    """A body that can be used: ``whole`` is the file from its first byte, else bytes ``[start,
    end)`` of it.
    """

    header: Header
    start: int
    end: int | None
    whole: bool
    coding: str = ""


def understand_answer(
    answer: requests.Response, start: int, end: int, known: Header | None, *, pages: bool = False
) -> Body:
    """The answer to ``Range: bytes=start-(end-1)``; ``known`` is what was begun.

    ``pages``: a web page may be what was asked for.

    Raises Again, Changed, NoRanges, DinamisError (no use in trying again).
    """
    status = answer.status_code
    if status == 206:
        return _partial_body(answer, start, end, known)
    if status in (200, 203, 511) and not pages and _is_page(answer):
        answer.close()
        raise Again(page_error(answer.url))
    if status == 200:
        return _whole_body(answer, known)
    if status == 416:
        return _unsatisfied_range(answer, known)
    wait = retry_after(answer, -1.0)
    error = error_from(answer)
    if status in REFUSED:
        raise Again(error, refused=True)
    if status in PASSING:
        raise Again(error, wait if wait >= 0 else None, busy=status in BUSY)
    if status < 400:
        raise Again(_unreadable_answer(answer, f"status {status}"))
    raise error


def _is_page(answer: requests.Response) -> bool:
    return str(answer.headers.get("content-type", "")).strip().lower().startswith("text/html")


def _read_header(answer: requests.Response, size: int | None) -> Header:
    return Header(
        size,
        _ascii_or_empty(answer.headers.get("etag", "")),
        _ascii_or_empty(answer.headers.get("last-modified", "")),
    )


def _ascii_or_empty(text: str) -> str:
    return text.strip() if text.isascii() and text.isprintable() else ""


def _content_coding(answer: requests.Response) -> str:
    coding = str(answer.headers.get("content-encoding", "")).strip().lower()
    return "" if coding == "identity" else coding


def _partial_body(answer: requests.Response, start: int, end: int, known: Header | None) -> Body:
    told = read_content_range(answer.headers.get("content-range", ""))
    if told is None or told.first is None or told.last is None or _content_coding(answer):
        raise Again(_unreadable_answer(answer, "206 without a usable Content-Range"))
    first, last, total = told.first, told.last, told.length
    if total is None:
        raise NoRanges
    header = _read_header(answer, total)
    if known is not None and known.differs(header):
        raise FileChanged(header)
    if first != start or last < first or last >= min(end, total):
        raise Again(
            _unreadable_answer(answer, f"asked for {start}-{end - 1}, got {first}-{last}/{total}")
        )
    length = read_length(answer.headers.get("content-length", ""))
    if length is not None and length != last - first + 1:
        raise Again(_unreadable_answer(answer, f"{length} bytes announced for {first}-{last}"))
    return Body(header, first, last + 1, whole=False)


def _whole_body(answer: requests.Response, known: Header | None) -> Body:
    coding = _content_coding(answer)
    size = None if coding else read_length(answer.headers.get("content-length", ""))
    header = _read_header(answer, size)
    if known is not None and known.differs(header):
        raise FileChanged(header)
    if coding not in ("", "gzip", "x-gzip", "deflate"):
        raise _unreadable_answer(answer, f"coding {coding}, which was not asked for")
    return Body(header, 0, size, whole=True, coding=coding)


def _unsatisfied_range(answer: requests.Response, known: Header | None) -> Body:
    told = read_content_range(answer.headers.get("content-range", ""))
    total = told.length if told is not None else None
    answer.close()
    if known is not None and known.size != total:
        raise FileChanged
    if total == 0:
        return Body(_read_header(answer, 0), 0, 0, whole=True)
    raise NoRanges


def _unreadable_answer(answer: requests.Response, what: str) -> ServiceError:
    answer.close()
    return ServiceError(
        tr("The storage gave an answer that cannot be used."),
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
        status=answer.status_code,
        details=f"{public_url(answer.url)}: {what}",
    )


def stalled_transfer(url: str) -> NetworkError:
    """No byte, or next to none, for too long."""
    return NetworkError(
        tr("The storage stopped sending."),
        tr("Try again later: what was fetched is kept."),
        code="stall",
        details=public_url(url),
    )


def other_size(name: str, wanted: int, found: int) -> ServiceError:
    """The file is not the one of the catalogue."""
    return ServiceError(
        tr("“{name}” does not have the size the catalogue announces.").format(name=name),
        tr("Try again later; if it lasts, tell your relay."),
        code="size",
        details=f"{found} bytes, expected {wanted}",
    )


def corrupt_file(name: str) -> ServiceError:
    """Fetched twice, wrong twice."""
    return ServiceError(
        tr("“{name}” arrives damaged: its checksum is not the one the catalogue announces.").format(
            name=name
        ),
        tr("Try again later; if it lasts, tell your relay."),
        code="corrupt",
        details="set aside as .wrong",
    )


def changing_file(name: str) -> ServiceError:
    """Another version each time it is asked for."""
    return ServiceError(
        tr("“{name}” keeps changing on the storage while it is fetched.").format(name=name),
        tr("Try again later."),
        code="changing",
    )
