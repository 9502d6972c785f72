"""Failures of a transfer: how many in a row, when the next try may begin, when it is hopeless."""

from __future__ import annotations

import time
from typing import Protocol

from dinamis_qgis.core.net.backoff import backoff_s

_PROGRESS = 64 * 1024
"""So many bytes beyond the last failure make the next one the first."""


class RetryLimits(Protocol):
    """The part of the rules that concerns failures."""

    @property
    def tries(self) -> int: ...

    @property
    def backoff_s(self) -> float: ...

    @property
    def longest_backoff_s(self) -> float: ...

    @property
    def longest_wait_s(self) -> float: ...


class Tries:
    """Not thread-safe: used under the transfer's lock."""

    def __init__(self, limits: RetryLimits) -> None:
        self._limits = limits
        self.failures = 0
        self.hopeless = False
        """No further try makes sense."""
        self._reached = 0
        """The most that was ever on disk: only what goes beyond counts as going on."""
        self._not_before = 0.0
        self._refused: set[str] = set()

    def pause(self) -> float:
        """Seconds until the next try; 0 or less: now."""
        return self._not_before - time.monotonic()

    def at_once(self) -> None:
        """A person asks for it: no waiting, and all tries anew."""
        self.failures, self._not_before = 0, 0.0

    def failed(self, reached: int, wait: float | None) -> bool:
        """One more, ``reached`` bytes being there, the server asking for ``wait`` seconds.

        False for another of the same volley.
        """
        if self.pause() > 0:
            return False
        if reached >= self._reached + _PROGRESS:
            self.failures, self._reached = 0, reached
        self.failures += 1
        if wait is None:
            wait = backoff_s(self.failures, self._limits.backoff_s, self._limits.longest_backoff_s)
        self.hopeless = self.failures > self._limits.tries or wait > self._limits.longest_wait_s
        self._not_before = time.monotonic() + wait
        return True

    def refused(self, url: str) -> tuple[bool, bool]:
        """A signed address that does not open: was it known to be so, and is a new signature still
        worth a try?
        """
        known = url in self._refused
        self._refused.add(url)
        return known, len(self._refused) <= 2

    def accepted(self) -> None:
        """One did open."""
        self._refused.clear()
