"""Faults on demand, for tests: what a client must survive, produced by the real server.

    service.faults.add(Fault("/stac/search", status=500, times=2))             # two errors, then
    well again
    service.faults.add(Fault("/signing/.*", status=429, headers={"Retry-After": "1"}))
    service.faults.add(Fault("/stac/.*", body=b"<html>{", times=1))            # garbage with status
    200
    service.faults.add(Fault("/storage/.*", cut_after=1000))                   # whole headers, 1000
    bytes, then closed
    service.faults.add(Fault("/stapi/.*", method="POST", drop=True))          # done by the service,
    answer lost
    service.faults.add(Fault(".*", refuse=True))                               # closed before
    anything is done
    service.faults.add(Fault("/storage/.*", delay=2.0))                        # slow, then the true
    answer
    service.faults.clear()

A rule with ``status`` or ``body`` replaces the answer; without them the true answer is made, then
damaged. The first rule that matches wins.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Fault:
    """One rule; ``pattern`` is matched in full against the decoded path, ``times`` None means until
    cleared.
    """

    pattern: str
    method: str | None = None
    status: int | None = None
    body: bytes | None = None
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    drop: bool = False
    refuse: bool = False
    delay: float = 0.0
    times: int | None = None

    @property
    def replaces(self) -> bool:
        """Whether the answer is the rule's own."""
        return self.status is not None or self.body is not None


class Faults:
    """The rules in force; safe to change while the service runs."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force, after those already there."""
        re.compile(fault.pattern)
        with self._lock:
            self._rules.append(fault)
        return fault

    def clear(self) -> None:
        """Back to a healthy service."""
        with self._lock:
            self._rules.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The rule that strikes this request, counted down."""
        with self._lock:
            for fault in self._rules:
                if fault.method not in (None, method) or not re.fullmatch(fault.pattern, path):
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._rules.remove(fault)
                return fault
        return None
