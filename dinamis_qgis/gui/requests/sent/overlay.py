"""Requests on the map: temporary outlines, coloured by state; nothing of it enters the project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import QgsGeometry, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import to_map
from dinamis_qgis.bridge.layers.request_layer import state_colour
from dinamis_qgis.core.geo import polygons, wrap_longitudes
from dinamis_qgis.core.tasking.model import DRAFT, Request


def accent_colour() -> QColor:
    """The palette's highlight: what is being worked on."""
    return QColor(QApplication.palette().color(QPalette.ColorRole.Highlight))


class RequestOutlines(QObject):
    """Outlines on one canvas: all requests thin, the chosen one thick, the archive dotted, its gap
    hatched, the swath of a pass.
    """

    def __init__(self, canvas: QgsMapCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._bands: list[Any] = []
        self._gap: BaseGeometry | None = None
        self._archive: tuple[BaseGeometry, ...] = ()
        self._swath: BaseGeometry | None = None
        self._shown: tuple[list[Request], str] = ([], "")
        self._visible = True
        canvas.destinationCrsChanged.connect(self._redraw)

    def show_requests(self, requests: Iterable[Request], chosen: str = "") -> None:
        """Draw these; ``chosen`` is the reference of the one to stand out."""
        self._shown = (list(requests), chosen)
        self._redraw()

    def show_archive(self, footprints: Iterable[BaseGeometry], gap: BaseGeometry | None) -> None:
        """Outline what exists already, and hatch what no archive product covers."""
        self._archive, self._gap = tuple(footprints), gap
        self._redraw()

    def show_swath(self, swath: BaseGeometry | None) -> None:
        """The strip that a pass of the satellite sees."""
        self._swath = swath
        self._redraw()

    def set_visible(self, visible: bool) -> None:
        """Hide all while the panel is hidden."""
        if visible != self._visible:
            self._visible = visible
            self._redraw()

    def clear(self) -> None:
        """Take everything off the map."""
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands = []

    def _redraw(self) -> None:
        self.clear()
        if not self._visible:
            return
        requests, chosen = self._shown
        for request in requests:
            if request.draft.area is not None and polygons(request.draft.area):
                colour = state_colour(request.state)
                self._add(
                    request.draft.area,
                    colour,
                    3 if request.reference == chosen else 1,
                    request.state == DRAFT,
                )
        for footprint in self._archive:
            band = self._add(footprint, QColor("#2e9e4f"), 1, False)
            if band is not None:
                band.setLineStyle(Qt.PenStyle.DotLine)
        if self._swath is not None:
            band = self._add(self._swath, accent_colour(), 2, False)
            if band is not None:
                band.setBrushStyle(Qt.BrushStyle.Dense7Pattern)
                band.setFillColor(accent_colour())
        if self._gap is not None:
            band = self._add(self._gap, QColor("#d98200"), 1, False)
            if band is not None:
                band.setBrushStyle(Qt.BrushStyle.BDiagPattern)
                band.setFillColor(QColor(217, 130, 0, 160))

    def _add(self, area: BaseGeometry, colour: QColor, width: int, dashed: bool) -> Any:
        geometry: QgsGeometry = to_map(
            wrap_longitudes(area), self._canvas.mapSettings().destinationCrs()
        )
        if geometry.isEmpty():
            return None
        band = QgsRubberBand(self._canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
        band.setStrokeColor(colour)
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 150))
        band.setBrushStyle(Qt.BrushStyle.NoBrush)  # a fill would tint the imagery below
        band.setWidth(width)
        if dashed:
            band.setLineStyle(Qt.PenStyle.DashLine)
        band.setToGeometry(geometry, None)
        self._bands.append(band)
        return band
