"""What the map shows: foreseen when a layer is opened, kept when the first one arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayer, QgsProject

if TYPE_CHECKING:
    from dinamis_qgis.bridge.tasks import Job
    from dinamis_qgis.core.imagery.placeholder import RasterShape
    from dinamis_qgis.core.imagery.tiff import Box

WORLD_DEGREES, WORLD_METRES = 180.0, 1e7
"""A view wider than this is QGIS's first one, which nobody chose."""


@dataclass(frozen=True)
class MapView:
    """An extent (west, south, east, north) in the CRS ``wkt``, drawn ``pixels`` wide."""

    wkt: str
    extent: tuple[float, float, float, float]
    pixels: int


def view_of(canvas: Any) -> MapView | None:
    """What the map canvas shows; None when it shows nothing yet. GUI thread."""
    settings = canvas.mapSettings() if canvas is not None else None
    if settings is None or settings.extent().isEmpty() or not settings.destinationCrs().isValid():
        return None
    box = settings.visibleExtent()
    corners = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    return MapView(settings.destinationCrs().toWkt(), corners, settings.outputSize().width())


def view_within(view: MapView, shape: RasterShape) -> tuple[Box, float] | None:
    """``view`` as (left, top, right, bottom) shares of an image, and the pixels that part is drawn
    with; None where they do not meet.

    Any thread.
    """
    from osgeo import osr

    one, two = osr.SpatialReference(), osr.SpatialReference()
    if not shape.wkt or one.ImportFromWkt(view.wkt) or two.ImportFromWkt(shape.wkt):
        return None
    for system in (one, two):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    try:
        west, south, east, north = osr.CoordinateTransformation(one, two).TransformBounds(
            *view.extent, 21
        )
    except RuntimeError:  # the view reaches beyond where that CRS makes sense
        return None
    x, dx, _, y, _, dy = shape.transform
    box = [
        (west - x) / dx / shape.width,
        (north - y) / dy / shape.height,
        (east - x) / dx / shape.width,
        (south - y) / dy / shape.height,
    ]
    whole = box[2] - box[0]
    left, top, right, bottom = (min(1.0, max(0.0, share)) for share in box)
    if not (whole > 0 and right > left and bottom > top):
        return None
    return (left, top, right, bottom), view.pixels * (right - left) / whole


def insert_layer(layer: QgsMapLayer, iface: Any = None) -> None:
    """Put ``layer`` in the project, on top.

    QGIS does not zoom away from where the person works for a first layer. GUI thread.
    """
    project = QgsProject.instance()
    canvas = iface.mapCanvas() if iface is not None else None
    tree = getattr(iface, "layerTreeCanvasBridge", lambda: None)()
    keep = (
        tree is not None
        and tree.autoSetupOnFirstLayer()
        and project.crs().isValid()
        and _is_zoomed_in(canvas)
    )
    if keep:
        tree.setAutoSetupOnFirstLayer(False)
    try:
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        if keep:
            tree.setCanvasLayers()
    finally:
        if keep:
            tree.setAutoSetupOnFirstLayer(True)


def _is_zoomed_in(canvas: Any) -> bool:
    view = view_of(canvas)
    if view is None:
        return False
    limit = WORLD_DEGREES if canvas.mapSettings().destinationCrs().isGeographic() else WORLD_METRES
    return view.extent[2] - view.extent[0] < limit


def of_project(job: Job) -> Job:
    """``job``, which ends with the project that is open now: what it brings is not for the next
    one.
    """
    QgsProject.instance().cleared.connect(job.stop)
    return job
