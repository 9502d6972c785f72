"""Requests that could not leave yet: when to try again by itself, less and less often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dinamis_qgis.core.tasking.model import READY, SENDING, Request, now

FIRST_S, LAST_S = 30.0, 900.0
TRAINING_FIRST_S, TRAINING_LAST_S = 2.0, 20.0


class Waiting:
    """Remembers the next try of each: only what the person has confirmed (``queued``), or was on the wire already."""

    def __init__(self, *, training: bool = False) -> None:
        self._first, self._last = (TRAINING_FIRST_S, TRAINING_LAST_S) if training else (FIRST_S, LAST_S)
        self._next: dict[str, tuple[datetime, float]] = {}

    def hurry(self) -> None:
        """Something has changed: try all at once."""
        self._next.clear()

    def due(self, requests: Iterable[Request], account: str, busy: frozenset[str]) -> list[Request]:
        """Those whose time has come, of this account or of none yet; each is put off until its next time."""
        moment, found = now(), []
        for request in requests:
            waits = request.state == SENDING or (request.state == READY and request.queued)
            if not waits or request.account not in ("", account) or request.reference in busy:
                continue
            when, pause = self._next.get(request.reference, (moment, self._first))
            if when <= moment:
                self._next[request.reference] = (moment + timedelta(seconds=pause), min(self._last, pause * 2))
                found.append(request)
        return found
