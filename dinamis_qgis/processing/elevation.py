"""``dinamis:elevation``: the heights of an area, as GeoTIFF on this disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import ServiceAlgorithm

KINDS = ("ground", "surface", "height")


class Elevation(ServiceAlgorithm):
    """Parameters and outputs as in the contract; ``FILE``, ``SOURCES``, ``VERTICAL`` and ``KNOWN``
    (share of the pixels that have a height, 0 to 1) besides.
    """

    ID = "elevation"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Heights of an area")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Fetches the ground, the surface, or what stands on the ground (houses, trees), from "
            "the sources that the profile names, first the finest one; where it knows nothing, "
            "the next. The result is a GeoTIFF in metres with overviews. Run again after a stop, "
            "it goes on where it stopped."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        kinds = [tr("Ground"), tr("Surface (with houses and trees)"), tr("Height above the ground")]
        number = QgsProcessingParameterNumber
        self.define(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            QgsProcessingParameterFeatureSource(
                "INPUT", tr("Or the area of these polygons"), polygons, optional=True
            ),
            QgsProcessingParameterEnum("KIND", tr("Kind"), kinds, defaultValue=0),
            number(
                "RESOLUTION",
                tr("Pixel size in metres (default: that of the source)"),
                number.Type.Double,
                None,
                True,
                0.1,
            ),
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder")),
            QgsProcessingOutputFile("FILE", tr("Heights")),
            QgsProcessingOutputString("SOURCES", tr("Sources")),
            QgsProcessingOutputString("VERTICAL", tr("Height system")),
            QgsProcessingOutputNumber("KNOWN", tr("Share that is known (0 to 1)")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Fetch, stitch, write."""
        from dinamis_qgis.core.elevation.fetch import fetch_heights, plan_grid, sources_of_kind

        feedback = feedback or QgsProcessingFeedback()
        kind = KINDS[self.parameterAsEnum(parameters, "KIND", context)]
        folder = Path(self.parameterAsString(parameters, "FOLDER", context))

        def say(share: float, text: str) -> None:
            feedback.setProgress(100 * share)
            if text:
                feedback.setProgressText(text)

        with self._opener.opened(feedback) as (service, cancel):
            bounds = self._bounds(parameters, context)
            sources = sources_of_kind(service.profile.elevation, kind)
            grid = plan_grid(sources[0], bounds, self.number(parameters, "RESOLUTION", context))
            target = folder / f"{kind}_{round(grid.x0)}_{round(grid.y0)}_{grid.step:g}m.tif"
            found = fetch_heights(sources, grid, target, service.http, cancel, say)
            if found.known < 1:
                feedback.pushWarning(
                    tr("{percent} % of the area have no height.").format(
                        percent=max(1, round(100 * (1 - found.known)))
                    )
                )
        return {
            "FOLDER": str(folder),
            "FILE": str(found.path),
            "SOURCES": ", ".join(found.titles),
            "VERTICAL": found.vertical,
            "KNOWN": found.known,
        }

    def _bounds(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[float, float, float, float]:
        """Degrees: of the polygons, else of the extent. Raises InvalidInput."""
        from dinamis_qgis.core.errors import InvalidInput
        from dinamis_qgis.processing.downloadproducts import clip_area

        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is not None:
            west, south, east, north = clip_area(source, context).bounds
            return west, south, east, north
        if parameters.get("EXTENT") in (None, ""):
            raise InvalidInput(tr("No area yet."), tr("Give an extent, or polygons."), code="area")
        box = self.parameterAsExtent(
            parameters, "EXTENT", context, QgsCoordinateReferenceSystem("EPSG:4326")
        )
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
