"""Every filter and order against a real stac-fastapi-pgstac: the same products as reading the items
one by one.

``PGSTAC_ITEMS`` is how many: fewer make it a short test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from shapely.geometry import MultiPolygon, box, shape

from dinamis_qgis.core.catalogue.model import Page, Product, Query, SortOrder
from dinamis_qgis.core.catalogue.order import sort_products
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.geo import covered_share
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Profile
from tests.support.many_items import COLLECTIONS, many_items
from tests.support.pgstac import Missing, pgstac
from tests.unit.catalogue.stac_api import make_profile

COUNT = int(os.environ.get("PGSTAC_ITEMS", "100000"))
AREA = box(-0.5, 43.2, 0.6, 44.1)
Item = dict[str, Any]


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return {item["id"]: item for item in many_items(COUNT)}


@pytest.fixture(scope="module")
def service(items: dict[str, Item]) -> Iterator[str]:
    try:
        with pgstac(COLLECTIONS, items.values()) as root:
            yield root
    except Missing as error:
        pytest.skip(str(error))


def profile_of(service: str, **options: Any) -> Profile:
    made = make_profile(service, **{"page_size": 200, "mode_property": "product:type", **options})
    return replace(made, catalogues=(replace(made.catalogues[0], url=service),))


@pytest.fixture
def profile(service: str) -> Profile:
    return profile_of(service)


def ask(profile: Profile, query: Query) -> tuple[list[Product], list[Page]]:
    http = Http("tests")
    pages = list(search(profile, query, http, None, Cancel()))
    http.close()
    return [p for page in pages for p in page.products], pages


# The rules once more, on the JSON of the items: no code of the package that reads or filters items.


SHAPES: dict[str, Any] = {}


def footprint(item: Item) -> Any:
    if item["id"] not in SHAPES:
        SHAPES[item["id"]] = shape(item["geometry"])
    return SHAPES[item["id"]]


def known(item: Item, name: str) -> Any:
    return item["properties"].get(name)


def gsd(item: Item) -> float:
    return float(known(item, "gsd") or min(a["gsd"] for a in item["assets"].values() if "gsd" in a))


def day(item: Item) -> date:
    return (
        datetime.fromisoformat(known(item, "datetime")[:19] + "+00:00")
        .astimezone(ZoneInfo("Europe/Paris"))
        .date()
    )


def licence(item: Item) -> str:
    declared = known(item, "license")
    if declared in ("spot67", "pleiades", "etalab-2.0"):
        return str(declared)
    return "spot67" if item["collection"].startswith("spot") else "pleiades"


def mode(item: Item) -> str:
    return {"MS": "MS", "P": "PAN", "PMS": "PMS", None: "MS+PAN"}[known(item, "product:type")]


def at_most(value: float | None, limit: float) -> bool:
    return value is None or abs(value) <= limit


def incidence(item: Item) -> float | None:
    """Without its sign, which some operators give by side."""
    value = known(item, "view:incidence_angle")
    return None if value is None else abs(value)


CASES: dict[str, tuple[Query, Callable[[Item], bool]]] = {
    "area": (Query(AREA), lambda i: True),
    "no product": (Query(box(5, 50, 6, 51)), lambda i: True),
    "area in parts": (
        Query(MultiPolygon([box(-1.5, 43, -1.2, 43.2), box(2, 46, 2.2, 46.1)])),
        lambda i: True,
    ),
    "period": (
        Query(AREA, start=date(2018, 3, 5), end=date(2019, 7, 14)),
        lambda i: date(2018, 3, 5) <= day(i) <= date(2019, 7, 14),
    ),
    "one crowded day": (
        Query(AREA, start=date(2019, 7, 14), end=date(2019, 7, 14)),
        lambda i: day(i) == date(2019, 7, 14),
    ),
    "since": (Query(AREA, start=date(2022, 12, 31)), lambda i: day(i) >= date(2022, 12, 31)),
    "until": (Query(AREA, end=date(2013, 3, 1)), lambda i: day(i) <= date(2013, 3, 1)),
    "season": (Query(AREA, months=(5, 6, 7)), lambda i: day(i).month in (5, 6, 7)),
    "season of a period": (
        Query(AREA, start=date(2016, 6, 10), end=date(2020, 1, 20), months=(12, 1, 6)),
        lambda i: date(2016, 6, 10) <= day(i) <= date(2020, 1, 20) and day(i).month in (12, 1, 6),
    ),
    "cloud": (Query(AREA, max_cloud=10), lambda i: at_most(known(i, "eo:cloud_cover"), 10)),
    "no cloud": (Query(AREA, max_cloud=0), lambda i: at_most(known(i, "eo:cloud_cover"), 0)),
    "incidence": (
        Query(AREA, max_incidence=12.5),
        lambda i: at_most(incidence(i), 12.5),
    ),
    "resolution": (Query(AREA, max_gsd=1.5), lambda i: gsd(i) <= 1.5),
    "resolution between": (Query(AREA, min_gsd=0.6, max_gsd=2), lambda i: 0.6 <= gsd(i) <= 2),
    "mode MS": (Query(AREA, modes=("MS",)), lambda i: mode(i) in ("MS", "MS+PAN")),
    "mode PAN or PMS": (Query(AREA, modes=("PAN", "PMS")), lambda i: mode(i) != "MS"),
    "mode stereo": (Query(AREA, modes=("stereo",)), lambda i: False),
    "constellation": (
        Query(AREA, constellations=("Pléiades",)),
        lambda i: i["collection"] == "pleiades-drs",
    ),
    "collection": (
        Query(AREA, collections=("spot-6-7-drs",)),
        lambda i: i["collection"] == "spot-6-7-drs",
    ),
    "licence": (
        Query(AREA, licences=("spot67", "etalab-2.0")),
        lambda i: licence(i) in ("spot67", "etalab-2.0"),
    ),
    "share": (Query(AREA, min_share=0.2), lambda i: (covered_share(footprint(i), AREA) or 0) >= 0.2),
    "all together": (
        Query(
            AREA,
            ("spot-6-7-drs",),
            ("SPOT 6/7",),
            date(2015, 1, 1),
            date(2021, 12, 31),
            35.25,
            25,
            None,
            (4, 5, 6, 7, 8, 9),
            ("MS", "PMS"),
            1,
            6,
            ("spot67",),
            0.01,
        ),
        lambda i: i["collection"] == "spot-6-7-drs"
        and 2015 <= day(i).year <= 2021
        and 4 <= day(i).month <= 9
        and at_most(known(i, "eo:cloud_cover"), 35.25)
        and at_most(incidence(i), 25)
        and 1 <= gsd(i) <= 6
        and mode(i) != "PAN"
        and licence(i) == "spot67"
        and (covered_share(footprint(i), AREA) or 0) >= 0.01,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_filters(profile: Profile, items: dict[str, Item], case: str) -> None:
    query, passes = CASES[case]
    expected = {
        i["id"] for i in items.values() if footprint(i).intersects(query.area) and passes(i)
    }
    found, pages = ask(profile, query)
    assert len(found) == len({p.id for p in found}), "each once"
    assert {p.id for p in found} == expected
    assert expected or case in ("no product", "mode stereo"), (
        "a case that finds nothing proves nothing"
    )
    moments = [p.datetime for p in found if p.datetime]
    assert moments == sorted(moments, reverse=True) and len(moments) == len(found)
    assert {"area", "period", "cloud", "incidence", "resolution"} & set(pages[0].local) == set(), (
        "this service can do these"
    )


@pytest.mark.parametrize(
    ("parallel", "since"), [(1, date(2023, 6, 1)), (2, date(2022, 1, 1)), (4, date(1970, 1, 1))]
)
def test_everything(service: str, items: dict[str, Item], parallel: int, since: date) -> None:
    """No place and no limit: of some years, and of all of them side by side."""
    query = Query(start=since) if since.year > 2000 else Query()
    found, _ = ask(profile_of(service, parallel=parallel, page_size=500), query)
    assert sorted(p.id for p in found) == sorted(i["id"] for i in items.values() if day(i) >= since)


def test_the_same_in_turn_as_side_by_side(service: str) -> None:
    for query in (
        Query(AREA, start=date(2023, 1, 1)),
        Query(AREA, max_cloud=10, start=date(2021, 1, 1)),
    ):
        one, other = (
            ask(profile_of(service, parallel=width, page_size=50), query)[0] for width in (1, 4)
        )
        assert {p.id for p in one} == {p.id for p in other} and len(one) == len(other)


VALUES: dict[str, Callable[[Item], Any]] = {
    "date": lambda i: known(i, "datetime"),
    "cloud": lambda i: known(i, "eo:cloud_cover"),
    "incidence": lambda i: None
    if known(i, "view:incidence_angle") is None
    else abs(known(i, "view:incidence_angle")),
    "resolution": gsd,
    "coverage": lambda i: covered_share(footprint(i), AREA),
}


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("by", VALUES)
def test_order_of_everything_found(
    profile: Profile, items: dict[str, Item], by: str, descending: bool
) -> None:
    query = Query(AREA, order=SortOrder(by, descending))
    found, _ = ask(profile, query)
    listed = [p.id for p in sort_products(found, query.order, query)]
    expected = {i["id"]: VALUES[by](i) for i in items.values() if footprint(i).intersects(AREA)}
    assert set(listed) == set(expected)
    values = [expected[name] for name in listed]
    there = [v for v in values if v is not None]
    assert values == there + [None] * (len(values) - len(there)), "unknown last"
    if by == "date":
        there = [datetime.fromisoformat(v.replace("Z", "+00:00")) for v in there]
    elif by == "coverage":
        there = [round(v, 9) for v in there]
    assert there == sorted(there, reverse=descending)


@pytest.mark.parametrize("descending", [True, False])
def test_first_by_date_page_after_page(
    service: str, items: dict[str, Item], descending: bool
) -> None:
    query = Query(AREA, limit=150, order=SortOrder("date", descending), start=date(2016, 1, 1))
    there = [
        i for i in items.values() if footprint(i).intersects(AREA) and day(i) >= date(2016, 1, 1)
    ]
    found, pages = ask(profile_of(service, page_size=37), query)
    assert len({p.id for p in found}) == 150 and pages[-1].after and "order" in pages[0].server
    moments = [datetime.fromisoformat(known(i, "datetime").replace("Z", "+00:00")) for i in there]
    assert [p.datetime for p in found] == sorted(moments, reverse=descending)[:150]


@pytest.mark.parametrize("by", ["cloud", "incidence", "resolution"])
def test_an_order_the_service_gets_wrong_is_not_left_to_it(
    service: str, items: dict[str, Item], by: str
) -> None:
    found, pages = ask(
        profile_of(service, page_size=37), Query(AREA, limit=100, order=SortOrder(by, False))
    )
    assert "order" not in pages[0].server
    latest = [p.datetime for p in found if p.datetime]
    assert len({p.id for p in found}) == 100 and latest == sorted(latest, reverse=True), (
        "the latest ones, to be sorted here"
    )
