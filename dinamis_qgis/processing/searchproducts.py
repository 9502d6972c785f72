"""``dinamis:searchproducts``: the products that cover an extent, as polygons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import ServiceAlgorithm

if TYPE_CHECKING:
    from dinamis_qgis.core.catalogue.model import Product, Query
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.service import OpenService


class SearchProducts(ServiceAlgorithm):
    """Parameters and outputs as in the contract; missing values are NULL, ``COUNT`` is the number
    of products.
    """

    ID = "searchproducts"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Search products")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return (
            tr(
                "Finds the satellite products that cover an extent, in every catalogue of the "
                "profile, and writes their footprints "
                "with date, satellite, cloud cover (%), incidence angle (°), share of the extent "
                "covered (0 to 1), licence and files. "
                "Unknown values are NULL; a product whose cloud cover or angle is unknown is kept."
            )
            + " "
            + tr("The first and the last day are days of legal French time, both included.")
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        day, number = QgsProcessingParameterDateTime, QgsProcessingParameterNumber
        self.define(
            QgsProcessingParameterExtent("EXTENT", tr("Extent")),
            QgsProcessingParameterString(
                "COLLECTIONS", tr("Collections, separated by commas (empty: all)"), optional=True
            ),
            day("START", tr("From"), day.Type.Date, optional=True),
            day("END", tr("To"), day.Type.Date, optional=True),
            number(
                "MAX_CLOUD", tr("Cloud cover at most (%)"), number.Type.Double, None, True, 0, 100
            ),
            number(
                "MAX_INCIDENCE",
                tr("Incidence angle at most (°)"),
                number.Type.Double,
                None,
                True,
                0,
                90,
            ),
            number("LIMIT", tr("Number of products at most"), number.Type.Integer, None, True, 1),
            QgsProcessingParameterFeatureSink(
                "OUTPUT", tr("Products"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            QgsProcessingOutputNumber("COUNT", tr("Number of products")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Search, page by page into the sink."""
        from dinamis_qgis.core.catalogue.record import FIELDS
        from dinamis_qgis.processing.headless import fields_of

        feedback = feedback or QgsProcessingFeedback()
        with self._opener.opened(feedback) as (service, cancel):
            query = self._query(parameters, context)
            fields = fields_of(FIELDS)
            found = _found_features(fields, service, query, cancel, feedback)
            output, count = self.write(
                parameters, context, fields, QgsWkbTypes.Type.MultiPolygon, found
            )
        return {"OUTPUT": output, "COUNT": count}

    def _query(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Query:
        from dinamis_qgis.bridge.geometry.extent import extent_area
        from dinamis_qgis.core.catalogue.model import Query

        crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
        extent = self.parameterAsExtent(parameters, "EXTENT", context)
        if not crs.isValid():
            crs = QgsCoordinateReferenceSystem("EPSG:4326")

        limit = self.number(parameters, "LIMIT", context)
        collections = re.split(
            r"[,;\s]+", self.parameterAsString(parameters, "COLLECTIONS", context) or ""
        )
        return Query(
            area=extent_area(extent, crs, context.transformContext()),
            collections=tuple(c for c in collections if c),
            start=self.day(parameters, "START", context),
            end=self.day(parameters, "END", context),
            max_cloud=self.number(parameters, "MAX_CLOUD", context),
            max_incidence=self.number(parameters, "MAX_INCIDENCE", context),
            limit=None if limit is None else int(limit),
        )


def _found_features(
    fields: QgsFields,
    service: OpenService,
    query: Query,
    cancel: Cancel,
    feedback: QgsProcessingFeedback,
) -> Iterator[QgsFeature]:
    """The products as they come; a catalogue that fails is reported and the others count."""

    count = 0
    for page in service.search(query, cancel):
        if page.error:
            feedback.reportError(f"{page.catalogue}: {page.error.sentence()}")
        for product in page.products:
            if query.limit is not None and count >= query.limit:
                return
            yield _feature_of_product(product, fields, service, query)
            count += 1
        feedback.setProgressText(tr("%n product(s)", n=count))


def _feature_of_product(
    product: Product, fields: QgsFields, service: OpenService, query: Query
) -> QgsFeature:
    from dinamis_qgis.core.account.model import holding
    from dinamis_qgis.core.catalogue.record import record
    from dinamis_qgis.core.geo import covered_share

    row = record(
        product,
        covered_share(product.footprint, query.area),
        holding(service.profile, service.account, product.licence),
    )
    if product.datetime is not None:
        row["datetime"] = QDateTime.fromMSecsSinceEpoch(
            int(product.datetime.timestamp() * 1000), Qt.TimeSpec.UTC
        )
    feature = QgsFeature(fields)
    feature.setAttributes([row[name] for name in fields.names()])
    if product.footprint is not None:
        geometry = QgsGeometry()
        geometry.fromWkb(product.footprint.wkb)
        if geometry.convertToMultiType():
            feature.setGeometry(geometry)
    return feature
