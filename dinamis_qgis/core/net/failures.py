"""What transport failures mean to a person."""

from __future__ import annotations

import email.utils
import math
import re
import socket
import ssl
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import Action, NetworkError, ServiceError
from dinamis_qgis.core.net.urls import public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests


def retry_after(answer: requests.Response, default: float) -> float:
    """Seconds to wait as Retry-After says (seconds or an HTTP date), else ``default``."""
    value = answer.headers.get("retry-after", "").strip()
    if not value:
        return default
    try:
        seconds = float(value)
        return max(0.0, seconds) if math.isfinite(seconds) else default
    except ValueError:
        moment = read_date(value)
        if moment is None:
            return default
        now = read_date(answer.headers.get("date", "")) or time.time()
        return max(0.0, moment - now)


def read_date(text: str) -> float | None:
    """An HTTP date in seconds since 1970; None when it is none."""
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def network_error(error: BaseException, url: str) -> NetworkError:
    """What a transport failure means to a person, told by the types of what is behind it: words are
    in the system's language, or hold names that strangers chose. The URL's query is never kept.
    """
    import requests
    import urllib3

    untrusted = (
        ssl.SSLCertVerificationError,
        urllib3.connection.CertificateError,  # type: ignore[attr-defined]
    )
    chain = list(_error_chain(error))
    status = _tunnel_status(chain)
    not_connected = _any_is(chain, ConnectionRefusedError, urllib3.exceptions.NewConnectionError)
    found: NetworkError
    if _any_is(chain, *untrusted):
        found = _untrusted_host(url)
    elif status is not None:
        found = proxy_refuses(url, status)
    elif _any_is(chain, requests.exceptions.ProxyError, urllib3.exceptions.ProxyError):
        found = proxy_refuses(url, None)
    elif (tls := _tls_failure(chain, url)) is not None:
        found = tls
    elif _any_is(chain, socket.gaierror):
        found = _network_failure("dns", url)
    elif not_connected:
        found = _network_failure("down", url)
    elif _any_is(chain, requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        found = _network_failure("timeout", url)
    else:
        found = _network_failure("cut", url)
    found.details = f"{public_url(url)}: {type(error).__name__}"
    connecting = _any_is(chain, socket.gaierror, urllib3.exceptions.ConnectTimeoutError)
    found.unsent = status is not None or not_connected or connecting or _any_is(chain, *untrusted)
    return found


def proxy_refuses(url: str, status: int | None) -> NetworkError:
    """What a proxy did: asked for a password (407), refused, or did not answer (None)."""
    if status == 407:
        message = tr("The proxy asks for a user name and a password.")
        remedy = tr("Enter them in QGIS's network options.")
    else:
        message = tr("The proxy refuses or does not answer.")
        remedy = tr("Check the proxy in QGIS's network options.")
    return NetworkError(
        message,
        remedy,
        code="proxy",
        action=Action.OPEN_NETWORK_OPTIONS,
        status=status,
        details=public_url(url),
    )


def no_socks(url: str) -> NetworkError:
    """A SOCKS proxy is set, and what speaks to it is missing."""
    found = NetworkError(
        tr("QGIS is set to use a SOCKS5 proxy, and PySocks, which speaks to it, is missing."),
        tr("Install PySocks in QGIS's Python, or set an HTTP proxy in QGIS's network options."),
        code="socks",
        action=Action.OPEN_NETWORK_OPTIONS,
        details=public_url(url),
    )
    found.unsent = True
    return found


def _network_failure(code: str, url: str) -> NetworkError:
    host = urlsplit(url).hostname or "?"
    message, remedy = {
        "dns": (
            tr("The address “{host}” is not found."),
            tr("Check the network connection and the proxy."),
        ),
        "timeout": (tr("“{host}” takes too long to answer."), tr("Try again later.")),
        "down": (
            tr("“{host}” does not answer."),
            tr("The service may be stopped; try again later."),
        ),
        "cut": (tr("The connection with “{host}” was cut."), tr("Try again.")),
        "tls-plain": (
            tr("“{host}” does not speak a secure protocol (TLS) at this address."),
            tr("Check the address and the port of the service, and the proxy."),
        ),
        "tls-alert": (
            tr("“{host}” refuses the secure connection (TLS)."),
            tr("Its versions and those of your QGIS may not match: tell your relay."),
        ),
    }[code]
    return NetworkError(message.format(host=host), remedy, code=code)


def _untrusted_host(url: str) -> NetworkError:
    host = urlsplit(url).hostname or "?"
    return NetworkError(
        tr("The identity of “{host}” cannot be checked (certificate).").format(host=host),
        tr(
            "Behind a company proxy, add its certificate authority in QGIS's authentication "
            "options."
        ),
        code="tls",
        action=Action.OPEN_AUTHENTICATION_OPTIONS,
    )


_PLAIN = frozenset(
    {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNKNOWN_PROTOCOL"}
    | {"PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "BAD_PACKET_LENGTH"}
)
"""OpenSSL's reasons when what answers does not speak TLS."""


def _tls_failure(chain: list[BaseException], url: str) -> NetworkError | None:
    """A failure of TLS that is no matter of trust; None where there is none, or a mere cut."""
    found = next((e for e in chain if isinstance(e, ssl.SSLError)), None)
    if found is None or isinstance(found, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return None
    reason = str(getattr(found, "reason", "") or "")
    if reason in _PLAIN:
        return _network_failure("tls-plain", url)
    if "_ALERT_" in reason or "UNSUPPORTED_PROTOCOL" in reason:
        return _network_failure("tls-alert", url)
    return None


def _tunnel_status(chain: list[BaseException]) -> int | None:
    """What a proxy answered to CONNECT: the standard library gives no more than this sentence of
    its own, with the number first.
    """
    for error in chain:
        match = _TUNNEL.match(str(error.args[0])) if type(error) is OSError and error.args else None
        if match:
            return int(match.group(1))
    return None


_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})\b")


def _any_is(chain: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(error, kinds) for error in chain)


def _error_chain(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and what is behind it, the outermost first."""
    seen: set[int] = set()
    todo = [error]
    while todo and len(seen) < 50:
        one = todo.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        reason = getattr(one, "reason", None)
        inner = [reason, *one.args]
        todo += [each for each in inner if isinstance(each, BaseException)]
        todo += [one.__cause__, one.__context__]


_LOOKED_AT = 4096
_BLANK = b"\xef\xbb\xbf \t\r\n"
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<title", b"<script", b"<body")


def web_page(body: bytes, url: str, status: int | None = None) -> ServiceError | None:
    """What a web page in place of data means: a portal that lets nobody through, or an address that
    is no service's. Else None.
    """
    if not is_web_page(body):
        return None
    message, remedy = page_instead(url)
    return ServiceError(
        message,
        remedy,
        code="garbage",
        status=status,
        details=f"{public_url(url)}: {len(body)} bytes of HTML",
    )


def is_web_page(body: bytes) -> bool:
    """Whether a body begins as HTML does, after comments and an XML declaration."""
    start = body[:_LOOKED_AT].lstrip(_BLANK).lower()
    while start.startswith((b"<!--", b"<?xml")):
        end = b"-->" if start.startswith(b"<!--") else b"?>"
        _, closed, start = start.partition(end)
        if not closed:
            return end == b"-->"  # a comment that long: no data begins so
        start = start.lstrip(_BLANK)
    return start.startswith(_PAGE_STARTS)


def page_error(url: str) -> NetworkError:
    """The sign-in of a network or a proxy came in place of a file: it says nothing about the file,
    which comes back with the line.
    """
    message, remedy = page_instead(url)
    return NetworkError(message, remedy, code="page", details=public_url(url))


def page_instead(url: str) -> tuple[str, str]:
    """What happened, and what to do: the sign-in of a network or a proxy came, perhaps, and not
    what was asked for.
    """
    host = urlsplit(url).hostname or "?"
    return (
        tr(
            "“{host}” sent a web page instead of data: your network may want you to sign in."
        ).format(host=host),
        tr("Open any page in your web browser, sign in there if you are asked to, then try again."),
    )
