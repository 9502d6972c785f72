"""A product as a layer: streamed through the gateway, styled, credited, dated, and knowing where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsRasterLayer

from dinamis_qgis.bridge import compose, style, tasks
from dinamis_qgis.bridge.compose import default_asset
from dinamis_qgis.bridge.describe import describe, layer_name
from dinamis_qgis.bridge.gateway import gateways
from dinamis_qgis.bridge.tiled import add_tiled
from dinamis_qgis.bridge.view import View, insert, view_of, within
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.reach import reach
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.imagery import access, placeholder, stretch
from dinamis_qgis.core.imagery.sources import curl_source
from dinamis_qgis.core.imagery.upstream import Changed
from dinamis_qgis.core.text import tr

__all__ = ["add_mosaic", "add_product", "default_asset", "insert"]

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.profile.model import Profile


@dataclass(frozen=True)
class _Opening:
    """What a worker needs to open an asset."""

    product: Product
    asset: Asset
    files: compose.Files
    preset: style.Preset

    @property
    def profile(self) -> Profile:
        return self.files.profile


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
    shown with their button, "try again" included. A licence that is missing is told before any byte moves. A product that is
    a map service is shown as one (``tiled``); one whose files are elsewhere is refused with the reason.
    """
    if product.tiled_layer() is not None:
        return add_tiled(context, product, done, failed, progressed)

    def once_more() -> None:
        add_product(context, product, asset_key, done, failed, progressed, preset)

    def show(error: DinamisError) -> None:
        from dinamis_qgis.bridge import messages

        messages.show(error, retry=lambda: (gateways(context).refresh(), once_more()))

    tell = failed or show
    try:
        opening = _prepare(context, product, asset_key, preset)
    except DinamisError as error:
        return tasks.run(partial(_refuse, error), failed=tell, parent=context, title="layer")

    def added(found: tuple[str, style.Look]) -> None:
        try:
            layer = make(*found, opening.profile, opening.product, opening.asset)
        except DinamisError as error:
            if opening.files.gateway.lives(found[0]):
                tell(error)
            else:  # replaced on the service at this very moment
                once_more()
            return
        name_after(layer, preset)
        insert(layer, context.iface)
        if done is not None:
            done(layer)

    def work(job: tasks.Job) -> tuple[str, style.Look]:
        return current(lambda: _open(opening, job), opening.files)

    return tasks.run(work, done=added, failed=tell, progressed=progressed, parent=context, title="layer")


def _refuse(error: DinamisError, job: tasks.Job) -> None:
    """Work that fails: what is refused at once is told the way of everything else."""
    raise error


def add_mosaic(
    context: Context,
    products: Sequence[Product],
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
) -> tasks.Job:
    """Several products as one layer, the best on top (``compose.by_quality``), otherwise as ``add_product``.

    Not in one coordinate system, or panchromatic with multispectral: refused. Different resolutions: the finest is
    kept, which is said.
    """
    from dinamis_qgis.bridge import messages

    ordered = compose.by_quality(products)
    prepared: compose.Files | DinamisError
    try:
        prepared = _mosaic_files(context, ordered)
    except DinamisError as error:
        prepared = error

    def work(job: tasks.Job) -> tuple[str, style.Look, bool]:
        if isinstance(prepared, DinamisError):
            raise prepared
        job.progress(-1.0, tr("Opening %n image(s)…", len(ordered)))
        first = compose.default_asset(prepared.profile, ordered[0])
        differ: list[bool] = []

        def open_all() -> tuple[str, style.Look]:
            source, mixed = compose.mosaic_of(ordered, prepared, job.cancel.check)
            differ.append(mixed)
            return source, examine(source, prepared.profile, ordered[0], first, gateway=prepared.gateway)

        return *current(open_all, prepared), differ[-1]

    def added(found: tuple[str, style.Look, bool]) -> None:
        if isinstance(prepared, DinamisError):
            return
        source, look, mixed = found
        profile = prepared.profile
        try:
            first = compose.default_asset(profile, ordered[0])
            layer = make(source, look, profile, compose.as_one(ordered, profile), first)
        except DinamisError as error:
            (failed or messages.show)(error)
            return
        layer.setName(compose.mosaic_name(ordered))
        layer.setCustomProperty("dinamis/preset", "mosaic")
        insert(layer, context.iface)
        if mixed:
            messages.info(tr("These images have different resolutions: the mosaic keeps the finest."))
        if done is not None:
            done(layer)

    return tasks.run(work, done=added, failed=failed, progressed=progressed, parent=context, title="mosaic")


def _mosaic_files(context: Context, products: Sequence[Product]) -> compose.Files:
    """Raises DinamisError where nothing was chosen, or one of the products may not be used."""
    files = files_of(context)
    if not products:
        raise InvalidInput(tr("Choose the products of the mosaic first."), code="nothing")
    for product in products:
        access.check(files.profile, context.account, product, context.expired)
    return files


def name_after(layer: QgsRasterLayer, preset: style.Preset, usual: str = "") -> None:
    """The name ends with what is shown where that is not the file itself; the layer remembers its preset.

    ``usual`` is the name the file has by itself: given for a layer that was there, whose name is only changed where it was ours.
    """
    layer.setCustomProperty("dinamis/preset", preset.value)
    ends = {style.Preset.VEGETATION: "NDVI", style.Preset.PANSHARPENED: tr("pansharpened")}
    begin, _, end = layer.name().rpartition(" · ")
    known = end in (*ends.values(), "MS", "PAN", "PMS")
    if usual and not known:
        return
    if preset in ends:
        layer.setName(f"{begin if known else layer.name()} · {ends[preset]}")
    elif usual:
        layer.setName(f"{begin} · {usual.rpartition(' · ')[2]}")


def _prepare(context: Context, product: Product, asset_key: str | None, preset: style.Preset) -> _Opening:
    profile = context.profile
    if profile is None:
        raise InvalidInput(tr("No service is open yet."), tr("Open the DINAMIS panel."), code="no-profile")
    obstacle = reach(profile, product).add
    if obstacle:
        raise InvalidInput(obstacle, code="elsewhere", details=product.id)
    asset = product.asset(asset_key) if asset_key else default_asset(profile, product)
    if asset is None:
        raise InvalidInput(
            tr("This product has no file “{key}”.").format(key=asset_key), code="no-asset", details=product.id
        )
    access.check(profile, context.account, product, context.expired)
    asset = asset if asset_key else compose.main_asset(preset, profile, product, asset)
    return _Opening(product, asset, files_of(context), preset)


def files_of(context: Context) -> compose.Files:
    """How the open profile's files are read, for what the map shows. GUI thread. Raises InvalidInput without a profile."""
    if context.profile is None:
        raise InvalidInput(tr("No service is open yet."), tr("Open the DINAMIS panel."), code="no-profile")
    view = view_of(context.iface.mapCanvas()) if context.iface is not None else None
    gateway = gateways(context).current()
    gateway.retry()  # a person asks: what failed a moment ago is tried again
    return compose.Files(context.profile, gateway, placeholders(context), view)


def placeholders(context: Context) -> Path:
    """Where the stand-ins of unreachable imagery are kept."""
    return context.paths.home / "placeholders"


# on the worker thread
def current(open_files: Callable[[], tuple[str, style.Look]], files: compose.Files) -> tuple[str, style.Look]:
    """What ``open_files`` gives; once more where a file was replaced on the service since it was last read. Raises DinamisError."""
    try:
        found = open_files()
    except DinamisError as error:
        if error.code not in (Changed.code, "unreadable"):
            raise
        return open_files()
    return found if files.gateway.lives(found[0]) else open_files()


def _open(opening: _Opening, job: tasks.Job) -> tuple[str, style.Look]:
    asset, files = opening.asset, opening.files
    job.progress(-1.0, tr("Opening {name}…").format(name=layer_name(opening.product, asset, opening.profile)))
    source = compose.source_of(opening.preset, opening.product, asset, files)
    job.cancel.check()
    return source, examine(source, files.profile, opening.product, asset, opening.preset, files.gateway)


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
    if preset is style.Preset.VEGETATION:
        return style.Look((1,), ((style.VEGETATION[0][0], style.VEGETATION[-1][0]),), vegetation=True)
    dataset = open_dataset(source, gateway, asset.href)
    bands = style.bands_for(preset, asset, collection, dataset.RasterCount)
    try:
        return style.Look(bands, stretch.limits(dataset, bands, balance=style.BALANCE.get(preset, 0.0)))
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
    if not look.vegetation:
        style.hide_nodata(layer, collection.nodata if collection else None)
    style.apply(layer, look)
    describe(layer, profile, product, asset)
    return layer


def warm(gateway: Gateway, folder: Path, href: str, view: View | None = None) -> str:
    """Open ``href`` through the gateway once, so that QGIS's opening costs next to nothing; returns its data source.

    What ``view`` will read of it begins to come.
    Remembers what opening reads (it will work offline) and the shape of the image (its stand-in). Worker thread.
    Raises DinamisError.
    """
    from osgeo import gdal

    file = gateway.file(href)
    file.head()
    url = gateway.url_for(href)
    gdal.VSICurlPartialClearCache(f"/vsicurl/{url}")  # GDAL remembers failures of this one address
    source = curl_source(url)
    try:
        dataset = open_dataset(source, gateway, href)
    except DinamisError as error:
        if error.code == "unreadable":  # the storage gave something else than the image, and may do better the next time
            gateway.forget(href)
        raise
    for band in range(1, dataset.RasterCount + 1):
        overviews = dataset.GetRasterBand(band).GetOverviewCount()
        for level in range(overviews):
            dataset.GetRasterBand(band).GetOverview(level).GetBlockSize()
    file.opened()
    shape = placeholder.shape_of(dataset)
    seen = within(view, shape) if view is not None else None
    if seen is not None:
        file.foresee(*seen)
    try:
        placeholder.write(folder, href, shape)
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
