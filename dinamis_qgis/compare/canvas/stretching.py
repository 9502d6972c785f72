"""One contrast for both scenes of a comparison: the clearer one keeps its colours, the other is
given limits that match; found in the background, given to the copies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from qgis.core import QgsRasterLayer

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers import stretch
from dinamis_qgis.compare.canvas.sides import Side
from dinamis_qgis.core.change.contrast import (
    Area,
    Limits,
    Pair,
    Shown,
    common_limits,
    is_noticeable,
)


@dataclass(frozen=True)
class Common:
    """The limits in use at one moment, by the source of the scene they are for."""

    limits: Mapping[str, Limits] = field(default_factory=dict)

    def give(self, layer: QgsRasterLayer) -> None:
        """To a copy of one of the two; a further scene of an animation keeps its own colours."""
        found = self.limits.get(layer.source())
        if found:
            stretch.apply_limits(layer, found)


class Stretching:
    """``on`` at first; ``given()`` is called when the copies have new limits, and must be drawn
    again.

    Where no common limits keep the colours of what did not change, each scene keeps its own.
    """

    def __init__(self, given: Callable[[], None]) -> None:
        self._given = given
        self._job: tasks.Job | None = None
        self._limits: Pair | None = None
        self._sides: tuple[Side, Side] | None = None
        self._own: dict[str, tuple[tuple[int, float, float], ...]] = {}
        """What each copy draws by its own style, by the layer's id."""
        self.on = True

    @property
    def busy(self) -> bool:
        """Whether limits are being looked for."""
        return self._job is not None

    def start(self, sides: tuple[Side, Side], area: Area) -> None:
        """Look for the common limits of a view; copies change only when they differ noticeably."""
        self.stop()
        self._sides = sides
        first, second = (self._shown(side) for side in sides)
        if not self.on or first is None or second is None:
            return
        self._job = tasks.run(
            lambda job: common_limits(first, second, area, job.cancel),
            done=self._found,
            failed=lambda error: self._found(None),
            title="stretch",
        )

    def _shown(self, side: Side) -> Shown | None:
        """What is drawn of a side by its own style: of the very file that is drawn."""
        layer = side.layer
        if side.scene is None or not isinstance(layer, QgsRasterLayer):
            return None
        limits = self._own.setdefault(layer.id(), stretch.shown_limits(layer))
        return Shown(replace(side.scene, source=layer.source()), limits) if limits else None

    def _found(self, found: Pair | None) -> None:
        self._job = None
        if found is None or self._sides is None or not is_noticeable(found, self._limits):
            return
        self._limits = found
        common = self.common()
        for side in self._sides:
            common.give(side.layer)
        self._given()

    def common(self) -> Common:
        """What is in use now, whatever is found or forgotten later."""
        if self._limits is None or self._sides is None:
            return Common()
        pairs = zip(self._sides, self._limits)
        return Common({side.layer.source(): limits for side, limits in pairs})

    def forget(self) -> None:
        """The copies have their own styles again."""
        self.stop()
        self._limits = None
        self._own.clear()

    def stop(self) -> None:
        """Give up looking, and let go of the scenes: their copies must not outlive QGIS."""
        self._sides = None
        job, self._job = self._job, None
        if job is not None:
            job.stop()
