"""Searches over real HTTP: paging, filters, several catalogues, and every way a service can
fail.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point, box, shape
from shapely.geometry import mapping as to_geojson

from dinamis_qgis.core.catalogue.fetch import fetch_product
from dinamis_qgis.core.catalogue.model import Page, Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import (
    Cancelled,
    DinamisError,
    InvalidInput,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.geo import MOST_SENT, vertex_count
from dinamis_qgis.core.net.http import Cancel, origin
from dinamis_qgis.core.profile.model import Profile
from tests.support.protected import protected
from tests.support.scripted import Answer, Seen, as_json, scripted
from tests.unit.catalogue.stac_api import (
    CORE,
    FILTER,
    QUERY,
    SORT,
    StacApi,
    make_http,
    make_item,
    make_profile,
)
from tests.unit.catalogue.things import ragged

SECRET = "s3cr3t-jeton"
AREA = box(-1, 43, 0, 44)


class Keys:
    """Credentials of one origin."""

    def __init__(self, url: str) -> None:
        self.origin = origin(url)

    def headers_for(self, url: str) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {SECRET}"} if origin(url) == self.origin else {}

    def renew(self, used: Mapping[str, str]) -> bool:
        return False


def ask(
    profile: Profile, query: Query = Query(area=AREA), credentials: Any = None, **http: Any
) -> list[Page]:
    return list(search(profile, query, make_http(**http), credentials, Cancel()))


def ids(pages: list[Page]) -> list[str]:
    return [p.id for page in pages for p in page.products]


@pytest.mark.parametrize("methods", [("GET", "POST"), ("GET",), ("POST",)])
def test_all_pages_by_get_and_post(methods: tuple[str, ...]) -> None:
    api = StacApi([make_item(i) for i in range(25)], methods=methods)
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
    assert ids(pages) == [f"SPOT7_{i:05d}" for i in range(25)]
    assert [len(p.products) for p in pages] == [10, 10, 5, 0]
    assert [p.last for p in pages] == [False, False, False, True]
    assert {s.method for s in api.searches} == {methods[-1]}


def test_what_is_sent() -> None:
    api = StacApi([make_item()], conforms=[*CORE, SORT, QUERY, *FILTER])
    with scripted(api) as server:
        query = Query(
            AREA,
            start=date(2018, 1, 1),
            end=date(2018, 12, 31),
            max_cloud=20,
            max_incidence=30,
            limit=5,
        )
        ask(make_profile(server.root), query)
    sent = api.searches[0].json()
    assert sent["datetime"] == "2017-12-31T23:00:00Z/2018-12-31T22:59:59.999Z"
    assert sent["limit"] == 5
    assert sent["collections"] == ["spot-6-7-drs", "pleiades-drs"]
    assert sent["intersects"]["type"] == "Polygon"
    assert sent["sortby"] == [{"field": "properties.datetime", "direction": "desc"}]
    assert sent["filter-lang"] == "cql2-json"
    cloud = sent["filter"]["args"][0]
    assert cloud["op"] == "or" and cloud["args"][1] == {
        "op": "isNull",
        "args": [{"property": "eo:cloud_cover"}],
    }


@pytest.mark.parametrize("limit", [None, 2])
def test_a_detailed_area_is_sent_coarser_and_its_own_products_are_chosen_here(
    limit: int | None,
) -> None:
    area = ragged(3000, -1, 43, 1, noise=0)
    inside = [make_item(i) for i in range(15)]
    beside = [
        {**make_item(100 + i), "geometry": to_geojson(Point(-0.5 + 0.5001, 43.5).buffer(1e-5))}
        for i in range(15)
    ]
    api = StacApi([item for pair in zip(beside, inside) for item in pair])
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area, limit=limit))
    sent = shape(api.searches[0].json()["intersects"])
    assert vertex_count(sent) <= MOST_SENT and sent.contains(area)
    assert sent.intersects(shape(beside[0]["geometry"])) and not area.intersects(
        shape(beside[0]["geometry"])
    )
    assert ids(pages) == [item["id"] for item in inside][:limit]
    assert "area" in pages[0].local and "area" not in pages[0].server and pages[0].total is None


def test_open_periods() -> None:
    api = StacApi([])
    with scripted(api) as server:
        ask(make_profile(server.root), Query(start=date(2020, 1, 1)))
        ask(make_profile(server.root), Query(end=date(2020, 1, 1)))
    assert [s.json()["datetime"] for s in api.searches] == [
        "2019-12-31T23:00:00Z/..",
        "../2020-01-01T22:59:59.999Z",
    ]
    assert "intersects" not in api.searches[0].json()


def test_service_is_not_asked_for_what_it_does_not_declare() -> None:
    api = StacApi([make_item()])
    with scripted(api) as server:
        ask(make_profile(server.root), Query(AREA, max_cloud=20))
    assert not {"sortby", "query", "filter"} & set(api.searches[0].json())


def test_query_extension_only_for_values_that_are_always_there() -> None:
    api = StacApi([make_item()], conforms=[*CORE, QUERY])
    with scripted(api) as server:
        ask(make_profile(server.root), Query(AREA, max_cloud=20, max_incidence=30))
        ask(
            make_profile(server.root, always=["eo:cloud_cover"]),
            Query(AREA, max_cloud=20, max_incidence=30),
        )
    assert "query" not in api.searches[0].json()
    assert api.searches[1].json()["query"] == {"eo:cloud_cover": {"lte": 20}}


def test_filters_on_our_side_keep_unknown_values() -> None:
    items = [
        make_item(1, **{"eo:cloud_cover": 50}),
        make_item(2, **{"eo:cloud_cover": None}),
        make_item(3, **{"eo:cloud_cover": 10, "view:incidence_angle": 40}),
        make_item(4, **{"eo:cloud_cover": 10, "view:incidence_angle": None}),
        make_item(5, datetime="2010-01-01T00:00:00Z"),
        make_item(6, datetime=None),
    ]
    with scripted(StacApi(items)) as server:
        pages = ask(
            make_profile(server.root),
            Query(AREA, start=date(2017, 1, 1), max_cloud=20, max_incidence=30),
        )
    assert ids(pages) == ["SPOT7_00002", "SPOT7_00004", "SPOT7_00006"]


def test_constellation_chooses_collections() -> None:
    api = StacApi([make_item()])
    with scripted(api) as server:
        profile = make_profile(server.root)
        ask(profile, Query(constellations=("Pléiades",)))
        assert ids(ask(profile, Query(constellations=("Sentinel-2",)))) == []
    assert [s.json()["collections"] for s in api.searches] == [["pleiades-drs"]]


@pytest.mark.parametrize(
    ("limit", "more"), [(3, True), (10, True), (12, True), (25, False), (40, False)]
)
def test_limit(limit: int, more: bool) -> None:
    with scripted(StacApi([make_item(i) for i in range(25)])) as server:
        pages = ask(make_profile(server.root), Query(AREA, limit=limit))
    assert len(ids(pages)) == min(limit, 25)
    assert pages[-1].last and (pages[-1].after is not None) is more


def test_total_only_when_the_service_counts() -> None:
    api = StacApi([make_item(i) for i in range(12)])
    with scripted(api) as server:
        assert ask(make_profile(server.root))[0].total is None
        api.count_total = True
        assert ask(make_profile(server.root))[0].total == 12


def test_ten_thousand_products_by_the_hundred() -> None:
    with scripted(StacApi([make_item(i) for i in range(10_000)])) as server:
        pages = ask(make_profile(server.root, page_size=100))
    assert len(set(ids(pages))) == 10_000


# several catalogues


def test_one_catalogue_failing_does_not_stop_the_others() -> None:
    with scripted(StacApi([make_item(1)])) as good, scripted(lambda _: Answer(500)) as bad:
        pages = ask(make_profile(bad.root, good.root), retries=0)
    assert ids(pages) == ["SPOT7_00001"]
    failed = [p for p in pages if p.error]
    assert [p.catalogue for p in failed] == ["c0"]
    assert isinstance(failed[0].error, ServiceError)
    assert sorted(p.catalogue for p in pages if p.last) == ["c0", "c1"]


def test_pages_come_as_they_arrive() -> None:
    gate = threading.Event()
    slow = StacApi([make_item(1)])
    slow.before = lambda _: gate.wait(20) and None
    with scripted(StacApi([make_item(2)])) as quick, scripted(slow) as server:
        pages = search(make_profile(server.root, quick.root), Query(), make_http(), None, Cancel())
        first = next(pages)
        assert first.catalogue == "c1" and ids([first]) == ["SPOT7_00002"]
        gate.set()
        assert ids(list(pages)) == ["SPOT7_00001"]


def test_all_failing_is_an_error() -> None:
    with scripted(lambda _: Answer(500)) as server, pytest.raises(ServiceError):
        ask(make_profile(server.root, server.root), retries=0)


def test_what_came_before_a_failure_stays() -> None:
    api = StacApi([make_item(i) for i in range(25)])
    api.before = lambda s: Answer(500) if len(api.searches) >= 2 else None
    with scripted(api) as server:
        pages = ask(make_profile(server.root), retries=0)
    assert len(ids(pages)) == 20
    assert pages[-1].error is not None and pages[-1].last


def test_unknown_kind_of_catalogue_says_so() -> None:
    with pytest.raises(InvalidInput) as caught:
        ask(make_profile("http://127.0.0.1:9", kind="ftp"))
    assert caught.value.code == "kind"


def test_profile_without_catalogue() -> None:
    with pytest.raises(InvalidInput):
        ask(make_profile())


# faults


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>captive portal</html>", {"Content-Type": "text/html"}),
        Answer(200, b""),
        Answer(200, b'{"type": "Catalog", "links": ['),
        as_json([1, 2]),
        as_json(None),
        as_json({"type": "Catalog"}),
        as_json({"conformsTo": 3, "links": {"a": 1}}),
    ],
)
def test_garbage_instead_of_a_catalogue(answer: Answer) -> None:
    with scripted(lambda _: answer) as server, pytest.raises(ServiceError) as caught:
        ask(make_profile(server.root))
    assert "Traceback" not in caught.value.sentence()


@pytest.mark.parametrize("page", [b"not json", b"[]", b'"x"', b'{"features": [', b"null"])
def test_garbage_instead_of_a_page(page: bytes) -> None:
    api = StacApi([])
    api.before = lambda s: Answer(200, page) if "search" in s.path else None
    with scripted(api) as server, pytest.raises(ServiceError) as caught:
        ask(make_profile(server.root))
    assert caught.value.code == "garbage"


@pytest.mark.parametrize(
    "page",
    [
        {},
        {
            "features": [None, 3, "x", [], {}],
            "links": [None, {"rel": "next"}, {"rel": "next", "href": 7}],
        },
        {
            "features": [{"id": 5}, {"id": ""}],
            "links": [{"rel": "next", "href": " "}],
            "numberMatched": "many",
        },
    ],
)
def test_page_of_wrong_types_is_an_empty_page(page: Any) -> None:
    api = StacApi([])
    api.before = lambda s: as_json(page) if "search" in s.path else None
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
    assert ids(pages) == [] and pages[-1].last and not pages[-1].error


@pytest.mark.parametrize("features", [{"a": 1}, "x", 3])
def test_features_of_a_wrong_type_are_no_empty_result(features: Any) -> None:
    api = StacApi([])
    api.before = lambda s: as_json({"features": features}) if "search" in s.path else None
    with scripted(api) as server, pytest.raises(ServiceError) as caught:
        ask(make_profile(server.root))
    assert caught.value.code == "garbage"


def test_post_waits_as_retry_after_says_and_goes_on() -> None:
    api = StacApi([make_item(1)])
    turns = iter([Answer(429, b"{}", {"Retry-After": "0"}), Answer(503, b"", {"Retry-After": "0"})])
    api.before = lambda s: next(turns, None) if s.method == "POST" else None
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root))) == ["SPOT7_00001"]
        assert [s.method for s in server.seen] == ["GET", "POST", "POST", "POST"]


def test_retry_after_is_waited_for() -> None:
    api = StacApi([make_item(1)])
    times: list[float] = []

    def before(seen: Seen) -> Answer | None:
        if seen.method != "POST":
            return None
        times.append(time.monotonic())
        return Answer(429, b"", {"Retry-After": "1"}) if len(times) == 1 else None

    api.before = before
    with scripted(api) as server:
        ask(make_profile(server.root))
    assert times[1] - times[0] >= 1.0


def test_body_cut_in_the_middle_is_a_cut_connection() -> None:
    api = StacApi([make_item(i) for i in range(5)])
    whole = as_json({"features": [make_item(1)]})
    api.before = lambda s: replace(whole, cut=200) if "search" in s.path else None
    with scripted(api) as server, pytest.raises(NetworkError) as caught:
        ask(make_profile(server.root), retries=1)
    assert caught.value.code == "cut"


def test_service_down() -> None:
    with scripted(lambda _: Answer()) as server:
        root = server.root
    with pytest.raises(NetworkError) as caught:
        ask(make_profile(root), retries=0)
    assert caught.value.code == "down"


def test_unknown_host() -> None:
    with pytest.raises(NetworkError) as caught:
        ask(make_profile("https://catalogue.invalid"), retries=0)
    assert caught.value.code == "dns"


def test_time_out() -> None:
    gate = threading.Event()
    with scripted(lambda _: Answer(hang=gate)) as server:
        with pytest.raises(NetworkError) as caught:
            ask(make_profile(server.root), retries=0, timeout=(1.0, 0.3))
        gate.set()
    assert caught.value.code == "timeout"


def test_next_link_in_circles_ends() -> None:
    api = StacApi([make_item(i) for i in range(3)])
    link = [{"rel": "next", "href": "/stac/search?token=again", "method": "GET"}]
    api.before = (
        lambda s: as_json({"features": [make_item(len(server.seen))], "links": link})
        if "search" in s.path
        else None
    )
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
    assert len(ids(pages)) == 2
    assert pages[-1].error is not None and pages[-1].error.code == "loop"


def test_ever_new_tokens_with_the_same_products_end() -> None:
    api = StacApi([])

    def before(seen: Seen) -> Answer | None:
        link = [{"rel": "next", "href": f"/stac/search?token={len(server.seen)}"}]
        return (
            as_json({"features": [make_item(1)], "links": link}) if "search" in seen.path else None
        )

    api.before = before
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
        assert len(server.seen) < 8
    assert ids(pages) == ["SPOT7_00001"]


def test_a_page_sent_twice_hides_none_of_those_after_it() -> None:
    """As a cache before the service does with a POST."""
    api = StacApi([make_item(i) for i in range(35)])

    def before(seen: Seen) -> Answer | None:
        if seen.method != "POST" or seen.json().get("token") != "10":
            return None
        link = api.next_link(f"http://{seen.headers['host']}", seen, seen.json(), 10)
        return as_json({"features": api.items[:10], "links": [{**link, "body": {"token": "0010"}}]})

    api.before = before
    with scripted(api) as server:
        found = ids(ask(make_profile(server.root)))
    assert found == [f"SPOT7_{i:05d}" for i in range(35)]


@pytest.mark.parametrize(
    "href",
    ["ftp://elsewhere.example/search?token=2", "http://[broken/search?token=2", "s3://bucket/next"],
)
def test_a_next_link_that_leads_nowhere_is_no_end(href: str) -> None:
    api = StacApi([make_item(i) for i in range(25)])
    api.next_link = lambda *_: {"rel": "next", "href": href}  # type: ignore[method-assign]
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
    assert len(ids(pages)) == 10 and pages[-1].error is not None


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_service_that_takes_itself_for_http(method: str, elsewhere: bool, tmp_path: Path) -> None:
    """As behind a proxy that ends TLS: nothing is lost, nothing goes in the clear, nor to another
    host.
    """
    api = StacApi([make_item(i) for i in range(25)], methods=(method,))
    with protected(api, tmp_path) as (server, certificate), scripted(api) as bare:
        wrong = bare.root if elsewhere else server.root.replace("https:", "http:")

        def next_link(_root: str, seen: Seen, asked: Any, start: int) -> dict[str, Any]:
            link = StacApi.next_link(api, wrong, seen, asked, start)
            host = "http://localhost" if elsewhere else wrong
            return {
                **link,
                "href": link["href"].replace(wrong, host)
                if method == "POST"
                else f"{host}/stac/{link['href']}",
            }

        api.next_link = next_link  # type: ignore[method-assign]
        pages = ask(
            make_profile(server.root, signed_in=True),
            credentials=Keys(server.root),
            verify=certificate,
        )
        assert not bare.seen and all(SECRET in s.headers["authorization"] for s in server.seen)
    if elsewhere:
        assert len(ids(pages)) == 10 and pages[-1].error is not None
    else:
        assert ids(pages) == [f"SPOT7_{i:05d}" for i in range(25)] and pages[-1].error is None


@pytest.mark.parametrize("href", ["", None])
def test_a_next_link_without_an_address_is_the_end(href: str | None) -> None:
    api = StacApi([make_item(i) for i in range(25)])
    api.next_link = lambda *_: {"rel": "next", "href": href}  # type: ignore[method-assign]
    with scripted(api) as server:
        pages = ask(make_profile(server.root))
    assert len(ids(pages)) == 10 and pages[-1].error is None


def test_next_by_post_without_a_body_is_the_same_search() -> None:
    api = StacApi([make_item(i) for i in range(15)])

    def before(seen: Seen) -> Answer | None:
        if not seen.path.startswith("/stac/search?"):
            return None
        wanted = seen.json()
        return as_json(
            {
                "features": api.items[10:]
                if "intersects" in wanted and wanted["limit"] == 10
                else [make_item(99)]
            }
        )

    api.before = before
    api.next_link = lambda root, *_: {
        "rel": "next",
        "method": "POST",
        "href": f"{root}/stac/search?token=10",
    }  # type: ignore[method-assign]
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root))) == [f"SPOT7_{i:05d}" for i in range(15)]


@pytest.mark.parametrize("refused", [("filter",), ("filter", "sortby"), ("sortby",)])
@pytest.mark.parametrize("status", [400, 422, 501])
def test_a_service_that_refuses_what_it_declares_is_asked_for_less(
    refused: tuple[str, ...], status: int
) -> None:
    api = StacApi(
        [make_item(i, **{"eo:cloud_cover": i}) for i in range(25)], conforms=[*CORE, SORT, *FILTER]
    )

    def before(seen: Seen) -> Answer | None:
        return (
            as_json({"detail": "no"}, status)
            if seen.method == "POST" and set(refused) & set(seen.json())
            else None
        )

    api.before = before
    with scripted(api) as server:
        http, query = make_http(retries=0), Query(AREA, max_cloud=9, limit=100)
        pages = list(search(make_profile(server.root), query, http, None, Cancel()))
        assert ids(pages) == [f"SPOT7_{i:05d}" for i in range(10)]
        assert "cloud" in pages[0].local and ("order" in pages[0].server) is (
            "sortby" not in refused
        )
        before_again = len(server.seen)
        assert len(ids(list(search(make_profile(server.root), query, http, None, Cancel())))) == 10
        assert len(server.seen) - before_again == 3, "it is remembered for a while"


def test_where_post_does_not_get_through_it_is_get() -> None:
    api = StacApi([make_item(i) for i in range(25)], conforms=[*CORE, SORT, *FILTER])
    api.before = lambda s: Answer(405) if s.method == "POST" else None
    with scripted(api) as server:
        assert len(ids(ask(make_profile(server.root), Query(AREA, max_cloud=50, limit=100)))) == 25


def test_a_service_that_refuses_whatever_is_asked_says_so() -> None:
    api = StacApi([], conforms=[*CORE, SORT, *FILTER])
    api.before = (
        lambda s: as_json({"detail": "area too large"}, 400) if s.method == "POST" else None
    )
    with scripted(api) as server, pytest.raises(ServiceError) as caught:
        ask(make_profile(server.root), Query(AREA, max_cloud=9))
    assert caught.value.status == 400 and sum(s.method == "POST" for s in server.seen) == 3


def test_endless_empty_pages_end() -> None:
    api = StacApi([])

    def before(seen: Seen) -> Answer | None:
        link = [{"rel": "next", "href": f"/stac/search?token={len(server.seen)}"}]
        return as_json({"features": [], "links": link}) if "search" in seen.path else None

    api.before = before
    with scripted(api) as server, pytest.raises(DinamisError) as caught:
        ask(make_profile(server.root))
    assert caught.value.code == "loop" and len(server.seen) < 40


def test_empty_page_in_the_middle_is_passed() -> None:
    api = StacApi([])

    def before(seen: Seen) -> Answer | None:
        if "search" not in seen.path:
            return None
        if "token" in seen.path:
            return as_json({"features": [make_item(2)]})
        return as_json({"features": [], "links": [{"rel": "next", "href": "?token=1"}]})

    api.before = before
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root))) == ["SPOT7_00002"]


# secrets


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_credentials_do_not_follow_a_next_link_elsewhere(method: str) -> None:
    api = StacApi([make_item(i) for i in range(12)], methods=(method,))
    with scripted(StacApi([make_item(99)])) as other, scripted(api) as server:
        link = {
            "rel": "next",
            "href": f"{other.root}/stac/search",
            "method": method,
            "merge": True,
            "body": {},
            "headers": {"Authorization": f"Bearer {SECRET}", "X-Page": "2"},
        }
        api.next_link = lambda *_: link  # type: ignore[method-assign]
        found = ids(ask(make_profile(server.root, signed_in=True), credentials=Keys(server.root)))
        assert all(s.headers["authorization"] == f"Bearer {SECRET}" for s in server.seen)
        assert other.seen and not any(SECRET in str(s.headers) for s in other.seen)
        assert other.seen[0].headers["x-page"] == "2"
    assert found[-1] == "SPOT7_00099"


def test_credentials_go_only_to_catalogues_that_want_them() -> None:
    with scripted(StacApi([make_item(1)])) as server:
        ask(make_profile(server.root), credentials=Keys(server.root))
        assert not any("authorization" in s.headers for s in server.seen)


def test_nothing_secret_in_any_log(caplog: pytest.LogCaptureFixture) -> None:
    api = StacApi([make_item(i) for i in range(12)])
    turns = iter([Answer(500, b'{"detail": "x"}')])
    api.before = lambda s: next(turns, None) if s.method == "POST" else None
    with caplog.at_level(logging.DEBUG), scripted(api) as server:
        for name in ("pystac_client", "pystac", "urllib3", "dinamis_qgis"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        assert (
            len(ids(ask(make_profile(server.root, signed_in=True), credentials=Keys(server.root))))
            == 12
        )
        assert any(SECRET in str(s.headers) for s in server.seen), "it was sent"
    assert caplog.records, "the loggers were on"
    assert SECRET not in caplog.text
    assert not any(SECRET in repr(r.__dict__) for r in caplog.records)


# cancelling


def _cancel_soon(cancel: Cancel, ready: threading.Event) -> None:
    threading.Thread(target=lambda: (ready.wait(10), cancel.set()), daemon=True).start()


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_cancel_inside_a_page_returns_at_once_and_leaves_no_thread(how: str) -> None:
    api = StacApi([make_item(1)])
    asked, gate, cancel = threading.Event(), threading.Event(), Cancel()

    def before(seen: Seen) -> Answer | None:
        if "search" not in seen.path:
            return None
        asked.set()
        body = as_json({"features": [make_item(1)]})
        return replace(body, hang=gate) if how == "hang" else replace(body, drip=0.05)

    api.before = before
    with scripted(api) as server:
        _cancel_soon(cancel, asked)
        with pytest.raises(Cancelled):
            list(
                search(
                    make_profile(server.root), Query(), make_http(timeout=(5.0, 60.0)), None, cancel
                )
            )
        _no_search_thread_left()
        gate.set()


def test_cancel_between_pages() -> None:
    api = StacApi([make_item(i) for i in range(100)])
    cancel = Cancel()
    with scripted(api) as server:
        pages = search(make_profile(server.root), Query(), make_http(), None, cancel)
        next(pages)
        cancel.set()
        with pytest.raises(Cancelled):
            list(pages)
        _no_search_thread_left()


def test_reader_that_goes_away_leaves_no_thread() -> None:
    with scripted(StacApi([make_item(i) for i in range(500)])) as server:
        pages = search(make_profile(server.root), Query(), make_http(), None, Cancel())
        next(pages)
        pages.close()  # type: ignore[attr-defined]
        _no_search_thread_left()
        assert len(server.seen) < 20


def test_threads_leave_no_connection_behind() -> None:
    http = make_http()
    with scripted(StacApi([make_item(1)])) as server:
        list(search(make_profile(server.root), Query(), http, None, Cancel()))
        _no_search_thread_left()
    assert http._sessions == []


def _no_search_thread_left() -> None:
    end = time.monotonic() + 10
    while any(t.name.startswith("dinamis-search") for t in threading.enumerate()):
        assert time.monotonic() < end, "a search thread goes on"
        time.sleep(0.01)


# one product


def test_fetch_product() -> None:
    item = make_item(7)
    item["id"] = "a/b c"
    with scripted(
        lambda s: as_json(item)
        if s.path == "/stac/collections/spot-6-7-drs/items/a%2Fb%20c"
        else Answer(404)
    ) as server:
        profile, http = make_profile(server.root), make_http()
        found = fetch_product(profile, "c0", "spot-6-7-drs", "a/b c", http, None, Cancel())
        assert (found.id, found.licence) == ("a/b c", "spot67")
        with pytest.raises(ServiceError) as caught:
            fetch_product(profile, "c0", "spot-6-7-drs", "gone", http, None, Cancel())
        assert caught.value.code == "missing"
        with pytest.raises(InvalidInput):
            fetch_product(profile, "nowhere", "spot-6-7-drs", "x", http, None, Cancel())
        http.close()
