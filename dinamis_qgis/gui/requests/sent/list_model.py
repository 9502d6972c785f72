"""The list of requests: a model over what the tracker has read, and cards with title, state and
how far they are.
"""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
)
from qgis.PyQt.QtGui import QFont, QFontMetrics, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layers.request_layer import state_colour
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.geo import size_km2
from dinamis_qgis.core.tasking.model import DRAFT, FINAL, READY, SENDING, Request, state_text
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.sent import timeline

RequestRole = int(Qt.ItemDataRole.UserRole) + 1

FILTERS = ("all", "drafts", "open", "done")


def in_chosen_part(request: Request, chosen: str) -> bool:
    """Whether a request is in the part of the list that is shown."""
    drafts = request.state in (DRAFT, READY)
    if chosen == "drafts":
        return drafts
    if chosen == "open":
        return not drafts and request.state not in FINAL
    return request.state in FINAL if chosen == "done" else True


def local_time(moment: Any) -> str:
    """A moment in the person's time and words: the day, and the hour."""
    stamp = QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000))
    return QLocale().toString(stamp, QLocale.FormatType.ShortFormat)


def size_text(request: Request) -> str:
    """Its area for people; empty without one."""
    size = size_km2(request.draft.area)
    return format_km2(size) if size is not None else ""


def state_line(request: Request) -> str:
    """Second line of a card: state, since when, size."""
    since = request.history[-1].at if request.history else request.changed
    if request.state in (DRAFT, READY):
        since = request.changed
    return " · ".join(
        x for x in (state_text(request.state), local_time(since), size_text(request)) if x
    )


class RequestModel(QAbstractListModel):
    """The requests of the tracker, the last changed first, through the chosen filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Request] = []
        self._rows: list[Request] = []
        self._filter = "all"

    def set_requests(self, requests: list[Request]) -> None:
        """Show these; the rows are only reset when which they are has changed, so that a selection
        stays.
        """
        self._all = requests
        self._apply()

    def set_filter(self, chosen: str) -> None:
        """Show one part."""
        self._filter = chosen
        self._apply()

    @property
    def shown(self) -> list[Request]:
        """The rows."""
        return self._rows

    def row_of(self, reference: str) -> int:
        """Its row, or -1."""
        return next((i for i, r in enumerate(self._rows) if r.reference == reference), -1)

    def _apply(self) -> None:
        rows = [r for r in self._all if in_chosen_part(r, self._filter)]
        if [r.reference for r in rows] == [r.reference for r in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @contain_faults(0)
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 (Qt)
        """How many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    @contain_faults()
    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Title, tool tip, what a screen reader says, and the request itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        request = self._rows[index.row()]
        if role == RequestRole:
            return request
        if role == int(Qt.ItemDataRole.DisplayRole):
            return request.label
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return as_plain(request.label, state_line(request), request.reason)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{request.label}, {state_line(request)}"
        return None


class RequestCardDelegate(QStyledItemDelegate):
    """A card: title (bold while there is news), state with date and size, the dots of its way, the
    reason of a bad end.
    """

    @contain_faults(QSize(1, 1))
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 (Qt)
        """Two lines, and one each for the way and for a reason."""
        request: Request = index.data(RequestRole)
        lines = (
            2
            + (request is not None and bool(_reason_text(request)))
            + (request is not None and _has_left(request))
        )
        return QSize(120, QFontMetrics(option.font).height() * lines + 14)

    @contain_faults()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the card."""
        request: Request = index.data(RequestRole)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        if request is None:
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        text = option.palette.color(
            QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        )
        box = option.rect.adjusted(8, 6, -8, -6)
        metrics = QFontMetrics(option.font)
        painter.save()
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(text)
        dot = 0
        if request.unread:
            dot = 12
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(text if chosen else state_colour(request.state))
            painter.drawEllipse(QRect(box.left(), box.top() + metrics.height() // 2 - 4, 8, 8))
            painter.setPen(text)
        width = box.width() - dot
        title = QFontMetrics(font).elidedText(request.label, Qt.TextElideMode.ElideRight, width)
        painter.drawText(
            QRect(box.left() + dot, box.top(), width, metrics.height()),
            int(Qt.AlignmentFlag.AlignLeft),
            title,
        )
        painter.setFont(option.font)
        rows = [state_line(request), *([_reason_text(request)] if _reason_text(request) else [])]
        for number, row in enumerate(rows, 1):
            short = metrics.elidedText(row, Qt.TextElideMode.ElideRight, box.width())
            place = QRect(
                box.left(), box.top() + metrics.height() * number + 1, box.width(), metrics.height()
            )
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), short)
        painter.restore()
        if _has_left(request):
            top, high = box.bottom() - metrics.height() + 3, metrics.height() - 2
            way = QRect(box.left(), top, min(box.width(), 170), high)
            timeline.paint_timeline(painter, way, request, option.palette, chosen)


def _has_left(request: Request) -> bool:
    """Whether there is a way to show."""
    return request.state not in (DRAFT, READY)


def _reason_text(request: Request) -> str:
    """Why it ended badly, or why it could not be sent."""
    if request.state in (READY, SENDING):
        return request.history[-1].reason if request.history else ""
    return request.reason if request.state in FINAL and request.state != "completed" else ""


def history_html(request: Request) -> str:
    """Every step with its time and reason, the latest first, as a small table."""
    from html import escape

    rows = [
        f"<tr><td "
        f"style='padding-right:8px'>{escape(local_time(s.at))}</td><td><b>"
        f"{escape(state_text(s.code))}</b>"
        f"{'<br/>' + escape(s.reason) if s.reason else ''}</td></tr>"
        for s in reversed(request.history)
    ]
    return (
        f"<table cellspacing='2'>{''.join(rows)}</table>"
        if rows
        else tr("Nothing has happened yet.")
    )
