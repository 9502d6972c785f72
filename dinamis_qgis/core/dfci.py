"""The DFCI grid, by which French forest fire services name a place.

Squares of 100, 20 and 2 km in Lambert II étendu (EPSG:27572): two letters, two even digits, a
letter and a digit, west to east then south to north. I and J are left out of the letters.
"""

from __future__ import annotations

_LETTERS = "ABCDEFGHKLMN"
SOUTH = 1_500_000
"""Northing of the lowest row of 100 km squares, metres."""


def name_square(easting: float, northing: float) -> str:
    """The 2 km square (``HE20K5``) of a place in EPSG:27572, metres; empty outside the grid."""
    east, north = int(easting), int(northing) - SOUTH
    column, row = east // 100_000, north // 100_000
    if not (0 <= column < len(_LETTERS) and 0 <= row < len(_LETTERS)) or east < 0 or north < 0:
        return ""
    east, north = east % 100_000, north % 100_000
    name = f"{_LETTERS[column]}{_LETTERS[row]}{east // 20_000 * 2}{north // 20_000 * 2}"
    return f"{name}{_LETTERS[east % 20_000 // 2_000]}{north % 20_000 // 2_000}"


def find_square(longitude: float, latitude: float) -> str:
    """The 2 km square of a place in degrees (EPSG:4326); empty outside the grid."""
    from pyproj import Transformer

    place = Transformer.from_crs("EPSG:4326", "EPSG:27572", always_xy=True)
    easting, northing = place.transform(longitude, latitude)
    if not (0 <= easting < 1.3e6 and SOUTH <= northing < 2.8e6):
        return ""
    return name_square(easting, northing)
