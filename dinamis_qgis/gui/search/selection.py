"""What can be done with the chosen products: on the map, home, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.extent import canvas_area
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.tasks import Job


def reasons(products: Sequence[Product], holding: Callable[[Product], Holding]) -> tuple[str, str, str]:
    """Why adding, downloading and comparing cannot be done now; empty where they can."""
    if not products:
        choose = tr("Choose a product in the list first.")
        return choose, choose, tr("Choose two products in the list first.")
    usable = [p for p in products if holding(p) is not Holding.MISSING]
    blocked = "" if usable else tr("Your account does not hold the licence of what is chosen.")
    if len(products) != 2:
        compare = tr("Choose two products to compare them.")
    else:
        compare = "" if len(usable) == 2 else tr("Your account does not hold the licence of one of them.")
    return blocked, blocked, compare


def add_to_map(context: Any, products: Sequence[Product], done: Callable[[Any], None] | None = None) -> list[Job]:
    """Each product as a layer, in the background; ``done(layer)`` once it is in the project. Failures are shown there."""
    from dinamis_qgis.bridge.layers import add_product

    return [add_product(context, product, done=done) for product in products]


def download(context: Any, products: Sequence[Product]) -> None:
    """Ask where and how much, then queue."""
    from dinamis_qgis.gui.downloads.dialog import ask_download

    if not products:
        return
    try:
        ask_download(context, list(products), canvas_area(context.iface.mapCanvas()))
    except DinamisError as error:
        messages.show(error)


class Comparison:
    """A swipe between two products, the older on the left, begun once both are layers of the project."""

    def __init__(self, context: Any, products: Sequence[Product], ended: Callable[[], None]) -> None:
        self._context = context
        self._ended = ended
        self._wanted = sorted(products, key=lambda p: (p.datetime is None, p.datetime.timestamp() if p.datetime else 0.0))
        missing = [product for product in self._wanted if layer_of(product) is None]
        self.jobs = add_to_map(context, missing, lambda _: self._begin())
        self._stopped = False
        for job in self.jobs:
            job.ended.connect(self._check)
        if not missing:
            self._begin()

    def stop(self) -> None:
        """End the swipe; layers on their way still come."""
        from dinamis_qgis.compare.swipe import stop

        self._stopped = True
        stop(self._context.iface.mapCanvas())

    def _begin(self) -> None:
        from dinamis_qgis.compare.swipe import start

        layers = [layer_of(product) for product in self._wanted]
        if not self._stopped and len(layers) == 2 and all(layer is not None for layer in layers):
            start(self._context.iface.mapCanvas(), layers[0], layers[1], self._ended, self._context)

    def _check(self) -> None:
        """One of the two could not be opened, which has been said: nothing to compare."""
        if not self._stopped and all(j.finished for j in self.jobs) and any(layer_of(p) is None for p in self._wanted):
            self._ended()


def layer_of(product: Product) -> Any:
    """The layer of the project that shows this product, if there is one."""
    from qgis.core import QgsProject

    wanted = {"catalogue": product.catalogue, "collection": product.collection, "item": product.id}
    for layer in QgsProject.instance().mapLayers().values():
        if all(layer.customProperty(f"dinamis/{key}") == value for key, value in wanted.items()):
            return layer
    return None
