"""The dates as a GIF and as a video: what is in the file, given up in the middle, a full disk, no
ffmpeg, a ffmpeg that fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest

from dinamis_qgis.bridge.layouts.pixels import rgb_array
from dinamis_qgis.bridge.layouts.video import write_video
from dinamis_qgis.compare import swipe
from dinamis_qgis.compare.canvas import sides
from dinamis_qgis.compare.output import animation, dialogs
from dinamis_qgis.compare.output.animation import Animator
from dinamis_qgis.compare.output.dialogs import AnimationDialog, SheetDialog, make_animation
from dinamis_qgis.compare.output.sheet import Maker, sheet_of
from dinamis_qgis.core.change.difference import Kind
from dinamis_qgis.core.errors import DinamisError, ServiceError, StorageError
from tests.gui.test_compare import comparison, files, layers  # noqa: F401

# GDAL 3.7 and later, where a test makes an image.
pytestmark = pytest.mark.filterwarnings("ignore:Neither (gdal|osr|ogr).UseExceptions:FutureWarning")

needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffmpeg") is None, reason="ffmpeg is not installed: no video can be made here"
)


class Outcome:
    """What a maker said, and the pictures it put in the file."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[DinamisError] = []
        self.ended: list[int] = []

    def animate(self, comparison: Any, target: Path, seconds: float = 0.5) -> Animator:
        made = Animator(comparison, target, seconds, self.done.append, self.failed.append)
        made.ended.connect(lambda: self.ended.append(1))
        return made


def frame_at(video: Path, seconds: float, size: tuple[int, int]) -> Any:
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-ss",
        str(seconds),
        "-i",
        str(video),
        "-frames:v",
        "1",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-",
    ]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(data, np.uint8).reshape(size[1], size[0], 3)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Another programme where ffmpeg is looked for first."""
    folder.mkdir()
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@needs_ffmpeg
def test_video_shows_each_date_in_turn(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said, target, frames = Outcome(), tmp_path / "dates.mp4", []
    target.write_bytes(b"an older one")

    def watched(path: Path, drawn: Any, *rest: Any) -> None:
        frames.extend(rgb_array(frame) for frame in drawn)
        write_video(path, drawn, *rest)

    monkeypatch.setattr(animation, "write_video", watched)
    said.animate(comparison, target, 0.8)
    wait_until(lambda: said.ended, what="the video")
    assert said.done == [target] and not said.failed
    assert os.listdir(tmp_path) == ["dates.mp4"], "nothing but the video is left"
    height, width = frames[0].shape[:2]
    assert len(frames) == 3
    for number in range(3):
        for moment in (0.1, 0.6):
            shown = frame_at(target, 0.8 * number + moment, (width, height)).astype(int)
            errors = [float(np.abs(shown - other).mean()) for other in frames]
            assert errors.index(min(errors)) == number and errors[number] < 6, (
                number,
                moment,
                errors,
            )
    length = subprocess.run(
        [
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "format=duration",
            "-of",
            "csv=p=0",
            str(target),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert float(length) == pytest.approx(2.4, abs=0.1)


def test_given_up_while_drawing(comparison: Any, tmp_path: Path) -> None:
    for name in ("a.gif", "a.mp4"):
        said = Outcome()
        said.animate(comparison, tmp_path / name).stop()
        QTest.qWait(300)
        assert said.ended == [1] and not said.done and not said.failed
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_given_up_while_writing(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Through the bar's own row; the programme that writes is gone too, an older file stays."""
    pid = tmp_path / "pid"
    stand_in(
        tmp_path / "bin",
        monkeypatch,
        f'for last; do :; done; echo begun > "$last"; echo $$ > {pid}; exec sleep 300',
    )
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.mp4").write_bytes(b"an older one")
    bar = swipe.comparison_bar(comparison.canvas)
    bar._watch(make_animation(comparison, out / "a.mp4", 0.5), "Animation")
    assert bar.doing.isVisible() and not bar.animation.isEnabled() and not bar.sheet.isEnabled()
    wait_until(lambda: pid.exists() and pid.read_text().strip(), what="the programme")
    number = int(pid.read_text())
    assert sorted(os.listdir(out)) == [".a.part.mp4", "a.mp4"]
    QTest.mouseClick(bar.doing.cancel, Qt.MouseButton.LeftButton)
    wait_until(lambda: os.listdir(out) == ["a.mp4"], what="nothing left behind")
    assert (out / "a.mp4").read_bytes() == b"an older one"
    wait_until(lambda: gone(number), what="the programme gone")
    assert not bar.doing.isVisible() and bar.animation.isEnabled() and bar.sheet.isEnabled()


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_end_of_the_comparison_ends_it(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_in(tmp_path / "bin", monkeypatch, f"touch {tmp_path / 'begun'}; exec sleep 300")
    out, said = tmp_path / "out", Outcome()
    out.mkdir()
    said.animate(comparison, out / "a.mp4")
    wait_until((tmp_path / "begun").exists, what="the programme")
    swipe.stop_comparison(comparison.canvas)
    wait_until(lambda: not os.listdir(out), what="nothing left behind")
    assert said.ended == [1] and not said.done and not said.failed


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize("script", ["echo unknown encoder >&2; exit 1", "kill -9 $$", "exit 0"])
def test_a_programme_that_fails(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    script: str,
) -> None:
    stand_in(tmp_path / "bin", monkeypatch, script)
    out, said = tmp_path / "out", Outcome()
    out.mkdir()
    said.animate(comparison, out / "a.mp4")
    wait_until(lambda: said.ended, what="the end")
    assert not said.done and len(said.failed) == 1 and not os.listdir(out)
    assert (
        isinstance(said.failed[0], (ServiceError, StorageError))
        and "Traceback" not in said.failed[0].sentence()
    )
    if "encoder" in script:
        assert "GIF" in said.failed[0].sentence() and "unknown encoder" in said.failed[0].details


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 kB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = (
        shutil.which("mount")
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("a disk of its own cannot be mounted here (needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("name", ["a.gif", pytest.param("a.mp4", marks=needs_ffmpeg)])
def test_full_disk(
    comparison: Any, tiny_disk: Path, wait_until: Callable[..., None], name: str
) -> None:
    said = Outcome()
    said.animate(comparison, tiny_disk / name)
    wait_until(lambda: said.ended, what="the end")
    assert [error.code for error in said.failed] == ["disk-full"] and not said.done
    assert name in said.failed[0].sentence() and not os.listdir(tiny_disk)


def test_full_disk_and_a_sheet(
    comparison: Any, tiny_disk: Path, wait_until: Callable[..., None]
) -> None:
    said = Outcome()
    maker = Maker(
        comparison,
        sheet_of(comparison, None),
        tiny_disk / "sheet.pdf",
        None,
        said.done.append,
        said.failed.append,
    )
    wait_until(lambda: maker.over, what="the end")
    assert (
        [error.code for error in said.failed] == ["disk-full"]
        and not said.done
        and not os.listdir(tiny_disk)
    )


def test_a_folder_that_is_not_there(
    comparison: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    for name in ("a.gif", "a.mp4"):
        said = Outcome()
        said.animate(comparison, tmp_path / "no" / name)
        wait_until(lambda said=said: said.ended, what="the end")
        assert len(said.failed) == 1 and isinstance(said.failed[0], StorageError)


def test_without_ffmpeg_a_gif_and_the_reason(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dialog = AnimationDialog(comparison)
    assert [dialog.kind.itemData(k) for k in range(dialog.kind.count())] == ["gif"]
    assert not dialog.note.isHidden() and "ffmpeg" in dialog.note.text()
    assert dialog.target().suffix == ".gif"


def test_with_ffmpeg_the_format_is_a_choice(
    comparison: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "find_ffmpeg", lambda: "/usr/bin/ffmpeg")
    dialog = AnimationDialog(comparison)
    assert dialog.note.isHidden() and "3" in dialog.dates.text() and "4.5" in dialog.dates.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData("mp4"))
    assert dialog.target().suffix == ".mp4" and dialog.target().stem.count("2022-") == 2
    dialog.seconds.setValue(2)
    assert "6" in dialog.dates.text()


def test_names_of_files(comparison: Any, layers: list[QgsRasterLayer], tmp_path: Path) -> None:
    """Nobody's earlier sheet is written over unasked; a name without ending gets it; no name, no
    button.
    """
    dialog = SheetDialog(comparison, None)
    dialog.file.setFilePath(str(tmp_path / "fiche 12.08"))
    assert (
        dialog.target() == tmp_path / "fiche 12.08.pdf"
        and dialog.go.isEnabled()
        and dialog.replaces.isHidden()
    )
    (tmp_path / "fiche 12.08.pdf").write_bytes(b"x")
    dialog.file.setFilePath(str(tmp_path / "fiche 12.08.pdf"))
    assert not dialog.replaces.isHidden()
    dialog.offer("pdf")
    assert dialog.target() == tmp_path / "fiche 12.08_2.pdf" and dialog.replaces.isHidden()
    for said in ("", "relative.pdf", "  "):
        dialog.file.setFilePath(said)
        assert not dialog.go.isEnabled()


def test_a_sheet_given_up_leaves_nothing(
    comparison: Any, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    """While its areas are written, while a view is drawn, while the page is written; no layout is
    kept either.
    """
    bar = swipe.comparison_bar(comparison.canvas)
    bar.show_difference()
    bar.panel.choose(Kind.BURNT)
    bar.panel.detect()
    wait_until(lambda: bar.panel.change is not None and bar.panel.ready(), what="the change")
    measured = bar.panel.measured()
    assert measured.patches
    for steps in (0, 1, 2, 4):
        said, seen = Outcome(), []
        maker = Maker(
            comparison,
            sheet_of(comparison, measured),
            tmp_path / "s.pdf",
            measured,
            said.done.append,
            said.failed.append,
        )
        maker.progressed.connect(lambda share, text, seen=seen: seen.append(share))
        wait_until(lambda steps=steps, seen=seen: len(seen) >= steps, what="a step")
        writing = maker._job
        maker.stop()
        wait_until(
            lambda writing=writing: writing is None or writing.finished, what="the end of its work"
        )
        QTest.qWait(100)
        assert maker.over and not said.done and not said.failed and not os.listdir(tmp_path), steps
    assert not QgsProject.instance().layoutManager().layouts()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The pictures of every GIF written, as arrays."""
    seen: list[list[Any]] = []
    real = animation.write_gif

    def watched(path: Path, frames: Any, *rest: Any) -> None:
        seen.append([np.array(frame) for frame in frames])
        real(path, seen[-1], *rest)

    monkeypatch.setattr(animation, "write_gif", watched)
    return seen


def test_the_two_compared_are_among_the_dates(
    layers: list[QgsRasterLayer],
    files: list[tuple[str, str]],
    iface: Any,
    wait_until: Callable[..., None],
) -> None:
    """Other scenes of the project are none of the dates of two layers that have none."""
    plain = [QgsRasterLayer(files[number][0], f"ortho {number}") for number in (0, 1)]
    QgsProject.instance().addMapLayers(plain)
    for pair, dates in (
        (layers[:2], layers),
        (plain, plain),
        ([layers[1], plain[0]], [layers[1], plain[0]]),
    ):
        started = swipe.start_comparison(iface.mapCanvas(), *pair)
        wait_until(started.ready, what="both pictures")
        assert [layer.name() for layer in animation.layers_of(started)] == [
            layer.name() for layer in dates
        ]


def test_an_aligned_comparison_is_animated_aligned(
    comparison: Any, tmp_path: Path, drawn: list[list[Any]], wait_until: Callable[..., None]
) -> None:  # fmt: skip
    """The second scene's ground is where the comparison has it; what lies above does not move."""
    above = QgsVectorLayer("Polygon?crs=EPSG:2154", "above", "memory")
    square = QgsFeature()
    square.setGeometry(QgsGeometry.fromRect(comparison.originals()[0].extent().buffered(-900)))
    above.dataProvider().addFeatures([square])
    above.renderer().setSymbol(
        QgsFillSymbol.createSimple({"color": "255,0,255", "outline_style": "no"})
    )
    QgsProject.instance().addMapLayer(above)
    comparison.measure_shift(lambda shift: None, pytest.fail)
    wait_until(lambda: comparison.shift, what="the shift")
    seconds = []
    for on in (False, True):
        comparison.set_aligned(on)
        wait_until(
            lambda: above in comparison.shown_vectors() and comparison.ready(), what="both pictures"
        )
        seconds.append(comparison.second.image.convertToFormat(QImage.Format.Format_RGB888))
        said = Outcome()
        said.animate(comparison, tmp_path / f"{on}.gif")
        wait_until(lambda said=said: said.ended, what="the animation")
    (first, plain, third), (same, aligned, still) = drawn
    assert (first == same).all() and (third == still).all() and (plain != aligned).any()
    size, high = QSize(plain.shape[1], plain.shape[0]), plain.shape[0] - 60  # above the labels
    shown = [
        rgb_array(
            image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        for image in seconds
    ]
    pink = (plain == (255, 0, 255)).all(axis=2)
    assert pink.any() and (pink == (aligned == (255, 0, 255)).all(axis=2)).all(), "what lies above"
    ground = ~pink
    ground[high:] = False

    def error(frame: Any, image: Any) -> float:
        return float(np.abs(frame[ground].astype(int) - image[ground].astype(int)).mean())

    assert error(aligned, shown[1]) < error(aligned, shown[0]) and error(plain, shown[0]) < error(
        plain, shown[1]
    )


def test_nothing_done_meanwhile_changes_an_animation(
    comparison: Any,
    layers: list[QgsRasterLayer],
    tmp_path: Path,
    drawn: list[list[Any]],
    wait_until: Callable[..., None],
) -> None:
    """A date removed, another view, another stretch while it is drawn: it is of what there was."""
    for name in ("still", "moved"):
        said = Outcome()
        said.animate(comparison, tmp_path / f"{name}.gif")
        if name == "moved":
            QgsProject.instance().removeMapLayer(layers[2].id())
            layers[0].setOpacity(0.4)
            comparison.set_same_stretch(False)
            comparison.canvas.zoomByFactor(0.5)
        wait_until(lambda said=said: said.ended, what="the animation")
        assert said.done and not said.failed
    assert [len(frames) for frames in drawn] == [3, 3]
    assert all((one == two).all() for one, two in zip(*drawn))


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot be moved")
def test_a_date_is_opened_when_its_turn_comes(
    comparison: Any,
    tmp_path: Path,
    wait_until: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Thirty of them would hold the window otherwise; an image of which nothing can be read holds
    up none of the others.
    """
    made: list[int] = []

    class Watched(QgsRasterLayer):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(len(started[0]._frames) if started else -1)

    monkeypatch.setattr(sides, "QgsRasterLayer", Watched)
    said, started = Outcome(), []
    Path(comparison.candidates()[1].source()).rename(tmp_path / "away.tif")
    try:
        started.append(said.animate(comparison, tmp_path / "a.gif"))
        wait_until(lambda: said.ended, what="the animation")
    finally:
        (tmp_path / "away.tif").rename(comparison.candidates()[1].source())
    assert made == [0, 1, 2] and said.done
