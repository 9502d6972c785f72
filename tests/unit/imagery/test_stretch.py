"""Contrast limits: what the eye should see, whatever clouds and nodata there are."""

from __future__ import annotations

from typing import Any

import pytest

numpy = pytest.importorskip("numpy")
gdal = pytest.importorskip("osgeo.gdal")

from dinamis_qgis.core.imagery.stretch import SAMPLE, stretch_limits  # noqa: E402


def dataset(planes: Any, nodata: float | None = 0) -> Any:
    bands, height, width = planes.shape
    memory = gdal.GetDriverByName("MEM").Create("", width, height, bands, gdal.GDT_UInt16)
    for index in range(bands):
        memory.GetRasterBand(index + 1).WriteArray(planes[index].astype("uint16"))
        if nodata is not None:
            memory.GetRasterBand(index + 1).SetNoDataValue(nodata)
    return memory


def ground(seed: int = 0, size: int = 300) -> Any:
    return numpy.random.default_rng(seed).integers(200, 600, (3, size, size))


def test_percentiles_of_the_valid_pixels() -> None:
    planes = ground()
    planes[:, :100] = 0
    for low, high in stretch_limits(dataset(planes), (1, 2, 3)):
        assert 200 <= low <= 215 and 585 <= high <= 600


@pytest.mark.parametrize("share", [0.03, 0.1, 0.3])
def test_clouds_do_not_darken_the_ground(share: float) -> None:
    planes = ground()
    planes[:, : int(300 * share)] = 4000
    for _, high in stretch_limits(dataset(planes), (1, 2, 3)):
        assert 580 <= high <= 600


def test_something_bright_in_one_band_only_is_no_cloud() -> None:
    planes = ground()
    planes[0, :30] = 4000
    red, green, _ = stretch_limits(dataset(planes), (1, 2, 3))
    assert red[1] == 4000 and green[1] <= 600


def test_snow_or_cloud_everywhere_is_stretched_as_it_is() -> None:
    planes = numpy.random.default_rng(0).integers(3000, 4000, (3, 300, 300))
    for low, high in stretch_limits(dataset(planes), (1, 2, 3)):
        assert 3000 <= low <= 3050 and 3950 <= high <= 4000


def test_nothing_valid_and_flat_bands_are_harmless() -> None:
    assert stretch_limits(dataset(numpy.zeros((3, 50, 50))), (1, 2, 3)) == ((0.0, 1.0),) * 3
    assert stretch_limits(dataset(numpy.full((1, 50, 50), 7)), (1,)) == ((7.0, 8.0),)


def test_without_a_nodata_value_zero_counts_as_none() -> None:
    planes = ground()
    planes[:, :200] = 0
    assert stretch_limits(dataset(planes, nodata=None), (1,))[0][0] >= 200


def test_a_large_image_is_read_reduced(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []
    original = gdal.Band.ReadAsArray

    def noted(self: Any, *args: Any, **options: Any) -> Any:
        sizes.append((options["buf_xsize"], options["buf_ysize"]))
        return original(self, *args, **options)

    monkeypatch.setattr(gdal.Band, "ReadAsArray", noted)
    stretch_limits(dataset(numpy.full((1, 1000, 3000), 9)), (1,))
    assert sizes == [(SAMPLE, 133)]


def test_a_band_that_cannot_be_read_raises() -> None:
    class Band:
        def GetNoDataValue(self) -> None:
            return None

        def ReadAsArray(self, **_: int) -> None:
            return None

    class Broken:
        RasterXSize = RasterYSize = 10
        RasterCount = 0

        def GetRasterBand(self, number: int) -> Band:
            return Band()

    with pytest.raises(OSError, match="band 1"):
        stretch_limits(Broken(), (1,))


def test_balanced_bands_keep_to_one_another() -> None:
    planes = ground()
    planes[2] = planes[2] // 10 + 200
    plain, balanced = (stretch_limits(dataset(planes), (1, 2, 3), balance=share) for share in (0.0, 0.75))
    assert plain[2][1] - plain[2][0] < 45
    assert balanced[2][0] == plain[2][0]
    assert balanced[2][1] - balanced[2][0] == pytest.approx(
        0.75 * (plain[0][1] - plain[0][0]), rel=0.05
    )
    assert balanced[0] == plain[0]
