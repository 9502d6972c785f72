"""The shapes that can be drawn: from points on the map to an area (EPSG:4326); sizes are on the
ellipsoid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import WGS84, to_area
from dinamis_qgis.core.geo import near_longitude
from dinamis_qgis.core.tasking import area as shapes
from dinamis_qgis.core.text import tr

Make = Callable[[Sequence[QgsPointXY], QgsCoordinateReferenceSystem, float], Any]


@dataclass(frozen=True)
class DrawnShape:
    """One way to draw.

    ``least`` points are needed; with ``ends`` of them it is done. ``sized``: takes a size in km.
    """

    id: str
    title: Callable[[], str]
    hint: Callable[[], str]
    too_few: Callable[[], str]
    make: Make
    least: int
    ends: int = 0
    size_text: Callable[[], str] | None = None

    def complete(self, points: int, size_km: float) -> bool:
        """Whether nothing more is to be clicked."""
        return bool(self.ends) and (
            points >= self.ends or (self.id == "circle" and points == 1 and size_km > 0)
        )

    def area(
        self, points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem, size_km: float
    ) -> BaseGeometry | None:
        """The area of these points of the map; None while they are too few."""
        if len(points) < self.least and not self.complete(len(points), size_km):
            return None
        made: BaseGeometry | None = self.make(points, crs, size_km)
        return made


def _polygon_area(
    points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem, size_km: float
) -> Any:
    return to_area(QgsGeometry.fromPolygonXY([[*points, points[0]]]), crs)


def _rectangle_area(
    points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem, size_km: float
) -> Any:
    box = QgsRectangle(points[0], points[1])
    return to_area(QgsGeometry.fromRect(box), crs) if box.width() > 0 and box.height() > 0 else None


def _circle_area(
    points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem, size_km: float
) -> Any:
    earth = _lonlat_points(points, crs)
    radius = size_km
    if radius <= 0:
        plane, _ = (
            shapes.to_local_plane(LineString(earth[:2]))
            if earth[0] != earth[1]
            else (LineString(), None)
        )
        radius = plane.length
    return shapes.circle_around(*earth[0], radius) if radius > 0 else None


def _corridor_area(
    points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem, size_km: float
) -> Any:
    earth = _lonlat_points(points, crs)
    if size_km <= 0 or all(Point(p).equals(Point(earth[0])) for p in earth):
        return None
    return shapes.corridor_along(LineString(earth), size_km)


def _lonlat_points(
    points: Sequence[QgsPointXY], crs: QgsCoordinateReferenceSystem
) -> list[tuple[float, float]]:
    """Longitudes and latitudes, continuous over the antimeridian. Raises QgsCsException."""
    transform = QgsCoordinateTransform(
        crs, QgsCoordinateReferenceSystem(WGS84), QgsProject.instance().transformContext()
    )
    found: list[tuple[float, float]] = []
    for point in points:
        there = transform.transform(point)
        lon = near_longitude(there.x(), found[-1][0]) if found else there.x()
        found.append((lon, there.y()))
    return found


POLYGON = DrawnShape(
    "polygon", lambda: tr("Polygon"), lambda: tr("Click the corners of the area on the map."),
    lambda: tr("At least three corners are needed."), _polygon_area, 3,
)  # fmt: skip
RECTANGLE = DrawnShape(
    "rectangle", lambda: tr("Rectangle"), lambda: tr("Click two opposite corners on the map."),
    lambda: tr("Click the opposite corner too."), _rectangle_area, 2, 2,
)  # fmt: skip
CIRCLE = DrawnShape(
    "circle", lambda: tr("Circle around a point"), lambda: tr("Click the centre, then the edge; "
                                                              "or give the radius and click the "
                                                              "centre."),
    lambda: tr("Click the edge too, or give the radius."), _circle_area, 2, 2, lambda: tr("Radius"),
)  # fmt: skip
CORRIDOR = DrawnShape(
    "corridor", lambda: tr("Corridor along a line"), lambda: tr("Click along the line; right "
                                                                "click ends. The width is set "
                                                                "beside."),
    lambda: tr("At least two points are needed."), _corridor_area, 2, 0, lambda: tr("Width"),
)  # fmt: skip
SHAPES = (POLYGON, RECTANGLE, CIRCLE, CORRIDOR)
