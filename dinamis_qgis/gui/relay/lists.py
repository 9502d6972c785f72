"""Models of the relay's lists: thousands of rows, filtered by state and text without a stall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, Qt

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.relay.list_import import plain_words
from dinamis_qgis.core.text import tr

RowRole = int(Qt.ItemDataRole.UserRole) + 1
SortRole = int(Qt.ItemDataRole.UserRole) + 2
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN, _ALIGN = (
    int(Qt.ItemDataRole.AccessibleTextRole),
    int(Qt.ItemDataRole.TextAlignmentRole),
)


class Column:
    """A column: its heading, the text of a row, and what rows are ordered by.

    ``number`` puts it to the right.
    """

    def __init__(
        self,
        heading: str,
        text: Callable[[Any], str],
        order: Callable[[Any], Any] | None = None,
        *,
        number: bool = False,
    ) -> None:
        self.heading, self.text, self.number = heading, text, number
        self.order = order or (lambda row: plain_words(text(row)))


class RowsModel(QAbstractTableModel):
    """``rows`` through a filter and an order; each row has an ``id``.

    ``words`` gives what a row is found by: small letters without accents.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        words: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._words = list(columns), words
        self._all: list[Any] = []
        self._folded: list[str] = []
        self.shown: list[Any] = []
        self._text = ""
        self._keeps: Callable[[Any], bool] = lambda row: True
        self._order: tuple[int, bool] | None = None
        self._ordered: list[int] = []

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these from now on."""
        self._all = list(rows)
        self._folded = [self._words(row) for row in self._all]
        self._arrange()
        self._apply()

    def set_filter(self, text: str, keeps: Callable[[Any], bool]) -> None:
        """Show what has all the words of ``text`` and passes ``keeps``."""
        self._text, self._keeps = plain_words(text), keeps
        self._apply()

    def sort(self, column: int, order: Any = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; what is not known comes last either way."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()
        self._apply()

    def _arrange(self) -> None:
        places = list(range(len(self._all)))
        if self._order is not None:
            column, reverse = self._order
            keys = [self._columns[column].order(row) for row in self._all]
            known = [p for p in places if keys[p] not in (None, "")]
            known.sort(key=lambda place: keys[place], reverse=reverse)
            places = known + [p for p in places if keys[p] in (None, "")]
        self._ordered = places

    def _apply(self) -> None:
        words = self._text.split()
        rows = [
            self._all[place]
            for place in self._ordered
            if all(word in self._folded[place] for word in words) and self._keeps(self._all[place])
        ]
        if [r.id for r in rows] == [r.id for r in self.shown]:
            self.shown = rows
            if rows:
                last = self.index(len(rows) - 1, len(self._columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.shown = rows
        self.endResetModel()

    def row_of(self, identifier: str) -> int:
        """Its row, or -1."""
        return next((n for n, row in enumerate(self.shown) if row.id == identifier), -1)

    @contain_faults(0)
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 (Qt)
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    @contain_faults(0)
    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 (Qt)
        """The columns."""
        return 0 if parent.isValid() else len(self._columns)

    @contain_faults()
    def headerData(  # noqa: N802 (Qt)
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role in (_DISPLAY, _TIP):
            return self._columns[section].heading
        return None

    @contain_faults()
    def data(self, index: QModelIndex, role: int = _DISPLAY) -> Any:
        """The text of a cell, what a screen reader says of the row, and the row itself."""
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        row, column = self.shown[index.row()], self._columns[index.column()]
        if role == RowRole:
            return row
        if role == _DISPLAY:
            return column.text(row)
        if role == _TIP:
            return as_plain(column.text(row))
        if role == _SPOKEN:
            return ", ".join(x for x in (c.text(row) for c in self._columns) if x)
        if role == _ALIGN and column.number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def day_text(moment: Any) -> str:
    """A moment as the person's short date; “–” when it is not known."""
    if moment is None:
        return "–"
    stamp = QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000))
    return QLocale().toString(stamp.date(), QLocale.FormatType.ShortFormat)


def number_text(value: float | None) -> str:
    """A count or a size in the person's digits; “–” when it is not known."""
    if value is None:
        return "–"
    return QLocale().toString(int(round(value)))


def count_text(shown: int, whole: int) -> str:
    """How much of a list is shown."""
    if shown == whole:
        return tr("%n shown", n=shown)
    return tr("{shown} of {whole} shown").format(shown=number_text(shown), whole=number_text(whole))
