"""The small bars of the search panel: a notice with one button, and what can be done with the selection."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from dinamis_qgis import about
from dinamis_qgis.core.text import tr


class Notice(QFrame):
    """A sentence to know, with at most one button; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        icon = QLabel()
        icon.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(QSize(16, 16)))
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton()
        self.button.clicked.connect(self._clicked)
        self._action: Callable[[], None] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 3, 6, 3)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, text: str, label: str = "", action: Callable[[], None] | None = None, details: str = "") -> None:
        """Show ``text``; empty hides the notice."""
        self.label.setText(text)
        self.setToolTip(details)
        self._action = action
        self.button.setText(label)
        self.button.setVisible(bool(label and action))
        self.setVisible(bool(text))

    def _clicked(self) -> None:
        if self._action:
            self._action()


class SelectionBar(QWidget):
    """Add to the map, download, compare; only icons when the panel is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = _button("addToMapButton", QgsApplication.getThemeIcon("/mActionAddRasterLayer.svg"), tr("Add to the map"))
        self.download = _button("downloadButton", QIcon(about.icon_path("download")), tr("Download…"))
        self.compare = _button("compareButton", QIcon(about.icon_path("swipe")), tr("Compare"))
        self.compare.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 4)
        for button in self.buttons():
            layout.addWidget(button)
        layout.addStretch(1)

    def buttons(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        """From left to right."""
        return self.add, self.download, self.compare

    def set_reasons(self, add: str, download: str, compare: str) -> None:
        """Enable each button, or say in its tool tip why it is not."""
        for button, reason, tip in zip(
            self.buttons(),
            (add, download, compare),
            (
                tr("Add the chosen products to the map (Ctrl+Enter)"),
                tr("Download the chosen products, whole or only what the map shows"),
                tr("Compare two products with a line to drag across the map"),
            ),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason or tip)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Texts where they fit."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        wanted = sum(metrics.horizontalAdvance(b.text()) + 40 for b in self.buttons()) + 12
        fits = event.size().width() >= wanted
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if fits else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.buttons():
            button.setToolButtonStyle(style)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """As narrow as its icons."""
        return QSize(100, super().minimumSizeHint().height())


def _button(name: str, icon: QIcon, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon)
    button.setText(text)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
