"""GEODES, OpenSpot, Copernicus and WMTS in their own dialects, over real HTTP: what is sent, what
is understood, what goes wrong.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.adapters.wmts_capabilities import read_capabilities
from dinamis_qgis.core.catalogue.filters import active_filters
from dinamis_qgis.core.catalogue.model import Page, Query, SortOrder
from dinamis_qgis.core.catalogue.search import ADAPTERS, catalogues_to_ask, search
from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.profile.read import load_profile
from tests.support.scripted import Answer, Seen, as_json, scripted
from tests.unit.catalogue.dialects import (
    CDSE_ITEM,
    FAR,
    SQUARE,
    geodes_item,
    openspot_feature,
    wmts_capabilities,
    wmts_layer,
)
from tests.unit.catalogue.stac_api import CORE, StacApi, make_http

AREA = box(-0.4, 43.3, 0, 43.6)


@pytest.fixture
def dinamis(root: Any) -> Profile:
    folder = root / "resources" / "profiles"
    return load_profile(folder / "dinamis.json", folder / "schema.json")


def at(profile: Profile, catalogue: str, url: str, **changes: Any) -> Profile:
    """The profile with one catalogue, moved to a test server."""
    found = next(c for c in profile.catalogues if c.id == catalogue)
    path = urlsplit(found.url).path
    return replace(
        profile, catalogues=(replace(found, url=f"{url}{path}", default=True, **changes),)
    )


def ask(profile: Profile, query: Query = Query(area=AREA), http: Any = None) -> list[Page]:
    return list(search(profile, query, http or make_http(retries=0), None, Cancel()))


def ids(pages: list[Page]) -> list[str]:
    return [p.id for page in pages for p in page.products]


def first(pages: list[Page]) -> Any:
    return next(p for page in pages for p in page.products)


def consistent(pages: list[Page], query: Query) -> None:
    """Every page tells who applied every filter, once; the last one ends."""
    for page in pages:
        assert {*page.server, *page.local} - {"order"} == set(active_filters(query))
        assert not set(page.server) & set(page.local)
    assert [p.last for p in pages] == [False] * (len(pages) - 1) + [True]


def test_every_kind_of_the_profile_has_its_adapter(dinamis: Profile) -> None:
    assert {c.kind for c in dinamis.catalogues} == set(ADAPTERS)


def test_only_default_catalogues_are_asked_unless_named(dinamis: Profile) -> None:
    assert [c.id for c in catalogues_to_ask(dinamis)] == ["teledetection"]
    assert [c.id for c in catalogues_to_ask(dinamis, ("geodes", "openspot"))] == ["openspot", "geodes"]


@pytest.mark.parametrize("catalogue", ["openspot", "geoplateforme", "geodes", "copernicus"])
@pytest.mark.parametrize(
    "answer",
    [
        Answer(500), Answer(403, b"<html>"), Answer(200, b"<html>portal</html>"), Answer(200, b"[]"), Answer(200, b"{}"),
        Answer(200, b'{"features": 3}'), Answer(200, b""), Answer(200, b"[" * 200_000), Answer(200, b'{"features": [', cut=8), Answer(404),
    ],
)  # fmt: skip
def test_a_service_that_answers_nonsense_is_an_error_or_empty(
    dinamis: Profile, catalogue: str, answer: Answer
) -> None:
    with scripted(lambda _: answer) as server:
        try:
            found = ask(at(dinamis, catalogue, server.root))
        except DinamisError as error:
            assert isinstance(error, (ServiceError, NetworkError)) and error.code != "adapter", (
                error.details
            )
        else:
            assert catalogue == "openspot" and answer.status == 404 and ids(found) == []


@pytest.mark.parametrize(
    "catalogue", ["teledetection", "openspot", "geoplateforme", "geodes", "copernicus"]
)
def test_a_portal_in_the_way_is_said(dinamis: Profile, catalogue: str) -> None:
    portal = Answer(
        200, b"\n<!DOCTYPE html><html><title>Wi-Fi</title>", {"Content-Type": "text/html"}
    )
    with scripted(lambda _: portal) as server, pytest.raises(ServiceError) as caught:
        ask(at(dinamis, catalogue, server.root))
    assert "web page" in caught.value.message and "browser" in caught.value.remedy


@pytest.mark.parametrize("catalogue", ["openspot", "geoplateforme", "geodes", "copernicus"])
def test_one_failing_does_not_stop_another(dinamis: Profile, catalogue: str) -> None:
    with scripted(lambda _: Answer(500)) as bad, scripted(StacApi([CDSE_ITEM])) as good:
        broken = at(dinamis, catalogue, bad.root).catalogues[0]
        well = Catalogue("well", "Well", "stac", f"{good.root}/stac")
        pages = ask(replace(dinamis, catalogues=(broken, well)))
    assert ids(pages) == [CDSE_ITEM["id"]]
    assert [p.catalogue for p in pages if p.error] == [catalogue]


@pytest.mark.parametrize("catalogue", ["openspot", "geoplateforme", "geodes", "copernicus"])
def test_cancel_while_it_hangs(dinamis: Profile, catalogue: str) -> None:
    gate, asked_for, cancel = threading.Event(), threading.Event(), Cancel()

    def script(_: Seen) -> Answer:
        asked_for.set()
        return Answer(hang=gate)

    with scripted(script) as server:
        threading.Thread(target=lambda: (asked_for.wait(10), cancel.set()), daemon=True).start()
        with pytest.raises(Cancelled):
            list(
                search(
                    at(dinamis, catalogue, server.root), Query(area=AREA), make_http(), None, cancel
                )
            )
        gate.set()
        _no_thread_left()


def _no_thread_left() -> None:
    end = time.monotonic() + 10
    while any(t.name.startswith("dinamis-search") for t in threading.enumerate()):
        assert time.monotonic() < end, "a search thread goes on"
        time.sleep(0.01)


# GEODES


class Geodes:
    """POST search only, pages of 80 at most, no ``collections``."""

    def __init__(self, items: list[Any], counts: bool = True) -> None:
        self.items, self.counts, self.bodies, self.most, self.flying = items, counts, [], 0, 0
        self.lock = threading.Lock()

    def __call__(self, seen: Seen) -> Answer:
        if seen.method != "POST" or seen.path != "/api/stac/search":
            return as_json({"detail": "Not Found"}, 404)
        body = seen.json()
        with self.lock:
            self.bodies.append(body)
        if body["limit"] > 80:
            return as_json({"detail": "limit"}, 422)
        found = [] if "collections" in body else self.items
        start = (body["page"] - 1) * body["limit"]
        part = found[start : start + body["limit"]]
        context = {"returned": len(part), "limit": body["limit"]}
        if self.counts:
            context["matched"] = len(found)
        return as_json(
            {"type": "FeatureCollection", "features": part, "context": context, "links": []}
        )


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("count", [0, 1, 80, 81, 500])
def test_geodes_pages(dinamis: Profile, count: int, counts: bool) -> None:
    api = Geodes([geodes_item(i) for i in range(count)], counts)
    with scripted(api) as server:
        pages = ask(at(dinamis, "geodes", server.root))
    assert ids(pages) == [i["id"] for i in api.items]
    consistent(pages, Query(area=AREA))
    assert sorted(b["page"] for b in api.bodies)[: max(1, -(-count // 80))] == list(
        range(1, max(1, -(-count // 80)) + 1)
    )


def test_geodes_is_asked_in_its_own_words(dinamis: Profile) -> None:
    api = Geodes([])
    query = Query(
        AREA,
        start=date(2003, 1, 1),
        end=date(2005, 12, 31),
        constellations=("SPOT 1 à 5",),
        max_cloud=10,
    )
    with scripted(api) as server:
        pages = ask(at(dinamis, "geodes", server.root), query)
    assert api.bodies == [
        {
            "page": 1,
            "limit": 80,
            "bbox": [-0.4, 43.3, 0.0, 43.6],
            "query": {
                "dataset": {"in": ["SWH_SPOT123_L1", "SWH_SPOT4_L1", "SWH_SPOT5_L1"]},
                "start_datetime": {
                    "gte": "2002-12-31T23:00:00.000Z",
                    "lte": "2005-12-31T22:59:59.999Z",
                },
            },
            "sortBy": [{"direction": "desc", "field": "start_datetime"}],
        }
    ]
    consistent(pages, query)
    assert {"period", "order"} <= set(pages[0].server) and {"area", "cloud"} <= set(pages[0].local)


@pytest.mark.parametrize("old", [True, False])
def test_geodes_items_old_and_new(dinamis: Profile, old: bool) -> None:
    with scripted(Geodes([geodes_item(3, old=old)])) as server:
        found = first(ask(at(dinamis, "geodes", server.root)))
    assert (found.collection, found.platform, found.cloud_cover) == ("SWH_SPOT5_L1", "SPOT5", 12.0)
    assert found.datetime and found.datetime.isoformat() == "2005-07-04T10:50:00+00:00"
    assert (
        found.title == "SPOT5_HRG_0003" and found.licence == "etalab-2.0" and "2005" in found.credit
    )
    assert found.thumbnail.endswith("_quicklook.jpg")
    (archive,) = found.data_assets()
    assert archive.is_archive and found.page, "given to who has a key"


def test_geodes_filters_here_what_the_box_lets_through(dinamis: Profile) -> None:
    far = geodes_item(2)
    far["geometry"] = FAR
    items = [
        geodes_item(1),
        far,
        geodes_item(3, **{"eo:cloud_cover": 80}),
        geodes_item(4, **{"eo:cloud_cover": None}),
    ]
    with scripted(Geodes(items)) as server:
        pages = ask(at(dinamis, "geodes", server.root), Query(AREA, max_cloud=50))
    assert ids(pages) == [items[0]["id"], items[3]["id"]]
    assert pages[0].total is None, "the count is of what the service let through"


def test_geodes_limit_asks_no_more_than_it_needs(dinamis: Profile) -> None:
    api = Geodes([geodes_item(i) for i in range(800)])
    with scripted(api) as server:
        pages = ask(at(dinamis, "geodes", server.root), Query(AREA, limit=100))
        _no_thread_left()
    assert len(ids(pages)) == 100 and pages[-1].after
    assert len(api.bodies) <= 5


def test_geodes_page_that_repeats_gives_each_product_once(dinamis: Profile) -> None:
    same = as_json(
        {"features": [geodes_item(1)], "context": {"returned": 1, "limit": 80, "matched": 400}}
    )
    with scripted(lambda _: same) as server:
        assert len(ids(ask(at(dinamis, "geodes", server.root)))) == 1


@pytest.mark.parametrize(
    "told", ["the page's", "ten times too many", "of the whole portal", "none, pages of 50"]
)
@pytest.mark.parametrize("limit", [None, 300])
def test_geodes_counts_wrong(dinamis: Profile, told: str, limit: int | None) -> None:
    """Every product comes, each once, and what is not there is not asked for without end."""
    items = [geodes_item(i) for i in range(190)]
    asked_for: list[int] = []

    def script(seen: Seen) -> Answer:
        body = seen.json()
        asked_for.append(body["page"])
        size = 50 if told == "none, pages of 50" else body["limit"]
        part = items[(body["page"] - 1) * size : body["page"] * size]
        matched = {
            "the page's": len(part),
            "ten times too many": 1900,
            "of the whole portal": 30_000,
        }
        context = {"matched": matched.get(told, len(items)), "limit": size}
        return as_json({"features": part, "context": context})

    with scripted(script) as server:
        pages = ask(at(dinamis, "geodes", server.root), Query(area=AREA, limit=limit))
    assert ids(pages) == [i["id"] for i in items] and pages[-1].last and pages[-1].after is None
    assert max(asked_for) <= 20


def test_geodes_without_a_count_in_pages_of_the_profiles_size(dinamis: Profile) -> None:
    def script(seen: Seen) -> Answer:
        start = (seen.json()["page"] - 1) * 30
        return as_json({"features": items[start : start + seen.json()["limit"]]})

    items = [geodes_item(i) for i in range(70)]
    with scripted(script) as server:
        assert ids(ask(at(dinamis, "geodes", server.root, page_size=30))) == [
            i["id"] for i in items
        ]


# OpenSpot


def openspot(files: dict[str, list[Any]]) -> Any:
    def script(seen: Seen) -> Answer:
        name = seen.path.rpartition("/api/geo/")[2]
        if name in files:
            return as_json({"type": "FeatureCollection", "features": files[name]})
        return Answer(404, b"<html>", {"Content-Type": "text/html"})

    return script


FILES = {
    "2018_MS": [openspot_feature(1, "2018-05-11"), openspot_feature(2, "2018-07-01", geometry=FAR)],
    "2018_PAN": [openspot_feature(3, "2018-05-11", "PAN")],
    "2020_MS": [
        openspot_feature(4, "2020-06-01"),
        openspot_feature(5, "2020-06-02", page="PO"),
        {"properties": None},
        7,
    ],
}


def test_openspot_years_and_modes(dinamis: Profile) -> None:
    with scripted(openspot(FILES)) as server:
        pages = ask(at(dinamis, "openspot", server.root))
    assert ids(pages) == ["2020_MS:4", "2020_MS:5", "2018_MS:1", "2018_PAN:3"]
    consistent(pages, Query(area=AREA))
    one, other = (
        p
        for page in pages
        if page.products
        for p in page.products[:1]
        if p.id in ("2020_MS:4", "2018_PAN:3")
    )
    assert (one.mode, one.gsd, one.platform, one.constellation) == ("MS", 6.0, "spot-6", "SPOT 6/7")
    assert (other.mode, other.gsd) == ("PAN", 1.5)
    assert one.licence == "etalab-2.0" and one.credit == "© Airbus DS 2020" and one.assets == ()
    assert urlsplit(one.thumbnail).path == "/api/lien_jpg/SPOT6_4_QL.jpg" and one.page.startswith(
        "https://openspot-dinamis"
    )


def test_openspot_overseas_has_a_page_of_its_own(dinamis: Profile) -> None:
    with scripted(openspot(FILES)) as server:
        found = {
            p.id: p.page
            for page in ask(at(dinamis, "openspot", server.root))
            for p in page.products
        }
        assert found["2020_MS:5"] == f"{server.root}/PO"


def test_openspot_reads_only_the_files_it_needs_and_only_once(dinamis: Profile) -> None:
    query = Query(AREA, start=date(2018, 1, 1), end=date(2018, 12, 31), modes=("PAN",))
    http = make_http(retries=0)
    with scripted(openspot(FILES)) as server:
        profile = at(dinamis, "openspot", server.root)
        assert ids(ask(profile, query, http)) == ["2018_PAN:3"]
        assert {s.path for s in server.seen} == {f"/api/geo/{y}_PAN" for y in (2017, 2018, 2019)}
        assert ids(ask(profile, query, http)) == ["2018_PAN:3"]
        assert sum(s.path == "/api/geo/2018_PAN" for s in server.seen) == 1
        http.close()


def test_openspot_is_not_asked_for_another_constellation(dinamis: Profile) -> None:
    with scripted(openspot(FILES)) as server:
        assert (
            ids(
                ask(at(dinamis, "openspot", server.root), Query(AREA, constellations=("Pléiades",)))
            )
            == []
        )
        assert not server.seen


@pytest.mark.parametrize("written", ["2018/05/11", "20180511", "2018-05-11T10:31:18"])
def test_openspot_days_however_written(dinamis: Profile, written: str) -> None:
    feature = openspot_feature(1, "2018-05-11")
    feature["properties"]["img_date"] = written
    with scripted(openspot({"2018_MS": [feature]})) as server:
        found = first(ask(at(dinamis, "openspot", server.root), Query(AREA, months=(5,))))
    assert found.datetime and found.datetime.date() == date(2018, 5, 11)


@pytest.mark.parametrize(
    "broken", [Answer(500), Answer(200, b"<html>no such table</html>"), Answer(400)]
)
def test_openspot_year_that_is_broken_keeps_no_other_from_coming(
    dinamis: Profile, broken: Answer
) -> None:
    """The latest year, not there yet, comes first: what a service of unknown make answers for it is
    anybody's guess.
    """
    files = openspot(FILES)
    with scripted(lambda seen: broken if "/2021_" in seen.path else files(seen)) as server:
        pages = ask(
            at(dinamis, "openspot", server.root, options={"years": [2021, 2020, 2019, 2018]})
        )
    assert ids(pages) == ["2020_MS:4", "2020_MS:5", "2018_MS:1", "2018_PAN:3"]
    assert isinstance(pages[-1].error, ServiceError), "and the list is said to be incomplete"


def test_looking_whether_there_is_more_loses_nothing(dinamis: Profile) -> None:
    files = openspot(FILES)
    with scripted(lambda seen: Answer(500) if "/2018_" in seen.path else files(seen)) as server:
        profile = at(dinamis, "openspot", server.root, options={"years": [2020, 2019, 2018]})
        (page,) = ask(profile, Query(AREA, limit=2))
        assert ids([page]) == ["2020_MS:4", "2020_MS:5"] and page.last and page.after is not None
        with pytest.raises(ServiceError):
            list(
                search(
                    profile,
                    Query(AREA, limit=2),
                    make_http(retries=0),
                    None,
                    Cancel(),
                    after={"openspot": page.after},
                )
            )


def test_openspot_that_answers_nothing_but_errors_is_not_asked_for_every_year(
    dinamis: Profile,
) -> None:
    with scripted(lambda _: Answer(500)) as server:
        with pytest.raises(ServiceError):
            ask(at(dinamis, "openspot", server.root, options={"years": list(range(2000, 2020))}))
        assert len(server.seen) < 20


# Copernicus


def test_copernicus_asks_for_the_fields_it_shows(dinamis: Profile) -> None:
    api = StacApi([CDSE_ITEM], [*CORE, "https://api.stacspec.org/v1.0.0/item-search#fields"])
    with scripted(api) as server:
        catalogue = replace(
            next(c for c in dinamis.catalogues if c.id == "copernicus"),
            url=f"{server.root}/stac",
            default=True,
        )
        found = first(ask(replace(dinamis, catalogues=(catalogue,))))
    assert "assets.thumbnail" in api.searches[0].json()["fields"]["include"]
    assert api.searches[0].json()["collections"] == ["sentinel-2-l2a"]
    assert (found.constellation, found.gsd, found.incidence, found.licence) == (
        "Sentinel-2",
        10,
        4.2,
        "copernicus",
    )
    assert "Copernicus Sentinel 2024" in found.credit and found.thumbnail.startswith(
        "https://datahub.creodias.eu/"
    )
    tci = found.asset("TCI_10m")
    assert tci and tci.href.startswith("https://download.dataspace.copernicus.eu/"), (
        "the address people can use, not s3"
    )
    assert found.data_assets() == () and found.page == "https://browser.dataspace.copernicus.eu/"


# WMTS

LAYERS = (
    wmts_layer("ORTHOIMAGERY.ORTHO-SAT.SPOT.2018"),
    wmts_layer("ORTHOIMAGERY.ORTHO-SAT.SPOT.2024", "image/png"),
    wmts_layer("ORTHOIMAGERY.ORTHO-SAT.PLEIADES.2023", "image/png"),
    wmts_layer("ORTHOIMAGERY.ORTHOPHOTOS2011-2015"),
    wmts_layer("ORTHOIMAGERY.ORTHOPHOTOS.BDORTHO"),
    wmts_layer("GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2", "image/png"),
    wmts_layer("ORTHOIMAGERY.ORTHO-SAT.SPOT.2018.OTHER"),
)


def wmts(body: str) -> Any:
    def script(seen: Seen) -> Answer:
        parts = urlsplit(seen.path)
        asked_for = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if parts.path != "/wmts" or asked_for != {
            "SERVICE": "WMTS",
            "REQUEST": "GetCapabilities",
            "VERSION": "1.0.0",
        }:
            return Answer(400)
        return Answer(200, body.encode(), {"Content-Type": "application/xml"})

    return script


def test_wmts_coverages_are_products(dinamis: Profile) -> None:
    http = make_http()
    with scripted(wmts(wmts_capabilities(*LAYERS))) as server:
        profile = at(dinamis, "geoplateforme", server.root)
        pages = ask(profile, http=http)
        assert ids(ask(profile, http=http)) == ids(pages) and len(server.seen) == 1
        http.close()
        found = {p.id: p for page in pages for p in page.products}
        assert list(found) == [
            "ORTHOIMAGERY.ORTHO-SAT.SPOT.2024",
            "ORTHOIMAGERY.ORTHO-SAT.PLEIADES.2023",
            "ORTHOIMAGERY.ORTHO-SAT.SPOT.2018",
            "ORTHOIMAGERY.ORTHOPHOTOS2011-2015",
            "ORTHOIMAGERY.ORTHOPHOTOS.BDORTHO",
        ]
        spot = found["ORTHOIMAGERY.ORTHO-SAT.SPOT.2018"]
        layer = spot.tiled_layer()
        assert layer and (layer.url, layer.layer) == (f"{server.root}/wmts", spot.id)
        assert (layer.style, layer.matrix_set, layer.format, layer.crs) == (
            "normal",
            "PM",
            "image/jpeg",
            "EPSG:3857",
        )
        newer = found["ORTHOIMAGERY.ORTHO-SAT.SPOT.2024"].tiled_layer()
        assert newer and newer.format == "image/png"
    assert (
        spot.title == "ORTHO-SAT® SPOT 2018"
        and spot.constellation == "SPOT 6/7"
        and spot.gsd == 1.5
    )
    assert (
        spot.licence == "ortho-sat"
        and "2018" in spot.credit
        and spot.page.startswith("https://cartes.gouv.fr/")
    )
    assert spot.data_assets() == (), "shown, never downloaded"
    assert found["ORTHOIMAGERY.ORTHOPHOTOS.BDORTHO"].datetime is None
    consistent(pages, Query(area=AREA))


def test_wmts_every_layer_known_of_the_geoplateforme_is_offered(dinamis: Profile) -> None:
    names = [f"ORTHOIMAGERY.ORTHO-SAT.SPOT.{year}" for year in range(2014, 2026)]
    names += [f"ORTHOIMAGERY.ORTHO-SAT.PLEIADES.{year}" for year in range(2015, 2027)]
    names.append("ORTHOIMAGERY.ORTHOPHOTOS")
    with scripted(wmts(wmts_capabilities(*map(wmts_layer, names)))) as server:
        pages = ask(at(dinamis, "geoplateforme", server.root))
    assert sorted(ids(pages)) == sorted(names)
    assert all(p.title and p.licence and p.collection for page in pages for p in page.products)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(AREA, start=date(2018, 6, 1), end=date(2018, 6, 30)), ["SPOT.2018", "BDORTHO"]),
        (Query(AREA, start=date(2013, 6, 1), end=date(2014, 6, 30)), ["2011-2015", "BDORTHO"]),
        (Query(AREA, constellations=("Pléiades",)), ["PLEIADES.2023"]),
        (Query(AREA, max_gsd=0.6), ["PLEIADES.2023", "2011-2015", "BDORTHO"]),
        (Query(AREA, months=(7,), limit=1), ["SPOT.2024"]),
        (Query(box(50, -22, 51, -21)), []),
    ],
)
def test_wmts_filters(dinamis: Profile, query: Query, expected: list[str]) -> None:
    with scripted(wmts(wmts_capabilities(*LAYERS))) as server:
        found = ids(ask(at(dinamis, "geoplateforme", server.root), query))
    assert len(found) == len(expected) and all(f.endswith(e) for f, e in zip(found, expected)), (
        found
    )


def test_capabilities_that_are_broken_or_hostile() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + wmts_capabilities(
        wmts_layer("A", title="&b;&amp;")
    )
    assert read_capabilities(bomb, "u") == [], "nothing is expanded"
    assert read_capabilities(wmts_capabilities(wmts_layer("A", matrix="UNKNOWN")), "u") == []
    assert read_capabilities(wmts_capabilities(wmts_layer("A")).replace("41.2", "x"), "u") == []
    assert read_capabilities("<Layer>" * 2000, "u") == []
    assert read_capabilities("", "u") == []
    for endless in ("<Layer> <", "<Layer ", "<TileMatrixSet><x>", "</Layer>", "<Layer><Style>"):
        assert read_capabilities(endless * 300_000 + "</Capabilities>", "u") == []
        assert read_capabilities(f"<Layer> {endless * 300_000}</Layer></Capabilities>", "u") == []
    assert read_capabilities("<!--" * 300_000 + "</Capabilities>", "u") == []
    assert [
        o.layer.crs
        for o in read_capabilities(wmts_capabilities(wmts_layer("A", matrix="LAMB93")), "u")
    ] == ["EPSG:2154"]


def test_capabilities_cut_short_are_no_whole_list() -> None:
    """The grids may come first: what is left would look like a service that has less."""
    document = wmts_capabilities(wmts_layer("A"), wmts_layer("B"))
    sets = document.index("<TileMatrixSet>\n")
    layers = document.index("<Contents>") + len("<Contents>")
    turned = (
        document[:layers]
        + document[sets : document.index("</Contents>")]
        + document[layers:sets]
        + "</Contents></Capabilities>\n"
    )
    assert [o.layer.layer for o in read_capabilities(turned, "u")] == ["A", "B"]
    assert read_capabilities(turned[: turned.index("<ows:Identifier>B<")], "u") == []
    hidden = document.replace("<Contents>", f"<Contents><!-- {wmts_layer('OLD')} -->")
    assert [o.layer.layer for o in read_capabilities(hidden, "u")] == ["A", "B"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("urn:ogc:def:crs:EPSG:6.18:3:3857", "EPSG:3857"), ("http://www.opengis.net/def/crs/EPSG/0/2154", "EPSG:2154"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"), ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
    ],
)  # fmt: skip
def test_tile_matrix_sets_of_any_writing(written: str, code: str) -> None:
    document = wmts_capabilities(wmts_layer("A", matrix="LAMB93")).replace(
        "urn:ogc:def:crs:EPSG::2154", written
    )
    assert [o.layer.crs for o in read_capabilities(document, "u")] == [code]


def test_of_several_tile_matrix_sets_the_first_that_qgis_knows_with_its_own_limits() -> None:
    def link(matrix: str, last: int) -> str:
        values = "".join(
            f"<{n}>{last}</{n}>" for n in ("MinTileRow", "MaxTileRow", "MinTileCol", "MaxTileCol")
        )
        limits = (
            f"<TileMatrixSetLimits><TileMatrixLimits><TileMatrix>0</TileMatrix>{values}"
            f"</TileMatrixLimits></TileMatrixSetLimits>"
        )
        return (
            f"<TileMatrixSetLink><TileMatrixSet>{matrix}</TileMatrixSet>{limits}"
            f"</TileMatrixSetLink>"
        )

    layer = wmts_layer("A", matrix="LAMB93")
    layer = (
        layer[: layer.index("<TileMatrixSetLink>")] + link("LAMB93", 3) + link("PM", 7) + "</Layer>"
    )
    document = wmts_capabilities(layer)
    for unknown, found in (("", ("LAMB93", "3")), ("urn:house:grid", ("PM", "7"))):
        (offer,) = read_capabilities(
            document.replace("urn:ogc:def:crs:EPSG::2154", unknown or "EPSG:2154"), "u"
        )
        assert (offer.layer.matrix_set, [limit[1] for limit in offer.limits]) == (
            found[0],
            [found[1]],
        )


def test_a_box_in_metres_before_the_one_in_degrees() -> None:
    """As ArcGIS writes them."""
    metres = (
        '<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::3857"><ows:LowerCorner>-612257 '
        "5046000</ows:LowerCorner>"
        "<ows:UpperCorner>1090931 6673000</ows:UpperCorner></ows:BoundingBox>"
    )
    document = wmts_capabilities(
        wmts_layer("A").replace("<ows:WGS84BoundingBox>", f"{metres}<ows:WGS84BoundingBox>")
    )
    assert [o.bounds for o in read_capabilities(document, "u")] == [(-5.5, 41.2, 9.8, 51.3)]


def test_order_is_the_readers_business(dinamis: Profile) -> None:
    """No adapter claims an order it did not ask for."""
    query = Query(AREA, order=SortOrder("cloud", False))
    with scripted(Geodes([geodes_item(1)])) as server:
        assert "order" not in ask(at(dinamis, "geodes", server.root), query)[0].server
    assert SQUARE
