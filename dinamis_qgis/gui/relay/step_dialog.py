"""What is noted with a step of an adhesion: when, why, the file it rests on."""

from __future__ import annotations

from datetime import datetime, time, timezone
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QInputDialog,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.adhesion import StepDetails
from dinamis_qgis.core.relay.model import REFUSED, SUSPENDED, Entity, state_text
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class StepDialog(QDialog):
    """Says what will be noted, and warns where steps are passed over."""

    def __init__(self, parent: QWidget, entity: Entity, state: str, over: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.setObjectName("stepDialog")
        self.setWindowTitle(state_text(state))
        self._needs_reason = bool(over) or state in (REFUSED, SUSPENDED)
        layout = QVBoxLayout(self)
        text = tr("{entity}: noted in the register as “{step}”.").format(
            entity=entity.name, step=state_text(state)
        )
        if over:
            names = ", ".join(state_text(s) for s in over)
            text += "\n" + tr("Passed over: {steps}. Say why.").format(steps=names)
        layout.addWidget(wrapped_label(text, "stepText"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.day = pass_wheel_on(QDateEdit(QDate.currentDate()))
        self.day.setObjectName("stepDay")
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(QDate.currentDate())
        form.addRow(tr("Day"), self.day)
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("stepReason")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(self.fontMetrics().height() * 4)
        self.reason.textChanged.connect(self._check)
        form.addRow(tr("Reason or remark"), self.reason)
        self.file = QgsFileWidget()
        self.file.setObjectName("stepFile")
        form.addRow(tr("File (its name and hash are kept)"), self.file)
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = QPushButton(tr("Note this step"))
        self.accept_button.setObjectName("noteStepButton")
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._check()

    def details(self) -> StepDetails:
        """What was filled in."""
        day = self.day.date()
        at = None
        if day != QDate.currentDate():
            at = datetime.combine(day.toPyDate(), time(12), timezone.utc)
        name = self.file.filePath().strip()
        reason = self.reason.toPlainText().strip()
        return StepDetails(reason, at, Path(name) if name else None)

    def _check(self) -> None:
        missing = self._needs_reason and not self.reason.toPlainText().strip()
        self.accept_button.setEnabled(not missing)
        self.accept_button.setToolTip(tr("Say why.") if missing else "")


def ask_step(
    parent: QWidget, entity: Entity, state: str, over: tuple[str, ...]
) -> StepDetails | None:
    """What to note with a step; None when given up."""
    dialog = StepDialog(parent, entity, state, over)
    return dialog.details() if dialog.exec() == int(QDialog.DialogCode.Accepted) else None


def ask_reason(parent: QWidget, title: str, question: str) -> str:
    """A reason in words; empty when given up."""
    text, accepted = QInputDialog.getMultiLineText(parent, title, question)
    return text.strip() if accepted else ""
