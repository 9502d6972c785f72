"""What is known of the person signed in: entity, relay and its contact, licences, roles, and where
the sign-in is kept.
"""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.profile.model import Licence, Profile, Relay
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import make_button, text_label


class AccountDialog(QDialog):
    """Read only; follows the account while open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("AccountDialog")
        self.setWindowTitle(tr("My account"))
        column = QVBoxLayout(self)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        column.addWidget(self._area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        self.reload_button = make_button(
            tr("Update"), self._reload, "reloadAccountButton", tr("Asks the service again")
        )
        buttons.addButton(self.reload_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(440, 420)
        context.account_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        session, profile = self._context.session, self._context.profile
        body = QWidget()
        form = self._form = QFormLayout(body)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        if session is None or profile is None or not session.signed_in:
            form.addRow(text_label(tr("Nobody is signed in.")))
        else:
            self._fill(form, session, profile, session.account or Account(""))
        self.reload_button.setEnabled(
            session is not None and session.signed_in and not session.with_key
        )
        self._area.setWidget(body)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Labels above their values where it is narrow."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        narrow = self.width() < 50 * self.fontMetrics().averageCharWidth()
        policy = QFormLayout.RowWrapPolicy
        self._form.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)

    def _fill(
        self, form: QFormLayout, session: Session, profile: Profile, account: Account
    ) -> None:
        def row(label: str, text: str) -> None:
            form.addRow(_caption_label(label), text_label(text or "–"))

        row(tr("Name"), account.name)
        if account.username:
            row(tr("User name"), account.username)
        row(tr("Body"), account.entity)
        row(tr("E-mail"), account.email)
        form.addRow(_caption_label(tr("Relay")), _relay_label(account.relay or profile.relay))
        form.addRow(_caption_label(tr("Licences")), _licences_label(profile, account))
        if account.roles:
            row(tr("Roles"), ", ".join(_role_text(role) for role in sorted(account.roles)))
        row(tr("Service"), profile.title)
        row(tr("Sign-in kept"), _kept_text(session))

    def _reload(self) -> None:
        session = self._context.session
        if session is None:
            return
        self.reload_button.setEnabled(False)
        job = tasks.run(
            lambda job: session.reload_account(job.cancel),
            done=lambda _: self._show(),
            parent=self,
            title="account",
        )
        job.ended.connect(self._reloaded)

    def _reloaded(self) -> None:
        self.reload_button.setEnabled(True)


def _caption_label(text: str) -> QLabel:
    label = text_label(text, quiet=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _relay_label(relay: Relay) -> QLabel:
    lines = [escape(relay.name)]
    if relay.email:
        lines.append(f'<a href="mailto:{escape(relay.email)}">{escape(relay.email)}</a>')
    if relay.phone:
        lines.append(escape(relay.phone))
    if relay.url.startswith(("https://", "http://")):
        lines.append(f'<a href="{escape(relay.url)}">{escape(relay.url)}</a>')
    return _links_label("<br>".join(lines))


def _licences_label(profile: Profile, account: Account) -> QLabel:
    if account.licences is None:
        return text_label(tr("The service does not say which licences this account holds."))
    return _links_label(
        "<br>".join(_licence_line(profile, account, licence) for licence in profile.licences) or "–"
    )


def _licence_line(profile: Profile, account: Account, licence: Licence) -> str:
    title = escape(licence.title)
    if licence.url:
        title = f'<a href="{escape(licence.url)}">{title}</a>'
    held = holding(profile, account, licence.id)
    if held is Holding.OPEN:
        return "✔ " + tr("{licence}: open to everybody").format(licence=title)
    if held is Holding.HELD:
        return "✔ " + title
    return "✘ " + tr("{licence}: not held, ask your relay").format(licence=title)


def _links_label(html: str) -> QLabel:
    label = text_label(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.setOpenExternalLinks(True)
    return label


def _role_text(role: str) -> str:
    return {
        "utilisateur": tr("user"),
        "referent": tr("contact person of the body"),
        "relais": tr("relay"),
        "formateur": tr("trainer"),
        "secours": tr("rescue services"),
        "charte-en-attente": tr("charter to be accepted"),
    }.get(role, role)


def _kept_text(session: Session) -> str:
    if not session.kept:
        return tr("until QGIS closes: there is no safe place for it")
    if session.vault.kind == "qgis":
        return tr("in QGIS’s authentication database")
    return tr("in the keyring of this computer")
