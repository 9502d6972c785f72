"""Geometry on the Earth: parts, sizes and shares of areas, the antimeridian; in core's terms
(shapely, EPSG:4326).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union
from shapely.validation import make_valid

if TYPE_CHECKING:
    from pyproj import Geod

one_thread = threading.RLock()
"""Held while a geometry is used that several threads of a search share: shapely 1.8 keeps rings and
indexes in it as it goes.
"""
MOST_SENT = 800
"""Vertices sent to a service at most: beyond, addresses and databases give up."""
_TILE = 400
"""Vertices of an outline that are measured at once."""
_TOUCH = 1e-9
"""Degrees: closer than this to ±180 is on the antimeridian."""


def polygons(geometry: BaseGeometry | None) -> list[Polygon]:
    """The non-empty polygons of any geometry; lines and points are left out."""
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [p for part in getattr(geometry, "geoms", ()) for p in polygons(part)]


def as_area(geometry: BaseGeometry | None) -> BaseGeometry | None:
    """The polygons of ``geometry`` as one Polygon or MultiPolygon; None when there is none."""
    parts = polygons(geometry)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def vertex_count(geometry: BaseGeometry | None) -> int:
    """Vertices of every ring, each ring's closing point not counted."""
    return sum(
        len(ring.coords) - 1 for p in polygons(geometry) for ring in (p.exterior, *p.interiors)
    )


def closed_rings(geometry: BaseGeometry) -> Iterator[list[tuple[float, float]]]:
    """Every ring as a closed list of (lon, lat)."""
    for polygon in polygons(geometry):
        for ring in (polygon.exterior, *polygon.interiors):
            yield [(c[0], c[1]) for c in ring.coords]


def near_longitude(longitude: float, reference: float) -> float:
    """The same longitude, in degrees, less than half a turn away from ``reference``."""
    return longitude - 360 * round((longitude - reference) / 360)


def unwrap_longitudes(geometry: BaseGeometry) -> BaseGeometry:
    """The same area with continuous longitudes: a ring that crosses the antimeridian goes beyond
    ±180.

    An edge of more than 180° of longitude is taken the short way round; parts on both sides of ±180
    are joined.
    """
    parts = [_unroll_polygon(p) for p in polygons(geometry)]
    east = any(p.bounds[2] >= 180 - _TOUCH for p in parts)
    west = any(p.bounds[0] <= -180 + _TOUCH for p in parts)
    if len(parts) > 1 and east and west:
        moved = [translate(p, 360) if p.bounds[2] < 0 else p for p in parts]
        if all(p.is_valid for p in moved):
            joined = as_area(unary_union(moved))
            return joined if joined is not None else MultiPolygon(moved)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _unroll_polygon(polygon: Polygon) -> Polygon:
    found = Polygon(
        _continuous_ring(polygon.exterior), [_continuous_ring(r) for r in polygon.interiors]
    )
    return (
        found if found.area > 0 else polygon
    )  # round the whole world, both ends of an edge are one place


def _continuous_ring(ring: Any) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for x, y in ((c[0], c[1]) for c in ring.coords):
        if points:
            x = near_longitude(x, points[-1][0])
        points.append((x, y))
    points[-1] = points[0]
    return points


def wrap_longitudes(geometry: BaseGeometry) -> BaseGeometry:
    """The same area within ±180, cut in two where it crosses the antimeridian."""
    west, _, east, _ = geometry.bounds or (0.0, 0.0, 0.0, 0.0)
    if (
        -180 < west <= east < 180
        and east - west < 180
        and geometry.geom_type == "Polygon"
        and not geometry.has_z
    ):
        return geometry  # nothing to unroll: thousands are looked at
    whole = unwrap_longitudes(geometry)
    west, _, east, _ = whole.bounds
    if west >= -180 and east <= 180:
        return whole
    if not whole.is_valid:
        whole = make_valid(whole)
    found: list[Polygon] = []
    for turn in range(int((west + 180) // 360), int((east + 180) // 360) + 1):
        strip = box(-180 + 360 * turn, -90, 180 + 360 * turn, 90)
        found += [translate(p, -360.0 * turn) for p in polygons(whole.intersection(strip))]
    return found[0] if len(found) == 1 else MultiPolygon(found)


def repair_area(geometry: BaseGeometry) -> BaseGeometry | None:
    """A valid area as near as possible: crossings become parts, overlaps are merged.

    None when nothing is left.
    """
    return as_area(make_valid(wrap_longitudes(geometry)))


@lru_cache(maxsize=1)
def wgs84_geod() -> Geod:
    """Geodesics on WGS 84."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def area_km2(geometry: BaseGeometry) -> float:
    """Area in km² on the WGS 84 ellipsoid of a polygon or multipolygon in EPSG:4326, holes taken
    out (Karney 2013, pyproj).
    """
    total = 0.0
    for polygon in polygons(geometry):
        total += abs(wgs84_geod().geometry_area_perimeter(polygon.exterior)[0])
        total -= sum(
            abs(wgs84_geod().geometry_area_perimeter(ring)[0]) for ring in polygon.interiors
        )
    return total / 1e6


def size_km2(geometry: BaseGeometry | None) -> float | None:
    """Area in km² on the ellipsoid, of the repair where the outline is not valid; None without an
    area.
    """
    if geometry is None or not polygons(geometry):
        return None
    whole = wrap_longitudes(geometry)
    sound = whole if whole.is_valid else repair_area(geometry)
    return area_km2(sound) if sound is not None else 0.0


def extent_polygon(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A lon/lat extent as geometry in EPSG:4326; split in two where it crosses the antimeridian
    (west > east, or beyond ±180).
    """
    south, north = max(-90.0, south), min(90.0, north)
    if east - west >= 360:
        return box(-180, south, 180, north)
    west, east = (west + 180) % 360 - 180, (east + 180) % 360 - 180
    if east == -180:
        east = 180.0
    if west > east:
        return MultiPolygon([box(west, south, 180, north), box(-180, south, east, north)])
    return box(west, south, east, north)


def coarsen_outline(area: BaseGeometry, most: int = MOST_SENT) -> BaseGeometry:
    """``area`` (EPSG:4326) as it is, or an outline of at most ``most`` vertices that holds all of
    it, within ±180 and ±90.
    """
    with one_thread:
        if vertex_count(area) <= most:
            return area
        sides = (
            max(east - west, north - south)
            for west, south, east, north in (p.bounds for p in polygons(area))
        )
        tolerance = max(sides) / (6 * most)
        for _ in range(8):
            # Each of the two simplifications moves the outline by the tolerance at most; between
            # them the corners of the
            # buffer, which are cut, are 2.2 of it away.
            found = as_area(
                area.simplify(tolerance)
                .buffer(2.4 * tolerance, 2)
                .simplify(tolerance)
                .intersection(box(-180, -90, 180, 90))
            )
            if found is not None and vertex_count(found) <= most:
                return found
            tolerance *= 2
        hull = area.convex_hull
        return hull if vertex_count(hull) <= most else area.envelope


def covered_share(footprint: BaseGeometry | None, area: BaseGeometry | None) -> float | None:
    """Share (0 to 1) of ``area`` that ``footprint`` covers; None when either is unknown, empty or
    broken.

    Both in EPSG:4326; the ratio is taken in equal-area coordinates (sine of the latitude, Lambert's
    cylinder).
    """
    if footprint is None or area is None or area.is_empty or footprint.is_empty:
        return None
    whole = _sound_equal_area(area)
    return _share_of(whole, _sound_equal_area(footprint)) if whole.area > 0 else None


def _sound_equal_area(geometry: BaseGeometry) -> BaseGeometry:
    """In equal-area coordinates, made valid."""
    flat = equal_area(geometry)
    return flat if flat.is_valid else flat.buffer(0)


def _share_of(whole: BaseGeometry, part: BaseGeometry) -> float:
    return float(min(1.0, whole.intersection(part).area / whole.area))


@dataclass(frozen=True)
class DegreeTile:
    """A piece of an outline, cut in halves until each has few vertices: only where the edge of
    another runs is it taken apart.
    """

    piece: BaseGeometry
    frame: BaseGeometry
    area: float
    halves: tuple[DegreeTile, ...]

    def common(self, other: BaseGeometry) -> float:
        """The area in common with ``other``."""
        if not self.frame.intersects(other):
            return 0.0
        if other.contains(self.frame):
            return self.area
        if self.halves:
            return sum(half.common(other) for half in self.halves)
        return float(self.piece.intersection(other).area)


def split_in_tiles(piece: BaseGeometry, depth: int = 16) -> DegreeTile:
    """A polygon or multipolygon of any plane, valid, so that what it has in common with many others
    is soon known.
    """
    halves: list[DegreeTile] = []
    if depth and vertex_count(piece) > _TILE:
        west, south, east, north = piece.bounds
        x, y = (
            ((west + east) / 2, north)
            if east - west > north - south
            else (east, (south + north) / 2)
        )
        frames = (
            box(west, south, x, y),
            box(west if x == east else x, south if y == north else y, east, north),
        )
        halves = [
            split_in_tiles(half, depth - 1)
            for half in (as_area(piece.intersection(frame)) for frame in frames)
            if half is not None
        ]
    return DegreeTile(piece, piece.envelope, float(piece.area), tuple(halves))


def make_coverer(area: BaseGeometry | None) -> Callable[[BaseGeometry | None], float | None]:
    """As ``covered_share`` with ``area`` prepared once: for many footprints over one area.

    The function is for any thread.
    """
    from shapely.prepared import prep

    if area is None or area.is_empty:
        return lambda _: None
    with one_thread:
        outside, whole = prep(area), split_in_tiles(_sound_equal_area(area))
    # The edges of a footprint are straight in longitude and latitude or in equal-area terms: the
    # difference is of no matter
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
        part = _sound_equal_area(footprint)
        with one_thread:
            return min(1.0, whole.common(part) / whole.area) if whole.area > 0 else None

    return covered


def equal_area(geometry: BaseGeometry) -> BaseGeometry:
    """``geometry`` (EPSG:4326) with the sine of the latitude, in degrees, for y: areas compare as
    on the sphere.
    """
    from math import degrees, radians, sin

    def project(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        return list(x), [degrees(sin(radians(v))) for v in y]

    return transform(project, geometry)


def bbox_of(geometry: BaseGeometry) -> list[float]:
    """west, south, east, north of a geometry within ±180; west is beyond east where it crosses the
    antimeridian (RFC 7946, 5.2).
    """
    west, south, east, north = geometry.bounds
    parts = polygons(geometry)
    if len(parts) > 1 and west <= -180 + _TOUCH and east >= 180 - _TOUCH:
        west, _, east, _ = unwrap_longitudes(geometry).bounds
        if east > 180 and east - west < 180:
            east -= 360
        else:
            west, _, east, _ = geometry.bounds
    return [west, south, east, north]
