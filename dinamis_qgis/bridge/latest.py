"""One piece of background work at a time, always for the newest value asked for."""

from __future__ import annotations

from typing import Any, Callable

from qgis.PyQt.QtCore import QObject, QTimer

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.core.errors import DinamisError


class Latest(QObject):
    """Runs ``work(job, value)`` for the newest value asked for, one at a time: what was asked
    meanwhile is skipped, never reordered.
    """

    def __init__(
        self, work: Callable[[tasks.Job, Any], Any], done: Callable[[Any], None], parent: QObject,
        failed: Callable[[DinamisError], None] | None = None, delay_ms: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._work, self._done, self._failed = work, done, failed or messages.show
        self._job: tasks.Job | None = None
        self._pending: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """True while something is waiting or running."""
        return self._job is not None or bool(self._pending)

    def ask(self, value: Any) -> None:
        """Work on this, as soon as what runs has ended and nothing newer came."""
        self._pending = [value]
        if self._job is None and not self._timer.isActive():
            self._timer.start()

    def drop(self) -> None:
        """Forget what waits and what runs."""
        self._pending = []
        self._timer.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def take(self) -> Any:
        """What still waits, taken away: for the last moment before closing; None when nothing
        does.
        """
        self._timer.stop()
        return self._pending.pop() if self._pending else None

    def _start(self) -> None:
        if self._job is not None or not self._pending:
            return
        value = self._pending.pop()
        self._job = tasks.run(
            lambda job: self._work(job, value),
            done=lambda r: self._end(self._done, r),
            failed=lambda e: self._end(self._failed, e),
            parent=self,
            title="requests",
        )

    def _end(self, tell: Callable[[Any], None], value: Any) -> None:
        self._job = None
        if self._pending:
            self._timer.start()
        if tell != self._done or not self._pending:
            tell(value)
