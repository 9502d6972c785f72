"""The relay's register in a schema of a PostGIS database: several people at once, over psycopg2,
which QGIS ships.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shapely import wkb
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import Action, InvalidInput, StorageError
from dinamis_qgis.core.geo import as_area, polygons
from dinamis_qgis.core.relay.register.store import Database, Store, already_there, register_busy
from dinamis_qgis.core.relay.register.tables import Table
from dinamis_qgis.core.text import tr

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_WAITS = "-c lock_timeout=10000 -c statement_timeout=60000 -c timezone=UTC"
_MAKING = 0x44494E41
"""Of the advisory lock under which one client at a time makes the tables."""


class PostgisStore(Store):
    """A register in ``schema``, made at first use.

    ``settings`` are libpq's (``host``, ``port``, ``dbname``, ``user``, ``password``, ``service``…);
    they stay in memory and are never shown.
    """

    dialect = "postgis"

    def __init__(self, settings: Mapping[str, Any], schema: str = "dinamis_relais") -> None:
        super().__init__()
        if not _NAME.fullmatch(schema):
            raise InvalidInput(
                tr("“{schema}” cannot be the name of a schema.").format(schema=schema),
                tr("Use small letters, digits and underscores."),
            )
        self.schema = schema
        self._settings = {"connect_timeout": 8, "options": _WAITS, **settings}
        self._idle: list[Any] = []
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        """Database and schema."""
        named = self._settings.get("dbname") or self._settings.get("service") or "PostgreSQL"
        return f"{named} · {self.schema}"

    def close(self) -> None:
        """Close the connections nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextlib.contextmanager
    def _transaction(self, write: bool) -> Iterator[Database]:
        import psycopg2

        connection = None
        whole = False
        try:
            connection = self._take()
            with connection.cursor() as cursor:
                yield _Postgis(cursor, self.schema)
            connection.commit()
            whole = True
        except psycopg2.Error as error:
            raise _database_error(error) from None
        finally:
            if connection is not None and (whole or _rolled_back(connection)):
                with self._lock:
                    self._idle.append(connection)

    def _take(self) -> Any:
        import psycopg2

        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is not None:
            try:  # a server that was restarted leaves dead connections behind
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                connection.rollback()
                return connection
            except psycopg2.Error:
                connection.close()
        return psycopg2.connect(**self._settings)

    def _make(self, db: Database) -> None:
        db.run(f"SELECT pg_advisory_xact_lock({_MAKING})")
        db.run(f'CREATE SCHEMA IF NOT EXISTS "{self.schema}"')
        if not db.rows("SELECT 1 AS there FROM pg_extension WHERE extname = ?", ("postgis",)):
            raise InvalidInput(
                tr("This database has no PostGIS."),
                tr("Ask whoever runs it to add the PostGIS extension."),
                code="no-postgis",
            )

    def _declare(self, db: Database, table: Table) -> None:
        if table.area:
            db.run(
                f'CREATE INDEX IF NOT EXISTS "{table.name}_{table.area}" ON {db.name(table.name)} '
                f'USING gist ("{table.area}")'
            )


class _Postgis(Database):
    dialect = "postgis"

    def __init__(self, cursor: Any, schema: str) -> None:
        self._cursor, self._schema = cursor, schema

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        self._cursor.execute(sql.replace("?", "%s"), tuple(values))
        names = [column.name for column in self._cursor.description]
        return [dict(zip(names, row)) for row in self._cursor.fetchall()]

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        self._cursor.execute(sql.replace("?", "%s"), tuple(values))
        return int(self._cursor.rowcount)

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        from psycopg2.extras import execute_batch

        execute_batch(self._cursor, sql.replace("?", "%s"), [tuple(v) for v in values])

    def name(self, table: str) -> str:
        return f'"{self._schema}"."{table}"'

    def columns(self, table: str) -> set[str]:
        sql = (
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = ? AND table_name = ?"
        )
        return {row["column_name"] for row in self.rows(sql, (self._schema, table))}

    def area_mark(self) -> str:
        return "ST_GeomFromWKB(?, 4326)"

    def area_read(self, column: str) -> str:
        return f'ST_AsBinary("{column}")'

    def area_value(self, area: BaseGeometry | None) -> Any:
        import psycopg2

        parts = polygons(area)
        return psycopg2.Binary(MultiPolygon(parts).wkb) if parts else None

    def area_of(self, value: Any) -> BaseGeometry | None:
        return as_area(wkb.loads(bytes(value))) if value is not None else None


def _rolled_back(connection: Any) -> bool:
    """Whether the connection can be used again after something went wrong."""
    import psycopg2

    if connection.closed:
        return False
    try:
        connection.rollback()
    except psycopg2.Error:
        connection.close()
        return False
    return True


def _database_error(error: Any) -> StorageError:
    """What the database's complaint means to a person.

    Its text may hold what was written: only its class and code are kept.
    """
    code = getattr(error, "pgcode", None) or ""
    details = f"{type(error).__name__} {code}".strip()
    if code in ("55P03", "57014", "40P01"):
        return register_busy(details)
    if code == "23505":
        return already_there(details)
    if code in ("42501", "25006"):
        return StorageError(
            tr("You are not allowed to write in the relay's database."),
            tr("Ask whoever runs the database for the right to write in the register's schema."),
            code="disk-permission",
            action=Action.NONE,
            details=details,
        )
    if not code or code.startswith(("08", "28", "57", "3D")):
        return StorageError(
            tr("The relay's database cannot be reached."),
            tr("Check the connection in QGIS's data source manager, then try again."),
            code="register-unreachable",
            action=Action.RETRY,
            details=details,
        )
    return StorageError(
        tr("The relay's database refused what was asked."),
        tr("Try again; if it lasts, ask whoever runs the database."),
        code="register",
        action=Action.RETRY,
        details=details,
    )
