"""QGIS's authentication database as a vault, and which vault is chosen; never a question to the
person.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import QgsApplication, QgsCredentials
from qgis.PyQt.QtCore import QCoreApplication

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.vault import QgisOrMemory, QgisVault, choose_vault
from dinamis_qgis.core.account.vault import MemoryVault, VaultError

MASTER = "mot-de-passe-maître-1"


class Asked(QgsCredentials):
    """Stands where QGIS's dialog would open, and notes that it would have."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def request(self, *_: Any) -> Any:
        self.times += 1
        return False, "", ""

    def requestMasterPassword(self, *_: Any) -> Any:
        self.times += 1
        return False, ""


@pytest.fixture(scope="module")
def asked() -> Asked:
    found = Asked()
    found.setInstance(found)
    return found


@pytest.fixture
def closed(asked: Asked) -> Iterator[None]:
    """The database without its master password."""
    manager = QgsApplication.authManager()
    manager.clearMasterPassword()
    before = asked.times
    yield
    manager.clearMasterPassword()
    assert asked.times == before, "a person would have been asked for a password"


@pytest.fixture
def unlocked(closed: None) -> Any:
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword(MASTER, True)
    return manager


def off_thread(work: Callable[[], Any], wait_until: Callable[..., None]) -> Any:
    """The result of ``work`` on a worker thread, while Qt's events run; its error is raised."""
    box: list[Any] = []
    tasks.run(lambda job: work(), done=box.append, failed=box.append)
    wait_until(lambda: box)
    if isinstance(box[0], Exception):
        raise box[0]
    return box[0]


def test_keeps_encrypted_and_forgets(unlocked: Any, wait_until: Any) -> None:
    vault, long_text = QgisVault(), '{"refresh":"' + "é0123456789" * 400 + '"}'
    assert off_thread(lambda: vault.get("essai"), wait_until) is None
    off_thread(lambda: vault.set("essai", "first-secret"), wait_until)
    off_thread(lambda: vault.set("essai", long_text), wait_until)
    assert off_thread(lambda: vault.get("essai"), wait_until) == long_text
    database = Path(unlocked.authenticationDatabasePath()).read_bytes()
    assert b"dinamis/essai" in database
    assert b"first-secret" not in database and b"0123456789" * 3 not in database
    off_thread(lambda: vault.delete("essai"), wait_until)
    assert off_thread(lambda: vault.get("essai"), wait_until) is None
    off_thread(lambda: vault.delete("essai"), wait_until)


def test_from_many_threads(unlocked: Any, wait_until: Any) -> None:
    vault = QgisVault()
    left = [f"name{i}" for i in range(12)]
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            vault.set(name, name * 3)
            assert vault.get(name) == name * 3
            vault.delete(name)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in left]
    for thread in threads:
        thread.start()
    wait_until(lambda: not any(thread.is_alive() for thread in threads))
    assert not failures


def test_closed_refuses_without_a_question(closed: None, wait_until: Any) -> None:
    vault = QgisVault()
    for action in (lambda: vault.get("essai"), lambda: vault.set("essai", "x")):
        with pytest.raises(VaultError) as raised:
            off_thread(action, wait_until)
        assert raised.value.code == "vault-locked"
    off_thread(lambda: vault.delete("essai"), wait_until)  # forgetting needs no password


def test_a_gui_that_does_not_answer_is_given_up(
    unlocked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The GUI thread waits for a worker (as when QGIS closes): no deadlock."""
    monkeypatch.setattr("dinamis_qgis.bridge.vault.WAIT_S", 0.2)
    vault, caught = QgisVault(), []

    def work() -> None:
        try:
            vault.get("essai")
        except VaultError as error:
            caught.append(error.details)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert not thread.is_alive() and caught == ["timed out"]
    QCoreApplication.processEvents()


def test_memory_until_the_database_is_open(closed: None, wait_until: Any) -> None:
    vault = QgisOrMemory(QgisVault())
    assert vault.kind == "memory"
    off_thread(lambda: vault.set("essai", "one"), wait_until)
    assert off_thread(lambda: vault.get("essai"), wait_until) == "one"
    assert QgsApplication.authManager().setMasterPassword(MASTER, True)
    assert vault.kind == "qgis"
    assert off_thread(lambda: vault.get("essai"), wait_until) == "one"
    off_thread(lambda: vault.set("essai", "two"), wait_until)
    assert off_thread(lambda: QgisVault().get("essai"), wait_until) == "two"
    QgsApplication.authManager().clearMasterPassword()
    assert off_thread(lambda: vault.get("essai"), wait_until) is None
    off_thread(lambda: vault.delete("essai"), wait_until)
    assert QgsApplication.authManager().setMasterPassword(MASTER, True)
    assert off_thread(lambda: QgisVault().get("essai"), wait_until) is None


def test_without_keyring_the_choice_falls_on_qgis(closed: None, wait_until: Any) -> None:
    """The tests' session bus is closed, so there is no keyring here."""
    vault = off_thread(choose_vault, wait_until)
    assert isinstance(vault, QgisOrMemory) and vault.kind == "memory"


def test_a_keyring_wins(closed: None, monkeypatch: pytest.MonkeyPatch, wait_until: Any) -> None:
    class Keyring(MemoryVault):
        kind = "keyring"

    monkeypatch.setattr("dinamis_qgis.bridge.vault.KeyringVault", Keyring)
    assert off_thread(choose_vault, wait_until).kind == "keyring"
