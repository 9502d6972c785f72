"""Scores of change as an image over the map; where it and its areas lie there."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtGui import QImage

from dinamis_qgis.core.change.difference import SCALES, Kind, classify_changed
from dinamis_qgis.core.change.grid import Array, Grid

MORE, LESS = (0, 190, 255, 150), (255, 40, 30, 160)
"""Colours (red, green, blue, alpha) of more and of less; what is not signed is in the second."""


HIDDEN = (90, 90, 90, 200)
"""Colour of the hatching over ground that was not seen on both images."""
_HATCH = 8
"""Pixels from one line of the hatching to the next."""


def paint_scores(scores: Array, threshold: float, kind: Kind) -> QImage:
    """What changed in colour, what was not seen on both images hatched, the rest transparent."""
    import numpy as np

    height, width = scores.shape
    pixels = np.zeros((height, width), np.uint32)
    found = classify_changed(kind, scores, threshold)
    pixels[found == 1] = _pack_argb(MORE if SCALES[kind].signed else LESS)
    pixels[found == 2] = _pack_argb(LESS)
    rows, columns = np.ogrid[:height, :width]
    pixels[~np.isfinite(scores) & ((rows + columns) % _HATCH < 2)] = _pack_argb(HIDDEN)
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _pack_argb(color: tuple[int, int, int, int]) -> int:
    red, green, blue, alpha = color
    return alpha << 24 | red << 16 | green << 8 | blue


def grid_corners(grid: Grid, canvas: Any) -> list[QgsPointXY]:
    """Of a grid in map coordinates: upper left, upper right, lower right, lower left."""
    west, south, east, north = grid.bounds
    transform = _transform_onto(canvas, grid.wkt)
    return [
        transform.transform(QgsPointXY(*corner))
        for corner in ((west, north), (east, north), (east, south), (west, south))
    ]


def centre_on(canvas: Any, wkb: bytes, wkt: str) -> None:
    """Move the map to an area written in the CRS ``wkt``."""
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    try:
        geometry.transform(_transform_onto(canvas, wkt))
    except QgsCsException:
        return
    canvas.setCenter(geometry.boundingBox().center())
    canvas.refresh()


def _transform_onto(canvas: Any, wkt: str) -> QgsCoordinateTransform:
    own = QgsCoordinateReferenceSystem.fromWkt(wkt)
    return QgsCoordinateTransform(own, canvas.mapSettings().destinationCrs(), QgsProject.instance())
