"""A file of the queue while it is being fetched, and while it waits for its next try."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field, replace

from dinamis_qgis.core.errors import AuthError, DinamisError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.fetch.tools import Nudge
from dinamis_qgis.core.transfer.queue import Entry, FileState

_WINDOW_S = 6.0
_FIRST_S, _LONGEST_S = 15.0, 300.0


@dataclass(frozen=True)
class FileProgress:
    """A file as it is now.

    ``speed`` in bytes per second, ``left`` in seconds; None when unknown.
    """

    entry: Entry
    done: int
    total: int | None
    speed: float | None = None
    left: float | None = None
    retry: float | None = None
    """Seconds until it is tried again by itself; None when it is not."""


@dataclass
class Running:
    """A file at work, as seen from outside its thread."""

    entry: Entry
    cancel: Cancel = field(default_factory=Cancel)
    wish: FileState = FileState.WAITING
    """What becomes of the file once cancelled."""
    done: int = 0
    total: int | None = None
    saved: float = 0.0
    trail: deque[tuple[float, int]] = field(default_factory=deque)
    trouble: DinamisError | None = None
    """Why nothing arrives and it is tried again."""
    nudge: Nudge = field(default_factory=Nudge)
    """Ends the wait for the next try."""
    hurried: bool = False
    """A person asked for it meanwhile: should this run fail, the next begins at once."""

    def moved(self, done: int, total: int | None) -> None:
        """So many bytes are there, of so many."""
        now = time.monotonic()
        self.trouble = None if done > self.done else self.trouble
        self.done, self.total = done, total if total is not None else self.total
        self.trail.append((now, done))
        while len(self.trail) > 2 and now - self.trail[0][0] > _WINDOW_S:
            self.trail.popleft()

    def speed(self) -> float | None:
        """Bytes per second over the last seconds; None when it cannot be told yet."""
        if len(self.trail) < 2 or self.trail[-1][0] - self.trail[0][0] < 0.5:
            return None
        span = max(self.trail[-1][0], time.monotonic() - 1.0) - self.trail[0][0]
        return max(0.0, (self.trail[-1][1] - self.trail[0][1]) / span)

    def view(self) -> FileProgress:
        """As it is now."""
        speed, total = self.speed(), self.total or self.entry.size
        left = (total - self.done) / speed if total and speed else None
        return FileProgress(replace(self.entry, error=self.trouble), self.done, total, speed, left)


class Patience:
    """When files that only the network or a missing sign-in stops are tried again.

    Not thread-safe: under the engine's lock.
    """

    def __init__(self) -> None:
        self._due: dict[int, float] = {}
        self._delays: dict[int, float] = {}

    def postpone(self, identity: int, error: DinamisError) -> None:
        """Soon, then less and less often. A missing sign-in waits for somebody to sign in."""
        delay = min(_LONGEST_S, self._delays.get(identity, _FIRST_S / 2) * 2)
        self._delays[identity] = delay
        self._due[identity] = (
            float("inf") if isinstance(error, AuthError) else time.monotonic() + delay
        )

    def forget(self, identity: int) -> None:
        """What failed before does not count any more."""
        self._due.pop(identity, None)
        self._delays.pop(identity, None)

    def begins(self, identity: int) -> None:
        """It is tried now."""
        self._due.pop(identity, None)

    def held(self) -> list[int]:
        """Those whose moment has not come."""
        now = time.monotonic()
        return [identity for identity, due in self._due.items() if due > now]

    def waiting(self) -> list[int]:
        """All that are tried again by themselves, or after a sign-in."""
        return list(self._due)

    def left(self, identity: int) -> float | None:
        """Seconds until one is tried again by itself; None when it is not."""
        due = self._due.get(identity)
        return max(0.0, due - time.monotonic()) if due is not None and due < float("inf") else None

    def soonest(self, most: float) -> float:
        """Seconds until the next of them, at most ``most``."""
        now = time.monotonic()
        return min([due - now for due in self._due.values() if due > now] + [most])
