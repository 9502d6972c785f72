"""Two buttons QGIS lacks: one whose text gives way to a narrow panel, one that carries a number."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPainter, QPaintEvent, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QWidget

from dinamis_qgis.bridge.guard import contain_faults


class ElidedButton(QToolButton):
    """A menu's button; its text is cut where there is no room, whole in the tool tip."""

    def __init__(self, icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self._full = self._short = self._hint = ""

    def set_full_text(self, text: str, short: str = "") -> None:
        """The text; where it does not fit, ``short``, cut as needed."""
        self._full, self._short = text, short or text
        self.setAccessibleName(text)
        self._cut()

    def set_hint(self, hint: str) -> None:
        """The tool tip's second line."""
        self._hint = hint
        self._cut()

    def full_text(self) -> str:
        """The text uncut."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """As much text as fits."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics = self.fontMetrics()
        room = max(10, self.width() - self.iconSize().width() - metrics.height() - 8)
        fits = metrics.horizontalAdvance(self._full) <= room
        text = metrics.elidedText(
            self._full if fits else self._short, Qt.TextElideMode.ElideRight, room
        ).replace("&", "&&")
        if text != self.text():
            self.setText(text)
        self.setToolTip("\n".join(x for x in (self._full, self._hint) if x))


class BadgeButton(QToolButton):
    """An icon with a menu and, when there is something new, a small number on it."""

    def __init__(self, icon: QIcon, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.count = 0
        self._text = text
        self.set_badge(0, "")

    def set_badge(self, count: int, hint: str) -> None:
        """``count`` new things, ``hint`` says which; 0 for none."""
        self.count = count
        self.setToolTip(hint or self._text)
        self.setAccessibleName(f"{self._text}, {hint}" if hint else self._text)
        self.update()

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Room for the number."""
        size = super().sizeHint()
        return QSize(size.width() + self.fontMetrics().height() // 2, size.height())

    @contain_faults()
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """The number in the upper right corner."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(max(8, int(self.fontMetrics().height() * 0.55)))
        font.setBold(True)
        painter.setFont(font)
        text = str(self.count) if self.count < 100 else "99+"
        high = painter.fontMetrics().height()
        wide = max(high, painter.fontMetrics().horizontalAdvance(text) + 6)
        badge = QRectF(self.width() - wide - 1, 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(badge, high / 2, high / 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
