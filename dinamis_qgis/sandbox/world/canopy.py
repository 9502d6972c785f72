"""Light on tree crowns and hillsides."""

from __future__ import annotations

import numpy as np

from dinamis_qgis.sandbox.world.lattice import (
    Array,
    LatticeWindow,
    enlarge_bilinear,
    fractal_noise,
    smooth_noise,
    unit_hash,
)

RELIEF = (0.10, 0.015, 0.08, 0.10, 0.03, 0.16)
"""Strength of the hillshade by landscape (the order of ``geography``'s constants)."""


def tree_crowns(window: LatticeWindow) -> Array:
    """Brightness of tree crowns: their lit side to the south-east, dark gaps between them."""
    big = smooth_noise(window, 16.0, 42)
    if window.step > 1.0:
        # One pixel more to the north-west: the difference with the neighbour is the light on the
        # crown.
        wide = LatticeWindow(
            window.x0 - window.step,
            window.y0 + window.step,
            window.nx + 1,
            window.ny + 1,
            window.step,
        )
        field = smooth_noise(wide, max(4.2, window.step * 1.3), 41)
        fine, moved = field[1:, 1:], field[:-1, :-1]
        return np.clip(1 - 0.20 * (moved - fine) + 0.13 * fine + 0.09 * big, 0.3, 1.7).astype(
            np.float32
        )
    size = np.float32(5.2)
    column, row = window.columns() / size, window.rows() / size
    i0, j0 = int(column.min()) - 3, int(row.min()) - 3
    fx, fy = (column - i0 + 0.0).astype(np.float32)[None, :], (row - j0).astype(np.float32)[:, None]
    ni, nj = int(fx.max()) + 4, int(fy.max()) + 4
    gi, gj = np.arange(i0, i0 + ni)[None, :], np.arange(j0, j0 + nj)[:, None]
    # Where each lattice cell's tree stands (kept off the cell's border, so that four cells are
    # enough to look at), and its size.
    tx = (
        (np.arange(ni)[None, :] + 0.5 + 0.55 * (unit_hash(gi, gj, 43) - 0.5))
        .astype(np.float32)
        .ravel()
    )
    ty = (
        (np.arange(nj)[:, None] + 0.5 + 0.55 * (unit_hash(gi, gj, 44) - 0.5))
        .astype(np.float32)
        .ravel()
    )
    reach = (0.42 + 0.24 * unit_hash(gi, gj, 45)).astype(np.float32).ravel()
    base = np.floor(fy - 0.5).astype(np.int32) * ni + np.floor(fx - 0.5).astype(np.int32)
    best = np.zeros(base.shape, np.float32)
    light = np.zeros(base.shape, np.float32)
    for offset in (0, 1, ni, ni + 1):
        tree = base + np.int32(offset)
        dx, dy, r = fx - tx[tree], fy - ty[tree], reach[tree]
        height = 1 - (dx * dx + dy * dy) / (r * r)
        higher = height > best
        best = np.where(higher, height, best)
        light = np.where(higher, (dx - dy) / r, light)
    return np.clip(
        0.50 + 0.55 * np.sqrt(best) + 0.26 * light * (best > 0) + 0.10 * big, 0.25, 1.75
    ).astype(np.float32)


def shade_hills(window: LatticeWindow, kind: Array) -> Array:
    """Shading of hillsides lit from the south-east."""
    factor = max(1, int(round(24.0 / window.step)))
    coarse = window.coarser(factor)
    height = fractal_noise(coarse, 900.0, 51, 3, 0.42)
    moved = fractal_noise(
        LatticeWindow(coarse.x0 + 90, coarse.y0 - 90, coarse.nx, coarse.ny, coarse.step),
        900.0,
        51,
        3,
        0.42,
    )
    slope = enlarge_bilinear(height - moved, factor, window.nx, window.ny)
    return (1 + np.array(RELIEF, np.float32)[kind] * np.clip(slope * 2.2, -2, 2)).astype(np.float32)
