"""Side by side: a second canvas over the right half of the first, same scale, same rotation, the
cursor mirrored.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayer, QgsMapSettings, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan, QgsVertexMarker
from qgis.PyQt.QtCore import QEvent, QObject, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent
from qgis.PyQt.QtWidgets import QLabel

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.compare.canvas.renders import Render
from dinamis_qgis.compare.canvas.view import AboveItem, ComparisonOverlay
from dinamis_qgis.core.text import tr

SAME = 1e-6
"""Views whose centres differ by less than this share of a pixel are the same."""


class Beside(QObject):
    """The left half of ``canvas`` stays as it is; ``other`` shows a scene for the same ground,
    ``vectors`` above it.

    ``remove`` ends it.
    """

    def __init__(self, canvas: Any, vectors: Render) -> None:
        super().__init__()
        self._canvas = canvas
        self._busy = False
        self.move = (0.0, 0.0)
        """What is added to the second scene's ground, map units: the correction of a shift."""
        self.other = QgsMapCanvas(canvas)
        self.other.setObjectName("dinamisSecondCanvas")
        self.other.setAccessibleName(tr("Second image"))
        self.other.setCanvasColor(canvas.canvasColor())
        # No cache of its own: a drawing given up still writes to it once the canvas is gone, and
        # QGIS crashes.
        self.other.setCachingEnabled(False)
        self.other.setPreviewJobsEnabled(False)
        self.other.enableAntiAliasing(True)
        self.label = QLabel(self.other)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setStyleSheet(
            "color: white; background: rgba(0, 0, 0, 160); border-radius: 3px; padding: 2px 7px;"
        )
        self.above = AboveItem(self.other, canvas, vectors)
        self._tool = QgsMapToolPan(self.other)
        self.other.setMapTool(self._tool)
        self._marks = tuple(_cursor_mark(c) for c in (canvas, self.other))
        for watched in (canvas.viewport(), self.other.viewport()):
            watched.installEventFilter(self)
        self._links = [
            (s, self.follow)
            for s in (canvas.extentsChanged, canvas.rotationChanged, canvas.destinationCrsChanged)
        ]
        for signal, slot in self._links:
            signal.connect(slot)
        self.other.extentsChanged.connect(self._lead)
        self._size = self.other.mapSettings().outputSize()
        self.place()
        self.other.show()

    def show_scene(self, layer: QgsMapLayer) -> None:
        """What the second canvas shows."""
        self.other.setLayers([layer])
        self.other.refresh()
        self.place()

    def lay(self, overlay: ComparisonOverlay | None) -> None:
        """The picture of changes, where the first scene has it."""
        self.above.overlay = overlay
        self.above.update()

    def place(self) -> None:
        """Over the right half; called when the canvas changes size."""
        size = self._canvas.size()
        left = size.width() // 2
        self.other.setGeometry(left, 0, size.width() - left, size.height())
        self.label.adjustSize()
        self.label.move(12, size.height() - 12 - self.label.height())
        self.follow()

    def follow(self, *_: object) -> None:
        """The first canvas moved: show the ground that its left half shows."""
        if self._busy or self.other.width() < 2:
            return
        self._busy = True
        try:
            self.other.setDestinationCrs(self._canvas.mapSettings().destinationCrs())
            self.other.setRotation(self._canvas.rotation())
            centre = self._left_centre()
            self._show(
                self.other,
                QgsPointXY(centre.x() - self.move[0], centre.y() - self.move[1]),
                self._canvas.mapUnitsPerPixel(),
            )
        finally:
            self._busy = False

    def _lead(self) -> None:
        """The person moved the second canvas: the first goes with it."""
        if self._busy:
            return
        size = self.other.mapSettings().outputSize()
        if size != self._size:  # it was resized, not moved
            self._size = size
            self.follow()
            return
        self._busy = True
        try:
            scale = self.other.mapUnitsPerPixel()
            here, half = self._canvas.center(), self._left_centre()
            zoom = scale / self._canvas.mapUnitsPerPixel()
            wanted = self.other.center()
            centre = QgsPointXY(
                wanted.x() + self.move[0] + (here.x() - half.x()) * zoom,
                wanted.y() + self.move[1] + (here.y() - half.y()) * zoom,
            )
            self._show(self._canvas, centre, scale)
        finally:
            self._busy = False

    def half(self) -> QgsMapSettings:
        """The first canvas's view, cut to its left half: what the second one shows too."""
        settings = QgsMapSettings(self._canvas.mapSettings())
        size, centre, scale = (
            self.other.size(),
            self._left_centre(),
            self._canvas.mapUnitsPerPixel(),
        )
        settings.setOutputSize(size)
        settings.setExtent(
            QgsRectangle.fromCenterAndSize(centre, size.width() * scale, size.height() * scale)
        )
        return settings

    def _left_centre(self) -> QgsPointXY:
        size = self._canvas.size()
        return ground_at(self._canvas, size.width() / 4, size.height() / 2)

    def _show(self, canvas: Any, centre: QgsPointXY, scale: float) -> None:
        here = canvas.center()
        near = abs(here.x() - centre.x()) + abs(here.y() - centre.y()) < SAME * scale
        if near and abs(canvas.mapUnitsPerPixel() - scale) < SAME * scale:
            return
        size = canvas.mapSettings().outputSize()
        width, height = size.width() * scale / 2, size.height() * scale / 2
        canvas.setExtent(
            QgsRectangle(
                centre.x() - width, centre.y() - height, centre.x() + width, centre.y() + height
            )
        )
        canvas.refresh()

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Mirrors the cursor; takes nothing away."""
        if event is None:
            return False
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            own = watched is self._canvas.viewport()
            source, mark = (self._canvas, self._marks[1]) if own else (self.other, self._marks[0])
            sign = -1 if own else 1
            place = QPointF(event.pos())
            ground = ground_at(source, place.x(), place.y())
            mark.setCenter(
                QgsPointXY(ground.x() + sign * self.move[0], ground.y() + sign * self.move[1])
            )
            mark.show()
            self._marks[0 if own else 1].hide()
        elif event.type() == QEvent.Type.Leave:
            for mark in self._marks:
                mark.hide()
        return False

    def remove(self) -> None:
        """Leave the first canvas as it was."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        for watched in (self._canvas.viewport(), self.other.viewport()):
            watched.removeEventFilter(self)
        self._canvas.scene().removeItem(self._marks[0])
        self.above.leave()
        self.other.stopRendering()
        self.other.unsetMapTool(self._tool)
        self.other.setLayers([])
        self.other.hide()
        self.other.deleteLater()


def ground_at(canvas: Any, x: float, y: float) -> QgsPointXY:
    """The map coordinates of a place on a canvas, in fractions of pixels too (QGIS's own way in
    Python takes whole ones).
    """
    to_map, far = canvas.getCoordinateTransform(), 1000
    zero, right, down = (to_map.toMapCoordinates(*place) for place in ((0, 0), (far, 0), (0, far)))
    return QgsPointXY(
        zero.x() + (right.x() - zero.x()) * x / far + (down.x() - zero.x()) * y / far,
        zero.y() + (right.y() - zero.y()) * x / far + (down.y() - zero.y()) * y / far,
    )


def _cursor_mark(canvas: Any) -> QgsVertexMarker:
    mark = QgsVertexMarker(canvas)
    mark.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
    mark.setIconSize(18)
    mark.setPenWidth(2)
    mark.setColor(QColor(255, 220, 0))
    mark.hide()
    return mark
