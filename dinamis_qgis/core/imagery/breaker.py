"""A circuit breaker per host: once a host is known to be gone, everybody is told at once instead of
waiting for time-outs.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import DinamisError, NetworkError
from dinamis_qgis.core.net.http import public_url
from dinamis_qgis.core.text import tr

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0


@dataclass
class _BreakerHost:
    failures: int = 0
    pause: float = 0.0
    until: float = 0.0
    """``time.monotonic`` of the next probe; 0 while closed."""
    probing: bool = False
    why: DinamisError | None = None


class Breaker:
    """Opens after ``threshold`` failures in a row; lets one probe through after a pause that
    doubles up to a minute.
    """

    def __init__(self, threshold: int = 2, first_pause_s: float = FIRST_PAUSE_S) -> None:
        self._threshold = threshold
        self._first_pause = first_pause_s
        self._hosts: dict[str, _BreakerHost] = {}
        self._lock = threading.Lock()

    def enter(self, url: str) -> None:
        """Before a request.

        Raises NetworkError (code ``offline``) at once while the host is considered gone.
        """
        with self._lock:
            host = self._host(url)
            if not host.until:
                return
            if time.monotonic() >= host.until and not host.probing:
                host.probing = True
                return
            why = host.why
        raise NetworkError(
            why.message
            if why
            else tr("“{host}” does not answer.").format(host=urlsplit(url).hostname or "?"),
            tr("What was already seen stays visible; the rest comes back with the network."),
            code="offline",
            details=f"{public_url(url)}: circuit open ({why.code if why else '?'})",
        )

    def good(self, url: str) -> None:
        """The host answered."""
        with self._lock:
            self._hosts.pop(urlsplit(url).netloc, None)

    def bad(self, url: str, why: DinamisError) -> None:
        """The host did not answer, or only with errors of its own."""
        with self._lock:
            host = self._host(url)
            host.failures += 1
            host.why = why
            if host.probing or host.failures >= self._threshold:
                host.pause = min(
                    LONGEST_PAUSE_S, host.pause * 2 if host.pause else self._first_pause
                )
                host.until = time.monotonic() + host.pause
            host.probing = False

    def leave(self, url: str) -> None:
        """The request ended without telling anything about the host (cancelled)."""
        with self._lock:
            self._host(url).probing = False

    def is_open(self, url: str) -> bool:
        """True while ``enter`` would refuse."""
        with self._lock:
            host = self._hosts.get(urlsplit(url).netloc)
            return bool(host and host.until and (host.probing or time.monotonic() < host.until))

    def reset(self) -> None:
        """The person asked to try again: forget every failure."""
        with self._lock:
            self._hosts.clear()

    def _host(self, url: str) -> _BreakerHost:
        return self._hosts.setdefault(urlsplit(url).netloc, _BreakerHost())
