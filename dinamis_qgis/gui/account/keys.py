"""API keys of the account: list, create (the secret is shown this once), revoke."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.core.account.keys import ApiKey, KeyPair
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import (
    RED,
    ButtonRow,
    Notice,
    copy_button,
    make_button,
    plain_tip,
    text_label,
)

KEY_ROLE = Qt.ItemDataRole.UserRole


class ApiKeysDialog(QDialog):
    """Not modal; every call to the service is off the GUI thread."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._busy = False
        self.setObjectName("KeysDialog")
        self.setWindowTitle(tr("API keys"))
        column = QVBoxLayout(self)
        column.addWidget(
            text_label(
                tr(
                    "A key lets a program (script, server, GDAL) work in your name without the "
                    "sign-in page. One key per program."
                ),
                quiet=True,
            )
        )
        self.notice = Notice()
        column.addWidget(self.notice)
        self.created = self._make_created()
        column.addWidget(self.created)
        column.addWidget(self._make_list(), 1)
        self.description = QLineEdit()
        self.description.setMaxLength(200)
        self.description.setPlaceholderText(tr("What the key is for"))
        self.description.setAccessibleName(tr("What the key is for"))
        self.description.returnPressed.connect(self._create)
        self.create_button = make_button(tr("Create a key"), self._create, "createKeyButton")
        self.revoke_button = make_button(tr("Revoke the key…"), self._ask_revoke, "revokeKeyButton")
        row = QHBoxLayout()
        row.addWidget(self.description, 1)
        row.addWidget(self.create_button)
        column.addLayout(row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.addButton(self.revoke_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        column.addWidget(buttons)
        self.description.textChanged.connect(self._enable)
        self.list.itemSelectionChanged.connect(self._enable)
        self.resize(480, 420)
        self._load()

    def _make_list(self) -> QTreeWidget:
        self.list = QTreeWidget()
        self.list.setObjectName("keysView")
        self.list.setAccessibleName(tr("API keys"))
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels([tr("What for"), tr("Created"), tr("Access key")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        return self.list

    def _make_created(self) -> QWidget:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        form = QFormLayout(frame)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.created_text = text_label(
            tr("The key is created. Copy its secret now: it is shown this once and kept nowhere.")
        )
        form.addRow(self.created_text)
        self.access, self.secret = QLineEdit(), QLineEdit()
        for label, field in ((tr("Access key"), self.access), (tr("Secret key"), self.secret)):
            field.setReadOnly(True)
            field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            field.setAccessibleName(label)
            row = QHBoxLayout()
            row.addWidget(field, 1)
            self.copy_secret = copy_button(
                field.text, tr("Copy: {what}").format(what=label)
            )  # the last one
            row.addWidget(self.copy_secret)
            form.addRow(label, row)
        form.addRow(
            ButtonRow(
                [make_button(tr("I have copied it"), self._forget_created, "secretCopiedButton")]
            )
        )
        frame.hide()
        return frame

    # actions
    # ------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._run(lambda job: self._session.api_keys(job.cancel), self._show_keys)

    def _create(self) -> None:
        text = self.description.text().strip()
        if text and self.create_button.isEnabled():
            self._run(
                lambda job: self._session.create_api_key(text, job.cancel), self._show_created
            )

    def _ask_revoke(self) -> None:
        key = self._chosen()
        if key is None:
            return
        question = tr("Revoke “{what}”? Programs that use this key will no longer get in.").format(
            what=_key_name(key)
        )
        yes = make_button(tr("Revoke the key"), lambda: self._revoke(key), "confirmRevokeButton")
        no = make_button(tr("Keep it"), self.notice.hide)
        self.notice.show_notice(question, [yes, no])
        no.setFocus()

    def _revoke(self, key: ApiKey) -> None:
        def work(job: tasks.Job) -> list[ApiKey]:
            self._session.revoke_api_key(key.access, job.cancel)
            return self._session.api_keys(job.cancel)

        self._run(work, self._show_keys)

    def _run(self, work: Any, done: Any) -> None:
        self.notice.hide()
        self._set_busy(True)
        job = tasks.run(work, done=done, failed=self._failed, parent=self, title="keys")
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._set_busy(False)

    def _failed(self, error: DinamisError) -> None:
        if not isinstance(error, Cancelled):
            self.notice.show_notice(
                error.sentence(), [make_button(tr("Try again"), self._load)], RED
            )
            self.notice.setToolTip(plain_tip(error.details))

    # what is shown
    # ------------------------------------------------------------------------------------------

    def _show_keys(self, keys: list[ApiKey]) -> None:
        self.list.clear()
        locale = QLocale()
        for key in keys:
            moment = (
                QDateTime.fromSecsSinceEpoch(int(key.created.timestamp())) if key.created else None
            )
            date = locale.toString(moment.date(), QLocale.FormatType.ShortFormat) if moment else "–"
            item = QTreeWidgetItem([key.description or "–", date, key.access])
            for column, text in enumerate(
                (key.description, locale.toString(moment) if moment else "", key.access)
            ):
                item.setToolTip(column, plain_tip(text))
            item.setData(0, KEY_ROLE, key)
            self.list.addTopLevelItem(item)
        if not keys:
            item = QTreeWidgetItem([tr("No key yet")])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
        self._enable()

    def _show_created(self, pair: KeyPair) -> None:
        self.access.setText(pair.access)
        self.secret.setText(pair.secret)
        for field in (self.access, self.secret):
            field.setCursorPosition(0)
        self.description.clear()
        self.created.show()
        self.copy_secret.setFocus()
        self._load()

    def _forget_created(self) -> None:
        self.access.clear()
        self.secret.clear()
        self.created.hide()

    def _chosen(self) -> ApiKey | None:
        items = self.list.selectedItems()
        key = items[0].data(0, KEY_ROLE) if items else None
        return key if isinstance(key, ApiKey) else None

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def _enable(self, *_: object) -> None:
        named = bool(self.description.text().strip())
        self.create_button.setEnabled(named and not self._busy)
        self.create_button.setToolTip("" if named else tr("Say first what the key is for"))
        chosen = self._chosen() is not None
        self.revoke_button.setEnabled(chosen and not self._busy)
        self.revoke_button.setToolTip("" if chosen else tr("Choose a key first"))


def _key_name(key: ApiKey) -> str:
    return key.description or key.access
