"""Measures and repairs of the area, against independent formulas."""

from __future__ import annotations

from math import cos, pi, radians

import pytest
from shapely.geometry import LineString, Polygon, box

from dinamis_qgis.core.geo import area_km2, vertex_count
from dinamis_qgis.core.tasking import area as shapes


@pytest.mark.parametrize("lat", [0.0, 43.3, -21.1, 48.9])
def test_width_of_a_rectangle_whatever_its_turn(lat: float) -> None:
    corners = [(-10, -2), (10, -2), (10, 2), (-10, 2)]
    for turn in (0.0, 0.3, 1.1):
        from math import sin

        points = [
            (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) for x, y in corners
        ]
        degrees = [(55.0 + x / (111.32 * cos(radians(lat))), lat + y / 110.8) for x, y in points]
        assert shapes.width_km(Polygon(degrees)) == pytest.approx(4, rel=0.01)


def test_width_across_the_antimeridian() -> None:
    assert shapes.width_km(
        box(179, -17, 180, -16).union(box(-180, -17, -179, -16))
    ) == pytest.approx(110.6, rel=0.01)


def test_circle_and_corridor_have_the_size_they_are_asked_for() -> None:
    disc = shapes.circle_around(-0.37, 43.3, 10)
    assert area_km2(disc) == pytest.approx(pi * 100, rel=0.005)
    strip = shapes.corridor_along(LineString([(-0.5, 43.2), (-0.3, 43.2)]), 2.0)
    assert strip is not None
    length = 0.2 * 111.32 * cos(radians(43.2))
    assert area_km2(strip) == pytest.approx(length * 2, rel=0.01)


def test_simplified_keeps_shape_and_limit() -> None:
    disc = shapes.circle_around(-0.37, 43.3, 10)
    after = shapes.simplify_outline(disc, 20)
    assert after is not None and vertex_count(after) <= 20
    assert area_km2(after) == pytest.approx(area_km2(disc), rel=0.05)


def test_narrow_share_sees_the_arm_not_the_square() -> None:
    square = box(-0.5, 43.2, -0.3, 43.35)
    assert shapes.narrow_share(square, 5) == pytest.approx(0, abs=0.01)
    arm = square.union(box(-0.3, 43.27, 0.9, 43.28))
    assert shapes.narrow_share(arm, 5) > 0.2


def test_gap_is_what_is_left() -> None:
    area = box(0, 43, 1, 44)
    rest = shapes.uncovered_part(area, box(0, 43, 0.5, 44))
    assert rest is not None and rest.equals(box(0.5, 43, 1, 44))
    assert shapes.uncovered_part(area, box(-1, 42, 2, 45)) is None
    assert shapes.uncovered_part(area, None) is not None
