"""The area of a request: measures on the ellipsoid, repairs, and shapes made from a point or a line. All in EPSG:4326."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Callable

from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union
from shapely.validation import make_valid

if TYPE_CHECKING:
    from pyproj import Geod

_TOUCH = 1e-9
"""Degrees: closer than this to ±180 is on the antimeridian."""


@lru_cache(maxsize=1)
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


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
    return sum(len(ring.coords) - 1 for p in polygons(geometry) for ring in (p.exterior, *p.interiors))


def unwrap(geometry: BaseGeometry) -> BaseGeometry:
    """The same area with continuous longitudes: a ring that crosses the antimeridian goes beyond ±180.

    An edge of more than 180° of longitude is taken the short way round; parts on both sides of ±180 are joined.
    """
    parts = [_unrolled(p) for p in polygons(geometry)]
    east = any(p.bounds[2] >= 180 - _TOUCH for p in parts)
    west = any(p.bounds[0] <= -180 + _TOUCH for p in parts)
    if len(parts) > 1 and east and west:
        moved = [translate(p, 360) if p.bounds[2] < 0 else p for p in parts]
        if all(p.is_valid for p in moved):
            joined = as_area(unary_union(moved))
            return joined if joined is not None else MultiPolygon(moved)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _unrolled(polygon: Polygon) -> Polygon:
    found = Polygon(_continuous(polygon.exterior), [_continuous(r) for r in polygon.interiors])
    return found if found.area > 0 else polygon  # round the whole world, both ends of an edge are one place


def _continuous(ring: Any) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for x, y in ((c[0], c[1]) for c in ring.coords):
        if points:
            x -= 360 * round((x - points[-1][0]) / 360)
        points.append((x, y))
    points[-1] = points[0]
    return points


def wrap(geometry: BaseGeometry) -> BaseGeometry:
    """The same area within ±180, cut in two where it crosses the antimeridian."""
    west, _, east, _ = geometry.bounds or (0.0, 0.0, 0.0, 0.0)
    if -180 < west <= east < 180 and east - west < 180 and geometry.geom_type == "Polygon" and not geometry.has_z:
        return geometry  # nothing to unroll: thousands are looked at
    whole = unwrap(geometry)
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


def crosses_antimeridian(geometry: BaseGeometry) -> bool:
    """True when the area lies on both sides of ±180, or is written with longitudes beyond."""
    west, _, east, _ = unwrap(geometry).bounds
    return bool(west < -180 or east > 180)


def repaired(geometry: BaseGeometry) -> BaseGeometry | None:
    """A valid area as near as possible: crossings become parts, overlaps are merged. None when nothing is left."""
    return as_area(make_valid(wrap(geometry)))


def size_km2(geometry: BaseGeometry | None) -> float | None:
    """Area in km² on the ellipsoid, of the repair where the outline is not valid; None without an area."""
    from dinamis_qgis.core.geo import area_km2

    if geometry is None or not polygons(geometry):
        return None
    whole = wrap(geometry)
    sound = whole if whole.is_valid else repaired(geometry)
    return area_km2(sound) if sound is not None else 0.0


def without_holes(geometry: BaseGeometry) -> BaseGeometry | None:
    """The area with its holes filled."""
    return as_area(unary_union([Polygon(p.exterior) for p in polygons(geometry)]))


def without_slivers(geometry: BaseGeometry, smallest_km2: float) -> BaseGeometry | None:
    """The area without its parts under ``smallest_km2``."""
    from dinamis_qgis.core.geo import area_km2

    return as_area(MultiPolygon([p for p in polygons(geometry) if area_km2(p) >= smallest_km2]))


def hull(geometry: BaseGeometry) -> BaseGeometry:
    """The convex hull of all parts, within ±180."""
    return wrap(unwrap(geometry).convex_hull)


def simplified(geometry: BaseGeometry, most: int) -> BaseGeometry | None:
    """The area with at most ``most`` vertices (Douglas-Peucker, the finest of doubling tolerances from 1 m); None when impossible."""
    plane, back = local(geometry)
    tolerance = 0.001
    while tolerance < 50:
        fewer = plane.simplify(tolerance, preserve_topology=True)
        if vertex_count(fewer) <= most and fewer.is_valid:
            return as_area(wrap(back(fewer)))
        tolerance *= 1.5
    return None


def local(geometry: BaseGeometry) -> tuple[BaseGeometry, Callable[[BaseGeometry], BaseGeometry]]:
    """``geometry`` in km on an azimuthal equidistant plane centred on its bounds, and the way back to EPSG:4326.

    Distances from the centre are exact (geodesic, WGS 84); elsewhere within 0.01 % up to 100 km from it.
    """
    whole = unwrap(geometry) if polygons(geometry) else geometry
    west, south, east, north = whole.bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    return transform(_to_plane(lon, lat), whole), lambda plane: transform(_from_plane(lon, lat), plane)


def _to_plane(lon: float, lat: float) -> Callable[..., tuple[list[float], list[float]]]:
    from math import cos, radians, sin

    def project(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        xs, ys = list(x), list(y)
        azimuths, _, distances = _geod().inv([lon] * len(xs), [lat] * len(xs), xs, ys)
        pairs = list(zip(azimuths, distances))
        return [d * sin(radians(a)) / 1000 for a, d in pairs], [d * cos(radians(a)) / 1000 for a, d in pairs]

    return project


def _from_plane(lon: float, lat: float) -> Callable[..., tuple[list[float], list[float]]]:
    from math import atan2, degrees, hypot

    def project(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        pairs = list(zip(list(x), list(y)))
        azimuths = [degrees(atan2(e, n)) for e, n in pairs]
        distances = [hypot(e, n) * 1000 for e, n in pairs]
        lons, lats, _ = _geod().fwd([lon] * len(pairs), [lat] * len(pairs), azimuths, distances)
        return [v - 360 * round((v - lon) / 360) for v in lons], list(lats)

    return project


def width_km(geometry: BaseGeometry) -> float:
    """Short side, in km, of the minimum rotated rectangle of the whole area on the local plane."""
    plane, _ = local(geometry)
    rectangle = plane.minimum_rotated_rectangle
    if rectangle.geom_type != "Polygon":
        return 0.0
    corners = list(rectangle.exterior.coords)
    sides = [Point(a).distance(Point(b)) for a, b in zip(corners, corners[1:])]
    return float(min(sides))


def narrow_share(geometry: BaseGeometry, width: float) -> float:
    """Share (0 to 1) of the area that lies in places narrower than ``width`` km (morphological opening on the local plane)."""
    plane, _ = local(geometry)
    if plane.area <= 0:
        return 1.0
    # A square joint keeps the corners of a rectangle, which a round one would count as narrow.
    opened = plane.buffer(-width / 2, join_style=2).buffer(width / 2, join_style=2).intersection(plane)
    return float(max(0.0, 1 - opened.area / plane.area))


def circle(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    """A circle of 64 vertices around a point."""
    disc = Point(0, 0).buffer(radius_km, 16)
    return wrap(transform(_from_plane(lon, lat), disc))


def corridor(line: BaseGeometry, width: float) -> BaseGeometry | None:
    """The strip of ``width`` km in all along ``line``."""
    plane, back = local(line)
    return as_area(wrap(back(plane.buffer(width / 2, 4, cap_style=2))))


def gap(area: BaseGeometry, covered: BaseGeometry | None) -> BaseGeometry | None:
    """What of ``area`` is not in ``covered``; None when nothing is left."""
    if covered is None or covered.is_empty:
        return as_area(area)
    return as_area(wrap(area).difference(covered))


def rings(geometry: BaseGeometry) -> Iterator[list[tuple[float, float]]]:
    """Every ring as a closed list of (lon, lat)."""
    for polygon in polygons(geometry):
        for ring in (polygon.exterior, *polygon.interiors):
            yield [(c[0], c[1]) for c in ring.coords]
