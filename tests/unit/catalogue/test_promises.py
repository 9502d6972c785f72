"""What a service promises and does not do, loses on the way or cannot take: nothing that was not
asked for is ever listed, and what was asked for is found all the same.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from shapely.geometry import Point, box, shape

from dinamis_qgis.core.catalogue.adapters import pager
from dinamis_qgis.core.catalogue.model import Page, Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import DinamisError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Catalogue, Profile
from tests.support.scripted import Answer, Seen, as_json, scripted
from tests.unit.catalogue.dialects import (
    FAR,
    SQUARE,
    geodes_item,
    openspot_feature,
    wmts_capabilities,
    wmts_layer,
)
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

AREA = box(-1, 43, 0, 44)
ELSEWHERE = {"type": "Polygon", "coordinates": [[[8, 8], [9, 8], [9, 9], [8, 9], [8, 8]]]}


def ask(profile: Profile, query: Query, **http: Any) -> list[Page]:
    return list(search(profile, query, make_http(retries=0, **http), None, Cancel()))


def ids(pages: list[Page]) -> list[str]:
    return [p.id for page in pages for p in page.products]


def far(number: int, **properties: Any) -> dict[str, Any]:
    item = make_item(number, **properties)
    item["geometry"], item["bbox"] = ELSEWHERE, [8, 8, 9, 9]
    return item


@pytest.mark.parametrize("limit", [None, 3])
@pytest.mark.parametrize("methods", [("GET",), ("POST",)])
def test_an_area_that_is_ignored(limit: int | None, methods: tuple[str, ...]) -> None:
    """``StacApi`` gives all it has, whatever is asked."""
    api = StacApi(
        [far(i) if i % 2 else make_item(i) for i in range(40)], [*CORE, SORT], methods=methods
    )
    api.count_total = True
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=AREA, limit=limit))
    wanted = [f"SPOT7_{i:05d}" for i in range(0, 40, 2)]
    assert ids(pages) == wanted[:limit]
    assert pages[0].total is None, "the service counted what nobody asked for"
    assert "area" in pages[0].local and "area" not in pages[0].server


@pytest.mark.parametrize(
    ("query", "properties"),
    [
        (Query(area=AREA, start=date(2018, 1, 1), end=date(2018, 12, 31)), {"datetime": "2016-01-01T00:00:00Z"}),
        (Query(area=AREA, max_cloud=10), {"eo:cloud_cover": 80}),
        (Query(area=AREA, max_incidence=15), {"view:incidence_angle": 25}),
        (Query(area=AREA, max_gsd=2), {"gsd": 6}),
        (Query(area=AREA, months=(5, 6)), {"datetime": "2018-11-05T10:00:00Z"}),
    ],
)  # fmt: skip
def test_every_filter_that_is_declared_and_ignored(
    query: Query, properties: dict[str, Any]
) -> None:
    items = [make_item(1), make_item(2, **properties), make_item(3)]
    api = StacApi(items, [*CORE, SORT, QUERY, *FILTER])
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root), query)) == ["SPOT7_00001", "SPOT7_00003"]


def test_collections_that_are_ignored() -> None:
    stranger = make_item(2)
    stranger["collection"] = "sentinel2-l2a"
    with scripted(StacApi([make_item(1), stranger])) as server:
        found = ids(ask(make_profile(server.root), Query(area=AREA)))
    assert found == ["SPOT7_00001"], "the profile names the collections of this catalogue"


def _geodes(_: Seen) -> Answer:
    return as_json({"features": [geodes_item(1), {**geodes_item(2), **ELSEWHERE_ITEM}]})


def _openspot(seen: Seen) -> Answer:
    if not seen.path.endswith("2018_MS"):
        return as_json({}, 404)
    return as_json(
        {
            "features": [
                openspot_feature(1, "2018-05-05"),
                openspot_feature(2, "2018-05-05", geometry=FAR),
            ]
        }
    )


ELSEWHERE_ITEM = {"geometry": ELSEWHERE, "bbox": [8, 8, 9, 9]}


def profile_of(kind: str, root: str, **options: Any) -> Profile:
    return Profile("essai", "Essai", catalogues=(Catalogue("c", "C", kind, root, options=options),))


def test_geodes_and_openspot_that_give_everything() -> None:
    query = Query(area=shape(SQUARE))
    with scripted(_geodes) as server:
        assert len(ids(ask(profile_of("geodes", server.root), query))) == 1
    with scripted(_openspot) as server:
        assert len(ids(ask(profile_of("openspot", server.root, years=[2018]), query))) == 1


def test_a_catalogue_read_from_end_to_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service of a million items that ignores the area is not read through."""
    monkeypatch.setattr(pager, "MOST_ASTRAY", 50)
    api = StacApi([make_item(0), *(far(i) for i in range(1, 1000))], [*CORE, SORT])
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=AREA))
    assert ids(pages) == ["SPOT7_00000"]
    error = pages[-1].error
    assert isinstance(error, ServiceError) and error.code == "astray" and error.remedy


def test_what_only_we_filter_is_no_fault_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pager, "MOST_ASTRAY", 5)
    items = [make_item(i, **{"eo:cloud_cover": 90 if i < 60 else 1}) for i in range(70)]
    with scripted(StacApi(items)) as server:  # it declares no filter
        pages = ask(make_profile(server.root), Query(area=AREA, max_cloud=10))
    assert len(ids(pages)) == 10 and pages[-1].error is None


# --- a redirect ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_search_that_is_sent_on_stays_a_search(status: int) -> None:
    api = StacApi([make_item(1)])

    def moved(seen: Seen) -> Answer | None:
        if seen.path == "/stac/search" and seen.method == "POST":
            return Answer(status, headers={"Location": "/moved"})
        if seen.path == "/moved":
            asked.append(seen)
            return as_json({"type": "FeatureCollection", "features": [make_item(1), far(2)]})
        return None

    asked: list[Seen] = []
    api.before = moved
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=AREA))
    assert ids(pages) == ["SPOT7_00001"]
    assert [s.method for s in asked] == ["POST"]
    assert shape(asked[0].json()["intersects"]).equals(AREA)


def test_303_is_another_page_to_read() -> None:
    """RFC 9110, 15.4.4: the answer is there, by GET; what is not asked for is left out here."""
    api = StacApi([])

    def elsewhere(seen: Seen) -> Answer | None:
        if seen.method == "POST":
            return Answer(303, headers={"Location": "/all"})
        everything = {"type": "FeatureCollection", "features": [make_item(1), far(2)]}
        return as_json(everything) if seen.path == "/all" else None

    api.before = elsewhere
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root), Query(area=AREA))) == ["SPOT7_00001"]


@pytest.mark.parametrize("status", [301, 302])
def test_what_may_not_be_repeated_is_not(status: int) -> None:
    def script(seen: Seen) -> Answer:
        if seen.path == "/order":
            return Answer(status, headers={"Location": "/made"})
        return as_json({})

    with scripted(script) as server:
        http = make_http()
        http.json("POST", f"{server.root}/order", json={"a": 1})
        http.close()
        assert [(s.method, s.body) for s in server.seen] == [("POST", b'{"a": 1}'), ("GET", b"")]


# --- a request that is too long -----------------------------------------------------------------

ROUND = Point(-0.5, 43.5)
NEAR = {
    "type": "Polygon",
    "coordinates": [[[-0.2, 43.75], [-0.2, 43.8], [-0.15, 43.8], [-0.2, 43.75]]],
}
"""In the extent of the round area, outside its outline."""


def _too_long(status: int, longest: int) -> Any:
    def before(seen: Seen) -> Answer | None:
        if len(seen.path) + len(seen.body) > longest:
            return Answer(status, b"<html>too long</html>", {"Content-Type": "text/html"})
        return None

    return before


@pytest.mark.parametrize("status", [413, 414, 431, 400])
@pytest.mark.parametrize("longest", [8000, 2000, 700])
@pytest.mark.parametrize("corners", [75, 190, 2000])
def test_a_long_outline_by_get(status: int, longest: int, corners: int) -> None:
    outside = make_item(2)
    outside["geometry"] = NEAR
    area = ROUND.buffer(0.3, corners)
    api = StacApi([make_item(1), outside], methods=("GET",))
    api.before = _too_long(status, longest)
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=area))
    assert ids(pages) == ["SPOT7_00001"], "what is in the coarser outline only is left out"
    taken = parse_qs(urlsplit(api.searches[-1].path).query)["intersects"][0]
    assert shape(json.loads(taken)).buffer(1e-6).contains(area)
    if corners > 190 or longest < 8000:
        assert "area" in pages[0].local


def test_a_proxy_that_refuses_post_then_a_long_address() -> None:
    api = StacApi([make_item(1)])
    long = _too_long(414, 4000)
    api.before = lambda seen: Answer(405) if seen.method == "POST" else long(seen)
    with scripted(api) as server:
        assert ids(ask(make_profile(server.root), Query(area=ROUND.buffer(0.3, 190)))) == [
            "SPOT7_00001"
        ]


def test_a_body_that_is_too_long() -> None:
    api = StacApi([make_item(1)], methods=("POST",))
    api.before = _too_long(413, 1000)
    with scripted(api) as server:
        profile, http = make_profile(server.root), make_http(retries=0)
        query = Query(area=ROUND.buffer(0.3, 190))
        assert ids(list(search(profile, query, http, None, Cancel()))) == ["SPOT7_00001"]
        before = len(server.seen)
        assert ids(list(search(profile, query, http, None, Cancel()))) == ["SPOT7_00001"]
        assert len(server.seen) == before + 1, "what it takes is remembered"


def test_a_request_that_is_too_long_however_short() -> None:
    api = StacApi([make_item(1)])
    api.before = lambda seen: Answer(413) if "search" in seen.path else None
    with scripted(api) as server, pytest.raises(DinamisError) as caught:
        ask(make_profile(server.root), Query(area=AREA))
    assert caught.value.status == 413


# --- nothing ------------------------------------------------------------------------------------

NOTHING = [Answer(204), as_json({"type": "FeatureCollection", "features": None, "links": None})]


@pytest.mark.parametrize("answer", NOTHING, ids=["204", "null"])
def test_nothing_is_no_fault(answer: Answer) -> None:
    api = StacApi([])
    api.before = lambda seen: answer if "search" in seen.path else None
    query = Query(area=AREA)
    with scripted(api) as server:
        pages = ask(make_profile(server.root), query)
        assert ids(pages) == [] and pages[-1].last and pages[-1].error is None
    with scripted(lambda _: answer) as server:
        assert ids(ask(profile_of("geodes", server.root), query)) == []
        assert ids(ask(profile_of("openspot", server.root, years=[2018]), query)) == []


def test_an_error_told_with_status_200_is_one() -> None:
    api = StacApi([])
    api.before = lambda seen: as_json({"code": "X"}) if "search" in seen.path else None
    with scripted(api) as server, pytest.raises(ServiceError) as caught:
        ask(make_profile(server.root), Query(area=AREA))
    assert caught.value.code == "garbage"


def test_an_answer_in_latin_1() -> None:
    item = make_item(1, title="Forêt d'été")
    body = json.dumps({"features": [item]}, ensure_ascii=False).encode("latin-1")
    api = StacApi([])
    api.before = lambda seen: Answer(200, body) if "search" in seen.path else None
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=AREA))
    assert pages[0].products[0].title == "Forêt d'été"


def test_layers_of_a_service_lie_where_they_say() -> None:
    """WMTS: no area is ever sent; each layer has its extent."""
    document = wmts_capabilities(wmts_layer("ORTHO.2020")).encode()
    layers = [{"name": "ORTHO.{year}", "title": "Ortho"}]
    with scripted(lambda _: Answer(200, document)) as server:
        profile = profile_of("wmts", server.root, layers=layers)
        assert ids(ask(profile, Query(area=AREA))) == ["ORTHO.2020"]
        assert ids(ask(profile, Query(area=box(45, -21, 46, -20)))) == []
