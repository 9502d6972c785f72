"""The quota of an entity: what is used of it in the current period, what is left, and what the rest may cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.profile.model import Quota
from dinamis_qgis.core.tasking import area as shapes
from dinamis_qgis.core.tasking.findings import Finding, Level, Terms, km2
from dinamis_qgis.core.tasking.model import Draft, Request
from dinamis_qgis.core.text import tr

_FREE = frozenset({"draft", "ready", "rejected", "cancelled", "user_cancelled", "failed", "expired"})


def check_quota(draft: Draft, terms: Terms) -> Iterator[Finding]:
    """What is left after the request, or how much it goes beyond. Never an error: the service decides."""
    quota = terms.quota
    if quota is None or draft.area is None or not shapes.polygons(draft.area):
        return
    sound = shapes.repaired(draft.area)
    if sound is None:
        return
    left, size = max(0.0, quota.km2 - terms.used_km2), area_km2(sound)
    period = tr("this quarter") if quota.period == "quarter" else tr("this year")
    if size <= left:
        text = tr("Quota of your entity: {left} of {all} left {period} after this request (as known to this QGIS).")
        yield Finding("quota", Level.OK, text.format(left=km2(left - size), all=km2(quota.km2), period=period))
        return
    beyond = size - left
    text = tr("Quota exceeded: {left} left {period}, {beyond} beyond.").format(left=km2(left), period=period, beyond=km2(beyond))
    remedy = tr("The service will tell you the cost, or how to share it.")
    if quota.cost_eur_km2 is not None:
        cost = f"{beyond * quota.cost_eur_km2:,.0f}".replace(",", "\u202f")
        remedy = tr("Indicative cost beyond the quota: about {cost} €.").format(cost=cost)
    yield Finding("quota", Level.WARNING, text, remedy)


def quota_of(quotas: Iterable[Quota], product: str) -> Quota | None:
    """The quota of a product, if the profile has one."""
    return next((q for q in quotas if q.product == product), None)


def used_km2(requests: Iterable[Request], quota: Quota, today: date, entity: str = "") -> float:
    """km² of this register's requests that count on the quota's current period: sent, and neither refused nor cancelled.

    Those of ``entity`` (all when empty); a part in another's order costs nothing.
    """
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) if quota.period == "quarter" else date(today.year, 1, 1)
    counted = [
        r.draft.area
        for r in requests
        if r.draft.product == quota.product
        and r.state not in _FREE
        and not r.joined
        and (r.entity in ("", entity) or not entity)
        and (r.attempted or r.created).date() >= first
    ]
    return sum(area_km2(shapes.wrap(a)) for a in counted if a is not None and shapes.polygons(a))
