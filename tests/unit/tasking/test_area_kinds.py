"""Area files as people's software writes them: each gives the right area, or a sentence with the
guess that would repair it.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.tasking import area_file

ogr = pytest.importorskip("osgeo.ogr")
gdal = pytest.importorskip("osgeo.gdal")

from tests.unit.tasking.test_area_file import make, zipped  # noqa: E402

RING = [[-0.4, 43.28], [-0.3, 43.28], [-0.3, 43.34], [-0.4, 43.34], [-0.4, 43.28]]
KM2 = 54.1
L93 = [[424000, 6249000], [430000, 6249000], [430000, 6255000], [424000, 6255000]]


def polygon(ring: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def kml(coordinates: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    text = coordinates or " ".join(f"{x},{y},120" for x, y in RING)
    return (
        f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Été</name><Placemark>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{text}</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )


def size(path: Path) -> float:
    return area_km2(area_file.read(path, Cancel()))


def refused(path: Path) -> InvalidInput:
    with pytest.raises(InvalidInput) as told:
        area_file.read(path, Cancel())
    assert told.value.remedy
    assert path.name in told.value.message
    return told.value


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it is written: ZipInfo would turn backslashes
            archive.writestr(info, data)
    return path


TEXTS: dict[str, bytes] = {
    "bom.geojson": b"\xef\xbb\xbf" + json.dumps(polygon(RING)).encode(),
    "utf16.geojson": json.dumps(polygon(RING)).encode("utf-16"),
    "utf16.kml": kml(head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
    "latin.kml": kml(head='<?xml version="1.0" encoding="ISO-8859-1"?>').encode("latin-1"),
    "undeclared.kml": kml(head='<?xml version="1.0"?>').encode("latin-1"),
    "crlf.kml": kml().replace(" ", "\r\n").replace("xml\r\n", "xml ").encode(),
    "unclosed.geojson": json.dumps(polygon(RING[:-1])).encode(),
    "sequence.geojson": b"\x1e" + json.dumps({"type": "Feature", "properties": {}, "geometry": polygon(RING)}).encode() + b"\n",
    "collection.geojson": json.dumps({"type": "GeometryCollection", "geometries": [
        {"type": "GeometryCollection", "geometries": [polygon(RING)]}, {"type": "Point", "coordinates": [0, 43]}]}).encode(),
    "esri.json": json.dumps({"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}, "fields": [],
        "features": [{"attributes": {}, "geometry": {"rings": [RING]}}]}).encode(),
    "null.geojson": json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": None}, {"type": "Feature", "properties": {}, "geometry": polygon(RING)}]}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts_of_every_kind(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(TEXTS[name])
    assert size(tmp_path / name) == pytest.approx(KM2, rel=0.002)
    assert not gdal.ReadDir("/vsimem/") or not [
        n for n in gdal.ReadDir("/vsimem/") if n.startswith("dinamis-area")
    ], "nothing stays in GDAL's memory"


@pytest.mark.parametrize(
    ("wkt", "km2"),
    [
        ("TIN Z (((0 0 1, 6 0 1, 0 6 1, 0 0 1)), ((6 0 1, 6 6 1, 0 6 1, 6 0 1)))", 36),
        ("POLYHEDRALSURFACE Z (((0 0 1, 6 0 1, 6 6 1, 0 6 1, 0 0 1)))", 36),
        ("GEOMETRYCOLLECTION (TIN (((0 0, 6 0, 0 6, 0 0))), POINT (1 1))", 18),
        ("CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (0 0, 3 -3, 6 0), (6 0, 0 0)))", 14.1),
        ("MULTISURFACE (((0 0, 6 0, 6 6, 0 6, 0 0)), CURVEPOLYGON ((8 0, 9 0, 9 1, 8 0)))", 36.5),
        ("POLYGON ZM ((0 0 1 2, 6 0 1 2, 6 6 1 2, 0 6 1 2, 0 0 1 2))", 36),
    ],
)
def test_surfaces_of_every_kind(tmp_path: Path, wkt: str, km2: float) -> None:
    geometry = ogr.CreateGeometryFromWkt(wkt)
    path = make(tmp_path / "zone.gpkg", "GPKG", "2154", 0, 0, count=0, kind=ogr.wkbUnknown)
    source = ogr.Open(str(path), 1)
    feature = ogr.Feature(source.GetLayer(0).GetLayerDefn())
    _move(geometry)
    feature.SetGeometry(geometry)
    source.GetLayer(0).CreateFeature(feature)
    del feature, source
    assert size(path) == pytest.approx(km2, rel=0.01)


def _move(geometry: Any) -> None:
    """From kilometres of a corner to Lambert-93."""
    for index in range(geometry.GetGeometryCount()):
        _move(geometry.GetGeometryRef(index))
    for index in range(geometry.GetPointCount() if geometry.GetGeometryCount() == 0 else 0):
        x, y = geometry.GetX(index), geometry.GetY(index)
        geometry.SetPoint_2D(index, 424000 + 1000 * x, 6249000 + 1000 * y)


def _backslashes(files: dict[str, bytes]) -> dict[str, bytes]:
    return {n.replace("/", "\\"): data for n, data in files.items()}


def _mac(files: dict[str, bytes]) -> dict[str, bytes]:
    found = {}
    for name, data in files.items():
        folder, _, last = name.rpartition("/")
        found[f"__MACOSX/{folder}/._{last}"] = found[f"{folder}/._{last}"] = b"\0\x05\x16\x07" * 9
        found[name] = data
    return found


def _only_shp(files: dict[str, bytes]) -> dict[str, bytes]:
    return {n: data for n, data in files.items() if n.endswith((".shp", ".prj"))}


@pytest.mark.parametrize(
    "change",
    [
        _backslashes,
        _mac,
        _only_shp,
        lambda files: {n.upper(): data for n, data in files.items()},
        lambda files: {f"/vsi/../{n}": data for n, data in files.items()},
        lambda files: {f"{{v2}} & (1)/{n}": data for n, data in files.items()},
        lambda files: {**files, "liste.csv": b"a;b", "plan.pdf": b"%PDF"},
    ],
)
def test_zips_of_every_kind(
    tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    files = entries(zipped(tmp_path))
    path = packed(tmp_path / "autre.zip", change(files))
    assert size(path) == pytest.approx(144, rel=0.003)


def test_other_formats_in_a_zip(tmp_path: Path) -> None:
    inner = zipped(tmp_path).read_bytes()
    assert size(packed(tmp_path / "b.zip", {"a/zone.zip": inner})) == pytest.approx(144, rel=0.003)
    text = json.dumps(polygon(RING)).encode()
    assert size(packed(tmp_path / "c.zip", {"a.geojson": text})) == pytest.approx(KM2, rel=0.002)
    assert size(packed(tmp_path / "d.kmz", {"doc.kml": kml().encode()})) == pytest.approx(
        KM2, rel=0.002
    )


def test_a_zip_within_a_zip_within_a_zip_ends(tmp_path: Path) -> None:
    data = zipped(tmp_path).read_bytes()
    for number in range(3):
        data = packed(tmp_path / f"{number}.zip", {"in.zip": data}).read_bytes()
    assert refused(tmp_path / "2.zip").code == "no-polygon"


def test_a_shapefile_without_its_index(tmp_path: Path) -> None:
    path = make(tmp_path / "zone.shp", "ESRI Shapefile", "2154", 420000, 6243000, count=3)
    (tmp_path / "zone.shx").unlink()
    assert size(path) == pytest.approx(432, rel=0.003)


def geojson(path: Path, ring: list[Any], **more: Any) -> Path:
    feature = {"type": "Feature", "properties": {}, "geometry": polygon([*ring, ring[0]])}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature], **more}))
    return path


@pytest.mark.parametrize(
    ("x", "y", "guess"),
    [
        (424000, 6249000, "Lambert-93 (EPSG:2154)"),
        (376000, 1815000, "Lambert II étendu (EPSG:27572)"),
        (1420000, 3250000, "CC44 (EPSG:3944)"),
        (340000, 7660000, "UTM 40S (EPSG:2975)"),
        (680000, 1790000, "UTM 20N (EPSG:5490)"),
        (510000, 8580000, "UTM 38S (EPSG:4471)"),
        (-40000, 5360000, "Web Mercator (EPSG:3857)"),
    ],
)
@pytest.mark.parametrize("how", [{}, {"crs": None}])
def test_metres_without_a_system(
    tmp_path: Path, x: float, y: float, guess: str, how: dict[str, Any]
) -> None:
    ring = [[x, y], [x + 6000, y], [x + 6000, y + 6000], [x, y + 6000]]
    told = refused(geojson(tmp_path / "zone.geojson", ring, **how))
    assert told.code == "area-crs" and "coordinate system" in told.message
    assert guess in told.remedy


def test_the_same_in_a_geopackage_without_a_system(tmp_path: Path) -> None:
    told = refused(make(tmp_path / "zone.gpkg", "GPKG", "", 424000, 6249000))
    assert "Lambert-93" in told.remedy


def test_swapped_axes(tmp_path: Path) -> None:
    told = refused(geojson(tmp_path / "zone.geojson", [[y, x] for x, y in RING[:-1]]))
    assert "swapped" in told.message and "-0.35, 43.31" in told.remedy
    island = [[-21.0, 55.4], [-21.0, 55.5], [-20.9, 55.5]]
    assert "swapped" in refused(geojson(tmp_path / "r.geojson", island)).message
    noumea = [[-22.0, 166.4], [-22.0, 166.5], [-21.9, 166.5]]
    assert "swapped" in refused(geojson(tmp_path / "n.geojson", noumea)).message


def test_an_area_abroad_is_none_of_these(tmp_path: Path) -> None:
    for name, ring in {
        "liban": [[35.4, 33.8], [35.6, 33.8], [35.6, 34.0]],
        "antimeridien": [[179.5, -17], [180.5, -17], [180.5, -16]],
        "pole": [[-10, 80], [10, 80], [10, 85]],
    }.items():
        assert size(geojson(tmp_path / f"{name}.geojson", ring)) > 0


def test_degrees_in_what_says_metres(tmp_path: Path) -> None:
    path = make(tmp_path / "zone.gpkg", "GPKG", "2154", -0.4, 43.2, side=0.1)
    told = refused(path)
    assert "Lambert-93" in told.message and "4326" in told.remedy


def test_beyond_the_world(tmp_path: Path) -> None:
    told = refused(geojson(tmp_path / "zone.geojson", [[9e8, 1], [9e8 + 5, 1], [9e8, 8]]))
    assert told.code == "area-crs"


def test_nothing_to_be_an_area(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": RING}
    (tmp_path / "line.geojson").write_text(json.dumps(line))
    assert "lines" in refused(tmp_path / "line.geojson").remedy
    empty = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": []},
    }
    (tmp_path / "empty.geojson").write_text(json.dumps(empty))
    assert "empty" in refused(tmp_path / "empty.geojson").remedy
    two = polygon([[0, 43], [1, 43], [0, 43]])
    (tmp_path / "two.geojson").write_text(json.dumps(two))
    assert refused(tmp_path / "two.geojson").code == "no-polygon"


def test_a_zip_with_a_password_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(mark, start + 4)
    path.write_bytes(data)
    assert refused(path).code == "format"
