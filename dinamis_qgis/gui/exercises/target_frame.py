"""Lights the widget that a gesture is made on."""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, QRect, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QWidget

from dinamis_qgis.bridge.guard import contain_faults

_COLOUR = QColor(230, 110, 0)
"""Seen on light and dark themes, and on imagery."""
_WIDTH = 3


class TargetFrame(QWidget):
    """A frame over a widget.

    As a child of it the frame moves, hides and ends with it, and lets the mouse through.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self.setObjectName("exerciseTargetFrame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._follow()
        self.show()

    @property
    def target(self) -> QWidget | None:
        """The widget that is lit."""
        return self.parentWidget()

    def remove(self) -> None:
        """Leave the widget as it was."""
        target = self.parentWidget()
        if target is not None:
            target.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    @contain_faults(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """The widget has another size, or another child above the frame."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        return super().eventFilter(watched, event)

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The frame, and nothing inside it."""
        painter = QPainter(self)
        pen = QPen(_COLOUR, _WIDTH)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        half = _WIDTH // 2
        painter.drawRect(QRect(self.rect()).adjusted(half, half, -half - 1, -half - 1))

    def _follow(self) -> None:
        target = self.parentWidget()
        if target is not None:
            self.setGeometry(target.rect())
            self.raise_()


def is_alive(frame: TargetFrame | None) -> bool:
    """Whether a frame is still there: it ends with its widget."""
    return frame is not None and not sip.isdeleted(frame)
