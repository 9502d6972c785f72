"""The dates around a comparison: the scenes the view holds, opened or only found, and which comes
next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timezone
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsRasterLayer

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.geometry.extent import canvas_area
from dinamis_qgis.core.account.model import Holding, holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


NAMES = ("catalogue", "collection", "item")


@dataclass(frozen=True)
class Date:
    """A scene by its moment: a layer of the project, or a product of the search that is not opened
    yet.
    """

    stamp: str
    key: str
    layer: QgsRasterLayer | None = None
    product: Product | None = None


def dated_scenes(canvas: Any) -> list[QgsRasterLayer]:
    """The dated scenes of the project that lie in the view, oldest first."""
    view = canvas.mapSettings()
    dated = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsRasterLayer)
        and layer.customProperty("dinamis/datetime")
        and view.layerExtentToOutputExtent(layer, layer.extent()).intersects(view.visibleExtent())
    ]
    return sorted(
        dated, key=lambda layer: (str(layer.customProperty("dinamis/datetime")), layer.id())
    )


def dates_in_view(canvas: Any, context: Context | None) -> list[Date]:
    """Those, and the products of the search that show the view and may be opened; oldest first."""
    layers = dated_scenes(canvas)
    found = [
        Date(_iso_stamp(str(layer.customProperty("dinamis/datetime"))), layer.id(), layer)
        for layer in layers
    ]
    if context is not None:
        known = {
            tuple(str(layer.customProperty(f"dinamis/{name}")) for name in NAMES)
            for layer in layers
        }
        fresh = (
            p
            for p in _products_in_view(canvas, context)
            if (p.catalogue, p.collection, p.id) not in known
        )
        found += [Date(_stamp_of(p), str(p.key), product=p) for p in fresh]
    return sorted(found, key=lambda date: (date.stamp, date.key))


def _products_in_view(canvas: Any, context: Context) -> list[Product]:
    profile = context.profile
    products = context.results() if profile is not None else ()
    if not products or profile is None:
        return []
    try:
        area = canvas_area(canvas)
    except InvalidInput:
        return []
    return [
        p for p in products
        if p.datetime is not None and p.footprint is not None and p.footprint.intersects(area)
        and holding(profile, context.account, p.licence) is not Holding.MISSING
    ]  # fmt: skip


def _stamp_of(product: Product) -> str:
    moment = product.datetime
    return moment.astimezone(timezone.utc).isoformat() if moment is not None else ""


def _iso_stamp(said: str) -> str:
    return said.replace("Z", "+00:00")


class Stepper:
    """Steps through the dates; a product that is not opened yet is opened first, in the background.

    ``show(which, layer)`` compares it; ``told()`` whenever ``opening`` (side and name of what is on
    its way) changes.
    """

    def __init__(
        self,
        canvas: Any,
        context: Context | None,
        show: Callable[[int, QgsRasterLayer], None],
        told: Callable[[], None],
    ) -> None:
        self._canvas, self._context, self._show, self._told = canvas, context, show, told
        self._job: tasks.Job | None = None
        self._wanted = ""
        self.opening: tuple[int, str] | None = None

    def dates(self) -> list[Date]:
        """What can be stepped through."""
        return dates_in_view(self._canvas, self._context)

    def step(self, pair: tuple[QgsRasterLayer, QgsRasterLayer], which: int, by: int) -> bool:
        """The date ``by`` (1 or -1) from the one on side ``which``, the other side's left out; from
        the one on its way, if any.
        """
        now = (
            self._wanted
            if self.opening is not None and self.opening[0] == which
            else pair[which].id()
        )
        rest = [date for date in self.dates() if date.key != pair[1 - which].id()]
        at = next((k for k, date in enumerate(rest) if date.key == now), None)
        place = by + (at if at is not None else -1 if by > 0 else len(rest))
        if not 0 <= place < len(rest):
            return False
        self.stop()
        date = rest[place]
        if date.layer is not None:
            self._show(which, date.layer)
        elif date.product is not None:
            self._open(which, date.product, date.key)
        return True

    def _open(self, which: int, product: Product, key: str) -> None:
        from dinamis_qgis.bridge.layers.add import add_product

        if self._context is None:
            return

        def done(layer: QgsRasterLayer) -> None:
            self._job, self.opening = None, None
            self._show(which, layer)

        def failed(error: DinamisError) -> None:
            self._job, self.opening = None, None
            messages.show(error)
            self._told()

        self._wanted, self.opening = key, (which, _stamp_of(product)[:10])
        self._job = add_product(self._context, product, done=done, failed=failed)
        self._told()

    def stop(self) -> None:
        """Give up what is on its way."""
        job, self._job, self.opening = self._job, None, None
        if job is not None:
            job.stop()
