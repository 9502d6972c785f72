"""The vault's record of a profile, which every QGIS of the person reads and writes: one at a time,
and never over somebody else's.

Refresh tokens may be worth something once only: who reads one, renews it and stores the new one
does so while no other process does.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dinamis_qgis.core import file_lock
from dinamis_qgis.core.account import record
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.record import Record
from dinamis_qgis.core.account.vault import Vault, VaultError
from dinamis_qgis.core.profile.model import Profile

log = logging.getLogger(__name__)
TURN_S = 45.0
"""How long to wait for another QGIS, which may be waiting for the service…"""
BRIEFLY_S = 5.0
"""…and where it can be done without."""


class SharedRecord:
    """The record of ``profile`` in ``vault``."""

    def __init__(self, profile: Profile, vault: Vault) -> None:
        self._profile, self._vault = profile, vault

    @contextmanager
    def turn(self, wait_s: float) -> Iterator[bool]:
        """Hold the record against every other QGIS of the person; False when one has it still after
        ``wait_s`` seconds.
        """
        with ExitStack() as stack:
            try:
                mine = stack.enter_context(
                    file_lock.hold_lock(_lock_path(self._profile.id), wait_s)
                )
            except OSError as error:  # no place for a lock: better without than not at all
                log.info("no lock: %s", type(error).__name__)
                mine = True
            yield mine

    def read(self) -> Record | None:
        """What the vault has for this very service. Raises VaultError."""
        return record.read_record(self._vault.get(self._profile.id), self._profile)

    def newest(self, issuer: str, account: Account | None) -> Record | None:
        """The tokens of the same person from the same server; None without any, or when locked."""
        try:
            found = self.read()
        except VaultError:
            return None
        if found is None or not found.refresh or found.issuer != issuer:
            return None
        return found if _same_person(found.account, account) else None

    def put(self, what: Record, *, ask: bool) -> bool:
        """Keep ``what``; False when the vault does not.

        Without ``ask`` nothing that would make the system ask the person, and nothing in place of
        what somebody else has signed in with.
        """
        try:
            if not ask:
                found = self.read()
                if found is not None and not _same_person(found.account, what.account):
                    return False
            self._vault.set(self._profile.id, record.write_record(what, self._profile))
        except VaultError as error:
            log.warning("vault: %s %s", error.code, error.details)
            return False
        return True

    def forget_refused(self, tried: Collection[str]) -> None:
        """Forget the record when its token is one of ``tried``, which the service has refused.

        Raises VaultError when locked: the person is not asked.
        """
        text = self._vault.get(self._profile.id)
        found = record.read_record(text, self._profile)
        worthless = found.refresh in tried if found else record.is_for(text, self._profile)
        if worthless:
            self._vault.delete(self._profile.id)

    def forget_person(self, account: Account | None) -> Record | None:
        """Forget the record unless it is another person's; gives what was forgotten, if it could be
        read. Raises VaultError when the vault keeps it.
        """
        try:
            found = self.read()
        except VaultError:
            found = None  # locked: the person, who is signing out, may be asked to unlock it
        if found is not None and not _same_person(found.account, account):
            return None
        self._vault.delete(self._profile.id)
        return found


def _same_person(first: Account | None, second: Account | None) -> bool:
    """False when both have a name, and not the same; a name may be unknown yet."""
    return len({x.username for x in (first, second) if x and x.username}) <= 1


def _lock_path(name: str) -> Path:
    """One file for all QGIS of a person, whatever their user profiles: so is the keyring."""
    folder = _cache_folder() / "dinamis_qgis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = hashlib.blake2b(name.encode(), digest_size=8, person=b"dinamis-sign-in").hexdigest()
    return folder / f"sign-in-{mark}.lock"


def _cache_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
