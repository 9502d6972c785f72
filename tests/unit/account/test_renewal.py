"""Renewal: before expiry and on 401, once for everybody, stored before use, and only ended by the
service's word.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dinamis_qgis.core.account import record
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault, VaultError
from dinamis_qgis.core.errors import AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Catalogue, Tasking
from tests.support.realm import Clock, NoWait, Realm, in_order, oauth
from tests.support.scripted import Answer, as_json

REFRESH = {"grant_type": "refresh_token"}


def header(session: Session) -> str:
    url = session.profile.signing.url + "sign_urls"
    return session.credentials.headers_for(url).get("authorization", "")


def stored(session: Session) -> record.Record:
    found = record.read_record(session.vault.get("essai"), session.profile)
    assert found
    return found


def test_a_fresh_token_is_used_as_it_is(signed_in: Session, realm: Realm, clock: Clock) -> None:
    clock.now += 239
    assert header(signed_in) == "Bearer access-secret-0001"
    assert realm.count("/token", **REFRESH) == 0


def test_renewed_a_minute_early(signed_in: Session, realm: Realm, clock: Clock) -> None:
    clock.now += 241
    assert header(signed_in) == "Bearer access-secret-0002"
    assert header(signed_in) == "Bearer access-secret-0002"
    assert realm.count("/token", **REFRESH) == 1
    assert stored(signed_in).refresh == "refresh-secret-0002"


def test_thirty_threads_one_renewal_before_expiry(
    signed_in: Session, realm: Realm, clock: Clock
) -> None:
    clock.now += 1000
    gate = threading.Barrier(30)

    def ask(_: int) -> str:
        gate.wait(20)
        return header(signed_in)

    with ThreadPoolExecutor(30) as pool:
        assert set(pool.map(ask, range(30))) == {"Bearer access-secret-0002"}
    assert realm.count("/token", **REFRESH) == 1


def test_thirty_threads_one_renewal_on_401(signed_in: Session, realm: Realm, http: Http) -> None:
    """The service no longer knows a token that looks fresh: thirty requests meet 401 together in
    the middle of their work.
    """
    gate = threading.Barrier(30)
    realm.valid.clear()

    def ask(_: int) -> int:
        gate.wait(20)
        url = f"{realm.root}/signing/list_api_keys_with_metadata"
        return http.request("GET", url, credentials=signed_in.credentials).status_code

    with ThreadPoolExecutor(30) as pool:
        assert set(pool.map(ask, range(30))) == {200}
    assert realm.count("/token", **REFRESH) == 1
    assert signed_in.signed_in


def test_thirty_threads_share_a_failure(signed_in: Session, realm: Realm, clock: Clock) -> None:
    clock.now += 1000
    gate = threading.Barrier(30)
    inside = threading.Event()

    def slow_failure(*_: object) -> Answer:
        inside.wait(1.0)  # long enough for the thirty to be waiting together
        return Answer(500, b"")

    realm.odd["/token"] = slow_failure

    def ask(_: int) -> str:
        gate.wait(20)
        try:
            return header(signed_in)
        except DinamisError as error:
            return error.code

    with ThreadPoolExecutor(30) as pool:
        assert set(pool.map(ask, range(30))) == {"service"}
    assert realm.count("/token", **REFRESH) == 1
    assert signed_in.signed_in


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, b""),
        Answer(503, b"<html>"),
        Answer(429, b""),
        Answer(200, b"<html>"),
        Answer(200, b"{", cut=0, headers={"Content-Length": "50"}),
        Answer(400, b"<html>"),
        as_json({"access_token": 3}),
        oauth("invalid_client", 401),
        oauth("temporarily_unavailable"),
    ],
)
def test_trouble_does_not_sign_out(
    signed_in: Session, realm: Realm, clock: Clock, answer: Answer
) -> None:
    clock.now += 1000
    realm.odd["/token"] = lambda *_: answer
    with pytest.raises((NetworkError, ServiceError)):
        header(signed_in)
    assert (
        signed_in.signed_in
        and not signed_in.expired
        and stored(signed_in).refresh == "refresh-secret-0001"
    )
    realm.odd.clear()
    assert header(signed_in) == "Bearer access-secret-0002"


def test_trouble_ahead_of_time_harms_nobody(signed_in: Session, realm: Realm, clock: Clock) -> None:
    clock.now += 250
    realm.odd["/token"] = lambda *_: Answer(500, b"")
    assert header(signed_in) == "Bearer access-secret-0001"
    assert header(signed_in) == "Bearer access-secret-0001"
    assert realm.count("/token", **REFRESH) == 1  # not at every request
    clock.now += 11
    assert header(signed_in) == "Bearer access-secret-0001"
    assert realm.count("/token", **REFRESH) == 2


def test_invalid_grant_signs_out(signed_in: Session, realm: Realm, clock: Clock) -> None:
    changes: list[bool] = []
    signed_in.listeners.append(lambda: changes.append(signed_in.signed_in))
    clock.now += 1000
    realm.refresh.clear()
    with pytest.raises(AuthError) as raised:
        header(signed_in)
    assert raised.value.code == "auth-expired" and raised.value.remedy
    assert changes == [False] and signed_in.expired and signed_in.account is None
    assert signed_in.vault.get("essai") is None
    assert header(signed_in) == ""


def test_without_refresh_token_the_end_is_the_end(
    session: Session, realm: Realm, clock: Clock
) -> None:
    realm.odd["/token"] = in_order(
        {"access_token": "access-secret-x", "expires_in": 300, "token_type": "bearer"}
    )
    session.sign_in_device(lambda code: None, NoWait())
    clock.now += 301
    with pytest.raises(AuthError):
        header(session)
    assert session.expired


def test_expiry_may_be_unknown(session: Session, realm: Realm, clock: Clock, http: Http) -> None:
    realm.expires_in = "whenever"
    session.sign_in_device(lambda code: None, NoWait())
    clock.now += 1e6
    assert header(session) == "Bearer access-secret-0001"
    realm.valid.clear()
    http.request(
        "GET", f"{realm.root}/signing/list_api_keys_with_metadata", credentials=session.credentials
    )
    assert header(session) == "Bearer access-secret-0002"


def test_the_old_refresh_token_is_kept_when_no_new_one_comes(
    signed_in: Session, realm: Realm, clock: Clock
) -> None:
    clock.now += 1000
    realm.odd["/token"] = in_order(
        {"access_token": "access-secret-x", "expires_in": 300, "token_type": "bearer"}
    )
    assert header(signed_in) == "Bearer access-secret-x"
    assert stored(signed_in).refresh == "refresh-secret-0001"


def test_401_again_after_the_renewal_is_told(signed_in: Session, realm: Realm, http: Http) -> None:
    realm.odd["/list_api_keys_with_metadata"] = lambda *_: as_json({"detail": "no"}, 401)
    with pytest.raises(AuthError):
        http.request(
            "GET",
            f"{realm.root}/signing/list_api_keys_with_metadata",
            credentials=signed_in.credentials,
        )
    assert (
        realm.count("/token", **REFRESH) == 1 and realm.count("/list_api_keys_with_metadata") == 2
    )
    assert signed_in.signed_in  # this service refuses; the sign-in itself is good


class OrderVault(MemoryVault):
    """Notes what the world had seen when it was told to keep something."""

    def __init__(self, realm: Realm) -> None:
        super().__init__()
        self.realm = realm
        self.seen: list[tuple[str, bool]] = []

    def set(self, name: str, value: str) -> None:
        used = any(
            "access-secret-0002" in request.headers.get("authorization", "")
            for request in self.realm.server.seen
        )
        self.seen.append((value, used))
        super().set(name, value)


def test_stored_before_the_new_token_is_used(realm: Realm, http: Http, clock: Clock) -> None:
    vault = OrderVault(realm)
    session = Session(realm.profile(), http, vault, clock)
    session.sign_in_device(lambda code: None, NoWait())
    clock.now += 1000
    http.request(
        "GET", f"{realm.root}/signing/list_api_keys_with_metadata", credentials=session.credentials
    )
    value, used = vault.seen[-1]
    assert "refresh-secret-0002" in value and not used
    assert "access-secret" not in value


class BrokenVault(MemoryVault):
    """Works until told otherwise."""

    kind = "keyring"
    broken = False

    def get(self, name: str) -> str | None:
        if self.broken:
            raise VaultError("locked", code="vault-locked")
        return super().get(name)

    def set(self, name: str, value: str) -> None:
        if self.broken:
            raise AssertionError("would ask the person to unlock, in the background")
        super().set(name, value)


def test_a_locked_vault_is_not_asked_for_in_the_background(
    realm: Realm, http: Http, clock: Clock
) -> None:
    vault = BrokenVault()
    session = Session(realm.profile(), http, vault, clock)
    session.sign_in_device(lambda code: None, NoWait())
    assert session.kept
    vault.broken = True
    clock.now += 1000
    assert header(session) == "Bearer access-secret-0002"
    assert not session.kept
    vault.broken = False  # what it holds is the older, used token: it must not be sent
    clock.now += 1000
    assert header(session) == "Bearer access-secret-0003"
    assert session.kept and stored(session).refresh == "refresh-secret-0003"


def test_two_qgis_share_one_vault(
    realm: Realm, http: Http, vault: MemoryVault, clock: Clock
) -> None:
    first, second = (Session(realm.profile(), http, vault, clock) for _ in range(2))
    first.sign_in_device(lambda code: None, NoWait())
    assert second.restore(NoWait(), {})
    for _ in range(3):
        clock.now += 1000
        assert header(first) and header(second)
    assert first.signed_in and second.signed_in


def test_another_person_in_the_vault_is_not_taken(
    signed_in: Session, realm: Realm, clock: Clock
) -> None:
    other = replace(stored(signed_in), refresh="refresh-secret-other", account=Account("sdis"))
    signed_in.vault.set("essai", record.write_record(other, signed_in.profile))
    clock.now += 1000
    assert header(signed_in) == "Bearer access-secret-0002"
    assert signed_in.account and signed_in.account.username == "technicien"


@pytest.mark.parametrize("refused", [False, True])
def test_signed_out_while_renewing(
    signed_in: Session, realm: Realm, clock: Clock, refused: bool
) -> None:
    """The answer of the renewal comes after the sign-out: nobody is signed in again by it, and
    nobody told of an expiry.
    """
    clock.now += 1000
    arrived, go = threading.Event(), threading.Event()

    def slow(_: object, form: dict[str, str]) -> Answer | None:
        if form.get("grant_type") == "refresh_token":
            arrived.set()
            go.wait(10)
            return None if refused else as_json(realm.tokens())
        return None

    realm.odd["/token"] = slow
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(header, signed_in)
        assert arrived.wait(10)
        assert signed_in.sign_out(Cancel())
        go.set()
        if refused:
            with pytest.raises(AuthError) as raised:
                renewing.result(10)
            assert raised.value.code == "auth"
        else:
            assert renewing.result(10) == ""
            assert "refresh-secret-0002" in realm.revoked
    assert (
        not signed_in.signed_in and not signed_in.expired and signed_in.vault.get("essai") is None
    )


def test_headers_only_where_they_belong(
    realm: Realm, http: Http, vault: MemoryVault, clock: Clock
) -> None:
    profile = replace(
        realm.profile(),
        tasking=Tasking("stapi", "https://stapi.example/v1"),
        catalogues=(
            Catalogue("open", "Open", "stac", "https://open.example/stac"),
            Catalogue(
                "closed", "Closed", "stac", "https://closed.example:8443/stac", signed_in=True
            ),
        ),
    )
    session = Session(profile, http, vault, clock)
    session.sign_in_device(lambda code: None, NoWait())
    headers = session.credentials.headers_for
    for url in (
        f"{realm.root}/signing/x",
        "https://stapi.example/orders",
        "https://STAPI.example:443/x",
        "https://closed.example:8443/",
    ):
        assert headers(url)["authorization"] == "Bearer access-secret-0001", url
    other = (
        "https://open.example/stac",
        "http://stapi.example/orders",
        "https://closed.example/stac",
        "https://stapi.example.evil.example/",
        "https://evil.example/?https://stapi.example",
        "https://stapi.example@evil.example/",
        "",
        "https://stapi.example:bad/",
    )
    assert [headers(url) for url in other] == [{}] * len(other)
