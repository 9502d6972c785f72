"""Where secrets stay between two sessions: the system's keyring, or this session's memory.

Calls may take long (the system may ask the person to unlock the keyring): never on the GUI thread.
"""

from __future__ import annotations

import json
import secrets
import threading
from contextlib import closing, suppress
from typing import Any, Callable, Protocol, TypeVar

from dinamis_qgis.core.errors import Action, DinamisError
from dinamis_qgis.core.text import tr

T = TypeVar("T")
SERVICE = "dinamis_qgis"
SAFE_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
)
"""The systems' own keyrings.

Anything else is refused: ``keyrings.alt`` writes plain text, ``null`` and ``fail`` keep nothing.
"""
PART = 1000
"""Characters in one entry: the Windows Credential Manager takes 2560 bytes, UTF-16, and Keycloak's
tokens are longer.
"""
MAX_PARTS = 64
READ_S, WRITE_S = 15.0, 120.0


class VaultError(DinamisError):
    """The vault cannot be used now. ``code`` is ``vault-locked`` when unlocking it would help."""

    code = "vault"
    action = Action.NONE


class Vault(Protocol):
    """Keeps small secrets by name.

    Every method may raise VaultError and is called off the GUI thread.
    """

    @property
    def kind(self) -> str:
        """``keyring``, ``qgis`` or ``memory``."""

    def get(self, name: str) -> str | None:
        """The secret kept under ``name``; never asks the person anything."""

    def set(self, name: str, value: str) -> None:
        """Keep ``value``; the system may ask the person to unlock the keyring."""

    def delete(self, name: str) -> None:
        """Forget; a name that is not there is fine."""


class MemoryVault:
    """Forgets everything when QGIS closes."""

    kind = "memory"

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """See Vault."""
        return self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        """See Vault."""
        self._kept[name] = value

    def delete(self, name: str) -> None:
        """See Vault."""
        self._kept.pop(name, None)


class KeyringVault:
    """The system's keyring through ``keyring``: Secret Service, KWallet, Windows Credential
    Manager, macOS Keychain.

    ``read_s`` and ``write_s`` bound the wait, in seconds, for a keyring that does not answer.
    """

    kind = "keyring"

    def __init__(
        self, backend: Any = None, read_s: float = READ_S, write_s: float = WRITE_S
    ) -> None:
        self._read_s, self._write_s = read_s, write_s
        self._backend = backend or _run_with_deadline(usable_backend, read_s)

    def get(self, name: str) -> str | None:
        """See Vault.

        Raises VaultError ``vault-locked`` rather than make the system ask for a password.
        """
        return _run_with_deadline(lambda: self._get(name), self._read_s)

    def set(self, name: str, value: str) -> None:
        """See Vault."""
        _run_with_deadline(lambda: self._set(name, value), self._write_s)

    def delete(self, name: str) -> None:
        """See Vault."""
        _run_with_deadline(lambda: self._delete(name), self._write_s)

    def _get(self, name: str) -> str | None:
        if _would_ask(self._backend):
            raise _locked_keyring()
        head = self._read(name)
        mark, count = _part_list(head)
        if not mark:
            return head
        parts = [self._read(f"{name}/{mark}/{index}") for index in range(count)]
        # An entry that was half removed by hand is as good as none.
        return (
            None if any(part is None for part in parts) else "".join(part or "" for part in parts)
        )

    def _set(self, name: str, value: str) -> None:
        old = self._read(name)
        if len(value) <= PART and not _part_list(value)[0]:
            self._write(name, value)
        else:
            pieces = [value[start : start + PART] for start in range(0, len(value), PART)]
            if len(pieces) > MAX_PARTS:
                raise VaultError(
                    tr("This secret is too long for the system's keyring."),
                    details=f"{len(value)} characters",
                )
            mark = secrets.token_hex(4)
            for index, piece in enumerate(pieces):
                self._write(f"{name}/{mark}/{index}", piece)
            # The head last: until then the old secret is whole.
            self._write(name, json.dumps({"mark": mark, "parts": len(pieces)}))
        self._drop_parts(name, old)

    def _delete(self, name: str) -> None:
        old = self._read(name)
        if old is not None:
            self._backend.delete_password(_service_name(name), SERVICE)
            self._drop_parts(name, old)

    def _drop_parts(self, name: str, head: str | None) -> None:
        mark, count = _part_list(head)
        for index in range(count if mark else 0):
            part = f"{name}/{mark}/{index}"
            if self._read(part) is not None:
                self._drop(part)

    def _drop(self, name: str) -> None:
        """Remove what nothing refers to any more; somebody else may be doing so."""
        from keyring.errors import PasswordDeleteError

        with suppress(PasswordDeleteError):
            self._backend.delete_password(_service_name(name), SERVICE)

    def _read(self, name: str) -> str | None:
        value = self._backend.get_password(_service_name(name), SERVICE)
        return value if isinstance(value, str) else None

    def _write(self, name: str, value: str) -> None:
        self._backend.set_password(_service_name(name), SERVICE, value)


def usable_backend() -> Any:
    """The keyring the person chose (or the best there is), when it is one of the systems' own.

    Raises VaultError.
    """
    try:
        import keyring
    except ImportError as error:
        raise _missing_keyring("keyring is not installed") from error
    chosen = keyring.get_keyring()
    candidates = (
        getattr(chosen, "backends", None)
        if _module_of(chosen) == "keyring.backends.chainer"
        else [chosen]
    )
    for backend in candidates or []:
        if _module_of(backend) in SAFE_BACKENDS:
            return backend
    raise _missing_keyring(f"{_module_of(chosen)} is not the system's keyring")


def _module_of(backend: Any) -> str:
    return type(backend).__module__


def _service_name(name: str) -> str:
    # One entry, one service name: Windows moves entries about when two users share one.
    return f"{SERVICE}/{name}"


def _part_list(head: str | None) -> tuple[str, int]:
    """(mark, number of parts) of an entry kept in parts, ("", 0) of any other."""
    if head is None or not head.startswith('{"mark"'):
        return "", 0
    try:
        value = json.loads(head)
        mark, count = value["mark"], value["parts"]
    except (ValueError, KeyError, TypeError):
        return "", 0
    if not isinstance(mark, str) or not isinstance(count, int) or not 0 < count <= MAX_PARTS:
        return "", 0
    return mark, count


def _would_ask(backend: Any) -> bool:
    """True when reading would make the system ask for a password: a locked Secret Service, or one
    without a collection.
    """
    if _module_of(backend) != "keyring.backends.SecretService":
        return False
    import secretstorage

    path = getattr(backend, "preferred_collection", None)
    with closing(secretstorage.dbus_init()) as bus:
        try:
            collection = (
                secretstorage.Collection(bus, path) if path else secretstorage.Collection(bus)
            )
        except secretstorage.ItemNotFoundException:
            return True
        return bool(collection.is_locked())


def _run_with_deadline(work: Callable[[], T], seconds_: float) -> T:
    """``work()`` on a thread of its own, given up after a while: a keyring may wait for ever for a
    person. Raises VaultError.
    """
    result: list[T] = []
    failure: list[Exception] = []

    def run() -> None:
        try:
            result.append(work())
        except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
            failure.append(error)

    thread = threading.Thread(target=run, name="dinamis keyring", daemon=True)
    thread.start()
    thread.join(seconds_)
    if result:
        return result[0]
    if failure:
        raise _error_from_backend(failure[0]) from None
    raise VaultError(
        tr("The system's keyring does not answer."),
        tr("You will have to sign in again next time."),
        details="timed out",
    )


def _error_from_backend(error: Exception) -> VaultError:
    """What a backend's exception means; only the name of its type is kept, since its text may hold
    anything.
    """
    if isinstance(error, VaultError):
        return error
    name = type(error).__name__
    if name == "NoKeyringError":
        return _missing_keyring(name)
    if name in ("InitError", "KeyringLocked", "LockedException", "PromptDismissedException"):
        return _locked_keyring(name)
    return VaultError(
        tr("The system's keyring cannot be used."),
        tr("You will have to sign in again next time."),
        details=name,
    )


def _locked_keyring(details: str = "") -> VaultError:
    return VaultError(
        tr("The system's keyring is locked."),
        tr("Sign in to unlock it."),
        code="vault-locked",
        details=details,
    )


def _missing_keyring(details: str) -> VaultError:
    return VaultError(
        tr("This system has no usable keyring."),
        tr("You will have to sign in again next time."),
        code="vault-missing",
        details=details,
    )
