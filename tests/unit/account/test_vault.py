"""The keyring vault against keyrings that are slow, small, broken or dishonest."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from dinamis_qgis.core.account.vault import (
    MAX_PARTS,
    PART,
    KeyringVault,
    MemoryVault,
    VaultError,
    _error_from_backend,
)


class Entries:
    """A keyring as Windows has it: no entry above 1280 characters."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.fail_at: int | None = None
        self.writes = 0

    def get_password(self, service: str, username: str) -> Any:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.writes += 1
        if self.fail_at == self.writes:
            raise OSError("the disk says no to " + password)
        if len(password.encode("utf-16-le")) > 2560:
            raise ValueError("CredWrite: the stub received bad data")
        self.entries[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[(service, username)]


@pytest.fixture
def backend() -> Entries:
    return Entries()


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART, 5 * PART + 7])
def test_any_length_fits(backend: Entries, size: int) -> None:
    vault, value = KeyringVault(backend), "é" * size
    vault.set("essai", value)
    assert vault.get("essai") == value
    vault.set("essai", value + "+")
    assert vault.get("essai") == value + "+"
    vault.delete("essai")
    assert not backend.entries


def test_a_value_that_looks_like_a_list_of_parts(backend: Entries) -> None:
    vault, value = KeyringVault(backend), '{"mark": "abcd", "parts": 2}'
    vault.set("essai", value)
    assert vault.get("essai") == value


def test_too_long_is_told(backend: Entries) -> None:
    with pytest.raises(VaultError):
        KeyringVault(backend).set("essai", "x" * (PART * MAX_PARTS + 1))
    assert not backend.entries


@pytest.mark.parametrize("fail_at", [1, 2, 3, 4])
def test_a_write_that_breaks_off_leaves_the_old_value(backend: Entries, fail_at: int) -> None:
    vault, old = KeyringVault(backend), "o" * (2 * PART)
    vault.set("essai", old)
    backend.fail_at = backend.writes + fail_at
    with pytest.raises(VaultError) as raised:
        vault.set("essai", "n" * (3 * PART))
    assert vault.get("essai") == old
    assert "nnn" not in raised.value.sentence() + raised.value.details


def test_a_part_removed_by_hand_is_as_good_as_nothing(backend: Entries) -> None:
    vault = KeyringVault(backend)
    vault.set("essai", "x" * (3 * PART))
    del backend.entries[next(key for key in backend.entries if key[0].endswith("/1"))]
    assert vault.get("essai") is None
    vault.delete("essai")
    assert not backend.entries


@pytest.mark.parametrize(
    "head",
    ['{"mark"', '{"mark": 3, "parts": 1}', '{"mark": "a", "parts": 9999999}', '{"mark": "a"}'],
)
def test_a_spoilt_head_is_a_value(backend: Entries, head: str) -> None:
    vault = KeyringVault(backend)
    backend.entries[("dinamis_qgis/essai", "dinamis_qgis")] = head
    assert vault.get("essai") == head
    vault.delete("essai")
    assert not backend.entries


def test_profiles_do_not_meet(backend: Entries) -> None:
    vault = KeyringVault(backend)
    vault.set("dinamis", "a")
    vault.set("pigma", "b")
    vault.delete("dinamis")
    assert vault.get("pigma") == "b" and vault.get("dinamis") is None


def test_a_keyring_that_never_answers(backend: Entries) -> None:
    never = threading.Event()
    backend.get_password = lambda *_: never.wait(30)  # type: ignore[method-assign,assignment]
    vault = KeyringVault(backend, read_s=0.05, write_s=0.05)
    try:
        for action in (
            lambda: vault.get("x"),
            lambda: vault.set("x", "y"),
            lambda: vault.delete("x"),
        ):
            with pytest.raises(VaultError) as raised:
                action()
            assert raised.value.details == "timed out"
    finally:
        never.set()


def test_never_on_the_callers_thread(backend: Entries) -> None:
    seen: list[int] = []
    backend.get_password = lambda *_: seen.append(threading.get_ident())  # type: ignore[method-assign,assignment]
    KeyringVault(backend).get("x")
    assert seen and seen[0] != threading.get_ident()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NoKeyringError", "vault-missing"),
        ("InitError", "vault-locked"),
        ("KeyringLocked", "vault-locked"),
        ("PromptDismissedException", "vault-locked"),
        ("RuntimeError", "vault"),
        ("PasswordSetError", "vault"),
    ],
)
def test_what_a_backend_says_is_not_repeated(name: str, code: str) -> None:
    error = _error_from_backend(type(name, (Exception,), {})("secret text"))
    assert (
        error.code == code
        and error.remedy
        and "secret text" not in error.sentence() + error.details
    )


def test_memory_forgets() -> None:
    vault = MemoryVault()
    vault.set("a", "b")
    assert vault.get("a") == "b" and MemoryVault().get("a") is None
    vault.delete("a")
    vault.delete("a")
    assert vault.get("a") is None
    vault.set("a", "secret-text")
    assert "secret-text" not in repr(vault)
