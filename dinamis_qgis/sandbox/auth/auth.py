"""``/auth/realms/mtd``: device grant (RFC 8628), PKCE (RFC 7636), refresh, revocation (RFC 7009),
userinfo.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import parse_qs

from dinamis_qgis.sandbox.auth.accounts import TrainingAccount
from dinamis_qgis.sandbox.auth.devices import DeviceLogin, DeviceLogins
from dinamis_qgis.sandbox.auth.store import CredentialStore, Grant
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route, json_response

REALM = "/auth/realms/mtd"
PROTOCOL = f"{REALM}/protocol/openid-connect"
CLIENT_ID = "gdal"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
REFRESH_GRANT = "refresh_token"
_SCOPES = ("openid", "offline_access", "profile", "email")
_PKCE = re.compile(r"[A-Za-z0-9\-._~]{43,128}")
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@dataclass(frozen=True)
class Lives:
    """How long things live, in seconds."""

    access: float = 300
    refresh: float = 1800
    """Of a session without ``offline_access``."""
    offline: float = 30 * 86400


class OAuthProblem(Exception):
    """An error of RFC 6749, 5.2 (and RFC 8628, 3.5)."""

    def __init__(self, code: str, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.code, self.status = code, status

    def response(self) -> Response:
        answer = json_response({"error": self.code, "error_description": str(self)}, self.status)
        answer.headers.update(_NO_STORE)
        return answer


_TOO_LATE = "Device code is expired"
_SCHEME = "Bearer"
_PROBLEMS = {
    "authorization_pending": "The authorization request is still pending",
    "slow_down": "Slow down",
    "expired_token": _TOO_LATE,
    "access_denied": "The end user denied the authorization request",
    "invalid_grant": "The code, the verifier or the token is not valid, or was used before",
}


class AuthServer:
    """Tokens for the accounts.

    ``auto_approve`` is the account every device login is approved for at once, or empty.
    """

    def __init__(
        self,
        accounts: dict[str, TrainingAccount],
        store: CredentialStore,
        logins: DeviceLogins,
        lives: Lives,
        auto_approve: str = "",
    ) -> None:
        self.accounts, self.store, self.logins, self.lives = accounts, store, logins, lives
        self.auto_approve = auto_approve
        self.signed_in: Callable[[str], None] = lambda name: None
        """Told the account of every new sign-in."""

    def account_of(self, request: HttpRequest) -> TrainingAccount:
        """Who asks, by bearer token or by API key headers.

        Raises HttpProblem 401 as FastAPI does.
        """
        bearer = request.bearer()
        grant = self.store.access(bearer) if bearer else None
        name = grant.account if grant else None
        if not bearer and "access-key" in request.headers:
            name = self.store.key_owner(
                request.headers["access-key"], request.headers.get("secret-key", "")
            )
        account = self.accounts.get(name or "")
        if account is None or account.blocked:
            presented = bool(bearer) or "access-key" in request.headers
            detail = "Could not validate credentials" if presented else "Not authenticated"
            raise HttpProblem(401, detail, {"WWW-Authenticate": "Bearer"})
        return account

    def routes(self) -> list[Route]:
        """The routes for programs; the page for persons is in ``device_page``."""
        return [
            Route("POST", f"{PROTOCOL}/auth/device", _answer_oauth_errors(self._device)),
            Route("POST", f"{PROTOCOL}/token", _answer_oauth_errors(self._token)),
            Route("POST", f"{PROTOCOL}/revoke", _answer_oauth_errors(self._revoke)),
            Route("GET", f"{PROTOCOL}/userinfo", self._userinfo),
            Route("POST", f"{PROTOCOL}/userinfo", self._userinfo),
            Route("GET", rf"{REALM}/\.well-known/openid-configuration", _discovery_document),
        ]

    def _device(self, request: HttpRequest) -> Response:
        form = _client_form(request)
        challenge, method = (
            form.get("code_challenge", ""),
            form.get("code_challenge_method", "plain"),
        )
        if challenge and (method != "S256" or not _PKCE.fullmatch(challenge)):
            raise OAuthProblem(
                "invalid_request", "A code challenge must be S256, of 43 to 128 characters"
            )
        if not challenge and "code_challenge_method" in form:
            raise OAuthProblem("invalid_request", "A challenge method came without a challenge")
        login = self.logins.begin(_clean_scope(form.get("scope", "openid")), challenge)
        if self.auto_approve:
            self.logins.answer(login, self.auto_approve)
        page = f"{request.root}{REALM}/device"
        return _json_answer(
            {
                "device_code": login.device_code,
                "user_code": login.user_code,
                "verification_uri": page,
                "verification_uri_complete": f"{page}?user_code={login.user_code}",
                "expires_in": int(self.logins.life),
                "interval": max(1, round(login.interval)),
            }
        )

    def _token(self, request: HttpRequest) -> Response:
        form = _client_form(request)
        grant_type = form.get("grant_type", "")
        if grant_type == DEVICE_GRANT:
            return self._first_tokens(form)
        if grant_type == REFRESH_GRANT:
            return self._next_tokens(form)
        if not grant_type:
            raise OAuthProblem("invalid_request", "Missing form parameter: grant_type")
        raise OAuthProblem("unsupported_grant_type", "Unsupported grant_type")

    def _first_tokens(self, form: Mapping[str, str]) -> Response:
        code = _needed_parameter(form, "device_code")
        verifier = form.get("code_verifier", "")
        problem, login = self.logins.poll(
            code, lambda login: "" if _proves_challenge(login, verifier) else "invalid_grant"
        )
        if login is None:
            raise OAuthProblem(problem, _PROBLEMS[problem])
        self._check_admitted(login.account)
        self.signed_in(login.account)
        return self._pair(Grant(login.account, login.scope, secrets.token_urlsafe(16)), login.scope)

    def _check_admitted(self, name: str) -> None:
        """Raises OAuthError, with the reason, when the account may not sign in."""
        account = self.accounts.get(name)
        if account is None or account.blocked:
            reason = account.blocked if account else _PROBLEMS["access_denied"]
            raise OAuthProblem("access_denied", reason)

    def _next_tokens(self, form: Mapping[str, str]) -> Response:
        text = _needed_parameter(form, REFRESH_GRANT)
        known = self.store.peek_refresh(text)
        scope = _clean_scope(form["scope"]) if "scope" in form else (known.scope if known else "")
        if known and not set(scope.split()) <= set(known.scope.split()):
            raise OAuthProblem("invalid_scope", "The scope is wider than what was granted")
        grant = self.store.spend_refresh(text)
        if grant is None or grant.account not in self.accounts:
            raise OAuthProblem("invalid_grant", _PROBLEMS["invalid_grant"])
        if self.accounts[grant.account].blocked:
            raise OAuthProblem("invalid_grant", self.accounts[grant.account].blocked)
        return self._pair(grant, scope)

    def _pair(self, grant: Grant, scope: str) -> Response:
        granted = Grant(grant.account, scope, grant.family)
        refresh_life = (
            self.lives.offline if "offline_access" in scope.split() else self.lives.refresh
        )
        pair = self.store.issue(granted, self.lives.access, refresh_life)
        return _json_answer(
            {
                "access_token": pair.access,
                "expires_in": int(self.lives.access),
                "refresh_expires_in": int(refresh_life),
                "refresh_token": pair.refresh,
                "token_type": _SCHEME,
                "scope": scope,
            }
        )

    def _revoke(self, request: HttpRequest) -> Response:
        self.store.revoke(_needed_parameter(_client_form(request), "token"))
        return Response(200, headers=dict(_NO_STORE))

    def _userinfo(self, request: HttpRequest) -> Response:
        bearer = request.bearer()
        grant = self.store.access(bearer) if bearer else None
        account = self.accounts.get(grant.account) if grant else None
        if grant is None or account is None or account.blocked:
            challenge = 'Bearer realm="mtd"' + (', error="invalid_token"' if bearer else "")
            return _json_answer({"error": "invalid_token"}, 401, {"WWW-Authenticate": challenge})
        if "openid" not in grant.scope.split():
            return _json_answer(
                {"error": "insufficient_scope"},
                403,
                {"WWW-Authenticate": 'Bearer error="insufficient_scope"'},
            )
        return _json_answer(account.claims())


def _answer_oauth_errors(handler: Any) -> Any:
    """A handler whose OAuthError becomes its JSON answer."""

    def wrapped(request: HttpRequest) -> Response:
        try:
            answer: Response = handler(request)
            return answer
        except OAuthProblem as problem:
            return problem.response()

    return wrapped


def _client_form(request: HttpRequest) -> dict[str, str]:
    """The form, each parameter once, of the one client there is. Raises OAuthError."""
    form = read_form(request)
    if not form.get("client_id"):
        raise OAuthProblem("invalid_client", "Missing client_id", 401)
    if form["client_id"] != CLIENT_ID:
        raise OAuthProblem("invalid_client", "Invalid client or Invalid client credentials", 401)
    return form


def read_form(request: HttpRequest) -> dict[str, str]:
    """A URL-encoded form, each parameter once (RFC 6749, 3.2). Raises OAuthError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise OAuthProblem("invalid_request", "The body must be application/x-www-form-urlencoded")
    try:
        fields = parse_qs(
            request.body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=50
        )
    except ValueError as error:
        raise OAuthProblem("invalid_request", "The form is not valid") from error
    if any(len(values) > 1 for values in fields.values()):
        raise OAuthProblem("invalid_request", "Duplicated parameter")
    return {name: values[0] for name, values in fields.items()}


def _needed_parameter(form: Mapping[str, str], name: str) -> str:
    if not form.get(name):
        raise OAuthProblem("invalid_request", f"Missing form parameter: {name}")
    return form[name]


def _clean_scope(text: str) -> str:
    names = list(dict.fromkeys(text.split()))
    if not set(names) <= set(_SCOPES):
        raise OAuthProblem("invalid_scope", "Invalid scopes")
    return " ".join(names)


def _proves_challenge(login: DeviceLogin, verifier: str) -> bool:
    """PKCE: a challenge asks for its verifier, and a verifier for a challenge."""
    if not login.challenge:
        return not verifier
    if not _PKCE.fullmatch(verifier):
        return False
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(digest, login.challenge.encode())


def _json_answer(
    value: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    answer = json_response(value, status)
    answer.headers.update(_NO_STORE)
    answer.headers.update(headers or {})
    return answer


def _discovery_document(request: HttpRequest) -> Response:
    here = f"{request.root}{PROTOCOL}"
    return json_response(
        {
            "issuer": f"{request.root}{REALM}",
            "token_endpoint": f"{here}/token",
            "device_authorization_endpoint": f"{here}/auth/device",
            "userinfo_endpoint": f"{here}/userinfo",
            "revocation_endpoint": f"{here}/revoke",
            "grant_types_supported": [DEVICE_GRANT, REFRESH_GRANT],
            "scopes_supported": list(_SCOPES),
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "response_types_supported": [],
            "subject_types_supported": ["public"],
        }
    )
