"""The results: one model for the list, the footprints and the thumbnails."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.account.model import Account, Holding
from dinamis_qgis.core.catalogue.availability import Reach, catalogue_of, gives_images, reach
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.order import rearranged_keys, sort_key
from dinamis_qgis.core.catalogue.saved import SavedSearch
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.results.passes import Pile, pile_by_pass, pile_key
from dinamis_qgis.gui.widgets import product_text as rows
from dinamis_qgis.gui.widgets.product_text import ResultRow

Key = tuple[str, str, str, str]

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HOLDING_ROLE = Qt.ItemDataRole.UserRole + 2
PILE_ROLE = Qt.ItemDataRole.UserRole + 3
"""The ``Pile`` a card stands for or belongs to; None when it is alone or the list is not grouped.
"""

_first = itemgetter(0)

RUNS = 12
"""A page that goes to more places than this is put in with one change of layout rather than as many
insertions.
"""


class ResultsModel(QAbstractListModel):
    """Products in order, kept sorted as pages arrive.

    ``begin`` starts a new search: pages of older ones are refused.

    ``rows()`` are all of them; what the list shows is fewer when they are grouped by pass and a
    pile is closed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ResultRow] = []
        self._places: list[
            Any
        ] = []  # the sort key of each row: to find a place without making all keys again
        self._shown: list[ResultRow] = self._rows
        self._by_key: dict[Key, ResultRow] = {}
        self._piles: dict[object, Pile] = {}
        self._open: set[object] = set()
        self._generation = 0
        self.order = SortOrder()
        self.grouped = False
        self._query: Query | None = None
        self._place: Callable[[ResultRow], Any] = _place_key(self.order, None)
        self._profile: Profile | None = None
        self._account: Account | None = None
        self._holdings: dict[str, Holding] = {}
        self._plain: dict[
            str, bool
        ] = {}  # by catalogue: ten thousand products are not looked at one by one
        self.opened: SavedSearch | None = None
        """The saved search whose list this is, once it has been opened: what is new in it is
        marked.
        """

    # searches

    def begin(self, query: Query | None = None) -> int:
        """Empty the list for a new search; the number its pages must show.

        What passes ``query`` for lack of a value ranks lower.
        """
        self.beginResetModel()
        self._rows, self._places, self._by_key = [], [], {}
        self._piles, self._open = {}, set()
        self._shown = self._rows
        if not _same_search(query, self._query):  # a search tried again keeps its news
            self.opened = None
        self._query = query
        self._place = _place_key(self.order, query)
        self._generation += 1
        self.endResetModel()
        return self._generation

    def append(self, generation: int, found: Iterable[ResultRow]) -> list[ResultRow]:
        """Add the rows of a page; those really added.

        Pages of an older search, and products already there, are not.
        """
        if generation != self._generation:
            return []
        fresh = []
        for row in found:
            if row.product.key not in self._by_key:
                self._by_key[row.product.key] = row
                fresh.append(row)
        if not fresh:
            return []
        keyed = sorted(((self._place(row), row) for row in fresh), key=lambda pair: pair[0])
        if self.grouped:
            self._insert_grouped(keyed)
        else:
            self._insert(keyed)
        return [row for _, row in keyed]

    def _insert(self, keyed: list[tuple[Any, ResultRow]]) -> None:
        """By bisection; where a page falls in many places, one change of layout keeps selection and
        scroll position.
        """
        runs = _insertion_runs(self._places, keyed)
        if len(runs) <= RUNS:
            for start, part in reversed(runs):
                self.beginInsertRows(QModelIndex(), start, start + len(part) - 1)
                self._places[start:start] = [place for place, _ in part]
                self._rows[start:start] = [row for _, row in part]
                self.endInsertRows()
            return
        end = len(self._rows)
        self.beginInsertRows(QModelIndex(), end, end + len(keyed) - 1)
        self._rows += [row for _, row in keyed]
        self.endInsertRows()

        def put() -> None:
            del self._rows[end:]
            for start, part in reversed(runs):
                self._places[start:start] = [place for place, _ in part]
                self._rows[start:start] = [row for _, row in part]

        self._relaid(put)

    def _insert_grouped(self, keyed: list[tuple[Any, ResultRow]]) -> None:
        """What was seen stays so: a pile opens rather than hide what may be chosen behind a
        newcomer.
        """
        seen = {index.row() for index in self.persistentIndexList()}
        keys = [self._shown[number].product.key for number in seen]

        def put() -> None:
            for start, part in reversed(_insertion_runs(self._places, keyed)):
                self._places[start:start] = [place for place, _ in part]
                self._rows[start:start] = [row for _, row in part]
            if keys:
                self._group()
                self._open |= self._hiding(keys)

        self._relaid(put)

    def _relaid(self, change: Callable[[], None]) -> None:
        """Do ``change``, group anew, and keep the selection on its products; what a closed pile
        hides is chosen no more.
        """
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._shown[index.row()].product.key for index in before]
        change()
        self._group()
        if before:
            place = {row.product.key: number for number, row in enumerate(self._shown)}
            after = [self.index(place[key]) if key in place else QModelIndex() for key in kept]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # order and groups

    def set_order(self, order: SortOrder) -> None:
        """Sort all rows another way. The list begins anew: see ``Choosing.rearrange``."""
        if order == self.order:
            return
        self.order = order
        self._place = _place_key(order, self._query)
        places = rearranged_keys(self._places, self._rows, order, "coverage")
        keyed = sorted(zip(places, self._rows), key=_first)
        self.beginResetModel()
        self._places[:] = [place for place, _ in keyed]
        self._rows[:] = [row for _, row in keyed]
        self._group()
        self.endResetModel()

    def set_grouped(self, grouped: bool) -> None:
        """One card a pass (same satellite, same day), which opens on the others; or one a product.

        The list begins anew.
        """
        if grouped == self.grouped:
            return
        self.grouped = grouped
        self._open.clear()
        self.beginResetModel()
        self._group()
        self.endResetModel()

    def runs_of(self, keys: Collection[Key]) -> list[tuple[int, int]]:
        """Where the cards of these products are: (first, last) of each run."""
        if len(keys) == len(self._shown) == len(self._rows):
            return [(0, len(keys) - 1)]
        runs: list[tuple[int, int]] = []
        for number, row in enumerate(self._shown):
            if row.product.key in keys:
                if runs and runs[-1][1] == number - 1:
                    runs[-1] = (runs[-1][0], number)
                else:
                    runs.append((number, number))
        return runs

    def toggle_pile(self, index: QModelIndex, opened: bool | None = None) -> bool:
        """Open or close the pile of a card; whether anything changed."""
        row = self.row(index)
        pile = self._piles.get(pile_key(row.product)) if row and self.grouped else None
        if pile is None or opened is pile.opened:
            return False
        key = pile_key(pile.rows[0].product)
        (self._open.discard if pile.opened else self._open.add)(key)
        self._relaid(lambda: None)
        return True

    def reveal(self, keys: Iterable[Key]) -> None:
        """Open the piles that hide any of these products."""
        hiding = self._hiding(keys)
        if hiding:
            self._open |= hiding
            self._relaid(lambda: None)

    def _hiding(self, keys: Iterable[Key]) -> set[object]:
        """The closed piles in which these products are not the first."""
        found = set()
        for key in keys:
            row = self._by_key.get(key)
            pile = (
                self._piles.get(pile_key(row.product)) if row is not None and self._piles else None
            )
            if row is not None and pile is not None and not pile.opened and pile.rows[0] is not row:
                found.add(pile_key(row.product))
        return found

    def _group(self) -> None:
        if not self.grouped:
            self._piles, self._shown = {}, self._rows
            return
        self._piles, self._shown = pile_by_pass(self._rows, self._open)

    # rights

    def set_account(self, profile: Profile | None, account: Account | None) -> None:
        """Whose rights the cards show."""
        self._profile, self._account = profile, account
        self._holdings.clear()
        self._plain.clear()
        self.refresh()

    def refresh(self) -> None:
        """Draw every card again."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def holding(self, product: Product) -> Holding:
        """Whether the account may use the product."""
        found = self._holdings.get(product.licence)
        if found is None:
            found = self._holdings[product.licence] = rows.holding_of(
                self._profile, self._account, product
            )
        return found

    def reach(self, product: Product) -> Reach:
        """What its catalogue lets us do with the product."""
        return reach(self._profile, product)

    def usable(self, product: Product) -> bool:
        """Whether it can be a scene of a plan: a dated image that may come onto the map."""
        if self.holding(product) is Holding.MISSING:
            return False
        plain = self._plain.get(product.catalogue)
        if plain is None:
            catalogue = catalogue_of(self._profile, product)
            plain = self._plain[product.catalogue] = catalogue is None or gives_images(catalogue)
        return plain or (not self.reach(product).add and product.tiled_layer() is None)

    def licence_text(self, product: Product) -> str:
        """The sentence on the right to use it."""
        return rows.licence_text(self._profile, self._account, product)

    def set_opened(self, saved: SavedSearch) -> None:
        """The list is that of ``saved``, until another query begins."""
        self.opened = saved
        self.refresh()

    def is_new(self, product: Product) -> bool:
        """Whether it has appeared since the opened search was last looked at."""
        return self.opened is not None and self.opened.is_fresh(product)

    # rows

    @contain_faults(0)
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 (Qt)
        """Number of cards."""
        return 0 if parent.isValid() else len(self._shown)

    @contain_faults()
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Display, tool tip, accessible text, ``ROW_ROLE``, ``HOLDING_ROLE`` and ``PILE_ROLE``."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == HOLDING_ROLE:
            return self.holding(row.product)
        if role == PILE_ROLE:
            return self._piles.get(pile_key(row.product)) if self.grouped else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{rows.date_text(row.product)} · {rows.sensor_text(row.product)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            text = rows.product_tooltip(row, self._profile, self._account)
            return as_plain(
                tr("New since you last looked") if self.is_new(row.product) else "", text
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return rows.spoken_card(row, self._profile, self._account)
        return None

    def row(self, index: QModelIndex) -> ResultRow | None:
        """The row at ``index``."""
        return (
            self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None
        )

    def rows(self) -> Sequence[ResultRow]:
        """Every row, in order, also those in closed piles."""
        return tuple(self._rows)

    def slice(self, first: int, last: int) -> list[ResultRow]:
        """The rows of the cards ``first`` to ``last``, both included."""
        return self._shown[first : last + 1]

    def count(self) -> int:
        """Number of products, also those in closed piles."""
        return len(self._rows)

    def source(self, product: Product) -> str:
        """The catalogue's name when there are several; else empty."""
        return rows.source_text(self._profile, product)

    def index_of(self, key: Key) -> QModelIndex:
        """Where a product is; invalid when it is not there, or in a closed pile (``reveal``)."""
        row = self._by_key.get(key)
        if row is None:
            return QModelIndex()
        if self.grouped:
            number = next((n for n, shown in enumerate(self._shown) if shown is row), None)
            return QModelIndex() if number is None else self.index(number)
        return self.index(bisect_right(self._places, self._place(row)) - 1)


def _same_search(one: Query | None, other: Query | None) -> bool:
    """Whether both ask for the same products of the very same area, in whatever order and however
    many.
    """
    if one is None or other is None or one.area is not other.area:
        return False
    return replace(one, area=None, order=other.order, limit=other.limit) == replace(
        other, area=None
    )


def _place_key(order: SortOrder, query: Query | None) -> Callable[[ResultRow], Any]:
    return sort_key(order, lambda row: row.product, lambda row: row.coverage, query)


def _insertion_runs(
    places: list[Any], keyed: list[tuple[Any, ResultRow]]
) -> list[tuple[int, list[tuple[Any, ResultRow]]]]:
    """Where the parts of a sorted page go among ``places``: (place, what goes there together)."""
    runs: list[tuple[int, list[tuple[Any, ResultRow]]]] = []
    at = 0
    for pair in keyed:
        at = bisect_right(places, pair[0], at)
        if runs and runs[-1][0] == at:
            runs[-1][1].append(pair)
        else:
            runs.append((at, [pair]))
    return runs
