"""Device logins under way (RFC 8628): kept in memory, since none outlives its ten minutes."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Callable

_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so no word; RFC 8628, 6.1
_MAX_PENDING = 1000
_MAX_ATTEMPTS = 20
SLOW_DOWN_S = 5.0


@dataclass
class DeviceLogin:
    """One login: what was asked, and what the person answered."""

    device_code: str = field(repr=False)
    user_code: str
    scope: str
    challenge: str
    expires: float
    interval: float
    account: str = ""
    denied: bool = False
    attempts: int = 0
    polled: float | None = None

    @property
    def pending(self) -> bool:
        return not self.account and not self.denied


class DeviceLogins:
    """All logins under way; thread-safe. ``life`` and ``interval`` in seconds."""

    def __init__(self, life: float, interval: float, now: Callable[[], float] = time.time) -> None:
        self.life, self.interval, self.now = life, interval, now
        self._by_code: dict[str, DeviceLogin] = {}
        self._lock = threading.Lock()

    def begin(self, scope: str, challenge: str) -> DeviceLogin:
        """A new login, waiting for a person."""
        with self._lock:
            self._forget_old()
            letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
            login = DeviceLogin(
                secrets.token_urlsafe(32),
                f"{letters[:4]}-{letters[4:]}",
                scope,
                challenge,
                self.now() + self.life,
                self.interval,
            )
            self._by_code[login.device_code] = login
        return login

    def find(self, user_code: str) -> DeviceLogin | None:
        """The login of a code as typed (any case and punctuation); None when unknown, over or
        answered.
        """
        wanted = "".join(c for c in user_code.upper() if c.isalnum())
        with self._lock:
            for login in self._by_code.values():
                if (
                    login.user_code.replace("-", "") == wanted
                    and login.pending
                    and login.expires > self.now()
                ):
                    return login
        return None

    def missed(self, login: DeviceLogin) -> None:
        """A wrong password was given; too many of them refuse the login."""
        with self._lock:
            login.attempts += 1
            login.denied = login.denied or (login.attempts >= _MAX_ATTEMPTS)

    def answer(self, login: DeviceLogin, account: str) -> bool:
        """What the person decided: an account, or an empty text to refuse.

        False when it was over before.
        """
        with self._lock:
            if not login.pending or login.expires <= self.now():
                return False
            login.account, login.denied = account, not account
            return True

    def poll(
        self, device_code: str, check: Callable[[DeviceLogin], str]
    ) -> tuple[str, DeviceLogin | None]:
        """One poll: an OAuth error code, or an empty text and the login, which is then used up.

        ``check`` says whether the asker proved to be who began the login (PKCE); its error leaves
        the login as it is.
        """
        with self._lock:
            login = self._by_code.get(device_code)
            if login is None:
                return "invalid_grant", None
            problem = check(login)
            if problem:
                return problem, None
            now = self.now()
            if login.expires <= now:
                return "expired_token", None
            if login.denied:
                return "access_denied", None
            if login.account:
                del self._by_code[device_code]
                return "", login
            early = (
                login.polled is not None and now - login.polled < login.interval * 0.9
            )  # timers are not exact
            login.polled = now
            if early:
                login.interval += SLOW_DOWN_S
                return "slow_down", None
            return "authorization_pending", None

    def _forget_old(self) -> None:
        # A login stays an hour after its end, so that a late poll reads expired_token and not
        # invalid_grant.
        now = self.now()
        for code in [code for code, login in self._by_code.items() if login.expires < now - 3600]:
            del self._by_code[code]
        while len(self._by_code) >= _MAX_PENDING:
            del self._by_code[next(iter(self._by_code))]
