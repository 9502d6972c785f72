"""The scene that ends a request: taken over the polygon, in the period asked, and published."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from dinamis_qgis.sandbox.world import items
from dinamis_qgis.sandbox.world.make import make_files
from dinamis_qgis.sandbox.world.programme import GSD, Shot, text_digest
from dinamis_qgis.sandbox.world.projection import to_lambert
from dinamis_qgis.sandbox.world.scene import PAN_RATIO, RenderedScene, footprint_contains
from dinamis_qgis.sandbox.world.store import World

MAX_PIXELS, MAX_PIXELS_SMALL = 28e6, 4e5
"""Panchromatic pixels of a delivered scene; beyond, its pixels are larger, and the item says so."""
ORDER_EXTENSION = "https://stac-extensions.github.io/order/v1.1.0/schema.json"


@dataclass(frozen=True)
class Delivery:
    """What is known of a request when its image is made.

    ``geometry`` GeoJSON polygon in degrees.
    """

    order_id: str
    collection: str
    platforms: tuple[str, str]
    licence: str
    geometry: Mapping[str, Any]
    start: datetime
    end: datetime
    ordered: datetime
    max_cloud: float | None = None
    max_incidence: float | None = None
    title: str = ""


def deliver_scene(world: World, delivery: Delivery) -> dict[str, Any]:
    """Makes and publishes the scene of a request; gives its item (the same when called again).

    Raises OSError or ImageryError.
    """
    shot = _delivery_shot(world, delivery)
    found = world.item(shot.collection, shot.id)
    if found is not None:
        return found
    made = make_files([shot], world.storage)[0]
    further: dict[str, Any] = {
        "order:id": delivery.order_id,
        "order:status": "succeeded",
        "order:date": items.format_utc(delivery.ordered),
    }
    if shot.scene.gsd > GSD[delivery.collection]:
        further["description"] = (
            f"Image de formation à maille élargie ({shot.scene.gsd:g} m au lieu de "
            f"{GSD[delivery.collection]:g} m) "
            "pour rester légère sur une grande zone."
        ).replace(".5", ",5")
    item = items.scene_item(shot, made.cloud, made.sizes, datetime.now(timezone.utc), further)
    item["stac_extensions"] = [*item["stac_extensions"], ORDER_EXTENSION]
    world.add([item], "order")
    return item


def _delivery_shot(world: World, delivery: Delivery) -> Shot:
    chance = text_digest(delivery.order_id)
    corners = [to_lambert(p[0], p[1]) for p in delivery.geometry["coordinates"][0]]
    west, east = min(c[0] for c in corners), max(c[0] for c in corners)
    south, north = min(c[1] for c in corners), max(c[1] for c in corners)
    budget = MAX_PIXELS_SMALL if world.small else MAX_PIXELS
    native = GSD[delivery.collection]
    growth = 1.03
    while True:
        width, height = (east - west) * growth, (north - south) * growth
        fine = width * height * (PAN_RATIO / native) ** 2
        gsd = native * max(1.0, math.ceil(2 * math.sqrt(fine / budget)) / 2)
        size = (max(16, math.ceil(width / gsd / 4) * 4), max(16, math.ceil(height / gsd / 4) * 4))
        scene = RenderedScene(
            (west + east) / 2,
            (south + north) / 2,
            size,
            gsd,
            _acquisition_moment(delivery, chance),
            chance,
            _cloud_share(delivery, chance),
            0.6 + (chance % 5) * 0.15,
            rotation=4.0,
        )
        if all(footprint_contains(scene, x, y) for x, y in corners) or growth > 3:
            break
        growth *= 1.06
    ceiling = min(delivery.max_incidence if delivery.max_incidence is not None else 30.0, 30.0)
    return Shot(
        delivery.title or "Demande d’acquisition",
        delivery.platforms[chance % 2],
        scene,
        delivery.licence,
        "PMS",
        round(ceiling * (0.25 + 0.5 * (chance % 97) / 97), 1),
    )


def _cloud_share(delivery: Delivery, chance: int) -> float:
    """A share of clouds that keeps to what was asked."""
    ceiling = delivery.max_cloud if delivery.max_cloud is not None else 10.0
    return 0.0 if chance % 3 else min(ceiling, 20.0) / 100 * 0.4


def _acquisition_moment(delivery: Delivery, chance: int) -> datetime:
    """A late morning of the period, the day of the order or the first after it."""
    first = max(delivery.start, delivery.ordered.replace(hour=0, minute=0, second=0, microsecond=0))
    passage = first.replace(
        hour=10, minute=35 + chance % 24, second=chance % 60, microsecond=100000 * (chance % 10)
    )
    if passage < delivery.start:
        passage += timedelta(days=1)
    return min(passage, delivery.end)


def width_km(geometry: Mapping[str, Any]) -> float:
    """The shorter side of the smallest rectangle around a polygon (its directions tried degree by
    degree), km.
    """
    ring = geometry["coordinates"][0]
    middle = math.radians(sum(p[1] for p in ring) / len(ring))
    points = [
        (math.radians(p[0]) * math.cos(middle) * 6371.0, math.radians(p[1]) * 6371.0) for p in ring
    ]
    widths = []
    for degrees in range(0, 180, 2):
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        across = [x * c + y * s for x, y in points]
        widths.append(max(across) - min(across))
    return min(widths)
