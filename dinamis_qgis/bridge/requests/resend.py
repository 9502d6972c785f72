"""Requests that could not leave yet: when to try again by itself, less and less often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.tasking.model import Request, now_utc
from dinamis_qgis.core.tasking.register.owner import leaves_by_itself

FIRST_S, LAST_S = 30.0, 900.0
TRAINING_FIRST_S, TRAINING_LAST_S = 2.0, 20.0


class Waiting:
    """Remembers the next try of each: only what this very person has confirmed, or had on the wire
    already.
    """

    def __init__(self, *, training: bool = False) -> None:
        self._first, self._last = (
            (TRAINING_FIRST_S, TRAINING_LAST_S) if training else (FIRST_S, LAST_S)
        )
        self._next: dict[str, tuple[datetime, float]] = {}

    def hurry(self) -> None:
        """Something has changed: try all at once."""
        self._next.clear()

    def due(
        self, requests: Iterable[Request], account: Account, busy: frozenset[str]
    ) -> list[Request]:
        """Those of this account whose time has come; each is put off until its next time."""
        moment, found = now_utc(), []
        for request in requests:
            if request.reference in busy or not leaves_by_itself(request, account):
                continue
            when, pause = self._next.get(request.reference, (moment, self._first))
            if when <= moment:
                self._next[request.reference] = (
                    moment + timedelta(seconds=pause),
                    min(self._last, pause * 2),
                )
                found.append(request)
        return found
