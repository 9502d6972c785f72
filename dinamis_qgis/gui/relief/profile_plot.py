"""A profile drawn: heights over the distance, one line for each model, values under the mouse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QLocale, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QWidget

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.elevation.profile_line import HeightProfile

COLOURS = ("#2f9e5b", "#8f5b3a", "#2b6cb0", "#c9463d")
"""Of the lines, in their order; each is named in the legend."""


class ProfilePlot(QWidget):
    """``show_profiles``; ``pointed`` tells the place of the line under the mouse, None off it."""

    pointed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reliefProfile")
        self.setMouseTracking(True)
        self._profiles: Sequence[tuple[str, HeightProfile]] = ()
        self._at: float | None = None
        self.setAccessibleName(tr("Profile of heights"))

    @contain_faults(QSize())
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Wide rather than high."""
        return QSize(280, 170)

    @contain_faults(QSize())
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """In a dock of 308 pixels."""
        return QSize(160, 120)

    def show_profiles(self, profiles: Sequence[tuple[str, HeightProfile]]) -> None:
        """(name, profile) along one line; empty clears the plot."""
        self._profiles, self._at = tuple(profiles), None
        self.update()

    def value_lines(self, distance: float) -> list[str]:
        """What is read at a distance: a line for each model."""
        import numpy as np

        found = []
        for name, profile in self._profiles:
            height = float(np.interp(distance, profile.distances, profile.heights))
            text = "–" if math.isnan(height) else f"{QLocale().toString(height, 'f', 1)} m"
            found.append(f"{text} · {name}")
        return found

    @contain_faults()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """Read the heights there."""
        frame = self._frame()
        if not self._profiles or frame.width() <= 0:
            return
        place = event.position() if hasattr(event, "position") else QPointF(event.pos())
        share = (place.x() - frame.left()) / frame.width()
        self._at = share * self._length() if 0 <= share <= 1 else None
        self.pointed.emit(self._place_at(self._at))
        self.update()

    @contain_faults()
    def leaveEvent(self, event: Any) -> None:  # noqa: N802 (Qt)
        """Nothing is read."""
        self._at = None
        self.pointed.emit(None)
        self.update()

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """Axes, lines, legend, what is under the mouse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.palette().color(QPalette.ColorRole.Text)
        painter.setPen(text)
        span = self._span()
        if span is None:
            painter.drawText(
                self.rect().adjusted(8, 8, -8, -8),
                int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap),
                tr("Draw a line on the map: its profile appears here."),
            )
            return
        frame = self._frame()
        self._paint_axes(painter, frame, span)
        for number, (_, profile) in enumerate(self._profiles):
            painter.setPen(QPen(QColor(COLOURS[number % len(COLOURS)]), 1.6))
            painter.drawPath(self._path(profile, frame, span))
        self._paint_legend(painter, frame)

    def _frame(self) -> QRectF:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("0000 m") + 8
        top = metrics.height() * (len(self._profiles) + 0.5)
        return QRectF(left, top, self.width() - left - 8, self.height() - top
                      - metrics.height() * 1.6)  # fmt: skip

    def _length(self) -> float:
        return float(self._profiles[0][1].distances[-1]) if self._profiles else 0.0

    def _span(self) -> tuple[float, float] | None:
        """Lowest and highest of all; None where nothing is known."""
        import numpy as np

        known = [p.heights[np.isfinite(p.heights)] for _, p in self._profiles]
        values = np.concatenate(known) if known else np.empty(0)
        if not values.size:
            return None
        low, high = float(values.min()), float(values.max())
        room = max(1.0, 0.05 * (high - low))
        return low - room, high + room

    def _paint_axes(self, painter: QPainter, frame: QRectF, span: tuple[float, float]) -> None:
        metrics = self.fontMetrics()
        text = self.palette().color(QPalette.ColorRole.Text)
        pale = QColor(text)
        pale.setAlpha(60)
        for value in round_ticks(*span, most=max(2, int(frame.height() // (2 * metrics.height())))):
            y = frame.bottom() - (value - span[0]) / (span[1] - span[0]) * frame.height()
            painter.setPen(pale)
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(text)
            box = QRectF(0, y - metrics.height() / 2, frame.left() - 4, metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), f"{value:g} m")
        length = self._length()
        wide = metrics.horizontalAdvance("0000 km") + 12
        for value in round_ticks(0, length, most=max(2, int(frame.width() // wide))):
            x = frame.left() + value / length * frame.width()
            label = f"{value / 1000:g} km" if length >= 2000 else f"{value:g} m"
            box = QRectF(x - wide / 2, frame.bottom() + 3, wide, metrics.height())
            box.moveRight(min(box.right(), self.width() - 1.0))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), label)

    def _path(
        self, profile: HeightProfile, frame: QRectF, span: tuple[float, float]
    ) -> QPainterPath:
        """One piece for each stretch that is known."""
        path, drawing = QPainterPath(), False
        length = max(self._length(), 1e-9)
        for distance, height in zip(profile.distances, profile.heights):
            if math.isnan(height):
                drawing = False
                continue
            x = frame.left() + distance / length * frame.width()
            y = frame.bottom() - (height - span[0]) / (span[1] - span[0]) * frame.height()
            if drawing:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
            drawing = True
        return path

    def _paint_legend(self, painter: QPainter, frame: QRectF) -> None:
        """The names; while the mouse is on the plot, the heights there."""
        metrics = self.fontMetrics()
        text = self.palette().color(QPalette.ColorRole.Text)
        names = [name for name, _ in self._profiles]
        if self._at is not None:
            names = self.value_lines(self._at)
            x = frame.left() + self._at / max(self._length(), 1e-9) * frame.width()
            painter.setPen(QPen(text, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        for number, name in enumerate(names):
            y = metrics.height() * number + 2
            painter.setPen(QPen(QColor(COLOURS[number % len(COLOURS)]), 3))
            middle = y + metrics.height() / 2
            painter.drawLine(QPointF(6, middle), QPointF(22, middle))
            painter.setPen(text)
            box = QRectF(28, y, self.width() - 34, metrics.height())
            short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), short)

    def _place_at(self, distance: float | None) -> Any:
        """(x, y) of the line in the map's system."""
        import numpy as np

        if distance is None or not self._profiles:
            return None
        profile = self._profiles[0][1]
        return tuple(
            float(np.interp(distance, profile.distances, profile.places[:, axis]))
            for axis in (0, 1)
        )


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """At most about ``most`` round numbers from ``low`` to ``high``."""
    if not high > low:
        return [low]
    rough = (high - low) / max(1, most)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = math.ceil(low / step)
    return [round(n * step, 10) for n in range(first, math.floor(high / step) + 1)]
