"""The people, groups and entities of the training service: kept in one SQLite file, seen by the
relay that moderates them only.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.sandbox.auth.accounts import PIGMA, TrainingAccount
from dinamis_qgis.sandbox.scim.filters import ScimError
from dinamis_qgis.sandbox.scim.schemas import ACCOUNT, ENTERPRISE, ENTITY, USER

_SCHEMA = """CREATE TABLE IF NOT EXISTS resource (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, relay TEXT NOT NULL, name TEXT NOT NULL,
    version INTEGER NOT NULL, created REAL NOT NULL, modified REAL NOT NULL,
    body TEXT NOT NULL, roles TEXT NOT NULL DEFAULT '[]');
CREATE UNIQUE INDEX IF NOT EXISTS resource_name ON resource (kind, name) WHERE kind = 'User';"""
BOARD_DAYS = 3.0
"""So long the BE takes to accept an entity, in days of the service's clock."""
_OTHER = {"id": "autre-relais", "name": "Autre relais", "email": "autre@formation.invalid"}
_ELSEWHERE = TrainingAccount(
    "ailleurs", "Technicien d’un autre relais", {"id": "cc-ailleurs", "name": "CC d’ailleurs"},
    _OTHER, ("spot67",),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A resource as it is kept; moments in seconds of the epoch."""

    id: str
    kind: str
    relay: str
    version: int
    created: float
    modified: float
    body: Mapping[str, Any]

    @property
    def etag(self) -> str:
        """Its version as HTTP tells it."""
        return f'W/"{self.version}"'


class Directory:
    """Thread-safe. ``accounts`` is kept in step: who may sign in, as what, or why not.

    ``days_per_second`` is the speed of the BE.
    """

    def __init__(
        self,
        path: Path,
        accounts: dict[str, TrainingAccount],
        now: Callable[[], float] = time.time,
        days_per_second: float = 0.5,
    ) -> None:
        self.accounts, self.now, self.days_per_second = accounts, now, days_per_second
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path), timeout=10.0, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._relays = {PIGMA["id"]: PIGMA, _OTHER["id"]: _OTHER}
        with ExitStack() as failed:
            failed.callback(self._db.close)
            self._db.executescript(_SCHEMA)
            self._seed([*accounts.values(), _ELSEWHERE])
            for row in [*self.rows("User", PIGMA["id"]), *self.rows("User", _OTHER["id"])]:
                self._admit(row)
            failed.pop_all()

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    def rows(self, kind: str, relay: str) -> list[Row]:
        """The resources of a kind that ``relay`` moderates, the oldest first."""
        with self._lock:
            found = self._db.execute(
                "SELECT * FROM resource WHERE kind = ? AND relay = ? ORDER BY created, id",
                (kind, relay),
            ).fetchall()
        return [self._row(row) for row in found]

    def row(self, kind: str, relay: str, identifier: str) -> Row:
        """One resource. Raises ScimError 404."""
        with self._lock:
            found = self._db.execute(
                "SELECT * FROM resource WHERE kind = ? AND relay = ? AND id = ?",
                (kind, relay, identifier),
            ).fetchone()
        if found is None:
            raise ScimError(404, "There is no such resource.")
        return self._row(found)

    def add(
        self,
        kind: str,
        relay: str,
        body: Mapping[str, Any],
        identifier: str = "",
        roles: tuple[str, ...] = ("utilisateur",),
    ) -> Row:
        """A new resource. Raises ScimError 409 for a user name in use."""
        identifier = identifier or str(uuid.uuid4())
        moment = self.now()
        whole, held = json.dumps(body), json.dumps(roles)
        values = (identifier, kind, relay, _unique_name(kind, body), 1, moment, moment, whole, held)
        with self._lock:
            try:
                with self._db:
                    self._db.execute(
                        "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values
                    )
            except sqlite3.IntegrityError:
                raise ScimError(409, "This user name is in use.", "uniqueness") from None
        return self._changed(kind, relay, identifier)

    def change(self, row: Row, body: Mapping[str, Any], if_match: str = "") -> Row:
        """The resource with another body. Raises ScimError 409, 412."""
        with self._lock:
            current = self.row(row.kind, row.relay, row.id)
            self._check(current, if_match or row.etag)
            if body == current.body:
                return current
            try:
                with self._db:
                    self._db.execute(
                        "UPDATE resource SET body = ?, name = ?, version = version + 1, "
                        "modified = ? WHERE id = ?",
                        (json.dumps(body), _unique_name(row.kind, body), self.now(), row.id),
                    )
            except sqlite3.IntegrityError:
                raise ScimError(409, "This user name is in use.", "uniqueness") from None
            if row.kind == "User" and _unique_name("User", body) != _unique_name("User", row.body):
                self.accounts.pop(_unique_name("User", row.body), None)
        return self._changed(row.kind, row.relay, row.id)

    def remove(self, row: Row, if_match: str = "") -> None:
        """Forget a resource. Raises ScimError 412."""
        with self._lock, self._db:
            self._check(self.row(row.kind, row.relay, row.id), if_match or row.etag)
            self._db.execute("DELETE FROM resource WHERE id = ?", (row.id,))
        if row.kind == "User":
            self.accounts.pop(_unique_name("User", row.body), None)

    def note_sign_in(self, name: str) -> None:
        """Somebody has signed in; no change that a client could collide with."""
        with self._lock, self._db:
            found = self._db.execute(
                "SELECT id, body FROM resource WHERE kind = 'User' AND name = ?", (name.casefold(),)
            ).fetchone()
            if found is not None:
                body = json.loads(found["body"])
                body.setdefault(ACCOUNT, {})["lastSignIn"] = format_stamp(self.now())
                self._db.execute(
                    "UPDATE resource SET body = ? WHERE id = ?", (json.dumps(body), found["id"])
                )

    def _check(self, current: Row, etag: str) -> None:
        if etag not in ("*", current.etag):
            raise ScimError(412, "It has been changed since it was read.")

    def _changed(self, kind: str, relay: str, identifier: str) -> Row:
        row = self.row(kind, relay, identifier)
        if kind == "User":
            self._admit(row)
        return row

    def _row(self, row: sqlite3.Row) -> Row:
        body = json.loads(row["body"])
        if row["kind"] == "Entity" and body.get("status") == "waiting":
            days = (self.now() - row["created"]) * self.days_per_second
            body["status"] = "accepted" if days >= BOARD_DAYS else "waiting"
        numbers = row["version"], row["created"], row["modified"]
        return Row(row["id"], row["kind"], row["relay"], *numbers, body)

    def _admit(self, row: Row) -> None:
        """Let the sign-in know an account as it is now."""
        name = _unique_name("User", row.body)
        extension = row.body.get(ACCOUNT, {})
        entity = extension.get("entity", {})
        relay = self._relays[row.relay]
        with self._lock:
            roles = self._db.execute(
                "SELECT roles FROM resource WHERE id = ?", (row.id,)
            ).fetchone()["roles"]
        organization = {"id": entity.get("value", ""), "name": self._entity_name(row)}
        self.accounts[name] = TrainingAccount(
            name,
            str(row.body.get("displayName") or row.body.get("title") or name),
            organization,
            relay,
            tuple(x["value"] for x in row.body.get("entitlements", ()) if x.get("value")),
            tuple(json.loads(roles)),
            blocked=_why_blocked(row.body, relay),
            address=next((m["value"] for m in row.body.get("emails", ()) if m.get("value")), ""),
        )

    def _entity_name(self, row: Row) -> str:
        identifier = row.body.get(ACCOUNT, {}).get("entity", {}).get("value", "")
        try:
            return str(self.row("Entity", row.relay, identifier).body.get("displayName", ""))
        except ScimError:
            return str(row.body.get(ENTERPRISE, {}).get("organization", ""))

    def _seed(self, accounts: list[TrainingAccount]) -> None:
        """The training accounts and their entities, the first time."""
        with self._lock:
            if self._db.execute("SELECT count(*) FROM resource").fetchone()[0]:
                return
        for account in accounts:
            self._relays.setdefault(account.relay["id"], dict(account.relay))
            entity = account.organization
            try:
                self.row("Entity", account.relay["id"], entity["id"])
            except ScimError:
                body = {"schemas": [ENTITY], "displayName": entity["name"], "status": "accepted"}
                self.add("Entity", account.relay["id"], body, entity["id"])
            self.add("User", account.relay["id"], _user_body(account), account.id, account.roles)


def _user_body(account: TrainingAccount) -> dict[str, Any]:
    return {
        "schemas": [USER, ENTERPRISE, ACCOUNT],
        "userName": account.id,
        "displayName": account.name,
        "active": True,
        "emails": [{"value": account.email, "type": "work", "primary": True}],
        "entitlements": [{"value": licence} for licence in account.licences],
        ENTERPRISE: {"organization": account.organization["name"]},
        ACCOUNT: {"state": "active", "entity": {"value": account.organization["id"]}},
    }


def _unique_name(kind: str, body: Mapping[str, Any]) -> str:
    """What tells a user from others; other kinds may share names."""
    return str(body.get("userName", "")).casefold() if kind == "User" else ""


def _why_blocked(body: Mapping[str, Any], relay: Mapping[str, str]) -> str:
    """Why an account may not sign in, in French, and whom to ask; empty when it may."""
    extension = body.get(ACCOUNT, {})
    state, reason = extension.get("state", "active"), str(extension.get("reason", "")).strip()
    expires = str(extension.get("expires", ""))
    today = datetime.now(timezone.utc).date().isoformat()
    ask = f" Contactez {relay['name']} : {relay['email']}."
    because = f" : {reason.rstrip('.')}." if reason else "."
    if state == "pending":
        return "Ce compte attend la validation du relais." + ask
    if state == "declined":
        return f"Ce compte a été refusé{because}{ask}"
    if state == "suspended" or not body.get("active", True):
        return f"Ce compte est suspendu{because}{ask}"
    if expires and expires[:10] < today:
        return "Ce compte doit être renouvelé." + ask
    return ""


def format_stamp(seconds: float) -> str:
    """A moment as SCIM writes it."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
