"""All members at a glance: ``relayView``, filtered by state and words, and the ways to add some."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.relay.administration import RelayAdministration, holdings_words
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.adhesion import waiting_long
from dinamis_qgis.core.relay.model import REFUSED, STEP_ORDER, SUSPENDED, Entity, state_text
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.lists import Column, RowRole, RowsModel, count_text, day_text
from dinamis_qgis.gui.widgets.labels import wrapped_label

_WAITING = "waiting-long"


class EntitiesPage(QWidget):
    """The list; a double click or Enter opens a member."""

    opened = pyqtSignal(object)
    new_wanted = pyqtSignal()
    list_read = pyqtSignal(object)
    layer_wanted = pyqtSignal()
    news_wanted = pyqtSignal()

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._relay = relay
        self._late: set[str] = set()
        self.model = RowsModel(
            [
                Column(tr("Entity"), lambda e: e.name),
                Column(
                    tr("Adhesion"), lambda e: state_text(e.state), lambda e: _state_rank(e.state)
                ),
                Column(tr("Since"), lambda e: day_text(e.state_since), lambda e: e.state_since),
            ],
            lambda e: holdings_words(self._relay.holdings, e),
            self,
        )
        self._build()
        relay.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read last."""
        entities = self._relay.holdings.entities
        self._late = {e.id for e in waiting_long(entities, datetime.now(timezone.utc))}
        self.model.set_rows(entities)
        chosen = self.state.currentData()
        self.state.setItemText(
            self.state.findData(_WAITING),
            tr("Waiting for long ({count})").format(count=len(self._late)),
        )
        self.state.setCurrentIndex(max(0, self.state.findData(chosen)))
        self._filter()
        self.empty.setVisible(not entities)
        for part in (self.view, self.search, self.count):
            part.setVisible(bool(entities))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        self.new_button = QPushButton(tr("New entity…"))
        self.new_button.setObjectName("newEntityButton")
        self.new_button.setToolTip(tr("Bring a new partner in, from its SIRET or its name"))
        self.new_button.clicked.connect(lambda *_: self.new_wanted.emit())
        top.addWidget(self.new_button)
        top.addStretch(1)
        self.state = pass_wheel_on(QComboBox())
        self.state.setObjectName("entityStateFilter")
        self.state.setAccessibleName(tr("Which entities to show"))
        self.state.addItem(tr("All"), "")
        self.state.addItem(tr("Waiting for long"), _WAITING)
        for state in (*STEP_ORDER, REFUSED, SUSPENDED):
            self.state.addItem(state_text(state), state)
        self.state.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state.setMinimumContentsLength(12)
        self.state.currentIndexChanged.connect(lambda *_: self._filter())
        top.addWidget(self.state)
        top.addWidget(self._more_button())
        layout.addLayout(top)
        self.search = QLineEdit()
        self.search.setObjectName("entitySearch")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr("Name, SIREN, commune…"))
        self.search.setAccessibleName(tr("Find an entity"))
        self.search.textChanged.connect(lambda *_: self._filter())
        layout.addWidget(self.search)
        self.view = QTreeView()
        self.view.setObjectName("relayView")
        self.view.setAccessibleName(tr("Entities"))
        set_up_table(self.view, self.model)
        self.view.activated.connect(self._open)
        layout.addWidget(self.view, 1)
        self.empty = wrapped_label(
            tr(
                "No entity yet.\n\nBegin with a SIRET or a name, or import the list you have "
                "(CSV or spreadsheet)."
            ),
            "relayEmpty",
        )
        layout.addWidget(self.empty)
        self.count = QLabel()
        self.count.setObjectName("entityCount")
        layout.addWidget(self.count)
        layout.addStretch(0)

    def _more_button(self) -> QToolButton:
        more = QToolButton()
        more.setObjectName("relayMoreButton")
        more.setText("⋯")
        more.setAccessibleName(tr("More"))
        more.setToolTip(tr("Import a list, show on the map, ask the service"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addAction(tr("Import a list…")).triggered.connect(lambda *_: self._import())
        menu.addAction(tr("Show the territories on the map")).triggered.connect(
            lambda *_: self.layer_wanted.emit()
        )
        menu.addAction(tr("Ask the service for news")).triggered.connect(
            lambda *_: self._relay.refresh()
        )
        menu.addAction(tr("Write news…")).triggered.connect(lambda *_: self.news_wanted.emit())
        more.setMenu(menu)
        return more

    def _import(self) -> None:
        kinds = tr("Lists (*.csv *.txt *.xlsx *.ods *.xls)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a list of entities"), "", kinds)
        if name:
            self._relay.read_list(Path(name), self.list_read.emit)

    def _open(self, index: QModelIndex) -> None:
        entity = index.data(RowRole)
        if entity is not None:
            self.opened.emit(entity)

    def _filter(self) -> None:
        chosen = self.state.currentData()

        def keeps(entity: Entity) -> bool:
            if chosen == _WAITING:
                return entity.id in self._late
            return not chosen or entity.state == chosen

        self.model.set_filter(self.search.text(), keeps)
        self.count.setText(count_text(len(self.model.shown), len(self._relay.holdings.entities)))


class _FirstColumn(QObject):
    """Gives the first column what the others leave, and never less than a name needs."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    @contain_faults(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """Never takes the event."""
        if event.type() == QEvent.Type.Resize:
            header = self._view.header()
            others = sum(header.sectionSize(n) for n in range(1, header.count()))
            least = self._view.fontMetrics().averageCharWidth() * 18
            header.resizeSection(0, max(least, self._view.viewport().width() - others))
        return False


def set_up_table(view: QTreeView, model: Any) -> None:
    """A flat list of equal rows, quick with thousands; the first column takes the room."""
    view.setModel(model)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAlternatingRowColors(True)
    view.setAllColumnsShowFocus(True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    header = view.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(view.fontMetrics().averageCharWidth() * 11)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    view.viewport().installEventFilter(_FirstColumn(view))
    metrics = view.fontMetrics()
    for column in range(1, model.columnCount()):
        heading = str(model.headerData(column, Qt.Orientation.Horizontal))
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        room = max(map(metrics.horizontalAdvance, (heading + "MMM", "00/00/0000M")))
        header.resizeSection(column, room)
    view.setSortingEnabled(True)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)


def _state_rank(state: str) -> int:
    order = (*STEP_ORDER, SUSPENDED, REFUSED)
    return order.index(state) if state in order else len(order)
