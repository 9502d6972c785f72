"""Between QGIS's geometries in any projection and areas of core (shapely, EPSG:4326)."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from shapely import wkb
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import as_area, repair_area
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel

WGS84 = "EPSG:4326"
MOST_FEATURES = 20_000


def to_area(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> BaseGeometry | None:
    """A polygon of ``crs`` in EPSG:4326, curves as segments, heights dropped; None when it holds no
    polygon. Raises InvalidInput.
    """
    copy = QgsGeometry(geometry)
    if copy.isNull() or copy.isEmpty():
        return None
    flat = QgsGeometry(copy.constGet().segmentize())  # curves as segments
    if flat.isNull() or not _transform_in_place(flat, crs, QgsCoordinateReferenceSystem(WGS84)):
        raise InvalidInput(
            tr("This area cannot be placed on Earth."),
            tr("Check the coordinate system of its layer."),
            code="area-crs",
        )
    flat.get().dropZValue()
    flat.get().dropMValue()
    found = wkb.loads(bytes(flat.asWkb()))
    if not all(isfinite(v) and abs(v) <= 1080 for v in found.bounds):
        raise InvalidInput(
            tr("This area cannot be placed on Earth."),
            tr("Check the coordinate system of its layer."),
            code="area-crs",
        )
    return as_area(found)


def to_map(area: BaseGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
    """An area of EPSG:4326 in ``crs``, for drawing; empty where the projection cannot show it."""
    geometry = QgsGeometry()
    geometry.fromWkb(area.wkb)
    return (
        geometry
        if _transform_in_place(geometry, QgsCoordinateReferenceSystem(WGS84), crs)
        else QgsGeometry()
    )


def extent_on(canvas: Any, area: BaseGeometry) -> QgsRectangle:
    """The extent of an area on a canvas, with a margin."""
    extent = to_map(area, canvas.mapSettings().destinationCrs()).boundingBox()
    extent.scale(1.3)
    return extent


def area_reader(
    layer: QgsVectorLayer, *, selected: bool = False
) -> Callable[[Cancel], BaseGeometry]:
    """What reads the polygons of a layer (or the selected ones) as one area, to be run in any
    thread; nothing is simplified.

    Several are merged, each repaired and cut at the antimeridian; one comes as it is. Called on the
    GUI thread. The reader raises InvalidInput (no polygon, too many, no place on Earth), Cancelled.
    """
    source, crs, name = QgsVectorLayerFeatureSource(layer), layer.crs(), layer.name()
    request = QgsFeatureRequest()
    request.setSubsetOfAttributes([])
    if selected:
        request.setFilterFids(layer.selectedFeatureIds())

    def read(cancel: Cancel) -> BaseGeometry:
        geometries: list[QgsGeometry] = []
        for feature in source.getFeatures(request):
            cancel.check()
            if len(geometries) >= MOST_FEATURES:
                raise InvalidInput(
                    tr("The layer “{name}” has too many features.").format(name=name),
                    tr("Select the features you mean."),
                )
            geometries.append(feature.geometry())
        areas: list[BaseGeometry] = []
        for geometry in geometries:
            cancel.check()
            area = to_area(geometry, crs)
            if area is not None:
                areas.append(area)
        if not areas:
            raise InvalidInput(
                tr("The layer “{name}” holds no polygon.").format(name=name),
                tr("Choose another layer."),
            )
        merged = (
            areas[0]
            if len(areas) == 1
            else as_area(
                unary_union([sound for a in areas if (sound := repair_area(a)) is not None])
            )
        )
        return merged if merged is not None else areas[0]

    return read


def _transform_in_place(
    geometry: QgsGeometry,
    source: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
) -> bool:
    """Whether ``geometry`` could be brought, in place, from one system to the other."""
    if not source.isValid():
        return False
    try:
        result = geometry.transform(
            QgsCoordinateTransform(source, target, QgsProject.instance().transformContext())
        )
    except QgsCsException:
        return False
    return result == QgsGeometry.OperationResult.Success
