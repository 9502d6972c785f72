"""The one way out to the network: ``requests`` with time-outs, retries, cancellation and origin-bound credentials.

The bridge mounts it on QGIS's proxy and certificate settings (``proxies`` and ``verify``); ``core`` never reads them.
"""

from __future__ import annotations

import contextlib
import email.utils
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Protocol
from urllib.parse import urljoin, urlsplit

from dinamis_qgis.core.errors import Action, AuthError, Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_JSON_BYTES = 256 * 1024 * 1024
MAX_WAIT_S = 30.0


class Cancel:
    """A person's wish to stop, shared between threads."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._hooks: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def set(self) -> None:
        """Ask to stop."""
        with self._lock:
            self._event.set()
            hooks = list(self._hooks)
        for hook in hooks:
            hook()

    @contextlib.contextmanager
    def calling(self, hook: Callable[[], None]) -> Iterator[None]:
        """Within the block, ``hook`` is called (from any thread, short, no error) when asked to stop; at once if already so."""
        with self._lock:
            late = self._event.is_set()
            self._hooks.append(hook)
        if late:
            hook()
        try:
            yield
        finally:
            with self._lock:
                self._hooks.remove(hook)

    def is_set(self) -> bool:
        """True once asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raises Cancelled once asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but at once raise Cancelled when asked to stop."""
        if self._event.wait(seconds):
            raise Cancelled


def origin(url: str) -> str:
    """``scheme://host:port`` of ``url``, lower case, default port written out."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme.lower(), 0)
    return f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}:{port}"


def public_url(url: str) -> str:
    """``url`` without query, fragment and user information: safe to log."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"


class Credentials(Protocol):
    """Headers for the origins they belong to, and how to renew them."""

    def headers_for(self, url: str) -> Mapping[str, str]:
        """Headers to add; empty when ``url`` is of another origin or nobody is signed in."""

    def renew(self, used: Mapping[str, str]) -> bool:
        """After a 401 with ``used``: True when new headers are worth one more try. Raises AuthError."""


@dataclass
class Http:
    """A small client over one ``requests.Session`` per thread; safe to share between threads.

    ``proxies(url)`` gives requests' proxy mapping for a URL; ``verify`` is True or the path of a CA bundle.
    ``timeout`` is (connect, read) in seconds. ``retries`` is the number of further tries after a failure that may pass.
    """

    user_agent: str
    proxies: Callable[[str], Mapping[str, str]] | None = None
    verify: bool | str = True
    timeout: tuple[float, float] = (8.0, 30.0)
    retries: int = 3
    backoff: float = 0.5
    _local: threading.local = field(default_factory=threading.local, repr=False)
    _sessions: list[Any] = field(default_factory=list, repr=False)

    def session(self) -> requests.Session:
        """This thread's session; keeps connections alive, takes nothing from the environment or ``.netrc``."""
        import requests

        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            from dinamis_qgis.core.abort import CuttableAdapter

            session = requests.Session()
            adapter = CuttableAdapter()
            session.mount("https://", adapter)
            session.mount("http://", adapter)
            session.trust_env = False
            session.headers["User-Agent"] = self.user_agent
            session.verify = self.verify
            self._local.session, self._local.cut = session, adapter.cut
            self._sessions.append(session)
        return session

    def release(self) -> None:
        """Close this thread's connections: for a thread about to end."""
        local = self._local  # ``close`` may put another in its place meanwhile
        session = getattr(local, "session", None)
        if session is not None:
            session.close()
            del local.session
            with contextlib.suppress(ValueError):  # closed and forgotten by ``close`` meanwhile
                self._sessions.remove(session)

    def close(self) -> None:
        """Close every connection of every thread."""
        for session in self._sessions:
            session.close()
        self._sessions.clear()
        self._local = threading.local()

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

        Retries time-outs, cut connections and 429/5xx with Retry-After or exponential back-off when ``idempotent``
        (default: GET and HEAD; POST searches and signatures say so themselves). On 401 the credentials are renewed once.
        Raises Cancelled, NetworkError, AuthError, ServiceError.
        """
        cancel = cancel or Cancel()
        may_retry = method.upper() in ("GET", "HEAD") if idempotent is None else idempotent
        renewed = False
        attempt = 0
        while True:
            cancel.check()
            used = dict(credentials.headers_for(url)) if credentials else {}
            wait = self.backoff * 2**attempt
            self.session()
            try:
                with cancel.calling(self._local.cut):
                    answer = self._send(method, url, {**(headers or {}), **used}, credentials, stream, options)
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
                if answer.status_code not in RETRIED or not may_retry or attempt >= self.retries or wait > MAX_WAIT_S:
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
        """One try without credentials, redirects followed, answered with any status: for callers with their own rules.

        The body is streamed. ``follow(url)`` says which redirects are followed (None: all).
        Raises Cancelled, NetworkError, ServiceError (redirects that make no sense).
        """
        cancel = cancel or Cancel()
        cancel.check()
        self.session()
        try:
            with cancel.calling(self._local.cut):
                return self._send(method, url, dict(headers or {}), None, True, options, follow)
        except NetworkError:
            cancel.check()
            raise

    def json(self, method: str, url: str, **options: Any) -> Any:
        """As ``request``, with the answer read as JSON. Raises ServiceError when it is not, or is too large."""
        answer = self.request(method, url, stream=True, **options)
        return read_json(answer, options.get("cancel"))

    def _send(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        credentials: Credentials | None,
        stream: bool,
        options: Mapping[str, Any],
        follow: Callable[[str], bool] | None = None,
    ) -> requests.Response:
        """Send, following redirects by hand: secrets never follow to another origin."""
        import requests

        options = dict(options)
        options.setdefault("timeout", self.timeout)
        for _ in range(6):
            try:
                answer = self.session().request(
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
            if follow is not None and not follow(target):
                raise ServiceError(
                    tr("The service sends to an address that is not its own."),
                    tr("Tell your relay: this is a fault of the service."),
                    code="redirect",
                    details=f"{public_url(url)} -> {public_url(target)}",
                )
            if origin(target) != origin(url):
                if "data" in options:  # a form of the sign-in: what it holds is for this origin only
                    raise ServiceError(
                        tr("The service sends elsewhere what is meant for it alone."),
                        tr("Tell your relay: this is a fault of the service."),
                        code="redirect",
                        details=f"{public_url(url)} -> {public_url(target)}",
                    )
                safe = ("accept", "content-type", "range", "if-range")
                headers = {k: v for k, v in headers.items() if k.lower() in safe}
                if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
                    raise ServiceError(
                        tr("The service sends to an address that is not protected (http)."),
                        tr("Tell your relay: this is a fault of the service."),
                        details=f"{public_url(url)} -> {public_url(target)}",
                    )
            if answer.status_code == 303 or (answer.status_code in (301, 302) and method.upper() == "POST"):
                method, options = "GET", {k: v for k, v in options.items() if k not in ("json", "data")}
            options.pop("params", None)
            url = target
        raise ServiceError(tr("The service sends in circles (too many redirects)."), details=public_url(url))


def _renewed(answer: requests.Response, credentials: Credentials, used: Mapping[str, str]) -> bool:
    """Whether to ask again after ``answer``, a 401; its connection is let go of unless its body will still be read."""
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
    """The body of a streamed answer as JSON; cancellable, bounded. Raises Cancelled, NetworkError, ServiceError."""
    import json

    body = b"".join(chunks(answer, cancel, 65536, MAX_JSON_BYTES))
    try:
        return json.loads(body)
    except ValueError:
        raise ServiceError(
            tr("The service gave an answer that cannot be read."),
            tr("Try again; if it lasts, tell your relay."),
            code="garbage",
            status=answer.status_code,
            details=f"{public_url(answer.url)}: {len(body)} bytes, not JSON",
        ) from None


def chunks(
    answer: requests.Response, cancel: Cancel | None, size: int = 262144, limit: int | None = None
) -> Iterator[bytes]:
    """The body of a streamed answer piece by piece. Raises Cancelled, NetworkError (cut), ServiceError (too large)."""
    import requests

    total = 0
    cancel = cancel or Cancel()
    try:
        with cancel.calling(cutter(answer)):
            for piece in answer.iter_content(size):
                cancel.check()
                total += len(piece)
                if limit is not None and total > limit:
                    raise ServiceError(tr("The answer of the service is too large."), details=public_url(answer.url))
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
    """What cuts the connection the body comes through (``requests`` keeps it in the adapter that sent it)."""
    cut = getattr(getattr(answer, "connection", None), "cut", None)
    return cut if callable(cut) else lambda: None


def _is_short(answer: requests.Response) -> bool:
    """True when fewer bytes came than announced: urllib3 1.x does not say so."""
    announced = answer.headers.get("content-length", "")
    return announced.isdigit() and answer.request.method != "HEAD" and answer.raw.tell() < int(announced)


def retry_after(answer: requests.Response, default: float) -> float:
    """Seconds to wait as Retry-After says (seconds or an HTTP date), else ``default``."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return default
    try:
        return max(0.0, float(value))
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return default
        return max(0.0, moment.timestamp() - time.time())


def network_error(error: Exception, url: str) -> NetworkError:
    """What a transport failure means to a person. The URL's query is never kept."""
    import requests

    host = urlsplit(url).hostname or "?"
    details = f"{public_url(url)}: {type(error).__name__}"
    text = str(error).lower()
    if isinstance(error, requests.exceptions.ProxyError):
        return NetworkError(
            tr("The proxy refuses or does not answer."),
            tr("Check the proxy in QGIS's network options."),
            code="proxy",
            action=Action.OPEN_NETWORK_OPTIONS,
            details=details,
        )
    if isinstance(error, requests.exceptions.SSLError):
        return NetworkError(
            tr("The identity of “{host}” cannot be checked (certificate).").format(host=host),
            tr("Behind a company proxy, add its certificate authority in QGIS's authentication options."),
            code="tls",
            action=Action.OPEN_NETWORK_OPTIONS,
            details=details,
        )
    if _has_cause(error, socket.gaierror) or "name resolution" in text or "getaddrinfo" in text or "resolve" in text:
        return NetworkError(
            tr("The address “{host}” is not found.").format(host=host),
            tr("Check the network connection and the proxy."),
            code="dns",
            details=details,
        )
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in text:
        return NetworkError(
            tr("“{host}” takes too long to answer.").format(host=host), tr("Try again later."), code="timeout", details=details
        )
    if _has_cause(error, ConnectionRefusedError) or "refused" in text:
        return NetworkError(
            tr("“{host}” does not answer.").format(host=host),
            tr("The service may be stopped; try again later."),
            code="down",
            details=details,
        )
    return NetworkError(
        tr("The connection with “{host}” was cut.").format(host=host), tr("Try again."), code="cut", details=details
    )


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether ``kind`` is behind ``error``: the system's words are in the system's language, its classes are not."""
    for _ in range(10):
        if error is None or isinstance(error, kind):
            return error is not None
        reason = getattr(error, "reason", None) or next((a for a in error.args if isinstance(a, BaseException)), None)
        error = reason if isinstance(reason, BaseException) else error.__cause__ or error.__context__
    return False


def error_from(answer: requests.Response) -> DinamisError:
    """What an HTTP error status means to a person; the body's short detail goes to ``details``."""
    status, host = answer.status_code, urlsplit(answer.url).hostname or "?"
    details = f"{public_url(answer.url)}: {status} {_detail(answer)}".strip()
    answer.close()
    if status == 401:
        return AuthError(tr("You are no longer signed in."), tr("Sign in again."), status=status, details=details)
    if status == 403:
        return ServiceError(
            tr("The service refuses access."),
            tr("Ask your relay whether your account has this right."),
            code="forbidden",
            action=Action.CONTACT_RELAY,
            status=status,
            details=details,
        )
    if status == 404:
        return ServiceError(
            tr("“{host}” no longer has what was asked for.").format(host=host), code="missing", status=status, details=details
        )
    if status == 407:
        return NetworkError(
            tr("The proxy asks for a user name and a password."),
            tr("Enter them in QGIS's network options."),
            code="proxy",
            action=Action.OPEN_NETWORK_OPTIONS,
            status=status,
            details=details,
        )
    if status == 429:
        return ServiceError(
            tr("“{host}” is receiving too many requests.").format(host=host),
            tr("Try again in a minute."),
            code="busy",
            status=status,
            details=details,
        )
    if status >= 500:
        return ServiceError(
            tr("“{host}” has an internal problem.").format(host=host), tr("Try again later."), status=status, details=details
        )
    return ServiceError(
        tr("The service does not accept this request (error {status}).").format(status=status),
        tr("Tell your relay if it lasts."),
        code="rejected",
        action=Action.NONE,
        status=status,
        details=details,
    )


def _detail(answer: requests.Response, limit: int = 300) -> str:
    """The service's own words: FastAPI's ``detail``, OAuth's ``error``, or S3's Code; never more than ``limit``."""
    import json
    import re

    try:
        body = next(iter(answer.iter_content(4096)), b"").decode("utf-8", "replace")
    except Exception as error:  # the body does not matter once the status says it failed
        return type(error).__name__
    try:
        value = json.loads(body)
    except ValueError:
        code = re.search(r"<Code>([A-Za-z]+)</Code>", body)
        return code.group(1) if code else ""
    if isinstance(value, dict):
        value = value.get("detail") or value.get("error_description") or value.get("error") or value.get("description") or ""
    return re.sub(r"https?://\S+", lambda m: public_url(m.group()), str(value))[:limit]
