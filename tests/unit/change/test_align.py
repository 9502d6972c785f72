"""The shift between two scenes: within a fifth of a pixel of what was put in, and not trusted where
there is none to find.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from dinamis_qgis.core.change.align import measure_shift, shift_between
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.errors import Cancelled, InvalidInput
from dinamis_qgis.core.net.http import Cancel
from tests.support.pairs import Pair, pair, shot

GOAL = 0.2
"""Pixels."""


def off_by(found: Any, wanted: tuple[float, float]) -> float:
    return float(np.hypot(found.east - wanted[0], found.north - wanted[1]) / found.step)


def shift_of(two: Pair, **options: Any) -> Any:
    return measure_shift(two.first, two.second, common_grid(two.first, two.second), **options)


def test_across_a_fire(fire: Pair) -> None:
    """A third of the ground burnt between the two."""
    found = shift_of(fire)
    assert fire.shift == (-3.0, 1.5)
    assert off_by(found, fire.shift) < GOAL and found.trusted and found.confidence > 0.8


def test_under_another_light(light: Pair) -> None:
    found = shift_of(light)
    assert off_by(found, (0.0, 0.0)) < GOAL and found.trusted


def test_across_works(works: Pair) -> None:
    assert off_by(shift_of(works), works.shift) < GOAL


@pytest.mark.parametrize("shift", [(4.5, -3.0), (0.75, 0.75), (-13.2, 26.4), (41.0, -67.0)])
def test_any_shift(tmp_path: Path, shift: tuple[float, float]) -> None:
    """From an eighth of a pixel to eleven pixels, between summers five years apart."""
    one = shot("Pau", "spot-6", "2020-08-12", 256, shift=(0.0, 0.0))
    found = shift_of(pair(tmp_path, one, shot("Pau", "spot-6", "2025-08-17", 256, shift=shift)))
    assert off_by(found, shift) < GOAL and found.trusted


def test_among_clouds(tmp_path: Path) -> None:
    one = shot("Pau", "spot-6", "2020-08-12", shift=(0.0, 0.0))
    found = shift_of(
        pair(tmp_path, one, shot("Pau", "spot-7", "2020-10-21", shift=(4.5, -3.0), cloud=0.35))
    )
    assert off_by(found, (4.5, -3.0)) < GOAL


def test_between_resolutions(tmp_path: Path) -> None:
    """Pléiades on SPOT's pixels, each with its own satellite's look."""
    one = shot("Landiras", "spot-6", "2022-06-19", 640)
    found = shift_of(
        pair(tmp_path, one, shot("Landiras", "pleiades-1b", "2022-07-09", 400, shift=(3.0, -2.0)))
    )
    assert found.step == 6 and off_by(found, (3.0, -2.0)) < GOAL


def test_moving_the_scene_back_takes_the_shift_away(fire: Pair) -> None:
    found = shift_of(fire)
    again = measure_shift(
        fire.first,
        fire.second.moved(-found.east, -found.north),
        common_grid(fire.first, fire.second),
    )
    assert again.pixels < 0.1


@pytest.mark.parametrize("epsg", [4326, 32630, 3857])
def test_a_shift_is_corrected_in_any_system(fire: Pair, tmp_path: Path, epsg: int) -> None:
    """The second image in degrees, in a zone whose north lies elsewhere, in stretched metres: the
    same shift, gone once corrected.
    """
    target = str(tmp_path / "second.tif")
    gdal.Warp(target, fire.second.source, dstSRS=f"EPSG:{epsg}", resampleAlg="cubic", dstNodata=0)
    elsewhere = Pair(fire.first, Scene(target), fire.shift)
    found = shift_of(elsewhere)
    assert off_by(found, fire.shift) < GOAL and found.trusted
    again = shift_of(replace(elsewhere, second=elsewhere.second.moved(-found.east, -found.north)))
    assert again.pixels < 0.1


def test_unlike_pictures_are_not_trusted() -> None:
    noise = np.random.default_rng(5)  # the same at every run
    tiles = [(noise.normal(size=(128, 128)), noise.normal(size=(128, 128))) for _ in range(9)]
    assert not shift_between(tiles, 6.0).trusted


def test_a_tile_shifted_by_hand() -> None:
    """Against a shift made in the Fourier domain: a hundredth of a pixel."""
    noise = np.random.default_rng(11)
    ground = np.fft.fft2(noise.normal(size=(256, 256)))
    radius = np.hypot(np.fft.fftfreq(256)[:, None], np.fft.fftfreq(256)[None, :])
    ground = ground * np.exp(-((radius / 0.15) ** 2))
    phase = np.exp(
        -2j * np.pi * (np.fft.fftfreq(256)[:, None] * 2.37 + np.fft.fftfreq(256)[None, :] * -5.81)
    )
    one, two = np.real(np.fft.ifft2(ground)), np.real(np.fft.ifft2(ground * phase))
    cut = (slice(40, 200), slice(40, 200))
    found = shift_between([(one[cut], two[cut])], 1.0)
    assert found.east == pytest.approx(-5.81, abs=0.03) and found.north == pytest.approx(
        -2.37, abs=0.03
    )


def test_nothing_to_see(fire: Pair) -> None:
    with pytest.raises(InvalidInput):
        shift_between([], 6.0)
    far = Scene(fire.first.source, move=(1e6, 0.0))
    with pytest.raises(InvalidInput):
        measure_shift(fire.first, far, common_grid(fire.first, fire.second))


def test_cancelled(fire: Pair) -> None:
    cancel = Cancel()
    with pytest.raises(Cancelled):
        shift_of(fire, cancel=cancel, progress=lambda share: cancel.set())
