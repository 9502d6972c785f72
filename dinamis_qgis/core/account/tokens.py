"""Tokens: what the token endpoint gives, renewing and revoking them (RFC 6749, RFC 7009).

Never in a repr, log or error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.account.endpoints import Endpoints
from dinamis_qgis.core.errors import Action, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http, public_url, read_json
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    import requests

EARLY_S = 60.0
"""A token is renewed this many seconds before it ends…"""
EARLY_SHARE = 0.25
"""…or this share of its life, whichever is less: some live a minute."""
_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")
_ERROR = re.compile(r"[a-z_]{1,60}")

_RENEWABLE = "refresh_token"
"""What a renewable token is called in requests (RFC 7009)."""


@dataclass(frozen=True)
class Tokens:
    """A token set. ``expires_at`` is in seconds of the epoch, None when the service does not say;
    ``early`` is how many seconds before it is renewed.
    """

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: float | None = None
    early: float = EARLY_S

    @property
    def headers(self) -> dict[str, str]:
        """The header that proves who asks, as RFC 6750 writes it: some compare its first word."""
        return {"authorization": f"Bearer {self.access}"}

    def is_due(self, now: float) -> bool:
        """True when it is time to renew."""
        return self.expires_at is not None and now >= self.expires_at - self.early

    def is_over(self, now: float) -> bool:
        """True when the service no longer accepts it (as far as one knows), or it was never
        there.
        """
        return not self.access or (self.expires_at is not None and now >= self.expires_at)


class OAuthError(ServiceError):
    """The token endpoint's ``error`` (RFC 6749, 5.2; RFC 8628, 3.5), in ``error``; empty when it
    does not say why.
    """

    code = "oauth"

    def __init__(self, error: str, status: int, reason: str = "") -> None:
        super().__init__(
            tr("The sign-in service refuses (“{error}”).").format(error=error or status),
            tr("Try again; if it lasts, tell your relay."),
            action=Action.CONTACT_RELAY,
            status=status,
            details=error,
        )
        self.error = error
        self.reason = reason
        """The service's own words for the person; data, bounded, without anything like a token."""

    @property
    def ends_sign_in(self) -> bool:
        """Whether a refresh token so refused will be refused again: only a new sign-in helps."""
        return self.error == "invalid_grant" or (not self.error and self.status in (400, 401))


def post_form(http: Http, url: str, form: Mapping[str, str], cancel: Cancel) -> Mapping[str, Any]:
    """POST a form to an OAuth endpoint, once.

    Raises OAuthError, ServiceError, NetworkError, Cancelled.
    """
    try:
        answer = http.request(
            "POST",
            url,
            data=dict(form),
            headers={"accept": "application/json"},
            expected=(400, 401, 403),
            stream=True,
            cancel=cancel,
        )
    except ServiceError as error:
        # the service's words might quote a token
        error.details = f"{public_url(url)}: {error.code} {error.status or ''}"
        raise
    status = answer.status_code
    if status >= 400:
        raise _refusal_from(answer, cancel)
    body = read_json(answer, cancel)
    if not isinstance(body, Mapping):
        raise unusable_answer("not an object", status)
    return body


def _refusal_from(answer: requests.Response, cancel: Cancel) -> ServiceError:
    """What an answer of 400 to 403 means; a web page in its place is nobody's refusal."""
    try:
        body = read_json(answer, cancel)
    except ServiceError as error:
        if (answer.headers.get("content-length") or "0") != "0":
            return error
        body = None
    said = body if isinstance(body, Mapping) else {}
    name = said.get("error")
    known = isinstance(name, str) and _ERROR.fullmatch(name)
    # What else a service says of a token could quote it.
    reason = _plain_words(said.get("error_description")) if name == "access_denied" else ""
    return OAuthError(str(name) if known else "", answer.status_code, reason)


def _plain_words(value: Any) -> str:
    """A short sentence of the service; empty for anything that could be more than words."""
    usable = isinstance(value, str) and len(value) <= 400 and value.isprintable()
    return value.strip() if usable and all(map(_is_word, value.split())) else ""


def _is_word(text: str) -> bool:
    """False for what may be a token: long, or not so long with digits."""
    return len(text) <= (8 if any(c.isdigit() for c in text) else 30)


def read_tokens(body: Mapping[str, Any], now: float, refresh: str = "") -> Tokens:
    """The answer of the token endpoint.

    ``refresh`` is the refresh token used, kept when no new one comes. Raises ServiceError.
    """
    access, kind = body.get("access_token"), body.get("token_type", "bearer")
    if not isinstance(access, str) or not _TOKEN.fullmatch(access):
        raise unusable_answer("no usable access token")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise unusable_answer("not a bearer token")
    renewed = body.get("refresh_token")
    if isinstance(renewed, str) and _TOKEN.fullmatch(renewed):
        refresh = renewed
    life = parse_seconds(body.get("expires_in")) or None  # 0 is what some write for "not said"
    early = min(EARLY_S, EARLY_SHARE * (life or 0.0))
    return Tokens(access, refresh, None if life is None else now + life, early)


def renew_tokens(
    http: Http, endpoints: Endpoints, client_id: str, old: str, now: float, cancel: Cancel
) -> Tokens:
    """New tokens for the refresh token ``old``.

    Raises OAuthError (``invalid_grant``: over), ServiceError, NetworkError.
    """
    form = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": old}
    return read_tokens(post_form(http, endpoints.token, form, cancel), now, old)


def revoke_token(
    http: Http, endpoints: Endpoints, client_id: str, refresh: str, cancel: Cancel
) -> None:
    """Make a refresh token, and what came from it, worthless.

    Raises ServiceError, NetworkError, Cancelled.
    """
    form = {"client_id": client_id, "token": refresh, "token_type_hint": _RENEWABLE}
    http.request("POST", endpoints.revoke, data=form, idempotent=True, cancel=cancel).close()


def parse_seconds(value: Any) -> float | None:
    """A duration a service gives, as a number or its digits; None when it makes no sense."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        return None
    return float(value)


def unusable_answer(details: str, status: int | None = None) -> ServiceError:
    """The sign-in service answered something that cannot be used."""
    return ServiceError(
        tr("The sign-in service gave an answer that cannot be used."),
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
        status=status,
        details=details,
    )
