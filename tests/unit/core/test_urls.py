"""Addresses from outside: one meaning, or none; what is decided on is what is connected to."""

from __future__ import annotations

import random
import string
from urllib.parse import quote, unquote, urlsplit

import pytest
import requests

from dinamis_qgis.core.catalogue.keys import headers_for
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.net.urls import find_address, origin, parse_address, public_url
from dinamis_qgis.core.profile.model import Catalogue, Storage
from tests.support.scripted import Answer, ScriptedServer
from tests.support.storage import client

STORAGE = "s3-data.meso.umontpellier.fr"
REFUSED = [
    rf"https://evil.example\@{STORAGE}/b/x.tif",
    rf"https://{STORAGE}\@evil.example/b/x.tif",
    rf"https://evil.example\.{STORAGE}/x",
    rf"https:\\{STORAGE}\x",
    f"https://user@{STORAGE}/x",
    f"https://{STORAGE}:443@evil.example/x",
    f"https://{STORAGE}:/x",
    f"https://{STORAGE}:0/x",
    f"https://{STORAGE}:99999/x",
    f"https://{STORAGE}:\u0664\u0664\u0663/x",
    f"https://{STORAGE}:25/x",
    f"https://{STORAGE}\t.evil.example/x",
    f"https://{STORAGE}/x\ny",
    f"https://{STORAGE}/\ud800",
    f"https://{STORAGE}\u3002evil.example/x",
    "https://s3-data.meso.umontp\u0435llier.fr/x",
    "https://\uff41.example/x",
    f"https://{STORAGE}./x",
    f"https://.{STORAGE}/x",
    f"https://a..{STORAGE}/x",
    "http://2130706433/x",
    "http://0x7f.0.0.1/x",
    "http://0177.0.0.1/x",
    "http://127.1/x",
    "http://[::1%25eth0]/x",
    f"https:/{STORAGE}/x",
    f"//{STORAGE}/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "",
    "https://",
    "https://" + "a" * 20000,
]


@pytest.mark.parametrize("url", REFUSED, ids=ascii)
def test_an_address_with_two_meanings_is_refused(url: str) -> None:
    assert find_address(url) is None
    assert not Storage((f".{STORAGE}", STORAGE, "127.0.0.1", "127.0.0.1:80")).holds(url)
    with pytest.raises(InvalidInput):
        parse_address(url)
    with client(retries=0) as http, pytest.raises(DinamisError):
        http.once("GET", url)
    assert not headers_for(
        Catalogue("c", "C", "geodes", f"https://{STORAGE}/", options={"download": "key"}), "k", url
    )


def test_what_is_decided_on_is_what_is_connected_to() -> None:
    marks, known = random.Random(13), 0
    for _ in range(5000):
        letters = "ab/\\@:.#?[]%\t\u3002\uff0f\u2215é 1" + "ab/.." * 6
        found = find_address("https://" + "".join(marks.choices(letters, k=marks.randrange(20))))
        if found is None:
            continue
        known += 1
        prepared = requests.Request("GET", found.text).prepare()
        assert prepared.url is not None
        assert urlsplit(prepared.url).hostname == found.host.strip("[]")
        assert (urlsplit(prepared.url).port or 443) == found.port
        assert find_address(found.text) == found, "written in one way"
    assert known > 100


@pytest.mark.parametrize("mark", string.printable[:95] + "éñ中\u202e")
def test_every_printable_character_of_a_name_survives(mark: str) -> None:
    escaped = parse_address(f"https://h.example/b/{quote('a' + mark + 'b.tif', safe='')}")
    assert unquote(escaped.path.rpartition("/")[2] if mark != "/" else escaped.path[3:]) == (
        f"a{mark}b.tif"
    )
    if mark in "?#/%":  # these mean something where they stand as they are
        return
    raw = parse_address(f"https://h.example/b/a{mark}b.tif")
    assert unquote(raw.path) == f"/b/a{mark}b.tif" and raw.text.isascii()
    assert not set(raw.text) & set(' "<>|\\^`{}')


def test_dots_are_gone_before_anybody_decides() -> None:
    assert parse_address("https://h.example/a/../b/./c/..").path == "/b/"
    assert parse_address("https://h.example/../../b").path == "/b"


def test_relative_ones() -> None:
    base = "https://h.example/a/b"
    assert parse_address("c d", base).text == "https://h.example/a/c%20d"
    assert parse_address("//other.example/x", base).host == "other.example"
    for url in (r"\\evil.example/x", r"/\evil.example/x"):
        assert find_address(url, base) is None


@pytest.mark.parametrize(
    ("host", "private"),
    [
        *((each, True) for each in ("127.0.0.1", "10.0.0.1", "192.168.1.2", "169.254.169.254")),
        *((each, True) for each in ("[::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "100.64.0.1")),
        *((each, True) for each in ("localhost", "intranet", "nas.local", "0.0.0.0")),
        *((each, False) for each in ("8.8.8.8", "data.geopf.fr")),
    ],
)
def test_private_addresses(host: str, private: bool) -> None:
    assert parse_address(f"http://{host}/").is_private is private


def test_a_redirect_that_may_be_read_in_two_ways_is_not_followed() -> None:
    there = ScriptedServer(lambda seen: Answer(200, b"{}"))
    port = urlsplit(there.root).port
    targets = [
        f"http://127.0.0.1:{port}\\@{STORAGE}/x",
        f"http://{STORAGE}@127.0.0.1:{port}/x",
        f"http://127.0.0.1:{port}\t/x",
        f"http://2130706433:{port}/x",
        f"\\\\127.0.0.1:{port}/x",
    ]
    here = ScriptedServer(lambda seen: Answer(302, b"", {"Location": targets[0]}))
    try:
        while targets:
            with client(retries=0) as http, pytest.raises(DinamisError):
                http.request("GET", here.root)
            targets.pop(0)
        assert not there.seen
    finally:
        here.stop()
        there.stop()


def test_no_cookie_is_kept() -> None:
    def answer(seen: object) -> Answer:
        return Answer(200, b"{}", {"Set-Cookie": "session=first-person; Path=/"})

    server = ScriptedServer(answer)
    try:
        with client(retries=0) as http:
            http.json("GET", server.root + "/a")
            http.json("GET", server.root + "/b")
        assert all("cookie" not in seen.headers for seen in server.seen)
    finally:
        server.stop()


def test_origins_and_what_may_be_logged() -> None:
    assert origin("HTTPS://Host.fr/x") == origin("https://host.fr:443/y")
    with pytest.raises(InvalidInput):
        origin(r"https://a\@b/")
    assert public_url("https://user:pw@h.fr/a?X-Amz-Signature=1") == "https://h.fr/a"
