"""What the algorithms that compare two rasters share: parameters, scenes, cancelling, errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Callable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.errors import DinamisError, StorageError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.rasters import check_tiles, check_writing
from dinamis_qgis.core.text import tr


def add_pair(algorithm: QgsProcessingAlgorithm, resolution: bool = True) -> None:
    """``FIRST``, ``SECOND``, ``EXTENT`` and, with ``resolution``, ``RESOLUTION`` in metres."""
    number = QgsProcessingParameterNumber
    parameters: list[QgsProcessingParameterDefinition] = [
        QgsProcessingParameterRasterLayer("FIRST", tr("First image (reference)")),
        QgsProcessingParameterRasterLayer("SECOND", tr("Second image")),
        QgsProcessingParameterExtent(
            "EXTENT", tr("Extent (default: what both cover)"), optional=True
        ),
    ]
    if resolution:
        parameters.append(
            number(
                "RESOLUTION",
                tr("Pixel size in metres (default: the coarser of the two)"),
                number.Type.Double,
                None,
                True,
                0.01,
            )
        )
    for parameter in parameters:
        algorithm.addParameter(parameter)


def scene_inputs(
    algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext
) -> tuple[Scene, Scene]:
    """The two image files. Raises QgsProcessingException for what is no file."""
    from dinamis_qgis.bridge.context import current_context
    from dinamis_qgis.bridge.layers.scene import scene_of

    window = current_context()
    profile = window.profile if window is not None else None
    found = []
    for name in ("FIRST", "SECOND"):
        layer = algorithm.parameterAsRasterLayer(parameters, name, context)
        scene = scene_of(layer, profile) if layer is not None else None
        if scene is None:
            raise QgsProcessingException(algorithm.invalidRasterError(parameters, name))
        found.append(scene)
    return found[0], found[1]


def extent_input(
    algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext
) -> tuple[str, tuple[float, float, float, float]] | None:
    """The extent as WKT and bounds; None when not given."""
    if parameters.get("EXTENT") in (None, ""):
        return None
    crs: QgsCoordinateReferenceSystem = algorithm.parameterAsExtentCrs(
        parameters, "EXTENT", context
    )
    if not crs.isValid():
        crs = algorithm.parameterAsRasterLayer(parameters, "FIRST", context).crs()
    box = algorithm.parameterAsExtent(parameters, "EXTENT", context, crs)
    return crs.toWkt(), (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


@contextmanager
def heed_feedback(feedback: QgsProcessingFeedback) -> Iterator[Cancel]:
    """The person's wish to stop; a DinamisError inside becomes Processing's own, as one
    sentence.
    """
    cancel = Cancel()
    feedback.canceled.connect(cancel.set)
    try:
        yield cancel
    except DinamisError as error:
        if error.details:
            feedback.pushDebugInfo(error.details)
        raise QgsProcessingException(error.sentence()) from None
    finally:
        feedback.canceled.disconnect(cancel.set)


def write_copy(
    image: Any, target: str, predictor: int, told: Callable[..., int] | None = None
) -> None:
    """``image`` (a dataset, or the path of one) as a compressed GeoTIFF; no part of one is left.

    Raises StorageError.
    """
    from osgeo import gdal

    options = ["COMPRESS=DEFLATE", f"PREDICTOR={predictor}", "TILED=YES", "BIGTIFF=IF_SAFER"]
    try:
        with check_writing(Path(target)):
            made = gdal.Translate(
                target, image, format="GTiff", creationOptions=options, callback=told
            )
            if made is not None:
                made.FlushCache()
                made = None
        check_tiles(Path(target))
    except StorageError:
        with suppress(OSError):
            Path(target).unlink(missing_ok=True)
        raise
