"""Opaque clouds, well enough to keep them out of statistics: bright, white, without vegetation,
wide. No claim beyond that.
"""

from __future__ import annotations

from dinamis_qgis.core.change.grid import Array

BRIGHTER = 2.2
"""A cloud is at least so many times brighter than the median of the ground."""
WIDTH = 120.0
"""A cloud fills most of a square of so many metres; roofs and quarries' edges do not."""


def mean_brightness(bands: Array) -> Array:
    """The mean of the visible bands."""
    return bands[: min(3, len(bands))].mean(axis=0)


def limit_of(bands: Array) -> float:
    """The brightness from which on a pixel of this scene may be a cloud.

    NaN where nothing was seen.
    """
    import numpy as np

    bright = mean_brightness(bands)
    seen = bright[np.isfinite(bright)]
    return BRIGHTER * float(np.median(seen)) if len(seen) else float("inf")


def find_opaque(bands: Array, step: float, limit: float | None = None) -> Array:
    """Which pixels of (bands, height, width) are clouds, or were not seen; bands red, green, blue,
    near infrared, or one.

    ``step`` is the pixel size in metres. Whiteness after Gómez-Chova et al. 2007, IEEE TGRS 45(12):
    bright, and a flat spectrum.
    """
    import numpy as np

    hidden = ~np.isfinite(bands).all(axis=0)
    if hidden.all():
        return hidden
    with np.errstate(invalid="ignore", divide="ignore"):
        bright = mean_brightness(bands)
        cloud = bright > (limit_of(bands) if limit is None else limit)
        if len(bands) >= 3:
            cloud &= np.abs(bands[:3] - bright).max(axis=0) < 0.17 * bright
        if len(bands) >= 4:
            cloud &= (bands[3] - bands[0]) < 0.25 * (bands[3] + bands[0])
    radius = round(WIDTH / step / 2)
    if cloud.any() and radius >= 1:
        wide = box_blur(cloud.astype(np.float32), radius) > 0.6
        cloud &= box_blur(wide.astype(np.float32), 2 * radius) > 0
    return np.asarray(hidden | (box_blur(cloud.astype(np.float32), 2) > 1e-4))


def box_blur(values: Array, radius: int) -> Array:
    """The mean over a square of ``2 · radius + 1`` pixels (borders repeated), by running sums."""
    import numpy as np

    for axis in (0, 1):
        width = [(0, 0), (0, 0)]
        width[axis] = (radius + 1, radius)
        total = np.cumsum(np.pad(values, width, mode="edge"), axis=axis)
        span = 2 * radius + 1
        upper, lower = [slice(None)] * 2, [slice(None)] * 2
        upper[axis], lower[axis] = slice(span, None), slice(None, -span)
        values = (total[tuple(upper)] - total[tuple(lower)]) / span
    return values
