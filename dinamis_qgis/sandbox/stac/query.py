"""Reading and running a STAC search: every malformed parameter is a 400 with a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Callable

from dinamis_qgis.sandbox.stac.values import (
    check_geometry,
    is_number,
    malformed_search,
    parse_instant,
    parse_interval,
)

MAX_LIMIT = 10000
DEFAULT_LIMIT = 10


@dataclass
class SearchRequest:
    """A search as understood."""

    collections: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """West, south, east, north; two when the box crosses the antimeridian."""
    geometry: dict[str, Any] | None = None
    start: datetime | None = None
    end: datetime | None = None
    limit: int = DEFAULT_LIMIT
    sort: list[tuple[str, bool]] = field(default_factory=list)
    """Property and whether descending."""
    query: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: tuple[str, str] | None = None


def from_query(query: Mapping[str, Sequence[str]]) -> SearchRequest:
    """A GET search. Raises HttpProblem 400."""
    body: dict[str, Any] = {}
    for name in ("collections", "ids"):
        if query.get(name):
            body[name] = [part for value in query[name] for part in value.split(",") if part]
    for name, read in _TEXTS.items():
        text = _first_value(query, name)
        if text:
            body[name] = read(name, text)
    return from_body(body)


def _read_numbers(name: str, text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as error:
        raise malformed_search(f"{name} must be numbers separated by commas.") from error


def _read_integer(name: str, text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,15}", text):
        raise malformed_search(f"{name} must be an integer.")
    return int(text)


def _first_value(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name)
    return values[0].strip() if values else ""


def _read_json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise malformed_search(f"{name} must be JSON.") from error


def _sort_text(part: str) -> dict[str, str]:
    part = part.strip() if part.strip() else part
    return {"field": part.lstrip("+-"), "direction": "desc" if part.startswith("-") else "asc"}


_TEXTS: dict[str, Callable[[str, str], Any]] = {
    "bbox": _read_numbers,
    "intersects": _read_json,
    "query": _read_json,
    "sortby": lambda name, text: [_sort_text(part) for part in text.split(",") if part.strip()],
    "limit": _read_integer,
    "datetime": lambda name, text: text,
    "token": lambda name, text: text,
}
"""How each parameter of a GET search is written."""


def from_body(body: Any) -> SearchRequest:
    """A POST search. Raises HttpProblem 400."""
    if body is None:
        body = {}
    if not isinstance(body, dict):
        raise malformed_search("The body must be a JSON object.")
    search = SearchRequest()
    search.collections, search.ids = _read_texts(body, "collections"), _read_texts(body, "ids")
    if body.get("bbox") is not None and body.get("intersects") is not None:
        raise malformed_search("bbox and intersects cannot be given together.")
    if body.get("bbox") is not None:
        search.boxes = _read_boxes(body["bbox"])
    if body.get("intersects") is not None:
        search.geometry = check_geometry(body["intersects"])
    if body.get("datetime") is not None:
        search.start, search.end = parse_interval(body["datetime"])
    search.limit = _read_limit(body.get("limit"))
    search.sort = _read_sort(body.get("sortby"))
    search.query = _read_query(body.get("query"))
    if body.get("token") is not None:
        search.token = _read_token(body["token"])
    return search


def _read_texts(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise malformed_search(f"{name} must be a list of texts.")
    return value


def _read_boxes(value: Any) -> list[tuple[float, float, float, float]]:
    if (
        not isinstance(value, list)
        or len(value) not in (4, 6)
        or not all(is_number(v) for v in value)
    ):
        raise malformed_search("bbox must hold 4 or 6 numbers.")
    half = len(value) // 2
    west, south, east, north = (
        float(value[0]),
        float(value[1]),
        float(value[half]),
        float(value[half + 1]),
    )
    if south > north:
        raise malformed_search("bbox: south is greater than north.")
    if half == 3 and value[2] > value[5]:
        raise malformed_search("bbox: the lowest height is greater than the highest.")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):
        raise malformed_search("bbox is out of longitudes -180 to 180 or latitudes -90 to 90.")
    if west > east:  # GeoJSON, RFC 7946 5.2: the box crosses the antimeridian
        return [(west, south, 180.0, north), (-180.0, south, east, north)]
    return [(west, south, east, north)]


def _read_limit(value: Any) -> int:
    if value is None:
        return DEFAULT_LIMIT
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 10**15:
        raise malformed_search("limit must be an integer of at least 1, and a plausible one.")
    return min(value, MAX_LIMIT)  # OGC API Features, 7.15.3: more than the most is the most


def _read_sort(value: Any) -> list[tuple[str, bool]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise malformed_search("sortby must be a list.")
    keys = []
    for part in value:
        if (
            not isinstance(part, dict)
            or not isinstance(part.get("field"), str)
            or not part["field"]
            or part.get("direction", "asc") not in ("asc", "desc")
        ):
            raise malformed_search("sortby: each key needs a field and a direction asc or desc.")
        keys.append((part["field"], part.get("direction", "asc") == "desc"))
    return keys


def _read_query(value: Any) -> dict[str, dict[str, Any]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise malformed_search("query must be an object of properties.")
    for name, tests in value.items():
        if not isinstance(tests, dict) or not tests:
            raise malformed_search(f"query: {name} needs an object of operators.")
        for operator, wanted in tests.items():
            if operator not in _OPERATORS:
                raise malformed_search(
                    f"query: {operator} is not an operator ({', '.join(_OPERATORS)})."
                )
            if operator == "in" and not isinstance(wanted, list):
                raise malformed_search("query: in needs a list.")
            if operator in _TEXT_OPERATORS and not isinstance(wanted, str):
                raise malformed_search(f"query: {operator} needs a text.")
            if operator in ("lt", "lte", "gt", "gte") and not (
                is_number(wanted) or isinstance(wanted, str)
            ):
                raise malformed_search(f"query: {operator} needs a number or a text.")
    return value


def _read_token(value: Any) -> tuple[str, str]:
    parts = value.split(":", 2) if isinstance(value, str) else []
    if len(parts) != 3 or parts[0] != "next":
        raise malformed_search("token is not one that this service gave.")
    return parts[1], parts[2]


def _ordered_test(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(have: Any, want: Any) -> bool:
        if isinstance(have, str) != isinstance(want, str) or isinstance(have, (list, dict)):
            return False
        return compare(have, want)

    return test


_TEXT_OPERATORS = ("startsWith", "endsWith", "contains")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda have, want: bool(have == want),
    "neq": lambda have, want: bool(have != want),
    "lt": _ordered_test(lambda have, want: have < want),
    "lte": _ordered_test(lambda have, want: have <= want),
    "gt": _ordered_test(lambda have, want: have > want),
    "gte": _ordered_test(lambda have, want: have >= want),
    "in": lambda have, want: any(part in want for part in have)
    if isinstance(have, list)
    else have in want,
    "startsWith": lambda have, want: isinstance(have, str) and have.startswith(want),
    "endsWith": lambda have, want: isinstance(have, str) and have.endswith(want),
    "contains": lambda have, want: want in have if isinstance(have, (str, list)) else False,
}


def value_of(item: Mapping[str, Any], name: str) -> Any:
    """A property of an item by its name in ``query`` or ``sortby``; None when it has none."""
    if name in ("id", "collection"):
        return item[name]
    return item["properties"].get(name.removeprefix("properties."))


def _touches_boxes(
    item: Mapping[str, Any], boxes: Sequence[tuple[float, float, float, float]]
) -> bool:
    west, south, east, north = item["bbox"]
    return any(west <= b[2] and east >= b[0] and south <= b[3] and north >= b[1] for b in boxes)


def _item_matches(item: Mapping[str, Any], search: SearchRequest) -> bool:
    if search.collections and item["collection"] not in search.collections:
        return False
    if search.ids and item["id"] not in search.ids:
        return False
    when = parse_instant(item["properties"]["datetime"])
    if (search.start is not None and when < search.start) or (
        search.end is not None and when > search.end
    ):
        return False
    for name, tests in search.query.items():
        have = value_of(item, name)
        # As in pgstac, a missing property matches nothing, not even neq.
        if have is None or not all(
            _OPERATORS[operator](have, want) for operator, want in tests.items()
        ):
            return False
    return True


def _footprint_test(search: SearchRequest) -> Callable[[Mapping[str, Any]], bool]:
    """The test of an item's footprint against the search's box or geometry."""
    if not search.boxes and search.geometry is None:
        return lambda item: True
    from osgeo import ogr

    wanted = (
        [search.geometry]
        if search.geometry is not None
        else [_box_polygon(box) for box in search.boxes]
    )
    shapes = [ogr.CreateGeometryFromJson(json.dumps(shape)) for shape in wanted]
    if any(shape is None for shape in shapes):
        raise malformed_search("The geometry cannot be read.")

    def test(item: Mapping[str, Any]) -> bool:
        if search.boxes and not _touches_boxes(item, search.boxes):
            return False
        footprint = ogr.CreateGeometryFromJson(json.dumps(item["geometry"]))
        return any(footprint.Intersects(shape) for shape in shapes)

    return test


def _box_polygon(box: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = box
    if west == east or south == north:
        return {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    return {
        "type": "Polygon",
        "coordinates": [
            [[west, south], [east, south], [east, north], [west, north], [west, south]]
        ],
    }


def run_search(
    items: Sequence[dict[str, Any]], search: SearchRequest, limit: int
) -> tuple[list[dict[str, Any]], bool]:
    """The page of ``items`` that the search asks for and whether more follow.

    ``items`` come latest first.
    """
    inside = _footprint_test(search)
    found = [item for item in items if _item_matches(item, search) and inside(item)]
    for name, descending in reversed(search.sort):
        # Items without a value come last, either way.
        have = [item for item in found if value_of(item, name) is not None]
        have.sort(key=lambda item: _sort_rank(value_of(item, name)), reverse=descending)
        found = have + [item for item in found if value_of(item, name) is None]
    first = 0
    if search.token is not None:
        places = [
            k for k, item in enumerate(found) if (item["collection"], item["id"]) == search.token
        ]
        if not places:
            raise malformed_search("token does not belong to this search.")
        first = places[0] + 1
    return found[first : first + limit], len(found) > first + limit


def _sort_rank(value: Any) -> tuple[int, Any]:
    """A key by which values of mixed types sort."""
    if isinstance(value, (int, float)):
        return (0, value)
    return (1, value if isinstance(value, str) else json.dumps(value, sort_keys=True))
