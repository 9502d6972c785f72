"""What the rules and the tools of a request do with its area: shapes made and simplified, widths,
gaps. All in EPSG:4326.
"""

from __future__ import annotations

from typing import Any, Callable

from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform, unary_union

from dinamis_qgis.core.geo import (
    area_km2,
    as_area,
    near_longitude,
    polygons,
    unwrap_longitudes,
    vertex_count,
    wrap_longitudes,
)


def without_holes(geometry: BaseGeometry) -> BaseGeometry | None:
    """The area with its holes filled."""
    return as_area(unary_union([Polygon(p.exterior) for p in polygons(geometry)]))


def without_slivers(geometry: BaseGeometry, smallest_km2: float) -> BaseGeometry | None:
    """The area without its parts under ``smallest_km2``."""
    return as_area(MultiPolygon([p for p in polygons(geometry) if area_km2(p) >= smallest_km2]))


def convex_hull(geometry: BaseGeometry) -> BaseGeometry:
    """The convex hull of all parts, within ±180."""
    return wrap_longitudes(unwrap_longitudes(geometry).convex_hull)


def simplify_outline(geometry: BaseGeometry, most: int) -> BaseGeometry | None:
    """The area with at most ``most`` vertices (Douglas-Peucker, the finest of doubling tolerances
    from 1 m); None when impossible.
    """
    plane, back = to_local_plane(geometry)
    tolerance = 0.001
    while tolerance < 50:
        fewer = plane.simplify(tolerance, preserve_topology=True)
        if vertex_count(fewer) <= most and fewer.is_valid:
            return as_area(wrap_longitudes(back(fewer)))
        tolerance *= 1.5
    return None


def to_local_plane(
    geometry: BaseGeometry,
) -> tuple[BaseGeometry, Callable[[BaseGeometry], BaseGeometry]]:
    """``geometry`` in km on an azimuthal equidistant plane centred on its bounds, and the way back
    to EPSG:4326.

    Distances from the centre are exact (geodesic, WGS 84); elsewhere within 0.01 % up to 100 km
    from it.
    """
    from pyproj import Proj

    whole = unwrap_longitudes(geometry) if polygons(geometry) else geometry
    west, south, east, north = whole.bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    plane = Proj(proj="aeqd", lat_0=lat, lon_0=lon, ellps="WGS84", units="km")

    def to_degrees(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        lons, lats = plane(list(x), list(y), inverse=True)
        return [near_longitude(found, lon) for found in lons], list(lats)

    def to_plane(x: Any, y: Any, z: Any = None) -> tuple[list[float], list[float]]:
        xs, ys = plane(list(x), list(y))
        return list(xs), list(ys)

    return transform(to_plane, whole), lambda shape: transform(to_degrees, shape)


def width_km(geometry: BaseGeometry) -> float:
    """Short side, in km, of the minimum rotated rectangle of the whole area on the local plane."""
    plane, _ = to_local_plane(geometry)
    rectangle = plane.minimum_rotated_rectangle
    if rectangle.geom_type != "Polygon":
        return 0.0
    corners = list(rectangle.exterior.coords)
    sides = [Point(a).distance(Point(b)) for a, b in zip(corners, corners[1:])]
    return float(min(sides))


def narrow_share(geometry: BaseGeometry, width: float) -> float:
    """Share (0 to 1) of the area that lies in places narrower than ``width`` km (morphological
    opening on the local plane).
    """
    plane, _ = to_local_plane(geometry)
    if plane.area <= 0:
        return 1.0
    # A square joint keeps the corners of a rectangle, which a round one would count as narrow.
    opened = (
        plane.buffer(-width / 2, join_style=2).buffer(width / 2, join_style=2).intersection(plane)
    )
    return float(max(0.0, 1 - opened.area / plane.area))


def circle_around(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    """A circle of 64 vertices around a point."""
    disc = Point(0, 0).buffer(radius_km, 16)
    _, back = to_local_plane(Point(lon, lat))
    return wrap_longitudes(back(disc))


def corridor_along(line: BaseGeometry, width: float) -> BaseGeometry | None:
    """The strip of ``width`` km in all along ``line``."""
    plane, back = to_local_plane(line)
    return as_area(wrap_longitudes(back(plane.buffer(width / 2, 4, cap_style=2))))


def uncovered_part(area: BaseGeometry, covered: BaseGeometry | None) -> BaseGeometry | None:
    """What of ``area`` is not in ``covered``; None when nothing is left."""
    if covered is None or covered.is_empty:
        return as_area(area)
    return as_area(wrap_longitudes(area).difference(covered))
