"""The device grant against every oddity RFC 8628 allows, and those it does not."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from dinamis_qgis.core.account.device import DeviceCode
from dinamis_qgis.core.account.session import Session
from dinamis_qgis.core.account.vault import MemoryVault
from dinamis_qgis.core.errors import AuthError, Cancelled, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from tests.support.realm import Clock, NoWait, Realm, description, in_order, oauth
from tests.support.scripted import Answer, as_json, scripted

DEVICE = {
    "device_code": "device-code-0123456789",
    "user_code": "BCDF-GHJK",
    "verification_uri": "http://127.0.0.1/page",
    "expires_in": 600,
}
PENDING = oauth("authorization_pending")


def sign_in(session: Session, cancel: Cancel | None = None) -> list[DeviceCode]:
    shown: list[DeviceCode] = []
    session.sign_in_device(shown.append, cancel or NoWait())
    return shown


def test_signs_in_and_says_who(session: Session, realm: Realm) -> None:
    changes: list[bool] = []
    session.listeners.append(lambda: changes.append(session.signed_in))
    (code,) = sign_in(session)
    assert (
        code.user_code == "BCDF-GHJK"
        and code.page_complete.endswith("?user_code=BCDF-GHJK")
        and 590 < code.left() <= 600
    )
    assert session.signed_in and session.account and session.account.label == "Technicien SIG"
    assert session.account.licences == {"spot67"}
    assert True in changes
    assert realm.forms[1][1]["scope"] == "openid offline_access"
    assert (
        43
        <= len(next(form["code_verifier"] for _, form in realm.forms if "code_verifier" in form))
        <= 128
    )


def test_waits_as_the_service_says(session: Session, realm: Realm) -> None:
    realm.odd["/token"] = in_order(PENDING, oauth("slow_down"), PENDING, oauth("slow_down"))
    cancel = NoWait()
    sign_in(session, cancel)
    assert cancel.waits == [5, 5, 10, 10, 15]


@pytest.mark.parametrize(
    ("interval", "first"),
    [(None, 5), (2, 2), ("3", 3), (0, 5), (-1, 5), ("soon", 5), (True, 5), (0.01, 1), ([], 5)],
)
def test_interval_may_be_missing_or_odd(
    session: Session, realm: Realm, interval: object, first: float
) -> None:
    answer = dict(DEVICE) if interval is None else {**DEVICE, "interval": interval}
    realm.odd["/auth/device"] = lambda seen, form: setattr(
        realm, "challenge", form["code_challenge"]
    ) or as_json(answer)
    cancel = NoWait()
    sign_in(session, cancel)
    assert cancel.waits == [first]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("expired_token", "code-expired"),
        ("access_denied", "denied"),
        ("invalid_grant", "code-expired"),
    ],
)
def test_ends_that_are_the_persons(session: Session, realm: Realm, error: str, code: str) -> None:
    realm.odd["/token"] = in_order(PENDING, oauth(error))
    with pytest.raises(AuthError) as raised:
        sign_in(session)
    assert raised.value.code == code and raised.value.remedy
    assert not session.signed_in and realm.count("/token") == 2


@pytest.mark.parametrize(
    ("error", "status"),
    [("invalid_client", 401), ("unauthorized_client", 400), ("invalid_scope", 400)],
)
def test_a_refused_client_is_the_services_fault(
    session: Session, realm: Realm, error: str, status: int
) -> None:
    realm.odd["/auth/device"] = in_order(oauth(error, status))
    with pytest.raises(ServiceError) as raised:
        sign_in(session)
    assert not isinstance(raised.value, AuthError) and raised.value.details == error
    assert "text of the service" not in raised.value.sentence()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>Welcome to the hotel</html>", {"Content-Type": "text/html"}),
        as_json([]),
        as_json({}),
        as_json({**DEVICE, "device_code": 7}),
        as_json({**DEVICE, "device_code": ""}),
        as_json({**DEVICE, "user_code": None}),
        as_json({**DEVICE, "verification_uri": "javascript:alert(1)"}),
        as_json({**DEVICE, "verification_uri": "file:///etc/passwd"}),
        as_json({**DEVICE, "verification_uri": "http://elsewhere.example/page"}),
        as_json({**DEVICE, "verification_uri_complete": "http://elsewhere.example/page"}),
        as_json({**DEVICE, "user_code": "AB\nCD"}),
    ],
)
def test_a_device_answer_without_sense(session: Session, realm: Realm, answer: Answer) -> None:
    realm.odd["/auth/device"] = in_order(answer)
    with pytest.raises(ServiceError) as raised:
        sign_in(session)
    assert raised.value.code == "garbage" and realm.count("/token") == 0


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>", {"Content-Type": "text/html"}),
        Answer(400, b"<html>", {"Content-Type": "text/html"}),
        as_json("text"),
        as_json({"access_token": 12, "token_type": "Bearer"}),
        as_json({"access_token": "a b\r\nx-evil: 1", "token_type": "Bearer"}),
        as_json({"access_token": "fine", "token_type": "mac"}),
        as_json({"access_token": "fine", "token_type": 3}),
        as_json({"token_type": "Bearer"}),
    ],
)
def test_a_token_answer_without_sense(
    session: Session, realm: Realm, answer: Answer, vault: MemoryVault
) -> None:
    realm.odd["/token"] = in_order(answer)
    with pytest.raises(ServiceError) as raised:
        sign_in(session)
    assert raised.value.code == "garbage"
    assert not session.signed_in and vault.get("essai") is None


def test_a_passing_failure_slows_down_and_is_told(session: Session, realm: Realm) -> None:
    realm.odd["/token"] = in_order(
        Answer(502, b"x"), Answer(200, b"{...............", cut=3), Answer(503, b""), PENDING
    )
    cancel, told = NoWait(), []
    session.sign_in_device(
        lambda code: None, cancel, lambda error: told.append(error and error.code)
    )
    assert cancel.waits == [5, 10, 20, 40, 5]
    assert told[0] == "service" and told[1] == "cut" and told[3:] == [None]
    assert session.signed_in


def test_a_failure_that_lasts_is_told_when_the_code_expires(session: Session, realm: Realm) -> None:
    realm.odd["/auth/device"] = lambda seen, form: as_json(
        {**DEVICE, "expires_in": 1, "interval": 1}
    )
    realm.odd["/token"] = lambda *_: Answer(500, b"")
    with pytest.raises(ServiceError) as raised:
        session.sign_in_device(lambda code: None, Cancel())
    assert raised.value.status == 500


def test_the_code_expires_here_too(session: Session, realm: Realm) -> None:
    realm.odd["/auth/device"] = lambda seen, form: as_json(
        {**DEVICE, "expires_in": 1, "interval": 1}
    )
    realm.odd["/token"] = lambda *_: PENDING
    with pytest.raises(AuthError) as raised:
        session.sign_in_device(lambda code: None, Cancel())
    assert raised.value.code == "code-expired"


def test_cancel_during_the_wait_is_at_once(session: Session, realm: Realm) -> None:
    realm.odd["/token"] = lambda *_: PENDING
    cancel = Cancel()
    shown = threading.Event()
    threading.Thread(target=lambda: shown.wait(10) and cancel.set(), daemon=True).start()
    before = time.monotonic()
    with pytest.raises(Cancelled):
        session.sign_in_device(lambda code: shown.set(), cancel)
    assert time.monotonic() - before < code_interval()
    assert not session.signed_in


def code_interval() -> float:
    return 5.0  # had it not been cut short, the first wait alone would have taken this


def test_cancel_after_approval_takes_the_tokens_back(
    session: Session, realm: Realm, vault: MemoryVault
) -> None:
    cancel = NoWait()
    realm.odd["/userinfo"] = lambda *_: cancel.set()  # type: ignore[func-returns-value]
    with pytest.raises(Cancelled):
        sign_in(session, cancel)
    assert not session.signed_in and vault.get("essai") is None
    assert realm.revoked == ["refresh-secret-0001"]


@pytest.mark.parametrize("status", [403, 404, 500, 200])
def test_signed_in_without_userinfo(
    session: Session, realm: Realm, status: int, clock: Clock
) -> None:
    realm.odd["/userinfo"] = lambda *_: Answer(status, b"nothing to read")
    sign_in(session)
    assert (
        session.signed_in
        and session.account
        and session.account.username == ""
        and session.account.licences is None
    )
    del realm.odd["/userinfo"]
    clock.now += 1000  # time to renew: who it is is asked again
    assert session.credentials.headers_for(realm.profile().signing.url)
    assert session.account.username == "technicien"


def test_service_down(http: Http, vault: MemoryVault) -> None:
    with scripted(lambda seen: as_json({})) as server:
        root = server.root
    realm = Realm()
    realm.server = type("Gone", (), {"root": root})()  # type: ignore[assignment]
    with pytest.raises(NetworkError):
        Session(realm.profile(), http, vault).sign_in_device(lambda code: None, NoWait())


@pytest.mark.parametrize(
    "token_url",
    [
        None,
        7,
        "",
        "http://keycloak.example/realms/x/token",  # no https
        "https://someone@keycloak.example/token",
        "https://keycloak.example/token?next=x",
        "https://keycloak.example/other",
        "ftp://127.0.0.1/token",
        "https://[bad/token",
        "https://keycloak.example:port/token",
        "https://key\\cloak.example/token",
    ],
)
def test_a_token_address_that_cannot_be_trusted(
    session: Session, realm: Realm, token_url: object
) -> None:
    realm.odd["/openapi.json"] = lambda *_: as_json(description(token_url))
    with pytest.raises(ServiceError) as raised:
        sign_in(session)
    assert raised.value.code == "discovery" and realm.count("/auth/device") == 0


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b'"x"',
        b"{}",
        b'{"components": 3}',
        b'{"components": {"securitySchemes": [1]}}',
    ],
)
def test_a_description_without_sense(session: Session, realm: Realm, body: bytes) -> None:
    realm.odd["/openapi.json"] = lambda *_: Answer(200, body)
    with pytest.raises(ServiceError):
        sign_in(session)


def test_a_relative_token_address_and_another_scheme_name(session: Session, realm: Realm) -> None:
    document = description("../realm/protocol/openid-connect/token")
    schemes = document["components"]["securitySchemes"]
    schemes["Keys"] = {"type": "apiKey"}
    schemes["Login"] = schemes.pop("OAuth2PasswordBearer")
    realm.odd["/openapi.json"] = lambda *_: as_json(document)
    sign_in(session)
    assert session.signed_in


def test_a_profile_may_name_the_sign_in_host(realm: Realm, http: Http, vault: MemoryVault) -> None:
    allowed = realm.root.partition("//")[2]
    sign_in(Session(realm.profile(hosts=(allowed.upper(),)), http, vault))
    with pytest.raises(ServiceError) as raised:
        sign_in(Session(realm.profile(hosts=("login.example",)), http, vault))
    assert raised.value.code == "discovery"


def test_the_form_is_never_sent_on_elsewhere(session: Session, realm: Realm) -> None:
    with scripted(lambda seen: as_json({})) as thief:
        realm.odd["/token"] = lambda *_: Answer(307, headers={"Location": f"{thief.root}/token"})
        with pytest.raises(ServiceError) as raised:
            sign_in(session)
        assert raised.value.code == "redirect" and not thief.seen


def test_a_userinfo_that_compares_the_scheme(session: Session, realm: Realm) -> None:
    """Some servers take ``Bearer`` only (RFC 6750, 2.1)."""

    def strict(seen: Any, _: dict[str, str]) -> Answer | None:
        good = seen.headers.get("authorization", "").startswith("Bearer ")
        return None if good else Answer(401)

    realm.odd["/userinfo"] = strict
    sign_in(session)
    assert session.account and session.account.username == "technicien"


@pytest.mark.parametrize(
    "answer", [Answer(401), Answer(403, b"<html>"), as_json({}), as_json([]), as_json({"sub": 3})]
)
def test_a_name_that_cannot_be_read_is_said(session: Session, realm: Realm, answer: Answer) -> None:
    realm.odd["/userinfo"] = lambda *_: answer
    sign_in(session)
    assert session.signed_in and session.unconfirmed
    assert session.unread is not None and session.unread.message
    realm.odd.clear()
    session.reload_account(Cancel())
    assert session.account and session.account.username == "technicien"
    assert not session.unconfirmed and session.unread is None


ELSEWHERE = "/oidc/device_authorization"


def openid(realm: Realm, token: str, **more: str) -> dict[str, str]:
    return {
        "issuer": realm.root,
        "token_endpoint": f"{realm.root}{token}",
        "device_authorization_endpoint": f"{realm.root}{ELSEWHERE}",
        "userinfo_endpoint": f"{realm.root}/oidc/userinfo",
        "revocation_endpoint": f"{realm.root}/oidc/revoke",
        **more,
    }


@pytest.mark.parametrize("where", ["/oauth/v2/.well-known", "/.well-known"])
def test_the_endpoints_of_openid_discovery(session: Session, realm: Realm, where: str) -> None:
    """A server that is no Keycloak: its device endpoint is where its discovery says."""
    token = "/oauth/v2/token"
    realm.odd["/openapi.json"] = lambda *_: as_json(description(f"{realm.root}{token}"))
    realm.odd[f"{where}/openid-configuration"] = lambda seen, _: (
        as_json(openid(realm, token)) if seen.path.startswith(where) else None
    )
    realm.odd["/auth/device"] = lambda *_: Answer(404)
    realm.odd[ELSEWHERE] = realm._device
    sign_in(session)
    assert session.account and session.account.username == "technicien"
    session.sign_out(Cancel())
    assert [path for path, _ in realm.forms if path.startswith("/oidc/")] == [
        ELSEWHERE,
        "/oidc/userinfo",
        "/oidc/revoke",
    ]


def test_a_keycloak_is_asked_only_where_its_own_place_is_empty(
    session: Session, realm: Realm
) -> None:
    realm.odd["/auth/device"] = lambda *_: Answer(404)
    realm.odd[ELSEWHERE] = realm._device
    token = "/realm/protocol/openid-connect/token"
    realm.odd["/realm/.well-known/openid-configuration"] = lambda *_: as_json(openid(realm, token))
    sign_in(session)
    assert session.signed_in and realm.count(ELSEWHERE) == 1


@pytest.mark.parametrize(
    "lie",
    [
        {"device_authorization_endpoint": "https://evil.example/device"},
        {"device_authorization_endpoint": "http://127.0.0.1:1/device"},
        {"token_endpoint": "https://evil.example/token"},
        {"device_authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_discovery_that_leads_elsewhere_is_not_followed(
    session: Session, realm: Realm, lie: dict[str, str]
) -> None:
    token = "/oauth/token"
    realm.odd["/openapi.json"] = lambda *_: as_json(description(f"{realm.root}{token}"))
    realm.odd["/openid-configuration"] = lambda *_: as_json(openid(realm, token, **lie))
    sign_in(session)
    assert session.signed_in and realm.count("/oauth/auth/device") == 1
