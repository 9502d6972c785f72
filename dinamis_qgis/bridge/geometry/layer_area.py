"""A search's area out of a polygon layer, read off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer, QgsWkbTypes
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import area_reader
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import repair_area
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel


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
    """What reads all polygons of ``layer`` (or only the selected ones) as one area in EPSG:4326, to
    be run in any thread.

    Repaired and cut at the antimeridian, nothing is simplified. Called on the GUI thread. The
    reader raises InvalidInput (no polygon, too many features, no place on Earth), Cancelled.
    """
    read, name = area_reader(layer, selected=selected), layer.name()

    def sound(cancel: Cancel) -> BaseGeometry:
        found = repair_area(read(cancel))
        if found is None:
            raise InvalidInput(
                tr("The layer “{name}” holds no polygon.").format(name=name),
                tr("Choose another layer."),
            )
        return found

    return sound
