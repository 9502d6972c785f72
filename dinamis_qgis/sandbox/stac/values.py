"""Geometries and instants as a STAC or STAPI request gives them: checked, or a 400 with a
sentence.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timezone
from typing import Any

from dinamis_qgis.sandbox.web.web import HttpProblem

_RFC3339 = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_KINDS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


def malformed_search(text: str) -> HttpProblem:
    """The 400 of a malformed search."""
    return HttpProblem(400, text)


def is_number(value: Any) -> bool:
    """Whether a JSON value is a finite number of a plausible size."""
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and abs(value) < 1e9
        and math.isfinite(value)
    )


def check_geometry(value: Any) -> dict[str, Any]:
    """A GeoJSON geometry with finite coordinates in range and closed rings.

    Raises HttpProblem 400.
    """
    if not isinstance(value, dict):
        raise malformed_search("The geometry must be a GeoJSON geometry.")
    kind = value.get("type")
    if kind == "GeometryCollection":
        parts = value.get("geometries")
        if (
            not isinstance(parts, list)
            or not parts
            or any(isinstance(p, dict) and p.get("type") == kind for p in parts)
        ):
            raise malformed_search("geometries must be a list of simple geometries.")
        return {"type": kind, "geometries": [check_geometry(part) for part in parts]}
    if not isinstance(kind, str) or kind not in _KINDS:
        raise malformed_search("The geometry has no known GeoJSON type.")
    _check_positions(value.get("coordinates"), _KINDS[kind], kind)
    return {"type": kind, "coordinates": value["coordinates"]}


def _check_positions(value: Any, depth: int, kind: str) -> None:
    if depth == 0:
        if (
            not isinstance(value, list)
            or len(value) not in (2, 3)
            or not all(is_number(v) for v in value)
            or abs(value[0]) > 180
            or abs(value[1]) > 90
        ):
            raise malformed_search(
                "The geometry holds a position that is not longitude and latitude in degrees."
            )
        return
    if not isinstance(value, list) or not value:
        raise malformed_search("The geometry's coordinates are not nested as its type wants.")
    for part in value:
        _check_positions(part, depth - 1, kind)
    if (
        kind in ("Polygon", "MultiPolygon")
        and depth == 1
        and (len(value) < 4 or value[0][:2] != value[-1][:2])
    ):
        raise malformed_search(
            "A polygon's ring needs at least four positions, the last equal to the first."
        )


def parse_instant(text: str) -> datetime:
    """An RFC 3339 date-time, with its zone: a day alone is none. Raises HttpProblem 400."""
    match = _RFC3339.fullmatch(text)
    if not match:
        raise malformed_search(f"datetime: {text!r} is not an RFC 3339 date and time.")
    day, hour, fraction, zone = match.groups()
    zone = "+00:00" if zone in "Zz" else zone
    micro = (fraction or ".")[1:7].ljust(6, "0")
    try:
        return datetime.fromisoformat(f"{day}T{hour}.{micro}{zone}").astimezone(timezone.utc)
    except (ValueError, OverflowError) as error:
        raise malformed_search(f"datetime: {text!r} is not a possible date and time.") from error


def parse_interval(value: Any) -> tuple[datetime | None, datetime | None]:
    """An instant or an interval, open (``..`` or empty) at either end but not both.

    Raises HttpProblem 400.
    """
    if not isinstance(value, str) or value.count("/") > 1 or not value.strip():
        raise malformed_search("datetime must be an instant or an interval.")
    if "/" not in value:
        return parse_instant(value), parse_instant(value)
    start, end = (None if part.strip() in ("", "..") else part for part in value.split("/"))
    if start is None and end is None:
        raise malformed_search("datetime: an interval cannot be open at both ends.")
    low = parse_instant(start) if start is not None else None
    high = parse_instant(end) if end is not None else None
    if low is not None and high is not None and low > high:
        raise malformed_search("datetime: the interval ends before it starts.")
    return low, high
