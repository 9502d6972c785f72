"""Common limits given to a layer: to the comparison's own copies only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsContrastEnhancement, QgsRasterLayer, QgsRasterMinMaxOrigin

from dinamis_qgis.core.change.contrast import Limits


def apply(layer: QgsRasterLayer, found: Limits, order: Sequence[int], own: Sequence[int]) -> None:
    """Give ``layer`` the common limits.

    ``order`` are the bands the limits are numbered by, ``own`` the same in this layer.
    """
    renderer = layer.renderer()
    number = {mine: theirs for theirs, mine in zip(order, own)}
    if renderer is None:
        return
    channels: list[tuple[int, Any]] = []
    if hasattr(renderer, "redBand"):
        channels = [
            (renderer.redBand(), renderer.setRedContrastEnhancement),
            (renderer.greenBand(), renderer.setGreenContrastEnhancement),
            (renderer.blueBand(), renderer.setBlueContrastEnhancement),
        ]
    elif renderer.type() == "singlebandgray":
        gray = renderer.grayBand() if hasattr(renderer, "grayBand") else renderer.inputBand()
        channels = [(gray, renderer.setContrastEnhancement)]
    for band, give in channels:
        span = found.get(number.get(band, -1))
        if span is not None:
            give(_enhancement(layer.dataProvider().dataType(band), *span))
    if channels:
        renderer.setMinMaxOrigin(QgsRasterMinMaxOrigin())


def _enhancement(data_type: Any, low: float, high: float) -> QgsContrastEnhancement:
    made = QgsContrastEnhancement(data_type)
    made.setContrastEnhancementAlgorithm(
        QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True
    )
    made.setMinimumValue(low)
    made.setMaximumValue(high)
    return made
