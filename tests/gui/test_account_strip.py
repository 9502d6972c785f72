"""The account strip and the sign-in page, as a person uses them, against the real training
service.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices, QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.gui.account.strip import AccountStrip
from dinamis_qgis.gui.widgets.widgets import StatePanel, qr_matrix
from dinamis_qgis.sandbox.faults import Fault
from tests.conftest import wait
from tests.gui.account_desk import Desk, NotedVault, desk, unnamed


@pytest.fixture
def at(tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with desk(tmp_path, iface, monkeypatch) as found:
        yield found


class Browser(QObject):
    """Stands where the person's browser would open."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []
        for scheme in ("http", "mailto"):
            QDesktopServices.setUrlHandler(scheme, self, "opened")

    @pyqtSlot(QUrl)
    def opened(self, url: QUrl) -> None:
        self.pages.append(url.toString())

    def close(self) -> None:
        for scheme in ("http", "mailto"):
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def browser() -> Iterator[Browser]:
    found = Browser()
    yield found
    found.close()


def test_sign_in_with_the_code(at: Desk, browser: Browser) -> None:
    strip = at.strip
    assert (
        strip.dot.state is StatePanel.OUT
        and strip.account_button.isVisible()
        and strip.account_button.objectName() == "accountButton"
    )
    QTest.mouseClick(strip.account_button, Qt.MouseButton.LeftButton)
    wait(lambda: strip.page and strip.page.open_button.isVisible())
    page = strip.page
    code = page.code.text()
    assert at.service.auth.logins.find(code) and not strip.account_button.isVisible()
    assert "9 min" in page.left.text() and page.bar.value() > 900
    assert page.window().focusWidget() is page.open_button
    QTest.keyClick(page.open_button, Qt.Key.Key_Return)
    assert browser.pages == [f"{at.service.root}/auth/realms/mtd/device?user_code={code}"]
    at.answer(code, "technicien")
    wait(lambda: strip.dot.state is StatePanel.IN)
    assert strip.page is None and not strip.account_button.isVisible()
    assert strip.who.accessibleName() == "Technicien SIG · CC du Haut-Béarn"
    assert strip.how.accessibleName() == "via PIGMA (relay) · licences 2/3"
    assert not at.bar_texts()  # kept in the keyring: nothing to say


def test_the_qr_code_is_the_page(at: Desk) -> None:
    at.ask_code()
    page = at.strip.page
    matrix = qr_matrix(page._code.page_complete)
    image = page.qr.grab().toImage()
    size = page.qr.width() // (len(matrix) + 8)
    ratio = image.width() / page.qr.width()
    assert size >= 3 and len(matrix) >= 21
    for y in range(-4, len(matrix) + 4):
        for x in range(-4, len(matrix) + 4):
            inside = 0 <= x < len(matrix) and 0 <= y < len(matrix)
            middle = [round(((v + 4.5) * size) * ratio) for v in (x, y)]
            assert (image.pixelColor(*middle).lightness() < 128) == bool(inside and matrix[y][x]), (
                x,
                y,
            )


def test_copy_the_code(at: Desk) -> None:
    code = at.ask_code()
    at.strip.page._copy.click()
    assert QGuiApplication.clipboard().text() == code


@pytest.mark.parametrize("how", ["button", "escape"])
def test_giving_up(at: Desk, how: str) -> None:
    code = at.ask_code()
    page = at.strip.page
    if how == "button":
        page.cancel_button.click()
    else:
        QTest.keyClick(page.open_button, Qt.Key.Key_Escape)
    assert (
        at.strip.page is None
        and at.strip.account_button.isVisible()
        and at.strip.dot.state is StatePanel.OUT
    )
    at.answer(code, "technicien")  # too late
    assert not at.session.signed_in
    assert not at.bar_texts()


def test_refused_then_a_new_code(at: Desk) -> None:
    first = at.ask_code()
    at.answer(first, "")
    page = at.strip.page
    wait(page.error.isVisible)
    assert "refused" in page.error.label.text() and not page.code.isVisible()
    again = page.error.findChild(type(page.cancel_button), "newCodeButton")
    assert again.window().focusWidget() is again
    QTest.keyClick(again, Qt.Key.Key_Return)
    wait(lambda: page.code.isVisible() and page.code.text() != first)
    assert not page.error.isVisible()
    at.answer(page.code.text(), "sdis")
    wait(lambda: at.strip.dot.state is StatePanel.IN)
    assert (
        at.strip.who.accessibleName() == "Officier cartographe · SDIS 64"
        and "3/3" in at.strip.how.accessibleName()
    )


def test_a_service_in_trouble_is_told_and_survived(at: Desk) -> None:
    code = at.ask_code()
    at.service.faults.add(Fault("/auth/.*/token", status=502, times=1))
    page = at.strip.page
    wait(lambda: page.waiting.isVisible(), what="trouble told")
    assert "Trying again" in page.waiting.text() and page.code.isVisible()
    at.answer(code, "technicien")
    wait(lambda: at.strip.dot.state is StatePanel.IN)


def test_no_code_from_the_service(at: Desk) -> None:
    at.service.faults.add(Fault("/signing/openapi.json", body=b"<html>", times=1))
    at.strip.account_button.click()
    wait(lambda: at.strip.page.error.isVisible())
    assert "a web page instead of data" in at.strip.page.error.label.text()
    at.strip.page.cancel()


def test_sign_in_with_a_key(at: Desk) -> None:
    access, secret = at.service.store.create_key("technicien", "test")
    at.ask_code()
    page = at.strip.page
    page._key_group.setCollapsed(False)
    assert not page.key_button.isEnabled() and page.key_button.toolTip()
    QTest.keyClicks(page.access, access)
    QTest.keyClicks(page.secret, "not-the-secret")
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    wait(page.error.isVisible)
    assert "does not accept" in page.error.label.text()
    page.secret.clear()
    QTest.keyClicks(page.secret, secret)
    page.key_button.click()
    wait(lambda: at.strip.dot.state is StatePanel.IN)
    assert at.strip.who.accessibleName() == "API key" and at.session.with_key
    assert not at.strip.keys_action.isEnabled() and at.strip.details_action.isEnabled()


def test_the_charter_is_missing(at: Desk, browser: Browser) -> None:
    at.sign_in("nouveau")
    notice = at.strip.notice
    assert at.strip.dot.state is StatePanel.PARTLY and notice.isVisible()
    assert (
        "charter" in notice.label.text()
        and "PIGMA" in notice.label.text()
        and "pigma@formation.invalid" in notice.label.text()
    )
    find = lambda name: notice.findChild(type(at.strip.account_button), name)
    find("writeRelayButton").click()
    assert browser.pages and browser.pages[0].startswith("mailto:pigma@formation.invalid?subject=")
    find("checkAgainButton").click()
    wait(lambda: at.bar_texts())
    assert at.bar_texts() == ["The charter is not accepted yet."]
    from dataclasses import replace

    accounts = at.service.auth.accounts
    accounts["nouveau"] = replace(accounts["nouveau"], roles=("utilisateur",), licences=("spot67",))
    find("checkAgainButton").click()
    wait(lambda: at.strip.dot.state is StatePanel.IN)
    assert not notice.isVisible() and "1/3" in at.strip.how.accessibleName()


def test_expired_says_so_and_offers_to_come_back(at: Desk) -> None:
    at.sign_in()
    session = at.session
    at.service.store.revoke(session._keeper.state.proof.refresh)
    from dinamis_qgis.bridge import tasks

    tasks.run(lambda job: session.api_keys(job.cancel), failed=lambda error: None)
    wait(lambda: at.strip.dot.state is StatePanel.EXPIRED)
    assert at.strip.account_button.isVisible() and at.strip.account_button.text() == "Sign in again"
    at.sign_in()
    assert at.strip.dot.state is StatePanel.IN


def test_restored_silently_and_never_on_the_gui_thread(at: Desk, iface: Any) -> None:
    at.sign_in()
    second = Context(iface)
    second.settings.profile = at.context.settings.profile
    strip = AccountStrip(second)
    second.when_open(lambda: None)
    wait(lambda: strip.dot.state is StatePanel.IN)
    assert strip.who.accessibleName() == "Technicien SIG · CC du Haut-Béarn" and strip.page is None
    assert not at.bar_texts()
    second.close()
    strip.deleteLater()
    at.strip.sign_out()
    wait(lambda: not at.session.signed_in)
    assert len(at.vault.threads) > 4 and threading.get_ident() not in at.vault.threads


def test_a_service_out_of_reach_keeps_who_one_is(at: Desk, iface: Any) -> None:
    at.sign_in()
    at.service.faults.add(Fault("/(signing|auth)/.*", status=404))
    second = Context(iface)
    second.settings.profile = at.context.settings.profile
    strip = AccountStrip(second)
    second.when_open(lambda: None)
    wait(lambda: strip.dot.state is StatePanel.PARTLY)
    assert (
        strip.who.accessibleName() == "Technicien SIG · CC du Haut-Béarn"
        and "out of reach" in strip.how.accessibleName()
    )
    second.close()
    strip.deleteLater()


def test_a_name_that_cannot_be_read_is_said(at: Desk) -> None:
    """Signed in, and the service does not say who it is: told, with a way to ask again."""
    at.service.faults.add(Fault("/auth/.*/userinfo", status=401, times=1))
    at.sign_in()
    strip = at.strip
    wait(lambda: strip.dot.state is StatePanel.PARTLY)
    assert strip.who.accessibleName() == "Signed in, name unknown"
    assert strip.how.accessibleName() == "Account not read"
    assert strip.notice.isVisible() and "licences" in strip.notice.label.text()
    again = strip.notice.findChild(QAbstractButton, "checkAgainButton")
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    wait(lambda: strip.dot.state is StatePanel.IN)
    assert strip.who.accessibleName() == "Technicien SIG · CC du Haut-Béarn"
    assert not strip.notice.isVisible()


def test_sign_out(at: Desk) -> None:
    at.sign_in()
    at.strip.sign_out_action.trigger()
    wait(lambda: at.strip.account_button.isVisible())
    assert at.strip.dot.state is StatePanel.OUT and not at.strip.sign_out_action.isEnabled()
    assert at.vault.get("formation") is None
    wait(
        lambda: [
            seen for seen in at.service.seen if seen.path.endswith("/revoke") and seen.status == 200
        ]
    )
    assert not at.bar_texts()


def test_sign_out_from_a_failing_service(at: Desk) -> None:
    at.sign_in()
    at.service.faults.add(Fault("/auth/.*", status=404))
    at.strip.sign_out()
    wait(lambda: at.bar_texts())
    assert "could not be told" in at.bar_texts()[0]
    assert not at.session.signed_in and at.vault.get("formation") is None


def test_without_a_vault_it_is_said_once(
    tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path, iface, monkeypatch, vault=MemoryVault()) as at:
        at.sign_in()
        assert len(at.bar_texts()) == 1 and "no safe place" in at.bar_texts()[0]
        iface.messageBar().clearWidgets()
        at.strip.sign_out()
        wait(lambda: at.strip.account_button.isVisible())
        at.sign_in("sdis")
        assert not at.bar_texts()


def test_sign_in_before_the_profile_is_open(
    tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path, iface, monkeypatch) as at:
        context = Context(iface)
        context.settings.profile = at.context.settings.profile
        strip = AccountStrip(context)
        assert strip.dot.state is StatePanel.BUSY and not strip.account_button.isVisibleTo(strip)
        strip.sign_in()
        wait(lambda: strip.page is not None and strip.page.code.text())
        context.close()
        strip.deleteLater()


def test_a_profile_that_cannot_be_opened(
    iface: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path))
    context = Context(iface)
    context.settings.profile = "nowhere"
    strip = AccountStrip(context)
    strip.show()
    context.open()
    wait(strip.notice.isVisible)
    assert "nowhere" in strip.notice.label.text() and not strip.progress.isVisible()
    assert strip.who.accessibleName() == "Service not available"
    context.close()
    strip.deleteLater()


def test_deleted_in_the_middle(tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(tmp_path, iface, monkeypatch) as at:
        code = at.ask_code()
        at.strip.deleteLater()
        QCoreApplication.sendPostedEvents(None, 52)  # DeferredDelete
        at.service.auth.logins.answer(at.service.auth.logins.find(code), "technicien")
        from dinamis_qgis.bridge import tasks

        wait(lambda: not tasks._running)
        assert not at.session.signed_in
        at.strip = AccountStrip(at.context)  # for the desk to close


@pytest.mark.parametrize("account", ["technicien", "nouveau"])
def test_fits_in_a_narrow_dock_and_everything_has_a_name(at: Desk, account: str) -> None:
    def check(what: str) -> None:
        assert at.strip.minimumSizeHint().width() <= 300, what
        assert not unnamed(at.strip), what
        assert at.strip.dot.accessibleName() and at.strip.who.accessibleName()

    check("signed out")
    at.ask_code()
    at.strip.page._key_group.setCollapsed(False)
    check("code")
    assert at.strip.minimumSizeHint().height() < 260  # a low dock scrolls
    at.answer(at.strip.page.code.text(), account)
    wait(lambda: at.strip.page is None)
    check(account)


def test_a_stopped_vault_is_survived(
    tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinamis_qgis.core.account.vault import VaultError

    class Stuck(NotedVault):
        def set(self, name: str, value: str) -> None:
            raise VaultError("The keyring is stuck.")

    with desk(tmp_path, iface, monkeypatch, vault=Stuck()) as at:
        at.sign_in()
        assert at.strip.dot.state is StatePanel.IN and not at.session.kept
        assert "no safe place" in at.bar_texts()[0]


def test_a_database_opened_later_brings_the_sign_in_back(
    at: Desk, iface: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QGIS's master password is given for something else: what was kept there is found then,
    without a word.
    """
    from qgis.core import QgsApplication

    class Late(NotedVault):
        kind = "memory"

        def get(self, name: str) -> str | None:
            return super().get(name) if self.kind == "qgis" else None

    at.sign_in()
    late = Late()
    late._kept = dict(at.vault._kept)
    monkeypatch.setattr("dinamis_qgis.bridge.vault.choose_vault", lambda *_: late)
    second = Context(iface)
    second.settings.profile = at.context.settings.profile
    strip = AccountStrip(second)
    second.when_open(lambda: None)
    wait(lambda: strip.dot.state is StatePanel.OUT and second.session)
    late.kind = "qgis"
    QgsApplication.authManager().masterPasswordVerified.emit(True)
    wait(lambda: strip.dot.state is StatePanel.IN)
    assert not at.bar_texts() and threading.get_ident() not in late.threads
    second.close()
    strip.deleteLater()
