"""The whole plugin in a shown window, used the way a person does: buttons, keys, the map, what is
on screen.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import code

# A process of its own: its work must not count as ours.
_SERVICE = """
import json, sys
from pathlib import Path
from dinamis_qgis.sandbox.service import Options, start_service
options = Options(port=0, small=True, auto_approve="technicien", device_interval=0.2, data=Path(sys.argv[1]), rtt_ms=float(sys.argv[2]),
                  days_per_second=20)
with start_service(options) as service:
    print(json.dumps({"profile": str(service.profile_path)}), flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def far_service(data: Path, rtt_ms: int) -> Iterator[str]:
    """The profile file of a training service in a process of its own that answers after
    ``rtt_ms``.
    """
    command = [sys.executable, "-c", _SERVICE, str(data), str(rtt_ms)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=code.ROOT, text=True
    ) as process:
        assert process.stdout and process.stdin
        yield json.loads(process.stdout.readline())["profile"]
        process.stdin.close()


def visible(name: str) -> Any:
    """The visible widget of that object name, in any window; None."""
    from qgis.PyQt.QtWidgets import QApplication, QWidget

    for top in QApplication.topLevelWidgets():
        for widget in ([top] if top.objectName() == name else []) + top.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
    return None


class Window:
    """The plugin and the person in front of it."""

    def __init__(self, plugin: Any, iface: Any, wait: Callable[..., None]) -> None:
        self.plugin, self.iface, self._wait = plugin, iface, wait

    @property
    def context(self) -> Any:
        return self.plugin.context

    @property
    def dock(self) -> Any:
        return self.plugin.dock

    def wait(self, condition: Callable[[], object], seconds: float = 60, what: str = "") -> None:
        """Run Qt's events until ``condition()``, or fail with what is on screen."""
        try:
            self._wait(condition, seconds=seconds, what=what)
        except pytest.fail.Exception as error:
            from dinamis_qgis.bridge import messages

            log = "\n".join(messages.recent_lines()[-12:])
            pytest.fail(f"{error}; on screen:\n{self.said()}\nlog:\n{log}")

    # what is on screen
    def find(self, name: str) -> Any:
        """As ``visible``."""
        return visible(name)

    def said(self) -> str:
        """Everything that can be read in the message bar and in the dock now."""
        from qgis.PyQt.QtCore import Qt
        from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QListView, QTextBrowser

        places = [self.iface.messageBar(), self.dock]
        texts = []
        for place in places:
            texts += [
                w.text()
                for kind in (QLabel, QAbstractButton)
                for w in place.findChildren(kind)
                if w.isVisible()
            ]
            texts += [w.toPlainText() for w in place.findChildren(QTextBrowser) if w.isVisible()]
            texts += [getattr(item, "text", str)() for item in getattr(place, "items", list)()]
        for view in self.dock.findChildren(QListView):
            if view.isVisible():
                rows = range(view.model().rowCount())
                texts += [
                    str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "")
                    for row in rows
                ]
        return "\n".join(t for t in texts if t)

    def layers(self) -> list[Any]:
        """The layers that came from the catalogue."""
        from qgis.core import QgsProject

        return [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if layer.customProperty("dinamis/item")
        ]

    # what a person does
    def click(self, name: str, seconds: float = 60) -> None:
        """Click a button as soon as it is there and usable, scrolled to where a form is long."""
        from qgis.PyQt.QtCore import Qt
        from qgis.PyQt.QtTest import QTest
        from qgis.PyQt.QtWidgets import QScrollArea

        def usable() -> bool:
            widget = self.find(name)
            if widget is None or not widget.isEnabled():
                return False
            above = widget.parentWidget()
            while above is not None and not above.isWindow():
                if isinstance(above, QScrollArea):
                    above.ensureWidgetVisible(widget)
                above = above.parentWidget()
            return not widget.visibleRegion().isEmpty()

        self.wait(usable, seconds=seconds, what=f"the button {name}")
        widget = self.find(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def tab(self, name: str) -> Any:
        """The panel of that name, in front."""
        return self.dock.panel(name)

    def sign_in(self) -> None:
        """As ``technicien``, whom the service approves by itself."""
        self.click("accountButton")
        self.wait(lambda: self.context.account, seconds=60, what="the account")

    def search(self) -> Any:
        """Search what the map shows, to the end; the panel."""
        panel = self.tab("search")
        ended: list[bool] = []
        panel.searched.connect(lambda: ended.append(True))
        self.click("searchButton")
        self.wait(lambda: ended, seconds=60, what="the end of the search")
        return panel

    def choose(self, panel: Any, count: int = 1) -> list[Any]:
        """Choose the first products of the list that the account may use."""
        from dinamis_qgis.core.account.model import Holding

        rows = [
            row.product
            for row in panel.model.rows()
            if panel.model.holding(row.product) is not Holding.MISSING
        ]
        panel.select([product.key for product in rows[:count]])
        return rows[:count]

    def download(self, folder: Path | None = None) -> None:
        """Download what is chosen, only what the map shows where that is offered, into
        ``folder``.
        """
        self.click("downloadButton")
        self.wait(lambda: self.find("downloadDialog"), what="the dialog")
        if folder is not None:
            self.find("folderWidget").setFilePath(str(folder))
        if self.find("areaChoice").isEnabled():
            self.click("areaChoice")
        self.click("startDownloadButton")
        self.tab("downloads")

    def draw(self, corners: list[tuple[float, float]] | None = None) -> None:
        """A new request, its area drawn on the map; ``corners`` as shares of the canvas."""
        from qgis.PyQt.QtCore import QPoint, Qt
        from qgis.PyQt.QtTest import QTest

        canvas = self.iface.mapCanvas()
        self.tab("requests")
        self.click("newRequestButton")
        self.wait(lambda: type(canvas.mapTool()).__name__ == "DrawTool", what="the drawing tool")
        view = canvas.viewport()
        points = [
            QPoint(int(view.width() * x), int(view.height() * y))
            for x, y in corners or [(0.25, 0.25), (0.75, 0.25), (0.7, 0.75), (0.28, 0.74)]
        ]
        for point in points:
            QTest.mouseMove(view, point)
            QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=point)
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=points[-1])

    def write(self, title: str) -> None:
        """Fill in the form and go to the review."""
        self.wait(lambda: "km²" in self.find("requestAreaLabel").text(), what="the area")
        self.find("requestTitle").setText(title)
        self.find("requestPurpose").setPlainText("Mise à jour de l’occupation du sol")
        self.click("reviewButton")
        self.wait(lambda: self.find("submitRequestButton"), what="the review")

    def requests(self) -> list[Any]:
        """The requests as the panel shows them."""
        return list(self.dock.panel("requests", show=False).tracker.requests)


@contextlib.contextmanager
def window(
    iface: Any,
    wait: Callable[..., None],
    profile: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    extent: Any = None,
) -> Iterator[Window]:
    """The plugin over a profile file, its files below ``home``, the map on ``extent`` (EPSG:2154;
    default: Pau).
    """
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle

    from dinamis_qgis import classFactory

    monkeypatch.setenv("DINAMIS_PROFILE", profile)
    monkeypatch.setenv("DINAMIS_HOME", str(home / "dinamis"))
    monkeypatch.setenv("DINAMIS_DOWNLOAD_FOLDER", str(home / "downloads"))
    plugin = classFactory(iface)
    plugin.initGui()
    lambert = QgsCoordinateReferenceSystem("EPSG:2154")
    QgsProject.instance().setCrs(lambert)
    iface.mapCanvas().setDestinationCrs(lambert)
    iface.mainWindow().show()
    iface.mapCanvas().setExtent(extent or QgsRectangle(423500, 6248500, 430500, 6253000))
    plugin.dock.setUserVisible(True)
    try:
        yield Window(plugin, iface, wait)
    finally:
        plugin.unload()
