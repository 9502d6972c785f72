"""The account strip at the top of the dock: who is signed in, through whom, with which licences;
the account's menu.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QMenu, QProgressBar, QToolButton, QVBoxLayout, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.help import help_key, open_help
from dinamis_qgis.core.account.model import Account, licences_held
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.errors import Action, DinamisError, NetworkError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.account.news import NewsDialog, NewsMark
from dinamis_qgis.gui.account.sign_in import SignInPage
from dinamis_qgis.gui.widgets.widgets import (
    RED,
    Fold,
    Notice,
    ShortLabel,
    StateDot,
    StatePanel,
    make_button,
)


class AccountStrip(QWidget):
    """Follows the context: opening, signed out, signing in, signed in, charter pending, expired,
    out of reach.
    """

    exercises_wanted = pyqtSignal()
    """The person wants the guided exercises; offered in training only."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._page: SignInPage | None = None
        self._fold: Any = None
        self._problem: DinamisError | None = None
        self._vault_said = False
        self.setAccessibleName(tr("Account"))
        self._make_widgets()
        context.profile_changed.connect(self._profile_changed)
        context.account_changed.connect(self._show_state)
        context.opening.connect(self._opening)
        context.open_failed.connect(self._open_failed)
        help_key(self, lambda: "account")
        QgsApplication.authManager().masterPasswordVerified.connect(self._vault_opened)
        self._show_state()

    @property
    def page(self) -> SignInPage | None:
        """The sign-in under way."""
        return self._page

    def sign_in(self) -> None:
        """Start signing in, or bring a sign-in under way back to attention; the profile is opened
        first when needed.
        """
        session = self._context.session
        if session is None:
            self._context.when_open(self.sign_in)
            return
        if self._page is not None:
            self._page.setFocus()
            return
        self._page = SignInPage(session)
        self._page.signed_in.connect(self._signed_in)
        self._page.closed.connect(self._close_page)
        self._fold = Fold(self._page)
        self._column.addWidget(self._fold)
        self._page.start()
        self._show_state()

    def sign_out(self) -> None:
        """Sign out, in the background."""
        session = self._context.session
        if session is not None:
            tasks.run(
                lambda job: session.sign_out(job.cancel), done=self._signed_out, title="sign-out"
            )

    # making
    # ------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QWidget()
        grid = QGridLayout(head)
        grid.setContentsMargins(8, 6, 4, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        self.dot = StateDot()
        self.who = ShortLabel()
        font = self.who.font()
        font.setBold(True)
        self.who.setFont(font)
        self.how = ShortLabel(quiet=True)
        self.account_button = make_button(tr("Sign in"), self.sign_in, "accountButton")
        self.menu_button = QToolButton()
        self.menu_button.setObjectName("accountMenuButton")
        self.menu_button.setText("⋯")
        self.menu_button.setAutoRaise(True)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setToolTip(tr("Account, profile, help"))
        self.menu_button.setAccessibleName(tr("Account menu"))
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.menu_button.setMenu(self._make_menu())
        self.news = NewsMark(self._context, self.news_action, self.menu_button)
        grid.addWidget(self.dot, 0, 0)
        grid.addWidget(self.who, 0, 1)
        grid.addWidget(self.how, 1, 1)
        grid.addWidget(self.account_button, 0, 2, 2, 1)
        grid.addWidget(self.menu_button, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(4)
        self.progress.setRange(0, 0)
        self.progress.hide()
        self.notice = Notice()
        for widget in (head, self.progress, self.notice):
            self._column.addWidget(widget)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self.details_action = menu.addAction(tr("My account…"), self._details)
        self.keys_action = menu.addAction(tr("API keys…"), self._keys)
        menu.addAction(tr("Service used…"), self._profiles)
        self.news_action = menu.addAction(tr("Relay news…"), self._news)
        self.exercises_action = menu.addAction(tr("Guided exercises…"), self.exercises_wanted.emit)
        self.exercises_action.setVisible(False)
        menu.addSeparator()
        menu.addAction(tr("Options…"), self._options)
        menu.addAction(tr("Help"), self._help)
        menu.addAction(tr("Check my installation…"), self._check)
        menu.addAction(tr("Support report…"), self._support)
        menu.addSeparator()
        self.sign_out_action = menu.addAction(tr("Sign out"), self.sign_out)
        return menu

    # states
    # ------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        session, profile = self._context.session, self._context.profile
        self.exercises_action.setVisible(profile is not None and profile.training)
        self.progress.setVisible(profile is None and self._problem is None)
        signed_in = session is not None and session.signed_in
        self.account_button.setVisible(not signed_in and self._page is None and session is not None)
        self.details_action.setEnabled(signed_in)
        self.keys_action.setEnabled(signed_in and session is not None and not session.with_key)
        self.keys_action.setToolTip(
            "" if self.keys_action.isEnabled() else tr("Sign in with your account first")
        )
        self.sign_out_action.setEnabled(signed_in)
        self.notice.hide()
        if session is None or profile is None:
            self._show_opening()
        elif signed_in:
            self._show_account(session, session.account or Account(""))
        elif self._page is not None:
            self._say(StatePanel.BUSY, tr("Signing in…"), profile.title)
        elif session.expired:
            self._say(StatePanel.EXPIRED, tr("Sign-in expired"), profile.title)
            self.account_button.setText(tr("Sign in again"))
        else:
            self._say(StatePanel.OUT, tr("Not signed in"), profile.title)
            self.account_button.setText(tr("Sign in"))

    def _show_opening(self) -> None:
        if self._problem is None:
            self._say(StatePanel.BUSY, tr("Opening…"), "")
            return
        self._say(StatePanel.OUT, tr("Service not available"), "")
        buttons = [
            make_button(tr("Try again"), self._reopen, "reopenButton"),
            make_button(tr("Another service…"), self._profiles),
        ]
        self.notice.show_notice(self._problem.sentence(), buttons, RED)

    def _show_account(self, session: Session, account: Account) -> None:
        label = account.label or tr("Signed in, name unknown")
        if session.unconfirmed:
            out_of_reach = session.unread is None or isinstance(session.unread, NetworkError)
            how = tr("Service out of reach for now") if out_of_reach else tr("Account not read")
            self._say(StatePanel.PARTLY, label, how)
            if not account.label or not out_of_reach:
                self._show_unread()
        elif account.charter_pending:
            self._say(StatePanel.PARTLY, label, tr("Charter to be accepted"))
            self._show_charter(account)
        else:
            self._say(StatePanel.IN, label, self._through(account))

    def _through(self, account: Account) -> str:
        """Second line: the relay and the count of licences, as far as known; the service where
        nothing is.
        """
        profile = self._context.profile
        parts = []
        if account.relay:
            parts.append(
                tr("via {relay} (relay)").format(relay=account.relay.name.partition(" (")[0])
            )
        counts = licences_held(profile, account) if profile else None
        if counts and counts[1]:
            parts.append(tr("licences {held}/{all}").format(held=counts[0], all=counts[1]))
        return " · ".join(parts) or (profile.title if profile else "")

    def _show_unread(self) -> None:
        text = tr(
            "The service did not say who you are: your body and your licences are not known here. "
            "What your account may open can be opened all the same."
        )
        again = make_button(
            tr("Check again"),
            self._reload,
            "checkAgainButton",
            tr("Asks the service for your name, your body and your licences"),
        )
        self.notice.show_notice(text, [again])

    def _show_charter(self, account: Account) -> None:
        profile = self._context.profile
        relay = account.relay or (profile.relay if profile else None)
        text = tr(
            "You can search and see which images exist. To open or download them, your body must "
            "first accept the DINAMIS charter."
        )
        if relay:
            contact = f"{relay.name} ({relay.email})" if relay.email else relay.name
            text += " " + tr("Ask your relay: {contact}.").format(contact=contact)
        write = make_button(tr("Write to the relay"), self._write_about_charter, "writeRelayButton")
        check = make_button(
            tr("Check again"),
            self._reload,
            "checkAgainButton",
            tr("Asks the service whether it has been accepted"),
        )
        self.notice.show_notice(text, [write, check])

    def _say(self, state: StatePanel, who: str, how: str) -> None:
        words = {
            StatePanel.IN: tr("Signed in"),
            StatePanel.PARTLY: tr("Signed in, with something missing"),
            StatePanel.EXPIRED: tr("Sign-in expired"),
            StatePanel.BUSY: tr("In progress"),
        }
        self.dot.show_state(state, words.get(state, tr("Not signed in")))
        self.who.show_text(who)
        self.how.show_text(how)
        self.how.setVisible(bool(how))

    # what happens
    # ------------------------------------------------------------------------------------------

    def _opening(self, fraction: float, text: str) -> None:
        self._problem = None
        self.progress.setRange(0, 1000 if fraction >= 0 else 0)
        self.progress.setValue(round(1000 * fraction))
        self.progress.show()
        self._say(StatePanel.BUSY, tr("Opening…"), text)

    def _open_failed(self, error: DinamisError) -> None:
        self._problem = error
        self._show_state()

    def _reopen(self) -> None:
        self._problem = None
        self._show_state()
        self._context.open()

    def _profile_changed(self) -> None:
        self._problem = None
        self._close_page()

    def _signed_in(self) -> None:
        self._close_page()
        session = self._context.session
        if session is not None and not session.kept and not self._vault_said:
            self._vault_said = True
            messages.info(
                tr(
                    "There is no safe place for your sign-in here: it will be asked again when "
                    "QGIS restarts."
                ),
                seconds=20,
            )
        self.menu_button.setFocus()

    def _close_page(self) -> None:
        if self._page is not None:
            self._page = None
            self._column.removeWidget(self._fold)
            self._fold.hide()
            self._fold.deleteLater()
        self._show_state()

    def _signed_out(self, told: bool) -> None:
        if not told:
            messages.info(
                tr(
                    "You are signed out on this computer. The service could not be told: it will "
                    "end the sign-in by itself."
                )
            )

    def _reload(self) -> None:
        session = self._context.session
        if session is not None:
            tasks.run(
                lambda job: session.reload_account(job.cancel),
                done=self._reloaded,
                parent=self,
                title="account",
            )

    def _reloaded(self, account: Account | None) -> None:
        self._show_state()
        if account is not None and account.charter_pending:
            messages.info(tr("The charter is not accepted yet."))

    def _vault_opened(self, verified: bool) -> None:
        """The person gave QGIS its master password for something else: a sign-in may be kept
        there.
        """
        session = self._context.session
        if (
            verified
            and session is not None
            and not session.signed_in
            and session.vault.kind == "qgis"
        ):
            tasks.run(
                lambda job: session.restore(job.cancel),
                failed=lambda error: None,
                parent=self,
                title="restore",
            )

    # the menu
    # ------------------------------------------------------------------------------------------

    def _details(self) -> None:
        from dinamis_qgis.gui.account.details import AccountDialog

        self._open(AccountDialog(self._context, self.window()), "account")

    def _keys(self) -> None:
        from dinamis_qgis.gui.account.keys import ApiKeysDialog

        if self._context.session is not None:
            self._open(ApiKeysDialog(self._context.session, self.window()), "account")

    def _profiles(self) -> None:
        from dinamis_qgis.gui.account.profiles import ProfilesDialog

        self._open(ProfilesDialog(self._context, self.window()), "account")

    def _news(self) -> None:
        self._open(NewsDialog(self.news.feed, self.window()), "account")

    def _check(self) -> None:
        from dinamis_qgis.gui.installation import InstallationDialog

        self._open(InstallationDialog(self._context, self.window()), "problems")

    def _support(self) -> None:
        from dinamis_qgis.gui.support import SupportDialog

        self._open(SupportDialog(self._context, self.window()), "problems")

    def _open(self, dialog: Any, topic: str) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        help_key(dialog, lambda: topic)
        self._context.closing.connect(dialog.close)
        dialog.show()

    def _options(self) -> None:
        messages.perform_action(Action.OPEN_OPTIONS)

    def _help(self) -> None:
        open_help()

    def _write_about_charter(self) -> None:
        self._context.contact_relay(tr("DINAMIS: charter to be accepted for my account"))
