"""What will be done to accounts, said before it is done; and the form of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.accounts import NEEDS_REASON, Decision
from dinamis_qgis.core.relay.channels.dossier import action_text
from dinamis_qgis.core.relay.list_import import is_email
from dinamis_qgis.core.relay.model import Entity, Person, new_id
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class DecisionDialog(QDialog):
    """One decision on one account or many."""

    def __init__(
        self, parent: QWidget, relay: RelayAdministration, action: str, people: Sequence[Person]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("decisionDialog")
        self.setWindowTitle(action_text(action))
        self._action = action
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(consequence_text(action, people), "decisionText"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.reason, self.remark = QLineEdit(), QLineEdit()
        self.reason.setObjectName("decisionReason")
        self.remark.setObjectName("decisionRemark")
        self.reason.textChanged.connect(lambda *_: self._check())
        if action in (*NEEDS_REASON, "remove"):
            form.addRow(tr("Reason, for the person"), self.reason)
        form.addRow(tr("Remark, for the relay"), self.remark)
        self.day = pass_wheel_on(QDateEdit(QDate.currentDate().addYears(1)))
        self.day.setCalendarPopup(True)
        if action == "renew":
            form.addRow(tr("Until"), self.day)
        self.entity = entity_box(relay)
        if action == "move":
            form.addRow(tr("To the entity"), self.entity)
        self.licences = licence_boxes(relay, people[0].licences if people else ())
        if action == "licences":
            for box in self.licences.values():
                form.addRow("", box)
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = QPushButton(
            action_text(action) if len(people) == 1 else tr("Do it to %n account(s)", n=len(people))
        )
        self.accept_button.setObjectName("decideButton")
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._check()

    def decision(self) -> Decision:
        """What was decided."""
        values: dict[str, Any] = {}
        if self._action == "renew":
            values["expires"] = self.day.date().toPyDate()
        if self._action == "move":
            values["entity_id"] = self.entity.currentData()
        if self._action == "licences":
            values["licences"] = [n for n, box in self.licences.items() if box.isChecked()]
        return Decision(
            self._action, self.reason.text().strip(), self.remark.text().strip(), values
        )

    def _check(self) -> None:
        missing = self._action in NEEDS_REASON and not self.reason.text().strip()
        self.accept_button.setEnabled(not missing)
        self.accept_button.setToolTip(tr("Say why: the person reads it.") if missing else "")


class PersonDialog(QDialog):
    """A new account: name to sign in with, function, professional e-mail, entity, licences."""

    def __init__(self, parent: QWidget, relay: RelayAdministration, entity: Entity | None) -> None:
        super().__init__(parent)
        self.setObjectName("personDialog")
        self.setWindowTitle(tr("New account"))
        self._known = {p.username.casefold() for p in relay.holdings.people}
        layout = QVBoxLayout(self)
        layout.addWidget(
            wrapped_label(tr("Only what is needed: a name, a function, a professional e-mail."), "")
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.fields = {name: QLineEdit() for name in ("username", "name", "function", "email")}
        labels = {
            "username": tr("User name"),
            "name": tr("Name"),
            "function": tr("Function"),
            "email": tr("Professional e-mail"),
        }
        for name, field in self.fields.items():
            field.setObjectName(f"person_{name}")
            field.textChanged.connect(lambda *_: self._check())
            form.addRow(labels[name], field)
        self.entity = entity_box(relay, entity)
        self.entity.setObjectName("personEntity")
        form.addRow(tr("Entity"), self.entity)
        self.licences = licence_boxes(relay, ())
        for box in self.licences.values():
            form.addRow("", box)
        self.validated = QCheckBox(tr("Validate it at once: the person can sign in"))
        self.validated.setObjectName("personValidated")
        self.validated.setChecked(True)
        form.addRow("", self.validated)
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.create_button = QPushButton(tr("Create the account"))
        self.create_button.setObjectName("createAccountButton")
        buttons.addButton(self.create_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._check()

    def result_values(self) -> tuple[Person, Decision]:
        """The account and the decision to create it."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        held = tuple(name for name, box in self.licences.items() if box.isChecked())
        person = Person(new_id(), entity_id=self.entity.currentData() or "", licences=held, **texts)
        return person, Decision("create", values={"pending": not self.validated.isChecked()})

    def _check(self) -> None:
        name = self.fields["username"].text().strip()
        mail = self.fields["email"].text().strip()
        fault = ""
        if not name or len(name.split()) > 1:
            fault = tr("Give a user name without spaces.")
        elif name.casefold() in self._known:
            fault = tr("The user name “{name}” is in use.").format(name=name)
        elif mail and not is_email(mail):
            fault = tr("“{address}” is no e-mail address.").format(address=mail)
        self.create_button.setEnabled(not fault)
        self.create_button.setToolTip(as_plain(fault))


def entity_box(relay: RelayAdministration, chosen: Entity | None = None) -> QComboBox:
    """The members to choose from; typing finds one."""
    box = pass_wheel_on(QComboBox())
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    for entity in relay.holdings.entities:
        box.addItem(entity.name, entity.id)
    if chosen is not None:
        box.setCurrentIndex(box.findData(chosen.id))
    completer = box.completer()
    if completer is not None:
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return box


def licence_boxes(relay: RelayAdministration, held: Sequence[str]) -> dict[str, QCheckBox]:
    """One box for each licence of the service that must be signed, by its id."""
    profile = relay.context.profile
    found = {}
    for licence in profile.licences if profile else ():
        if not licence.open:
            box = QCheckBox(licence.title)
            box.setToolTip(as_plain(licence.title))
            box.setChecked(licence.id in held)
            found[licence.id] = box
    return found


def consequence_text(action: str, people: Sequence[Person]) -> str:
    """What will happen, and to whom."""
    names = ", ".join(p.username for p in people[:8])
    if len(people) > 8:
        names += " " + tr("and %n more", n=len(people) - 8)
    meaning = {
        "validate": tr("The person will be able to sign in."),
        "refuse": tr("The person cannot sign in and reads the reason."),
        "suspend": tr("The person is signed out, cannot sign in any more and reads the reason."),
        "reactivate": tr("The person will be able to sign in again."),
        "renew": tr("The account stays valid until the day you choose."),
        "move": tr("The person will work in the name of the other entity."),
        "licences": tr("The person may use the products of the licences you choose."),
        "remove": tr("The account is deleted at the service. This cannot be undone."),
    }.get(action, "")
    return f"{names}\n{meaning}"


def ask_decision(
    parent: QWidget, relay: RelayAdministration, action: str, people: Sequence[Person]
) -> Decision | None:
    """What the person decides; None when given up."""
    dialog = DecisionDialog(parent, relay, action, people)
    return dialog.decision() if dialog.exec() == int(QDialog.DialogCode.Accepted) else None


def ask_person(
    parent: QWidget, relay: RelayAdministration, entity: Entity | None
) -> tuple[Person, Decision] | None:
    """A new account; None when given up."""
    dialog = PersonDialog(parent, relay, entity)
    return dialog.result_values() if dialog.exec() == int(QDialog.DialogCode.Accepted) else None
