"""The keys of a comparison: digits choose the way, X swaps, Alt and arrows step through the dates,
arrows move the line, Esc ends.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.gui import QgsMapToolIdentify, QgsMapToolPan, QgsMapToolZoom
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent

from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.shapes import LINES, Mode

DIGITS = ("1&", "2é", '3"', "4'", "5(", "6-", "7è")
"""The keys of the modes, with and without shift on a French keyboard."""
NUDGE = 0.01
"""Share of the view that an arrow moves the line by."""


def keys_are_free(canvas: Any) -> bool:
    """Whether the map's tool has no use for plain keys: while a person draws, edits or measures
    they are that tool's.
    """
    tool = canvas.mapTool()
    return tool is None or isinstance(tool, (QgsMapToolPan, QgsMapToolZoom, QgsMapToolIdentify))


def handle_key(comparison: Comparison, event: QKeyEvent, arrows: bool = True) -> bool:
    """Do what a key says; False when it says nothing here.

    ``arrows`` are someone else's when False.
    """
    key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier):
        return False
    sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    if alt and key in sides:
        which = 0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        comparison.step(which, sides[Qt.Key(key)])
        return True
    text = event.text().lower()
    number = next((k for k, keys in enumerate(DIGITS) if text and text in keys), None)
    if number is not None:
        comparison.set_mode(list(Mode)[number])
        return True
    if text == "x":
        comparison.swap()
        return True
    if key == Qt.Key.Key_Escape:
        comparison.remove()
        return True
    return arrows and not alt and _nudge_line(comparison, key)


def _nudge_line(comparison: Comparison, key: int) -> bool:
    moves = {
        Qt.Key.Key_Left: (-NUDGE, 0.0),
        Qt.Key.Key_Right: (NUDGE, 0.0),
        Qt.Key.Key_Up: (0.0, -NUDGE),
        Qt.Key.Key_Down: (0.0, NUDGE),
    }
    move = next((move for known, move in moves.items() if known == key), None)
    state = comparison.state
    if move is None or state.mode not in LINES:
        return False
    x, y = (min(1.0, max(0.0, at + by)) for at, by in zip((state.x, state.y), move))
    comparison.show_state(replace(state, x=x, y=y))
    return True
