"""What ``submitrequest`` and ``checkrequest`` share: their parameters, the draft out of them, and the rules it is held against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dinamis_qgis.core.http import Cancel
    from dinamis_qgis.core.profile.model import TaskingProduct
    from dinamis_qgis.core.tasking.model import Draft, Request
    from dinamis_qgis.core.tasking.rules import Finding
    from dinamis_qgis.processing.headless import House, Opener


class RequestAlgorithm(QgsProcessingAlgorithm):
    """A polygon and what is asked for over it, as parameters."""

    _opener: Opener

    def add_inputs(self, *, titled: bool) -> None:
        """The parameters of the contract; without ``titled`` a title may be left out."""
        day, number, text = QgsProcessingParameterDateTime, QgsProcessingParameterNumber, QgsProcessingParameterString
        for parameter in (
            QgsProcessingParameterFeatureSource("INPUT", tr("Area (one polygon)"), [QgsProcessing.SourceType.TypeVectorPolygon]),
            text("PRODUCT", tr("Product to ask for (empty: the first of the profile)"), optional=True),
            day("START", tr("From"), day.Type.Date, optional=True),
            day("END", tr("To"), day.Type.Date, optional=True),
            number("MAX_CLOUD", tr("Cloud cover at most (%)"), number.Type.Double, None, True, 0, 100),
            number("MAX_INCIDENCE", tr("Incidence angle at most (°)"), number.Type.Double, None, True, 0, 90),
            text("MODE", tr("Mode (mono, stereo, tristereo)"), "mono", optional=True),
            text("TITLE", tr("Title"), optional=not titled),
            text("PURPOSE", tr("Use"), optional=True, multiLine=True),
        ):
            self.addParameter(parameter)

    def prepareAlgorithm(self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> bool:  # noqa: N802 (QGIS)
        """On the main thread."""
        from dinamis_qgis.core.errors import DinamisError
        from dinamis_qgis.processing.headless import Opener

        try:
            self._opener = Opener()
        except DinamisError as error:
            raise QgsProcessingException(error.sentence()) from None
        return True

    def read_draft(
        self, house: House, parameters: dict[str, Any], context: QgsProcessingContext, source: QgsProcessingFeatureSource
    ) -> tuple[Draft, TaskingProduct]:
        """The draft, and the product it asks for. Raises InvalidInput."""
        product = self._product(house, parameters, context)
        return self._draft(parameters, context, _only_area(source), product), product

    def _product(self, house: House, parameters: dict[str, Any], context: QgsProcessingContext) -> TaskingProduct:
        from dinamis_qgis.core.errors import InvalidInput

        wanted = self.parameterAsString(parameters, "PRODUCT", context).strip()
        products = house.profile.tasking.products
        found = next((p for p in products if wanted in ("", p.id)), None)
        if found is None:
            names = ", ".join(p.id for p in products) or "–"
            message = tr("The service does not offer “{product}”.").format(product=wanted)
            raise InvalidInput(message, tr("It offers: {names}.").format(names=names))
        return found

    def _draft(self, parameters: dict[str, Any], context: QgsProcessingContext, area: BaseGeometry, product: TaskingProduct) -> Draft:
        from dinamis_qgis.core.tasking.model import Draft

        def number(name: str, default: float | None) -> float | None:
            return default if parameters.get(name) is None else self.parameterAsDouble(parameters, name, context)

        def day(name: str) -> date | None:
            found = self.parameterAsDateTime(parameters, name, context).date()
            return date(found.year(), found.month(), found.day()) if found.isValid() else None

        rules = product.rules
        start = day("START") or date.today() + timedelta(days=1)  # noqa: DTZ011 - the person's own day
        return Draft(
            area=area,
            product=product.id,
            start=start,
            end=day("END") or start + timedelta(days=max(60, rules.min_window_days or 0)),
            max_cloud=number("MAX_CLOUD", rules.min_cloud),
            max_incidence=number("MAX_INCIDENCE", rules.max_incidence),
            mode=self.parameterAsString(parameters, "MODE", context).strip() or "mono",
            title=self.parameterAsString(parameters, "TITLE", context).strip(),
            purpose=self.parameterAsString(parameters, "PURPOSE", context).strip(),
        )


def check_rules(draft: Draft, product: TaskingProduct, house: House, known: list[Request], cancel: Cancel) -> tuple[Finding, ...]:
    """Every rule of the profile, the quota counted on what the register and the service know of the account's entity."""
    from dinamis_qgis.core.tasking import rules
    from dinamis_qgis.core.tasking.channel import open_channel
    from dinamis_qgis.core.tasking.quota import shown

    today = date.today()  # noqa: DTZ011 - the person's own day
    quota, entity = rules.quota_of(house.profile.tasking.quotas, product.id), house.account.entity if house.account else ""
    elsewhere = None
    if quota is not None and house.account is not None:
        elsewhere = shown(open_channel(house.profile, house.http, house.credentials), entity, cancel)
    used = rules.used_km2(known, quota, today, entity, elsewhere or ()) if quota else 0.0
    return rules.check(draft, rules.Terms(product, today, quota, used, elsewhere is not None))


def _only_area(source: QgsProcessingFeatureSource) -> BaseGeometry:
    """The one feature's polygon in EPSG:4326. Raises InvalidInput."""
    from dinamis_qgis.bridge.geometry import to_area
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
