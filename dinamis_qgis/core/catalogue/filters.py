"""The query's filters: which are set, what they say of a product, and who applied them.

A product whose value is unknown passes every filter; ``doubts`` says which it passed only for that
reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Optional

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

Test = Callable[[Product], Optional[bool]]
"""True: passes; False: does not; None: the product lacks the value."""

NAMES = (
    "area",
    "period",
    "season",
    "collection",
    "constellation",
    "mode",
    "resolution",
    "cloud",
    "incidence",
    "licence",
    "share",
)
"""Every filter, in the order they are told."""


def filter_label(name: str) -> str:
    """The filter's name as people read it (``order`` too)."""
    return {
        "area": tr("Area"),
        "period": tr("Period"),
        "season": tr("Season"),
        "collection": tr("Collection"),
        "constellation": tr("Constellation"),
        "mode": tr("Mode"),
        "resolution": tr("Resolution"),
        "cloud": tr("Cloud cover"),
        "incidence": tr("Incidence"),
        "licence": tr("Licence"),
        "share": tr("Share of the area"),
        "order": tr("Order"),
    }.get(name, name)


def active_filters(query: Query) -> tuple[str, ...]:
    """The filters that narrow ``query``, in the order of ``NAMES``."""
    on = {
        "area": query.area is not None and not query.area.is_empty,
        "period": bool(query.start or query.end),
        "season": 0 < len(set(query.months)) < 12,
        "collection": bool(query.collections),
        "constellation": bool(query.constellations),
        "mode": bool(query.modes),
        "resolution": query.min_gsd is not None or query.max_gsd is not None,
        "cloud": query.max_cloud is not None,
        "incidence": query.max_incidence is not None,
        "licence": query.licences is not None,
        "share": bool(query.min_share) and query.area is not None,
    }
    return tuple(name for name in NAMES if on[name])


def matcher(query: Query, area: bool = False) -> Callable[[Product], bool]:
    """A function that says whether a product passes every filter of ``query`` (the area only with
    ``area``); what is unknown passes.
    """
    tests = [test for name, test in _filter_tests(query).items() if area or name != "area"]
    return lambda product: all(test(product) is not False for test in tests)


def product_matches(product: Product, query: Query) -> bool:
    """Whether one product passes; for many, ``matcher`` prepares the query once."""
    return matcher(query)(product)


class Sieve:
    """What of a catalogue's products passes a query, area included, whatever the service promised
    (``server``): one may ignore a filter, or lose it on the way.

    ``kept`` are the promised filters that held so far; ``astray`` counts the products in a row that
    came in spite of one.
    """

    def __init__(self, query: Query, server: Iterable[str]) -> None:
        tests = _filter_tests(query)
        # The dearest last: outlines are compared only of what passes all else.
        names = [name for name in tests if name not in ("area", "share")]
        self._tests = [(n, tests[n]) for n in (*names, "area", "share") if n in tests]
        self._promised = frozenset(server)
        self.kept = set(self._promised)
        self.astray = 0

    def passes(self, product: Product) -> bool:
        """Whether ``product`` is one that was asked for."""
        failed = next((name for name, test in self._tests if test(product) is False), "")
        if failed in self._promised:
            self.astray += 1
            self.kept.discard(failed)
        elif not failed:
            self.astray = 0
        return not failed


def make_doubter(query: Query) -> Callable[[Product], tuple[str, ...]]:
    """A function that names the filters a product passes only because it lacks the value: such
    products rank lower.
    """
    # a share is unknown for want of a footprint, whatever the area: none has to be measured exactly
    if query.area is not None:
        query = replace(query, area=query.area.envelope)
    tests = {name: test for name, test in _filter_tests(query).items() if name != "area"}
    return lambda product: tuple(name for name, test in tests.items() if test(product) is None)


def usable_licences(profile: Profile, account: Account | None) -> tuple[str, ...] | None:
    """For ``Query.licences``: the open licences and those ``account`` holds; None when the service
    does not tell.
    """
    if account is None or account.licences is None:
        return None
    return tuple(x.id for x in profile.licences if x.open or x.id in account.licences)


def shared_out(query: Query, server: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(``Page.server``, ``Page.local``): the active filters in ``server`` (and ``order``, if
    there), and the others.
    """
    done, names = set(server), active_filters(query)
    theirs = tuple(n for n in names if n in done) + (("order",) if "order" in done else ())
    return theirs, tuple(n for n in names if n not in done)


def _filter_tests(query: Query) -> dict[str, Test]:
    makers: dict[str, Callable[[Query], Test]] = {
        "area": _area_test,
        "period": _period_test,
        "season": _season_test,
        "collection": _collection_test,
        "constellation": _constellation_test,
        "mode": _mode_test,
        "resolution": _resolution_test,
        "cloud": _cloud_test,
        "incidence": _incidence_test,
        "licence": _licence_test,
        "share": _coverage_test,
    }
    return {name: makers[name](query) for name in active_filters(query)}


def _area_test(query: Query) -> Test:
    from shapely.prepared import prep

    from dinamis_qgis.core.geo import one_thread, repair_area

    with one_thread:
        drawn = query.area
        area = prep(drawn if drawn is None or drawn.is_valid else repair_area(drawn) or drawn)

    def test(product: Product) -> bool | None:
        if product.footprint is None:
            return None
        with one_thread:
            return bool(area.intersects(product.footprint))

    return test


def _period_test(query: Query) -> Test:
    start, end = query.start, query.end

    def test(product: Product) -> bool | None:
        first, last = product.day, product.last_day
        if first is None or last is None:
            return None
        return not ((start and last < start) or (end and first > end))

    return test


def _season_test(query: Query) -> Test:
    """A mosaic of several months does not say which of them it shows where."""
    months = frozenset(query.months)

    def test(product: Product) -> bool | None:
        first, last = product.day, product.last_day
        if first is None or last is None or (first.year, first.month) != (last.year, last.month):
            return None
        return first.month in months

    return test


def _collection_test(query: Query) -> Test:
    return lambda p: p.collection in query.collections if p.collection else None


def _constellation_test(query: Query) -> Test:
    return lambda p: p.constellation in query.constellations if p.constellation else None


def _mode_test(query: Query) -> Test:
    """``MS+PAN`` holds both, and is shown as PMS; tristereo is stereo too."""
    wanted = {m.lower() for m in query.modes}

    def test(product: Product) -> bool | None:
        mode = product.mode.lower()
        held = set(mode.split("+")) | ({"stereo"} if "stereo" in mode else set())
        held |= {"pms"} if {"ms", "pan"} <= held else set()
        return bool(wanted & held) if mode else None

    return test


def _resolution_test(query: Query) -> Test:
    # A thousandth of a metre: 0.7 written by one service as 0.70000001 is still 0.7.
    low = (query.min_gsd if query.min_gsd is not None else 0.0) - 1e-3
    high = (query.max_gsd if query.max_gsd is not None else float("inf")) + 1e-3
    return lambda p: None if p.gsd is None else low <= p.gsd <= high


def _cloud_test(query: Query) -> Test:
    limit = query.max_cloud if query.max_cloud is not None else 100.0
    return lambda p: None if p.cloud_cover is None else p.cloud_cover <= limit


def _incidence_test(query: Query) -> Test:
    limit = query.max_incidence if query.max_incidence is not None else 90.0
    return lambda p: None if p.incidence is None else p.incidence <= limit


def _licence_test(query: Query) -> Test:
    licences = frozenset(query.licences or ())
    return lambda p: p.licence in licences if p.licence else None


def _coverage_test(query: Query) -> Test:
    from dinamis_qgis.core.geo import make_coverer  # shapely is not needed to start QGIS

    covered, least = make_coverer(query.area), query.min_share or 0.0

    def test(product: Product) -> bool | None:
        share = covered(product.footprint)
        return None if share is None else share >= least - 1e-9

    return test
