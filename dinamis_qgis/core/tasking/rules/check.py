"""The rules of a request, checked as one types.

Each gives a finding: what was checked, how it stands, what to do.

The limits come from the profile (``Rules``, ``Quota``); none is written here. A repair is offered,
never done by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.rules.area_rules import check_area
from dinamis_qgis.core.tasking.rules.findings import (
    Finding,
    Fix,
    RuleTerms,
    Severity,
    format_km2,
    is_sendable,
)
from dinamis_qgis.core.tasking.rules.quota import check_quota, quota_of, used_km2
from dinamis_qgis.core.text import tr

__all__ = [
    "Finding",
    "Fix",
    "RuleTerms",
    "Severity",
    "check_draft",
    "format_km2",
    "is_sendable",
    "quota_of",
    "used_km2",
]


def check_draft(draft: Draft, terms: RuleTerms) -> tuple[Finding, ...]:
    """Every rule that applies, the area's first, in the order of the form."""
    return (
        *check_area(draft, terms),
        *check_quota(draft, terms),
        *_check_window(draft, terms),
        *_check_sensor(draft, terms),
        *_check_words(draft),
    )


def _check_window(draft: Draft, terms: RuleTerms) -> Iterator[Finding]:
    start, end = draft.start, draft.end
    if start is None or end is None:
        text, remedy = tr("No period yet."), tr("Give the first and the last day.")
        yield Finding("window-missing", Severity.ERROR, text, remedy)
    elif start < terms.today:
        yield _past_window(draft, start, end, terms)
    else:
        yield _window_length(draft, start, end, terms)


def _past_window(draft: Draft, start: date, end: date, terms: RuleTerms) -> Finding:
    length = max((end - start).days, (terms.product.rules.min_window_days or 1) - 1)
    later = replace(draft, start=terms.today, end=max(end, terms.today + timedelta(days=length)))
    text, fix = tr("The period begins in the past."), Fix(tr("Begin today"), later)
    return Finding("window-past", Severity.ERROR, text, "", fix)


def _window_length(draft: Draft, start: date, end: date, terms: RuleTerms) -> Finding:
    rules, days = terms.product.rules, (end - start).days + 1
    least, most = max(2, rules.min_window_days or 2), rules.max_window_days
    if days < least:
        fix = Fix(
            tr("Extend to {days} days").format(days=least),
            replace(draft, end=start + timedelta(days=least - 1)),
        )
        text = tr("The period ends before it begins.")
        if days == 1:
            text = tr("A fixed day cannot be asked for.")
        elif days > 1:
            text = tr("Period too short: {days} days, {limit} at least.").format(
                days=days, limit=least
            )
        remedy = tr("Clouds decide: give a period.")
        return Finding("window-short", Severity.ERROR, text, remedy, fix)
    if most is not None and days > most:
        fix = Fix(
            tr("Shorten to {days} days").format(days=most),
            replace(draft, end=start + timedelta(days=most - 1)),
        )
        text = tr("Period too long: {days} days, {limit} at most.").format(days=days, limit=most)
        return Finding("window-long", Severity.ERROR, text, "", fix)
    return Finding("window", Severity.OK, tr("Period: %n day(s).", n=days))


def _check_sensor(draft: Draft, terms: RuleTerms) -> Iterator[Finding]:
    rules = terms.product.rules
    if draft.mode not in terms.product.modes:
        first = replace(draft, mode=terms.product.modes[0]) if terms.product.modes else None
        fix = Fix(tr("Use the standard mode"), first) if first else None
        yield Finding(
            "mode", Severity.ERROR, tr("This satellite does not offer this mode."), "", fix
        )
    if (
        rules.min_cloud is not None
        and draft.max_cloud is not None
        and draft.max_cloud < rules.min_cloud
    ):
        yield Finding(
            "cloud",
            Severity.ERROR,
            tr("Cloud cover: the service promises {limit} % at best.").format(
                limit=f"{rules.min_cloud:g}"
            ),
            tr("Accept a little more cloud."),
            Fix(
                tr("Accept {limit} %").format(limit=f"{rules.min_cloud:g}"),
                replace(draft, max_cloud=rules.min_cloud),
            ),
        )
    if rules.max_incidence is not None and (
        draft.max_incidence is None or draft.max_incidence > rules.max_incidence
    ):
        limit = f"{rules.max_incidence:g}"
        yield Finding(
            "incidence",
            Severity.ERROR,
            tr("Incidence angle: {limit}° at most.").format(limit=limit),
            tr("The nearer to the vertical, the fewer leaning buildings."),
            Fix(
                tr("Limit to {limit}°").format(limit=limit),
                replace(draft, max_incidence=rules.max_incidence),
            ),
        )
    for combination in rules.forbidden:
        if _matches_combination(draft, combination):
            reason = str(combination.get("reason", "")) or tr("These choices cannot go together.")
            yield Finding("combination", Severity.ERROR, reason, tr("Change one of them."))


def _matches_combination(draft: Draft, combination: Mapping[str, Any]) -> bool:
    """Whether the draft has every value the combination names; an unknown field never matches."""
    fields = {k: v for k, v in combination.items() if k != "reason"}
    return bool(fields) and all(
        getattr(draft, name, None) in (values if isinstance(values, (list, tuple)) else (values,))
        for name, values in fields.items()
    )


def _check_words(draft: Draft) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding(
            "title",
            Severity.ERROR,
            tr("No title yet."),
            tr("A few words by which your relay will know it."),
        )
    if not draft.purpose.strip():
        text = tr("The use is not told.")
        yield Finding(
            "purpose",
            Severity.WARNING,
            text,
            tr("One sentence helps your relay to support the request."),
        )
