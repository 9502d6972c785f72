"""One contrast for two scenes: what did not change has the colours of the clearer one, what did
change is not tinted; else each keeps its own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from dinamis_qgis.core.change.clouds import find_opaque
from dinamis_qgis.core.change.contrast import (
    LARGEST,
    PIXELS,
    Shown,
    cielab_from_srgb,
    colour_difference,
    common_limits,
    is_noticeable,
)
from dinamis_qgis.core.change.contrast import Pair as Limits
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.change.windows import sample_pair
from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.imagery import stretch
from dinamis_qgis.core.net.http import Cancel
from tests.support.pairs import Pair, rasterized


def shown(scene: Scene) -> Shown:
    """As a layer of ours shows it."""
    bands = scene.bands[:3]
    limits = stretch.stretch_limits(gdal.Open(scene.source), bands, balance=0.75)
    return Shown(scene, tuple((band, *ends) for band, ends in zip(bands, limits)))


def found(two: Pair) -> Limits | None:
    grid = common_grid(two.first, two.second)
    area = (grid.wkt, grid.bounds)
    return common_limits(shown(two.first), shown(two.second), area, Cancel())


def picture(values: Any, limits: dict[int, tuple[float, float]]) -> Any:
    ends = [limits[band] for band in (1, 2, 3)]
    return np.stack(
        [np.clip((v - low) / (high - low), 0, 1) for v, (low, high) in zip(values, ends)]
    )


def changed(scene: Scene, target: Path, change: Any) -> Scene:
    """A copy of ``scene`` whose pixels went through ``change``."""
    copy = gdal.GetDriverByName("GTiff").CreateCopy(str(target), gdal.Open(scene.source))
    copy.WriteArray(change(copy.ReadAsArray()))
    copy.FlushCache()
    return Scene(str(target), scene.bands, scene.nodata)


@pytest.mark.parametrize("which", ["light", "fire", "works"])
def test_unchanged_ground_has_the_colours_of_the_clearer_one(
    which: str, request: pytest.FixtureRequest, known: dict[str, Any]
) -> None:
    """Within ΔE 5, over all the ground that is unchanged by construction."""
    two: Pair = request.getfixturevalue(which)
    limits = found(two)
    assert limits is not None
    own = [
        {band: (low, high) for band, low, high in shown(s).limits} for s in (two.first, two.second)
    ]
    kept = [limits[number] == own[number] for number in (0, 1)]
    assert any(kept), "the clearer one is as it was"
    grid = common_grid(two.first, two.second).coarser(PIXELS)
    one, other = sample_pair(two.first, two.second, grid, PIXELS)
    ground = ~(find_opaque(one, grid.step) | find_opaque(other, grid.step))
    burnt = rasterized(known["fires"][0]["geometry"], grid) & ground
    if which == "fire":
        ground &= ~burnt
    pictures = picture(one, limits[0]), picture(other, limits[1])
    assert colour_difference(*pictures, ground) <= LARGEST
    assert colour_difference(picture(one, own[0]), picture(other, own[1]), ground) > colour_difference(
        *pictures, ground
    )
    if which == "fire":
        _, a, b = cielab_from_srgb(np.median(pictures[1][:, burnt], axis=1))
        _, was_a, was_b = cielab_from_srgb(np.median(picture(other, own[1])[:, burnt], axis=1))
        turned = np.degrees(np.arctan2(b, a) - np.arctan2(was_b, was_a))
        assert abs(turned) < 15, "burnt ground keeps its hue"


def test_clouds_do_not_darken_everything(light: Pair, tmp_path: Path) -> None:
    def clouded(data: Any) -> Any:
        data[:, 40:140, 60:170] = np.where(data[:, 40:140, 60:170] > 0, 9000, 0)
        return data

    before = found(light)
    after = found(replace(light, second=changed(light.second, tmp_path / "c.tif", clouded)))
    assert before is not None and after is not None
    for band, (low, high) in before[0].items():
        assert after[0][band] == pytest.approx((low, high), rel=0.1)


def test_what_is_not_seen_counts_for_nothing(light: Pair, tmp_path: Path) -> None:
    def cut(data: Any) -> Any:
        data[:, :, :120] = 0
        return data

    half = found(replace(light, second=changed(light.second, tmp_path / "n.tif", cut)))
    whole = found(light)
    assert half is not None and whole is not None
    for number in (0, 1):
        for band, span in whole[number].items():
            assert half[number][band] == pytest.approx(span, rel=0.1)


def test_order_does_not_matter(light: Pair) -> None:
    one, other = found(light), found(Pair(light.second, light.first, light.shift))
    assert one is not None and other is not None
    for ours, theirs in zip(one, reversed(other)):
        assert all(theirs[band] == pytest.approx(span, rel=0.05) for band, span in ours.items())


def test_where_nothing_is_common_each_keeps_its_own(light: Pair, tmp_path: Path) -> None:
    flat = changed(light.first, tmp_path / "f.tif", lambda data: np.full_like(data, 700))
    assert found(Pair(flat, flat, (0.0, 0.0))) is None
    one, other = shown(light.first), shown(light.second)
    infrared = replace(one, limits=((4, 0.0, 5000.0), *one.limits[:2]))
    grid = common_grid(light.first, light.second)
    assert common_limits(infrared, other, (grid.wkt, grid.bounds), Cancel()) is None


def test_cancelled(light: Pair) -> None:
    cancel = Cancel()
    cancel.set()
    grid = common_grid(light.first, light.second)
    with pytest.raises(Cancelled):
        common_limits(shown(light.first), shown(light.second), (grid.wkt, grid.bounds), cancel)


def test_noticeable() -> None:
    before = ({1: (0.0, 100.0)}, {1: (0.0, 50.0)})
    assert is_noticeable(before, None)
    assert not is_noticeable(({1: (1.0, 102.0)}, {1: (0.0, 50.0)}), before)
    assert is_noticeable(({1: (1.0, 104.0)}, {1: (0.0, 50.0)}), before)
    assert is_noticeable(({2: (0.0, 100.0)}, {2: (0.0, 50.0)}), before)
