"""Deliveries of the portal opened in the background, their products put on the map."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers.local_file import add_clouds, add_file
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.delivery.deliver import Report

MOST_LAYERS = 4
"""So many products of one delivery go onto the map by themselves."""


def open_delivery(
    context: Context,
    source: Path,
    root: Path,
    done: Callable[[Report], None],
    failed: Callable[[DinamisError], None],
    progressed: Callable[[float, str], None],
    parent: QObject,
) -> tasks.Job:
    """Open what ``source`` holds below ``root``; ``done(report)`` on the GUI thread.

    ``job.cancel.set()`` gives up.
    """

    def work(job: tasks.Job) -> Report:
        from dinamis_qgis.core.delivery.deliver import open_deliveries

        return open_deliveries(source, root, job.cancel, job.progress)

    return tasks.run(
        work, done=done, failed=failed, progressed=progressed, parent=parent, title="delivery"
    )


def best_files(product: Product) -> list[Asset]:
    """What shows a product at home: of a bundle the pansharpened image alone, else all its
    images.
    """
    images = [asset for asset in product.assets if asset.is_data]
    return [asset for asset in images if "visual" in asset.roles] or images


def archives_of(product: Product) -> list[Path]:
    """The archives a product at home came in: to be opened before anything can be shown."""
    return [Path(asset.href) for asset in best_files(product) if asset.is_archive]


def add_products(context: Context, products: Iterable[Product]) -> None:
    """Put products at home on the map."""
    for product in products:
        images = best_files(product)
        for asset in images:
            add_file(context, Path(asset.href), product, asset.key)
        if not images:
            messages.info(tr("This product has no image file to show."))


def clouds_of(product: Product) -> Asset | None:
    """The cloud mask of a delivered product, when it has one."""
    return next((asset for asset in product.assets if "cloud" in asset.roles), None)


def show_clouds(products: Iterable[Product]) -> None:
    """Put the cloud masks of products on the map."""
    for product in products:
        asset = clouds_of(product)
        if asset is not None:
            try:
                add_clouds(Path(asset.href), product)
            except DinamisError as error:
                messages.show(error)
