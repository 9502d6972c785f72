"""Requests side by side: several threads read the parts of one question, given out in order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from dinamis_qgis.core.errors import Cancelled
from dinamis_qgis.core.net.cancel import Cancel

T = TypeVar("T")
P = TypeVar("P")

WIDTH = 4
"""Requests in flight to one service, at most, unless it is known to take more."""
_AHEAD = 8


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
