"""Faster paging: one long period read as several short ones side by side, given out in order.

The pages of a search come one after another, each with the address of the next; periods do not have
to wait for each other.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from typing import Optional, TypeVar

from dinamis_qgis.core.catalogue.model import legal_time

T = TypeVar("T")
P = TypeVar("P")

Interval = tuple[Optional[datetime], Optional[datetime]]
"""From and to, both included, UTC; None is open."""

MOST_PIECES = 32
PAGES_A_PIECE = 3
MOST_SEASONS = 24


def round_up_second(moment: datetime) -> datetime:
    """``moment`` to the next whole second: what is asked up to it surely holds it."""
    return moment.replace(microsecond=0) + timedelta(seconds=1) if moment.microsecond else moment


def interval_of_days(start: date | None, end: date | None) -> Interval:
    """The days (legal French time) as moments: from the first second of ``start`` to the last
    millisecond of ``end``.
    """
    return (
        _french_as_utc(datetime.combine(start, time(0), timezone.utc)) if start else None,
        _french_as_utc(datetime.combine(end, time(23, 59, 59, 999000), timezone.utc))
        if end
        else None,
    )


def _french_as_utc(said: datetime) -> datetime:
    """The moment when clocks in France say what ``said`` does in UTC: around midnight they are
    never changed.
    """
    try:
        return said - (legal_time(said).utcoffset() or timedelta(0))
    except OverflowError:  # the first hours of the year 1
        return said


def split_interval(
    interval: Interval, oldest: datetime, newest: datetime, products: float, page_size: int
) -> list[Interval]:
    """``interval`` in pieces of a few pages, newest first, for about ``products`` between
    ``oldest`` and ``newest``.

    The outer pieces reach as far as ``interval``: a wrong guess loses nothing. Neighbours share the
    moment between them, so that no product falls through; what comes twice is the reader's to drop.
    """
    count = int(max(1, min(MOST_PIECES, products / (page_size * PAGES_A_PIECE))))
    step = (newest - oldest) / count
    if step <= timedelta(seconds=1):
        return [interval]
    edges = [(oldest + step * i).replace(microsecond=0) for i in range(1, count)]
    starts = [interval[0], *edges]
    ends = [*edges, interval[1]]
    return list(zip(starts, ends))[::-1]


def season_intervals(
    start: date | None, end: date | None, months: Iterable[int]
) -> list[Interval] | None:
    """The season's runs of months within the period, newest first; None when the period is open or
    they are too many.
    """
    wanted = frozenset(months)
    if start is None or end is None or (end.year - start.year) > MOST_SEASONS:
        return None
    runs: list[tuple[date, date]] = []
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        if month in wanted:
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            if runs and runs[-1][1] + timedelta(days=1) == first:
                runs[-1] = (runs[-1][0], last)
            else:
                runs.append((first, last))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if len(runs) > MOST_SEASONS:
        return None
    return [interval_of_days(max(a, start), min(b, end)) for a, b in reversed(runs)]
