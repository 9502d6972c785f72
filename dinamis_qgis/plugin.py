"""Wires the rooms to QGIS: action, dock, provider, options page, project sources; ``unload`` undoes
all of it.
"""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from dinamis_qgis import about, libraries
from dinamis_qgis.bridge import messages, translation, workers
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.errors import Action
from dinamis_qgis.core.text import tr


class DinamisPlugin:
    """What QGIS loads.

    Loading makes an action, an empty dock and light hooks; all else is made at first use.
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.translator: Any = None
        self.context: Any = None
        self.dock: Any = None
        self.provider: Any = None
        self.action: QAction | None = None
        self.relief: QAction | None = None
        self._options: Any = None
        self._project: Any = None

    def initProcessing(self) -> None:  # noqa: N802 (QGIS)
        """Processing only: also what ``qgis_process`` calls."""
        from dinamis_qgis.processing.provider import DinamisProvider

        libraries.ensure_libraries()
        if self.translator is None:
            self.translator = translation.install_translation()
        self.provider = DinamisProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802 (QGIS)
        """Put the action, the dock and the hooks in place."""
        from dinamis_qgis.bridge.context import Context
        from dinamis_qgis.bridge.project.hooks import ProjectHooks
        from dinamis_qgis.bridge.resume import resume_after_start
        from dinamis_qgis.compare.menus import Entries
        from dinamis_qgis.gui.browser.provider import Browser
        from dinamis_qgis.gui.dock import DinamisDock
        from dinamis_qgis.gui.layers.menu import LayerMenu
        from dinamis_qgis.gui.locator import Locator
        from dinamis_qgis.gui.options import OptionsFactory

        self.initProcessing()
        self.context = Context(self.iface)
        self.dock = DinamisDock(self.context, self.iface.mainWindow())
        icon = QIcon(about.icon_path("dinamis"))
        self.dock.setWindowIcon(icon)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.setUserVisible(self.context.settings.dock_visible)
        self.action = QAction(icon, tr("DINAMIS imagery"), self.iface.mainWindow())
        self.action.setObjectName("DinamisAction")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("Search, stream, download and request DINAMIS imagery"))
        self.dock.setToggleVisibilityAction(self.action)
        self.iface.addToolBarIcon(self.action)
        self.iface.addPluginToRasterMenu("&DINAMIS", self.action)
        self.relief = QAction(tr("Relief…"), self.iface.mainWindow())
        self.relief.setObjectName("DinamisRelief")
        self.relief.triggered.connect(self._show_relief)
        self.iface.addPluginToRasterMenu("&DINAMIS", self.relief)
        self._options = OptionsFactory(self.context)
        self.iface.registerOptionsWidgetFactory(self._options)
        self._project = ProjectHooks(self.context)
        self.context.service("compare", lambda: Entries(self.context))
        self.context.service("layer-menu", lambda: LayerMenu(self.context))
        self.context.service("browser", lambda: Browser(self.context))
        self.context.service("locator", lambda: Locator(self.context, self.dock))
        resume_after_start(self.context)
        self.context.account_changed.connect(self._account_changed)
        self._install_messages()

    def _install_messages(self) -> None:
        """Where messages go, and what the buttons of errors do."""
        from dinamis_qgis.gui.account.catalogue_keys import show_keys
        from dinamis_qgis.gui.downloads.other_folder import choose_download_folder

        def options(page: str) -> Callable[[], None]:
            return lambda: self.iface.showOptionsDialog(self.iface.mainWindow(), page)

        messages.install_messages(
            self.iface,
            {
                Action.SIGN_IN: self.dock.sign_in,
                Action.CONTACT_RELAY: self.context.contact_relay,
                Action.OPEN_OPTIONS: options("dinamis"),
                Action.OPEN_NETWORK_OPTIONS: options("mOptionsPageNetwork"),
                Action.OPEN_AUTHENTICATION_OPTIONS: options("mOptionsPageAuth"),
                Action.CATALOGUE_KEYS: lambda: show_keys(self.context),
                Action.CHOOSE_FOLDER: lambda: choose_download_folder(self.context),
            },
        )

    @contain_faults()
    def _show_relief(self, *_: object) -> None:
        from dinamis_qgis.gui.relief.panel import show_relief

        show_relief(self.context)

    def _account_changed(self) -> None:
        if self.context is not None and self.context.account is not None:
            messages.signed_in()

    def unload(self) -> None:
        """Leave QGIS as it was."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.context is not None:
            self._unload_gui()
        translation.remove_translation(self.translator)
        self.translator = None
        libraries.release_libraries()

    def _unload_gui(self) -> None:
        self.context.settings.dock_visible = self.dock.isUserVisible()
        self.context.settings.save()
        self._project.remove()
        self.context.close()
        self.iface.unregisterOptionsWidgetFactory(self._options)
        for action in (self.action, self.relief):
            self.iface.removePluginRasterMenu("&DINAMIS", action)
        self.iface.removeToolBarIcon(self.action)
        self.iface.removeDockWidget(self.dock)
        messages.install_messages(None)
        for thing in (self.dock, self.action, self.relief, self.context):
            thing.deleteLater()
        self.context = self.dock = self.action = self.relief = None
        self._options = self._project = None
        workers.end_idle_pooled_threads()  # QGIS may be closing
