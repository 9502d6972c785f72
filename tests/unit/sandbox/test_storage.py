"""The storage: S3-style signed queries, checked against the published algorithm, and errors in S3's
XML.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import pytest

from dinamis_qgis.sandbox.service import Service
from dinamis_qgis.sandbox.storage.sigv4 import SignatureError, check_query, signed_query
from tests.support.service import Answer, LittleWorld, ask, bearer, running_service, sign_in

CONTENT = bytes(range(256)) * 40
SECRET = bytes(32)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    path = tmp_path / "object.tif"
    path.write_bytes(CONTENT)
    world = LittleWorld(
        {
            "drs/a/image.tif": (path, "spot67"),
            "drs/a/été & co+1.tif": (path, "spot67"),
            "drs/open.tif": (path, "etalab-2.0"),
            "drs/a/thumbnail.jpg": (path, ""),
        }
    )
    with running_service(tmp_path, world) as running:
        yield running


def _signed(service: Service, key: str = "a/image.tif", **more: int) -> str:
    url = f"{service.root}/storage/drs/{quote(key)}"
    answer = ask(
        service.root + "/signing/sign_urls",
        data={"urls": [url], **more},
        headers=bearer(sign_in(service)),
    )
    href: str = answer.json()["hrefs"][url]
    return href


def _code(answer: Answer) -> str:
    text = answer.body.decode()
    assert answer.headers["content-type"] == "application/xml"
    assert text.startswith("<?xml")
    return text.partition("<Code>")[2].partition("</Code>")[0]


def _with(href: str, **changes: str | None) -> str:
    parts = urlsplit(href)
    values = dict(parse_qsl(parts.query))
    for name, value in changes.items():
        values.pop(name.replace("_", "-"), None)
        if value is not None:
            values[name.replace("_", "-")] = value
    return parts._replace(query=urlencode(values)).geturl()


@pytest.mark.parametrize("key", ["a/image.tif", "a/été & co+1.tif"])
def test_a_signed_object_is_served_whole_and_by_ranges(service: Service, key: str) -> None:
    href = _signed(service, key)
    whole = ask(href)
    assert (whole.status, whole.body, whole.headers["content-type"]) == (200, CONTENT, "image/tiff")
    for value, part in (
        ("bytes=0-99", CONTENT[:100]),
        ("bytes=-7", CONTENT[-7:]),
        ("bytes=10000-", CONTENT[10000:]),
    ):
        got = ask(href, headers={"Range": value})
        assert (got.status, got.body) == (206, part)
    assert ask(href, headers={"Range": "bytes=99999-"}).status == 416
    assert ask(href, headers={"If-None-Match": whole.headers["etag"]}).status == 304


def test_head_of_a_get_signature_is_403(service: Service) -> None:
    answer = ask(_signed(service), "HEAD")
    assert (answer.status, answer.body) == (403, b"")


@pytest.mark.parametrize("key", ["a/image.tif", "absent.tif"])
def test_without_signature_access_is_denied(service: Service, key: str) -> None:
    answer = ask(f"{service.root}/storage/drs/{key}")
    assert (answer.status, _code(answer)) == (403, "AccessDenied")
    assert ask(f"{service.root}/storage/drs/{key}", "HEAD").status == 403


def test_open_products_need_no_signature(service: Service) -> None:
    assert (
        ask(f"{service.root}/storage/drs/open.tif", headers={"Range": "bytes=0-1"}).body
        == CONTENT[:2]
    )
    assert ask(_signed(service, "open.tif")).status == 200


def test_thumbnails_are_public(service: Service) -> None:
    url = f"{service.root}/storage/drs/a/thumbnail.jpg"
    assert ask(url).body == CONTENT
    assert ask(url, "HEAD").headers["content-length"] == str(len(CONTENT))
    assert ask(url + "?v=1").status == 200
    assert ask(_signed(service, "a/thumbnail.jpg")).status == 200
    assert _code(ask(url + "?X-Amz-Signature=00")) == "AuthorizationQueryParametersError"


@pytest.mark.parametrize(
    "changes",
    [
        {"X_Amz_Signature": "0" * 64},
        {"X_Amz_Signature": "é"},
        {"X_Amz_Expires": "99999999"},
        {"X_Amz_Date": "20200101T000000Z"},
        {"X_Amz_Credential": "OTHER/20200101/formation/s3/aws4_request"},
        {"X_Amz_SignedHeaders": "host;x-other"},
    ],
)
def test_a_tampered_signature_does_not_match(service: Service, changes: dict[str, str]) -> None:
    answer = ask(_with(_signed(service), **changes))
    assert (answer.status, _code(answer)) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize(
    "changes",
    [
        {"X_Amz_Algorithm": None},
        {"X_Amz_Algorithm": "AWS2"},
        {"X_Amz_Credential": None},
        {"X_Amz_Date": None},
        {"X_Amz_Date": "yesterday"},
        {"X_Amz_Date": "99999999T999999Z"},
        {"X_Amz_Expires": "soon"},
        {"X_Amz_Expires": ""},
        {"X_Amz_SignedHeaders": None},
    ],
)
def test_an_incomplete_signature_is_refused(
    service: Service, changes: dict[str, str | None]
) -> None:
    answer = ask(_with(_signed(service), **changes))
    assert (answer.status, _code(answer)) == (403, "AuthorizationQueryParametersError")


def test_a_parameter_given_twice_is_refused(service: Service) -> None:
    assert ask(_signed(service) + "&X-Amz-Expires=1").status == 403


def test_a_signature_is_for_one_object_and_one_host(service: Service) -> None:
    href = _signed(service)
    moved = href.replace("/a/image.tif", "/open.tif")
    assert _code(ask(moved)) == "SignatureDoesNotMatch"
    other_name = href.replace("127.0.0.1", "localhost")
    assert ask(other_name).status == 403


def test_expired(service: Service) -> None:
    href = _signed(service, duration_seconds=60)
    service.store.now = lambda: time.time() + 55
    assert ask(href).status == 200
    service.store.now = lambda: time.time() + 62
    answer = ask(href)
    assert (answer.status, _code(answer)) == (403, "AccessDenied")
    assert b"Request has expired" in answer.body


def test_signed_in_the_future(service: Service) -> None:
    service.store.now = lambda: time.time() + 3600
    href = _signed(service)
    service.store.now = time.time
    assert b"not valid yet" in ask(href).body


@pytest.mark.parametrize(
    "path",
    [
        "/storage/drs/../accounts.sqlite",
        "/storage/drs/%2e%2e/x",
        "/storage/drs//x",
        "/storage/drs/a%5c..%5cx",
        "/storage/drs/./x",
    ],
)
def test_paths_that_climb_are_refused(service: Service, path: str) -> None:
    answer = ask(service.root + path)
    assert (answer.status, _code(answer)) == (400, "InvalidURI")


@pytest.mark.parametrize("path", ["/storage", "/storage/", "/storage/drs", "/storage/drs/"])
def test_no_listing(service: Service, path: str) -> None:
    assert ask(service.root + path).status == 404


def test_xml_is_escaped(service: Service) -> None:
    body = ask(service.root + "/storage/drs/%3Cscript%3E%26").body
    assert b"<script>" not in body
    assert b"&lt;script&gt;&amp;" in body


def test_the_algorithm_is_the_published_one() -> None:
    """Signature Version 4 written a second time, from its description, on fixed input."""
    path, host, at = "/storage/drs/a b.tif", "127.0.0.1:47811", 1_700_000_000
    query = signed_query(path, host, at, 300, SECRET)
    values = dict(part.split("=") for part in query.split("&"))
    given = values.pop("X-Amz-Signature")
    canonical_query = "&".join(f"{name}={values[name]}" for name in sorted(values))
    request = (
        f"GET\n/storage/drs/a%20b.tif\n{canonical_query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    )
    date, region, name, tail = unquote(values["X-Amz-Credential"]).split("/")[1:]
    to_sign = "\n".join(
        (
            "AWS4-HMAC-SHA256",
            "20231114T221320Z",
            f"{date}/{region}/{name}/{tail}",
            hashlib.sha256(request.encode()).hexdigest(),
        )
    )
    key = ("AWS4" + SECRET.hex()).encode()
    for step in (date, region, name, tail):
        key = hmac.new(key, step.encode(), "sha256").digest()
    assert given == hmac.new(key, to_sign.encode(), "sha256").hexdigest()
    assert values["X-Amz-Date"] == "20231114T221320Z"


def test_another_secret_signs_otherwise() -> None:
    query = signed_query("/storage/a/b", "h", 1000, 60, SECRET)
    given = {name: [value] for name, value in parse_qsl(query)}
    check_query("GET", "/storage/a/b", "h", given, 1030, SECRET)
    with pytest.raises(SignatureError):
        check_query("GET", "/storage/a/b", "h", given, 1030, bytes(31) + b"1")
