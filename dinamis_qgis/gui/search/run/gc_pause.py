"""Keeping Python itself from holding up the window while ten thousand results come and stay."""

from __future__ import annotations

import gc
import sys

SWITCH_S = 0.001
"""How long a busy worker may keep Python's lock from the window while a search runs (Python's own
default is 5 ms).

QGIS's functions let go of that lock and must get it back: with two workers reading pages, drawing a
map with thirty such calls would stand still for a third of a second.
"""


class Calm:
    """``begin`` and ``end`` around a search, ``settle`` as its results come, ``leave`` when they
    are gone.

    Python's full garbage collections look at every object there is, some 100 ms with ten thousand
    products in memory, and hold everything up meanwhile. What is settled is not looked at again
    until ``leave``.
    """

    def __init__(self) -> None:
        self._before: float | None = None
        self._frozen = False

    def begin(self) -> None:
        """A search starts; the results of the one before are looked at again."""
        self.leave()
        if self._before is None:
            self._before = sys.getswitchinterval()
            sys.setswitchinterval(min(self._before, SWITCH_S))
        self.settle()

    def settle(self) -> None:
        """What is in memory now stays for a while. Takes no time."""
        gc.freeze()
        self._frozen = True

    def end(self) -> None:
        """Python's own pace again."""
        if self._before is not None:
            sys.setswitchinterval(self._before)
            self._before = None

    def leave(self) -> None:
        """Everything is looked at again, as if nothing had been."""
        if self._frozen:
            self._frozen = False
            gc.unfreeze()
