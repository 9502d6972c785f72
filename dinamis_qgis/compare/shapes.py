"""Where each scene shows: the ways of comparing, their geometry, and what a change of it makes to
repaint. Canvas pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF
from qgis.PyQt.QtGui import QPainterPath, QPolygonF


class Mode(Enum):
    """The ways of comparing, in the order of the bar and of the keys 1 to 7."""

    VERTICAL = "swipe-vertical"
    HORIZONTAL = "swipe-horizontal"
    ANGLE = "swipe-angle"
    SPYGLASS = "spyglass"
    BLINK = "blink"
    OPACITY = "opacity"
    BESIDE = "side-by-side"


LINES = (Mode.VERTICAL, Mode.HORIZONTAL, Mode.ANGLE)
GRAB = 10
"""How near the line the mouse must be to take it, pixels."""
KNOB = 96
"""How far from the grip the knob is that turns the line, pixels."""
MARGIN = 18
"""What the line, its grip and its shadow take on either side, pixels."""
LABEL = 320
"""Room of a scene's label, pixels; with its frame it is ``LABEL + 14`` wide.

Longer ones are elided.
"""
STRIPS = 8
"""A slanted line is painted again in so many strips: their corners are all that is painted in vain.
"""


@dataclass
class SwipeState:
    """``x, y`` (0 to 1) is where the line or the glass is; ``angle`` of the line in degrees, 0 is
    upright, clockwise.

    ``radius`` of the glass in pixels, ``opacity`` (0 to 1) of the second scene, ``rate`` of
    blinking in changes a second, ``second`` says which scene blinking shows now.
    """

    mode: Mode = Mode.VERTICAL
    x: float = 0.5
    y: float = 0.5
    angle: float = 30.0
    radius: float = 140.0
    opacity: float = 0.5
    rate: float = 1.5
    second: bool = False

    def centre(self, size: QSizeF, ratio: float = 1.0) -> QPointF:
        """On whole device pixels, so that both sides of the line are whole."""
        return QPointF(
            round(self.x * size.width() * ratio) / ratio,
            round(self.y * size.height() * ratio) / ratio,
        )

    def tilt(self) -> float:
        """The line's angle in this mode."""
        return {Mode.VERTICAL: 0.0, Mode.HORIZONTAL: 90.0}.get(self.mode, self.angle)

    def along(self) -> QPointF:
        """Unit vector along the line (upwards when upright)."""
        turn = math.radians(self.tilt())
        return QPointF(math.sin(turn), -math.cos(turn))

    def knob(self, size: QSizeF) -> QPointF:
        """What turns the line."""
        return self.centre(size) + self.along() * KNOB

    def distance(self, point: QPointF, size: QSizeF) -> float:
        """From the line, pixels; positive on the second scene's side."""
        away, along = point - self.centre(size), self.along()
        return float(-along.y() * away.x() + along.x() * away.y())


def second_region(
    state: SwipeState, size: QSizeF, ratio: float = 1.0
) -> QRectF | QPainterPath | None:
    """Where the second scene shows; None for nowhere, the whole view when everywhere."""
    whole = QRectF(QPointF(0, 0), size)
    centre = state.centre(size, ratio)
    if state.mode is Mode.VERTICAL:
        return QRectF(centre.x(), 0, size.width() - centre.x(), size.height())
    if state.mode is Mode.HORIZONTAL:
        return QRectF(0, centre.y(), size.width(), size.height() - centre.y())
    if state.mode is Mode.ANGLE:
        return _half_plane(state, centre, whole)
    if state.mode is Mode.SPYGLASS:
        path = QPainterPath()
        path.addEllipse(centre, state.radius, state.radius)
        return path
    if state.mode is Mode.BLINK:
        return whole if state.second else None
    return whole if state.mode is Mode.OPACITY and state.opacity > 0 else None


def _half_plane(state: SwipeState, centre: QPointF, whole: QRectF) -> QPainterPath:
    reach = 2 * math.hypot(whole.width(), whole.height())
    along = state.along()
    across = QPointF(-along.y(), along.x())
    path = QPainterPath()
    ends = centre - along * reach, centre + along * reach
    path.addPolygon(
        QPolygonF([ends[0], ends[1], ends[1] + across * reach, ends[0] + across * reach, ends[0]])
    )
    return path


def touched_areas(before: SwipeState, after: SwipeState, size: QSizeF) -> list[QRectF]:
    """What must be painted again when ``before`` becomes ``after``."""
    one, two = before.centre(size), after.centre(size)
    if before.mode is not after.mode or after.mode in (Mode.BLINK, Mode.OPACITY, Mode.BESIDE):
        return [QRectF(QPointF(0, 0), size)]
    if after.mode is Mode.VERTICAL:
        left, right = min(one.x(), two.x()), max(one.x(), two.x())
        return [QRectF(left - MARGIN, 0, right - left + 2 * MARGIN, size.height())]
    if after.mode is Mode.HORIZONTAL:
        top, bottom = min(one.y(), two.y()), max(one.y(), two.y())
        return [QRectF(0, top - MARGIN, size.width(), bottom - top + 2 * MARGIN)]
    if after.mode is Mode.ANGLE:
        return _swept_strips((before, after), size)
    reach = max(before.radius, after.radius) + MARGIN
    wide = max(reach, LABEL / 2 + 8)  # the label below the glass may be wider than it
    frame = QRectF(-wide, -reach, 2 * wide, 2 * reach + 30)
    return [frame.translated(one).united(frame.translated(two))]


def _swept_strips(states: tuple[SwipeState, SwipeState], size: QSizeF) -> list[QRectF]:
    """Between two slanted lines, as a stair of strips across the way they run; their grips and
    knobs.
    """
    marks = [
        QRectF(-MARGIN, -MARGIN, 2 * MARGIN, 2 * MARGIN).translated(at)
        for s in states
        for at in (s.centre(size), s.knob(size))
    ]
    upright = sum(abs(state.along().y()) - abs(state.along().x()) for state in states) > 0
    ways = [state.along().y() if upright else state.along().x() for state in states]
    # turned far: the sides may have changed places
    if ways[0] * ways[1] < 0 or min(abs(way) for way in ways) < 0.5:
        return [QRectF(QPointF(0, 0), size)]
    long, wide = (size.height(), size.width()) if upright else (size.width(), size.height())
    strips = []
    for number in range(STRIPS):
        ends = (long * number / STRIPS, long * (number + 1) / STRIPS)
        across = [_line_crossing(state, size, end, upright) for state in states for end in ends]
        low, high = max(0.0, min(across) - MARGIN), min(wide, max(across) + MARGIN)
        if high > low:
            strip = QRectF(ends[0], low, ends[1] - ends[0], high - low)
            strips.append(
                QRectF(strip.y(), strip.x(), strip.height(), strip.width()) if upright else strip
            )
    return strips + marks


def _line_crossing(state: SwipeState, size: QSizeF, at: float, upright: bool) -> float:
    """Where the line crosses the row ``at`` (the column, when it is not upright)."""
    centre, along = state.centre(size), state.along()
    if upright:
        return float(centre.x() + (at - centre.y()) * along.x() / along.y())
    return float(centre.y() + (at - centre.x()) * along.y() / along.x())
