"""The rules of a request, checked as one types. Each gives a finding: what was checked, how it stands, what to do.

The limits come from the profile (``Rules``, ``Quota``); none is written here. A repair is offered, never done by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.profile.model import Quota, Rules, TaskingProduct
from dinamis_qgis.core.tasking import area as shapes
from dinamis_qgis.core.tasking.model import Draft, Request
from dinamis_qgis.core.text import tr

SLIVER_SHARE = 0.005
"""A part under this share of the whole area counts as a sliver."""
NARROW_SHARE = 0.2
"""From this share of the area in places narrower than the minimum width, a warning."""


class Level(Enum):
    """How a rule stands. Only errors keep a request from leaving."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Fix:
    """A change that settles a finding: what the button says, and the draft after it."""

    label: str
    draft: Draft


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule. ``code`` is stable, ``text`` and ``remedy`` are translated."""

    code: str
    level: Level
    text: str
    remedy: str = ""
    fix: Fix | None = None


@dataclass(frozen=True)
class Terms:
    """What a draft is held against: the product, today (local day), and how much of the quota is used (km²)."""

    product: TaskingProduct
    today: date
    quota: Quota | None = None
    used_km2: float = 0.0


def check(draft: Draft, terms: Terms) -> tuple[Finding, ...]:
    """Every rule that applies, the area's first, in the order of the form."""
    return (*_area(draft, terms), *_window(draft, terms), *_sensor(draft, terms), *_words(draft))


def sendable(findings: Iterable[Finding]) -> bool:
    """True when no rule is broken."""
    return all(f.level is not Level.ERROR for f in findings)


def km2(value: float) -> str:
    """An area for people: two significant digits, more from 100 km² on; hectares under 1 km²."""
    if value <= 0:
        return tr("0 km²")
    if value < 0.995:
        return tr("{value} ha").format(value=_number(value * 100))
    return tr("{value} km²").format(value=_number(value))


def _number(value: float) -> str:
    from math import floor, log10

    digits = max(0, 1 - floor(log10(value)))
    return f"{value:.{digits}f}".replace(".", tr("decimal separator: .")[-1])


# the area


def _area(draft: Draft, terms: Terms) -> Iterator[Finding]:
    geometry = draft.area
    if not shapes.polygons(geometry) or geometry is None:
        yield Finding("area-missing", Level.ERROR, tr("No area yet."), tr("Draw it on the map, or take the selected feature."))
        return
    if not _plausible(geometry):
        yield Finding(
            "area-crs",
            Level.ERROR,
            tr("The coordinates are not longitudes and latitudes."),
            tr("Check the coordinate system of the layer the area comes from."),
        )
        return
    rules = terms.product.rules
    broken = _validity(draft, geometry)
    yield broken or Finding("area-valid", Level.OK, tr("The outline is sound."))
    sound = shapes.repaired(geometry) if broken else shapes.wrap(geometry)
    if sound is None:
        return
    yield from _shape(draft, sound, rules)
    yield from _size(sound, rules)
    yield from _quota(sound, terms)


def _plausible(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return bool(south >= -90 and north <= 90 and west >= -540 and east <= 540)


def _validity(draft: Draft, geometry: BaseGeometry) -> Finding | None:
    """What is wrong with the outline, with the repair and its change in km²."""
    if geometry.is_valid and geometry.bounds[0] >= -180 and geometry.bounds[2] <= 180:
        return None
    whole = shapes.unwrap(geometry)
    after = shapes.repaired(geometry)
    if whole.is_valid:
        fix = Fix(tr("Cut at the antimeridian"), replace(draft, area=after)) if after else None
        return Finding("area-antimeridian", Level.ERROR, tr("The area goes beyond the antimeridian (180°)."), "", fix)
    reason = explain_validity(whole)
    text = tr("The outline crosses itself.") if "elf-inter" in reason else tr("The outline is not valid.")
    if after is None:
        return Finding("area-invalid", Level.ERROR, text, tr("Draw it again."))
    label = tr("Repair ({area} kept)").format(area=km2(area_km2(after)))
    return Finding("area-invalid", Level.ERROR, text, tr("Repair it, or move the vertices."), Fix(label, replace(draft, area=after)))


def _shape(draft: Draft, sound: BaseGeometry, rules: Rules) -> Iterator[Finding]:
    whole = shapes.unwrap(sound)
    before = area_km2(sound)
    holes = sum(len(p.interiors) for p in shapes.polygons(whole))
    if holes and not rules.holes:
        yield Finding(
            "area-holes",
            Level.ERROR,
            tr("The area has %n hole(s); the service takes none.", n=holes),
            tr("Fill them."),
            _area_fix(tr("Fill ({change})"), draft, shapes.without_holes(sound), before),
        )
    parts = shapes.polygons(whole)
    slivers = [p for p in parts if area_km2(p) < before * SLIVER_SHARE]
    if slivers:
        rest = shapes.without_slivers(sound, before * SLIVER_SHARE)
        yield Finding(
            "area-slivers",
            Level.WARNING,
            tr("The area has %n tiny part(s).", n=len(slivers)),
            tr("Often what is left of a cut: remove them."),
            _area_fix(tr("Remove ({change})"), draft, rest, before),
        )
    if len(parts) > 1 and not rules.multipart:
        yield Finding(
            "area-multipart",
            Level.ERROR,
            tr("The area has %n part(s); the service takes one.", n=len(parts)),
            tr("Keep one part per request, or wrap them all."),
            _area_fix(tr("Wrap them all ({change})"), draft, shapes.hull(sound), before),
        )
    if rules.max_vertices is not None:
        yield _vertices(draft, sound, rules.max_vertices, before)


def _vertices(draft: Draft, sound: BaseGeometry, most: int, before: float) -> Finding:
    count = shapes.vertex_count(sound)
    if count <= most:
        return Finding("area-vertices", Level.OK, tr("{count} vertices of {most} at most.").format(count=count, most=most))
    return Finding(
        "area-vertices",
        Level.ERROR,
        tr("Too many vertices: {count}, {most} at most.").format(count=count, most=most),
        tr("Simplify the outline."),
        _area_fix(tr("Simplify ({change})"), draft, shapes.simplified(sound, most), before),
    )


def _area_fix(label: str, draft: Draft, after: BaseGeometry | None, before: float) -> Fix | None:
    """A fix of the area whose label tells the change in km²."""
    if after is None:
        return None
    difference = area_km2(after) - before
    sign = "+" if difference >= 0 else "−"
    return Fix(label.format(change=f"{sign}{km2(abs(difference))}"), replace(draft, area=after))


def _size(sound: BaseGeometry, rules: Rules) -> Iterator[Finding]:
    size = area_km2(sound)
    if rules.min_area_km2 is not None and size < rules.min_area_km2:
        yield Finding(
            "area-small",
            Level.ERROR,
            tr("Too small: {area}, {limit} at least.").format(area=km2(size), limit=km2(rules.min_area_km2)),
            tr("Widen the area; what is around it may serve neighbours."),
        )
    elif rules.max_area_km2 is not None and size > rules.max_area_km2:
        yield Finding(
            "area-large",
            Level.ERROR,
            tr("Too large: {area}, {limit} at most.").format(area=km2(size), limit=km2(rules.max_area_km2)),
            tr("Split it into several requests."),
        )
    else:
        yield Finding("area-size", Level.OK, tr("Area: {area}.").format(area=km2(size)))
    if rules.min_width_km is not None:
        yield _width(sound, rules.min_width_km)


def _width(sound: BaseGeometry, least: float) -> Finding:
    """The short side of the smallest rectangle, turned as needed, that holds the area; then narrow places."""
    width = shapes.width_km(sound)
    if width < least:
        return Finding(
            "area-narrow",
            Level.ERROR,
            tr("Too narrow: {width} km, {limit} km at least (smallest rectangle around it).").format(
                width=_number(width) if width > 0 else "0", limit=_number(least)
            ),
            tr("Widen the area."),
        )
    narrow = shapes.narrow_share(sound, least)
    if narrow >= NARROW_SHARE:
        return Finding(
            "area-arms",
            Level.WARNING,
            tr("{share} % of the area is in places narrower than {limit} km.").format(share=round(narrow * 100), limit=_number(least)),
            tr("The service may count or refuse them: widen them or make the outline simpler."),
        )
    return Finding("area-width", Level.OK, tr("Width: {width} km.").format(width=_number(width)))


def _quota(sound: BaseGeometry, terms: Terms) -> Iterator[Finding]:
    quota = terms.quota
    if quota is None:
        return
    left, size = max(0.0, quota.km2 - terms.used_km2), area_km2(sound)
    period = tr("this quarter") if quota.period == "quarter" else tr("this year")
    if size <= left:
        text = tr("Quota: {left} left {period} after this request.").format(left=km2(left - size), period=period)
        yield Finding("quota", Level.OK, text)
        return
    beyond = size - left
    text = tr("Quota exceeded: {left} left {period}, {beyond} beyond.").format(left=km2(left), period=period, beyond=km2(beyond))
    remedy = tr("The service will tell you the cost, or how to share it.")
    if quota.cost_eur_km2 is not None:
        cost = f"{beyond * quota.cost_eur_km2:,.0f}".replace(",", "\u202f")
        remedy = tr("Indicative cost beyond the quota: about {cost} €.").format(cost=cost)
    yield Finding("quota", Level.WARNING, text, remedy)


# the period


def _window(draft: Draft, terms: Terms) -> Iterator[Finding]:
    rules, start, end = terms.product.rules, draft.start, draft.end
    if start is None or end is None:
        yield Finding("window-missing", Level.ERROR, tr("No period yet."), tr("Give the first and the last day."))
        return
    if start < terms.today:
        length = max((end - start).days, (rules.min_window_days or 1) - 1)
        later = replace(draft, start=terms.today, end=max(end, terms.today + timedelta(days=length)))
        yield Finding("window-past", Level.ERROR, tr("The period begins in the past."), "", Fix(tr("Begin today"), later))
        return
    days = (end - start).days + 1
    least, most = max(2, rules.min_window_days or 2), rules.max_window_days
    if days < least:
        longer = replace(draft, end=start + timedelta(days=least - 1))
        text = tr("The period ends before it begins.")
        if days == 1:
            text = tr("A fixed day cannot be asked for.")
        elif days > 1:
            text = tr("Period too short: {days} days, {limit} at least.").format(days=days, limit=least)
        remedy = tr("Clouds decide: give a period.")
        yield Finding("window-short", Level.ERROR, text, remedy, Fix(tr("Extend to {days} days").format(days=least), longer))
    elif most is not None and days > most:
        shorter = replace(draft, end=start + timedelta(days=most - 1))
        text = tr("Period too long: {days} days, {limit} at most.").format(days=days, limit=most)
        yield Finding("window-long", Level.ERROR, text, "", Fix(tr("Shorten to {days} days").format(days=most), shorter))
    else:
        yield Finding("window", Level.OK, tr("Period: %n day(s).", n=days))


# the sensor


def _sensor(draft: Draft, terms: Terms) -> Iterator[Finding]:
    rules = terms.product.rules
    if draft.mode not in terms.product.modes:
        first = replace(draft, mode=terms.product.modes[0]) if terms.product.modes else None
        fix = Fix(tr("Use the standard mode"), first) if first else None
        yield Finding("mode", Level.ERROR, tr("This satellite does not offer this mode."), "", fix)
    if rules.min_cloud is not None and draft.max_cloud is not None and draft.max_cloud < rules.min_cloud:
        yield Finding(
            "cloud",
            Level.ERROR,
            tr("Cloud cover: the service promises {limit} % at best.").format(limit=f"{rules.min_cloud:g}"),
            tr("Accept a little more cloud."),
            Fix(tr("Accept {limit} %").format(limit=f"{rules.min_cloud:g}"), replace(draft, max_cloud=rules.min_cloud)),
        )
    if rules.max_incidence is not None and (draft.max_incidence is None or draft.max_incidence > rules.max_incidence):
        limit = f"{rules.max_incidence:g}"
        yield Finding(
            "incidence",
            Level.ERROR,
            tr("Incidence angle: {limit}° at most.").format(limit=limit),
            tr("The nearer to the vertical, the fewer leaning buildings."),
            Fix(tr("Limit to {limit}°").format(limit=limit), replace(draft, max_incidence=rules.max_incidence)),
        )
    for combination in rules.forbidden:
        if _matches(draft, combination):
            reason = str(combination.get("reason", "")) or tr("These choices cannot go together.")
            yield Finding("combination", Level.ERROR, reason, tr("Change one of them."))


def _matches(draft: Draft, combination: Mapping[str, Any]) -> bool:
    """Whether the draft has every value the combination names; an unknown field never matches."""
    fields = {k: v for k, v in combination.items() if k != "reason"}
    return bool(fields) and all(
        getattr(draft, name, None) in (values if isinstance(values, (list, tuple)) else (values,)) for name, values in fields.items()
    )


def _words(draft: Draft) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding("title", Level.ERROR, tr("No title yet."), tr("A few words by which your relay will know it."))
    if not draft.purpose.strip():
        text = tr("The use is not told.")
        yield Finding("purpose", Level.WARNING, text, tr("One sentence helps your relay to support the request."))


def quota_of(quotas: Iterable[Quota], product: str) -> Quota | None:
    """The quota of a product, if the profile has one."""
    return next((q for q in quotas if q.product == product), None)


def used_km2(requests: Iterable[Request], quota: Quota, today: date) -> float:
    """km² of this register's requests that count on the quota's current period: sent, and neither refused nor cancelled."""
    free = {"draft", "ready", "rejected", "cancelled", "user_cancelled", "failed", "expired"}
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) if quota.period == "quarter" else date(today.year, 1, 1)
    counted = [
        r.draft.area
        for r in requests
        if r.draft.product == quota.product and r.state not in free and (r.attempted or r.created).date() >= first
    ]
    return sum(area_km2(shapes.wrap(a)) for a in counted if a is not None and shapes.polygons(a))
