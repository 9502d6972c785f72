"""The sharpest natural colours of a product as one image: which two files they are made of, what
they are called, and how the two become one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.platforms import METRES
from dinamis_qgis.core.imagery import compound, placeholder
from dinamis_qgis.core.profile.model import Collection
from dinamis_qgis.core.rasters import holds_mask_only
from dinamis_qgis.core.text import tr

SHARP = "pansharpened"
"""The key of the image that no service has as a file: colours in the detail of the panchromatic."""
INFRARED = ("nir", "nir08")


def colours_file(collection: Collection | None, product: Product) -> Asset | None:
    """The multispectral file that shows a product: as the profile says, else the first imagery."""
    for key in collection.data_assets if collection else ():
        found = product.asset(key)
        if found is not None:
            return found
    return next((asset for asset in product.data_assets() if asset.key != SHARP), None)


def panchromatic_file(collection: Collection | None, product: Product) -> Asset | None:
    """The panchromatic file beside it, where there is one."""
    found = product.asset(collection.pan_asset) if collection and collection.pan_asset else None
    return found or next(
        (asset for asset in product.data_assets() if asset.bands == ("pan",)), None
    )


def pair_of(collection: Collection | None, product: Product) -> tuple[Asset, Asset] | None:
    """The multispectral and the panchromatic file of a product that has both, as images."""
    colours = colours_file(collection, product)
    pan = panchromatic_file(collection, product)
    if colours is None or pan is None or pan.key == colours.key:
        return None
    return None if colours.is_archive or pan.is_archive else (colours, pan)


def with_sharp(collection: Collection | None, product: Product) -> Product:
    """The product with its sharpest colours first among what can be taken of it.

    Their size is what moves: both files.
    """
    pair = pair_of(collection, product)
    if pair is None or product.asset(SHARP) is not None:
        return product
    colours, pan = pair
    usual = METRES.get(product.constellation, (None, None))[0]
    size = None if colours.size is None or pan.size is None else colours.size + pan.size
    made = Asset(
        SHARP,
        colours.href,
        "image/tiff; application=geotiff; profile=cloud-optimized",
        ("data", "visual"),
        tr("Sharpest colours, in one file"),
        pan.gsd or product.gsd or usual,
        size,
        colours.bands,
    )
    return replace(product, assets=(made, *product.assets))


def written_size(collection: Collection | None, product: Product, moved: int | None) -> int | None:
    """About how many bytes the one file takes on the disk, when ``moved`` bytes of the two files
    are read for it: every band in the detail of the panchromatic one.
    """
    pair = pair_of(collection, product)
    if pair is None or moved is None or not pair[0].size or not pair[1].size:
        return None
    part = moved / (pair[0].size + pair[1].size)
    return round(part * pair[1].size * (len(pair[0].bands) or 4))


def sharpen_parts(
    product: Product,
    asset: Asset,
    collection: Collection | None,
    parts: tuple[compound.CompoundPart, compound.CompoundPart],
) -> compound.CompoundPart:
    """``parts`` (colours, panchromatic) of ``product`` as one image. Raises InvalidInput."""
    xs, pan = parts
    infrared = _infrared_band(asset, collection, len(xs.shape.bands))
    colours = ["nir" if band == infrared else "" for band in range(1, len(xs.shape.bands) + 1)]
    shares = compound.pan_shares(product.constellation.partition(" ")[0], colours)
    whole = compound.pansharpened_vrt(xs, pan, shares)
    return compound.CompoundPart(whole, compound.shape_in(whole), xs.nothing)


def part_of(path: str, dataset: Any, collection: Collection | None) -> compound.CompoundPart:
    """A file that is open, to be put together with others."""
    nothing = collection.nodata if collection else None
    shape = placeholder.shape_of(dataset)
    masked = holds_mask_only(dataset.GetRasterBand(len(shape.bands)))
    return compound.CompoundPart(path, shape, nothing, colours=len(shape.bands) - masked)


def _infrared_band(asset: Asset, collection: Collection | None, count: int) -> int:
    """The near-infrared band, from 1; 0 where there is none."""
    named = [number for number, name in enumerate(asset.bands, 1) if name in INFRARED]
    if asset.bands and len(asset.bands) == count:
        return named[0] if named else 0
    return (collection.nir or 0) if collection and count > 3 else 0
