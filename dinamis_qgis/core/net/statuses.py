"""What HTTP statuses mean to a person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import Action, AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.body import read_beginning
from dinamis_qgis.core.net.urls import public_url
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True)
class _Meaning:
    """What a status means: the class of the error, its sentence and remedy, its code and
    button. Empty where the class says.
    """

    kind: type[DinamisError]
    message: str
    remedy: str = ""
    code: str = ""
    action: Action | None = None


def _status_meaning(status: int) -> _Meaning:
    """Of a status of 400 or more; ``{host}`` and ``{status}`` stand in its sentence."""
    known = {
        401: _Meaning(AuthError, tr("You are no longer signed in."), tr("Sign in again.")),
        403: _Meaning(
            ServiceError,
            tr("The service refuses access."),
            tr("Ask your relay whether your account has this right."),
            "forbidden",
            Action.CONTACT_RELAY,
        ),
        404: _Meaning(
            ServiceError, tr("“{host}” no longer has what was asked for."), code="missing"
        ),
        407: _Meaning(
            NetworkError,
            tr("The proxy asks for a user name and a password."),
            tr("Enter them in QGIS's network options."),
            "proxy",
            Action.OPEN_NETWORK_OPTIONS,
        ),
        429: _Meaning(
            ServiceError,
            tr("“{host}” is receiving too many requests."),
            tr("Try again in a minute."),
            "busy",
        ),
    }
    if status in known:
        return known[status]
    if status >= 500:
        return _Meaning(
            ServiceError, tr("“{host}” has an internal problem."), tr("Try again later.")
        )
    return _Meaning(
        ServiceError,
        tr("The service does not accept this request (error {status})."),
        tr("Tell your relay if it lasts."),
        "rejected",
        Action.NONE,
    )


def error_from(answer: requests.Response) -> DinamisError:
    """What an HTTP error status means to a person; the body's short detail goes to ``details``."""
    status, host = answer.status_code, urlsplit(answer.url).hostname or "?"
    details = f"{public_url(answer.url)}: {status} {_service_detail(answer)}".strip()
    answer.close()
    meaning = _status_meaning(status)
    return meaning.kind(
        meaning.message.format(host=host, status=status),
        meaning.remedy,
        code=meaning.code,
        action=meaning.action,
        status=status,
        details=details,
    )


def _service_detail(answer: requests.Response, limit: int = 300) -> str:
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
