"""The quota of an entity: what is used of it in the current period, what is left, and what the rest
may cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.geo import area_km2, polygons, repair_area, wrap_longitudes
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Quota
from dinamis_qgis.core.tasking.channel import Channel
from dinamis_qgis.core.tasking.model import COMPLETED, EDITABLE, FINAL, Draft, Order, Request
from dinamis_qgis.core.tasking.rules.findings import Finding, RuleTerms, Severity, format_km2
from dinamis_qgis.core.text import tr

_FREE = (FINAL - {COMPLETED}) | EDITABLE


def check_quota(draft: Draft, terms: RuleTerms) -> Iterator[Finding]:
    """What is left after the request, or how much it goes beyond.

    Never an error: the service decides.
    """
    quota = terms.quota
    if quota is None or draft.area is None or not polygons(draft.area):
        return
    sound = repair_area(draft.area)
    if sound is None:
        return
    left, size = max(0.0, quota.km2 - terms.used_km2), area_km2(sound)
    period = tr("this quarter") if quota.period == "quarter" else tr("this year")
    if size <= left:
        text = tr(
            "Quota of your entity: {left} of {all} left {period} after this request ({source})."
        )
        source = tr("with what the service shows") if terms.shown else tr("as known to this QGIS")
        yield Finding(
            "quota",
            Severity.OK,
            text.format(
                left=format_km2(left - size),
                all=format_km2(quota.km2),
                period=period,
                source=source,
            ),
        )
        return
    beyond = size - left
    text = tr("Quota exceeded: {left} left {period}, {beyond} beyond.").format(
        left=format_km2(left), period=period, beyond=format_km2(beyond)
    )
    remedy = tr("The service will tell you the cost, or how to share it.")
    if quota.cost_eur_km2 is not None:
        cost = f"{beyond * quota.cost_eur_km2:,.0f}".replace(",", "\u202f")
        remedy = tr("Indicative cost beyond the quota: about {cost} €.").format(cost=cost)
    yield Finding("quota", Severity.WARNING, text, remedy)


def quota_of(quotas: Iterable[Quota], product: str) -> Quota | None:
    """The quota of a product, if the profile has one."""
    return next((q for q in quotas if q.product == product), None)


def used_km2(
    requests: Iterable[Request],
    quota: Quota,
    today: date,
    entity: str = "",
    orders: Iterable[Order] = (),
) -> float:
    """km² of this register's requests that count on the quota's current period: sent, and neither
    refused nor cancelled.

    Those of ``entity`` (all when empty); a part in another's order costs nothing. ``orders`` are
    those that the service shows of the entity, sent from other computers too: each counts once.
    """
    requests = list(requests)
    first = (
        date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        if quota.period == "quarter"
        else date(today.year, 1, 1)
    )
    counted = [
        r.draft.area
        for r in requests
        if r.draft.product == quota.product
        and r.state not in _FREE
        and not r.joined
        and (r.entity in ("", entity) or not entity)
        and (r.attempted or r.created).date() >= first
    ]
    kept = {r.order_id for r in requests if not r.joined} | {r.reference for r in requests}
    counted += [
        o.area
        for o in orders
        if o.product == quota.product
        and not (o.statuses and o.statuses[-1].code in _FREE)
        and not {o.id, o.reference or o.id} & kept
        and (o.created is None or o.created.date() >= first)
    ]
    return sum(area_km2(wrap_longitudes(a)) for a in counted if a is not None and polygons(a))


def orders_shown(channel: Channel, entity: str, cancel: Cancel) -> tuple[Order, ...] | None:
    """The orders that the service shows of an entity; None where it does not, or does not answer: a
    help, no obstacle.
    """
    try:
        return channel.counted(entity, cancel)
    except Cancelled:
        raise
    except DinamisError:
        return None
