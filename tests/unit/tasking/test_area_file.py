"""Areas out of files people give: every format, every system, and files that are not what they
say.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import Cancelled, InvalidInput, StorageError
from dinamis_qgis.core.geo import area_km2, polygons
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.tasking import area_file

ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

CASES = [
    ("2154", 420000, 6243000),
    ("2975", 340000, 7660000),
    ("2972", 350000, 500000),
    ("5490", 680000, 1790000),
    ("4471", 510000, 8580000),
]


def make(
    path: Path,
    driver: str,
    code: str,
    x: float,
    y: float,
    side: float = 12000,
    count: int = 1,
    kind: int = ogr.wkbPolygon,
) -> Path:
    """Squares side by side in a file of a driver."""
    system = None
    if code:
        system = osr.SpatialReference()
        system.ImportFromEPSG(int(code))
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    source = ogr.GetDriverByName(driver).CreateDataSource(str(path))
    layer = source.CreateLayer("area", system, kind)
    for number in range(count):
        left = x + number * side
        ring = (
            f"{left} {y}, {left + side} {y}, {left + side} {y + side}, {left} {y + side}, "
            f"{left} {y}"
        )
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(
            ogr.CreateGeometryFromWkt(
                f"POLYGON(({ring}))" if kind == ogr.wkbPolygon else f"LINESTRING({ring})"
            )
        )
        layer.CreateFeature(feature)
    return path


@pytest.mark.parametrize(
    ("code", "x", "y"), CASES, ids=["Pau", "Réunion", "Guyane", "Guadeloupe", "Mayotte"]
)
def test_a_geopackage_of_any_territory(code: str, x: float, y: float, tmp_path: Path) -> None:
    found = area_file.read(make(tmp_path / "zone.gpkg", "GPKG", code, x, y), Cancel())
    assert area_km2(found) == pytest.approx(144, rel=0.003)


def zipped(
    folder: Path, name: str = "zone.zip", code: str = "2154", inner: str = "dossier/"
) -> Path:
    made = folder / "shp"
    made.mkdir()
    make(made / "zone.shp", "ESRI Shapefile", code, 420000, 6243000)
    with zipfile.ZipFile(folder / name, "w") as archive:
        for file in made.iterdir():
            archive.write(file, inner + file.name)
    return folder / name


def test_a_zipped_shapefile_in_a_folder_with_an_accent(tmp_path: Path) -> None:
    folder = tmp_path / "été {1}"
    folder.mkdir()
    assert area_km2(area_file.read(zipped(folder), Cancel())) == pytest.approx(144, rel=0.003)


def test_geojson_and_kml(tmp_path: Path) -> None:
    ring = [[-0.5, 43.2], [-0.3, 43.2], [-0.3, 43.35], [-0.5, 43.35], [-0.5, 43.2]]
    plain = tmp_path / "a.geojson"
    plain.write_text(
        json.dumps(
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    )
    kml = tmp_path / "a.kml"
    text = " ".join(f"{x},{y},12" for x, y in ring)
    kml.write_text(
        '<?xml version="1.0"?><kml '
        'xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name><Polygon><outerBoundaryIs>'
        f"<LinearRing><coordinates>{text}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        f"</Placemark></kml>"
    )
    one, other = area_file.read(plain, Cancel()), area_file.read(kml, Cancel())
    assert one.equals(other) and not other.has_z


def test_several_features_are_merged(tmp_path: Path) -> None:
    found = area_file.read(
        make(tmp_path / "z.gpkg", "GPKG", "2154", 420000, 6243000, count=3), Cancel()
    )
    assert len(polygons(found)) == 1 and area_km2(found) == pytest.approx(432, rel=0.003)


def test_what_cannot_be_an_area_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.gpkg").write_bytes(b"SQLite format 3\0 nothing")
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    (tmp_path / "trap.geojson").write_text(
        "<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"
        "</OGRVRTDataSource>"
    )
    (tmp_path / "zone.vrt").write_text("<OGRVRTDataSource/>")
    lines = make(tmp_path / "lines.gpkg", "GPKG", "2154", 420000, 6243000, kind=ogr.wkbLineString)
    for name, code in (
        ("bad.gpkg", "format"),
        ("bad.zip", "format"),
        ("empty.zip", "no-polygon"),
        ("trap.geojson", "format"),
        ("zone.vrt", "format"),
    ):
        with pytest.raises(InvalidInput) as told:
            area_file.read(tmp_path / name, Cancel())
        assert told.value.code == code and told.value.remedy, name
    with pytest.raises(InvalidInput, match="polygon"):
        area_file.read(lines, Cancel())
    with pytest.raises(StorageError):
        area_file.read(tmp_path / "nowhere.gpkg", Cancel())
    monkeypatch.setattr(area_file, "MAX_FEATURES", 2)
    with pytest.raises(InvalidInput, match="too large"):
        area_file.read(
            make(tmp_path / "many.gpkg", "GPKG", "2154", 420000, 6243000, count=3), Cancel()
        )


def test_a_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zone.shp", b"\0" * 3_000_000)
    monkeypatch.setattr(area_file, "MAX_BYTES", 1_000_000)
    with pytest.raises(InvalidInput, match="too large"):
        area_file.read(tmp_path / "bomb.zip", Cancel())


def test_metres_without_a_system_are_refused_degrees_taken(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="coordinate system"):
        area_file.read(make(tmp_path / "m.shp", "ESRI Shapefile", "", 420000, 6243000), Cancel())
    found = area_file.read(
        make(tmp_path / "d.shp", "ESRI Shapefile", "", -0.5, 43.2, side=0.2), Cancel()
    )
    assert found.bounds == pytest.approx((-0.5, 43.2, -0.3, 43.4))


def test_it_can_be_stopped(tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        area_file.read(make(tmp_path / "z.gpkg", "GPKG", "2154", 420000, 6243000), cancel)
