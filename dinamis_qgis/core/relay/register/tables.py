"""The tables of the relay's register, and its values on the way to a database and back.

The kinds of columns are few, so that a GeoPackage and PostGIS hold the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from datetime import date, datetime, timezone
from typing import Any

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.relay import model

VERSION = 1
"""Of the register's form. A register of a higher one is read and never written."""

TEXT, INTEGER, REAL, BOOLEAN, MOMENT, DAY, WORDS, AREA = (
    "text", "integer", "real", "boolean", "moment", "day", "words", "area",
)  # fmt: skip
_KINDS = {
    "str": TEXT,
    "int": INTEGER,
    "int | None": INTEGER,
    "float | None": REAL,
    "bool": BOOLEAN,
    "datetime": MOMENT,
    "datetime | None": MOMENT,
    "date | None": DAY,
    "tuple[str, ...]": WORDS,
    "BaseGeometry | None": AREA,
}
_SQLITE = ("TEXT", "INTEGER", "REAL", "BOOLEAN", "DATETIME", "DATE", "TEXT", "MULTIPOLYGON")
_POSTGIS = (
    "text", "integer", "double precision", "boolean", "timestamptz", "date", "text",
    "geometry(MultiPolygon, 4326)",
)  # fmt: skip
_ORDER = (TEXT, INTEGER, REAL, BOOLEAN, MOMENT, DAY, WORDS, AREA)
SQL_TYPES: Mapping[str, Mapping[str, str]] = {
    "sqlite": dict(zip(_ORDER, _SQLITE)),
    "postgis": dict(zip(_ORDER, _POSTGIS)),
}


@dataclass(frozen=True)
class Table:
    """A table: ``kind`` is the class of its rows, ``key`` what tells one from another."""

    name: str
    kind: type[Any]
    key: tuple[str, ...] = ("id",)
    unique: tuple[tuple[str, ...], ...] = ()
    indexed: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The columns and their kinds, in the order of the class's fields."""
        fields: Mapping[str, Any] = self.kind.__dataclass_fields__
        return {name: _KINDS[str(field.type)] for name, field in fields.items()}

    @property
    def area(self) -> str:
        """The column of polygons, or empty."""
        return next((name for name, kind in self.columns.items() if kind == AREA), "")

    @property
    def versioned(self) -> bool:
        """Whether its rows count their changes."""
        return "version" in self.columns


@dataclass(frozen=True)
class AccountAction:
    """Something the relay decided on an account, from the decision to the service's word.

    ``state``: ``planned``, ``sending``, ``done``, ``failed``. ``values`` is JSON.
    """

    id: str
    account_id: str
    action: str
    state: str
    planned: datetime
    by: str = ""
    batch: str = ""
    reason: str = ""
    remark: str = ""
    values: str = ""
    attempted: datetime | None = None
    ended: datetime | None = None
    error: str = ""


ENTITY = Table("entity", model.Entity, indexed=("state", "siren"))
STEP = Table("adhesion_step", model.AdhesionStep, indexed=("entity_id",))
ACCOUNT = Table("account", model.Person, unique=(("username",),), indexed=("entity_id", "state"))
ACTION = Table("account_action", AccountAction, indexed=("account_id", "state"))
ACTIVITY = Table("activity", model.Activity, key=("entity_id", "month", "source"))
REQUEST = Table("partner_request", model.PartnerRequest, indexed=("entity_id",))
TABLES = (ENTITY, STEP, ACCOUNT, ACTION, ACTIVITY, REQUEST)


def plain_value(value: Any, kind: str) -> Any:
    """A field as a value both databases take; moments in UTC.

    Areas are left to the store.
    """
    if value is None:
        return None
    if kind == WORDS:
        return json.dumps(list(value), ensure_ascii=False)
    if kind == MOMENT:
        utc = value.astimezone(timezone.utc)
        return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
    if kind == DAY:
        return value.isoformat()
    if kind == TEXT:  # what neither database can hold
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return value


def field_value(value: Any, kind: str) -> Any:
    """A value of a database as the field's own type, also as a person may have written it."""
    readers: Mapping[str, Callable[[Any], Any]] = {
        TEXT: str,
        INTEGER: int,
        REAL: float,
        BOOLEAN: bool,
        MOMENT: _read_moment,
        DAY: _read_day,
        WORDS: _read_words,
    }
    if value is None or isinstance(value, BaseGeometry):
        return value
    try:
        return readers[kind](value)
    except (ValueError, TypeError, OverflowError):
        return None


def row_object(table: Table, row: Mapping[str, Any]) -> Any:
    """A row as the table's class; what is missing or unreadable is the field's default."""
    values = {}
    for name, kind in table.columns.items():
        found = field_value(row.get(name), kind)
        if found is not None:
            values[name] = found
    fields: Mapping[str, Any] = table.kind.__dataclass_fields__
    for name in table.columns:
        if fields[name].default is MISSING and name not in values:
            values[name] = model.now_utc() if table.columns[name] == MOMENT else ""
    return table.kind(**values)


def _read_moment(value: Any) -> datetime | None:
    moment = (
        value
        if isinstance(value, datetime)
        else datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    )
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def _read_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _read_words(value: Any) -> tuple[str, ...] | None:
    found = json.loads(value) if isinstance(value, str) else value
    return tuple(x for x in found if isinstance(x, str)) if isinstance(found, list) else None
