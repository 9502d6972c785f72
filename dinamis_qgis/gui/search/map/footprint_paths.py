"""Footprints as lines to paint."""

from __future__ import annotations

from qgis.core import QgsGeometry
from qgis.PyQt.QtGui import QPainterPath, QPolygonF

STEPS = 8
"""Pieces an edge of a footprint is cut into: straight on the Earth is curved on the map."""


def with_short_edges(shape: QgsGeometry) -> QgsGeometry:
    """With shorter edges."""
    return shape.densifyByCount(STEPS - 1)


def path_of(shape: QgsGeometry) -> QPainterPath:
    """Its rings, in its own coordinates; empty for an empty shape."""
    path = QPainterPath()
    if shape.isNull() or shape.isEmpty():
        return path
    for polygon in shape.asMultiPolygon() if shape.isMultipart() else [shape.asPolygon()]:
        for ring in polygon:
            path.addPolygon(QPolygonF([p.toQPointF() for p in ring]))
    return path
