"""A file at home as a layer: the same look, credit, dates and properties as a streamed one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.core import (
    QgsFillSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers import add, style
from dinamis_qgis.bridge.layers.map_view import of_project
from dinamis_qgis.bridge.layers.metadata import layer_name
from dinamis_qgis.bridge.layers.open import examine_source
from dinamis_qgis.bridge.layers.origin import set_facts
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.delivery.deliver import DELIVERY
from dinamis_qgis.core.errors import DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.imagery.layer_source import href_in, plain_source
from dinamis_qgis.core.local_catalogue.record import item_path, product_at_home
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

_MODES = {"pansharpened": "PMS", "ms": "MS", "pan": "PAN"}
"""What each file of a delivered bundle is."""


@dataclass(frozen=True)
class _LocalOpening:
    path: Path
    profile: Profile
    product: Product
    asset: Asset


def add_file(
    context: Context,
    path: Path,
    product: Product,
    asset_key: str,
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
) -> tasks.Job:
    """Put a downloaded file on the map, on top; ``done(layer)`` once it is there.

    GUI thread; reads in the background.
    """
    profile = context.profile
    if profile is None or profile.id != product.profile:
        profile = Profile(product.profile, "")  # files at home open without their service
    asset = product.asset(asset_key) or Asset(asset_key, str(path))
    product = (
        replace(product, mode=_MODES.get(asset_key, product.mode))
        if product.profile == DELIVERY
        else product
    )
    opening = _LocalOpening(path, profile, product, asset)

    def added(found: tuple[style.Look, str]) -> None:
        look, streamed = found
        try:
            layer = add.make_layer(str(path), look, profile, product, asset)
        except DinamisError as error:
            (failed or messages.show)(error)
            return
        set_facts(layer, streamed=streamed)  # when the file is gone it is streamed again
        add.insert_layer(layer)
        if done is not None:
            done(layer)

    return of_project(
        tasks.run(
            lambda job: _examine_local(opening, job),
            done=added,
            failed=failed,
            parent=context,
            title="local layer",
        )
    )


def _examine_local(opening: _LocalOpening, job: tasks.Job) -> tuple[style.Look, str]:
    """On the worker thread: how it is shown, and what it is streamed from (``_streamed_from``)."""
    name = opening.path.name
    if not opening.path.is_file():
        raise InvalidInput(
            tr("“{name}” is no longer on the disk.").format(name=name),
            tr("Download it again."),
            code="gone",
        )
    try:
        look = examine_source(str(opening.path), opening.profile, opening.product, opening.asset)
    except ServiceError as error:
        text = tr("“{name}” cannot be read as an image.").format(name=name)
        raise InvalidInput(
            text, tr("Download it again."), code="unreadable", details=error.details
        ) from error
    job.cancel.check()
    return look, _streamed_from(opening)


def _streamed_from(opening: _LocalOpening) -> str:
    """The plain source of a whole file out of the profile's storage; empty for a clip, a delivery,
    a file of another service.
    """
    kept = product_at_home(item_path(opening.path.parent, opening.product))
    asset = kept.asset(opening.asset.key) if kept is not None else None
    if asset is None or Path(asset.href) != opening.path or not asset.taken_from:
        return ""
    href = href_in(asset.taken_from, opening.profile)
    return plain_source(href) if href else ""


def add_clouds(path: Path, product: Product) -> QgsVectorLayer:
    """The cloud mask of a delivered product, above the image it belongs to: hatched, so that the
    ground stays visible. GUI thread.

    Raises InvalidInput.
    """
    name = " · ".join(
        x for x in (layer_name(product, Asset("clouds", ""), Profile("", "")), tr("clouds")) if x
    )
    layer = QgsVectorLayer(str(path), name, "ogr")
    if not layer.isValid():
        raise InvalidInput(tr("The cloud mask cannot be read."), code="clouds", details=path.name)
    look = {
        "style": "b_diagonal",
        "color": "255,255,255,200",
        "outline_color": "255,255,255,255",
        "outline_width": "0.4",
    }
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(look)))
    project = QgsProject.instance()
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)
    return layer
