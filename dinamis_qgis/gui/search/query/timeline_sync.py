"""Keeps the timeline in step with the search: its bars are those of the widest search, a choice
among them narrows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from dinamis_qgis.core.catalogue.histogram import count_by_period
from dinamis_qgis.core.catalogue.model import Query, SortOrder
from dinamis_qgis.gui.search.query.timeline import EMPTY, Timeline
from dinamis_qgis.gui.widgets.product_text import ResultRow

PACE_MS = 300
MANY = 2000
BARS = 40


class OverTime(QObject):
    """``picked(start, end)``: the period to search now."""

    picked = pyqtSignal(object, object)

    def __init__(self, timeline: Timeline, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._of: Query | None = None
        self._rows: Callable[[], Sequence[ResultRow]] = tuple
        self._query = Query()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)
        timeline.picked.connect(self._picked)

    def show(
        self, query: Query, rows: Callable[[], Sequence[ResultRow]], later: bool = False
    ) -> None:
        """The products of a search; ``later`` while they still come, so that not every page is
        counted.
        """
        self._query, self._rows = query, rows
        if not later:
            self._count()
        elif not self._timer.isActive():
            self._timer.start(PACE_MS if len(rows()) < MANY else 4 * PACE_MS)

    def clear(self) -> None:
        """No search."""
        self._timer.stop()
        self._of = None
        self._timeline.set_histogram(EMPTY)
        self._timeline.set_period(None, None)

    def _count(self) -> None:
        self._timer.stop()
        query = self._query
        if self._of is not None and _same_but_narrower(query, self._of):
            self._timeline.set_period(query.start, query.end)
            return
        self._of = query
        found = count_by_period((row.product for row in self._rows()), query.start, query.end, BARS)
        if found != self._timeline.histogram:
            self._timeline.set_histogram(found)
        self._timeline.set_period(query.start, query.end)

    def _picked(self, start: date | None, end: date | None) -> None:
        if start is None and end is None and self._of is not None:
            start, end = self._of.start, self._of.end  # what the bars span
        self.picked.emit(start, end)


def _without_period(query: Query) -> Query:
    return replace(query, area=None, start=None, end=None, limit=None, order=SortOrder())


def _same_place(one: Query, other: Query) -> bool:
    """Nearly: what the map shows changes a little with every panel that opens beside it."""
    if one.area is other.area or one.area is None or other.area is None:
        return one.area is other.area
    return bool(one.area.symmetric_difference(other.area).area <= 0.25 * other.area.area)


def _same_but_narrower(query: Query, wide: Query) -> bool:
    """Whether ``query`` is ``wide`` with a part of its period only."""
    if (
        (query.start, query.end) == (wide.start, wide.end)
        or _without_period(query) != _without_period(wide)
        or not _same_place(query, wide)
    ):
        return False
    begins = wide.start is None or (query.start is not None and query.start >= wide.start)
    return begins and (wide.end is None or (query.end is not None and query.end <= wide.end))
