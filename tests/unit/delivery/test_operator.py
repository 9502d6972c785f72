"""Deliveries as people really receive them: as the operator writes them, packed as portals pack,
damaged as lines damage them. A fault of one product is a line, and stops none of the others.
"""

from __future__ import annotations

import codecs
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

gdal = pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from dinamis_qgis.core.delivery import deliver  # noqa: E402
from dinamis_qgis.core.delivery.deliver import Report, open_deliveries  # noqa: E402
from dinamis_qgis.core.local_catalogue.record import products_at_home  # noqa: E402
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from tests.support.dimap import (  # noqa: E402
    Scene,
    bundle,
    description,
    rpc,
    tar,
    value,
    write_component,
    write_delivery,
    zipped,
)
from tests.support.stac import validate  # noqa: E402

SMALL = Scene(columns=60, rows=40, tile=(60, 40), clouds=False)
NEO = Scene(
    satellite="PNEO3", spectral="PMS-FS", order=("R", "G", "B", "NIR", "RE", "DB"), pixel=0.3
)  # fmt: skip


def opened(source: Path, home: Path) -> Report:
    return open_deliveries(source, home, Cancel())


def codes(report: Report) -> list[str]:
    assert all(line.error.message and line.error.remedy for line in report.refused)
    return [line.error.code for line in report.refused]


def pixels(report: Report, number: int = 0) -> np.ndarray:
    assert not report.refused, [r.error.sentence() + r.error.details for r in report.refused]
    return gdal.Open(report.opened[number].product.assets[0].href).ReadAsArray()


def mask(report: Report) -> np.ndarray:
    image = gdal.Open(report.opened[0].product.assets[0].href)
    return image.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0


def edit(source: Path, pattern: str, change: Callable[[str], str]) -> None:
    path = next(source.rglob(pattern))
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    "scene",
    [
        Scene(line_end="\r\n"), Scene(mark=codecs.BOM_UTF8), Scene(encoding="ISO-8859-1", copyright="© Été"),
        Scene(encoding="UTF-16"), Scene(line_end="\r\n", mark=codecs.BOM_UTF8, suffix="TIF"),
    ],
)  # fmt: skip
def test_descriptions_as_the_operator_writes_them(tmp_path: Path, scene: Scene) -> None:
    source = write_delivery(tmp_path / "in", scene)
    assert "<?xml-stylesheet" in description(scene) and "<![CDATA[" in description(
        Scene(copyright="x")
    )
    assert list(source.rglob("STYLE.XSL")) and list(source.rglob("INDEX.HTM"))
    assert pixels(opened(source, tmp_path / "home"))[0, 120, 200] == value("B2", 200, 120)


def test_the_public_samples_of_the_driver(tmp_path: Path) -> None:
    """Their shape: no list of bands but an order of display, names instead of numbers, a volume
    that announces documentation at an address. The same pixels as GDAL's own driver.
    """
    source = tmp_path / "in"
    path = write_component(source, Scene(columns=20, rows=30, tile=(20, 20), clouds=False))
    text = re.sub(r"<Raster_Index_List>.*?</Raster_Index_List>", "", path.read_text())
    path.write_text(text.replace("2.15", "2.0").replace("12.5</INC", "CENTER_INCIDENCE</INC"))
    report = opened(source, tmp_path / "home")
    assert report.opened[0].product.incidence is None
    assert np.array_equal(pixels(report), gdal.Open(str(path)).ReadAsArray())


@pytest.mark.parametrize("what", ["HEIGHT_OFF", "LONG_OFF", "SAMP_NUM_COEFF_3", "LAT_SCALE"])
@pytest.mark.parametrize("text", ["LONG_OFF", "nan", "1e999", "", "9" * 50, "１"])
def test_a_model_of_words_is_a_line(tmp_path: Path, what: str, text: str) -> None:
    folder = tmp_path / "in"
    write_delivery(folder, Scene(columns=60, rows=40, tile=(60, 40), level="SEN"), name="A")
    write_delivery(folder, SMALL, name="B")
    edit(folder, "RPC_*.XML", lambda t: re.sub(rf"<{what}>[^<]*<", f"<{what}>{text}<", t))
    report = opened(folder, tmp_path / "home")
    assert len(report.opened) == 1 and codes(report) == ["raw"]


@pytest.mark.parametrize("number", ["-", "x", "1e400", "9" * 40, "&#49;0 0", "٣"])
@pytest.mark.parametrize(
    "name",
    [
        "NROWS",
        "NCOLS",
        "NBANDS",
        "XDIM",
        "ULXMAP",
        "LON",
        "TIME",
        "IMAGING_TIME",
        "BAND_INDEX",
        "SPECIAL_VALUE_COUNT",
        "CLOUD_COVERAGE",
        "SUN_AZIMUTH",
        "PROJECTED_CRS_CODE",
        "NTILES",
    ],
)
def test_values_that_are_no_numbers(tmp_path: Path, name: str, number: str) -> None:
    folder = tmp_path / "in"
    write_delivery(folder, SMALL, name="A")
    edit(
        folder, "DIM_*.XML", lambda t: re.sub(rf"<{name}([^>]*)>[^<]*<", rf"<{name}\1>{number}<", t)
    )
    write_delivery(folder, Scene(**{**vars(SMALL), "stamp": "201905051026429"}), name="B")
    report = opened(folder, tmp_path / "home")
    assert len(report.opened) + len(report.refused) == 2 and report.opened
    assert set(codes(report)) <= {"dim", "tile", "missing"}


@pytest.mark.parametrize("place", ["assemble_vrt", "cloud_layer", "write_record", "_product_of"])
@pytest.mark.parametrize(
    "fault", [ValueError("x"), KeyError("x"), MemoryError(), RuntimeError("x")]
)
def test_any_fault_of_one_product_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, fault: Exception
) -> None:
    write_delivery(tmp_path / "in", Scene(**{**vars(SMALL), "clouds": True}), name="A")
    write_delivery(tmp_path / "in", Scene(**{**vars(SMALL), "stamp": "201905051026429"}), name="B")
    right, times = getattr(deliver, place), []

    def once(*given: object) -> object:
        times.append(1)
        if len(times) == 1:
            raise fault
        return right(*given)

    monkeypatch.setattr(deliver, place, once)
    report = opened(tmp_path / "in", tmp_path / "home")
    if place == "cloud_layer":
        assert len(report.opened) == 2 and report.opened[0].warnings
    else:
        assert len(report.opened) == 1 and codes(report) == ["delivery"]


def test_a_forbidden_character_is_a_line(tmp_path: Path) -> None:
    write_delivery(tmp_path / "in", SMALL, name="A")
    edit(tmp_path / "in", "DIM_*.XML", lambda t: t.replace("DS_", "DS&#0;&#xD800;_"))
    write_delivery(tmp_path / "in", Scene(**{**vars(SMALL), "stamp": "201905051026429"}), name="B")
    report = opened(tmp_path / "in", tmp_path / "home")
    assert len(report.opened) == 1 and codes(report) == ["xml"]


def test_raw_geometry_is_recorded_as_it_was_written(tmp_path: Path) -> None:
    scene = Scene(level="SEN", tile=(300, 200), pixel=1.5)
    opened(write_delivery(tmp_path / "in", scene), tmp_path / "home")
    (item,) = validate(tmp_path / "home")
    asset = item["assets"]["image"]
    image = gdal.Open(str(next((tmp_path / "home").rglob(asset["href"][2:]))))
    code = f"EPSG:{image.GetSpatialRef().GetAuthorityCode(None)}"
    assert item["properties"]["proj:code"] == asset["proj:code"] == code != "EPSG:2154"
    assert asset["proj:shape"] == [image.RasterYSize, image.RasterXSize]
    assert asset["proj:transform"][2] == image.GetGeoTransform()[0]
    assert item["properties"]["gsd"] == asset["gsd"] == 1.5


def test_the_model_is_the_one_of_the_driver(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene(level="SEN", tile=(300, 200)))
    opened(source, tmp_path / "home")
    ours = gdal.Open(str(next((tmp_path / "home").rglob("*_brut.vrt")))).GetMetadata("RPC")
    theirs = gdal.Open(str(next(source.rglob("DIM_*.XML")))).GetMetadata("RPC")
    for name in ("LINE_OFF", "SAMP_OFF", "LAT_OFF", "LONG_SCALE", "LINE_NUM_COEFF"):
        assert [float(x) for x in ours[name].split()] == [float(x) for x in theirs[name].split()]


def test_two_deliveries_of_one_name_are_two(tmp_path: Path) -> None:
    write_delivery(tmp_path / "in", SMALL, name="A")
    other = write_delivery(tmp_path / "in", SMALL, name="B")
    tile = next(other.rglob("*.TIF"))
    image = gdal.Open(str(tile), gdal.GA_Update)
    image.GetRasterBand(1).Fill(77)
    image = None
    for _ in range(2):  # and the same two the next time
        report = opened(tmp_path / "in", tmp_path / "home")
        assert (pixels(report, 0)[0, 5, 5], pixels(report, 1)[0, 5, 5]) == (value("B2", 5, 5), 77)
        folders = {Path(o.product.assets[0].href).parent for o in report.opened}
        assert len(folders) == 2 and len({o.product.id for o in report.opened}) == 2
        assert len(products_at_home(tmp_path / "home")) == 2


def test_two_images_of_one_name_in_one_archive(tmp_path: Path) -> None:
    for number in ("001", "002"):
        write_component(tmp_path / "in" / "X", Scene(**{**vars(SMALL), "number": number}))
    report = opened(tar(tmp_path / "in" / "X", tmp_path / "x.tar.gz"), tmp_path / "home")
    hrefs = {o.product.assets[0].href for o in report.opened}
    assert len(report.opened) == len(hrefs) == 2 and not report.refused
    assert len(products_at_home(tmp_path / "home")) == 2


def test_a_bundle_of_one_name(tmp_path: Path) -> None:
    for number, scene in enumerate(bundle(SMALL)):
        path = write_component(tmp_path / "in" / str(number), scene)
        path.rename(path.with_name("DIM_X.XML"))
    report = opened(tmp_path / "in", tmp_path / "home")
    assert pixels(report).shape == (4, 160, 240)
    assert len({asset.href for asset in report.opened[0].product.assets}) == 3


@pytest.mark.parametrize("depth", [1, 2])
def test_archives_within_an_archive(tmp_path: Path, depth: int) -> None:
    basket = tmp_path / "panier"
    basket.mkdir()
    tar(write_delivery(tmp_path / "in", SMALL, name="A"), basket / "a.tar.gz")
    later = Scene(**{**vars(SMALL), "stamp": "201905051026429"})
    zipped(write_delivery(tmp_path / "in", later, name="B"), basket / "b.zip")
    (basket / "c.tar.gz").write_bytes(b"\x1f\x8bdamaged")
    packed = zipped(basket, tmp_path / "panier.zip")
    if depth == 2:
        with zipfile.ZipFile(tmp_path / "tout.zip", "w") as whole:
            whole.write(packed, "panier.zip")
        packed = tmp_path / "tout.zip"
    for _ in range(2):
        report = opened(packed, tmp_path / "home")
        assert len(report.opened) == 2 and codes(report) == ["damaged"]
        assert report.refused[0].source.name == "c.tar.gz"
    left = [p.name for p in (tmp_path / "home").rglob("*") if p.suffix in (".gz", ".zip")]
    assert left == ["c.tar.gz"]


def test_a_blank_tile_that_was_not_delivered_is_nodata(tmp_path: Path) -> None:
    scene = Scene(left_out=((2, 2),), clouds=False)
    source = write_delivery(tmp_path / "in", scene)
    report = opened(source, tmp_path / "home")
    theirs = gdal.Open(str(next(source.rglob("DIM_*.XML")))).ReadAsArray()
    assert np.array_equal(pixels(report), theirs)
    seen = mask(report)
    assert not seen[100:, 150:].any() and seen[:100].all() and seen[100:, :150].all()


@pytest.mark.parametrize("nodata", ["", "65535"])
def test_a_blank_tile_where_another_value_or_none_means_nothing(
    tmp_path: Path, nodata: str
) -> None:
    scene = Scene(left_out=((1, 1),), clouds=False, nodata=nodata)
    report = opened(write_delivery(tmp_path / "in", scene), tmp_path / "home")
    assert not mask(report)[:100, :150].any() and mask(report)[100:, 150:].all()


def test_a_tile_that_is_described_and_missing_is_a_refusal(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    edit(
        source,
        "DIM_*.XML",
        lambda t: re.sub(r'<Data_File tile_R="2" tile_C="2">.*?</Data_File>', "", t),
    )
    assert codes(opened(source, tmp_path / "home")) == ["missing"]  # NTILES still says 4


def test_pleiades_neo_is_known_by_its_name(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", NEO)
    report = opened(source, tmp_path / "home")
    product = report.opened[0].product
    assert (product.platform, product.constellation) == ("pleiades-neo-3", "Pléiades Neo")
    assert product.credit == "© Airbus DS 2018" and product.collection == "pleiades-neo"
    assert product.assets[0].bands == ("red", "green", "blue", "nir", "rededge", "coastal")
    assert product.footprint.is_valid and product.gsd == 0.3
    values = pixels(report)
    for number, band in enumerate(("R", "G", "B", "NIR", "RE", "DB")):
        assert values[number, 120, 200] == value(band, 200, 120)
    assert np.array_equal(values, gdal.Open(str(next(source.rglob("DIM_*.XML")))).ReadAsArray())


def test_pleiades_neo_in_raw_geometry(tmp_path: Path) -> None:
    scene = Scene(satellite="PNEO4", spectral="PAN", order=("PAN",), level="SEN", tile=(300, 200))
    assert "GroundtoImage_Values" in rpc(scene)
    report = opened(write_delivery(tmp_path / "in", scene), tmp_path / "home")
    assert pixels(report).max() > 1500
    assert report.opened[0].product.platform == "pleiades-neo-4"


def test_a_satellite_nobody_knows_is_not_called_spot(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", SMALL)
    edit(
        source,
        "DIM_*.XML",
        lambda t: t.replace("<MISSION>SPOT", "<MISSION>CO3D <b>").replace("<b>", ""),
    )
    product = opened(source, tmp_path / "home").opened[0].product
    assert product.platform == "co3d-7" and "Airbus" not in product.credit


@pytest.mark.parametrize("east", [-179.9, 180.1])
def test_a_footprint_over_the_antimeridian_is_in_two_parts(tmp_path: Path, east: float) -> None:
    corners = ((179.9, -13.0), (east, -13.0), (east, -13.2), (179.9, -13.2))
    opened(write_delivery(tmp_path / "in", Scene(extent=corners, clouds=False)), tmp_path / "home")
    (item,) = validate(tmp_path / "home")
    product = products_at_home(tmp_path / "home")[0]
    assert len(product.footprint.geoms) == 2 and product.footprint.area == pytest.approx(0.04)
    assert item["bbox"] == pytest.approx([179.9, -13.2, -179.9, -13.0])


def test_a_volume_of_several_and_an_image_are_said_rightly(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", SMALL)
    whole = zipped(source, tmp_path / "whole.zip").read_bytes()
    at = whole.rindex(b"PK\x05\x06")
    last = whole[at - 40 : at] + b"PK\x05\x06\x02\x00\x02\x00" + whole[at + 8 :]
    (tmp_path / "a.zip").write_bytes(last)
    (tmp_path / "b.zip.002").write_bytes(whole[100:])
    (tmp_path / "c.z03").write_bytes(whole[100:])
    for name in ("a.zip", "b.zip.002", "c.z03"):
        (line,) = opened(tmp_path / name, tmp_path / "home").refused
        assert line.error.code == "unsupported" and "7-Zip" in line.error.remedy
    image = tmp_path / "alone" / "image.tif"
    image.parent.mkdir()
    shutil.copy(next(source.rglob("*.TIF")), image)
    shutil.copy(image, tmp_path / "alone" / "image.zip")
    for name in ("image.tif", "image.zip"):
        (line,) = opened(tmp_path / "alone" / name, tmp_path / "home").refused
        assert line.error.code == "image" and "image" in line.error.message


def test_an_image_of_a_delivery_stands_for_it(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    report = opened(next(source.rglob("*_R1C2.TIF")), tmp_path / "home")
    assert pixels(report).shape == (4, 200, 300)


def evil() -> str:
    return (
        '<VRTDataset rasterXSize="150" rasterYSize="100"><VRTRasterBand dataType="UInt16" band="1">'
        '<SimpleSource><SourceFilename relativeToVRT="0">/vsicurl/http://127.0.0.1:9/x.tif'
        "</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".ovr", evil()), (".msk", evil()), (".OVR", evil()),
        (".aux.xml", '<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">'
         "/vsicurl/http://127.0.0.1:9/x</MDI></Metadata></PAMDataset>"),
        (".aux.xml", "<PAMDataset>&#0;</PAMDataset>"),
    ],
)  # fmt: skip
def test_what_lies_beside_a_tile_is_not_followed(tmp_path: Path, suffix: str, text: str) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    tile = next(source.rglob("*_R1C1.TIF"))
    Path(f"{tile}{suffix}").write_text(text)
    report = opened(source, tmp_path / "home")
    assert codes(report) == ["unsafe"] and tile.name in report.refused[0].error.message


def test_a_tile_that_is_something_else_or_names_another_file(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    tile = next(source.rglob("*_R1C1.TIF"))
    image = gdal.Open(str(tile), gdal.GA_Update)
    image.SetMetadataItem("OVERVIEW_FILE", "/vsicurl/http://127.0.0.1:9/x", "OVERVIEWS")
    image = None
    assert codes(opened(source, tmp_path / "home")) == ["unsafe"]
    tile.write_text(evil())
    assert codes(opened(source, tmp_path / "home")) == ["tile"]


def test_overviews_and_statistics_beside_a_tile_are_taken(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    for tile in source.rglob("*.TIF"):
        image = gdal.Open(str(tile))
        image.BuildOverviews("AVERAGE", [2])
        image.GetRasterBand(1).ComputeStatistics(False)
        image = None
        assert Path(f"{tile}.ovr").is_file() and Path(f"{tile}.aux.xml").is_file()
    assert pixels(opened(source, tmp_path / "home"))[0, 120, 200] == value("B2", 200, 120)


def test_a_bundle_of_pleiades_neo_is_sharpened_in_all_its_bands(tmp_path: Path) -> None:
    ms, pan = bundle(Scene(**{**vars(NEO), "spectral": "MS-FS", "columns": 60, "rows": 40}))
    assert len(ms.groups) == 2 and pan.order == ("P",)
    report = opened(write_delivery(tmp_path / "in", ms, pan), tmp_path / "home")
    (product,) = (one.product for one in report.opened)
    sharp = product.asset("pansharpened")
    assert sharp is not None and product.mode == "PMS" and product.gsd == 0.075
    image = gdal.Open(sharp.href)
    assert (image.RasterXSize, image.RasterCount) == (240, 6)
    assert sharp.bands == ("red", "green", "blue", "nir", "rededge", "coastal")
    assert image.ReadAsArray()[5].max() > 300
