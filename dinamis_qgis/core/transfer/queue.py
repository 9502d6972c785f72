"""What is to be downloaded, on disk: survives a closed window, a crash, a kill at any instant.

SQLite in WAL mode, one connection a thread, every change one transaction. Holds unsigned addresses
only.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import Action, DinamisError, StorageError, from_os_error
from dinamis_qgis.core.local_catalogue.naming import (
    DEFAULT_TEMPLATE,
    file_name,
    target_path,
    unsigned_href,
)
from dinamis_qgis.core.local_catalogue.record import pack_product, unpack_product
from dinamis_qgis.core.text import tr

_SCHEMA = """
CREATE TABLE IF NOT EXISTS product (
    id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, product TEXT NOT NULL, root TEXT NOT NULL,
    show INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY, product INTEGER NOT NULL REFERENCES product(id), position REAL NOT NULL,
    state TEXT NOT NULL, asset TEXT NOT NULL, href TEXT NOT NULL, target TEXT NOT NULL UNIQUE,
    size INTEGER,
    checksum TEXT NOT NULL, area TEXT NOT NULL, done INTEGER NOT NULL, error TEXT NOT NULL,
    created REAL NOT NULL, ended REAL, promised INTEGER);
CREATE INDEX IF NOT EXISTS file_by_state ON file (state, position);
"""
_VERSION = 1
_SELECT = (
    "SELECT file.id, file.product, batch, position, state, asset, href, target, size, checksum, "
    "area, done, error, root, show,"
    " ended, promised FROM file JOIN product ON product.id = file.product "
)


class FileState(Enum):
    """Where a file is on its way."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """True when nothing more happens by itself or after a pause."""
        return self in (FileState.DONE, FileState.FAILED, FileState.CANCELLED)


@dataclass(frozen=True)
class Entry:
    """One file of the queue.

    ``area`` is the clip's WKT in EPSG:4326, empty for the whole file; sizes in bytes.
    """

    id: int
    product: int
    batch: int
    position: float
    state: FileState
    asset: str
    href: str
    target: Path
    size: int | None
    checksum: str
    area: str
    done: int
    error: DinamisError | None
    root: Path
    show: bool
    ended: float | None
    promised: int | None = None
    """The length the catalogue announces; ``size`` may also be what was learnt on the way."""


@dataclass(frozen=True)
class Ask:
    """A file wanted: an asset of a product, whole or only ``area`` (WKT, EPSG:4326); then
    ``estimate`` bytes will move.
    """

    product: Product
    asset: Asset
    area: str = ""
    estimate: int | None = None
    place: str = ""
    """What the area is called; names the file."""


class Queue:
    """The queue's database; any thread may use it, several processes too.

    Raises StorageError when the disk fails.
    """

    def __init__(self, database: Path) -> None:
        self.database = database
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._read_only: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self.unreadable = 0
        """Files of the list that cannot be understood: left as they are."""
        self._frozen: StorageError | None = None
        """Why nothing can be written: the list is a newer version's, or the disk is full."""
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise from_os_error(error, database) from error
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                self._frozen = _storage_error(error, database)
                if not self._is_readable():
                    raise self._frozen from error
            else:
                self._set_broken_aside()
                self._prepare()

    def _prepare(self) -> None:
        with self._lock:
            db = self._connection()
            if db.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
                self._frozen = _newer_version(self.database)
                return
            db.executescript(_SCHEMA)
            if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                db.execute(f"PRAGMA user_version = {_VERSION}")
            columns = {row[1] for row in db.execute("PRAGMA table_info(file)")}
            if "promised" not in columns:  # a queue of 0.1: its lengths may have been learnt
                db.execute("ALTER TABLE file ADD COLUMN promised INTEGER")

    def _set_broken_aside(self) -> None:
        """A damaged queue must not keep anyone from downloading: the files' own journals hold what
        matters.
        """
        self.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        os.replace(self.database, f"{self.database}.broken")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self.database, timeout=15, isolation_level=None, check_same_thread=False
            )
            self._open.append(connection)
            connection.text_factory = _decode_text
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
        return connection

    def _is_readable(self) -> bool:
        """Whether the list can be shown though nothing can be written: a full disk has no room for
        the files SQLite works with.
        """
        self.close()
        if not self.database.is_file():
            return False
        try:
            address = f"{self.database.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._open.append(connection)
            connection.execute("SELECT 1 FROM file").fetchone()
        except sqlite3.Error:
            return False
        self._read_only = connection
        return True

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        if self._frozen is not None:
            raise self._frozen
        with self._lock:
            try:
                connection = self._connection()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise _storage_error(error, self.database) from error

    def _read(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            try:
                db = self._read_only or self._connection()
                return db.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise _storage_error(error, self.database) from error

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()

    def add(
        self,
        asks: Iterable[Ask],
        root: Path,
        *,
        show: bool = True,
        template: str = DEFAULT_TEMPLATE,
    ) -> list[int]:
        """Put files at the end, to land below ``root``; the entries' ids.

        One that is already in the queue is asked again.
        """
        ids: list[int] = []
        with self._write() as db:
            batch = db.execute("SELECT COALESCE(MAX(batch), 0) + 1 FROM product").fetchone()[0]
            position = db.execute("SELECT COALESCE(MAX(position), 0) FROM file").fetchone()[0]
            products: dict[tuple[str, ...], int] = {}
            for ask in asks:
                position += 1
                if ask.product.key not in products:
                    values = (batch, pack_product(ask.product), _path_value(root), int(show))
                    row = db.execute(
                        "INSERT INTO product (batch, product, root, show) VALUES (?, ?, ?, ?)",
                        values,
                    )
                    products[ask.product.key] = int(row.lastrowid or 0)
                target = target_path(root, ask.product, ask.asset, ask.area, template)
                name = file_name(ask.product, ask.asset, ask.area, ask.place)
                target = target.with_name(name)
                ids.append(_put_file(db, ask, target, products[ask.product.key], position))
        return ids

    def entries(self, *states: FileState) -> list[Entry]:
        """The files in their order, of all states or of some."""
        rows = self._read(_SELECT + "ORDER BY position")
        found = [entry for entry in map(_read_entry, rows) if entry is not None]
        self.unreadable = len(rows) - len(found)
        return [entry for entry in found if not states or entry.state in states]

    def entry(self, identity: int) -> Entry | None:
        """One file."""
        rows = self._read(_SELECT + "WHERE file.id = ?", (identity,))
        return _read_entry(rows[0]) if rows else None

    def product(self, identity: int) -> Product:
        """The product of ``Entry.product``. Raises InvalidInput when it cannot be read any more."""
        rows = self._read("SELECT product FROM product WHERE id = ?", (identity,))
        return unpack_product(rows[0][0] if rows else "")

    def take(self, not_these: Iterable[int] = ()) -> Entry | None:
        """The first waiting file, running from now on; None when there is none."""
        skipped = set(not_these)
        with self._write() as db:
            rows = db.execute(_SELECT + "WHERE state = 'waiting' ORDER BY position")
            entries = (entry for entry in map(_read_entry, rows) if entry is not None)
            identity = next((entry.id for entry in entries if entry.id not in skipped), None)
            rows.close()
            if identity is None:
                return None
            db.execute("UPDATE file SET state = 'running' WHERE id = ?", (identity,))
        return self.entry(identity)

    def recover(self) -> None:
        """After a crash: what was running waits again. Only for who holds the engine's lock."""
        with self._write() as db:
            db.execute("UPDATE file SET state = 'waiting' WHERE state = 'running'")

    def move(
        self,
        ids: Iterable[int],
        state: FileState,
        *,
        only: tuple[FileState, ...] = (),
        error: DinamisError | None = None,
    ) -> list[int]:
        """Give files a state (those in one of ``only``, when given); the ids that changed."""
        changed = []
        with self._write() as db:
            for identity in ids:
                row = db.execute("SELECT state FROM file WHERE id = ?", (identity,)).fetchone()
                if row is None or (only and row[0] not in {state.value for state in only}):
                    continue
                ended = time.time() if state.over else None
                sql = "UPDATE file SET state = ?, error = ?, ended = ? WHERE id = ?"
                db.execute(sql, (state.value, _error_text(error), ended, identity))
                changed.append(identity)
        return changed

    def progress(self, identity: int, done: int, size: int | None) -> None:
        """Remember how far a file is."""
        with self._write() as db:
            db.execute(
                "UPDATE file SET done = ?, size = COALESCE(?, size) WHERE id = ?",
                (done, size, identity),
            )

    def place(self, identity: int, before: int | None) -> None:
        """Move a file just before another, or to the end."""
        with self._write() as db:
            last = db.execute("SELECT COALESCE(MAX(position), 0) + 1 FROM file").fetchone()[0]
            row = (
                db.execute("SELECT position FROM file WHERE id = ?", (before,)).fetchone()
                if before
                else None
            )
            position = last
            if row is not None:
                sql = (
                    "SELECT COALESCE(MAX(position), ? - 1) FROM file WHERE position < ? AND id != ?"
                )
                previous = db.execute(sql, (row[0], row[0], identity)).fetchone()[0]
                position = (previous + row[0]) / 2
            db.execute("UPDATE file SET position = ? WHERE id = ?", (position, identity))

    def remove(self, ids: Iterable[int]) -> None:
        """Take files off the list; what is on disk stays."""
        with self._write() as db:
            for identity in ids:
                db.execute("DELETE FROM file WHERE id = ?", (identity,))
            db.execute("DELETE FROM product WHERE id NOT IN (SELECT product FROM file)")


def _put_file(db: sqlite3.Connection, ask: Ask, target: Path, product: int, position: float) -> int:
    """One file, or the one that already goes there."""
    size, checksum = (ask.estimate, "") if ask.area else (ask.asset.size, ask.asset.checksum)
    promised = None if ask.area else ask.asset.size
    row = db.execute(
        "SELECT id, state FROM file WHERE target = ?", (_path_value(target),)
    ).fetchone()
    if row is not None:
        values: tuple[Any, ...] = (
            product,
            unsigned_href(ask.asset.href),
            size,
            checksum,
            promised,
            row[0],
        )
        db.execute(
            "UPDATE file SET product = ?, href = ?, size = ?, checksum = ?, promised = ? "
            "WHERE id = ?",
            values,
        )
        if row[1] not in (FileState.RUNNING.value, FileState.WAITING.value):
            db.execute(
                "UPDATE file SET state = 'waiting', error = '', position = ? WHERE id = ?",
                (position, row[0]),
            )
        return int(row[0])
    sql = (
        "INSERT INTO file (product, position, state, asset, href, target, size, checksum, area, "
        "done, error, created, promised)"
        " VALUES (?, ?, 'waiting', ?, ?, ?, ?, ?, ?, 0, '', ?, ?)"
    )
    values = (
        product,
        position,
        ask.asset.key,
        unsigned_href(ask.asset.href),
        _path_value(target),
        size,
        checksum,
        ask.area,
        time.time(),
        promised,
    )
    return int(db.execute(sql, values).lastrowid or 0)


def _read_entry(row: Any) -> Entry | None:
    """A file of the list; None where somebody wrote what cannot be understood: the others stand."""
    try:
        return Entry(
            id=int(row[0]),
            product=int(row[1]),
            batch=int(row[2]),
            position=float(row[3]),
            state=FileState(row[4]),
            asset=str(row[5]),
            href=_check_text(row[6]),
            target=_read_path(row[7]),
            size=None if row[8] is None else int(row[8]),
            checksum=_check_text(row[9]),
            area=_check_text(row[10]),
            done=int(row[11]),
            error=_read_error(row[12]),
            root=_read_path(row[13]),
            show=bool(row[14]),
            ended=None if row[15] is None else float(row[15]),
            promised=None if row[16] is None else int(row[16]),
        )
    except (ValueError, TypeError, OverflowError):
        return None


def _decode_text(data: bytes) -> Any:
    """Text as SQLite keeps it; bytes that are none stay bytes, and their row stands alone."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _path_value(path: Path) -> str | bytes:
    """A path as SQLite can keep it: also one whose bytes are no UTF-8."""
    text = str(path)
    return os.fsencode(text) if any("\ud800" <= each <= "\udfff" for each in text) else text


def _read_path(value: Any) -> Path:
    return Path(os.fsdecode(value)) if isinstance(value, bytes) else Path(_check_text(value))


def _check_text(value: Any) -> str:
    """Raises TypeError for what is no text."""
    if not isinstance(value, str):
        raise TypeError
    return value


def _error_text(error: DinamisError | None) -> str:
    if error is None:
        return ""
    return json.dumps(
        [error.message, error.remedy, error.code, error.action.value, error.status, error.details]
    )


def _read_error(text: str) -> DinamisError | None:
    if not text:
        return None
    try:
        message, remedy, code, action, status, details = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return DinamisError(tr("This download failed."), tr("Try again."))
    known = {each.value: each for each in Action}
    return DinamisError(
        str(message),
        str(remedy),
        code=str(code),
        action=known.get(action, Action.NONE) if isinstance(action, str) else Action.NONE,
        status=status if isinstance(status, int) else None,
        details=str(details),
    )


def _newer_version(path: Path) -> StorageError:
    return StorageError(
        tr("The list of downloads (“{path}”) was made by a newer version of the plugin.").format(
            path=path
        ),
        tr("It can be looked at; update the plugin to go on with it."),
        code="newer",
        action=Action.NONE,
    )


def _storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    text = str(error)
    full = "full" in text or "disk I/O" in text
    return StorageError(
        tr("The list of downloads could not be written (“{path}”).").format(path=path),
        tr("Free some space on the disk of your QGIS profile, then try again."),
        code="disk-full" if full else "disk",
        action=Action.RETRY,
        details=text,
    )
