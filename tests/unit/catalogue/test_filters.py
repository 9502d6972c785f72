"""Filters: what lacks a value passes and is doubted, limits are included, and who applied what is
told.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import Any

import pytest
from shapely import wkb
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.adapters import stac_query
from dinamis_qgis.core.catalogue.filters import (
    NAMES,
    active_filters,
    filter_label,
    make_doubter,
    matcher,
    product_matches,
    shared_out,
    usable_licences,
)
from dinamis_qgis.core.catalogue.model import Product, Query, legal_time
from dinamis_qgis.core.geo import (
    MOST_SENT,
    coarsen_outline,
    covered_share,
    make_coverer,
    vertex_count,
)
from tests.unit.catalogue.stac_api import make_profile
from tests.unit.catalogue.things import product, ragged

AREA = box(-1, 43, 0, 44)
EVERYTHING = Query(
    area=AREA,
    collections=("spot-6-7-drs",),
    constellations=("SPOT 6/7",),
    start=date(2019, 1, 1),
    end=date(2021, 1, 1),
    max_cloud=10,
    max_incidence=20,
    months=(5, 6),
    modes=("MS",),
    min_gsd=1,
    max_gsd=2,
    licences=("spot67",),
    min_share=0.5,
)


def test_product_without_any_value_passes_everything_and_is_doubted() -> None:
    nothing = Product("essai", "c0", "", "x", None)
    assert product_matches(nothing, EVERYTHING)
    assert matcher(EVERYTHING, area=True)(nothing)
    assert set(make_doubter(EVERYTHING)(nothing)) == set(NAMES) - {"area"}


def test_product_that_has_everything_is_not_doubted() -> None:
    good = product(
        constellation="SPOT 6/7",
        mode="MS",
        gsd=1.5,
        cloud_cover=10,
        incidence=20,
        licence="spot67",
        footprint=AREA,
    )
    assert matcher(EVERYTHING, area=True)(good)
    assert make_doubter(EVERYTHING)(good) == ()


@pytest.mark.parametrize(
    ("query", "values", "passes"),
    [
        (Query(max_cloud=0), {"cloud_cover": 0.0}, True),
        (Query(max_cloud=0), {"cloud_cover": 0.1}, False),
        (Query(max_incidence=0), {"incidence": 3.0}, False),
        (Query(months=(12, 1)), {"when": "2020-11-30T23:00:00"}, True),
        (Query(months=(12, 1)), {"when": "2020-11-30T22:59:59"}, False),
        (Query(months=(12, 1)), {"when": "2020-02-01T00:00:00"}, False),
        (Query(months=tuple(range(1, 13))), {"when": "2020-02-01T00:00:00"}, True),
        (Query(months=(0, 13, -1)), {"when": "2020-02-01T00:00:00"}, False),
        (Query(modes=("PAN",)), {"mode": "MS+PAN"}, True),
        (Query(modes=("MS",)), {"mode": "MS+PAN"}, True),
        (Query(modes=("PMS",)), {"mode": "MS+PAN"}, True),
        (Query(modes=("MS",)), {"mode": "PMS"}, False),
        (Query(modes=("stereo",)), {"mode": "tristereo"}, True),
        (Query(modes=("pan",)), {"mode": "PAN"}, True),
        (Query(max_gsd=0.7), {"gsd": 0.70000001}, True),
        (Query(min_gsd=1.5, max_gsd=1.5), {"gsd": 1.5}, True),
        (Query(min_gsd=1.5), {"gsd": 0.5}, False),
        (Query(max_gsd=1.5), {"gsd": 6.0}, False),
        (Query(licences=()), {"licence": "spot67"}, False),
        (Query(licences=()), {"licence": ""}, True),
        (Query(licences=("spot67",)), {"licence": "spot67"}, True),
        (Query(start=date(2020, 6, 16)), {}, False),
        (Query(end=date(2020, 6, 15)), {"when": "2020-06-15T21:59:59"}, True),
        (Query(end=date(2020, 6, 15)), {"when": "2020-06-15T22:00:00"}, False),
        (Query(start=date(2020, 6, 16)), {"when": "2020-06-15T22:00:00"}, True),
        (Query(end=date(2020, 6, 14)), {}, False),
        (Query(collections=("pleiades-drs",)), {}, False),
        (Query(constellations=("Pléiades",)), {"constellation": "SPOT 6/7"}, False),
    ],
)
def test_limits(query: Query, values: dict[str, Any], passes: bool) -> None:
    assert product_matches(product(**values), query) is passes


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2023-08-12T23:10:00", "2023-08-13 01:10"),
        ("2023-01-12T22:59:59", "2023-01-12 23:59"),
        ("2023-03-26T00:59:59", "2023-03-26 01:59"),
        ("2023-03-26T01:00:00", "2023-03-26 03:00"),
        ("2023-10-29T00:59:59", "2023-10-29 02:59"),
        ("2023-10-29T01:00:00", "2023-10-29 02:00"),
        ("1990-10-10T10:00:00", "1990-10-10 11:00"),
        ("9999-12-31T23:59:59", "9999-12-31 23:59"),
    ],
)
def test_legal_time(moment: str, said: str) -> None:
    assert (
        f"{legal_time(datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)):%Y-%m-%d %H:%M}"
        == said
    )


def test_a_mosaic_of_whole_days_ends_on_its_last_one() -> None:
    year = product(
        when="2021-01-01T00:00:00", end=datetime(2021, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    )
    assert (year.day, year.last_day) == (date(2021, 1, 1), date(2021, 12, 31))
    assert product_matches(year, Query(start=date(2021, 12, 31))) and not product_matches(
        year, Query(start=date(2022, 1, 1))
    )


@pytest.mark.parametrize(("west", "passes"), [(-0.5, True), (-0.4, False), (5, False)])
def test_share_of_the_area(west: float, passes: bool) -> None:
    assert (
        product_matches(product(footprint=box(west, 42, west + 3, 45)), Query(area=AREA, min_share=0.5))
        is passes
    )


def test_share_without_an_area_narrows_nothing() -> None:
    assert active_filters(Query(min_share=0.5)) == ()
    assert product_matches(product(), Query(min_share=0.5))


def test_area_is_computed_only_when_asked() -> None:
    far = product(footprint=box(10, 10, 11, 11))
    assert product_matches(far, Query(area=AREA))
    assert not matcher(Query(area=AREA), area=True)(far)


@pytest.mark.parametrize(
    "area",
    [
        AREA, MultiPolygon([box(-1, 43, -0.5, 44), box(0.5, 43, 1, 44)]), AREA.difference(box(-0.7, 43.2, -0.2, 43.8)),
        ragged(3000, -1.2, 42.9, 1), MultiPolygon([ragged(1500, -1.2, 43, 0.5), ragged(1500, 0.2, 43, 0.5)]),
    ],
)  # fmt: skip
def test_prepared_share_is_the_share(area: Any) -> None:
    covered = make_coverer(area)
    footprints = [
        box(-3, 40, 3, 46),
        box(-0.9, 43.1, -0.1, 43.9),
        box(-1, 43, 0, 44),
        box(0, 43, 1, 44),
        box(8, 8, 9, 9),
        None,
    ]
    for footprint in footprints:
        expected = covered_share(footprint, area)
        assert covered(footprint) == (
            expected if expected is None else pytest.approx(expected, abs=1e-9)
        )


@pytest.mark.parametrize(
    "area",
    [
        ragged(3000), ragged(5000, noise=0.1), ragged(20_000, noise=0.001),
        ragged(3000).difference(ragged(2000, -0.45, 43.25, 0.1)),
        MultiPolygon([ragged(2000), ragged(1000, 55.2, -21.4)]), MultiPolygon([box(x / 50, 43, x / 50 + 0.01, 43.01) for x in range(400)]),
        MultiPolygon([ragged(2000, 179, -18, 2).intersection(box(-180, -90, 180, 90)), ragged(2000, -181, -18, 2).intersection(box(-180, -90, 180, 90))]),
    ],
    ids=["noise", "teeth", "fine", "hole", "far apart", "many parts", "antimeridian"],
)  # fmt: skip
def test_a_coarser_outline_holds_all_of_the_area(area: Any) -> None:
    found = coarsen_outline(area)
    assert (
        vertex_count(area) > MOST_SENT >= vertex_count(found)
        and found.is_valid
        and found.contains(area)
    )
    west, south, east, north = found.bounds
    assert west >= -180 and east <= 180 and south >= -90 and north <= 90
    assert coarsen_outline(AREA) is AREA


def test_prepared_share_of_nothing() -> None:
    assert make_coverer(None)(AREA) is None
    assert make_coverer(AREA.buffer(-9))(AREA) is None


def test_usable_licences() -> None:
    profile = make_profile("http://127.0.0.1:9")
    assert usable_licences(profile, None) is None
    assert usable_licences(profile, Account("x")) is None
    assert usable_licences(profile, Account("x", licences=frozenset({"spot67", "other"}))) == (
        "spot67",
        "etalab-2.0",
    )


def test_who_applied_what() -> None:
    query = replace(EVERYTHING, constellations=())
    server, local = shared_out(query, ("cloud", "order", "constellation", "period"))
    assert server == ("period", "cloud", "order")
    assert "constellation" not in local and "share" in local
    assert set(server) | set(local) == {*active_filters(query), "order"}
    assert all(filter_label(name) for name in (*server, *local))


def test_one_area_serves_the_threads_of_a_search() -> None:
    """shapely 1.8 fails where several threads take one geometry apart: "Shell is not a
    LinearRing".
    """
    area = box(-0.5, 43.2, 0.6, 44.1).buffer(0.05, 150)
    query = Query(area=area, min_share=0.2)
    footprints = [box(x / 200, 43.3, x / 200 + 0.7, 44).buffer(0.01) for x in range(-100, 100)]
    expected = [covered_share(footprint, area) or 0.0 for footprint in footprints]
    texts = [wkb.dumps(footprint) for footprint in footprints]

    def work(_: int) -> list[float]:
        passes, covered = matcher(query), make_coverer(area)
        assert not passes(product(footprint=wkb.loads(texts[-1])))
        assert stac_query._area_as_geojson(area)["type"] == "Polygon"
        return [covered(wkb.loads(text)) or 0.0 for text in texts]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            for found in pool.map(work, range(60)):
                assert found == pytest.approx(expected)
    finally:
        sys.setswitchinterval(interval)
