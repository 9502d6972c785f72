"""A new member: looked up by SIRET or name in the public register, or filled in by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.relay.eligibility import Organisation, assess_eligibility, entity_from
from dinamis_qgis.core.relay.list_import import entity_faults, entity_marks
from dinamis_qgis.core.relay.model import Entity, eligibility_text, new_id
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class NewEntityDialog(QDialog):
    """Nothing is kept before “Add the entity”."""

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newEntityDialog")
        self.setWindowTitle(tr("New entity"))
        self._relay = relay
        self._job: Any = None
        self._found: Organisation | None = None
        layout = QVBoxLayout(self)
        layout.addLayout(self._query_row())
        self.results = QListWidget()
        self.results.setObjectName("eligibilityResults")
        self.results.setAccessibleName(tr("Organisations found"))
        self.results.setWordWrap(True)
        self.results.setMaximumHeight(self.fontMetrics().height() * 7)
        self.results.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.results.hide()
        layout.addWidget(self.results)
        self.said = wrapped_label("", "eligibilityText")
        layout.addWidget(self.said)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.name, self.siret, self.group = QLineEdit(), QLineEdit(), QLineEdit()
        for field, label in (
            (self.name, tr("Name")),
            (self.siret, tr("SIRET")),
            (self.group, tr("User group")),
        ):
            field.textChanged.connect(lambda *_: self._check())
            form.addRow(label, field)
        self.name.setObjectName("newEntityName")
        self.siret.setObjectName("newEntitySiret")
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add_button = QPushButton(tr("Add the entity"))
        self.add_button.setObjectName("addEntityButton")
        buttons.addButton(self.add_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(420, self.sizeHint().height())
        self._check()

    def _query_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.query = QLineEdit()
        self.query.setObjectName("eligibilityQuery")
        self.query.setPlaceholderText(tr("SIRET, SIREN or name"))
        self.query.setAccessibleName(tr("SIRET, SIREN or name"))
        self.search_button = QPushButton(tr("Look up"))
        self.search_button.setObjectName("eligibilityButton")
        self.search_button.setDefault(True)
        self.search_button.clicked.connect(lambda *_: self._look_up())
        row.addWidget(self.query, 1)
        row.addWidget(self.search_button)
        return row

    def entity(self) -> Entity:
        """The member as filled in."""
        base = Entity(new_id(), "")
        if self._found is not None:
            base = entity_from(self._found, base)
        siret = "".join(self.siret.text().split())
        return replace(
            base,
            name=self.name.text().strip(),
            siret=siret,
            siren=base.siren or siret[:9],
            group=self.group.text().strip(),
        )

    def _look_up(self) -> None:
        if self._job is not None:
            self._job.stop()
        self.search_button.setEnabled(False)
        self.said.setText(tr("Looking up…"))
        self._job = self._relay.look_up(self.query.text(), self._arrived, self._failed)

    def _arrived(self, found: list[Organisation]) -> None:
        self.search_button.setEnabled(True)
        self.results.clear()
        for organisation in found:
            verdict = assess_eligibility(organisation)
            text = f"{organisation.name} · {organisation.commune or organisation.postcode}"
            item = QListWidgetItem(f"{text}\n{eligibility_text(verdict.eligibility)}")
            item.setData(int(Qt.ItemDataRole.UserRole), organisation)
            self.results.addItem(item)
        self.results.setVisible(len(found) > 1)
        if found:
            self.results.setCurrentRow(0)
        else:
            self.said.setText(tr("Nothing found: check the number, or fill in the fields by hand."))

    def _failed(self, error: DinamisError) -> None:
        self.search_button.setEnabled(True)
        if not isinstance(error, Cancelled):
            by_hand = tr("You can fill in the fields by hand.")
            self.said.setText(f"{error.sentence()} {by_hand}")

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self._found = item.data(int(Qt.ItemDataRole.UserRole))
        if self._found is None:
            return
        verdict = assess_eligibility(self._found)
        self.said.setText(f"{eligibility_text(verdict.eligibility)} – {verdict.reason}")
        self.name.setText(self._found.name)
        self.siret.setText(self._found.siret)

    def _check(self) -> None:
        entity = self.entity()
        faults = list(entity_faults(entity))
        marks = set(entity_marks(entity))
        double = next(
            (e for e in self._relay.holdings.entities if marks & set(entity_marks(e))), None
        )
        if double is not None:
            faults.append(tr("Already in the register: {name}.").format(name=double.name))
        self.add_button.setEnabled(not faults)
        self.add_button.setToolTip(as_plain(" ".join(faults)))
        if double is not None:
            self.said.setText(faults[-1])
