"""Requests as rows of the register: its columns, and the way to plain data and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from dinamis_qgis.core.geo import size_km2
from dinamis_qgis.core.tasking.model import DRAFT, Draft, Link, Request, Status, now_utc
from dinamis_qgis.core.tasking.register import geopackage

COLUMNS: Mapping[str, str] = {
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
    "max_age_days": "INTEGER",
    "queued": "BOOLEAN",
    "joined": "BOOLEAN",
    "remind": "DATE",
    "known_orders": "TEXT",
}


UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What a row raises that somebody else has written."""


def format_moment(moment: datetime | None) -> str | None:
    """GeoPackage's DATETIME: UTC, milliseconds, Z."""
    if moment is None:
        return None
    utc = moment.astimezone(timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def parse_moment(text: str | None) -> datetime | None:
    """A DATETIME column, also as QGIS or a person may have written it; None when it cannot be
    read.
    """
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment and moment.tzinfo is None else moment


def _parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def status_from_row(row: sqlite3.Row) -> Status:
    """A step of the history."""
    return Status(
        row["state"],
        parse_moment(row["at"]) or now_utc(),
        row["reason_code"] or "",
        row["reason"] or "",
    )


def draft_columns(request: Request) -> dict[str, Any]:
    """The columns of a draft."""
    draft = request.draft
    size = size_km2(draft.area)
    return {
        "reference": request.reference,
        "profile": request.profile,
        "geom": geopackage.to_blob(draft.area),
        "title": draft.title,
        "state": request.state,
        "state_since": format_moment(request.changed),
        "product": draft.product,
        "mode": draft.mode,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "area_km2": None if size is None else round(size, 4),
        "need": draft.need,
        "purpose": draft.purpose,
        "created": format_moment(request.created),
        "changed": format_moment(request.changed),
        "unread": 0,
        "max_age_days": draft.max_age_days,
        "queued": int(request.queued),
        "account": request.account,
        "entity": request.entity,
    }


def request_from_row(row: sqlite3.Row, history: tuple[Status, ...]) -> Request:
    """A request of a row and its history; columns an older register lacks are empty.

    Raises one of ``UNREADABLE``.
    """
    values = _RegisterRow(row)
    draft = Draft(
        area=geopackage.from_blob(values["geom"]),
        product=values["product"] or "",
        start=_parse_day(values["start"]),
        end=_parse_day(values["end"]),
        max_cloud=values["max_cloud"],
        max_incidence=values["max_incidence"],
        mode=values["mode"] or "",
        title=values["title"] or "",
        purpose=values["purpose"] or "",
        need=values["need"] or "",
        max_age_days=values["max_age_days"],
    )
    return Request(
        reference=values["reference"],
        profile=values["profile"] or "",
        draft=draft,
        state=values["state"] or DRAFT,
        created=parse_moment(values["created"]) or now_utc(),
        changed=parse_moment(values["changed"]) or now_utc(),
        order_id=values["order_id"] or "",
        account=values["account"] or "",
        entity=values["entity"] or "",
        attempted=parse_moment(values["attempted"]),
        history=history,
        links=_read_links(values["links"]),
        delivered=_read_delivered(values["delivered"]),
        checked=parse_moment(values["checked"]),
        unread=bool(values["unread"]),
        queued=bool(values["queued"]),
        joined=bool(values["joined"]),
        remind=_parse_day(values["remind"]),
        known=_known_orders(values["known_orders"]),
    )


class _RegisterRow:
    """A row, each value of the type its column should have. Raises TypeError for another."""

    def __init__(self, row: sqlite3.Row) -> None:
        self._row = row
        self._names = frozenset(row.keys())

    def __getitem__(self, name: str) -> Any:
        value = self._row[name] if name in self._names else None
        kind = COLUMNS[name].split()[0]
        kinds = _TYPES.get(kind)
        if value is not None and kinds is not None and not isinstance(value, kinds):
            raise TypeError(name)
        return value


_TYPES: Mapping[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "DATE": (str,),
    "DATETIME": (str,),
    "REAL": (int, float),
    "INTEGER": (int,),
    "BOOLEAN": (int,),
    "MULTIPOLYGON": (bytes,),
}


def _known_orders(text: Any) -> frozenset[str] | None:
    """Orders that were there before; None where it is not known, or no longer."""
    found = _read_list(text)
    return frozenset(str(each) for each in found) if found is not None else None


def _read_links(text: Any) -> tuple[Link, ...]:
    found = [
        each for each in _read_list(text) or [] if isinstance(each, list) and 2 <= len(each) <= 5
    ]
    return tuple(Link(*(str(value) for value in each)) for each in found)


def _read_delivered(text: Any) -> tuple[tuple[str, str, str], ...]:
    found = [each for each in _read_list(text) or [] if isinstance(each, list) and len(each) == 3]
    return tuple((str(a), str(b), str(c)) for a, b, c in found)


def _read_list(text: Any) -> list[Any] | None:
    """A JSON list; None for anything else somebody may have written there."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
