"""A sign-in service whose refresh tokens are worth something once: one used again ends its whole
family, as a Keycloak that detects reuse does.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dinamis_qgis.core.profile.model import Auth, Profile, Signing
from tests.support.realm import BASE, description
from tests.support.scripted import Answer, ScriptedServer, Seen, as_json


def profile(root: str) -> Profile:
    """The profile of the service at ``root``."""
    return Profile(
        "essai",
        "Essai",
        auth=Auth(f"{root}/signing/openapi.json"),
        signing=Signing(f"{root}/signing/"),
    )


class RotatingService:
    """``families`` that live; ``renewals`` counts the good ones, ``reused`` the tokens that came a
    second time.
    """

    def __init__(self) -> None:
        self.server = ScriptedServer(self.answer)
        self.root = self.server.root
        self.families: dict[int, str] = {}
        self.spent: dict[str, int] = {}
        self.renewals = 0
        self.reused = 0
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def sign_in(self) -> dict[str, Any]:
        """A new family: what the token endpoint gives after a sign-in."""
        with self._lock:
            return self._tokens(next(self._numbers))

    def answer(self, seen: Seen) -> Answer:
        path = urlsplit(seen.path).path
        if path.endswith("/openapi.json"):
            return as_json(description(f"{self.root}{BASE}/token"))
        if path.endswith("/userinfo"):
            return as_json({"preferred_username": "technicien", "name": "Technicien SIG"})
        form = dict(parse_qsl(seen.body.decode()))
        if path.endswith("/token"):
            with self._lock:
                return self._renewed(form.get("refresh_token", ""))
        if path.endswith("/revoke"):
            with self._lock:
                self.families.pop(self._family(form.get("token", "")), None)
                return Answer(200)
        return as_json({"detail": "Not Found"}, 404)

    def _renewed(self, refresh: str) -> Answer:
        if refresh in self.spent:
            self.reused += 1
            self.families.pop(self.spent[refresh], None)
        family = self._family(refresh)
        if self.families.get(family) != refresh:
            return as_json({"error": "invalid_grant"}, 400)
        self.renewals += 1
        self.spent[refresh] = family
        return as_json(self._tokens(family))

    def _family(self, refresh: str) -> int:
        return int(refresh.split("-")[1]) if refresh.count("-") == 2 else 0

    def _tokens(self, family: int) -> dict[str, Any]:
        number = next(self._numbers)
        # Now and then as long as Keycloak's, which the keyring keeps in several entries.
        refresh = f"refresh-{family}-{number:0{40 if number % 10 else 1200}d}"
        self.families[family] = refresh
        return {
            "access_token": f"access-{family}-{number}",
            "expires_in": 300,
            "refresh_token": refresh,
            "token_type": "Bearer",
        }


@contextmanager
def running_rotating_service() -> Iterator[RotatingService]:
    """The service on a free port."""
    service = RotatingService()
    try:
        yield service
    finally:
        service.server.stop()
