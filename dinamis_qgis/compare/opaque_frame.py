"""What lies on the map above imagery: a frame with a ground of its own."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QApplication, QFrame

from dinamis_qgis.bridge.guard import contain_faults


class OpaqueFrame(QFrame):
    """A frame that stays readable: the style sheets of QGIS's themes make frames transparent.

    The ground is the application's ``Base``: the one role of its palette on which these themes'
    labels can be read.
    """

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The ground, then the frame."""
        QPainter(self).fillRect(self.rect(), QApplication.palette().color(QPalette.ColorRole.Base))
        super().paintEvent(event)
