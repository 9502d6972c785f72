"""``dinamis:alignment``: the shift between two images."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterDestination,
)

from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import Algorithm


class Alignment(Algorithm):
    """Outputs ``EAST``, ``NORTH``, ``LENGTH``, ``SPREAD`` in metres, ``CONFIDENCE`` 0 to 1,
    ``OUTPUT`` the second image, moved by a shift that can be trusted.
    """

    ID = "alignment"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Shift between two images")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Measures by phase correlation how far the ground of the second image lies from the "
            "same ground in the first "
            "(Kuglin & Hines 1975; sub-pixel peak: Guizar-Sicairos et al. 2008). Clouds and "
            "missing data are left out. "
            "The output is the second image, its position corrected; its pixels are not "
            "resampled. Below a confidence of 0.5 "
            "the shift should not be used, and the position is left as it is."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        from dinamis_qgis.processing.pairwise import add_pair

        add_pair(self)
        self.addParameter(
            QgsProcessingParameterRasterDestination(
                "OUTPUT", tr("Second image, position corrected"), None, True, False
            )
        )
        for name, title in (
            ("EAST", tr("Shift to the east (m)")),
            ("NORTH", tr("Shift to the north (m)")),
            ("LENGTH", tr("Length of the shift (m)")),
            ("SPREAD", tr("Standard error (m)")),
            ("CONFIDENCE", tr("Confidence (0 to 1)")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:  # noqa: N802 (QGIS)
        """On the main thread."""
        from dinamis_qgis.processing.pairwise import extent_input, scene_inputs

        self._scenes = scene_inputs(self, parameters, context)
        self._area = extent_input(self, parameters, context)
        return True

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Measure, then copy if asked."""
        from dinamis_qgis.core.change.align import measure_shift
        from dinamis_qgis.core.change.grid import common_grid
        from dinamis_qgis.processing.pairwise import heed_feedback

        feedback = feedback or QgsProcessingFeedback()
        first, second = self._scenes
        with heed_feedback(feedback) as cancel:
            grid = common_grid(
                first, second, self.number(parameters, "RESOLUTION", context), self._area
            )
            shift = measure_shift(
                first, second, grid, cancel, lambda share: feedback.setProgress(90 * share)
            )
        feedback.pushInfo(
            tr("East {east} m, north {north} m, confidence {percent} %").format(
                east=f"{shift.east:.2f}",
                north=f"{shift.north:.2f}",
                percent=round(100 * shift.confidence),
            )
        )
        names = ("EAST", "NORTH", "LENGTH", "SPREAD", "CONFIDENCE")
        # what is numpy's, Qt would hand on as text
        found: dict[str, Any] = {name: float(getattr(shift, name.lower())) for name in names}
        output = (
            self.parameterAsOutputLayer(parameters, "OUTPUT", context)
            if parameters.get("OUTPUT")
            else ""
        )
        if not shift.trusted:
            feedback.pushWarning(
                tr(
                    "The shift is not sure enough to be corrected: the position of the second "
                    "image is left as it is."
                )
            )
        if output:
            east, north = (shift.east, shift.north) if shift.trusted else (0.0, 0.0)
            with heed_feedback(feedback):
                _write_moved(second, output, grid.wkt, east, north, feedback)
            found["OUTPUT"] = output
        return found


def _write_moved(
    scene: Scene, target: str, wkt: str, east: float, north: float, feedback: QgsProcessingFeedback
) -> None:
    """A copy moved by a shift in metres of the CRS ``wkt``; its pixels stay in the CRS they are in.

    Raises StorageError.
    """
    from osgeo import gdal

    from dinamis_qgis.core.change.scene import in_own_units, open_image
    from dinamis_qgis.core.errors import StorageError
    from dinamis_qgis.processing.pairwise import write_copy

    image = open_image(scene.source, scene.crs)
    right, up = in_own_units(image, wkt, -east, -north)

    def told(share: float, *_: Any) -> int:
        feedback.setProgress(90 + 10 * share)
        return 0 if feedback.isCanceled() else 1

    view = gdal.Translate("", image, format="VRT")
    placed = list(image.GetGeoTransform())
    placed[0], placed[3] = placed[0] + right, placed[3] + up
    view.SetGeoTransform(placed)
    try:
        write_copy(view, target, 2, told)
    except StorageError:
        if not feedback.isCanceled():
            raise
