"""Built-up parcels: streets, lots, houses, blocks of flats, halls and their shadows, each with the year it appeared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dinamis_qgis.sandbox.world.lattice import Array

NEVER = np.float32(9999)


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


def _box(u: Array, v: Array, half_u: Array, half_v: Array) -> Array:
    """Signed distance to a rectangle centred on the origin (Chebyshev, exact along the sides)."""
    return np.maximum(np.abs(u) - half_u, np.abs(v) - half_v)


def _coverage(distance: Array, step: float) -> Array:
    return np.clip(np.float32(0.5) - distance / np.float32(step), 0, 1)


def _pick(table: Array, *terms: Array) -> Array:
    """A pseudo-random float for integer terms, through a shared table."""
    index = terms[0] * np.int32(7919)
    for k, term in enumerate(terms[1:]):
        index = index + term * np.int32((104729, 15731, 3571)[k])
    return table[index & np.int32(len(table) - 1)]


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


@dataclass(frozen=True)
class _Kind:
    """What sort of parcel each point is in."""

    dense: Array
    hall: Array
    park: Array
    slab: Array
    """Long blocks of flats among lawns."""
    wide: Array
    """Mean width of a lot, metres."""
    deep: Array


def _kind(parcel: Array, ratio: Array, table: Array) -> _Kind:
    kind, size = _pick(table, parcel, np.int32(77)), _pick(table, parcel, np.int32(78))
    park = (kind < 0.05) & (ratio < 0.9)
    dense = (ratio + 0.35 * (kind - 0.5) < 0.42) & ~park
    slab = (ratio > 0.12) & (ratio < 0.8) & (size > 0.86) & ~park
    dense &= ~slab
    hall = (ratio > 0.5) & (kind > 0.87)
    hall &= ~slab
    wide = np.where(
        hall, np.float32(66), np.where(slab, np.float32(58), np.where(dense, 10 + 5 * size, 19 + 11 * size))
    ).astype(np.float32)
    deep = np.where(
        hall, np.float32(76), np.where(slab, np.float32(47), np.where(dense, 24 + 9 * size, 28 + 9 * size))
    ).astype(np.float32)
    return _Kind(dense, hall, park, slab, wide, deep)


def _lots(u: Array, v: Array, parcel: Array, kind: _Kind, table: Array) -> _Lots:
    """The building of the lot under each point, in the parcel's frame."""
    row_of = np.floor(v / kind.deep)
    row = row_of.astype(np.int32)
    base = parcel + row * np.int32(131)
    t = u / kind.wide
    whole = np.floor(t)
    column = whole.astype(np.int32)

    def limit(k: Array) -> Array:
        return (_pick(table, base, k) - np.float32(0.5)) * np.float32(0.6)

    column = column - ((t - whole) < limit(column)) + ((t - whole) > 1 + limit(column + np.int32(1)))
    left, right = column + limit(column), column + 1 + limit(column + np.int32(1))
    code = base + column * np.int32(911)
    a, b, c, d = (_pick(table, code, np.int32(k)) for k in (1, 2, 3, 4))
    width = ((right - left) * kind.wide).astype(np.float32)
    across = ((t - (left + right) / 2) * kind.wide).astype(np.float32)
    room = np.maximum(width / 2 - 2.2, 2.5)
    half_u = np.where(
        kind.hall, width * (0.27 + 0.14 * a), np.where(kind.dense, width / 2 - 0.2, np.minimum(4.6 + 4.2 * a, room))
    ).astype(np.float32)
    half_v = np.where(
        kind.hall, 13 + 15 * b, np.where(kind.dense, kind.deep * (0.12 + 0.25 * b * b), 3.7 + 2.0 * b)
    ).astype(np.float32)
    # Houses look at the street (even rows at their bottom, odd rows at their top), halls stand in the middle.
    toward = np.where(row % 2 == 0, np.float32(-1), np.float32(1))
    setback = np.where(kind.dense, 3.6 + 7.0 * (c > 0.8) * a, 6.5 + 6.5 * c * c)
    centre_v = np.where(kind.hall, 0, toward * (kind.deep / 2 - half_v - setback)).astype(np.float32)
    du = across - np.where(kind.dense | kind.hall, 0, (c - 0.5) * 2 * (room - half_u)).astype(np.float32)
    dv = (v - (row_of + np.float32(0.5)) * kind.deep - centre_v).astype(np.float32)
    height = np.where(kind.hall, 7 + 4 * c, np.where(kind.dense, 7 + 7 * d, 4.2 + 2.5 * d)).astype(np.float32)
    half_u = np.where(kind.slab, width * (0.30 + 0.09 * a), half_u).astype(np.float32)
    half_v = np.where(kind.slab, 5.6 + 1.4 * b, half_v).astype(np.float32)
    height = np.where(kind.slab, 12 + 5 * d, height).astype(np.float32)
    kept = np.where(kind.dense, d < 0.84, np.where(kind.hall, d < 0.8, d < 0.9)) & ~kind.park
    return _Lots(du, dv, half_u, half_v, across, -toward * dv - half_v, height, code, kept)


def fabric(
    u: Array,
    v: Array,
    parcel: Array,
    ratio: Array,
    slate: Array,
    frame: tuple[Array, Array],
    sun: tuple[float, float],
    step: float,
    table: Array,
) -> Fabric:
    """The town under each point.

    ``u, v`` metres in the parcel's frame, ``parcel`` its int32 code, ``ratio`` distance to the town's centre over its radius,
    ``slate`` share of grey roofs, ``frame`` cosine and sine of the parcel's angle, ``sun`` the shadow's shift east and north
    for one metre of height, ``step`` the pixel size, ``table`` random floats (a power of two of them).
    """
    kind = _kind(parcel, ratio, table)
    here = _lots(u, v, parcel, kind, table)
    c, s = frame
    shift_u, shift_v = sun[0] * c + sun[1] * s, sun[1] * c - sun[0] * s
    # Shadows are shorter than buildings are wide: one shifted copy covers them.
    cast = _lots(u - shift_u * here.height, v - shift_v * here.height, parcel, kind, table)
    shadow = _coverage(_box(cast.du, cast.dv, cast.half_u, cast.half_v), step) * cast.kept
    roof = _coverage(_shape(here, kind), step) * here.kept
    grey = _pick(table, parcel, here.code >> np.int32(2), np.int32(10)) < slate + np.where(
        kind.dense, np.float32(0.12), 0
    )
    tint = _pick(table, here.code, np.int32(9))
    tone = np.where(
        kind.hall,
        0.66 + 0.34 * tint,
        np.where(kind.slab, 0.5 + 0.18 * tint, np.where(grey, 0.36 + 0.2 * tint, 0.33 * tint)),
    ).astype(np.float32)
    # A ridge along the long side: one face turned to the sun, the other away.
    face = np.where(
        here.half_u > here.half_v, np.sign(here.dv) * -np.sign(shift_v), np.sign(here.du) * -np.sign(shift_u)
    )
    lit = np.where(kind.hall, 1.0, 1.0 + 0.13 * face).astype(np.float32)
    tree, pool = _pick(table, here.code, np.int32(11)), _pick(table, here.code, np.int32(13))
    crown = np.hypot(here.across - (tree - np.float32(0.5)) * 14, here.back - 4.5 - 5 * tree) - (1.8 + 1.6 * pool)
    fence = np.where(tree > 0.55, np.abs(np.abs(here.across) - kind.wide * np.float32(0.46)) - 0.8, np.float32(9))
    green = np.where(kind.hall, 0, _coverage(np.minimum(np.where(tree < 0.25, 9, crown), fence), step) * (1 - roof))
    pools = (pool < 0.16) & ~kind.slab & ~kind.hall & ~kind.dense & ~kind.park
    water = np.where(
        pools, _coverage(_box(here.across - 2, here.back - 6.0, np.float32(4.0), np.float32(2.1)), step), 0
    )
    drive = (
        _coverage(np.maximum(np.abs(here.du - here.half_u + 1.5) - 1.6, here.back + 2 * here.half_v), step) * here.kept
    )
    paved = np.where(
        kind.hall,
        np.float32(0.9),
        np.where(
            kind.dense, 0.55 + 0.4 * tint, np.where(kind.slab, 0.25 + 0.3 * tint, np.where(kind.park, 0, 0.75 * drive))
        ),
    )
    return Fabric(
        _streets(u, v, kind, step),
        roof.astype(np.float32),
        tone,
        lit,
        (shadow * (1 - roof)).astype(np.float32),
        np.where(kind.park, np.float32(0.62), green).astype(np.float32),
        paved.astype(np.float32),
        water.astype(np.float32),
        (0.55 * tint + 0.45 * _pick(table, parcel, np.int32(14))).astype(np.float32),
        (4 * _pick(table, here.code, np.int32(12))).astype(np.float32),
    )


def _shape(here: _Lots, kind: _Kind) -> Array:
    """Signed distance to the building: a rectangle, with a lower wing on some houses."""
    box = _box(here.du, here.dv, here.half_u, here.half_v)
    wing = _box(here.du - here.half_u, here.dv + np.float32(1.5), np.float32(2.6), np.float32(2.9))
    return np.where(kind.dense | kind.hall | kind.slab | (here.code % 3 == 0), box, np.minimum(box, wing))


def _streets(u: Array, v: Array, kind: _Kind, step: float) -> Array:
    wave = v / (2 * kind.deep)
    along = np.abs(wave - np.floor(wave + 0.5)) * 2 * kind.deep
    every = np.where(kind.dense, np.float32(97), np.float32(183)) + kind.wide
    cross = np.abs(u / every - np.floor(u / every + 0.5)) * every
    street = _coverage(np.minimum(along, cross) - np.where(kind.dense, 3.0, 2.7), step)
    return np.where(kind.hall | kind.park, 0, street).astype(np.float32)
