"""Reflectance of each parcel at a date: which crop it carries that year, how green it is that
day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dinamis_qgis.sandbox.world.lattice import Array, unit_hash

# Red, green, blue, near infrared: typical surface reflectances (spectral libraries give these
# orders of magnitude).
SOIL = np.array([0.175, 0.135, 0.100, 0.265], np.float32)
LEAF = np.array([0.034, 0.066, 0.030, 0.450], np.float32)
STRAW = np.array([0.235, 0.195, 0.125, 0.340], np.float32)
BLOOM = np.array([0.200, 0.205, 0.060, 0.460], np.float32)
PINE = np.array([0.026, 0.042, 0.026, 0.255], np.float32)
BROAD = np.array([0.028, 0.056, 0.026, 0.400], np.float32)
BARE_WOOD = np.array([0.085, 0.078, 0.062, 0.190], np.float32)
HEATH = np.array([0.075, 0.082, 0.048, 0.270], np.float32)
SANDY = np.array([0.290, 0.245, 0.190, 0.380], np.float32)
WATER = np.array([0.030, 0.048, 0.046, 0.016], np.float32)
ASPHALT = np.array([0.115, 0.115, 0.112, 0.135], np.float32)
DIRT = np.array([0.185, 0.158, 0.118, 0.260], np.float32)
LAWN = np.array([0.062, 0.098, 0.046, 0.360], np.float32)
DRY_LAWN = np.array([0.135, 0.135, 0.080, 0.300], np.float32)
POOL = np.array([0.080, 0.220, 0.290, 0.060], np.float32)
CONCRETE = np.array([0.235, 0.230, 0.215, 0.265], np.float32)
CHAR = np.array([0.050, 0.046, 0.033, 0.078], np.float32)
SCORCHED = np.array([0.105, 0.076, 0.046, 0.155], np.float32)
EARTH = np.array([0.320, 0.250, 0.175, 0.390], np.float32)
TILE_A = np.array([0.165, 0.115, 0.086, 0.225], np.float32)
TILE_B = np.array([0.265, 0.190, 0.142, 0.310], np.float32)
SLATE_A = np.array([0.090, 0.090, 0.092, 0.112], np.float32)
SLATE_B = np.array([0.160, 0.155, 0.150, 0.180], np.float32)
METAL = np.array([0.400, 0.405, 0.410, 0.420], np.float32)

CODES = 4096
"""Distinct parcels of a landscape."""

GRASS, WHEAT, MAIZE, RAPE, SUNFLOWER, FALLOW, VINE, ORCHARD, PINES, WOOD, CLEARCUT, MOOR = range(12)
_SHARES = (  # by landscape, in the order of the crops above
    (26, 14, 36, 4, 5, 4, 1, 1, 0, 8, 0, 1),
    (1, 0, 9, 0, 0, 1, 0, 0, 70, 4, 9, 6),
    (10, 8, 6, 1, 3, 4, 54, 2, 2, 9, 0, 1),
    (58, 9, 7, 2, 0, 1, 0, 3, 1, 18, 0, 1),
    (7, 42, 14, 13, 12, 5, 1, 1, 0, 4, 0, 1),
    (40, 5, 6, 0, 1, 1, 2, 2, 4, 36, 1, 2),
    (0, 0, 80, 0, 0, 20, 0, 0, 0, 0, 0, 0),  # centre pivots
)
_PERENNIAL = frozenset({GRASS, VINE, ORCHARD, PINES, WOOD, MOOR})


@dataclass(frozen=True)
class Palette:
    """By ``Ground.key``: reflectances and the strength of each texture."""

    colour: Array
    """(4, n) float32."""
    rows: Array
    grain: Array
    canopy: Array
    """Share of the parcel under tree crowns."""


def _seasonal_bump(day: Array, start: float, full: float, end: float, gone: float) -> Array:
    """Vegetation cover through the year: grows from ``start`` to ``full``, falls from ``end`` to
    ``gone`` (days).
    """
    return np.clip(
        np.minimum((day - start) / (full - start), (gone - day) / (gone - end)), 0, 1
    ).astype(np.float32)


def _crop_cover(crop: int, day: float, shift: Array) -> tuple[Array, Array]:
    """Green cover and dry (straw) cover of a crop, for parcels ``shift`` days early or late."""
    days = day + shift
    if crop == GRASS:
        dry = np.clip(1 - np.abs(days - 222) / 45, 0, 1) * 0.45
        return (0.82 - 0.9 * dry).astype(np.float32), dry.astype(np.float32)
    if crop == WHEAT:
        return _seasonal_bump(days, 20, 100, 150, 178), _seasonal_bump(days, 165, 185, 225, 262)
    if crop == MAIZE:
        return _seasonal_bump(days, 135, 185, 250, 285), _seasonal_bump(days, 262, 288, 330, 365)
    if crop == RAPE:
        return _seasonal_bump(days, -20, 70, 155, 180), _seasonal_bump(days, 170, 188, 220, 250)
    if crop == SUNFLOWER:
        return _seasonal_bump(days, 125, 175, 220, 250), _seasonal_bump(days, 230, 255, 275, 300)
    if crop == VINE:
        return 0.55 * _seasonal_bump(days, 105, 165, 270, 315), np.full_like(shift, 0.15)
    if crop == ORCHARD:
        return 0.3 + 0.4 * _seasonal_bump(days, 90, 130, 285, 320), np.zeros_like(shift)
    return np.full_like(shift, 0.12), np.full_like(shift, 0.2)


def _mix_reflectance(green: Array, dry: Array, soil: Array) -> Array:
    bare = np.clip(1 - green - dry, 0, 1)
    return soil * bare + LEAF[:, None] * green + STRAW[:, None] * dry


def _crop_codes(landscape: int, year: int, code: Array) -> Array:
    """The crop of each parcel code; arable parcels rotate, the others stay."""
    limits = np.cumsum(_SHARES[landscape])
    settled = np.searchsorted(limits, unit_hash(code, 0 * code, 61) * limits[-1], side="right")
    turning = np.searchsorted(
        limits, unit_hash(code, 0 * code + year, 62) * limits[-1], side="right"
    )
    arable = ~np.isin(settled, list(_PERENNIAL | {CLEARCUT}))
    turned = arable & ~np.isin(turning, list(_PERENNIAL | {CLEARCUT}))
    crop = np.where(turned, turning, settled)
    # A pine stand is felled in its time, and young pines follow: age in years from a random
    # planting year.
    age = (year - 1900 + (unit_hash(code, 0 * code, 63) * 46).astype(int)) % 46
    return np.where(
        (crop == PINES) & (age < 3), CLEARCUT, np.where((crop == CLEARCUT) & (age > 8), PINES, crop)
    )


def leaf_share(day: float) -> float:
    """Share of leaves on broadleaved trees."""
    return float(_seasonal_bump(np.float32(day), 92, 128, 285, 325))


def season_palette(when: date) -> Palette:
    """What every parcel of every landscape looks like that day."""
    day, code = float(when.timetuple().tm_yday), np.arange(CODES)
    n = len(_SHARES) * CODES
    colour = np.empty((4, n), np.float32)
    rows, grain, canopy = (np.zeros(n, np.float32) for _ in range(3))
    tone, shift = (
        unit_hash(code, 0 * code, 64),
        (unit_hash(code, 0 * code + when.year, 65) - np.float32(0.5)) * 26,
    )
    for landscape in range(len(_SHARES)):
        crops = _crop_codes(landscape, when.year, code)
        soil = (SANDY if landscape == 1 else SOIL)[:, None] * (0.82 + 0.42 * tone)
        out, part = (
            np.empty((4, CODES), np.float32),
            slice(landscape * CODES, (landscape + 1) * CODES),
        )
        for crop in np.unique(crops):
            chosen = crops == crop
            out[:, chosen] = _parcel_look(
                int(crop),
                day,
                shift[chosen],
                soil[:, chosen],
                tone[chosen],
                code[chosen],
                when.year,
            )
            rows[part][chosen] = {
                WHEAT: 0.05,
                MAIZE: 0.07,
                VINE: 0.20,
                ORCHARD: 0.16,
                SUNFLOWER: 0.07,
                CLEARCUT: 0.10,
            }.get(int(crop), 0.02)
            grain[part][chosen] = {
                GRASS: 0.06,
                FALLOW: 0.09,
                MOOR: 0.16,
                CLEARCUT: 0.15,
                WOOD: 0.03,
                PINES: 0.03,
            }.get(int(crop), 0.045)
            canopy[part][chosen] = {WOOD: 1.0, ORCHARD: 0.35, MOOR: 0.2}.get(int(crop), 0.0)
            if crop == PINES:
                canopy[part][chosen] = 0.35 + 0.65 * _age_share(code[chosen], when.year)
        colour[:, part] = out * (0.93 + 0.14 * unit_hash(code, 0 * code + when.year, 66))
    return Palette(colour, rows, grain, canopy)


def _age_share(code: Array, year: int) -> Array:
    """Closure of a pine stand: 0 when just planted, 1 from twelve years on."""
    age = (year - 1900 + (unit_hash(code, 0 * code, 63) * 46).astype(int)) % 46
    return np.clip((age - 2) / 10.0, 0, 1).astype(np.float32)


def _parcel_look(
    crop: int, day: float, shift: Array, soil: Array, tone: Array, code: Array, year: int
) -> Array:
    if crop == PINES:
        closed = _age_share(code, year)
        return HEATH[:, None] * (1 - closed) + PINE[:, None] * closed * (0.85 + 0.35 * tone)
    if crop == WOOD:
        leaves = leaf_share(day)
        return (BROAD * leaves + BARE_WOOD * (1 - leaves))[:, None] * (0.85 + 0.3 * tone)
    if crop == MOOR:
        return HEATH[:, None] * (0.85 + 0.4 * tone)
    green, dry = _crop_cover(crop, day, shift)
    look = _mix_reflectance(green, dry, soil)
    if crop in (RAPE, SUNFLOWER):
        flowering = _seasonal_bump(
            np.float32(day), *((92, 105, 122, 134) if crop == RAPE else (178, 190, 205, 220))
        )
        look = look * (1 - 0.6 * flowering) + BLOOM[:, None] * 0.6 * flowering
    if crop == GRASS:
        look = look * (0.85 + 0.3 * tone)
    return look
