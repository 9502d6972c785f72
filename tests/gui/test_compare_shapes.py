"""What is painted again when the line or the glass moves: all that changed, and little more."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from qgis.PyQt.QtCore import QPointF, QSizeF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from dinamis_qgis.compare.canvas.view import draw_label
from dinamis_qgis.compare.shapes import LINES, Mode, SwipeState, second_region, touched_areas

SIZE = QSizeF(800, 450)


def painted(state: SwipeState) -> Any:
    """The halves, the line with its grip and its knob, or the glass and the longest label: as large
    as the map has them.
    """
    image = QImage(SIZE.toSize(), QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    region = second_region(state, SIZE)
    if isinstance(region, QPainterPath):
        painter.fillPath(region, QColor(120, 120, 120))
    elif region is not None:
        painter.fillRect(region, QColor(120, 120, 120))
    painter.setPen(QPen(QColor(255, 255, 255), 5.0))
    if state.mode in LINES:
        centre, reach = state.centre(SIZE), 2000.0
        painter.drawLine(centre - state.along() * reach, centre + state.along() * reach)
        painter.drawEllipse(centre, 12.0, 12.0)
        if state.mode is Mode.ANGLE:
            painter.drawEllipse(state.knob(SIZE), 7.0, 7.0)
    elif state.mode is Mode.SPYGLASS:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(state.centre(SIZE)), state.radius, state.radius)
        draw_label(
            painter,
            "27 juillet 2022 · Pléiades " * 4,
            state.centre(SIZE) + QPointF(0, state.radius + 32),
            0.5,
        )
    painter.end()
    bits = image.constBits()
    bits.setsize(image.bytesPerLine() * image.height())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), -1)[:, : image.width()].copy()


def covered(before: SwipeState, after: SwipeState) -> Any:
    mask = np.zeros((int(SIZE.height()), int(SIZE.width())), bool)
    for part in touched_areas(before, after, SIZE):
        box = part.toAlignedRect()
        mask[
            max(0, box.top()) : max(0, box.bottom() + 1),
            max(0, box.left()) : max(0, box.right() + 1),
        ] = True
    return mask


@pytest.mark.parametrize(
    "mode", [Mode.VERTICAL, Mode.HORIZONTAL, Mode.ANGLE, Mode.SPYGLASS, Mode.OPACITY, Mode.BLINK]
)
def test_all_that_changes_is_painted(mode: Mode) -> None:
    rng = np.random.default_rng(list(Mode).index(mode))
    for _ in range(200):
        x, y = rng.uniform(0, 1, 2)
        angle = float(rng.choice([0, 45, 90, 135, 180, 270, *rng.uniform(0, 360, 6)]))
        before = SwipeState(
            mode,
            float(x),
            float(y),
            angle,
            float(rng.uniform(40, 200)),
            second=bool(rng.integers(2)),
        )
        turn = float(rng.choice([0, 0, 2, 20, 90, 180])) if mode is Mode.ANGLE else 0.0
        dx, dy = rng.normal(0, 0.1, 2)
        after = SwipeState(
            mode,
            min(1, max(0, x + dx)),
            min(1, max(0, y + dy)),
            (angle + turn) % 360,
            before.radius,
            second=not before.second,
        )
        missed = (painted(before) != painted(after)) & ~covered(before, after)
        assert not missed.any(), (before, after, np.argwhere(missed)[:3])


@pytest.mark.parametrize("angle", [0, 30, 63.4, 90, 120, 200])
def test_a_small_move_paints_little(angle: float) -> None:
    before = SwipeState(Mode.ANGLE, 0.5, 0.5, angle)
    mask = covered(before, SwipeState(Mode.ANGLE, 0.5 + 8 / SIZE.width(), 0.5, angle))
    length = SIZE.height() / max(0.5, abs(math.cos(math.radians(angle))))
    assert 0.02 < mask.mean() < 0.35 and mask.sum() < 140 * length
