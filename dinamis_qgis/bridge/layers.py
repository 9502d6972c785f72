"""A product as a layer: streamed through the gateway, styled, credited, dated, and knowing where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsProject, QgsRasterLayer

from dinamis_qgis.bridge import style, tasks
from dinamis_qgis.bridge.describe import describe, layer_name
from dinamis_qgis.bridge.gateway import gateways
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.imagery import access, placeholder, stretch
from dinamis_qgis.core.imagery.sources import curl_source
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.profile.model import Profile


@dataclass(frozen=True)
class _Opening:
    """What a worker needs to open an asset."""

    profile: Profile
    product: Product
    asset: Asset
    gateway: Gateway
    placeholders: Path
    preset: style.Preset


def add_product(
    context: Context,
    product: Product,
    asset_key: str | None = None,
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
    preset: style.Preset = style.Preset.NATURAL,
) -> tasks.Job:
    """Stream ``product`` onto the map, above what is there; ``done(layer)`` once it is in the project.

    Call on the GUI thread; everything slow runs in the background and ``job.stop()`` gives up. Without ``failed`` errors are
    shown with their button, "try again" included. A licence that is missing is told before any byte moves.
    """
    opening: _Opening | DinamisError
    try:
        opening = _prepare(context, product, asset_key, preset)
    except DinamisError as error:
        opening = error

    def work(job: tasks.Job) -> tuple[str, style.Look]:
        if isinstance(opening, DinamisError):
            raise opening
        return _open(opening, job)

    def again() -> None:
        gateways(context).refresh()
        add_product(context, product, asset_key, done, failed, progressed, preset)

    def added(found: tuple[str, style.Look]) -> None:
        if isinstance(opening, DinamisError):
            return
        try:
            layer = make(*found, opening.profile, opening.product, opening.asset)
        except DinamisError as error:
            (failed or show)(error)
            return
        insert(layer)
        if done is not None:
            done(layer)

    def show(error: DinamisError) -> None:
        from dinamis_qgis.bridge import messages

        messages.show(error, retry=again)

    return tasks.run(work, done=added, failed=failed or show, progressed=progressed, parent=context, title="layer")


def insert(layer: QgsRasterLayer) -> None:
    """Put ``layer`` in the project, on top. GUI thread."""
    project = QgsProject.instance()
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertLayer(0, layer)


def default_asset(profile: Profile, product: Product) -> Asset:
    """The file that shows a product best: as the profile says, else the first imagery. Raises InvalidInput when it has none."""
    collection = profile.collection(product.catalogue, product.collection)
    for key in collection.data_assets if collection else ():
        found = product.asset(key)
        if found is not None:
            return found
    data = product.data_assets()
    if not data:
        raise InvalidInput(tr("This product has no image file to show."), code="no-asset", details=product.id)
    return data[0]


def _prepare(context: Context, product: Product, asset_key: str | None, preset: style.Preset) -> _Opening:
    profile = context.profile
    if profile is None:
        raise InvalidInput(tr("No service is open yet."), tr("Open the DINAMIS panel."), code="no-profile")
    asset = product.asset(asset_key) if asset_key else default_asset(profile, product)
    if asset is None:
        raise InvalidInput(
            tr("This product has no file “{key}”.").format(key=asset_key), code="no-asset", details=product.id
        )
    access.check(profile, context.account, product)
    return _Opening(profile, product, asset, gateways(context).current(), placeholders(context), preset)


def placeholders(context: Context) -> Path:
    """Where the stand-ins of unreachable imagery are kept."""
    return context.paths.home / "placeholders"


# on the worker thread
def _open(opening: _Opening, job: tasks.Job) -> tuple[str, style.Look]:
    asset, gateway = opening.asset, opening.gateway
    job.progress(-1.0, tr("Opening {name}…").format(name=layer_name(opening.product, asset, opening.profile)))
    if gateway.holds(asset.href):
        source = warm(gateway, opening.placeholders, asset.href)
    else:
        source = f"/vsicurl/{asset.href}"
    job.cancel.check()
    return source, examine(source, opening.profile, opening.product, asset, opening.preset, gateway)


def examine(
    source: str,
    profile: Profile,
    product: Product,
    asset: Asset,
    preset: style.Preset = style.Preset.NATURAL,
    gateway: Gateway | None = None,
) -> style.Look:
    """The look of ``source`` (a GDAL path: the gateway's, or a downloaded file), from an overview. Worker thread. Raises DinamisError."""
    collection = profile.collection(product.catalogue, product.collection)
    dataset = open_dataset(source, gateway, asset.href)
    bands = style.bands_for(preset, asset, collection, dataset.RasterCount)
    try:
        return style.Look(bands, stretch.limits(dataset, bands, balance=style.BALANCE[preset]))
    except (OSError, RuntimeError) as error:
        raise unreadable(gateway, asset.href, str(error)) from error


def make(source: str, look: style.Look, profile: Profile, product: Product, asset: Asset) -> QgsRasterLayer:
    """A layer over ``source``, styled and described, ready for ``insert``. GUI thread, some milliseconds once ``warm`` has run.

    Not on the worker: a layer's CRS is tied to the PROJ context of the thread that made it, and QGIS crashes when that thread is gone.
    Raises ServiceError.
    """
    layer = QgsRasterLayer()
    # Not the constructor: it would read pixels for a stretch of its own.
    layer.setDataSource(source, layer_name(product, asset, profile), "gdal", False)
    if not layer.isValid():
        raise unreadable(None, asset.href, "QGIS cannot open it")
    collection = profile.collection(product.catalogue, product.collection)
    style.hide_nodata(layer, collection.nodata if collection else None)
    style.apply(layer, look)
    describe(layer, profile, product, asset)
    return layer


def warm(gateway: Gateway, folder: Path, href: str) -> str:
    """Open ``href`` through the gateway once, so that QGIS's opening costs next to nothing; returns its data source.

    Remembers what opening reads (it will work offline) and the shape of the image (its stand-in). Worker thread.
    Raises DinamisError.
    """
    from osgeo import gdal

    file = gateway.file(href)
    file.head()
    url = gateway.url_for(href)
    gdal.VSICurlPartialClearCache(f"/vsicurl/{url}")  # GDAL remembers failures of this one address
    source = curl_source(url)
    dataset = open_dataset(source, gateway, href)
    for band in range(1, dataset.RasterCount + 1):
        overviews = dataset.GetRasterBand(band).GetOverviewCount()
        for level in range(overviews):
            dataset.GetRasterBand(band).GetOverview(level).GetBlockSize()
    file.opened()
    try:
        placeholder.write(folder, href, placeholder.shape_of(dataset))
    except OSError:  # a stand-in is a convenience
        return source
    return source


def open_dataset(source: str, gateway: Gateway | None = None, href: str = "") -> Any:
    """A GDAL dataset. Raises what the gateway last heard about ``href``, else ServiceError."""
    from osgeo import gdal

    heard: list[DinamisError] = []

    def hear(about: str, error: DinamisError) -> None:
        if about == href:
            heard.append(error)

    if gateway is not None:
        gateway.listeners.append(hear)
    try:
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            dataset = gdal.Open(source)
        except RuntimeError:  # GDAL with exceptions on, as another plugin may have asked for
            dataset = None
        finally:
            gdal.PopErrorHandler()
    finally:
        if gateway is not None:
            gateway.listeners.remove(hear)
    if dataset is None:
        raise (
            heard[-1]
            if heard
            else ServiceError(
                tr("This image cannot be read."), tr("Try again; if it lasts, tell your relay."), code="unreadable"
            )
        )
    return dataset


def unreadable(gateway: Gateway | None, href: str, details: str) -> DinamisError:
    """Why an image that opened cannot be read."""
    if gateway is not None and gateway.holds(href):
        try:
            gateway.file(href).head()
        except Cancelled:
            raise
        except DinamisError as error:
            return error
    return ServiceError(
        tr("This image cannot be read."),
        tr("Try again; if it lasts, tell your relay."),
        code="unreadable",
        details=details,
    )
