"""How hard a host may be asked: so many connections at once, fewer when it says it is busy, none
before it says so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dinamis_qgis.core.net.http import Cancel, origin

_POLL_S = 0.1
_RECOVERY_S = 20.0


@dataclass
class _HostLimit:
    limit: int
    used: int = 0
    closed_until: float = 0.0
    changed: float = 0.0


class Hosts:
    """Slots for connections, per origin; thread-safe.

    ``limit`` is the most connections one origin gets.
    """

    def __init__(self, limit: int = 8) -> None:
        self.limit = limit
        self._hosts: dict[str, _HostLimit] = {}
        self._change = threading.Condition()

    def _host(self, url: str) -> _HostLimit:
        return self._hosts.setdefault(origin(url), _HostLimit(self.limit))

    @contextmanager
    def slot(self, url: str, cancel: Cancel) -> Iterator[None]:
        """Hold one connection to the origin of ``url``; waits for its turn. Raises Cancelled."""
        with self._change:
            host = self._host(url)
            while host.used >= host.limit or time.monotonic() < host.closed_until:
                cancel.check()
                self._change.wait(_POLL_S)
            cancel.check()
            host.used += 1
        try:
            yield
        finally:
            with self._change:
                host.used -= 1
                self._change.notify()

    def busy(self, url: str, seconds: float) -> None:
        """The origin says it is busy: nothing more for ``seconds``, then half as many
        connections.
        """
        with self._change:
            host, now = self._host(url), time.monotonic()
            host.closed_until = max(host.closed_until, now + seconds)
            if now - host.changed > 1.0:  # eight connections told at once are told once
                host.limit, host.changed = max(1, host.limit // 2), now

    def reopen(self, url: str) -> None:
        """A person wants it now: what the origin asked to wait for is over."""
        with self._change:
            self._host(url).closed_until = 0.0
            self._change.notify_all()

    def fine(self, url: str) -> None:
        """The origin answered well: after a while it gets one more connection again."""
        with self._change:
            host, now = self._host(url), time.monotonic()
            if host.limit < self.limit and now - host.changed > _RECOVERY_S:
                host.limit, host.changed = host.limit + 1, now
