"""``dinamis:change``: what changed between two images, as polygons with their area."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import Algorithm

KINDS = ("burnt", "works", "ndvi", "brightness", "magnitude")


class Change(Algorithm):
    """Polygons with ``rank, kind, sense, area_ha``; numbers ``COUNT``, ``AREA_HA``,
    ``USED_THRESHOLD``, ``EAST``, ``NORTH``.
    """

    ID = "change"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Changes between two images")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Aligns the second image on the first (phase correlation), makes their radiometry "
            "alike (IR-MAD no-change pixels, "
            "Nielsen 2007, Canty & Nielsen 2008), then looks for burnt areas, works, or any "
            "difference of vegetation (NDVI), brightness "
            "or magnitude. Clouds are left out. Without a threshold, Otsu's (1979) is used, "
            "above the noise. Areas are on the ellipsoid, "
            "in hectares; those below the smallest area are left out. A measure to be checked on "
            "the images, not a legal finding."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        from dinamis_qgis.processing.pairwise import add_pair

        names = [
            tr("Burnt area"),
            tr("Works"),
            tr("NDVI difference"),
            tr("Brightness difference"),
            tr("Any change (magnitude)"),
        ]
        number = QgsProcessingParameterNumber
        add_pair(self)
        for parameter in (
            QgsProcessingParameterEnum("KIND", tr("Look for"), names, defaultValue=0),
            QgsProcessingParameterBoolean("ALIGN", tr("Align the second image first"), True),
            number(
                "THRESHOLD", tr("Threshold (default: automatic)"), number.Type.Double, None, True, 0
            ),
            number(
                "MIN_AREA",
                tr("Smallest area (ha; default: as fits what is looked for)"),
                number.Type.Double,
                None,
                True,
                0,
            ),
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Changed areas"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            QgsProcessingParameterRasterDestination(
                "SCORES", tr("Raster of change"), None, True, False
            ),
        ):
            self.addParameter(parameter)
        for name, title in (
            ("COUNT", tr("Number of areas")),
            ("AREA_HA", tr("Total area (ha)")),
            ("USED_THRESHOLD", tr("Threshold used")),
            ("EAST", tr("Shift to the east (m)")),
            ("NORTH", tr("Shift to the north (m)")),
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
        """Detect, then write the areas."""
        from dinamis_qgis.core.change.detect import detect_change, seen_text, unsure_text
        from dinamis_qgis.core.change.difference import SCALES, Kind
        from dinamis_qgis.core.change.polygons import changed_patches, total_ha
        from dinamis_qgis.processing.pairwise import heed_feedback

        feedback = feedback or QgsProcessingFeedback()
        kind = Kind(KINDS[self.parameterAsEnum(parameters, "KIND", context)])

        def say(share: float, text: str) -> None:
            feedback.setProgress(80 * share)
            if text:
                feedback.setProgressText(text)

        with (
            tempfile.TemporaryDirectory(prefix="dinamis-change-") as folder,
            heed_feedback(feedback) as cancel,
        ):
            step = self.number(parameters, "RESOLUTION", context)
            align = self.parameterAsBool(parameters, "ALIGN", context)
            found = detect_change(
                *self._scenes, kind, Path(folder), step, self._area, align, cancel, say
            )
            if found.unsure:
                feedback.pushWarning(unsure_text())
            tell = feedback.pushWarning if found.hidden else feedback.pushInfo
            tell(seen_text(found, lambda area: f"{QLocale().toString(area, 'f', 1)} ha"))
            threshold = self.number(parameters, "THRESHOLD", context) or found.threshold
            unit = self.number(parameters, "MIN_AREA", context)
            unit = SCALES[kind].mapping_unit if unit is None else unit
            areas = changed_patches(
                found, threshold, unit, cancel, lambda share: feedback.setProgress(80 + 18 * share)
            )
            output = self._write(parameters, context, found.grid.wkt, kind.value, areas)
            answer: dict[str, Any] = {
                "OUTPUT": output,
                "COUNT": len(areas),
                "AREA_HA": total_ha(areas),
                "USED_THRESHOLD": float(threshold),
                "EAST": float(found.shift.east) if found.shift else None,
                "NORTH": float(found.shift.north) if found.shift else None,
            }
            answer |= self._write_scores(parameters, context, found.path)
        return answer

    def _write_scores(
        self, parameters: dict[str, Any], context: QgsProcessingContext, scores: Path
    ) -> dict[str, str]:
        """The raster of change, where it is wanted."""
        from dinamis_qgis.processing.pairwise import write_copy

        if not parameters.get("SCORES"):
            return {}
        target = str(self.parameterAsOutputLayer(parameters, "SCORES", context))
        write_copy(str(scores), target, 3)
        return {"SCORES": target}

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        wkt: str,
        kind: str,
        areas: Any,
    ) -> str:
        from dinamis_qgis.processing.headless import make_field

        fields = QgsFields()
        for name, python in (("rank", int), ("kind", str), ("sense", int), ("area_ha", float)):
            fields.append(make_field(name, python))
        crs = QgsCoordinateReferenceSystem.fromWkt(wkt)

        def feature(rank: int, patch: Any) -> QgsFeature:
            made = QgsFeature(fields)
            geometry = QgsGeometry()
            geometry.fromWkb(patch.wkb)
            made.setGeometry(geometry)
            made.setAttributes([rank, kind, patch.sense, round(patch.area_ha, 4)])
            return made

        features = (feature(rank, patch) for rank, patch in enumerate(areas, 1))
        return self.write(parameters, context, fields, QgsWkbTypes.Type.Polygon, features, crs)[0]
