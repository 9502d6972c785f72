"""The shift between the two scenes: measured in the background, kept, corrected in the comparison
only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.core.change.align import Shift, measure_shift
from dinamis_qgis.core.change.grid import common_grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.errors import DinamisError

MEASURED = 4_000_000
"""Pixels of the view that a shift is measured on, at most."""


class Shifting:
    """What is known of the shift on ``canvas``; ``changed()`` when a measure has ended."""

    def __init__(self, canvas: Any, changed: Callable[[], None]) -> None:
        self._canvas, self._changed = canvas, changed
        self._job: tasks.Job | None = None
        self._wkt = ""
        self.shift: Shift | None = None
        self.aligned = False

    @property
    def measuring(self) -> bool:
        """Whether a shift is being measured."""
        return self._job is not None

    def measure(
        self,
        first: Scene,
        second: Scene,
        area: tuple[str, tuple[float, float, float, float]],
        done: Callable[[Shift], None],
        failed: Callable[[DinamisError], None],
    ) -> None:
        """Measure it over ``area``; an earlier measure is given up."""
        self.stop()

        def work(job: tasks.Job) -> tuple[Shift, str]:
            grid = common_grid(first, second, area=area)
            if grid.pixels > MEASURED:
                grid = grid.coarser(MEASURED)
            return measure_shift(
                first, second, grid, job.cancel, lambda share: job.progress(share)
            ), grid.wkt

        def measured(found: tuple[Shift, str]) -> None:
            (self.shift, self._wkt), self._job = found, None
            self._changed()
            done(found[0])

        def broken(error: DinamisError) -> None:
            self._job = None
            self._changed()
            failed(error)

        self._job = tasks.run(work, done=measured, failed=broken, title="alignment")

    def swap(self) -> None:
        """The scenes have changed places."""
        if self.shift is not None:
            self.shift = replace(self.shift, east=-self.shift.east, north=-self.shift.north)

    def forget(self) -> None:
        """Other scenes are compared."""
        self.stop()
        self.shift, self.aligned = None, False

    def stop(self) -> None:
        """Give up a measure under way."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()

    def correction(self) -> tuple[float, float]:
        """What is added to the second scene's ground, in map units: nothing unless asked for, and
        for a shift to be relied on.
        """
        if not self.aligned or self.shift is None or not self.shift.trusted:
            return 0.0, 0.0
        return correction_on_map(self.shift, self._wkt, self._canvas)


def correction_on_map(shift: Shift, wkt: str, canvas: Any) -> tuple[float, float]:
    """What must be added to the second scene's ground so that it lies on the first's, in units of
    the map, at the view's middle.

    ``wkt`` is the CRS the shift was measured in.
    """
    own, target = QgsCoordinateReferenceSystem.fromWkt(wkt), canvas.mapSettings().destinationCrs()
    if own == target:
        return -shift.east, -shift.north
    try:
        centre = QgsCoordinateTransform(target, own, QgsProject.instance()).transform(
            canvas.center()
        )
        there = QgsCoordinateTransform(own, target, QgsProject.instance())
        one = there.transform(centre)
        two = there.transform(QgsPointXY(centre.x() - shift.east, centre.y() - shift.north))
    except QgsCsException:
        return 0.0, 0.0
    return two.x() - one.x(), two.y() - one.y()
