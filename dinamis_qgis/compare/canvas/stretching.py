"""One contrast for both scenes of a comparison: the common limits of the view, found in the
background, given to the copies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsRasterLayer

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers import stretch
from dinamis_qgis.compare.canvas.sides import Side
from dinamis_qgis.core.change.contrast import Limits, limits, noticeable
from dinamis_qgis.core.change.scene import Scene

Area = tuple[str, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Common:
    """The limits in use at one moment, numbered by ``bands``: those of the first scene."""

    limits: Limits
    bands: tuple[int, ...]

    def give(self, layer: QgsRasterLayer, scene: Scene | None) -> None:
        """To a copy: of the two, or of a further scene of an animation."""
        if self.limits and scene is not None and len(self.bands) == len(scene.bands):
            stretch.apply(layer, self.limits, self.bands, scene.bands)


class Stretching:
    """``on`` at first; ``given()`` is called when the copies have new limits, and must be drawn
    again.
    """

    def __init__(self, given: Callable[[], None]) -> None:
        self._given = given
        self._job: tasks.Job | None = None
        self._limits: Limits = {}
        self._sides: tuple[Side, Side] | None = None
        self.on = True

    @property
    def busy(self) -> bool:
        """Whether limits are being looked for."""
        return self._job is not None

    def start(self, sides: tuple[Side, Side], area: Area) -> None:
        """Look for the common limits of a view; the copies change only when they differ
        noticeably.
        """
        self.stop()
        self._sides = sides
        first, second = sides[0].scene, sides[1].scene
        if not self.on or first is None or second is None or len(first.bands) != len(second.bands):
            return
        self._job = tasks.run(
            lambda job: limits(first, second, area, job.cancel),
            done=self._found,
            failed=lambda error: self._found({}),
            title="stretch",
        )

    def _found(self, found: Limits) -> None:
        self._job = None
        if not found or self._sides is None or not noticeable(found, self._limits):
            return
        self._limits = found
        common = self.common()
        for side in self._sides:
            common.give(side.layer, side.scene)
        self._given()

    def common(self) -> Common:
        """What is in use now, whatever is found or forgotten later."""
        first = self._sides[0].scene if self._sides else None
        return Common(self._limits, first.bands if first is not None else ())

    def forget(self) -> None:
        """The copies have their own styles again."""
        self.stop()
        self._limits = {}

    def stop(self) -> None:
        """Give up looking, and let go of the scenes: their copies must not outlive QGIS."""
        self._sides = None
        job, self._job = self._job, None
        if job is not None:
            job.stop()
