"""Drawing the area on the map: polygon, rectangle, circle, corridor; snapping, the size beside the
mouse, undo, give up.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCsException, QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand, QgsSnapIndicator
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QPalette
from qgis.PyQt.QtWidgets import QLabel

from dinamis_qgis.bridge.geometry.convert import to_map
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import area_km2, repair_area, wrap_longitudes
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.area.shapes import POLYGON, DrawnShape
from dinamis_qgis.gui.requests.sent.overlay import accent_colour

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNDOES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class DrawTool(QgsMapTool):
    """A shape, point by point (``shape``).

    Right click, double click or Enter end it; Backspace takes the last point back; Esc gives up.

    A shape of a fixed number of points ends with the last of them.
    """

    drawn = pyqtSignal(object)
    """The area, shapely, EPSG:4326."""
    cancelled = pyqtSignal()
    measured = pyqtSignal(str)
    """What is drawn so far, for people."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._points: list[QgsPointXY] = []
        self._cursor: QgsPointXY | None = None
        self._band: Any = None
        self._snap: Any = None
        self._label: QLabel | None = None
        self._done = False
        self.shape: DrawnShape = POLYGON
        self.size_km = 0.0
        """Radius of a circle (0: by a second click), width of a corridor."""

    @property
    def vertices(self) -> int:
        """How many are set."""
        return len(self._points)

    def activate(self) -> None:
        """The canvas has taken the tool."""
        super().activate()
        self._points, self._done = [], False
        self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        colour = accent_colour()
        self._band.setStrokeColor(colour)
        colour.setAlpha(40)
        self._band.setFillColor(colour)
        self._band.setWidth(2)
        self._snap = QgsSnapIndicator(self._canvas)
        self._label = _floating_label(self._canvas)
        self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        self.measured.emit(self.shape.hint())

    def deactivate(self) -> None:
        """The canvas has taken another tool: what was drawn so far is given up."""
        unfinished = not self._done
        self._clear()
        super().deactivate()
        if unfinished:
            self.cancelled.emit()

    @contain_faults()
    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """The last edge follows the mouse."""
        self._cursor = event.snapPoint()
        if self._snap is not None:
            self._snap.setMatch(event.mapPointMatch())
        self._show(event.pos())

    @contain_faults()
    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """Left: one more vertex. Right: the end."""
        if event.button() == Qt.MouseButton.RightButton:
            self.finish()
        elif event.button() == Qt.MouseButton.LeftButton:
            point = event.snapPoint()
            if not self._points or point != self._points[-1]:
                self._points.append(point)
            self._cursor = point
            self._show(event.pos())
            if self.shape.complete(len(self._points), self.size_km):
                self.finish()

    @contain_faults()
    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        """The end; its clicks have set the vertex already."""
        self.finish()

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Enter, Backspace and Esc."""
        if event.key() in _ENDS:
            self.finish()
        elif event.key() in _UNDOES:
            self.undo()
        elif event.key() == Qt.Key.Key_Escape:
            self._canvas.unsetMapTool(self)
        else:
            return
        # so QGIS knows the tool took it; accepted, it would delete the selected features on Delete
        # and Backspace
        event.ignore()

    def undo(self) -> None:
        """Take the last vertex back."""
        if self._points:
            self._points.pop()
            self._show(None)

    def finish(self) -> None:
        """End the shape; with too few points nothing happens but a hint."""
        if self._done:
            return
        if len(self._points) < self.shape.least and not self.shape.complete(
            len(self._points), self.size_km
        ):
            self.measured.emit(self.shape.too_few())
            return
        try:
            area = self.shape.area(self._points, self._crs(), self.size_km)
        except (InvalidInput, QgsCsException) as error:
            error = (
                error
                if isinstance(error, InvalidInput)
                else InvalidInput(tr("This area cannot be placed on Earth."))
            )
            self.measured.emit(error.sentence())
            return
        self._done = True
        self._canvas.unsetMapTool(self)
        self.drawn.emit(area)

    def _crs(self) -> Any:
        return self._canvas.mapSettings().destinationCrs()

    def _show(self, position: QPoint | None) -> None:
        points = [
            *self._points,
            *([self._cursor] if self._cursor is not None and self._points else []),
        ]
        if self._band is None or self._label is None:
            return
        area = self._area(points)
        if self.shape is POLYGON and len(points) > 2:
            geometry = QgsGeometry.fromPolygonXY([[*points, points[0]]])
        else:
            geometry = (
                to_map(wrap_longitudes(area), self._crs())
                if area is not None
                else QgsGeometry.fromPolylineXY(points)
            )
        self._band.setToGeometry(geometry if points else QgsGeometry(), None)
        sound = repair_area(area) if area is not None else None
        text = format_km2(area_km2(sound)) if sound is not None else ""
        self._label.setVisible(bool(text) and position is not None)
        if text and position is not None:
            self._label.setText(text)
            self._label.adjustSize()
            edge = self._canvas.rect().bottomRight() - QPoint(
                self._label.width(), self._label.height()
            )
            place = position + QPoint(16, 18)
            self._label.move(min(place.x(), edge.x()), min(place.y(), edge.y()))
        hint = tr("{area} · right click or Enter ends, Backspace takes back, Esc gives up").format(
            area=text or "–"
        )
        self.measured.emit(hint)

    def _area(self, points: list[QgsPointXY]) -> Any:
        """The shape so far, EPSG:4326; None while there are too few points or it has no place on
        Earth.
        """
        try:
            return self.shape.area(points, self._crs(), self.size_km)
        except (InvalidInput, QgsCsException):
            return None

    def _clear(self) -> None:
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
        if self._snap is not None:
            self._snap.setVisible(False)
        if self._label is not None:
            self._label.deleteLater()
        self._band = self._snap = self._label = None
        self._points = []


def _floating_label(canvas: QgsMapCanvas) -> QLabel:
    """The label beside the mouse, in the colours of tool tips."""
    label = QLabel(canvas.viewport())
    label.setObjectName("drawnAreaLabel")
    label.setAutoFillBackground(True)
    label.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
    label.setForegroundRole(QPalette.ColorRole.ToolTipText)
    label.setMargin(3)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.hide()
    return label
