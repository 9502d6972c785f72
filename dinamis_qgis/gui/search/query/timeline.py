"""Products over time as small bars, which are the period filter too: drag across them, or use the
arrows and Space.
"""

from __future__ import annotations

from datetime import date

from qgis.PyQt.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.histogram import Bin, Histogram
from dinamis_qgis.core.text import tr

EMPTY = Histogram("day", ())


class Timeline(QWidget):
    """``picked(start, end)``: days, both included; (None, None) for all dates again."""

    picked = pyqtSignal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Products over time"))
        self.histogram = EMPTY
        self._start: date | None = None
        self._end: date | None = None
        self._anchor: int | None = None
        self._cursor: int | None = None
        self._dragged = False
        self._label = QLabel(
            self
        )  # never shown: QGIS's dark themes give labels, not the palette, the colour of text
        self._label.hide()
        self._tell()

    # what it shows

    def set_histogram(self, histogram: Histogram) -> None:
        """Other bars; hidden when a single one would say nothing."""
        self.histogram = histogram
        self._anchor = self._cursor = None
        self.setVisible(len(histogram.bins) > 1)
        self._tell()
        self.update()

    def set_period(self, start: date | None, end: date | None) -> None:
        """The period searched is lit."""
        self._start, self._end = start, end
        self._anchor = self._cursor = None
        self._tell()
        self.update()

    def _tell(self) -> None:
        keys = tr(
            "Drag to choose a period; double click for all dates. Keyboard: arrows, Shift for "
            "several, Space, Esc."
        )
        total = sum(b.count for b in self.histogram.bins)
        self.setAccessibleDescription(f"{tr('%n product(s)', n=total)}. {keys}")
        self.setStatusTip(keys)

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Two lines of text high, and the years below."""
        return QSize(200, int(self.fontMetrics().height() * 3.2))

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """As high, however narrow."""
        return QSize(80, self.sizeHint().height())

    # painting

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """Bars, those of the period in the theme's colour; first and last date below."""
        bins = self.histogram.bins
        if not bins:
            return
        painter = QPainter(self)
        self._label.ensurePolished()
        ink = self._label.palette().color(QPalette.ColorRole.WindowText)
        quiet = _fade_colour(ink, 110)
        lit = self.palette().color(QPalette.ColorRole.Highlight)
        area, width = self._bars(), self._bars().width() / len(bins)
        low, high = self._marked()
        for number, item in enumerate(bins):
            left = area.left() + number * width
            inside = low <= number <= high
            if inside and self._narrowed():
                wash = QColor(lit)
                wash.setAlpha(45)
                painter.fillRect(QRectF(left, area.top(), width, area.height()), wash)
            if item.count:
                tall = max(2.0, area.height() * item.count / max(1, self.histogram.highest))
                bar = QRectF(left + 0.5, area.bottom() - tall, max(1.0, width - 1), tall)
                painter.fillRect(bar, lit if inside else quiet)
        painter.setPen(QPen(quiet, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_dates(painter, area, ink)
        if self.hasFocus():
            painter.setPen(QPen(lit, 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -1, -1))

    def _paint_dates(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        bins = self.histogram.bins
        below = QRectF(
            area.left(), area.bottom() + 1, area.width(), self.height() - area.bottom() - 1
        )
        painter.setPen(_fade_colour(ink, 200))
        flags = Qt.AlignmentFlag
        painter.drawText(
            below,
            flags.AlignLeft | flags.AlignVCenter,
            _short_day(bins[0].start, self.histogram.unit),
        )
        painter.drawText(
            below,
            flags.AlignRight | flags.AlignVCenter,
            _short_day(bins[-1].end, self.histogram.unit),
        )
        low, high = self._marked()
        if self._narrowed() and high >= low:
            painter.setPen(ink)
            text = _span_text(bins[low], bins[high], self.histogram.unit)
            painter.drawText(below, flags.AlignHCenter | flags.AlignVCenter, text)

    def _bars(self) -> QRectF:
        return QRectF(
            6, 3, max(1, self.width() - 12), self.height() - self.fontMetrics().height() - 5
        )

    def bin_rect(self, number: int) -> QRectF:
        """Where a bar's place is."""
        area, count = self._bars(), max(1, len(self.histogram.bins))
        return QRectF(
            area.left() + number * area.width() / count,
            area.top(),
            area.width() / count,
            area.height(),
        )

    def _marked(self) -> tuple[int, int]:
        """First and last lit bar: those being chosen, else the period's."""
        if self._anchor is not None and self._cursor is not None:
            return min(self._anchor, self._cursor), max(self._anchor, self._cursor)
        inside = [
            n
            for n, b in enumerate(self.histogram.bins)
            if (self._start is None or b.end >= self._start)
            and (self._end is None or b.start <= self._end)
        ]
        return (inside[0], inside[-1]) if inside else (0, -1)

    def _narrowed(self) -> bool:
        """Whether less than everything is lit."""
        choosing = self._anchor is not None
        return choosing or self._marked() != (0, len(self.histogram.bins) - 1)

    # mouse

    def _at(self, position: QPointF) -> int:
        area, count = self._bars(), len(self.histogram.bins)
        return min(count - 1, max(0, int((position.x() - area.left()) / area.width() * count)))

    @contain_faults()
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """Where the period begins."""
        if event.button() == Qt.MouseButton.LeftButton and self.histogram.bins:
            self._anchor = self._cursor = self._at(QPointF(event.pos()))
            self._dragged = True
            self.update()

    @contain_faults()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """It grows with the mouse."""
        if self._dragged:
            self._cursor = self._at(QPointF(event.pos()))
            self.update()

    @contain_faults()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """It is chosen."""
        if self._dragged:
            self._dragged = False
            self._cursor = self._at(QPointF(event.pos()))
            self._pick()

    @contain_faults()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """All dates again."""
        self._clear()

    # keyboard

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Arrows move, with Shift they widen; Space chooses; Esc gives up choosing; Esc or Delete
        give all dates back.
        """
        last = len(self.histogram.bins) - 1
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -last,
            Qt.Key.Key_End: last,
        }.get(event.key())
        if step is not None and last >= 0:
            self._step(step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Space and self._anchor is not None:
            self._pick()
        elif event.key() == Qt.Key.Key_Escape and self._anchor is not None:
            self._dragged = False
            self.set_period(self._start, self._end)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Delete) and self._narrowed():
            self._clear()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int, widen: bool) -> None:
        low, high = self._marked()
        last = len(self.histogram.bins) - 1
        if self._cursor is None:
            at = low if step > 0 else max(0, high)
            self._anchor = self._cursor = min(last, max(0, at))
        else:
            self._cursor = min(last, max(0, self._cursor + step))
            if not widen:
                self._anchor = self._cursor
        self.update()

    def _pick(self) -> None:
        if not self.histogram.bins:
            return
        low, high = self._marked()
        whole = (low, high) == (0, len(self.histogram.bins) - 1)
        self._anchor = self._cursor = None
        if whole:
            self._clear()
        else:
            start, end = self.histogram.bins[low].start, self.histogram.bins[high].end
            self.set_period(start, end)
            self.picked.emit(start, end)

    def _clear(self) -> None:
        self._dragged = False
        changed = self._start is not None or self._end is not None
        self.set_period(None, None)
        if changed:
            self.picked.emit(None, None)

    @contain_faults(False)
    def event(self, event: QEvent) -> bool:
        """The tool tip is that of the bar under the mouse."""
        if (
            event.type() == QEvent.Type.ToolTip
            and isinstance(event, QHelpEvent)
            and self.histogram.bins
        ):
            item = self.histogram.bins[self._at(QPointF(event.pos()))]
            lines = [
                f"{_span_text(item, item, self.histogram.unit)} · "
                f"{tr('%n product(s)', n=item.count)}"
            ]
            if self.histogram.undated:
                lines.append(tr("%n product(s) without a date", n=self.histogram.undated))
            lines.append(
                tr(
                    "Drag to choose a period; double click for all dates. Keyboard: arrows, "
                    "Shift for several, Space, Esc."
                )
            )
            QToolTip.showText(event.globalPos(), "\n".join(lines), self)
            return True
        return bool(super().event(event))


def _short_day(day: date, unit: str) -> str:
    form = {"day": "d MMM", "week": "d MMM", "month": "MMM yyyy", "quarter": "MMM yyyy"}.get(
        unit, "yyyy"
    )
    return str(QLocale().toString(QDate(day.year, day.month, day.day), form))


def _span_text(first: Bin, last: Bin, unit: str) -> str:
    one, other = _short_day(first.start, unit), _short_day(last.end, unit)
    return one if one == other else f"{one} – {other}"


def _fade_colour(color: QColor, alpha: int) -> QColor:
    """Over whatever the theme paints behind: its palette does not always say."""
    found = QColor(color)
    found.setAlpha(alpha)
    return found
