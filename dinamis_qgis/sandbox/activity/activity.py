"""``/activity``: what the people of a relay's entities did, per month; counts, never who.

The past of the first entities is made up, the same at each start; sign-ins are counted for real.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timezone
from typing import Any, Callable

from dinamis_qgis.sandbox.auth.accounts import TrainingAccount
from dinamis_qgis.sandbox.scim.directory import Directory, Row
from dinamis_qgis.sandbox.scim.schemas import ACCOUNT
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route, json_response

MONTHS = 12
_PLACES = {
    "cc-haut-bearn": (-0.95, 42.85, -0.30, 43.30),
    "sdis-64": (-1.60, 42.80, -0.05, 43.60),
    "gip-atgeri": (-0.75, 44.70, -0.40, 44.95),
}


def activity_routes(
    directory: Directory, account_of: Callable[[HttpRequest], TrainingAccount]
) -> list[Route]:
    """The counts of the relay that asks, as GeoJSON; ``from`` and ``to`` are months."""

    def answer(request: HttpRequest) -> Response:
        account = account_of(request)
        if "relais" not in account.roles:
            raise HttpProblem(403, "Réservé aux relais.")
        first, last = request.first("from", "0000-00"), request.first("to", "9999-99")
        relay = account.relay["id"]
        people = directory.rows("User", relay)
        today = datetime.fromtimestamp(directory.now(), timezone.utc)
        features = [
            _feature_of(entity, month, _counts_of(entity, month, people, today))
            for entity in directory.rows("Entity", relay)
            for month in _last_months(today)
            if first <= month <= last
        ]
        return json_response(
            {"type": "FeatureCollection", "features": features},
            content_type="application/geo+json",
        )

    return [Route("GET", "/activity", answer)]


def _last_months(today: datetime) -> list[str]:
    count = today.year * 12 + today.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(count - MONTHS + 1, count + 1)]


def _counts_of(entity: Row, month: str, people: list[Row], today: datetime) -> dict[str, Any]:
    accounts = [p.body.get(ACCOUNT, {}) for p in people]
    own = [a for a in accounts if a.get("entity", {}).get("value") == entity.id]
    seen = [a["lastSignIn"] for a in own if a.get("lastSignIn", "").startswith(month)]
    made = entity.id in _PLACES and month != f"{today:%Y-%m}"
    draw = hashlib.sha256(f"{entity.id} {month}".encode()).digest() if made else bytes(32)
    downloads = draw[0] % 14
    return {
        "downloads": downloads,
        "km2": round(downloads * (40 + draw[1]) / 3, 1),
        "requests_open": draw[2] % 2,
        "requests_done": draw[3] % 2,
        "requests_refused": int(draw[4] > 240),
        "people": len(seen) or int(downloads > 0) + draw[5] % 2,
        "last_sign_in": max(seen, default=None) or (f"{month}-15T09:00:00Z" if downloads else None),
        "quota_km2": entity.body.get("quota", 1000),
        "used_km2": round(draw[6] * 0.35, 1),
    }


def _feature_of(entity: Row, month: str, counts: dict[str, Any]) -> dict[str, Any]:
    place = _PLACES.get(entity.id)
    return {
        "type": "Feature",
        "id": f"{entity.id}/{month}",
        "geometry": _rectangle_polygon(*place) if place else None,
        "properties": {
            "entity": entity.id,
            "name": entity.body.get("displayName", ""),
            "month": month,
            **counts,
        },
    }


def _rectangle_polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
