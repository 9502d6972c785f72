"""Searching along with the map: once it is still, and only when it shows another place."""

from __future__ import annotations

import time
from typing import Any

from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

SETTLE_MS = 600
"""How long the map must be still."""
PACE_S = 1.5
"""Searches begin no closer together than this."""
SAME = 0.85
"""Share that the old and the new view have in common above which they count as the same place."""


class Follow(QObject):
    """``moved`` when the map, being followed, shows another place than the one last ``seen``."""

    moved = pyqtSignal()

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._on = False
        self._seen: QgsRectangle | None = None
        self._crs = ""
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._settled)
        canvas.extentsChanged.connect(self._changed)

    def set_on(self, on: bool) -> None:
        """Follow from now on, beginning with what the map shows; or no longer."""
        self._on = on
        self._timer.stop()
        if on:
            self._changed()

    def saw(self) -> None:
        """What the map shows now has just been searched."""
        self._seen = QgsRectangle(self._canvas.extent())
        self._crs = self._canvas.mapSettings().destinationCrs().authid()
        self._last = time.monotonic()

    def forget(self) -> None:
        """Something else than what the map shows has been searched."""
        self._seen = None

    def remove(self) -> None:
        """No longer listen to the map."""
        self._on = False
        self._timer.stop()
        self._canvas.extentsChanged.disconnect(self._changed)

    def _changed(self) -> None:
        if self._on:
            rest = self._last + PACE_S - time.monotonic() if self._seen is not None else 0.0
            self._timer.start(max(SETTLE_MS, int(rest * 1000)))

    def _settled(self) -> None:
        if not self._on or self._same():
            return
        self.moved.emit()

    def _same(self) -> bool:
        if self._seen is None or self._crs != self._canvas.mapSettings().destinationCrs().authid():
            return False
        return overlap_share(self._seen, self._canvas.extent()) > SAME


def overlap_share(one: QgsRectangle, other: QgsRectangle) -> float:
    """What two rectangles have in common, as a share of what they cover together."""
    common = one.intersect(other)
    both = 0.0 if common.isEmpty() else common.width() * common.height()
    union = one.width() * one.height() + other.width() * other.height() - both
    return both / union if union > 0 else 0.0
