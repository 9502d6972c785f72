"""From a product to the files that are asked for: what can be taken, what it weighs, how a clip is
made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Callable

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import NetworkError
from dinamis_qgis.core.imagery import sharp
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Collection
from dinamis_qgis.core.transfer.clip.clip import Tags, clip_to_area, open_raster
from dinamis_qgis.core.transfer.clip.source import Open, SourceReading
from dinamis_qgis.core.transfer.clip.window import estimate_bytes
from dinamis_qgis.core.transfer.engine import Clip
from dinamis_qgis.core.transfer.fetch.tools import Progress
from dinamis_qgis.core.transfer.queue import Ask, Entry


def asks_for(
    product: Product, keys: Iterable[str] = (), area: Any = None, place: str = ""
) -> list[Ask]:
    """What to queue of a product: the assets of ``keys`` (none: its imagery), whole or, with
    ``area``, only that.

    ``area`` is a shapely geometry in EPSG:4326, ``place`` what it is called. Assets that are no
    imagery, and archives, are never clipped. The size of a clip is what will move, estimated
    without any network.
    """
    wanted = tuple(keys)
    assets = (
        [a for a in product.assets if a.key in wanted] if wanted else list(product.data_assets())
    )
    return [replace(_ask_for_asset(product, asset, area), place=place) for asset in assets]


def _ask_for_asset(product: Product, asset: Asset, area: Any) -> Ask:
    if asset.key == sharp.SHARP and area is None:  # made here: a clip of all there is
        whole = _all_of(product)
        return Ask(product, asset, whole.wkt, asset.size)
    if area is None or not asset.is_data or asset.is_archive:
        return Ask(product, asset)
    size = estimate_bytes(asset.size, area, product.properties, product.footprint)
    return Ask(product, asset, area.wkt, size)


def _all_of(product: Product) -> Any:
    """An area around all of a product: its outline may be a little off."""
    from shapely.geometry import box

    if product.footprint is None or product.footprint.is_empty:
        return box(-180, -85, 180, 85)
    west, south, east, north = product.footprint.bounds
    room = 0.1 * max(east - west, north - south)
    return box(west - room, south - room, east + room, north + room)


def total_bytes(asks: Iterable[Ask]) -> int | None:
    """Bytes that will move for all; None when one is unknown."""
    sizes = [ask.estimate if ask.area else ask.asset.size for ask in asks]
    return None if any(size is None for size in sizes) else sum(size or 0 for size in sizes)


def make_clipper(
    source: Open,
    software: str,
    collection_of: Callable[[Product], Collection | None] = lambda product: None,
) -> Clip:
    """What makes clips for an engine: ``source(href)`` opens what an unsigned href names.

    The sharpest colours (``sharp.SHARP``) are made of their two files while they are read.
    """

    def make(
        entry: Entry, product: Product, cancel: Cancel, progress: Progress
    ) -> Mapping[str, Any]:
        size = entry.size

        def report(share: float) -> None:
            progress(round(share * (size or 0)), size)

        collection = collection_of(product)
        nodata = collection.nodata if collection else None
        tags = tags_of(product, entry.asset, software, nodata)

        def once() -> Mapping[str, Any]:
            with _read_entry_source(source, entry, product, collection) as reading:
                try:
                    return clip_to_area(
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


@contextmanager
def _read_entry_source(
    source: Open, entry: Entry, product: Product, collection: Collection | None
) -> Iterator[SourceReading]:
    """The file of an entry, or the two that its image is made of, as one source."""
    pair = sharp.pair_of(collection, product) if entry.asset == sharp.SHARP else None
    if pair is None:
        with source(entry.href) as reading:
            yield reading
        return
    colours, pan = pair
    with source(colours.href) as one, source(pan.href) as two:
        two.heard = one.heard  # what went wrong with either
        try:
            parts = [
                sharp.part_of(each.path, open_raster(each.path), collection) for each in (one, two)
            ]
        except NetworkError:
            if one.heard:
                raise one.heard[-1] from None
            raise
        whole = sharp.sharpen_parts(product, colours, collection, (parts[0], parts[1]))
        yield SourceReading(whole.path, heard=one.heard)


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
