"""The durable local register: every draft and request, in a GeoPackage that QGIS itself can open.

Each call is one transaction on a connection of its own, on the disk when it returns: safe from any
thread and from several QGIS at a time, and nothing is lost when the program is killed. Two tables:
``requests`` (polygons) and ``request_history``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import Action, InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.tasking.model import (
    DRAFT,
    EDITABLE,
    JOINED,
    READY,
    SENDING,
    Order,
    Request,
    Status,
    now_utc,
)
from dinamis_qgis.core.tasking.register import geopackage, rows
from dinamis_qgis.core.text import tr

_VERSION = 1
_HISTORY = """CREATE TABLE IF NOT EXISTS request_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, reference TEXT NOT NULL, state TEXT NOT NULL,
  at DATETIME NOT NULL,
  reason_code TEXT, reason TEXT, UNIQUE (reference, state, at))"""


class Register:
    """The register in the file ``path``, made at first use. Raises StorageError, InvalidInput."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ready = False
        self._lock = threading.Lock()
        self.unreadable: tuple[str, ...] = ()
        """References of the rows that cannot be understood: left as they are."""
        self.told: Callable[[tuple[str, ...]], None] = lambda references: None
        """Called, from any thread, when ``unreadable`` changes."""

    # reading

    def all(self, profile: str = "") -> list[Request]:
        """Every request of a profile (all profiles when empty), the last changed first."""
        with self._reading() as db:
            sql = "SELECT * FROM requests ORDER BY changed DESC, fid DESC"
            found = db.execute(sql).fetchall()
            steps: dict[str, list[Status]] = {}
            for row in db.execute("SELECT * FROM request_history ORDER BY id"):
                with contextlib.suppress(*rows.UNREADABLE):  # a step that says nothing is none
                    steps.setdefault(row["reference"], []).append(rows.status_from_row(row))
        requests, bad = [], []
        for row in found:
            try:
                requests.append(rows.request_from_row(row, tuple(steps.get(row["reference"], ()))))
            except rows.UNREADABLE:
                bad.append(str(row["reference"]))
        self._tell(tuple(bad))
        return [r for r in requests if profile in ("", r.profile)]

    def _tell(self, bad: tuple[str, ...]) -> None:
        changed, self.unreadable = bad != self.unreadable, bad
        if changed and bad:
            self.told(bad)

    def get(self, reference: str) -> Request:
        """One request. Raises InvalidInput when the register does not have it."""
        with self._reading() as db:
            return self._get(db, reference)

    def _get(self, db: sqlite3.Connection, reference: str) -> Request:
        row = db.execute("SELECT * FROM requests WHERE reference = ?", (reference,)).fetchone()
        if row is None:
            raise InvalidInput(
                tr("This request is no longer in the register."), code="missing", details=reference
            )
        steps = db.execute(
            "SELECT * FROM request_history WHERE reference = ? ORDER BY id", (reference,)
        )
        try:
            return rows.request_from_row(row, tuple(rows.status_from_row(step) for step in steps))
        except rows.UNREADABLE as error:
            raise InvalidInput(
                tr("This request cannot be read any more."),
                tr("It is left as it is in the register. Your relay can help to recover it."),
                code="unreadable",
                details=f"{reference}: {type(error).__name__}",
            ) from None

    # writing

    def save(self, request: Request) -> Request:
        """Keep a draft (state ``draft`` or ``ready``) as it is now.

        What has left already is not changed, and returned as it is.
        """
        if request.state not in EDITABLE:
            raise InvalidInput(
                tr("Only a draft can be changed."),
                details=f"{request.reference} is {request.state}",
            )
        request = replace(request, changed=now_utc())
        values = rows.draft_columns(request)
        names = ", ".join(f'"{n}"' for n in values)
        marks = ", ".join("?" for _ in values)
        updates = ", ".join(
            f'"{n}" = excluded."{n}"' for n in values if n not in ("reference", "created")
        )
        into = f"({names}) VALUES ({marks}) ON CONFLICT (reference) DO UPDATE SET"
        sql = " ".join(
            ["INSERT INTO requests", into, updates, "WHERE requests.state IN ('draft', 'ready')"]
        )
        with self._transaction() as db:
            before = db.execute(
                "SELECT state FROM requests WHERE reference = ?", (request.reference,)
            ).fetchone()
            db.execute(sql, tuple(values.values()))
            if before is None or (before["state"] != request.state and before["state"] in EDITABLE):
                self._note(db, request.reference, Status(request.state, now_utc()))
            geopackage.touch_contents(db, "requests")
            return self._get(db, request.reference)

    def delete(self, reference: str) -> None:
        """Forget a draft. Raises InvalidInput for what has left already."""
        with self._transaction() as db:
            if self._get(db, reference).state not in EDITABLE:
                raise InvalidInput(tr("A request that was sent stays in the register."))
            db.execute("DELETE FROM requests WHERE reference = ?", (reference,))
            db.execute("DELETE FROM request_history WHERE reference = ?", (reference,))
            geopackage.touch_contents(db, "requests")

    def begin_sending(
        self,
        reference: str,
        account: str = "",
        entity: str = "",
        known: frozenset[str] | None = None,
    ) -> Request:
        """``sending`` from this moment, before anything is on the wire.

        ``known`` are the orders the service had before, kept over further tries.

        Raises InvalidInput unless it may still leave.
        """
        with self._transaction() as db:
            request = self._get(db, reference)
            if request.state not in (DRAFT, READY, SENDING):
                raise InvalidInput(tr("This request has already been sent."), code="sent")
            moment = now_utc()
            at = rows.format_moment(moment)
            values: dict[str, Any] = {
                "state": SENDING,
                "state_since": at,
                "attempted": at,
                "changed": at,
            }
            values.update({"account": account, "entity": entity} if account else {})
            values["queued"] = 0
            if request.state != SENDING:
                values["known_orders"] = None if known is None else json.dumps(sorted(known))
            self._update(db, reference, values)
            self._note(db, reference, Status(SENDING, moment))
            return self._get(db, reference)

    def back_to_ready(self, reference: str, reason: str, *, queued: bool = False) -> Request:
        """The service surely has not got it: it can be changed and sent again.

        ``reason`` says why, translated.

        ``queued``: nothing is wrong with it, it may leave by itself once the service can be
        reached.
        """
        with self._transaction() as db:
            if self._get(db, reference).state == SENDING:
                moment = now_utc()
                values: dict[str, Any] = {
                    "state": READY,
                    "state_since": rows.format_moment(moment),
                    "changed": rows.format_moment(moment),
                    "reason": reason,
                }
                values["queued"] = int(queued)
                self._update(db, reference, values)
                self._note(db, reference, Status(READY, moment, reason=reason))
            return self._get(db, reference)

    def record(
        self, reference: str, order: Order, state: str = ""
    ) -> tuple[Request, tuple[Status, ...]]:
        """What the service says of a request, and which of its steps are new: only one caller ever
        gets a step as new.

        ``state`` is used when the order has no status yet.
        """
        with self._transaction() as db:
            before = self._get(db, reference)
            moment = now_utc()
            steps = order.statuses or (
                () if before.state == state or not state else (Status(state, moment),)
            )
            fresh = tuple(s for s in steps if self._note(db, reference, s))
            values: dict[str, Any] = {"order_id": order.id, "checked": rows.format_moment(moment)}
            if order.links:
                values["links"] = json.dumps(
                    [[x.rel, x.href, x.media_type, x.title] for x in order.links]
                )
            if steps and (fresh or before.state == SENDING):
                last = steps[-1]
                changed = {
                    "state": last.code,
                    "state_since": rows.format_moment(last.at),
                    "reason": last.reason,
                    "changed": rows.format_moment(moment),
                }
                values.update(changed)
                if before.order_id and last.code != before.state:
                    values["unread"] = 1
            self._update(db, reference, values)
            return self._get(db, reference), fresh

    def join(self, request: Request, order: Order, account: str = "", entity: str = "") -> Request:
        """A draft becomes a part in another's order: nothing of its own is ever sent, the order is
        followed. Raises InvalidInput.
        """
        self.save(replace(request, state=DRAFT, queued=False))
        with self._transaction() as db:
            if self._get(db, request.reference).state not in EDITABLE:
                raise InvalidInput(tr("This request has already been sent."), code="sent")
            self._note(db, request.reference, Status(JOINED, now_utc()))
            values = {
                "state": JOINED,
                "joined": 1,
                "order_id": order.id,
                "account": account,
                "entity": entity,
            }
            self._update(
                db,
                request.reference,
                {
                    **values,
                    "state_since": rows.format_moment(now_utc()),
                    "changed": rows.format_moment(now_utc()),
                },
            )
        return self.record(request.reference, order)[0]

    def note(self, reference: str, state: str, reason: str = "") -> Request:
        """A state kept by hand, of a request that has left.

        Raises InvalidInput for one that has not.
        """
        request = self.get(reference)
        if request.state in EDITABLE or request.state == SENDING:
            raise InvalidInput(tr("This request has not been sent yet."), code="not-sent")
        return self.record(
            reference, Order(id=request.order_id, statuses=(Status(state, now_utc(), "", reason),))
        )[0]

    def remind(self, reference: str, day: date | None) -> None:
        """When to ask the person for news, or never."""
        with self._transaction() as db:
            self._update(db, reference, {"remind": day.isoformat() if day else None})

    def deliver(self, reference: str, products: tuple[tuple[str, str, str], ...]) -> bool:
        """Remember the products made for a request; True for the one caller that brings the
        news.
        """
        with self._transaction() as db:
            before = self._get(db, reference)
            if not products or set(products) <= set(before.delivered):
                return False
            both = [*before.delivered, *(p for p in products if p not in before.delivered)]
            self._update(
                db,
                reference,
                {
                    "delivered": json.dumps(both),
                    "unread": 1,
                    "changed": rows.format_moment(now_utc()),
                },
            )
            return True

    def mark(self, reference: str, *, read: bool = False, checked: bool = False) -> None:
        """Note that the person has seen the news, or that the service was just asked."""
        values: dict[str, Any] = {"unread": 0} if read else {}
        values.update({"checked": rows.format_moment(now_utc())} if checked else {})
        with self._transaction() as db:
            self._update(db, reference, values)

    @contextlib.contextmanager
    def sending_lock(self) -> Iterator[bool]:
        """True for the one sender at a time, over all programs using this register; let go by the
        system when one dies.
        """
        self._prepare()
        lock = sqlite3.connect(
            str(self.path.with_name(self.path.name + ".sending")), timeout=0, isolation_level=None
        )
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
            db.execute(
                " ".join(["UPDATE requests SET", sets, "WHERE reference = ?"]),
                (*values.values(), reference),
            )
            geopackage.touch_contents(db, "requests")

    def _note(self, db: sqlite3.Connection, reference: str, step: Status) -> bool:
        sql = (
            "INSERT OR IGNORE INTO request_history (reference, state, at, reason_code, reason) "
            "VALUES (?, ?, ?, ?, ?)"
        )
        values = (reference, step.code, rows.format_moment(step.at), step.reason_code, step.reason)
        return db.execute(sql, values).rowcount == 1

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that only reads what is there: on a full disk, in a profile that is
        read-only, from a register of a newer version too.
        """
        if not self.path.is_file() or not self._has_tables():
            self._prepare()
        try:
            with contextlib.closing(geopackage.connect_geopackage(self.path)) as db:
                yield db
        except sqlite3.Error as error:
            raise _storage_error(error, self.path) from error

    def _has_tables(self) -> bool:
        try:
            with contextlib.closing(geopackage.connect_geopackage(self.path)) as db:
                sql = "SELECT count(*) FROM sqlite_master WHERE name IN (?, ?)"
                count = db.execute(sql, ("requests", "request_history")).fetchone()[0]
                return int(count) == 2
        except sqlite3.Error as error:
            raise _storage_error(error, self.path) from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One connection, one immediate transaction; sqlite's complaints become StorageError."""
        self._prepare()
        try:
            db = geopackage.connect_geopackage(self.path)
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
                db = geopackage.connect_geopackage(self.path)
                try:
                    _make_tables(db)
                finally:
                    db.close()
            except OSError as error:
                raise from_os_error(error, self.path) from error
            except sqlite3.Error as error:
                raise _storage_error(error, self.path) from error
            self._ready = True


def _make_tables(db: sqlite3.Connection) -> None:
    """The tables, and the columns a register of an older version lacks.

    Raises StorageError for a register of a newer version: it is read, never written.
    """
    if geopackage.standard_version(db) > geopackage.NEWEST or _own_version(db) > _VERSION:
        raise StorageError(
            tr("The register of requests was made by a newer version of the plugin."),
            tr("It can be looked at; update the plugin to change or send requests."),
            code="newer",
            action=Action.NONE,
        )
    db.execute("BEGIN IMMEDIATE")
    geopackage.prepare_tables(db)
    definition = ", ".join(f'"{name}" {kind}' for name, kind in rows.COLUMNS.items())
    db.execute(f"CREATE TABLE IF NOT EXISTS requests ({definition})")
    there = {row["name"] for row in db.execute("PRAGMA table_info(requests)")}
    for name, kind in rows.COLUMNS.items():
        if name not in there:
            db.execute(f'ALTER TABLE requests ADD COLUMN "{name}" {kind}')
    db.execute("CREATE UNIQUE INDEX IF NOT EXISTS requests_reference ON requests (reference)")
    db.execute(_HISTORY)
    geopackage.declare_contents(db, "requests", "requests", "geom")
    geopackage.declare_contents(db, "request_history", "request_history")
    db.execute("CREATE TABLE IF NOT EXISTS dinamis_version (version INTEGER)")
    if not _own_version(db):
        db.execute("INSERT INTO dinamis_version VALUES (?)", (_VERSION,))
    db.execute("COMMIT")


def _own_version(db: sqlite3.Connection) -> int:
    """The version of our tables; 0 for those made before they had one."""
    sql = "SELECT count(*) FROM sqlite_master WHERE name = 'dinamis_version'"
    if not db.execute(sql).fetchone()[0]:
        return 0
    found = db.execute("SELECT max(version) FROM dinamis_version").fetchone()[0]
    return found if isinstance(found, int) else 0


def _storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        message = tr("The register of requests is in use by another program.")
        return StorageError(
            message,
            tr("Stop editing it there, then try again."),
            code="busy",
            action=Action.RETRY,
            details=str(error),
        )
    if "full" in text:
        return from_os_error(OSError(28, str(error)), path)
    if "readonly" in text or "unable to open" in text:
        return from_os_error(PermissionError(13, str(error)), path)
    message = tr("The register of requests “{path}” cannot be read.").format(path=path)
    remedy = tr(
        "Move this file elsewhere: a new register is begun. Your relay can help to recover the "
        "old one."
    )
    return StorageError(message, remedy, code="register", details=str(error))
