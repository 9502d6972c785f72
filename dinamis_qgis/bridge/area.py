"""A search's area out of a polygon layer: read off the GUI thread, with no more vertices than a service can be sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.bridge.geometry import to_area
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.tasking.area import as_area, vertex_count
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.http import Cancel

MOST_VERTICES = 800
"""Vertices sent to a service at most: beyond, addresses and databases give up."""
MOST_FEATURES = 20_000


def polygon_layers(project: QgsProject) -> list[QgsVectorLayer]:
    """The project's valid polygon layers, by name."""
    found = [layer for layer in project.mapLayers().values() if is_polygons(layer)]
    return sorted(found, key=lambda layer: str(layer.name()).lower())


def is_polygons(layer: QgsMapLayer | None) -> bool:
    """Whether it is a valid layer of polygons."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
    )


def layer_reader(layer: QgsVectorLayer, selected: bool = False) -> Callable[[Cancel], BaseGeometry]:
    """What reads all polygons of ``layer`` (or only the selected ones) as one area in EPSG:4326, to be run in any thread.

    Called on the GUI thread. The reader raises InvalidInput: no polygon, too many features, no place on Earth; Cancelled.
    """
    source, crs, name = QgsVectorLayerFeatureSource(layer), layer.crs(), layer.name()
    request: Any = QgsFeatureRequest()
    if selected:
        request.setFilterFids(layer.selectedFeatureIds())

    def read(cancel: Cancel) -> BaseGeometry:
        areas = []
        for number, feature in enumerate(source.getFeatures(request)):
            cancel.check()
            if number >= MOST_FEATURES:
                raise InvalidInput(
                    tr("The layer “{name}” has too many features for one search area.").format(name=name),
                    tr("Select the features you mean."),
                )
            area = to_area(feature.geometry(), crs)
            if area is not None:
                areas.append(area if area.is_valid else area.buffer(0))
        merged = as_area(unary_union(areas)) if areas else None
        if merged is None:
            raise InvalidInput(tr("The layer “{name}” holds no polygon.").format(name=name), tr("Choose another layer."))
        return simplified(merged)

    return read


def simplified(area: BaseGeometry, most: int = MOST_VERTICES) -> BaseGeometry:
    """``area`` as it is, or with a coarser outline that has at most ``most`` vertices and still holds all of it."""
    if vertex_count(area) <= most:
        return area
    west, south, east, north = area.bounds
    tolerance = max(east - west, north - south) / 5000
    for _ in range(8):
        coarse = as_area(area.buffer(tolerance, 2).simplify(tolerance))
        if coarse is not None and vertex_count(coarse) <= most:
            return coarse
        tolerance *= 2
    hull = area.convex_hull
    return hull if vertex_count(hull) <= most else area.envelope
