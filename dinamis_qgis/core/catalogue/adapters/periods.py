"""Faster paging: one long period read as several short ones side by side, given out in order.

The pages of a search come one after another, each with the address of the next; periods do not have
to wait for each other.
"""

from __future__ import annotations

import queue
import threading
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Generic, Optional, TypeVar

from dinamis_qgis.core.catalogue.model import legal_time
from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.net.http import Cancel

T = TypeVar("T")
P = TypeVar("P")

Interval = tuple[Optional[datetime], Optional[datetime]]
"""From and to, both included, UTC; None is open."""

WIDTH = 4
"""Requests in flight to one catalogue, at most."""
MOST_PIECES = 32
PAGES_A_PIECE = 3
MOST_SEASONS = 24
_AHEAD = 8


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


def side_by_side(
    parts: Sequence[P],
    read: Callable[[P, Cancel], Iterator[T]],
    cancel: Cancel,
    width: int = WIDTH,
    ended: Callable[[], None] = lambda: None,
) -> Iterator[T]:
    """What ``read`` gives for each part (a period, a page, a file), in the order of ``parts``, at
    most ``width`` at a time.

    ``read`` runs in threads, with a wish to stop of its own; ``ended`` is called in each before it
    ends. A failure is raised when its turn comes; nothing of the parts after it is given. No thread
    is left once the iterator is closed.
    """
    run = _Run(parts, read, ended)
    with cancel.calling(run.stop.set):
        try:
            for _ in range(min(width, len(parts))):
                threading.Thread(
                    target=run.work, args=(width,), name="dinamis-search-part", daemon=True
                ).start()
            yield from run.results(cancel)
        finally:
            run.stop.set()


class _Run(Generic[P, T]):
    """The parts of one search: who reads which, and the boxes their pages wait in."""

    def __init__(
        self,
        parts: Sequence[P],
        read: Callable[[P, Cancel], Iterator[T]],
        ended: Callable[[], None],
    ) -> None:
        self.parts, self.read, self.ended = parts, read, ended
        self.stop = Cancel()
        self.boxes: list[queue.Queue[tuple[object, Exception | None, bool]]] = [
            queue.Queue(_AHEAD) for _ in parts
        ]
        self.turn = 0
        self._next = iter(range(len(parts)))
        self._lock = threading.Lock()

    def work(self, width: int) -> None:
        """A thread: part after part, not further ahead of the reader than it will soon need."""
        try:
            while not self.stop.is_set():
                with self._lock:
                    index = next(self._next, None)
                if index is None:
                    return
                while index >= self.turn + 2 * width:
                    self.stop.wait(0.02)
                self._fill(index)
        except Cancelled:
            return
        finally:
            self.ended()

    def _fill(self, index: int) -> None:
        failure: Exception | None = None
        try:
            for value in self.read(self.parts[index], self.stop):
                self._put(index, (value, None, False))
        except Exception as error:  # noqa: BLE001 - raised again where it is read
            failure = error
        self._put(index, (None, failure, True))

    def _put(self, index: int, entry: tuple[object, Exception | None, bool]) -> None:
        while True:
            self.stop.check()
            try:
                return self.boxes[index].put(entry, timeout=0.1)
            except queue.Full:
                continue

    def results(self, cancel: Cancel) -> Iterator[T]:
        """The pages in the order of the parts. Raises Cancelled, or what ``read`` raised."""
        for index, box in enumerate(self.boxes):
            self.turn = index
            while True:
                cancel.check()
                try:
                    value, failure, last = box.get(timeout=0.1)
                except queue.Empty:
                    continue
                if failure is not None:
                    raise failure
                if last:
                    break
                yield value  # type: ignore[misc]
