"""Products made for a test."""

from __future__ import annotations

from datetime import datetime, timezone
from math import cos, pi, sin
from random import Random
from typing import Any

from shapely.geometry import Polygon, box

from dinamis_qgis.core.catalogue.model import Product


def ragged(
    vertices: int, west: float = -0.5, south: float = 43.2, side: float = 0.2, noise: float = 0.02
) -> Polygon:
    """A round area with an uneven outline, as a commune's is."""
    rng, turns = Random(vertices), [2 * pi * i / vertices for i in range(vertices)]
    radii = [side / 2 * (1 - noise * rng.random()) for _ in turns]
    return Polygon(
        [
            (west + side / 2 + r * cos(t), south + side / 2 + r * sin(t))
            for r, t in zip(radii, turns)
        ]
    )


def product(number: int = 1, when: str = "2020-06-15T10:30:00", **values: Any) -> Product:
    """A product of the test catalogue over one degree; ``when`` empty for no date."""
    moment = datetime.fromisoformat(when).replace(tzinfo=timezone.utc) if when else None
    given: dict[str, Any] = {
        "profile": "essai", "catalogue": "c0", "collection": "spot-6-7-drs", "id": f"P{number:05d}",
        "footprint": box(-1, 43, 0, 44), "datetime": moment,
    }  # fmt: skip
    return Product(**{**given, **values})
