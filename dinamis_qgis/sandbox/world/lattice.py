"""Deterministic randomness tied to the ground: the same place gives the same value at any
resolution, in any window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any
"""A numpy array (its stubs differ too much between the numpy versions that QGIS ships to name it
more closely).
"""

_SPLINE_STD = 0.2887 * 0.55
"""Standard deviation of a uniform lattice smoothed by a quadratic B-spline in two dimensions."""


@dataclass(frozen=True)
class LatticeWindow:
    """A north-up pixel grid in EPSG:2154: ``x0, y0`` is its upper left corner, ``step`` the pixel
    size, in metres.
    """

    x0: float
    y0: float
    nx: int
    ny: int
    step: float

    def columns(self) -> Array:
        """Easting of the pixel centres (float64)."""
        return self.x0 + (np.arange(self.nx) + 0.5) * self.step

    def rows(self) -> Array:
        """Northing of the pixel centres (float64), downwards."""
        return self.y0 - (np.arange(self.ny) + 0.5) * self.step

    def coarser(self, factor: int) -> LatticeWindow:
        """The grid of pixels ``factor`` times larger that covers this one from the same corner."""
        return LatticeWindow(
            self.x0, self.y0, -(-self.nx // factor), -(-self.ny // factor), self.step * factor
        )

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.x0, self.y0 - self.ny * self.step, self.x0 + self.nx * self.step, self.y0


def mix_integers(ix: Array, iy: Array, seed: int) -> Array:
    """A well-mixed uint32 for each pair of integers."""
    with np.errstate(over="ignore"):
        h = np.asarray(ix).astype(np.int64).astype(np.uint32) * np.uint32(0x9E3779B1)
        h = h ^ (np.asarray(iy).astype(np.int64).astype(np.uint32) * np.uint32(0x85EBCA77))
        h = h ^ np.uint32((seed * 0xC2B2AE3D) & 0xFFFFFFFF)
        h = (h ^ (h >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
        h = (h ^ (h >> np.uint32(12))) * np.uint32(0x297A2D39)
        return h ^ (h >> np.uint32(15))


def unit_hash(ix: Array, iy: Array, seed: int) -> Array:
    """A float32 in [0, 1) for each pair of integers."""
    return (mix_integers(ix, iy, seed) >> np.uint32(8)).astype(np.float32) / np.float32(1 << 24)


def _spline_taps(centres: Array, period: float) -> tuple[Array, list[Array]]:
    """First lattice index and the three quadratic B-spline weights of each coordinate."""
    t = centres / period
    nearest = np.floor(t + 0.5)
    d = (t - nearest).astype(np.float32)
    weights = [0.5 * (0.5 - d) ** 2, 0.75 - d * d, 0.5 * (0.5 + d) ** 2]
    return nearest.astype(np.int64) - 1, weights


def smooth_noise(window: LatticeWindow, period: float, seed: int, x_scale: float = 1.0) -> Array:
    """Smooth noise of unit variance with features of about ``period`` metres (``x_scale`` stretches
    it eastwards).
    """
    ix, wx = _spline_taps(window.columns(), period * x_scale)
    iy, wy = _spline_taps(window.rows(), period)
    i0, j0 = int(ix.min()), int(iy.min())
    ni, nj = int(ix.max()) - i0 + 3, int(iy.max()) - j0 + 3
    lattice = unit_hash(
        np.arange(i0, i0 + ni)[None, :], np.arange(j0, j0 + nj)[:, None], seed
    ) - np.float32(0.5)
    ix -= i0
    iy -= j0
    across = lattice[:, ix] * wx[0] + lattice[:, ix + 1] * wx[1] + lattice[:, ix + 2] * wx[2]
    out = across[iy] * wy[0][:, None]
    out += across[iy + 1] * wy[1][:, None]
    out += across[iy + 2] * wy[2][:, None]
    out *= np.float32(1.0 / _SPLINE_STD)
    return out


def fractal_noise(
    window: LatticeWindow, period: float, seed: int, octaves: int, gain: float = 0.5
) -> Array:
    """Sum of ``octaves`` noises of halving period; unit variance.

    Octaves finer than a pixel are left out.
    """
    total: Array = None
    power, weight = 0.0, 1.0
    for octave in range(octaves):
        scale = period / 2**octave
        if octave and scale < window.step:
            break
        layer = smooth_noise(window, scale, seed + 101 * octave)
        layer *= np.float32(weight)
        total = layer if total is None else total + layer
        power += weight * weight
        weight *= gain
    total *= np.float32(1.0 / math.sqrt(power))
    return total


def enlarge_bilinear(coarse: Array, factor: int, nx: int, ny: int) -> Array:
    """Bilinear enlargement of a field sampled at the centres of pixels ``factor`` times larger."""
    if factor == 1:
        return coarse[:ny, :nx]

    def taps(count: int, size: int) -> tuple[Array, Array, Array]:
        t = (np.arange(count) + 0.5) / factor - 0.5
        low = np.clip(np.floor(t).astype(np.int64), 0, size - 1)
        high = np.minimum(low + 1, size - 1)
        return low, high, np.clip(t - low, 0, 1).astype(np.float32)

    jl, jh, jw = taps(ny, coarse.shape[0])
    il, ih, iw = taps(nx, coarse.shape[1])
    across = coarse[:, il]
    across += (coarse[:, ih] - across) * iw
    low, step = across[jl], across[jh]
    step -= low
    step *= jw[:, None]
    low += step
    return low


def repeat_pixels(coarse: Array, factor: int, nx: int, ny: int) -> Array:
    """Nearest-neighbour enlargement."""
    if factor == 1:
        return coarse[:ny, :nx]
    return np.repeat(np.repeat(coarse, factor, axis=0)[:ny], factor, axis=1)[:, :nx]


def shrink_mean(fine: Array, factor: int) -> Array:
    """Mean over ``factor`` × ``factor`` blocks (sizes must divide)."""
    if factor == 1:
        return fine
    ny, nx = fine.shape
    return fine.reshape(ny // factor, factor, nx // factor, factor).mean(
        axis=(1, 3), dtype=np.float32
    )


@dataclass(frozen=True)
class Cells:
    """Voronoi cells over jittered lattice points; arrays have the shape of the field they were
    asked for.
    """

    label: Array
    """Index into the seed tables."""
    edge: Array
    """Distance to the nearest cell border, metres."""
    pair: Array
    """uint32 shared by both sides of that border."""
    x: Array
    y: Array
    """Seed positions (tables), metres from the origin that was given."""
    code: Array
    """uint32 of each seed (table)."""


def voronoi_cells(
    lx: Array, ly: Array, origin: tuple[float, float], size: float, jitter: float, seed: int
) -> Cells:
    """Voronoi cells of ``size`` metres at points ``lx, ly`` (float32 metres from ``origin``)."""
    ox, oy = origin
    ix0, iy0 = math.floor(ox / size), math.floor(oy / size)
    fx, fy = np.float32(ox / size - ix0), np.float32(oy / size - iy0)
    cx = np.floor(lx / np.float32(size) + fx).astype(np.int32)
    cy = np.floor(ly / np.float32(size) + fy).astype(np.int32)
    i0, j0 = int(cx.min()) - 1, int(cy.min()) - 1
    ni, nj = int(cx.max()) - i0 + 2, int(cy.max()) - j0 + 2
    gi, gj = np.meshgrid(np.arange(i0, i0 + ni), np.arange(j0, j0 + nj))
    code = mix_integers(gi + ix0, gj + iy0, seed).ravel()
    sx = (
        ((gi - fx + 0.5 + jitter * (unit_hash(gi + ix0, gj + iy0, seed + 1) - 0.5)) * size)
        .astype(np.float32)
        .ravel()
    )
    sy = (
        ((gj - fy + 0.5 + jitter * (unit_hash(gi + ix0, gj + iy0, seed + 2) - 0.5)) * size)
        .astype(np.float32)
        .ravel()
    )
    base = (cy - j0) * ni + (cx - i0)
    first = np.full(lx.shape, np.inf, np.float32)
    second = first.copy()
    label = np.zeros(lx.shape, np.int32)
    other = np.zeros(lx.shape, np.int32)
    for offset in [j * ni + i for j in (-1, 0, 1) for i in (-1, 0, 1)]:
        candidate = base + offset
        d = (lx - sx[candidate]) ** 2 + (ly - sy[candidate]) ** 2
        nearer = d < first
        between = (d < second) & ~nearer
        second = np.where(nearer, first, np.where(between, d, second))
        other = np.where(nearer, label, np.where(between, candidate, other))
        first = np.where(nearer, d, first)
        label = np.where(nearer, candidate, label)
    span = np.hypot(sx[label] - sx[other], sy[label] - sy[other])
    edge = (second - first) / (2 * np.maximum(span, 1e-3))
    return Cells(label, edge, code[label] ^ code[other], sx, sy, code)
