"""Built-up parcels: streets, lots, houses, blocks of flats, halls and their shadows, each with the
year it appeared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dinamis_qgis.sandbox.world.lattice import Array

NEVER = np.float32(9999)
HOUSE, DENSE, HALL, SLAB, PARK = range(5)
"""Styles of a parcel: houses with gardens, a town's centre, trade and industry, flats among lawns,
a wood or park.
"""


def _by_style(*values: float) -> Array:
    return np.array(values, np.float32)


# By style: sizes in metres; the second line of a pair is multiplied by a random number.
_WIDE, _WIDER = _by_style(19, 10, 66, 58, 40), _by_style(11, 5, 0, 0, 0)
_DEEP, _DEEPER = _by_style(28, 24, 76, 47, 40), _by_style(9, 9, 0, 0, 0)
_SIDE, _SIDE_MORE = _by_style(4.6, -0.2, 0, 0, 0), _by_style(4.2, 0, 0, 0, 0)
_SHARE, _SHARE_MORE = _by_style(0, 0.5, 0.27, 0.30, 0), _by_style(0, 0, 0.14, 0.09, 0)
_MARGIN = _by_style(2.2, 0.1, 0.1, 0.1, 0.1)
_THICK, _THICK_MORE = _by_style(3.7, 0, 13, 5.6, 1), _by_style(2.0, 0, 15, 1.4, 0)
_FILL, _FILL_MORE = _by_style(0, 0.12, 0, 0, 0), _by_style(0, 0.25, 0, 0, 0)
_SETBACK, _SETBACK_MORE = _by_style(6.5, 3.6, 0, 0, 0), _by_style(6.5, 3.0, 0, 0, 0)
_ALONG_STREET = _by_style(1, 1, 0, 0, 0)
_LOOSE = _by_style(1, 0, 0, 0, 0)
_HEIGHT, _HIGHER = _by_style(4.2, 7, 7, 12, 0), _by_style(2.5, 7, 4, 5, 0)
_BUILT = _by_style(0.90, 0.84, 0.80, 0.90, -1)
_PAVED, _PAVED_MORE = _by_style(0, 0.55, 0.9, 0.25, 0), _by_style(0, 0.4, 0, 0.3, 0)
_STREET_WIDTH = _by_style(2.7, 3.0, -99, 2.7, -99)
_CROSSING = _by_style(183, 97, 183, 183, 183)
_GREEN = _by_style(1, 1, 0, 1, 1)


@dataclass
class Fabric:
    """Per pixel of the built-up area (one dimension): coverages 0 to 1 and codes."""

    street: Array
    roof: Array
    tone: Array
    """Roof colour: 0–1 along the roof palette."""
    lit: Array
    """Brightness of the roof face."""
    shadow: Array
    trees: Array
    paved: Array
    pool: Array
    lawn: Array
    """0 to 1: from watered to dry."""
    delay: Array
    """Years between the parcel's opening and this lot's building."""
    height: Array
    """Metres of the building on the lot, whether or not it covers the point."""


@dataclass(frozen=True)
class Site:
    """Where points of the built-up area are: metres in their parcel's frame, the parcel's int32
    code, its frame and town.
    """

    u: Array
    v: Array
    parcel: Array
    ratio: Array
    """Distance to the town's centre over the town's radius."""
    slate: Array
    """Share of grey roofs."""
    cosine: Array
    sine: Array
    """Of the parcel's angle."""


@dataclass(frozen=True)
class _Lots:
    """What stands on the lot under each point."""

    du: Array
    """Position from the building's centre, metres."""
    dv: Array
    half_u: Array
    half_v: Array
    across: Array
    """Position from the lot's middle along the street, metres."""
    back: Array
    """Distance from the house towards the bottom of the garden, metres."""
    height: Array
    code: Array
    kept: Array


def _box_distance(u: Array, v: Array, half_u: Array, half_v: Array) -> Array:
    """Signed distance to a rectangle centred on the origin (Chebyshev, exact along the sides)."""
    return np.maximum(np.abs(u) - half_u, np.abs(v) - half_v)


def _covered_share(distance: Array, step: float) -> Array:
    return np.clip(np.float32(0.5) - distance / np.float32(step), 0, 1)


def _pick_value(table: Array, code: Array, salt: int) -> Array:
    """A pseudo-random float for each code, through a shared table."""
    index = code * np.int32(7919)
    index += np.int32(salt * 104729)
    index &= np.int32(len(table) - 1)
    return table[index]


def _building_style(site: Site, size: Array, table: Array) -> Array:
    kind = _pick_value(table, site.parcel, 77)
    style = np.where(
        site.ratio + np.float32(0.35) * (kind - np.float32(0.5)) < 0.42,
        np.int8(DENSE),
        np.int8(HOUSE),
    )
    style[(site.ratio > 0.5) & (kind > 0.87)] = HALL
    style[(site.ratio > 0.12) & (site.ratio < 0.8) & (size > 0.86)] = SLAB
    style[(kind < 0.05) & (site.ratio < 0.9)] = PARK
    return style


def _place_buildings(
    u: Array, v: Array, site: Site, style: Array, wide: Array, deep: Array, table: Array
) -> _Lots:
    """The building of the lot under each point ``u, v``."""
    row_of = np.floor(v / deep)
    row = row_of.astype(np.int32)
    base = site.parcel + row * np.int32(131)
    t = u / wide
    column_of = np.floor(t)

    def limit(k: Array) -> Array:
        """Where the lot's left side is: lots are not all as wide."""
        return k + (
            _pick_value(table, base + k.astype(np.int32) * np.int32(37), 5) - np.float32(0.5)
        ) * np.float32(0.6)

    left, right = limit(column_of), limit(column_of + 1)
    column_of = column_of - (t < left) + (t > right)
    left, right = limit(column_of), limit(column_of + 1)
    code = base + column_of.astype(np.int32) * np.int32(911)
    a, b, c, d = (_pick_value(table, code, k) for k in (1, 2, 3, 4))
    width = (right - left) * wide
    across = (t - (left + right) * np.float32(0.5)) * wide
    room = np.maximum(width * np.float32(0.5) - _MARGIN[style], np.float32(2.5))
    half_u = np.minimum(
        _SIDE[style] + _SIDE_MORE[style] * a + width * (_SHARE[style] + _SHARE_MORE[style] * a),
        room,
    )
    half_v = (
        _THICK[style] + _THICK_MORE[style] * b + deep * (_FILL[style] + _FILL_MORE[style] * b * b)
    )
    # Houses look at the street: even rows at their bottom, odd rows at their top.
    toward = ((row & 1) * 2 - 1).astype(np.float32)
    setback = _SETBACK[style] + _SETBACK_MORE[style] * c * c
    centre = toward * (deep * np.float32(0.5) - half_v - setback) * _ALONG_STREET[style]
    du = across - (c * 2 - 1) * (room - half_u) * _LOOSE[style]
    dv = v - (row_of + np.float32(0.5)) * deep - centre
    return _Lots(
        du,
        dv,
        half_u,
        half_v,
        across,
        -toward * dv - half_v,
        _HEIGHT[style] + _HIGHER[style] * d,
        code,
        d < _BUILT[style],
    )


def town_fabric(site: Site, sun: tuple[float, float], step: float, table: Array) -> Fabric:
    """The town under each point.

    ``sun`` is a shadow's shift east and north for one metre of height, ``step`` the pixel size in
    metres, ``table`` random floats (a power of two of them).
    """
    size = _pick_value(table, site.parcel, 78)
    style = _building_style(site, size, table)
    wide, deep = _WIDE[style] + _WIDER[style] * size, _DEEP[style] + _DEEPER[style] * size
    here = _place_buildings(site.u, site.v, site, style, wide, deep, table)
    shift_u = np.float32(sun[0]) * site.cosine + np.float32(sun[1]) * site.sine
    shift_v = np.float32(sun[1]) * site.cosine - np.float32(sun[0]) * site.sine
    roof = _covered_share(_building_distance(here, style), step) * here.kept
    shadow = np.zeros_like(roof)
    # A high sun throws shadows shorter than buildings are wide: one shifted copy covers them.
    for part in (1.0,) if math.hypot(*sun) < 0.75 else (0.4, 1.0):
        reach = here.height * np.float32(part)
        cast = _place_buildings(
            site.u - shift_u * reach, site.v - shift_v * reach, site, style, wide, deep, table
        )
        np.maximum(
            shadow,
            _covered_share(_box_distance(cast.du, cast.dv, cast.half_u, cast.half_v), step)
            * cast.kept,
            out=shadow,
        )
    tint = _pick_value(table, here.code, 9)
    # A ridge along the long side: one face turned to the sun, the other away.
    long = here.half_u > here.half_v
    face = np.where(
        long, -np.sign(here.dv) * np.sign(shift_v), -np.sign(here.du) * np.sign(shift_u)
    )
    lit = 1 + np.float32(0.13) * face * (style != HALL)
    trees, pool, drive = _draw_gardens(here, style, wide, step, table)
    trees *= 1 - roof
    trees[style == PARK] = 0.62
    paved = np.maximum(_PAVED[style] + _PAVED_MORE[style] * tint, drive * (style == HOUSE))
    lawn = np.float32(0.55) * tint + np.float32(0.45) * _pick_value(table, site.parcel, 14)
    return Fabric(
        _street_cover(site, style, wide, deep, step),
        roof,
        _roof_tones(here, site, style, tint, table),
        lit.astype(np.float32),
        shadow * (1 - roof),
        trees,
        paved,
        pool,
        lawn,
        4 * _pick_value(table, here.code, 12),
        here.height.astype(np.float32),
    )


def _roof_tones(here: _Lots, site: Site, style: Array, tint: Array, table: Array) -> Array:
    """Position of each roof in the palette: tiles, slates, flat and metal roofs."""
    grey = _pick_value(table, site.parcel + (here.code >> np.int32(2)), 10) < site.slate + (
        style == DENSE
    ) * np.float32(0.12)
    tone = np.where(grey, np.float32(0.36) + np.float32(0.2) * tint, np.float32(0.33) * tint)
    flat, metal = style == SLAB, style == HALL
    tone[flat] = 0.5 + 0.18 * tint[flat]
    tone[metal] = 0.66 + 0.34 * tint[metal]
    return tone


def _draw_gardens(
    here: _Lots, style: Array, wide: Array, step: float, table: Array
) -> tuple[Array, Array, Array]:
    """Trees and hedges, swimming pools, driveways."""
    tree, luck = _pick_value(table, here.code, 11), _pick_value(table, here.code, 13)
    crown = np.hypot(
        here.across - (tree - np.float32(0.5)) * 14, here.back - np.float32(4.5) - 5 * tree
    ) - (np.float32(1.8) + np.float32(1.6) * luck)
    crown[tree < 0.25] = 9
    fence = np.abs(np.abs(here.across) - wide * np.float32(0.46)) - np.float32(0.8)
    fence[tree < 0.55] = 9
    trees = _covered_share(np.minimum(crown, fence), step) * _GREEN[style]
    pool = _covered_share(
        _box_distance(here.across - 2, here.back - 6, np.float32(4.0), np.float32(2.1)), step
    ) * ((luck < 0.16) & (style == HOUSE))
    drive = _covered_share(
        np.maximum(
            np.abs(here.du - here.half_u + np.float32(1.5)) - np.float32(1.6),
            here.back + 2 * here.half_v,
        ),
        step,
    )
    return trees, pool, drive * here.kept * np.float32(0.75)


def _building_distance(here: _Lots, style: Array) -> Array:
    """Signed distance to the building: a rectangle, with a lower wing on some houses."""
    box = _box_distance(here.du, here.dv, here.half_u, here.half_v)
    wing = _box_distance(
        here.du - here.half_u, here.dv + np.float32(1.5), np.float32(2.6), np.float32(2.9)
    )
    return np.where((style == HOUSE) & (here.code % 3 != 0), np.minimum(box, wing), box)


def _street_cover(site: Site, style: Array, wide: Array, deep: Array, step: float) -> Array:
    """Streets behind every second row of lots, and crossings."""
    pair = 2 * deep
    wave = site.v / pair
    along = np.abs(wave - np.floor(wave + np.float32(0.5))) * pair
    every = _CROSSING[style] + wide
    wave = site.u / every
    cross = np.abs(wave - np.floor(wave + np.float32(0.5))) * every
    return _covered_share(np.minimum(along, cross) - _STREET_WIDTH[style], step)
