"""What lies on the ground in a window, whatever the date: parcels, trees, water, roads, town. Computed once, seen at many dates."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dinamis_qgis.sandbox.world import geography
from dinamis_qgis.sandbox.world.canopy import crowns, hillshade
from dinamis_qgis.sandbox.world.curves import burn, wandering
from dinamis_qgis.sandbox.world.lattice import Array, Cells, Window, cells, enlarge, fractal, noise, repeat, unit
from dinamis_qgis.sandbox.world.season import CODES
from dinamis_qgis.sandbox.world.town import NEVER, Fabric, fabric

STRIP_WIDTH = (95.0, 260.0, 75.0, 80.0, 170.0, 70.0)
STRIP_LENGTH = (210.0, 420.0, 190.0, 120.0, 420.0, 130.0)
"""Mean width and length of parcels by landscape (the order of ``geography``'s constants), metres."""
HEDGES = (0.30, 0.06, 0.10, 0.80, 0.07, 0.55)
"""Share of parcel borders that carry a hedge."""
_TABLE = unit(np.arange(1 << 14), np.zeros(1 << 14, np.int64), 4242)


@dataclass
class Ground:
    """Fields of one window, float32 coverages 0 to 1 unless said otherwise."""

    window: Window
    key: Array
    """int32: landscape × CODES + parcel code."""
    rows: Array
    """Sowing rows and tramlines, -1 to 1."""
    grain: Array
    broad: Array
    canopy: Array
    """Brightness of tree crowns, about 0.4 to 1.4."""
    relief: Array
    """Multiplier of the illumination."""
    tree: Array
    track: Array
    road: Array
    water: Array
    sand: Array
    burnt: Array | None
    works: tuple[Array, Array] | None
    """Distance to the axis of the works (m) and metres along it."""
    town: Array | None
    """Flat indices of the pixels that are or become built-up."""
    opened: Array | None
    """Year when each of those pixels' parcel was opened."""
    built: Fabric | None


def _cover(distance: Array, half_width: Array | float, step: float) -> Array:
    return np.clip((half_width - distance) / np.float32(step) + np.float32(0.5), 0, 1).astype(np.float32)


def _blocks(window: Window) -> tuple[Cells, Array, Array, Array, Array]:
    """Voronoi blocks with their borders bent; also the full-resolution positions in the bent space."""
    factor = max(1, int(round(2.0 / window.step)))
    if window.step >= 1.0 and window.step < 3.0:
        factor = 2
    coarse = window.coarser(factor)
    origin = (window.x0, window.y0 - window.ny * window.step)
    bend = [80 * fractal(coarse, 1300.0, 11 + k, 4, 0.36) for k in (0, 1)]
    lx = (coarse.columns() - origin[0]).astype(np.float32)[None, :] + bend[0]
    ly = (coarse.rows() - origin[1]).astype(np.float32)[:, None] + bend[1]
    found = cells(lx, ly, origin, 640.0, 0.85, 5)
    ny, nx = window.ny, window.nx
    label, edge = repeat(found.label, factor, nx, ny), enlarge(found.edge.astype(np.float32), factor, nx, ny)
    pair = repeat(found.pair, factor, nx, ny)
    wx = (window.columns() - origin[0]).astype(np.float32)[None, :] + enlarge(bend[0], factor, nx, ny)
    wy = (window.rows() - origin[1]).astype(np.float32)[:, None] + enlarge(bend[1], factor, nx, ny)
    return Cells(label, edge, pair, found.x, found.y, found.code), edge, pair, wx, wy


def _split(t: Array, base: Array, salt: int) -> tuple[Array, Array]:
    """Index of the jittered interval that holds ``t`` (in units of the mean width) and the distance to its nearer end."""
    whole = np.floor(t)
    f = t - whole
    k = whole.astype(np.int32)
    mask = np.int32(len(_TABLE) - 1)
    low = (_TABLE[(k * 57 + base + salt) & mask] - np.float32(0.5)) * np.float32(0.62)
    high = (_TABLE[((k + 1) * 57 + base + salt) & mask] - np.float32(0.5)) * np.float32(0.62)
    gap = np.minimum(np.abs(f - low), np.abs(1 + high - f))
    return k - (f < low) + (f > 1 + high), gap


def _near_town(window: Window) -> bool:
    west, south, east, north = window.bounds()
    for town, x, y in geography.towns():
        away = math.hypot(max(west - x, 0, x - east), max(south - y, 0, y - north))
        if away < town.radius + 19 * town.growth + 450:
            return True
    return False


def _town_field(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """For parcel centres (metres): year of building-up, distance over the town's radius, share of slate roofs."""
    year = np.full(x.shape, NEVER)
    ratio = np.full(x.shape, np.float32(99))
    slate = np.zeros(x.shape, np.float32)
    west, east, south, north = x.min(), x.max(), y.min(), y.max()
    for town, cx, cy in geography.towns():
        reach = town.radius + 19 * town.growth + 450
        if cx + reach < west or cx - reach > east or cy + reach < south or cy - reach > north:
            continue
        d = np.hypot(x - np.float32(cx), y - np.float32(cy))
        opened = (2015 + (d - town.radius) / max(town.growth, 1.0)).astype(np.float32)
        nearer = d / town.radius < ratio
        year = np.where(opened < year, opened, year)
        ratio = np.where(nearer, d / town.radius, ratio).astype(np.float32)
        slate = np.where(nearer, np.float32(town.slate), slate)
    return year, ratio, slate


def ground(window: Window, sun: tuple[float, float]) -> Ground:
    """The ground of ``window``; ``sun`` is the shift of a shadow (east, north) for one metre of height."""
    step = window.step
    blocks, edge, pair, wx, wy = _blocks(window)
    origin = (window.x0, window.y0 - window.ny * step)
    kinds = geography.nearest_region(blocks.x.astype(np.float64) + origin[0], blocks.y.astype(np.float64) + origin[1])
    turn = unit(blocks.code.astype(np.int64), np.zeros_like(blocks.code, dtype=np.int64), 6)
    angle = np.where(kinds == geography.LANDES, 0.35 + 0.12 * (turn - 0.5), np.pi * turn).astype(np.float32)
    label = blocks.label
    c, s = np.cos(angle)[label], np.sin(angle)[label]
    rx, ry = wx - blocks.x[label], wy - blocks.y[label]
    u, v = rx * c + ry * s, ry * c - rx * s
    base_of = (blocks.code & np.uint32(0x3FFF)).astype(np.int32)
    base = base_of[label]
    wide = np.array(STRIP_WIDTH, np.float32)[kinds][label]
    long = np.array(STRIP_LENGTH, np.float32)[kinds][label]
    strip, gap_v = _split(v / wide, base, 17)
    code_strip = base + strip * 331
    piece, gap_u = _split(u / long + _TABLE[code_strip & 0x3FFF], code_strip, 91)
    inner = np.minimum(gap_v * wide, gap_u * long)
    border = np.minimum(inner, edge)
    parcel = (base * 3 + strip * 7919 + piece * 104729) & np.int32(0xFFFF)
    key = kinds.astype(np.int32)[label] * np.int32(CODES) + (parcel & np.int32(CODES - 1))
    pivot = _pivots(blocks, kinds, rx, ry)
    if pivot is not None:
        inside, ring = pivot
        key = np.where(inside, np.int32(6 * CODES) + (base & np.int32(CODES - 1)), key)
        border = np.where(inside, ring, np.minimum(border, ring))
    grain = fractal(window, 9.0, 21, 5, 0.75)
    tree, track, road = _borders(step, border, inner, edge, pair, parcel, kinds[label], grain)
    layers = _waters(window, tree, road)
    town = _towns(
        window,
        u,
        v,
        (strip, piece),
        (wide, long),
        base,
        (c, s),
        rx,
        ry,
        parcel,
        edge,
        np.maximum(layers[0], layers[1]),
        sun,
    )
    if town[0] is not None:
        flat = tree.reshape(-1)
        flat[town[0]] = np.where(town[1] < 2016, 0, flat[town[0]])
    period = np.where(parcel % 3 == 0, np.float32(4.5), np.float32(7.5))
    rows = np.cos(v * (2 * np.pi / period)) * np.exp(-((step / period) ** 2) * 3.0)
    tram = np.abs(v / 24 - np.floor(v / 24 + 0.5)) * 24
    rows = rows.astype(np.float32) - _cover(tram, 0.9, step)
    fire = next((b for b in (burn(window, f, x, y) for f, x, y in geography.fires()) if b is not None), None)
    relief = hillshade(window, kinds[label])
    relief += layers[0] * (1 - relief)  # water is flat
    return Ground(
        window,
        key,
        rows,
        grain,
        fractal(window, 420.0, 31, 3, 0.6),
        crowns(window),
        relief,
        tree,
        track,
        road,
        layers[0],
        layers[1],
        fire,
        _works(window),
        *town,
    )


def _pivots(blocks: Cells, kinds: Array, rx: Array, ry: Array) -> tuple[Array, Array] | None:
    """The round irrigated fields of the Landes: which pixels are inside one, and the distance to its border."""
    chance = unit(blocks.code.astype(np.int64), np.ones_like(blocks.code, dtype=np.int64), 7)
    radius = np.where((kinds == geography.LANDES) & (chance < 0.16), 150 + 800 * chance, 0).astype(np.float32)[
        blocks.label
    ]
    if not radius.any():
        return None
    away = radius - np.hypot(rx, ry)
    return (away > 0) & (radius > 0), np.where(radius > 0, np.abs(away), np.float32(999))


def _borders(
    step: float, border: Array, inner: Array, edge: Array, pair: Array, parcel: Array, kind: Array, grain: Array
) -> tuple[Array, Array, Array]:
    """Hedges, tracks and roads along parcel and block borders."""
    chance = ((pair * np.uint32(2654435761)) >> np.uint32(16)).astype(np.float32) / np.float32(65536)
    road = np.where(chance < 0.30, _cover(edge, 2.9, step), 0).astype(np.float32)
    track = np.where((chance >= 0.30) & (chance < 0.72), _cover(edge, 1.5, step), 0).astype(np.float32)
    lane = (kind == geography.LANDES) & (_TABLE[(parcel * 29 + 3) & 0x3FFF] < 0.5)
    track = np.where(lane, np.maximum(track, _cover(inner, 1.7, step)), track)
    share = np.array(HEDGES, np.float32)[kind]
    lucky = _TABLE[(parcel * 13 + 5) & 0x3FFF] < share
    ragged = border + np.float32(1.1) * grain
    hedge = np.where(lucky, _cover(np.abs(ragged - 4.2), 2.6, max(step, 1.0)), 0)
    return hedge.astype(np.float32), track, road


def _waters(window: Window, tree: Array, road: Array) -> tuple[Array, Array]:
    """Rivers, sea and beaches; also the trees of the banks and the main roads, written into ``tree`` and ``road``."""
    step = window.step
    water = np.zeros((window.ny, window.nx), np.float32)
    sand = np.zeros_like(water)
    for line, points in geography.lines():
        if line.kind == "works":
            continue
        found = wandering(window, line, points)
        if found is None:
            continue
        signed, _ = found
        if line.kind == "road":
            np.maximum(
                road, _cover(np.abs(signed), line.width / 2, step) - 0.9 * _cover(np.abs(signed), 1.2, step), out=road
            )
            np.minimum(tree, 1 - _cover(np.abs(signed), line.width / 2 + 9, step), out=tree)
        elif line.kind == "coast":
            # Breaking waves: ragged white lines along the beach.
            surf = _cover(np.abs(signed + 34 + 14 * noise(window, 70.0, 75)), 7.0, max(step, 8.0)) * np.clip(
                0.5 + noise(window, 45.0, 76), 0, 1
            )
            np.maximum(water, _cover(signed, 0.0, max(step, 4.0)) * (1 - np.float32(0.8) * surf), out=water)
            np.maximum(sand, _cover(signed, 95.0, max(step, 8.0)), out=sand)
        else:
            half = np.float32(line.width / 2)
            bar = np.float32(0.28 * line.width) * noise(window, 4.5 * line.width, 73)
            np.maximum(water, _cover(np.abs(signed + 0.5 * bar), half * 0.72, step), out=water)
            np.maximum(sand, _cover(np.abs(signed), half, step) * np.float32(0.85), out=sand)
            bank = np.float32(16) + 12 * noise(window, 180.0, 74)
            np.maximum(
                tree,
                _cover(np.abs(signed) - half - bank, 0.0, max(step, 2.0)) * (1 - _cover(np.abs(signed), half, step)),
                out=tree,
            )
    return water, sand


def _towns(
    window: Window,
    u: Array,
    v: Array,
    ij: tuple[Array, Array],
    size: tuple[Array, Array],
    base: Array,
    frame: tuple[Array, Array],
    rx: Array,
    ry: Array,
    parcel: Array,
    edge: Array,
    taken: Array,
    sun: tuple[float, float],
) -> tuple[Array | None, Array | None, Fabric | None]:
    """The pixels that are or become built-up, the year their parcel opens, and what stands there."""
    if not _near_town(window):
        return None, None, None
    # Whole parcels are built up at once, as housing estates are: the year is that of the parcel's centre.
    uc = (ij[1].astype(np.float32) + np.float32(0.5) - _TABLE[(base + ij[0] * 331) & 0x3FFF]) * size[1] - u
    vc = (ij[0].astype(np.float32) + np.float32(0.5)) * size[0] - v
    c, s = frame
    x = window.columns().astype(np.float32)[None, :] + (uc * c - vc * s)
    y = (window.rows()[:, None] + (uc * s + vc * c)).astype(np.float32)
    year, ratio, slate = _town_field(x, y)
    year = year + (_TABLE[(parcel * 3 + 1) & 0x3FFF] - np.float32(0.45)) * np.float32(16)
    year = np.where((ratio > 0.8) & (_TABLE[(parcel * 5 + 2) & 0x3FFF] < 0.16), NEVER, year)
    index = np.flatnonzero((year < 2026) & (taken < 0.5))
    if index.size == 0:
        return None, None, None

    def pick(a: Array) -> Array:
        return np.broadcast_to(a, year.shape).reshape(-1)[index]

    built = fabric(
        pick(u),
        pick(v),
        pick(parcel).astype(np.int32),
        pick(ratio),
        pick(slate),
        (pick(c), pick(s)),
        sun,
        window.step,
        _TABLE,
    )
    inside = np.clip((pick(edge) - 4.0) / np.float32(window.step), 0, 1)
    built.roof *= inside
    return index, pick(year).astype(np.float32), built


def _works(window: Window) -> tuple[Array, Array] | None:
    for line, points in geography.lines():
        if line.kind == "works":
            found = wandering(window, line, points)
            if found is not None and float(np.abs(found[0]).min()) < 200:
                return np.abs(found[0]), found[1] / np.float32(sum(math.dist(a, b) for a, b in zip(points, points[1:])))
    return None
