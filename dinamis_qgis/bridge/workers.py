"""Threads that wait for work, and the way back to the GUI thread.

Starting a thread waits until it has run, which takes long on a busy machine: one thread more than
is busy is always there, started by the others. A signal of an object that the GUI thread may delete
must not be emitted elsewhere: what another thread has to tell goes through ``on_gui``.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, QThreadPool, pyqtSignal

from dinamis_qgis.bridge.guard import contain_faults

LINGER_S = 15.0
"""After so long without work a thread lets go of its connections, and ends unless it is the last.
"""

thread_ends: list[Callable[[], None]] = []
"""Called by a thread that has nothing to do: it lets go of what belongs to it, such as connections.
"""


class _Gui(QObject):
    """Lives as long as this module, on the thread that imported it."""

    call = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @contain_faults()
    def _run(self, function: Callable[[], None]) -> None:
        function()


_gui = _Gui()


def on_gui(function: Callable[..., object], *values: Any, owner: QObject | None = None) -> None:
    """From any thread: call ``function(*values)`` on the GUI thread, in order; not once ``owner``
    is deleted.
    """

    def call() -> None:
        if owner is None or not sip.isdeleted(owner):
            function(*values)

    with contextlib.suppress(RuntimeError):  # QGIS is closing: nobody is there to be told
        _gui.call.emit(call)


def end_idle_pooled_threads() -> None:
    """Let the threads of QGIS's pools end that have nothing to do; QGIS starts others when needed.

    QGIS 3.40.0 to 3.40.8, 3.42 and 3.44.0 crash as they close (qgis/QGIS#62429) once a thread of
    the pool of tasks read the authentication database, as the news do at start, went to sleep after
    30 seconds without work and was then woken, as opening a project does: its end comes
    after the database's, to which it is still tied. Ended here, it lets go while both are there.
    """
    pools = [QThreadPool.globalInstance()]
    tasks = QgsApplication.taskManager()
    if hasattr(tasks, "threadPool"):  # a pool of its own since QGIS 3.34
        pools.append(tasks.threadPool())
    for pool in pools:
        pool.waitForDone(0)  # does nothing where one is at work


class Workers:
    """``submit`` never waits; daemon threads, so that QGIS can always end."""

    def __init__(self) -> None:
        self._todo: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._ended = False

    def submit(self, work: Callable[[], None]) -> None:
        """Have ``work()`` done; it raises nothing."""
        self._todo.put(work)
        with self._lock:
            first, self._threads = self._threads == 0, max(1, self._threads)
        if first:
            self._start()

    def end(self) -> None:
        """No more work is given: each thread ends after what it does."""
        with self._lock:
            self._ended = True
            count = self._threads
        for _ in range(count):
            self._todo.put(None)

    def _start(self) -> None:
        threading.Thread(target=self._serve, name="dinamis worker", daemon=True).start()

    def _serve(self) -> None:
        try:
            while True:
                work = self._take()
                if work is None:
                    return
                work()
                del work
        finally:
            _run_thread_ends()

    def _take(self) -> Callable[[], None] | None:
        """The next work; None to end."""
        with self._lock:
            self._idle += 1
        while True:
            try:
                work = self._todo.get(timeout=LINGER_S)
            except queue.Empty:
                _run_thread_ends()
                with self._lock:
                    if self._idle == 1 and not self._ended:
                        continue
                    self._idle, self._threads = self._idle - 1, self._threads - 1
                return None
            with self._lock:
                self._idle -= 1
                alone = work is not None and self._idle == 0 and not self._ended
                self._threads += alone - (work is None)
            if alone:
                self._start()
            return work


def _run_thread_ends() -> None:
    for leave in tuple(thread_ends):
        leave()
