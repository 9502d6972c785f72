"""One stretch for both scenes, from their common histogram over the view; given to the comparison's own copies only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsContrastEnhancement, QgsRasterLayer, QgsRasterMinMaxOrigin

from dinamis_qgis.core.change.clouds import opaque
from dinamis_qgis.core.change.grid import Scene, common_grid
from dinamis_qgis.core.change.windows import sample
from dinamis_qgis.core.http import Cancel

NOTICEABLE = 0.03
"""Limits that move by less than this share of their span do not make a new picture."""
PIXELS = 120_000
Limits = dict[int, tuple[float, float]]
"""(low, high) by band number of the first scene."""
LOW, HIGH = 1.0, 99.0


def limits(
    first: Scene, second: Scene, area: tuple[str, tuple[float, float, float, float]], cancel: Cancel
) -> dict[int, tuple[float, float]]:
    """(low, high) by band number: percentiles of what both show in the view, clouds left out. Off the GUI thread.

    Reads an overview. Raises InvalidInput where the two have nothing in common, ServiceError, Cancelled.
    """
    import numpy as np

    grid = common_grid(first, second, area=area).coarser(PIXELS)
    one, two = sample(first, second, grid, PIXELS, cancel)
    clear = ~(opaque(one, grid.step) | opaque(two, grid.step))
    if clear.sum() < 50:
        clear = np.isfinite(one).all(axis=0) & np.isfinite(two).all(axis=0)
    found: dict[int, tuple[float, float]] = {}
    if not clear.any():
        return found
    for a, b, band in zip(one, two, first.bands):
        values = np.concatenate([a[clear], b[clear]])
        low, high = (float(v) for v in np.percentile(values, (LOW, HIGH)))
        found[band] = (low, high if high > low else low + 1)
    return found


def apply(layer: QgsRasterLayer, found: dict[int, tuple[float, float]], order: Sequence[int], own: Sequence[int]) -> None:
    """Give ``layer`` the common limits. ``order`` are the bands the limits are numbered by, ``own`` the same in this layer."""
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
    made.setContrastEnhancementAlgorithm(QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum, True)
    made.setMinimumValue(low)
    made.setMaximumValue(high)
    return made


def noticeable(found: dict[int, tuple[float, float]], before: dict[int, tuple[float, float]]) -> bool:
    """Whether new limits differ enough from the ones in use to make a new picture."""
    if set(found) != set(before):
        return True
    return any(
        max(abs(found[band][0] - low), abs(found[band][1] - high)) > NOTICEABLE * (high - low) for band, (low, high) in before.items()
    )
