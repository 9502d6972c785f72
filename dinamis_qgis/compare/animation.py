"""The dates over the view as a GIF, or an MP4 where ffmpeg is at hand; drawn and written in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QPointF, QSize, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPainter

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.picture import give_up
from dinamis_qgis.bridge.pixels import rgb
from dinamis_qgis.bridge.video import write_video
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.sides import Side, copy
from dinamis_qgis.compare.view import draw_label
from dinamis_qgis.core.change.gif import write_gif
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

LARGEST = 1280
"""Pixels of the longer side."""


class Animator(QObject):
    """Draws date after date with the comparison's stretch; ``done(path)`` or ``failed(error)`` on the GUI thread.

    ``stop()``, or the end of the comparison, gives up and leaves nothing behind; ``ended`` is emitted once whatever the outcome.
    """

    ended = pyqtSignal()
    progressed = pyqtSignal(float, str)

    def __init__(
        self, comparison: Comparison, target: Path, seconds: float, done: Callable[[Path], None], failed: Callable[[DinamisError], None]
    ) -> None:
        super().__init__(comparison)
        self._comparison, self._target, self._seconds = comparison, target, seconds
        self._done, self._failed = done, failed
        self._layers = layers_of(comparison)
        self._frames: list[QImage] = []
        self._rendering: QgsMapRendererParallelJob | None = None
        self._writing: tasks.Job | None = None
        self.over = False
        comparison.ended.connect(self.stop)
        self._next()

    def stop(self) -> None:
        """Give up."""
        if self._rendering is not None:
            give_up(self._rendering)
            self._rendering = None
        if self._writing is not None:
            self._writing.stop()
        self._end()

    def _end(self) -> None:
        if not self.over:
            self.over = True
            self._frames = []
            self._comparison.ended.disconnect(self.stop)
            self.ended.emit()

    def _side(self, layer: QgsRasterLayer) -> Side:
        known = next((side for side in self._comparison.sides or () if side.original.id() == layer.id()), None)
        if known is not None:
            return known
        context = self._comparison.context
        made = copy(layer, context.profile if context else None)
        self._comparison.stretching.give(made)
        return made

    def _next(self) -> None:
        count = len(self._frames)
        if count == len(self._layers):
            self._write()
            return
        said = tr("Date {number} of {count}").format(number=count + 1, count=len(self._layers))
        self.progressed.emit(count / (len(self._layers) + 1), said)
        side = self._side(self._layers[count])
        job = QgsMapRendererParallelJob(self._settings([*self._comparison.shown_vectors(), side.layer]))
        job.finished.connect(lambda: self._drawn(job, side))
        self._rendering = job
        job.start()

    def _settings(self, layers: list[QgsMapLayer]) -> QgsMapSettings:
        settings = QgsMapSettings(self._comparison.canvas.mapSettings())
        size = settings.outputSize()
        shrink = min(1.0, LARGEST / max(size.width(), size.height()))
        # Even numbers of pixels: what video wants.
        settings.setOutputSize(QSize(int(size.width() * shrink) // 2 * 2, int(size.height() * shrink) // 2 * 2))
        settings.setDevicePixelRatio(1.0)
        settings.setIsTemporal(False)
        settings.setBackgroundColor(self._comparison.canvas.canvasColor())
        settings.setLayers(layers)
        return settings

    def _drawn(self, job: QgsMapRendererParallelJob, side: Side) -> None:
        image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB888)
        self._rendering = None
        job.deleteLater()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        credit = " · ".join(part for part in (side.facts.label(), side.facts.credit) if part)
        draw_label(painter, credit, QPointF(12, image.height() - 12), 0.0, image.width() - 24)
        painter.end()
        self._frames.append(image)
        self._next()

    def _write(self) -> None:
        frames, target, seconds = self._frames, self._target, self._seconds
        self.progressed.emit(len(frames) / (len(frames) + 1), tr("Writing the file…"))

        def work(job: tasks.Job) -> None:
            if target.suffix.lower() == ".mp4":
                write_video(target, frames, seconds, job.cancel)
            else:
                write_gif(target, (rgb(frame) for frame in frames), seconds, job.cancel)

        def failed(error: DinamisError) -> None:
            self._end()
            self._failed(error)

        def done(_: object) -> None:
            self._end()
            self._done(target)

        self._writing = tasks.run(work, done=done, failed=failed, parent=self, title="animation")


def layers_of(comparison: Comparison) -> list[QgsRasterLayer]:
    """The dates that are animated, oldest first: what the view holds of the project, or at least the two compared."""
    found = comparison.candidates()
    return found if len(found) >= 2 else comparison.originals()
