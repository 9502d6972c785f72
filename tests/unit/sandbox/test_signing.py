"""The MTD signing contract: signed addresses and API keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dinamis_qgis.sandbox.service import Service
from tests.support.service import Answer, LittleWorld, ask, bearer, running_service, sign_in


def _world(folder: Path) -> LittleWorld:
    path = folder / "object.bin"
    path.write_bytes(b"0123456789")
    licences = {
        "spot.tif": "spot67",
        "crisis.tif": "crise",
        "open.tif": "etalab-2.0",
        "thumb.jpg": "",
    }
    return LittleWorld({f"drs/{name}": (path, licence) for name, licence in licences.items()})


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("data")
    with running_service(folder, _world(folder), token_life=3600) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(service: Service) -> dict[str, str]:
    return bearer(sign_in(service))


def _url(service: Service, name: str = "spot.tif") -> str:
    return f"{service.root}/storage/drs/{name}"


def _sign(service: Service, headers: dict[str, str], urls: Any, **more: Any) -> Answer:
    return ask(service.root + "/signing/sign_urls", data={"urls": urls, **more}, headers=headers)


def _call(service: Service, headers: dict[str, str], name: str) -> Answer:
    return ask(f"{service.root}/signing/{name}", headers=headers)


def _life(href: str) -> int:
    return int(parse_qs(urlsplit(href).query)["X-Amz-Expires"][0])


def test_the_token_address_is_told_where_clients_look(service: Service) -> None:
    document = ask(service.root + "/signing/openapi.json").json()
    flow = document["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]["password"]
    assert flow["tokenUrl"] == f"{service.root}/auth/realms/mtd/protocol/openid-connect/token"
    assert set(document["paths"]) == {
        "/sign_urls",
        "/create_api_key",
        "/list_api_keys_with_metadata",
        "/revoke_api_key",
    }


def test_signed_addresses_serve_and_expire_as_told(
    service: Service, signed_in: dict[str, str]
) -> None:
    urls = [_url(service), _url(service, "thumb.jpg")]
    answer = _sign(service, signed_in, urls).json()
    assert set(answer["hrefs"]) == set(urls)
    for url, href in answer["hrefs"].items():
        assert href.startswith(url + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&")
        query = parse_qs(urlsplit(href).query)
        start = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(
            tzinfo=timezone.utc
        )
        end = datetime.fromisoformat(answer["expiry"].replace("Z", "+00:00"))
        assert (end - start).total_seconds() == int(query["X-Amz-Expires"][0]) == 28800
        got = ask(href, headers={"Range": "bytes=2-4"})
        assert (got.status, got.body) == (206, b"234")


def test_the_duration_asked_for(service: Service, signed_in: dict[str, str]) -> None:
    href = _sign(service, signed_in, [_url(service)], duration_seconds=60).json()["hrefs"][
        _url(service)
    ]
    assert _life(href) == 60


def test_url_life_caps_the_duration(tmp_path: Path) -> None:
    with running_service(tmp_path, _world(tmp_path), url_life=90) as service:
        headers = bearer(sign_in(service))
        for asked, given in ((None, 90), (86400, 90), (30, 30)):
            more = {} if asked is None else {"duration_seconds": asked}
            assert (
                _life(
                    _sign(service, headers, [_url(service)], **more).json()["hrefs"][_url(service)]
                )
                == given
            )
        profile = json.loads(service.profile_path.read_text(encoding="utf-8"))
        assert (profile["signing"]["duration_s"], profile["signing"]["renew_below_s"]) == (90, 22)


def test_an_old_signature_is_replaced(service: Service, signed_in: dict[str, str]) -> None:
    old = _sign(service, signed_in, [_url(service)], duration_seconds=1).json()["hrefs"][
        _url(service)
    ]
    new = _sign(service, signed_in, [old]).json()["hrefs"][old]
    assert new.count("X-Amz-Signature") == 1
    assert ask(new).status == 200


def test_what_does_not_exist_can_be_signed_and_is_404(
    service: Service, signed_in: dict[str, str]
) -> None:
    url = _url(service, "absent.tif.ovr")
    answer = ask(_sign(service, signed_in, [url]).json()["hrefs"][url])
    assert answer.status == 404
    assert b"<Code>NoSuchKey</Code>" in answer.body


@pytest.mark.parametrize(
    "url",
    [
        "https://s3-data.meso.umontpellier.fr/bucket/key.tif",
        "http://127.0.0.1:1/storage/drs/spot.tif",
        "{root}.example.org/storage/drs/spot.tif",
        "{root}@example.org/storage/drs/spot.tif",
        "{root}/stac/search",
        "{root}/storage/",
        "{root}/storage/drs",
        "{root}/storage/drs/../../signing",
        "{root}/storage/drs/%2e%2e/x",
        "{root}/storage/drs/a%00b",
        "{root}/storage/drs//a",
        "{root}/storage/drs/%ff",
        "{root}/storage/drs/spot.tif#x",
        "/storage/drs/spot.tif",
        "http://[::1",
        "",
    ],
)
def test_other_addresses_are_refused_with_a_reason(
    service: Service, signed_in: dict[str, str], url: str
) -> None:
    answer = _sign(service, signed_in, [_url(service), url.format(root=service.root)])
    assert answer.status == 400
    assert answer.json()["detail"].startswith("Only addresses of this storage can be signed")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (None, ["body"]),
        ([], ["body"]),
        ("text", ["body"]),
        ({}, ["body", "urls"]),
        ({"urls": None}, ["body", "urls"]),
        ({"urls": "http://a"}, ["body", "urls"]),
        ({"urls": [1]}, ["body", "urls"]),
        ({"urls": [["http://a"]]}, ["body", "urls"]),
        ({"urls": []}, ["body", "urls"]),
        ({"urls": ["http://a"] * 65}, ["body", "urls"]),
        ({"urls": ["http://a"], "duration_seconds": 0}, ["body", "duration_seconds"]),
        ({"urls": ["http://a"], "duration_seconds": -1}, ["body", "duration_seconds"]),
        ({"urls": ["http://a"], "duration_seconds": 518401}, ["body", "duration_seconds"]),
        ({"urls": ["http://a"], "duration_seconds": "60"}, ["body", "duration_seconds"]),
        ({"urls": ["http://a"], "duration_seconds": 1.5}, ["body", "duration_seconds"]),
        ({"urls": ["http://a"], "duration_seconds": True}, ["body", "duration_seconds"]),
    ],
)
def test_malformed_orders(
    service: Service, signed_in: dict[str, str], body: Any, place: list[str]
) -> None:
    answer = ask(
        service.root + "/signing/sign_urls",
        data=body if body is not None else 0,
        headers=signed_in,
    )
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == place
    assert answer.json()["detail"][0]["msg"]


def test_sixty_four_at_once(service: Service, signed_in: dict[str, str]) -> None:
    urls = [f"{_url(service)}.{i}" for i in range(64)]
    assert set(_sign(service, signed_in, urls).json()["hrefs"]) == set(urls)


def test_who_must_sign_in(service: Service) -> None:
    nobody = _sign(service, {}, [_url(service)])
    assert (nobody.status, nobody.json()) == (401, {"detail": "Not authenticated"})
    assert nobody.headers["www-authenticate"] == "Bearer"
    for headers in (
        {"Authorization": "Bearer nonsense"},
        {"access-key": "nonsense", "secret-key": "nonsense"},
        {"access-key": "nonsense"},
    ):
        for answer in (
            _sign(service, headers, [_url(service)]),
            _call(service, headers, "create_api_key"),
        ):
            assert (answer.status, answer.json()) == (
                401,
                {"detail": "Could not validate credentials"},
            )


@pytest.mark.parametrize(
    ("account", "readable"),
    [
        ("technicien", {"spot.tif", "open.tif", "thumb.jpg"}),
        ("relais", {"spot.tif", "open.tif", "thumb.jpg"}),
        ("sdis", {"spot.tif", "open.tif", "thumb.jpg", "crisis.tif"}),
        ("formateur", {"spot.tif", "open.tif", "thumb.jpg", "crisis.tif"}),
        ("nouveau", set()),
    ],
)
def test_licences(service: Service, account: str, readable: set[str]) -> None:
    headers = bearer(sign_in(service, account))
    names = ("spot.tif", "crisis.tif", "open.tif", "thumb.jpg")
    answers = {name: _sign(service, headers, [_url(service, name)]) for name in names}
    assert {name for name, answer in answers.items() if answer.status == 200} == readable
    refused = [answer for name, answer in answers.items() if name not in readable]
    assert all(answer.status == 403 for answer in refused)
    word = "charter" if account == "nouveau" else "licence “crise”"
    assert all(word in answer.json()["detail"] for answer in refused)


def test_one_address_without_licence_refuses_the_whole_order(
    service: Service, signed_in: dict[str, str]
) -> None:
    assert _sign(service, signed_in, [_url(service), _url(service, "crisis.tif")]).status == 403


def test_an_account_may_change_while_the_service_runs(tmp_path: Path) -> None:
    with running_service(tmp_path, _world(tmp_path)) as service:
        headers = bearer(sign_in(service))
        service.auth.accounts["technicien"] = replace(
            service.auth.accounts["technicien"], licences=()
        )
        assert _sign(service, headers, [_url(service)]).status == 403


def test_the_life_of_an_api_key(service: Service, signed_in: dict[str, str]) -> None:
    made = _call(
        service, signed_in, "create_api_key?description=Mon%20poste%20%C3%A9t%C3%A9"
    ).json()
    assert set(made) == {"access-key", "secret-key"}
    rows = _call(service, signed_in, "list_api_keys_with_metadata").json()
    mine = [row for row in rows if row["access-key"] == made["access-key"]]
    assert [row["description"] for row in mine] == ["Mon poste été"]
    assert set(mine[0]) == {"created", "access-key", "description"}
    assert datetime.fromisoformat(mine[0]["created"])
    assert made["secret-key"] not in json.dumps(rows)
    assert _sign(service, made, [_url(service)]).status == 200
    assert _sign(service, {**made, "secret-key": "wrong"}, [_url(service)]).status == 401
    assert _call(service, made, "list_api_keys_with_metadata").status == 200
    assert (
        _call(service, signed_in, f"revoke_api_key?access_key={made['access-key']}").status == 200
    )
    assert _sign(service, made, [_url(service)]).status == 401
    assert (
        _call(service, signed_in, f"revoke_api_key?access_key={made['access-key']}").status == 404
    )


def test_the_keys_of_another_are_out_of_reach(service: Service, signed_in: dict[str, str]) -> None:
    other = bearer(sign_in(service, "sdis"))
    made = _call(service, signed_in, "create_api_key").json()
    assert made["access-key"] not in json.dumps(
        _call(service, other, "list_api_keys_with_metadata").json()
    )
    assert _call(service, other, f"revoke_api_key?access_key={made['access-key']}").status == 404
    assert _sign(service, made, [_url(service)]).status == 200


@pytest.mark.parametrize(
    "name",
    ["revoke_api_key", "revoke_api_key?access_key=", "create_api_key?description=" + "a" * 501],
)
def test_malformed_key_calls(service: Service, signed_in: dict[str, str], name: str) -> None:
    assert _call(service, signed_in, name).status == 422


def test_a_restart_keeps_keys_and_signatures(tmp_path: Path) -> None:
    with running_service(tmp_path, _world(tmp_path)) as service:
        port, headers = service.port, bearer(sign_in(service))
        made = _call(service, headers, "create_api_key").json()
        href = _sign(service, headers, [_url(service)]).json()["hrefs"][_url(service)]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("accounts*"))
    assert made["secret-key"].encode() not in stored
    with running_service(tmp_path, _world(tmp_path), port=port) as service:
        assert ask(href).status == 200
        assert _sign(service, made, [_url(service)]).status == 200


def test_twenty_threads_make_and_use_keys(service: Service, signed_in: dict[str, str]) -> None:
    def work(number: int) -> int:
        made = _call(service, signed_in, f"create_api_key?description={number}").json()
        href = _sign(service, made, [_url(service)]).json()["hrefs"][_url(service)]
        return ask(href).status

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(work, range(20))) == [200] * 20
