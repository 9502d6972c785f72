"""Where a relay's register lies: a GeoPackage on a disk, or a schema of a PostGIS database for
several people at once. One small interface, the same statements for both.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import Action, InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.relay.register.tables import AREA, SQL_TYPES, TABLES, VERSION, Table
from dinamis_qgis.core.tasking.register import geopackage
from dinamis_qgis.core.text import tr

META = "relay_register"
"""One row: the version of the register's form."""


class Database:
    """One transaction: statements with ``?`` for values."""

    dialect = ""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """What a query finds."""
        raise NotImplementedError

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Carry a statement out; how many rows it touched."""
        raise NotImplementedError

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Carry a statement out for each of the values."""
        for row in values:
            self.run(sql, row)

    def name(self, table: str) -> str:
        """A table's name as statements write it."""
        return f'"{table}"'

    def columns(self, table: str) -> set[str]:
        """The columns there are; empty where there is no such table."""
        raise NotImplementedError

    def area_mark(self) -> str:
        """The ``?`` of a polygon."""
        return "?"

    def area_read(self, column: str) -> str:
        """The expression that reads a polygon."""
        return f'"{column}"'

    def area_value(self, area: BaseGeometry | None) -> Any:
        """A polygon as a value."""
        return geopackage.to_blob(area)

    def area_of(self, value: Any) -> BaseGeometry | None:
        """A value read as a polygon."""
        return geopackage.from_blob(value)

    def touch(self, table: str) -> None:
        """Tell that a table has changed."""


class Store:
    """The place of a register. Thread-safe; every transaction is whole or not at all.

    ``newer`` is True once a register of a later version was met: it is read, never written.
    """

    dialect = ""

    def __init__(self) -> None:
        self.newer = False
        self._ready = False
        self._preparing = threading.Lock()
        self.present: dict[str, set[str]] = {}
        """The columns each table really has."""

    @property
    def place(self) -> str:
        """Where it is, as people read it; nothing secret."""
        raise NotImplementedError

    @contextlib.contextmanager
    def reading(self) -> Iterator[Database]:
        """A transaction that reads. Raises StorageError."""
        self._prepare()
        with self._transaction(write=False) as db:
            yield db

    @contextlib.contextmanager
    def writing(self) -> Iterator[Database]:
        """A transaction that writes, kept when it returns.

        Raises StorageError; code ``register-newer`` when the register is a later plugin's.
        """
        self._prepare()
        if self.newer:
            raise StorageError(
                tr("This register was made by a newer version of the plugin: it can only be read."),
                tr("Update the DINAMIS plugin."),
                code="register-newer",
                action=Action.NONE,
            )
        with self._transaction(write=True) as db:
            yield db

    def close(self) -> None:
        """Let go of connections."""

    def _transaction(self, write: bool) -> contextlib.AbstractContextManager[Database]:
        raise NotImplementedError

    def _make(self, db: Database) -> None:
        """What the place needs before the tables."""

    def _declare(self, db: Database, table: Table) -> None:
        """What a new table needs beside its columns."""

    def _keep_copy(self) -> None:
        """Before a register of an older version is changed."""

    def _can_make(self) -> bool:
        return True

    def _prepare(self) -> None:
        with self._preparing:
            if self._ready:
                return
            with self._transaction(write=False) as db:
                version = _schema_version(db)
            self.newer = version is not None and version > VERSION
            if version != VERSION and not self.newer and self._can_make():
                if version is not None:
                    self._keep_copy()
                with self._transaction(write=True) as db:
                    self._make(db)
                    found = _schema_version(db)
                    if found is None or found < VERSION:
                        self._bring_up(db, found is None)
            with self._transaction(write=False) as db:
                self.present = {table.name: db.columns(table.name) for table in TABLES}
            self._ready = True

    def _bring_up(self, db: Database, new: bool) -> None:
        """Make what is missing; a place that holds other things under these names is refused."""
        types = SQL_TYPES[self.dialect]
        for table in TABLES:
            there = db.columns(table.name)
            if new and there:
                raise InvalidInput(
                    tr("“{place}” already holds other tables: it is no relay register.").format(
                        place=self.place
                    ),
                    tr("Choose another place for the register."),
                    code="register-other",
                )
            definitions = {name: types[kind] for name, kind in table.columns.items()}
            if not there:
                self._create(db, table, definitions)
            for name, definition in definitions.items():
                if there and name not in there:
                    db.run(f'ALTER TABLE {db.name(table.name)} ADD COLUMN "{name}" {definition}')
            self._declare(db, table)
        if new:
            db.run(f"CREATE TABLE {db.name(META)} (version INTEGER NOT NULL)")
            db.run(" ".join(["INSERT INTO", db.name(META), "VALUES (?)"]), (VERSION,))
        else:
            db.run(" ".join(["UPDATE", db.name(META), "SET version = ?"]), (VERSION,))

    def _create(self, db: Database, table: Table, definitions: dict[str, str]) -> None:
        parts = [f'"{name}" {definition}' for name, definition in definitions.items()]
        keys = ", ".join(f'"{name}"' for name in table.key)
        serial = {"sqlite": "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}.get(
            self.dialect, "fid serial PRIMARY KEY"
        )
        uniques = [f"UNIQUE ({keys})"]
        uniques += [
            f"UNIQUE ({', '.join(chr(34) + c + chr(34) for c in names)})" for names in table.unique
        ]
        whole = ", ".join([serial, *parts, *uniques])
        db.run(f"CREATE TABLE {db.name(table.name)} ({whole})")
        for column in table.indexed:
            db.run(f'CREATE INDEX "{table.name}_{column}" ON {db.name(table.name)} ("{column}")')


def _schema_version(db: Database) -> int | None:
    if not db.columns(META):
        return None
    found = db.rows(" ".join(["SELECT version FROM", db.name(META)]))
    return int(found[0]["version"]) if found else None


class GeoPackageStore(Store):
    """A register in the GeoPackage ``path``, made at first use; ``read_only`` never changes it."""

    dialect = "sqlite"

    def __init__(self, path: Path, *, read_only: bool = False, wait_s: float = 10.0) -> None:
        super().__init__()
        self.path, self.read_only, self.wait_s = path, read_only, wait_s

    @property
    def place(self) -> str:
        """The file's path."""
        return str(self.path)

    @contextlib.contextmanager
    def _transaction(self, write: bool) -> Iterator[Database]:
        try:
            connection = self._connect(write)
            try:
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                yield _Sqlite(connection)
                connection.execute("COMMIT")
            finally:
                connection.close()  # an open transaction is rolled back
        except sqlite3.Error as error:
            raise sqlite_error(error, self.path) from error
        except OSError as error:
            raise from_os_error(error, self.path) from error

    def _connect(self, write: bool) -> sqlite3.Connection:
        if self.read_only or (write and self.path.exists() and not os.access(self.path, os.W_OK)):
            if write:
                raise PermissionError(13, "read-only")
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=self.wait_s,
                isolation_level=None,
            )  # fmt: skip
            connection.row_factory = sqlite3.Row
            return connection
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return geopackage.connect_geopackage(self.path, self.wait_s)

    def _can_make(self) -> bool:
        return not self.read_only

    def _make(self, db: Database) -> None:
        if isinstance(db, _Sqlite):
            others = db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if others and not db.columns("gpkg_contents"):
                raise InvalidInput(
                    tr("“{place}” already holds other tables: it is no relay register.").format(
                        place=self.place
                    ),
                    tr("Choose another place for the register."),
                    code="register-other",
                )
            geopackage.prepare_tables(db.connection)

    def _declare(self, db: Database, table: Table) -> None:
        if isinstance(db, _Sqlite):
            geopackage.declare_contents(db.connection, table.name, table.name, table.area)

    def _keep_copy(self) -> None:
        copy = self.path.with_name(f"{self.path.stem}.before-version-{VERSION}{self.path.suffix}")
        try:
            with (
                contextlib.closing(geopackage.connect_geopackage(self.path, self.wait_s)) as source,
                contextlib.closing(sqlite3.connect(str(copy))) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            raise sqlite_error(error, copy) from error


class _Sqlite(Database):
    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return [dict(row) for row in self.connection.execute(sql, tuple(values))]

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        return self.connection.execute(sql, tuple(values)).rowcount

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        self.connection.executemany(sql, values)

    def columns(self, table: str) -> set[str]:
        return {row["name"] for row in self.rows(f'PRAGMA table_info("{table}")')}

    def touch(self, table: str) -> None:
        geopackage.touch_contents(self.connection, table)


def column_list(db: Database, table: Table, present: set[str], *, areas: bool) -> str:
    """The columns to read: those the register has; polygons only when asked for."""
    names = []
    for name, kind in table.columns.items():
        if name not in present or (kind == AREA and not areas):
            continue
        names.append(f'{db.area_read(name)} AS "{name}"' if kind == AREA else f'"{name}"')
    return ", ".join(names)


def sqlite_error(error: sqlite3.Error, path: Path) -> StorageError:
    """What sqlite's complaint about a register means to a person."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return register_busy(str(error))
    if isinstance(error, sqlite3.IntegrityError):
        return already_there(type(error).__name__)
    if "full" in text:
        return from_os_error(OSError(28, str(error)), path)
    if "readonly" in text or "unable to open" in text:
        return from_os_error(PermissionError(13, str(error)), path)
    return StorageError(
        tr("The relay register “{path}” is damaged and cannot be read.").format(path=path),
        tr("Put a saved copy of it back in its place, or choose another register in the options."),
        code="register",
        action=Action.OPEN_OPTIONS,
        details=str(error),
    )


def register_busy(details: str) -> StorageError:
    """Another program keeps the register to itself."""
    return StorageError(
        tr("The relay register is in use by another program."),
        tr("Stop editing it there, then try again."),
        code="busy",
        action=Action.RETRY,
        details=details,
    )


def already_there(details: str) -> StorageError:
    """Somebody has just put the same thing in."""
    return StorageError(
        tr("The same thing has just been added by somebody else."),
        tr("Look at the list again."),
        code="register-taken",
        action=Action.NONE,
        details=details,
    )
