"""Ways into a comparison: two layers, the layer tree's menu, a place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu

from dinamis_qgis import about
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


class Entries(QObject):
    """The menus' entries; ``stop()`` at unload, which ends a comparison too."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._tree, self._canvas = context.iface.layerTreeView(), context.iface.mapCanvas()
        self.action = QAction(QIcon(about.icon_path("swipe")), tr("Compare the two images"), self)
        self.action.setObjectName("dinamisCompareLayers")
        self.action.triggered.connect(self._compare)
        self._links: list[tuple[Any, Any]] = []
        self._in_tree = hasattr(context.iface, "addCustomActionForLayerType")
        if self._in_tree:
            context.iface.addCustomActionForLayerType(self.action, "", _raster_type(), True)
        self._links.append((self._tree.selectionModel().selectionChanged, self._chosen))
        if hasattr(self._canvas, "contextMenuAboutToShow"):
            self._links.append((self._canvas.contextMenuAboutToShow, self._map_menu))
        for signal, slot in self._links:
            signal.connect(slot)
        self._chosen()

    def stop(self) -> None:
        """Leave the menus as they were."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        self._links = []
        if self._in_tree:
            self._context.iface.removeCustomActionForLayerType(self.action)
        from dinamis_qgis.compare import before_after, swipe

        before_after.stop_coming()
        swipe.stop_comparison(self._canvas)

    def _pair(self) -> list[QgsRasterLayer]:
        chosen = self._tree.selectedLayers()
        return (
            list(chosen)
            if len(chosen) == 2 and all(isinstance(layer, QgsRasterLayer) for layer in chosen)
            else []
        )

    def _chosen(self, *_: object) -> None:
        """The entry is there when two raster layers are chosen."""
        self.action.setVisible(bool(self._pair()))

    def _compare(self) -> None:
        from dinamis_qgis.compare.swipe import compare_layers

        pair = self._pair()
        if pair:
            compare_layers(self._context, pair[0], pair[1])

    def _map_menu(self, menu: QMenu, event: Any) -> None:
        """Before and after at a place."""
        if self._context.profile is None:
            return
        place = event.mapPoint()
        action = menu.addAction(
            QIcon(about.icon_path("compare-before-after")), tr("Before / after here…")
        )
        action.setObjectName("dinamisBeforeAfter")
        action.triggered.connect(lambda: self._before_after(place))

    def _before_after(self, place: Any) -> None:
        from dinamis_qgis.compare.before_after import ask_for_day

        ask_for_day(self._context, place)


def _raster_type() -> Any:
    """The type of raster layers, wherever this QGIS keeps it."""
    from qgis.core import Qgis

    if hasattr(Qgis, "LayerType"):
        return Qgis.LayerType.Raster
    from qgis.core import QgsMapLayerType

    return QgsMapLayerType.RasterLayer
