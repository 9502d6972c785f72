"""The one dock: account strip above, three tabs below (for relays a fourth), each made when it is
first seen.
"""

from __future__ import annotations

from typing import Any, Callable

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.relay.role import is_relay
from dinamis_qgis.bridge.resume import resume_waiting_work
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.text import tr


def _make_search(context: Context) -> QWidget:
    from dinamis_qgis.gui.locator import note_place
    from dinamis_qgis.gui.search.panel import SearchPanel

    panel = SearchPanel(context)
    panel.searched.connect(lambda: note_place(panel.map.area.chosen_name(), panel._query))
    return panel


def _make_downloads(context: Context) -> QWidget:
    from dinamis_qgis.gui.downloads.panel import DownloadsPanel

    return DownloadsPanel(context)


def _make_requests(context: Context) -> QWidget:
    from dinamis_qgis.gui.requests.panel import RequestsPanel

    return RequestsPanel(context)


def _make_relay(context: Context) -> QWidget:
    from dinamis_qgis.gui.relay.panel import RelayPanel

    return RelayPanel(context)


class DinamisDock(QgsDockWidget):
    """Hosts the panels; ``panel(name)`` gives one of ``search``, ``downloads``, ``requests``,
    ``relay``, making it when needed.
    """

    _MAKERS: dict[str, Callable[[Context], QWidget]] = {
        "search": _make_search,
        "downloads": _make_downloads,
        "requests": _make_requests,
        "relay": _make_relay,
    }

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("DINAMIS", parent)
        self.setObjectName("DinamisDock")
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._context = context
        context.request_wanted.connect(self._show_request)
        self.strip: Any = None
        self.exercises: Any = None
        self._fold: Any = None
        self._panels: dict[str, QWidget] = {}
        self._pages: list[QWidget] = []
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.tabs = pass_wheel_on(QTabWidget())
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(tr("DINAMIS: search, my products, requests"))
        for name, label in (
            ("search", tr("Search")),
            ("downloads", tr("My products")),
            ("requests", tr("Requests")),
            ("relay", ""),
        ):
            page = QWidget()
            page.setObjectName(f"{name}Page")
            page_layout = QVBoxLayout(page)
            page_layout.setContentsMargins(0, 0, 0, 0)
            self._pages.append(page)
            if label:
                self.tabs.addTab(page, label)
        self.tabs.currentChanged.connect(self._make_current)
        self.show_relay()
        context.account_changed.connect(self.show_relay)
        context.options_changed.connect(self.show_relay)
        self._layout.addWidget(self.tabs, 1)
        self.setWidget(body)
        self.setMinimumWidth(300)
        help_key(self, lambda: list(self._MAKERS)[self.tabs.currentIndex()])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """First show: the account strip, the current panel, and the profile."""
        super().showEvent(event)
        if self.strip is None:
            from dinamis_qgis.gui.account.strip import AccountStrip

            self.strip = AccountStrip(self._context)
            self.strip.exercises_wanted.connect(self.show_exercises)
            line = QFrame()
            line.setFrameShape(QFrame.Shape.HLine)
            line.setFrameShadow(QFrame.Shadow.Sunken)
            self._layout.insertWidget(0, self.strip)
            self._layout.insertWidget(1, line)
            self._make_current(self.tabs.currentIndex())
            self._context.when_open(lambda: resume_waiting_work(self._context))

    def show_exercises(self) -> None:
        """The guided exercises above the tabs, where their steps are made."""
        if self.exercises is None:
            from dinamis_qgis.gui.exercises.panel import ExercisesPanel
            from dinamis_qgis.gui.widgets.widgets import Fold

            self.exercises = ExercisesPanel(self._context)
            self._fold = Fold(self.exercises)
            self.exercises.closed.connect(self._fold.hide)
            self._layout.insertWidget(2, self._fold)
        self._fold.show()

    def _show_request(self, request: Any) -> None:
        self.setUserVisible(True)
        self.panel("requests").show_request(request)

    def panel(self, name: str, *, show: bool = True) -> Any:
        """The panel of that name; with ``show`` its tab comes to the front."""
        index = list(self._MAKERS).index(name)
        if name not in self._panels:
            self._panels[name] = self._MAKERS[name](self._context)
            self._pages[index].layout().addWidget(self._panels[name])
            if name in ("search", "relay"):
                self._panels[name].request_wanted.connect(
                    lambda area: self.panel("requests").begin(area)
                )
        if show:
            self.tabs.setCurrentIndex(index)
        return self._panels[name]

    def show_relay(self) -> None:
        """The relay's tab is there for relays only."""
        page = self._pages[-1]
        place, wanted = self.tabs.indexOf(page), is_relay(self._context)
        if wanted and place < 0:
            self.tabs.addTab(page, tr("Relay"))
        elif not wanted and place >= 0:
            self.tabs.removeTab(place)

    def sign_in(self) -> None:
        """Bring the dock up and start signing in."""
        self.setUserVisible(True)
        if self.strip is not None:
            self.strip.sign_in()

    def _make_current(self, index: int) -> None:
        if self.strip is not None:
            self.panel(list(self._MAKERS)[index])
