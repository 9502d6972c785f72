"""What a search shows on the map: its area, the footprints, a quicklook, a plan; all of it
temporary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.gui.area.follow_map import Follow
from dinamis_qgis.gui.area.search_area import SearchArea
from dinamis_qgis.gui.search.map import footprint_style
from dinamis_qgis.gui.search.map.footprints import Footprints
from dinamis_qgis.gui.search.map.gaps import Gaps
from dinamis_qgis.gui.search.map.quicklook import Drape
from dinamis_qgis.gui.search.run.footprint_features import Look


class OnMap(QObject):
    """Made with the panel, seen while the panel is seen, gone with it."""

    def __init__(
        self,
        context: Any,
        holding: Callable[[Product], Holding],
        products: Callable[[], Iterable[Product]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._canvas = context.iface.mapCanvas()
        self._holding = holding
        self._products = products
        self._loaded: set[tuple[str, str, str]] = set()
        self._gone = False
        self.area = SearchArea(context, self)
        self.follow = Follow(self._canvas, self)
        self.footprints = Footprints(self._canvas, self)
        self.drape = Drape(context, self)
        self.gaps = Gaps(self._canvas)
        self._project = QgsProject.instance()
        self._project.layersAdded.connect(self._layers_changed)
        self._project.layersRemoved.connect(self._layers_changed)
        self._layers_changed()

    def clear(self) -> None:
        """A new search: nothing of the one before."""
        self.footprints.clear()
        self.drape.hide()
        self.gaps.clear()

    def set_visible(self, visible: bool) -> None:
        """Closing the dock clears what is temporary; the map is not followed meanwhile."""
        if self._gone:
            return
        self.area.set_visible(visible)
        self.footprints.set_visible(visible)
        self.gaps.set_visible(visible)
        self.follow.set_on(visible and self.area.follow)
        if not visible:
            self.drape.hide()

    def remove(self) -> None:
        """Leave the map as it was."""
        if self._gone:
            return
        self._gone = True
        self.drape.hide()
        self.gaps.remove()
        self.footprints.remove()
        self.area.remove()
        self.follow.remove()
        self._project.layersAdded.disconnect(self._layers_changed)
        self._project.layersRemoved.disconnect(self._layers_changed)

    def rights_changed(self) -> None:
        """Other licences are held."""
        self.footprints.restyle(self._products(), self.look())

    def zoom(self, keys: Sequence[Any]) -> None:
        """The map shows these footprints, with some room around."""
        extent = self.footprints.extent(keys)
        if extent is not None:
            self.zoom_to(extent.buffered(0.05 * max(extent.width(), extent.height())))

    def zoom_to(self, extent: QgsRectangle) -> None:
        """The map shows ``extent``, in its own projection."""
        self._canvas.setExtent(extent)
        self._canvas.refresh()

    def look(self) -> Look:
        """How products look with today's rights and layers; to be called in any thread."""
        loaded, holding = frozenset(self._loaded), self._holding

        def of(product: Product) -> str:
            there = (product.catalogue, product.collection, product.id) in loaded
            return footprint_style.look_of(product, holding(product) is Holding.MISSING, there)

        return of

    @contain_faults()
    def _layers_changed(self, *_: object) -> None:
        found = set()
        for layer in self._project.mapLayers().values():
            item = layer.customProperty("dinamis/item")
            if item:
                found.add(
                    (
                        layer.customProperty("dinamis/catalogue"),
                        layer.customProperty("dinamis/collection"),
                        item,
                    )
                )
        if found != self._loaded:
            self._loaded = found
            self.footprints.restyle(self._products(), self.look())
