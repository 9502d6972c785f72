"""What transport failures and HTTP statuses mean to a person."""

from __future__ import annotations

import email.utils
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import Action, AuthError, DinamisError, NetworkError, ServiceError
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
            tr(
                "Behind a company proxy, add its certificate authority in QGIS's authentication "
                "options."
            ),
            code="tls",
            action=Action.OPEN_NETWORK_OPTIONS,
            details=details,
        )
    if (
        _has_cause(error, socket.gaierror)
        or "name resolution" in text
        or "getaddrinfo" in text
        or "resolve" in text
    ):
        return NetworkError(
            tr("The address “{host}” is not found.").format(host=host),
            tr("Check the network connection and the proxy."),
            code="dns",
            details=details,
        )
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in text:
        return NetworkError(
            tr("“{host}” takes too long to answer.").format(host=host),
            tr("Try again later."),
            code="timeout",
            details=details,
        )
    if _has_cause(error, ConnectionRefusedError) or "refused" in text:
        return NetworkError(
            tr("“{host}” does not answer.").format(host=host),
            tr("The service may be stopped; try again later."),
            code="down",
            details=details,
        )
    return NetworkError(
        tr("The connection with “{host}” was cut.").format(host=host),
        tr("Try again."),
        code="cut",
        details=details,
    )


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether ``kind`` is behind ``error``: the system's words are in the system's language, its
    classes are not.
    """
    for _ in range(10):
        if error is None or isinstance(error, kind):
            return error is not None
        reason = getattr(error, "reason", None) or next(
            (a for a in error.args if isinstance(a, BaseException)), None
        )
        error = (
            reason if isinstance(reason, BaseException) else error.__cause__ or error.__context__
        )
    return False


def web_page(body: bytes, url: str, status: int | None = None) -> ServiceError | None:
    """What a web page in place of data means: a portal that lets nobody through, or an address that
    is no service's. Else None.
    """
    if (
        not body[:200]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    ):
        return None
    message, remedy = page_instead(url)
    return ServiceError(
        message,
        remedy,
        code="garbage",
        status=status,
        details=f"{public_url(url)}: {len(body)} bytes of HTML",
    )


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


def error_from(answer: requests.Response) -> DinamisError:
    """What an HTTP error status means to a person; the body's short detail goes to ``details``."""
    status, host = answer.status_code, urlsplit(answer.url).hostname or "?"
    details = f"{public_url(answer.url)}: {status} {_detail(answer)}".strip()
    answer.close()
    if status == 401:
        return AuthError(
            tr("You are no longer signed in."), tr("Sign in again."), status=status, details=details
        )
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
            tr("“{host}” no longer has what was asked for.").format(host=host),
            code="missing",
            status=status,
            details=details,
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
            tr("“{host}” has an internal problem.").format(host=host),
            tr("Try again later."),
            status=status,
            details=details,
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
    """The service's own words: FastAPI's ``detail``, OAuth's ``error``, or S3's Code; never more
    than ``limit``.
    """
    import json
    import re

    import requests

    try:
        body = next(iter(answer.iter_content(4096)), b"").decode("utf-8", "replace")
    except (
        requests.RequestException,
        OSError,
        ValueError,
        AttributeError,
    ) as error:
        # the status has said enough
        return type(error).__name__
    try:
        value = json.loads(body)
    except ValueError:
        code = re.search(r"<Code>([A-Za-z]+)</Code>", body)
        return code.group(1) if code else ""
    if isinstance(value, dict):
        value = (
            value.get("detail")
            or value.get("error_description")
            or value.get("error")
            or value.get("description")
            or ""
        )
    return re.sub(r"https?://\S+", lambda m: public_url(m.group()), str(value))[:limit]
