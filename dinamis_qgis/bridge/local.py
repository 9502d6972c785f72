"""A file at home as a layer: the same look, credit, dates and properties as a streamed one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.core import QgsApplication, QgsRasterLayer

from dinamis_qgis.bridge import layers, style, tasks
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.imagery import stretch
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


@dataclass(frozen=True)
class _Opening:
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
    """Put a downloaded file on the map, on top; ``done(layer)`` once it is there. GUI thread; reads in the background."""
    profile = context.profile
    if profile is None or profile.id != product.profile:
        profile = Profile(product.profile, "")  # files at home open without their service
    asset = product.asset(asset_key) or Asset(asset_key, str(path))
    opening = _Opening(path, profile, product, asset)

    def added(layer: QgsRasterLayer) -> None:
        layers.insert(layer)
        if done is not None:
            done(layer)

    return tasks.run(lambda job: _open(opening, job), done=added, failed=failed, parent=context, title="local layer")


def _open(opening: _Opening, job: tasks.Job) -> QgsRasterLayer:
    """On the worker thread."""
    profile, product, asset = opening.profile, opening.product, opening.asset
    if not opening.path.is_file():
        raise InvalidInput(
            tr("“{name}” is no longer on the disk.").format(name=opening.path.name),
            tr("Download it again."),
            code="gone",
        )
    source = str(opening.path)
    collection = profile.collection(product.catalogue, product.collection)
    dataset = layers.open_dataset(source)
    bands = style.bands_for(style.Preset.NATURAL, asset, collection, dataset.RasterCount)
    try:
        look = style.Look(bands, stretch.limits(dataset, bands))
    except (OSError, RuntimeError) as error:
        raise InvalidInput(
            tr("“{name}” cannot be read as an image.").format(name=opening.path.name),
            code="unreadable",
            details=str(error),
        ) from error
    job.cancel.check()
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsRasterLayer(source, layers.layer_name(product, asset, profile), "gdal", options)
    if not layer.isValid():
        raise InvalidInput(tr("“{name}” cannot be read as an image.").format(name=opening.path.name), code="unreadable")
    style.hide_nodata(layer, collection.nodata if collection else None)
    style.apply(layer, look)
    layers.describe(layer, profile, product, asset)
    layer.moveToThread(QgsApplication.instance().thread())
    return layer
