"""Which files a preset shows, opened and put together; a mosaic of several products.

On worker threads, but where said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.bridge.layers import style
from dinamis_qgis.bridge.layers.map_view import MapView
from dinamis_qgis.bridge.layers.metadata import credit_of
from dinamis_qgis.bridge.layers.open import open_dataset, warm_source
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.platforms import METRES
from dinamis_qgis.core.errors import InvalidInput, LicenceError, ServiceError
from dinamis_qgis.core.imagery import compound, sharp
from dinamis_qgis.core.imagery.layer_source import (
    href_in,
    outside_source,
    parse_source,
    plain_source,
)
from dinamis_qgis.core.net.urls import parse_address
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.profile.model import Collection, Profile


@dataclass(frozen=True)
class Files:
    """How the files of ``profile`` are read: through ``gateway``, their stand-ins in ``folder``,
    for what ``view`` shows.
    """

    profile: Profile
    gateway: Gateway
    folder: Path
    view: MapView | None = None
    home: Mapping[str, Path] = field(default_factory=dict)
    """Where there are any: the files, by href, that are read from the disk instead."""

    def shown(self, plain: str) -> str:
        """A plain data source of several files, as they are read."""
        return (
            from_home(plain, self.home, self.profile) if self.home else self.gateway.through(plain)
        )

    def opened(self, asset: Asset) -> str:
        """The data source of one file, opened once."""
        if asset.href in self.home:
            return self.home[asset.href].as_posix()
        if not self.gateway.holds(asset.href):
            return _outside_source(self.profile, asset.href)
        return warm_source(self.gateway, self.folder, asset.href, self.view)

    def part(self, asset: Asset, collection: Collection | None) -> compound.CompoundPart:
        """The same, to be put together with others."""
        dataset = open_dataset(self.opened(asset), self.gateway, asset.href)
        return sharp.part_of(plain_source(asset.href), dataset, collection)


def _outside_source(profile: Profile, href: str) -> str:
    """The data source of an image of another host: GDAL looks for nothing beside it. Raises
    InvalidInput for an address of the local network that the profile does not name.
    """
    address = parse_address(href)
    if not profile.may_ask(href):
        raise InvalidInput(
            tr("This address cannot be used."), code="address", details=address.netloc
        )
    return outside_source(address.text)


def from_home(plain: str, home: Mapping[str, Path], profile: Profile) -> str:
    """A plain data source with the files of ``home`` (by href) read from the disk. Any thread."""
    source = parse_source(plain)
    found = {
        address: home.get(href_in(address, profile) or address) for address in source.addresses
    }
    return source.read_from(
        {address: path.as_posix() for address, path in found.items() if path}
    ).text


def default_asset(profile: Profile, product: Product) -> Asset:
    """The file that shows a product best: as the profile says, else the first imagery.

    Raises InvalidInput when it has none.
    """
    found = sharp.colours_file(profile.collection(product.catalogue, product.collection), product)
    if found is None:
        raise InvalidInput(
            tr("This product has no image file to show."), code="no-asset", details=product.id
        )
    return found


def pan_asset(profile: Profile, product: Product) -> Asset | None:
    """The panchromatic file of a product that has one beside its colours. Any thread."""
    collection = profile.collection(product.catalogue, product.collection)
    return sharp.panchromatic_file(collection, product)


def presets_for(profile: Profile, product: Product) -> list[style.Preset]:
    """What ``product`` can be shown as, the default first. Any thread."""
    try:
        main = default_asset(profile, product)
    except InvalidInput:
        return []
    pan = pan_asset(profile, product)
    if pan is not None and pan.key == main.key:
        return [style.Preset.GRAY]
    found = [style.Preset.PANSHARPENED] if pan is not None else []
    found += [style.Preset.NATURAL]
    found += [style.Preset.GRAY] if pan is not None else []
    collection = profile.collection(product.catalogue, product.collection)
    count = len(main.bands) or 4
    if style.red_and_infrared(main, collection, count):
        found += [style.Preset.INFRARED, style.Preset.VEGETATION]
    return found


def best_preset(profile: Profile, product: Product) -> style.Preset:
    """The sharpest natural colours the files of ``product`` allow. Any thread."""
    return next(iter(presets_for(profile, product)), style.Preset.NATURAL)


def metres_of(preset: style.Preset, profile: Profile, product: Product) -> float | None:
    """The size of the pixels a preset shows; None where nobody says. Any thread."""
    try:
        main = default_asset(profile, product)
    except InvalidInput:
        return None
    pan = pan_asset(profile, product)
    usual = METRES.get(product.constellation)
    if preset in (style.Preset.PANSHARPENED, style.Preset.GRAY):
        return (pan.gsd if pan else None) or product.gsd or (usual[0] if usual else None)
    alone = product.gsd if pan is None else None
    return main.gsd or alone or (usual[1] if usual and pan is not None else None)


def main_asset(preset: style.Preset, profile: Profile, product: Product, asset: Asset) -> Asset:
    """The file a preset is mostly about: the panchromatic one for grey.

    Raises InvalidInput where the product lacks a file. Any thread.
    """
    if preset not in (style.Preset.GRAY, style.Preset.PANSHARPENED):
        return asset
    pan = pan_asset(profile, product)
    if preset is style.Preset.PANSHARPENED and (pan is None or pan.key == asset.key):
        raise InvalidInput(
            tr("Pansharpening needs the panchromatic and the multispectral file of a product."),
            tr("Choose another display."),
            code="no-pan",
        )
    return pan if preset is style.Preset.GRAY and pan is not None else asset


def source_of(
    preset: style.Preset, product: Product, asset: Asset, files: Files
) -> tuple[str, str]:
    """The data source of a preset, every file opened once; and the same plain, as it is streamed.

    Raises DinamisError.
    """
    collection = files.profile.collection(product.catalogue, product.collection)
    if preset is style.Preset.PANSHARPENED:
        plain = sharp_part(product, asset, files).path
        return files.shown(plain), plain
    if preset is style.Preset.VEGETATION:
        part = files.part(asset, collection)
        bands = style.red_and_infrared(asset, collection, part.colours or len(part.shape.bands))
        if bands is None:
            raise InvalidInput(
                tr("This image has no near-infrared band."),
                tr("Choose another display."),
                code="no-infrared",
            )
        index = compound.ndvi_vrt(part, *bands)
        return files.shown(index), index
    return files.opened(asset), plain_source(asset.href)


def sharp_part(product: Product, asset: Asset, files: Files) -> compound.CompoundPart:
    """The colours of ``asset`` in the detail of the panchromatic file, as one image.

    Raises DinamisError.
    """
    collection = files.profile.collection(product.catalogue, product.collection)
    pan = pan_asset(files.profile, product)
    files.gateway.prepare_all(
        [each.href for each in (asset, pan) if each and each.href not in files.home]
    )
    xs, fine = files.part(asset, collection), files.part(pan or asset, collection)
    return sharp.sharpen_parts(product, asset, collection, (xs, fine))


def by_quality(products: Sequence[Product]) -> list[Product]:
    """The best to show on top first: least cloud, then the latest, then the steepest view.

    Unknown cloud counts as half. Any thread.
    """
    old = datetime(1900, 1, 1, tzinfo=timezone.utc)

    def rank(product: Product) -> tuple[float, float, float]:
        cloud = 50.0 if product.cloud_cover is None else product.cloud_cover
        angle = 30.0 if product.incidence is None else abs(product.incidence)
        return round(cloud / 5), -(product.datetime or old).timestamp(), angle

    return sorted(products, key=rank)


def mosaic_of(
    products: Sequence[Product], files: Files, check: Callable[[], None]
) -> tuple[str, bool]:
    """The data source of several products as one image, the best on top; and whether their
    resolutions differ. Raises DinamisError.
    """
    assets = [default_asset(files.profile, product) for product in products]
    pans = [pan_asset(files.profile, product) for product in products]
    files.gateway.prepare_all([asset.href for asset in (*assets, *pans) if asset])
    parts: list[compound.CompoundPart] = []
    colours: list[tuple[int, ...]] = []
    for product, asset in zip(products, assets):
        check()
        collection = files.profile.collection(product.catalogue, product.collection)
        part = _sharpest_part(product, asset, files)
        colours.append(style.colour_bands(asset, collection, len(part.shape.bands)))
        parts.append(
            replace(part, order=_band_order(len(part.shape.bands), colours[0], colours[-1]))
        )
    return files.gateway.through(compound.mosaic_vrt(parts)), compound.resolutions_differ(parts)


def _sharpest_part(product: Product, asset: Asset, files: Files) -> compound.CompoundPart:
    """In the detail of the panchromatic file where there is one that can be used."""
    collection = files.profile.collection(product.catalogue, product.collection)
    if best_preset(files.profile, product) is not style.Preset.PANSHARPENED:
        return files.part(asset, collection)
    try:
        return sharp_part(product, asset, files)
    except (InvalidInput, LicenceError, ServiceError):  # colours alone, which say what is wrong
        return files.part(asset, collection)


def _band_order(count: int, first: Sequence[int], own: Sequence[int]) -> tuple[int, ...]:
    """The bands of an image whose colours are ``own`` in the order of one whose colours are
    ``first``; empty where it is the same.
    """
    there = dict(zip(first, own))
    order = tuple(there.get(band, band) for band in range(1, count + 1))
    return (
        order
        if sorted(order) == sorted(range(1, count + 1)) and order != tuple(sorted(order))
        else ()
    )


def as_one(products: Sequence[Product], profile: Profile) -> Product:
    """What a mosaic says of itself: the days it spans, everybody's credit, the licence when there
    is one. Any thread.
    """
    moments = sorted(product.datetime for product in products if product.datetime is not None)
    credits = list(
        dict.fromkeys(
            credit for product in products for credit in [credit_of(profile, product)] if credit
        )
    )
    licences = {product.licence for product in products}
    first = products[0]
    return replace(
        first,
        id=",".join(product.id for product in products),
        title=tr("Mosaic of %n image(s)", len(products)),
        datetime=moments[0] if moments else None,
        end=moments[-1] if moments else None,
        cloud_cover=None,
        incidence=None,
        credit=" · ".join(credits),
        licence=licences.pop() if len(licences) == 1 else "",
        footprint=None,
    )


def mosaic_name(products: Sequence[Product]) -> str:
    """``Mosaïque de 3 images · 12 août 2023 – 3 sept. 2023``. GUI thread."""
    taken = sorted(product.day for product in products if product.day is not None)
    days = list(dict.fromkeys(QLocale().toString(day, "d MMM yyyy") for day in taken))
    dates = f"{days[0]} – {days[-1]}" if len(days) > 1 else "".join(days)
    return " · ".join(part for part in (tr("Mosaic of %n image(s)", len(products)), dates) if part)
