"""Sun, haze, clouds and the shadows they throw."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow, enlarge_bilinear, fractal_noise

CLOUD = np.array([0.62, 0.63, 0.66, 0.66], np.float32)
HAZE = np.array([0.035, 0.052, 0.085, 0.016], np.float32)
"""Path radiance of a clear day, as reflectance: strongest in blue (Rayleigh)."""


COARSER = 4


@dataclass(frozen=True)
class Sun:
    """Elevation and azimuth in degrees (azimuth from north, clockwise)."""

    elevation: float
    azimuth: float

    def shadow(self) -> tuple[float, float]:
        """Shift (east, north) of the shadow of one metre of height."""
        reach = 1.0 / math.tan(math.radians(max(self.elevation, 8.0)))
        away = math.radians(self.azimuth + 180.0)
        return reach * math.sin(away), reach * math.cos(away)


def sun_at(when: datetime, lon: float, lat: float) -> Sun:
    """The sun's position, by Cooper's declination formula and the hour angle, to about one
    degree.
    """
    day = when.timetuple().tm_yday
    tilt = math.radians(23.45 * math.sin(math.radians(360.0 * (284 + day) / 365.0)))
    hour = math.radians(15.0 * (when.hour + when.minute / 60.0 + lon / 15.0 - 12.0))
    phi = math.radians(lat)
    sine = math.sin(phi) * math.sin(tilt) + math.cos(phi) * math.cos(tilt) * math.cos(hour)
    azimuth = math.atan2(
        math.sin(hour), math.cos(hour) * math.sin(phi) - math.tan(tilt) * math.cos(phi)
    )
    return Sun(math.degrees(math.asin(sine)), (math.degrees(azimuth) + 180.0) % 360.0)


@dataclass(frozen=True)
class Clouds:
    """Opacity of the clouds (0 to 1), their brightness, and the darkness of their shadows (0 to
    1).
    """

    opacity: Array
    brightness: Array
    shadow: Array


def _cloud_field(window: LatticeWindow, size: float, seed: int) -> Array:
    return fractal_noise(window, size, seed, 6, 0.55)


def make_clouds(
    window: LatticeWindow, whole: LatticeWindow, share: float, sun: Sun, seed: int
) -> Clouds | None:
    """Cumulus over about ``share`` of ``whole`` (the scene), seen in ``window``; None for a clear
    sky.
    """
    if share <= 0.0:
        return None
    extent = max(whole.nx, whole.ny) * whole.step
    size = min(1400.0, extent / 3.2)
    survey = LatticeWindow(whole.x0, whole.y0, 160, 160, extent / 160)
    level = np.float32(np.quantile(_cloud_field(survey, size, seed), 1 - min(share, 0.97)))
    soft = np.float32(0.34)
    # Cloud borders are soft: a grid four times coarser is enough.
    coarse = window.coarser(COARSER)
    here = _cloud_field(coarse, size, seed) - level
    opacity = _smooth_step(here / soft + np.float32(0.25))
    brightness = (0.86 + 0.16 * np.clip(here, 0, 1.2)).astype(np.float32)
    height = min(1100.0, size * 0.75)
    east, north = sun.shadow()
    moved = replace(coarse, x0=coarse.x0 - east * height, y0=coarse.y0 - north * height)
    shadow = _smooth_step((_cloud_field(moved, size, seed) - level) / soft + np.float32(0.15)) * (
        1 - opacity
    )
    return Clouds(
        *(enlarge_bilinear(f, COARSER, window.nx, window.ny) for f in (opacity, brightness, shadow))
    )


def _smooth_step(t: Array) -> Array:
    t = np.clip(t, 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)
