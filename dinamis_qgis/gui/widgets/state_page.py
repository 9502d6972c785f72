"""The faces of the panel when there is no list to show: first use, nothing found, an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

Choice = tuple[str, Callable[[], None]]


class StatePage(QWidget):
    """A title, a sentence, and what one can do; the first choice is a push button of its own
    width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchState")
        self.title, self.text = QLabel(), QLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        for label in (self.title, self.text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        for label in (self.title, self.text):
            label.setForegroundRole(QPalette.ColorRole.Text)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.addStretch(2)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.text)
        self._layout.addSpacing(8)
        self._choices = QVBoxLayout()
        self._layout.addLayout(self._choices)
        self._layout.addStretch(3)
        self.buttons: list[QPushButton] = []

    def show_state(self, title: str, text: str = "", choices: Sequence[Choice] = ()) -> None:
        """Another face."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        for button in self.buttons:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for label, action in choices:
            button = QPushButton(label)
            button.clicked.connect(lambda _=False, act=action: act())
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._choices.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.buttons.append(button)
