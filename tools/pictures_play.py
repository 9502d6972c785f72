"""What the pictures of the help show, step by step; ``keep`` saves one, of a window or of a part of
it.
"""

from __future__ import annotations

import time
from typing import Any

from demo_play import (
    PAU,
    choose_row,
    compared,
    context,
    dock,
    draw_request,
    iface,
    layers,
    map_is_drawn,
    requests,
    show_tab,
    start,
    usable_rows,
    write_request,
)
from demo_player import Player, find
from qgis.core import QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDockWidget, QWidget

WIDE = QgsRectangle(420500, 6246500, 431500, 6255500)  # EPSG:2154, metres: Pau and around
LANDIRAS = QgsRectangle(422500, 6385700, 430500, 6392200)  # a forest, burnt in 2022
PANEL, LAYERS = 330, 290  # pixels, the widths of the docks


def keep(p: Player, name: str, widget: Any = None) -> None:
    """Saves a picture of ``widget`` (the main window when there is none) without QGIS's
    messages.
    """

    def grab() -> None:
        iface().messageBar().clearWidgets()
        shown: QWidget = widget() if widget else iface().mainWindow()
        shown.grab().save(str(p.folder / "kept" / f"{name}.png"))

    p.gui(lambda: iface().messageBar().clearWidgets())
    time.sleep(0.5)
    p.gui(grab)


def dialog(kind: str) -> Any:
    """The open dialog of that class or object name."""
    for window in QApplication.topLevelWidgets():
        if (
            isinstance(window, QDialog)
            and window.isVisible()
            and kind in (type(window).__name__, window.objectName())
        ):
            return window
    return None


def opening(p: Player) -> None:
    """QGIS, one tool bar, the dock at a usual width"""
    start(p)

    def arrange() -> None:
        window = iface().mainWindow()
        for bar in (
            iface().digitizeToolBar(),
            iface().advancedDigitizeToolBar(),
            iface().vectorToolBar(),
            iface().helpToolBar(),
            iface().selectionToolBar(),
            iface().databaseToolBar(),
            iface().webToolBar(),
            iface().pluginToolBar(),
        ):
            bar.hide()
        tree = window.findChild(QDockWidget, "Layers")
        window.resizeDocks([tree, dock()], [LAYERS, PANEL], Qt.Orientation.Horizontal)

    p.gui(arrange)


def signing_in(p: Player) -> None:
    """The code of the sign-in, then the account"""
    p.click("accountButton")
    p.wait(lambda: find("signInCode") and find("signInCode").text(), "the code", 30)
    keep(p, "sign-in", dock)
    p.wait(lambda: context().account, "the account", 60)
    p.gui(lambda: dock().strip._details())
    p.wait(lambda: dialog("AccountDialog"), "the account's window")
    keep(p, "account", lambda: dialog("AccountDialog"))
    p.gui(lambda: dialog("AccountDialog").close())
    p.gui(lambda: dock().strip._profiles())
    p.wait(lambda: dialog("ProfilesDialog"), "the services")
    keep(p, "services", lambda: dialog("ProfilesDialog"))
    p.gui(lambda: dialog("ProfilesDialog").close())
    p.gui(lambda: dock().strip._support())
    p.wait(lambda: dialog("SupportDialog"), "the report")
    keep(p, "support", lambda: dialog("SupportDialog"))
    p.gui(lambda: dialog("SupportDialog").close())


def searching(p: Player) -> None:
    """The list and the footprints; a product without its licence"""
    p.gui(lambda: (iface().mapCanvas().setExtent(WIDE), iface().mapCanvas().refresh()))
    show_tab(p, "search")
    p.click("searchButton")
    panel = dock().panel
    p.wait(
        lambda: panel("search").model.rowCount() > 3 and panel("search").progress.isHidden(),
        "the products",
    )
    time.sleep(2)  # thumbnails
    choose_row(p, 1)
    keep(p, "search")
    p.click(p.gui(lambda: panel("search").query_bar.filters_button))
    keep(p, "filters", dock)
    p.click(p.gui(lambda: panel("search").query_bar.filters_button))


def refused(p: Player) -> None:
    """A product whose licence the account does not hold"""
    p.gui(lambda: (iface().mapCanvas().setExtent(LANDIRAS), iface().mapCanvas().refresh()))
    p.click("searchButton")
    panel = dock().panel("search")
    p.wait(lambda: panel.progress.isHidden() and panel.model.rowCount(), "the products")
    time.sleep(2)  # thumbnails
    row = p.gui(lambda: _missing(panel.model))
    p.check(row is not None, "a product without its licence is expected")
    choose_row(p, row or 0)
    keep(p, "licence", dock)


def _missing(model: Any) -> int | None:
    rows = range(model.rowCount())
    return next(
        (
            row
            for row in rows
            if model.holding(model.row(model.index(row, 0)).product).name == "MISSING"
        ),
        None,
    )


def looking(p: Player) -> None:
    """An image on the map, then two compared"""
    p.gui(lambda: (iface().mapCanvas().setExtent(PAU), iface().mapCanvas().refresh()))
    p.click("searchButton")
    p.wait(
        lambda: dock().panel("search").progress.isHidden()
        and dock().panel("search").model.rowCount(),
        "the products",
    )
    rows = p.memory["rows"] = usable_rows(p, 2)
    choose_row(p, rows[0])
    p.click("addToMapButton")
    p.wait(lambda: layers() and map_is_drawn(), "the image")
    time.sleep(1)
    keep(p, "layers")
    choose_row(p, rows[-1], more=True)
    p.click("compareButton")
    p.wait(lambda: len(layers()) >= 2 and map_is_drawn() and compared(), "the comparison")
    time.sleep(2)
    keep(p, "compare")
    p.click("compareButton")
    p.wait(lambda: not find("compareButton").isChecked(), "the end of the comparison")


def downloading(p: Player) -> None:
    """What to take, then what is at home"""
    choose_row(p, p.memory["rows"][0])
    p.click("downloadButton")
    p.click("areaChoice")
    time.sleep(1)
    keep(p, "download", lambda: dialog("downloadDialog"))
    p.click("startDownloadButton")
    show_tab(p, "downloads")
    p.wait(
        lambda: dock().panel("downloads").model.rows
        and not dock().panel("downloads").overview.line.isVisible(),
        "the files",
        120,
    )
    time.sleep(1)
    p.gui(
        lambda: dock()
        .panel("downloads")
        .view.setCurrentIndex(dock().panel("downloads").model.index(0))
    )
    keep(p, "downloads", dock)


def asking(p: Player) -> None:
    """A request: written, reviewed, followed"""
    draw_request(p)
    write_request(p)
    time.sleep(2)
    keep(p, "request")
    p.click("reviewButton")
    p.wait(
        lambda: find("submitRequestButton") and find("submitRequestButton").isEnabled(),
        "the summary",
        30,
    )
    time.sleep(2)
    keep(p, "review", dock)
    p.click("submitRequestButton")
    p.wait(lambda: requests() and requests()[0].delivered, "the delivered image", 180)
    time.sleep(1)
    keep(p, "follow", dock)


STEPS = [opening, signing_in, searching, refused, looking, downloading, asking]
