"""A small sign-in service for oddities: a discovery document, a device grant, tokens that rotate,
all of it to be bent by a test.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable

from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Auth, Profile, Signing
from tests.support.scripted import Answer, ScriptedServer, Seen, as_json

BASE = "/realm/protocol/openid-connect"
Odd = Callable[[Seen, "dict[str, str]"], "Answer | None"]


class Realm:
    """``odd[path tail]`` answers before the well-behaved default does; None from it leaves the
    default its turn.
    """

    def __init__(self) -> None:
        self.odd: dict[str, Odd] = {}
        self.codes = itertools.count(1)
        self.valid: set[str] = set()
        self.refresh: set[str] = set()
        self.revoked: list[str] = []
        self.secrets: set[str] = set()
        self.challenge = ""
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.approved = True
        self.expires_in: Any = 300
        self.claims: dict[str, Any] = {
            "preferred_username": "technicien",
            "name": "Technicien SIG",
            "licences": ["spot67"],
        }
        self.lock = threading.Lock()
        self.server: ScriptedServer

    @property
    def root(self) -> str:
        return self.server.root

    def profile(self, **auth: Any) -> Profile:
        return Profile(
            "essai",
            "Essai",
            auth=Auth(f"{self.root}/signing/openapi.json", **auth),
            signing=Signing(f"{self.root}/signing/"),
        )

    def count(self, tail: str, **form: str) -> int:
        """How many requests came to ``tail`` whose form holds ``form``."""
        return sum(
            1 for path, sent in self.forms if path.endswith(tail) and form.items() <= sent.items()
        )

    def answer(self, seen: Seen) -> Answer:
        path = urllib.parse.urlsplit(seen.path).path
        form = (
            dict(urllib.parse.parse_qsl(seen.body.decode()))
            if seen.method == "POST" and b"{" not in seen.body
            else {}
        )
        with self.lock:
            self.forms.append((path, form))
            self.secrets |= {
                v
                for k, v in form.items()
                if k in ("code_verifier", "device_code", "refresh_token", "token")
            }
        for tail, odd in self.odd.items():
            if path.endswith(tail):
                answer = odd(seen, form)
                if answer is not None:
                    return answer
        for tail, default in self._defaults().items():
            if path.endswith(tail):
                with self.lock:
                    return default(seen, form)
        return as_json({"detail": "Not Found"}, 404)

    def _defaults(self) -> dict[str, Callable[[Seen, dict[str, str]], Answer]]:
        return {
            "/openapi.json": lambda *_: as_json(description(f"{self.root}{BASE}/token")),
            "/auth/device": self._device,
            "/token": self._token,
            "/userinfo": self._userinfo,
            "/revoke": self._revoke,
            "/list_api_keys_with_metadata": self._protected,
            "/sign_urls": self._protected,
        }

    def _device(self, _: Seen, form: dict[str, str]) -> Answer:
        if form.get("code_challenge_method") != "S256":
            return as_json({"error": "invalid_request"}, 400)
        self.challenge = form["code_challenge"]
        page = f"{self.root}/realm/device"
        self.secrets.add("device-code-0123456789")
        return as_json(
            {
                "device_code": "device-code-0123456789",
                "user_code": "BCDF-GHJK",
                "verification_uri": page,
                "verification_uri_complete": f"{page}?user_code=BCDF-GHJK",
                "expires_in": 600,
                "interval": 5,
            }
        )

    def _token(self, _: Seen, form: dict[str, str]) -> Answer:
        if form.get("client_id") != "gdal":
            return as_json({"error": "invalid_client"}, 401)
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh:
                return as_json({"error": "invalid_grant"}, 400)
            self.refresh.discard(form["refresh_token"])
            return as_json(self.tokens())
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
            return as_json({"error": "invalid_grant"}, 400)
        return (
            as_json(self.tokens())
            if self.approved
            else as_json({"error": "authorization_pending"}, 400)
        )

    def tokens(self) -> dict[str, Any]:
        """A new pair; the older access tokens are worth nothing from now on."""
        number = next(self.codes)
        access, refresh = f"access-secret-{number:04d}", f"refresh-secret-{number:04d}"
        self.valid = {access}
        self.refresh.add(refresh)
        self.secrets |= {access, refresh}
        return {
            "access_token": access,
            "expires_in": self.expires_in,
            "refresh_token": refresh,
            "token_type": "Bearer",
        }

    def _bearer(self, seen: Seen) -> str:
        return seen.headers.get("authorization", "").partition(" ")[2]

    def _userinfo(self, seen: Seen, _: dict[str, str]) -> Answer:
        return (
            as_json(self.claims)
            if self._bearer(seen) in self.valid
            else as_json({"error": "invalid_token"}, 401)
        )

    def _revoke(self, _: Seen, form: dict[str, str]) -> Answer:
        self.refresh.discard(form["token"])
        self.revoked.append(form["token"])
        return Answer(200)

    def _protected(self, seen: Seen, _: dict[str, str]) -> Answer:
        known = (
            self._bearer(seen) in self.valid or seen.headers.get("secret-key") == "right-secret-key"
        )
        return as_json([]) if known else as_json({"detail": "Could not validate credentials"}, 401)


def description(token_url: Any) -> dict[str, Any]:
    """An OpenAPI document that names ``token_url``."""
    scheme = {"type": "oauth2", "flows": {"password": {"scopes": {}, "tokenUrl": token_url}}}
    return {"openapi": "3.1.0", "components": {"securitySchemes": {"OAuth2PasswordBearer": scheme}}}


@contextmanager
def running_realm() -> Iterator[Realm]:
    """A realm on a free port."""
    realm = Realm()
    realm.server = ScriptedServer(realm.answer)
    try:
        yield realm
    finally:
        realm.server.stop()


def client() -> Http:
    """A client that waits little."""
    return Http("tests", timeout=(3.0, 5.0), backoff=0.01)


class NoWait(Cancel):
    """A Cancel whose waits are noted and take no time; ``at`` calls something at the n-th wait."""

    def __init__(self, at: dict[int, Callable[[], None]] | None = None) -> None:
        super().__init__()
        self.waits: list[float] = []
        self._at = at or {}

    def wait(self, seconds: float) -> None:
        self.check()
        self.waits.append(seconds)
        self._at.get(len(self.waits), lambda: None)()
        self.check()
        if len(self.waits) > 500:
            raise AssertionError("polls for ever")


class Clock:
    """Seconds of the epoch that only move when told."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def in_order(*answers: Any) -> Odd:
    """Each request the next answer, then the default (None).

    ``answers`` are Answers, or JSON with status 200.
    """
    rest = list(answers)
    lock = threading.Lock()

    def odd(*_: Any) -> Answer | None:
        with lock:
            value = rest.pop(0) if rest else None
        return value if value is None or isinstance(value, Answer) else as_json(value)

    return odd


def oauth(error: str, status: int = 400) -> Answer:
    """An OAuth error."""
    return as_json({"error": error, "error_description": "text of the service"}, status)


def dumps(value: Any) -> bytes:
    return json.dumps(value).encode()
