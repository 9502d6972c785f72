"""Sign-in as RFC 8628, 7636, 6749 and 7009 say it."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.sandbox.auth.auth import PROTOCOL, REALM
from dinamis_qgis.sandbox.service import Service
from tests.support.service import (
    Answer,
    LittleWorld,
    ask,
    bearer,
    begin_login,
    poll,
    running_service,
    sign_in,
)

VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path, LittleWorld({})) as running:
        yield running


def _token(service: Service, **form: Any) -> Answer:
    return ask(f"{service.root}{PROTOCOL}/token", form={"client_id": "gdal", **form})


def _refresh(service: Service, tokens: Any, **form: Any) -> Answer:
    return _token(
        service, grant_type="refresh_token", refresh_token=tokens["refresh_token"], **form
    )


def _whoami(service: Service, tokens: Any) -> Answer:
    return ask(f"{service.root}{PROTOCOL}/userinfo", headers=bearer(tokens))


def _later(service: Service, seconds: float) -> None:
    service.store.now = lambda: time.time() + seconds


def _approve(service: Service, login: Any, account: str = "technicien") -> None:
    found = service.auth.logins.find(login["user_code"])
    assert found is not None
    assert service.auth.logins.answer(found, account)


def test_the_first_tokens(service: Service) -> None:
    login = begin_login(service)
    page = f"{service.root}{REALM}/device"
    assert login["verification_uri"] == page
    assert login["verification_uri_complete"] == f"{page}?user_code={login['user_code']}"
    assert (login["expires_in"], login["interval"]) == (600, 5)
    assert poll(service, login["device_code"]).json()["error"] == "authorization_pending"
    _approve(service, login)
    answer = poll(service, login["device_code"])
    tokens = answer.json()
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert tokens["token_type"] == "Bearer"
    assert (tokens["expires_in"], tokens["refresh_expires_in"]) == (300, 30 * 86400)
    assert tokens["scope"] == "openid offline_access"
    assert (
        poll(service, login["device_code"]).json()["error"] == "invalid_grant"
    )  # a device code serves once


def test_polling_too_fast_slows_down_and_costs_five_seconds_more(service: Service) -> None:
    code = begin_login(service)["device_code"]
    assert poll(service, code).json()["error"] == "authorization_pending"
    assert poll(service, code).json()["error"] == "slow_down"
    _later(service, 5.1)  # the interval is ten seconds now
    assert poll(service, code).json()["error"] == "slow_down"
    _later(service, 5.1 + 15.1)
    assert poll(service, code).json()["error"] == "authorization_pending"


def test_an_approved_login_answers_even_when_polled_fast(service: Service) -> None:
    login = begin_login(service)
    poll(service, login["device_code"])
    _approve(service, login)
    assert poll(service, login["device_code"]).status == 200


def test_expired_denied_and_unknown_codes(service: Service) -> None:
    late, denied = begin_login(service), begin_login(service)
    _approve(service, denied, "")
    refused = poll(service, denied["device_code"])
    assert (refused.status, refused.json()["error"]) == (400, "access_denied")
    assert poll(service, "nonsense").json()["error"] == "invalid_grant"
    _later(service, 601)
    assert poll(service, late["device_code"]).json()["error"] == "expired_token"
    assert service.auth.logins.find(late["user_code"]) is None


def test_a_person_cannot_answer_twice(service: Service) -> None:
    login = begin_login(service)
    pending = service.auth.logins.find(login["user_code"])
    assert pending is not None
    assert service.auth.logins.answer(pending, "technicien")
    assert not service.auth.logins.answer(pending, "formateur")
    assert service.auth.logins.find(login["user_code"]) is None


def test_pkce_is_enforced_when_a_challenge_was_sent(service: Service) -> None:
    login = begin_login(service, code_challenge=CHALLENGE, code_challenge_method="S256")
    _approve(service, login)
    for wrong in (
        {},
        {"code_verifier": "w" * 64},
        {"code_verifier": "short"},
        {"code_verifier": CHALLENGE},
    ):
        assert poll(service, login["device_code"], **wrong).json()["error"] == "invalid_grant"
    assert poll(service, login["device_code"], code_verifier=VERIFIER).status == 200


def test_a_verifier_without_a_challenge_is_refused(service: Service) -> None:
    login = begin_login(service)
    _approve(service, login)
    assert (
        poll(service, login["device_code"], code_verifier=VERIFIER).json()["error"]
        == "invalid_grant"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"code_challenge": CHALLENGE},
        {"code_challenge": CHALLENGE, "code_challenge_method": "plain"},
        {"code_challenge": "short", "code_challenge_method": "S256"},
        {"code_challenge": "é" * 43, "code_challenge_method": "S256"},
        {"code_challenge_method": "S256"},
    ],
)
def test_only_s256_challenges(service: Service, fields: dict[str, str]) -> None:
    assert begin_login(service, **fields)["error"] == "invalid_request"


@pytest.mark.parametrize("endpoint", ["auth/device", "token", "revoke"])
@pytest.mark.parametrize("client", [None, "", "other", "GDAL"])
def test_unknown_clients(service: Service, endpoint: str, client: str | None) -> None:
    form = {
        "token": "x",
        "grant_type": "refresh_token",
        **({} if client is None else {"client_id": client}),
    }
    answer = ask(f"{service.root}{PROTOCOL}/{endpoint}", form=form)
    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")


FUZZ: list[tuple[str, bytes, str, str]] = [
    ("token", b"", "application/x-www-form-urlencoded", "invalid_client"),
    ("token", b"client_id=gdal", "application/x-www-form-urlencoded", "invalid_request"),
    (
        "token",
        b"client_id=gdal&grant_type=password&username=a",
        "application/x-www-form-urlencoded",
        "unsupported_grant_type",
    ),
    (
        "token",
        b"client_id=gdal&grant_type=refresh_token",
        "application/x-www-form-urlencoded",
        "invalid_request",
    ),
    (
        "token",
        b"client_id=gdal&client_id=gdal",
        "application/x-www-form-urlencoded",
        "invalid_request",
    ),
    ("token", b'{"client_id": "gdal"}', "application/json", "invalid_request"),
    ("token", b"client_id=gdal", "", "invalid_request"),
    (
        "token",
        b"\xff\xfe=\xff",
        "application/x-www-form-urlencoded; charset=utf-8",
        "invalid_request",
    ),
    ("token", b"client_id=%ff", "application/x-www-form-urlencoded", "invalid_request"),
    (
        "token",
        b"&".join(b"a%d=1" % i for i in range(100)),
        "application/x-www-form-urlencoded",
        "invalid_request",
    ),
    (
        "auth/device",
        b"client_id=gdal&scope=admin",
        "application/x-www-form-urlencoded",
        "invalid_scope",
    ),
    ("revoke", b"client_id=gdal", "application/x-www-form-urlencoded", "invalid_request"),
]


@pytest.mark.parametrize(("endpoint", "body", "kind", "error"), FUZZ)
def test_malformed_forms(
    service: Service, endpoint: str, body: bytes, kind: str, error: str
) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)
    connection.request(
        "POST", f"{PROTOCOL}/{endpoint}", body, {"Content-Type": kind} if kind else {}
    )
    response = connection.getresponse()
    content = response.read().decode()
    connection.close()
    assert response.status in (400, 401)
    assert f'"error": "{error}"' in content


def test_refresh_rotates_and_the_old_access_token_lives_on(service: Service) -> None:
    first = sign_in(service)
    second = _refresh(service, first).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert _whoami(service, second).json()["preferred_username"] == "technicien"
    assert _whoami(service, first).status == 200


def test_a_refresh_token_used_twice_takes_its_family_down(service: Service) -> None:
    first, other = sign_in(service), sign_in(service)
    second = _refresh(service, first).json()
    reused = _refresh(service, first)
    assert (reused.status, reused.json()["error"]) == (400, "invalid_grant")
    assert _refresh(service, second).json()["error"] == "invalid_grant"
    assert _whoami(service, second).status == 401
    assert _refresh(service, other).status == 200


def test_of_twenty_refreshes_at_once_one_at_most_succeeds(service: Service) -> None:
    tokens = sign_in(service)
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda _: _refresh(service, tokens).status, range(20)))
    assert sorted(statuses) == [200] + [400] * 19


def test_tokens_end(service: Service) -> None:
    tokens = sign_in(service)
    _later(service, 301)
    assert _whoami(service, tokens).status == 401
    assert _refresh(service, tokens).status == 200
    tokens = sign_in(service)
    _later(service, 31 * 86400)
    assert _refresh(service, tokens).json()["error"] == "invalid_grant"


def test_without_offline_access_a_session_is_short(service: Service) -> None:
    tokens = sign_in(service, scope="openid")
    assert tokens["refresh_expires_in"] == 1800
    _later(service, 1801)
    assert _refresh(service, tokens).status == 400


def test_expiring_on_demand(service: Service) -> None:
    tokens = sign_in(service)
    service.store.expire()
    assert _whoami(service, tokens).status == 401
    service.store.expire("refresh")
    assert _refresh(service, tokens).status == 400


def test_a_scope_may_shrink_not_grow(service: Service) -> None:
    tokens = sign_in(service, scope="openid")
    assert (
        _refresh(service, tokens, scope="openid offline_access").json()["error"] == "invalid_scope"
    )
    narrow = _refresh(service, sign_in(service), scope="openid").json()
    assert narrow["scope"] == "openid"


def test_userinfo_needs_a_valid_token_of_scope_openid(service: Service) -> None:
    url = f"{service.root}{PROTOCOL}/userinfo"
    nobody = ask(url)
    assert (nobody.status, nobody.headers["www-authenticate"]) == (401, 'Bearer realm="mtd"')
    wrong = ask(url, headers={"Authorization": "Bearer nonsense"})
    assert (wrong.status, 'error="invalid_token"' in wrong.headers["www-authenticate"]) == (
        401,
        True,
    )
    assert ask(url, headers={"Authorization": "Basic dGVjaG5pY2llbjp0"}).status == 401
    assert _whoami(service, sign_in(service, scope="email")).status == 403
    assert ask(url, "POST", headers=bearer(sign_in(service))).status == 200


@pytest.mark.parametrize(
    ("account", "entity", "licences", "roles"),
    [
        ("technicien", "CC du Haut-Béarn", ["spot67", "pleiades"], ["utilisateur"]),
        ("sdis", "SDIS 64", ["spot67", "pleiades", "crise"], ["utilisateur", "secours"]),
        ("formateur", "GIP ATGeRi", ["spot67", "pleiades", "crise"], ["utilisateur", "formateur"]),
        ("relais", "GIP ATGeRi", ["spot67", "pleiades"], ["utilisateur", "referent", "relais"]),
        ("nouveau", "CC du Haut-Béarn", [], ["utilisateur", "charte-en-attente"]),
    ],
)
def test_claims(
    service: Service, account: str, entity: str, licences: list[str], roles: list[str]
) -> None:
    claims = _whoami(service, sign_in(service, account)).json()
    assert claims["preferred_username"] == account
    assert claims["organization"]["name"] == entity
    assert set(claims["organization"]) == {"id", "name"}
    assert claims["relay"] == {
        "id": "pigma",
        "name": "PIGMA (GIP ATGeRi)",
        "email": "pigma@formation.invalid",
    }
    assert (claims["licences"], claims["roles"]) == (licences, roles)
    assert claims["name"]
    assert claims["email"] == f"{account}@formation.invalid"


def test_revoking(service: Service) -> None:
    def revoke(text: str) -> int:
        form = {"client_id": "gdal", "token": text, "token_type_hint": "whatever"}
        return ask(f"{service.root}{PROTOCOL}/revoke", form=form).status

    tokens = sign_in(service)
    assert revoke("unknown") == 200
    assert revoke(tokens["access_token"]) == 200
    assert _whoami(service, tokens).status == 401
    renewed = _refresh(service, tokens).json()
    assert revoke(renewed["refresh_token"]) == 200
    assert _whoami(service, renewed).status == 401
    assert _refresh(service, renewed).status == 400
    assert revoke(renewed["refresh_token"]) == 200


def test_discovery(service: Service) -> None:
    found = ask(f"{service.root}{REALM}/.well-known/openid-configuration").json()
    assert found["issuer"] == service.root + REALM
    assert found["device_authorization_endpoint"] == f"{service.root}{PROTOCOL}/auth/device"
    assert found["code_challenge_methods_supported"] == ["S256"]
    for name in ("token", "userinfo", "revocation"):
        assert ask(found[f"{name}_endpoint"], "OPTIONS").status == 204


@pytest.mark.parametrize("account", ["technicien", "sdis"])
def test_auto_approval(tmp_path: Path, account: str) -> None:
    with running_service(tmp_path, LittleWorld({}), auto_approve=account) as service:
        tokens = poll(service, begin_login(service)["device_code"]).json()
        assert _whoami(service, tokens).json()["preferred_username"] == account


def test_auto_approval_of_nobody(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="no account"),
        running_service(tmp_path, auto_approve="personne"),
    ):
        pass


def test_a_restart_keeps_sign_ins_and_what_was_revoked(tmp_path: Path) -> None:
    with running_service(tmp_path, LittleWorld({})) as service:
        kept, spent, revoked = sign_in(service), sign_in(service), sign_in(service)
        _refresh(service, spent)
        ask(
            f"{service.root}{PROTOCOL}/revoke",
            form={"client_id": "gdal", "token": revoked["refresh_token"]},
        )
    with running_service(tmp_path, LittleWorld({})) as service:
        assert _whoami(service, kept).status == 200
        assert _refresh(service, kept).status == 200
        assert _refresh(service, spent).json()["error"] == "invalid_grant"
        assert _whoami(service, revoked).status == 401


def test_no_token_is_stored_in_clear(tmp_path: Path) -> None:
    with running_service(tmp_path, LittleWorld({})) as service:
        tokens = sign_in(service)
        login = begin_login(service)
        stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert tokens["access_token"].encode() not in stored
        assert tokens["refresh_token"].encode() not in stored
        found = service.auth.logins.find(login["user_code"])
        assert login["device_code"] not in repr(found)
