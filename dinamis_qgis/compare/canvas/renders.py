"""The two pictures of a comparison: rendered in the background, shown as they grow, given up when
the view moves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, QPointF, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from dinamis_qgis.bridge.layouts.render import same_view
from dinamis_qgis.compare.canvas.sides import layers_still_there

PROGRESS_MS = 200
"""How often a picture that is being made is looked at."""


class Render(QObject):
    """Layers as a picture of a view.

    The last whole picture stays until a better one is there; ``changed`` tells of each.
    """

    def __init__(self, changed: Callable[[], None], background: Callable[[], QColor]) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.settings: QgsMapSettings | None = None
        """The view of ``image``, as the canvas has it (not moved)."""
        self.finished = False
        self._whole = False
        self._changed = changed
        self._background = background
        self._job: QgsMapRendererParallelJob | None = None
        self._view: QgsMapSettings | None = None
        self._dying: list[QgsMapRendererParallelJob] = []
        self._next: tuple[QgsMapSettings, Sequence[QgsMapLayer], tuple[float, float]] | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(PROGRESS_MS)
        self._ticks.timeout.connect(self._look)

    def start(
        self,
        view: QgsMapSettings,
        layers: Sequence[QgsMapLayer],
        move: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Begin a picture of ``view``.

        ``move`` (map units) puts the layers' ground elsewhere: the correction of a shift.

        What was given up may still be reading, and QGIS would wait for it on the GUI thread: the
        new picture begins once it has ended.
        """
        self.cancel()
        self.finished = False
        if self._dying:
            self._next = (view, layers, move)
            return
        if not layers:
            self.image, self.settings, self.finished = None, None, True
            return
        settings = QgsMapSettings(view)
        settings.setLayers(list(layers))
        settings.setIsTemporal(False)
        settings.setBackgroundColor(self._background())
        if move != (0.0, 0.0):
            extent = QgsRectangle(view.extent())
            settings.setExtent(
                QgsRectangle(
                    extent.xMinimum() - move[0],
                    extent.yMinimum() - move[1],
                    extent.xMaximum() - move[0],
                    extent.yMaximum() - move[1],
                )
            )
        self.finished = False
        self._view = QgsMapSettings(view)
        job = QgsMapRendererParallelJob(settings)
        job.finished.connect(lambda: self._done(job))
        self._job = job
        job.start()
        self._ticks.start()

    def cancel(self) -> None:
        """Give up the picture being made, without waiting for it."""
        self._ticks.stop()
        self._next = None
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect()
            job.finished.connect(lambda: self._ended(job))
            self._dying.append(job)
            job.cancelWithoutBlocking()

    def _ended(self, job: QgsMapRendererParallelJob) -> None:
        """A job that was given up has ended."""
        self._dying.remove(job)
        job.deleteLater()
        waiting, self._next = self._next, None
        if waiting is not None and not self._dying:
            view, layers, move = waiting
            self.start(view, layers_still_there(layers), move)

    def exact(self, view: QgsMapSettings) -> bool:
        """Whether the picture is of this very view, so that its pixels are the screen's."""
        return self.settings is not None and same_view(self.settings, view)

    def draw(self, painter: QPainter, canvas: Any, view: QgsMapSettings) -> None:
        """On the canvas: pixel on pixel when the view is the picture's, else where it belongs on
        Earth.
        """
        if self.image is None or self.settings is None:
            return
        if self.exact(view):
            painter.drawImage(QPointF(0, 0), self.image)
            return
        placed = self._placed(canvas)
        if placed is not None:
            painter.save()
            painter.setTransform(placed, True)
            painter.drawImage(QPointF(0, 0), self.image)
            painter.restore()

    def _placed(self, canvas: Any) -> QTransform | None:
        """From the picture's pixels to the canvas's, through the map."""
        if (
            self.settings is None
            or self.settings.destinationCrs() != canvas.mapSettings().destinationCrs()
        ):
            return None
        size: QSize = self.settings.outputSize()
        to_map, to_screen = self.settings.mapToPixel(), canvas.getCoordinateTransform()

        def there(x: int, y: int) -> QPointF:
            ground = to_map.toMapCoordinates(x, y)
            return to_screen.transform(QgsPointXY(ground)).toQPointF()

        corners = [(0, 0), (size.width(), 0), (size.width(), size.height()), (0, size.height())]
        transform = QTransform()
        found = QTransform.quadToQuad(
            QPolygonF([QPointF(*corner) for corner in corners]),
            QPolygonF([there(*corner) for corner in corners]),
            transform,
        )
        return transform if found else None

    def _look(self) -> None:
        """The picture as far as it is, unless a whole one of the same view is there (only its
        stretch changes, say).
        """
        if self._job is None or self._view is None:
            return
        if self._whole and self.settings is not None and same_view(self.settings, self._view):
            return
        grown = self._opaque(self._job.renderedImage())
        if not grown.isNull():
            self.image, self.settings, self._whole = grown, self._view, False
            self._changed()

    def _opaque(self, image: QImage) -> QImage:
        """A picture on a full background is copied to the screen, not blended."""
        if (
            self._background().alpha() == 255
            and image.format() == QImage.Format.Format_ARGB32_Premultiplied
        ):
            image.reinterpretAsFormat(QImage.Format.Format_RGB32)
        return image

    def _done(self, job: QgsMapRendererParallelJob) -> None:
        if job is not self._job:
            return
        self._ticks.stop()
        self.image, self.settings, self._job, self.finished = (
            self._opaque(job.renderedImage()),
            self._view,
            None,
            True,
        )
        self._whole = True
        job.deleteLater()
        self._changed()


def view_of(canvas: Any) -> QgsMapSettings:
    """What the canvas shows, at the screen's own pixels: QGIS on Qt 5 draws at whole ratios and
    enlarges.
    """
    view = QgsMapSettings(canvas.mapSettings())
    view.setDevicePixelRatio(canvas.devicePixelRatioF())
    return view
