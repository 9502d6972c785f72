"""A swipe on the main map: one layer left of a line to drag, another right of it.

Both sides are pictures rendered off the GUI thread; layers, their visibility and the layer tree are not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QApplication

from dinamis_qgis.bridge.picture import Picture, WholeView

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


class _Line(WholeView):
    """Paints both sides and the line between them."""

    def __init__(self, canvas: Any, left: Picture, right: Picture) -> None:
        self.left, self.right = left, right
        self.share = 0.5
        super().__init__(canvas, 20)

    def position(self) -> float:
        """Where the line is, in pixels from the left."""
        return float(round(self.share * self.canvas.width()))

    def paint_view(self, painter: QPainter) -> None:
        """Each side in its half, then the line and its grip; while the map is dragged the pictures go with it, not the line."""
        moved, size = self.panned(), self.canvas.size()
        x = self.position()
        for side, half in (
            (self.left, QRectF(0, 0, x, size.height())),
            (self.right, QRectF(x, 0, size.width() - x, size.height())),
        ):
            if side.image is not None:
                half.translate(-moved)
                painter.setClipRect(half)
                painter.fillRect(half, self.canvas.canvasColor())
                side.draw(painter, self.canvas)
        painter.setClipping(False)
        painter.translate(-moved)
        _draw_line(painter, x, size.height())
        metrics = painter.fontMetrics()
        for side, left, room in ((self.left, False, x), (self.right, True, size.width() - x)):
            text = metrics.elidedText(side.layers[0].name(), Qt.TextElideMode.ElideRight, int(room) - 40)
            width = metrics.horizontalAdvance(text) + 12
            if room > 80:
                _draw_label(painter, QRectF(x + 12 if left else x - 12 - width, 10, width, metrics.height() + 6), text)


def _draw_label(painter: QPainter, rect: QRectF, text: str) -> None:
    """Which layer a side shows."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


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
        self._sides = (Picture([left], self._update), Picture([right], self._update))
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
        return all(side.shows(view) for side in self._sides)

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
        line.leave()
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

