"""Ranged reads of the storage: signed, checked, tried again, continued where they were cut."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable

from dinamis_qgis.core.errors import (
    AuthError,
    DinamisError,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.imagery.access import whom_to_ask
from dinamis_qgis.core.imagery.breaker import Breaker
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.net.backoff import backoff_s
from dinamis_qgis.core.net.content_range import read_content_range, read_length
from dinamis_qgis.core.net.failures import page_error, retry_after
from dinamis_qgis.core.net.http import RETRIED, Cancel, Http, public_url, read_chunks
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

TIMEOUT_S = (5.0, 15.0)
TRIES = 3
BACKOFF_S = 0.2
LONGEST_WAIT_S = 3.0
SLOWEST_BYTES_S = 500
"""Below this, over ``PATIENCE_S``, a connection counts as stuck and another is tried."""
PATIENCE_S = 20.0
PIECE = 16384
WHOLE_LIMIT = 16 * 1024 * 1024
"""A storage that ignores ranges is followed for objects up to this size only."""
REFUSED_S = 30.0
"""An image that was refused to the account is not asked for again within this time: a map is drawn
in dozens of reads.
"""
PROGRESS = 16384
"""A try that brought this many bytes does not count as failed."""
_HOPELESS = frozenset(
    {"dns", "down", "proxy", "socks", "tls", "tls-plain", "tls-alert", "redirect", "page"}
)


@dataclass(frozen=True)
class Version:
    """What makes the bytes of an href one and the same file: its length with the ETag, or the date,
    the storage gives.
    """

    length: int
    etag: str = ""
    modified: str = ""

    @property
    def tag(self) -> str:
        """A short name of the version."""
        text = f"{self.length}\n{self.etag or self.modified}"
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def checkable(self) -> bool:
        """False when the storage gives nothing to recognise the version by: not kept from one
        session to the next.
        """
        return bool(self.etag or self.modified)


class ObjectChanged(ServiceError):
    """The file behind an href is no longer the one that was being read."""

    code = "changed"

    def __init__(self, url: str) -> None:
        super().__init__(
            tr("This image was replaced by another version on the service."),
            tr("The layer is reloaded."),
            details=public_url(url),
        )


@dataclass
class Metrics:
    """Counters for the support report and the tests."""

    requests: int = 0
    bytes: int = 0
    renewed: int = 0
    retried: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(
        self, *, requests: int = 0, bytes_: int = 0, renewed: int = 0, retried: int = 0
    ) -> None:
        """Count."""
        with self._lock:
            self.requests += requests
            self.bytes += bytes_
            self.renewed += renewed
            self.retried += retried


class Upstream:
    """The storage of one profile; any number of threads may read."""

    def __init__(self, http: Http, signer: Signer, breaker: Breaker | None = None) -> None:
        self.signer = signer
        self.breaker = breaker or Breaker()
        self.metrics = Metrics()
        self._http = http
        self._refused: dict[str, tuple[float, LicenceError]] = {}
        """By href: until when (``time.monotonic``), and why."""
        self._tags: dict[str, set[str]] = {}
        """By href: ETags of one length and date."""

    def fetch(
        self,
        href: str,
        start: int,
        stop: int,
        take: Callable[[bytes], None],
        cancel: Cancel,
        expected: Version | None = None,
    ) -> Version:
        """Hand the bytes [start, stop) of ``href`` to ``take`` in pieces, in order (fewer at the
        end of the file).

        A cut transfer continues where it stopped. Raises AuthError, LicenceError, NetworkError,
        ServiceError (Changed when the file is not ``expected``), Cancelled.
        """
        attempt = _Attempt(self, href, start, stop, take, cancel, expected)
        until, refusal = self._refused.get(href, (0.0, None))
        if refusal is not None and time.monotonic() < until:
            raise LicenceError(
                refusal.message, refusal.remedy, status=refusal.status, details=refusal.details
            )
        while True:
            self.breaker.enter(href)
            try:
                version = attempt.run()
            except DinamisError as error:
                self._judge(href, error)
                if isinstance(error, LicenceError):
                    self._refused[href] = (time.monotonic() + REFUSED_S, error)
                wait = attempt.pause_after(error)
                if wait is None:
                    raise
                self.metrics.add(retried=1)
                cancel.wait(wait)
            except Exception as fault:  # an odd answer: nobody waits for ever for what it broke
                self.breaker.leave(href)
                raise unreadable_answer(href, fault) from fault
            else:
                self.breaker.good(href)
                return version

    def is_unsteady(self, href: str, known: Version, found: Version) -> bool:
        """Whether another ETag is only another node of the storage: length and date agree, and it
        was so before.
        """
        if known.length != found.length or not known.modified or known.modified != found.modified:
            return False
        seen = self._tags.setdefault(href, set())
        again = known.etag in seen or found.etag in seen
        seen.update((known.etag, found.etag))
        return again

    def forgive(self) -> None:
        """The person asked to try again, or another account is there: past failures do not
        count.
        """
        self.breaker.reset()
        self._refused.clear()

    def release(self) -> None:
        """Close the connections of the calling thread, which is about to end."""
        self._http.release()

    def _judge(self, href: str, error: DinamisError) -> None:
        if isinstance(error, NetworkError) or (error.status or 0) >= 500:
            self.breaker.bad(href, error)
        elif error.status or isinstance(error, (ServiceError, LicenceError)):
            self.breaker.good(href)
        else:
            self.breaker.leave(href)

    def get(
        self, href: str, start: int, stop: int, cancel: Cancel, again: bool = False
    ) -> requests.Response:
        """One ranged GET, signed; on 403 signed anew once. Raises as ``fetch``."""
        headers = {"Range": f"bytes={start}-{stop - 1}", "Accept-Encoding": "identity"}
        url, unsigned = self._address(href, cancel)
        self.metrics.add(requests=1)
        answer = self._http.once(
            "GET", url, cancel=cancel, headers=headers, follow=self.signer.holds, timeout=TIMEOUT_S
        )
        if answer.status_code in (200, 206):
            return answer
        if answer.status_code in (401, 403):
            if unsigned is not None:
                answer.close()
                raise unsigned
            self.signer.forget(href)
            if not again:
                answer.close()
                self.metrics.add(renewed=1)
                return self.get(href, start, stop, cancel, again=True)
            raise LicenceError(
                tr("The storage refuses this image to your account."),
                whom_to_ask(self.signer.profile.relay),
                status=answer.status_code,
                details=error_from(answer).details,
            )
        wait = retry_after(answer, -1.0)
        error = error_from(answer)
        error.retry_after = wait  # type: ignore[attr-defined]
        raise error

    def _address(self, href: str, cancel: Cancel) -> tuple[str, AuthError | None]:
        """Where to read, and what to say when an unsigned read is refused: open products need no
        account.
        """
        try:
            return self.signer.signed(href, cancel), None
        except AuthError as error:
            return href, error


@dataclass
class _Attempt:
    """The state of one ``fetch`` over its tries."""

    upstream: Upstream
    href: str
    at: int
    stop: int
    take: Callable[[bytes], None]
    cancel: Cancel
    expected: Version | None
    tries: int = 0

    def run(self) -> Version:
        """One try, from where the last one stopped."""
        self.tries += 1
        answer = self.upstream.get(self.href, self.at, self.stop, self.cancel)
        try:
            version, skip = self._check(answer)
        except DinamisError:
            answer.close()
            raise
        self.stop = min(self.stop, version.length)
        self.expected = version
        self._read(answer, skip)
        return version

    def _check(self, answer: requests.Response) -> tuple[Version, int]:
        """The version read, and how many bytes to skip before the wanted ones (a storage that
        ignores ranges).
        """
        headers = answer.headers
        skip = 0
        if answer.status_code == 206:
            told = read_content_range(headers.get("content-range", ""))
            if told is None or told.length is None or told.last is None:
                raise self._nonsense(headers.get("content-range", "no Content-Range"))
            first, last, length = told.first, told.last, told.length
            if first != self.at or last != min(self.stop, length) - 1:
                raise self._nonsense(
                    f"asked {self.at}-{self.stop - 1}, got {first}-{last}/{length}"
                )
        elif headers.get("content-type", "").lower().startswith("text/html"):
            raise page_error(self.href)
        else:
            known = read_length(headers.get("content-length", ""))
            length = -1 if known is None else known
            if not 0 <= length <= WHOLE_LIMIT:
                raise self._nonsense("ranges are ignored")
            skip = self.at
        etag = headers.get("etag", "")
        version = Version(length, etag, headers.get("last-modified", ""))
        if self.expected is not None and not _same_version(self.expected, version):
            if not self.upstream.is_unsteady(self.href, self.expected, version):
                raise ObjectChanged(self.href)
            version = self.expected
        return version, skip

    def _read(self, answer: requests.Response, skip: int) -> None:
        began, before = time.monotonic(), self.at
        for piece in read_chunks(answer, self.cancel, PIECE):
            if skip:
                piece, skip = piece[skip:], max(0, skip - len(piece))
            piece = piece[: self.stop - self.at]
            if piece:
                self.at += len(piece)
                if self.at - before >= PROGRESS:
                    self.tries = 1
                self.upstream.metrics.add(bytes_=len(piece))
                self.take(piece)
            if self.at >= self.stop and answer.status_code == 200:
                break
            elapsed = time.monotonic() - began
            if elapsed > PATIENCE_S and (self.at - before) / elapsed < SLOWEST_BYTES_S:
                raise NetworkError(
                    tr("The line is too slow for this image."), tr("Try again."), code="timeout"
                )
        if self.at < self.stop:
            raise NetworkError(
                tr("The connection was cut."),
                tr("Try again."),
                code="cut",
                details=public_url(self.href),
            )

    def pause_after(self, error: DinamisError) -> float | None:
        """Seconds before another try, or None when there is no point."""
        if self.tries >= TRIES or error.code in _HOPELESS or error.code == "offline":
            return None
        if isinstance(error, NetworkError) or error.status in RETRIED or error.code == "nonsense":
            told = float(getattr(error, "retry_after", -1.0))
            wait = told if told >= 0 else backoff_s(self.tries, BACKOFF_S, LONGEST_WAIT_S)
            return wait if wait <= LONGEST_WAIT_S else None
        return None

    def _nonsense(self, details: str) -> ServiceError:
        return ServiceError(
            tr("The storage does not answer as it should."),
            tr(
                "Behind a company proxy, ask that it lets byte ranges through; else tell your "
                "relay."
            ),
            code="nonsense",
            details=f"{public_url(self.href)}: {details}",
        )


def unreadable_answer(href: str, fault: BaseException) -> ServiceError:
    """A fault of ours over an answer of the storage."""
    details = f"{public_url(href)}: {type(fault).__name__}"
    return ServiceError(tr("The image cannot be read."), code="bug", details=details)


def _same_version(known: Version, found: Version) -> bool:
    if known.length != found.length:
        return False
    if known.etag and found.etag:
        return known.etag == found.etag
    return not (known.modified and found.modified) or known.modified == found.modified
