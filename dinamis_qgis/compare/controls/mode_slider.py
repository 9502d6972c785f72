"""The one number of a way of comparing: the line's angle, the glass's size, the rate of blinking,
the opacity.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QSlider

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.shapes import Mode, SwipeState
from dinamis_qgis.core.text import tr


class ModeSlider(QSlider):
    """Drives ``comparison``; idle in the ways that have no number."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._comparison = comparison
        self.setMinimumWidth(50)
        self.setMaximumWidth(90)
        self.valueChanged.connect(self._slid)
        pass_wheel_on(self)

    def follow(self, state: SwipeState) -> None:
        """Show the number as it is."""
        found = {
            Mode.ANGLE: (0, 359, round(state.angle), tr("Angle of the line")),
            Mode.SPYGLASS: (40, 500, round(state.radius), tr("Size of the glass")),
            Mode.BLINK: (2, 80, round(state.rate * 10), tr("Changes a second")),
            Mode.OPACITY: (0, 100, round(state.opacity * 100), tr("Opacity of the second image")),
        }.get(state.mode)
        self.setEnabled(found is not None)
        self.blockSignals(True)
        low, high, value, name = found or (0, 1, 0, "")
        self.setRange(low, high)
        self.setValue(value)
        self.setToolTip(as_plain(name))
        self.setAccessibleName(name)
        self.blockSignals(False)

    def _slid(self, value: int) -> None:
        state = self._comparison.state
        changed: dict[str, Any] = {
            Mode.ANGLE: {"angle": float(value)},
            Mode.SPYGLASS: {"radius": float(value)},
            Mode.BLINK: {"rate": value / 10},
            Mode.OPACITY: {"opacity": value / 100},
        }.get(state.mode, {})
        self._comparison.show_state(replace(state, **changed))
