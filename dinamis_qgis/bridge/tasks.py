"""Work off the GUI thread: run, stream results, progress, cancel; answers come back on the GUI
thread, in order.

Plain threads rather than ``QgsTask``: QGIS's task pool has as many places as cores, and downloads
that wait for the network would keep searches waiting.
"""

from __future__ import annotations

import threading
import traceback
from typing import Any, Callable, TypeVar

from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge.workers import Workers, on_gui, thread_ends
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

__all__ = ["Job", "run", "stop_all", "thread_ends", "unexpected_error"]

T = TypeVar("T")
_running: dict[int, tuple[Job, Callable[[Job], Any]]] = {}
_workers = Workers()


class Job(QObject):
    """One piece of work on a thread of its own.

    Made by ``run`` on the GUI thread, which it calls back.
    """

    ended = pyqtSignal()
    """Emitted once on the GUI thread, whatever the outcome, also after ``stop``."""

    def __init__(self, parent: QObject | None, title: str) -> None:
        super().__init__(None)
        self.cancel = Cancel()
        self.title = title
        self.finished = False
        self._silent = False
        self._handlers: dict[str, Callable[..., None]] = {}
        if parent is not None:
            parent.destroyed.connect(self.stop)

    def send(self, value: Any) -> None:
        """From the worker: hand an intermediate result to ``arrived``.

        Raises Cancelled once stopped.
        """
        self.cancel.check()
        on_gui(self._deliver, "arrived", value)

    def progress(self, fraction: float, text: str = "") -> None:
        """From the worker: 0 to 1, or below 0 when unknown. Raises Cancelled once stopped."""
        self.cancel.check()
        on_gui(self._deliver, "progressed", fraction, text)

    def stop(self, *_: object) -> None:
        """Cancel; nothing is delivered from now on but ``ended``."""
        self._silent = True
        self.cancel.set()

    def _deliver(self, name: str, *values: Any) -> None:
        handler = self._handlers.get(name)
        if handler is not None and not self._silent:
            handler(*values)

    def _end(self, name: str, value: Any) -> None:
        try:
            self._deliver(name, value)
        finally:
            self.finished = True
            self._handlers.clear()
            self.ended.emit()


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

    ``failed`` gets the error, Cancelled included; without it the error is shown by
    ``bridge.messages``. Nothing is delivered after ``job.stop()`` or once ``parent`` is deleted.
    """
    job = Job(parent, title)
    handlers = {
        "done": done,
        "failed": failed or _show_error,
        "arrived": arrived,
        "progressed": progressed,
    }
    job._handlers = {name: handler for name, handler in handlers.items() if handler is not None}
    number = id(job)
    _running[number] = (job, work)
    _workers.submit(lambda: _serve_job(number))
    return job


def stop_all() -> None:
    """Cancel everything that runs and let the threads end; called at unload."""
    global _workers
    for job, _ in tuple(_running.values()):
        job.stop()
    ending, _workers = _workers, Workers()
    ending.end()


def _serve_job(number: int) -> None:
    """On the worker.

    Keeps nothing of the job once its end is told: a job is deleted on the GUI thread only.
    """
    name, value = _job_outcome(number)
    on_gui(_finish_job, number, name, value)


def _job_outcome(number: int) -> tuple[str, Any]:
    job, work = _running[number]
    thread = threading.current_thread()
    before, thread.name = thread.name, f"dinamis {job.title}".strip()
    try:
        return "done", work(job)
    except DinamisError as error:
        error.__cause__ = error.__context__ = None
        return "failed", error.with_traceback(None)
    except BaseException as error:  # noqa: BLE001  a fault of ours: logged whole, shown as one sentence
        return "failed", unexpected_error(error)
    finally:
        thread.name = before


def _finish_job(number: int, name: str, value: Any) -> None:
    job, _ = _running.pop(number)
    job._end(name, value)


def unexpected_error(error: BaseException) -> DinamisError:
    """A fault of the plugin as a sentence; the traceback goes to the log only."""
    from dinamis_qgis.bridge import messages

    messages.log(
        "".join(traceback.format_exception(type(error), error, error.__traceback__)), critical=True
    )
    return DinamisError(
        tr("Something unexpected went wrong in the DINAMIS plugin."),
        tr("Try again; if it lasts, send the support report to your relay."),
        code="bug",
        details=type(error).__name__,
    )


def _show_error(error: DinamisError) -> None:
    from dinamis_qgis.bridge import messages

    if not isinstance(error, Cancelled):
        messages.show(error)
