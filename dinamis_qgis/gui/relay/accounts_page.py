"""All accounts, what waits for moderation apart: ``accountsView``, and what can be done to them."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.relay.administration import RelayAdministration, holdings_words
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.accounts import FAILED, allowed_actions
from dinamis_qgis.core.relay.channels.dossier import action_text
from dinamis_qgis.core.relay.model import (
    ACCOUNT_STATES,
    PENDING,
    REMOVED,
    Entity,
    Person,
    account_state_text,
)
from dinamis_qgis.core.relay.register.tables import AccountAction
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.decision_dialog import ask_decision, ask_person
from dinamis_qgis.gui.relay.entities_page import set_up_table
from dinamis_qgis.gui.relay.lists import Column, RowsModel, count_text, day_text
from dinamis_qgis.gui.widgets.labels import wrapped_label

_ORDER = {state: str(place) for place, state in enumerate(ACCOUNT_STATES)}


class AccountsPage(QWidget):
    """Accounts of every member, or of one (``show_entity``)."""

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._relay = relay
        self._names: dict[str, str] = {}
        self._entity: Entity | None = None
        self._failures: list[str] = []
        self.model = RowsModel(
            [
                Column(tr("Account"), lambda p: p.username),
                Column(
                    tr("State"),
                    lambda p: account_state_text(p.state),
                    lambda p: _ORDER.get(p.state, "9"),
                ),
                Column(tr("Entity"), lambda p: self._names.get(p.entity_id, "–")),
                Column(
                    tr("Last sign-in"), lambda p: day_text(p.last_sign_in), lambda p: p.last_sign_in
                ),
            ],
            lambda p: holdings_words(self._relay.holdings, p),
            self,
        )
        self._build()
        relay.changed.connect(self.refresh)
        relay.action_ended.connect(self._ended)
        self.refresh()

    def show_entity(self, entity: Entity | None) -> None:
        """Only the accounts of one member; None for all."""
        self._entity = entity
        self.only.setVisible(entity is not None)
        self.only.setText(tr("{name} ✕").format(name=entity.name if entity else ""))
        self.state.setCurrentIndex(0)
        self._filter()

    def refresh(self) -> None:
        """Show what was read last."""
        holdings = self._relay.holdings
        self._names = {e.id: e.name for e in holdings.entities}
        self.model.set_rows(holdings.people)
        waiting = sum(1 for p in holdings.people if p.state == PENDING)
        self.waiting_button.setVisible(bool(waiting))
        self.waiting_button.setText(tr("To be moderated: {count}").format(count=waiting))
        left = len(holdings.actions)
        self.left.setVisible(bool(left))
        self.left_button.setVisible(bool(left))
        self.left.setText(tr("%n decision(s) have not been carried out yet.", n=left))
        self._filter()

    def _top(self) -> QHBoxLayout:
        """New accounts, which ones are shown, what else can be done."""
        top = QHBoxLayout()
        self.new_button = QPushButton(tr("New account…"))
        self.new_button.setObjectName("newAccountButton")
        self.new_button.clicked.connect(lambda *_: self._create())
        self.waiting_button = QPushButton()
        self.waiting_button.setObjectName("moderationButton")
        self.waiting_button.clicked.connect(
            lambda *_: self.state.setCurrentIndex(self.state.findData(PENDING))
        )
        self.state = pass_wheel_on(QComboBox())
        self.state.setObjectName("accountStateFilter")
        self.state.setAccessibleName(tr("Which accounts to show"))
        self.state.addItem(tr("All accounts"), "")
        for state in ACCOUNT_STATES:
            self.state.addItem(account_state_text(state), state)
        self.state.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state.setMinimumContentsLength(8)
        self.state.currentIndexChanged.connect(lambda *_: self._filter())
        top.addWidget(self.new_button)
        top.addStretch(1)
        top.addWidget(self.state)
        top.addWidget(self._more_button())
        return top

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._top())
        layout.addWidget(self.waiting_button)
        self.left = wrapped_label("", "decisionsLeft")
        self.left_button = QPushButton(tr("Carry them out"))
        self.left_button.setObjectName("settleButton")
        self.left_button.clicked.connect(lambda *_: self._relay.settle())
        layout.addWidget(self.left)
        layout.addWidget(self.left_button)
        self.only = QPushButton()
        self.only.setObjectName("onlyEntityButton")
        self.only.setToolTip(tr("Show the accounts of every entity again"))
        self.only.clicked.connect(lambda *_: self.show_entity(None))
        self.only.hide()
        layout.addWidget(self.only)
        self.search = QLineEdit()
        self.search.setObjectName("accountSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(tr("Account, function, entity…"))
        self.search.setAccessibleName(tr("Find an account"))
        self.search.textChanged.connect(lambda *_: self._filter())
        layout.addWidget(self.search)
        self.view = QTreeView()
        self.view.setObjectName("accountsView")
        self.view.setAccessibleName(tr("Accounts"))
        set_up_table(self.view, self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_actions())
        layout.addWidget(self.view, 1)
        layout.addLayout(self._bottom())

    def _more_button(self) -> QToolButton:
        more = QToolButton()
        more.setObjectName("accountsMoreButton")
        more.setText("⋯")
        more.setAccessibleName(tr("More"))
        more.setToolTip(tr("Ask the service, personal data"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for label, action in (
            (tr("Ask the service for news"), self._relay.refresh),
            (tr("Export what concerns one person…"), self._export_person),
            (tr("Make old accounts anonymous…"), self._anonymise),
        ):
            menu.addAction(label).triggered.connect(lambda _=False, act=action: act())
        more.setMenu(menu)
        return more

    def _export_person(self) -> None:
        title = tr("Export what concerns one person")
        chosen = self.chosen()
        mark, accepted = QInputDialog.getText(
            self, title, tr("User name or e-mail"), text=chosen[0].username if chosen else ""
        )
        if not accepted or not mark.strip():
            return
        path = ask_file(self, title, "personne.json", {".json": "JSON"})
        if path is not None:
            self._relay.export_person(
                mark,
                path,
                lambda count: messages.info(
                    tr("%n entry(ies) about this person are in “{name}”.", n=count).format(
                        name=path.name
                    )
                ),
            )

    def _anonymise(self) -> None:
        months = self._relay.context.settings.relay_keep_months
        text = tr(
            "Names, functions and e-mails of accounts removed or refused more than %n month(s) ago "
            "are taken out of the register. This cannot be undone.",
            n=months,
        )
        if QMessageBox.question(self, tr("Make old accounts anonymous"), text) == (
            QMessageBox.StandardButton.Yes
        ):
            self._relay.anonymise(
                lambda count: messages.info(tr("%n account(s) made anonymous.", n=count))
            )

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.count = QLabel()
        self.count.setObjectName("accountCount")
        self.count.setMinimumWidth(40)
        row.addWidget(self.count, 1)
        self.action_button = QToolButton()
        self.action_button.setObjectName("accountActionButton")
        self.action_button.setText(tr("Decide…"))
        self.action_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.action_button)
        self.action_button.setMenu(self.menu)
        row.addWidget(self.action_button)
        return row

    def chosen(self) -> list[Person]:
        """The selected accounts."""
        found: list[Person] = []
        for part in self.view.selectionModel().selection():  # ranges: thousands of rows are few
            found += self.model.shown[part.top() : part.bottom() + 1]
        return found

    def _filter(self) -> None:
        state = self.state.currentData()
        only = self._entity.id if self._entity else ""

        def keeps(person: Any) -> bool:
            if only and person.entity_id != only:
                return False
            return person.state == state if state else person.state != REMOVED

        self.model.set_filter(self.search.text(), keeps)
        self.count.setText(count_text(len(self.model.shown), len(self._relay.holdings.people)))
        self._show_actions()

    def _show_actions(self) -> None:
        people = self.chosen()
        self.menu.clear()
        states = {person.state: person for person in people}
        common = [
            action
            for action in (allowed_actions(people[0]) if people else ())
            if all(action in allowed_actions(p) for p in states.values())
        ]
        for action in common:
            self.menu.addAction(f"{action_text(action)}…").triggered.connect(
                lambda _=False, a=action: self._decide(a)
            )
        self.action_button.setEnabled(bool(common))
        self.action_button.setToolTip(
            "" if common else tr("Choose accounts that the same can be done to.")
        )

    def _decide(self, action: str) -> None:
        people = self.chosen()
        decision = ask_decision(self, self._relay, action, people)
        if decision is not None:
            self._failures = []
            self._relay.decide(people, decision)

    def _create(self) -> None:
        made = ask_person(self, self._relay, self._entity)
        if made is not None:
            person, decision = made
            self._failures = []
            self._relay.decide([person], decision, new=True)

    def _ended(self, action: AccountAction) -> None:
        """What became of a decision, said as it comes."""
        name = next(
            (p.username for p in self._relay.holdings.people if p.id == action.account_id), ""
        )
        text = action_text(action.action) + (f" ({name})" if name else "")
        if action.state == FAILED:
            self._failures.append(f"{text}: {action.error}")
            messages.warn("\n".join(self._failures[-5:]), key="relay-accounts")
        else:
            messages.info(tr("Done: {action}").format(action=text))
