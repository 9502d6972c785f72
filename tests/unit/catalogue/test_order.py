"""Order, passes and the histogram: unknown values, ties, odd dates."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.histogram import count_by_period
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.order import (
    BY,
    group_by_pass,
    order_label,
    rearranged_keys,
    sort_key,
    sort_products,
)
from tests.unit.catalogue.things import product


def numbers(found: list[Product]) -> list[int]:
    return [int(p.id[1:]) for p in found]


MIXED = [
    product(1, "2020-01-01", cloud_cover=50, incidence=5, gsd=6, footprint=box(-1, 43, 0, 44)),
    product(2, "", cloud_cover=0, incidence=None, gsd=0.5, footprint=box(-1, 43, -0.9, 44)),
    product(3, "2022-01-01", cloud_cover=None, incidence=30, gsd=None, footprint=None),
    product(4, "2021-01-01", cloud_cover=10, incidence=0, gsd=1.5, footprint=box(-1, 43, -0.5, 44)),
]


@pytest.mark.parametrize(
    ("by", "up", "down"),
    [
        ("date", [1, 4, 3, 2], [3, 4, 1, 2]),
        ("cloud", [2, 4, 1, 3], [1, 4, 2, 3]),
        ("incidence", [4, 1, 3, 2], [3, 1, 4, 2]),
        ("resolution", [2, 4, 1, 3], [1, 4, 2, 3]),
        ("coverage", [2, 4, 1, 3], [1, 4, 2, 3]),
    ],
)
def test_unknown_comes_last_either_way(by: str, up: list[int], down: list[int]) -> None:
    query = Query(area=box(-1, 43, 0, 44))
    assert numbers(sort_products(MIXED, SortOrder(by, False), query)) == up
    assert numbers(sort_products(MIXED, SortOrder(by, True), query)) == down
    assert order_label(by) and by in BY


def test_what_passed_for_lack_of_a_value_ranks_lower() -> None:
    assert numbers(sort_products(MIXED, SortOrder("date", True), Query(max_cloud=60))) == [4, 1, 2, 3]
    assert numbers(sort_products(MIXED, SortOrder("date", True), Query(start=date(2000, 1, 1)))) == [
        3,
        4,
        1,
        2,
    ]


def test_the_same_products_always_come_in_the_same_order() -> None:
    many = [product(i, f"20{i % 7 + 10}-01-01", cloud_cover=i % 3) for i in range(200)]
    expected = sort_products(many, SortOrder("cloud", False))
    shaken = many[:]
    random.Random(4).shuffle(shaken)
    assert sort_products(shaken, SortOrder("cloud", False)) == expected


def test_key_for_rows_of_any_kind() -> None:
    rows = [{"p": p, "c": c} for p, c in zip(MIXED, (0.2, None, 0.9, 0.5))]
    key = sort_key(SortOrder("coverage", True), lambda r: r["p"], lambda r: r["c"])
    assert [r["p"].id[-1] for r in sorted(rows, key=key)] == ["3", "4", "1", "2"]


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("descending", [True, False])
def test_keys_of_another_order_are_those_made_anew(by: str, descending: bool) -> None:
    @dataclass
    class Row:
        product: Any
        share: float | None

    rows = [Row(p, c) for p, c in zip(MIXED, (0.2, None, 0.9, 0.5))]
    query = Query(max_cloud=60)

    def anew(order: SortOrder) -> list[Any]:
        return [sort_key(order, lambda r: r.product, lambda r: r.share, query)(row) for row in rows]

    for before in ("date", "cloud", "coverage"):
        keys = rearranged_keys(
            anew(SortOrder(before, not descending)), rows, SortOrder(by, descending), "share"
        )
        assert keys == anew(SortOrder(by, descending))


def test_unknown_order_is_by_date() -> None:
    assert numbers(sort_products(MIXED, SortOrder("colour", False))) == [3, 4, 1, 2]


def test_passes() -> None:
    rows = [
        product(1, "2020-06-15T10:30:00", platform="spot-7"),
        product(2, "2020-06-15T10:31:00", platform="spot-6"),
        product(3, "2020-06-15T21:59:59", platform="SPOT7"),
        product(4, "", platform="spot-7"),
        product(5, "2020-06-15T10:30:00", platform=""),
        product(6, "", platform="spot-7"),
        product(7, "2020-06-16T00:00:00", platform="spot-7"),
        product(8, "2020-06-15T23:10:00", platform="spot-7"),
    ]
    found = group_by_pass(rows, lambda p: p)
    assert [(name, numbers(group)) for name, group in found] == [
        (("SPOT 7", date(2020, 6, 15)), [1, 3]),
        (("SPOT 6", date(2020, 6, 15)), [2]),
        (("SPOT 7", None), [4]),
        (("", date(2020, 6, 15)), [5]),
        (("SPOT 7", None), [6]),
        (("SPOT 7", date(2020, 6, 16)), [7, 8]),
    ]
    assert group_by_pass([], lambda p: p) == []


# histogram


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (["2020-01-01"], "day"),
        (["2020-01-01", "2020-01-31"], "day"),
        (["2020-01-01", "2020-05-31"], "week"),
        (["2018-01-01", "2020-12-31"], "month"),
        (["2013-01-01", "2020-12-31"], "quarter"),
        (["1986-02-22", "2024-12-31"], "year"),
        (["1901-01-01", "2024-12-31"], "years"),
    ],
)
def test_bins_follow_each_other_and_count_everything(days: list[str], unit: str) -> None:
    products = [product(i, day) for i, day in enumerate(days)] + [product(99, "")]
    found = count_by_period(products)
    assert found.unit == unit and found.undated == 1
    assert sum(b.count for b in found.bins) == len(days)
    assert found.bins[0].start.isoformat() == days[0] and found.bins[-1].end.isoformat() == days[-1]
    for one, after in zip(found.bins, found.bins[1:]):
        assert (after.start - one.end).days == 1
    assert unit == "years" or len(found.bins) <= 40
    assert found.highest == max(b.count for b in found.bins)


def test_given_period_leaves_out_the_rest() -> None:
    products = [product(i, f"2020-{i:02d}-15") for i in range(1, 13)]
    found = count_by_period(products, date(2020, 3, 1), date(2020, 5, 15))
    assert sum(b.count for b in found.bins) == 3
    assert (found.bins[0].start, found.bins[-1].end) == (date(2020, 3, 1), date(2020, 5, 15))


def test_each_bin_as_a_period_finds_its_products() -> None:
    products = [
        product(i, f"{1990 + i % 31}-{i % 12 + 1:02d}-{i % 28 + 1:02d}") for i in range(500)
    ]
    for one in count_by_period(products).bins:
        inside = [p for p in products if p.datetime and one.start <= p.datetime.date() <= one.end]
        assert len(inside) == one.count


def test_an_evening_counts_on_the_day_people_see() -> None:
    """23:10 UTC over New Caledonia is the next day in French time: the bar's days are those that
    find it.
    """
    found = count_by_period([product(1, "2023-08-12T23:10:00")])
    assert [(b.start, b.end, b.count) for b in found.bins] == [
        (date(2023, 8, 13), date(2023, 8, 13), 1)
    ]


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31"])
def test_impossible_dates_are_no_dates(when: str) -> None:
    found = count_by_period([product(1, when), product(2, "2020-01-01")])
    assert (found.undated, sum(b.count for b in found.bins)) == (1, 1)
    assert count_by_period([product(1, when)]).bins == ()


def test_empty() -> None:
    assert count_by_period([]).bins == () and count_by_period([]).highest == 0
    assert count_by_period([product(1)], date(2021, 1, 1), date(2020, 1, 1)).bins == ()
    assert sum(b.count for b in count_by_period([], date(2020, 1, 1), date(9999, 12, 31)).bins) == 0
