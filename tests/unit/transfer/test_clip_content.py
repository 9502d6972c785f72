"""What a clip keeps of its image: masks, nodata, scale, unit, colours and names of classes, RPC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

gdal = pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from dinamis_qgis.core.errors import DinamisError  # noqa: E402
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from dinamis_qgis.core.transfer.clip.clip import Tags, clip_to_area  # noqa: E402
from tests.support.pixels import write_raster  # noqa: E402

TRIANGLE = "POLYGON((-0.3995 43.290,-0.393 43.290,-0.393 43.295,-0.3995 43.290))"
WHOLE = "POLYGON((-0.5 43.2,-0.3 43.2,-0.3 43.4,-0.5 43.4,-0.5 43.2))"


def clipped(source: Path, area: str = TRIANGLE, tags: Tags | None = None) -> Any:
    target = source.with_name("clip.tif")
    clip_to_area(str(source), area, target, tags or Tags(), Cancel())
    assert [p.name for p in source.parent.iterdir() if "clip" in p.name] == ["clip.tif"]
    return gdal.Open(str(target))


def seen(image: Any) -> Any:
    return image.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0


def test_black_ground_stays_ground(tmp_path: Path) -> None:
    values = np.full((3, 400, 400), 120, "uint8")
    values[:, 100:300] = 0
    image = clipped(write_raster(tmp_path / "a.tif", values))
    assert image.GetRasterBand(1).GetNoDataValue() is None
    black = (image.ReadAsArray()[0] == 0) & seen(image)
    assert black.sum() > 1000 and 0.4 < seen(image).mean() < 0.6
    assert (image.ReadAsArray()[:, ~seen(image)] == 0).all()  # nothing hidden is handed on


@pytest.mark.parametrize(
    ("kind", "nodata"), [("uint8", -9999), ("uint16", -9999), ("uint16", float("nan"))]
)
def test_a_nodata_the_type_cannot_hold(tmp_path: Path, kind: str, nodata: float) -> None:
    image = clipped(
        write_raster(tmp_path / "a.tif", np.full((3, 400, 400), 50, kind), nodata=nodata)
    )
    assert 0.4 < seen(image).mean() < 0.6 and (image.ReadAsArray()[0][seen(image)] == 50).all()


@pytest.mark.parametrize(
    ("kind", "nodata"), [("int16", -9999), ("float32", float("nan")), ("float32", -32767.5)]
)
def test_a_nodata_it_can_hold(tmp_path: Path, kind: str, nodata: float) -> None:
    image = clipped(
        write_raster(tmp_path / "a.tif", np.full((1, 400, 400), 50, kind), nodata=nodata)
    )
    assert image.GetRasterBand(1).GetNoDataValue() == pytest.approx(nodata, nan_ok=True)
    assert 0.4 < seen(image).mean() < 0.6


def test_what_the_profile_says_means_nothing(tmp_path: Path) -> None:
    source = write_raster(tmp_path / "a.tif", np.full((3, 400, 400), 50, "uint16"))
    assert clipped(source, tags=Tags(nodata=0)).GetRasterBand(1).GetNoDataValue() == 0
    (tmp_path / "clip.tif").unlink()
    assert clipped(source, tags=Tags(nodata=-1)).GetRasterBand(1).GetNoDataValue() is None


@pytest.mark.parametrize("area", [TRIANGLE, WHOLE])
def test_the_mask_of_the_image_is_kept(tmp_path: Path, area: str) -> None:
    mask = np.full((400, 400), 255, "uint8")
    mask[:, :200] = 0
    image = clipped(
        write_raster(tmp_path / "a.tif", np.full((3, 400, 400), 50, "uint8"), mask=mask), area
    )
    assert image.GetRasterBand(1).GetMaskFlags() == gdal.GMF_PER_DATASET
    assert not seen(image)[:, : image.RasterXSize - 200].any()
    inside = seen(image)[:, image.RasterXSize - 200 :]
    assert inside.all() if area == WHOLE else 0.3 < inside.mean() < 0.9


def test_a_band_of_transparency_hides_what_is_outside(tmp_path: Path) -> None:
    def alpha(image: Any) -> None:
        image.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)

    values = np.full((4, 400, 400), 255, "uint8")
    source = write_raster(tmp_path / "a.tif", values, edit=alpha)
    image = clipped(source)
    assert 0.4 < seen(image).mean() < 0.6 and image.GetRasterBand(1).GetNoDataValue() is None
    (tmp_path / "clip.tif").unlink()
    named = clipped(source, tags=Tags(nodata=0, bands=("red", "green", "blue", "nir")))
    assert named.GetRasterBand(1).GetNoDataValue() == 0


def test_classes_stay_classes_at_every_scale(tmp_path: Path) -> None:
    def names(image: Any) -> None:
        image.GetRasterBand(1).SetCategoryNames(["", "forêt", "eau"])

    values = np.full((1, 1400, 1400), 11, "uint8")
    values[:, ::2] = 41
    colours = {11: (255, 0, 0, 255), 41: (0, 120, 0, 255)}
    image = clipped(
        write_raster(tmp_path / "a.tif", values, pixel=1.0, colours=colours, edit=names), WHOLE
    )
    band = image.GetRasterBand(1)
    assert band.GetOverviewCount()
    assert set(np.unique(band.GetOverview(0).ReadAsArray())) <= {11, 41}
    assert band.GetColorTable().GetColorEntry(41) == (0, 120, 0, 255)
    assert band.GetColorInterpretation() == gdal.GCI_PaletteIndex
    assert image.GetMetadataItem("CLASS_1") == "forêt"


def test_measured_values_and_the_model_are_kept(tmp_path: Path) -> None:
    coefficients = " ".join(["1"] + ["0"] * 19)
    model = {
        **{f"{n}_OFF": "100" for n in ("LINE", "SAMP", "LAT", "LONG", "HEIGHT")},
        **{f"{n}_SCALE": "10" for n in ("LINE", "SAMP", "LAT", "LONG", "HEIGHT")},
        **{f"{n}_COEFF": coefficients for n in ("LINE_NUM", "LINE_DEN", "SAMP_NUM", "SAMP_DEN")},
    }

    def measured(image: Any) -> None:
        image.GetRasterBand(1).SetUnitType("m")
        image.SetMetadata(model, "RPC")

    values = np.full((1, 400, 400), 50, "uint16")
    source = write_raster(tmp_path / "a.tif", values, scale=(0.5, -10.0), edit=measured)
    image = clipped(source)
    band = image.GetRasterBand(1)
    assert (band.GetScale(), band.GetOffset(), band.GetUnitType()) == (0.5, -10.0, "m")
    file = gdal.Open(str(source))
    moved = (image.GetGeoTransform()[0] - file.GetGeoTransform()[0]) / 2
    assert float(image.GetMetadata("RPC")["SAMP_OFF"]) == pytest.approx(100 - moved)


def test_an_image_that_is_none_is_not_read(tmp_path: Path) -> None:
    real = write_raster(tmp_path / "a.tif", np.full((1, 400, 400), 50, "uint16"))
    text = (
        gdal.GetDriverByName("VRT").CreateCopy("", gdal.Open(str(real))).GetMetadata("xml:VRT")[0]
    )
    (tmp_path / "evil.tif").write_text(text)
    assert gdal.Open(str(tmp_path / "evil.tif")) is not None
    with pytest.raises(DinamisError) as caught:
        clip_to_area(str(tmp_path / "evil.tif"), WHOLE, tmp_path / "clip.tif", Tags(), Cancel())
    assert caught.value.code == "unreadable"
