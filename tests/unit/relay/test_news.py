"""The relay's news: read as plain text, kept offline, written for the relay's site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.relay.news import (
    News,
    NewsKept,
    NewsStore,
    add_to_feed,
    fetch_news,
    parse_feed,
    write_feed,
)
from dinamis_qgis.sandbox.activity import news
from dinamis_qgis.sandbox.faults import Fault
from dinamis_qgis.sandbox.web.server import TrainingServer

NS = 'xmlns="http://www.w3.org/2005/Atom"'


@pytest.fixture
def server() -> Iterator[TrainingServer]:
    made = TrainingServer(news.news_routes(), 0)
    made.start()
    yield made
    made.stop()


def test_read_once_it_is_read_offline(server: TrainingServer, http: Http, tmp_path: Path) -> None:
    store, url = NewsStore(tmp_path / "news.json"), f"{server.root}/news"
    fresh = fetch_news(http, url, store.read("formation"))
    assert fresh.unread == 3 and fresh.entries[0].title.startswith("Nouvelle couverture")
    moments = [e.updated for e in fresh.entries]
    assert moments == sorted(moments, key=lambda m: m or datetime.min, reverse=True)
    seen = frozenset({fresh.entries[0].id})
    store.write("formation", replace(fresh, seen=seen))
    store.write("autre", NewsKept())
    kept = NewsStore(tmp_path / "news.json").read("formation")
    assert kept.entries == fresh.entries and kept.unread == 2 and kept.asked
    again = fetch_news(http, url, kept)
    assert [s.status for s in server.seen] == [200, 304]
    assert again.entries == kept.entries and again.seen == seen
    server.stop()
    with pytest.raises(NetworkError):
        fetch_news(http, url, kept)


def test_what_strangers_wrote_is_plain_text() -> None:
    feed = f"""<feed {NS}><entry><id>1</id><title type="html">&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>
      <link href="javascript:alert(1)"/><content type="html">&lt;img src=x onerror=y&gt;Bonjour
      </content><updated>yesterday</updated></entry>
      <entry><title> </title></entry><other/>
      <entry><id>2</id><title>C</title><link rel="self" href="/s"/><link href="/page"/>
      <updated>2026-01-02T03:04:05+01:00</updated></entry></feed>"""
    first, second = parse_feed(feed, "https://relais.invalid/news")
    assert (first.title, first.link) == ("C", "https://relais.invalid/page")
    assert first.updated == datetime(2026, 1, 2, 2, 4, 5, tzinfo=timezone.utc)
    assert (second.title, second.text, second.link) == ("A & B", "Bonjour", "")
    assert second.updated is None


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"<rss/>", b"{}", b"\xff\xfe", b"<feed><entry>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><feed>&x;</feed>',
    ],
)  # fmt: skip
def test_what_is_no_feed(server: TrainingServer, http: Http, body: bytes) -> None:
    server.faults.add(Fault("/news", body=body, content_type="application/atom+xml"))
    with pytest.raises(DinamisError) as raised:
        fetch_news(http, f"{server.root}/news", NewsKept())
    assert isinstance(raised.value, ServiceError)


def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    for text in ("", "[]", '{"formation": {"entries": [3, {}], "seen": 5}}'):
        path.write_text(text, "utf-8")
        assert NewsStore(path).read("formation") == NewsKept()


def test_the_relay_writes_its_feed(tmp_path: Path) -> None:
    path = tmp_path / "actualites.xml"
    stamp = datetime(2026, 11, 30, 8, tzinfo=timezone.utc)
    first = News(
        "1", "Atelier <gratuit> & ouvert", "Le 3 décembre", stamp, "https://a.invalid/?b=1&c=2"
    )
    assert add_to_feed(path, first, "Actualités", "PIGMA") == 1
    assert add_to_feed(path, News("2", "Images", updated=stamp.replace(hour=9)), "A", "P") == 2
    found = parse_feed(path.read_bytes(), "")
    assert found[1] == first and found[0].title == "Images"
    path.write_text("<html>", "utf-8")
    with pytest.raises(ServiceError):
        add_to_feed(path, first, "A", "P")
    assert path.read_text("utf-8") == "<html>"
    assert parse_feed(write_feed([], "A", "P", "urn:x"), "") == ()
