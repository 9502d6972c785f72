"""Two surface models: shift, volumes and zones, against models whose truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")
gdal = pytest.importorskip("osgeo.gdal")

from dinamis_qgis.core.elevation.coregistration import measure_shift, move_heights  # noqa: E402
from dinamis_qgis.core.elevation.surface_difference import (  # noqa: E402
    DifferenceOptions,
    compare_surfaces,
)
from dinamis_qgis.core.errors import Cancelled, InvalidInput  # noqa: E402
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from dinamis_qgis.sandbox.world.lattice import LatticeWindow, fractal_noise  # noqa: E402

WEST, NORTH, SIZE = 417_000.0, 6_250_000.0, 500


def hills(east: float = 0.0, north: float = 0.0, step: float = 1.0, size: int = SIZE) -> Any:
    window = LatticeWindow(WEST + east, NORTH + north, size, size, step)
    return (200 + 20 * fractal_noise(window, 180, 7, 3, 0.5)).astype("float32")


def noise(size: int = SIZE, seed: int = 1) -> Any:
    return np.random.default_rng(seed).normal(0, 0.15, (size, size)).astype("float32")


def write(path: Path, heights: Any, step: float = 1.0, epsg: int = 2154, west: float = WEST) -> Path:
    from osgeo import osr

    rows, columns = heights.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, 1, gdal.GDT_Float32)
    made.SetGeoTransform((west, step, 0, NORTH, 0, -step))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    made.SetProjection(crs.ExportToWkt())
    made.GetRasterBand(1).SetNoDataValue(-9999)
    made.GetRasterBand(1).WriteArray(np.where(np.isnan(heights), -9999, heights))
    made = None
    return path


@pytest.mark.parametrize(
    ("east", "north", "up"), [(1.3, -0.7, 2.5), (-3.2, 2.1, -1.0), (0.0, 0.0, 0.0), (6.0, 5.0, 3.0)]
)
def test_a_known_shift_is_found(east: float, north: float, up: float) -> None:
    second = hills(east, north) - up + noise()
    found = measure_shift(hills(), second, 1.0)
    assert found.east == pytest.approx(east, abs=0.02)
    assert found.north == pytest.approx(north, abs=0.02)
    assert found.up == pytest.approx(up, abs=0.02)
    assert found.noise <= found.before


def test_what_changed_does_not_pull_the_shift() -> None:
    second = hills(1.5, 0.5) + noise()
    second[100:200, 100:260] -= 14.0
    found = measure_shift(hills(), second, 1.0)
    assert (found.east, found.north) == pytest.approx((1.5, 0.5), abs=0.05)


def test_flat_ground_knows_no_shift() -> None:
    flat = np.full((SIZE, SIZE), 10, "float32")
    with pytest.raises(InvalidInput, match="too few slopes"):
        measure_shift(flat, flat + 1, 1.0)


def test_moving_keeps_what_is_known() -> None:
    heights = hills()
    heights[10:20, 10:20] = np.nan
    back = move_heights(move_heights(heights, 2, -3), -2, 3)
    inner = (slice(5, -5), slice(5, -5))
    assert np.allclose(back[inner], heights[inner], equal_nan=True)


def dug(path: Path, east: float = 0.0, up: float = 0.0) -> tuple[Path, float, float]:
    """A second model: a pit of 40 × 50 m and 6 m, a heap of 30 × 30 m and 4 m; its volumes."""
    second = hills(east) - up + noise(seed=2) * 0.3
    second[100:140, 200:250] -= 6.0
    second[300:330, 300:330] += 4.0
    return write(path, second), 40 * 50 * 6.0, 30 * 30 * 4.0


def test_volumes_within_two_percent(tmp_path: Path) -> None:
    """Shifted by 2.4 m in plan and 1.7 m in height, as two flights are."""
    first = write(tmp_path / "a.tif", hills())
    second, lost, gained = dug(tmp_path / "b.tif", 2.4, 1.7)
    found = compare_surfaces(first, second, tmp_path / "d.tif")
    assert found.shift.east == pytest.approx(2.4, abs=0.05)
    assert found.shift.up == pytest.approx(1.7, abs=0.05)
    pit, heap = found.zones[:2]
    assert pit.lost == pytest.approx(lost, rel=0.02) and pit.gained == 0
    assert heap.gained == pytest.approx(gained, rel=0.02) and heap.lost == 0
    assert pit.area == pytest.approx(2000, rel=0.06)
    assert 0 < pit.uncertainty < 0.05 * lost
    assert found.limit < 0.5
    image = gdal.Open(str(found.path))
    assert image.GetRasterBand(1).GetNoDataValue() == -9999
    assert image.GetRasterBand(1).GetOverviewCount() > 0


def test_given_zones_and_another_grid_and_system(tmp_path: Path) -> None:
    """The second at 2 m: the common grid is the coarser; zones in degrees."""
    from osgeo import ogr, osr

    first = write(tmp_path / "a.tif", hills())
    fine, lost, _ = dug(tmp_path / "fine.tif")
    second = tmp_path / "b.tif"
    gdal.Translate(str(second), str(fine), xRes=2, yRes=2, resampleAlg="average")
    metres, degrees = osr.SpatialReference(), osr.SpatialReference()
    metres.ImportFromEPSG(2154)
    degrees.ImportFromEPSG(4326)
    for system in (metres, degrees):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in ((190, 90), (260, 90), (260, 150), (190, 150), (190, 90)):
        ring.AddPoint_2D(WEST + x, NORTH - y)
    zone = ogr.Geometry(ogr.wkbPolygon)
    zone.AddGeometry(ring)
    zone.Transform(osr.CoordinateTransformation(metres, degrees))
    options = DifferenceOptions(zones=(bytes(zone.ExportToWkb()),), zones_wkt=degrees.ExportToWkt())
    found = compare_surfaces(first, second, tmp_path / "d.tif", options)
    assert found.grid.step == 2 and len(found.zones) == 1
    assert found.zones[0].area == pytest.approx(70 * 60, rel=0.03)
    assert found.zones[0].lost == pytest.approx(lost, rel=0.02)


def test_unknown_ground_is_no_change(tmp_path: Path) -> None:
    first = hills()
    first[:, :150] = np.nan
    second, _, _ = dug(tmp_path / "b.tif")
    found = compare_surfaces(write(tmp_path / "a.tif", first), second, tmp_path / "d.tif")
    values = gdal.Open(str(found.path)).ReadAsArray()
    assert (values[:, :140] == -9999).all()
    assert all(zone.area > 0 for zone in found.zones)


def test_models_of_two_places(tmp_path: Path) -> None:
    first = write(tmp_path / "a.tif", hills())
    second = write(tmp_path / "b.tif", hills(), west=WEST + 10_000)
    with pytest.raises(InvalidInput):
        compare_surfaces(first, second, tmp_path / "d.tif")
    assert not (tmp_path / "d.tif").exists()


def test_given_up(tmp_path: Path) -> None:
    first = write(tmp_path / "a.tif", hills())
    second, _, _ = dug(tmp_path / "b.tif")
    cancel = Cancel()
    with pytest.raises(Cancelled):
        compare_surfaces(
            first,
            second,
            tmp_path / "d.tif",
            cancel=cancel,
            progress=lambda share, text: cancel.set() if share >= 0.3 else None,
        )
    assert not (tmp_path / "d.tif").exists()
