"""The map's extent on Earth, in every projection a project may have."""

from __future__ import annotations

import math
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRectangle
from qgis.gui import QgsMapCanvas
from shapely.geometry import Point

from dinamis_qgis.bridge.geometry.extent import canvas_area, extent_area
from dinamis_qgis.core.errors import InvalidInput


def area(crs: str, *corners: float) -> Any:
    return extent_area(
        QgsRectangle(*corners), QgsCoordinateReferenceSystem(crs), QgsCoordinateTransformContext()
    )


def test_lambert_93_has_curved_edges() -> None:
    found = area("EPSG:2154", 400_000, 6_200_000, 700_000, 6_400_000)
    # independent: pyproj on the same corners and on the middle of the upper edge
    from pyproj import Transformer

    to_earth = Transformer.from_crs(2154, 4326, always_xy=True)
    for x, y in (
        (400_000, 6_200_000),
        (700_000, 6_400_000),
        (550_000, 6_400_000),
        (550_000, 6_200_000),
    ):
        assert found.exterior.distance(Point(*to_earth.transform(x, y))) < 1e-6
    assert len(found.exterior.coords) > 50


@pytest.mark.parametrize(
    ("crs", "inside"),
    [
        ("EPSG:3857", (-0.37, 43.3)),
        ("EPSG:2154", (-0.37, 43.3)),
        ("EPSG:32630", (-0.37, 43.3)),
        ("EPSG:4171", (-0.37, 43.3)),
        ("EPSG:27572", (-0.37, 43.3)),
        ("EPSG:2972", (-53.0, 4.0)),
        ("EPSG:2975", (55.5, -21.1)),
        ("EPSG:5490", (-61.5, 16.2)),
        ("EPSG:4471", (45.1, -12.8)),
    ],
)
def test_a_window_of_ten_kilometres(crs: str, inside: tuple[float, float]) -> None:
    from pyproj import Geod, Transformer

    half = 5000 if not QgsCoordinateReferenceSystem(crs).isGeographic() else 0.05
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(*inside)
    found = area(crs, x - half, y - half, x + half, y + half)
    assert found.is_valid and found.contains(Point(*inside))
    km2 = abs(Geod(ellps="WGS84").geometry_area_perimeter(found)[0]) / 1e6
    assert 40 < km2 < 130


def test_wgs_84_across_the_antimeridian() -> None:
    found = area("EPSG:4326", 170, -20, 190, -10)
    assert found.geom_type == "MultiPolygon"
    assert sorted(p.bounds for p in found.geoms) == [(-180, -20, -170, -10), (170, -20, 180, -10)]


def test_projected_map_across_the_antimeridian() -> None:
    found = area(
        "EPSG:3832", 3_100_000, -2_200_000, 4_500_000, -1_900_000
    )  # Pacific Mercator, centred on 150° E
    assert found.geom_type == "MultiPolygon"
    west, _, east, _ = found.bounds
    assert (west, east) == (-180, 180)
    assert found.area < 50, "two strips, not the whole way round"


def test_world_in_web_mercator_and_beyond() -> None:
    for half in (20_037_508, 40_000_000):
        west, south, east, north = area("EPSG:3857", -half, -half, half, half).bounds
        assert west < -165 and east > 165 and south < -80 and north > 80


def test_world_in_wgs_84() -> None:
    assert area("EPSG:4326", -400, -200, 400, 200).bounds == (-180, -90, 180, 90)


@pytest.mark.parametrize(
    ("crs", "latitude"), [("EPSG:3995", 90), ("EPSG:3031", -90), ("EPSG:3413", 90)]
)
def test_pole_in_sight(crs: str, latitude: float) -> None:
    found = area(crs, -1_000_000, -1_000_000, 1_000_000, 1_000_000)
    west, south, east, north = found.bounds
    assert (west, east) == (-180, 180)
    assert latitude in (south, north)
    assert north - south < 20


def test_polar_map_beside_the_pole() -> None:
    found = area("EPSG:3031", 1_000_000, 1_000_000, 1_200_000, 1_200_000)
    assert found.contains(Point(45, -75.7)) and found.area < 30


def test_globe_with_space_around_it() -> None:
    ortho = "PROJ:+proj=ortho +lat_0=45 +lon_0=0 +datum=WGS84"
    found = area(ortho, -8_000_000, -8_000_000, 8_000_000, 8_000_000)
    assert found.contains(Point(0, 45)) and not found.is_empty


def test_lambert_93_zoomed_out_to_the_world() -> None:
    found = area("EPSG:2154", -30_000_000, -30_000_000, 30_000_000, 30_000_000)
    assert found.is_valid and found.contains(Point(2, 46))


@pytest.mark.parametrize(
    ("crs", "corners", "code"),
    [
        ("EPSG:2154", (0, 0, 0, 0), "extent-empty"),
        ("EPSG:2154", (1, 1, 1, 5), "extent-empty"),
        ("EPSG:2154", (math.nan, 0, 1, 1), "extent-empty"),
        ("EPSG:2154", (-math.inf, 0, math.inf, 1), "extent-empty"),
        ("EPSG:3857", (0, 0, 1e300, 1e300), "extent-empty"),
        ("", (0, 0, 1, 1), "extent-crs"),
        ("EPSG:4326", (0, 91, 1, 95), "extent-outside"),
        (
            "PROJ:+proj=ortho +lat_0=45 +lon_0=0 +datum=WGS84",
            (7e6, 7e6, 8e6, 8e6),
            "extent-outside",
        ),
    ],
)
def test_no_place_on_earth_is_a_sentence(crs: str, corners: tuple[float, ...], code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        area(crs, *corners)
    assert caught.value.code == code
    assert caught.value.message and caught.value.remedy


def test_rotated_canvas_is_covered_whole() -> None:
    canvas = QgsMapCanvas()
    canvas.resize(400, 300)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas.setExtent(QgsRectangle(400_000, 6_200_000, 404_000, 6_203_000))
    straight = canvas_area(canvas)
    canvas.setRotation(45)
    assert canvas_area(canvas).area > straight.area
    canvas.deleteLater()


def test_canvas_without_anything_is_a_sentence() -> None:
    canvas = QgsMapCanvas()
    with pytest.raises(InvalidInput):
        canvas_area(canvas)
    canvas.deleteLater()
