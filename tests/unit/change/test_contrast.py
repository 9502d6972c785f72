"""One contrast for two scenes: neither is cut, clouds and what is not seen count for nothing, a
view has its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from dinamis_qgis.core.change.clouds import opaque
from dinamis_qgis.core.change.contrast import PIXELS, Limits, limits, noticeable
from dinamis_qgis.core.change.grid import Grid, common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.change.windows import sample
from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.net.http import Cancel
from tests.support.pairs import Pair


def whole(two: Pair) -> tuple[Grid, tuple[str, tuple[float, float, float, float]]]:
    grid = common_grid(two.first, two.second)
    return grid, (grid.wkt, grid.bounds)


def found(two: Pair) -> Limits:
    return limits(two.first, two.second, whole(two)[1], Cancel())


def changed(scene: Scene, target: Path, change: Any) -> Scene:
    """A copy of ``scene`` whose pixels went through ``change``."""
    copy = gdal.GetDriverByName("GTiff").CreateCopy(str(target), gdal.Open(scene.source))
    copy.WriteArray(change(copy.ReadAsArray()))
    copy.FlushCache()
    return Scene(str(target), scene.bands, scene.nodata)


@pytest.mark.parametrize("which", ["light", "fire"])
def test_neither_scene_is_cut(which: str, request: pytest.FixtureRequest) -> None:
    """Whichever is hazier: at most a hundredth of each lies beyond either end, which percentiles of
    all pixels together do not keep.
    """
    two = request.getfixturevalue(which)
    grid, shown = whole(two)[0].coarser(PIXELS), found(two)
    one, other = sample(two.first, two.second, grid, PIXELS)
    clear = ~(opaque(one, grid.step) | opaque(other, grid.step))
    together_cut = 0.0
    for number, band in enumerate(two.first.bands):
        low, high = shown[band]
        both = np.concatenate([one[number][clear], other[number][clear]])
        together = np.percentile(both, 1)
        for image in (one, other):
            values = image[number][clear]
            assert (values < low).mean() <= 0.0105 and (values > high).mean() <= 0.0105
            together_cut = max(together_cut, float((values < together).mean()))
    assert together_cut > 0.015


def test_clouds_do_not_darken_everything(light: Pair, tmp_path: Path) -> None:
    def clouded(data: Any) -> Any:
        data[:, 40:140, 60:170] = np.where(data[:, 40:140, 60:170] > 0, 9000, 0)
        return data

    before = found(light)
    after = found(
        Pair(light.first, changed(light.second, tmp_path / "c.tif", clouded), light.shift)
    )
    for band, (low, high) in before.items():
        assert after[band][1] == pytest.approx(high, rel=0.1) and after[band][0] == pytest.approx(
            low, rel=0.1
        )


def test_what_is_not_seen_counts_for_nothing(light: Pair, tmp_path: Path) -> None:
    def cut(data: Any) -> Any:
        data[:, :, :120] = 0
        return data

    assert all(
        low > 100
        for low, _ in found(
            Pair(light.first, changed(light.second, tmp_path / "n.tif", cut), light.shift)
        ).values()
    )


def test_order_does_not_matter(light: Pair) -> None:
    assert found(Pair(light.second, light.first, light.shift)) == pytest.approx(
        found(light), rel=0.02
    )


def test_flat_and_cancelled(light: Pair, tmp_path: Path) -> None:
    flat = changed(light.first, tmp_path / "f.tif", lambda data: np.full_like(data, 700))
    assert set(found(Pair(flat, flat, (0.0, 0.0))).values()) == {(700.0, 701.0)}
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        limits(light.first, light.second, whole(light)[1], cancel)


def test_noticeable() -> None:
    before = {1: (0.0, 100.0)}
    assert not noticeable({1: (1.0, 102.0)}, before)
    assert noticeable({1: (1.0, 104.0)}, before) and noticeable({2: (0.0, 100.0)}, before)
