"""Signed distances to rivers, coast, roads, works and fires, sampled on a coarse grid and
enlarged.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from dinamis_qgis.sandbox.world.geography import Fire, Polyline
from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow, enlarge_bilinear, fractal_noise

FAR = np.float32(1e6)


@lru_cache(maxsize=64)
def _line_bounds(points: tuple[tuple[float, float], ...]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def line_distance(
    window: LatticeWindow, points: tuple[tuple[float, float], ...], margin: float
) -> tuple[Array, Array] | None:
    """Distance (positive on the right of the line) and metres along it, or None when it is farther
    than ``margin``.
    """
    west, south, east, north = window.bounds()
    x_low, y_low, x_high, y_high = _line_bounds(points)
    if (
        x_low > east + margin
        or x_high < west - margin
        or y_low > north + margin
        or y_high < south - margin
    ):
        return None
    factor = max(1, int(round((6.0 if window.step < 3 else 12.0) / window.step)))
    coarse = window.coarser(factor)
    px, py = coarse.columns()[None, :] - west, coarse.rows()[:, None] - south
    shape = (coarse.ny, coarse.nx)
    best, signed, along = np.full(shape, FAR), np.full(shape, FAR), np.zeros(shape, np.float32)
    run, found = 0.0, False
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        length = math.hypot(bx - ax, by - ay)
        near = (
            min(ax, bx) < east + margin
            and max(ax, bx) > west - margin
            and min(ay, by) < north + margin
            and max(ay, by) > south - margin
        )
        if near and length > 0:
            found = True
            dx, dy = (bx - ax) / length, (by - ay) / length
            rx, ry = px - (ax - west), py - (ay - south)
            t = np.clip(rx * dx + ry * dy, 0, length)
            d = np.hypot(rx - t * dx, ry - t * dy)
            nearer = d < best
            best = np.where(nearer, d, best)
            signed = np.where(nearer, np.copysign(d, rx * dy - ry * dx), signed)
            along = np.where(nearer, run + t, along)
        run += length
    if not found:
        return None
    return (
        enlarge_bilinear(signed.astype(np.float32), factor, window.nx, window.ny),
        enlarge_bilinear(along.astype(np.float32), factor, window.nx, window.ny),
    )


def wandering_distance(
    window: LatticeWindow, line: Polyline, points: tuple[tuple[float, float], ...]
) -> tuple[Array, Array] | None:
    """As ``line_distance``, the line made to meander when it is a river or a coast."""
    found = line_distance(window, points, max(line.width, 60.0) + 600.0)
    if found is None or line.kind not in ("river", "coast"):
        return found
    signed, along = found
    reach = np.float32(min(2.2 * line.width, 110.0) if line.kind == "river" else 70.0)
    signed = signed + reach * fractal_noise(window, 1500.0, 71, 3, 0.45)
    signed += np.float32(min(0.06 * line.width, 6.0)) * fractal_noise(window, 60.0, 72, 3)
    return signed, along


def burnt_share(window: LatticeWindow, fire: Fire, x: float, y: float) -> Array | None:
    """Burnt share (0 to 1) of each pixel, with unburnt islands; None away from the fire."""
    west, south, east, north = window.bounds()
    reach = fire.length
    if west > x + reach or east < x - reach or south > y + reach or north < y - reach:
        return None
    return np.clip(
        0.5 - fire_distance(window, fire, x, y) / np.float32(max(window.step, 12.0)), 0, 1
    )


def fire_distance(window: LatticeWindow, fire: Fire, x: float, y: float) -> Array:
    """Approximate signed distance to the scar's border in metres, negative inside."""
    dx = (window.columns() - x).astype(np.float32)[None, :]
    dy = (window.rows() - y).astype(np.float32)[:, None]
    c, s = (
        np.float32(math.cos(math.radians(fire.angle))),
        np.float32(math.sin(math.radians(fire.angle))),
    )
    half_length, half_width = np.float32(fire.length / 2), np.float32(fire.width / 2)
    radius = np.hypot((dx * c + dy * s) / half_length, (dy * c - dx * s) / half_width)
    signed = (radius - 1) * half_width
    signed += 150 * fractal_noise(window, 900.0, 81, 4, 0.5)
    # Islands that the fire spared: wet hollows.
    spared = fractal_noise(window, 520.0, 82, 3, 0.5) - np.float32(2.15)
    return np.maximum(signed, spared * 90)
