"""A slow line, simulated: delay before every answer, bandwidth per connection."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class NetworkLine:
    """``rtt`` in seconds, ``rate`` in bytes per second and per connection; 0 means as fast as the
    machine.
    """

    rtt: float = 0.0
    rate: float = 0.0

    @classmethod
    def of(cls, rtt_ms: float, rate_mbit: float) -> NetworkLine:
        """From the units of the command line. Raises ValueError on a negative value."""
        if rtt_ms < 0 or rate_mbit < 0:
            raise ValueError("--rtt-ms and --rate-mbit take a value of 0 or more.")
        return cls(rtt_ms / 1000.0, rate_mbit * 1e6 / 8.0)


class Pace:
    """The line of one connection. Waiting ends at once when ``stopping`` is set."""

    def __init__(self, line: NetworkLine, stopping: threading.Event) -> None:
        self.line = line
        self.stopping = stopping
        self._free_at = 0.0

    @property
    def chunk(self) -> int:
        """Bytes to hand over at a time: about 10 ms of the line, so that the flow is even."""
        return max(1024, min(65536, int(self.line.rate / 100))) if self.line.rate else 1 << 20

    def wait(self, seconds: float) -> None:
        """Sleep, unless the service stops. Raises ConnectionAbortedError when it does."""
        if seconds > 0 and self.stopping.wait(seconds):
            raise ConnectionAbortedError("The service is stopping.")

    def round_trip(self) -> None:
        """The delay of one exchange."""
        self.wait(self.line.rtt)

    def pass_bytes(self, count: int) -> None:
        """Wait until ``count`` more bytes have had the time to go through the line."""
        if not self.line.rate:
            return
        now = time.monotonic()
        late = (
            now - self._free_at
        )  # a timer a little late is made up for; a pause of the client is not
        self._free_at = (self._free_at if late < 0.02 else now) + count / self.line.rate
        self.wait(self._free_at - now)
