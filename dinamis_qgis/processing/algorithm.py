"""What every algorithm of the provider has in common, so that each says only what it alone does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputDefinition,
    QgsProcessingParameterDefinition,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QIcon

from dinamis_qgis import about

if TYPE_CHECKING:
    from dinamis_qgis.processing.headless import ServiceOpener


class Algorithm(QgsProcessingAlgorithm):
    """A subclass gives its ``ID``, its texts, its parameters (``initAlgorithm``) and does its
    work.
    """

    ID = ""
    """Within the provider; part of the contract."""

    def createInstance(self) -> Algorithm:  # noqa: N802 (QGIS)
        """A fresh one."""
        return type(self)()

    def name(self) -> str:
        """Id within the provider."""
        return self.ID

    def icon(self) -> QIcon:
        """The plugin's."""
        return QIcon(about.icon_path("dinamis"))

    def svgIconPath(self) -> str:  # noqa: N802 (QGIS)
        """The icon's file."""
        return about.icon_path("dinamis")

    def define(
        self, *definitions: QgsProcessingParameterDefinition | QgsProcessingOutputDefinition
    ) -> None:
        """Add parameters and outputs, in this order."""
        for one in definitions:
            add = (
                self.addOutput
                if isinstance(one, QgsProcessingOutputDefinition)
                else self.addParameter
            )
            if not add(one):
                raise QgsProcessingException(f"{self.ID}: {one.name()} is there already")

    def number(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> float | None:
        """A number; None when not given."""
        return (
            None
            if parameters.get(name) is None
            else float(self.parameterAsDouble(parameters, name, context))
        )

    def day(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> date | None:
        """A day; None when not given."""
        found = self.parameterAsDateTime(parameters, name, context).date()
        return date(found.year(), found.month(), found.day()) if found.isValid() else None

    def source(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> QgsProcessingFeatureSource:
        """A layer's features. Raises QgsProcessingException when it cannot be read."""
        found = self.parameterAsSource(parameters, name, context)
        if found is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, name))
        return found

    def write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        fields: QgsFields,
        kind: QgsWkbTypes.Type,
        features: Iterable[QgsFeature],
        crs: QgsCoordinateReferenceSystem | None = None,
    ) -> tuple[str, int]:
        """``features`` as ``OUTPUT`` (EPSG:4326 unless said), one by one: its name, and how many.

        Raises QgsProcessingException.

        The file is whole when the sink goes, here: QGIS 3.40 keeps what ``processAlgorithm`` itself
        holds until it ends.
        """
        system = crs or QgsCoordinateReferenceSystem("EPSG:4326")
        sink, name = self.parameterAsSink(parameters, "OUTPUT", context, fields, kind, system)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        count = 0
        for feature in features:
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, "OUTPUT"))
            count += 1
        return str(name), count


class ServiceAlgorithm(Algorithm):
    """One that needs the service: ``with self._opener.opened(feedback) as (service, cancel)``."""

    _opener: ServiceOpener

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:  # noqa: N802 (QGIS)
        """On the main thread."""
        from dinamis_qgis.core.errors import DinamisError
        from dinamis_qgis.processing.headless import ServiceOpener

        try:
            self._opener = ServiceOpener()
        except DinamisError as error:
            raise QgsProcessingException(error.sentence()) from None
        return True
