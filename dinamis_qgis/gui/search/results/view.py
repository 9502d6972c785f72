"""The list of results: cards, keyboard, hover."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QRegion
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.results.delegate import ProductCardDelegate
from dinamis_qgis.gui.search.results.model import PILE_ROLE, ROW_ROLE, Key, ResultsModel
from dinamis_qgis.gui.widgets.product_text import ResultRow

STILL_MS = 80


class ResultsView(QListView):
    """Extended selection; ``hovered`` with the key under the mouse or None, ``add_wanted`` for
    Ctrl+Enter.
    """

    hovered = pyqtSignal(object)
    add_wanted = pyqtSignal()
    preview_wanted = pyqtSignal()
    """Space: the current card's quicklook on the map, or off it."""
    looked_at = pyqtSignal(object)
    """The thumbnails on screen (a frozenset of addresses), once the list is still."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsView")
        self.setAccessibleName(tr("Products found"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._under: Key | None = None
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._still.start())

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """One card high at least."""
        return QSize(200, 4 * self.fontMetrics().height())

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Ctrl+Enter adds to the map; Enter alone is left to the panel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.add_wanted.emit()
            else:
                event.ignore()
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.preview_wanted.emit()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(
            self.model(), ResultsModel
        ):
            pile = self.currentIndex().data(PILE_ROLE)
            if (
                self.model().toggle_pile(self.currentIndex(), event.key() == Qt.Key.Key_Right)
                and not self.currentIndex().isValid()
            ):
                first = self.model().index_of(pile.rows[0].product.key)
                self.selectionModel().setCurrentIndex(
                    first, QItemSelectionModel.SelectionFlag.NoUpdate
                )
            return
        super().keyPressEvent(event)

    @contain_faults()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        """Lights the footprint of the card under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.pos()))

    @contain_faults()
    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt)
        """No card under the mouse any more."""
        super().leaveEvent(event)
        self._hover(QModelIndex())

    @contain_faults(False)
    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """The tool tip of a hover button is the button's, not the card's."""
        delegate: Any = self.itemDelegate()
        if (
            event.type() == QEvent.Type.ToolTip
            and isinstance(event, QHelpEvent)
            and isinstance(delegate, ProductCardDelegate)
        ):
            index = self.indexAt(event.pos())
            text = (
                delegate.hint_at(self._option(index), event.pos(), index) if index.isValid() else ""
            )
            if text:
                QToolTip.showText(event.globalPos(), text, self)
                return True
        return bool(super().viewportEvent(event))

    @contain_faults(QRegion())
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 (Qt)
        """All there is on screen: Qt would ask for the place of each of ten thousand cards."""
        return QRegion(self.viewport().rect())

    def on_screen(self) -> list[ResultRow]:
        """The rows that can be seen, and a few below."""
        first, last = (
            self.indexAt(QPoint(2, 2)),
            self.indexAt(QPoint(2, self.viewport().height() - 2)),
        )
        model = self.model()
        if not isinstance(model, ResultsModel) or not first.isValid():
            return []
        end = last.row() if last.isValid() else model.rowCount() - 1
        return model.slice(first.row(), end + 2)

    def _look(self) -> None:
        self.looked_at.emit(frozenset(row.product.thumbnail for row in self.on_screen()))

    def _option(self, index: QModelIndex) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        option.rect = self.visualRect(index)
        option.font = self.font()
        option.fontMetrics = self.fontMetrics()
        return option

    def _hover(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        key = row.product.key if row else None
        if key != self._under:
            self._under = key
            self.hovered.emit(key)
