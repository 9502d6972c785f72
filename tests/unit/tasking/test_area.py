"""Measures and repairs of the area, against independent formulas."""

from __future__ import annotations

from math import cos, pi, radians

import pytest
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.wkt import loads

from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.tasking import area as shapes

BOW_TIE = Polygon([(0, 45), (1, 46), (1, 45), (0, 46), (0, 45)])


@pytest.mark.parametrize("lat", [0.0, 43.3, -21.1, 48.9])
def test_width_of_a_rectangle_whatever_its_turn(lat: float) -> None:
    corners = [(-10, -2), (10, -2), (10, 2), (-10, 2)]
    for turn in (0.0, 0.3, 1.1):
        from math import sin

        points = [(x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) for x, y in corners]
        degrees = [(55.0 + x / (111.32 * cos(radians(lat))), lat + y / 110.8) for x, y in points]
        assert shapes.width_km(Polygon(degrees)) == pytest.approx(4, rel=0.01)


def test_circle_and_corridor_have_the_size_they_are_asked_for() -> None:
    disc = shapes.circle(-0.37, 43.3, 10)
    assert area_km2(disc) == pytest.approx(pi * 100, rel=0.005)
    strip = shapes.corridor(LineString([(-0.5, 43.2), (-0.3, 43.2)]), 2.0)
    assert strip is not None
    length = 0.2 * 111.32 * cos(radians(43.2))
    assert area_km2(strip) == pytest.approx(length * 2, rel=0.01)


def test_bow_tie_is_repaired_into_its_two_halves() -> None:
    after = shapes.repaired(BOW_TIE)
    assert after is not None and after.is_valid and len(shapes.polygons(after)) == 2
    assert after.symmetric_difference(loads("POLYGON((0 45, 0.5 45.5, 0 46, 0 45))").union(
        loads("POLYGON((1 45, 1 46, 0.5 45.5, 1 45))"))).area == pytest.approx(0, abs=1e-9)  # fmt: skip


def test_nothing_is_left_of_a_line() -> None:
    assert shapes.repaired(Polygon([(0, 45), (1, 45), (0.5, 45), (0, 45)])) is None


@pytest.mark.parametrize(
    "ring",
    [
        [(179, -17), (181, -17), (181, -16), (179, -16)],  # as drawn on a canvas that goes on beyond 180
        [(-181, -17), (-179, -17), (-179, -16), (-181, -16)],
        [(179, -17), (-179, -17), (-179, -16), (179, -16)],  # as a file may say it
    ],
)
def test_antimeridian_in_every_writing(ring: list[tuple[float, float]]) -> None:
    whole = Polygon(ring)
    cut = shapes.wrap(whole)
    assert shapes.crosses_antimeridian(whole)
    assert cut.is_valid and len(shapes.polygons(cut)) == 2
    assert cut.bounds[0] == -180 and cut.bounds[2] == 180
    assert area_km2(cut) == pytest.approx(area_km2(box(10, -17, 12, -16)), rel=1e-4)
    joined = shapes.unwrap(cut)
    assert len(shapes.polygons(joined)) == 1 and joined.is_valid
    assert shapes.width_km(cut) == pytest.approx(110.6, rel=0.01)


def test_far_parts_are_not_joined() -> None:
    both = MultiPolygon([box(0, 43, 1, 44), box(5, 43, 6, 44)])
    assert shapes.wrap(both).equals(both)
    assert not shapes.crosses_antimeridian(both)


def test_simplified_keeps_shape_and_limit() -> None:
    disc = shapes.circle(-0.37, 43.3, 10)
    after = shapes.simplified(disc, 20)
    assert after is not None and shapes.vertex_count(after) <= 20
    assert area_km2(after) == pytest.approx(area_km2(disc), rel=0.05)


def test_narrow_share_sees_the_arm_not_the_square() -> None:
    square = box(-0.5, 43.2, -0.3, 43.35)
    assert shapes.narrow_share(square, 5) == pytest.approx(0, abs=0.01)
    arm = square.union(box(-0.3, 43.27, 0.9, 43.28))
    assert shapes.narrow_share(arm, 5) > 0.2


def test_gap_is_what_is_left() -> None:
    area = box(0, 43, 1, 44)
    rest = shapes.gap(area, box(0, 43, 0.5, 44))
    assert rest is not None and rest.equals(box(0.5, 43, 1, 44))
    assert shapes.gap(area, box(-1, 42, 2, 45)) is None
    assert shapes.gap(area, None) is not None
