"""``dinamis:submitrequest``: an acquisition request over a polygon, kept in the register and sent
once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputString

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.request import RequestAlgorithm, check_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.profile.model import TaskingProduct
    from dinamis_qgis.core.service import OpenService
    from dinamis_qgis.core.tasking.model import Draft, Request
    from dinamis_qgis.core.tasking.rules.findings import Finding


class SubmitRequest(RequestAlgorithm):
    """Parameters and outputs as in the contract: ``REQUEST_ID`` is the service's, ``STATUS`` the
    state right after.
    """

    ID = "submitrequest"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Submit an acquisition request")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Asks the service of the profile for a new image over the one feature of a polygon "
            "layer. The rules of the service are "
            "checked first; the request is kept in the register and sent once, whatever happens "
            "to the network. Running it again "
            "with the same values after a failure settles and sends that same request."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        self.add_inputs(titled=True)
        self.define(
            QgsProcessingOutputString("REQUEST_ID", tr("Identifier of the request")),
            QgsProcessingOutputString("STATUS", tr("State")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Check, keep, send."""
        feedback = feedback or QgsProcessingFeedback()
        source = self.source(parameters, "INPUT", context)
        with self._opener.opened(feedback) as (service, cancel):
            draft, product = self.read_draft(service, parameters, context, source)
            sent = self._send(draft, product, service, cancel, feedback)
        return {"REQUEST_ID": sent.order_id, "STATUS": sent.state}

    def _send(
        self,
        draft: Draft,
        product: TaskingProduct,
        service: OpenService,
        cancel: Cancel,
        feedback: QgsProcessingFeedback,
    ) -> Request:
        from dataclasses import replace

        from dinamis_qgis.core.errors import AuthError, InvalidInput
        from dinamis_qgis.core.tasking.model import EDITABLE, READY, new_request
        from dinamis_qgis.core.tasking.register.owner import sender_name
        from dinamis_qgis.core.tasking.register.register import Register
        from dinamis_qgis.core.tasking.send import send_request

        register = Register(self._opener.paths.register)
        known = register.all(service.profile.id)
        _heed_rules(check_rules(draft, product, service, known, cancel), feedback)
        channel = service.open_channel()
        if not channel.automatic:
            raise InvalidInput(
                tr("This service takes requests as a dossier, not by itself."),
                tr("Prepare it in the DINAMIS panel, tab Requests."),
                code="dossier",
            )
        account = service.account
        if account is None:
            raise AuthError(
                tr("Nobody is signed in."),
                tr("Sign in in the DINAMIS panel, or give an API key in the environment."),
            )
        kept = next((r for r in known if r.order_id == "" and _same_request(r.draft, draft)), None)
        request = kept or new_request(service.profile.id, draft)
        if request.state in EDITABLE:  # the person who runs this confirms it
            request = register.save(
                replace(request, state=READY, account=sender_name(account), entity=account.entity)
            )
        feedback.pushInfo(
            tr("Reference of the request: {reference}").format(reference=request.reference)
        )
        return send_request(
            request.reference,
            register,
            channel,
            account=sender_name(account),
            entity=account.entity,
            cancel=cancel,
        )


def _heed_rules(findings: Iterable[Finding], feedback: QgsProcessingFeedback) -> None:
    """Warnings are told; raises InvalidInput for what breaks a rule."""
    from dinamis_qgis.core.errors import InvalidInput
    from dinamis_qgis.core.tasking.rules.findings import Severity

    wrong = []
    for finding in findings:
        text = f"{finding.text} {finding.remedy}".strip()
        if finding.level is Severity.WARNING:
            feedback.pushWarning(text)
        elif finding.level is Severity.ERROR:
            wrong.append(text)
    if wrong:
        raise InvalidInput(" ".join(wrong), code="rules")


def _same_request(one: Draft, other: Draft) -> bool:
    """Whether two drafts ask for the same, so that a failed run taken up again makes no second
    request.
    """
    from dataclasses import replace

    if one.area is None or other.area is None:
        return False
    return replace(one, area=None) == replace(other, area=None) and bool(
        one.area.equals(other.area)
    )
