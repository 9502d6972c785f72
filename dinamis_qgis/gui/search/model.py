"""The results: one model for the list, the footprints and the thumbnails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from dinamis_qgis.core.account.model import Account, Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.gui.search import rows
from dinamis_qgis.gui.search.rows import Row

Key = tuple[str, str, str, str]

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HOLDING_ROLE = Qt.ItemDataRole.UserRole + 2


def by_date(row: Row) -> tuple[bool, float]:
    """Newest first, unknown dates last."""
    moment = row.product.datetime
    return (moment is None, -moment.timestamp() if moment else 0.0)


class ResultsModel(QAbstractListModel):
    """Products in order, kept sorted as pages arrive. ``begin`` starts a new search: pages of older ones are refused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._keys: set[Key] = set()
        self._generation = 0
        self._order: Callable[[Row], Any] = by_date
        self._profile: Profile | None = None
        self._account: Account | None = None

    # searches

    def begin(self) -> int:
        """Empty the list for a new search; the number its pages must show."""
        self.beginResetModel()
        self._rows, self._keys = [], set()
        self._generation += 1
        self.endResetModel()
        return self._generation

    def append(self, generation: int, found: Iterable[Row]) -> list[Row]:
        """Add the rows of a page; those really added. Pages of an older search, and products already there, are not."""
        if generation != self._generation:
            return []
        fresh = []
        for row in found:
            if row.product.key not in self._keys:
                self._keys.add(row.product.key)
                fresh.append(row)
        if not fresh:
            return []
        fresh.sort(key=self._order)
        if not self._rows or self._order(self._rows[-1]) <= self._order(fresh[0]):
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()
        else:
            self._merge(fresh)
        return fresh

    def _merge(self, fresh: list[Row]) -> None:
        """Put ``fresh`` where it belongs without losing selection or scroll position: add at the end, then re-order."""
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._rows += fresh
        self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[i.row()] for i in before]
        self._rows.sort(key=self._order)
        place = {row.product.key: n for n, row in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(place[row.product.key]) for row in kept])
        self.layoutChanged.emit()

    def set_account(self, profile: Profile | None, account: Account | None) -> None:
        """Whose rights the cards show."""
        self._profile, self._account = profile, account
        self.refresh()

    def refresh(self) -> None:
        """Draw every card again."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    # rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 (Qt)
        """Number of products."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Display, tool tip, accessible text, ``ROW_ROLE`` and ``HOLDING_ROLE``."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == HOLDING_ROLE:
            return self.holding(row.product)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{rows.date_text(row.product)} · {rows.sensor_text(row.product)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return rows.tooltip(row, self._profile, self._account)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return rows.spoken(row, self._profile, self._account)
        return None

    def row(self, index: QModelIndex) -> Row | None:
        """The row at ``index``."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rows(self) -> Sequence[Row]:
        """Every row, in order."""
        return tuple(self._rows)

    def holding(self, product: Product) -> Holding:
        """Whether the account may use the product."""
        return rows.held(self._profile, self._account, product)

    def licence_text(self, product: Product) -> str:
        """The sentence on the right to use it."""
        return rows.licence_text(self._profile, self._account, product)

    def index_of(self, key: Key) -> QModelIndex:
        """Where a product is; invalid when it is not there."""
        for number, row in enumerate(self._rows):
            if row.product.key == key:
                return self.index(number)
        return QModelIndex()
