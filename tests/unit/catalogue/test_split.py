"""Periods read side by side: nothing lost, nothing twice, in order, never too many at once, and
every fault of a part.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.adapters.periods import (
    Interval,
    interval_of_days,
    round_up_second,
    season_intervals,
    split_interval,
)
from dinamis_qgis.core.catalogue.model import Page, Query, SortOrder
from dinamis_qgis.core.catalogue.search import search
from dinamis_qgis.core.errors import Cancelled, DinamisError, ServiceError
from dinamis_qgis.core.json_values import read_datetime
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.net.side_by_side import side_by_side
from tests.support.scripted import Answer, Seen, scripted
from tests.unit.catalogue.stac_api import (
    CORE,
    FILTER,
    SORT,
    StacApi,
    make_http,
    make_item,
    make_profile,
)

AREA = box(-1, 43, 0, 44)
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    found = read_datetime(text)
    assert found
    return found


class SortedApi(StacApi):
    """Understands ``datetime`` and ``sortby`` as declared, and counts the searches in flight."""

    def __init__(self, items: list[Any], conforms: Any = None) -> None:
        super().__init__(items, conforms or [*CORE, SORT])
        self.flying = self.most = 0
        self.lock = threading.Lock()
        self.pause = 0.0
        self.obeys_sort = True

    def __call__(self, seen: Seen) -> Answer:
        with self.lock:
            self.flying += 1
            self.most = max(self.most, self.flying)
        try:
            time.sleep(self.pause)
            return self._answer(seen)
        finally:
            with self.lock:
                self.flying -= 1

    def _answer(self, seen: Seen) -> Answer:
        asked = seen.json() if seen.method == "POST" else {}
        low, high = (asked.get("datetime") or "../..").split("/")
        lower, upper = read_datetime(low), read_datetime(high)
        items = [
            i for i in self.items
            if (lower is None or at(i["properties"]["datetime"]) >= lower)
            and (upper is None or at(i["properties"]["datetime"]) <= upper)
        ]  # fmt: skip
        if asked.get("sortby") and self.obeys_sort:
            latest = asked["sortby"][0]["direction"] == "desc"
            items.sort(key=lambda i: i["properties"]["datetime"], reverse=latest)
        other = StacApi(items, self.conforms, self.methods)
        other.before, other.count_total = self.before, self.count_total
        answer = other(seen)
        with self.lock:
            self.searches += other.searches
        return answer


def items_over(
    count: int, step: timedelta = DAY, start: str = "2000-01-01T00:00:00Z"
) -> list[dict[str, Any]]:
    return [make_item(i, datetime=(at(start) + step * i).isoformat()) for i in range(count)]


def ask(profile: Any, query: Query, **http: Any) -> list[Page]:
    return list(search(profile, query, make_http(**http), None, Cancel()))


def ids(pages: list[Page]) -> list[str]:
    return [p.id for page in pages for p in page.products]


@pytest.mark.parametrize(
    "step",
    [DAY, timedelta(seconds=1), timedelta(milliseconds=7), timedelta(microseconds=3), timedelta(0)],
)
def test_nothing_lost_nothing_twice_latest_first(step: timedelta) -> None:
    api = SortedApi(items_over(456, step))
    with scripted(api) as server:
        found = ids(ask(make_profile(server.root), Query(area=AREA)))
    assert Counter(found) == Counter(i["id"] for i in api.items)
    if step:
        assert found == sorted(found, reverse=True)
    assert api.most <= 4


def test_uneven_dates() -> None:
    """A crowd on one day, years of nothing, a few old ones."""
    crowd = items_over(300, timedelta(seconds=30), "2023-05-01T10:00:00Z")
    old = [make_item(1000 + i, datetime=f"19{60 + i}-01-01T00:00:00Z") for i in range(30)]
    api = SortedApi(old + crowd)
    with scripted(api) as server:
        found = ids(ask(make_profile(server.root), Query(area=AREA)))
    assert len(found) == len(set(found)) == 330
    assert len(api.searches) < 330 / 10 + 40, "pieces without products cost little"


def test_side_by_side_unless_the_profile_says_one_at_a_time() -> None:
    api = SortedApi(items_over(400))
    api.pause = 0.05
    with scripted(api) as server:
        ask(make_profile(server.root), Query(area=AREA))
        assert 1 < api.most <= 4
        api.most = 0
        ask(make_profile(server.root, parallel=1), Query(area=AREA))
        assert api.most == 1


def test_a_short_answer_is_not_split() -> None:
    api = SortedApi(items_over(25))
    with scripted(api) as server:
        assert len(ids(ask(make_profile(server.root, page_size=100), Query(area=AREA)))) == 25
    assert len(api.searches) == 1


def test_first_rows_do_not_wait_for_a_full_page() -> None:
    api = SortedApi(items_over(300))
    with scripted(api) as server:
        pages = ask(make_profile(server.root, page_size=200), Query(area=AREA))
    assert len(pages[0].products) == 25
    assert api.searches[0].json()["limit"] == 25 and api.searches[1].json()["limit"] == 200
    assert len(set(ids(pages))) == len(ids(pages)) == 300


def test_service_that_declares_sorting_and_does_not_sort() -> None:
    items = items_over(300)
    mixed = items[::2] + items[1::2][::-1]
    api = SortedApi(mixed)
    api.obeys_sort = False
    with scripted(api) as server:
        found = ids(ask(make_profile(server.root, page_size=20), Query(area=AREA)))
    assert Counter(found) == Counter(i["id"] for i in items)


def test_items_without_a_date_are_not_lost() -> None:
    items = items_over(80)
    for item in items[::3]:
        del item["properties"]["datetime"]
    api = StacApi(items, [*CORE, SORT])
    with scripted(api) as server:
        assert len(set(ids(ask(make_profile(server.root), Query(area=AREA))))) == 80


def test_a_limit_is_read_in_turn_and_as_ordered() -> None:
    api = SortedApi(items_over(300))
    with scripted(api) as server:
        query = Query(area=AREA, limit=35, order=SortOrder("cloud", False))
        pages = ask(make_profile(server.root, always=["eo:cloud_cover"]), query)
        assert "order" not in ask(make_profile(server.root), query)[0].server, (
            "a value may be missing: sorted here"
        )
    assert len(ids(pages)) == 35 and pages[-1].after
    assert api.searches[0].json()["sortby"][0] == {
        "field": "properties.eo:cloud_cover",
        "direction": "asc",
    }
    assert "order" in pages[0].server and len(api.searches) == 8
    assert api.searches[4].json()["sortby"] == [
        {"field": "properties.datetime", "direction": "desc"}
    ]


def test_count_is_told_once_and_only_when_it_is_true() -> None:
    api = SortedApi(items_over(500))
    api.count_total = True
    with scripted(api) as server:
        assert {p.total for p in ask(make_profile(server.root), Query(area=AREA))[:-1]} == {500}
        assert {
            p.total for p in ask(make_profile(server.root), Query(area=AREA, modes=("MS",)))
        } == {None}


def test_a_part_that_fails_keeps_what_came_before_it() -> None:
    api = SortedApi(items_over(1000))

    def before(seen: Seen) -> Answer | None:
        if seen.method != "POST":
            return None
        high = read_datetime((seen.json().get("datetime") or "../..").split("/")[1])
        return Answer(500) if high and high < at("2001-06-01") else None

    api.before = before
    with scripted(api) as server:
        pages = ask(make_profile(server.root), Query(area=AREA), retries=0)
    assert isinstance(pages[-1].error, ServiceError) and pages[-1].last
    found = ids(pages)
    assert found and found == sorted(found, reverse=True) and len(found) == len(set(found)) < 1000
    _no_thread_left()


def test_cancel_leaves_no_thread_and_stops_asking() -> None:
    api = SortedApi(items_over(3000))
    api.pause = 0.01
    cancel = Cancel()
    with scripted(api) as server:
        pages = search(make_profile(server.root), Query(area=AREA), make_http(), None, cancel)
        for _ in range(4):
            next(pages)
        cancel.set()
        with pytest.raises(Cancelled):
            list(pages)
        _no_thread_left()
        asked = len(server.seen)
        time.sleep(0.1)
        assert len(server.seen) == asked


def test_reader_that_goes_away_does_not_let_everything_be_read() -> None:
    api = SortedApi(items_over(3000))
    http = make_http()
    with scripted(api) as server:
        pages = search(make_profile(server.root), Query(area=AREA), http, None, Cancel())
        for _ in range(3):
            next(pages)
        time.sleep(0.5)
        pages.close()  # type: ignore[attr-defined]
        _no_thread_left()
        assert len(server.seen) < 150
    assert http._sessions == []


def test_landing_page_is_read_once_and_again_after_a_failure() -> None:
    api = SortedApi(items_over(3))
    http = make_http(retries=0)
    with scripted(api) as server:
        profile = make_profile(server.root)

        def landings() -> int:
            with pytest.raises(DinamisError) if api.before else _nothing():
                list(search(profile, Query(area=AREA), http, None, Cancel()))
            return sum(1 for s in server.seen if s.path == "/stac")

        assert [landings(), landings()] == [1, 1]
        api.before = lambda s: Answer(500)
        assert landings() == 1
        api.before = None
        assert landings() == 2
        http.close()


class _nothing:  # noqa: N801
    def __enter__(self) -> None:
        """Nothing to expect."""

    def __exit__(self, *_: object) -> None:
        """Nothing happened."""


def _no_thread_left() -> None:
    end = time.monotonic() + 10
    while any(t.name.startswith("dinamis-search") for t in threading.enumerate()):
        assert time.monotonic() < end, "a search thread goes on"
        time.sleep(0.01)


# seasons


def test_season_is_asked_for_as_periods() -> None:
    api = SortedApi(items_over(1500))
    query = Query(area=AREA, start=date(2000, 2, 15), end=date(2003, 1, 10), months=(12, 1, 2, 7))
    with scripted(api) as server:
        pages = ask(make_profile(server.root, page_size=100), query)
    expected = [
        i["id"] for i in api.items
        if date(2000, 2, 15) <= at(i["properties"]["datetime"]).date() <= date(2003, 1, 10)
        and at(i["properties"]["datetime"]).month in query.months
    ]  # fmt: skip
    assert ids(pages) == sorted(expected, reverse=True)
    assert "season" in pages[0].server and "season" not in pages[0].local
    # a hundred days at most between two dates of the request: nothing outside the season was asked
    # for
    assert all(_length(s.json()["datetime"]) <= timedelta(days=91) for s in api.searches)


@pytest.mark.parametrize("months", [(), (6, 8)])
def test_days_are_those_people_see(months: tuple[int, ...]) -> None:
    """An item every hour of some nights, in summer and in winter: what the service is asked for
    ends where the filter here does.
    """
    nights = ("2023-06-14", "2023-06-30", "2023-07-31", "2023-08-31", "2023-12-05")
    moments = [
        at(f"{night}T20:00:00Z") + timedelta(hours=hour) for night in nights for hour in range(6)
    ]
    items = [make_item(i, datetime=moment.isoformat()) for i, moment in enumerate(moments)]
    query = Query(area=AREA, start=date(2023, 6, 15), end=date(2023, 12, 5), months=months)
    with scripted(SortedApi(items)) as server:
        pages = ask(make_profile(server.root, page_size=5), query)
    low, high = at("2023-06-14T22:00:00Z"), at("2023-12-05T23:00:00Z")
    seasons_seen = (
        [
            (low, at("2023-06-30T22:00:00Z")),
            (at("2023-07-31T22:00:00Z"), at("2023-08-31T22:00:00Z")),
        ]
        if months
        else [(low, high)]
    )
    expected = [
        i["id"]
        for i in items
        if any(a <= at(i["properties"]["datetime"]) < b for a, b in seasons_seen)
    ]
    assert ids(pages) == sorted(expected, reverse=True) and "period" in pages[0].server


def _length(interval: str) -> timedelta:
    low, high = interval.split("/")
    return at(high) - at(low)


def test_season_of_an_open_period_is_chosen_here() -> None:
    api = SortedApi(items_over(400))
    with scripted(api) as server:
        pages = ask(make_profile(server.root, page_size=100), Query(area=AREA, months=(7,)))
    assert len(ids(pages)) == 31 and "season" in pages[0].local


@pytest.mark.parametrize("conforms", [[*CORE, SORT], CORE, [*CORE, SORT, *FILTER]])
def test_who_applied_what(conforms: list[str]) -> None:
    query = Query(
        AREA,
        ("spot-6-7-drs",),
        ("SPOT 6/7",),
        date(2000, 1, 1),
        None,
        50,
        50,
        max_gsd=5,
        modes=("PMS",),
        min_share=0.1,
    )
    with scripted(SortedApi(items_over(30), conforms)) as server:
        page = ask(make_profile(server.root), query)[0]
    assert {"area", "period", "collection", "constellation"} <= set(page.server)
    assert {"mode", "share"} <= set(page.local)
    assert ("order" in page.server) is (SORT in conforms)
    assert ({"cloud", "incidence", "resolution"} <= set(page.server)) is (FILTER[0] in conforms)
    assert not set(page.server) & set(page.local)


def test_runs_of_months() -> None:
    found = season_intervals(date(2019, 11, 20), date(2021, 1, 15), (11, 12, 1, 6))
    assert found == [
        interval_of_days(date(2020, 11, 1), date(2021, 1, 15)),
        interval_of_days(date(2020, 6, 1), date(2020, 6, 30)),
        interval_of_days(date(2019, 11, 20), date(2020, 1, 31)),
    ]
    assert season_intervals(None, date(2020, 1, 1), (1,)) is None
    assert season_intervals(date(1900, 1, 1), date(2020, 1, 1), (1,)) is None
    assert season_intervals(date(2000, 1, 1), date(2020, 1, 1), (1, 3)) is None, "too many requests"
    assert season_intervals(date(2020, 3, 1), date(2020, 4, 1), (7,)) == []
    assert season_intervals(date(2020, 12, 1), date(2020, 12, 31), (12,)) == [
        interval_of_days(date(2020, 12, 1), date(2020, 12, 31))
    ]


# the parts themselves


@pytest.mark.parametrize(
    ("products", "count"), [(0, 1), (10, 1), (900, 3), (1e9, 32), (float("inf"), 32)]
)
def test_pieces_cover_the_period_without_a_gap(products: float, count: int) -> None:
    whole_period: Interval = (None, at("2020-01-01"))
    found = split_interval(whole_period, at("2000-01-01"), at("2020-01-01"), products, 100)
    assert len(found) == count
    assert (found[-1][0], found[0][1]) == whole_period
    assert all(newer[0] == older[1] for newer, older in zip(found, found[1:]))


def test_too_short_a_period_is_not_cut() -> None:
    one = at("2020-01-01")
    assert split_interval((None, None), one, one, 1e6, 10) == [(None, None)]


def test_up_never_goes_back() -> None:
    assert round_up_second(at("2020-01-01T00:00:00.000001Z")) == at("2020-01-01T00:00:01Z")
    assert round_up_second(at("2020-01-01T00:00:00Z")) == at("2020-01-01T00:00:00Z")
    assert round_up_second(at("2020-12-31T23:59:59.9Z")) == at("2021-01-01T00:00:00Z")


def test_order_of_parts_is_kept_whoever_is_faster() -> None:
    parts: list[Interval] = [(at(f"20{i:02d}-01-01"), None) for i in range(10, 22)]

    def read(part: Interval, stop: Cancel) -> Iterator[int]:
        year = part[0].year if part[0] else 0
        stop.wait(0.02 if year % 3 == 0 else 0)
        yield from (year, year)

    ended: list[str] = []
    found = list(
        side_by_side(
            parts, read, Cancel(), 4, lambda: ended.append(threading.current_thread().name)
        )
    )
    assert found == [y for y in range(2010, 2022) for _ in range(2)]
    _no_thread_left()
    assert len(ended) == 4


def test_unexpected_failure_of_a_part_is_raised() -> None:
    def read(part: Interval, stop: Cancel) -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    found = side_by_side([(None, None)] * 3, read, Cancel())
    assert next(found) == 1
    with pytest.raises(ZeroDivisionError):
        next(found)
    _no_thread_left()


def test_no_part() -> None:
    assert list(side_by_side([], lambda part, stop: iter(()), Cancel())) == []
