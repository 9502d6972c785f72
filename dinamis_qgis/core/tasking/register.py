"""The durable local register: every draft and request, in a GeoPackage that QGIS itself can open.

Each call is one transaction on a connection of its own, on the disk when it returns: safe from any thread and from several
QGIS at a time, and nothing is lost when the program is killed. Two tables: ``requests`` (polygons) and ``request_history``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import Action, InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.tasking import geopackage
from dinamis_qgis.core.tasking.area import size_km2
from dinamis_qgis.core.tasking.model import DRAFT, EDITABLE, READY, SENDING, Draft, Link, Order, Request, Status, now
from dinamis_qgis.core.text import tr

_COLUMNS: Mapping[str, str] = {
    "fid": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    "geom": "MULTIPOLYGON",
    "reference": "TEXT",
    "profile": "TEXT",
    "title": "TEXT",
    "state": "TEXT",
    "state_since": "DATETIME",
    "reason": "TEXT",
    "product": "TEXT",
    "mode": "TEXT",
    "start": "DATE",
    "end": "DATE",
    "max_cloud": "REAL",
    "max_incidence": "REAL",
    "area_km2": "REAL",
    "need": "TEXT",
    "purpose": "TEXT",
    "order_id": "TEXT",
    "account": "TEXT",
    "entity": "TEXT",
    "created": "DATETIME",
    "changed": "DATETIME",
    "attempted": "DATETIME",
    "checked": "DATETIME",
    "links": "TEXT",
    "delivered": "TEXT",
    "unread": "BOOLEAN",
}
_HISTORY = """CREATE TABLE IF NOT EXISTS request_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, reference TEXT NOT NULL, state TEXT NOT NULL, at DATETIME NOT NULL,
  reason_code TEXT, reason TEXT, UNIQUE (reference, state, at))"""


class Register:
    """The register in the file ``path``, made at first use. Raises StorageError, InvalidInput."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ready = False
        self._lock = threading.Lock()

    # reading

    def all(self, profile: str = "") -> list[Request]:
        """Every request of a profile (all profiles when empty), the last changed first."""
        with self._transaction() as db:
            sql = "SELECT * FROM requests WHERE ? IN ('', profile) ORDER BY changed DESC, fid DESC"
            rows = db.execute(sql, (profile,)).fetchall()
            steps: dict[str, list[Status]] = {}
            for row in db.execute("SELECT * FROM request_history ORDER BY id"):
                steps.setdefault(row["reference"], []).append(_status(row))
        return [_request(row, tuple(steps.get(row["reference"], ()))) for row in rows]

    def get(self, reference: str) -> Request:
        """One request. Raises InvalidInput when the register does not have it."""
        with self._transaction() as db:
            return self._get(db, reference)

    def _get(self, db: sqlite3.Connection, reference: str) -> Request:
        row = db.execute("SELECT * FROM requests WHERE reference = ?", (reference,)).fetchone()
        if row is None:
            raise InvalidInput(tr("This request is no longer in the register."), code="missing", details=reference)
        steps = db.execute("SELECT * FROM request_history WHERE reference = ? ORDER BY id", (reference,))
        return _request(row, tuple(_status(step) for step in steps))

    # writing

    def save(self, request: Request) -> Request:
        """Keep a draft (state ``draft`` or ``ready``) as it is now. What has left already is not changed, and returned as it is."""
        if request.state not in EDITABLE:
            raise InvalidInput(tr("Only a draft can be changed."), details=f"{request.reference} is {request.state}")
        request = replace(request, changed=now())
        values = _values(request)
        names = ", ".join(f'"{n}"' for n in values)
        marks = ", ".join("?" for _ in values)
        updates = ", ".join(f'"{n}" = excluded."{n}"' for n in values if n not in ("reference", "created"))
        into = f"({names}) VALUES ({marks}) ON CONFLICT (reference) DO UPDATE SET"
        sql = " ".join(["INSERT INTO requests", into, updates, "WHERE requests.state IN ('draft', 'ready')"])
        with self._transaction() as db:
            before = db.execute("SELECT state FROM requests WHERE reference = ?", (request.reference,)).fetchone()
            db.execute(sql, tuple(values.values()))
            if before is None or (before["state"] != request.state and before["state"] in EDITABLE):
                self._note(db, request.reference, Status(request.state, now()))
            geopackage.touch(db, "requests")
            return self._get(db, request.reference)

    def delete(self, reference: str) -> None:
        """Forget a draft. Raises InvalidInput for what has left already."""
        with self._transaction() as db:
            if self._get(db, reference).state not in EDITABLE:
                raise InvalidInput(tr("A request that was sent stays in the register."))
            db.execute("DELETE FROM requests WHERE reference = ?", (reference,))
            db.execute("DELETE FROM request_history WHERE reference = ?", (reference,))
            geopackage.touch(db, "requests")

    def begin_sending(self, reference: str, account: str = "", entity: str = "") -> Request:
        """``sending`` from this moment, before anything is on the wire. Raises InvalidInput unless it may still leave."""
        with self._transaction() as db:
            request = self._get(db, reference)
            if request.state not in (DRAFT, READY, SENDING):
                raise InvalidInput(tr("This request has already been sent."), code="sent")
            moment = now()
            values = {"state": SENDING, "state_since": _text(moment), "attempted": _text(moment), "changed": _text(moment)}
            values.update({"account": account, "entity": entity} if account else {})
            self._update(db, reference, values)
            self._note(db, reference, Status(SENDING, moment))
            return self._get(db, reference)

    def back_to_ready(self, reference: str, reason: str) -> Request:
        """The service surely has not got it: it can be changed and sent again. ``reason`` says why, translated."""
        with self._transaction() as db:
            if self._get(db, reference).state == SENDING:
                moment = now()
                values = {"state": READY, "state_since": _text(moment), "changed": _text(moment), "reason": reason}
                self._update(db, reference, values)
                self._note(db, reference, Status(READY, moment, reason=reason))
            return self._get(db, reference)

    def record(self, reference: str, order: Order, state: str = "") -> tuple[Request, tuple[Status, ...]]:
        """What the service says of a request, and which of its steps are new: only one caller ever gets a step as new.

        ``state`` is used when the order has no status yet.
        """
        with self._transaction() as db:
            before = self._get(db, reference)
            moment = now()
            steps = order.statuses or (() if before.state == state or not state else (Status(state, moment),))
            fresh = tuple(s for s in steps if self._note(db, reference, s))
            values: dict[str, Any] = {"order_id": order.id, "checked": _text(moment)}
            if order.links:
                values["links"] = json.dumps([[x.rel, x.href, x.media_type, x.title] for x in order.links])
            if steps and (fresh or before.state == SENDING):
                last = steps[-1]
                changed = {"state": last.code, "state_since": _text(last.at), "reason": last.reason, "changed": _text(moment)}
                values.update(changed)
                if before.order_id and last.code != before.state:
                    values["unread"] = 1
            self._update(db, reference, values)
            return self._get(db, reference), fresh

    def deliver(self, reference: str, products: tuple[tuple[str, str, str], ...]) -> bool:
        """Remember the products made for a request; True for the one caller that brings the news."""
        with self._transaction() as db:
            before = self._get(db, reference)
            if not products or set(products) <= set(before.delivered):
                return False
            both = [*before.delivered, *(p for p in products if p not in before.delivered)]
            self._update(db, reference, {"delivered": json.dumps(both), "unread": 1, "changed": _text(now())})
            return True

    def mark(self, reference: str, *, read: bool = False, checked: bool = False) -> None:
        """Note that the person has seen the news, or that the service was just asked."""
        values: dict[str, Any] = {"unread": 0} if read else {}
        values.update({"checked": _text(now())} if checked else {})
        with self._transaction() as db:
            self._update(db, reference, values)

    @contextlib.contextmanager
    def sending_lock(self) -> Iterator[bool]:
        """True for the one sender at a time, over all programs using this register; let go by the system when one dies."""
        self._prepare()
        lock = sqlite3.connect(str(self.path.with_name(self.path.name + ".sending")), timeout=0, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                yield False
            else:
                yield True
                lock.execute("ROLLBACK")
        finally:
            lock.close()

    # inside

    def _update(self, db: sqlite3.Connection, reference: str, values: Mapping[str, Any]) -> None:
        if values:
            sets = ", ".join(f'"{name}" = ?' for name in values)
            db.execute(" ".join(["UPDATE requests SET", sets, "WHERE reference = ?"]), (*values.values(), reference))
            geopackage.touch(db, "requests")

    def _note(self, db: sqlite3.Connection, reference: str, step: Status) -> bool:
        sql = "INSERT OR IGNORE INTO request_history (reference, state, at, reason_code, reason) VALUES (?, ?, ?, ?, ?)"
        values = (reference, step.code, _text(step.at), step.reason_code, step.reason)
        return db.execute(sql, values).rowcount == 1

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One connection, one immediate transaction; sqlite's complaints become StorageError."""
        self._prepare()
        try:
            db = geopackage.connect(self.path)
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            finally:
                db.close()  # an open transaction is rolled back
        except sqlite3.Error as error:
            raise _storage_error(error, self.path) from error

    def _prepare(self) -> None:
        with self._lock:
            if self._ready and self.path.exists():
                return
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                if self.path.exists() and not os.access(self.path, os.W_OK):
                    raise PermissionError(13, "not writable")
                db = geopackage.connect(self.path)
                try:
                    _make(db)
                finally:
                    db.close()
            except OSError as error:
                raise from_os_error(error, self.path) from error
            except sqlite3.Error as error:
                raise _storage_error(error, self.path) from error
            self._ready = True


def _make(db: sqlite3.Connection) -> None:
    """The tables, and the columns a register of an older version lacks."""
    db.execute("BEGIN IMMEDIATE")
    geopackage.prepare(db)
    definition = ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    db.execute(f"CREATE TABLE IF NOT EXISTS requests ({definition})")
    there = {row["name"] for row in db.execute("PRAGMA table_info(requests)")}
    for name, kind in _COLUMNS.items():
        if name not in there:
            db.execute(f'ALTER TABLE requests ADD COLUMN "{name}" {kind}')
    db.execute("CREATE UNIQUE INDEX IF NOT EXISTS requests_reference ON requests (reference)")
    db.execute(_HISTORY)
    geopackage.declare(db, "requests", "requests", "geom")
    geopackage.declare(db, "request_history", "request_history")
    db.execute("COMMIT")


def _storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        message = tr("The register of requests is in use by another program.")
        return StorageError(message, tr("Stop editing it there, then try again."), code="busy", action=Action.RETRY, details=str(error))
    if "full" in text:
        return from_os_error(OSError(28, str(error)), path)
    if "readonly" in text or "unable to open" in text:
        return from_os_error(PermissionError(13, str(error)), path)
    message = tr("The register of requests “{path}” cannot be read.").format(path=path)
    remedy = tr("Move this file elsewhere: a new register is begun. Your relay can help to recover the old one.")
    return StorageError(message, remedy, code="register", details=str(error))


def _text(moment: datetime | None) -> str | None:
    """GeoPackage's DATETIME: UTC, milliseconds, Z."""
    if moment is None:
        return None
    utc = moment.astimezone(timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def _moment(text: str | None) -> datetime | None:
    """A DATETIME column, also as QGIS or a person may have written it; None when it cannot be read."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment and moment.tzinfo is None else moment


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _status(row: sqlite3.Row) -> Status:
    return Status(row["state"], _moment(row["at"]) or now(), row["reason_code"] or "", row["reason"] or "")


def _values(request: Request) -> dict[str, Any]:
    """The columns of a draft."""
    draft = request.draft
    size = size_km2(draft.area)
    return {
        "reference": request.reference,
        "profile": request.profile,
        "geom": geopackage.to_blob(draft.area),
        "title": draft.title,
        "state": request.state,
        "state_since": _text(request.changed),
        "product": draft.product,
        "mode": draft.mode,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "area_km2": None if size is None else round(size, 4),
        "need": draft.need,
        "purpose": draft.purpose,
        "created": _text(request.created),
        "changed": _text(request.changed),
        "unread": 0,
    }


def _request(row: sqlite3.Row, history: tuple[Status, ...]) -> Request:
    draft = Draft(
        area=geopackage.from_blob(row["geom"]),
        product=row["product"] or "",
        start=_day(row["start"]),
        end=_day(row["end"]),
        max_cloud=row["max_cloud"],
        max_incidence=row["max_incidence"],
        mode=row["mode"] or "",
        title=row["title"] or "",
        purpose=row["purpose"] or "",
        need=row["need"] or "",
    )
    return Request(
        reference=row["reference"],
        profile=row["profile"] or "",
        draft=draft,
        state=row["state"] or DRAFT,
        created=_moment(row["created"]) or now(),
        changed=_moment(row["changed"]) or now(),
        order_id=row["order_id"] or "",
        account=row["account"] or "",
        entity=row["entity"] or "",
        attempted=_moment(row["attempted"]),
        history=history,
        links=tuple(Link(*x) for x in json.loads(row["links"] or "[]")),
        delivered=tuple((x[0], x[1], x[2]) for x in json.loads(row["delivered"] or "[]")),
        checked=_moment(row["checked"]),
        unread=bool(row["unread"]),
    )
