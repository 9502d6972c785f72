"""Deliveries opened: tiles, bands, bundles, volumes, levels, masks; the grid and the pixels as
GDAL's own DIMAP driver has them.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from dinamis_qgis.core.delivery.deliver import Report, open_deliveries  # noqa: E402
from dinamis_qgis.core.errors import Cancelled  # noqa: E402
from dinamis_qgis.core.local_catalogue.record import products_at_home  # noqa: E402
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from tests.support.dimap import (  # noqa: E402
    LEFT,
    TOP,
    Scene,
    bundle,
    tar,
    value,
    write_component,
    write_delivery,
    write_volume,
    zipped,
)
from tests.support.stac import validate  # noqa: E402

FORMATS = ["TIF", "JP2"] if gdal.GetDriverByName("JP2OpenJPEG") else ["TIF"]


def opened(source: Path, root: Path) -> Report:
    return open_deliveries(source, root, Cancel())


def image(report: Report, key: str = "image", number: int = 0) -> Any:
    assert not report.refused, [r.error.sentence() + r.error.details for r in report.refused]
    asset = report.opened[number].product.asset(key)
    assert asset is not None
    dataset = gdal.Open(asset.href)
    assert dataset is not None
    return dataset


def names(dataset: Any) -> list[str]:
    return [dataset.GetRasterBand(n).GetDescription() for n in range(1, dataset.RasterCount + 1)]


def codes(report: Report) -> list[str]:
    return [refused.error.code for refused in report.refused]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "order", [("B2", "B1", "B0", "B3"), ("B0", "B1", "B2", "B3"), ("B3", "B2", "B1", "B0")]
)
def test_tiles_become_one_image_with_named_bands_in_natural_order(
    tmp_path: Path, suffix: str, order: tuple[str, ...]
) -> None:
    scene = Scene(suffix=suffix, order=order, columns=310, rows=170)
    source = write_delivery(tmp_path / "in", scene)
    dataset = image(opened(source, tmp_path / "home"))
    assert (dataset.RasterXSize, dataset.RasterYSize) == (310, 170)
    assert dataset.GetGeoTransform() == (LEFT, 6.0, 0.0, TOP, 0.0, -6.0)
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "2154"
    assert names(dataset) == ["red", "green", "blue", "nir"]
    kinds = [
        gdal.GetColorInterpretationName(dataset.GetRasterBand(n).GetColorInterpretation())
        for n in (1, 2, 3)
    ]
    assert kinds == ["Red", "Green", "Blue"]
    pixels = dataset.ReadAsArray()
    for at, band in enumerate(("B2", "B1", "B0", "B3")):
        for column, row in ((0, 0), (149, 99), (150, 100), (309, 169), (299, 99)):
            assert pixels[at, row, column] == value(band, column, row)
    driver = gdal.Open(str(next(source.rglob("DIM_*.XML"))))
    assert driver.GetGeoTransform() == dataset.GetGeoTransform()
    theirs = driver.ReadAsArray()
    assert all(
        (theirs[order.index(b)] == pixels[at]).all()
        for at, b in enumerate(("B2", "B1", "B0", "B3"))
    )


def test_what_the_description_says_is_read(tmp_path: Path) -> None:
    report = opened(
        write_delivery(tmp_path / "in", Scene(), name="SPOT6_2018_MS_82"), tmp_path / "home"
    )
    product = report.opened[0].product
    assert product.platform == "spot-7"  # the folder says SPOT6
    assert product.constellation == "SPOT 6/7" and product.mode == "PMS"
    assert product.datetime == datetime(2018, 5, 5, 10, 26, 42, 900000, tzinfo=timezone.utc)
    assert (
        product.incidence == 12.5
        and product.cloud_cover == 4.5
        and product.gsd == 6.0
        and product.epsg == 2154
    )
    assert product.credit == "© Airbus DS 2018"
    assert (
        product.properties["view:sun_elevation"] == 58.4
        and product.properties["processing:level"] == "ORT"
    )
    assert product.footprint is not None and len(product.footprint.exterior.coords) == 5
    assert image(report).GetMetadataItem("COPYRIGHT") == "© Airbus DS 2018"
    assert products_at_home(tmp_path / "home") == [product]


@pytest.mark.parametrize(
    ("satellite", "text", "credit"),
    [
        ("PHR1A", "", "© CNES 2018, Distribution Airbus DS"),
        ("SPOT6", "", "© Airbus DS 2018"),
        ("PHR1B", "© CNES 2021, Distribution Airbus DS", "© CNES 2018, Distribution Airbus DS"),
        ("PHR1B", "© CNES 2018 — DINAMIS", "© CNES 2018 — DINAMIS"),
    ],
)
def test_the_credit_has_the_year_of_acquisition(
    tmp_path: Path, satellite: str, text: str, credit: str
) -> None:
    scene = Scene(satellite=satellite, copyright=text, tile=(300, 200))
    assert (
        opened(write_delivery(tmp_path / "in", scene), tmp_path / "home").opened[0].product.credit
        == credit
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_description_places_tiles_that_do_not_say_where_they_are(
    tmp_path: Path, suffix: str
) -> None:
    dataset = image(
        opened(
            write_delivery(tmp_path / "in", Scene(suffix=suffix, georeferenced=False)),
            tmp_path / "home",
        )
    )
    assert dataset.GetGeoTransform() == (LEFT, 6.0, 0.0, TOP, 0.0, -6.0)
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "2154"


@pytest.mark.parametrize("satellite", ["SPOT6", "PHR1A"])
def test_a_bundle_is_pansharpened(tmp_path: Path, satellite: str) -> None:
    ms, pan = bundle(Scene(satellite=satellite, columns=120, rows=90, tile=(60, 50)))
    report = opened(write_delivery(tmp_path / "in", ms, pan), tmp_path / "home")
    assert len(report.opened) == 1
    product = report.opened[0].product
    assert product.mode == "PMS" and product.gsd == 1.5
    sharp = image(report, "pansharpened")
    assert (sharp.RasterXSize, sharp.RasterYSize) == (480, 360) and names(sharp) == [
        "red",
        "green",
        "blue",
        "nir",
    ]
    assert sharp.GetGeoTransform() == (LEFT, 1.5, 0.0, TOP, 0.0, -1.5)
    # Brovey, in the middle where cubic resampling has neighbours: band × pan ÷ weighted mean of
    # what pan sees
    share = (1 / 3, 1 / 3, 1 / 3, 0) if satellite == "SPOT6" else (0.25,) * 4
    bands = gdal.Open(product.asset("ms").href).ReadAsArray()[:, 45, 60].astype(float)
    grey = gdal.Open(product.asset("pan").href).ReadAsArray()[180:184, 240:244].mean()
    expected = bands * grey / (bands * share).sum()
    found = sharp.ReadAsArray()[:, 180:184, 240:244].mean(axis=(1, 2))
    assert np.allclose(found, expected, rtol=0.02)


def test_a_bundle_whose_files_do_not_end_at_the_same_place(tmp_path: Path) -> None:
    """Three panchromatic pixels less each way: every colour stays where it is, and the folder can
    be moved.
    """
    ms, pan = bundle(Scene(columns=120, rows=90, tile=(120, 90)))
    pan = replace(pan, columns=477, rows=357)
    report = opened(write_delivery(tmp_path / "in", ms, pan), tmp_path / "home")
    sharp = image(report, "pansharpened")
    assert (sharp.RasterXSize, sharp.RasterYSize) == (477, 357)
    placed = (
        gdal.Open(str(next((tmp_path / "home").rglob("*_on_pan.vrt"))))
        .ReadAsArray(0, 0, 477, 357)
        .astype(float)
    )
    true = (
        gdal.Open(report.opened[0].product.asset("ms").href)
        .ReadAsArray()
        .astype(float)
        .repeat(4, 1)
        .repeat(4, 2)[:, :357, :477]
    )
    assert abs(placed - true).mean() < 1.5
    del sharp
    (tmp_path / "home").rename(tmp_path / "elsewhere")
    moved = gdal.Open(str(next((tmp_path / "elsewhere").rglob("*_PMS.vrt"))))
    assert moved.ReadAsArray(400, 300, 20, 20).min() > 500


def test_two_volumes_are_two_products(tmp_path: Path) -> None:
    product = tmp_path / "in" / "SPOT7_x" / "PROD_SPOT7_001"
    write_volume(product / "VOL_SPOT7_001_A", [Scene()])
    write_volume(product / "VOL_SPOT7_001_B", [Scene(stamp="201905051026429")])
    report = opened(tmp_path / "in" / "SPOT7_x", tmp_path / "home")
    assert not report.refused and [
        o.product.datetime.year for o in report.opened if o.product.datetime
    ] == [2018, 2019]


def test_a_volume_that_is_missing_is_told(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", *bundle(Scene(columns=60, rows=60, tile=(60, 60))))
    shutil.rmtree(next(source.rglob("IMG_*_P_002")))
    report = opened(source, tmp_path / "home")
    assert codes(report) == ["missing"] and "DIM_SPOT7_P" in report.refused[0].error.message
    assert [o.product.mode for o in report.opened] == ["MS"]


def test_p_and_ms_in_two_archives_are_one_bundle(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for scene in bundle(Scene(columns=60, rows=60, tile=(60, 60))):
        tar(
            write_delivery(tmp_path / "raw", scene, name=f"SPOT7_{scene.spectral}"),
            tmp_path / "in" / f"SPOT7_{scene.spectral}.tar.gz",
        )
    report = opened(tmp_path / "in", tmp_path / "home")
    assert image(report, "pansharpened").RasterXSize == 240


@pytest.mark.parametrize("pack", [tar, zipped])
def test_an_archive_is_opened_whole_and_only_once(tmp_path: Path, pack: Any) -> None:
    source = write_delivery(tmp_path / "in", Scene(), name="Livraison été n° 1")
    archive = pack(
        source, tmp_path / ("Livraison été n° 1" + (".tar.gz" if pack is tar else ".zip"))
    )
    shutil.rmtree(source)
    first = opened(archive, tmp_path / "chez moi")
    assert image(first).ReadAsArray()[0, 120, 200] == value("B2", 200, 120)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "chez moi").rglob("*.TIF")}
    second = opened(archive, tmp_path / "chez moi")
    assert second.opened[0].product == first.opened[0].product
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "chez moi").rglob("*.TIF")} == before
    assert not list((tmp_path / "chez moi").rglob("*.part*"))
    # the whole folder moves: sources are named relatively
    shutil.move(str(tmp_path / "chez moi"), str(tmp_path / "ailleurs"))
    moved = products_at_home(tmp_path / "ailleurs")[0]
    assert gdal.Open(moved.assets[0].href).ReadAsArray()[0, 120, 200] == value("B2", 200, 120)


def test_a_folder_of_many_with_what_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "livraisons"
    folder.mkdir()
    tar(write_delivery(tmp_path / "a", Scene(), name="A"), folder / "A.tar.gz")
    zipped(write_delivery(tmp_path / "b", Scene(satellite="PHR1A"), name="B"), folder / "B.zip")
    write_delivery(folder, Scene(stamp="202005051026429"), name="C")
    broken = write_delivery(folder, Scene(stamp="202105051026429"), name="D")
    next(broken.rglob("*R1C2.TIF")).unlink()
    (folder / "E.tar.gz").write_bytes((folder / "A.tar.gz").read_bytes()[:8_000])
    (folder / "ORTHO.7z.001").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    (folder / "ORTHO.7z.002").write_bytes(bytes(100))
    (folder / "lisez-moi.txt").write_text("x")
    report = opened(folder, tmp_path / "home")
    assert sorted(o.product.id[:10] for o in report.opened) == [
        "PHR1A_PMS_",
        "SPOT7_PMS_",
        "SPOT7_PMS_",
    ]
    assert {r.source.name: r.error.code for r in report.refused} == {
        "DIM_SPOT7_PMS_202105051026429_ORT_C1a2b3c4-001.XML": "missing",
        "E.tar.gz": "damaged",
        "ORTHO.7z.001": "unsupported",
    }
    assert all(r.error.message and r.error.remedy for r in report.refused)
    assert len(products_at_home(tmp_path / "home")) == 3


def test_raw_geometry_is_placed_by_its_rpc_and_says_so(tmp_path: Path) -> None:
    report = opened(
        write_delivery(tmp_path / "in", Scene(level="SEN", tile=(300, 200))), tmp_path / "home"
    )
    dataset = image(report)
    box = report.opened[0].product.footprint.bounds
    crs = dataset.GetSpatialRef()
    assert crs.GetAuthorityCode(None).startswith("326")
    corner = gdal.Info(dataset, format="json")["wgs84Extent"]["coordinates"][0]
    assert (
        abs(min(p[0] for p in corner) - box[0]) < 1e-3
        and abs(max(p[1] for p in corner) - box[3]) < 1e-3
    )
    assert len(report.opened[0].warnings) == 2 and "SEN" in report.opened[0].warnings[0]
    assert report.opened[0].product.asset("clouds") is None


def test_raw_geometry_without_a_model_is_refused(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene(level="SEN", tile=(300, 200)))
    next(source.rglob("RPC_*.XML")).unlink()
    assert codes(opened(source, tmp_path / "home")) == ["raw"]


def test_level_prj_says_what_it_is(tmp_path: Path) -> None:
    report = opened(write_delivery(tmp_path / "in", Scene(level="PRJ")), tmp_path / "home")
    assert image(report) and "PRJ" in report.opened[0].warnings[0]


def test_clouds_are_a_layer_on_the_image(tmp_path: Path) -> None:
    from osgeo import ogr

    report = opened(write_delivery(tmp_path / "in", Scene()), tmp_path / "home")
    asset = report.opened[0].product.asset("clouds")
    assert asset is not None and not asset.is_data
    source = ogr.Open(asset.href)
    layer = source.GetLayer(0)
    feature = layer.GetNextFeature()
    geometry = feature.GetGeometryRef()
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "2154"
    assert geometry.Area() == pytest.approx(150 * 6 * 100 * 6 - 0.5 * (10 * 6) ** 2)
    assert geometry.GetEnvelope() == (LEFT + 900, LEFT + 1800, TOP - 1200, TOP - 600)


def test_a_damaged_mask_does_not_keep_the_image_away(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    next(source.rglob("CLD_*")).write_text("<a><b></a>")
    report = opened(source, tmp_path / "home")
    assert (
        image(report)
        and report.opened[0].product.asset("clouds") is None
        and report.opened[0].warnings
    )


def test_large_tiles_without_overviews_get_them_beside(tmp_path: Path) -> None:
    scene = Scene(columns=2600, rows=700, tile=(1300, 700), clouds=False)
    source = write_delivery(tmp_path / "in", scene)
    dataset = image(opened(source, tmp_path / "home"))
    assert dataset.GetRasterBand(1).GetOverviewCount() >= 3
    assert not list(source.rglob("*.ovr"))  # what was delivered stays as it is


@pytest.mark.skipif("JP2" not in FORMATS, reason="no JPEG 2000 driver")
def test_jpeg_2000_tiles_give_their_own_overviews(tmp_path: Path) -> None:
    scene = Scene(columns=2200, rows=1100, tile=(1100, 1100), clouds=False, suffix="JP2")
    dataset = image(opened(write_delivery(tmp_path / "in", scene), tmp_path / "home"))
    assert dataset.GetRasterBand(1).GetOverviewCount() >= 2 and not list(
        (tmp_path / "home").rglob("*.ovr")
    )


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    source = write_delivery(tmp_path / "in", Scene(encoding=encoding, copyright="© Étude 2018"))
    assert opened(source, tmp_path / "home").opened[0].product.credit == "© Étude 2018"


def test_a_wrong_encoding_is_read_as_latin(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene(copyright="© Étude 2018"))
    path = next(source.rglob("DIM_*.XML"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))  # still says UTF-8
    assert opened(source, tmp_path / "home").opened[0].product.credit == "© Étude 2018"


def test_two_images_in_one_folder_without_volume(tmp_path: Path) -> None:
    for number, stamp in enumerate(("201805051026429", "201905051026429")):
        write_component(tmp_path / "in", Scene(stamp=stamp, number=f"00{number + 1}"))
    assert len(opened(tmp_path / "in", tmp_path / "home").opened) == 2


def test_the_record_is_static_stac(tmp_path: Path) -> None:
    pystac = pytest.importorskip("pystac")
    opened(
        write_delivery(tmp_path / "in", *bundle(Scene(columns=60, rows=60, tile=(60, 60)))),
        tmp_path / "home",
    )
    catalog = pystac.Catalog.from_file(str(tmp_path / "home" / "catalog.json"))
    item = next(iter(catalog.get_items(recursive=True)))
    assert item.datetime.year == 2018 and set(item.assets) == {
        "pansharpened",
        "ms",
        "pan",
        "clouds",
    }
    assert all(Path(a.get_absolute_href() or "").is_file() for a in item.assets.values())
    (written,) = validate(tmp_path / "home")
    assert any("/eo/" in schema for schema in written["stac_extensions"])
    text = json.dumps(item.to_dict())
    assert str(tmp_path / "in") not in text


@pytest.mark.skipif(
    os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="the superuser may write anywhere"
)
def test_a_read_only_folder(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    (tmp_path / "home").mkdir()
    (tmp_path / "home").chmod(0o500)
    assert codes(opened(source, tmp_path / "home")) == ["disk-permission"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    (tmp_path / "home").write_text("x")
    assert codes(opened(source, tmp_path / "home")) == ["disk"]


def test_a_delivery_in_a_read_only_place_opens(tmp_path: Path) -> None:
    source = write_delivery(tmp_path / "in", Scene())
    before = sorted(p.relative_to(source) for p in source.rglob("*"))
    opened(source, tmp_path / "home")
    assert sorted(p.relative_to(source) for p in source.rglob("*")) == before


def test_cancel_leaves_nothing_half(tmp_path: Path) -> None:
    archive = tar(write_delivery(tmp_path / "in", Scene()), tmp_path / "a.tar.gz")
    cancel = Cancel()

    def stop(share: float, text: str) -> None:
        if share > 0.1:
            cancel.set()

    with pytest.raises(Cancelled):
        open_deliveries(archive, tmp_path / "home", cancel, stop)
    assert not list((tmp_path / "home").iterdir())
    assert len(opened(archive, tmp_path / "home").opened) == 1


def test_progress_grows_to_one(tmp_path: Path) -> None:
    archive = tar(
        write_delivery(tmp_path / "in", replace(Scene(), clouds=False)), tmp_path / "a.tar.gz"
    )
    said: list[tuple[float, str]] = []
    open_deliveries(
        archive, tmp_path / "home", Cancel(), lambda share, text: said.append((share, text))
    )
    shares = [share for share, _ in said]
    assert (
        shares == sorted(shares)
        and shares[-1] == 1.0
        and any("a.tar.gz" in text for _, text in said)
    )
