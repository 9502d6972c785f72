"""How far an area of change can be stood by: whether it goes on where nothing was seen, how long
its border is, how much ground is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dinamis_qgis.core.change.detect import DetectedChange
    from dinamis_qgis.core.change.polygons import Patch

SEEN = 0.995
"""Where less of the ground than this was seen, the area is a least one."""
_BORDER = 1.5
"""Pixels from the border within which an area is cut by it."""


def is_least(change: DetectedChange, patches: Sequence[Patch]) -> bool:
    """Whether there may be more: ground that is hidden or clouded, or an area cut by the border of
    what was compared.
    """
    return change.seen_share < SEEN or any(_is_cut(patch, change) for patch in patches)


def unknown_ha(change: DetectedChange) -> float:
    """Ground that was not seen on both images, hectares."""
    return max(0.0, change.ground_ha - change.seen_ha)


def uncertain_ha(change: DetectedChange, threshold: float) -> float:
    """Ground whose score is within a tenth of the threshold, hectares: it may count or not."""
    return change.changed_ha(threshold * 0.9) - change.changed_ha(threshold * 1.1)


def perimeter_km(patches: Sequence[Patch]) -> float:
    """The outer borders of all areas together, in kilometres of the grid."""
    from shapely import wkb

    total = 0.0
    for patch in patches:
        shape = wkb.loads(patch.wkb)
        parts = getattr(shape, "geoms", [shape])
        total += sum(part.exterior.length for part in parts)
    return total / 1000


def _is_cut(patch: Patch, change: DetectedChange) -> bool:
    from shapely import wkb

    west, south, east, north = wkb.loads(patch.wkb).bounds
    left, low, right, high = change.grid.bounds
    room = _BORDER * change.grid.step
    gaps = (west - left, south - low, right - east, high - north)
    return bool(min(gaps) < room)
