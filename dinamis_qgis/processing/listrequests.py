"""``dinamis:listrequests``: the register's requests as polygons, brought up to date with the
service where it answers.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import ServiceAlgorithm

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.service import OpenService
    from dinamis_qgis.core.tasking.model import Request
    from dinamis_qgis.core.tasking.register.register import Register

FIELDS = {
    "reference": str,
    "request_id": str,
    "title": str,
    "status": str,
    "status_since": datetime,
    "reason": str,
    "product": str,
    "mode": str,
    "start": str,
    "end": str,
    "max_cloud": float,
    "max_incidence": float,
    "area_km2": float,
    "purpose": str,
    "account": str,
    "entity": str,
    "created": datetime,
    "history": str,
    "delivered": str,
}
"""Fields of the output; ``history`` and ``delivered`` are JSON."""


class ListRequests(ServiceAlgorithm):
    """Output as in the contract: polygons with status and history; ``COUNT`` is how many."""

    ID = "listrequests"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("List acquisition requests")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Writes the acquisition requests of this QGIS profile as polygons, with their state, "
            "its date and reason, their history "
            "and what was delivered. Requests under way are asked after first, where the service "
            "answers. "
            "Drafts without an area are left out."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.define(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Requests"), kind),
            QgsProcessingOutputNumber("COUNT", tr("Number of requests")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Bring up to date, then write."""
        from dinamis_qgis.core.tasking.register.register import Register
        from dinamis_qgis.processing.headless import fields_of

        feedback = feedback or QgsProcessingFeedback()
        with self._opener.opened(feedback) as (service, cancel):
            register = Register(self._opener.paths.register)
            _bring_up_to_date(register, service, cancel, feedback)
            fields = fields_of(FIELDS)
            features = (
                _feature_of_request(r, fields)
                for r in register.all(service.profile.id)
                if r.draft.area is not None
            )
            output, count = self.write(
                parameters, context, fields, QgsWkbTypes.Type.MultiPolygon, features
            )
        return {"OUTPUT": output, "COUNT": count}


def _bring_up_to_date(
    register: Register, service: OpenService, cancel: Cancel, feedback: QgsProcessingFeedback
) -> None:
    """Ask after what is under way; without the service the register as it is will do, and that is
    said.
    """
    from dinamis_qgis.core.errors import Cancelled, DinamisError, ServiceError
    from dinamis_qgis.core.tasking import follow
    from dinamis_qgis.core.tasking.register.owner import may_see

    moment, account = datetime.now(timezone.utc), service.account
    waiting = [
        r
        for r in register.all(service.profile.id)
        if follow.is_useful(r, moment) and (account is None or may_see(r, account))
    ]
    if not waiting:
        return
    try:
        channel = service.open_channel()
        for request in waiting:
            try:
                follow.look_for_image(request, register, channel, service, cancel)
            except ServiceError as error:
                # one order that cannot be read keeps nobody from the others
                feedback.pushWarning(f"{request.label}: {error.sentence()}")
    except Cancelled:
        raise
    except DinamisError as error:
        feedback.pushWarning(
            tr("The service was not asked: {reason}").format(reason=error.sentence())
        )


def _feature_of_request(request: Request, fields: QgsFields) -> QgsFeature:
    from dinamis_qgis.core.geo import size_km2

    draft = request.draft
    since = request.history[-1].at if request.history else request.changed
    steps = [
        {"status": s.code, "at": s.at.isoformat(), "reason": s.reason} for s in request.history
    ]
    row: dict[str, Any] = {
        "reference": request.reference,
        "request_id": request.order_id or None,
        "title": draft.title or None,
        "status": request.state,
        "status_since": _as_qdatetime(since),
        "reason": request.reason or None,
        "product": draft.product or None,
        "mode": draft.mode or None,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "area_km2": size_km2(draft.area),
        "purpose": draft.purpose or None,
        "account": request.account or None,
        "entity": request.entity or None,
        "created": _as_qdatetime(request.created),
        "history": json.dumps(steps, ensure_ascii=False),
        "delivered": json.dumps(
            [{"catalogue": c, "collection": k, "item": i} for c, k, i in request.delivered]
        ),
    }
    feature = QgsFeature(fields)
    feature.setAttributes([row[name] for name in fields.names()])
    if draft.area is not None:
        geometry = QgsGeometry()
        geometry.fromWkb(draft.area.wkb)
        geometry.convertToMultiType()
        feature.setGeometry(geometry)
    return feature


def _as_qdatetime(moment: datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000), Qt.TimeSpec.UTC)
