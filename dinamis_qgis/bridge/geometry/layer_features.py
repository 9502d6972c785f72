"""The features of a polygon layer one by one, each by the name it is shown by, read off the GUI
thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.geometry.convert import to_area
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import repair_area
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel

MOST = 200
"""More features than this are not taken one by one."""
Feature = tuple[str, BaseGeometry]
"""(name, area in EPSG:4326)."""


def feature_reader(layer: QgsVectorLayer, selected: bool) -> Callable[[Cancel], list[Feature]]:
    """What reads the polygons of ``layer`` (or the selected ones), to be run in any thread.

    A feature's name is the layer's display name of it, else its number. Called on the GUI thread.
    The reader raises InvalidInput (no polygon, too many features), Cancelled.
    """
    source, crs, title = QgsVectorLayerFeatureSource(layer), layer.crs(), layer.name()
    request, expression = QgsFeatureRequest(), layer.displayExpression()
    if selected:
        request.setFilterFids(layer.selectedFeatureIds())
    fields = layer.fields()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))

    def read(cancel: Cancel) -> list[Feature]:
        from qgis.core import QgsExpression

        shown = QgsExpression(expression)
        context.setFields(fields)
        found: list[Feature] = []
        for feature in source.getFeatures(request):
            cancel.check()
            if len(found) >= MOST:
                raise InvalidInput(
                    tr("The layer “{name}” has too many features.").format(name=title),
                    tr("Select the features you mean."),
                )
            area = to_area(feature.geometry(), crs)
            sound = repair_area(area) if area is not None else None
            if sound is None:
                continue
            context.setFeature(feature)
            value = shown.evaluate(context) if expression else None
            found.append((str(value) if value else str(feature.id()), sound))
        if not found:
            raise InvalidInput(
                tr("The layer “{name}” holds no polygon.").format(name=title),
                tr("Choose another layer."),
            )
        return found

    return read
