"""Scenes into files: tiles of ground shared by the dates of a place, bands, thumbnails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable

import numpy as np

from dinamis_qgis.sandbox.world import cog, items, season
from dinamis_qgis.sandbox.world.ground import GroundCover
from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow
from dinamis_qgis.sandbox.world.programme import Shot
from dinamis_qgis.sandbox.world.scene import (
    PAN_RATIO,
    expose_bands,
    lay_ground,
    seen_pixels,
    shadow_of,
)

TILE = 512
"""Side of the pieces in which a scene is made, fine pixels: bounds the memory and fits the
processor's cache.
"""


@dataclass
class Made:
    """What became of a shot: bytes of each asset, clouded share."""

    shot: Shot
    sizes: dict[str, int]
    cloud: float


@lru_cache(maxsize=8)
def _season_palette(when: date) -> season.Palette:
    return season.season_palette(when)


def ground_fineness(shot: Shot) -> int:
    """How much finer than the multispectral grid the ground is drawn; large multispectral-only
    scenes do without.
    """
    if shot.product != "MS":
        return PAN_RATIO
    return 2 if max(shot.scene.size) <= 1024 else 1


class _Canvas:
    """The bands of one shot while its tiles come in."""

    def __init__(self, shot: Shot) -> None:
        nx, ny = shot.scene.size
        self.shot = shot
        self.xs = np.zeros((4, ny, nx), np.uint16)
        self.pan = (
            np.zeros((ny * PAN_RATIO, nx * PAN_RATIO), np.uint16) if shot.product != "MS" else None
        )
        self.cloudy = self.seen = 0.0

    def add(self, land: GroundCover, window: LatticeWindow, ratio: int, i: int, j: int) -> None:
        scene = self.shot.scene
        bands = expose_bands(scene, land, window, _season_palette(scene.when.date()), ratio)
        a, b = j // ratio, i // ratio
        self.xs[:, a : a + bands.xs.shape[1], b : b + bands.xs.shape[2]] = bands.xs
        if self.pan is not None and bands.pan is not None:
            self.pan[j : j + window.ny, i : i + window.nx] = bands.pan
        count = float((bands.xs[0] > 0).sum())
        self.cloudy += bands.cloud * count
        self.seen += count

    def save(self, storage: Path) -> Made:
        shot, grid = self.shot, self.shot.scene.window()
        bucket, sizes = storage / shot.collection, {}
        for name, key in items.storage_keys(shot).items():
            if name == "src_xs":
                sizes[name] = cog.write_cog(bucket / key, grid, self.xs)
            elif name == "src_pan" and self.pan is not None:
                fine = LatticeWindow(
                    grid.x0,
                    grid.y0,
                    grid.nx * PAN_RATIO,
                    grid.ny * PAN_RATIO,
                    grid.step / PAN_RATIO,
                )
                sizes[name] = cog.write_cog(bucket / key, fine, self.pan[None])
            elif name == "thumbnail":
                sizes[name] = cog.write_thumbnail(bucket / key, self.xs)
        return Made(shot, sizes, self.cloudy / self.seen if self.seen else 0.0)


def make_files(
    shots: Sequence[Shot], storage: Path, tick: Callable[[int], None] | None = None
) -> list[Made]:
    """Makes the files of shots that share one grid (same place, same sensor); ``tick`` is told fine
    pixels as they are done.
    """
    ratio = max(ground_fineness(shot) for shot in shots)
    grid = shots[0].scene.window()
    nx, ny, step = grid.nx * ratio, grid.ny * ratio, grid.step / ratio
    canvases = [_Canvas(shot) for shot in shots]
    for j in range(0, ny, TILE):
        for i in range(0, nx, TILE):
            window = LatticeWindow(
                grid.x0 + i * step, grid.y0 - j * step, min(TILE, nx - i), min(TILE, ny - j), step
            )
            _expose_all(canvases, window, ratio, i, j, tick)
    return [canvas.save(storage) for canvas in canvases]


def _expose_all(
    canvases: Sequence[_Canvas],
    window: LatticeWindow,
    ratio: int,
    i: int,
    j: int,
    tick: Callable[[int], None] | None,
) -> None:
    lands: dict[Any, GroundCover] = {}
    for canvas in canvases:
        scene = canvas.shot.scene
        if seen_pixels(scene, window.coarser(8)).any():
            under = (scene.shift, shadow_of(scene))
            if under not in lands:
                lands[under] = lay_ground(scene, window)
            canvas.add(lands[under], window, ratio, i, j)
        if tick is not None:
            tick(window.nx * window.ny)


def make_scene(folder: Path, shot: Shot) -> dict[str, Any]:
    """Makes one scene of any size under ``folder``/<bucket>/<key>; gives its STAC item (relative
    hrefs).
    """
    made = make_files([shot], folder)[0]
    return items.scene_item(shot, made.cloud, made.sizes, shot.scene.when)


def array_of(path: Path) -> Array:
    """The pixels of an image file, (bands, rows, columns)."""
    from osgeo import gdal

    data = gdal.Open(str(path)).ReadAsArray()
    return data if data.ndim == 3 else data[None]
