"""Heights of the training world, in metres: the ground, and what stands on it.

They belong to the images: hills are where these are shaded, buildings and trees where these show
them, and of the burnt forest nothing is left.
"""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np

from dinamis_qgis.sandbox.world import geography, season
from dinamis_qgis.sandbox.world.ground import GroundCover, ground_cover
from dinamis_qgis.sandbox.world.lattice import (
    Array,
    LatticeWindow,
    enlarge_bilinear,
    fractal_noise,
    smooth_noise,
)

FLOWN = datetime(2024, 3, 12, tzinfo=timezone.utc)
"""When the surface was measured: after the fire, while the works go on."""
_BASE = (160.0, 62.0, 75.0, 290.0, 85.0, 230.0)
"""Mean height of the ground by landscape (the order of ``geography``'s constants)."""
_HILLS = (26.0, 3.5, 20.0, 26.0, 7.0, 45.0)
"""Height of the hills by landscape; their shape is that of ``canopy.shade_hills``."""
_STAND, _HEDGE, _GARDEN = 19.0, 9.0, 5.5
"""Height of a closed stand of the forest, of hedges and banks, of gardens."""
_COARSE = 24.0
"""Hills have no detail finer than so many metres."""


def ground_heights(window: LatticeWindow, land: GroundCover | None = None) -> Array:
    """The bare ground (ny, nx), float32: valleys are dug where ``land`` has water."""
    factor = max(1, round(_COARSE / window.step))
    margin = 2
    coarse = LatticeWindow(
        window.x0 - margin * factor * window.step,
        window.y0 + margin * factor * window.step,
        -(-window.nx // factor) + 2 * margin,
        -(-window.ny // factor) + 2 * margin,
        window.step * factor,
    )
    base, hills = _landscape_heights(coarse)
    smooth = base + hills * fractal_noise(coarse, 900.0, 51, 3, 0.42)
    fine = enlarge_bilinear(smooth, factor, coarse.nx * factor, coarse.ny * factor)
    skip = margin * factor
    ground = fine[skip : skip + window.ny, skip : skip + window.nx]
    ground = ground + np.float32(0.12) * smooth_noise(window, 14.0, 52)
    if land is not None:
        ground = ground - np.float32(2.5) * land.water - np.float32(0.25) * land.road
    return ground.astype(np.float32)


def _landscape_heights(window: LatticeWindow) -> tuple[Array, Array]:
    """Mean height and height of the hills: between the landscapes' anchors they change gently."""
    x, y = window.columns()[None, :], window.rows()[:, None]
    total = np.zeros((window.ny, window.nx))
    base, hills = np.zeros_like(total), np.zeros_like(total)
    for east, north, kind in geography.region_anchors():
        weight = 1 / ((x - east) ** 2 + (y - north) ** 2 + 4e6) ** 2
        total += weight
        base += weight * _BASE[kind]
        hills += weight * _HILLS[kind]
    return (base / total).astype(np.float32), (hills / total).astype(np.float32)


def surface_heights(window: LatticeWindow, when: datetime = FLOWN) -> tuple[Array, Array]:
    """The ground, and the surface with what stands on it at a date: buildings, trees."""
    land = ground_cover(window, (0.0, 0.0))
    ground = ground_heights(window, land)
    return ground, ground + _standing(land, when)


def _standing(land: GroundCover, when: datetime) -> Array:
    """Metres above the ground."""
    look = season.season_palette(when)
    crowns = np.clip(land.canopy, 0.3, 1.4)
    trees = look.canopy[land.key] * np.float32(_STAND) * crowns
    trees = np.maximum(trees, land.tree * np.float32(_HEDGE) * crowns)
    trees *= 1 - np.clip(np.maximum(np.maximum(land.water, land.sand), land.road), 0, 1)
    if land.burnt is not None and when.date() >= geography.FIRES[0].day:
        trees *= 1 - land.burnt  # felled and cleared
    if land.town is not None and land.built is not None and land.opened is not None:
        year = when.year + (when.timetuple().tm_yday - 1) / 365.0
        opened = np.clip((year - land.opened) / np.float32(0.5), 0, 1)
        standing = np.clip((year - land.opened - land.built.delay) * 2, 0, 1)
        flat = trees.reshape(-1)
        garden = land.built.trees * standing * np.float32(_GARDEN)
        house = np.where(land.built.roof > 0.5, land.built.height * standing, garden)
        flat[land.town] += opened * (house - flat[land.town])
    return trees.astype(np.float32)
