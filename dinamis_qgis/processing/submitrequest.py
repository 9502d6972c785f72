"""``dinamis:submitrequest``: an acquisition request over a polygon, kept in the register and sent once."""

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
    QgsProcessingOutputString,
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
    from dinamis_qgis.processing.headless import House, Opener


class SubmitRequest(QgsProcessingAlgorithm):
    """Parameters and outputs as in the contract: ``REQUEST_ID`` is the service's, ``STATUS`` the state right after."""

    _opener: Opener

    def createInstance(self) -> SubmitRequest:  # noqa: N802 (QGIS)
        """A fresh one."""
        return SubmitRequest()

    def name(self) -> str:
        """Id within the provider."""
        return "submitrequest"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Submit an acquisition request")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Asks the service of the profile for a new image over the one feature of a polygon layer. The rules of the service are "
            "checked first; the request is kept in the register and sent once, whatever happens to the network. Running it again "
            "with the same values after a failure settles and sends that same request."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        day, number, text = QgsProcessingParameterDateTime, QgsProcessingParameterNumber, QgsProcessingParameterString
        for parameter in (
            QgsProcessingParameterFeatureSource("INPUT", tr("Area (one polygon)"), [QgsProcessing.SourceType.TypeVectorPolygon]),
            text("PRODUCT", tr("Product to ask for (empty: the first of the profile)"), optional=True),
            day("START", tr("From"), day.Type.Date, optional=True),
            day("END", tr("To"), day.Type.Date, optional=True),
            number("MAX_CLOUD", tr("Cloud cover at most (%)"), number.Type.Double, None, True, 0, 100),
            number("MAX_INCIDENCE", tr("Incidence angle at most (°)"), number.Type.Double, None, True, 0, 90),
            text("MODE", tr("Mode (mono, stereo, tristereo)"), "mono", optional=True),
            text("TITLE", tr("Title")),
            text("PURPOSE", tr("Use"), optional=True, multiLine=True),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputString("REQUEST_ID", tr("Identifier of the request")))
        self.addOutput(QgsProcessingOutputString("STATUS", tr("State")))

    def prepareAlgorithm(self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> bool:  # noqa: N802 (QGIS)
        """On the main thread."""
        from dinamis_qgis.core.errors import DinamisError
        from dinamis_qgis.processing.headless import Opener

        try:
            self._opener = Opener()
        except DinamisError as error:
            raise QgsProcessingException(error.sentence()) from None
        return True

    def processAlgorithm(  # noqa: N802 (QGIS)
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback | None
    ) -> dict[str, Any]:
        """Check, keep, send."""
        feedback = feedback or QgsProcessingFeedback()
        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        with self._opener.opened(feedback) as (house, cancel):
            area = _only_area(source)
            product = self._product(house, parameters, context)
            draft = self._draft(parameters, context, area, product)
            sent = self._send(draft, product, house, cancel, feedback)
        return {"REQUEST_ID": sent.order_id, "STATUS": sent.state}

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

    def _send(self, draft: Draft, product: TaskingProduct, house: House, cancel: Cancel, feedback: QgsProcessingFeedback) -> Request:
        from dataclasses import replace

        from dinamis_qgis.core.errors import AuthError, InvalidInput
        from dinamis_qgis.core.tasking import rules
        from dinamis_qgis.core.tasking.channel import open_channel
        from dinamis_qgis.core.tasking.model import READY, new_request
        from dinamis_qgis.core.tasking.register import Register
        from dinamis_qgis.core.tasking.send import send, sender

        register = Register(house.paths.register)
        known = register.all(house.profile.id)
        today = date.today()  # noqa: DTZ011 - the person's own day
        quota = rules.quota_of(house.profile.tasking.quotas, product.id)
        used = rules.used_km2(known, quota, today) if quota else 0.0
        findings = rules.check(draft, rules.Terms(product, today, quota, used))
        for finding in findings:
            if finding.level is rules.Level.WARNING:
                feedback.pushWarning(f"{finding.text} {finding.remedy}".strip())
        wrong = [f"{f.text} {f.remedy}".strip() for f in findings if f.level is rules.Level.ERROR]
        if wrong:
            raise InvalidInput(" ".join(wrong), code="rules")
        channel = open_channel(house.profile, house.http, house.credentials)
        if not channel.automatic:
            raise InvalidInput(
                tr("This service takes requests as a dossier, not by itself."),
                tr("Prepare it in the DINAMIS panel, tab Requests."),
                code="dossier",
            )
        account = house.account
        if account is None:
            raise AuthError(tr("Nobody is signed in."), tr("Sign in in the DINAMIS panel, or give an API key in the environment."))
        kept = next((r for r in known if r.order_id == "" and _same(r.draft, draft)), None)
        request = kept or register.save(replace(new_request(house.profile.id, draft), state=READY))
        feedback.pushInfo(tr("Reference of the request: {reference}").format(reference=request.reference))
        return send(request.reference, register, channel, account=sender(account), entity=account.entity, cancel=cancel)


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts ask for the same, so that a failed run taken up again makes no second request."""
    from dataclasses import replace

    if one.area is None or other.area is None:
        return False
    return replace(one, area=None) == replace(other, area=None) and bool(one.area.equals(other.area))


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
