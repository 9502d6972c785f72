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
    dv: Array
    half_u: Array
    half_v: Array
    height: Array
    code: Array
    kept: Array


def _lots(u: Array, v: Array, parcel: Array, dense: Array, hall: Array, table: Array) -> _Lots:
    """The building of the lot under each point, in the parcel's frame."""
    wide = np.where(hall, np.float32(64), np.where(dense, np.float32(13), np.float32(21)))
    deep = np.where(hall, np.float32(74), np.where(dense, np.float32(27), np.float32(30)))
    row = np.floor(v / deep).astype(np.int32)
    column = np.floor(u / wide).astype(np.int32)
    code = (parcel + row * 131 + column * 911).astype(np.int32)
    a, b, c, d = (_pick(table, code, np.int32(k)) for k in (1, 2, 3, 4))
    half_u = np.where(hall, 17 + 12 * a, np.where(dense, 5.9 + 0.6 * a, 4.6 + 2.6 * a)).astype(np.float32)
    half_v = np.where(hall, 13 + 14 * b, np.where(dense, 5.5 + 3.5 * b, 4.0 + 1.6 * b)).astype(np.float32)
    # Houses look at the street (even rows at their bottom, odd rows at their top), halls stand in the middle.
    toward = np.where(row % 2 == 0, np.float32(-1), np.float32(1))
    centre_v = np.where(hall, 0, toward * (deep / 2 - half_v - np.where(dense, 4.2, 8.5)))
    du = u - (column + np.float32(0.5)) * wide - np.where(dense, 0, (c - 0.5) * (wide - 2 * half_u) * 0.55).astype(np.float32)
    dv = v - (row + np.float32(0.5)) * deep - centre_v.astype(np.float32)
    height = np.where(hall, 7 + 4 * c, np.where(dense, 8 + 7 * d, 4.5 + 2.5 * d)).astype(np.float32)
    kept = np.where(dense, d < 0.93, np.where(hall, d < 0.82, d < 0.88))
    return _Lots(du, dv, half_u, half_v, height, code, kept)


def fabric(u: Array, v: Array, parcel: Array, ratio: Array, slate: Array, frame: tuple[Array, Array], sun: tuple[float, float],
           step: float, table: Array) -> Fabric:
    """The town under each point.

    ``u, v`` metres in the parcel's frame, ``parcel`` its int32 code, ``ratio`` distance to the town's centre over its radius,
    ``slate`` share of grey roofs, ``frame`` cosine and sine of the parcel's angle, ``sun`` the shadow's shift east and north
    for one metre of height, ``step`` the pixel size, ``table`` random floats (a power of two of them).
    """
    kind = _pick(table, parcel, np.int32(77))
    dense = ratio + 0.35 * (kind - 0.5) < 0.42
    hall = (ratio > 0.55) & (kind > 0.84)
    here = _lots(u, v, parcel, dense, hall, table)
    c, s = frame
    shift_u, shift_v = sun[0] * c + sun[1] * s, sun[1] * c - sun[0] * s
    deep = np.where(dense, np.float32(27), np.float32(30))
    wave = v / (2 * deep)
    street_v = np.abs(wave - np.floor(wave + 0.5)) * 2 * deep
    cross = np.where(dense, np.float32(104), np.float32(189))
    street_u = np.abs(u / cross - np.floor(u / cross + 0.5)) * cross
    street = np.where(hall, 0, _coverage(np.minimum(street_v, street_u) - np.where(dense, 3.4, 2.9), step))
    box = _box(here.du, here.dv, here.half_u, here.half_v)
    roof = _coverage(box, step) * here.kept
    shadow = np.zeros_like(roof)
    for part in (0.5, 1.0):
        reach = here.height * part
        cast = _lots(u - shift_u * reach, v - shift_v * reach, parcel, dense, hall, table)
        shade = _coverage(_box(cast.du, cast.dv, cast.half_u, cast.half_v), step) * cast.kept
        shadow = np.maximum(shadow, shade)
    tint = _pick(table, here.code, np.int32(9))
    grey = _pick(table, here.code, np.int32(10)) < slate
    tone = np.where(hall, 0.66 + 0.34 * tint, np.where(grey, 0.36 + 0.2 * tint, 0.33 * tint)).astype(np.float32)
    # A ridge along the long side: one face turned to the sun, the other away.
    face = np.where(here.half_u > here.half_v, np.sign(here.dv) * -np.sign(shift_v), np.sign(here.du) * -np.sign(shift_u))
    lit = np.where(hall, 1.0, 1.0 + 0.16 * face).astype(np.float32)
    tree = _pick(table, here.code, np.int32(11))
    spot_u = here.du - (tree - 0.5) * 9
    spot_v = np.abs(here.dv) - here.half_v - 5.0 - 3 * tree
    trees = np.where(hall | (tree < (0.62 if step else 0)), 0, _coverage(np.hypot(spot_u, spot_v) - 2.6, step))
    paved = np.where(hall, np.float32(0.9), np.where(dense, np.float32(0.75), np.float32(0.0)))
    return Fabric(street.astype(np.float32), roof.astype(np.float32), tone, lit, (shadow * (1 - roof)).astype(np.float32), trees.astype(np.float32),
                  paved, (4 * _pick(table, here.code, np.int32(12))).astype(np.float32))
