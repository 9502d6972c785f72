"""The main job, step by step, as a technician does it.

Each function is a step; its docstring is its title.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import qgis.utils
from demo_player import Player, find
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication, QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QLabel, QTabWidget

PAU = QgsRectangle(425000, 6250150, 426500, 6251350)  # EPSG:2154, metres
AROUND = QgsRectangle(412000, 6234000, 442000, 6259000)
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
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.customProperty("dinamis/item")
    ]


def requests() -> list[Any]:
    """The requests of the register."""
    return list(dock().panel("requests", show=False).tracker.requests)


def colours(image: QImage) -> int:
    """How many colours a picture of the map has, on a coarse grid: a blank map has a few."""
    columns, rows = range(0, image.width(), 16), range(0, image.height(), 16)
    return len({image.pixel(x, y) for x in columns for y in rows})


def map_is_drawn() -> bool:
    """Whether the canvas is at rest and shows imagery."""
    canvas = iface().mapCanvas()
    return not canvas.isDrawing() and colours(canvas.grab().toImage()) > 200


def compared() -> bool:
    """Whether both dates of a comparison are drawn."""
    from dinamis_qgis.compare.swipe import current_comparison

    comparison = current_comparison(iface().mapCanvas())
    return comparison is not None and comparison.ready()


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
    """Rows of the list that cover the whole view and whose licence the account holds, newest
    first.
    """

    def look() -> list[int]:
        panel = dock().panel("search")
        found = []
        for row in range(panel.model.rowCount()):
            product = panel.model.row(panel.model.index(row, 0)).product
            held = panel.model.holding(product).name in ("HELD", "OPEN")
            if (
                held
                and covers(product)
                and (product.cloud_cover is None or product.cloud_cover < 20)
            ):
                found.append(row)
        return found

    rows = p.gui(look)
    p.check(
        len(rows) >= wanted,
        f"{wanted} usable products over the whole view are expected, {len(rows)} found",
    )
    return rows


def covers(product: Any) -> bool:
    """Whether a product covers what the map shows."""
    from dinamis_qgis.bridge.geometry.extent import canvas_area

    return product.footprint is not None and product.footprint.buffer(1e-9).covers(
        canvas_area(iface().mapCanvas())
    )


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
    p.wait(
        lambda: "Béarn" in dock().strip.who.text() + dock().strip.who.toolTip(),
        "the entity in the account strip",
    )


def search(p: Player) -> None:
    """Chercher les produits qui couvrent la carte"""
    show_tab(p, "search")
    p.click("searchButton")
    p.wait(lambda: dock().panel("search").model.rowCount() > 3, "products in the list")
    p.wait(lambda: dock().panel("search").progress.isHidden(), "the end of the search")
    p.facts["products"] = p.gui(lambda: dock().panel("search").model.rowCount())
    p.memory["rows"] = usable_rows(p, 2)


def product_at(row: int) -> Any:
    """The product of a row of the list."""
    model = dock().panel("search").model
    return model.row(model.index(row, 0)).product


def add_to_map(p: Player) -> None:
    """Afficher une scène sur la carte, sans la télécharger"""
    choose_row(p, p.memory["rows"][0])
    p.click("addToMapButton")
    p.wait(layers, "the layer", 60)
    p.wait(map_is_drawn, "the imagery on the map", 60)
    p.facts["layer"] = p.gui(lambda: layers()[0].name())
    both = p.gui(lambda: len(product_at(p.memory["rows"][0]).data_assets()) > 1)
    p.check(
        not both or p.facts["layer"].endswith("PMS"), "the layer is not as sharp as its card says"
    )
    p.facts["metres"] = p.gui(lambda: round(layers()[0].rasterUnitsPerPixelX(), 2))
    p.check(
        "Signature" not in p.gui(lambda: layers()[0].source()),
        "the layer's source holds a signature",
    )


def compare(p: Player) -> None:
    """Comparer deux dates avec le volet"""
    rows = p.memory["rows"]
    choose_row(p, rows[0])
    choose_row(p, rows[-1], more=True)
    p.click("compareButton")
    p.wait(
        lambda: len(layers()) >= 2 and map_is_drawn() and compared(), "the two dates on the map", 60
    )
    p.facts["layers"] = p.gui(lambda: [layer.name() for layer in layers()])


def stop_comparing(p: Player) -> None:
    """Fermer le volet"""
    p.click("compareButton")
    p.wait(lambda: not find("compareButton").isChecked(), "the comparison to end")


def download(p: Player) -> None:
    """Télécharger ce que montre la carte ; la couche locale arrive sur la carte"""
    before = p.gui(layers)
    choose_row(p, p.memory["rows"][0])
    p.gui(lambda: (iface().mapCanvas().setExtent(PAU), iface().mapCanvas().refresh()))
    p.click("downloadButton")
    p.click("areaChoice")
    p.click("startDownloadButton")
    show_tab(p, "downloads")
    p.widget("downloadsView")
    local = p.wait(
        lambda: [
            layer for layer in layers() if layer not in before and Path(layer.source()).is_file()
        ],
        "the downloaded layer on the map",
        120,
    )
    p.facts["files"] = p.gui(lambda: [Path(layer.source()).name for layer in local])
    p.wait(map_is_drawn, "the map", 60)


def draw_request(p: Player) -> None:
    """Là où rien ne convient : dessiner une emprise, annuler un sommet, finir d’un clic droit"""
    canvas = iface().mapCanvas()
    p.gui(lambda: (canvas.setExtent(AROUND), canvas.refresh()))
    show_tab(p, "requests")
    p.click("newRequestButton")
    p.widget("requestTitle")
    p.wait(lambda: type(canvas.mapTool()).__name__ == "DrawTool", "the drawing tool")
    corners = [(0.30, 0.25), (0.70, 0.22), (0.72, 0.70), (0.90, 0.90), (0.28, 0.74)]
    for index, (x, y) in enumerate(corners):
        p.click_at(canvas.viewport(), QPoint(int(canvas.width() * x), int(canvas.height() * y)))
        if index == 3:  # a slip of the mouse, taken back
            p.gui(lambda: QTest.keyClick(canvas, Qt.Key.Key_Backspace))
    end = QPoint(int(canvas.width() * 0.28), int(canvas.height() * 0.74))
    p.click_at(canvas.viewport(), end, button=Qt.MouseButton.RightButton)
    p.wait(lambda: "km²" in find("requestAreaLabel").text(), "the area of the polygon")
    p.facts["area"] = p.gui(lambda: find("requestAreaLabel").text())


def write_request(p: Player) -> None:
    """Remplir la demande ; les règles du service et les archives répondent au fur et à mesure"""
    p.type("requestTitle", "Suivi de l’extension urbaine de Pau")
    p.type("requestPurpose", "Mise à jour de l’occupation du sol")
    p.wait(lambda: find("reviewButton").isEnabled(), "the rules to accept the request", 30)
    p.facts["archive"] = p.gui(lambda: find("archiveView") is not None)


def review_request(p: Player) -> None:
    """Relire avant d’envoyer"""
    p.click("reviewButton")
    p.wait(
        lambda: find("submitRequestButton") and find("submitRequestButton").isEnabled(),
        "the summary",
        30,
    )
    said = p.gui(lambda: [label.text() for label in find("reviewTable").findChildren(QLabel)])
    p.check(any("Pau" in text for text in said), "the summary does not show the title")


def send_request(p: Player) -> None:
    """Envoyer, une seule fois"""
    p.click("submitRequestButton")
    p.wait(lambda: any(request.order_id for request in requests()), "the service's receipt", 60)
    p.facts["requests"] = p.gui(lambda: [(request.label, request.state) for request in requests()])
    p.check(len(p.gui(requests)) == 1, "one request is expected")


def follow_request(p: Player) -> None:
    """Suivre la demande jusqu’à l’image livrée"""
    p.wait(lambda: requests()[0].delivered, "the delivered image", 180)
    p.facts["history"] = p.gui(
        lambda: find("requestHistory").text() if find("requestHistory") else ""
    )


def add_delivered(p: Player) -> None:
    """L’image demandée est sur la carte"""
    before = len(p.gui(layers))
    p.click("addDeliveredButton")
    p.wait(lambda: len(layers()) > before, "the delivered layer")
    p.wait(map_is_drawn, "the imagery", 60)


def save_and_reopen(p: Player) -> None:
    """Enregistrer le projet, sans aucune signature, et le rouvrir"""
    path = p.folder / "projet.qgs"
    names = sorted(p.gui(lambda: [layer.name() for layer in layers()]))
    p.check(p.gui(lambda: QgsProject.instance().write(str(path))), "the project is not written")
    text = path.read_text("utf-8")
    p.check(
        "X-Amz" not in text and "/vsicurl/" in text,
        "the project holds a signature, or no remote address",
    )
    p.gui(lambda: iface().newProject(False))
    p.gui(lambda: iface().addProject(str(path)))
    p.wait(
        lambda: sorted(layer.name() for layer in layers() if layer.isValid()) == names,
        "the layers to come back",
        60,
    )
    p.wait(map_is_drawn, "the imagery after opening the project", 60)
    p.facts["layers"] = names


def see_in_relief(p: Player) -> None:
    """Voir le relief de la vue, et en tracer un profil"""
    canvas = iface().mapCanvas()
    p.gui(lambda: canvas.setExtent(PAU.buffered(-350)))
    p.gui(lambda: iface().mainWindow().findChild(QAction, "DinamisRelief").trigger())
    p.wait(lambda: find("reliefButton") and find("reliefButton").isEnabled(), "the relief panel")
    p.click("reliefButton")
    p.wait(
        lambda: any(
            layer.customProperty("dinamis/elevation")
            for layer in QgsProject.instance().mapLayers().values()
        ),
        "the heights",
        120,
    )
    p.click("reliefLine")
    for x, y in ((0.2, 0.35), (0.75, 0.6)):
        p.click_at(canvas.viewport(), QPoint(int(canvas.width() * x), int(canvas.height() * y)))
    end = QPoint(int(canvas.width() * 0.75), int(canvas.height() * 0.6))
    p.click_at(canvas.viewport(), end, button=Qt.MouseButton.RightButton)
    p.wait(lambda: find("reliefExport").isEnabled(), "the profile", 30)
    p.wait(map_is_drawn, "the shaded relief", 60)
    p.facts["model"] = p.gui(lambda: find("reliefShown").text())


STEPS = [
    start,
    sign_in,
    search,
    add_to_map,
    compare,
    stop_comparing,
    download,
    draw_request,
    write_request,
    review_request,
    send_request,
    follow_request,
    add_delivered,
    save_and_reopen,
    see_in_relief,
]
