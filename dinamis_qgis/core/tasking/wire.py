"""Reading what STAPI services write: links, statuses, opportunities.

What cannot be read counts as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.json_values import read_datetime
from dinamis_qgis.core.tasking.channel import Opportunity
from dinamis_qgis.core.tasking.model import Link, Status


def read_links(data: Mapping[str, Any]) -> list[Link]:
    """The links of an object that have an address."""
    found = data.get("links")
    items = [x for x in found if isinstance(x, dict)] if isinstance(found, list) else []
    return [
        Link(
            str(rel),
            x["href"],
            *(str(x.get(name) or "") for name in ("type", "title", "method")),
        )
        for x in items
        if isinstance(x.get("href"), str)
        for rel in (x["rel"] if isinstance(x.get("rel"), list) else [x.get("rel", "")])
    ]


def read_status(data: Mapping[str, Any], fallback: datetime | None) -> Status:
    """A status; one without a readable time gets the order's, so that it stays the same step at
    every look.
    """
    at = (
        read_datetime(data.get("timestamp"))
        or fallback
        or datetime(1970, 1, 1, tzinfo=timezone.utc)
    )
    return Status(
        str(data.get("status_code", "")),
        at,
        str(data.get("reason_code") or ""),
        str(data.get("reason_text") or ""),
    )


def read_opportunity(data: Mapping[str, Any]) -> Opportunity | None:
    """A chance to acquire; None without an interval."""
    facts = data.get("properties")
    facts = facts if isinstance(facts, dict) else {}
    start, end = read_interval(facts.get("datetime"))
    return (
        Opportunity(start, end, read_geometry(data.get("geometry")), facts)
        if start and end
        else None
    )


def read_interval(value: Any) -> tuple[datetime | None, datetime | None]:
    """Both ends of ``start/end``."""
    first, _, last = value.partition("/") if isinstance(value, str) else ("", "", "")
    return read_datetime(first), read_datetime(last)


def read_geometry(value: Any) -> BaseGeometry | None:
    """A GeoJSON geometry."""
    try:
        return shape(value) if isinstance(value, dict) else None
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        OverflowError,
        AssertionError,
        ShapelyError,
    ):
        return None
