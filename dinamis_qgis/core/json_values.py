"""Reading other people's JSON: whatever is missing, of the wrong type or out of range is None,
empty, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any

from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from dinamis_qgis.core.geo import extent_polygon, wrap_longitudes
from dinamis_qgis.core.net.urls import find_address

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(?:[Zz]|([+-])(\d\d):?(\d\d))?)?"
)

MOST_TEXT = 2000
"""Characters of a title, a name, an id: no service that people can use has more."""
MOST_ADDRESS = 16_000
MOST_TEXTS = 1000
MOST_VERTICES = 5000
"""Of a scene's outline: it is drawn, and compared with others."""
_BLANKS = re.compile(r"[\t\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAPS = re.compile(rf"({_MARK}{{3}}){_MARK}+")

_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[1-5]?\d{1,4})?/[A-Za-z0-9_/.,=%~+-]*")
"""What needs no taking apart: most addresses, and the taking apart is half the cost of reading an
item.
"""


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def read_sequence(value: Any) -> list[Any]:
    """``value`` when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def read_string(value: Any, most: int = MOST_TEXT) -> str:
    """``value`` when it is a string, without surrounding blanks, else empty.

    At most ``most`` characters, without what would make painting it slow or it look like something
    else: control characters, changes of direction, heaps of accents on one letter.
    """
    if not isinstance(value, str):
        return ""
    found = value[:most].strip()
    if found.isascii() and found.isprintable():
        return found
    return _HEAPS.sub(r"\1", _UNSEEN.sub("", _BLANKS.sub(" ", found))).strip()


def read_strings(value: Any) -> tuple[str, ...]:
    """The non-empty strings of a list, at most ``MOST_TEXTS`` of them."""
    return tuple(found for x in read_sequence(value)[:MOST_TEXTS] if (found := read_string(x)))


def related_links(data: Mapping[str, Any], rel: str) -> Iterator[Mapping[str, Any]]:
    """The links of an object with this relation, one among several perhaps."""
    for value in read_sequence(data.get("links")):
        link = mapping(value)
        known = link.get("rel")
        if known == rel or (isinstance(known, list) and rel in known):
            yield link


def read_number(value: Any, low: float = float("-inf"), high: float = float("inf")) -> float | None:
    """A finite number from ``low`` to ``high``, also when written as a string; else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) and low <= found <= high else None


def read_datetime(value: Any) -> datetime | None:
    """An RFC 3339 date or date and time as an aware UTC datetime; without an offset it is taken as
    UTC.
    """
    match = _MOMENT.fullmatch(read_string(value))
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


def read_address(value: Any, base: str) -> str:
    """An absolute http(s) URL without user information, relative ones resolved on ``base``; else
    empty.
    """
    href = read_string(value, MOST_ADDRESS)
    if not href or (_PLAIN_ADDRESS.fullmatch(href) and "/." not in href):
        return href
    found = find_address(href, base)
    return found.text if found else ""


def keep_https(url: str, base: str) -> str:
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


def read_footprint(geometry: Any, bbox: Any = None) -> BaseGeometry | None:
    """A scene's valid polygon or multipolygon in EPSG:4326 out of GeoJSON, or out of ``bbox`` when
    the geometry is no use.

    No scene is wider than half the Earth: one that seems so, or goes beyond ±180, lies across the
    antimeridian, and is cut there.
    """
    found = read_area(_thin_geometry(geometry))
    if found is not None:
        west, _, east, _ = found.bounds
        if east - west <= 180 and west >= -180 and east <= 180:
            return found
        found = wrap_longitudes(found)
        return _sane_area(found if found.is_valid else found.buffer(0))
    values = [read_number(x) for x in read_sequence(bbox)]
    if len(values) == 6:
        values = values[:2] + values[3:5]
    if len(values) != 4 or None in values:
        return None
    west, south, east, north = (float(x or 0.0) for x in values)
    if west > east:  # RFC 7946: across the antimeridian
        return _sane_area(extent_polygon(west, south, east, north))
    return _sane_area(box(west, south, east, north))


def _thin_geometry(geometry: Any) -> Any:
    """A geometry with no more vertices than anybody sees: every so manieth of each ring.

    Simplifying for true costs strangers nothing and us the square of what they send.
    """
    kind, coordinates = mapping(geometry).get("type"), mapping(geometry).get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [coordinates] if kind == "Polygon" else read_sequence(coordinates)
    rings = [ring for part in parts for ring in read_sequence(part) if isinstance(ring, list)]
    total = sum(map(len, rings))
    if total <= MOST_VERTICES:
        return geometry
    if len(rings) > MOST_VERTICES // 10:
        return None
    step = -(-total // (MOST_VERTICES // 2))
    thin = [
        [_every_nth(ring, step) for ring in read_sequence(part) if isinstance(ring, list)]
        for part in parts
    ]
    return {"type": kind, "coordinates": thin[0] if kind == "Polygon" else thin}


def _every_nth(ring: list[Any], step: int) -> list[Any]:
    if len(ring) <= 4 * step:
        step = max(1, len(ring) // 4)
    return [*ring[:-1:step], ring[0]] if ring else ring


def read_area(geometry: Any) -> BaseGeometry | None:
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
    return _sane_area(found)


def _sane_area(found: BaseGeometry) -> BaseGeometry | None:
    """``found`` when it has an area and lies on the Earth."""
    if found.is_empty or found.geom_type not in ("Polygon", "MultiPolygon") or not found.area > 0:
        return None
    west, south, east, north = found.bounds
    return found if west >= -360 and east <= 360 and south >= -90 and north <= 90 else None
