"""Drawing a line on the map: point by point; right click, double click or Enter end it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.gui.requests.sent.overlay import accent_colour


class LineTool(QgsMapTool):
    """``drawn`` gives the points in the map's system; the line stays until ``clear``."""

    drawn = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._points: list[QgsPointXY] = []
        self._band: Any = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def clear(self) -> None:
        """Take the line off the map."""
        self._points = []
        if self._band is not None:
            self._canvas.scene().removeItem(self._band)
            self._band = None

    @contain_faults()
    def activate(self) -> None:
        """The canvas has taken the tool."""
        super().activate()
        self.clear()

    @contain_faults()
    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (QGIS)
        """A point, or with the right button the end."""
        if event.button() == Qt.MouseButton.RightButton:
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._points.append(event.mapPoint())
            self._show(self._points)

    @contain_faults()
    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (QGIS)
        """The piece that is being drawn."""
        if self._points:
            self._show([*self._points, event.mapPoint()])

    @contain_faults()
    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (QGIS)
        """The end."""
        self._end()

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Enter ends, Backspace takes the last point back, Esc gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif event.key() == Qt.Key.Key_Backspace and self._points:
            self._points.pop()
            self._show(self._points)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            return
        event.accept()

    def _show(self, points: list[QgsPointXY]) -> None:
        if self._band is None:
            self._band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.LineGeometry)
            self._band.setStrokeColor(accent_colour())
            self._band.setWidth(3)
        self._band.setToGeometry(QgsGeometry.fromPolylineXY(points), None)

    def _end(self) -> None:
        points = [
            point for n, point in enumerate(self._points) if n == 0 or point != self._points[n - 1]
        ]
        if len(points) >= 2:
            self._show(points)
            self._points = []
            self.drawn.emit(points)
