"""A few threads that fetch: what somebody waits for goes before what is fetched ahead."""

from __future__ import annotations

import contextlib
import itertools
import queue
import threading
from typing import Callable

NOW, AHEAD = 0, 1
IDLE_S = 30.0


class Pool:
    """At most ``size`` daemon threads, started when needed, ending after ``IDLE_S`` without work.

    Work settles itself whatever it waits for; what it raises all the same ends no thread.
    ``leave`` is called in a thread that is about to end.
    """

    def __init__(self, size: int, leave: Callable[[], None] = lambda: None) -> None:
        self.size = max(1, size)
        self._leave = leave
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], None] | None]] = (
            queue.PriorityQueue()
        )
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._stopped = False
        self._later: set[threading.Timer] = set()

    def submit(self, work: Callable[[], None], priority: int = NOW) -> None:
        """Do ``work`` soon; nothing once stopped."""
        with self._lock:
            if self._stopped:
                return
            self._queue.put((priority, next(self._order), work))
            if self._idle >= self._queue.qsize() or self._threads >= self.size:
                return
            self._threads += 1
        threading.Thread(target=self._run, name="dinamis imagery", daemon=True).start()

    def submit_later(self, work: Callable[[], None], seconds: float, priority: int = AHEAD) -> None:
        """Do ``work`` once ``seconds`` have passed; never once stopped."""

        def due() -> None:
            with self._lock:
                self._later.discard(timer)
            self.submit(work, priority)

        timer = threading.Timer(seconds, due)
        timer.name, timer.daemon = "dinamis imagery later", True
        with self._lock:
            if self._stopped:
                return
            self._later.add(timer)
            timer.start()

    def stop(self) -> None:
        """No new work; threads end after the piece they are at."""
        with self._lock:
            self._stopped = True
            for timer in self._later:
                timer.cancel()
            self._later.clear()
            for _ in range(self._threads):
                self._queue.put((-1, next(self._order), None))

    def _run(self) -> None:
        try:
            while True:
                work = self._next()
                if work is None:
                    return
                with contextlib.suppress(Exception):
                    work()
        finally:
            self._leave()

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            self._idle += 1
        work: Callable[[], None] | None
        try:
            _, _, work = self._queue.get(timeout=IDLE_S)
        except queue.Empty:
            work = None
        with self._lock:
            self._idle -= 1
            if self._stopped:
                work = None
            if work is None:
                self._threads -= 1
        return work
