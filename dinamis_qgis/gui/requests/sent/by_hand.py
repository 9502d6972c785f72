"""Where no service tells: the person notes what the relay has said, and is reminded to ask."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.tasking.model import Request, state_text
from dinamis_qgis.core.tasking.summary import format_day
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

STATES = ("received", "accepted", "scheduled", "held", "completed", "rejected", "cancelled")
REMINDERS = (7, 14, 30)


class ByHand(QWidget):
    """A state with a remark, and when to ask for news."""

    noted = pyqtSignal(str, str)
    remind_wanted = pyqtSignal(object)
    """Days from today, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = wrapped_label()
        self.state = pass_wheel_on(QComboBox())
        self.state.setObjectName("stateByHand")
        self.state.setAccessibleName(tr("State your relay told you"))
        for code in STATES:
            self.state.addItem(state_text(code), code)
        self.remark = QLineEdit()
        self.remark.setObjectName("remarkByHand")
        self.remark.setAccessibleName(tr("Remark"))
        self.remark.setPlaceholderText(tr("Remark"))
        self.remark.setMinimumWidth(40)
        self.note_button = QPushButton(tr("Note"))
        self.note_button.setObjectName("noteStateButton")
        self.note_button.setToolTip(tr("Keep this state, with today’s date, in the history"))
        self.note_button.clicked.connect(self._note)
        self.remind = pass_wheel_on(QComboBox())
        self.remind.setObjectName("reminder")
        self.remind.setAccessibleName(tr("Reminder"))
        self.remind.addItem(tr("Remind me…"), 0)
        for days in REMINDERS:
            self.remind.addItem(tr("in %n day(s)", n=days), days)
        self.remind.addItem(tr("never"), -1)
        self.remind.activated.connect(lambda *_: self._remind())
        row = QHBoxLayout()
        row.addWidget(self.state, 1)
        row.addWidget(self.note_button)
        column.addLayout(row)
        column.addWidget(self.remark)
        below = QHBoxLayout()
        below.addWidget(self.remind)
        below.addWidget(self.text, 1)
        column.addLayout(below)

    def show_request(self, request: Request) -> None:
        """For this one."""
        self.text.setText(
            tr("Reminder on {day}").format(day=format_day(request.remind))
            if request.remind
            else tr("No reminder")
        )
        self.remind.setCurrentIndex(0)

    def _note(self) -> None:
        self.noted.emit(self.state.currentData(), self.remark.text().strip())
        self.remark.clear()

    def _remind(self) -> None:
        days = self.remind.currentData()
        if days:
            self.remind_wanted.emit(days if days > 0 else None)
