"""Coverage plans: against every possible choice on small cases, gaps to the square metre, and odd
geometry.
"""

from __future__ import annotations

import itertools
import random
import time
from datetime import date

import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import unary_union

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.catalogue.plan import Weights, coverage_plan, scene_cost
from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.geo import area_km2, equal_area
from dinamis_qgis.core.net.http import Cancel
from tests.unit.catalogue.things import product

AREA = box(0, 44, 1, 45)
PLAIN = Weights(0, 0, 0)


def scene(
    number: int, west: float, south: float, east: float, north: float, **values: object
) -> Product:
    return product(
        number,
        footprint=box(west, south, east, north),
        **{"cloud_cover": 0, "incidence": 0, **values},
    )


def ids(plan: object) -> list[int]:
    return [int(p.id[1:]) for p in plan.products]  # type: ignore[attr-defined]


def test_nothing_to_plan_with() -> None:
    plan = coverage_plan([], AREA)
    assert plan.steps == () and plan.gap is not None and plan.gap.equals(AREA)
    assert plan.gap_km2 == plan.area_km2 == area_km2(AREA) and plan.coverage == 0
    assert coverage_plan([scene(1, 5, 5, 6, 6), product(2, footprint=None)], AREA).steps == ()


def test_one_scene_that_covers_all_is_enough() -> None:
    halves = [scene(1, 0, 44, 0.5, 45), scene(2, 0.5, 44, 1, 45)]
    plan = coverage_plan([*halves, scene(3, -1, 43, 2, 46)], AREA)
    assert ids(plan) == [3] and plan.gap is None and plan.gap_km2 == 0 and plan.coverage == 1
    assert plan.steps[0].gain == pytest.approx(1)


def test_greed_is_put_right_where_others_cover_it() -> None:
    """The middle one gains most at first, and is superfluous in the end."""
    scenes = [scene(1, 0.2, 44, 0.8, 45), scene(2, 0, 44, 0.5, 45), scene(3, 0.5, 44, 1, 45)]
    assert sorted(ids(coverage_plan(scenes, AREA, weights=PLAIN))) == [2, 3]


def test_a_clear_scene_is_not_given_up_for_a_cloudy_one_that_covers_it() -> None:
    clear, old = scene(1, 0, 44, 0.95, 45), scene(3, 0, 44, 1, 45, when="2010-06-15T10:30:00")
    cloudy, hazy = scene(2, -1, 43, 2, 46, cloud_cover=90), scene(4, 0, 44, 1, 45, cloud_cover=10)
    assert ids(coverage_plan([clear, cloudy], AREA)) == [1, 2]
    assert ids(coverage_plan([clear, old], AREA)) == [1, 3]
    assert ids(coverage_plan([clear, hazy], AREA)) == [4], "hardly worse: one is enough"


def test_gap_is_exact() -> None:
    plan = coverage_plan([scene(1, -1, 43, 0.75, 46)], AREA)
    gap = box(0.75, 44, 1, 45)
    assert plan.gap is not None and plan.gap.symmetric_difference(gap).area < 1e-9
    assert plan.gap_km2 == pytest.approx(
        area_km2(gap), rel=1e-3
    ) and plan.coverage == pytest.approx(0.75)
    assert sum(s.gain for s in plan.steps) == pytest.approx(plan.coverage, abs=1e-6)


def test_cloud_incidence_and_date_decide_between_equals() -> None:
    def best(*scenes: Product, **weights: object) -> int:
        return ids(coverage_plan(scenes, AREA, weights=Weights(**weights)))[0]  # type: ignore[arg-type]

    whole = (-1, 43, 2, 46)
    assert best(scene(1, *whole, cloud_cover=30), scene(2, *whole, cloud_cover=5)) == 2
    assert best(scene(1, *whole, incidence=25), scene(2, *whole, incidence=-3)) == 2
    old, new = scene(1, *whole, when="2018-06-01"), scene(2, *whole, when="2020-06-01")
    assert best(old, new) == 2, "the latest by default"
    assert best(old, new, around=date(2018, 7, 1)) == 1
    assert best(scene(1, *whole, cloud_cover=None), scene(2, *whole, cloud_cover=90)) == 1
    assert best(scene(1, *whole, cloud_cover=None), scene(2, *whole, cloud_cover=10)) == 2
    assert (
        best(scene(1, *whole, cloud_cover=100), scene(2, 0, 44, 0.5, 45, cloud_cover=0), cloud=0)
        == 1
    )


def test_unknown_costs_halfway() -> None:
    nothing = product(1, "", cloud_cover=None, incidence=None)
    assert scene_cost(nothing, Weights(), date(2020, 1, 1)) == 1 + 1 + 0.25 + 0.25
    assert scene_cost(nothing, Weights(), None) == 1 + 1 + 0.25


def test_slivers_are_not_worth_a_scene() -> None:
    scenes = [scene(1, -1, 43, 0.9999, 46), scene(2, 0.9, 43, 2, 46)]
    assert ids(coverage_plan(scenes, AREA)) == [1]
    assert sorted(ids(coverage_plan(scenes, AREA, least_gain=0))) == [1, 2]


def test_no_more_scenes_than_wished() -> None:
    strips = [scene(i, i / 10, 44, (i + 1) / 10, 45) for i in range(10)]
    plan = coverage_plan(strips, AREA, most=3)
    assert len(plan.steps) == 3 and plan.coverage == pytest.approx(0.3)


@pytest.mark.parametrize("seed", range(12))
def test_against_every_choice(seed: int) -> None:
    """As much covered as all scenes together, with few more than the fewest possible."""
    rng = random.Random(seed)
    scenes = []
    for i in range(9):
        west, south = rng.uniform(-0.3, 0.8), rng.uniform(43.7, 44.8)
        scenes.append(
            scene(i, west, south, west + rng.uniform(0.3, 0.8), south + rng.uniform(0.3, 0.8))
        )
    plan = coverage_plan(scenes, AREA, weights=PLAIN, least_gain=0)
    everything = unary_union([s.footprint for s in scenes]).intersection(AREA)
    assert plan.coverage == pytest.approx(
        equal_area(everything).area / equal_area(AREA).area, rel=1e-6
    )
    fewest = next(
        n
        for n in range(1, 10)
        if any(
            unary_union([s.footprint for s in some]).intersection(AREA).area
            >= everything.area * (1 - 1e-7)
            for some in itertools.combinations(scenes, n)
        )
    )
    assert fewest <= len(plan.steps) <= fewest + 1
    for left_out in plan.products:
        rest = unary_union([p.footprint for p in plan.products if p is not left_out])
        assert rest.intersection(AREA).area < everything.area * (1 - 1e-9), "none is superfluous"


def test_area_in_parts_with_a_hole() -> None:
    area = MultiPolygon(
        [box(0, 44, 1, 45).difference(box(0.4, 44.4, 0.6, 44.6)), box(3, 44, 3.5, 44.5)]
    )
    plan = coverage_plan([scene(1, -1, 43, 2, 46)], area)
    assert plan.gap is not None and plan.gap.equals(box(3, 44, 3.5, 44.5))
    hole_only = scene(2, 0.45, 44.45, 0.55, 44.55)
    assert coverage_plan([hole_only], area).steps == ()


def test_broken_geometry_is_mended() -> None:
    bow = Polygon([(0, 44), (1, 45), (1, 44), (0, 45), (0, 44)])
    plan = coverage_plan([product(1, footprint=bow)], AREA)
    assert plan.coverage == pytest.approx(0.5, abs=0.01)
    assert coverage_plan([scene(1, -1, 43, 2, 46)], bow).coverage == 1
    assert coverage_plan([scene(1, -1, 43, 2, 46)], AREA.buffer(-9)).steps == ()


def test_same_products_in_any_order_give_the_same_plan() -> None:
    rng = random.Random(1)
    scenes = [scene(i, rng.uniform(0, 0.8), 44, rng.uniform(0.81, 1), 45) for i in range(40)]
    expected = ids(coverage_plan(scenes, AREA))
    rng.shuffle(scenes)
    assert ids(coverage_plan(scenes, AREA)) == expected


def test_cancel() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        coverage_plan([scene(1, 0, 44, 1, 45)], AREA, cancel)


def test_ten_thousand_products() -> None:
    rng = random.Random(5)
    area = box(-1, 43, 3, 46)
    scenes = []
    for i in range(10_000):
        west, south, tilt = rng.uniform(-1.5, 3), rng.uniform(42.5, 46), rng.uniform(-0.1, 0.1)
        ring = Polygon(
            [
                (west, south),
                (west + 0.6, south + tilt),
                (west + 0.6 + tilt, south + 0.5),
                (west + tilt, south + 0.5 - tilt),
            ]
        )
        scenes.append(
            product(
                i,
                f"20{i % 10 + 10}-06-01",
                footprint=ring,
                cloud_cover=rng.uniform(0, 60),
                incidence=rng.uniform(0, 30),
            )
        )
    began = time.perf_counter()
    plan = coverage_plan(scenes, area)
    print(f"{time.perf_counter() - began:.2f} s, {len(plan.steps)} scenes, {plan.coverage:.4f}")
    assert plan.coverage > 0.99 and len(plan.steps) < 150
    average = sum(p.cloud_cover or 0 for p in plan.products) / len(plan.products)
    assert average < 15, "clear scenes are preferred"
