"""A download as a card: date, satellite and file, how far it is; a thin bar below while it is on
its way.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.transfer.queue import FileState
from dinamis_qgis.gui.downloads.model import ROW, DownloadRow
from dinamis_qgis.gui.widgets import glyphs
from dinamis_qgis.gui.widgets.widgets import AMBER, GREEN, RED


class DownloadDelegate(QStyledItemDelegate):
    """Palette and font only: right in every theme and size."""

    @contain_faults(QSize(1, 1))
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 (Qt)
        """Three lines and a bar."""
        line = QFontMetrics(option.font).height()
        return QSize(12 * line, 3 * line + line)

    @contain_faults()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One card."""
        row = index.data(ROW)
        if not isinstance(row, DownloadRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        line = QFontMetrics(option.font).height()
        ink, quiet = _text_colours(option)
        box = QRectF(option.rect).adjusted(line * 0.6, line * 0.35, -line * 0.6, -line * 0.35)
        self._mark(
            painter,
            QRectF(box.left(), box.top() + line * 0.1, line * 0.8, line * 0.8),
            row,
            quiet,
            ink == quiet,
        )
        text = box.adjusted(line * 1.4, 0, 0, 0)
        bold = QFont(option.font)
        bold.setBold(True)
        _draw_text(painter, _line_box(text, 0, line), bold, ink, row.title)
        _draw_text(painter, _line_box(text, 1, line), option.font, ink, row.subtitle)
        colour = (
            _warning_colour(option)
            if row.failed and not option.state & QStyle.StateFlag.State_Selected
            else quiet
        )
        _draw_text(painter, _line_box(text, 2, line), option.font, colour, row.line)
        if row.share is not None:
            self._bar(painter, QRectF(text.left(), box.bottom() - 1, text.width(), 3), row, option)
        painter.restore()

    def _mark(
        self, painter: QPainter, box: QRectF, row: DownloadRow, quiet: QColor, selected: bool
    ) -> None:
        """By shape as well as by colour: at home, on its way, held, wrong.

        A selected row has the colour of its text only.
        """
        painter.setPen(quiet)
        good, held, wrong = (quiet,) * 3 if selected else (GREEN, AMBER, RED)
        if row.view is None:
            glyphs.draw_tick(painter, box, good)
        elif row.view.entry.state is FileState.FAILED:
            _draw_cross(painter, box, wrong)
        elif row.view.entry.state is FileState.PAUSED or row.view.entry.error is not None:
            for left in (0.2, 0.6):
                bar = QRectF(
                    box.left() + left * box.width(), box.top(), box.width() * 0.2, box.height()
                )
                painter.fillRect(bar, held)
        elif row.view.entry.state is FileState.CANCELLED:
            _draw_cross(painter, box, quiet)
        else:
            _draw_arrow(painter, box, quiet)

    def _bar(
        self, painter: QPainter, box: QRectF, row: DownloadRow, option: QStyleOptionViewItem
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(box, 1.5, 1.5)
        running = row.view is not None and row.view.entry.state is FileState.RUNNING
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight
        painter.setBrush(option.palette.color(role) if running else AMBER)
        painter.drawRoundedRect(
            QRectF(box.left(), box.top(), box.width() * (row.share or 0.0), box.height()), 1.5, 1.5
        )


def _line_box(box: QRectF, number: int, line: float) -> QRectF:
    return QRectF(box.left(), box.top() + number * line, box.width(), line)


def _text_colours(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    if option.state & QStyle.StateFlag.State_Selected:
        ink = option.palette.color(QPalette.ColorRole.HighlightedText)
        return ink, ink
    ink = option.palette.color(QPalette.ColorRole.Text)
    quiet = QColor(ink)
    quiet.setAlphaF(0.66)
    return ink, quiet


def _warning_colour(option: QStyleOptionViewItem) -> QColor:
    """Red that reads on the background it is on."""
    dark = option.palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
    return RED.lighter(140) if dark else RED.darker(110)


def _draw_text(painter: QPainter, box: QRectF, font: QFont, colour: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _draw_cross(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidthF(max(1.5, box.height() / 7))
    painter.setPen(pen)
    inner = box.adjusted(
        box.width() * 0.15, box.height() * 0.15, -box.width() * 0.15, -box.height() * 0.15
    )
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _draw_arrow(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidthF(max(1.2, box.height() / 9))
    painter.setPen(pen)
    middle, low = box.center().x(), box.top() + box.height() * 0.7
    wing = box.width() * 0.28
    for start, end in (
        ((middle, box.top()), (middle, low)),
        ((middle - wing, low - wing), (middle, low)),
        ((middle + wing, low - wing), (middle, low)),
        ((box.left() + 1, box.bottom()), (box.right() - 1, box.bottom())),
    ):
        painter.drawLine(*(_as_point(p) for p in (start, end)))


def _as_point(place: tuple[float, float]) -> object:
    from qgis.PyQt.QtCore import QPointF

    return QPointF(*place)
