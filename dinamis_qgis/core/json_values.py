"""Reading other people's JSON: whatever is missing, of the wrong type or out of range is None,
empty, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any

from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from dinamis_qgis.core.geo import extent_polygon, wrap
from dinamis_qgis.core.net.urls import find_address

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(?:[Zz]|([+-])(\d\d):?(\d\d))?)?"
)

_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[1-5]?\d{1,4})?/[A-Za-z0-9_/.,=%~+-]*")
"""What needs no taking apart: most addresses, and the taking apart is half the cost of reading an
item.
"""


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """``value`` when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """``value`` when it is a string, without surrounding blanks, else empty."""
    return value.strip() if isinstance(value, str) else ""


def texts(value: Any) -> tuple[str, ...]:
    """The non-empty strings of a list."""
    return tuple(text(x) for x in sequence(value) if text(x))


def number(value: Any, low: float = float("-inf"), high: float = float("inf")) -> float | None:
    """A finite number from ``low`` to ``high``, also when written as a string; else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) and low <= found <= high else None


def moment(value: Any) -> datetime | None:
    """An RFC 3339 date or date and time as an aware UTC datetime; without an offset it is taken as
    UTC.
    """
    match = _MOMENT.fullmatch(text(value))
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, sign, off_hours, off_minutes = match.groups()
    try:
        found = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59),
            int((fraction or "0")[:6].ljust(6, "0")),
            timezone.utc,
        )
        offset = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
        return found + offset if sign == "-" else found - offset
    except (ValueError, OverflowError):
        return None


def address(value: Any, base: str) -> str:
    """An absolute http(s) URL without user information, relative ones resolved on ``base``; else
    empty.
    """
    href = text(value)
    if not href or (_PLAIN_ADDRESS.fullmatch(href) and "/." not in href):
        return href
    found = find_address(href, base)
    return found.text if found else ""


def protected(url: str, base: str) -> str:
    """``url`` as it may be followed from ``base``: never from https to http.

    Empty where that leads elsewhere.

    Services behind a proxy that ends TLS often write their own addresses with http: the origin is
    then that of ``base``.
    """
    before, after = find_address(base), find_address(url)
    if after is None:
        return ""
    if before is None or before.scheme != "https" or after.scheme == "https":
        return url
    same = after.host == before.host
    return replace(after, scheme="https", port=before.port).text if same else ""


def footprint(geometry: Any, bbox: Any = None) -> BaseGeometry | None:
    """A scene's valid polygon or multipolygon in EPSG:4326 out of GeoJSON, or out of ``bbox`` when
    the geometry is no use.

    No scene is wider than half the Earth: one that seems so, or goes beyond ±180, lies across the
    antimeridian, and is cut there.
    """
    found = area(geometry)
    if found is not None:
        west, _, east, _ = found.bounds
        if east - west <= 180 and west >= -180 and east <= 180:
            return found
        found = wrap(found)
        return _sane(found if found.is_valid else found.buffer(0))
    values = [number(x) for x in sequence(bbox)]
    if len(values) == 6:
        values = values[:2] + values[3:5]
    if len(values) != 4 or None in values:
        return None
    west, south, east, north = (float(x or 0.0) for x in values)
    if west > east:  # RFC 7946: across the antimeridian
        return _sane(extent_polygon(west, south, east, north))
    return _sane(box(west, south, east, north))


def area(geometry: Any) -> BaseGeometry | None:
    """A valid polygon or multipolygon, flat, out of GeoJSON as it is written."""
    if mapping(geometry).get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        found = shape(geometry)
        if found.has_z:
            found = transform(lambda x, y, _: (x, y), found)
        if not found.is_valid:
            found = found.buffer(0)
    except Exception:  # noqa: BLE001 - shapely raises a dozen kinds on broken coordinates, by version
        return None
    return _sane(found)


def _sane(found: BaseGeometry) -> BaseGeometry | None:
    """``found`` when it has an area and lies on the Earth."""
    if found.is_empty or found.geom_type not in ("Polygon", "MultiPolygon") or not found.area > 0:
        return None
    west, south, east, north = found.bounds
    return found if west >= -360 and east <= 360 and south >= -90 and north <= 90 else None
