"""Products over time: bins of whole days, months, quarters or years, each a period that can be
searched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dinamis_qgis.core.catalogue.model import Product

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""A product dated outside is as good as undated."""
_STEPS = (("day", 1), ("week", 7), ("month", 1), ("quarter", 3), ("year", 12), ("years", 60))


@dataclass(frozen=True)
class Bin:
    """``count`` products from ``start`` to ``end``, both days included."""

    start: date
    end: date
    count: int


@dataclass(frozen=True)
class Histogram:
    """Bins without a gap, oldest first; ``unit`` is day, week, month, quarter, year or years.

    ``undated`` have no date.
    """

    unit: str
    bins: tuple[Bin, ...]
    undated: int = 0

    @property
    def highest(self) -> int:
        """The most products in one bin."""
        return max((b.count for b in self.bins), default=0)


def count_by_period(
    products: Iterable[Product], start: date | None = None, end: date | None = None, most: int = 40
) -> Histogram:
    """Count ``products`` over the period (by default from the first to the last), in the finest
    unit with ``most`` bins at most.

    Products outside the period are not counted. With five-year bins there may be more than
    ``most``.
    """
    days: list[date] = []
    undated = 0
    for product in products:
        day = product.day
        if day is None or not FIRST <= day <= LAST:
            undated += 1
        else:
            days.append(day)
    low = max(start, FIRST) if start else min(days, default=None)
    high = min(end, LAST) if end else max(days, default=None)
    if low is None or high is None or low > high:
        return Histogram("day", (), undated)
    unit, edges = _bin_edges(low, high, most)
    counts = [0] * (len(edges) - 1)
    for day in days:
        if low <= day <= high:
            counts[_bin_of(edges, day)] += 1
    one = timedelta(days=1)
    bins = tuple(
        Bin(max(edges[i], low), min(edges[i + 1] - one, high), count)
        for i, count in enumerate(counts)
    )
    return Histogram(unit, bins, undated)


def _bin_of(edges: list[date], day: date) -> int:
    from bisect import bisect_right

    return bisect_right(edges, day) - 1


def _bin_edges(low: date, high: date, most: int) -> tuple[str, list[date]]:
    """The first days of every bin, and of the one after the last."""
    for unit, step in _STEPS:
        edges = [_first_day_of_bin(low, unit, step)]
        while edges[-1] <= high and len(edges) <= max(1, most) + 1:
            edges.append(_next_bin(edges[-1], unit, step))
        if edges[-1] > high and len(edges) - 1 <= max(1, most):
            return unit, edges
    while edges[-1] <= high:
        edges.append(_next_bin(edges[-1], unit, step))
    return unit, edges


def _first_day_of_bin(day: date, unit: str, step: int) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = day.year * 12 + day.month - 1
    month -= month % step
    return date(month // 12, month % 12 + 1, 1)


def _next_bin(day: date, unit: str, step: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=step)
    month = day.year * 12 + day.month - 1 + step
    return date(month // 12, month % 12 + 1, 1)
