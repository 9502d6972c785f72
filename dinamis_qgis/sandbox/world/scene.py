"""From a description of a scene to its bands: reflectance at a date, the sky above, the sensor."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from dinamis_qgis.sandbox.world import geography, season
from dinamis_qgis.sandbox.world.ground import GroundCover, ground_cover
from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow, shrink_mean, unit_hash
from dinamis_qgis.sandbox.world.projection import to_degrees
from dinamis_qgis.sandbox.world.sky import CLOUD, HAZE, Sun, make_clouds, sun_at

PAN_RATIO = 4
PAN_WEIGHTS = (0.36, 0.34, 0.16, 0.14)
"""Share of red, green, blue and near infrared in the panchromatic band."""
SCALE = 10000.0
"""Digital number of a reflectance of 1."""


@dataclass(frozen=True)
class RenderedScene:
    """One acquisition.

    ``x, y`` centre in EPSG:2154; ``size`` width and height in multispectral pixels (multiples of
    4).
    """

    x: float
    y: float
    size: tuple[int, int]
    gsd: float
    """Multispectral pixel size, metres."""
    when: datetime
    seed: int
    cloud: float = 0.0
    haze: float = 1.0
    rotation: float = 9.0
    """Angle of the pass, degrees; the footprint leans by it."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Registration error: the ground appears shifted by this much (east, north), metres."""

    def window(self) -> LatticeWindow:
        """The multispectral grid, corners on whole pixels."""
        nx, ny = self.size
        x0 = math.floor((self.x - nx * self.gsd / 2) / self.gsd) * self.gsd
        y0 = math.floor((self.y + ny * self.gsd / 2) / self.gsd) * self.gsd
        return LatticeWindow(x0, y0, nx, ny, self.gsd)

    def footprint(self) -> list[tuple[float, float]]:
        """Corners of the imaged area in EPSG:2154: a parallelogram inside the grid, anticlockwise,
        closed.
        """
        west, south, east, north = self.window().bounds()
        lean = (north - south) * math.tan(math.radians(self.rotation)) / 2
        tilt = (east - west) * math.tan(math.radians(self.rotation * 0.55)) / 2
        ring = [
            (west, south + 2 * tilt),
            (east - 2 * lean, south),
            (east, north - 2 * tilt),
            (west + 2 * lean, north),
        ]
        return [*ring, ring[0]]


def seen_pixels(scene: RenderedScene, window: LatticeWindow) -> Array:
    """Which pixels of ``window`` the sensor saw."""
    ring = scene.footprint()
    x, y = window.columns()[None, :], window.rows()[:, None]
    seen = np.ones((window.ny, window.nx), bool)
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        seen &= (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
    return seen


def shadow_of(scene: RenderedScene) -> tuple[float, float]:
    """Shadow of one metre of height (east, north); the sun goes by steps of 20°: dates of a season
    share their ground.
    """
    sun = sun_at(scene.when, *to_degrees(scene.x, scene.y))
    return Sun(max(40.0, 20.0 * round(sun.elevation / 20)), 160.0).shadow()


def surface_reflectance(land: GroundCover, when: datetime, look: season.Palette) -> Array:
    """Reflectance (4, ny, nx) of the ground at a date, before sky and sun."""
    year = when.year + (when.timetuple().tm_yday - 1) / 365.0
    day = float(when.timetuple().tm_yday)
    texture = (
        1
        + look.rows[land.key] * land.rows
        + look.grain[land.key] * land.grain
        + np.float32(0.035) * land.broad
    )
    crown = look.canopy[land.key]
    texture *= 1 + crown * (land.canopy - 1)
    leaves = season.leaf_share(day)
    foliage = season.BROAD * leaves + season.BARE_WOOD * (1 - leaves)
    covers: list[tuple[Array, Array]] = [
        (land.tree, foliage),
        (land.track, season.DIRT),
        (land.road, season.ASPHALT),
        (land.sand, season.SANDY),
        (land.water, season.WATER),
    ]
    bands = np.empty((4, land.window.ny, land.window.nx), np.float32)
    burnt = _charred_share(land, when)
    # Where the fire ran low the crowns are scorched, not consumed.
    scorch = np.clip(0.28 + 0.5 * land.broad + 0.12 * land.grain, 0, 1)
    for b in range(4):
        band = look.colour[b][land.key] * texture
        if burnt is not None:
            ash = season.CHAR[b] + (season.SCORCHED[b] - season.CHAR[b]) * scorch
            band += burnt * (ash * (0.45 + 0.55 * land.canopy) - band)
        for cover, colour in covers:
            tint = (
                colour[b] * land.canopy
                if cover is land.tree
                else colour[b] * (1 + 0.06 * land.grain)
            )
            band += cover * (tint - band)
        bands[b] = band
    if land.town is not None:
        _draw_buildings(bands, land, year, foliage)
    if land.works is not None:
        _draw_works(bands, land, when)
    bands *= land.relief
    return bands


def _charred_share(land: GroundCover, when: datetime) -> Array | None:
    """How charred each pixel is; the scar greens over in about four years."""
    if land.burnt is None:
        return None
    fire = geography.FIRES[0]
    age = (when.date() - fire.day).days / 365.0
    if age < 0:
        return None
    severity = np.clip(0.93 + 0.05 * land.broad, 0.6, 1.0) * max(0.25, 1 - 0.2 * age)
    return land.burnt * severity.astype(np.float32)


def _draw_buildings(bands: Array, land: GroundCover, year: float, foliage: Array) -> None:
    """The town as it stands that year, drawn over the parcels it replaced."""
    town, built = land.town, land.built
    if town is None or built is None:
        return
    opened = np.clip((year - land.opened) / np.float32(0.5), 0, 1).astype(np.float32)
    standing = np.clip((year - land.opened - built.delay) * 2, 0, 1).astype(np.float32)
    raw = np.clip(1 - (year - land.opened - built.delay) / 1.2, 0, 1) * 0.6
    grain = land.grain.reshape(-1)[town]
    crown = land.canopy.reshape(-1)[town]
    old_road = land.road.reshape(-1)[town]
    for b in range(4):
        flat = bands[b].reshape(-1)
        before = flat[town]
        lot = (season.LAWN[b] + (season.DRY_LAWN[b] - season.LAWN[b]) * built.lawn) * (
            1 + 0.1 * grain
        )
        lot = lot + built.paved * (season.CONCRETE[b] * (0.75 + 0.05 * grain) - lot)
        lot = lot + raw * (season.EARTH[b] - lot)
        lot += np.maximum(built.street, old_road) * (season.ASPHALT[b] * (1 + 0.05 * grain) - lot)
        lot += built.pool * standing * (season.POOL[b] - lot)
        lot += built.trees * standing * (foliage[b] * crown - lot)
        lot *= 1 - np.float32(0.62) * built.shadow * standing
        lot += (
            built.roof
            * standing
            * (_roof_reflectance(b, built.tone) * built.lit * (1 + 0.03 * grain) - lot)
        )
        flat[town] = before + opened * (lot - before)


def _roof_reflectance(b: int, tone: Array) -> Array:
    tile = season.TILE_A[b] + (season.TILE_B[b] - season.TILE_A[b]) * tone / 0.33
    slate = season.SLATE_A[b] + (season.SLATE_B[b] - season.SLATE_A[b]) * (tone - 0.36) / 0.2
    metal = season.METAL[b] * (0.5 + 0.6 * (tone - 0.66) / 0.34)
    return np.where(tone < 0.345, tile, np.where(tone < 0.62, slate, metal)).astype(np.float32)


def _draw_works(bands: Array, land: GroundCover, when: datetime) -> None:
    """Road works: stripped earth advances along the axis, then asphalt follows."""
    line = next(line for line in geography.LINES if line.kind == "works")
    done = works_stage(when)
    if done <= 0 or land.works is None:
        return
    distance, along = land.works
    step = land.window.step
    stripped = np.clip((done * 1.9 - along) * 60, 0, 1)
    paved = (
        np.clip(((done - 0.45) / 0.55 - along) * 60, 0, 1) if done > 0.45 else np.zeros_like(along)
    )
    wide = (
        np.clip(
            (np.float32(line.width / 2 + 13) + 2.0 * land.grain - distance) / max(step, 1.5) + 0.5,
            0,
            1,
        )
        * stripped
    )
    lane = np.clip((np.float32(line.width / 2) - distance) / step + 0.5, 0, 1) * paved
    middle = np.clip((np.float32(1.2) - distance) / step + 0.5, 0, 1) * paved
    green = 0.75 if done >= 1 else 0.0
    for b in range(4):
        verge = season.EARTH[b] * (1 + 0.12 * land.grain + 0.08 * land.broad)
        verge = verge + green * (season.LAWN[b] - verge)
        bands[b] += wide * (verge - bands[b])
        bands[b] += lane * (season.ASPHALT[b] * 0.8 - bands[b])
        bands[b] += middle * (season.LAWN[b] - bands[b])


def works_stage(when: datetime) -> float:
    """Progress of the road works, 0 to 1."""
    line = next(line for line in geography.LINES if line.kind == "works")
    start, end = line.opened or (when.date(), when.date())
    return float(np.clip((when.date() - start).days / max((end - start).days, 1), 0, 1))


@dataclass
class Bands:
    """Digital numbers, nodata 0: ``xs`` (4, ny, nx), ``pan`` (4·ny, 4·nx) or None; ``cloud`` the
    clouded share of what was seen.
    """

    xs: Array
    pan: Array | None
    cloud: float


def lay_ground(scene: RenderedScene, window: LatticeWindow) -> GroundCover:
    """The ground under ``window`` as the scene sees it: shifted by its registration error, lit by
    its sun.
    """
    east, north = scene.shift
    return ground_cover(
        replace(window, x0=window.x0 - east, y0=window.y0 - north), shadow_of(scene)
    )


def expose_bands(
    scene: RenderedScene, land: GroundCover, window: LatticeWindow, look: season.Palette, ratio: int
) -> Bands:
    """The bands over ``window`` (a fine grid, ``ratio`` times finer than the multispectral one)."""
    bands = surface_reflectance(land, scene.when, look)
    lon, lat = to_degrees(scene.x, scene.y)
    sun = sun_at(scene.when, lon, lat)
    light = np.float32(
        0.35 + 0.65 * math.sin(math.radians(sun.elevation)) / math.sin(math.radians(62))
    )
    sky = make_clouds(window, scene.window(), scene.cloud, sun, scene.seed)
    if sky is not None:
        shade = 1 - np.float32(0.66) * sky.shadow
    seen = seen_pixels(scene, window)
    for b in range(4):
        band = bands[b] * light
        if sky is not None:
            band *= shade
            band += sky.opacity * (CLOUD[b] * sky.brightness - band)
        bands[b] = band * np.float32(1 - 0.05 * scene.haze) + np.float32(HAZE[b] * scene.haze)
    cloud = 0.0 if sky is None else float((sky.opacity > 0.5)[seen].mean()) if seen.any() else 0.0
    pan = None
    if ratio == PAN_RATIO:
        pan = sum(np.float32(w) * bands[b] for b, w in enumerate(PAN_WEIGHTS))
        pan = _as_counts(pan, seen, window, scene.seed, 9)
    coarse = window.coarser(ratio)
    seen_coarse = seen_pixels(scene, coarse)
    xs = np.stack(
        [
            _as_counts(shrink_mean(bands[b], ratio), seen_coarse, coarse, scene.seed, b)
            for b in range(4)
        ]
    )
    return Bands(xs, pan, cloud)


def _as_counts(band: Array, seen: Array, window: LatticeWindow, seed: int, salt: int) -> Array:
    """Reflectance to uint16 with a little sensor noise; 0 where nothing was seen, never 0
    elsewhere.
    """
    ix = np.arange(window.nx)[None, :] + int(window.x0 / window.step)
    iy = np.arange(window.ny)[:, None] + int(window.y0 / window.step)
    jitter = unit_hash(ix, iy, seed * 16 + salt) - np.float32(0.5)
    numbers = np.clip(band * np.float32(SCALE) * (1 + 0.012 * jitter) + 6 * jitter, 1, 65535)
    return np.where(seen, numbers, 0).astype(np.uint16)


def footprint_contains(scene: RenderedScene, x: float, y: float) -> bool:
    """Whether the footprint holds a point (EPSG:2154)."""
    ring = scene.footprint()
    return all(
        (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
        for (ax, ay), (bx, by) in zip(ring, ring[1:])
    )
