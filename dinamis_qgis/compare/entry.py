"""Ways into a comparison: two layers, the layer tree's menu, a place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from dinamis_qgis import about
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.compare.session import Comparison


def compare_layers(context: Context, first: QgsRasterLayer, second: QgsRasterLayer) -> Comparison:
    """Compare two raster layers of the project on the main map, the older one first where both are dated."""
    from dinamis_qgis.compare import swipe

    stamps = [str(layer.customProperty("dinamis/datetime") or "") for layer in (first, second)]
    if all(stamps) and stamps[1] < stamps[0]:
        first, second = second, first
    return swipe.start(context.iface.mapCanvas(), first, second, context=context)


class Entries(QObject):
    """The menus' entries, added when a menu opens; ``stop()`` at unload, which ends a comparison too."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._tree, self._canvas = context.iface.layerTreeView(), context.iface.mapCanvas()
        menus = ((self._tree, self._layers_menu), (self._canvas, self._map_menu))
        # Not on QGIS 3.22: there the comparison begins in the results and in Processing.
        self._links: list[tuple[Any, Any]] = [
            (view.contextMenuAboutToShow, slot) for view, slot in menus if hasattr(view, "contextMenuAboutToShow")
        ]
        for signal, slot in self._links:
            signal.connect(slot)

    def stop(self) -> None:
        """Leave the menus as they were."""
        for signal, slot in self._links:
            signal.disconnect(slot)
        self._links = []
        from dinamis_qgis.compare import swipe

        swipe.stop(self._canvas)

    def _layers_menu(self, menu: QMenu) -> None:
        """Two raster layers chosen: compare them."""
        chosen = [layer for layer in self._tree.selectedLayers() if isinstance(layer, QgsRasterLayer)]
        if len(chosen) == 2 and len(self._tree.selectedLayers()) == 2:
            action = menu.addAction(QIcon(about.icon_path("swipe")), tr("Compare the two images"))
            action.setObjectName("dinamisCompareLayers")
            action.triggered.connect(lambda: compare_layers(self._context, chosen[0], chosen[1]))

    def _map_menu(self, menu: QMenu, event: Any) -> None:
        """Before and after at a place."""
        if self._context.profile is None:
            return
        place = event.mapPoint()
        action = menu.addAction(QIcon(about.icon_path("compare-before-after")), tr("Before / after here…"))
        action.setObjectName("dinamisBeforeAfter")
        action.triggered.connect(lambda: self._before_after(place))

    def _before_after(self, place: Any) -> None:
        from dinamis_qgis.compare.here import ask

        ask(self._context, place)
