"""The sign-in page inside the dock: the code, the page to open, its QR code, the time left; an API
key as the other way.
"""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QFont, QFontDatabase, QKeyEvent
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.account.device import DeviceCode
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.net.urls import find_address
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import (
    RED,
    ButtonRow,
    Notice,
    QrCode,
    copy_button,
    make_button,
    plain_tip,
    qr_matrix,
    secret_field,
    text_label,
)


class SignInPage(QWidget):
    """One sign-in.

    ``signed_in`` when somebody is, ``closed`` when the person gave up; the owner deletes it then.
    """

    signed_in = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: tasks.Job | None = None
        self._code: DeviceCode | None = None
        self._life = 1.0
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(8)
        self.error = Notice()
        column.addWidget(self.error)
        self.waiting = text_label()
        column.addWidget(self.waiting)
        self._device = self._make_device_part()
        column.addWidget(self._device)
        self.cancel_button = make_button(tr("Cancel"), self.cancel, "cancelSignInButton")
        column.addWidget(ButtonRow([self.cancel_button]))
        self._key_group = self._make_key_part()
        column.addWidget(self._key_group)
        self._device.hide()

    def start(self) -> None:
        """Ask for a code, or for a key where the profile knows nothing else."""
        auth = self._session.profile.auth
        self._key_group.setVisible(auth.api_key)
        if auth.device_grant:
            self._ask_code()
        else:
            self.waiting.setText(tr("This service is used with an API key."))
            self._key_group.setCollapsed(False)
            self.access.setFocus()

    def cancel(self) -> None:
        """Give up."""
        self._stop()
        self.closed.emit()

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    # the code
    # ------------------------------------------------------------------------------------------

    def _make_device_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.lead = text_label()
        column.addWidget(self.lead)
        row = QHBoxLayout()
        self.code = QLabel()
        self.code.setObjectName("signInCode")
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 2)
        font.setWeight(QFont.Weight.Bold)
        self.code.setFont(font)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row.addWidget(self.code, 1)
        self._copy = copy_button(self.code.text, tr("Copy the code"))
        row.addWidget(self._copy)
        column.addLayout(row)
        self.open_button = make_button("", self._open_page, "openPageButton")
        column.addWidget(ButtonRow([self.open_button], fill=True))
        self.qr_hint = text_label(quiet=True)
        column.addWidget(self.qr_hint)
        self.qr = QrCode()
        column.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(4)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Time left to sign in"))
        column.addWidget(self.bar)
        self.left = text_label(quiet=True)
        column.addWidget(self.left)
        return part

    def _ask_code(self) -> None:
        self._stop()
        self.error.hide()
        self._device.hide()
        self.waiting.setText(tr("Asking the service for a code…"))
        self.waiting.show()
        session = self._session

        def work(job: tasks.Job) -> None:
            def show(code: DeviceCode) -> None:
                job.send((code, qr_matrix(code.page_complete)))

            session.sign_in_device(show, job.cancel, job.send)

        self._job = tasks.run(
            work,
            arrived=self._arrived,
            done=self._done,
            failed=self._failed,
            parent=self,
            title="sign-in",
        )

    def _arrived(self, value: Any) -> None:
        if isinstance(value, tuple):
            self._show_code(*value)
        elif isinstance(value, DinamisError):
            self.waiting.setText(
                tr("{problem} Trying again by itself…").format(problem=value.message)
            )
            self.waiting.show()
        else:
            self.waiting.hide()

    def _show_code(self, code: DeviceCode, matrix: list[list[int]]) -> None:
        self._code, self._life = code, max(1.0, code.left())
        page = find_address(code.page)
        host = page.netloc if page else ""
        self.waiting.hide()
        self.lead.setText(
            tr(
                "Sign in on the service’s page with the account your relay made for you, and "
                "check that it shows this code:"
            )
        )
        self.code.setText(code.user_code)
        self.code.setAccessibleName(tr("Sign-in code: {code}").format(code=code.user_code))
        self._copy.setText(tr("Copy"))
        self.code.setVisible(bool(code.user_code))
        self._copy.setVisible(bool(code.user_code))
        self.open_button.setText(tr("Open the sign-in page"))
        self.open_button.setToolTip(tr("Opens {host} in your browser").format(host=host))
        self.open_button.setDefault(True)
        here = page is not None and page.is_loopback
        hint = tr(
            "Training service: this page opens on this computer only. On the real service, a "
            "phone may scan the code."
        )
        self.qr_hint.setText(
            hint
            if here
            else tr("Page on {host}. Or scan this code with your phone:").format(host=host)
        )
        self.qr.show_matrix(matrix)
        self.qr.setVisible(bool(matrix))
        self._device.show()
        self._clock.start()
        self._tick()
        self.open_button.setFocus()

    def _open_page(self) -> None:
        if self._code is not None:
            QDesktopServices.openUrl(QUrl(self._code.page_complete))

    def _tick(self) -> None:
        if self._code is None:
            return
        left = self._code.left()
        self.bar.setValue(round(1000 * left / self._life))
        minutes, seconds = divmod(int(left), 60)
        text = tr("Waiting for you on the page. Code valid for {minutes} min {seconds:02d} s.")
        self.left.setText(text.format(minutes=minutes, seconds=seconds))

    # the key
    # ------------------------------------------------------------------------------------------

    def _make_key_part(self) -> QWidget:
        group = QgsCollapsibleGroupBoxBasic(tr("I have an API key"))
        group.setObjectName("apiKeyGroup")
        group.setCollapsed(True)
        group.setAccessibleName(tr("I have an API key"))
        for fold in group.findChildren(QToolButton):
            fold.setAccessibleName(tr("I have an API key"))
        form = QFormLayout(group)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.access = QLineEdit()
        self.access.setAccessibleName(tr("Access key"))
        self.secret = secret_field(tr("Secret key"))
        form.addRow(tr("Access key"), self.access)
        form.addRow(tr("Secret key"), self.secret)
        self.key_button = make_button(tr("Sign in with the key"), self._use_key, "useKeyButton")
        form.addRow(ButtonRow([self.key_button]))
        self.secret.returnPressed.connect(self._use_key)
        for field in (self.access, self.secret):
            field.textChanged.connect(self._key_typed)
        self._key_typed()
        return group

    def _key_typed(self, *_: object) -> None:
        ready = bool(self.access.text().strip() and self.secret.text().strip())
        self.key_button.setEnabled(ready)
        self.key_button.setToolTip("" if ready else tr("Paste both parts of the key first"))

    def _use_key(self) -> None:
        if not self.key_button.isEnabled():
            return
        self._stop()
        self.error.hide()
        self._device.hide()
        self.waiting.setText(tr("Checking the key…"))
        self.waiting.show()
        session, access, secret = self._session, self.access.text(), self.secret.text()
        self._job = tasks.run(
            lambda job: session.sign_in_key(access, secret, job.cancel),
            done=self._done,
            failed=self._key_failed,
            parent=self,
            title="key",
        )

    def _key_failed(self, error: DinamisError) -> None:
        self._failed(error)
        self.secret.selectAll()
        self.secret.setFocus()

    # outcome
    # ------------------------------------------------------------------------------------------

    def _done(self, _: Any) -> None:
        self._job = None
        self._clock.stop()
        self.secret.clear()
        self.signed_in.emit()

    def _failed(self, error: DinamisError) -> None:
        self._stop()
        if isinstance(error, Cancelled):
            return
        self._device.hide()
        self.waiting.hide()
        again = (
            [make_button(tr("Get a new code"), self._ask_code, "newCodeButton")]
            if self._session.profile.auth.device_grant
            else []
        )
        self.error.show_notice(error.sentence(), again, RED)
        self.error.setToolTip(plain_tip(error.details))
        if again:
            again[0].setFocus()

    def _stop(self) -> None:
        self._clock.stop()
        self._code = None
        if self._job is not None:
            self._job.stop()
            self._job = None
