"""Which vault there is: the system's keyring, else QGIS's authentication database, else this
session's memory.

QGIS's database is used only when its master password is already there: nobody is ever asked a
password they may not know they have. On start-up least of all; when the person unlocks it for
something else, it serves from then on.
"""

from __future__ import annotations

import threading
from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QThread

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.account.vault import KeyringVault, MemoryVault, Vault, VaultError
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

PREFIX = "dinamis/"
WAIT_S = 10.0


def _on_gui(work: Callable[[], Any]) -> Any:
    """``work()`` on the GUI thread, waited for a while: QGIS's authentication manager speaks to
    widgets. Raises VaultError.
    """
    box: list[Any] = []
    done = threading.Event()

    def task() -> None:
        try:
            box.append(work())
        except VaultError as error:
            box.append(error)
        finally:
            done.set()

    if QThread.currentThread() is QgsApplication.instance().thread():
        task()
    else:
        on_gui(task)
    if not done.wait(WAIT_S) or not box:
        raise VaultError(tr("QGIS's authentication database does not answer."), details="timed out")
    if isinstance(box[0], VaultError):
        raise box[0]
    return box[0]


class QgisVault:
    """QGIS's authentication database, encrypted with the master password.

    For worker threads, as every vault.
    """

    kind = "qgis"

    @staticmethod
    def ready() -> bool:
        """True when it can be used without asking the person anything."""
        manager = QgsApplication.authManager()
        return bool(
            manager is not None and not manager.isDisabled() and manager.masterPasswordIsSet()
        )

    def usable(self) -> bool:
        """As ``ready``, from any thread."""
        return bool(_on_gui(self.ready))

    def get(self, name: str) -> str | None:
        """See Vault."""

        def work() -> str | None:
            manager = self._manager()
            value = (
                manager.authSetting(PREFIX + name, "", True)
                if manager.existsAuthSetting(PREFIX + name)
                else None
            )
            return value if isinstance(value, str) and value else None

        found = _on_gui(work)
        return found if isinstance(found, str) else None

    def set(self, name: str, value: str) -> None:
        """See Vault."""

        def work() -> bool:
            manager = self._manager()
            # Stored anew rather than over: QGIS 3.22 inserts.
            if manager.existsAuthSetting(PREFIX + name):
                manager.removeAuthSetting(PREFIX + name)
            return bool(manager.storeAuthSetting(PREFIX + name, value, True))

        if not _on_gui(work):
            raise VaultError(
                tr("QGIS's authentication database refuses to keep the sign-in."),
                details="storeAuthSetting",
            )

    def delete(self, name: str) -> None:
        """See Vault. Needs no master password."""

        def work() -> bool:
            manager = QgsApplication.authManager()
            return bool(
                not manager.existsAuthSetting(PREFIX + name)
                or manager.removeAuthSetting(PREFIX + name)
            )

        if not _on_gui(work):
            raise VaultError(
                tr("QGIS's authentication database refuses to forget the sign-in."),
                details="removeAuthSetting",
            )

    def _manager(self) -> Any:
        if not self.ready():
            raise VaultError(
                tr("QGIS's authentication database is locked."),
                code="vault-locked",
                details="no master password",
            )
        return QgsApplication.authManager()


class QgisOrMemory:
    """QGIS's database whenever it is open, memory until then: what memory holds moves there at the
    first occasion.
    """

    def __init__(self, database: QgisVault, memory: MemoryVault | None = None) -> None:
        self._database = database
        self._memory = memory or MemoryVault()

    @property
    def kind(self) -> str:
        """``qgis`` when open, else ``memory``."""
        return "qgis" if QgisVault.ready() else "memory"

    def get(self, name: str) -> str | None:
        """See Vault."""
        kept = self._memory.get(name)
        if kept is not None or not self._database.usable():
            return kept
        return self._database.get(name)

    def set(self, name: str, value: str) -> None:
        """See Vault."""
        if self._database.usable():
            self._database.set(name, value)
            self._memory.delete(name)
        else:
            self._memory.set(name, value)

    def delete(self, name: str) -> None:
        """See Vault."""
        self._memory.delete(name)
        self._database.delete(name)


def choose_vault(_profile: object = None) -> Vault:
    """The best vault there is.

    On a worker thread: looking for a keyring may take a while. Never asks the person anything.
    """
    try:
        return KeyringVault()
    except DinamisError as error:
        messages.log(f"vault: {error.code} {error.details}")
    return QgisOrMemory(QgisVault())
