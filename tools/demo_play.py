"""The main job, step by step, as a technician does it. Each function is a step; its docstring is its title."""

from __future__ import annotations

from typing import Any

import qgis.utils
from demo_player import Player, find
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication, QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget, QTabWidget

PAU = QgsRectangle(424600, 6249900, 426900, 6251800)  # EPSG:2154, metres
TABS = {"search": 0, "downloads": 1, "requests": 2}


def iface() -> Any:
    """QGIS."""
    return qgis.utils.iface


def dock() -> Any:
    """The plugin's dock."""
    return iface().mainWindow().findChild(QDockWidget, "DinamisDock")


def context() -> Any:
    """What the panels share; read only, to see that what the windows show is true."""
    return qgis.utils.plugins["dinamis_qgis"].context


def show_tab(p: Player, name: str) -> None:
    """Clicks a tab of the dock."""

    def click() -> None:
        bar = dock().findChild(QTabWidget).tabBar()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(TABS[name]).center())

    p.gui(click)


def layers() -> list[Any]:
    """The layers of the project that came from the catalogue."""
    return [layer for layer in QgsProject.instance().mapLayers().values() if layer.customProperty("dinamis/item")]


def colours(image: QImage) -> int:
    """How many colours a picture of the map has, on a coarse grid: a blank map has a few."""
    columns, rows = range(0, image.width(), 16), range(0, image.height(), 16)
    return len({image.pixel(x, y) for x in columns for y in rows})


def map_is_drawn() -> bool:
    """Whether the canvas is at rest and shows imagery."""
    canvas = iface().mapCanvas()
    return not canvas.isDrawing() and colours(canvas.grab().toImage()) > 200


def choose_row(p: Player, row: int, *, more: bool = False) -> None:
    """Clicks a product of the list; with ``more`` it joins those already chosen."""
    view = p.widget("resultsView")

    def click() -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        keys = Qt.KeyboardModifier.ControlModifier if more else Qt.KeyboardModifier.NoModifier
        point = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, QPoint(60, point.y()))

    p.gui(click)


def usable_rows(p: Player, wanted: int) -> list[int]:
    """Rows of the list that cover the whole view and whose licence the account holds, newest first."""

    def look() -> list[int]:
        panel = dock().panel("search")
        found = []
        for row in range(panel.model.rowCount()):
            product = panel.model.row(panel.model.index(row, 0)).product
            held = panel.model.holding(product).name in ("HELD", "OPEN")
            if held and covers(product) and (product.cloud_cover is None or product.cloud_cover < 20):
                found.append(row)
        return found

    rows = p.gui(look)
    p.check(len(rows) >= wanted, f"{wanted} usable products over the whole view are expected, {len(rows)} found")
    return rows


def covers(product: Any) -> bool:
    """Whether a product covers what the map shows."""
    from dinamis_qgis.bridge.extent import canvas_area

    return product.footprint is not None and product.footprint.buffer(1e-9).covers(canvas_area(iface().mapCanvas()))


def start(p: Player) -> None:
    """QGIS est ouvert, l’extension chargée, la carte sur Pau en Lambert-93"""

    def prepare() -> None:
        window = iface().mainWindow()
        window.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        for other in window.findChildren(QDockWidget, "Browser"):
            other.hide()
        iface().newProject(False)
        QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        iface().mapCanvas().setExtent(PAU)
        iface().mapCanvas().refresh()

    p.gui(prepare)
    p.wait(lambda: dock() and dock().isVisible(), "the dock", 30)
    p.wait(lambda: context().profile, "the profile to be open", 60)
    p.facts["profile"] = p.gui(lambda: context().profile.title)


def sign_in(p: Player) -> None:
    """Se connecter : le code, la page du service, puis le compte et ses licences"""
    p.click("accountButton")
    p.wait(lambda: find("signInCode") or context().account, "the code of the sign-in", 30)
    p.wait(lambda: context().account, "the account", 60)
    account = p.gui(lambda: context().account)
    p.facts["account"] = account.username
    p.check(account.username == "technicien", f"signed in as {account.username}")
    p.wait(lambda: "Béarn" in dock().strip.who.text() + dock().strip.who.toolTip(), "the entity in the account strip")


def search(p: Player) -> None:
    """Chercher les produits qui couvrent la carte"""
    show_tab(p, "search")
    p.click("searchButton")
    p.wait(lambda: dock().panel("search").model.rowCount() > 3, "products in the list")
    p.wait(lambda: dock().panel("search").progress.isHidden(), "the end of the search")
    p.facts["products"] = p.gui(lambda: dock().panel("search").model.rowCount())
    p.memory["rows"] = usable_rows(p, 2)


def add_to_map(p: Player) -> None:
    """Afficher une scène sur la carte, sans la télécharger"""
    choose_row(p, p.memory["rows"][0])
    p.click("addToMapButton")
    p.wait(layers, "the layer", 60)
    p.wait(map_is_drawn, "the imagery on the map", 60)
    p.facts["layer"] = p.gui(lambda: layers()[0].name())
    p.check("Signature" not in p.gui(lambda: layers()[0].source()), "the layer's source holds a signature")


def compare(p: Player) -> None:
    """Comparer deux dates avec le volet"""
    rows = p.memory["rows"]
    choose_row(p, rows[0])
    choose_row(p, rows[-1], more=True)
    p.click("compareButton")
    p.wait(lambda: len(layers()) >= 2 and map_is_drawn(), "the two dates on the map", 60)
    p.facts["layers"] = p.gui(lambda: [layer.name() for layer in layers()])


def stop_comparing(p: Player) -> None:
    """Fermer le volet"""
    p.click("compareButton")
    p.wait(lambda: not find("compareButton").isChecked(), "the comparison to end")


STEPS = [start, sign_in, search, add_to_map, compare, stop_comparing]
