"""Two QGIS of one person, or of two, on one vault: they renew in turn, take each other's newer
token, and never throw away what they did not try.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from dinamis_qgis.core import file_lock
from dinamis_qgis.core.account import record, shared_record
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.record import Record
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault, VaultError
from dinamis_qgis.core.errors import AuthError, NetworkError
from dinamis_qgis.core.net.http import Cancel, Http, origin
from tests.support.realm import Clock, NoWait, Realm
from tests.support.rotating import RotatingService, profile, running_rotating_service
from tests.support.scripted import Answer

ROUNDS = 20


@pytest.fixture
def rotating() -> Iterator[RotatingService]:
    with running_rotating_service() as found:
        yield found


def signed_in_vault(service: RotatingService) -> MemoryVault:
    vault, ours = MemoryVault(), profile(service.root)
    refresh = service.sign_in()["refresh_token"]
    first = Record(refresh, origin(service.root), account=Account("technicien"))
    vault.set("essai", record.write_record(first, ours))
    return vault


def header(session: Session) -> str:
    url = session.profile.signing.url + "sign_urls"
    return session.credentials.headers_for(url).get("authorization", "")


def together(*sessions: Session) -> list[str]:
    gate = threading.Barrier(len(sessions))

    def ask(session: Session) -> str:
        gate.wait(20)
        return header(session)

    with ThreadPoolExecutor(len(sessions)) as pool:
        return list(pool.map(ask, sessions))


def start_up(*sessions: Session) -> list[Account | None]:
    with ThreadPoolExecutor(len(sessions)) as pool:
        return list(pool.map(lambda s: s.restore(Cancel(), {}), sessions))


def renew_together(service: RotatingService, http: Http, clock: Clock) -> list[Session]:
    vault = signed_in_vault(service)
    windows = [Session(profile(service.root), http, vault, clock) for _ in range(2)]
    assert all(start_up(*windows))
    for _ in range(ROUNDS):
        clock.now += 1000
        assert all(together(*windows))
    return windows


def test_start_up_and_renewals_together(
    rotating: RotatingService, http: Http, clock: Clock
) -> None:
    windows = renew_together(rotating, http, clock)
    assert all(w.signed_in and not w.expired for w in windows)
    assert rotating.reused == 0 and rotating.renewals == 2 * (1 + ROUNDS)


def test_without_the_lock_they_sign_each_other_out(
    rotating: RotatingService, http: Http, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the lock is for: the test above can fail."""

    @contextmanager
    def nobody_waits(*_: object) -> Iterator[bool]:
        yield True

    both, calls = threading.Barrier(2, timeout=20), itertools.count()
    plain = shared_record.SharedRecord.newest

    def read_together(self: object, *args: object) -> Record | None:
        found = plain(self, *args)  # type: ignore[arg-type]
        if next(calls) < 2:
            both.wait()
        return found

    monkeypatch.setattr(file_lock, "hold_lock", nobody_waits)
    monkeypatch.setattr(shared_record.SharedRecord, "newest", read_together)
    vault = signed_in_vault(rotating)
    windows = [Session(profile(rotating.root), http, vault, clock) for _ in range(2)]
    start_up(*windows)
    assert rotating.reused > 0


def refused_then_newer(vault: MemoryVault, newer: str, ours: Session) -> None:
    """Another QGIS puts a newer token in the vault while ``ours`` is being refused."""
    found = record.read_record(vault.get("essai"), ours.profile)
    assert found
    vault.set("essai", record.write_record(replace(found, refresh=newer), ours.profile))


def test_a_newer_token_is_tried_after_a_refusal(
    signed_in: Session, realm: Realm, vault: MemoryVault, clock: Clock
) -> None:
    clock.now += 1000
    realm.refresh.clear()
    newer = realm.tokens()["refresh_token"]

    def late(_: object, form: dict[str, str]) -> None:
        if form.get("refresh_token") == "refresh-secret-0001":
            refused_then_newer(vault, newer, signed_in)

    realm.odd["/token"] = late
    assert header(signed_in) == "Bearer access-secret-0003"
    assert signed_in.signed_in and not signed_in.expired
    found = record.read_record(vault.get("essai"), signed_in.profile)
    assert found and found.refresh == "refresh-secret-0003"


def test_another_persons_record_stays(
    signed_in: Session, realm: Realm, vault: MemoryVault, clock: Clock
) -> None:
    """Refused, signed out, renewed, told who it is: the other one stays signed in."""
    theirs = Record("refresh-of-sdis", origin(realm.root), account=Account("sdis"))
    kept = record.write_record(theirs, signed_in.profile)
    vault.set("essai", kept)
    clock.now += 1000
    assert header(signed_in)
    assert vault.get("essai") == kept and not signed_in.kept
    realm.claims["licences"] = ["pleiades"]
    signed_in.reload_account(Cancel())
    assert vault.get("essai") == kept
    realm.refresh.clear()
    clock.now += 1000
    with pytest.raises(AuthError):
        header(signed_in)
    assert vault.get("essai") == kept
    signed_in.sign_out(Cancel())
    assert vault.get("essai") == kept


def test_what_was_not_tried_is_not_forgotten(
    signed_in: Session, realm: Realm, vault: MemoryVault, clock: Clock
) -> None:
    """A record for the same person at another sign-in server."""
    elsewhere = Record("refresh-elsewhere", "https://b.example:443", account=Account("technicien"))
    kept = record.write_record(elsewhere, signed_in.profile)
    vault.set("essai", kept)
    clock.now += 1000
    realm.refresh.clear()
    with pytest.raises(AuthError):
        header(signed_in)
    assert vault.get("essai") == kept
    assert all(form.get("refresh_token") != "refresh-elsewhere" for _, form in realm.forms)


def test_news_of_the_person_keep_the_newer_token(
    signed_in: Session, realm: Realm, vault: MemoryVault
) -> None:
    """The other window has renewed; this one learns of a licence with the access token it has."""
    newer = realm.tokens()["refresh_token"]
    refused_then_newer(vault, newer, signed_in)
    state = signed_in.credentials.state  # type: ignore[attr-defined]
    licensed = Account("technicien", licences=frozenset({"pleiades"}))
    signed_in.credentials.set_account(licensed, state.epoch)  # type: ignore[attr-defined]
    found = record.read_record(vault.get("essai"), signed_in.profile)
    assert found and found.refresh == newer and found.account == licensed


def test_signing_out_ends_what_the_other_window_renewed(
    realm: Realm, http: Http, vault: MemoryVault, clock: Clock
) -> None:
    first, second = (Session(realm.profile(), http, vault, clock) for _ in range(2))
    first.sign_in_device(lambda code: None, NoWait())
    assert second.restore(NoWait(), {})
    assert first.sign_out(Cancel())
    assert realm.revoked == ["refresh-secret-0002"] and vault.get("essai") is None


def test_a_window_that_hangs_signs_nobody_out(
    signed_in: Session, realm: Realm, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinamis_qgis.core.account.proof.TURN_S", 0.05)
    clock.now += 1000
    path = shared_record._lock_path("essai")
    with file_lock.hold_lock(path) as mine:
        assert mine
        with pytest.raises(NetworkError) as raised:
            header(signed_in)
    assert raised.value.code == "timeout" and signed_in.signed_in
    assert header(signed_in) == "Bearer access-secret-0002"
    assert not path.exists(), "nothing is left behind"


def test_no_place_for_a_lock(
    signed_in: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(shared_record, "_cache_folder", lambda: (_ for _ in ()).throw(OSError("full")))
    clock.now += 1000
    assert header(signed_in) == "Bearer access-secret-0002"


class Locked(MemoryVault):
    kind = "keyring"
    locked = False

    def get(self, name: str) -> str | None:
        if self.locked:
            raise VaultError("locked", code="vault-locked")
        return super().get(name)


def test_a_locked_vault_is_not_opened_to_forget(realm: Realm, http: Http, clock: Clock) -> None:
    vault = Locked()
    session = Session(realm.profile(), http, vault, clock)
    session.sign_in_device(lambda code: None, NoWait())
    vault.locked = True
    realm.refresh.clear()
    clock.now += 1000
    with pytest.raises(AuthError):
        header(session)
    assert session.expired


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize("body", [b"", b"{}", b'{"detail": "Unauthorized"}'])
def test_refused_without_a_word(
    signed_in: Session, realm: Realm, clock: Clock, status: int, body: bytes
) -> None:
    """Sign in again, with the button; the record stays, it may be good tomorrow."""
    clock.now += 1000
    realm.odd["/token"] = lambda *_: Answer(status, body, {"Content-Type": "application/json"})
    with pytest.raises(AuthError) as raised:
        header(signed_in)
    assert raised.value.action.value == "sign_in" and raised.value.remedy
    assert signed_in.expired and not signed_in.signed_in
    assert signed_in.vault.get("essai")
    realm.odd.clear()
    signed_in.sign_in_device(lambda code: None, NoWait())
    assert header(signed_in) == "Bearer access-secret-0002"


@pytest.mark.parametrize(
    ("life", "fresh", "due"), [(60, 44, 46), (20, 14, 16), (300, 239, 241), (4, 2.9, 3.1)]
)
def test_renewed_at_the_lesser_of_a_minute_and_a_share_of_the_life(
    realm: Realm, session: Session, clock: Clock, life: int, fresh: float, due: float
) -> None:
    realm.expires_in = life
    session.sign_in_device(lambda code: None, NoWait())
    start = clock.now
    clock.now = start + fresh
    assert header(session) == "Bearer access-secret-0001"
    clock.now = start + due
    assert header(session) == "Bearer access-secret-0002"


@pytest.mark.parametrize("life", [0, "0"])
def test_no_life_said_is_no_renewal_at_every_call(
    realm: Realm, session: Session, life: object
) -> None:
    realm.expires_in = life
    session.sign_in_device(lambda code: None, NoWait())
    for _ in range(3):
        assert header(session) == "Bearer access-secret-0001"
