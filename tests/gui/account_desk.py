"""What the account's window tests share: a context on the real training service, a vault that notes
its callers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QApplication, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.gui.account.strip import AccountStrip
from tests.conftest import wait
from tests.support.service import LittleWorld, running_service


class NotedVault(MemoryVault):
    """A keyring as far as anyone can tell; notes the threads that call it."""

    kind = "keyring"

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[int] = []

    def get(self, name: str) -> str | None:
        self.threads.append(threading.get_ident())
        return super().get(name)

    def set(self, name: str, value: str) -> None:
        self.threads.append(threading.get_ident())
        super().set(name, value)

    def delete(self, name: str) -> None:
        self.threads.append(threading.get_ident())
        super().delete(name)


class Desk:
    """The strip, its context and the service behind it."""

    def __init__(self, service: Any, iface: Any, home: Path, vault: Any) -> None:
        self.service, self.iface, self.vault = service, iface, vault
        self.context = Context(iface)
        self.context.settings.profile = str(service.profile_path)
        self.strip = AccountStrip(self.context)
        self.strip.resize(320, 700)
        self.strip.show()

    def open(self) -> Desk:
        self.context.open()
        wait(lambda: self.context.session is not None, what="profile open")
        return self

    @property
    def session(self) -> Any:
        return self.context.session

    def ask_code(self) -> str:
        """Start signing in as a person does, and wait for the code."""
        self.strip.account_button.click()
        wait(lambda: self.strip.page is not None and self.strip.page.code.isVisible(), what="code")
        return str(self.strip.page.code.text())

    def answer(self, code: str, account: str) -> None:
        """What happens on the page: ``account`` signs in, or refuses when empty."""
        logins = self.service.auth.logins
        assert logins.answer(logins.find(code), account)

    def sign_in(self, account: str = "technicien") -> None:
        self.answer(self.ask_code(), account)
        wait(lambda: self.session.signed_in and self.strip.page is None, what="signed in")

    def bar_texts(self) -> list[str]:
        return [item.text() for item in self.iface.messageBar().items()]

    def dialog(self, name: str) -> Any:
        """The open dialog of that object name."""
        found = [
            w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()
        ]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    def close(self) -> None:
        self.context.close()
        self.strip.close()
        self.strip.deleteLater()
        wait(lambda: not tasks._running, what="no job left")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def desk(
    tmp_path: Path, iface: Any, monkeypatch: Any, vault: Any = None, **options: Any
) -> Iterator[Desk]:
    """A desk whose profile is open."""
    vault = NotedVault() if vault is None else vault
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("dinamis_qgis.bridge.vault.choose_vault", lambda *_: vault)
    messages.install_messages(iface, {})
    with running_service(
        tmp_path / "service", world=LittleWorld({}), **{"device_interval": 1, **options}
    ) as service:
        found = Desk(service, iface, tmp_path, vault).open()
        try:
            yield found
        finally:
            found.close()
            messages.install_messages(None)


def controls(root: QWidget) -> list[QWidget]:
    """Everything visible a person can reach with the keyboard."""
    from qgis.PyQt.QtCore import Qt

    found = []
    for widget in root.findChildren(QWidget):
        reachable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        if reachable and not widget.objectName().startswith("qt_"):
            found.append(widget)
    return found


def unnamed(root: QWidget) -> list[str]:
    """Controls without a name for those who do not see them."""
    from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QScrollArea

    missing = []
    for widget in controls(root):
        if isinstance(widget, (QLabel, QScrollArea)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text.strip("…⋯")):
            missing.append(f"{type(widget).__name__} {widget.objectName()}")
    return missing
