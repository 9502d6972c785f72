"""What lies on the map above imagery: a frame with a ground of its own."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QFrame, QLabel


class Ground(QFrame):
    """A frame that stays readable: QGIS's dark themes make frames transparent and give labels, not the palette, a light colour."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The ground, then the frame."""
        label = self.findChild(QLabel)
        light = label is not None and label.palette().color(QPalette.ColorRole.WindowText).lightness() > 128
        QPainter(self).fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base if light else QPalette.ColorRole.Window))
        super().paintEvent(event)
