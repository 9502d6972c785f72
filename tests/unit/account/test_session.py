"""Restoring, signing out, API keys: what survives, what is forgotten, and what goes to whom."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

from dinamis_qgis.core.account import record
from dinamis_qgis.core.account.keys import KeyPair
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault, VaultError
from dinamis_qgis.core.errors import AuthError, Cancelled, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Catalogue, Profile, Relay, Signing
from tests.support.realm import Clock, NoWait, Realm, in_order
from tests.support.scripted import Answer, as_json

KEY = dict(zip(("DINAMIS_ACCESS_KEY", "DINAMIS_SECRET_KEY"), ("access-id", "right-secret-key")))


def again(session: Session, http: Http, clock: Clock, profile: Profile | None = None) -> Session:
    """QGIS started anew on the same vault."""
    return Session(profile or session.profile, http, session.vault, clock)


def test_restored_after_a_restart(
    signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    new = again(signed_in, http, clock)
    account = new.restore(Cancel(), {})
    assert account and account.name == "Technicien SIG" and new.signed_in and not new.unconfirmed
    assert new.credentials.headers_for(new.profile.signing.url) == {
        "authorization": "Bearer access-secret-0002"
    }


def test_nothing_to_restore(session: Session, realm: Realm) -> None:
    assert session.restore(Cancel(), {}) is None
    assert not session.signed_in and not realm.forms  # and the service was not bothered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{",
        "[]",
        '"x"',
        "{}",
        '{"for": "x", "refresh": "y"}',
        '{"for": 3}',
        "\x00",
        '{"key": ["a"]}',
    ],
)
def test_a_spoilt_vault_is_an_empty_one(session: Session, vault: MemoryVault, text: str) -> None:
    vault.set("essai", text)
    assert session.restore(Cancel(), {}) is None


def test_wrong_types_in_the_record(realm: Realm) -> None:
    profile = realm.profile()
    data = {
        "for": record.binding(profile),
        "refresh": "x",
        "issuer": 3,
        "key": ["a", 2],
        "account": {"username": 1, "relay": [1]},
    }
    found = record.read_record(json.dumps(data), profile)
    assert found and found.issuer == "" and found.key is None and found.account == Account("")


def test_restored_without_network(
    signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    realm.claims["organization"] = {"id": "x", "name": "SDIS 64"}
    realm.claims["relay"] = {"name": "PIGMA", "email": "p@x.invalid"}
    realm.claims["roles"] = ["utilisateur"]
    assert signed_in.reload_account(Cancel())
    for tail in ("/openapi.json", "/token", "/userinfo"):
        realm.odd[tail] = lambda *_: Answer(500, b"")
    http.retries = 0
    new = again(signed_in, http, clock)
    account = new.restore(Cancel(), {})
    assert (
        account == signed_in.account and account and account.relay == Relay("PIGMA", "p@x.invalid")
    )
    assert new.signed_in and new.unconfirmed and not new.expired
    realm.odd.clear()
    assert new.credentials.headers_for(new.profile.signing.url)
    assert not new.unconfirmed


def test_what_is_no_longer_valid_is_not_restored(
    signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    realm.refresh.clear()
    new = again(signed_in, http, clock)
    assert new.restore(Cancel(), {}) is None
    assert new.expired and not new.signed_in and new.vault.get("essai") is None


def test_a_locked_vault_restores_nothing(session: Session) -> None:
    class Locked(MemoryVault):
        def get(self, name: str) -> str | None:
            raise VaultError("locked", code="vault-locked")

    session.vault = Locked()
    assert session.restore(Cancel(), {}) is None


def test_another_service_of_the_same_name_gets_nothing(
    signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    """A profile file that takes the id of another must not receive its refresh token or its key."""
    other = replace(signed_in.profile, signing=Signing("https://thief.example/signing/"))
    assert again(signed_in, http, clock, other).restore(Cancel(), {}) is None
    assert again(signed_in, http, clock).restore(Cancel(), {})


def test_a_moved_sign_in_server_gets_no_old_token(
    signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    found = record.read_record(signed_in.vault.get("essai"), signed_in.profile)
    assert found and found.issuer == realm.root
    moved = replace(found, issuer="https://login.example:443")
    signed_in.vault.set("essai", record.write_record(moved, signed_in.profile))
    before = realm.count("/token")
    new = again(signed_in, http, clock)
    assert new.restore(Cancel(), {}) is None
    assert new.expired and realm.count("/token") == before


def test_sign_out_revokes_and_forgets(signed_in: Session, realm: Realm) -> None:
    changes: list[bool] = []
    signed_in.listeners.append(lambda: changes.append(signed_in.signed_in))
    assert signed_in.sign_out(Cancel()) is True
    assert changes == [False] and signed_in.account is None and not signed_in.expired
    assert signed_in.vault.get("essai") is None
    assert realm.revoked == ["refresh-secret-0001"]
    assert signed_in.credentials.headers_for(signed_in.profile.signing.url) == {}
    assert signed_in.sign_out(Cancel()) is True  # twice is fine


def test_sign_out_from_a_dead_service(signed_in: Session, realm: Realm, http: Http) -> None:
    realm.server.stop()
    http.close()  # and the connections that were open
    http.retries = 0
    try:
        assert signed_in.sign_out(Cancel()) is False
        assert not signed_in.signed_in and signed_in.vault.get("essai") is None
    finally:
        realm.server = type(realm.server)(realm.answer)  # for the fixture to stop


def test_sign_out_with_a_stuck_vault(signed_in: Session, realm: Realm) -> None:
    def stuck(name: str) -> None:
        raise VaultError("stuck")

    signed_in.vault.delete = stuck  # type: ignore[method-assign]
    assert signed_in.sign_out(Cancel()) is True  # what stays there is worth nothing any more
    assert "refresh-secret-0001" in realm.revoked


def test_sign_out_with_a_stuck_vault_and_a_failing_service_is_told(
    signed_in: Session, realm: Realm, http: Http
) -> None:
    def stuck(name: str) -> None:
        raise VaultError("stuck")

    signed_in.vault.delete = stuck  # type: ignore[method-assign]
    realm.odd["/revoke"] = lambda *_: Answer(400, b"")
    with pytest.raises(VaultError):
        signed_in.sign_out(Cancel())
    assert not signed_in.signed_in


def test_signing_in_as_somebody_else_revokes_the_first(signed_in: Session, realm: Realm) -> None:
    realm.claims = {"preferred_username": "sdis"}
    signed_in.sign_in_device(lambda code: None, NoWait())
    assert signed_in.account and signed_in.account.username == "sdis"
    assert realm.revoked == ["refresh-secret-0001"]


def test_the_account_is_asked_again(signed_in: Session, realm: Realm) -> None:
    changes: list[int] = []
    signed_in.listeners.append(lambda: changes.append(1))
    signed_in.reload_account(Cancel())
    assert not changes  # the same person, the same licences
    realm.claims["licences"] = ["spot67", "pleiades"]
    account = signed_in.reload_account(Cancel())
    assert account and account.licences == {"spot67", "pleiades"} and len(changes) == 1
    found = record.read_record(signed_in.vault.get("essai"), signed_in.profile)
    assert found and found.account == account


def test_sign_in_with_a_key(session: Session, realm: Realm, http: Http, clock: Clock) -> None:
    account = session.sign_in_key("  access-id\n", KEY["DINAMIS_SECRET_KEY"], Cancel())
    assert session.signed_in and session.with_key and account.licences is None
    headers = session.credentials.headers_for(session.profile.signing.url)
    assert headers == {"access-key": "access-id", "secret-key": "right-secret-key"}
    assert session.credentials.headers_for(f"{realm.root}1/elsewhere") == {}
    new = again(session, http, clock)
    assert new.restore(Cancel(), {}) and new.with_key
    assert new.sign_out(Cancel()) and new.vault.get("essai") is None


def test_a_key_that_is_refused(session: Session, realm: Realm) -> None:
    with pytest.raises(AuthError) as raised:
        session.sign_in_key("access-id", "wrong-" + "secret", Cancel())
    assert raised.value.code == "key" and "wrong" not in str(raised.value.__dict__)
    assert not session.signed_in and session.vault.get("essai") is None


@pytest.mark.parametrize("status", [500, 404])
def test_a_key_that_cannot_be_checked(
    session: Session, realm: Realm, http: Http, status: int
) -> None:
    http.retries = 0
    realm.odd["/sign_urls"] = lambda *_: Answer(status, b"")
    with pytest.raises(ServiceError):
        session.sign_in_key("access-id", KEY["DINAMIS_SECRET_KEY"], Cancel())
    assert not session.signed_in


@pytest.mark.parametrize(
    ("access", "secret"),
    [("", "x"), ("x", ""), ("a b", "x"), ("x", "é"), ("x", "a\r\nb"), ("x" * 600, "x")],
)
def test_what_cannot_be_a_key(session: Session, realm: Realm, access: str, secret: str) -> None:
    with pytest.raises(InvalidInput):
        session.sign_in_key(access, secret, Cancel())
    assert not realm.forms


def test_keys_of_the_environment(
    session: Session, signed_in: Session, http: Http, clock: Clock
) -> None:
    sdk = dict(zip(("TLD_ACCESS_KEY", "TLD_SECRET_KEY"), ("sdk", "sdk-secret")))
    url = session.profile.signing.url
    new = again(signed_in, http, clock)
    assert new.restore(Cancel(), {**KEY, **sdk})
    assert new.credentials.headers_for(url)["access-key"] == "access-id"  # wins over the vault
    new = again(signed_in, http, clock)
    assert new.restore(Cancel(), sdk) and not new.with_key  # the vault wins over the SDK's
    fresh = Session(session.profile, http, MemoryVault(), clock)
    assert fresh.restore(Cancel(), {**sdk, "DINAMIS_ACCESS_KEY": "half only"})
    assert fresh.credentials.headers_for(url)["access-key"] == "sdk"
    assert fresh.vault.get("essai") is None  # the environment's stay there


def test_keys_of_the_real_environment(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEY.items():
        monkeypatch.setitem(os.environ, name, value)
    assert session.restore(Cancel()) and session.with_key


def test_a_spoilt_key_in_the_environment_is_told(session: Session) -> None:
    with pytest.raises(InvalidInput):
        session.restore(Cancel(), dict(zip(KEY, ("a b", "x"))))


def test_a_key_does_not_sign_out_on_401(session: Session, realm: Realm, http: Http) -> None:
    session.sign_in_key("access-id", KEY["DINAMIS_SECRET_KEY"], Cancel())
    realm.odd["/list_api_keys_with_metadata"] = lambda *_: as_json({}, 401)
    with pytest.raises(AuthError):
        session.api_keys(Cancel())
    assert session.signed_in


def test_keys_listed_whatever_the_service_leaves_out(signed_in: Session, realm: Realm) -> None:
    rows = [
        {"access-key": "old", "created": "2024-06-05 12:00:00.123456", "description": "Bureau"},
        {"access-key": "new", "created": "2025-06-05T12:00:00Z"},
        {"access-key": "odd", "created": 12, "description": None},
        {"access-key": "bad", "created": "yesterday"},
        {"description": "no key"},
        "not a row",
        {"access-key": 7},
    ]
    realm.odd["/list_api_keys_with_metadata"] = lambda *_: as_json(rows)
    found = signed_in.api_keys(Cancel())
    assert [key.access for key in found] == ["new", "old", "odd", "bad"]
    assert (
        found[1].description == "Bureau"
        and found[1].created
        and found[1].created.isoformat() == "2024-06-05T12:00:00.123456+00:00"
    )
    assert found[2].created is None and found[3].created is None


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"null", b"3"])
def test_keys_without_sense(signed_in: Session, realm: Realm, body: bytes) -> None:
    realm.odd["/list_api_keys_with_metadata"] = lambda *_: Answer(200, body)
    with pytest.raises(ServiceError):
        signed_in.api_keys(Cancel())


def test_creating_a_key_is_asked_once(signed_in: Session, realm: Realm) -> None:
    realm.odd["/create_api_key"] = lambda *_: Answer(500, b"")
    with pytest.raises(ServiceError):
        signed_in.create_api_key("Poste SIG", Cancel())
    assert realm.count("/create_api_key") == 1
    realm.odd["/create_api_key"] = in_order(
        {"access-key": "a"}, {"access-key": "a", "secret-key": "b"}
    )
    with pytest.raises(ServiceError):
        signed_in.create_api_key("Poste SIG", Cancel())
    assert signed_in.create_api_key("Poste SIG & été", Cancel()) == KeyPair("a", "b")
    assert realm.server.seen[-1].path.endswith("?description=Poste+SIG+%26+%C3%A9t%C3%A9")


def test_revoking_a_key_that_is_gone_is_fine(signed_in: Session, realm: Realm) -> None:
    realm.odd["/revoke_api_key"] = in_order(Answer(404, b"{}"), Answer(403, b"{}"))
    signed_in.revoke_api_key("a", Cancel())
    with pytest.raises(ServiceError):
        signed_in.revoke_api_key("a", Cancel())


def test_revoking_the_key_in_use_signs_out(session: Session, realm: Realm) -> None:
    session.sign_in_key("access-id", KEY["DINAMIS_SECRET_KEY"], Cancel())
    realm.odd["/revoke_api_key"] = lambda *_: as_json({})
    session.revoke_api_key("another", Cancel())
    assert session.signed_in
    session.revoke_api_key("access-id", Cancel())
    assert not session.signed_in and session.vault.get("essai") is None


def test_cancelled_before_it_began(session: Session, signed_in: Session) -> None:
    cancel = Cancel()
    cancel.set()
    for action in (session.api_keys, session.reload_account, session.restore):
        if action == session.reload_account:
            continue
        with pytest.raises(Cancelled):
            action(cancel)


def test_network_down_for_keys(signed_in: Session, realm: Realm, http: Http) -> None:
    http.retries = 0
    realm.odd["/list_api_keys_with_metadata"] = lambda *_: Answer(200, b"[.......]", cut=2)
    with pytest.raises(NetworkError):
        signed_in.api_keys(Cancel())
    assert signed_in.signed_in


@pytest.mark.parametrize("what", ["catalogue", "tasking", "sign-in host"])
def test_one_more_host_needs_a_sign_in_of_its_own(
    what: str, signed_in: Session, realm: Realm, http: Http, clock: Clock
) -> None:
    """A file of the same id that adds a host is given nothing that was kept."""
    old = signed_in.profile
    foreign = "https://foreign.invalid/stac"
    changed = {
        "catalogue": replace(
            old, catalogues=(*old.catalogues, Catalogue("x", "X", "stac", foreign, signed_in=True))
        ),
        "tasking": replace(old, tasking=replace(old.tasking, url=foreign)),
        "sign-in host": replace(
            old, auth=replace(old.auth, hosts=(*old.auth.hosts, "foreign.invalid"))
        ),
    }[what]
    new = again(signed_in, http, clock, changed)
    assert new.restore(Cancel(), {}) is None
    assert new.credentials.headers_for(foreign) == {}
    open_one = replace(old, catalogues=(*old.catalogues, Catalogue("y", "Y", "stac", foreign)))
    kept = again(signed_in, http, clock, open_one)
    assert kept.restore(Cancel(), {}) is not None
    assert kept.credentials.headers_for(foreign) == {}
