"""What is known of a layer's scene: dates, sensor, resolution, cloud, credit; and the file that
measuring reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timezone
from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayer, QgsRasterLayer
from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.catalogue.model import legal_time
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.imagery.compound import colours_in

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Collection, Profile

ALPHA = 6
"""How QGIS and GDAL number a band of transparency; an enum or the number itself, as the QGIS is."""


@dataclass(frozen=True)
class Facts:
    """What a sheet and a label say of a scene; empty or None when not known."""

    name: str
    item: str = ""
    moment: datetime | None = None
    sensor: str = ""
    metres: float | None = None
    cloud: float | None = None
    credit: str = ""
    licence: str = ""

    def day(self) -> str:
        """The day of the acquisition (legal French time) in the user's language, else the name."""
        if self.moment is None:
            return self.name
        return str(QLocale().toString(legal_time(self.moment).date(), "d MMM yyyy"))

    def hour(self) -> str:
        """Hours of the acquisition, legal French time and UTC; empty when not known: a day alone is
        written as its midnight UTC.
        """
        utc = self.moment.astimezone(timezone.utc) if self.moment is not None else None
        return (
            f"{legal_time(utc):%H:%M} ({utc:%H:%M} UTC)"
            if utc is not None and utc.time() != time(0)
            else ""
        )

    def label(self) -> str:
        """Day and satellite."""
        return (
            " · ".join(part for part in (self.day(), self.sensor) if part)
            if self.moment
            else self.name
        )


def scene_of(layer: QgsRasterLayer, profile: Profile | None = None) -> Scene | None:
    """The image file behind ``layer`` with its red, green, blue and near-infrared bands, in the
    layer's CRS; None for a map service.

    For pansharpened colours the multispectral file: what is measured has not been mixed.
    """
    provider = layer.dataProvider()
    if layer.providerType() != "gdal" or provider is None:
        return None
    nodata = None
    ranges = provider.userNoDataValues(1)
    scale, offset = provider.bandScale(1) or 1.0, provider.bandOffset(1)
    if ranges and ranges[0].max() - ranges[0].min() <= (abs(scale) if scale != 1.0 else 0.0):
        middle = (ranges[0].min() + ranges[0].max()) / 2  # of what is measured
        plain = (scale, offset) == (1.0, 0.0)
        nodata = float(middle) if plain else float(round((middle - offset) / scale))
    elif provider.sourceHasNoDataValue(1):
        nodata = float(provider.sourceNoDataValue(1))
    crs = layer.crs().toWkt() if layer.crs().isValid() else ""
    return Scene(
        colours_in(layer.source()),
        bands_of(layer, profile),
        nodata,
        alpha=alpha_of(layer, profile),
        crs=crs,
    )


def bands_of(layer: QgsRasterLayer, profile: Profile | None = None) -> tuple[int, ...]:
    """Red, green, blue, near infrared as the profile says of the layer's collection, else in order;
    (1,) for fewer than three.

    A band of transparency is no near infrared.
    """
    count = layer.bandCount()
    alpha = alpha_of(layer, profile)
    if count - bool(alpha) < 3:
        return (1,)
    collection = _collection_of(layer, profile)
    rgb, nir = (tuple(collection.rgb), collection.nir) if collection else ((1, 2, 3), 4)
    chosen = (*rgb, nir) if nir and nir != alpha else rgb
    if all(1 <= band <= count for band in chosen):
        return chosen
    return tuple(band for band in range(1, min(count, 4) + 1) if band != alpha)


def alpha_of(layer: QgsRasterLayer, profile: Profile | None = None) -> int:
    """The band of transparency, 0 where there is none.

    GDAL calls the fourth band of eight bits so unless it is told otherwise: what the profile knows
    for near infrared is.
    """
    provider, collection = layer.dataProvider(), _collection_of(layer, profile)
    said = {band: provider.colorInterpretation(band) for band in range(1, layer.bandCount() + 1)}
    named = (band for band, kind in said.items() if getattr(kind, "value", kind) == ALPHA)
    return next((band for band in named if collection is None or band != collection.nir), 0)


def _collection_of(layer: QgsRasterLayer, profile: Profile | None) -> Collection | None:
    if profile is None:
        return None
    wanted = (
        str(layer.customProperty("dinamis/catalogue") or ""),
        str(layer.customProperty("dinamis/collection") or ""),
    )
    return profile.collection(*wanted)


def facts_of(layer: QgsMapLayer, profile: Profile | None = None) -> Facts:
    """From the layer's custom properties and metadata."""
    stamp = str(layer.customProperty("dinamis/datetime") or "")
    item = str(layer.customProperty("dinamis/item") or "")
    said = layer.metadata().abstract()
    return Facts(
        name=layer.name(),
        item=item,
        moment=_parse_moment(stamp),
        sensor=_sensor_name(item) or str(layer.customProperty("dinamis/collection") or ""),
        metres=_pixel_metres(layer),
        cloud=_cloud_cover(layer, said),
        credit=str(layer.customProperty("dinamis/credit") or "") or _attribution_text(layer),
        licence=_licence_title(layer, profile),
    )


def _parse_moment(stamp: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _sensor_name(item: str) -> str:
    """The satellite, from the way products are named."""
    for prefix, name in (
        ("SPOT6", "SPOT 6"),
        ("SPOT7", "SPOT 7"),
        ("PHR1A", "Pléiades 1A"),
        ("PHR1B", "Pléiades 1B"),
        ("PNEO3", "Pléiades Neo 3"),
        ("PNEO4", "Pléiades Neo 4"),
    ):
        if item.upper().replace("_", "").startswith(prefix):
            return name
    return ""


def _pixel_metres(layer: QgsMapLayer) -> float | None:
    size = getattr(layer, "rasterUnitsPerPixelX", None)
    if size is None or layer.crs().isGeographic() or not layer.crs().isValid():
        return None
    return float(layer.rasterUnitsPerPixelX())


def _cloud_cover(layer: QgsMapLayer, said: str) -> float | None:
    """The catalogue's cloud cover, percent, where the layer carries it."""
    value: Any = layer.customProperty("dinamis/cloud_cover")
    try:
        if value not in (None, ""):
            return float(value)
    except ValueError:
        return None
    found = re.search(r"(?:nuages|clouds)\D{0,3}(\d+(?:[.,]\d+)?)", said)
    return float(found.group(1).replace(",", ".")) if found else None


def _attribution_text(layer: QgsMapLayer) -> str:
    server = getattr(layer, "serverProperties", None)
    kept: Any = server() if server is not None else None
    said = (
        kept if hasattr(kept, "attribution") else layer
    )  # newer versions of QGIS keep it there, older ones here
    if said.attribution():
        return str(said.attribution())
    rights = layer.metadata().rights()
    return ", ".join(rights)


def _licence_title(layer: QgsMapLayer, profile: Profile | None) -> str:
    licence = (
        profile.licence(str(layer.customProperty("dinamis/licence") or "")) if profile else None
    )
    return licence.title if licence else ", ".join(layer.metadata().licenses())
