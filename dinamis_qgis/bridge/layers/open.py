"""Opening imagery on worker threads: warmed through the gateway, looked at for its stretch, its
failures in words.

What is here makes no layer: those belong to the GUI thread (``layers``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from dinamis_qgis.bridge.layers import style
from dinamis_qgis.bridge.layers.map_view import MapView, view_within
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import Cancelled, DinamisError, ServiceError
from dinamis_qgis.core.imagery import placeholder, stretch
from dinamis_qgis.core.imagery.layer_source import curl_source
from dinamis_qgis.core.imagery.upstream import ObjectChanged
from dinamis_qgis.core.rasters import holds_mask_only, mask_of, open_image
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.net.cancel import Cancel
    from dinamis_qgis.core.profile.model import Collection, Profile


def open_current(
    open_files: Callable[[], tuple[str, style.Look]], gateway: Gateway
) -> tuple[str, style.Look]:
    """What ``open_files`` gives; once more where a file was replaced on the service since it was
    last read. Raises DinamisError.
    """
    try:
        found = open_files()
    except DinamisError as error:
        if error.code not in (ObjectChanged.code, "unreadable"):
            raise
        return open_files()
    return found if gateway.lives(found[0]) else open_files()


def examine_source(
    source: str,
    profile: Profile,
    product: Product,
    asset: Asset,
    preset: style.Preset = style.Preset.NATURAL,
    gateway: Gateway | None = None,
) -> style.Look:
    """The look of ``source`` (a GDAL path: the gateway's, or a downloaded file), from an overview.

    Raises DinamisError.
    """
    collection = profile.collection(product.catalogue, product.collection)
    if preset is style.Preset.VEGETATION:
        return style.Look(
            (1,), ((style.VEGETATION[0][0], style.VEGETATION[-1][0]),), vegetation=True
        )
    dataset = open_dataset(source, gateway, asset.href)
    alpha = _transparency_band(dataset, collection)
    count = dataset.RasterCount - (alpha == dataset.RasterCount)  # a mask is no near infrared
    bands = style.bands_for(preset, asset, collection, count)
    try:
        limits = stretch.stretch_limits(dataset, bands, balance=style.BALANCE.get(preset, 0.0))
        return style.Look(bands, limits, alpha=alpha)
    except (OSError, RuntimeError) as error:
        raise unreadable_image(gateway, asset.href, str(error)) from error


def _transparency_band(dataset: Any, collection: Collection | None) -> int:
    """The band that says how much is seen, as QGIS numbers it: a mask is one more than there are.

    GDAL calls the fourth band of eight bits so: what the profile knows for near infrared is none,
    unless it holds nothing but a mask.
    """
    from osgeo import gdal

    kind, count = mask_of(dataset), dataset.RasterCount
    if kind == "mask":
        return int(count) + 1
    numbers = range(1, count + 1 if kind else 1)
    kinds = {n: dataset.GetRasterBand(n).GetColorInterpretation() for n in numbers}
    named = (number for number, said in kinds.items() if said == gdal.GCI_AlphaBand)
    return next(
        (
            n
            for n in named
            if collection is None
            or n != collection.nir
            or holds_mask_only(dataset.GetRasterBand(n))
        ),
        0,
    )


def warm_source(
    gateway: Gateway,
    folder: Path,
    href: str,
    view: MapView | None = None,
    cancel: Cancel | None = None,
) -> str:
    """Open ``href`` through the gateway once, so that QGIS's opening costs next to nothing; returns
    its data source.

    What ``view`` will read of it begins to come.
    Remembers what opening reads (it will work offline) and the shape of the image (its stand-in).
    Raises DinamisError.
    """
    from osgeo import gdal

    file = gateway.file(href)
    file.head(cancel)
    url = gateway.url_for(href)
    gdal.VSICurlPartialClearCache(f"/vsicurl/{url}")  # GDAL remembers failures of this one address
    source = curl_source(url)
    try:
        dataset = open_dataset(source, gateway, href)
    except DinamisError as error:
        # the storage gave something else than the image, and may do better the next time
        if error.code == "unreadable":
            gateway.forget(href)
        raise
    for band in range(1, dataset.RasterCount + 1):
        overviews = dataset.GetRasterBand(band).GetOverviewCount()
        for level in range(overviews):
            dataset.GetRasterBand(band).GetOverview(level).GetBlockSize()
    file.opened()
    shape = placeholder.shape_of(dataset)
    seen = view_within(view, shape) if view is not None else None
    if seen is not None:
        file.foresee(*seen)
    try:
        placeholder.write_placeholder(folder, href, shape)
    except OSError:  # a stand-in is a convenience
        return source
    return source


def open_dataset(source: str, gateway: Gateway | None = None, href: str = "") -> Any:
    """A GDAL dataset of an image. Raises what the gateway last heard about ``href``, else
    ServiceError; InvalidInput (``unsafe``) for one that would have other files read.
    """
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
            dataset = open_image(source)
        finally:
            gdal.PopErrorHandler()
    finally:
        if gateway is not None:
            gateway.listeners.remove(hear)
    if dataset is None:
        raise heard[-1] if heard else _unreadable_error()
    return dataset


def unreadable_image(gateway: Gateway | None, href: str, details: str) -> DinamisError:
    """Why an image that opened cannot be read."""
    if gateway is not None and gateway.holds(href):
        try:
            gateway.file(href).head()
        except Cancelled:
            raise
        except DinamisError as error:
            return error
    return _unreadable_error(details)


def _unreadable_error(details: str = "") -> ServiceError:
    text, remedy = tr("This image cannot be read."), tr("Try again; if it lasts, tell your relay.")
    return ServiceError(text, remedy, code="unreadable", details=details)
