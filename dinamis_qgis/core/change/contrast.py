"""One contrast for two scenes: the clearer one keeps the colours it has, the other is given limits
under which ground that did not change has the same.

What did not change is found as in ``normalise`` (IR-MAD, Nielsen 2007); here its median and spread
are matched band by band, which holds even where the two are not aligned yet. Colour
differences are CIE 1976 (ISO 11664-4) of sRGB (IEC 61966-2-1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dinamis_qgis.core.change.grid import Array, common_grid
from dinamis_qgis.core.change.normalise import UNCHANGED, Model, chi2_survival, fit_model
from dinamis_qgis.core.change.scene import Scene, without_mask_band
from dinamis_qgis.core.change.windows import sample_pair
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.http import Cancel

PIXELS = 120_000
FEWEST = 400
"""Unchanged pixels needed."""
GAINS = (0.1, 10.0)
"""Between these one scene may be brighter than the other."""
SURE, FREEDOM = 0.95, 1.25
"""A band whose correlation is below the first keeps within that factor of the surest one's gain."""
LARGEST = 5.0
"""A larger colour difference of unchanged ground (ΔE*ab, its median) is no common contrast."""
BLOCK = 4
"""Colours are compared as means of so many pixels a side: the eye does not see noise."""

Limits = dict[int, tuple[float, float]]
"""(low, high) by band number of a scene."""
Area = tuple[str, tuple[float, float, float, float]]
"""A view: WKT of its system, and bounds."""


@dataclass(frozen=True)
class Shown:
    """A scene as it is shown: ``limits`` are (band, low, high) of what is drawn, red first."""

    scene: Scene
    limits: tuple[tuple[int, float, float], ...]

    @property
    def channels(self) -> tuple[int, ...]:
        """Which of the scene's bands are drawn, from 0; empty where one is not among them."""
        bands = self.scene.bands
        known = [bands.index(band) for band, _, _ in self.limits if band in bands]
        return tuple(known) if len(known) == len(self.limits) else ()

    def given(self, gain: Array, offset: Array) -> Shown:
        """With the limits that show ``value · gain + offset`` as these show ``value``."""
        return Shown(
            self.scene,
            tuple(
                (
                    band,
                    low * float(gain[at]) + float(offset[at]),
                    high * float(gain[at]) + float(offset[at]),
                )
                for at, (band, low, high) in zip(self.channels, self.limits)
            ),
        )


Pair = tuple[Limits, Limits]


def common_limits(first: Shown, second: Shown, area: Area, cancel: Cancel) -> Pair | None:
    """The limits of both under which unchanged ground has the colours of the clearer one.

    None where they do not draw the same bands, where too little is seen in both, or where unchanged
    ground would differ by more than ``LARGEST``: each is then best left as it is. Reads overviews.
    Raises InvalidInput where the two have nothing in common, ServiceError, Cancelled.
    """
    if not first.channels or first.channels != second.channels:
        return None
    scenes = first.scene, second.scene
    if max(first.channels) < 3:  # near infrared is not drawn, and may be a mask
        one, two = map(without_mask_band, scenes)
        depth = min(len(one.bands), len(two.bands))
        scenes = replace(one, bands=one.bands[:depth]), replace(two, bands=two.bands[:depth])
    grid = common_grid(*scenes, area=area).coarser(PIXELS)
    one, two = sample_pair(*scenes, grid, PIXELS, cancel)
    if _is_flat(one) or _is_flat(two):
        return None
    try:
        same = _find_unchanged(one, two, fit_model(one, two, grid.step, cancel))
    except InvalidInput:  # too little ground is seen in both
        return None
    if same.sum() < FEWEST:
        return None
    gain, offset = _gain_and_offset(one[:, same], two[:, same])
    if not ((gain > GAINS[0]) & (gain < GAINS[1])).all():
        return None
    drawn = list(first.channels)
    if gain[drawn].mean() >= 1:  # the second has less contrast: the first is the clearer one
        second = _as_if(first, second, 1 / gain, -offset / gain)
    else:
        first = _as_if(second, first, gain, offset)
    if (
        len(drawn) == 3
        and colour_difference(_drawn_colours(one, first), _drawn_colours(two, second), same)
        > LARGEST
    ):
        return None
    return _by_band(first), _by_band(second)


def _is_flat(bands: Array) -> bool:
    """Whether a band says nothing: one value, or nothing seen."""
    import numpy as np

    values = bands[:, np.isfinite(bands).all(axis=0)]
    return values.shape[1] < FEWEST or bool((values.std(axis=1) < 1e-6).any())


def _as_if(clearer: Shown, other: Shown, gain: Array, offset: Array) -> Shown:
    """``other`` with the limits of ``clearer`` in its own values."""
    given = clearer.given(gain, offset).limits
    return Shown(
        other.scene,
        tuple((band, low, high) for (band, _, _), (_, low, high) in zip(other.limits, given)),
    )


def _by_band(shown: Shown) -> Limits:
    return {band: (low, max(high, low + 1e-6)) for band, low, high in shown.limits}


def _find_unchanged(one: Array, two: Array, model: Model) -> Array:
    """Which pixels are ground that did not change; at least the tenth that changed least."""
    import numpy as np

    seen = np.isfinite(one).all(axis=0) & np.isfinite(two).all(axis=0)
    x, y = one[:, seen].T.astype(np.float64), two[:, seen].T.astype(np.float64)
    variates = ((x - model.mean_a) @ model.a - (y - model.mean_b) @ model.b) / model.sigma
    chance = chi2_survival((variates**2).sum(axis=1), x.shape[1])
    steady = chance > UNCHANGED
    if steady.sum() < FEWEST and len(chance):
        steady = chance >= np.quantile(chance, 0.9)
    found = np.zeros(seen.shape, bool)
    found[seen] = steady
    return found


def _gain_and_offset(x: Array, y: Array) -> tuple[Array, Array]:
    """Gain and offset by band with which the second has the spread and the median of the first.

    A band in which the two say little of each other (the seasons of fields) is scaled nearly as the
    band in which they say most: gains of its own would tint all that did change.
    """
    import numpy as np

    gain = x.std(axis=1) / np.maximum(y.std(axis=1), 1e-9)
    alike = np.nan_to_num([np.corrcoef(a, b)[0, 1] for a, b in zip(x, y)])
    best = gain[int(np.argmax(alike))]
    bound = np.clip(gain, best / FREEDOM, best * FREEDOM)
    gain = np.where(alike >= SURE, gain, bound)
    return gain, np.median(x, axis=1) - gain * np.median(y, axis=1)


def _drawn_colours(bands: Array, shown: Shown) -> Array:
    """Red, green and blue from 0 to 1, as drawn."""
    import numpy as np

    return np.stack(
        [
            np.clip((bands[at] - low) / max(high - low, 1e-6), 0, 1)
            for at, (_, low, high) in zip(shown.channels, shown.limits)
        ]
    )


def colour_difference(one: Array, two: Array, where: Array) -> float:
    """The median ΔE*ab of two pictures (3, height, width; sRGB from 0 to 1) over ``where``.

    As means of small blocks; 0 where there is nothing.
    """
    import numpy as np

    height, width = (side - side % BLOCK for side in where.shape)

    def blocks(values: Array) -> Array:
        cut = values[..., :height, :width]
        shape = (*cut.shape[:-2], height // BLOCK, BLOCK, width // BLOCK, BLOCK)
        return np.nansum(np.where(where[:height, :width], cut, 0).reshape(shape), axis=(-3, -1))

    count = blocks(np.ones(where.shape))
    full = count >= BLOCK * BLOCK / 4
    if not full.any():
        return 0.0
    first, second = (
        cielab_from_srgb((blocks(picture) / np.maximum(count, 1))[:, full])
        for picture in (one, two)
    )
    return float(np.median(np.sqrt(((first - second) ** 2).sum(axis=0))))


def cielab_from_srgb(colours: Array) -> Array:
    """CIELAB (D65) of sRGB values from 0 to 1; the first axis is the channel."""
    import numpy as np

    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    white = to_xyz.sum(axis=1).reshape(-1, *[1] * (colours.ndim - 1))
    xyz = np.tensordot(to_xyz, linear, axes=1) / white
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def is_noticeable(found: Pair, before: Pair | None, share: float = 0.03) -> bool:
    """Whether limits differ by more than ``share`` of their span, and are worth a new picture."""
    if before is None:
        return True
    for now, then in zip(found, before):
        if set(now) != set(then):
            return True
        if any(
            max(abs(now[band][0] - low), abs(now[band][1] - high)) > share * (high - low)
            for band, (low, high) in then.items()
        ):
            return True
    return False
