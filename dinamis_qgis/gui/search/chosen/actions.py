"""What can be done with the chosen products: on the map, home, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from dinamis_qgis.bridge import messages
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.availability import Reach, reach
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.tasks import Job


def why_not(
    products: Sequence[Product],
    holding: Callable[[Product], Holding],
    reach: Callable[[Product], Reach] | None = None,
) -> tuple[str, str, str]:
    """Why adding, downloading and comparing cannot be done now; empty where they can."""
    if not products:
        choose = tr("Choose a product in the list first.")
        return choose, choose, tr("Choose two products in the list first.")
    usable = [p for p in products if holding(p) is not Holding.MISSING]
    blocked = "" if usable else tr("Your account does not hold the licence of what is chosen.")
    found = [reach(p) if reach else Reach() for p in usable]
    add = blocked or (found[0].add if all(r.add for r in found) else "")
    download = blocked or (found[0].download if all(r.download for r in found) else "")
    if len(products) != 2:
        compare = tr("Choose two products to compare them.")
    elif len(usable) < 2:
        compare = tr("Your account does not hold the licence of one of them.")
    else:
        compare = next((r.add for r in found if r.add), "")
    return add, download, compare


def add_to_map(
    context: Any, products: Sequence[Product], done: Callable[[Any], None] | None = None
) -> list[Job]:
    """Each product as a layer, in the background; ``done(layer)`` once it is in the project.

    Failures are shown there.

    Those that only their own page gives are said, with the way there.
    """
    from dinamis_qgis.bridge.layers.add import add_product

    there = [product for product in products if not reach(context.profile, product).add]
    _say_others(context, products, lambda found: found.add)
    return [add_product(context, product, done=done) for product in there]


def start_download(context: Any, products: Sequence[Product], searched: Any = None) -> None:
    """Ask for the keys that are missing, then where and how much, then queue.

    ``searched`` is the search's area (``SearchArea``), offered where it is one of its own.
    """
    from dinamis_qgis.bridge.geometry.extent import canvas_area
    from dinamis_qgis.gui.account.catalogue_keys import with_keys
    from dinamis_qgis.gui.downloads.dialog import ask_download
    from dinamis_qgis.gui.downloads.places import place_of

    area = searched.fixed if searched is not None else None
    name = searched.chosen_name() if area is not None else ""
    title = tr("The searched area: {name}").format(name=name) if name else tr("The searched area")
    places = [place_of(title, area, name)] if area is not None else []
    there = [product for product in products if not reach(context.profile, product).download]
    _say_others(context, products, lambda found: found.download)
    if not there:
        return

    def ask() -> None:
        try:
            ask_download(context, there, canvas_area(context.iface.mapCanvas()), places)
        except DinamisError as error:
            messages.show(error)

    with_keys(context, there, ask)


def _say_others(context: Any, products: Sequence[Product], why: Callable[[Reach], str]) -> None:
    """Why some cannot be had here; the page of the first."""
    found = [
        (why(known), known.page)
        for known in (reach(context.profile, product) for product in products)
        if why(known)
    ]
    if not found:
        return
    text, page = found[0]
    left_out = (
        tr("%n product(s) left out:", len(found)) + f" {text}"
        if len(found) < len(products)
        else text
    )
    messages.warn(
        left_out, (tr("Open its page"), lambda: open_page(page)) if page else None, key="elsewhere"
    )


def open_page(page: str) -> None:
    """A page in the person's browser; only a web address."""
    if page.startswith(("https://", "http://")):
        QDesktopServices.openUrl(QUrl(page))


class ComparisonAction:
    """A swipe between two products, the older on the left, begun once both are layers of the
    project.
    """

    def __init__(
        self, context: Any, products: Sequence[Product], ended: Callable[[], None]
    ) -> None:
        self._context = context
        self._ended = ended
        self._wanted = sorted(
            products,
            key=lambda p: (p.datetime is None, p.datetime.timestamp() if p.datetime else 0.0),
        )
        missing = [product for product in self._wanted if layer_of(product) is None]
        self.jobs = add_to_map(context, missing, lambda _: self._begin())
        self._stopped = False
        for job in self.jobs:
            job.ended.connect(self._check)
        if not missing:
            self._begin()

    def stop(self) -> None:
        """End the swipe; layers on their way still come."""
        from dinamis_qgis.compare.swipe import stop_comparison

        self._stopped = True
        stop_comparison(self._context.iface.mapCanvas())

    def _begin(self) -> None:
        from dinamis_qgis.compare.swipe import start_comparison

        layers = [layer_of(product) for product in self._wanted]
        if not self._stopped and len(layers) == 2 and all(layer is not None for layer in layers):
            start_comparison(
                self._context.iface.mapCanvas(), layers[0], layers[1], self._ended, self._context
            )

    def _check(self) -> None:
        """One of the two could not be opened, which has been said: nothing to compare."""
        if (
            not self._stopped
            and all(j.finished for j in self.jobs)
            and any(layer_of(p) is None for p in self._wanted)
        ):
            self._ended()


def layer_of(product: Product) -> Any:
    """The layer of the project that shows this product, if there is one."""
    from qgis.core import QgsProject

    wanted = {"catalogue": product.catalogue, "collection": product.collection, "item": product.id}
    for layer in QgsProject.instance().mapLayers().values():
        if all(layer.customProperty(f"dinamis/{key}") == value for key, value in wanted.items()):
            return layer
    return None
