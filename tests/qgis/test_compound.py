"""Virtual rasters of files that do not fit each other: where every pixel of theirs lies, read with
GDAL.
"""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
from osgeo import gdal, osr

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.imagery.compound import (
    CompoundPart,
    mosaic_vrt,
    pansharpened_vrt,
    resolutions_differ,
    shape_in,
)
from dinamis_qgis.core.imagery.placeholder import shape_of

WEST, NORTH = 420000.0, 6250000.0


def ground(x: numpy.ndarray, y: numpy.ndarray) -> numpy.ndarray:
    """Something to see at metres east and south of the corner: fields of 48 m, never 0."""
    return (300 + 40 * ((x // 48 + 3 * (y // 48)) % 7)).astype("uint16")


def raster(
    path: Path,
    metres: float,
    size: tuple[int, int],
    east: float = 0.0,
    south: float = 0.0,
    bands: int = 4,
) -> CompoundPart:
    """An image of ``ground``, its corner so many metres from the common one; band ``n`` is 10 n
    brighter.
    """
    width, height = size
    made = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, gdal.GDT_UInt16)
    system = osr.SpatialReference()
    system.ImportFromEPSG(2154)
    made.SetProjection(system.ExportToWkt())
    made.SetGeoTransform((WEST + east, metres, 0, NORTH - south, 0, -metres))
    x, y = numpy.meshgrid(
        east + (numpy.arange(width) + 0.5) * metres, south + (numpy.arange(height) + 0.5) * metres
    )
    for band in range(bands):
        made.GetRasterBand(band + 1).WriteArray(ground(x, y) + 10 * band)
        made.GetRasterBand(band + 1).SetNoDataValue(0)
    made = None
    return CompoundPart(str(path), shape_of(gdal.Open(str(path))))


def at(dataset: gdal.Dataset, x: float, y: float, band: int = 1) -> int:
    """The value at metres east and south of the common corner."""
    left, dx, _, top, _, dy = dataset.GetGeoTransform()
    column, row = int((WEST + x - left) / dx), int((NORTH - y - top) / dy)
    return int(dataset.GetRasterBand(band).ReadAsArray(column, row, 1, 1)[0, 0])


def truth(x: float, y: float) -> int:
    return int(ground(numpy.array(x), numpy.array(y)))


def test_a_mosaic_of_two_resolutions_keeps_every_field_in_its_place(tmp_path: Path) -> None:
    """The finer one on top; the coarse one beside and below it, on the grid of the finer."""
    fine = raster(tmp_path / "fine.tif", 2, (240, 240))
    coarse = raster(tmp_path / "coarse.tif", 6, (160, 80), east=0, south=0)
    assert resolutions_differ([fine, coarse]) and not resolutions_differ([fine, fine])
    made = gdal.Open(mosaic_vrt([fine, coarse]))
    assert (made.RasterXSize, made.RasterYSize, made.RasterCount) == (480, 240, 4)
    assert made.GetGeoTransform() == (WEST, 2, 0, NORTH, 0, -2)
    for x in range(25, 960, 96):
        for y in range(25, 480, 96):
            assert at(made, x, y) == truth(x, y), (x, y)
            assert at(made, x, y, 4) == truth(x, y) + 30
    text = mosaic_vrt([fine, coarse])
    assert shape_in(text).transform == made.GetGeoTransform()
    assert shape_in(text.replace("'", '"')) == shape_in(text), "as earlier versions wrote it"


@pytest.mark.parametrize(
    "above, below, value, kind",
    [("Byte", "UInt16", 900, "UInt16"), ("UInt16", "Int16", -5, "Int32")],
)
def test_a_mosaic_holds_every_value_of_its_parts(
    tmp_path: Path, above: str, below: str, value: int, kind: str
) -> None:
    parts = []
    for number, (name, filled) in enumerate(((above, 100), (below, value))):
        path = str(tmp_path / f"{name}.tif")
        made = gdal.GetDriverByName("GTiff").Create(path, 20, 20, 4, gdal.GetDataTypeByName(name))
        made.SetGeoTransform((WEST + 20 * number, 1, 0, NORTH, 0, -1))
        for band in range(1, 5):
            made.GetRasterBand(band).Fill(filled)
        made = None
        parts.append(CompoundPart(path, shape_of(gdal.Open(path)), 0))
    whole = gdal.Open(mosaic_vrt(parts))
    assert gdal.GetDataTypeName(whole.GetRasterBand(4).DataType) == kind
    assert (at(whole, 5, 5, 4), at(whole, 30, 5, 4)) == (100, value)


def test_far_from_the_corner_nothing_is_moved(tmp_path: Path) -> None:
    """150 km at 0.5 m: hundreds of thousands of pixels, and a corner at an odd place."""
    near = raster(tmp_path / "near.tif", 0.5, (200, 200))
    far = raster(tmp_path / "far.tif", 0.5, (200, 200), east=150_000.5, south=123_456.5)
    made = gdal.Open(mosaic_vrt([near, far]))
    left, dx, _, top, _, dy = made.GetGeoTransform()
    column, row = round((WEST + 150_000.5 - left) / dx), round((NORTH - 123_456.5 - top) / dy)
    placed = made.GetRasterBand(1).ReadAsArray(column, row, 200, 200)
    assert (placed == gdal.Open(far.path).GetRasterBand(1).ReadAsArray()).all()
    assert not made.GetRasterBand(1).ReadAsArray(column - 8, row, 8, 8).any()


@pytest.mark.parametrize(
    "east, south, width",
    [
        (0, 0, 60),
        (-120, -120, 100),
        (60, 30, 60),
        (3, -3, 60),
        (1.6, 1.6, 61),
        (-4.5, 2, 60),
        (0, 0, 64),
    ],
)
def test_pansharpening_colours_of_another_extent(
    tmp_path: Path, east: float, south: float, width: int
) -> None:
    """The pixels of the panchromatic file; each takes its colours from where it is, to a half of
    its size.
    """
    pan = raster(tmp_path / "pan.tif", 1.5, (240, 240), bands=1)
    xs = raster(tmp_path / "xs.tif", 6, (width, width), east, south)
    flat, sloping = gdal.Open(pan.path, gdal.GA_Update), gdal.Open(xs.path, gdal.GA_Update)
    flat.GetRasterBand(1).Fill(30000)
    metres = east + (numpy.arange(width) + 0.5) * 6 + numpy.zeros((width, 1))
    for band in range(1, 5):
        sloping.GetRasterBand(band).WriteArray(
            (10000 + (40 if band % 2 else -8) * metres).astype("uint16")
        )
    flat = sloping = None
    made = gdal.Open(pansharpened_vrt(xs, pan))
    assert (made.RasterXSize, made.RasterYSize, made.RasterCount) == (240, 240, 4)
    assert made.GetGeoTransform() == gdal.Open(pan.path).GetGeoTransform()
    one, two = made.ReadAsArray(80, 60, 150, 150)[:2].astype(float)
    found = 10000 * (one / two - 1) / (40 + 8 * one / two)
    assert abs(found - (80.5 + numpy.arange(150)) * 1.5).max() < 0.75
    outside = [place for place, off in ((0, east), (0, south)) if off > 24]
    assert not outside or at(made, 1, 1) == 0
    assert shape_in(pansharpened_vrt(xs, pan)).width == 240


def test_pansharpening_zoomed_out_reads_overviews(tmp_path: Path) -> None:
    """Also where the two do not fit: a whole scene is drawn from its overviews."""
    pan = raster(tmp_path / "pan.tif", 1.5, (4096, 4096), bands=1)
    xs = raster(tmp_path / "xs.tif", 6, (1026, 1026), east=-3, south=-3)
    for part in (pan, xs):
        dataset = gdal.Open(part.path, gdal.GA_Update)
        dataset.BuildOverviews("AVERAGE", [2, 4, 8, 16])
        dataset = None
    made = gdal.Open(pansharpened_vrt(xs, pan))
    assert made.GetRasterBand(1).GetOverviewCount() >= 3
    small = made.GetRasterBand(2).ReadAsArray(buf_xsize=512, buf_ysize=512).astype(float)
    x, y = numpy.meshgrid((numpy.arange(512) + 0.5) * 12, (numpy.arange(512) + 0.5) * 12)
    bright = ground(x, y).astype(float)
    assert abs(small - (bright + 10) * bright / (bright + 15)).mean() < 4, (
        "Brovey: the colour times panchromatic over the mean"
    )
    # With a colour far off in the overviews alone, what is drawn shows that they are what was read.
    level = gdal.Open(xs.path, gdal.GA_Update)
    for band in range(1, 5):
        for number in range(4):
            overview = level.GetRasterBand(band).GetOverview(number)
            overview.WriteArray(
                numpy.full((overview.YSize, overview.XSize), 3000 if band == 2 else 300, "uint16")
            )
    level = None
    made = gdal.Open(pansharpened_vrt(xs, pan))
    again = made.GetRasterBand(2).ReadAsArray(buf_xsize=512, buf_ysize=512)
    assert again.mean() > 2 * small.mean()


def test_files_that_have_nothing_in_common_are_refused(tmp_path: Path) -> None:
    pan = raster(tmp_path / "pan.tif", 1.5, (64, 64), bands=1)
    with pytest.raises(InvalidInput):
        pansharpened_vrt(raster(tmp_path / "xs.tif", 6, (16, 16), east=5000), pan)
