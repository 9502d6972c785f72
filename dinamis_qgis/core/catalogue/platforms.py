"""Satellites and product modes by the names people use, whatever a catalogue calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SPOT67 = "SPOT 6/7"
PLEIADES = "Pléiades"

_PLATFORMS = (
    (
        re.compile(
            r"^(?:PHR|PLEIADES|PLÉIADES)[\s_-]*(?:HR)?[\s_-]*1?[\s_-]*([AB])\b", re.IGNORECASE
        ),
        "Pléiades 1{}",
    ),
    (
        re.compile(r"^(?:PNEO|PLEIADES[\s_-]*NEO|PLÉIADES[\s_-]*NEO)[\s_-]*(\d)?", re.IGNORECASE),
        "Pléiades Neo {}",
    ),
    (re.compile(r"^SPOT[\s_-]*(\d)", re.IGNORECASE), "SPOT {}"),
    (re.compile(r"^(?:SENTINEL|S)[\s_-]*(\d[A-D]?)\b", re.IGNORECASE), "Sentinel-{}"),
)
_MODES = {
    "P": "PAN",
    "PAN": "PAN",
    "MS": "MS",
    "XS": "MS",
    "PMS": "PMS",
    "PANSHARPENED": "PMS",
    "MS+PAN": "MS+PAN",
}


METRES = {SPOT67: (1.5, 6.0), PLEIADES: (0.5, 2.0), "Pléiades Neo": (0.3, 1.2)}
"""Pixels of the panchromatic and of the multispectral image of a constellation, as its operator
delivers them.
"""


@lru_cache(maxsize=512)
def platform_label(platform: str) -> str:
    """``pleiades-1b``, ``PHR1B`` → ``Pléiades 1B``; ``spot-7`` → ``SPOT 7``; anything else as it
    is.
    """
    for pattern, label in _PLATFORMS:
        match = pattern.match(platform)
        if match:
            return label.format((match.group(1) or "").upper()).strip()
    return platform


def constellation_of(platform: str) -> str:
    """The constellation a platform belongs to, or empty."""
    label = platform_label(platform)
    if label in ("SPOT 6", "SPOT 7"):
        return SPOT67
    if label.startswith("Pléiades Neo"):
        return "Pléiades Neo"
    if label.startswith("Pléiades"):
        return PLEIADES
    return label.rstrip("ABCD") if label.startswith("Sentinel-") else ""


def platform_of_id(item_id: str) -> str:
    """The platform an Airbus product name begins with (``SPOT7_MS_…``, ``PHR1A_…``), else empty."""
    match = re.match(r"(SPOT[67]|PHR1[AB]|PNEO[34])[_-]", item_id)
    if not match:
        return ""
    name = match.group(1)
    if name.startswith("SPOT"):
        return f"spot-{name[4]}"
    return f"pleiades-1{name[4].lower()}" if name.startswith("PHR") else f"pleiades-neo-{name[4]}"


def mode_of(declared: Iterable[str], kinds: Iterable[str]) -> str:
    """MS, PAN, PMS or stereo as declared (first known word wins), else from the ``kinds`` of
    imagery (``ms``, ``pan``).

    A product that holds both, unmerged, is ``MS+PAN``.
    """
    for word in declared:
        upper = word.upper()
        if upper in _MODES:
            return _MODES[upper]
        if "STEREO" in upper:
            return "tristereo" if upper.startswith("TRI") else "stereo"
    found = set(kinds)
    if found >= {"ms", "pan"}:
        return "MS+PAN"
    return "MS" if "ms" in found else "PAN" if "pan" in found else ""
