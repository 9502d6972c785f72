"""What QGIS's message bar takes of the top of a map: it lies over it, above whatever else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QEvent, QObject, QPoint

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.guard import contain_faults

_TELLING = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class Headroom(QObject):
    """``changed()`` is called when the message bar comes, goes or gets another size; ``leave()``
    lets go of it.
    """

    def __init__(self, canvas: Any, changed: Callable[[], None]) -> None:
        super().__init__()
        self._canvas, self._changed = canvas, changed
        self._bar = messages.message_bar()
        if self._bar is not None:
            self._bar.installEventFilter(self)

    def taken(self) -> int:
        """Pixels from the upper edge of the map that a message covers now."""
        if (
            self._bar is None
            or not self._bar.isVisible()
            or self._bar.window() is not self._canvas.window()
        ):
            return 0
        below = self._bar.mapToGlobal(QPoint(0, self._bar.height()))
        return max(0, int(self._canvas.mapFromGlobal(below).y()))

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Looks on; takes nothing away."""
        if event is not None and event.type() in _TELLING:
            self._changed()
        return False

    def leave(self) -> None:
        """Nothing is called any more."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.removeEventFilter(self)
