"""Requests as rows of the register: its columns, and the way to plain data and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from dinamis_qgis.core.geo import size_km2
from dinamis_qgis.core.tasking.model import DRAFT, Draft, Link, Request, Status, now
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


def text(moment: datetime | None) -> str | None:
    """GeoPackage's DATETIME: UTC, milliseconds, Z."""
    if moment is None:
        return None
    utc = moment.astimezone(timezone.utc)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def moment(text: str | None) -> datetime | None:
    """A DATETIME column, also as QGIS or a person may have written it; None when it cannot be
    read.
    """
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


def status(row: sqlite3.Row) -> Status:
    """A step of the history."""
    return Status(
        row["state"], moment(row["at"]) or now(), row["reason_code"] or "", row["reason"] or ""
    )


def values(request: Request) -> dict[str, Any]:
    """The columns of a draft."""
    draft = request.draft
    size = size_km2(draft.area)
    return {
        "reference": request.reference,
        "profile": request.profile,
        "geom": geopackage.to_blob(draft.area),
        "title": draft.title,
        "state": request.state,
        "state_since": text(request.changed),
        "product": draft.product,
        "mode": draft.mode,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "area_km2": None if size is None else round(size, 4),
        "need": draft.need,
        "purpose": draft.purpose,
        "created": text(request.created),
        "changed": text(request.changed),
        "unread": 0,
        "max_age_days": draft.max_age_days,
        "queued": int(request.queued),
        "account": request.account,
        "entity": request.entity,
    }


def request(row: sqlite3.Row, history: tuple[Status, ...]) -> Request:
    """A request of a row and its history."""
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
        max_age_days=row["max_age_days"],
    )
    return Request(
        reference=row["reference"],
        profile=row["profile"] or "",
        draft=draft,
        state=row["state"] or DRAFT,
        created=moment(row["created"]) or now(),
        changed=moment(row["changed"]) or now(),
        order_id=row["order_id"] or "",
        account=row["account"] or "",
        entity=row["entity"] or "",
        attempted=moment(row["attempted"]),
        history=history,
        links=_links(row["links"]),
        delivered=_delivered(row["delivered"]),
        checked=moment(row["checked"]),
        unread=bool(row["unread"]),
        queued=bool(row["queued"]),
        joined=bool(row["joined"]),
        remind=_day(row["remind"]),
        known=_known(row["known_orders"]),
    )


def _known(text: Any) -> frozenset[str] | None:
    """Orders that were there before; None where it is not known, or no longer."""
    found = _list(text)
    return frozenset(str(each) for each in found) if found is not None else None


def _links(text: Any) -> tuple[Link, ...]:
    found = [each for each in _list(text) or [] if isinstance(each, list) and 2 <= len(each) <= 5]
    return tuple(Link(*(str(value) for value in each)) for each in found)


def _delivered(text: Any) -> tuple[tuple[str, str, str], ...]:
    found = [each for each in _list(text) or [] if isinstance(each, list) and len(each) == 3]
    return tuple((str(a), str(b), str(c)) for a, b, c in found)


def _list(text: Any) -> list[Any] | None:
    """A JSON list; None for anything else somebody may have written there."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
