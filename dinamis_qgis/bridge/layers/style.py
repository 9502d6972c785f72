"""How a product looks at first sight: natural colours, near infrared, panchromatic; limits from an
overview, nodata transparent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterRange,
    QgsRasterShader,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.core.catalogue.model import Asset
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Collection

PALETTE, ALPHA = 2, 6
"""How QGIS and GDAL number bands of classes with colours, and of transparency."""
NAMES = {"red": "red", "green": "green", "blue": "blue", "nir": "nir", "nir08": "nir", "pan": "pan"}


class Preset(Enum):
    """What can be chosen for a layer."""

    PANSHARPENED = "pansharpened"
    NATURAL = "natural"
    GRAY = "gray"
    INFRARED = "infrared"
    VEGETATION = "vegetation"


BALANCE = {Preset.NATURAL: 0.75, Preset.PANSHARPENED: 0.75}
"""How much the bands of a preset keep to one another (see ``stretch.stretch_limits``)."""


VEGETATION = (
    (-0.2, "#5b7a99"),
    (0.0, "#c9b79c"),
    (0.15, "#e8dfb8"),
    (0.3, "#c5d98a"),
    (0.45, "#86b94f"),
    (0.6, "#3f8f2f"),
    (0.8, "#0f5c1d"),
)
"""The index and its colour: water and built-up, bare ground, grass and crops, woods."""
NO_VEGETATION = -1.5
"""An index below this is no image."""


@dataclass(frozen=True)
class Look:
    """A preset made concrete: the 1-based bands and the limits of each.

    ``vegetation``: the one band is the index. ``alpha`` is the band of transparency, which QGIS
    makes of a mask too; 0 for none, None for what QGIS finds itself.
    """

    bands: tuple[int, ...]
    limits: tuple[tuple[float, float], ...]
    vegetation: bool = False
    alpha: int | None = None


def preset_label(preset: Preset, metres: float | None = None) -> str:
    """What a menu calls it, with the size of its pixels where that is known."""
    size = QLocale().toString(metres, "g", 3) if metres else ""
    if not size:
        return {
            Preset.PANSHARPENED: tr("Pansharpened natural colours"),
            Preset.NATURAL: tr("Natural colours"),
            Preset.GRAY: tr("Panchromatic"),
            Preset.INFRARED: tr("Near-infrared false colours"),
            Preset.VEGETATION: tr("Vegetation index (NDVI)"),
        }[preset]
    return {
        Preset.PANSHARPENED: tr("Colours {metres} m (pansharpened)"),
        Preset.NATURAL: tr("Colours {metres} m"),
        Preset.GRAY: tr("Panchromatic {metres} m"),
        Preset.INFRARED: tr("Near infrared {metres} m"),
        Preset.VEGETATION: tr("Vegetation index (NDVI) {metres} m"),
    }[preset].format(metres=size)


def bands_for(
    preset: Preset, asset: Asset, collection: Collection | None, count: int
) -> tuple[int, ...]:
    """The bands of ``preset`` in a file of ``count`` bands: by the names the service gives, else as
    the profile says, else in order.

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


def apply_look(layer: QgsRasterLayer, look: Look) -> None:
    """Give ``layer`` the look. In the thread the layer lives in."""
    provider = layer.dataProvider()
    stretches = [
        _contrast_enhancement(provider.dataType(band), *limits)
        for band, limits in zip(look.bands, look.limits)
    ]
    renderer: Any
    if look.vegetation:
        layer.setRenderer(_vegetation_renderer(layer))
        return
    if len(look.bands) == 1 and _colour_interpretation(provider, look.bands[0]) == PALETTE:
        classes = QgsPalettedRasterRenderer.colorTableToClassData(
            provider.colorTable(look.bands[0])
        )
        renderer = QgsPalettedRasterRenderer(provider, look.bands[0], classes)
    elif len(look.bands) == 1:
        renderer = QgsSingleBandGrayRenderer(provider, look.bands[0])
        renderer.setContrastEnhancement(stretches[0])
    else:
        renderer = QgsMultiBandColorRenderer(provider, *look.bands)
        renderer.setRedContrastEnhancement(stretches[0])
        renderer.setGreenContrastEnhancement(stretches[1])
        renderer.setBlueContrastEnhancement(stretches[2])
    renderer.setMinMaxOrigin(
        QgsRasterMinMaxOrigin()
    )  # fixed: QGIS must not read the whole image for its own
    alpha = transparency_band(layer, look.bands) if look.alpha is None else look.alpha
    if 0 < alpha <= provider.bandCount():
        renderer.setAlphaBand(alpha)
    layer.setRenderer(renderer)


def transparency_band(layer: QgsRasterLayer, shown: Sequence[int] = ()) -> int:
    """The 1-based band that says how much is seen, none of those ``shown``; 0 where there is none.

    QGIS counts a mask as one band more than GDAL.
    """
    provider = layer.dataProvider()
    bands = (band for band in range(1, provider.bandCount() + 1) if band not in shown)
    return next((band for band in bands if _colour_interpretation(provider, band) == ALPHA), 0)


def _colour_interpretation(provider: Any, band: int) -> int:
    """The colour interpretation as a number, whatever the QGIS."""
    kind = provider.colorInterpretation(band)
    return int(getattr(kind, "value", kind))


def colour_bands(asset: Asset, collection: Collection | None, count: int) -> tuple[int, ...]:
    """The 1-based red, green and blue bands of a file of ``count``, and the near-infrared one where
    it has it.
    """
    infrared = red_and_infrared(asset, collection, count)
    return (
        *bands_for(Preset.NATURAL, asset, collection, count),
        *((infrared[1],) if infrared else ()),
    )


def red_and_infrared(
    asset: Asset, collection: Collection | None, count: int
) -> tuple[int, int] | None:
    """The 1-based red and near-infrared bands; None where the file has no near infrared."""
    infrared, red, _ = (*bands_for(Preset.INFRARED, asset, collection, count), 0, 0)[:3]
    natural = bands_for(Preset.NATURAL, asset, collection, count)
    return (red, infrared) if count > 3 and infrared not in natural else None


def _vegetation_renderer(layer: QgsRasterLayer) -> QgsSingleBandPseudoColorRenderer:
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(-1e9, NO_VEGETATION)])
    ramp = QgsColorRampShader(VEGETATION[0][0], VEGETATION[-1][0])
    items = [
        QgsColorRampShader.ColorRampItem(value, QColor(colour), QLocale().toString(value, "g", 2))
        for value, colour in VEGETATION
    ]
    ramp.setColorRampItemList(items)
    shader = QgsRasterShader(VEGETATION[0][0], VEGETATION[-1][0])
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(VEGETATION[0][0])
    renderer.setClassificationMax(VEGETATION[-1][0])
    return renderer


def same_stretch(layers: Sequence[QgsRasterLayer]) -> None:
    """One stretch for several images: channel by channel the mean of the limits they have now.

    GUI thread.

    Grey with grey and colours with colours: a limit of grey given to one channel would tint the
    image.
    """
    for alike in group_stretchable(layers):
        for enhancements in zip(*(_stretch_channels(layer) for layer in alike)):
            low = sum(each.minimumValue() for each, _ in enhancements) / len(alike)
            high = sum(each.maximumValue() for each, _ in enhancements) / len(alike)
            for layer, (old, give) in zip(alike, enhancements):
                give(
                    _contrast_enhancement(
                        old.dataType()
                        if hasattr(old, "dataType")
                        else layer.dataProvider().dataType(1),
                        low,
                        high,
                    )
                )
        for layer in alike:
            layer.triggerRepaint()
            layer.emitStyleChanged()


def group_stretchable(layers: Iterable[QgsRasterLayer]) -> list[list[QgsRasterLayer]]:
    """Those that can have one stretch, side by side: at least two with as many channels.

    GUI thread.
    """
    found: dict[int, list[QgsRasterLayer]] = {}
    for layer in layers:
        found.setdefault(len(_stretch_channels(layer)), []).append(layer)
    return [alike for count, alike in found.items() if count and len(alike) > 1]


def _stretch_channels(layer: QgsRasterLayer) -> list[tuple[Any, Any]]:
    """(contrast enhancement, its setter) of each channel."""
    renderer = layer.renderer()
    names = {"multibandcolor": ("red", "green", "blue"), "singlebandgray": ("",)}.get(
        renderer.type() if renderer else "", ()
    )
    found = []
    for name in names:
        get = f"{name}ContrastEnhancement" if name else "contrastEnhancement"
        give = f"set{name.capitalize()}ContrastEnhancement"
        if getattr(renderer, get)() is not None:
            found.append((getattr(renderer, get)(), getattr(renderer, give)))
    return found


def hide_nodata(layer: QgsRasterLayer, nodata: float | None, alpha: int | None = None) -> None:
    """Make ``nodata`` (a count of the file) transparent where the file does not say which value
    means nothing, nor has a mask that does. ``alpha`` as in ``Look``.
    """
    provider = layer.dataProvider()
    if nodata is None or (transparency_band(layer) if alpha is None else alpha):
        return
    for band in range(1, provider.bandCount() + 1):
        if not provider.sourceHasNoDataValue(band):
            scale, offset = provider.bandScale(band), provider.bandOffset(band)
            value, slack = nodata * scale + offset, 0.0
            if (scale, offset) != (1.0, 0.0):
                slack = abs(scale) / 4  # QGIS compares what is measured, not what is counted
            provider.setUserNoDataValue(band, [QgsRasterRange(value - slack, value + slack)])


def _contrast_enhancement(data_type: Any, low: float, high: float) -> QgsContrastEnhancement:
    stretch = QgsContrastEnhancement(data_type)
    stretch.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True
    )
    stretch.setMinimumValue(low)
    stretch.setMaximumValue(high)
    return stretch
