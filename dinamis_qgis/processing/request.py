"""What ``submitrequest`` and ``checkrequest`` share: their parameters, the draft out of them, and
the rules it is held against.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import ServiceAlgorithm

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.profile.model import TaskingProduct
    from dinamis_qgis.core.service import OpenService
    from dinamis_qgis.core.tasking.model import Draft, Request
    from dinamis_qgis.core.tasking.rules.check import Finding


class RequestAlgorithm(ServiceAlgorithm):
    """A polygon and what is asked for over it, as parameters."""

    def add_inputs(self, *, titled: bool) -> None:
        """The parameters of the contract; without ``titled`` a title may be left out."""
        day, number, text = (
            QgsProcessingParameterDateTime,
            QgsProcessingParameterNumber,
            QgsProcessingParameterString,
        )
        self.define(
            QgsProcessingParameterFeatureSource(
                "INPUT", tr("Area (one polygon)"), [QgsProcessing.SourceType.TypeVectorPolygon]
            ),
            text(
                "PRODUCT", tr("Product to ask for (empty: the first of the profile)"), optional=True
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
            text("MODE", tr("Mode (mono, stereo, tristereo)"), "mono", optional=True),
            text("TITLE", tr("Title"), optional=not titled),
            text("PURPOSE", tr("Use"), optional=True, multiLine=True),
        )

    def read_draft(
        self,
        service: OpenService,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        source: QgsProcessingFeatureSource,
    ) -> tuple[Draft, TaskingProduct]:
        """The draft, and the product it asks for. Raises InvalidInput."""
        product = self._product(service, parameters, context)
        return self._draft(parameters, context, _only_area(source), product), product

    def _product(
        self, service: OpenService, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> TaskingProduct:
        from dinamis_qgis.core.errors import InvalidInput

        wanted = self.parameterAsString(parameters, "PRODUCT", context).strip()
        products = service.profile.tasking.products
        found = next((p for p in products if wanted in ("", p.id)), None)
        if found is None:
            names = ", ".join(p.id for p in products) or "–"
            message = tr("The service does not offer “{product}”.").format(product=wanted)
            raise InvalidInput(message, tr("It offers: {names}.").format(names=names))
        return found

    def _draft(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        area: BaseGeometry,
        product: TaskingProduct,
    ) -> Draft:
        from dinamis_qgis.core.tasking.model import Draft

        def text(name: str) -> str:
            return str(self.parameterAsString(parameters, name, context)).strip()

        rules = product.rules
        cloud, incidence = (
            self.number(parameters, name, context) for name in ("MAX_CLOUD", "MAX_INCIDENCE")
        )
        start = self.day(parameters, "START", context) or date.today() + timedelta(days=1)  # noqa: DTZ011 - the person's own day
        return Draft(
            area=area,
            product=product.id,
            start=start,
            end=self.day(parameters, "END", context)
            or start + timedelta(days=max(60, rules.min_window_days or 0)),
            max_cloud=rules.min_cloud if cloud is None else cloud,
            max_incidence=rules.max_incidence if incidence is None else incidence,
            mode=text("MODE") or "mono",
            title=text("TITLE"),
            purpose=text("PURPOSE"),
        )


def check_rules(
    draft: Draft,
    product: TaskingProduct,
    service: OpenService,
    known: list[Request],
    cancel: Cancel,
) -> tuple[Finding, ...]:
    """Every rule of the profile, the quota counted on what the register and the service know of the
    account's entity.
    """
    from dinamis_qgis.core.tasking.rules import check as rules
    from dinamis_qgis.core.tasking.rules.quota import orders_shown

    today = date.today()  # noqa: DTZ011 - the person's own day
    quota, entity = (
        rules.quota_of(service.profile.tasking.quotas, product.id),
        service.account.entity if service.account else "",
    )
    elsewhere = None
    if quota is not None and service.account is not None:
        elsewhere = orders_shown(service.open_channel(), entity, cancel)
    used = rules.used_km2(known, quota, today, entity, elsewhere or ()) if quota else 0.0
    return rules.check_draft(
        draft, rules.RuleTerms(product, today, quota, used, elsewhere is not None)
    )


def _only_area(source: QgsProcessingFeatureSource) -> BaseGeometry:
    """The one feature's polygon in EPSG:4326. Raises InvalidInput."""
    from dinamis_qgis.bridge.geometry.convert import to_area
    from dinamis_qgis.core.errors import InvalidInput

    features = [f for f in source.getFeatures() if f.hasGeometry()]
    if len(features) != 1:
        raise InvalidInput(
            tr("One polygon is needed, the layer has {count}.").format(count=len(features)),
            tr("Select one feature, and tick “Selected features only”."),
        )
    area = to_area(features[0].geometry(), source.sourceCrs())
    if area is None:
        raise InvalidInput(tr("The feature has no area."), tr("Give a layer of polygons."))
    return area
