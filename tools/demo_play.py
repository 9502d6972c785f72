"""The main job, step by step, as a technician does it. Each function is a step; its docstring is its title."""

from __future__ import annotations

from demo_player import Player
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface

PAU = QgsRectangle(423000, 6248000, 431000, 6254000)  # EPSG:2154, metres


def dock() -> QgsDockWidget:
    """The plugin's dock."""
    return iface.mainWindow().findChild(QgsDockWidget, "DinamisDock")


def start(p: Player) -> None:
    """QGIS est ouvert, l’extension chargée, la carte sur Pau en Lambert-93"""

    def prepare() -> None:
        iface.mainWindow().setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        for other in iface.mainWindow().findChildren(QDockWidget, "Browser"):
            other.hide()
        QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        iface.mapCanvas().setExtent(PAU)
        iface.mapCanvas().refresh()

    p.gui(prepare)
    p.wait(lambda: dock() and dock().isVisible(), "the dock", 30)
    p.facts["crs"] = p.gui(lambda: QgsProject.instance().crs().authid())


STEPS = [start]
