"""One contrast for two scenes: limits that suit both, from what the view shows of them."""

from __future__ import annotations

from dinamis_qgis.core.change.clouds import opaque
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.change.windows import sample
from dinamis_qgis.core.net.http import Cancel

PIXELS = 120_000
LOW, HIGH = 1.0, 99.0
"""What lies outside these percentiles of a scene may be cut."""
FEWEST = 50
"""With fewer clear pixels than this, clouds are part of the picture."""
Limits = dict[int, tuple[float, float]]
"""(low, high) by band number of the first scene."""


def limits(
    first: Scene, second: Scene, area: tuple[str, tuple[float, float, float, float]], cancel: Cancel
) -> Limits:
    """The robust range of both histograms together, band by band, clouds left out.

    From the lower of the two low percentiles to the higher of the two high ones: a percentile of
    all pixels thrown together cuts the darker scene and tints the hazier one, and changes with the
    share of the view that each fills. Reads an overview; empty where nothing is seen in both.
    Raises InvalidInput where the two have nothing in common, ServiceError, Cancelled.
    """
    import numpy as np

    grid = common_grid(first, second, area=area).coarser(PIXELS)
    one, two = sample(first, second, grid, PIXELS, cancel)
    clear = ~(opaque(one, grid.step) | opaque(two, grid.step))
    if clear.sum() < FEWEST:
        clear = np.isfinite(one).all(axis=0) & np.isfinite(two).all(axis=0)
    found: Limits = {}
    if not clear.any():
        return found
    for a, b, band in zip(one, two, first.bands):
        lows, highs = np.percentile([a[clear], b[clear]], (LOW, HIGH), axis=1)
        low, high = float(lows.min()), float(highs.max())
        found[band] = (low, high if high > low else low + 1)
    return found


def noticeable(found: Limits, before: Limits, share: float = 0.03) -> bool:
    """Whether limits differ by more than ``share`` of their span, and are worth a new picture."""
    if set(found) != set(before):
        return True
    return any(
        max(abs(found[band][0] - low), abs(found[band][1] - high)) > share * (high - low)
        for band, (low, high) in before.items()
    )
