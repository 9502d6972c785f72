"""Common limits given to a layer: to the comparison's own copies only."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsContrastEnhancement, QgsRasterLayer, QgsRasterMinMaxOrigin

from dinamis_qgis.core.change.contrast import Limits


def shown_limits(layer: QgsRasterLayer) -> tuple[tuple[int, float, float], ...]:
    """(band, low, high) of what ``layer`` draws, red first; empty where it is not stretched."""
    found = [(band, get()) for band, get, _ in _stretched_channels(layer)]
    none = QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement
    if not found or any(
        stretch is None or stretch.contrastEnhancementAlgorithm() == none for _, stretch in found
    ):
        return ()
    return tuple((band, each.minimumValue(), each.maximumValue()) for band, each in found)


def apply_limits(layer: QgsRasterLayer, found: Limits) -> None:
    """Give ``layer`` limits by its band numbers."""
    channels = _stretched_channels(layer)
    for band, _, give in channels:
        span = found.get(band)
        if span is not None:
            give(_contrast_enhancement(layer.dataProvider().dataType(band), *span))
    if channels:
        layer.renderer().setMinMaxOrigin(QgsRasterMinMaxOrigin())


def _stretched_channels(layer: QgsRasterLayer) -> list[tuple[int, Any, Any]]:
    """(band, how to read its stretch, how to set it) of each channel."""
    renderer = layer.renderer()
    if renderer is None:
        return []
    if hasattr(renderer, "redBand"):
        return [
            (band(), get, give)
            for band, get, give in (
                (
                    renderer.redBand,
                    renderer.redContrastEnhancement,
                    renderer.setRedContrastEnhancement,
                ),
                (
                    renderer.greenBand,
                    renderer.greenContrastEnhancement,
                    renderer.setGreenContrastEnhancement,
                ),
                (
                    renderer.blueBand,
                    renderer.blueContrastEnhancement,
                    renderer.setBlueContrastEnhancement,
                ),
            )
        ]
    if renderer.type() == "singlebandgray":
        gray = (
            renderer.inputBand()  # QGIS 3.38 and later
            if hasattr(renderer, "inputBand")
            else renderer.grayBand()
        )
        return [(gray, renderer.contrastEnhancement, renderer.setContrastEnhancement)]
    return []


def _contrast_enhancement(data_type: Any, low: float, high: float) -> QgsContrastEnhancement:
    made = QgsContrastEnhancement(data_type)
    made.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True
    )
    made.setMinimumValue(low)
    made.setMaximumValue(high)
    return made
