"""The small bars of the search panel: a notice with one button, and what can be done with the
selection.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dinamis_qgis import about
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.text import tr

SHORT = 50
"""Characters of a notice beside which its button still fits."""


class SearchNotice(QFrame):
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
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.fold = QToolButton()
        self.fold.setText(tr("Details"))
        self.fold.setCheckable(True)
        self.fold.setAutoRaise(True)
        self.fold.toggled.connect(self.details.setVisible)
        self._action: Callable[[], None] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 3, 6, 3)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.label, 0, 1)
        self._grid.addWidget(self.fold, 2, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self.details, 3, 1, 1, 2)
        self.hide()

    def say(
        self,
        text: str,
        label: str = "",
        action: Callable[[], None] | None = None,
        details: str = "",
    ) -> None:
        """Show ``text``, and ``details`` folded; empty hides the notice."""
        if not details or details != self.details.text():
            self.fold.setChecked(False)
        self.details.setText(details)
        self.details.setVisible(self.fold.isChecked())
        self.fold.setVisible(bool(details))
        self.label.setText(text)
        self.setToolTip(as_plain(details))
        self._action = action
        self.button.setText(label)
        self._grid.removeWidget(self.button)
        place = (1, 1) if len(text) > SHORT else (0, 2)
        self._grid.addWidget(
            self.button, *place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )
        self.button.setVisible(bool(label and action))
        self.setVisible(bool(text))

    def _clicked(self) -> None:
        if self._action:
            self._action()


class MoreBar(QFrame):
    """There is more than the list shows: the next ones, or all."""

    more_wanted = pyqtSignal()
    all_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.more, self.all = QToolButton(), QToolButton()
        self.more.setText(tr("Load more"))
        self.more.setObjectName("loadMoreButton")
        self.all.setText(tr("Load all"))
        self.all.setObjectName("loadAllButton")
        self.more.clicked.connect(lambda _=False: self.more_wanted.emit())
        self.all.clicked.connect(lambda _=False: self.all_wanted.emit())
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 4, 2)
        line.addWidget(self.label, 1)
        line.addWidget(self.more)
        line.addWidget(self.all)
        self.hide()

    def say(self, count: int, sorted_here: bool = False) -> None:
        """The list stops after ``count`` products; 0 when it is whole.

        ``sorted_here``: those left out could be before them.
        """
        text = tr("%n loaded, sorted here", n=count) if sorted_here else tr("%n loaded", n=count)
        hint = (
            tr(
                "The service cannot sort this way: load all to be sure that the first are the "
                "first."
            )
            if sorted_here
            else text
        )
        self.label.setText(text)
        self.label.setToolTip(as_plain(hint))
        self.setVisible(bool(count))


class ThinProgress(QProgressBar):
    """Something is going on: a thin line whose place is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(3)
        self.setAccessibleName(tr("Search running"))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()


class SelectionBar(QWidget):
    """Add to the map, download, compare; only icons when the panel is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = _bar_button(
            "addToMapButton",
            QgsApplication.getThemeIcon("/mActionAddRasterLayer.svg"),
            tr("Add to the map"),
        )
        self.download = _bar_button(
            "downloadButton", QIcon(about.icon_path("download")), tr("Download…")
        )
        self.compare = _bar_button("compareButton", QIcon(about.icon_path("swipe")), tr("Compare"))
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
            button.setToolTip(as_plain(reason or tip))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Texts where they fit, the first button's first."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        room = event.size().width() - 12 - 32 * len(self.buttons())
        for button in self.buttons():
            room -= metrics.horizontalAdvance(button.text()) + 6
            style = (
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if room >= 0
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            button.setToolButtonStyle(style)

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """As narrow as its icons."""
        return QSize(100, super().minimumSizeHint().height())


def _bar_button(name: str, icon: QIcon, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon)
    button.setText(text)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
