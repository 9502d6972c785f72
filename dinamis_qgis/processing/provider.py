"""The Processing provider ``dinamis``."""

from __future__ import annotations

from importlib import import_module

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from dinamis_qgis import about

ALGORITHMS = (
    ("searchproducts", "SearchProducts"),
    ("downloadproducts", "DownloadProducts"),
    ("opendelivery", "OpenDelivery"),
    ("checkrequest", "CheckRequest"),
    ("submitrequest", "SubmitRequest"),
    ("listrequests", "ListRequests"),
    ("alignment", "Alignment"),
    ("change", "Change"),
    ("comparisonsheet", "ComparisonSheet"),
    ("elevation", "Elevation"),
    ("surfacechange", "SurfaceChangeAlgorithm"),
)
"""Module and class of each algorithm; a module imports only QGIS until it runs."""


class DinamisProvider(QgsProcessingProvider):
    """Search, download, request: each algorithm is thin over ``core`` and runs without a window."""

    def id(self) -> str:
        """``dinamis``."""
        return "dinamis"

    def name(self) -> str:
        """As shown in the toolbox."""
        return "DINAMIS"

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(about.icon_path("dinamis"))

    def svgIconPath(self) -> str:  # noqa: N802 (QGIS)
        """The icon's file."""
        return about.icon_path("dinamis")

    def loadAlgorithms(self) -> None:  # noqa: N802 (QGIS)
        """Called by QGIS when the provider is added."""
        for module, name in ALGORITHMS:
            self.addAlgorithm(getattr(import_module(f"dinamis_qgis.processing.{module}"), name)())
