"""How two surface models lie on each other: the shift in plan and in height between them.

Source: Nuth and Kääb 2011, “Co-registration and bias corrections of satellite elevation data sets
for quantifying glacier thickness change”, The Cryosphere 5, 271–290: the difference of two shifted
models, over the tangent of the slope, is a cosine of the aspect.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.text import tr

Array = Any
ROUNDS = 12
STEEP = (math.tan(math.radians(3)), math.tan(math.radians(70)))
"""Slopes that tell something: flat ground knows no shift, walls and trees too much."""
_DONE = 0.005
"""Pixels: a smaller step ends the search."""
_BINS = 72
_FEWEST = 400
"""Pixels on slopes: fewer are no measure."""


@dataclass(frozen=True)
class HeightShift:
    """What must be added to the second model: ``east``, ``north`` (metres of the grid) to where it
    lies, ``up`` to its heights. ``noise`` is the NMAD of what then differs on ground taken for
    stable, in metres; ``before`` the same without the shift; ``slopes`` how many pixels told.
    """

    east: float
    north: float
    up: float
    noise: float
    before: float
    slopes: int


def nmad(values: Array) -> float:
    """Normalised median absolute deviation: the standard deviation of what is normal in them."""
    import numpy as np

    known = values[np.isfinite(values)]
    if known.size == 0:
        return math.nan
    return float(1.4826 * np.median(np.abs(known - np.median(known))))


def measure_shift(
    first: Array,
    second: Array,
    step: float,
    stable: Array | None = None,
    cancel: Cancel | None = None,
    report: Callable[[float], None] | None = None,
) -> HeightShift:
    """The shift of ``second`` to ``first``: heights (rows, columns) in metres on one north-up grid
    of ``step`` metres, NaN where nothing is known; ``stable`` says where nothing has changed.

    Raises InvalidInput where there are too few slopes, Cancelled.
    """
    import numpy as np

    cancel = cancel or Cancel()
    usable = np.isfinite(first) & np.isfinite(second)
    if stable is not None:
        usable &= stable
    east = north = 0.0
    before = nmad((first - second)[usable])
    slopes = 0
    for number in range(ROUNDS):
        cancel.check()
        moved = move_heights(second, east / step, north / step)
        found, slopes = _one_round(first, moved, step, usable)
        east, north = east + found[0], north + found[1]
        if report is not None:
            report((number + 1) / ROUNDS)
        if math.hypot(*found) < _DONE * step:
            break
    moved = move_heights(second, east / step, north / step)
    rest = (first - moved)[usable & np.isfinite(moved)]
    up = float(np.median(rest)) if rest.size else 0.0
    noise = nmad(rest - up)
    if not noise <= before:  # no better than as they came: left as they came
        east = north = 0.0
        rest = (first - second)[usable]
        up, noise = float(np.median(rest)), before
    return HeightShift(east, north, up, noise, before, slopes)


def _one_round(
    first: Array, second: Array, step: float, usable: Array
) -> tuple[tuple[float, float], int]:
    """A step of the shift, from the medians of bins of the aspect."""
    import numpy as np

    down, right = np.gradient(first, step)  # rows run south
    slope = np.hypot(down, right)
    aspect = np.arctan2(-right, down)  # downhill, clockwise from north
    change = first - second
    good = usable & np.isfinite(change) & np.isfinite(slope)
    good &= (slope > STEEP[0]) & (slope < STEEP[1])
    if good.sum() < _FEWEST:
        raise InvalidInput(
            tr("There are too few slopes to lay the two models on each other."),
            tr("Choose a larger area, or compare them as they are."),
            code="no-slopes",
        )
    values = change[good] - np.median(change[good])
    limit = 3 * max(nmad(values), 1e-6)
    kept = np.abs(values) < limit
    ratio = (values / slope[good])[kept]
    angle = aspect[good][kept]
    bins = ((angle + math.pi) / (2 * math.pi) * _BINS).astype(int) % _BINS
    centres, medians, weights = [], [], []
    order = np.argsort(bins, kind="stable")
    edges: Array = np.searchsorted(bins[order], np.arange(_BINS + 1))
    for number in range(_BINS):
        part = ratio[order[edges[number] : edges[number + 1]]]
        if part.size >= 5:
            centres.append((number + 0.5) / _BINS * 2 * math.pi - math.pi)
            medians.append(float(np.median(part)))
            weights.append(math.sqrt(part.size))
    if len(centres) < 8:
        return (0.0, 0.0), int(good.sum())
    # first - second moved by (e, n): dh / tan(slope) = e·sin(aspect) + n·cos(aspect) + c
    design = np.stack([np.sin(centres), np.cos(centres), np.ones(len(centres))], axis=1)
    weight = np.asarray(weights)
    solution, *_ = np.linalg.lstsq(
        design * weight[:, None], np.asarray(medians) * weight, rcond=None
    )
    return (float(solution[0]), float(solution[1])), int(good.sum())


def move_heights(heights: Array, columns: float, rows_north: float) -> Array:
    """The heights moved eastwards and northwards by parts of a pixel, between pixels by the four
    around; NaN where one of these is unknown or beyond the border.
    """
    import numpy as np

    if columns == 0 and rows_north == 0:
        return heights
    rows, width = heights.shape
    # the value at (row, column) comes from (row + rows_north, column - columns)
    y, x = np.arange(rows) + rows_north, np.arange(width) - columns
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    dy, dx = (y - top).astype(np.float32), (x - left).astype(np.float32)
    padded = np.full((rows + 2, width + 2), np.nan, np.float32)
    padded[1:-1, 1:-1] = heights
    down, up = np.clip(top + 2, 0, rows + 1), np.clip(top + 1, 0, rows + 1)
    right, here = np.clip(left + 2, 0, width + 1), np.clip(left + 1, 0, width + 1)

    def across(line: Array) -> Array:
        part = padded[line]
        return part[:, here] * (1 - dx) + _no_weight(part[:, right], dx)

    return across(up) * (1 - dy)[:, None] + _no_weight(across(down), dy[:, None])


def _no_weight(values: Array, weight: Array) -> Array:
    """``values · weight``, where an unknown one of no weight counts as nothing."""
    import numpy as np

    return np.where(weight == 0, np.float32(0), values * weight)
