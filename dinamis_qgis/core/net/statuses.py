"""What HTTP statuses mean to a person."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import Action, AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.body import read_beginning
from dinamis_qgis.core.net.urls import public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests


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
    body = read_beginning(answer, 4096).decode("utf-8", "replace")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
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
