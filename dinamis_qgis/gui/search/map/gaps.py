"""What a plan leaves uncovered, hatched on the map."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import to_map

COLOR = "#c0392b"


class Gaps:
    """``show(area)`` hatches an area of EPSG:4326."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._area: BaseGeometry | None = None
        self._band: Any = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setStrokeColor(QColor(COLOR))
        self._band.setFillColor(QColor(COLOR))
        self._band.setBrushStyle(Qt.BrushStyle.BDiagPattern)
        self._band.setSecondaryStrokeColor(QColor(255, 255, 255, 160))
        self._band.setWidth(1)
        self._band.hide()
        self._visible = True
        canvas.destinationCrsChanged.connect(self._draw)

    @property
    def area(self) -> BaseGeometry | None:
        """What is hatched."""
        return self._area

    def show(self, area: BaseGeometry | None) -> None:
        """Hatch this; None or empty hatches nothing."""
        self._area = None if area is None or area.is_empty else area
        self._draw()

    def clear(self) -> None:
        """Nothing hatched."""
        self.show(None)

    def set_visible(self, visible: bool) -> None:
        """Hidden with the dock."""
        self._visible = visible
        self._draw()

    def remove(self) -> None:
        """Leave the map as it was."""
        if self._band is not None:
            self._canvas.destinationCrsChanged.disconnect(self._draw)
            self._canvas.scene().removeItem(self._band)
            self._band = None

    def _draw(self) -> None:
        if self._band is None:
            return
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if self._area is not None:
            self._band.setToGeometry(
                to_map(self._area, self._canvas.mapSettings().destinationCrs()), None
            )
        self._band.setVisible(self._visible and self._area is not None)
