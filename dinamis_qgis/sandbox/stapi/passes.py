"""When the satellites of the training service could take an area, and what each pass sees:
imaginary orbits, a plausible rhythm.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from typing import Any

from dinamis_qgis.sandbox.stapi.orders import broken_rule
from dinamis_qgis.sandbox.stapi.products import OrderableProduct
from dinamis_qgis.sandbox.stapi.read import Asked
from dinamis_qgis.sandbox.world.programme import text_digest

SWATH_KM = {"pleiades-programmation": 20.0, "spot-programmation": 60.0}
TILT = math.radians(11)
"""How far a descending sun-synchronous track leans west of south at these latitudes."""


def find_passes(product: OrderableProduct, asked: Asked) -> list[dict[str, Any]]:
    """When the satellites could take the area: a few minutes each time, every three days or so
    (imaginary orbits).
    """
    now = datetime.now(timezone.utc)
    if broken_rule(product, asked, now) is not None:
        return []
    ceiling = asked.ceiling("view:incidence_angle") or product.rules.max_incidence
    ring = asked.geometry["coordinates"][0]
    lon, lat = sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    day = max(asked.start, now).replace(hour=0, minute=0, second=0, microsecond=0)
    found: list[dict[str, Any]] = []
    while day <= asked.end and len(found) < 400:
        # The track comes back near the same place after 26 days; in between the satellite looks
        # aside.
        phase = (day.toordinal() * 7 + round(lon * 10)) % 26
        incidence = round(abs(phase - 13) / 13 * 45, 1)
        begin = day + timedelta(minutes=640 + text_digest(f"{product.id}{day:%j}") % 35)
        if (
            incidence <= ceiling
            and begin >= max(asked.start, now)
            and begin + timedelta(minutes=3) <= asked.end
        ):
            platform = product.platforms[day.toordinal() % 2]
            found.append(
                _make_opportunity(
                    product, asked, (begin, begin + timedelta(minutes=3)), platform, incidence, lat
                )
            )
        day += timedelta(days=1)
    return found


def swath_of(product: OrderableProduct, ring: list[list[float]], shift: float) -> dict[str, Any]:
    """The strip a pass sees: the product's swath along the track, over the whole area; ``shift``
    (-1 to 1) of half a swath aside.
    """
    lons, lats = [p[0] for p in ring], [p[1] for p in ring]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    east_km = 111.32 * math.cos(math.radians(lat))
    half = SWATH_KM.get(product.id, 20.0) / 2
    reach = (
        math.hypot((max(lons) - min(lons)) * east_km, (max(lats) - min(lats)) * 110.57) / 2 + half
    )
    corners = []
    for across, along in (
        (-half, -reach),
        (half, -reach),
        (half, reach),
        (-half, reach),
        (-half, -reach),
    ):
        x = (across + shift * half) * math.cos(TILT) + along * math.sin(TILT)
        y = -(across + shift * half) * math.sin(TILT) + along * math.cos(TILT)
        corners.append([round(lon + x / east_km, 6), round(lat + y / 110.57, 6)])
    return {"type": "Polygon", "coordinates": [corners]}


def _make_opportunity(
    product: OrderableProduct,
    asked: Asked,
    when: tuple[datetime, datetime],
    platform: str,
    incidence: float,
    lat: float,
) -> dict[str, Any]:
    begin, end = (moment.isoformat().replace("+00:00", "Z") for moment in when)
    # Cloudier in winter: a climate, not a forecast.
    cloud = (
        45
        + 20 * math.cos(2 * math.pi * (when[0].timetuple().tm_yday - 15) / 365)
        + 0.5 * (lat - 44)
    )
    return {
        "type": "Feature",
        "geometry": swath_of(
            product,
            asked.geometry["coordinates"][0],
            text_digest(f"{product.id}{when[0]:%j}") % 101 / 100 - 0.5,
        ),
        "links": [],
        "id": f"{product.id}-{when[0]:%Y%m%d%H%M}",
        "properties": {
            "datetime": f"{begin}/{end}",
            "product_id": product.id,
            "platform": platform,
            "view:incidence_angle": incidence,
            "eo:cloud_cover": round(cloud),
        },
    }
