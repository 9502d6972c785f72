"""The one way out to the network: ``requests`` with time-outs, retries, cancellation and
origin-bound credentials.

The bridge mounts it on QGIS's proxy and certificate settings (``proxies`` and ``verify``); ``core``
never reads them.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Callable, Protocol

from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.backoff import backoff_s
from dinamis_qgis.core.net.body import (
    CODINGS,
    DOCUMENT_BYTES,
    PAGE_BYTES,
    connection_cutter,
    read_body,
    read_chunks,
    read_json,
)
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.failures import (
    network_error,
    no_socks,
    retry_after,
)
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.net.urls import find_address, origin, parse_address, public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

__all__ = [
    "Cancel",
    "Credentials",
    "Http",
    "connection_cutter",
    "origin",
    "public_url",
    "read_chunks",
    "read_json",
]

RETRIED = frozenset({429, 500, 502, 503, 504})
SAFE_HEADERS = frozenset({"accept", "content-type", "range", "if-range"})
"""What may be sent on to another origin."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
SETTINGS_CODES = frozenset({"proxy", "tls", "tls-plain", "socks"})
"""Failures that a change in QGIS's network settings may end."""
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
    bundle. ``refresh()`` reads both anew and gives a number that grows when they change: what the
    proxy or TLS stopped is then tried once more. ``timeout`` is (connect, read) in seconds.
    ``retries`` is the number of further tries after a failure that may pass.
    """

    user_agent: str
    proxies: Callable[[str], Mapping[str, str]] | None = None
    verify: bool | str = True
    timeout: tuple[float, float] = (8.0, 30.0)
    retries: int = 3
    backoff: float = 0.5
    refresh: Callable[[], int] | None = None
    settings_version: int = 0
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
        if self._closed.is_set():
            raise Cancelled
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            from dinamis_qgis.core.net.cuttable import CuttableAdapter

            session = _make_session()
            adapter = CuttableAdapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            session.trust_env = False
            # A cookie would outlive the sign-out, and go to every port of its host.
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
            session.headers["User-Agent"] = self.user_agent
            session.headers["Accept-Encoding"] = CODINGS
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
            _session_cutter(session)()
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
            wait = backoff_s(attempt + 1, self.backoff, MAX_WAIT_S)
            try:
                sent = _Sent(method, url, {**(headers or {}), **used}, options, may_retry)
                answer = self._exchange(sent, cancel)
            except NetworkError:
                cancel.check()
                if not may_retry or attempt >= self.retries:
                    raise
            else:
                if answer.status_code < 400 or answer.status_code in expected:
                    return answer if stream else _with_body(answer, cancel)
                if answer.status_code == 401 and used and credentials and not renewed:
                    renewed = True
                    if _renew_credentials(answer, credentials, used):
                        continue
                wait = retry_after(answer, wait)
                lasts = answer.status_code not in RETRIED or wait > MAX_WAIT_S
                if lasts or not may_retry or attempt >= self.retries:
                    raise _refusal_error(answer)
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
        sent = _Sent(method, url, dict(headers or {}), options, method.upper() == "GET", follow)
        try:
            return self._exchange(sent, cancel)
        except NetworkError:
            cancel.check()
            raise

    def json(self, method: str, url: str, *, limit: int = PAGE_BYTES, **options: Any) -> Any:
        """As ``request``, with the answer read as JSON of at most ``limit`` bytes.

        Raises ServiceError when it is not, or is too large.
        """
        answer = self.request(method, url, stream=True, **options)
        return read_json(answer, options.get("cancel"), limit)

    def _exchange(self, sent: _Sent, cancel: Cancel) -> requests.Response:
        """Send; once more at once where proxy or TLS stopped it and the settings have changed."""
        session, version = self.session(), self.settings_version
        with cancel.calling(_session_cutter(session)):
            try:
                answer = self._send(session, sent)
            except NetworkError as error:
                again = error.code in SETTINGS_CODES and (sent.may_repeat or error.unsent)
                if not again or not self._changed_since(version, cancel):
                    raise
            else:
                if answer.status_code != 407 or not self._changed_since(version, cancel):
                    return answer
                answer.close()
            return self._send(session, sent)

    def _changed_since(self, version: int, cancel: Cancel) -> bool:
        cancel.check()
        if self.refresh is None:
            return False
        self.settings_version = self.refresh()
        return self.settings_version != version

    def _send(self, session: requests.Session, sent: _Sent) -> requests.Response:
        """Send, following redirects by hand: secrets never follow to another origin.

        The body is not read; ``history`` has the answers that sent elsewhere, without theirs. What
        may be repeated is asked again as it was; a POST made a GET would ask for all there is.
        """
        import requests

        method, url, headers = sent.method, parse_address(sent.url).text, sent.headers
        options = {"timeout": self.timeout, **sent.options}
        passed: list[requests.Response] = []
        for _ in range(MOST_REDIRECTS + 1):
            proxies = dict(self.proxies(url)) if self.proxies else None
            check_socks(proxies, url)
            try:
                answer = session.request(
                    method,
                    url,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    proxies=proxies,
                    verify=self.verify,
                    **options,
                )
            except (requests.RequestException, OSError, ValueError) as error:
                failure = network_error(error, url)
                failure.unsent = failure.unsent and not passed
                raise failure from None
            answer.history = list(passed)
            target = answer.headers.get("location")
            if answer.status_code not in REDIRECTS or not target:
                return answer
            answer.close()
            passed.append(answer)
            target = _redirect_target(url, target)
            headers = _headers_after_redirect(url, target, headers, sent)
            made_get = method.upper() == "POST" and not sent.may_repeat
            left_out = {"params"}
            if answer.status_code == 303 or (answer.status_code in (301, 302) and made_get):
                method = "GET"
                left_out |= {"json", "data"}
            options = {name: value for name, value in options.items() if name not in left_out}
            url = target
        raise ServiceError(
            tr("The service sends in circles (too many redirects)."), details=public_url(url)
        )


@dataclass(frozen=True)
class _Sent:
    """One request as it leaves."""

    method: str
    url: str
    headers: dict[str, str]
    options: Mapping[str, Any]
    may_repeat: bool
    follow: Callable[[str], bool] | None = None

    @property
    def is_for_one(self) -> bool:
        """Whether what it holds is for this origin only: a form of the sign-in, an order."""
        return "data" in self.options or ("json" in self.options and not self.may_repeat)


def _make_session() -> requests.Session:
    """A session that leaves redirects to us: ``requests`` reads the bodies of those whole."""
    import requests

    class TransportSession(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> None:
            return None

    return TransportSession()


def check_socks(proxies: Mapping[str, str] | None, url: str) -> None:
    """Raises NetworkError where a SOCKS proxy is wanted and its library is missing."""
    from importlib.util import find_spec

    wanted = any(address.startswith("socks") for address in (proxies or {}).values())
    if wanted and find_spec("socks") is None:
        raise no_socks(url)


def _with_body(answer: requests.Response, cancel: Cancel) -> requests.Response:
    """The answer with its body read, under a bound: ``content`` and ``text`` then cost nothing."""
    answer._content = read_body(answer, cancel, DOCUMENT_BYTES)
    answer._content_consumed = True  # type: ignore[attr-defined]
    return answer


def _refusal_error(answer: requests.Response) -> DinamisError:
    """What an error status means.

    After a redirect of a POST that became a GET, it tells nothing of what the POST has done.
    """
    error = error_from(answer)
    error.maybe_done = any(a.status_code in (301, 302, 303) for a in answer.history)
    return error


def _session_cutter(session: requests.Session) -> Callable[[], None]:
    """What shuts the connections of ``session`` down; callable from any thread."""
    cut: Callable[[], None] = session.get_adapter("https://").cut  # type: ignore[attr-defined]
    return cut


def _redirect_target(url: str, target: str) -> str:
    """Where ``url`` sends to: what is decided on and what is connected to are this one text.

    Raises ServiceError for what may be read in two ways.
    """
    # Names in other letters come as bytes of UTF-8, which http.client takes for Latin-1.
    with contextlib.suppress(UnicodeError):
        target = target.encode("latin-1").decode("utf-8")
    found = find_address(target, url)
    if found is None:
        raise ServiceError(
            tr("The service sends to an address that cannot be used."),
            tr("Tell your relay: this is a fault of the service."),
            code="redirect",
            details=public_url(url),
        )
    return found.text


def _headers_after_redirect(
    url: str, target: str, headers: dict[str, str], sent: _Sent
) -> dict[str, str]:
    """The headers that may go on from ``url`` to ``target``.

    Raises ServiceError where nothing should.
    """
    elsewhere = origin(target) != origin(url)
    problem = ""
    if sent.follow is not None and not sent.follow(target):
        problem = tr("The service sends to an address that is not its own.")
    elif elsewhere and sent.is_for_one:
        problem = tr("The service sends elsewhere what is meant for it alone.")
    elif elsewhere and url.startswith("https:") and not target.startswith("https:"):
        problem = tr("The service sends to an address that is not protected (http).")
    if problem:
        raise ServiceError(
            problem,
            tr("Tell your relay: this is a fault of the service."),
            code="redirect",
            details=f"{public_url(url)} -> {public_url(target)}",
        )
    return {k: v for k, v in headers.items() if k.lower() in SAFE_HEADERS} if elsewhere else headers


def _renew_credentials(
    answer: requests.Response, credentials: Credentials, used: Mapping[str, str]
) -> bool:
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
