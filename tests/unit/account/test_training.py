"""The session against the training service: real rotation with reuse detection, real keys, every
account.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.account.model import licences_held
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.errors import AuthError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.read import load_profile
from tests.support.realm import Clock, NoWait, client
from tests.support.service import LittleWorld, running_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Any]:
    with running_service(tmp_path, world=LittleWorld({}), token_life=61) as found:
        yield found


@pytest.fixture
def http() -> Iterator[Http]:
    found = client()
    yield found
    found.close()


def open_session(
    service: Any,
    http: Http,
    root: Path,
    vault: Any = None,
    clock: Callable[[], float] = time.time,
) -> Session:
    profile = load_profile(service.profile_path, root / "resources" / "profiles" / "schema.json")
    return Session(profile, http, vault or MemoryVault(), clock)


def sign_in(session: Session, service: Any, account: str) -> None:
    logins = service.auth.logins
    session.sign_in_device(
        lambda code: logins.answer(logins.find(code.user_code), account), NoWait()
    )


@pytest.mark.parametrize(
    ("account", "entity", "held", "pending"),
    [
        ("technicien", "CC du Haut-Béarn", 2, False),
        ("sdis", "SDIS 64", 3, False),
        ("formateur", "GIP ATGeRi", 3, False),
        ("relais", "GIP ATGeRi", 2, False),
        ("nouveau", "CC du Haut-Béarn", 0, True),
    ],
)
def test_every_account(
    service: Any, http: Http, root: Path, account: str, entity: str, held: int, pending: bool
) -> None:
    session = open_session(service, http, root)
    sign_in(session, service, account)
    found = session.account
    assert (
        found
        and found.username == account
        and found.entity == entity
        and found.charter_pending is pending
    )
    assert (
        found.relay
        and found.relay.name == "PIGMA (GIP ATGeRi)"
        and found.relay.email == "pigma@formation.invalid"
    )
    assert licences_held(session.profile, found) == (held, 3)


def test_rotation_survives_a_crowd(service: Any, http: Http, root: Path) -> None:
    """A refresh token used twice would end the whole family here: thirty threads, several lives of
    the token.
    """
    clock = Clock(time.time())
    session = open_session(service, http, root, clock=clock)
    sign_in(session, service, "technicien")
    for _ in range(3):
        clock.now += 50  # a token of 61 s is due for renewal
        with ThreadPoolExecutor(30) as pool:
            found = list(pool.map(lambda _: session.api_keys(Cancel()), range(30)))
        assert found == [[]] * 30
    spent = [seen for seen in service.seen if seen.path.endswith("/token")]
    assert len(spent) == 1 + 3 and {seen.status for seen in spent} == {200}


def test_a_restart_of_both_sides(service: Any, http: Http, root: Path, tmp_path: Path) -> None:
    vault = MemoryVault()
    session = open_session(service, http, root, vault)
    sign_in(session, service, "sdis")
    service.stop()
    with running_service(tmp_path, world=LittleWorld({})) as again:  # on another port
        new = open_session(again, http, root, vault)
        assert new.restore(Cancel(), {}) and new.api_keys(Cancel()) == []
        assert new.sign_out(Cancel())
        assert open_session(again, http, root, vault).restore(Cancel(), {}) is None


def test_signed_out_means_signed_out(service: Any, http: Http, root: Path) -> None:
    session = open_session(service, http, root)
    sign_in(session, service, "technicien")
    header = dict(session.credentials.headers_for(session.profile.signing.url))
    url = session.profile.signing.url + "list_api_keys_with_metadata"
    assert http.request("GET", url, headers=header).status_code == 200
    assert session.sign_out(Cancel())
    with pytest.raises(AuthError):
        http.request("GET", url, headers=header)  # the access token is worth nothing either


def test_a_key_made_here_signs_in_there(service: Any, http: Http, root: Path) -> None:
    session = open_session(service, http, root)
    sign_in(session, service, "technicien")
    pair = session.create_api_key("Serveur de tuiles", Cancel())
    (listed,) = session.api_keys(Cancel())
    assert (listed.access, listed.description) == (pair.access, "Serveur de tuiles")
    assert listed.created and abs(listed.created.timestamp() - time.time()) < 60

    other = open_session(service, http, root)
    other.sign_in_key(pair.access, pair.secret, Cancel())
    assert len(other.api_keys(Cancel())) == 1
    with pytest.raises(AuthError):
        open_session(service, http, root).sign_in_key(pair.access, pair.secret + "x", Cancel())
    session.revoke_api_key(pair.access, Cancel())
    with pytest.raises(AuthError):
        other.api_keys(Cancel())
    with pytest.raises(AuthError):
        open_session(service, http, root).sign_in_key(pair.access, pair.secret, Cancel())


def test_keys_of_the_environment(service: Any, http: Http, root: Path) -> None:
    pair = dict(
        zip(("TLD_ACCESS_KEY", "TLD_SECRET_KEY"), service.store.create_key("relais", "sdk"))
    )
    session = open_session(service, http, root)
    assert session.restore(Cancel(), pair) and len(session.api_keys(Cancel())) == 1


def test_another_client_is_refused(service: Any, http: Http, root: Path) -> None:
    from dataclasses import replace

    profile = load_profile(service.profile_path, root / "resources" / "profiles" / "schema.json")
    session = Session(
        replace(profile, auth=replace(profile.auth, client_id="other")), http, MemoryVault()
    )
    with pytest.raises(ServiceError) as raised:
        session.sign_in_device(lambda code: None, NoWait())
    assert raised.value.details == "invalid_client"
