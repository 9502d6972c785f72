"""Masks and measured values in what comparison and change detection read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("osgeo.gdal")
np = pytest.importorskip("numpy")

from dinamis_qgis.core.change.contrast import PIXELS, Shown, common_limits  # noqa: E402
from dinamis_qgis.core.change.detect import detect_change  # noqa: E402
from dinamis_qgis.core.change.difference import Kind  # noqa: E402
from dinamis_qgis.core.change.grid import Grid, GridWindow, common_grid  # noqa: E402
from dinamis_qgis.core.change.reader import Reader  # noqa: E402
from dinamis_qgis.core.change.scene import Scene, without_mask_band  # noqa: E402
from dinamis_qgis.core.change.windows import sample_pair  # noqa: E402
from dinamis_qgis.core.errors import InvalidInput  # noqa: E402
from dinamis_qgis.core.net.cancel import Cancel  # noqa: E402
from tests.support.pixels import LEFT, TOP, write_raster  # noqa: E402

SIZE = 64


def read(scene: Scene, grid: Grid | None = None) -> Any:
    grid = grid or common_grid(scene, scene)
    return Reader(scene, grid).read(GridWindow(0, 0, grid.width, grid.height))


def masked(path: Path, value: int = 90) -> Path:
    mask = np.full((SIZE, SIZE), 255, "uint8")
    mask[:, :32] = 0
    values = np.full((3, SIZE, SIZE), value, "uint8")
    values[:, :10] = 0  # black ground
    values[:, :, :32] = 250
    return write_raster(path, values, mask=mask)


@pytest.mark.parametrize("alpha", [0, 4, 9])
@pytest.mark.parametrize("aside", [0.0, 0.7])
def test_a_mask_hides_whatever_band_qgis_counts_it_as(
    tmp_path: Path, alpha: int, aside: float
) -> None:
    """QGIS counts it as a fourth band of three; on the image's own pixels and between them."""
    scene = Scene(str(masked(tmp_path / "a.tif")), (1, 2, 3), alpha=alpha)
    grid = common_grid(scene, scene)
    data = read(scene, replace(grid, x0=grid.x0 + aside, y0=grid.y0 - aside))
    assert data.shape[0] == 3
    assert np.isnan(data[:, :, :30]).all() and not np.isnan(data[:, :60, 34:60]).any()
    assert np.nanmin(data[:, :, 34:]) == pytest.approx(0, abs=6)


def _call_alpha(dataset: Any) -> None:
    from osgeo import gdal

    dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)


@pytest.mark.parametrize(
    ("fourth", "bands"),
    [((0, 255), (1, 2, 3)), ((255, 255), (1, 2, 3)), ((40, 200), (1, 2, 3, 4))],
    ids=["mask", "all seen", "near infrared"],
)
def test_a_mask_in_the_place_of_near_infrared(
    tmp_path: Path, fourth: tuple[int, int], bands: tuple[int, ...]
) -> None:
    """GDAL calls the fourth band of eight bits transparency whatever it is."""
    values = np.random.default_rng(1).integers(60, 90, (4, SIZE, SIZE)).astype("uint8")
    values[3] = fourth[1]
    values[3, :, :32] = fourth[0]
    scene = Scene(str(write_raster(tmp_path / "a.tif", values, edit=_call_alpha)))
    told = without_mask_band(scene)
    assert told.bands == bands and told.alpha == (4 if len(bands) == 3 else 0)
    if len(bands) == 3:
        with pytest.raises(InvalidInput, match="near-infrared"):
            detect_change(scene, scene, Kind.NDVI, tmp_path)
        limits = common_limits(
            *(Shown(scene, ((1, 0.0, 255.0), (2, 0.0, 255.0), (3, 0.0, 255.0))) for _ in "ab"),
            (common_grid(scene, scene).wkt, common_grid(scene, scene).bounds),
            Cancel(),
        )
        assert limits is not None


def test_the_contrast_does_not_count_what_a_mask_hides(tmp_path: Path) -> None:
    one = Scene(str(masked(tmp_path / "a.tif")), (1, 2, 3), alpha=4)
    two = Scene(str(masked(tmp_path / "b.tif", 80)), (1, 2, 3), alpha=4)
    for seen in sample_pair(one, two, common_grid(one, two), PIXELS, Cancel()):
        assert np.asarray(seen).size and np.nanmax(seen) <= 91


def test_values_are_those_that_are_measured(tmp_path: Path) -> None:
    values = np.full((1, SIZE, SIZE), 3000, "uint16")
    values[:, :, :32] = 0
    path = write_raster(tmp_path / "a.tif", values, nodata=0, scale=(0.0001, -0.1))
    data = read(Scene(str(path), (1,)))
    assert np.isnan(data[:, :, :32]).all() and data[0, 5, 40] == pytest.approx(0.2, abs=1e-6)


def test_a_nodata_that_no_value_can_be(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", np.full((1, SIZE, SIZE), 7, "uint8"), nodata=-9999)
    assert (read(Scene(str(path), (1,), nodata=-9999)) == 7).all()


def test_one_crs_in_two_wordings_is_one_grid(tmp_path: Path) -> None:
    from osgeo import osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    crs.MorphToESRI()
    plain = write_raster(tmp_path / "a.tif", np.full((1, SIZE, SIZE), 7, "uint8"))
    esri = write_raster(
        tmp_path / "b.tif", np.full((1, SIZE, SIZE), 9, "uint8"), wkt=crs.ExportToWkt()
    )
    one, two = Scene(str(plain), (1,)), Scene(str(esri), (1,))
    grid = common_grid(one, two)
    assert (grid.x0, grid.y0, grid.width) == (LEFT, TOP, SIZE)
    assert (read(two, grid) == 9).all() and (read(one, common_grid(two, one)) == 7).all()
