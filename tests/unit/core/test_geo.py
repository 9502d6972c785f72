"""Areas, extents and shares against values known by other means."""

from __future__ import annotations

import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.wkt import loads

from dinamis_qgis.core import geo


def test_area_of_a_degree_cell():
    # A 1° cell at 44–45° N on WGS 84: 111.12 km by the mean of cos φ, taken by quadrature of the
    # ellipsoid's element.
    assert geo.area_km2(box(0, 44, 1, 45)) == pytest.approx(_quadrature(44, 45), rel=1e-4)


def _quadrature(south: float, north: float, steps: int = 2000) -> float:
    from math import cos, radians, sin

    a, e2 = 6378.137, 0.00669437999014
    total, width = 0.0, radians(north - south) / steps
    for index in range(steps):
        lat = radians(south) + (index + 0.5) * width
        meridian = a * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
        parallel = a * cos(lat) / (1 - e2 * sin(lat) ** 2) ** 0.5
        total += meridian * parallel * radians(1) * width
    return total


def test_holes_and_parts():
    whole, hole = box(0, 44, 1, 45), box(0.2, 44.2, 0.4, 44.4)
    pierced = Polygon(whole.exterior.coords, [hole.exterior.coords])
    assert geo.area_km2(pierced) == pytest.approx(geo.area_km2(whole) - geo.area_km2(hole))
    assert geo.area_km2(MultiPolygon([box(0, 44, 1, 45), box(2, 44, 3, 45)])) == pytest.approx(
        2 * geo.area_km2(whole)
    )
    assert geo.area_km2(Polygon()) == 0


def test_orientation_does_not_matter():
    ring = [(0, 44), (0, 45), (1, 45), (1, 44)]
    assert geo.area_km2(Polygon(ring)) == pytest.approx(geo.area_km2(Polygon(ring[::-1])))


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        ((0, 44, 1, 45), [(0, 44, 1, 45)]),
        ((170, -10, 190, 10), [(170, -10, 180, 10), (-180, -10, -170, 10)]),
        ((170, -10, -170, 10), [(170, -10, 180, 10), (-180, -10, -170, 10)]),
        ((-200, -95, 300, 95), [(-180, -90, 180, 90)]),
        ((170, 0, 180, 10), [(170, 0, 180, 10)]),
        ((190, 0, 200, 10), [(-170, 0, -160, 10)]),
    ],
)
def test_extent(extent, expected):
    found = geo.extent_polygon(*extent)
    assert sorted(p.bounds for p in getattr(found, "geoms", [found])) == sorted(expected)


def test_share():
    area = box(0, 44, 1, 45)
    assert geo.covered_share(box(0, 44, 0.5, 45), area) == pytest.approx(0.5)
    assert geo.covered_share(box(-1, 40, 2, 50), area) == 1
    assert geo.covered_share(box(5, 5, 6, 6), area) == 0
    assert geo.covered_share(None, area) is None
    assert geo.covered_share(area, None) is None
    bow_tie = Polygon([(0, 44), (1, 45), (1, 44), (0, 45)])
    assert 0 < geo.covered_share(bow_tie, area) < 1


def test_bow_tie_is_repaired_into_its_two_halves() -> None:
    after = geo.repair_area(Polygon([(0, 45), (1, 46), (1, 45), (0, 46), (0, 45)]))
    assert after is not None and after.is_valid and len(geo.polygons(after)) == 2
    assert after.symmetric_difference(
        loads("POLYGON((0 45, 0.5 45.5, 0 46, 0 45))").union(
            loads("POLYGON((1 45, 1 46, 0.5 45.5, 1 45))")
        )
    ).area == pytest.approx(0, abs=1e-9)


def test_nothing_is_left_of_a_line() -> None:
    assert geo.repair_area(Polygon([(0, 45), (1, 45), (0.5, 45), (0, 45)])) is None


@pytest.mark.parametrize(
    "ring",
    [
        [
            (179, -17),
            (181, -17),
            (181, -16),
            (179, -16),
        ],  # as drawn on a canvas that goes on beyond 180
        [(-181, -17), (-179, -17), (-179, -16), (-181, -16)],
        [(179, -17), (-179, -17), (-179, -16), (179, -16)],  # as a file may say it
    ],
)
def test_antimeridian_in_every_writing(ring: list[tuple[float, float]]) -> None:
    cut = geo.wrap_longitudes(Polygon(ring))
    assert cut.is_valid and len(geo.polygons(cut)) == 2
    assert cut.bounds[0] == -180 and cut.bounds[2] == 180
    assert geo.area_km2(cut) == pytest.approx(geo.area_km2(box(10, -17, 12, -16)), rel=1e-4)
    joined = geo.unwrap_longitudes(cut)
    assert len(geo.polygons(joined)) == 1 and joined.is_valid


def test_far_parts_are_not_joined() -> None:
    both = MultiPolygon([box(0, 43, 1, 44), box(5, 43, 6, 44)])
    assert geo.wrap_longitudes(both).equals(both)
