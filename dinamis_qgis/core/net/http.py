"""The one way out to the network: ``requests`` with time-outs, retries, cancellation and
origin-bound credentials.

The bridge mounts it on QGIS's proxy and certificate settings (``proxies`` and ``verify``); ``core``
never reads them.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Protocol
from urllib.parse import urljoin, urlsplit

from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net import large_json
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.failures import error_from, network_error, retry_after, web_page
from dinamis_qgis.core.net.urls import origin, public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

__all__ = ["Cancel", "Credentials", "Http", "chunks", "cutter", "origin", "public_url", "read_json"]

RETRIED = frozenset({429, 500, 502, 503, 504})
SAFE_HEADERS = frozenset({"accept", "content-type", "range", "if-range"})
"""What may be sent on to another origin."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NO_CONTENT = 204
MAX_JSON_BYTES = 64 * 1024 * 1024
"""Read, a document takes ten times its size."""
MAX_WAIT_S = 30.0
CONNECTIONS = 12
"""Requests of one large read or download side by side, unless the person says otherwise: fewer do
not fill a line of long round trips.
"""


class Credentials(Protocol):
    """Headers for the origins they belong to, and how to renew them."""

    def headers_for(self, url: str) -> Mapping[str, str]:
        """Headers to add; empty when ``url`` is of another origin or nobody is signed in."""

    def renew(self, used: Mapping[str, str]) -> bool:
        """After a 401 with ``used``: True when new headers are worth one more try.

        Raises AuthError.
        """


@dataclass
class Http:
    """A small client over one ``requests.Session`` per thread; safe to share between threads.

    ``proxies(url)`` gives requests' proxy mapping for a URL; ``verify`` is True or the path of a CA
    bundle. ``timeout`` is (connect, read) in seconds. ``retries`` is the number of further tries
    after a failure that may pass.
    """

    user_agent: str
    proxies: Callable[[str], Mapping[str, str]] | None = None
    verify: bool | str = True
    timeout: tuple[float, float] = (8.0, 30.0)
    retries: int = 3
    backoff: float = 0.5
    notes: dict[str, tuple[float, Any]] = field(default_factory=dict, repr=False)
    """What services said of themselves, and when (``time.monotonic``): for the adapters, as long as
    this client lives.
    """
    _local: threading.local = field(default_factory=threading.local, repr=False)
    _sessions: list[requests.Session] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _closed: threading.Event = field(default_factory=threading.Event, repr=False)

    def session(self) -> requests.Session:
        """This thread's session; keeps connections alive, takes nothing from the environment or
        ``.netrc``.

        Raises Cancelled once the client is closed.
        """
        import requests

        if self._closed.is_set():
            raise Cancelled
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            from dinamis_qgis.core.net.cuttable import CuttableAdapter

            session = requests.Session()
            adapter = CuttableAdapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            session.trust_env = False
            session.headers["User-Agent"] = self.user_agent
            session.verify = self.verify
            with self._lock:
                closed = self._closed.is_set()
                if not closed:
                    self._sessions.append(session)
            if closed:
                session.close()
                raise Cancelled
            self._local.session = session
        return session

    def release(self) -> None:
        """Close this thread's connections: for a thread about to end."""
        session = getattr(self._local, "session", None)
        if session is not None:
            self._local.session = None
            session.close()
            # closed and forgotten by ``close`` meanwhile
            with (
                self._lock,
                contextlib.suppress(ValueError),
            ):
                self._sessions.remove(session)

    def close(self) -> None:
        """Cut and close every connection of every thread, for good."""
        with self._lock:
            self._closed.set()
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            _cut(session)()
            session.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        cancel: Cancel | None = None,
        credentials: Credentials | None = None,
        idempotent: bool | None = None,
        expected: tuple[int, ...] = (),
        stream: bool = False,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> requests.Response:
        """One request, answered with status < 400 (or one of ``expected``), or a DinamisError.

        Retries time-outs, cut connections and 429/5xx with Retry-After or exponential back-off when
        ``idempotent`` (default: GET and HEAD; POST searches and signatures say so themselves). On
        401 the credentials are renewed once. Raises Cancelled, NetworkError, AuthError,
        ServiceError.
        """
        cancel = cancel or Cancel()
        may_retry = method.upper() in ("GET", "HEAD") if idempotent is None else idempotent
        renewed = False
        attempt = 0
        while True:
            cancel.check()
            used = dict(credentials.headers_for(url)) if credentials else {}
            wait = self.backoff * 2**attempt
            session = self.session()
            try:
                with cancel.calling(_cut(session)):
                    answer = self._send(
                        session,
                        method,
                        url,
                        {**(headers or {}), **used},
                        stream,
                        options,
                        repeatable=may_retry,
                    )
            except NetworkError:
                cancel.check()
                if not may_retry or attempt >= self.retries:
                    raise
            else:
                if answer.status_code < 400 or answer.status_code in expected:
                    return answer
                if answer.status_code == 401 and used and credentials and not renewed:
                    renewed = True
                    if _renewed(answer, credentials, used):
                        continue
                wait = retry_after(answer, wait)
                if (
                    answer.status_code not in RETRIED
                    or not may_retry
                    or attempt >= self.retries
                    or wait > MAX_WAIT_S
                ):
                    raise error_from(answer)
                answer.close()
            attempt += 1
            cancel.wait(wait)

    def once(
        self,
        method: str,
        url: str,
        *,
        cancel: Cancel | None = None,
        headers: Mapping[str, str] | None = None,
        follow: Callable[[str], bool] | None = None,
        **options: Any,
    ) -> requests.Response:
        """One try without credentials, redirects followed, answered with any status: for callers
        with their own rules.

        The body is streamed. ``follow(url)`` says which redirects are followed (None: all).
        Raises Cancelled, NetworkError, ServiceError (redirects that make no sense).
        """
        cancel = cancel or Cancel()
        cancel.check()
        session = self.session()
        try:
            with cancel.calling(_cut(session)):
                return self._send(session, method, url, dict(headers or {}), True, options, follow)
        except NetworkError:
            cancel.check()
            raise

    def json(self, method: str, url: str, **options: Any) -> Any:
        """As ``request``, with the answer read as JSON.

        Raises ServiceError when it is not, or is too large.
        """
        answer = self.request(method, url, stream=True, **options)
        return read_json(answer, options.get("cancel"))

    def _send(
        self,
        session: requests.Session,
        method: str,
        url: str,
        headers: dict[str, str],
        stream: bool,
        options: Mapping[str, Any],
        follow: Callable[[str], bool] | None = None,
        repeatable: bool = False,
    ) -> requests.Response:
        """Send, following redirects by hand: secrets never follow to another origin.

        What is ``repeatable`` is asked again as it was; a POST made a GET would ask for all there
        is.
        """
        import requests

        options = dict(options)
        options.setdefault("timeout", self.timeout)
        for _ in range(6):
            try:
                answer = session.request(
                    method,
                    url,
                    headers=headers,
                    stream=stream,
                    allow_redirects=False,
                    proxies=dict(self.proxies(url)) if self.proxies else None,
                    **options,
                )
            except (requests.RequestException, OSError, ValueError) as error:
                raise network_error(error, url) from None
            target = answer.headers.get("location")
            if answer.status_code not in REDIRECTS or not target:
                return answer
            answer.close()
            target = urljoin(url, target)
            headers = _followed(url, target, headers, "data" in options, follow)
            if answer.status_code == 303 or (
                answer.status_code in (301, 302) and method.upper() == "POST" and not repeatable
            ):
                method, options = (
                    "GET",
                    {k: v for k, v in options.items() if k not in ("json", "data")},
                )
            options.pop("params", None)
            url = target
        raise ServiceError(
            tr("The service sends in circles (too many redirects)."), details=public_url(url)
        )


def _cut(session: requests.Session) -> Callable[[], None]:
    """What shuts the connections of ``session`` down; callable from any thread."""
    cut: Callable[[], None] = session.get_adapter("https://").cut  # type: ignore[attr-defined]
    return cut


def _followed(
    url: str,
    target: str,
    headers: dict[str, str],
    is_form: bool,
    follow: Callable[[str], bool] | None,
) -> dict[str, str]:
    """The headers that may go on from ``url`` to ``target``.

    Raises ServiceError where nothing should.
    """
    elsewhere = origin(target) != origin(url)
    problem = ""
    if follow is not None and not follow(target):
        problem = tr("The service sends to an address that is not its own.")
    elif elsewhere and is_form:  # a form of the sign-in: what it holds is for this origin only
        problem = tr("The service sends elsewhere what is meant for it alone.")
    elif elsewhere and urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
        problem = tr("The service sends to an address that is not protected (http).")
    if problem:
        raise ServiceError(
            problem,
            tr("Tell your relay: this is a fault of the service."),
            code="redirect",
            details=f"{public_url(url)} -> {public_url(target)}",
        )
    return {k: v for k, v in headers.items() if k.lower() in SAFE_HEADERS} if elsewhere else headers


def _renewed(answer: requests.Response, credentials: Credentials, used: Mapping[str, str]) -> bool:
    """Whether to ask again after ``answer``, a 401; its connection is let go of unless its body
    will still be read.
    """
    again = False
    try:
        again = credentials.renew(used)
    except DinamisError:
        answer.close()
        raise
    if again:
        answer.close()
    return again


def read_json(answer: requests.Response, cancel: Cancel | None = None) -> Any:
    """The body of a streamed answer as JSON, None of one without content (204); cancellable,
    bounded.

    Raises Cancelled, NetworkError, ServiceError.
    """
    body = b"".join(chunks(answer, cancel, 65536, MAX_JSON_BYTES))
    if answer.status_code == NO_CONTENT and not body:
        return None
    try:
        return large_json.loads(body)
    except (ValueError, RecursionError):  # the latter: thousands of brackets
        raise web_page(body, answer.url, answer.status_code) or ServiceError(
            tr("The service gave an answer that cannot be read."),
            tr("Try again; if it lasts, tell your relay."),
            code="garbage",
            status=answer.status_code,
            details=f"{public_url(answer.url)}: {len(body)} bytes, not JSON",
        ) from None


def chunks(
    answer: requests.Response, cancel: Cancel | None, size: int = 262144, limit: int | None = None
) -> Iterator[bytes]:
    """The body of a streamed answer piece by piece.

    Raises Cancelled, NetworkError (cut), ServiceError (too large).
    """
    import requests

    total = 0
    cancel = cancel or Cancel()
    try:
        with cancel.calling(cutter(answer)):
            for piece in answer.iter_content(size):
                cancel.check()
                total += len(piece)
                if limit is not None and total > limit:
                    raise ServiceError(
                        tr("The answer of the service is too large."),
                        details=public_url(answer.url),
                    )
                yield piece
            cancel.check()
            if _is_short(answer):
                raise ConnectionError("short body")
    except (requests.RequestException, OSError, ValueError, AttributeError) as error:
        # AttributeError: urllib3's file is gone when the connection is cut between two reads.
        cancel.check()
        raise network_error(error, answer.url) from None
    finally:
        answer.close()


def cutter(answer: requests.Response) -> Callable[[], None]:
    """What cuts the connection the body comes through (``requests`` keeps it in the adapter that
    sent it).
    """
    cut = getattr(getattr(answer, "connection", None), "cut", None)
    return cut if callable(cut) else lambda: None


def _is_short(answer: requests.Response) -> bool:
    """True when fewer bytes came than announced: urllib3 1.x does not say so."""
    announced = answer.headers.get("content-length", "")
    return (
        announced.isdigit()
        and answer.request.method != "HEAD"
        and answer.raw.tell() < int(announced)
    )
