"""What lies on the ground in a window, whatever the date: parcels, trees, water, roads, town.

Computed once, seen at many dates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dinamis_qgis.sandbox.world import geography
from dinamis_qgis.sandbox.world.canopy import shade_hills, tree_crowns
from dinamis_qgis.sandbox.world.curves import burnt_share, wandering_distance
from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow, fractal_noise, smooth_noise
from dinamis_qgis.sandbox.world.plots import TABLE, Plots, parcel_plots
from dinamis_qgis.sandbox.world.town import NEVER, Fabric, Site, town_fabric

HEDGES = (0.30, 0.06, 0.10, 0.80, 0.07, 0.55)
"""Share of parcel borders that carry a hedge."""


@dataclass
class GroundCover:
    """Fields of one window, float32 coverages 0 to 1 unless said otherwise."""

    window: LatticeWindow
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


def _covered_share(distance: Array, half_width: Array | float, step: float) -> Array:
    return np.clip((half_width - distance) / np.float32(step) + np.float32(0.5), 0, 1).astype(
        np.float32
    )


def _near_town(window: LatticeWindow) -> bool:
    west, south, east, north = window.bounds()
    for town, x, y in geography.town_centres():
        away = math.hypot(max(west - x, 0, x - east), max(south - y, 0, y - north))
        if away < town.radius + 19 * town.growth + 450:
            return True
    return False


def _town_field(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """For parcel centres (metres): year of building-up, distance over the town's radius, share of
    slate roofs.
    """
    year = np.full(x.shape, NEVER)
    ratio = np.full(x.shape, np.float32(99))
    slate = np.zeros(x.shape, np.float32)
    west, east, south, north = x.min(), x.max(), y.min(), y.max()
    for town, cx, cy in geography.town_centres():
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


def ground_cover(window: LatticeWindow, sun: tuple[float, float]) -> GroundCover:
    """The ground of ``window``; ``sun`` is the shift of a shadow (east, north) for one metre of
    height.
    """
    land = parcel_plots(window)
    grain = fractal_noise(window, 9.0, 21, 5, 0.75)
    tree, track, road = _parcel_borders(window.step, land, grain)
    water, sand = _draw_waters(window, tree, road)
    town, opened, built = _draw_towns(window, land, np.maximum(water, sand), sun)
    if town is not None and built is not None:
        built.roof *= 1 - road.reshape(-1)[town]  # nobody builds on a motorway
        flat = tree.reshape(-1)
        flat[town] = np.where(opened < 2016, 0, flat[town])
    fire = next(
        (
            b
            for b in (burnt_share(window, f, x, y) for f, x, y in geography.fire_centres())
            if b is not None
        ),
        None,
    )
    relief = shade_hills(window, land.kind)
    relief += water * (1 - relief)  # water is flat
    broad = fractal_noise(window, 420.0, 31, 3, 0.6)
    return GroundCover(
        window,
        land.key,
        _sowing_rows(window.step, land),
        grain,
        broad,
        tree_crowns(window),
        relief,
        tree,
        track,
        road,
        water,
        sand,
        fire,
        _find_works(window),
        town,
        opened,
        built,
    )


def _sowing_rows(step: float, land: Plots) -> Array:
    """Sowing rows, and the tracks that tractors leave every 24 m; what a pixel cannot show
    fades.
    """
    period = np.where(land.parcel % 3 == 0, np.float32(4.5), np.float32(7.5))
    rows = np.cos(land.v * (np.float32(2 * math.pi) / period)) * np.exp(
        -3 * (np.float32(step) / period) ** 2
    )
    tram = np.abs(land.v / 24 - np.floor(land.v / 24 + np.float32(0.5))) * 24
    return rows - _covered_share(tram, 0.9, step)


def _parcel_borders(step: float, land: Plots, grain: Array) -> tuple[Array, Array, Array]:
    """Hedges, tracks and roads along parcel and block borders."""
    chance = ((land.pair * np.uint32(2654435761)) >> np.uint32(16)).astype(np.float32) / np.float32(
        65536
    )
    road = np.where(chance < 0.30, _covered_share(land.edge, 2.9, step), 0).astype(np.float32)
    track = np.where(
        (chance >= 0.30) & (chance < 0.72), _covered_share(land.edge, 1.5, step), 0
    ).astype(np.float32)
    lane = (land.kind == geography.LANDES) & (TABLE[(land.parcel * 29 + 3) & 0x3FFF] < 0.5)
    track = np.where(lane, np.maximum(track, _covered_share(land.inner, 1.7, step)), track)
    share = np.array(HEDGES, np.float32)[land.kind]
    lucky = TABLE[(land.parcel * 13 + 5) & 0x3FFF] < share
    ragged = land.border + np.float32(1.1) * grain
    hedge = np.where(lucky, _covered_share(np.abs(ragged - 4.2), 2.6, max(step, 1.0)), 0)
    return hedge.astype(np.float32), track, road


def _draw_waters(window: LatticeWindow, tree: Array, road: Array) -> tuple[Array, Array]:
    """Rivers, sea and beaches; also the trees of the banks and the main roads, written into
    ``tree`` and ``road``.
    """
    step = window.step
    water = np.zeros((window.ny, window.nx), np.float32)
    sand = np.zeros_like(water)
    for line, points in geography.curved_lines():
        if line.kind == "works":
            continue
        found = wandering_distance(window, line, points)
        if found is None:
            continue
        signed, _ = found
        if line.kind == "road":
            np.maximum(
                road,
                _covered_share(np.abs(signed), line.width / 2, step)
                - 0.9 * _covered_share(np.abs(signed), 1.2, step),
                out=road,
            )
            np.minimum(tree, 1 - _covered_share(np.abs(signed), line.width / 2 + 9, step), out=tree)
        elif line.kind == "coast":
            # Breaking waves: ragged white lines along the beach.
            surf = _covered_share(
                np.abs(signed + 34 + 14 * smooth_noise(window, 70.0, 75)), 7.0, max(step, 8.0)
            ) * np.clip(0.5 + smooth_noise(window, 45.0, 76), 0, 1)
            np.maximum(
                water,
                _covered_share(signed, 0.0, max(step, 4.0)) * (1 - np.float32(0.8) * surf),
                out=water,
            )
            np.maximum(sand, _covered_share(signed, 95.0, max(step, 8.0)), out=sand)
        else:
            half = np.float32(line.width / 2)
            bar = np.float32(0.28 * line.width) * smooth_noise(window, 4.5 * line.width, 73)
            np.maximum(
                water, _covered_share(np.abs(signed + 0.5 * bar), half * 0.72, step), out=water
            )
            np.maximum(
                sand, _covered_share(np.abs(signed), half, step) * np.float32(0.85), out=sand
            )
            bank = np.float32(16) + 12 * smooth_noise(window, 180.0, 74)
            np.maximum(
                tree,
                _covered_share(np.abs(signed) - half - bank, 0.0, max(step, 2.0))
                * (1 - _covered_share(np.abs(signed), half, step)),
                out=tree,
            )
    return water, sand


def _draw_towns(
    window: LatticeWindow, land: Plots, taken: Array, sun: tuple[float, float]
) -> tuple[Array | None, Array | None, Fabric | None]:
    """The pixels that are or become built-up, the year their parcel opens, and what stands
    there.
    """
    if not _near_town(window):
        return None, None, None
    # Whole parcels are built up at once, as housing estates are: the year is that of the parcel's
    # centre.
    du, dv = land.centre_u - land.u, land.centre_v - land.v
    x = window.columns().astype(np.float32)[None, :] + (du * land.cosine - dv * land.sine)
    y = window.rows().astype(np.float32)[:, None] + (du * land.sine + dv * land.cosine)
    year, ratio, slate = _town_field(x, y)
    year += (TABLE[(land.parcel * 3 + 1) & 0x3FFF] - np.float32(0.45)) * np.float32(16)
    year[(ratio > 0.8) & (TABLE[(land.parcel * 5 + 2) & 0x3FFF] < 0.16)] = NEVER
    index = np.flatnonzero((year < 2026) & (taken < 0.5))
    if index.size == 0:
        return None, None, None
    fields = (land.u, land.v, land.parcel, ratio, slate, land.cosine, land.sine)
    built = town_fabric(
        Site(*(field.reshape(-1)[index] for field in fields)), sun, window.step, TABLE
    )
    built.roof *= np.clip((land.edge.reshape(-1)[index] - 4) / np.float32(window.step), 0, 1)
    return index, year.reshape(-1)[index], built


def _find_works(window: LatticeWindow) -> tuple[Array, Array] | None:
    for line, points in geography.curved_lines():
        if line.kind == "works":
            found = wandering_distance(window, line, points)
            if found is not None and float(np.abs(found[0]).min()) < 200:
                return np.abs(found[0]), found[1] / np.float32(
                    sum(math.dist(a, b) for a, b in zip(points, points[1:]))
                )
    return None
