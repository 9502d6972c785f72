"""``dinamis:checkrequest``: an acquisition request held against every rule, and against what the
service says; nothing is sent or kept.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.request import RequestAlgorithm, check_rules

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.service import OpenService
    from dinamis_qgis.core.tasking.model import Draft
    from dinamis_qgis.core.tasking.rules.check import Finding


class CheckRequest(RequestAlgorithm):
    """Parameters as of ``submitrequest``.

    ``SENDABLE``: no rule is broken; ``RESULTS``: JSON list of {code, level, text, remedy}.
    """

    ID = "checkrequest"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Check an acquisition request")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Holds a request for a new image against the rules of the profile (area, period, "
            "clouds, angle, quota) and against what the "
            "service says it takes. Nothing is sent or kept. RESULTS is a JSON list: code, level "
            "(ok, warning, error), text, remedy."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        self.add_inputs(titled=False)
        self.define(
            QgsProcessingOutputBoolean("SENDABLE", tr("No rule is broken")),
            QgsProcessingOutputNumber("ERRORS", tr("Rules broken")),
            QgsProcessingOutputNumber("WARNINGS", tr("Warnings")),
            QgsProcessingOutputString("RESULTS", tr("Results (JSON)")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Check and tell."""
        feedback = feedback or QgsProcessingFeedback()
        source = self.source(parameters, "INPUT", context)
        with self._opener.opened(feedback) as (service, cancel):
            from dinamis_qgis.core.tasking.register.register import Register
            from dinamis_qgis.core.tasking.rules.check import Severity, is_sendable

            draft, product = self.read_draft(service, parameters, context, source)
            path = self._opener.paths.register
            known = Register(path).all(service.profile.id) if path.exists() else []
            findings = (
                *check_rules(draft, product, service, known, cancel),
                *_ask_service(draft, service, cancel, feedback),
            )
            for finding in findings:
                line = f"{finding.text} {finding.remedy}".strip()
                (feedback.pushInfo if finding.level is Severity.OK else feedback.pushWarning)(line)
            rows = [
                {"code": f.code, "level": f.level.value, "text": f.text, "remedy": f.remedy}
                for f in findings
            ]
            count = {level: sum(f.level is level for f in findings) for level in Severity}
            return {
                "SENDABLE": is_sendable(findings),
                "ERRORS": count[Severity.ERROR],
                "WARNINGS": count[Severity.WARNING],
                "RESULTS": json.dumps(rows, ensure_ascii=False),
            }


def _ask_service(
    draft: Draft, service: OpenService, cancel: Cancel, feedback: QgsProcessingFeedback
) -> tuple[Finding, ...]:
    """What the service itself says; without it the profile's rules will do, and that is said."""
    from dinamis_qgis.core.errors import Cancelled, DinamisError

    try:
        return service.open_channel().check(draft, cancel)
    except Cancelled:
        raise
    except DinamisError as error:
        feedback.pushWarning(
            tr("The service was not asked: {reason}").format(reason=error.sentence())
        )
        return ()
