"""How long Qt's event loop stood still: a timer that should fire every few milliseconds, and what
ran when it did not.
"""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from qgis.PyQt.QtCore import QTimer

PERIOD = 0.005


def _queued() -> float:
    """Seconds this thread has waited for a processor so far: the machine's business, not ours. 0
    where unknown.
    """
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Heartbeat:
    """``longest`` is the longest stall so far in seconds, ``where`` the stack of the GUI thread in
    the middle of it.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self.where = ""
        self._last, self._last_queued = time.perf_counter(), _queued()
        self._main = threading.get_ident()
        self._sample = ""
        self._over = threading.Event()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(int(PERIOD * 1000))
        self._watcher = threading.Thread(target=self._watch, name="heartbeat", daemon=True)
        self._watcher.start()

    def _beat(self) -> None:
        now, queued = time.perf_counter(), _queued()
        stall = (now - self._last) - (queued - self._last_queued) - PERIOD
        if stall > self.longest:
            self.longest, self.where = stall, self._sample
        self._last, self._last_queued, self._sample = now, queued, ""

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            if not self._sample and time.perf_counter() - self._last > 0.05:
                frame = sys._current_frames().get(self._main)
                self._sample = "".join(traceback.format_stack(frame)[-12:])

    def reset(self) -> None:
        """Forget what was measured; what is going on now does not count."""
        self.longest, self.where, self._sample = 0.0, "", ""
        self._last, self._last_queued = time.perf_counter(), _queued()

    def stop(self) -> None:
        """No more beats."""
        self._timer.stop()
        self._over.set()
        self._watcher.join()


@contextlib.contextmanager
def heartbeat() -> Iterator[Heartbeat]:
    """Measures while the block runs; the block has to keep Qt's events going."""
    heart = Heartbeat()
    try:
        yield heart
    finally:
        heart.stop()
