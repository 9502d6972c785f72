"""Editing the outline on the map: drag a vertex, drag the middle of an edge to add one, Delete or
right click to take one away.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsVertexMarker
from qgis.PyQt.QtCore import QPointF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import WGS84
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.geo import (
    near_longitude,
    polygons,
    repair_area,
    size_km2,
    unwrap_longitudes,
    wrap_longitudes,
)
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.sent.overlay import accent_colour

REACH = 12
"""Pixels from the mouse within which a vertex is meant."""
MOST_MARKERS = 500
Place = tuple[int, int]
"""Ring and vertex."""


class EditTool(QgsMapTool):
    """Changes one area; every finished change is told at once (``edited``), so nothing is lost when
    the tool is left.
    """

    edited = pyqtSignal(object)
    """The area, shapely, EPSG:4326."""
    measured = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._rings: list[list[tuple[float, float]]] = []
        """Open rings of (lon, lat), outer and inner; ``_owners`` are the parts they belong to."""
        self._owners: list[int] = []
        self._chosen: Place | None = None
        self._dragging = False
        self._before: list[list[tuple[float, float]]] = []
        self._band: Any = None
        self._markers: list[Any] = []

    def set_area(self, area: BaseGeometry | None) -> None:
        """Edit this one."""
        self._rings, self._owners, self._chosen = [], [], None
        for number, part in enumerate(
            polygons(unwrap_longitudes(area)) if area is not None and polygons(area) else []
        ):
            for ring in (part.exterior, *part.interiors):
                self._rings.append([(c[0], c[1]) for c in ring.coords][:-1])
                self._owners.append(number)
        if self._band is not None:
            self._show()

    def area(self) -> BaseGeometry | None:
        """As edited so far, maybe crossing itself; EPSG:4326 within ±180 when it is sound."""
        parts = []
        for number in sorted(set(self._owners)):
            rings = [r for r, owner in zip(self._rings, self._owners) if owner == number]
            parts.append(Polygon(rings[0], rings[1:]))
        if not parts:
            return None
        whole = parts[0] if len(parts) == 1 else MultiPolygon(parts)
        return wrap_longitudes(whole) if whole.is_valid else whole

    def activate(self) -> None:
        """The canvas has taken the tool."""
        super().activate()
        self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        colour = accent_colour()
        self._band.setStrokeColor(colour)
        colour.setAlpha(40)
        self._band.setFillColor(colour)
        self._band.setWidth(2)
        self._canvas.extentsChanged.connect(self._show)
        self._canvas.setCursor(Qt.CursorShape.ArrowCursor)
        self._show()
        self.measured.emit(
            tr(
                "Drag a corner; drag a small cross to add one; Delete takes the chosen one away; "
                "Enter ends."
            )
        )

    def deactivate(self) -> None:
        """The canvas has taken another tool."""
        if self._band is not None:
            self._canvas.extentsChanged.disconnect(self._show)
            self._canvas.scene().removeItem(self._band)
        self._band = None
        self._clear_markers()
        super().deactivate()
        self.ended.emit()

    @contain_faults()
    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """Take hold of a vertex, or make one in the middle of an edge."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._before = [list(r) for r in self._rings]
        self._chosen = self._near(event.pos())
        if self._chosen is None:
            middle = self._near_middle(event.pos())
            if middle is not None:
                ring, after = middle
                there = self._to_earth(event.mapPoint())
                if there is not None:
                    self._rings[ring].insert(after + 1, self._aligned(there, ring))
                    self._chosen = (ring, after + 1)
        self._dragging = self._chosen is not None
        self._show()

    @contain_faults()
    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """The vertex follows the mouse."""
        if self._dragging and self._chosen is not None:
            there = self._to_earth(event.snapPoint())
            if there is not None:
                ring, number = self._chosen
                self._rings[ring][number] = self._aligned(there, ring)
                self._show()

    @contain_faults()
    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """Left: the change stands. Right: the vertex under the mouse goes."""
        if event.button() == Qt.MouseButton.RightButton:
            self._chosen = self._near(event.pos())
            self.remove()
        elif self._dragging:
            self._dragging = False
            if self._rings != self._before:
                self._tell()

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Delete, and Enter or Esc to end."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._dragging:
                self._rings, self._dragging = self._before, False
            self._canvas.unsetMapTool(self)
        else:
            return
        event.ignore()  # so QGIS knows the tool took it, and deletes no feature

    def remove(self) -> None:
        """Take the chosen vertex away; a hole with three goes whole, an outline keeps three."""
        if self._chosen is None:
            return
        ring, number = self._chosen
        if len(self._rings[ring]) > 3:
            del self._rings[ring][number]
        elif ring > 0 and self._owners[ring - 1] == self._owners[ring]:
            del self._rings[ring], self._owners[ring]
        else:
            self.measured.emit(tr("At least three corners are needed."))
            return
        self._chosen = None
        self._tell()
        self._show()

    # inside

    def _tell(self) -> None:
        area = self.area()
        if area is not None:
            self.edited.emit(area)

    def _transform(self, direction: bool) -> QgsCoordinateTransform:
        wgs84, here = (
            QgsCoordinateReferenceSystem(WGS84),
            self._canvas.mapSettings().destinationCrs(),
        )
        pair = (wgs84, here) if direction else (here, wgs84)
        return QgsCoordinateTransform(*pair, QgsProject.instance().transformContext())

    def _to_earth(self, point: QgsPointXY) -> tuple[float, float] | None:
        try:
            found = self._transform(False).transform(point)
        except QgsCsException:
            return None
        return found.x(), found.y()

    def _aligned(self, there: tuple[float, float], ring: int) -> tuple[float, float]:
        """The same longitude near the others of its ring: over the antimeridian the map may say
        −179 for 181.
        """
        near = (
            self._before[ring][0][0]
            if ring < len(self._before) and self._before[ring]
            else there[0]
        )
        return near_longitude(there[0], near), there[1]

    def _pixels(self) -> list[list[QPointF | None]]:
        """Every vertex on the screen; None where the projection cannot show it."""
        transform, pixel = self._transform(True), self._canvas.getCoordinateTransform()
        found: list[list[QPointF | None]] = []
        for ring in self._rings:
            line: list[QPointF | None] = []
            for lon, lat in ring:
                try:
                    place = pixel.transform(transform.transform(QgsPointXY(lon, lat)))
                    line.append(QPointF(place.x(), place.y()))
                except QgsCsException:
                    line.append(None)
            found.append(line)
        return found

    def _near(self, position: Any) -> Place | None:
        places = ((r, n, p) for r, line in enumerate(self._pixels()) for n, p in enumerate(line))
        return self._nearest(position, places)

    def _near_middle(self, position: Any) -> Place | None:
        places = []
        for r, line in enumerate(self._pixels()):
            for n, (a, b) in enumerate(zip(line, [*line[1:], line[0]])):
                places.append((r, n, (a + b) / 2 if a is not None and b is not None else None))
        return self._nearest(position, places)

    def _nearest(self, position: Any, places: Any) -> Place | None:
        best, least = None, float(REACH)
        for ring, number, place in places:
            if place is not None:
                away = QPointF(position) - place
                distance = (away.x() ** 2 + away.y() ** 2) ** 0.5
                if distance <= least:
                    best, least = (ring, number), distance
        return best

    def _show(self) -> None:
        if self._band is None:
            return
        try:
            transform = self._transform(True)
            lines = [[transform.transform(QgsPointXY(*p)) for p in ring] for ring in self._rings]
        except QgsCsException:
            lines = []
        parts = [
            [[*line, line[0]] for line, owner in zip(lines, self._owners) if owner == n]
            for n in sorted(set(self._owners))
        ]
        geometry = QgsGeometry.fromMultiPolygonXY(parts) if lines else QgsGeometry()
        self._band.setToGeometry(geometry, None)
        self._clear_markers()
        if sum(len(line) for line in lines) <= MOST_MARKERS:
            self._mark(lines)
        area = self.area()
        if area is not None:
            self.measured.emit(
                format_km2(size_km2(area if area.is_valid else repair_area(area)) or 0)
            )

    def _mark(self, lines: list[list[QgsPointXY]]) -> None:
        for r, line in enumerate(lines):
            for n, (here, after) in enumerate(zip(line, [*line[1:], line[0]])):
                chosen = (r, n) == self._chosen
                self._markers.append(
                    self._marker(
                        here, QgsVertexMarker.IconType.ICON_BOX, 9 if not chosen else 12, chosen
                    )
                )
                middle = QgsPointXY((here.x() + after.x()) / 2, (here.y() + after.y()) / 2)
                self._markers.append(
                    self._marker(middle, QgsVertexMarker.IconType.ICON_CROSS, 6, False)
                )

    def _marker(self, point: QgsPointXY, icon: Any, size: int, chosen: bool) -> Any:
        marker = QgsVertexMarker(self._canvas)
        marker.setCenter(point)
        marker.setIconType(icon)
        marker.setIconSize(size)
        marker.setPenWidth(3 if chosen else 2)
        marker.setColor(accent_colour())
        return marker

    def _clear_markers(self) -> None:
        for marker in self._markers:
            self._canvas.scene().removeItem(marker)
        self._markers = []
