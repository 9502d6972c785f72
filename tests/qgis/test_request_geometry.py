"""Areas between QGIS and core: any projection, curves, heights, selections."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.bridge.geometry.convert import area_reader, to_area, to_map
from dinamis_qgis.bridge.geometry.layer_area import layer_reader
from dinamis_qgis.core.errors import Cancelled, InvalidInput
from dinamis_qgis.core.geo import area_km2, polygons, repair_area
from dinamis_qgis.core.net.http import Cancel


def square(x: float, y: float, side: float, z: str = "") -> QgsGeometry:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return QgsGeometry.fromWkt(
        f"Polygon{z}((" + ", ".join(f"{a} {b}{' 12' if z else ''}" for a, b in corners) + "))"
    )


@pytest.mark.parametrize(
    ("code", "x", "y"),
    [
        ("2154", 420000, 6243000),
        ("2975", 340000, 7660000),
        ("2972", 350000, 500000),
        ("5490", 680000, 1790000),
        ("4471", 510000, 8580000),
    ],
    ids=["Pau", "Réunion", "Guyane", "Guadeloupe", "Mayotte"],
)
def test_a_square_of_the_local_grid_keeps_its_size(code: str, x: float, y: float) -> None:
    area = to_area(square(x, y, 12000), QgsCoordinateReferenceSystem(f"EPSG:{code}"))
    assert area is not None and area_km2(area) == pytest.approx(144, rel=0.003)


def test_web_mercator_does_not_inflate_it() -> None:
    area = to_area(square(-60000, 5340000, 20000), QgsCoordinateReferenceSystem("EPSG:3857"))
    assert area is not None and area_km2(area) == pytest.approx(400 * 0.53, rel=0.02)


def test_heights_and_curves() -> None:
    crs = QgsCoordinateReferenceSystem("EPSG:2154")
    high = to_area(square(420000, 6243000, 12000, "Z"), crs)
    assert high is not None and not high.has_z
    disc = to_area(
        QgsGeometry.fromWkt(
            "CurvePolygon(CircularString(410000 6250000, 420000 6260000, 430000 6250000, 420000 "
            "6240000, 410000 6250000))"
        ),
        crs,
    )
    assert disc is not None and area_km2(disc) == pytest.approx(314.2, rel=0.005)


def test_a_bow_tie_comes_through_and_a_line_does_not() -> None:
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    tie = to_area(QgsGeometry.fromWkt("Polygon((0 45, 1 46, 1 45, 0 46, 0 45))"), crs)
    assert tie is not None and not tie.is_valid and repair_area(tie) is not None
    assert to_area(QgsGeometry.fromWkt("LineString(0 45, 1 46)"), crs) is None
    assert to_area(QgsGeometry(), crs) is None


def test_no_or_impossible_projection() -> None:
    with pytest.raises(InvalidInput):
        to_area(square(0, 0, 1), QgsCoordinateReferenceSystem())
    with pytest.raises(InvalidInput):
        to_area(square(1e7, 1e7, 1e5), QgsCoordinateReferenceSystem("EPSG:4326"))


def test_there_and_back() -> None:
    crs = QgsCoordinateReferenceSystem("EPSG:2154")
    area = to_area(square(420000, 6243000, 12000), crs)
    assert area is not None
    assert to_map(area, crs).area() == pytest.approx(144e6, rel=1e-6)


def layer_of(*geometries: QgsGeometry) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:2154", "communes", "memory")
    features = []
    for geometry in geometries:
        feature = QgsFeature()
        feature.setGeometry(geometry)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_selected_features_are_merged_and_a_layer_is_read_whole(project: Any) -> None:
    layer = layer_of(
        square(420000, 6243000, 12000),
        square(432000, 6243000, 12000),
        square(500000, 6243000, 12000),
    )
    layer.selectByIds([1, 2])
    area = area_reader(layer, selected=True)(Cancel())
    assert area.geom_type == "Polygon" and area_km2(area) == pytest.approx(288, rel=0.003)
    whole = area_reader(layer)(Cancel())
    assert len(polygons(whole)) == 2 and area_km2(whole) == pytest.approx(432, rel=0.003)


def geographic(*texts: str, crs: str = "EPSG:4326") -> QgsVectorLayer:
    layer = layer_of(*(QgsGeometry.fromWkt(text) for text in texts))
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    return layer


TIE = "Polygon((0 43, 1 44, 1 43, 0 44, 0 43))"


def test_a_self_crossing_polygon_keeps_all_its_parts(project: Any) -> None:
    found = layer_reader(geographic(TIE))(Cancel())
    assert found.is_valid and found.area == pytest.approx(0.5) and found.bounds == (0, 43, 1, 44)
    both = area_reader(geographic(TIE, "Polygon((3 43, 4 43, 4 44, 3 43))"))(Cancel())
    assert both.area == pytest.approx(1), "merged with others"
    assert not area_reader(geographic(TIE))(Cancel()).is_valid, (
        "alone, a request is told and repaired by its rules"
    )


def test_a_layer_over_the_antimeridian_is_cut_there(project: Any) -> None:
    mercator = QgsCoordinateReferenceSystem("EPSG:3832")  # its middle is 150° east
    drawn = to_map(box(179, -18, 180, -17), mercator).boundingBox()
    drawn.setXMaximum(drawn.xMaximum() + drawn.width())
    over = geographic(QgsGeometry.fromRect(drawn).asWkt(), crs="EPSG:3832")
    expected = MultiPolygon([box(179, -18, 180, -17), box(-180, -18, -179, -17)])
    for found in (layer_reader(over)(Cancel()), repair_area(area_reader(over)(Cancel()))):
        assert found.symmetric_difference(expected).area < 1e-6
    over.dataProvider().addFeatures(list(over.getFeatures()))
    assert area_reader(over)(Cancel()).symmetric_difference(expected).area < 1e-6, (
        "merged with others"
    )
    assert layer_reader(geographic("Polygon((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"))(
        Cancel()
    ).equals(box(-180, -90, 180, 90))


def test_a_layer_is_read_in_another_thread_and_can_be_stopped(project: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    layer = layer_of(square(420000, 6243000, 12000))
    read, cancel = area_reader(layer), Cancel()
    with ThreadPoolExecutor(1) as pool:
        assert area_km2(pool.submit(read, Cancel()).result()) == pytest.approx(144, rel=0.003)
        cancel.set()
        with pytest.raises(Cancelled):
            pool.submit(read, cancel).result()


def test_a_layer_without_polygons_or_without_a_place_is_told(project: Any) -> None:
    with pytest.raises(InvalidInput, match="no polygon"):
        area_reader(QgsVectorLayer("Polygon?crs=EPSG:2154", "empty", "memory"))(Cancel())
    lost = layer_of(square(420000, 6243000, 12000))
    lost.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(InvalidInput) as told:
        area_reader(lost)(Cancel())
    assert told.value.code == "area-crs" and told.value.remedy
