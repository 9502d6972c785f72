"""The common grid: whose pixels, which extent, other systems; reading on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from dinamis_qgis.core.change.grid import GridWindow, common_grid, split_windows
from dinamis_qgis.core.change.reader import Reader
from dinamis_qgis.core.change.scene import Scene, cut_to_common_bands, open_image
from dinamis_qgis.core.errors import InvalidInput, ServiceError


def image(
    path: Path,
    epsg: int | None,
    x0: float,
    y0: float,
    step: float,
    side: int = 64,
    bands: int = 1,
    nodata: float | None = None,
) -> str:
    """Pixel values are the easting's and northing's: a plane, so that any resampling gives the
    same.
    """
    data = gdal.GetDriverByName("GTiff").Create(str(path), side, side, bands, gdal.GDT_Float32)
    data.SetGeoTransform((x0, step, 0, y0, 0, -step))
    if epsg is not None:
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg)
        data.SetProjection(reference.ExportToWkt())
    columns, rows = np.meshgrid(np.arange(side) + 0.5, np.arange(side) + 0.5)
    for band in range(bands):
        if nodata is not None:
            data.GetRasterBand(band + 1).SetNoDataValue(nodata)
        data.GetRasterBand(band + 1).WriteArray((columns - rows) * step + 1000 + band)
    return str(path)


def test_on_the_first_ones_pixels(tmp_path: Path) -> None:
    one = Scene(image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0), (1,))
    two = Scene(image(tmp_path / "b.tif", 2154, 400_061, 6_249_930, 2.0, 150), (1,))
    grid = common_grid(one, two)
    assert grid.step == 6 and (grid.x0 - 400_000) % 6 == 0 and (grid.y0 - 6_250_000) % 6 == 0
    west, south, east, north = grid.bounds
    assert west >= 400_061 and east <= 400_361 and north <= 6_249_930 and south >= 6_249_630
    assert common_grid(one, two, step=30.0).step == 30


def test_pixels_are_copied_where_they_are_the_grids(tmp_path: Path) -> None:
    one = Scene(image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0), (1,))
    two = Scene(image(tmp_path / "b.tif", 2154, 400_060, 6_249_940, 6.0), (1,))
    grid = common_grid(one, two)
    window = GridWindow(3, 5, 10, 8)
    own = gdal.Open(two.source).ReadAsArray(3, 5, 10, 8)
    assert np.array_equal(Reader(two, grid).read(window)[0], own)


def test_a_move_is_a_move_of_the_ground(tmp_path: Path) -> None:
    source = image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0)
    grid = common_grid(Scene(source, (1,)), Scene(source, (1,)))
    inside = GridWindow(20, 20, 16, 16)
    plain = Reader(Scene(source, (1,)), grid).read(inside)
    moved = Reader(Scene(source, (1,)).moved(2.5, -1.0), grid).read(inside)
    assert np.allclose(
        moved - plain, -2.5 + 1.0, atol=1e-2
    )  # the plane rises eastwards and northwards


def test_another_system(tmp_path: Path) -> None:
    """WGS 84 degrees beside Lambert 93: the grid is in metres, the ground is the same."""
    one = Scene(image(tmp_path / "a.tif", 2154, 424_000, 6_252_000, 10.0, 200), (1,))
    two = Scene(image(tmp_path / "b.tif", 4326, -0.385, 43.31, 0.0001, 200), (1,))
    assert common_grid(one, two).step == pytest.approx(10, rel=0.01)
    metric = common_grid(two, one)
    assert "UTM" in metric.wkt and 8 < metric.step < 11


@pytest.mark.parametrize(
    ("epsg", "wanted"),
    [(3857, "UTM zone 30N"), (2154, "Lambert"), (32631, "UTM zone 31N"), (3035, "LAEA")],
)
def test_metres_are_the_grounds(tmp_path: Path, epsg: int, wanted: str) -> None:
    """Web Mercator's are not; the size of a pixel is that of the ground, whichever way north
    lies.
    """
    flat = image(tmp_path / "flat.tif", 2154, 424_000, 6_252_000, 10.0, 200)
    target = str(tmp_path / "own.tif")
    gdal.Warp(target, flat, dstSRS=f"EPSG:{epsg}")
    grid = common_grid(Scene(target, (1,)), Scene(flat, (1,)))
    assert wanted in grid.wkt
    assert grid.step == pytest.approx(10, rel=0.01)


def test_nodata_is_nan(tmp_path: Path) -> None:
    source = image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0, bands=2, nodata=0)
    data = gdal.Open(source, gdal.GA_Update)
    for band in (1, 2):
        data.GetRasterBand(band).WriteArray(np.zeros((10, 10), np.float32), 0, 0)
    data = None
    scene = Scene(source, (1, 2))
    grid = common_grid(scene, scene)
    for moved in (scene, scene.moved(1.5, 0.0)):
        read = Reader(moved, grid).read(GridWindow(0, 0, 64, 64))
        assert np.isnan(read[:, :8, :8]).all() and np.isfinite(read[:, 14:60, 14:60]).all()


def test_beside_a_single_band_the_visible_ones_are_one(tmp_path: Path) -> None:
    source = image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0, bands=4)
    one, two = cut_to_common_bands(Scene(source), Scene(source, (1,)))
    grid = common_grid(one, two)
    gray, own = (
        Reader(scene, grid).read(GridWindow(0, 0, 64, 64))
        for scene in (one, Scene(source, (1, 2, 3)))
    )
    assert (
        gray.shape == (1, 64, 64)
        and np.allclose(gray[0], own.mean(axis=0))
        and cut_to_common_bands(two, one) == (two, one)
    )
    assert [scene.bands for scene in cut_to_common_bands(Scene(source), Scene(source, (1, 2, 3)))] == [
        (1, 2, 3)
    ] * 2


@pytest.mark.parametrize("nodata", [None, 0.0])
def test_what_is_transparent_was_not_seen(tmp_path: Path, nodata: float | None) -> None:
    """On its own pixels and on others; black is a colour there."""
    source = image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0, bands=4)
    data = gdal.Open(source, gdal.GA_Update)
    for band in (1, 2, 3):
        data.GetRasterBand(band).WriteArray(np.zeros((64, 10), np.float32), 54, 0)
    data.GetRasterBand(4).WriteArray(np.where(np.arange(64) < 20, 0, 255) * np.ones((64, 1)))
    data.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    data = None
    scene = Scene(source, (1, 2, 3), nodata, alpha=4)
    grid = common_grid(scene, scene)
    for moved in (scene, scene.moved(1.5, 0.0)):
        read = Reader(moved, grid).read(GridWindow(0, 0, 64, 64))
        assert read.shape == (3, 64, 64)
        assert np.isnan(read[:, :, :18]).all() and np.isfinite(read[:, 3:-3, 22:50]).all()
        assert np.isfinite(read[:, 3:-3, 57:-3]).all() == (nodata is None)


@pytest.mark.parametrize("said", [None, 32631])
def test_the_layers_system_is_the_one(tmp_path: Path, said: int | None) -> None:
    """A file that says no system, or a wrong one, is where QGIS was told it is."""
    right = image(tmp_path / "right.tif", 2154, 400_000, 6_250_000, 6.0)
    wrong = str(tmp_path / "wrong.tif")
    image(Path(wrong), said, 400_000, 6_250_000, 6.0)
    with pytest.raises(InvalidInput):
        common_grid(Scene(right, (1,)), Scene(wrong, (1,)))
    told = Scene(wrong, (1,), crs=gdal.Open(right).GetProjection())
    for first, second in ((Scene(right, (1,)), told), (told, Scene(right, (1,)))):
        grid = common_grid(first, second)
        one, two = (Reader(scene, grid).read(GridWindow(0, 0, 64, 64)) for scene in (first, second))
        assert np.array_equal(one, two)


def test_no_place_at_all(tmp_path: Path) -> None:
    """A picture that lies nowhere does not get there by a coordinate system."""
    target = str(tmp_path / "picture.tif")
    gdal.GetDriverByName("GTiff").Create(target, 8, 8)
    with pytest.raises(InvalidInput, match="position"):
        open_image(target, "EPSG:2154")


def test_windows_cover_the_grid_once(tmp_path: Path) -> None:
    source = Scene(image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0, 100), (1,))
    grid = common_grid(source, source)
    seen = np.zeros((grid.height, grid.width), int)
    for window in split_windows(grid, 33):
        seen[
            window.row : window.row + window.height, window.column : window.column + window.width
        ] += 1
    assert (seen == 1).all()


def test_apart_and_broken(tmp_path: Path) -> None:
    one = Scene(image(tmp_path / "a.tif", 2154, 400_000, 6_250_000, 6.0), (1,))
    with pytest.raises(InvalidInput):
        common_grid(one, Scene(image(tmp_path / "b.tif", 2154, 500_000, 6_250_000, 6.0), (1,)))
    (tmp_path / "c.tif").write_bytes(b"not an image")
    with pytest.raises(ServiceError):
        common_grid(one, Scene(str(tmp_path / "c.tif")))
    with pytest.raises(InvalidInput):
        Reader(Scene(one.source, (1, 2)), common_grid(one, one)).read(GridWindow(0, 0, 4, 4))
