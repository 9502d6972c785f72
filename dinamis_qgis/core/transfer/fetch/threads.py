"""Threads for connections: reused while there is work, gone soon after.

Never waited for, so that stopping is immediate.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Callable

Work = Callable[[], None]


class Crew:
    """Runs each work on a thread at once; an idle thread is taken again (and with it its open
    connections).

    ``leave`` is called on a thread that ends. Works must not raise.
    """

    def __init__(self, leave: Work | None = None, linger: float = 15.0) -> None:
        self.leave = leave
        self._linger = linger
        self._works: deque[Work] = deque()
        self._waiting = 0
        self._change = threading.Condition()

    def run(self, work: Work) -> None:
        """Start ``work`` now."""
        with self._change:
            self._works.append(work)
            if self._waiting < len(self._works):
                threading.Thread(target=self._loop, name="dinamis-connection", daemon=True).start()
            self._change.notify()

    def dismiss(self) -> None:
        """Let idle threads end now; those at work end after it."""
        with self._change:
            self._linger = 0.0
            self._change.notify_all()

    def _next(self) -> Work | None:
        with self._change:
            self._waiting += 1
            try:
                while not self._works:
                    if self._linger <= 0 or not self._change.wait(self._linger):
                        break
            finally:
                self._waiting -= 1
            return self._works.popleft() if self._works else None

    def _loop(self) -> None:
        while True:
            work = self._next()
            if work is None:
                break
            work()
        if self.leave:
            self.leave()
