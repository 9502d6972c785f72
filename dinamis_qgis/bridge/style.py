"""How a product looks at first sight: natural colours, near infrared, panchromatic; limits from an overview, nodata transparent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterRange,
    QgsSingleBandGrayRenderer,
)

from dinamis_qgis.core.catalogue.model import Asset

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Collection

NAMES = {"red": "red", "green": "green", "blue": "blue", "nir": "nir", "nir08": "nir", "pan": "pan"}


class Preset(Enum):
    """What can be chosen for a layer."""

    NATURAL = "natural"
    INFRARED = "infrared"
    GRAY = "gray"


BALANCE = {Preset.NATURAL: 0.75, Preset.INFRARED: 0.0, Preset.GRAY: 0.0}
"""How much the bands of a preset keep to one another (see ``stretch.limits``)."""


@dataclass(frozen=True)
class Look:
    """A preset made concrete: the 1-based bands and the limits of each."""

    bands: tuple[int, ...]
    limits: tuple[tuple[float, float], ...]


def bands_for(preset: Preset, asset: Asset, collection: Collection | None, count: int) -> tuple[int, ...]:
    """The bands of ``preset`` in a file of ``count`` bands: by the names the service gives, else as the profile says, else in order.

    One band where the file has fewer than three.
    """
    if count < 3 or preset is Preset.GRAY:
        return (1,)
    named = {NAMES[name]: index for index, name in enumerate(asset.bands, start=1) if name in NAMES}
    if {"red", "green", "blue"} <= set(named):
        rgb, nir = (named["red"], named["green"], named["blue"]), named.get("nir", 0)
    else:
        rgb, nir = (collection.rgb, collection.nir) if collection else ((1, 2, 3), 4)
    chosen = (nir, rgb[0], rgb[1]) if preset is Preset.INFRARED and nir else rgb
    return chosen if all(1 <= band <= count for band in chosen) else (1, 2, 3)


def apply(layer: QgsRasterLayer, look: Look) -> None:
    """Give ``layer`` the look. In the thread the layer lives in."""
    provider = layer.dataProvider()
    stretches = [_stretch(provider.dataType(band), *limits) for band, limits in zip(look.bands, look.limits)]
    renderer: Any
    if len(look.bands) == 1:
        renderer = QgsSingleBandGrayRenderer(provider, look.bands[0])
        renderer.setContrastEnhancement(stretches[0])
    else:
        renderer = QgsMultiBandColorRenderer(provider, *look.bands)
        renderer.setRedContrastEnhancement(stretches[0])
        renderer.setGreenContrastEnhancement(stretches[1])
        renderer.setBlueContrastEnhancement(stretches[2])
    renderer.setMinMaxOrigin(QgsRasterMinMaxOrigin())  # fixed: QGIS must not read the whole image for its own
    layer.setRenderer(renderer)


def hide_nodata(layer: QgsRasterLayer, nodata: float | None) -> None:
    """Make ``nodata`` transparent where the file does not say which value means nothing."""
    provider = layer.dataProvider()
    if nodata is None:
        return
    for band in range(1, provider.bandCount() + 1):
        if not provider.sourceHasNoDataValue(band):
            provider.setUserNoDataValue(band, [QgsRasterRange(nodata, nodata)])


def _stretch(data_type: Any, low: float, high: float) -> QgsContrastEnhancement:
    stretch = QgsContrastEnhancement(data_type)
    stretch.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True
    )
    stretch.setMinimumValue(low)
    stretch.setMaximumValue(high)
    return stretch
