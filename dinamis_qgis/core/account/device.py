"""Signing in with a code typed in a browser: the device grant (RFC 8628) with PKCE S256 (RFC
7636).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Callable

from dinamis_qgis.core.account.endpoints import Endpoints, is_safe_page
from dinamis_qgis.core.account.tokens import (
    OAuthError,
    Tokens,
    parse_seconds,
    post_form,
    read_tokens,
    unusable_answer,
)
from dinamis_qgis.core.errors import Action, AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import RETRIED, Cancel, Http
from dinamis_qgis.core.profile.model import Auth
from dinamis_qgis.core.text import tr

INTERVAL_S = 5.0
"""Between two polls when the service does not say, and what ``slow_down`` adds (RFC 8628, 3.2 and
3.5).
"""
SLOWEST_S = 60.0
LIFE_S = 600.0
_USUAL = "The end user denied the authorization request"
"""Keycloak's words when the person said no: nothing the person does not know."""
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@dataclass(frozen=True)
class DeviceCode:
    """A sign-in under way.

    ``page`` is where to type ``user_code``; ``page_complete`` holds the code, for a link or a QR
    code.

    ``deadline`` is on the monotonic clock; ``interval`` in seconds.
    """

    user_code: str = field(repr=False)
    page: str
    page_complete: str = field(repr=False)
    deadline: float
    interval: float = INTERVAL_S
    device_code: str = field(default="", repr=False)
    verifier: str = field(default="", repr=False)

    def left(self) -> float:
        """Seconds until the code expires, at least 0."""
        return max(0.0, self.deadline - time.monotonic())


def begin(http: Http, endpoints: Endpoints, auth: Auth, cancel: Cancel) -> DeviceCode:
    """Ask for a code. Raises OAuthError, ServiceError, NetworkError, Cancelled."""
    verifier = secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    form = {
        "client_id": auth.client_id,
        "scope": auth.scope,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
    }
    asked = time.monotonic()
    body = post_form(http, endpoints.device, form, cancel)
    device_code, user_code = read_text(body, "device_code"), read_text(body, "user_code")
    complete = read_text(body, "verification_uri_complete")
    page = read_text(body, "verification_uri") or complete
    if not device_code or not page or not (user_code or complete):
        raise unusable_answer("a field of the device answer is missing")
    if not is_safe_page(page, auth) or (complete and not is_safe_page(complete, auth)):
        raise unusable_answer("the page to open is not protected (https)")
    return DeviceCode(
        user_code=user_code,
        page=page,
        page_complete=complete or page,
        deadline=asked + (parse_seconds(body.get("expires_in")) or LIFE_S),
        interval=max(1.0, parse_seconds(body.get("interval")) or INTERVAL_S),
        device_code=device_code,
        verifier=verifier,
    )


def wait_for_person(
    http: Http,
    endpoints: Endpoints,
    auth: Auth,
    code: DeviceCode,
    cancel: Cancel,
    trouble: Callable[[DinamisError | None], None] | None = None,
    clock: Callable[[], float] = time.time,
) -> Tokens:
    """Poll until the person has answered.

    ``trouble`` hears of a network failure that may pass, then None when it has.

    Raises AuthError (refused, expired), OAuthError, ServiceError, NetworkError (when it lasted
    until the code expired), Cancelled.
    """
    form = {
        "grant_type": _GRANT,
        "client_id": auth.client_id,
        "device_code": code.device_code,
        "code_verifier": code.verifier,
    }
    tell = trouble or (lambda _: None)
    interval, pause = code.interval, 0.0
    last: DinamisError | None = None
    while True:
        left = code.left()
        if left <= 0:
            raise last or expired_code()
        cancel.wait(min(max(interval, pause), left))
        try:
            return read_tokens(post_form(http, endpoints.token, form, cancel), clock())
        except OAuthError as error:
            interval += seconds_slower(error)
            pause, last = 0.0, None
            tell(None)
        except (NetworkError, ServiceError) as error:
            if isinstance(error, ServiceError) and error.status not in RETRIED:
                raise
            # RFC 8628, 3.5: poll less often after a time-out.
            pause, last = min(SLOWEST_S, 2 * max(interval, pause)), error
            tell(error)


def seconds_slower(error: OAuthError) -> float:
    """Seconds to add to the interval while the person has not answered; raises what an answer
    means.
    """
    if error.error == "authorization_pending":
        return 0.0
    if error.error == "slow_down":
        return INTERVAL_S
    raise end_of_code(error.error, error.reason) or error


def end_of_code(error: str, reason: str = "") -> AuthError | None:
    """Why there will be no sign-in with this code; None for an error not about the person."""
    if error in ("expired_token", "invalid_grant"):
        return expired_code()
    if error == "access_denied" and reason and reason != _USUAL:
        return AuthError(
            tr("The service refuses this account: “{reason}”").format(reason=reason),
            tr("Ask your relay."),
            code="denied",
            action=Action.CONTACT_RELAY,
        )
    if error == "access_denied":
        return AuthError(
            tr("The sign-in was refused on the page."),
            tr("Start again to get a new code."),
            code="denied",
        )
    return None


def expired_code() -> AuthError:
    """The code was not used in time, or was used up by an answer that got lost."""
    return AuthError(
        tr("The sign-in code has expired."),
        tr("Start again to get a new code."),
        code="code-expired",
    )


def read_text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return (
        value.strip()
        if isinstance(value, str) and len(value) <= 4096 and value.isprintable()
        else ""
    )
