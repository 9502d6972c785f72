"""``dinamis:surfacechange``: what was gained and lost between two surface models."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import Algorithm

FIELDS = {
    "number": int,
    "area_m2": float,
    "gained_m3": float,
    "lost_m3": float,
    "net_m3": float,
    "uncertainty_m3": float,
}
NUMBERS = ("COUNT", "GAINED_M3", "LOST_M3", "NET_M3", "NOISE", "USED_LIMIT", "EAST", "NORTH", "UP")


class SurfaceChangeAlgorithm(Algorithm):
    """Polygons with ``FIELDS``; the raster ``DIFFERENCE`` (second minus first, metres); numbers as
    ``NUMBERS``, lengths in metres.
    """

    ID = "surfacechange"
    _styles: list[QgsProcessingLayerPostProcessorInterface]

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Volumes between two surface models")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Lays the second model on the first (Nuth & Kääb 2011), subtracts them, measures the "
            "noise (NMAD), and gives the volumes gained and lost in each zone with an "
            "uncertainty (Rolstad et al. 2009). Without zones, those are taken that changed more "
            "than the limit of detection (95 %). Two models of different height systems are not "
            "told apart: the shift in height takes up what is the same everywhere."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        number, raster = QgsProcessingParameterNumber, QgsProcessingParameterRasterLayer
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        names = (
            tr("Number of zones"), tr("Gained (m³)"), tr("Lost (m³)"), tr("Net (m³)"),
            tr("Noise (m)"), tr("Limit of detection used (m)"), tr("Shift to the east (m)"),
            tr("Shift to the north (m)"), tr("Shift upwards (m)"),
        )  # fmt: skip
        self.define(
            raster("FIRST", tr("First surface model (before)")),
            raster("SECOND", tr("Second surface model (after)")),
            QgsProcessingParameterFeatureSource("ZONES", tr("Zones"), [polygons], optional=True),
            number(
                "RESOLUTION",
                tr("Pixel size in metres (default: the coarser of the two)"),
                number.Type.Double,
                None,
                True,
                0.01,
            ),
            QgsProcessingParameterBoolean("ALIGN", tr("Lay the second model on the first"), True),
            number(
                "LIMIT", tr("Limit of detection (m; default: from the noise)"),
                number.Type.Double, None, True, 0,
            ),
            number(
                "MIN_AREA", tr("Smallest zone (m²)"), number.Type.Double, 25.0, False, 0
            ),
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Volumes by zone"), polygons),
            QgsProcessingParameterRasterDestination("DIFFERENCE", tr("Difference of height")),
            *(QgsProcessingOutputNumber(n, title) for n, title in zip(NUMBERS, names)),
        )  # fmt: skip

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:  # noqa: N802 (QGIS)
        """On the main thread: the files behind the layers."""
        found = []
        for name in ("FIRST", "SECOND"):
            layer = self.parameterAsRasterLayer(parameters, name, context)
            if layer is None or not Path(layer.source()).is_file():
                raise QgsProcessingException(self.invalidRasterError(parameters, name))
            found.append(Path(layer.source()))
        self._paths = found[0], found[1]
        return True

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Measure, then write."""
        from dinamis_qgis.core.elevation.surface_difference import compare_surfaces
        from dinamis_qgis.processing.pairwise import heed_feedback, write_copy

        feedback = feedback or QgsProcessingFeedback()
        raster = self.parameterAsOutputLayer(parameters, "DIFFERENCE", context)

        def say(share: float, text: str) -> None:
            feedback.setProgress(95 * share)
            if text:
                feedback.setProgressText(text)

        with (
            tempfile.TemporaryDirectory(prefix="dinamis-surface-") as folder,
            heed_feedback(feedback) as cancel,
        ):
            options = self._options(parameters, context)
            found = compare_surfaces(
                *self._paths, Path(folder) / "difference.tif", options, cancel, say
            )
            write_copy(str(found.path), raster, 3)
            output = self._write_zones(parameters, context, found)
        self._style_when_loaded(context, raster, found.limit)
        sums = (
            len(found.zones),
            sum(zone.gained for zone in found.zones),
            sum(zone.lost for zone in found.zones),
            sum(zone.net for zone in found.zones),
            found.shift.noise,
            found.limit,
            found.shift.east,
            found.shift.north,
            found.shift.up,
        )
        return {"OUTPUT": output, "DIFFERENCE": raster, **dict(zip(NUMBERS, map(float, sums)))}

    def _options(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        from dinamis_qgis.core.elevation.surface_difference import DifferenceOptions

        zones: tuple[bytes, ...] = ()
        source = self.parameterAsSource(parameters, "ZONES", context)
        if source is not None:
            features = source.getFeatures(QgsFeatureRequest().setNoAttributes())
            zones = tuple(bytes(f.geometry().asWkb()) for f in features if f.hasGeometry())
        return DifferenceOptions(
            self.number(parameters, "RESOLUTION", context),
            self.parameterAsBool(parameters, "ALIGN", context),
            self.number(parameters, "LIMIT", context),
            self.number(parameters, "MIN_AREA", context) or 0.0,
            zones,
            source.sourceCrs().toWkt() if source is not None else "",
        )

    def _write_zones(
        self, parameters: dict[str, Any], context: QgsProcessingContext, found: Any
    ) -> str:
        from dinamis_qgis.processing.headless import fields_of

        fields = fields_of(FIELDS)

        def feature(zone: Any) -> QgsFeature:
            made = QgsFeature(fields)
            geometry = QgsGeometry()
            geometry.fromWkb(zone.geometry)
            geometry.convertToMultiType()
            made.setGeometry(geometry)
            values = (zone.area, zone.gained, zone.lost, zone.net, zone.uncertainty)
            made.setAttributes([zone.number, *(round(value, 2) for value in values)])
            return made

        crs = QgsCoordinateReferenceSystem.fromWkt(found.grid.wkt)
        features = (feature(zone) for zone in found.zones)
        kind = QgsWkbTypes.Type.MultiPolygon
        return self.write(parameters, context, fields, kind, features, crs)[0]

    def _style_when_loaded(self, context: QgsProcessingContext, raster: str, limit: float) -> None:
        """Losses red, gains blue, what is within the noise pale."""
        from dinamis_qgis.bridge.elevation.styles import DifferenceStyle

        if not context.willLoadLayerOnCompletion(raster):
            return
        self._styles = [DifferenceStyle(limit)]  # QGIS does not keep it alive
        context.layerToLoadOnCompletionDetails(raster).setPostProcessor(self._styles[0])
