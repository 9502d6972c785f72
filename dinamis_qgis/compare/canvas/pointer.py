"""The mouse on a comparison: takes the line, turns it, moves the glass; everything else stays with
QGIS's own tools.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QEvent, QObject, QPointF, QSizeF, Qt, QTimer
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QApplication, QGraphicsView

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.compare.shapes import GRAB, LINES, Mode, SwipeState

CALM_MS = 300


class Pointer(QObject):
    """Watches the canvas's viewport; ``moved(state)`` is called with what the person made of it."""

    def __init__(
        self,
        canvas: Any,
        state: Callable[[], SwipeState],
        moved: Callable[[SwipeState], None],
        resized: Callable[[], None],
    ) -> None:
        super().__init__()
        self._canvas = canvas
        self._state = state
        self._moved = moved
        self._resized = resized
        self._held = ""
        self._over = False
        self._usual = canvas.viewportUpdateMode()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._restore)
        canvas.viewport().installEventFilter(self)

    def remove(self) -> None:
        """Let go of the canvas."""
        self._canvas.viewport().removeEventFilter(self)
        self._cursor("")
        self._calm.stop()
        self._restore()

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Takes the mouse only while it holds something."""
        if event is None:
            return False
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._resized()
        elif kind == QEvent.Type.Leave and not self._held:
            self._cursor("")
        elif isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        return False

    def _mouse(self, kind: Any, event: QMouseEvent) -> bool:
        place = QPointF(event.pos())
        if kind == QEvent.Type.MouseMove:
            if self._held:
                self._drag(place)
                return True
            if event.buttons() == Qt.MouseButton.NoButton:
                self._hover(place)
        elif kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._held = self._at(place)
            return bool(self._held)
        elif kind == QEvent.Type.MouseButtonRelease and self._held:
            self._drag(place)
            self._held = ""
            return True
        return False

    def _size(self) -> QSizeF:
        return QSizeF(max(1, self._canvas.width()), max(1, self._canvas.height()))

    def _at(self, place: QPointF) -> str:
        """What can be taken there: ``knob``, ``line`` or nothing."""
        state, size = self._state(), self._size()
        if state.mode not in LINES:
            return ""
        if state.mode is Mode.ANGLE:
            away = place - state.knob(size)
            if math.hypot(away.x(), away.y()) <= GRAB:
                return "knob"
        return "line" if abs(state.distance(place, size)) <= GRAB else ""

    def _hover(self, place: QPointF) -> None:
        state = self._state()
        if state.mode is Mode.SPYGLASS:
            self._put(replace(state, **self._share(place)))
        self._cursor(self._at(place))

    def _drag(self, place: QPointF) -> None:
        state = self._state()
        if self._held == "knob":
            away = place - state.centre(self._size())
            self._put(
                replace(state, angle=round(math.degrees(math.atan2(away.x(), -away.y())) % 360, 1))
            )
        else:
            self._put(replace(state, **self._share(place)))

    def _share(self, place: QPointF) -> dict[str, float]:
        size = self._size()
        return {
            "x": min(1.0, max(0.0, place.x() / size.width())),
            "y": min(1.0, max(0.0, place.y() / size.height())),
        }

    def _put(self, state: SwipeState) -> None:
        """While something moves, the canvas repaints only what changed: it usually repaints
        whole.
        """
        self._canvas.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self._calm.start()
        self._moved(state)

    def _restore(self) -> None:
        self._canvas.setViewportUpdateMode(self._usual)

    def _cursor(self, over: str) -> None:
        """A split cursor over the line, without touching the map tool's own."""
        if bool(over) == self._over:
            return
        self._over = bool(over)
        if not over:
            QApplication.restoreOverrideCursor()
            return
        mode = self._state().mode
        shape = {
            Mode.VERTICAL: Qt.CursorShape.SplitHCursor,
            Mode.HORIZONTAL: Qt.CursorShape.SplitVCursor,
        }.get(mode, Qt.CursorShape.SizeAllCursor)
        QApplication.setOverrideCursor(shape)
