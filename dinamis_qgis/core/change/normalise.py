"""Making the radiometry of one scene that of another: what did not change is found first, then
fitted band by band.

Sources: iteratively reweighted multivariate alteration detection (IR-MAD), Nielsen 2007, IEEE TIP
16(2); relative normalisation by orthogonal regression over its no-change pixels, Canty & Nielsen
2008, Remote Sensing of Environment 112(3); the path radiance taken off as the value of dark
objects, Chavez 1988, Remote Sensing of Environment 24(3).
"""

from __future__ import annotations

from dataclasses import dataclass

from dinamis_qgis.core.change.clouds import find_opaque, limit_of
from dinamis_qgis.core.change.grid import Array
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

ROUNDS = 30
SETTLED = 1e-3
UNCHANGED = 0.9
"""Pixels whose probability of no change is above this are fitted."""
MOST = 60_000
"""Pixels used for a fit."""
QUARTER = 0.3186
"""A quarter of a normal distribution lies within so many standard deviations."""
SCATTERED = 0.5
"""Path radiance in the near infrared (0.83 µm) against red (0.66 µm), for λ⁻³: between a very clear
and a clear sky.
"""
FEWEST = 200
"""Pixels needed for a fit."""


@dataclass(frozen=True)
class Model:
    """What links two scenes where nothing changed: ``second · gain + offset`` looks like ``first``,
    band by band.

    ``dark`` is the first scene's path radiance by band, ``ground`` its median above that. ``a, b,
    sigma`` and the means are the MAD transform: the variates ``(first - mean_a) @ a - (second -
    mean_b) @ b`` have standard deviations ``sigma`` where nothing changed. ``cloud`` is the
    brightness beyond which each scene may hold clouds.
    """

    gain: Array
    offset: Array
    dark: Array
    ground: Array
    mean_a: Array
    mean_b: Array
    a: Array
    b: Array
    sigma: Array
    cloud: tuple[float, float]
    unchanged: float
    """Share of the ground that the fit rests on, 0 to 1."""


def fit_model(first: Array, second: Array, step: float, cancel: Cancel | None = None) -> Model:
    """The link between two aligned samples (bands, height, width), NaN where nothing was seen.

    ``step`` is the sample's pixel size in metres. Raises InvalidInput, Cancelled.
    """
    import numpy as np

    cancel = cancel or Cancel()
    seen = ~(find_opaque(first, step) | find_opaque(second, step))
    if seen.sum() < FEWEST:
        raise InvalidInput(
            tr("Too little ground is visible in both images to compare them."),
            tr("Zoom out or move the map."),
            code="no-overlap",
        )
    x, y = first[:, seen].T.astype(np.float64), second[:, seen].T.astype(np.float64)
    every = max(1, len(x) // MOST)
    x, y = x[::every], y[::every]
    a, b, mean_a, mean_b, sigma, chance = _iterate_mad(x, y, cancel)
    steady = chance > UNCHANGED
    # a small view, or nearly everything changed: the tenth that changed least
    if steady.sum() < FEWEST:
        steady = chance >= np.quantile(chance, 0.9)
    gain, offset = np.empty(x.shape[1]), np.empty(x.shape[1])
    for k in range(x.shape[1]):
        gain[k], offset[k] = _orthogonal_regression(y[steady, k], x[steady, k])
    # MAD's own deviations are those of pixels chosen for being alike; what the calmer quarter of
    # the ground does is noise.
    variates = (x - mean_a) @ a - (y - mean_b) @ b
    sigma = np.maximum(sigma, np.quantile(np.abs(variates), 0.25, axis=0) / QUARTER)
    dark = np.quantile(x, 0.002, axis=0)
    # land without water has nothing dark in the near infrared: scattering falls with the wavelength
    # (Chavez 1988)
    if len(dark) >= 4:
        dark[3] = min(dark[3], SCATTERED * dark[0])
    ground = np.median(x, axis=0) - 0.9 * dark
    return Model(
        gain,
        offset,
        dark,
        ground,
        mean_a,
        mean_b,
        a,
        b,
        sigma,
        (limit_of(first), limit_of(second)),
        float(steady.mean()),
    )


def _iterate_mad(
    x: Array, y: Array, cancel: Cancel
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """IR-MAD: transforms, means, deviations of the variates, and each pixel's probability of no
    change.
    """
    import numpy as np

    bands = x.shape[1]
    weights, before = np.ones(len(x)), np.zeros(bands)
    for _ in range(ROUNDS):
        cancel.check()
        mean_a, mean_b = np.average(x, 0, weights), np.average(y, 0, weights)
        p, q = x - mean_a, y - mean_b
        total = weights.sum()
        sxx, syy, sxy = (
            _regularise((weights[:, None] * u).T @ v / total, u is v)
            for u, v in ((p, p), (q, q), (p, q))
        )
        a, b, correlation = _canonical_correlation(sxx, syy, sxy)
        sigma = np.sqrt(np.maximum(2 * (1 - correlation), 1e-9))
        weights = chi2_survival((((p @ a - q @ b) / sigma) ** 2).sum(axis=1), bands)
        if np.abs(correlation - before).max() < SETTLED:
            break
        before = correlation
    return a, b, mean_a, mean_b, sigma, weights


def _regularise(matrix: Array, symmetric: bool) -> Array:
    """A covariance that can be inverted: Nielsen's regularisation in its simplest form."""
    import numpy as np

    if not symmetric:
        return matrix
    return matrix + np.eye(len(matrix)) * max(1e-9, 1e-6 * float(np.trace(matrix)) / len(matrix))


def _canonical_correlation(sxx: Array, syy: Array, sxy: Array) -> tuple[Array, Array, Array]:
    """Canonical correlation of two sets of bands, positively correlated pairs of unit variance."""
    import numpy as np

    lx, ly = np.linalg.cholesky(sxx), np.linalg.cholesky(syy)
    inner = np.linalg.solve(lx, sxy) @ np.linalg.inv(ly).T
    u, correlation, v = np.linalg.svd(inner)
    return np.linalg.solve(lx.T, u), np.linalg.solve(ly.T, v.T), np.clip(correlation, 0.0, 1.0)


def _orthogonal_regression(x: Array, y: Array) -> tuple[float, float]:
    """Gain and offset of the line through two noisy variables (major axis)."""
    import numpy as np

    sxx, syy = float(x.var()), float(y.var())
    sxy = float(((x - x.mean()) * (y - y.mean())).mean())
    if sxy <= 0 or sxx <= 0:
        return 1.0, float(np.median(y) - np.median(x))
    gain = (syy - sxx + float(np.sqrt((syy - sxx) ** 2 + 4 * sxy * sxy))) / (2 * sxy)
    return gain, float(y.mean() - gain * x.mean())


def chi2_survival(chi2: Array, degrees: int) -> Array:
    """The probability that a χ² of so many degrees of freedom is larger (recurrence 26.4.6 of
    Abramowitz & Stegun 1964).
    """
    import numpy as np

    x = np.maximum(np.asarray(chi2, np.float64), 0.0)
    half = np.exp(-x / 2)
    if degrees % 2:
        total, term, k = _error_function(np.sqrt(x / 2)), np.sqrt(2 * x / np.pi) * half, 1
    else:
        total, term, k = half, half * x / 2, 2
    while k < degrees:
        total = total + term
        k += 2
        term = term * x / k
    return total


def _error_function(x: Array) -> Array:
    """Complementary error function for x ≥ 0, to 1.5e-7 (7.1.26 of Abramowitz & Stegun 1964)."""
    import numpy as np

    t = 1 / (1 + 0.3275911 * x)
    poly = t * (
        0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))
    )
    return poly * np.exp(-x * x)
