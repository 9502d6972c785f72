"""What a pixel means: masks, nodata, scales, colours and CRS go through mosaics, the vegetation
index, pansharpening, contrast and stand-ins.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")
np = pytest.importorskip("numpy")

from dinamis_qgis.core import rasters  # noqa: E402
from dinamis_qgis.core.crs import epsg_of, same_crs  # noqa: E402
from dinamis_qgis.core.errors import InvalidInput  # noqa: E402
from dinamis_qgis.core.imagery import compound, placeholder, sharp  # noqa: E402
from dinamis_qgis.core.imagery.stretch import stretch_limits  # noqa: E402
from tests.support.pixels import LEFT, write_raster  # noqa: E402

RED, GREEN = (255, 0, 0, 255), (0, 120, 0, 255)


def part(path: Path, nodata: float | None = None) -> compound.CompoundPart:
    return compound.CompoundPart(str(path), placeholder.shape_of(gdal.Open(str(path))), nodata)


def seen(image: Any) -> Any:
    return image.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0


def full(value: float, kind: str = "uint8", bands: int = 3, size: int = 64) -> Any:
    return np.full((bands, size, size), value, kind)


def half(size: int = 64) -> Any:
    mask = np.full((size, size), 255, "uint8")
    mask[:, : size // 2] = 0
    return mask


def test_under_a_mask_lies_the_image_below(tmp_path: Path) -> None:
    """And its black ground stays ground."""
    top = full(0)
    top[:, :, :32] = 250
    a = write_raster(tmp_path / "a.tif", top, mask=half())
    b = write_raster(tmp_path / "b.tif", full(40), left=LEFT + 32)
    image = gdal.Open(compound.mosaic_vrt([part(a), part(b)]))
    values = image.ReadAsArray()
    assert values.shape == (3, 64, 80) and image.GetRasterBand(1).GetNoDataValue() is None
    assert (values[:, :, 16:32] == 40).all() and (values[:, :, 32:64] == 0).all()
    assert seen(image)[:, 16:].all() and not seen(image)[:, :16].any()


def test_a_nodata_beside_a_mask_and_beside_another_nodata(tmp_path: Path) -> None:
    """One says nothing with 0, the other with 9, a third with a mask: each as it means."""
    one, two = full(5), full(0)
    one[:, :, :32], two[:, :32] = 0, 9
    a = write_raster(tmp_path / "a.tif", one, nodata=0)
    b = write_raster(tmp_path / "b.tif", two)  # its nodata is known to the profile alone
    image = gdal.Open(compound.mosaic_vrt([part(a), part(b, nodata=9)]))
    assert (image.ReadAsArray()[:, :, 32:] == 5).all()
    assert (image.ReadAsArray()[:, 32:, :32] == 0).all()
    assert seen(image)[:, 32:].all() and seen(image)[32:].all() and not seen(image)[:32, :32].any()


def test_images_that_say_nothing_of_nodata_keep_their_black(tmp_path: Path) -> None:
    a = write_raster(tmp_path / "a.tif", full(0))
    b = write_raster(tmp_path / "b.tif", full(7))
    image = gdal.Open(compound.mosaic_vrt([part(a), part(b)]))
    assert (image.ReadAsArray() == 0).all() and seen(image).all()


@pytest.mark.parametrize(
    ("kind", "nodata"),
    [
        ("int32", -2147483648), ("uint32", 4294967295), ("float32", -32767.123), ("uint16", 65535),
        ("float64", -1.7976931348623157e308), ("float32", -3.4028234663852886e38), ("int16", -32768),
    ],
)  # fmt: skip
def test_every_digit_of_a_nodata_is_kept(tmp_path: Path, kind: str, nodata: float) -> None:
    top = full(5, kind, 1)
    top[:, :, 32:] = nodata
    a = write_raster(tmp_path / "a.tif", top, nodata=nodata)
    b = write_raster(tmp_path / "b.tif", full(7, kind, 1), nodata=nodata)
    image = gdal.Open(compound.mosaic_vrt([part(a), part(b)]))
    assert np.unique(image.ReadAsArray()).tolist() == [5, 7]
    file = gdal.Open(str(a))
    own = file.GetRasterBand(1).GetNoDataValue()
    assert image.GetRasterBand(1).GetNoDataValue() == pytest.approx(own, rel=1e-7)


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        ("uint8", -9999, False), ("uint8", 255, True), ("uint8", 0.5, False), ("uint16", float("nan"), False),
        ("int16", -32768, True), ("int16", 65535, False), ("float32", float("nan"), True), ("float32", 1e39, False),
        ("float64", 1e39, True), ("uint32", 4294967295, True), ("uint16", float("inf"), False),
    ],
)  # fmt: skip
def test_what_a_type_holds(kind: str, value: float, right: bool) -> None:
    from osgeo import gdal_array

    code = gdal_array.NumericTypeCodeToGDALTypeCode(np.dtype(kind).type)
    assert rasters.type_holds(code, value) is right


@pytest.mark.parametrize("nodata", [-9999, float("nan"), 70000])
def test_a_nodata_the_type_cannot_hold_is_none(tmp_path: Path, nodata: float) -> None:
    path = write_raster(tmp_path / "a.tif", full(7, "uint16"), nodata=nodata)
    assert part(path).nothing is None and part(path, nodata=-9999).nothing is None
    assert seen(gdal.Open(compound.mosaic_vrt([part(path), part(path)]))).all()


@pytest.mark.parametrize(
    ("kind", "nodata"),
    [
        ("int16", -10000),
        ("uint16", 65535),
        ("uint16", 0),
        ("float32", -32767.123),
        ("float32", np.nan),
    ],
)
def test_no_vegetation_where_there_is_no_image(tmp_path: Path, kind: str, nodata: float) -> None:
    values = full(800, kind, 4)
    values[3] = 3000
    values[:, :, :32] = nodata
    path = write_raster(tmp_path / "a.tif", values, nodata=nodata)
    image = gdal.Open(compound.ndvi_vrt(part(path), 1, 4))
    found = image.ReadAsArray()
    assert found[0, 40] == pytest.approx(2200 / 3800, abs=1e-5)
    assert np.isnan(found[0, 0]) or found[0, 0] == pytest.approx(compound.NOTHING)
    assert image.GetRasterBand(1).GetNoDataValue() == compound.NOTHING


def test_no_vegetation_under_a_mask(tmp_path: Path) -> None:
    values = full(50, "uint8", 4)
    values[3] = 150
    path = write_raster(tmp_path / "a.tif", values, mask=half())
    found = gdal.Open(compound.ndvi_vrt(part(path), 1, 4)).ReadAsArray()
    assert found[0, 0] == pytest.approx(compound.NOTHING)
    assert found[0, 40] == pytest.approx(0.5, abs=1e-4)


def test_vegetation_of_small_numbers(tmp_path: Path) -> None:
    """Reflectances as they are: what is added against 0 / 0 must not show."""
    values = full(0.02, "float32", 4)
    values[3], values[:, :, :32] = 0.03, 0
    path = write_raster(tmp_path / "a.tif", values, nodata=0)
    found = gdal.Open(compound.ndvi_vrt(part(path), 1, 4)).ReadAsArray()
    assert found[0, 0] == pytest.approx(compound.NOTHING)
    assert found[0, 40] == pytest.approx(0.2, abs=1e-4)


def test_vegetation_is_of_what_is_measured(tmp_path: Path) -> None:
    """Reflectances counted from 1000, as Sentinel-2 does."""
    values = full(1500, "uint16", 4)
    values[3], values[:, :, :32] = 4000, 0
    path = write_raster(tmp_path / "a.tif", values, nodata=0, scale=(0.0001, -0.1))
    found = gdal.Open(compound.ndvi_vrt(part(path), 1, 4)).ReadAsArray()
    assert found[0, 40] == pytest.approx((3000 - 500) / 3500, abs=1e-4)
    assert found[0, 0] == pytest.approx(compound.NOTHING)


def test_colours_of_classes_and_scales_go_on(tmp_path: Path) -> None:
    colours = {11: RED, 41: GREEN}
    a = write_raster(tmp_path / "a.tif", full(11, bands=1), nodata=0, colours=colours)
    b = write_raster(tmp_path / "b.tif", full(41, bands=1), nodata=0, colours=colours)
    band = gdal.Open(compound.mosaic_vrt([part(a), part(b)]))
    assert band.GetRasterBand(1).GetColorTable().GetColorEntry(41) == GREEN
    assert band.GetRasterBand(1).GetColorInterpretation() == gdal.GCI_PaletteIndex

    def unit(image: Any) -> None:
        image.GetRasterBand(1).SetUnitType("m")

    c = write_raster(tmp_path / "c.tif", full(9, "uint16", 1), scale=(0.5, 10.0), edit=unit)
    mosaic = gdal.Open(compound.mosaic_vrt([part(c), part(c)]))
    band = mosaic.GetRasterBand(1)
    assert (band.GetScale(), band.GetOffset(), band.GetUnitType()) == (0.5, 10.0, "m")
    d = write_raster(tmp_path / "d.tif", full(9, "uint16", 1))
    with pytest.raises(InvalidInput):
        compound.mosaic_vrt([part(c), part(d)])


def test_colours_that_differ_are_nobody_s(tmp_path: Path) -> None:
    a = write_raster(tmp_path / "a.tif", full(1, bands=1), nodata=0, colours={1: RED})
    b = write_raster(tmp_path / "b.tif", full(1, bands=1), nodata=0, colours={1: GREEN})
    image = gdal.Open(compound.mosaic_vrt([part(a), part(b)]))
    assert image.GetRasterBand(1).GetColorTable() is None


def wordings(code: int) -> list[str]:
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(code)
    esri = crs.Clone()
    esri.MorphToESRI()
    plain = crs.ExportToWkt()
    bare = plain
    while ',AUTHORITY["EPSG","' in bare:
        begin, _, rest = bare.partition(',AUTHORITY["EPSG","')
        bare = begin + rest.partition('"]')[2]
    return [plain, esri.ExportToWkt(), bare, crs.ExportToWkt(["FORMAT=WKT2_2019"]), f"EPSG:{code}"]


@pytest.mark.parametrize("code", [2154, 5490, 2972, 2975, 4471, 32630, 3857, 4326, 4171, 31467])
def test_one_crs_in_many_wordings(code: int) -> None:
    first, *others = wordings(code)
    assert all(same_crs(first, other) and same_crs(other, first) for other in others)
    assert {epsg_of(text) for text in wordings(code)} == {code}
    assert not same_crs(first, "EPSG:3950") and not same_crs(first, "")


@pytest.mark.parametrize(
    "text", ["", "x", "http://127.0.0.1:9/x", "/etc/hostname", "EPSG:0", "A[", "\ud800["]
)
def test_what_is_no_crs(text: str) -> None:
    assert epsg_of(text) is None and not same_crs(text, "EPSG:2154")


def test_two_wordings_are_one_mosaic_and_one_sharp_image(tmp_path: Path) -> None:
    esri = wordings(2154)[1]
    a = write_raster(tmp_path / "a.tif", full(7, "uint16", 1), nodata=0)
    b = write_raster(tmp_path / "b.tif", full(9, "uint16", 1), nodata=0, wkt=esri)
    assert part(a).shape.wkt != part(b).shape.wkt
    assert (gdal.Open(compound.mosaic_vrt([part(a), part(b)])).ReadAsArray() == 7).all()
    assert gdal.Open(compound.pansharpened_vrt(part(a), part(b))).ReadAsArray().max() > 0


@pytest.mark.parametrize("masked", ["pan", "xs"])
def test_a_sharp_image_has_the_mask_of_its_files(tmp_path: Path, masked: str) -> None:
    pan = write_raster(
        tmp_path / "p.tif",
        full(90, "uint16", 1, 128),
        pixel=1.0,
        mask=half(128) if masked == "pan" else None,
    )
    xs = write_raster(
        tmp_path / "x.tif", full(60, "uint16", 3), mask=half() if masked == "xs" else None
    )
    image = gdal.Open(compound.pansharpened_vrt(part(xs), part(pan)))
    assert image.ReadAsArray().shape == (3, 128, 128)
    assert not seen(image)[:, :60].any() and seen(image)[:, 68:].all()


def test_what_a_mask_hides_does_not_count_for_the_contrast(tmp_path: Path) -> None:
    values = full(0)
    values[:, :, 32:48], values[:, :, :32] = 90, 250
    path = write_raster(tmp_path / "a.tif", values, mask=half())
    assert stretch_limits(gdal.Open(str(path)), (1,)) == ((0.0, 90.0),)


def test_contrast_is_of_what_is_measured(tmp_path: Path) -> None:
    values = np.arange(64 * 64, dtype="uint16").reshape(1, 64, 64) + 1000
    path = write_raster(tmp_path / "a.tif", values, scale=(0.0001, -0.1))
    ((low, high),) = stretch_limits(gdal.Open(str(path)), (1,), 0, 100)
    assert (low, high) == pytest.approx((0.0, 0.4095))


def test_a_stand_in_has_mask_and_colours(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", full(11, bands=1), mask=half(), colours={11: RED})
    shape = placeholder.shape_of(gdal.Open(str(path)))
    image = gdal.Open(str(placeholder.write_placeholder(tmp_path, "https://x.invalid/a.tif", shape)))
    assert placeholder.shape_of(image).mask == "mask" and not seen(image).any()
    assert image.GetRasterBand(1).GetColorTable().GetColorEntry(11) == RED


def test_the_text_of_a_mosaic_tells_of_its_mask(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", full(7), mask=half())
    assert compound.shape_in(compound.mosaic_vrt([part(path), part(path)])).mask == "mask"
    assert compound.shape_in(compound.mosaic_vrt([part(path, 0), part(path, 0)])).bands[0][1] is None


@pytest.mark.parametrize(("fourth", "colours"), [(255, 3), (120, 4)], ids=["mask", "infrared"])
def test_a_mask_is_no_near_infrared_to_be_computed_with(
    tmp_path: Path, fourth: int, colours: int
) -> None:
    def call_alpha(dataset: Any) -> None:
        dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)

    values = np.full((4, 8, 8), fourth, "uint8")
    path = write_raster(tmp_path / "a.tif", values, edit=call_alpha)
    part = sharp.part_of(str(path), gdal.Open(str(path)), None)
    assert part.colours == colours
