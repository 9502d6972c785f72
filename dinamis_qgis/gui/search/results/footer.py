"""The line below the results: how many, how they are sorted, how many are chosen, and what else can
be done with them.
"""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QAction,
    QActionGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dinamis_qgis import about
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.model import SortOrder
from dinamis_qgis.core.catalogue.order import BEST_FIRST, BY, order_label
from dinamis_qgis.core.text import tr


class Footer(QWidget):
    """Sort button, plan button, and a menu; ``status`` is a label with links."""

    order_wanted = pyqtSignal(object)
    grouped_wanted = pyqtSignal(bool)
    plan_wanted = pyqtSignal()
    preview_wanted = pyqtSignal()
    export_wanted = pyqtSignal(bool)
    """Export the footprints: True into the project, False to a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order = SortOrder()
        self.status = QLabel()
        self.status.setObjectName("searchStatus")
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        flags = Qt.TextInteractionFlag
        self.status.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        )
        self.sort_button = _footer_button("sortButton", None, tr("Sort"))
        self.plan_button = _footer_button(
            "planButton", QIcon(about.icon_path("coverage-plan")), tr("Coverage plan")
        )
        self.plan_button.setToolTip(
            tr("Coverage plan: the fewest scenes that cover the area best, and what they leave out")
        )
        self.plan_button.clicked.connect(self.plan_wanted)
        self.more_button = _footer_button(
            "moreButton", QgsApplication.getThemeIcon("/mActionOptions.svg"), tr("More")
        )
        self._fill_sort()
        self._fill_more()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(self.status, 1)
        for button in (self.sort_button, self.plan_button, self.more_button):
            layout.addWidget(button)
        self.set_order(SortOrder(), False)

    def set_order(self, order: SortOrder, grouped: bool) -> None:
        """Show how the list is sorted."""
        self.order = order
        self._by[order.by].setChecked(True)
        (self._down if order.descending else self._up).setChecked(True)
        self.group_action.setChecked(grouped)
        self._say()

    def _say(self) -> None:
        arrow = "↓" if self.order.descending else "↑"
        whole = tr("Sorted by {criterion}").format(criterion=order_label(self.order.by).lower())
        short = f"{_short_order(self.order.by)} {arrow}"
        full = f"{tr('sort:')} {short.lower()}"
        room = self.width() - self.status.sizeHint().width() - 4 * self.fontMetrics().height()
        fits = self.fontMetrics().horizontalAdvance(full) + self.fontMetrics().height() < room
        self.sort_button.setText(full if fits else short)
        way = tr("descending") if self.order.descending else tr("ascending")
        self.sort_button.setToolTip(f"{whole}, {way}")
        self.sort_button.setAccessibleName(f"{whole}, {way}")

    def set_results(self, count: int, chosen: int) -> None:
        """What can be done with so many products."""
        self.status.setToolTip(self.status.text())
        self._say()
        for action in self._with_results:
            action.setEnabled(bool(count))
        self.plan_button.setEnabled(bool(count))
        self.preview_action.setEnabled(bool(chosen))
        self.setVisible(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """More words where there is room."""
        super().resizeEvent(event)
        self._say()

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """The label gives way first."""
        return QSize(200, super().minimumSizeHint().height())

    def _fill_sort(self) -> None:
        menu = QMenu(self)
        criteria, ways = QActionGroup(menu), QActionGroup(menu)
        self._by = {by: _checkable_action(menu, order_label(by), criteria) for by in BY}
        menu.addSeparator()
        self._up, self._down = (
            _checkable_action(menu, tr("Ascending"), ways),
            _checkable_action(menu, tr("Descending"), ways),
        )
        menu.addSeparator()
        self.group_action = _checkable_action(menu, tr("Group by pass"))
        self.group_action.setToolTip(
            tr("Same satellite, same day: one card that opens on the others")
        )
        menu.setToolTipsVisible(True)
        for by, action in self._by.items():
            action.triggered.connect(lambda _=False, b=by: self._want(SortOrder(b, BEST_FIRST[b])))
        self._up.triggered.connect(lambda _=False: self._want(SortOrder(self.order.by, False)))
        self._down.triggered.connect(lambda _=False: self._want(SortOrder(self.order.by, True)))
        self.group_action.triggered.connect(self.grouped_wanted)
        self.sort_button.setMenu(menu)

    def _fill_more(self) -> None:
        menu = QMenu(self)
        self.preview_action = menu.addAction(tr("Preview on the map (Space)"))
        self.preview_action.triggered.connect(lambda _=False: self.preview_wanted.emit())
        menu.addSeparator()
        self.plan_action = menu.addAction(tr("Coverage plan"))
        self.plan_action.triggered.connect(lambda _=False: self.plan_wanted.emit())
        menu.addSeparator()
        self.to_project_action = menu.addAction(tr("Add the footprints to the project"))
        self.to_project_action.triggered.connect(lambda _=False: self.export_wanted.emit(True))
        self.to_file_action = menu.addAction(tr("Export the footprints…"))
        self.to_file_action.triggered.connect(lambda _=False: self.export_wanted.emit(False))
        self._with_results = (self.plan_action, self.to_project_action, self.to_file_action)
        self.more_button.setMenu(menu)

    def _want(self, order: SortOrder) -> None:
        self.order_wanted.emit(order)


def _short_order(by: str) -> str:
    """What the list is sorted by, in a word."""
    words = {"cloud": tr("Clouds"), "coverage": tr("Coverage"), "incidence": tr("Angle")}
    return words.get(by) or order_label(by)


def _checkable_action(menu: QMenu, text: str, group: QActionGroup | None = None) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    if group is not None:
        group.addAction(action)
    return action


def _footer_button(name: str, icon: QIcon | None, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAutoRaise(True)
    button.setAccessibleName(text)
    button.setToolTip(text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    if icon is not None:
        button.setIcon(icon)
    return button
