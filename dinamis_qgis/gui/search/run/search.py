"""One search at a time: started, handed over in small pieces so that the window never stands still,
stopped at will.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from dinamis_qgis.bridge import tasks
from dinamis_qgis.core.catalogue.model import After, Query
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.gui.search.run import worker
from dinamis_qgis.gui.search.run.footprint_features import Look
from dinamis_qgis.gui.search.run.gc_pause import Calm
from dinamis_qgis.gui.widgets.product_text import ResultRow


class RunningSearch(QObject):
    """Signals come in order; after ``stop`` none of the search stopped comes any more."""

    arrived = pyqtSignal(object)
    """``running.Arrival``: at most ``running.CHUNK`` rows."""
    ended = pyqtSignal()
    """Every catalogue has said all it had to."""
    failed = pyqtSignal(object)
    """A DinamisError: no catalogue gave anything."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job: tasks.Job | None = None
        self.query = Query()
        self.tally: worker.Tally | None = None
        self._more = 0
        """How many more of each catalogue are on their way."""
        self._waiting: deque[worker.Arrival] = deque()
        self._outcome: DinamisError | bool | None = None
        self._calm = Calm()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._hand_over)

    def start(
        self,
        context: Any,
        query: Query,
        look: Look,
        catalogues: Sequence[str] = (),
        there: Sequence[ResultRow] = (),
    ) -> None:
        """Search anew; a search still running is cut.

        ``there`` are the rows that stay in the list.
        """
        self.stop()
        self.query, self.tally = query, worker.empty_tally(context.profile, catalogues)
        self.tally.count(there)
        self._run(context, query, look, catalogues)

    def go_on(self, context: Any, count: int, look: Look) -> None:
        """``count`` more of each catalogue that has more, after those that are there."""
        self.stop()
        if self.tally is not None:
            self._more = count
            self._run(context, replace(self.query, limit=count), look, (), self.tally.go_on())

    def _run(
        self,
        context: Any,
        query: Query,
        look: Look,
        catalogues: Sequence[str],
        after: Mapping[str, After] | None = None,
    ) -> None:
        self._calm.begin()
        self.job = tasks.run(
            worker.search_work(context.connection(), query, look, catalogues, after),
            arrived=self._take,
            done=lambda _: self._over(True),
            failed=self._over,
            parent=self,
            title="search",
        )

    def stop(self) -> None:
        """Cut the search; nothing more comes of it."""
        if self.job is not None:
            self.job.stop()
        self.job = None
        self._waiting.clear()
        self._outcome, self._more = None, 0
        self._timer.stop()
        self._calm.end()

    def put_back(self, query: Query, tally: worker.Tally | None) -> None:
        """Stop; the search made before is the last one again."""
        self.stop()
        self.query, self.tally = query, tally

    def forget(self) -> None:
        """No search has been made."""
        self.stop()
        self.query, self.tally = Query(), None
        self._calm.leave()

    def _take(self, arrival: worker.Arrival) -> None:
        self._waiting.append(arrival)
        self._timer.start()

    def _over(self, outcome: DinamisError | bool) -> None:
        self._outcome = outcome
        self._timer.start()

    def _hand_over(self) -> None:
        """One piece, then the event loop has its turn; the end only after the last piece."""
        if self._waiting:
            arrival = self._waiting.popleft()
            if arrival.page is not None and self.tally is not None:
                self.tally.add(arrival.page)
            self.arrived.emit(arrival)
            self._calm.settle()
            return
        self._timer.stop()
        outcome, self._outcome = self._outcome, None
        if outcome is None:
            return
        self.job = None
        self._calm.end()
        if isinstance(outcome, DinamisError):
            self.failed.emit(outcome)
        else:
            self.query = replace(
                self.query, limit=self.query.limit + self._more if self.query.limit else None
            )
            self.ended.emit()
