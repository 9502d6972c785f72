"""Geometry on the Earth: areas, lengths and shares, in core's terms (shapely, EPSG:4326)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shapely.geometry import MultiPolygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

if TYPE_CHECKING:
    from pyproj import Geod

one_thread = threading.RLock()
"""Held while a geometry is used that several threads of a search share: shapely 1.8 keeps rings and indexes in it as it goes."""
MOST_SENT = 800
"""Vertices sent to a service at most: beyond, addresses and databases give up."""
_TILE = 400
"""Vertices of an outline that are measured at once."""


@lru_cache(maxsize=1)
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def area_km2(geometry: BaseGeometry) -> float:
    """Area in km² on the WGS 84 ellipsoid of a polygon or multipolygon in EPSG:4326, holes taken out (Karney 2013, pyproj)."""
    polygons = getattr(geometry, "geoms", [geometry])
    total = 0.0
    for polygon in polygons:
        if polygon.geom_type == "Polygon" and not polygon.is_empty:
            total += abs(_geod().geometry_area_perimeter(polygon.exterior)[0])
            total -= sum(abs(_geod().geometry_area_perimeter(ring)[0]) for ring in polygon.interiors)
    return total / 1e6


def extent_polygon(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A lon/lat extent as geometry in EPSG:4326; split in two where it crosses the antimeridian (west > east, or beyond ±180)."""
    south, north = max(-90.0, south), min(90.0, north)
    if east - west >= 360:
        return box(-180, south, 180, north)
    west, east = (west + 180) % 360 - 180, (east + 180) % 360 - 180
    if east == -180:
        east = 180.0
    if west > east:
        return MultiPolygon([box(west, south, 180, north), box(-180, south, east, north)])
    return box(west, south, east, north)


def coarser(area: BaseGeometry, most: int = MOST_SENT) -> BaseGeometry:
    """``area`` (EPSG:4326) as it is, or an outline of at most ``most`` vertices that holds all of it, within ±180 and ±90."""
    from dinamis_qgis.core.tasking.area import as_area, polygons, vertex_count

    with one_thread:
        if vertex_count(area) <= most:
            return area
        sides = (max(east - west, north - south) for west, south, east, north in (p.bounds for p in polygons(area)))
        tolerance = max(sides) / (6 * most)
        for _ in range(8):
            # Each of the two simplifications moves the outline by the tolerance at most; between them the corners of the
            # buffer, which are cut, are 2.2 of it away.
            found = as_area(area.simplify(tolerance).buffer(2.4 * tolerance, 2).simplify(tolerance).intersection(box(-180, -90, 180, 90)))
            if found is not None and vertex_count(found) <= most:
                return found
            tolerance *= 2
        hull = area.convex_hull
        return hull if vertex_count(hull) <= most else area.envelope


def share(footprint: BaseGeometry | None, area: BaseGeometry | None) -> float | None:
    """Share (0 to 1) of ``area`` that ``footprint`` covers; None when either is unknown, empty or broken.

    Both in EPSG:4326; the ratio is taken in equal-area coordinates (sine of the latitude, Lambert's cylinder).
    """
    if footprint is None or area is None or area.is_empty or footprint.is_empty:
        return None
    whole = _sound(area)
    return _share_of(whole, _sound(footprint)) if whole.area > 0 else None


def _sound(geometry: BaseGeometry) -> BaseGeometry:
    """In equal-area coordinates, made valid."""
    flat = equal_area(geometry)
    return flat if flat.is_valid else flat.buffer(0)


def _share_of(whole: BaseGeometry, part: BaseGeometry) -> float:
    return float(min(1.0, whole.intersection(part).area / whole.area))


@dataclass(frozen=True)
class Tile:
    """A piece of an outline, cut in halves until each has few vertices: only where the edge of another runs is it taken apart."""

    piece: BaseGeometry
    frame: BaseGeometry
    area: float
    halves: tuple[Tile, ...]

    def common(self, other: BaseGeometry) -> float:
        """The area in common with ``other``."""
        if not self.frame.intersects(other):
            return 0.0
        if other.contains(self.frame):
            return self.area
        if self.halves:
            return sum(half.common(other) for half in self.halves)
        return float(self.piece.intersection(other).area)


def tiled(piece: BaseGeometry, depth: int = 16) -> Tile:
    """A polygon or multipolygon of any plane, valid, so that what it has in common with many others is soon known."""
    from dinamis_qgis.core.tasking.area import as_area, vertex_count

    halves: list[Tile] = []
    if depth and vertex_count(piece) > _TILE:
        west, south, east, north = piece.bounds
        x, y = ((west + east) / 2, north) if east - west > north - south else (east, (south + north) / 2)
        frames = (box(west, south, x, y), box(west if x == east else x, south if y == north else y, east, north))
        halves = [tiled(half, depth - 1) for half in (as_area(piece.intersection(frame)) for frame in frames) if half is not None]
    return Tile(piece, piece.envelope, float(piece.area), tuple(halves))


def coverer(area: BaseGeometry | None) -> Callable[[BaseGeometry | None], float | None]:
    """As ``share`` with ``area`` prepared once: for many footprints over one area. The function is for any thread."""
    from shapely.prepared import prep

    if area is None or area.is_empty:
        return lambda _: None
    with one_thread:
        outside, whole = prep(area), tiled(_sound(area))
    # The edges of a footprint are straight in longitude and latitude or in equal-area terms: the difference is of no matter
    # but for an area that lies right on them, hence the thin margin.
    margin = area.envelope.buffer(1e-4)

    def covered(footprint: BaseGeometry | None) -> float | None:
        if footprint is None or footprint.is_empty:
            return None
        with one_thread:
            if not outside.intersects(footprint):
                return 0.0
            if footprint.contains(margin):
                return 1.0
        part = _sound(footprint)
        with one_thread:
            return min(1.0, whole.common(part) / whole.area) if whole.area > 0 else None

    return covered


def equal_area(geometry: BaseGeometry) -> BaseGeometry:
    """``geometry`` (EPSG:4326) with the sine of the latitude, in degrees, for y: areas compare as on the sphere."""
    from math import degrees, radians, sin

    def project(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        return list(x), [degrees(sin(radians(v))) for v in y]

    return transform(project, geometry)
