"""``dinamis:opendelivery``: what the portal delivered, an archive, a folder or a folder of many, as
images ready to use.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import Algorithm

if TYPE_CHECKING:
    from dinamis_qgis.core.delivery.deliver import OpenedDelivery, Report


class OpenDelivery(Algorithm):
    """Nothing of the service is needed: no account, no network."""

    ID = "opendelivery"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Open a delivery")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Opens what the portal delivered: an archive (.tar.gz, .zip), a folder, or a folder "
            "of many of them, with SPOT 6/7 or Pléiades "
            "images in DIMAP. Tiles are assembled, bands named and put in order, MS and P of a "
            "bundle pansharpened; a STAC item is "
            "written beside the images. OUTPUT is a JSON list of the images, with the product, "
            "date, credit and cloud mask of each; "
            "FAILED is the number of deliveries that could not be read: the log says which and why."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        self.define(
            QgsProcessingParameterFile("INPUT", tr("Delivery (archive, folder, or DIM file)")),
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder")),
            QgsProcessingOutputString("OUTPUT", tr("Images (JSON list)")),
            QgsProcessingOutputNumber("FAILED", tr("Number of deliveries that could not be read")),
        )

    def checkParameterValues(  # noqa: N802 (QGIS)
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """INPUT may be a folder, which QGIS's file parameter refuses; its button chooses archives,
        a folder is typed or given.
        """
        given = Path(str(parameters.get("INPUT") or ""))
        checked = (
            {**parameters, "INPUT": __file__}
            if parameters.get("INPUT") and given.is_dir()
            else parameters
        )
        found: tuple[bool, str] = super().checkParameterValues(checked, context)
        return found

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:  # noqa: N802 (QGIS)
        """On the main thread."""
        from dinamis_qgis import libraries
        from dinamis_qgis.core.errors import DinamisError

        try:
            libraries.check_libraries()
        except DinamisError as error:
            raise QgsProcessingException(error.sentence()) from None
        return True

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Open all; the images that are ready, and how many deliveries are not."""
        from dinamis_qgis.core.delivery.deliver import open_deliveries
        from dinamis_qgis.core.errors import DinamisError
        from dinamis_qgis.core.net.cancel import Cancel

        feedback = feedback or QgsProcessingFeedback()
        source = Path(self.parameterAsString(parameters, "INPUT", context))
        folder = Path(self.parameterAsString(parameters, "FOLDER", context))
        if not source.exists():
            raise QgsProcessingException(tr("“{name}” does not exist.").format(name=source))
        cancel, said = Cancel(), [""]

        def tell(share: float, text: str) -> None:
            feedback.setProgress(100 * share)
            if text and text != said[0]:
                feedback.pushInfo(text)
                said[0] = text

        feedback.canceled.connect(cancel.set)
        try:
            report = open_deliveries(source, folder, cancel, tell)
        except DinamisError as error:
            raise QgsProcessingException(error.sentence()) from None
        finally:
            feedback.canceled.disconnect(cancel.set)
        _report_delivery(report, feedback)
        images = [image for one in report.opened for image in _image_entries(one)]
        return {
            "FOLDER": str(folder),
            "OUTPUT": json.dumps(images, ensure_ascii=False),
            "FAILED": len(report.refused),
        }


def _report_delivery(report: Report, feedback: QgsProcessingFeedback) -> None:
    for opened in report.opened:
        feedback.pushInfo(f"{opened.product.id}: {tr('Ready')}")
        for warning in opened.warnings:
            feedback.pushWarning(f"{opened.product.id}: {warning}")
    for refused in report.refused:
        feedback.reportError(f"{refused.source.name}: {refused.error.sentence()}")
        if refused.error.details:
            feedback.pushDebugInfo(refused.error.details)


def _image_entries(opened: OpenedDelivery) -> list[dict[str, Any]]:
    """One entry an image, best first: ``file, product, kind, datetime, credit, bands, clouds``."""
    product = opened.product
    clouds = next((asset.href for asset in product.assets if "cloud" in asset.roles), None)
    return [
        {
            "file": asset.href,
            "product": product.id,
            "kind": asset.key,
            "datetime": product.datetime.isoformat().replace("+00:00", "Z")
            if product.datetime
            else None,
            "credit": product.credit,
            "bands": list(asset.bands),
            "clouds": clouds,
        }
        for asset in product.assets
        if asset.is_data
    ]
