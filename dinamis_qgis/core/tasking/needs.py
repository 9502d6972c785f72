"""What people need an image for, and the settings that suit it.

Proposals with their reasons, which an expert may change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dinamis_qgis.core.profile.model import TaskingProduct
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class Need:
    """A use.

    ``fine`` asks for the finest resolution, else the widest swath. ``archive_days``: how old an
    image may be.
    """

    id: str
    title: str
    why: str
    fine: bool
    max_cloud: float
    max_incidence: float
    window_days: int
    archive_days: int
    mode: str = "mono"
    emergency: bool = False


_SETTINGS: dict[str, tuple[bool, float, float, int, int]] = {
    "landcover": (False, 10, 30, 90, 1096),
    "planning": (True, 10, 20, 90, 730),
    "works": (True, 10, 15, 45, 90),
    "risk": (True, 10, 30, 45, 180),
    "rescue": (True, 20, 30, 30, 30),
    "forest": (False, 10, 30, 90, 365),
    "water": (True, 10, 30, 60, 365),
    "relief": (True, 10, 30, 90, 730),
    "other": (True, 10, 30, 60, 365),
}
"""By use: fine, cloud (%), incidence (degrees), days of the window, days an image may be old."""
_EMERGENCIES = ("risk", "rescue")
_SEASONS = {"landcover": (5, 9), "forest": (5, 9)}
"""The first and the last month in which a use can be served: leaves, crops, a high sun."""


def tasking_needs() -> tuple[Need, ...]:
    """The uses in the order of the list, translated."""
    texts = (
        ("landcover", tr("Land cover"), tr("A wide swath and few clouds, over a season.")),
        ("planning", tr("Urban planning"), tr("Fine detail, and buildings that lean little.")),
        (
            "works",
            tr("Works follow-up, PCRS"),
            tr("Fine detail near the vertical, soon after the works."),
        ),
        ("risk", tr("Natural risks"), tr("Fine detail over a few weeks.")),
        ("rescue", tr("Civil protection"), tr("As soon as possible: more cloud is accepted.")),
        ("forest", tr("Forest"), tr("A wide swath in the growing season.")),
        ("water", tr("Water, coast"), tr("Few clouds; the angle matters less.")),
        ("relief", tr("Relief, 3D"), tr("Two views of the same place: stereo.")),
        ("other", tr("Other"), tr("Usual settings.")),
    )
    return tuple(
        Need(
            name,
            title,
            why,
            *_SETTINGS[name],
            mode="stereo" if name == "relief" else "mono",
            emergency=name in _EMERGENCIES,
        )
        for name, title, why in texts
    )


def need_by_id(need_id: str) -> Need | None:
    """The use of that id."""
    return next((n for n in tasking_needs() if n.id == need_id), None)


def propose_settings(
    draft: Draft, wanted: Need, products: tuple[TaskingProduct, ...], today: date
) -> Draft:
    """``draft`` with the settings that suit the need, within the rules of the product chosen for
    it.
    """
    if not products:
        return replace(draft, need=wanted.id)
    known = sorted(products, key=lambda p: p.gsd if p.gsd is not None else 1e9)
    product = known[0] if wanted.fine else known[-1]
    rules = product.rules
    days = max(wanted.window_days, rules.min_window_days or 2)
    if rules.max_window_days:
        days = min(days, rules.max_window_days)
    start = max(draft.start, today) if draft.start else today + timedelta(days=1)
    start = _in_season(start, wanted.id, days)
    return replace(
        draft,
        need=wanted.id,
        product=product.id,
        mode=wanted.mode if wanted.mode in product.modes else (product.modes or ("mono",))[0],
        max_cloud=max(wanted.max_cloud, rules.min_cloud or 0),
        max_incidence=min(
            wanted.max_incidence, rules.max_incidence if rules.max_incidence is not None else 90
        ),
        start=start,
        end=start + timedelta(days=days - 1),
        max_age_days=wanted.archive_days,
    )


def _in_season(start: date, need_id: str, days: int) -> date:
    """The first day from ``start`` on from which most of a period lies in the use's season."""
    first, last = _SEASONS.get(need_id, (1, 12))
    if (first, last) == (1, 12):
        return start
    middle = start + timedelta(days=days // 2)
    if first <= middle.month <= last:
        return start
    year = start.year if start.month < first else start.year + 1
    return date(year, first, 1)


def setting_reasons(draft: Draft, products: tuple[TaskingProduct, ...]) -> tuple[str, ...]:
    """Why each proposed setting is what it is, for the settings still as proposed; empty without a
    need.
    """
    wanted = need_by_id(draft.need)
    product = next((p for p in products if p.id == draft.product), None)
    if wanted is None or product is None or draft.start is None or draft.end is None:
        return ()
    plan = propose_settings(replace(draft, start=draft.start), wanted, products, draft.start)
    found = []
    if draft.product == plan.product:
        text = (
            tr("{product}: the finest detail offered.")
            if wanted.fine
            else tr("{product}: the widest swath, fewer images to join.")
        )
        found.append(text.format(product=product.title))
    if draft.mode == plan.mode and draft.mode != "mono":
        found.append(tr("Several views of the same place give the relief."))
    if draft.max_cloud == plan.max_cloud:
        found.append(_cloud_reason(wanted, draft.max_cloud or 0))
    if draft.max_incidence == plan.max_incidence:
        found.append(_incidence_reason(draft.max_incidence or 0, wanted))
    if wanted.id in _SEASONS and draft.start == plan.start:
        found.append(tr("In the season of leaves and crops, with the sun high."))
    if draft.end == plan.end:
        days = (draft.end - draft.start).days + 1
        least = product.rules.min_window_days or 0
        short, long = (
            tr("{days} days: the shortest period the service takes."),
            tr("{days} days: clouds decide, the longer the surer."),
        )
        text = short if days <= least else long
        found.append(text.format(days=days))
    return tuple(found)


def _cloud_reason(wanted: Need, cloud: float) -> str:
    if cloud > 10:
        return tr("{value} % of clouds: soon matters more than clear.").format(value=f"{cloud:g}")
    return tr("{value} % of clouds: the clearest the service promises.").format(value=f"{cloud:g}")


def _incidence_reason(angle: float, wanted: Need) -> str:
    if wanted.max_incidence < 30:
        return tr("{value}°: near the vertical, so that buildings lean little.").format(
            value=f"{angle:g}"
        )
    return tr("{value}°: a wider angle, so more passes to succeed.").format(value=f"{angle:g}")
