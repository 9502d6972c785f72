"""Layers drawn as a picture of a map's view, off the GUI thread, and kept in place while the next
one is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from dinamis_qgis.bridge.guard import contain_faults


class Picture:
    """The last picture stays until the next is ready; ``ready`` is called on the GUI thread
    then.
    """

    def __init__(
        self,
        layers: Sequence[QgsMapLayer],
        ready: Callable[[], None],
        background: QColor | None = None,
    ) -> None:
        self.layers = list(layers)
        self.image: QImage | None = None
        self.settings: QgsMapSettings | None = None
        self._job: QgsMapRendererParallelJob | None = None
        self._ready = ready
        self._background = background

    def render(self, view: QgsMapSettings) -> None:
        """Begin a picture of ``view`` with only these layers, on ``background`` or the view's
        own.
        """
        self.cancel()
        settings = QgsMapSettings(view)
        settings.setLayers(self.layers)
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        if self._background is not None:
            settings.setBackgroundColor(self._background)
        job = QgsMapRendererParallelJob(settings)
        job.finished.connect(lambda: self._finished(job, settings))
        self._job = job
        job.start()

    def cancel(self) -> None:
        """Give up the picture being made, without waiting for it."""
        job, self._job = self._job, None
        if job is not None:
            give_up(job)

    def forget(self) -> None:
        """No picture, and none being made."""
        self.cancel()
        self.image = self.settings = None

    def shows(self, view: QgsMapSettings) -> bool:
        """Whether the picture is one of this very view."""
        return self.settings is not None and same_view(self.settings, view)

    def draw(self, painter: QPainter, canvas: Any) -> None:
        """On ``canvas``, in its pixels: exactly when it is of this view, else where it belongs (not
        when rotated).
        """
        if self.image is None or self.settings is None:
            return
        if self.shows(canvas.mapSettings()):
            painter.drawImage(QPointF(0, 0), self.image)
        elif not self.settings.rotation() and not canvas.rotation():
            painter.drawImage(self._place(canvas), self.image)

    def _place(self, canvas: Any) -> QRectF:
        """Where the picture lies on the screen now: the same place on Earth."""
        if self.settings is None:
            return QRectF()
        extent, to_screen = self.settings.visibleExtent(), canvas.getCoordinateTransform()
        upper = to_screen.transform(QgsPointXY(extent.xMinimum(), extent.yMaximum()))
        lower = to_screen.transform(QgsPointXY(extent.xMaximum(), extent.yMinimum()))
        return QRectF(upper.toQPointF(), lower.toQPointF())

    def _finished(self, job: QgsMapRendererParallelJob, settings: QgsMapSettings) -> None:
        if job is not self._job:
            return
        self.image, self.settings, self._job = job.renderedImage(), settings, None
        job.deleteLater()
        self._ready()


def give_up(job: QgsMapRendererParallelJob) -> None:
    """End a running job without waiting for it; nobody hears of it any more."""
    job.finished.disconnect()
    job.finished.connect(job.deleteLater)
    job.cancelWithoutBlocking()


def same_view(one: QgsMapSettings, other: QgsMapSettings) -> bool:
    """The same extent, size, rotation, projection and device pixels."""
    return bool(
        one.visibleExtent() == other.visibleExtent()
        and one.outputSize() == other.outputSize()
        and one.rotation() == other.rotation()
        and one.destinationCrs() == other.destinationCrs()
        and one.devicePixelRatio() == other.devicePixelRatio()
    )


class WholeView(QgsMapCanvasItem):
    """A canvas item over the whole view; ``paint_view(painter)`` paints in the canvas's pixels.

    ``panned()`` is how far the person has dragged the map since the view changed; the painter is
    moved along.
    """

    def __init__(self, canvas: Any, level: float) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.setZValue(level)
        self.updatePosition()

    def paint_view(self, painter: QPainter) -> None:
        """To be written by who uses it."""
        raise NotImplementedError

    @contain_faults()
    def updatePosition(self) -> None:  # noqa: N802 (QGIS)
        """Called by the canvas when the view moves."""
        to_map = self.canvas.getCoordinateTransform()
        corner, size = to_map.toMapCoordinates(0, 0), to_map.mapUnitsPerPixel()
        width, height = self.canvas.width() * size, self.canvas.height() * size
        self.setRect(QgsRectangle(corner.x(), corner.y() - height, corner.x() + width, corner.y()))
        self.update()

    @contain_faults(QRectF())
    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt)
        """The whole view."""
        return QRectF(0, 0, self.canvas.width(), self.canvas.height())

    def panned(self) -> QPointF:
        """Pixels the map has been dragged by since it was drawn."""
        centre = self.canvas.center()
        drawn = self.canvas.getCoordinateTransform().transform(centre).toQPointF()
        return QPointF(self.toCanvasCoordinates(centre) - drawn)

    @contain_faults()
    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Called by Qt."""
        painter.save()
        painter.translate(self.panned() - self.pos())
        self.paint_view(painter)
        painter.restore()

    def leave(self) -> None:
        """Off the canvas."""
        if self.scene() is not None:
            self.scene().removeItem(self)
