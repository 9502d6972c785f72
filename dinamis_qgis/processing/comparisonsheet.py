"""``dinamis:comparisonsheet``: two images on one page, as PDF and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsDistanceArea,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import Algorithm

PAGE_NAMES = ("A4", "A3")


class ComparisonSheet(Algorithm):
    """``OUTPUT`` the PDF, ``PNG`` the picture beside it."""

    ID = "comparisonsheet"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Comparison sheet")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Puts two images side by side on an A4 or A3 page at one scale, with dates and hours "
            "of acquisition, sensor, resolution, "
            "clouds, a locator map, scale bar, north and the legal credit of both products; "
            "changed areas on top where given."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        from dinamis_qgis.processing.pairwise import add_pair

        add_pair(self, resolution=False)
        text = QgsProcessingParameterString
        for parameter in (
            QgsProcessingParameterVectorLayer(
                "CHANGES",
                tr("Changed areas"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                None,
                True,
            ),
            QgsProcessingParameterEnum("PAGE", tr("Page"), list(PAGE_NAMES), defaultValue=0),
            text("TITLE", tr("Title"), optional=True),
            text("AUTHOR", tr("Author"), optional=True),
            text("ENTITY", tr("Organisation"), optional=True),
            QgsProcessingParameterFileDestination("OUTPUT", tr("Sheet"), "PDF (*.pdf)"),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputFile("PNG", tr("Sheet as PNG")))

    def prepareAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> bool:
        """On the main thread, to which layouts belong: record the page's lines and texts, make the
        views ready to be drawn.
        """
        from dinamis_qgis.bridge.layouts.pages import record_page
        from dinamis_qgis.bridge.layouts.sheet import PAGES, build_layout
        from dinamis_qgis.bridge.layouts.sheet_write import SheetView

        sheet = self._sheet(parameters, context)
        self._page = sheet.page
        self._views = [SheetView(sheet, number, sheet.layers[number]) for number in range(3)]
        self._lines = record_page(
            build_layout(context.project() or QgsProject.instance(), sheet, "print", empty=True),
            PAGES[sheet.page],
        )
        return True

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Off the main thread: draw the views, write both files."""
        from dinamis_qgis.bridge.layouts.sheet_write import write_both
        from dinamis_qgis.processing.pairwise import heed_feedback

        feedback = feedback or QgsProcessingFeedback()
        target = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        pictures = []
        with heed_feedback(feedback) as cancel:
            for number, view in enumerate(self._views):
                cancel.check()
                pictures.append(view.drawn(feedback))
                feedback.setProgress(30 * (number + 1))
            pdf, png = write_both(self._page, pictures, self._lines, target, cancel)
        return {"OUTPUT": str(pdf), "PNG": str(png)}

    def _sheet(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        from dinamis_qgis.bridge.context import current_context
        from dinamis_qgis.bridge.layers.scene import facts_of
        from dinamis_qgis.bridge.layouts.sheet import Sheet

        layers = [
            self.parameterAsRasterLayer(parameters, name, context) for name in ("FIRST", "SECOND")
        ]
        for name, layer in zip(("FIRST", "SECOND"), layers):
            if layer is None:
                raise QgsProcessingException(self.invalidRasterError(parameters, name))
        changes = self.parameterAsVectorLayer(parameters, "CHANGES", context)
        window = current_context()
        facts = tuple(facts_of(layer, window.profile if window else None) for layer in layers)
        crs = layers[0].crs()
        given = parameters.get("EXTENT") not in (None, "")
        extent = (
            self.parameterAsExtent(parameters, "EXTENT", context, crs)
            if given
            else layers[0].extent()
        )
        around = layers[0].extent()
        around.scale(1.08)
        title = self.parameterAsString(parameters, "TITLE", context)
        return Sheet(
            title=title
            or tr("Comparison: {first} and {second}").format(
                first=facts[0].day(), second=facts[1].day()
            ),
            facts=(facts[0], facts[1]),
            crs=crs,
            extents=(extent, extent, around),
            layers=(
                [layers[0]],
                [layer for layer in (changes, layers[1]) if layer is not None],
                [layers[0]],
            ),
            measured=measured_text(changes)
            if changes is not None and changes.fields().indexOf("area_ha") >= 0
            else "",
            author=self.parameterAsString(parameters, "AUTHOR", context),
            entity=self.parameterAsString(parameters, "ENTITY", context),
            page=PAGE_NAMES[self.parameterAsEnum(parameters, "PAGE", context)],
        )


def measured_text(changes: QgsVectorLayer) -> str:
    """How many areas, and hectares in all: as ``area_ha`` says, on the ellipsoid where it says
    nothing (drawn by hand, say).
    """
    ruler = QgsDistanceArea()
    ruler.setSourceCrs(changes.crs(), QgsProject.instance().transformContext())
    ruler.setEllipsoid("EPSG:7030")
    areas = []
    for feature in changes.getFeatures():
        said = feature["area_ha"]
        areas.append(
            float(said)
            if isinstance(said, (int, float))
            else ruler.measureArea(feature.geometry()) / 1e4
        )
    total = QLocale().toString(float(sum(areas)), "f", 1)
    return tr("%n area(s)", n=len(areas)) + " · " + tr("{area} ha in all").format(area=total)
