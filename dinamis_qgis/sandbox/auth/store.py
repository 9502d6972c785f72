"""What sign-ins leave behind, in one SQLite file: tokens and API keys (hashed), and the service's
own signing secret.

A restart keeps them. Nothing here is worth stealing: the imagery is made up and the password of an
account is its name. It is kept as a real service would, so that clients meet the real behaviour.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS ticket (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, family TEXT NOT NULL, account TEXT NOT NULL,
    scope TEXT NOT NULL,
    expires REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS ticket_family ON ticket (family);
CREATE TABLE IF NOT EXISTS api_key (
    access_key TEXT PRIMARY KEY, hash TEXT NOT NULL, account TEXT NOT NULL,
    created REAL NOT NULL, description TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Grant:
    """What a valid token stands for."""

    account: str
    scope: str
    family: str


@dataclass(frozen=True)
class Pair:
    """A new access token and the refresh token that goes with it."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


@dataclass(frozen=True)
class StoredApiKey:
    """An API key as it may be listed; ``created`` in seconds of the epoch."""

    access_key: str
    account: str
    created: float
    description: str


class CredentialStore:
    """Thread-safe; every call is its own transaction.

    Raises sqlite3.Error or OSError when the file cannot be used.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.now = now
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path), timeout=10.0, check_same_thread=False)
        with ExitStack() as failed:
            failed.callback(self._db.close)
            os.chmod(path, 0o600)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            failed.pop_all()

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    def setting(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A value made once and kept."""
        with self._lock, self._db:
            self._db.execute("INSERT OR IGNORE INTO setting VALUES (?, ?)", (name, make()))
            return bytes(
                self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()[0]
            )

    # Tokens
    # ------------------------------------------------------------------------------------------

    def issue(self, grant: Grant, access_life: float, refresh_life: float) -> Pair:
        """A new pair of tokens for ``grant``; lives in seconds."""
        pair = Pair(secrets.token_urlsafe(32), secrets.token_urlsafe(40))
        now = self.now()
        with self._lock, self._db:
            self._db.execute("DELETE FROM ticket WHERE expires < ?", (now - 86400,))
            rows = (("access", pair.access, access_life), ("refresh", pair.refresh, refresh_life))
            self._db.executemany(
                "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, 0)",
                [
                    (_hash_text(text), kind, grant.family, grant.account, grant.scope, now + life)
                    for kind, text, life in rows
                ],
            )
        return pair

    def spend_refresh(self, text: str) -> Grant | None:
        """Use a refresh token up.

        One used before takes its whole family down (RFC 9700, 4.14.2): None.
        """
        with self._lock, self._db:
            row = self._row(text, "refresh")
            if row is None:
                return None
            grant, expires, used = row
            if used:
                self._db.execute("DELETE FROM ticket WHERE family = ?", (grant.family,))
                return None
            self._db.execute("UPDATE ticket SET used = 1 WHERE hash = ?", (_hash_text(text),))
            return grant if expires > self.now() else None

    def peek_refresh(self, text: str) -> Grant | None:
        """What a refresh token stands for, without using it."""
        with self._lock:
            row = self._row(text, "refresh")
        return row[0] if row else None

    def access(self, text: str) -> Grant | None:
        """What an access token stands for, None when unknown, revoked or over."""
        with self._lock:
            row = self._row(text, "access")
        return row[0] if row and row[1] > self.now() else None

    def revoke(self, text: str) -> None:
        """Forget a token; a refresh token takes its family with it (RFC 7009, 2.1).

        Unknown ones are fine.
        """
        with self._lock, self._db:
            refresh = self._row(text, "refresh")
            if refresh:
                self._db.execute("DELETE FROM ticket WHERE family = ?", (refresh[0].family,))
            self._db.execute("DELETE FROM ticket WHERE hash = ?", (_hash_text(text),))

    def expire(self, kind: str = "access") -> None:
        """End every token of a kind (``access`` or ``refresh``) now: for tests of an expiry
        mid-action.
        """
        with self._lock, self._db:
            self._db.execute("UPDATE ticket SET expires = 0 WHERE kind = ?", (kind,))

    def _row(self, text: str, kind: str) -> tuple[Grant, float, bool] | None:
        found: Any = self._db.execute(
            "SELECT account, scope, family, expires, used FROM ticket WHERE hash = ? AND kind = ?",
            (_hash_text(text), kind),
        ).fetchone()
        return (
            (Grant(found[0], found[1], found[2]), float(found[3]), bool(found[4]))
            if found
            else None
        )

    # API keys
    # ------------------------------------------------------------------------------------------

    def create_key(self, account: str, description: str) -> tuple[str, str]:
        """A new key: (access key, secret key). The secret is not kept, only its hash."""
        access_key, secret_key = secrets.token_urlsafe(12), secrets.token_urlsafe(30)
        with self._lock, self._db:
            row = (access_key, _hash_text(secret_key), account, self.now(), description)
            self._db.execute("INSERT INTO api_key VALUES (?, ?, ?, ?, ?)", row)
        return access_key, secret_key

    def keys(self, account: str) -> list[StoredApiKey]:
        """The keys of an account, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT access_key, account, created, description FROM api_key WHERE account = ? "
                "ORDER BY created",
                (account,),
            ).fetchall()
        return [StoredApiKey(*row) for row in rows]

    def revoke_key(self, account: str, access_key: str) -> bool:
        """Forget a key of an account; False when it has no such key."""
        with self._lock, self._db:
            query = "DELETE FROM api_key WHERE account = ? AND access_key = ?"
            return self._db.execute(query, (account, access_key)).rowcount > 0

    def key_owner(self, access_key: str, secret_key: str) -> str | None:
        """The account of a key, when the secret is right."""
        with self._lock:
            row = self._db.execute(
                "SELECT account, hash FROM api_key WHERE access_key = ?", (access_key,)
            ).fetchone()
        return (
            str(row[0]) if row and secrets.compare_digest(row[1], _hash_text(secret_key)) else None
        )


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
