"""SCIM of the training service: what a relay sees and may do, and what becomes of sign-ins."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from dinamis_qgis.sandbox.auth.auth import PROTOCOL
from dinamis_qgis.sandbox.scim.resources import PATCH_OP
from dinamis_qgis.sandbox.scim.schemas import ACCOUNT, ENTITY, USER
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


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with running_service(tmp_path_factory.mktemp("scim"), world=LittleWorld({})) as running:
        yield running


def by_name(name: str, operator: str = "eq") -> str:
    """The search of user names."""
    return "/Users?filter=" + quote(f'userName {operator} "{name}"')


class Caller:
    """Somebody who speaks SCIM."""

    def __init__(self, service: Any, account: str = "relais") -> None:
        self.service, self.headers = service, bearer(sign_in(service, account))

    def __call__(
        self, method: str, path: str, body: Any = None, headers: Any = None, raw: Any = None
    ) -> Answer:
        parts = urlsplit(self.service.root)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        sent = {**self.headers, **(headers or {})}
        if body is not None or raw is not None:
            sent.setdefault("Content-Type", "application/scim+json")
        data = raw if raw is not None else (json.dumps(body) if body is not None else None)
        connection.request(method, f"/scim/v2{path}", data, sent)
        answer = connection.getresponse()
        headers = {k.lower(): v for k, v in answer.getheaders()}
        found = Answer(answer.status, headers, answer.read())
        connection.close()
        return found

    def make(self, name: str, **more: Any) -> Any:
        """A new account."""
        body = {"schemas": [USER], "userName": name, "active": True, **more}
        answer = self("POST", "/Users", body)
        assert answer.status == 201, answer.body
        return answer.json()

    def change(self, user: Any, *operations: Any, headers: Any = None) -> Answer:
        """PATCH."""
        body = {"schemas": [PATCH_OP], "Operations": list(operations)}
        return self("PATCH", f"/Users/{user['id']}", body, headers)

    def found(self, path: str) -> list[str]:
        """The user names of a search."""
        return [u["userName"] for u in self("GET", path).json()["Resources"]]


@pytest.fixture(scope="module")
def relay(service: Any) -> Caller:
    return Caller(service)


def test_only_what_the_relay_moderates_is_seen(relay: Caller, service: Any) -> None:
    listed = relay("GET", "/Users").json()
    assert {"technicien", "relais", "nouveau"} <= {u["userName"] for u in listed["Resources"]}
    assert "ailleurs" not in json.dumps(listed)
    assert relay("GET", "/Users/ailleurs").status == 404
    assert relay("GET", "/Entities/cc-ailleurs").status == 404
    assert Caller(service, "ailleurs")("GET", "/Users").status == 403


@pytest.mark.parametrize("account", ["technicien", "formateur", "sdis"])
def test_others_moderate_nobody(service: Any, account: str) -> None:
    answer = Caller(service, account)("GET", "/Users")
    assert answer.status == 403 and answer.json()["status"] == "403"
    assert ask(f"{service.root}/scim/v2/Users").status == 401


def test_a_person_made_here_signs_in_at_once(relay: Caller, service: Any) -> None:
    extension = {"state": "active", "entity": {"value": "sdis-64"}}
    made = relay.make("pompier", displayName="Cartographe", **{ACCOUNT: extension})
    made_with = relay.change(
        made, {"op": "add", "path": "entitlements", "value": [{"value": "spot67"}]}
    )
    assert made_with.status == 200
    who = ask(
        f"{service.root}{PROTOCOL}/userinfo", headers=bearer(sign_in(service, "pompier"))
    ).json()
    assert (who["organization"]["name"], who["licences"]) == ("SDIS 64", ["spot67"])
    seen = relay("GET", f"/Users/{made['id']}").json()
    assert seen[ACCOUNT]["lastSignIn"] and seen["meta"]["version"] == 'W/"2"'


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ({"op": "replace", "path": f"{ACCOUNT}:state", "value": "suspended"}, "suspendu"),
        ({"op": "replace", "path": "active", "value": False}, "suspendu"),
        ({"op": "replace", "path": f"{ACCOUNT}:state", "value": "pending"}, "validation"),
        ({"op": "replace", "path": f"{ACCOUNT}:state", "value": "declined"}, "refusé"),
        ({"op": "replace", "path": f"{ACCOUNT}:expires", "value": "2020-01-31"}, "renouvelé"),
    ],
)
def test_who_may_not_sign_in_reads_why_and_whom_to_ask(
    relay: Caller, service: Any, operation: Any, words: str
) -> None:
    name = f"agent{abs(hash(str(operation))) % 10**8}"
    user = relay.make(name)
    tokens = sign_in(service, name)
    assert relay.change(
        user, operation, {"op": "add", "path": f"{ACCOUNT}:reason", "value": "départ <b>"}
    ).status == 200  # fmt: skip
    assert ask(f"{service.root}{PROTOCOL}/userinfo", headers=bearer(tokens)).status == 401
    login = begin_login(service)
    form = {
        "user_code": login["user_code"], "username": name, "password": name, "answer": "approve",
    }  # fmt: skip
    page = ask(f"{service.root}/auth/realms/mtd/device", form=form)
    text = page.body.decode()
    assert page.status == 403 and words in text and "pigma@formation.invalid" in text
    assert "<b>" not in text
    refused = poll(service, login["device_code"]).json()
    assert refused["error"] == "access_denied" and words in refused["error_description"]
    renewal = {"client_id": "gdal", "grant_type": "refresh_token"}
    renewal["refresh_token"] = tokens["refresh_token"]
    assert ask(f"{service.root}{PROTOCOL}/token", form=renewal).json()["error"] == "invalid_grant"
    relay.change(user, {"op": "remove", "path": ACCOUNT}, {"op": "add", "value": {"active": True}})
    assert "access_token" in sign_in(service, name)


def test_a_removed_account_is_gone(relay: Caller, service: Any) -> None:
    user = relay.make("parti")
    assert relay("DELETE", f"/Users/{user['id']}").status == 204
    assert relay("GET", f"/Users/{user['id']}").status == 404
    assert relay("DELETE", f"/Users/{user['id']}").status == 404
    assert sign_in(service, "parti")["error"] == "access_denied"
    assert relay.make("parti")["id"] != user["id"]


def test_a_relay_does_not_shut_itself_out(relay: Caller) -> None:
    me = relay("GET", by_name("relais")).json()["Resources"][0]
    assert relay.change(me, {"op": "replace", "path": "active", "value": False}).status == 403
    assert relay("DELETE", f"/Users/{me['id']}").status == 403


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('userName eq "zf1"', {"zf1"}),
        ('USERNAME EQ "ZF1"', {"zf1"}),
        ('userName sw "zf" and title co "carto"', {"zf2"}),
        ('userName sw "zf" and not (title pr)', {"zf1"}),
        ('(userName eq "zf1" or userName eq "zf3") and active eq true', {"zf3"}),
        ('emails.value ew "@b.invalid"', {"zf2"}),
        ('emails eq "x@b.invalid"', {"zf2"}),
        ('emails[type eq "work" and value sw "x"]', {"zf2"}),
        (f'{ACCOUNT}:state eq "pending"', {"zf3"}),
        ('externalId eq "E1"', {"zf1"}),
        ('externalId eq "e1"', set()),
        ('userName sw "zf" and meta.created gt "2000-01-01T00:00:00Z"', {"zf1", "zf2", "zf3"}),
        ('userName eq "it \\"s"', set()),
    ],
)
def test_filters(relay: Caller, text: str, names: set[str]) -> None:
    if not relay.found(by_name("zf1")):
        relay.make("zf1", externalId="E1", active=False)
        relay.make("zf2", title="Cartographe", emails=[{"value": "x@b.invalid", "type": "work"}])
        relay.make("zf3", title="Chef", **{ACCOUNT: {"state": "pending"}})
    assert set(relay.found(f"/Users?filter={quote(text)}")) == names


@pytest.mark.parametrize(
    "text",
    [
        "userName", "userName eq", 'userName is "a"', "nobody pr", 'userName eq "a" and',
        "(userName pr", 'userName eq "a" "b"', "active gt true", "userName eq {}",
        "[userName pr]", '"a" eq "a"', "emails[nobody pr]",
        "(" * 60 + "userName pr" + ")" * 60, "x" * 5000,
    ],
)  # fmt: skip
def test_filters_that_are_none(relay: Caller, text: str) -> None:
    answer = relay("GET", f"/Users?filter={quote(text)}")
    assert answer.status == 400 and answer.json()["scimType"] in ("invalidFilter", "invalidPath")


def test_pages_and_order(relay: Caller) -> None:
    for number in (3, 1, 2):
        relay.make(f"page{number}", displayName=f"P{4 - number}")
    wanted = by_name("page", "sw")
    assert relay.found(f"{wanted}&sortBy=displayName") == ["page3", "page2", "page1"]
    assert relay.found(f"{wanted}&sortBy=userName&sortOrder=descending&count=2") == [
        "page3",
        "page2",
    ]
    page = relay("GET", f"{wanted}&sortBy=userName&startIndex=3&count=2").json()
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (3, 3, 1)
    assert relay("GET", f"{wanted}&count=0").json()["Resources"] == []
    assert relay("GET", f"{wanted}&startIndex=-4&count=-1").json()["itemsPerPage"] == 0
    assert relay("GET", f"{wanted}&count=many").status == 400


def test_etags(relay: Caller) -> None:
    user = relay.make("etag")
    path, first = f"/Users/{user['id']}", user["meta"]["version"]
    same = relay("GET", path, headers={"If-None-Match": first})
    assert same.status == 304 and not same.body
    change = {"op": "replace", "path": "title", "value": "Chef"}
    assert relay.change(user, change, headers={"If-Match": first}).status == 200
    stale = relay.change(user, change, headers={"If-Match": first})
    assert stale.status == 412 and stale.json()["status"] == "412"
    assert relay("DELETE", path, headers={"If-Match": first}).status == 412
    assert relay("DELETE", path, headers={"If-Match": 'W/"2"'}).status == 204


def test_a_user_name_is_there_once(relay: Caller) -> None:
    relay.make("unique")
    again = relay("POST", "/Users", {"schemas": [USER], "userName": "UNIQUE"})
    assert again.status == 409 and again.json()["scimType"] == "uniqueness"
    elsewhere = relay("POST", "/Users", {"schemas": [USER], "userName": "ailleurs"})
    assert elsewhere.status == 409, "also where another relay has it"


def test_an_entity_waits_for_the_board(service: Any, relay: Caller) -> None:
    made = relay("POST", "/Entities", {"schemas": [ENTITY], "displayName": "CC", "status": "no"})
    assert made.status == 201 and made.json()["status"] == "waiting"
    path, before = f"/Entities/{made.json()['id']}", service.store.now
    later = before() + 60
    service.store.now = lambda: later
    try:
        assert relay("GET", path).json()["status"] == "accepted"
    finally:
        service.store.now = before
    user = {"schemas": [USER], "userName": "sans", ACCOUNT: {"entity": {"value": "nowhere"}}}
    assert relay("POST", "/Users", user).status == 400


@pytest.mark.parametrize(
    ("raw", "media", "status"),
    [
        ("{", "application/scim+json", 400),
        ("[]", "application/scim+json", 400),
        ("null", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("{}", "text/plain", 415),
        ('{"userName": ""}', "application/json", 400),
        ('{"userName": 7}', "application/json", 400),
        ('{"userName": "a", "active": "yes"}', "application/json", 400),
        ('{"userName": "a", "name": "b", "emails": [[]]}', "application/json", 400),
        ('{"userName": "a", "emails": [{"value":"a","primary":true},{"value":"b","primary":true}]}',
         "application/json", 400),
    ],
)  # fmt: skip
def test_bodies_of_wrong_kinds(relay: Caller, raw: str, media: str, status: int) -> None:
    answer = relay("POST", "/Users", raw=raw, headers={"Content-Type": media})
    assert answer.status == status and answer.json()["schemas"][0].endswith(":Error")


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "fly", "path": "title"},
        {"op": "remove"},
        {"op": "replace", "path": "nobody", "value": 1},
        {"op": "replace", "path": "id", "value": "x"},
        {"op": "replace", "path": "meta.version", "value": "x"},
        {"op": "replace", "path": "groups", "value": []},
        {"op": "replace", "path": "active", "value": "no"},
        {"op": "replace", "path": 'emails[type eq "none"].value', "value": "x"},
        {"op": "remove", "path": "userName"},
        {"op": "add", "value": 3},
        "nothing",
    ],
)
def test_changes_that_are_refused_change_nothing(relay: Caller, operation: Any) -> None:
    known = relay.found(by_name("fixe"))
    if not known:
        relay.make("fixe", title="Chef")
    user = relay("GET", by_name("fixe")).json()["Resources"][0]
    first = {"op": "replace", "path": "title", "value": "Changed"}
    assert relay.change(user, first, operation).status == 400
    assert relay("GET", f"/Users/{user['id']}").json() == user


def test_parts_of_values_are_changed(relay: Caller) -> None:
    mails = [{"value": "a@x.invalid", "type": "work"}, {"value": "b@x.invalid", "type": "other"}]
    user = relay.make("parts", emails=mails)
    changed = relay.change(
        user,
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "c@x.invalid"},
        {"op": "remove", "path": 'emails[type eq "other"]'},
        {"op": "add", "path": "name.familyName", "value": "Service"},
    ).json()
    assert changed["emails"] == [{"value": "c@x.invalid", "type": "work"}]
    assert changed["name"] == {"familyName": "Service"}
    only = relay("GET", f"/Users/{user['id']}?attributes=emails.type,userName").json()
    assert only == {
        "schemas": only["schemas"], "id": user["id"], "userName": "parts",
        "emails": [{"type": "work"}],
    }  # fmt: skip
    without = relay("GET", f"/Users/{user['id']}?excludedAttributes=emails,id").json()
    assert "emails" not in without and without["id"] == user["id"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Nothing", 404), ("GET", "/Users/a/b", 404), ("GET", "/Me", 501),
        ("POST", "/Bulk", 501),
        ("PUT", "/Users", 405), ("DELETE", "/Schemas", 405), ("GET", "/Schemas/none", 404),
        ("GET", "/Schemas?filter=id%20pr", 403),
    ],
)  # fmt: skip
def test_what_is_not_there(relay: Caller, method: str, path: str, status: int) -> None:
    answer = relay(method, path, body={} if method != "GET" else None)
    assert answer.status == status and answer.json()["status"] == str(status)


def test_a_restart_keeps_everybody(tmp_path: Path) -> None:
    with running_service(tmp_path, world=LittleWorld({})) as first:
        caller = Caller(first)
        user = caller.make("durable", **{ACCOUNT: {"state": "suspended", "reason": "départ"}})
    with running_service(tmp_path, world=LittleWorld({})) as second:
        assert Caller(second)("GET", f"/Users/{user['id']}").json()["userName"] == "durable"
        assert "suspendu" in sign_in(second, "durable")["error_description"]
        assert "access_token" in sign_in(second, "technicien")
