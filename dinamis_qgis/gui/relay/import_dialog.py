"""A list about to be imported: what enters the register, and what is wrong in which line."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.core.relay.list_import import Line, plain_words, usable_entities
from dinamis_qgis.core.relay.model import Entity
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.entities_page import set_up_table
from dinamis_qgis.gui.relay.lists import Column, RowsModel
from dinamis_qgis.gui.widgets.labels import wrapped_label


class _ImportedRow:
    """A line as the table shows it."""

    def __init__(self, line: Line) -> None:
        self.id, self.line = str(line.number), line

    @property
    def remark(self) -> str:
        double = self.line.duplicate_of
        found = list(self.line.faults)
        if double:
            found.append(tr("Already there: {name}").format(name=double))
        return " ".join(found) or tr("Ready")


class ImportDialog(QDialog):
    """Lines with a fault or that are there already are left out."""

    def __init__(self, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(tr("Import a list of entities"))
        self._entities = usable_entities(lines)
        layout = QVBoxLayout(self)
        faulty = sum(1 for line in lines if line.faults)
        double = sum(1 for line in lines if line.duplicate_of and not line.faults)
        said = [tr("%n line(s) can be imported.", n=len(self._entities))]
        if faulty:
            said.append(tr("%n line(s) with a fault are left out.", n=faulty))
        if double:
            said.append(tr("%n line(s) are there already.", n=double))
        layout.addWidget(wrapped_label(" ".join(said), "importText"))
        self.model = RowsModel(
            [
                Column(tr("Entity"), lambda r: r.line.entity.name),
                Column(tr("Line"), lambda r: r.id, lambda r: r.line.number, number=True),
                Column(tr("What is wrong"), lambda r: r.remark),
            ],
            lambda r: plain_words(r.line.entity.name),
            self,
        )
        self.model.set_rows([_ImportedRow(line) for line in lines])
        self.view = QTreeView()
        self.view.setObjectName("importView")
        set_up_table(self.view, self.model)
        self.view.header().resizeSection(2, 260)
        self.view.sortByColumn(1, self.view.header().sortIndicatorOrder())
        layout.addWidget(self.view)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        text = tr("Import %n line(s)", n=len(self._entities))
        self.import_button = QPushButton(text)
        self.import_button.setObjectName("importButton")
        self.import_button.setEnabled(bool(self._entities))
        buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(560, 420)

    def entities(self) -> list[Entity]:
        """What is to be imported."""
        return self._entities
