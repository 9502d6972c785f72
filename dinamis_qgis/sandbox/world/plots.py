"""Parcels: blocks of country between roads, cut into strips and the strips into fields."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dinamis_qgis.sandbox.world import geography
from dinamis_qgis.sandbox.world.lattice import (
    Array,
    Cells,
    LatticeWindow,
    enlarge_bilinear,
    fractal_noise,
    repeat_pixels,
    unit_hash,
    voronoi_cells,
)
from dinamis_qgis.sandbox.world.season import CODES

STRIP_WIDTH = (95.0, 260.0, 75.0, 80.0, 170.0, 70.0)
STRIP_LENGTH = (210.0, 420.0, 190.0, 120.0, 420.0, 130.0)
"""Mean width and length of parcels by landscape (the order of ``geography``'s constants), metres.
"""
TABLE = unit_hash(np.arange(1 << 14), np.zeros(1 << 14, np.int64), 4242)
"""Random floats shared by whatever needs one for an integer."""


@dataclass(frozen=True)
class Plots:
    """Per pixel: the parcel it is in, and where in it. Distances in metres."""

    key: Array
    """int32: landscape × CODES + parcel code."""
    parcel: Array
    kind: Array
    """Landscape."""
    u: Array
    v: Array
    """Position in the block's frame."""
    cosine: Array
    sine: Array
    centre_u: Array
    centre_v: Array
    """The parcel's centre in that frame."""
    inner: Array
    """Distance to the nearest border inside the block."""
    edge: Array
    """Distance to the block's border."""
    border: Array
    """The lesser of both."""
    pair: Array
    """uint32 shared by both sides of the block's border."""


def parcel_plots(window: LatticeWindow) -> Plots:
    """The parcels of ``window``."""
    blocks, edge, pair, wx, wy = _voronoi_blocks(window)
    origin = (window.x0, window.y0 - window.ny * window.step)
    kinds = geography.nearest_region(
        blocks.x.astype(np.float64) + origin[0], blocks.y.astype(np.float64) + origin[1]
    )
    turn = unit_hash(blocks.code.astype(np.int64), np.zeros_like(blocks.code, dtype=np.int64), 6)
    angle = np.where(kinds == geography.LANDES, 0.35 + 0.12 * (turn - 0.5), np.pi * turn).astype(
        np.float32
    )
    label = blocks.label
    c, s = np.cos(angle)[label], np.sin(angle)[label]
    rx, ry = wx - blocks.x[label], wy - blocks.y[label]
    u, v = rx * c + ry * s, ry * c - rx * s
    base = (blocks.code & np.uint32(0x3FFF)).astype(np.int32)[label]
    wide = np.array(STRIP_WIDTH, np.float32)[kinds][label]
    long = np.array(STRIP_LENGTH, np.float32)[kinds][label]
    strip, gap_v = _split_intervals(v / wide, base, 17)
    code = base + strip * np.int32(331)
    offset = TABLE[code & 0x3FFF]
    piece, gap_u = _split_intervals(u / long + offset, code, 91)
    inner = np.minimum(gap_v * wide, gap_u * long)
    border = np.minimum(inner, edge)
    parcel = (base * 3 + strip * 7919 + piece * 104729) & np.int32(0xFFFF)
    kind = kinds.astype(np.int32)[label]
    key = kind * np.int32(CODES) + (parcel & np.int32(CODES - 1))
    pivot = _round_fields(blocks, kinds, rx, ry)
    if pivot is not None:
        inside, ring = pivot
        key = np.where(inside, np.int32(6 * CODES) + (base & np.int32(CODES - 1)), key)
        border = np.where(inside, ring, np.minimum(border, ring))
    centre_u = (piece.astype(np.float32) + np.float32(0.5) - offset) * long
    centre_v = (strip.astype(np.float32) + np.float32(0.5)) * wide
    return Plots(key, parcel, kind, u, v, c, s, centre_u, centre_v, inner, edge, border, pair)


def _voronoi_blocks(window: LatticeWindow) -> tuple[Cells, Array, Array, Array, Array]:
    """Voronoi blocks with their borders bent; also the full-resolution positions in the bent
    space.
    """
    factor = max(1, int(round(2.0 / window.step)))
    if window.step >= 1.0 and window.step < 3.0:
        factor = 2
    coarse = window.coarser(factor)
    origin = (window.x0, window.y0 - window.ny * window.step)
    bend = [80 * fractal_noise(coarse, 1300.0, 11 + k, 4, 0.36) for k in (0, 1)]
    lx = (coarse.columns() - origin[0]).astype(np.float32)[None, :] + bend[0]
    ly = (coarse.rows() - origin[1]).astype(np.float32)[:, None] + bend[1]
    found = voronoi_cells(lx, ly, origin, 640.0, 0.85, 5)
    ny, nx = window.ny, window.nx
    label, edge = (
        repeat_pixels(found.label, factor, nx, ny),
        enlarge_bilinear(found.edge.astype(np.float32), factor, nx, ny),
    )
    pair = repeat_pixels(found.pair, factor, nx, ny)
    wx = (window.columns() - origin[0]).astype(np.float32)[None, :] + enlarge_bilinear(
        bend[0], factor, nx, ny
    )
    wy = (window.rows() - origin[1]).astype(np.float32)[:, None] + enlarge_bilinear(
        bend[1], factor, nx, ny
    )
    return Cells(label, edge, pair, found.x, found.y, found.code), edge, pair, wx, wy


def _split_intervals(t: Array, base: Array, salt: int) -> tuple[Array, Array]:
    """Index of the jittered interval that holds ``t`` (in units of the mean width) and the distance
    to its nearer end.
    """
    whole = np.floor(t)
    f = t - whole
    k = whole.astype(np.int32)
    mask = np.int32(len(TABLE) - 1)
    low = (TABLE[(k * 57 + base + salt) & mask] - np.float32(0.5)) * np.float32(0.62)
    high = (TABLE[((k + 1) * 57 + base + salt) & mask] - np.float32(0.5)) * np.float32(0.62)
    gap = np.minimum(np.abs(f - low), np.abs(1 + high - f))
    return k - (f < low) + (f > 1 + high), gap


def _round_fields(blocks: Cells, kinds: Array, rx: Array, ry: Array) -> tuple[Array, Array] | None:
    """The round irrigated fields of the Landes: which pixels are inside one, and the distance to
    its border.
    """
    chance = unit_hash(blocks.code.astype(np.int64), np.ones_like(blocks.code, dtype=np.int64), 7)
    radius = np.where((kinds == geography.LANDES) & (chance < 0.16), 150 + 800 * chance, 0).astype(
        np.float32
    )[blocks.label]
    if not radius.any():
        return None
    away = radius - np.hypot(rx, ry)
    return (away > 0) & (radius > 0), np.where(radius > 0, np.abs(away), np.float32(999))
