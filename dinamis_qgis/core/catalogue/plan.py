"""A coverage plan: the fewest scenes that cover an area best, and the gaps they leave.

Greedy weighted set cover (Chvátal 1979) on exact geometry in equal-area coordinates: at each step
the scene with the most newly covered area for its cost; then what others as good made superfluous
is taken out again.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.geo import area_km2, equal_area, split_in_tiles
from dinamis_qgis.core.net.http import Cancel

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WORSE = 0.3
"""A scene that costs so much more than another (15 % more clouds, seven months) does not stand in
for it.
"""


@dataclass(frozen=True)
class Weights:
    """What makes a scene cost more than 1: each is what a scene costs in addition at its worst.

    Cloud cover of 100 %, an incidence of 45°, a date a year or more from ``around`` (default: the
    latest scene's). A scene whose value is unknown costs as one halfway.
    """

    cloud: float = 2.0
    incidence: float = 0.5
    age: float = 0.5
    around: date | None = None


@dataclass(frozen=True)
class PlanStep:
    """A scene of the plan.

    ``gain`` is the share (0 to 1) of the area that it adds; ``cost`` is 1 for a perfect scene.
    """

    product: Product
    gain: float
    cost: float


@dataclass(frozen=True)
class Plan:
    """``gap`` is what stays uncovered (EPSG:4326, None when nothing); areas in km²; ``coverage`` is
    a share from 0 to 1.
    """

    steps: tuple[PlanStep, ...]
    gap: BaseGeometry | None
    area_km2: float
    gap_km2: float

    @property
    def products(self) -> tuple[Product, ...]:
        """The scenes, in the order they were chosen: the one that covers most for its quality
        first.
        """
        return tuple(step.product for step in self.steps)

    @property
    def coverage(self) -> float:
        """Share of the area that is covered."""
        return 1 - self.gap_km2 / self.area_km2 if self.area_km2 > 0 else 0.0


@dataclass
class _PlannedScene:
    product: Product
    shape: Any
    """Its footprint, equal-area coordinates."""
    common: float
    """How much of the area it covers, in them."""
    cost: float
    bounds: tuple[float, float, float, float]


def coverage_plan(
    products: Iterable[Product],
    area: BaseGeometry,
    cancel: Cancel | None = None,
    weights: Weights = Weights(),  # noqa: B008 - immutable
    least_gain: float = 0.001,
    most: int | None = None,
) -> Plan:
    """The plan for ``area`` (polygon or multipolygon, EPSG:4326) out of ``products``, already
    filtered as wished.

    ``least_gain`` is the share of the area below which a scene is not worth adding; ``most`` bounds
    their number. Products without a footprint cannot be planned with. Raises Cancelled.
    """
    cancel = cancel or Cancel()
    area = _make_sound(area)
    whole = _make_sound(equal_area(area))
    total = area_km2(area)
    if whole.is_empty or whole.area <= 0:
        return Plan((), None, total, total)
    scenes = _covering_scenes(list(products), whole, weights, cancel)
    least = max(least_gain, 1e-9) * whole.area
    chosen = _choose_greedily(scenes, whole, least, most, cancel)
    kept = _drop_needless(chosen, whole, least, cancel)
    return _plan_of(kept, whole, area, total, cancel)


def _covering_scenes(
    products: Sequence[Product], whole: Any, weights: Weights, cancel: Cancel
) -> list[_PlannedScene]:
    """The products that cover some of the area, and how much."""
    days = [p.datetime.date() for p in products if p.datetime]
    around = weights.around or max(days, default=None)
    area, found = split_in_tiles(whole), []
    for product in products:
        cancel.check()
        if product.footprint is None or product.footprint.is_empty:
            continue
        shape = _make_sound(equal_area(product.footprint))
        common = area.common(shape)
        if common > 0:
            found.append(
                _PlannedScene(
                    product,
                    shape,
                    common,
                    scene_cost(product, weights, around),
                    shape.intersection(area.frame).bounds,
                )
            )
    return found


def scene_cost(product: Product, weights: Weights, around: date | None) -> float:
    """What a scene costs: 1 and more."""

    def part(value: float | None, worst: float) -> float:
        return 0.5 if value is None else min(1.0, abs(value) / worst)

    days = float((product.datetime.date() - around).days) if product.datetime and around else None
    return (
        1.0
        + weights.cloud * part(product.cloud_cover, 100)
        + weights.incidence * part(product.incidence, 45)
        + weights.age * (part(days, 365) if around else 0.0)
    )


def _choose_greedily(
    scenes: list[_PlannedScene], whole: Any, least: float, most: int | None, cancel: Cancel
) -> list[_PlannedScene]:
    """Lazily: a scene's gain never grows, so one that is still best after being measured again is
    the best of all.
    """
    rest: Any = whole
    chosen: list[_PlannedScene] = []
    queue = [(-s.common / s.cost, s.product.key, i, 0) for i, s in enumerate(scenes)]
    heapq.heapify(queue)
    while queue and (most is None or len(chosen) < most) and rest.area >= least:
        cancel.check()
        worth, key, index, measured = heapq.heappop(queue)
        scene = scenes[index]
        if measured < len(chosen):
            if _is_touched(scene, chosen[measured:]):
                gain = scene.shape.intersection(rest).area
            else:
                gain = -worth * scene.cost
            if gain >= least:
                heapq.heappush(queue, (-gain / scene.cost, key, index, len(chosen)))
            continue
        if -worth * scene.cost < least:
            continue
        chosen.append(scene)
        rest = _make_sound(rest.difference(scene.shape))
    return chosen


def _is_touched(scene: _PlannedScene, others: Iterable[_PlannedScene]) -> bool:
    west, south, east, north = scene.bounds
    return any(
        o.bounds[0] < east and o.bounds[2] > west and o.bounds[1] < north and o.bounds[3] > south
        for o in others
    )


def _drop_needless(
    chosen: list[_PlannedScene], whole: Any, least: float, cancel: Cancel
) -> list[_PlannedScene]:
    """Without the scenes that others, not much worse, cover: the dearest taken out first."""
    from shapely.ops import unary_union

    kept = list(chosen)
    for scene in sorted(chosen, key=lambda s: -s.cost):
        cancel.check()
        others = [
            s.shape
            for s in kept
            if s is not scene and s.cost < scene.cost + WORSE and _is_touched(scene, [s])
        ]
        if others and scene.shape.difference(unary_union(others)).intersection(whole).area < least:
            kept.remove(scene)
    return kept


def _plan_of(
    kept: list[_PlannedScene], whole: Any, area: BaseGeometry, total: float, cancel: Cancel
) -> Plan:
    """Gains as they add up in the order of choice, and the gap, exactly, in EPSG:4326."""
    from shapely.ops import unary_union

    rest, steps = whole, []
    for scene in kept:
        cancel.check()
        after = _make_sound(rest.difference(scene.shape))
        steps.append(
            PlanStep(scene.product, max(0.0, (rest.area - after.area) / whole.area), scene.cost)
        )
        rest = after
    gap: Any = area
    if kept:
        gap = _polygons_only(
            area.difference(unary_union([_make_sound(s.product.footprint) for s in kept]))
        )
    # The share is taken in equal-area terms: an edge cut in two would change the length of a
    # geodesic area.
    missing = rest.area / whole.area
    return (
        Plan(tuple(steps), gap, total, total * missing)
        if missing > 1e-6
        else Plan(tuple(steps), None, total, 0.0)
    )


def _make_sound(geometry: Any) -> Any:
    from shapely.validation import make_valid

    return geometry if geometry.is_valid else _polygons_only(make_valid(geometry))


def _polygons_only(geometry: Any) -> Any:
    """The polygons of a difference, without the lines and points that touching edges leave."""
    from shapely.geometry import MultiPolygon

    parts = [
        g for g in getattr(geometry, "geoms", [geometry]) if g.geom_type == "Polygon" and g.area > 0
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
