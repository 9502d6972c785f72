"""Reading a STAPI order or opportunity request: refusals are 422 with FastAPI's list of faults, as
the reference server answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from dinamis_qgis.sandbox.stac.values import check_geometry
from dinamis_qgis.sandbox.stapi.products import OrderableProduct
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest

_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})"
)
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
MAX_DEPTH = 20
AUTHALIC_RADIUS = 6371007.181


@dataclass(frozen=True)
class Asked:
    """A request as understood.

    Angles in degrees, cloud in percent, None where nothing was asked.
    """

    start: datetime
    end: datetime
    geometry: dict[str, Any]
    filter: dict[str, Any] | None
    parameters: dict[str, Any]
    limit: int = 10
    next: str | None = None

    def ceiling(self, name: str) -> float | None:
        """The upper bound that the filter sets on a property."""
        bounds = [
            value
            for prop, op, value in _read_comparisons(self.filter)
            if prop == name and op in ("<", "<=", "=")
        ]
        return min(bounds) if bounds else None

    def search_parameters(self) -> dict[str, Any]:
        """As STAPI writes them in an order."""
        return {
            "datetime": f"{_format_moment(self.start)}/{_format_moment(self.end)}",
            "geometry": self.geometry,
            "filter": self.filter,
        }


def _format_moment(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def validation_fault(
    where: list[str], kind: str, message: str, given: Any = None
) -> dict[str, Any]:
    """One entry of a 422's ``detail``."""
    return {"type": kind, "loc": ["body", *where], "msg": message, "input": given}


def refuse_request(*faults: dict[str, Any]) -> HttpProblem:
    """The 422 of a request that cannot be understood."""
    return HttpProblem(422, list(faults))


def read_order(request: HttpRequest, product: OrderableProduct) -> Asked:
    """The body of ``POST …/orders``. Raises HttpProblem 422."""
    body = _read_body(request)
    if not isinstance(body.get("order_parameters"), dict):
        raise refuse_request(
            validation_fault(
                ["order_parameters"], "missing", "Field required", body.get("order_parameters")
            )
        )
    return _read_common(body, product, _read_parameters(body["order_parameters"], product))


def read_opportunity(request: HttpRequest, product: OrderableProduct) -> Asked:
    """The body of ``POST …/opportunities``. Raises HttpProblem 422."""
    body = _read_body(request)
    limit, token = body.get("limit", 10), body.get("next")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise refuse_request(
            validation_fault(["limit"], "int_type", "Input should be a positive integer", limit)
        )
    if token is not None and not isinstance(token, str):
        raise refuse_request(
            validation_fault(["next"], "string_type", "Input should be a valid string", token)
        )
    asked = _read_common(body, product, {})
    return Asked(asked.start, asked.end, asked.geometry, asked.filter, {}, min(limit, 100), token)


def _read_body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = request.json()
    except HttpProblem as error:
        raise refuse_request(validation_fault([], "json_invalid", "JSON decode error")) from error
    except RecursionError as error:
        raise refuse_request(
            validation_fault([], "json_invalid", "JSON nested too deeply")
        ) from error
    if not isinstance(body, dict):
        raise refuse_request(
            validation_fault(
                [], "model_attributes_type", "Input should be a valid dictionary", None
            )
        )
    return body


def _read_common(
    body: Mapping[str, Any], product: OrderableProduct, parameters: dict[str, Any]
) -> Asked:
    start, end = _read_interval(body.get("datetime"))
    return Asked(
        start,
        end,
        _read_polygon(body.get("geometry")),
        _read_filter(body.get("filter"), product),
        parameters,
    )


def _read_interval(value: Any) -> tuple[datetime, datetime]:
    if value is None:
        raise refuse_request(validation_fault(["datetime"], "missing", "Field required"))
    parts = value.split("/") if isinstance(value, str) else []
    if len(parts) != 2:
        raise refuse_request(
            validation_fault(
                ["datetime"], "value_error", "Value error, an interval start/end is needed", value
            )
        )
    moments = []
    for part in parts:
        match = _MOMENT.fullmatch(part.strip())
        if match is None:
            raise refuse_request(
                validation_fault(
                    ["datetime"],
                    "value_error",
                    "Value error, both ends need a date, a time and a time zone; open intervals "
                    "are not taken",
                    value,
                )
            )
        day, clock, fraction, zone = match.groups()
        clock = clock if len(clock) == 8 else f"{clock}:00"
        zone = "+00:00" if zone in "Zz" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        try:
            moments.append(
                datetime.fromisoformat(
                    f"{day}T{clock}.{(fraction or '.')[1:7]:0<6}{zone}"
                ).astimezone(timezone.utc)
            )
        except (ValueError, OverflowError) as error:
            raise refuse_request(
                validation_fault(
                    ["datetime"], "value_error", "Value error, not a possible date", value
                )
            ) from error
    if moments[1] < moments[0]:
        raise refuse_request(
            validation_fault(["datetime"], "value_error", "Value error, end before start", value)
        )
    return moments[0], moments[1]


def _read_polygon(value: Any) -> dict[str, Any]:
    if value is None:
        raise refuse_request(validation_fault(["geometry"], "missing", "Field required"))
    try:
        geometry = check_geometry(value)
    except HttpProblem as error:
        raise refuse_request(
            validation_fault(["geometry"], "value_error", f"Value error, {error.detail}")
        ) from error
    if geometry["type"] != "Polygon":
        raise refuse_request(
            validation_fault(
                ["geometry"], "union_tag_invalid", "This product takes a Polygon", geometry["type"]
            )
        )
    return geometry


def _read_parameters(given: dict[str, Any], product: OrderableProduct) -> dict[str, Any]:
    known = product.order_parameters()["properties"]
    faults = []
    for name, value in given.items():
        rule = known.get(name)
        if rule is None:
            faults.append(
                validation_fault(
                    ["order_parameters", name],
                    "extra_forbidden",
                    "Extra inputs are not permitted",
                    value,
                )
            )
        elif not isinstance(value, str):
            faults.append(
                validation_fault(
                    ["order_parameters", name],
                    "string_type",
                    "Input should be a valid string",
                    value,
                )
            )
        elif "enum" in rule and value not in rule["enum"]:
            faults.append(
                validation_fault(
                    ["order_parameters", name],
                    "enum",
                    f"Input should be one of {', '.join(rule['enum'])}",
                    value,
                )
            )
        elif len(value) > rule.get("maxLength", len(value)):
            faults.append(
                validation_fault(
                    ["order_parameters", name],
                    "string_too_long",
                    f"String should have at most {rule['maxLength']} characters",
                )
            )
    if faults:
        raise refuse_request(*faults)
    return given


def _read_filter(value: Any, product: OrderableProduct) -> dict[str, Any] | None:
    if value is None or value == {}:
        return None
    known = product.queryables()["properties"]
    problem = _filter_problem(value, known, 0)
    if problem:
        raise refuse_request(validation_fault(["filter"], "value_error", f"Value error, {problem}"))
    filter_: dict[str, Any] = value
    return filter_


def _filter_problem(value: Any, known: Mapping[str, Any], depth: int) -> str:
    """What is wrong with a CQL2 JSON expression; empty when it is one that this service
    understands.
    """
    if depth > MAX_DEPTH:
        return "the filter is nested too deeply"
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("op"), str)
        or not isinstance(value.get("args"), list)
    ):
        return "a CQL2 expression needs op and args"
    op, args = value["op"], value["args"]
    if op in ("and", "or"):
        return next(
            (p for p in (_filter_problem(a, known, depth + 1) for a in args) if p),
            "" if len(args) > 1 else f"{op} needs two conditions",
        )
    if op == "not":
        return (
            _filter_problem(args[0], known, depth + 1)
            if len(args) == 1
            else "not needs one condition"
        )
    if op == "between":
        fine = len(args) == 3 and all(_is_number(a) for a in args[1:])
    else:
        fine = op in _COMPARISONS and len(args) == 2 and _is_number(args[1])
    if not fine:
        return f"{op} with these arguments is not a comparison that this service understands"
    name = args[0].get("property") if isinstance(args[0], dict) else None
    return (
        ""
        if isinstance(name, str) and name in known
        else f"{name!r} is not a queryable of this product"
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _read_comparisons(value: Any) -> list[tuple[str, str, float]]:
    """The conditions that hold whatever else does: those joined by ``and``."""
    if not isinstance(value, dict):
        return []
    if value["op"] == "and":
        return [found for part in value["args"] for found in _read_comparisons(part)]
    if value["op"] == "between":
        name = value["args"][0]["property"]
        return [(name, ">=", float(value["args"][1])), (name, "<=", float(value["args"][2]))]
    if value["op"] in _COMPARISONS:
        return [(value["args"][0]["property"], value["op"], float(value["args"][1]))]
    return []


def area_km2(geometry: Mapping[str, Any]) -> float:
    """Area of a polygon on the authalic sphere (within 0.1 % of the ellipsoid's), km²; holes taken
    off.
    """
    rings = [abs(_ring_area(ring)) for ring in geometry["coordinates"]]
    return max(0.0, rings[0] - sum(rings[1:])) / 1e6


def _ring_area(ring: list[list[float]]) -> float:
    total = 0.0
    for a, b in zip(ring, ring[1:]):
        total += math.radians(b[0] - a[0]) * (_authalic_sine(a[1]) + _authalic_sine(b[1]))
    return total * AUTHALIC_RADIUS**2 / 2


def _authalic_sine(latitude: float) -> float:
    """Sine of the authalic latitude (first term of its series, Snyder 1987, eq. 3-18)."""
    phi = math.radians(latitude)
    return math.sin(phi - 0.0022392 * math.sin(2 * phi))
