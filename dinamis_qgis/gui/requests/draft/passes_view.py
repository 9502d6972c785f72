"""Feasibility: the passes of the satellite on a line of time, the higher the nearer to the
vertical; one chosen shows its swath.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qgis.PyQt.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.tasking.channel import Opportunity
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.sent.list_model import local_time

REACH = 8
STEEPEST = 45.0


class PassesView(QWidget):
    """A timeline from the first to the last day; arrows, the mouse and Tab choose a pass
    (``chosen``: its index, −1 for none).
    """

    chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passesView")
        self.setAccessibleName(tr("Passes of the satellite"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.passes: tuple[Opportunity, ...] = ()
        self.current = -1
        self._span: tuple[datetime, datetime] | None = None

    def show_passes(
        self, passes: tuple[Opportunity, ...], start: datetime | None, end: datetime | None
    ) -> None:
        """Show these between two moments."""
        self.passes, self.current = passes, -1
        self._span = (start, end) if start is not None and end is not None and end > start else None
        self.setVisible(bool(passes) and self._span is not None)
        self.update()

    def choose(self, index: int) -> None:
        """Make a pass stand out; its words go to the screen reader too."""
        self.current = index if 0 <= index < len(self.passes) else -1
        self.setAccessibleDescription(
            pass_text(self.passes[self.current]) if self.current >= 0 else ""
        )
        self.update()
        self.chosen.emit(self.current)

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Three lines of text high."""
        return QSize(120, self.fontMetrics().height() * 4)

    def place(self, index: int) -> QPointF:
        """Where a pass is painted."""
        one = self.passes[index]
        first, last = self._span or (one.start, one.start)
        whole = max(1.0, (last - first).total_seconds())
        x = 6 + (self.width() - 12) * min(
            1.0, max(0.0, (one.start - first).total_seconds() / whole)
        )
        angle = _pass_number(one, "view:incidence_angle", "view:off_nadir", "incidence_angle")
        room = self._axis() - 10
        return QPointF(
            x, 6 + room * min(1.0, (angle if angle is not None else STEEPEST / 2) / STEEPEST)
        )

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The axis with its days, and a stem with a dot per pass: hollow where clouds are
        likely.
        """
        if self._span is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, grey = (
            self.palette().color(QPalette.ColorRole.Text),
            self.palette().color(QPalette.ColorRole.Mid),
        )
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        axis = self._axis()
        painter.setPen(QPen(grey, 1))
        painter.drawLine(QPointF(4, axis), QPointF(self.width() - 4, axis))
        for index in range(len(self.passes)):
            self._paint_pass(
                painter, index, accent if index != self.current else QColor("#d98200"), axis
            )
        painter.setPen(text)
        words = QLocale()
        first, last = (
            words.toString(_as_qdate(m), QLocale.FormatType.ShortFormat) for m in self._span
        )
        below = QRectF(4, axis + 2, self.width() - 8, self.fontMetrics().height())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), first)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), last)
        painter.end()

    @contain_faults()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """A tool tip over a pass."""
        index = self._at(event.pos())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
        )
        if index >= 0:
            QToolTip.showText(self.mapToGlobal(event.pos()), pass_text(self.passes[index]), self)

    @contain_faults()
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """Choose the pass under the mouse, or none."""
        self.choose(self._at(event.pos()))

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Left and right go through the passes."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and self.passes:
            self.choose(min(len(self.passes) - 1, max(0, self.current + step)))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt)
        """Another theme, another font."""
        super().changeEvent(event)
        self.updateGeometry()

    def _axis(self) -> float:
        return float(self.height() - self.fontMetrics().height() - 4)

    def _paint_pass(self, painter: QPainter, index: int, colour: QColor, axis: float) -> None:
        place = self.place(index)
        cloud = _pass_number(self.passes[index], "eo:cloud_cover", "cloud_cover")
        painter.setPen(QPen(colour, 2 if index == self.current else 1))
        painter.drawLine(place, QPointF(place.x(), axis))
        painter.setBrush(
            colour
            if cloud is None or cloud <= 50
            else self.palette().color(QPalette.ColorRole.Base)
        )
        radius = 5 if index == self.current else 3.5
        painter.drawEllipse(place, radius, radius)

    def _at(self, position: Any) -> int:
        best, least = -1, float(REACH)
        for index in range(len(self.passes)):
            away = self.place(index) - QPointF(position)
            distance = min(abs(away.x()) + (max(away.y(), 0)), 1e9)
            if distance <= least:
                best, least = index, distance
        return best


def pass_text(one: Opportunity) -> str:
    """When, with which satellite, at what angle, under which clouds (a climate, not a forecast)."""
    angle = _pass_number(one, "view:incidence_angle", "view:off_nadir", "incidence_angle")
    cloud = _pass_number(one, "eo:cloud_cover", "cloud_cover")
    parts = [local_time(one.start), platform_label(str(one.properties.get("platform") or ""))]
    parts.append(f"∠ {angle:.0f}°" if angle is not None else "")
    parts.append(tr("☁ {value} % usual").format(value=f"{cloud:.0f}") if cloud is not None else "")
    return " · ".join(p for p in parts if p)


def passes_sentence(passes: tuple[Opportunity, ...]) -> str:
    """How many chances there are, and when the first is."""
    if not passes:
        return ""
    text = tr("Passes of the satellite in the period: {count}, the first on {moment}.")
    return text.format(count=len(passes), moment=local_time(passes[0].start))


def _pass_number(one: Opportunity, *names: str) -> float | None:
    value = next(
        (one.properties[n] for n in names if isinstance(one.properties.get(n), (int, float))), None
    )
    return float(value) if value is not None else None


def _as_qdate(moment: datetime) -> Any:
    from qgis.PyQt.QtCore import QDate

    return QDate(moment.year, moment.month, moment.day)
