"""The country of the training service: rough but true positions in Nouvelle-Aquitaine, in EPSG:2154
metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dinamis_qgis.sandbox.world.projection import to_lambert

POLYCULTURE, LANDES, VINES, BOCAGE, PLAIN, HILLS = range(6)
"""Landscapes: Béarn and Adour farmland, pine forest, vineyards, Limousin hedgerows, open cereal
plain, wooded hills.
"""


@dataclass(frozen=True)
class Town:
    """A built-up area: radius in metres in 2015, growth in metres a year; ``slate`` is the share of
    grey roofs.
    """

    name: str
    lon: float
    lat: float
    radius: float
    growth: float = 12.0
    slate: float = 0.1


@dataclass(frozen=True)
class Polyline:
    """A river, coast or road as vertices in degrees; ``width`` in metres; ``opened`` for works
    (start, end).
    """

    name: str
    kind: str
    width: float
    points: tuple[tuple[float, float], ...]
    opened: tuple[date, date] | None = None


@dataclass(frozen=True)
class Fire:
    """A burnt area: an ellipse with a ragged border, in metres; ``angle`` of its long axis, degrees
    from east.
    """

    name: str
    lon: float
    lat: float
    length: float
    width: float
    angle: float
    day: date


# fmt: off
TOWNS = (
    Town("Pau", -0.3708, 43.2965, 1500, 50, 0.35),
    Town("Billère", -0.3960, 43.3030, 650, 18, 0.4),
    Town("Jurançon", -0.3870, 43.2875, 420, 22, 0.5),
    Town("Lons", -0.4080, 43.3155, 480, 45, 0.3),
    Town("Oloron-Sainte-Marie", -0.6050, 43.1930, 750, 10, 0.7),
    Town("Orthez", -0.7710, 43.4880, 620, 9),
    Town("Bayonne", -1.4750, 43.4929, 1300, 25),
    Town("Biarritz", -1.5586, 43.4832, 1200, 14),
    Town("Dax", -1.0520, 43.7100, 1000, 20),
    Town("Mont-de-Marsan", -0.4990, 43.8900, 1150, 22),
    Town("Saint-Pierre-du-Mont", -0.5200, 43.8790, 500, 22),
    Town("Landiras", -0.4150, 44.5660, 330, 6),
    Town("Arcachon", -1.1680, 44.6580, 900, 8),
    Town("La Teste-de-Buch", -1.1450, 44.6300, 900, 16),
    Town("Bordeaux", -0.5790, 44.8380, 3800, 45, 0.15),
    Town("Mérignac", -0.6460, 44.8400, 2000, 40),
    Town("Pessac", -0.6300, 44.8060, 1600, 30),
    Town("Talence", -0.5880, 44.8030, 1300, 12),
    Town("Libourne", -0.2430, 44.9150, 950, 14),
    Town("Langon", -0.2480, 44.5540, 520, 12),
    Town("Saint-Émilion", -0.1560, 44.8940, 260, 2),
    Town("Blaye", -0.6640, 45.1280, 420, 8),
    Town("Saint-André-de-Cubzac", -0.4450, 44.9940, 620, 25),
    Town("Périgueux", 0.7210, 45.1840, 1200, 10),
    Town("Bergerac", 0.4830, 44.8530, 1000, 12),
    Town("Sarlat", 1.2170, 44.8890, 520, 5),
    Town("Agen", 0.6210, 44.2030, 1250, 15),
    Town("Villeneuve-sur-Lot", 0.7040, 44.4070, 800, 9),
    Town("Marmande", 0.1640, 44.5010, 700, 10),
    Town("Limoges", 1.2620, 45.8310, 2100, 16, 0.5),
    Town("Brive-la-Gaillarde", 1.5330, 45.1580, 1300, 14, 0.5),
    Town("Tulle", 1.7700, 45.2660, 600, 4, 0.7),
    Town("Guéret", 1.8710, 46.1700, 650, 7, 0.6),
    Town("Angoulême", 0.1560, 45.6490, 1500, 12),
    Town("Cognac", -0.3290, 45.6960, 800, 8),
    Town("Saintes", -0.6330, 45.7460, 950, 10),
    Town("La Rochelle", -1.1510, 46.1600, 1900, 22),
    Town("Rochefort", -0.9610, 45.9370, 900, 8),
    Town("Royan", -1.0280, 45.6280, 1000, 10),
    Town("Niort", -0.4640, 46.3240, 1500, 20, 0.3),
    Town("Poitiers", 0.3400, 46.5800, 1700, 18, 0.4),
    Town("Châtellerault", 0.5460, 46.8170, 1050, 8, 0.5),
    Town("Bressuire", -0.4870, 46.8410, 560, 10, 0.4),
    Town("Hagetmau", -0.5900, 43.6570, 380, 6),
    Town("Saint-Jean-Pied-de-Port", -1.2370, 43.1630, 230, 4),
)

LINES = (
    Polyline("Gave de Pau", "river", 46, (
            (-0.24, 43.15), (-0.262, 43.185), (-0.3, 43.235), (-0.335, 43.268), (-0.362, 43.288), (-0.385, 43.2925),
            (-0.412, 43.304), (-0.455, 43.327), (-0.55, 43.378), (-0.66, 43.43), (-0.772, 43.484), (-0.9, 43.53)
        ),
    ),
    Polyline("Gave d’Oloron", "river", 40, (
            (-0.6, 43.17), (-0.606, 43.193), (-0.68, 43.25), (-0.8, 43.33), (-0.95, 43.45)
        ),
    ),
    Polyline("Adour", "river", 120, (
            (-0.53, 43.74), (-0.75, 43.73), (-0.93, 43.735), (-1.054, 43.714), (-1.15, 43.62), (-1.32, 43.54),
            (-1.474, 43.497), (-1.525, 43.528)
        ),
    ),
    Polyline("Midouze", "river", 34, (
            (-0.44, 43.905), (-0.478, 43.898), (-0.4985, 43.8895), (-0.53, 43.885), (-0.62, 43.9), (-0.8, 43.85)
        ),
    ),
    Polyline("Garonne", "river", 190, (
            (0.66, 44.17), (0.61, 44.206), (0.4, 44.29), (0.155, 44.492), (-0.1, 44.56), (-0.25, 44.558),
            (-0.33, 44.63), (-0.45, 44.74), (-0.53, 44.8), (-0.556, 44.827), (-0.566, 44.84), (-0.558, 44.856),
            (-0.54, 44.868), (-0.535, 44.89), (-0.555, 45.0)
        ),
    ),
    Polyline("Gironde", "river", 3000, (
            (-0.575, 45.02), (-0.69, 45.11), (-0.77, 45.28), (-0.9, 45.47), (-1.08, 45.59), (-1.25, 45.6)
        ),
    ),
    Polyline("Dordogne", "river", 140, (
            (1.2, 44.83), (0.9, 44.84), (0.48, 44.848), (0.1, 44.84), (-0.13, 44.86), (-0.235, 44.918),
            (-0.4, 44.98), (-0.53, 45.02)
        ),
    ),
    Polyline("Isle", "river", 38, (
            (0.76, 45.2), (0.729, 45.182), (0.7, 45.178), (0.6, 45.15), (0.2, 45.03), (-0.1, 45.0), (-0.24, 44.92)
        ),
    ),
    Polyline("Lot", "river", 70, (
            (0.9, 44.49), (0.71, 44.407), (0.5, 44.38), (0.33, 44.31)
        ),
    ),
    Polyline("Vienne", "river", 60, (
            (1.45, 45.83), (1.3, 45.824), (1.262, 45.824), (1.2, 45.81), (0.95, 45.88), (0.7, 46.1), (0.66, 46.45),
            (0.55, 46.7), (0.543, 46.816), (0.5, 46.95)
        ),
    ),
    Polyline("Corrèze", "river", 25, (
            (1.83, 45.29), (1.77, 45.266), (1.6, 45.18), (1.535, 45.164), (1.46, 45.15)
        ),
    ),
    Polyline("Charente", "river", 48, (
            (0.3, 45.7), (0.162, 45.657), (0.05, 45.655), (-0.15, 45.66), (-0.326, 45.7), (-0.5, 45.7),
            (-0.63, 45.744), (-0.75, 45.85), (-0.95, 45.932), (-1.03, 45.96)
        ),
    ),
    Polyline("Clain", "river", 26, (
            (0.3, 46.5), (0.342, 46.56), (0.35, 46.585), (0.36, 46.63), (0.48, 46.76)
        ),
    ),
    Polyline("Sèvre niortaise", "river", 26, (
            (-0.3, 46.4), (-0.467, 46.327), (-0.52, 46.32), (-0.75, 46.31), (-1.05, 46.3)
        ),
    ),
    Polyline("Côte", "coast", 0, (
            (-1.8, 43.36), (-1.67, 43.395), (-1.57, 43.475), (-1.525, 43.53), (-1.44, 43.66), (-1.39, 43.9),
            (-1.3, 44.25), (-1.255, 44.55), (-1.215, 44.6), (-1.18, 44.66), (-1.205, 44.64), (-1.255, 44.63),
            (-1.235, 44.8), (-1.19, 45.1), (-1.15, 45.35), (-1.09, 45.55), (-1.02, 45.618), (-1.1, 45.66),
            (-1.24, 45.7), (-1.2, 45.8), (-1.1, 45.9), (-1.08, 46.0), (-1.16, 46.145), (-1.23, 46.17),
            (-1.18, 46.23), (-1.2, 46.32)
        ),
    ),
    Polyline("A64", "road", 24, (
            (-0.1, 43.27), (-0.3, 43.322), (-0.385, 43.331), (-0.46, 43.345), (-0.66, 43.445), (-0.8, 43.51)
        ),
    ),
    Polyline("A65", "road", 22, (
            (-0.4, 43.36), (-0.42, 43.6), (-0.43, 43.85), (-0.4, 44.1), (-0.28, 44.45), (-0.26, 44.53)
        ),
    ),
    Polyline("A10", "road", 24, (
            (-0.52, 44.88), (-0.44, 45.0), (-0.55, 45.3), (-0.6, 45.75), (-0.55, 46.1), (-0.38, 46.3), (0.1, 46.45),
            (0.28, 46.56), (0.33, 46.66), (0.49, 46.82)
        ),
    ),
    Polyline("Rocade de Bordeaux", "road", 28, (
            (-0.545, 44.872), (-0.6, 44.885), (-0.66, 44.872), (-0.672, 44.835), (-0.652, 44.8), (-0.6, 44.778),
            (-0.545, 44.776), (-0.505, 44.8), (-0.5, 44.845), (-0.545, 44.872)
        ),
    ),
    Polyline("N21", "road", 12, (
            (1.25, 45.72), (0.8, 45.22), (0.62, 45.05), (0.5, 44.88), (0.6, 44.62), (0.7, 44.43), (0.63, 44.22)
        ),
    ),
    Polyline("Contournement est de Mont-de-Marsan", "works", 18, (
            (-0.478, 43.856), (-0.47, 43.866), (-0.4635, 43.875), (-0.46, 43.884), (-0.4615, 43.893),
            (-0.469, 43.901), (-0.48, 43.9075)
        ),
        (date(2019, 3, 1), date(2023, 6, 30)),
    ),
)

FIRES = (Fire("Landiras", -0.4480, 44.5350, 3300, 1900, 22, date(2022, 7, 14)),)

REGIONS = (
    (-0.4, 43.3, POLYCULTURE), (-0.75, 43.5, POLYCULTURE), (-0.6, 43.65, POLYCULTURE), (-1.05, 43.62, POLYCULTURE),
    (-0.6, 43.15, HILLS), (-1.3, 43.25, HILLS), (-1.5, 43.42, HILLS), (-0.5, 43.9, LANDES), (-0.9, 43.95, LANDES),
    (-1.2, 43.85, LANDES), (-0.9, 44.25, LANDES), (-0.4, 44.2, LANDES), (-0.5, 44.52, LANDES),
    (-1.1, 44.55, LANDES), (-0.95, 44.8, LANDES), (-0.3, 44.62, VINES), (-0.15, 44.9, VINES),
    (-0.62, 45.15, VINES), (-0.55, 44.8, VINES), (-0.2, 44.75, VINES), (0.15, 44.52, POLYCULTURE),
    (0.62, 44.2, POLYCULTURE), (0.7, 44.42, POLYCULTURE), (0.48, 44.85, VINES), (0.75, 45.18, HILLS),
    (1.2, 44.9, HILLS), (1.55, 45.15, BOCAGE), (1.77, 45.27, HILLS), (1.3, 45.83, BOCAGE), (1.87, 46.17, BOCAGE),
    (0.15, 45.65, PLAIN), (-0.35, 45.7, VINES), (-0.65, 45.75, PLAIN), (-1.1, 46.1, PLAIN), (-0.95, 45.9, PLAIN),
    (-1.0, 45.65, HILLS), (-0.45, 46.35, PLAIN), (0.35, 46.55, PLAIN), (0.55, 46.85, PLAIN), (-0.5, 46.85, BOCAGE),
    (1.0, 46.3, BOCAGE),
)
# fmt: on


@lru_cache(maxsize=1)
def town_centres() -> tuple[tuple[Town, float, float], ...]:
    """Each town with its centre in EPSG:2154."""
    return tuple((town, *to_lambert(town.lon, town.lat)) for town in TOWNS)


@lru_cache(maxsize=1)
def curved_lines() -> tuple[tuple[Polyline, tuple[tuple[float, float], ...]], ...]:
    """Each line with its vertices in EPSG:2154, rounded into curves."""
    return tuple(
        (line, _catmull_rom([to_lambert(*point) for point in line.points])) for line in LINES
    )


@lru_cache(maxsize=1)
def fire_centres() -> tuple[tuple[Fire, float, float], ...]:
    """Each fire with its centre in EPSG:2154."""
    return tuple((fire, *to_lambert(fire.lon, fire.lat)) for fire in FIRES)


@lru_cache(maxsize=1)
def region_anchors() -> tuple[tuple[float, float, int], ...]:
    """Anchor points of the landscapes in EPSG:2154."""
    return tuple((*to_lambert(lon, lat), kind) for lon, lat, kind in REGIONS)


def _catmull_rom(
    points: list[tuple[float, float]], pieces: int = 8
) -> tuple[tuple[float, float], ...]:
    """A Catmull-Rom curve through ``points``."""
    padded = [points[0], *points, points[-1]]
    out: list[tuple[float, float]] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        for k in range(pieces):
            t = k / pieces
            out.append(
                (_spline_value(a[0], b[0], c[0], d[0], t), _spline_value(a[1], b[1], c[1], d[1], t))
            )
    out.append(points[-1])
    return tuple(out)


def _spline_value(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
    )


def nearest_region(x: Any, y: Any) -> Any:
    """The landscape of each point (numpy arrays, metres)."""
    import numpy as np

    anchors = np.array([(ax, ay) for ax, ay, _ in region_anchors()])
    kinds = np.array([kind for _, _, kind in region_anchors()])
    d = (np.asarray(x)[..., None] - anchors[:, 0]) ** 2 + (
        np.asarray(y)[..., None] - anchors[:, 1]
    ) ** 2
    return kinds[d.argmin(axis=-1)]
