"""The dates over the view as a GIF, or an MP4 where ffmpeg is at hand; drawn and written in the
background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsVector,
)
from qgis.PyQt.QtCore import QObject, QPointF, QSize, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.bridge.layouts.pixels import rgb_array
from dinamis_qgis.bridge.layouts.render import give_up
from dinamis_qgis.bridge.layouts.video import write_video
from dinamis_qgis.compare.canvas.sides import keep_layer, warm_image
from dinamis_qgis.compare.canvas.view import draw_label
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.core.change.gif import write_gif
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

LARGEST = 1280
"""Pixels of the longer side."""


class Animator(QObject):
    """Draws date after date with the comparison's stretch and correction; ``done(path)`` or
    ``failed(error)`` on the GUI thread.

    It is of the view and the layers there were at its beginning, whatever the comparison and the
    project do meanwhile. Each date is opened when its turn comes.

    ``stop()``, or the end of the comparison, gives up and leaves nothing behind; ``ended`` is
    emitted once whatever the outcome.
    """

    ended = pyqtSignal()
    progressed = pyqtSignal(float, str)

    def __init__(
        self,
        comparison: Comparison,
        target: Path,
        seconds: float,
        done: Callable[[Path], None],
        failed: Callable[[DinamisError], None],
    ) -> None:
        super().__init__(comparison)
        self._comparison, self._target, self._seconds = comparison, target, seconds
        self._done, self._failed = done, failed
        self._view = _view_settings(comparison)
        self._stretch = comparison.stretching.common()
        move, second = comparison.correction(), comparison.originals()[1].id()
        profile = comparison.context.profile if comparison.context else None
        self._dates = [
            (keep_layer(layer, profile), move if layer.id() == second else (0.0, 0.0))
            for layer in layers_of(comparison)
        ]
        self._over: QImage | None = None
        """What lies above imagery, drawn once: it stays where it is when a scene is moved."""
        self._frames: list[QImage] = []
        self._shown: QgsRasterLayer | None = None
        """The copy that is drawn."""
        self._rendering: QgsMapRendererParallelJob | None = None
        self._job: tasks.Job | None = None
        self.over = False
        comparison.ended.connect(self.stop)
        vectors = comparison.shown_vectors()
        if vectors:
            self._draw(vectors, QColor(0, 0, 0, 0), (0.0, 0.0), self._drawn_above)
        else:
            self._next()

    def stop(self) -> None:
        """Give up."""
        if self._rendering is not None:
            give_up(self._rendering)
            self._rendering = None
        if self._job is not None:
            self._job.stop()
        self._end()

    def _end(self) -> None:
        if not self.over:
            self.over = True
            self._frames, self._shown = [], None  # the copy must not outlive QGIS
            self._comparison.ended.disconnect(self.stop)
            self.ended.emit()

    def _next(self) -> None:
        count = len(self._frames)
        if count == len(self._dates):
            self._write()
            return
        said = tr("Date {number} of {count}").format(number=count + 1, count=len(self._dates))
        self.progressed.emit(count / (len(self._dates) + 1), said)
        kept, move = self._dates[count]

        def draw(_: object) -> None:
            self._job = None
            self._shown = kept.layer()
            self._stretch.give(self._shown)
            self._draw(
                [self._shown],
                self._view.backgroundColor(),
                move,
                lambda image: self._drawn(image, kept.facts),
            )

        if kept.provider != "gdal":
            draw(None)
            return
        # An unreadable file is a date too: the nothing that QGIS shows of it.
        self._job = tasks.run(
            lambda job: warm_image(kept.source),
            done=draw,
            failed=draw,
            parent=self,
            title="animation",
        )

    def _draw(
        self,
        layers: Sequence[QgsMapLayer],
        background: QColor,
        move: tuple[float, float],
        drawn: Callable[[QImage], None],
    ) -> None:
        settings = QgsMapSettings(self._view)
        settings.setLayers(list(layers))
        settings.setBackgroundColor(background)
        settings.setExtent(settings.extent() - QgsVector(*move))
        job = QgsMapRendererParallelJob(settings)

        def ended() -> None:
            self._rendering = None
            job.deleteLater()
            drawn(job.renderedImage())
            self._next()

        job.finished.connect(ended)
        self._rendering = job
        job.start()

    def _drawn_above(self, image: QImage) -> None:
        self._over = image

    def _drawn(self, image: QImage, facts: Facts) -> None:
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._over is not None:
            painter.drawImage(0, 0, self._over)
        credit = " · ".join(part for part in (facts.label(), facts.credit) if part)
        draw_label(painter, credit, QPointF(12, image.height() - 12), 0.0, image.width() - 24)
        painter.end()
        self._frames.append(image)

    def _write(self) -> None:
        frames, target, seconds = self._frames, self._target, self._seconds
        self.progressed.emit(len(frames) / (len(frames) + 1), tr("Writing the file…"))

        def work(job: tasks.Job) -> None:
            if target.suffix.lower() == ".mp4":
                write_video(target, frames, seconds, job.cancel)
            else:
                write_gif(target, (rgb_array(frame) for frame in frames), seconds, job.cancel)

        def failed(error: DinamisError) -> None:
            self._end()
            self._failed(error)

        def done(_: object) -> None:
            self._end()
            self._done(target)

        self._job = tasks.run(work, done=done, failed=failed, parent=self, title="animation")


def layers_of(comparison: Comparison) -> list[QgsRasterLayer]:
    """The dates that are animated, oldest first: what the view holds of the project, or the two
    compared where it lacks one of them.
    """
    found, compared = comparison.candidates(), comparison.originals()
    return (
        found if {layer.id() for layer in compared} <= {layer.id() for layer in found} else compared
    )


def _view_settings(comparison: Comparison) -> QgsMapSettings:
    """What is drawn of the map, in pictures that videos take."""
    settings = QgsMapSettings(comparison.seen())
    size = settings.outputSize()
    shrink = min(1.0, LARGEST / max(size.width(), size.height()))
    # Even numbers of pixels: what video wants.
    settings.setOutputSize(
        QSize(int(size.width() * shrink) // 2 * 2, int(size.height() * shrink) // 2 * 2)
    )
    settings.setDevicePixelRatio(1.0)
    settings.setIsTemporal(False)
    settings.setBackgroundColor(comparison.canvas.canvasColor())
    return settings
