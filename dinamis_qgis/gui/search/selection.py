"""What can be done with the chosen products: on the map, home, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.extent import canvas_area
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr


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


def add_to_map(context: Any, products: Sequence[Product]) -> list[Any]:
    """Each product as a layer; the first failure is shown and ends it. The layers made."""
    from dinamis_qgis.bridge.layers import add_product

    layers = []
    try:
        for product in products:
            layers.append(add_product(context, product))
    except DinamisError as error:
        messages.show(error)
    return layers


def download(context: Any, products: Sequence[Product]) -> None:
    """Ask where and how much, then queue."""
    from dinamis_qgis.gui.downloads.dialog import ask_download

    if not products:
        return
    try:
        ask_download(context, list(products), canvas_area(context.iface.mapCanvas()))
    except DinamisError as error:
        messages.show(error)


def compare(context: Any, products: Sequence[Product], ended: Callable[[], None]) -> bool:
    """A swipe between two products, the older on the left; False when there is nothing to compare."""
    from dinamis_qgis.compare.swipe import start

    if len(products) != 2:
        return False
    ordered = sorted(products, key=lambda p: (p.datetime is None, p.datetime.timestamp() if p.datetime else 0.0))
    layers = [layer_of(product) or next(iter(add_to_map(context, [product])), None) for product in ordered]
    if any(layer is None for layer in layers):
        return False
    start(context.iface.mapCanvas(), layers[0], layers[1], ended)
    return True


def stop_comparing(context: Any) -> None:
    """End the swipe if there is one."""
    from dinamis_qgis.compare.swipe import stop

    stop(context.iface.mapCanvas())


def layer_of(product: Product) -> Any:
    """The layer of the project that shows this product, if there is one."""
    from qgis.core import QgsProject

    wanted = {"catalogue": product.catalogue, "collection": product.collection, "item": product.id}
    for layer in QgsProject.instance().mapLayers().values():
        if all(layer.customProperty(f"dinamis/{key}") == value for key, value in wanted.items()):
            return layer
    return None
