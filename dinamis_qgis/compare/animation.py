"""The dates over the view as a GIF, or an MP4 where ffmpeg is at hand; drawn and written in the background."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QPointF, QProcess, QSize
from qgis.PyQt.QtGui import QImage, QPainter

from dinamis_qgis.bridge import tasks
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.sides import Side, copy
from dinamis_qgis.compare.view import draw_label
from dinamis_qgis.core.change.gif import write_gif
from dinamis_qgis.core.errors import DinamisError, ServiceError
from dinamis_qgis.core.text import tr

LARGEST = 1280
"""Pixels of the longer side."""


def can_make_video() -> bool:
    """Whether ffmpeg is at hand."""
    return shutil.which("ffmpeg") is not None


class Animator(QObject):
    """Draws date after date with the comparison's stretch; ``done(path)`` or ``failed(error)`` on the GUI thread."""

    def __init__(
        self, comparison: Comparison, target: Path, seconds: float, done: Callable[[Path], None], failed: Callable[[DinamisError], None]
    ) -> None:
        super().__init__(comparison)
        self._comparison, self._target, self._seconds = comparison, target, seconds
        self._done, self._failed = done, failed
        self._layers = comparison.candidates() if len(comparison.candidates()) >= 2 else comparison.originals()
        self._frames: list[QImage] = []
        self._rendering: QgsMapRendererParallelJob | None = None
        self._folder: Path | None = None
        self._process: QProcess | None = None
        comparison.ended.connect(self.stop)
        self._next()

    def stop(self) -> None:
        """Give up."""
        if self._rendering is not None:
            self._rendering.finished.disconnect()
            self._rendering.cancelWithoutBlocking()
            self._rendering = None
        if self._process is not None:
            self._process.kill()
        self._clean()

    def _side(self, layer: QgsRasterLayer) -> Side:
        known = next((side for side in self._comparison.sides or () if side.original.id() == layer.id()), None)
        if known is not None:
            return known
        context = self._comparison.context
        made = copy(layer, context.profile if context else None)
        self._comparison.stretch_like(made)
        return made

    def _next(self) -> None:
        if len(self._frames) == len(self._layers):
            self._write()
            return
        side = self._side(self._layers[len(self._frames)])
        settings = QgsMapSettings(self._comparison.canvas.mapSettings())
        size = settings.outputSize()
        shrink = min(1.0, LARGEST / max(size.width(), size.height()))
        # Even numbers of pixels: what video wants.
        settings.setOutputSize(QSize(int(size.width() * shrink) // 2 * 2, int(size.height() * shrink) // 2 * 2))
        settings.setDevicePixelRatio(1.0)
        settings.setIsTemporal(False)
        settings.setBackgroundColor(self._comparison.canvas.canvasColor())
        layers: list[QgsMapLayer] = [*self._comparison.shown_vectors(), side.layer]
        settings.setLayers(layers)
        job = QgsMapRendererParallelJob(settings)
        job.finished.connect(lambda: self._drawn(job, side))
        self._rendering = job
        job.start()

    def _drawn(self, job: QgsMapRendererParallelJob, side: Side) -> None:
        image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB888)
        self._rendering = None
        job.deleteLater()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        credit = " · ".join(part for part in (side.facts.label(), side.facts.credit) if part)
        draw_label(painter, credit, QPointF(12, image.height() - 12), 0.0)
        painter.end()
        self._frames.append(image)
        self._next()

    def _write(self) -> None:
        self._layers = []
        frames, target, seconds = self._frames, self._target, self._seconds
        if target.suffix.lower() == ".mp4" and can_make_video():
            self._video()
            return

        def work(job: tasks.Job) -> None:
            write_gif(target, (_pixels(frame) for frame in frames), seconds, job.cancel)

        tasks.run(work, done=lambda _: self._done(target), failed=self._failed, parent=self, title="animation")

    def _video(self) -> None:
        """Frames as files, then ffmpeg."""
        folder = self._folder = Path(tempfile.mkdtemp(prefix="dinamis-frames-"))
        frames = self._frames

        def save(job: tasks.Job) -> None:
            for number, frame in enumerate(frames):
                job.cancel.check()
                frame.save(str(folder / f"{number:04d}.png"))

        tasks.run(save, done=lambda _: self._encode(folder), failed=self._failed, parent=self, title="frames")

    def _encode(self, folder: Path) -> None:
        process = self._process = QProcess(self)
        process.finished.connect(self._encoded)
        rate = f"{1 / self._seconds:.4f}"
        process.start(
            "ffmpeg",
            ["-y", "-framerate", rate, "-i", str(folder / "%04d.png"), "-r", "25", "-pix_fmt", "yuv420p", str(self._target)],
        )

    def _encoded(self, code: int, *_: Any) -> None:
        self._process = None
        self._clean()
        if code == 0:
            self._done(self._target)
        else:
            self._failed(ServiceError(tr("The animation could not be made."), tr("Choose GIF instead."), code="video"))

    def _clean(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _pixels(image: QImage) -> Any:
    """(height, width, 3) uint8."""
    import numpy as np

    bits = image.constBits()
    bits.setsize(image.sizeInBytes() if hasattr(image, "sizeInBytes") else image.byteCount())
    rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
