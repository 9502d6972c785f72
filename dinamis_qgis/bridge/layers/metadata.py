"""What a layer says of itself: name, credit, custom properties, metadata, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timezone

from qgis.core import Qgis, QgsBox3d, QgsDateTimeRange, QgsLayerMetadata, QgsRasterLayer
from qgis.PyQt.QtCore import QDateTime, QLocale, Qt

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.imagery.sharp import SHARP
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

PROPERTIES = (
    "profile",
    "catalogue",
    "collection",
    "item",
    "asset",
    "href",
    "datetime",
    "licence",
    "credit",
)
"""Custom properties ``dinamis/…`` of every layer of ours."""


def layer_name(product: Product, asset: Asset, profile: Profile) -> str:
    """``Pléiades 1B · 12 août 2023 · MS``: what this one file holds; parts that are not known are
    left out.
    """
    mode = product.mode
    collection = profile.collection(product.catalogue, product.collection)
    if collection and collection.pan_asset and len(product.data_assets()) > 1:
        mode = "PAN" if asset.key == collection.pan_asset else "MS"
    if asset.key.partition("-")[0] == SHARP:
        mode = "PMS"
    day = QLocale().toString(product.day, "d MMM yyyy") if product.day is not None else ""
    name = platform_label(product.platform) if product.platform else product.constellation
    return " · ".join(part for part in (name, day, mode) if part) or product.title or product.id


def credit_of(profile: Profile, product: Product) -> str:
    """The legal mention with the year of acquisition."""
    if product.credit:
        return product.credit
    collection = profile.collection(product.catalogue, product.collection)
    year = str(product.datetime.year) if product.datetime else ""
    return (
        collection.credit.replace("{year}", year).replace("  ", " ").strip() if collection else ""
    )


def describe_layer(layer: QgsRasterLayer, profile: Profile, product: Product, asset: Asset) -> None:
    """Custom properties, attribution, metadata and dates. In the thread the layer lives in."""
    credit = credit_of(profile, product)
    stamp = (
        product.datetime.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
        if product.datetime
        else ""
    )
    values: Mapping[str, str] = {
        "profile": profile.id,
        "catalogue": product.catalogue,
        "collection": product.collection,
        "item": product.id,
        "asset": asset.key,
        "href": asset.href,
        "datetime": stamp,
        "licence": product.licence,
        "credit": credit,
    }
    for name in PROPERTIES:
        layer.setCustomProperty(f"dinamis/{name}", values[name])
    if product.cloud_cover is not None:
        layer.setCustomProperty("dinamis/cloud_cover", f"{product.cloud_cover:g}")
    licence = profile.licence(product.licence)
    server = getattr(layer, "serverProperties", None)
    for target in (server() if server else layer, layer):
        if credit and hasattr(target, "setAttribution"):
            target.setAttribution(credit)
            if licence and licence.url:
                target.setAttributionUrl(licence.url)
            break
    layer.setMetadata(_layer_metadata(layer, profile, product, credit))
    _set_dates(layer, product)


def _layer_metadata(
    layer: QgsRasterLayer, profile: Profile, product: Product, credit: str
) -> QgsLayerMetadata:
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(product.id)
    metadata.setParentIdentifier(product.collection)
    metadata.setType("dataset")
    metadata.setTitle(product.title or layer.name())
    metadata.setAbstract(_abstract_text(profile, product))
    licence = profile.licence(product.licence)
    title = licence.title if licence else product.licence
    metadata.setLicenses([title] if title else [])
    metadata.setRights([credit] if credit else [])
    if licence and licence.url:
        link = QgsLayerMetadata.Link(title, "WWW:LINK", licence.url)
        metadata.setLinks([link])
    metadata.setCrs(layer.crs())
    space = QgsLayerMetadata.SpatialExtent()
    space.extentCrs = layer.crs()
    box = layer.extent()
    space.bounds = QgsBox3d(box.xMinimum(), box.yMinimum(), 0, box.xMaximum(), box.yMaximum(), 0)
    extent = QgsLayerMetadata.Extent()
    extent.setSpatialExtents([space])
    if product.datetime is not None:
        extent.setTemporalExtents([_date_range(product)])
    metadata.setExtent(extent)
    return metadata


def _abstract_text(profile: Profile, product: Product) -> str:
    facts = [profile.title, product.collection, product.mode]
    if product.gsd is not None:
        facts.append(
            tr("{metres} m per pixel").format(metres=QLocale().toString(product.gsd, "g", 3))
        )
    if product.cloud_cover is not None:
        facts.append(tr("clouds {percent} %").format(percent=round(product.cloud_cover)))
    if product.incidence is not None:
        facts.append(tr("incidence {degrees}°").format(degrees=round(product.incidence)))
    return " · ".join(fact for fact in facts if fact)


def _set_dates(layer: QgsRasterLayer, product: Product) -> None:
    """The acquisition drives the temporal controller.

    While the controller is off, QGIS shows the layer whatever its dates.
    """
    if product.datetime is None:
        return
    temporal = layer.temporalProperties()
    temporal.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    temporal.setFixedTemporalRange(_date_range(product))
    temporal.setIsActive(True)


def _date_range(product: Product) -> QgsDateTimeRange:
    """The moment of the acquisition, or all of a mosaic's: an animation by days, months or years
    meets it.
    """
    return QgsDateTimeRange(
        _qt_time(product), _qt_time(replace(product, datetime=product.end or product.datetime))
    )


def _qt_time(product: Product) -> QDateTime:
    if product.datetime is None:
        return QDateTime()
    return QDateTime.fromMSecsSinceEpoch(int(product.datetime.timestamp() * 1000), Qt.TimeSpec.UTC)
