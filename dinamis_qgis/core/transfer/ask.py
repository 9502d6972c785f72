"""From a product to the files that are asked for: what can be taken, what it weighs, how a clip is
made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Callable

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import NetworkError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.clip.clip import Tags, clip
from dinamis_qgis.core.transfer.clip.source import Open
from dinamis_qgis.core.transfer.clip.window import estimate
from dinamis_qgis.core.transfer.engine import Clip
from dinamis_qgis.core.transfer.fetch.tools import Progress
from dinamis_qgis.core.transfer.queue import Ask, Entry


def asks_for(product: Product, keys: Iterable[str] = (), area: Any = None) -> list[Ask]:
    """What to queue of a product: the assets of ``keys`` (none: its imagery), whole or, with
    ``area``, only that.

    ``area`` is a shapely geometry in EPSG:4326. Assets that are no imagery, and archives, are never
    clipped. The size of a clip is what will move, estimated without any network.
    """
    wanted = tuple(keys)
    assets = (
        [a for a in product.assets if a.key in wanted] if wanted else list(product.data_assets())
    )
    return [_ask(product, asset, area) for asset in assets]


def _ask(product: Product, asset: Asset, area: Any) -> Ask:
    if area is None or not asset.is_data or asset.is_archive:
        return Ask(product, asset)
    size = estimate(asset.size, area, product.properties, product.footprint)
    return Ask(product, asset, area.wkt, size)


def total(asks: Iterable[Ask]) -> int | None:
    """Bytes that will move for all; None when one is unknown."""
    sizes = [ask.estimate if ask.area else ask.asset.size for ask in asks]
    return None if any(size is None for size in sizes) else sum(size or 0 for size in sizes)


def clipper(
    source: Open, software: str, nodata: Callable[[Product], float | None] = lambda product: None
) -> Clip:
    """What makes clips for an engine: ``source(href)`` opens what an unsigned href names."""

    def make(
        entry: Entry, product: Product, cancel: Cancel, progress: Progress
    ) -> Mapping[str, Any]:
        size = entry.size

        def report(share: float) -> None:
            progress(round(share * (size or 0)), size)

        tags = tags_of(product, entry.asset, software, nodata(product))

        def once() -> Mapping[str, Any]:
            with source(entry.href) as reading:
                try:
                    return clip(
                        reading.path, entry.area, entry.target, tags, cancel, report, reading.ahead
                    )
                except NetworkError:
                    # a licence, a file that is gone: GDAL only knows that it could not read
                    if reading.heard:
                        raise reading.heard[-1] from None
                    raise

        try:
            return once()
        except NetworkError as error:
            if error.code != "unreadable":
                raise
        return (
            once()
        )  # what somebody had read of it earlier is no image: that is forgotten now, and asked anew

    return make


def tags_of(product: Product, key: str, software: str, nodata: float | None) -> Tags:
    """What a clip says of itself."""
    asset = product.asset(key)
    more = {
        "DINAMIS_ITEM": product.id,
        "DINAMIS_COLLECTION": product.collection,
        "DINAMIS_ASSET": key,
        "DINAMIS_LICENCE": product.licence,
        "DINAMIS_PLATFORM": product.platform,
    }
    return Tags(
        title=product.title or product.id,
        credit=product.credit,
        moment=product.datetime.strftime("%Y:%m:%d %H:%M:%S") if product.datetime else "",
        software=software,
        nodata=nodata,
        bands=asset.bands if asset else (),
        more=more,
    )
