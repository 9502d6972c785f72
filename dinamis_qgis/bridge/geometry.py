"""Between QGIS's geometries in any projection and areas of core (shapely, EPSG:4326)."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)
from shapely import wkb
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.tasking.area import as_area
from dinamis_qgis.core.text import tr

WGS84 = "EPSG:4326"


def to_area(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> BaseGeometry | None:
    """A polygon of ``crs`` in EPSG:4326, curves as segments, heights dropped; None when it holds no polygon. Raises InvalidInput."""
    copy = QgsGeometry(geometry)
    if copy.isNull() or copy.isEmpty():
        return None
    copy.convertToStraightSegment() if hasattr(copy, "convertToStraightSegment") else None
    if QgsWkbTypes.hasZ(copy.wkbType()):
        copy.get().dropZValue()
    if QgsWkbTypes.hasM(copy.wkbType()):
        copy.get().dropMValue()
    try:
        copy.transform(_transform(crs, QgsCoordinateReferenceSystem(WGS84)))
    except QgsCsException as error:
        raise InvalidInput(
            tr("This area cannot be placed on Earth."), tr("Check the coordinate system of its layer."), code="area-crs"
        ) from error
    return as_area(wkb.loads(bytes(copy.asWkb())))


def to_map(area: BaseGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
    """An area of EPSG:4326 in ``crs``, for drawing; empty where the projection cannot show it."""
    geometry = QgsGeometry()
    geometry.fromWkb(area.wkb)
    try:
        geometry.transform(_transform(QgsCoordinateReferenceSystem(WGS84), crs))
    except QgsCsException:
        return QgsGeometry()
    return geometry


def extent_on(canvas: Any, area: BaseGeometry) -> QgsRectangle:
    """The extent of an area on a canvas, with a margin."""
    extent = to_map(area, canvas.mapSettings().destinationCrs()).boundingBox()
    extent.scale(1.3)
    return extent


def selected_area(layer: Any) -> BaseGeometry:
    """The selected polygons of a layer as one area (the only feature of a layer counts as selected). Raises InvalidInput."""
    if not isinstance(layer, QgsVectorLayer) or layer.geometryType() != QgsWkbTypes.GeometryType.PolygonGeometry:
        raise InvalidInput(tr("The active layer holds no polygons."), tr("Choose a polygon layer in the layer panel, select a feature."))
    features = list(layer.selectedFeatures())
    if not features and layer.featureCount() == 1:
        features = list(layer.getFeatures())
    if not features:
        raise InvalidInput(tr("No feature is selected."), tr("Select one in the layer “{name}”.").format(name=layer.name()))
    areas = [a for a in (to_area(f.geometry(), layer.crs()) for f in features) if a is not None]
    if not areas:
        raise InvalidInput(tr("The selected feature has no area."), tr("Select another one."))
    if len(areas) == 1:
        return areas[0]
    merged = as_area(unary_union([a if a.is_valid else a.buffer(0) for a in areas]))
    return merged if merged is not None else areas[0]


def _transform(source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(source, target, QgsProject.instance().transformContext())
