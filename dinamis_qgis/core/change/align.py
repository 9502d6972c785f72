"""How far the ground of one image lies from the same ground in another, by phase correlation.

Sources: phase correlation, Kuglin & Hines 1975, "The phase correlation image alignment method";
sub-pixel peak by an upsampled matrix Fourier transform, Guizar-Sicairos, Thurman & Fienup 2008,
Optics Letters 33(2); leaving out the high frequencies, which aliasing spoils, Stone, Orchard, Chang
& Martucci 2001, IEEE TGRS 39(10).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable

from dinamis_qgis.core.change.clouds import box_blur, find_opaque
from dinamis_qgis.core.change.grid import Array, Grid, GridWindow
from dinamis_qgis.core.change.reader import Reader
from dinamis_qgis.core.change.scene import Scene, without_mask_band
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

TILE = 256
MOST_TILES = 36
LARGEST = 0.25
"""A shift of more than this share of a tile is not looked for."""
HIGHEST = 0.33
"""Frequencies above this (cycles per pixel) are left out."""
UPSAMPLING = 100
"""The peak is found to 1/100 of a pixel."""
FEWEST = 0.5
"""A tile with less valid ground than this is left out."""


@dataclass(frozen=True)
class Shift:
    """The ground of the second image appears ``east`` and ``north`` metres from where the first one
    has it.

    ``confidence`` from 0 (none) to 1; ``spread`` is the standard error of the shift in metres,
    ``tiles`` how many parts of the view took part, ``step`` the pixel size in metres.
    """

    east: float
    north: float
    confidence: float
    spread: float
    tiles: int
    step: float

    @property
    def length(self) -> float:
        """In metres."""
        return math.hypot(self.east, self.north)

    @property
    def pixels(self) -> float:
        """In pixels."""
        return self.length / self.step

    @property
    def trusted(self) -> bool:
        """Whether to act on it."""
        return self.confidence >= 0.5


def measure_shift(
    first: Scene,
    second: Scene,
    grid: Grid,
    cancel: Cancel | None = None,
    progress: Callable[[float], None] | None = None,
) -> Shift:
    """The shift between two scenes over ``grid``, from at most 36 tiles spread over it.

    Raises InvalidInput when nothing is seen.
    """
    import numpy as np

    cancel = cancel or Cancel()
    one, two = (Reader(without_mask_band(scene), grid) for scene in (first, second))
    tiles = _spread_tiles(grid)
    parts: list[tuple[Array, Array]] = []
    for k, window in enumerate(tiles):
        cancel.check()
        a, b = one.read(window), two.read(window)
        parts.append((_ground_structure(a, grid.step), _ground_structure(b, grid.step)))
        if progress is not None:
            progress(0.8 * (k + 1) / len(tiles))
    shift = shift_between(
        [p for p in parts if min(np.isfinite(p[0]).mean(), np.isfinite(p[1]).mean()) >= FEWEST],
        grid.step,
        cancel,
    )
    if progress is not None:
        progress(1.0)
    return shift


def shift_between(
    tiles: list[tuple[Array, Array]], step: float, cancel: Cancel | None = None
) -> Shift:
    """The shift common to pairs of equal-sized single-band tiles (NaN where nothing is known).

    ``step`` in metres.

    First to the pixel, from the mean of all cross-power spectra; then the second tiles are cut
    again where they belong, so that both windows show the same ground, and the rest is measured
    tile by tile and weighed robustly.
    """
    import numpy as np

    cancel = cancel or Cancel()
    if not tiles:
        raise InvalidInput(
            tr("Too little ground is visible in both images to measure their shift."),
            tr("Zoom out or move the map."),
            code="no-overlap",
        )
    filled = [(_whiten(a), _whiten(b)) for a, b in tiles]
    whole = _whole_pixel_shift(filled)
    found, quality, fine = [], [], []
    for a, b in filled:
        cancel.check()
        cross = _cross_spectrum(*_cut_to(a, b, whole))
        peak, height = _correlation_peak(cross)
        found.append(peak)
        quality.append(height)
        fine.append(cross)
    shifts, weights = np.array(found), np.maximum(np.array(quality), 1e-6) ** 2
    kept = _consistent_tiles(shifts, weights)
    cross = sum(
        weight * c
        for weight, c, keep in zip(weights, fine, kept)
        if keep and c.shape == fine[0].shape
    )
    final, strength = _correlation_peak(cross)
    rest = shifts[kept] - final
    spread = float(
        np.sqrt(
            (weights[kept, None] * rest**2).sum() / weights[kept].sum() / 2 / max(1, kept.sum() - 1)
        )
    )
    if kept.sum() == 1:
        spread = 0.5 * (1 - strength)
    rows, columns = final[0] + whole[0], final[1] + whole[1]
    confidence = _shift_confidence(strength, float(weights[kept].sum() / weights.sum()), spread)
    return Shift(columns * step, -rows * step, confidence, spread * step, int(kept.sum()), step)


def _shift_confidence(strength: float, share: float, spread: float) -> float:
    """1 when the peak stands far above the noise, the tiles agree, and their mean is known to a
    tenth of a pixel.
    """
    height = min(1.0, max(0.0, (strength - 4.0) / 12.0))
    agreement = min(1.0, share / 0.6)
    precision = 1.0 / (1.0 + (spread / 0.25) ** 2)
    return round(height * agreement * precision, 3)


def _spread_tiles(grid: Grid) -> list[GridWindow]:
    """At most 36 tiles spread evenly over the grid, overlapping by up to a half; smaller ones when
    the grid is small.
    """
    side = TILE
    while side > 64 and 4 * side > min(grid.width, grid.height):
        side //= 2
    side = min(side, grid.width, grid.height)
    across, down = max(1, 2 * grid.width // side - 1), max(1, 2 * grid.height // side - 1)
    shrink = math.sqrt(max(1.0, across * down / MOST_TILES))
    columns = _spread_places(grid.width - side, max(1, int(across / shrink)))
    rows = _spread_places(grid.height - side, max(1, int(down / shrink)))
    return [GridWindow(column, row, side, side) for row in rows for column in columns]


def _spread_places(room: int, count: int) -> list[int]:
    return [room // 2] if count < 2 else [round(room * k / (count - 1)) for k in range(count)]


def _ground_structure(bands: Array, step: float) -> Array:
    """One band that shows the ground's pattern: the log of the mean of the bands, clouds taken
    out.
    """
    import numpy as np

    hidden = find_opaque(bands, step)
    with np.errstate(invalid="ignore", divide="ignore"):
        gray = np.log(np.maximum(bands.mean(axis=0), 1.0))
    gray[hidden] = np.nan
    return gray


def _whiten(gray: Array) -> Array:
    """Local mean taken out, local contrast made even, unknown pixels at 0: neither light nor
    clouds' rims weigh.
    """
    import numpy as np

    known = np.isfinite(gray)
    values = np.where(known, gray, 0.0).astype(np.float64)
    share = np.maximum(box_blur(known.astype(np.float64), 8), 1e-3)
    flat = np.where(known, values - box_blur(values, 8) / share, 0.0)
    contrast = np.sqrt(
        box_blur(flat * flat, 16) / np.maximum(box_blur(known.astype(np.float64), 16), 1e-3)
    )
    floor = 0.25 * float(np.median(contrast[known])) if known.any() else 1.0
    return np.clip(flat / np.maximum(contrast, max(floor, 1e-9)), -3.0, 3.0)


def _hann_window(shape: tuple[int, int]) -> Array:
    """Hann's window."""
    import numpy as np

    return np.outer(np.hanning(shape[0] + 2)[1:-1], np.hanning(shape[1] + 2)[1:-1])


def _cross_spectrum(a: Array, b: Array) -> Array:
    """The normalised cross-power spectrum, without the frequencies that say nothing."""
    import numpy as np

    window = _hann_window(a.shape)
    cross = np.fft.fft2(b * window) * np.conj(np.fft.fft2(a * window))
    cross /= np.maximum(np.abs(cross), 1e-12)
    rows, columns = (
        np.fft.fftfreq(a.shape[0], 1.0)[:, None],
        np.fft.fftfreq(a.shape[1], 1.0)[None, :],
    )
    radius = np.hypot(rows, columns)
    return cross * np.exp(-((radius / HIGHEST) ** 4)) * (radius > 1.5 / min(a.shape))


def _whole_pixel_shift(tiles: list[tuple[Array, Array]]) -> tuple[int, int]:
    """The shift to the pixel, (rows, columns), that the tiles' mean correlation shows."""
    import numpy as np

    shape = tiles[0][0].shape
    total = sum(_cross_spectrum(a, b) for a, b in tiles if a.shape == shape)
    surface = np.real(np.fft.ifft2(total))
    rows, columns = (
        np.fft.fftfreq(shape[0], 1.0) * shape[0],
        np.fft.fftfreq(shape[1], 1.0) * shape[1],
    )
    far = (np.abs(rows)[:, None] > LARGEST * shape[0]) | (
        np.abs(columns)[None, :] > LARGEST * shape[1]
    )
    surface[far] = -np.inf
    j, i = np.unravel_index(int(np.argmax(surface)), shape)
    return round(float(rows[j])), round(float(columns[i]))


def _cut_to(a: Array, b: Array, shift: tuple[int, int]) -> tuple[Array, Array]:
    """The parts of both tiles that show the same ground."""
    down, right = shift
    height, width = a.shape[0] - abs(down), a.shape[1] - abs(right)
    y, x = max(0, -down), max(0, -right)
    return a[y : y + height, x : x + width], b[
        y + down : y + down + height, x + right : x + right + width
    ]


def _correlation_peak(cross: Array) -> tuple[Array, float]:
    """Where the correlation peaks within two pixels, (rows, columns), and its height over the
    surface's noise (σ).
    """
    import numpy as np

    surface = np.real(np.fft.ifft2(cross))
    noise = float(surface.std()) or 1e-12
    centre = np.zeros(2)
    for reach, step in ((2.0, 0.25), (0.3, 0.05), (0.06, 1.0 / UPSAMPLING)):
        offsets = np.arange(-reach, reach + step / 2, step)
        fine = _upsample_correlation(cross, centre[0] + offsets, centre[1] + offsets)
        j, i = np.unravel_index(int(np.argmax(fine)), fine.shape)
        centre = centre + np.array([offsets[j], offsets[i]])
    return centre, float(fine.max()) / noise


def _upsample_correlation(cross: Array, rows: Array, columns: Array) -> Array:
    """The correlation surface at the given places only: two small matrix products (Guizar-Sicairos
    2008).
    """
    import numpy as np

    j, i = np.fft.fftfreq(cross.shape[0], 1.0), np.fft.fftfreq(cross.shape[1], 1.0)
    left = np.exp(2j * np.pi * rows[:, None] * j[None, :])
    right = np.exp(2j * np.pi * i[:, None] * columns[None, :])
    return np.real(left @ cross @ right) / cross.size


def _consistent_tiles(shifts: Array, weights: Array) -> Array:
    """Tiles within three robust deviations (and never more than half a pixel) of the weighted
    median; at least one.
    """
    import numpy as np

    middle = np.array([_weighted_median(shifts[:, k], weights) for k in (0, 1)])
    away = np.hypot(*(shifts - middle).T)
    limit = min(0.75, max(0.15, 3 * 1.4826 * _weighted_median(away, weights)))
    kept = away <= limit
    return kept if kept.any() else away == away.min()


def _weighted_median(values: Array, weights: Array) -> float:
    import numpy as np

    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
