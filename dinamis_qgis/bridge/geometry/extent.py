"""What the map shows, as an area of the Earth: from any projection to EPSG:4326."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import as_area, extent_polygon, near_longitude, wrap_longitudes
from dinamis_qgis.core.text import tr

STEPS = 16
"""Pieces an edge of the map is cut into: a straight edge on the screen is a curve on the Earth."""
GRID = 32


def canvas_area(canvas: Any) -> BaseGeometry:
    """What ``canvas`` shows, as polygon or multipolygon in EPSG:4326.

    Raises InvalidInput with a sentence.
    """
    settings = canvas.mapSettings()
    return extent_area(
        settings.visibleExtent(),
        settings.destinationCrs(),
        QgsProject.instance().transformContext(),
    )


def extent_area(
    extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> BaseGeometry:
    """``extent`` in ``crs`` as polygon or multipolygon in EPSG:4326, split at the antimeridian,
    poles included.

    Edges are densified. Where the projection cannot show a part of the extent (outside the globe or
    its domain), the longitudes and latitudes of what it can show. Raises InvalidInput: empty,
    infinite, no or an unusable projection.
    """
    _check_extent(extent, crs)
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    if crs == wgs84:
        return _lon_lat(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    projection = _Projection(QgsCoordinateTransform(crs, wgs84, context), extent)
    ring = [projection.to_earth(point) for point in _edge_points(extent)]
    poles = [latitude for latitude in (-90.0, 90.0) if projection.shows(0.0, latitude)]
    if not poles and all(point is not None for point in ring):
        area = _polygon_of_ring([point for point in ring if point is not None])
        if area is not None:
            return area
    return _bounds_of_points(
        [
            p
            for p in (projection.to_earth(point) for point in _grid_points(extent))
            if p is not None
        ],
        poles,
    )


def _check_extent(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    corners = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    if not all(isfinite(x) and abs(x) < 1e15 for x in corners) or not (
        extent.width() > 0 and extent.height() > 0
    ):
        raise InvalidInput(
            tr("The map shows no place yet."), tr("Zoom to your area or add a background map, "
                                                  "then search again."),
            code="extent-empty",
        )  # fmt: skip
    if not crs.isValid():
        raise InvalidInput(
            tr("The map has no coordinate reference system, so its place on Earth is unknown."),
            tr("Choose one in the project's properties."),
            code="extent-crs",
        )


def _outside_earth() -> InvalidInput:
    return InvalidInput(
        tr("The map shows a place that is not on Earth in this projection."),
        tr("Zoom to your area or choose another projection."),
        code="extent-outside",
    )


def _lon_lat(west: float, south: float, east: float, north: float) -> BaseGeometry:
    if south >= 90 or north <= -90:
        raise _outside_earth()
    return extent_polygon(west, south, east, north)


class _Projection:
    """A transform with a round trip: a projection may answer for points it does not really show."""

    def __init__(self, transform: QgsCoordinateTransform, extent: QgsRectangle) -> None:
        self._transform = transform
        self._extent = extent
        self._tolerance = 1e-3 * max(extent.width(), extent.height())

    def to_earth(self, point: QgsPointXY) -> tuple[float, float] | None:
        """Longitude and latitude of a point of the map, None where there is none."""
        try:
            found = self._transform.transform(point)
            back = self._transform.transform(found, Qgis.TransformDirection.Reverse)
        except QgsCsException:
            return None
        if not (isfinite(found.x()) and isfinite(found.y()) and abs(found.y()) <= 90.000001):
            return None
        same = (
            abs(back.x() - point.x()) <= self._tolerance
            and abs(back.y() - point.y()) <= self._tolerance
        )
        return (found.x(), found.y()) if same else None

    def shows(self, longitude: float, latitude: float) -> bool:
        """Whether that place is within the extent, as a single point (a pole drawn as a line is
        not).
        """
        places = []
        for turn in (0.0, 90.0, 180.0, -90.0):
            try:
                point = self._transform.transform(
                    QgsPointXY(longitude + turn, latitude), Qgis.TransformDirection.Reverse
                )
            except QgsCsException:
                return False
            if not (isfinite(point.x()) and isfinite(point.y())):
                return False
            places.append(point)
        one = all(p.distance(places[0]) <= self._tolerance for p in places)
        return one and self._extent.contains(places[0]) and self.to_earth(places[0]) is not None


def _edge_points(extent: QgsRectangle) -> Iterator[QgsPointXY]:
    """Points along the edges, counter-clockwise from the lower left corner."""
    west, south, east, north = (
        extent.xMinimum(),
        extent.yMinimum(),
        extent.xMaximum(),
        extent.yMaximum(),
    )
    corners = [(west, south), (east, south), (east, north), (west, north)]
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]]):
        for step in range(STEPS):
            yield QgsPointXY(x0 + (x1 - x0) * step / STEPS, y0 + (y1 - y0) * step / STEPS)


def _grid_points(extent: QgsRectangle) -> Iterator[QgsPointXY]:
    for i in range(GRID + 1):
        for j in range(GRID + 1):
            yield QgsPointXY(
                extent.xMinimum() + extent.width() * i / GRID,
                extent.yMinimum() + extent.height() * j / GRID,
            )


def _polygon_of_ring(ring: list[tuple[float, float]]) -> BaseGeometry | None:
    """The ring as an area, its longitudes made continuous, then split at the antimeridian; None
    when it is none.
    """
    continuous = [ring[0]]
    for longitude, latitude in ring[1:]:
        previous = continuous[-1][0]
        continuous.append((near_longitude(longitude, previous), latitude))
    if abs(continuous[0][0] - continuous[-1][0]) > 180:
        return None  # goes round a pole
    area = Polygon(continuous)
    if not area.is_valid or area.is_empty:
        return None
    return as_area(wrap_longitudes(area))


def _bounds_of_points(points: list[tuple[float, float]], poles: list[float]) -> BaseGeometry:
    """The longitudes and latitudes that ``points`` span; all longitudes when a pole is in sight."""
    if not points:
        raise _outside_earth()
    latitudes = [latitude for _, latitude in points] + poles
    south, north = max(-90.0, min(latitudes)), min(90.0, max(latitudes))
    longitudes = sorted((longitude + 180) % 360 - 180 for longitude, _ in points)
    gaps = [(b - a, a, b) for a, b in zip(longitudes, [*longitudes[1:], longitudes[0] + 360])]
    gap, before, after = max(gaps)
    if poles or gap < 360 / GRID * 2:
        return extent_polygon(-180, south, 180, north)
    if not (north > south and gap < 360):
        raise _outside_earth()
    return extent_polygon(after, south, before + 360, north)
