"""The animated GIF: readable by another program, as many frames, the right colours and times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dinamis_qgis.core.change.gif import write_gif
from dinamis_qgis.core.errors import Cancelled, StorageError
from dinamis_qgis.core.net.http import Cancel


def frame(color: tuple[int, int, int]) -> np.ndarray:
    made = np.zeros((60, 90, 3), np.uint8)
    made[:] = color
    made[10:20, 30:50] = (255, 255, 255)
    return made


def test_frames_colours_and_times(tmp_path: Path) -> None:
    images = pytest.importorskip("PIL.Image", reason="another reader")
    path = tmp_path / "a.gif"
    colors = [(200, 30, 30), (30, 200, 30), (30, 30, 200)]
    write_gif(path, (frame(color) for color in colors), 1.5)
    with images.open(path) as animation:
        assert (
            animation.n_frames == 3 and animation.size == (90, 60) and animation.info["loop"] == 0
        )
        for number, color in enumerate(colors):
            animation.seek(number)
            assert animation.info["duration"] == 1500
            shown = animation.convert("RGB")
            assert np.abs(np.array(shown.getpixel((5, 5))) - color).max() <= 8
            assert min(shown.getpixel((40, 15))) >= 247


def test_cancelled_and_unwritable(tmp_path: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        write_gif(tmp_path / "a.gif", [frame((1, 2, 3))], 1, cancel)
    assert not (tmp_path / "a.gif").exists()
    with pytest.raises(StorageError):
        write_gif(tmp_path / "no" / "a.gif", [frame((1, 2, 3))], 1)
