"""Pictures as an MP4, where this computer has ffmpeg."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QProcess
from qgis.PyQt.QtGui import QImage

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layouts.pixels import rgb_array
from dinamis_qgis.core.errors import DinamisError, ServiceError
from dinamis_qgis.core.files import replace_atomically, why_not_written
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

RATE = 25
"""Frames a second of the video: what every player and projector takes."""
STEP_MS = 100


def find_ffmpeg() -> str:
    """Where ffmpeg is; empty when this computer does not have it."""
    return shutil.which("ffmpeg") or ""


def write_video(path: Path, frames: Sequence[QImage], seconds: float, cancel: Cancel) -> None:
    """``frames`` (of one size, even numbers of pixels), shown ``seconds`` each. Off the GUI thread.

    ``path`` is replaced only when all is written. Raises StorageError, ServiceError, Cancelled.
    """
    with replace_atomically(path) as part:
        process = QProcess()
        process.start(find_ffmpeg(), _ffmpeg_arguments(part, frames[0], seconds))
        try:
            if not process.waitForStarted():
                raise _video_failure(process.errorString())
            _feed_frames(process, frames, cancel)
        finally:
            if process.state() != QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished()
        if process.exitStatus() != QProcess.ExitStatus.NormalExit or process.exitCode() != 0:
            _raise_failure(process, part)


def _ffmpeg_arguments(part: Path, first: QImage, seconds: float) -> list[str]:
    """Frames come through a pipe: nothing but the video is written to the disk."""
    size = f"{first.width()}x{first.height()}"
    given = [
        "-f",
        "rawvideo",
        "-pixel_format",
        "rgb24",
        "-video_size",
        size,
        "-framerate",
        f"{1 / seconds:.6f}",
        "-i",
        "-",
    ]
    wanted = [
        "-r",
        str(RATE),
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
        "-f",
        "mp4",
        str(part),
    ]
    return ["-y", "-hide_banner", "-loglevel", "error", *given, *wanted]


def _feed_frames(process: QProcess, frames: Sequence[QImage], cancel: Cancel) -> None:
    """ffmpeg may end before it has everything: it says why."""
    for frame in frames:
        process.write(rgb_array(frame).tobytes())
        while process.bytesToWrite() and process.state() == QProcess.ProcessState.Running:
            cancel.check()
            process.waitForBytesWritten(STEP_MS)
    process.closeWriteChannel()
    while process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(
        STEP_MS
    ):
        cancel.check()


def _raise_failure(process: QProcess, part: Path) -> None:
    """Say why there is no video: a full disk is the person's to mend, all else is the
    programme's.
    """
    said = bytes(process.readAllStandardError()).decode("utf-8", "replace").strip()
    why = why_not_written(part)
    if why.errno == errno.ENOSPC:
        raise why
    raise _video_failure(said)


def _video_failure(said: str) -> DinamisError:
    messages.log(f"ffmpeg: {said[-1000:]}")
    return ServiceError(
        tr("The video could not be made."),
        tr("Choose GIF instead."),
        code="video",
        details=said[-300:],
    )
