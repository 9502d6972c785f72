"""What changed between two aligned scenes, as one number a pixel, and the threshold that separates
change from the rest.

Sources: NDVI, Rouse et al. 1974; change magnitude as the χ² of the MAD variates, Nielsen 2007;
threshold by between-class variance, Otsu 1979, IEEE TSMC 9(1). Burnt area without short-wave
infrared: vegetation gone *and* near infrared fallen, as the burn indices that use only red and near
infrared look at it (Martín & Chuvieco 2001, BAI).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dinamis_qgis.core.change.clouds import find_opaque
from dinamis_qgis.core.change.grid import Array
from dinamis_qgis.core.change.normalise import QUARTER, Model


class Kind(Enum):
    """What is looked at."""

    NDVI = "ndvi"
    BRIGHTNESS = "brightness"
    MAGNITUDE = "magnitude"
    BURNT = "burnt"
    WORKS = "works"


@dataclass(frozen=True)
class Scale:
    """Threshold slider of a kind: ``lowest`` to ``highest``, ``least`` is what a proposal never
    goes below, ``signed`` says that both signs are changes. ``mapping_unit`` in hectares is
    proposed for the smallest area.
    """

    lowest: float
    highest: float
    least: float
    signed: bool
    mapping_unit: float


SCALES = {
    Kind.NDVI: Scale(0.02, 1.0, 0.15, True, 0.1),
    Kind.BRIGHTNESS: Scale(0.02, 1.0, 0.2, True, 0.1),
    Kind.MAGNITUDE: Scale(1.0, 30.0, 4.5, False, 0.1),
    Kind.BURNT: Scale(0.02, 1.0, 0.16, False, 1.0),
    Kind.WORKS: Scale(0.02, 1.0, 0.16, False, 0.05),
}


def bands_needed(kind: Kind) -> int:
    """Bands the kind needs: 4 for what uses the near infrared, 1 otherwise."""
    return 4 if kind in (Kind.NDVI, Kind.BURNT, Kind.WORKS) else 1


def score_change(kind: Kind, first: Array, second: Array, model: Model, step: float) -> Array:
    """The change of each pixel, float32 (height, width), NaN where either was not seen or is
    clouded. ``step`` in metres.

    ``NDVI``: second minus first, -2 to 2. ``BRIGHTNESS``: relative to their mean, -2 to 2.
    ``MAGNITUDE``: square root of χ², in standard deviations of what did not change. ``BURNT`` and
    ``WORKS``: 0 to about 1.
    """
    import numpy as np

    with np.errstate(invalid="ignore", divide="ignore"):
        hidden = find_opaque(first, step, model.cloud[0]) | find_opaque(
            second, step, model.cloud[1]
        )
        one, two = _same_radiometry(first, second, model)
        if kind is Kind.MAGNITUDE:
            found = _change_magnitude(first, second, model) * _spectral_angle(one, two, model)
        elif kind is Kind.BRIGHTNESS:
            found = (
                2 * (two.mean(axis=0) - one.mean(axis=0)) / (two.mean(axis=0) + one.mean(axis=0))
            )
            found *= _spectral_angle(one, two, model)
        else:
            found = _of_vegetation(kind, one, two)
    found[hidden] = np.nan
    return np.asarray(found, np.float32)


def _same_radiometry(first: Array, second: Array, model: Model) -> tuple[Array, Array]:
    """Both scenes in the first one's radiometry, path radiance taken off; never quite 0."""
    import numpy as np

    shape = (-1, 1, 1)
    dark = (0.9 * model.dark).reshape(shape).astype(np.float32)
    gain, offset = (np.asarray(v, np.float32).reshape(shape) for v in (model.gain, model.offset))
    least = np.maximum(0.05 * dark, 1.0)
    return np.maximum(first - dark, least), np.maximum(second * gain + offset - dark, least)


def _spectral_angle(one: Array, two: Array, model: Model) -> Array:
    """0 where all bands rose or fell alike, which is what light and shade do (Kruse 1993, spectral
    angle), to 1 where they did not.

    A single band cannot tell: 1.
    """
    import numpy as np

    if len(one) < 3:
        return np.ones(one.shape[1:], np.float32)
    floor = (0.15 * model.ground).reshape(-1, 1, 1).astype(np.float32)
    return np.clip((np.log((two + floor) / (one + floor)).std(axis=0) - 0.08) / 0.12, 0, 1)


def _of_vegetation(kind: Kind, one: Array, two: Array) -> Array:
    import numpy as np

    drop = _vegetation_index(one) - _vegetation_index(two)
    if kind is Kind.NDVI:
        return -drop
    if kind is Kind.BURNT:
        fall = (one[3] - two[3]) / one[3]
        return np.sqrt(np.maximum(drop, 0) * np.maximum(fall, 0))
    bare = np.clip((0.55 - _vegetation_index(two)) / 0.3, 0, 1)
    before, after = one[:3].mean(axis=0), two[:3].mean(axis=0)
    return np.sqrt(np.maximum(drop, 0) * np.abs(after - before) / (after + before)) * bare


def _vegetation_index(bands: Array) -> Array:
    return (bands[3] - bands[0]) / (bands[3] + bands[0])


def _change_magnitude(first: Array, second: Array, model: Model) -> Array:
    import numpy as np

    bands, height, width = first.shape
    x = first.reshape(bands, -1).T - model.mean_a.astype(np.float32)
    y = second.reshape(bands, -1).T - model.mean_b.astype(np.float32)
    a, b = (model.a / model.sigma).astype(np.float32), (model.b / model.sigma).astype(np.float32)
    return np.sqrt(((x @ a - y @ b) ** 2).sum(axis=1)).reshape(height, width)


def propose_threshold(kind: Kind, values: Array) -> float:
    """A threshold for scores (of a sample is enough): Otsu's where it finds two classes, never
    inside the noise.
    """
    import numpy as np

    scale = SCALES[kind]
    sizes = np.abs(values[np.isfinite(values)])
    if not len(sizes):
        return scale.least
    noise = float(np.quantile(sizes, 0.25)) / QUARTER if kind is not Kind.MAGNITUDE else 0.0
    return float(
        min(
            0.75 * scale.highest,
            max(scale.least, 4.0 * noise, otsu_threshold(sizes, scale.highest)),
        )
    )


def otsu_threshold(values: Array, highest: float) -> float:
    """The value that best separates two classes."""
    import numpy as np

    counts, edges = np.histogram(np.clip(values, 0, highest), 256)
    centres = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * centres)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    between[~np.isfinite(between)] = 0
    return float(edges[int(np.argmax(between)) + 1])


GROWTH = 4
"""Pixels by which a burnt area grows from what is surely burnt: the halo a window needs."""
_GROWN_FROM = 0.65
"""Share of the threshold that is enough beside what is surely burnt."""


def classify_changed(kind: Kind, values: Array, threshold: float) -> Array:
    """Which pixels changed: 0 no (or unknown), 1 more, 2 less (signed kinds only).

    A burnt area goes on into its scorched border: what is nearly above the threshold counts within
    ``GROWTH`` pixels of what is above it (two phases, as Bastarrika et al. 2011, RSE 115(4)).
    """
    import numpy as np

    with np.errstate(invalid="ignore"):
        mask = (values >= threshold).astype(np.uint8)
        if SCALES[kind].signed:
            mask[values <= -threshold] = 2
        if kind is Kind.BURNT and mask.any():
            mask = _grow_mask(mask, values >= _GROWN_FROM * threshold)
    return mask


def _grow_mask(mask: Array, allowed: Array) -> Array:
    """``mask`` (0 and 1), grown pixel by pixel where it is allowed."""
    import numpy as np

    for _ in range(GROWTH):
        for axis in (0, 1):
            ahead, behind = [slice(None)] * 2, [slice(None)] * 2
            ahead[axis], behind[axis] = slice(1, None), slice(None, -1)
            wider = mask.copy()
            np.maximum(wider[tuple(ahead)], mask[tuple(behind)], out=wider[tuple(ahead)])
            np.maximum(wider[tuple(behind)], mask[tuple(ahead)], out=wider[tuple(behind)])
            mask = wider
        mask &= allowed
    return mask
