"""“Load more”: each adapter goes on where the limit cut it, and what came before is not asked
again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Page, Query
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.profile.read import load_profile
from tests.support.scripted import Answer, Seen, scripted
from tests.unit.catalogue.dialects import (
    geodes_item,
    openspot_feature,
    wmts_capabilities,
    wmts_layer,
)
from tests.unit.catalogue.stac_api import StacApi, make_http, make_item, make_profile
from tests.unit.catalogue.test_adapters import Geodes, at, openspot, wmts
from tests.unit.catalogue.test_split import SortedApi, items_over

AREA = box(-0.4, 43.3, 0, 43.6)


@pytest.fixture
def dinamis(root: Any) -> Profile:
    folder = root / "resources" / "profiles"
    return load_profile(folder / "dinamis.json", folder / "schema.json")


def bits(profile: Profile, query: Query, limit: int, http: Any = None) -> list[list[str]]:
    """The ids of each helping of ``limit``, until there is no more."""
    http = http or make_http(retries=0)
    helpings, after = [], None
    while after is None or after:
        pages = list(
            search(profile, replace(query, limit=limit), http, None, Cancel(), after=after)
        )
        helpings.append(ids(pages))
        after = {p.catalogue: p.after for p in pages if p.after is not None}
    http.close()
    return helpings


def ids(pages: list[Page]) -> list[str]:
    return [p.id for page in pages for p in page.products]


def whole(profile: Profile, query: Query) -> list[str]:
    return ids(list(search(profile, query, make_http(retries=0), None, Cancel())))


def check(helpings: list[list[str]], expected: list[str], limit: int) -> None:
    assert [i for helping in helpings for i in helping] == expected, (
        "each once, in the service's order"
    )
    assert [len(h) for h in helpings[:-1]] == [limit] * (len(helpings) - 1) and len(
        helpings[-1]
    ) <= limit


@pytest.mark.parametrize("methods", [("GET", "POST"), ("GET",)])
@pytest.mark.parametrize("limit", [4, 10, 12, 20])
def test_stac(methods: tuple[str, ...], limit: int) -> None:
    api = StacApi([make_item(i) for i in range(43)], methods=methods)
    with scripted(api) as server:
        profile = make_profile(server.root)
        helpings = bits(profile, Query(AREA), limit)
    check(helpings, [f"SPOT7_{i:05d}" for i in range(43)], limit)
    size = min(limit, 10)
    assert len(api.searches) == -(-43 // size), "every page once"


def test_stac_sorted_and_filtered_here() -> None:
    items = items_over(120)
    for number, item in enumerate(items):
        item["properties"]["eo:cloud_cover"] = number % 100
    api = SortedApi(items)
    with scripted(api) as server:
        profile, query = make_profile(server.root), Query(AREA, max_cloud=20)
        expected = whole(profile, query)
        del api.searches[:]
        helpings = bits(profile, query, 15)
    assert sorted(expected) == sorted(i for helping in helpings for i in helping)
    assert len(api.searches) == 12 and len(helpings) > 2


def test_stac_in_a_season_begins_anew_and_gives_only_what_is_new() -> None:
    api = SortedApi(items_over(200))
    with scripted(api) as server:
        profile = make_profile(server.root)
        query = Query(AREA, start=date(2000, 1, 1), end=date(2020, 12, 31), months=(5, 6, 7))
        expected = whole(profile, query)
        assert len(expected) > 20
        check(bits(profile, query, 8), expected, 8)


def test_a_season_that_holds_just_so_many_has_no_more() -> None:
    api = SortedApi(items_over(200))
    with scripted(api) as server:
        profile = make_profile(server.root)
        query = Query(AREA, start=date(2000, 1, 1), end=date(2020, 12, 31), months=(5, 6, 7))
        count = len(whole(profile, query))
        assert len(bits(profile, query, count)) == 1


def test_a_page_the_service_no_longer_knows_is_no_dead_end() -> None:
    api = StacApi([make_item(i) for i in range(35)])
    http = make_http(retries=0)
    with scripted(api) as server:
        profile, query = make_profile(server.root), Query(AREA, limit=12)
        first = list(search(profile, query, http, None, Cancel()))
        after = first[-1].after
        assert after is not None

        # Twelve are a page of ten and two of the next: eight are left over, then comes the page
        # whose token has died.
        expired = [True]

        def once(seen: Seen) -> Answer | None:
            return (
                Answer(400)
                if seen.method == "POST" and "token" in seen.json() and expired and expired.pop()
                else None
            )

        api.before = once
        found = ids(list(search(profile, query, http, None, Cancel(), after={"c0": after})))
    http.close()
    assert found == [f"SPOT7_{i:05d}" for i in range(12, 24)]


def test_nobody_to_ask_is_no_search() -> None:
    assert (
        list(
            search(
                make_profile("http://127.0.0.1:9"),
                Query(AREA),
                make_http(),
                None,
                Cancel(),
                after={},
            )
        )
        == []
    )


def test_geodes(dinamis: Profile) -> None:
    api = Geodes([geodes_item(i) for i in range(300)])
    with scripted(api) as server:
        profile = at(dinamis, "geodes", server.root)
        check(bits(profile, Query(AREA), 70), whole(profile, Query(AREA)), 70)


def test_openspot_does_not_read_again_what_came(dinamis: Profile) -> None:
    files = {
        f"{year}_MS": [openspot_feature(year * 10 + i, f"{year}-05-0{i + 1}") for i in range(5)]
        for year in (2018, 2020)
    }
    with scripted(openspot(files)) as server:
        profile = at(dinamis, "openspot", server.root, options={"years": [2018, 2020]})
        expected = whole(profile, Query(AREA))
        before = len(server.seen)
        helpings = bits(profile, Query(AREA), 3)
        # Files that were still on their way when the limit was reached are asked again; those that
        # came are not.
        times = Counter(seen.path for seen in server.seen[before:])
        assert (
            times["/api/geo/2020_MS"] == 1
            and sum(times.values()) < 3 * before < len(helpings) * before
        )
    check(helpings, expected, 3)


def test_wmts(dinamis: Profile) -> None:
    layers = [wmts_layer(f"ORTHOIMAGERY.ORTHO-SAT.SPOT.{year}") for year in range(2013, 2024)]
    with scripted(wmts(wmts_capabilities(*layers))) as server:
        profile = at(dinamis, "geoplateforme", server.root)
        check(bits(profile, Query(AREA), 4), whole(profile, Query(AREA)), 4)


def test_only_who_has_more_is_asked() -> None:
    short, long = (
        StacApi([make_item(i) for i in range(3)]),
        StacApi([make_item(i) for i in range(30)]),
    )
    with scripted(short) as one, scripted(long) as two:
        bits(make_profile(one.root, two.root), Query(AREA), 10)
    assert len(short.searches) == 1 and len(long.searches) == 3


def test_a_service_that_fails_meanwhile_can_be_asked_again() -> None:
    api = StacApi([make_item(i) for i in range(30)])
    http = make_http(retries=0)
    with scripted(api) as server:
        profile, query = make_profile(server.root), Query(AREA, limit=10)
        after = list(search(profile, query, http, None, Cancel()))[-1].after
        assert after is not None

        def down(seen: Seen) -> Answer | None:
            return Answer(503)

        api.before = down
        with pytest.raises(ServiceError):
            list(search(profile, query, http, None, Cancel(), after={"c0": after}))
        api.before = None
        found = ids(list(search(profile, query, http, None, Cancel(), after={"c0": after})))
    http.close()
    assert found == [f"SPOT7_{i:05d}" for i in range(10, 20)]
