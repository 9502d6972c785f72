"""Work off the GUI thread: run, stream results, progress, cancel; answers come back on the GUI thread, in order.

Plain threads rather than ``QgsTask``: QGIS's task pool has as many places as cores, and downloads that wait for the
network would keep searches waiting.
"""

from __future__ import annotations

import threading
import traceback
from typing import Any, Callable, TypeVar

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal

from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.http import Cancel
from dinamis_qgis.core.text import tr

T = TypeVar("T")
_running: set[Job] = set()
thread_ends: list[Callable[[], None]] = []
"""Called by each worker thread at its end: it lets go of what belongs to it, such as connections."""


class Job(QObject):
    """One piece of work on its own thread. Made by ``run`` on the GUI thread, which it calls back."""

    _post = pyqtSignal(object, object)
    ended = pyqtSignal()
    """Emitted once on the GUI thread, whatever the outcome, also after ``stop``."""

    def __init__(self, parent: QObject | None, title: str) -> None:
        super().__init__(None)
        self.cancel = Cancel()
        self.title = title
        self.finished = False
        self._silent = False
        self._handlers: dict[str, Callable[..., None]] = {}
        self._post.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        if parent is not None:
            parent.destroyed.connect(self.stop)

    def send(self, value: Any) -> None:
        """From the worker: hand an intermediate result to ``arrived``. Raises Cancelled once stopped."""
        self.cancel.check()
        self._post.emit("arrived", (value,))

    def progress(self, fraction: float, text: str = "") -> None:
        """From the worker: 0 to 1, or below 0 when unknown. Raises Cancelled once stopped."""
        self.cancel.check()
        self._post.emit("progressed", (fraction, text))

    def stop(self, *_: object) -> None:
        """Cancel; nothing is delivered from now on but ``ended``."""
        self._silent = True
        self.cancel.set()

    def _deliver(self, name: str, values: tuple[Any, ...]) -> None:
        handler = self._handlers.get(name)
        if handler is not None and not self._silent:
            handler(*values)
        if name in ("done", "failed"):
            self.finished = True
            self._handlers.clear()
            _running.discard(self)
            self.ended.emit()

    def _work(self, work: Callable[[Job], Any]) -> None:
        try:
            try:
                result = work(self)
            finally:
                for leave in list(thread_ends):
                    leave()
        except DinamisError as error:
            self._finish("failed", error)
        except BaseException as error:  # a fault of ours: logged whole, shown as one sentence
            self._finish("failed", unexpected(error))
        else:
            self._finish("done", result)

    def _finish(self, name: str, value: Any) -> None:
        try:
            self._post.emit(name, (value,))
        except RuntimeError:  # QGIS is closing: the receiving object is gone
            _running.discard(self)


def run(
    work: Callable[[Job], T],
    *,
    done: Callable[[T], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    arrived: Callable[[Any], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
    parent: QObject | None = None,
    title: str = "",
) -> Job:
    """Run ``work(job)`` on a worker thread and call back on the GUI thread.

    ``failed`` gets the error, Cancelled included; without it the error is shown by ``bridge.messages``.
    Nothing is delivered after ``job.stop()`` or once ``parent`` is deleted.
    """
    job = Job(parent, title)
    handlers = {"done": done, "failed": failed or _show, "arrived": arrived, "progressed": progressed}
    job._handlers = {name: handler for name, handler in handlers.items() if handler is not None}
    _running.add(job)
    threading.Thread(target=job._work, args=(work,), name=f"dinamis {title}".strip(), daemon=True).start()
    return job


def stop_all() -> None:
    """Cancel everything that runs; called at unload."""
    for job in list(_running):
        job.stop()


def unexpected(error: BaseException) -> DinamisError:
    """A fault of the plugin as a sentence; the traceback goes to the log only."""
    from dinamis_qgis.bridge import messages

    messages.log("".join(traceback.format_exception(type(error), error, error.__traceback__)), critical=True)
    return DinamisError(
        tr("Something unexpected went wrong in the DINAMIS plugin."),
        tr("Try again; if it lasts, send the support report to your relay."),
        code="bug",
        details=type(error).__name__,
    )


def _show(error: DinamisError) -> None:
    from dinamis_qgis.bridge import messages

    if not isinstance(error, Cancelled):
        messages.show(error)
