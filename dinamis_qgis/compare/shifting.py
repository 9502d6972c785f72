"""A measured shift as the map's own units."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject

from dinamis_qgis.core.change.align import Shift


def correction(shift: Shift, wkt: str, canvas: Any) -> tuple[float, float]:
    """What must be added to the second scene's ground so that it lies on the first's, in units of the map, at the view's middle.

    ``wkt`` is the CRS the shift was measured in.
    """
    own, target = QgsCoordinateReferenceSystem.fromWkt(wkt), canvas.mapSettings().destinationCrs()
    if own == target:
        return -shift.east, -shift.north
    try:
        centre = QgsCoordinateTransform(target, own, QgsProject.instance()).transform(canvas.center())
        there = QgsCoordinateTransform(own, target, QgsProject.instance())
        one = there.transform(centre)
        two = there.transform(QgsPointXY(centre.x() - shift.east, centre.y() - shift.north))
    except QgsCsException:
        return 0.0, 0.0
    return two.x() - one.x(), two.y() - one.y()
