"""A swipe on the main map: one layer left of a line to drag, another right of it.

Both sides are pictures rendered off the GUI thread; layers, their visibility and the layer tree are not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvasItem
from qgis.PyQt.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QApplication

GRAB_PX = 10
"""How near the line the mouse must be to take it."""
SETTLE_MS = 120
"""A moving map is rendered once it has been still for so long."""

_swipes: dict[int, Swipe] = {}


def start(canvas: Any, left: QgsMapLayer, right: QgsMapLayer, ended: Callable[[], None] | None = None) -> Swipe:
    """Compare two layers on ``canvas``; an earlier comparison there ends. ``ended`` is called when it ends by itself."""
    stop(canvas)
    swipe = Swipe(canvas, left, right, ended)
    _swipes[id(canvas)] = swipe
    return swipe


def stop(canvas: Any) -> None:
    """End the comparison on ``canvas``, if there is one."""
    swipe = _swipes.pop(id(canvas), None)
    if swipe is not None:
        swipe.remove()


def current(canvas: Any) -> Swipe | None:
    """The comparison on ``canvas``."""
    return _swipes.get(id(canvas))


class _Side:
    """One layer as a picture of a view; rendered in the background, the last picture stays until the next is ready."""

    def __init__(self, layer: QgsMapLayer, ready: Callable[[], None]) -> None:
        self.layer = layer
        self.image: QImage | None = None
        self.settings: QgsMapSettings | None = None
        self._job: QgsMapRendererParallelJob | None = None
        self._ready = ready

    def render(self, view: QgsMapSettings) -> None:
        """Begin a picture of ``view`` with only this layer, on the view's own background."""
        self.cancel()
        settings = QgsMapSettings(view)
        settings.setLayers([self.layer])
        job = QgsMapRendererParallelJob(settings)
        job.finished.connect(lambda: self._finished(job, settings))
        self._job = job
        job.start()

    def _finished(self, job: QgsMapRendererParallelJob, settings: QgsMapSettings) -> None:
        if job is not self._job:
            return
        self.image, self.settings, self._job = job.renderedImage(), settings, None
        job.deleteLater()
        self._ready()

    def cancel(self) -> None:
        """Give up the picture being made, without waiting for it."""
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect()
            job.finished.connect(job.deleteLater)
            job.cancelWithoutBlocking()

    def place(self, canvas: Any) -> QRectF:
        """Where the last picture lies on the screen now: the same place on Earth."""
        if self.settings is None:
            return QRectF()
        extent = self.settings.visibleExtent()
        to_screen = canvas.getCoordinateTransform()
        upper = to_screen.transform(QgsPointXY(extent.xMinimum(), extent.yMaximum()))
        lower = to_screen.transform(QgsPointXY(extent.xMaximum(), extent.yMinimum()))
        return QRectF(upper.toQPointF(), lower.toQPointF())


class _Line(QgsMapCanvasItem):
    """Paints both sides and the line between them."""

    def __init__(self, canvas: Any, left: _Side, right: _Side) -> None:
        super().__init__(canvas)
        self.canvas, self.left, self.right = canvas, left, right
        self.share = 0.5
        self.setZValue(20)
        self.updatePosition()

    def updatePosition(self) -> None:  # noqa: N802 (QGIS)
        """Called by the canvas when the view moves."""
        to_map = self.canvas.getCoordinateTransform()
        corner, size = to_map.toMapCoordinates(0, 0), to_map.mapUnitsPerPixel()
        width, height = self.canvas.width() * size, self.canvas.height() * size
        self.setRect(QgsRectangle(corner.x(), corner.y() - height, corner.x() + width, corner.y()))
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt)
        """The whole view."""
        return QRectF(0, 0, self.canvas.width(), self.canvas.height())

    def position(self) -> float:
        """Where the line is, in pixels from the left."""
        return float(round(self.share * self.canvas.width()))

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Each side in its half, then the line and its grip; while the map is dragged the pictures go with it."""
        centre = self.canvas.center()
        moved = self.toCanvasCoordinates(centre) - self.canvas.getCoordinateTransform().transform(centre).toQPointF()
        painter.save()
        painter.translate(moved - self.pos())
        x, size = self.position() - moved.x(), self.canvas.size()
        for side, half in (
            (self.left, QRectF(-moved.x(), -moved.y(), self.position(), size.height())),
            (self.right, QRectF(x, -moved.y(), size.width() - self.position(), size.height())),
        ):
            if side.image is not None:
                painter.setClipRect(half)
                painter.fillRect(half, self.canvas.canvasColor())
                self._draw(painter, side)
        painter.setClipping(False)
        painter.translate(-moved)
        _draw_line(painter, self.position(), size.height())
        painter.restore()

    def _draw(self, painter: QPainter, side: _Side) -> None:
        """A picture of this very view goes pixel on pixel; an older one is placed where it belongs meanwhile."""
        image, settings = side.image, side.settings
        if image is None or settings is None:
            return
        if _same_view(settings, self.canvas.mapSettings()):
            painter.drawImage(QPointF(0, 0), image)
        elif not settings.rotation() and not self.canvas.rotation():
            painter.drawImage(side.place(self.canvas), image)


def _same_view(one: QgsMapSettings, other: QgsMapSettings) -> bool:
    return bool(
        one.visibleExtent() == other.visibleExtent()
        and one.outputSize() == other.outputSize()
        and one.rotation() == other.rotation()
        and one.destinationCrs() == other.destinationCrs()
    )


def _draw_line(painter: QPainter, x: float, height: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((QColor(0, 0, 0, 120), 4.0), (QColor(255, 255, 255), 2.0)):
        painter.setPen(QPen(color, width))
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    middle = QPointF(x, height / 2)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1.0))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(middle, 11.0, 11.0)
    painter.setPen(QPen(QColor(60, 60, 60), 1.8))
    for side in (-1, 1):
        tip = middle + QPointF(side * 7, 0)
        painter.drawPolyline(QPolygonF([tip + QPointF(-side * 3.5, -3.5), tip, tip + QPointF(-side * 3.5, 3.5)]))


class Swipe(QObject):
    """A comparison under way. ``ready()`` once both sides show the present view; ``remove()`` leaves nothing behind.

    The line is taken with the left button within a few pixels of it; any other click or drag is QGIS's as usual.
    """

    def __init__(
        self, canvas: Any, left: QgsMapLayer, right: QgsMapLayer, ended: Callable[[], None] | None = None
    ) -> None:
        super().__init__()
        self._canvas = canvas
        self._ended = ended
        self._sides = (_Side(left, self._update), _Side(right, self._update))
        self._line: _Line | None = _Line(canvas, *self._sides)
        self._held = self._over = False
        self._ids = {left.id(), right.id()}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._render)
        self._links = [
            (signal, self._later)
            for thing in (left, right)
            for signal in (thing.repaintRequested, thing.rendererChanged)
        ]
        self._links += [(s, self._later) for s in (canvas.extentsChanged, canvas.rotationChanged, canvas.destinationCrsChanged)]
        self._links.append((QgsProject.instance().layersWillBeRemoved, self._layers_go))
        for signal, slot in self._links:
            signal.connect(slot)
        canvas.viewport().installEventFilter(self)
        self._render()

    def ready(self) -> bool:
        """Both sides show what the map shows now."""
        view = self._canvas.mapSettings()
        return all(s.settings is not None and _same_view(s.settings, view) for s in self._sides)

    def images(self) -> tuple[QImage | None, QImage | None]:
        """The two pictures as they are."""
        return self._sides[0].image, self._sides[1].image

    @property
    def share(self) -> float:
        """Where the line is, from 0 (left) to 1 (right)."""
        return self._line.share if self._line else 0.5

    def move(self, share: float) -> None:
        """Put the line elsewhere."""
        if self._line:
            self._line.share = min(1.0, max(0.0, share))
            self._line.update()

    def remove(self) -> None:
        """Leave the map as it was."""
        line, self._line = self._line, None
        if line is None:
            return
        self._timer.stop()
        self._cursor(False)
        self._canvas.viewport().removeEventFilter(self)
        for signal, slot in self._links:
            signal.disconnect(slot)
        for side in self._sides:
            side.cancel()
        if line.scene() is not None:
            line.scene().removeItem(line)
        self._canvas.viewport().update()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Takes the mouse only while it holds the line."""
        if event is None or self._line is None:
            return False
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._timer.start()
        elif kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease) and self._held:
            self._held = kind == QEvent.Type.MouseMove
            self.move(event.pos().x() / max(1, self._canvas.width()))
            return True
        elif kind == QEvent.Type.MouseMove and event.buttons() == Qt.MouseButton.NoButton:
            self._cursor(self._near(event.pos().x()))
        elif kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._held = self._near(event.pos().x())
            return self._held
        elif kind == QEvent.Type.Leave and not self._held:
            self._cursor(False)
        return False

    def _near(self, x: int) -> bool:
        return self._line is not None and abs(x - self._line.position()) <= GRAB_PX

    def _cursor(self, over: bool) -> None:
        """A split cursor over the line, without touching the map tool's own."""
        if over != self._over:
            self._over = over
            if over:
                QApplication.setOverrideCursor(Qt.CursorShape.SplitHCursor)
            else:
                QApplication.restoreOverrideCursor()

    def _render(self) -> None:
        view = self._canvas.mapSettings()
        if self._line is None or not view.hasValidSettings():
            return
        for side in self._sides:
            side.render(view)

    def _later(self, *_: object) -> None:
        """Render once the map is still."""
        self._timer.start()

    def _update(self) -> None:
        if self._line:
            self._line.update()

    def _layers_go(self, ids: list[str]) -> None:
        """One of the two is being removed from the project: there is nothing to compare any more."""
        if self._ids & set(ids):
            stop(self._canvas)
            if self._ended:
                self._ended()

