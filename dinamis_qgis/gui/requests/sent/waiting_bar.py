"""Confirmed requests that are not for whoever is signed in to send just so: one line about each,
and what can be done.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.tasking.model import Request
from dinamis_qgis.core.tasking.register.owner import Owner, name_text, owner_of, sender_name
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class WaitingBar(QFrame):
    """Shows the first of them; what the person has left alone does not come back until somebody
    else signs in.
    """

    review_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("waitingBar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.request: Request | None = None
        self._waiting: list[Request] = []
        self._left_alone: set[str] = set()
        self._account: Account | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        self.text = wrapped_label("", "waitingText")
        column.addWidget(self.text)
        row = QHBoxLayout()
        self.review_button, self.leave_button = (
            QPushButton(tr("Review and send…")),
            QPushButton(tr("Leave it")),
        )
        self.review_button.setObjectName("reviewWaitingButton")
        self.review_button.setToolTip(tr("See it whole, then confirm it in your own name"))
        self.review_button.clicked.connect(
            lambda *_: self.request and self.review_wanted.emit(self.request)
        )
        self.leave_button.setObjectName("leaveWaitingButton")
        self.leave_button.setToolTip(tr("It stays in the list as it is, and is not sent"))
        self.leave_button.clicked.connect(lambda *_: self._leave())
        row.addWidget(self.review_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def show_waiting(self, requests: Iterable[Request], account: Account | None) -> None:
        """Those that wait for ``account`` to say what becomes of them."""
        if sender_name(account) != sender_name(self._account):
            self._left_alone.clear()
        self._account = account
        self._waiting = [r for r in requests if r.reference not in self._left_alone]
        self.request = self._waiting[0] if self._waiting else None
        self.setVisible(self.request is not None)
        if self.request is None:
            return
        text = tr(
            "“{title}” was confirmed while nobody was signed in. It leaves once you confirm it."
        )
        if owner_of(self.request, account) is Owner.OTHER:
            text = tr("“{title}” was confirmed by {account}. It does not leave in your name.")
        text = text.format(title=self.request.label, account=name_text(self.request.account))
        more = len(self._waiting) - 1
        self.text.setText(f"{text} {tr('%n more wait(s) too.', n=more)}" if more else text)

    def _leave(self) -> None:
        if self.request is not None:
            self._left_alone.add(self.request.reference)
        self.show_waiting(self._waiting, self._account)
