"""QGIS's main window as plugins see it, without the QGIS program: every widget is the real one."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLayerTreeModel, QgsMapLayer, QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QGridLayout,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QWidget,
)


class Iface(QObject):
    """The part of ``QgisInterface`` a plugin uses; what is missing raises AttributeError.

    What the plugin registers is kept in lists (``docks``, ``plugin_actions``, ``factories``,
    ``locator_filters``), so that a test can see what ``unload`` left behind.
    """

    currentLayerChanged = pyqtSignal("QgsMapLayer*")
    initializationCompleted = pyqtSignal()
    newProjectCreated = pyqtSignal()
    projectRead = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        QgsProject.instance().clear()
        self.window = QMainWindow()
        self.window.setObjectName("QgisApp")
        self.canvas = QgsMapCanvas(self.window)
        self.canvas.setObjectName("theMapCanvas")
        self.canvas.setCanvasColor(Qt.GlobalColor.white)
        self.canvas.resize(QSize(900, 700))
        self.bar = QgsMessageBar(self.window)
        central = QWidget(self.window)
        layout = QGridLayout(central)  # as QGIS does it: messages lie over the map
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas, 0, 0, 2, 1)
        self.bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.bar, 0, 0, 1, 1)
        self.bar.raise_()
        self.window.setCentralWidget(central)
        self.tree_view = QgsLayerTreeView(self.window)
        root = QgsProject.instance().layerTreeRoot()
        self.tree_model = QgsLayerTreeModel(root, self.tree_view)
        self.tree_view.setModel(self.tree_model)
        self.tree_view.currentLayerChanged.connect(self.currentLayerChanged)
        self.bridge = QgsLayerTreeMapCanvasBridge(root, self.canvas, self)
        self.plugins_menu = self.window.menuBar().addMenu("Plugins")
        self.web_menu = self.window.menuBar().addMenu("Web")
        self.raster_menu = self.window.menuBar().addMenu("Raster")
        self.help_menu = QMenu("Help", self.window)
        self.plugins_toolbar = self.window.addToolBar("Plugins")
        self.docks: list[QDockWidget] = []
        self.plugin_actions: list[Any] = []
        self.factories: list[Any] = []
        self.locator_filters: list[Any] = []
        self.drop_handlers: list[Any] = []
        self.options_shown: list[str] = []
        self.window.resize(1400, 900)

    # the window and what it holds
    def mainWindow(self) -> QMainWindow:
        return self.window

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def mapCanvases(self) -> list[QgsMapCanvas]:
        return [self.canvas]

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def layerTreeView(self) -> QgsLayerTreeView:
        return self.tree_view

    def layerTreeCanvasBridge(self) -> QgsLayerTreeMapCanvasBridge:
        return self.bridge

    def activeLayer(self) -> QgsMapLayer | None:
        return self.tree_view.currentLayer()

    def setActiveLayer(self, layer: QgsMapLayer) -> bool:
        self.tree_view.setCurrentLayer(layer)
        return True

    def iconSize(self, dockedToolbar: bool = False) -> QSize:
        return QSize(16, 16) if dockedToolbar else QSize(24, 24)

    # docks
    def addDockWidget(self, area: Any, dock: QDockWidget) -> None:
        self.docks.append(dock)
        self.window.addDockWidget(area, dock)

    def addTabifiedDockWidget(self, area: Any, dock: QDockWidget, *_: Any) -> None:
        self.addDockWidget(area, dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:
        self.docks.remove(dock)
        self.window.removeDockWidget(dock)

    # menus and tool bars
    def pluginMenu(self) -> QMenu:
        return self.plugins_menu

    def webMenu(self) -> QMenu:
        return self.web_menu

    def rasterMenu(self) -> QMenu:
        return self.raster_menu

    def pluginHelpMenu(self) -> QMenu:
        return self.help_menu

    def pluginToolBar(self) -> QToolBar:
        return self.plugins_toolbar

    def addToolBar(self, name: Any, *_: Any) -> QToolBar:
        return self.window.addToolBar(name)

    def _add(self, menu: Any, action: Any) -> None:
        self.plugin_actions.append(action)
        menu.addAction(action)

    def _remove(self, menu: Any, action: Any) -> None:
        self.plugin_actions.remove(action)
        menu.removeAction(action)

    def addPluginToMenu(self, name: str, action: Any) -> None:
        self._add(self.plugins_menu, action)

    def removePluginMenu(self, name: str, action: Any) -> None:
        self._remove(self.plugins_menu, action)

    def addPluginToWebMenu(self, name: str, action: Any) -> None:
        self._add(self.web_menu, action)

    def removePluginWebMenu(self, name: str, action: Any) -> None:
        self._remove(self.web_menu, action)

    def addPluginToRasterMenu(self, name: str, action: Any) -> None:
        self._add(self.raster_menu, action)

    def removePluginRasterMenu(self, name: str, action: Any) -> None:
        self._remove(self.raster_menu, action)

    def addToolBarIcon(self, action: Any) -> int:
        self._add(self.plugins_toolbar, action)
        return len(self.plugin_actions)

    def removeToolBarIcon(self, action: Any) -> None:
        self._remove(self.plugins_toolbar, action)

    def addWebToolBarIcon(self, action: Any) -> int:
        return self.addToolBarIcon(action)

    def removeWebToolBarIcon(self, action: Any) -> None:
        self.removeToolBarIcon(action)

    # options, locator
    def registerOptionsWidgetFactory(self, factory: Any) -> None:
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: Any) -> None:
        self.factories.remove(factory)

    def showOptionsDialog(self, parent: QWidget | None = None, currentPage: str = "") -> None:
        self.options_shown.append(currentPage)

    def registerLocatorFilter(self, locator_filter: Any) -> None:
        self.locator_filters.append(locator_filter)

    def deregisterLocatorFilter(self, locator_filter: Any) -> None:
        self.locator_filters.remove(locator_filter)

    def invalidateLocatorResults(self) -> None:
        """Nothing is shown, nothing to refresh."""

    def registerCustomDropHandler(self, handler: Any) -> None:
        self.drop_handlers.append(handler)

    def unregisterCustomDropHandler(self, handler: Any) -> None:
        self.drop_handlers.remove(handler)

    # project
    def addProject(self, path: str) -> bool:
        done = QgsProject.instance().read(path)
        if done:
            self.projectRead.emit()
        return done

    def newProject(self, promptToSaveFlag: bool = False) -> bool:
        QgsProject.instance().clear()
        self.newProjectCreated.emit()
        return True

    def close(self) -> None:
        """Everything is deleted here and now, so that no widget outlives its test."""
        self.canvas.stopRendering()
        self.canvas.setLayers([])
        QgsProject.instance().clear()
        self.bar.clearWidgets()
        self.window.close()
        self.window.deleteLater()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
