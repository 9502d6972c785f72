"""The tab “Relais”: entities, accounts, activity, needs. Shown to relays only."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.bridge.relay.role import is_relay
from dinamis_qgis.bridge.relay.territories import show_territories
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.list_import import Line
from dinamis_qgis.core.relay.model import Entity
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.accounts_page import AccountsPage
from dinamis_qgis.gui.relay.activity_page import ActivityPage
from dinamis_qgis.gui.relay.conflict import ConflictDialog
from dinamis_qgis.gui.relay.entities_page import EntitiesPage
from dinamis_qgis.gui.relay.entity_page import EntityPage
from dinamis_qgis.gui.relay.import_dialog import ImportDialog
from dinamis_qgis.gui.relay.needs_page import NeedsPage
from dinamis_qgis.gui.relay.new_entity import NewEntityDialog
from dinamis_qgis.gui.relay.write_news import WriteNewsDialog
from dinamis_qgis.gui.widgets.labels import wrapped_label

ENTITIES, ACCOUNTS, ACTIVITY, NEEDS, ENTITY = range(5)


class RelayPanel(QWidget):
    """Pages over one register."""

    request_wanted = pyqtSignal(object)
    """The area (EPSG:4326) of a request to be drafted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("relayPanel")
        self.context = context
        self.relay = RelayAdministration(context, self)
        help_key(self, lambda: "relay")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        self.bar = pass_wheel_on(QTabBar())
        self.bar.setObjectName("relaySections")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(tr("Relay: entities, accounts, activity, needs"))
        for label in (tr("Entities"), tr("Accounts"), tr("Activity"), tr("Needs")):
            self.bar.addTab(label)
        layout.addWidget(self.bar)
        self.problem = wrapped_label("", "relayProblem")
        self.problem.hide()
        layout.addWidget(self.problem)
        layout.addLayout(self._busy_row())
        self.entities = EntitiesPage(self.relay)
        self.accounts = AccountsPage(self.relay)
        self.activity = ActivityPage(self.relay)
        self.needs = NeedsPage(self.relay)
        self.needs.request_wanted.connect(self.request_wanted)
        self.entity = EntityPage(self.relay)
        self.pages = QStackedWidget()
        for page in (self.entities, self.accounts, self.activity, self.needs, self.entity):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        self._connect()
        self.relay.reload()

    def _busy_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.progress = QProgressBar()
        self.progress.setObjectName("relayProgress")
        self.progress.setRange(0, 0)
        self.progress.setMaximumHeight(self.fontMetrics().height() + 4)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.setObjectName("relayStopButton")
        self.stop_button.setToolTip(tr("What is left stays planned"))
        self.stop_button.clicked.connect(lambda *_: self.relay.stop())
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        self._show_busy("")
        return row

    def _connect(self) -> None:
        self.bar.currentChanged.connect(self.pages.setCurrentIndex)
        self.bar.tabBarClicked.connect(self.pages.setCurrentIndex)
        self.entities.opened.connect(self.open_entity)
        self.entities.new_wanted.connect(self._new)
        self.entities.list_read.connect(self._import)
        self.entities.layer_wanted.connect(self._show_layer)
        self.entities.news_wanted.connect(lambda: WriteNewsDialog(self.context, self).exec())
        self.entity.back.connect(lambda: self.show_page(ENTITIES))
        self.entity.accounts_wanted.connect(self._show_accounts)
        self.relay.changed.connect(self._show_problem)
        self.relay.busy.connect(self._show_busy)
        self.relay.conflict.connect(self._ask_conflict)
        self.context.account_changed.connect(self._account_changed)
        self.context.options_changed.connect(self.relay.forget_store)

    def show_page(self, page: int) -> None:
        """Bring a page to the front."""
        if page < ENTITY:
            self.bar.setCurrentIndex(page)
        self.pages.setCurrentIndex(page)

    def open_entity(self, entity: Entity) -> None:
        """Show one member."""
        self.bar.setCurrentIndex(ENTITIES)
        self.pages.setCurrentIndex(ENTITY)
        self.entity.show_entity(entity)

    def _show_accounts(self, entity: Entity) -> None:
        self.accounts.show_entity(entity)
        self.show_page(ACCOUNTS)

    def _new(self) -> None:
        dialog = NewEntityDialog(self.relay, self)
        if dialog.exec() == int(QDialog.DialogCode.Accepted):
            entity = dialog.entity()
            self.relay.add_entities([entity], lambda _: self.open_entity(entity))

    def _import(self, lines: list[Line]) -> None:
        dialog = ImportDialog(lines, self)
        if dialog.exec() == int(QDialog.DialogCode.Accepted):
            self.relay.add_entities(
                dialog.entities(),
                lambda count: messages.success(tr("%n entity(ies) imported.", n=count)),
            )

    def _show_layer(self) -> None:
        show_territories(self.relay, self)

    def _ask_conflict(self, error: Any, wanted: Any, keep: Any) -> None:
        dialog = ConflictDialog(error, wanted, self)
        if dialog.exec() == int(QDialog.DialogCode.Accepted):
            keep(error.current, dialog.chosen())

    def _show_problem(self) -> None:
        problem = self.relay.problem
        self.problem.setText(problem.sentence() if problem else "")
        self.problem.setVisible(problem is not None)

    def _show_busy(self, text: str) -> None:
        self.progress.setVisible(bool(text))
        self.stop_button.setVisible(bool(text))
        self.progress.setFormat(text)
        self.progress.setToolTip(text)

    def _account_changed(self) -> None:
        """Somebody else, or a role withdrawn: what was being done ends."""
        if not is_relay(self.context):
            self.relay.stop()
