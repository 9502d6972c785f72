"""What a request says, as people read it: on the review, in the message, in the dossier."""

from __future__ import annotations

from datetime import date

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.geo import size_km2
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.tasking.model import Request
from dinamis_qgis.core.tasking.needs import need_by_id
from dinamis_qgis.core.tasking.rules.findings import format_km2
from dinamis_qgis.core.text import tr


def summarise_request(
    request: Request, profile: Profile, account: Account | None
) -> list[tuple[str, str]]:
    """What a request says, as (label, value), in the order people read it.

    Shown, mailed and printed alike.
    """
    draft = request.draft
    product = next((p for p in profile.tasking.products if p.id == draft.product), None)
    wanted = need_by_id(draft.need)
    size = size_km2(draft.area)
    rows = [
        (tr("Title"), draft.title.strip() or "–"),
        (
            tr("Use"),
            " – ".join(x for x in (wanted.title if wanted else "", draft.purpose.strip()) if x)
            or "–",
        ),
        (tr("Area"), format_km2(size) if size is not None else "–"),
        (tr("Satellite"), product.title if product else draft.product or "–"),
        (tr("Mode"), mode_text(draft.mode)),
        (
            tr("Period"),
            tr("{start} to {end}").format(start=format_day(draft.start), end=format_day(draft.end)),
        ),
        (tr("Cloud cover"), _at_most(tr("{value} % at most"), draft.max_cloud)),
        (tr("Incidence angle"), _at_most(tr("{value}° at most"), draft.max_incidence)),
        (tr("Age of an image"), age_text(draft.max_age_days) if draft.max_age_days else "–"),
    ]
    if account is not None:
        rows.append((tr("Applicant"), account.label))
    return rows


def _at_most(text: str, value: float | None) -> str:
    return "–" if value is None else text.format(value=f"{value:g}")


def age_text(days: int) -> str:
    """How old an image may be."""
    return tr("{span} at most").format(span=span_text(days))


def span_text(days: float) -> str:
    """A length of time, in the unit people use."""
    months = max(1, round(days / 30.4))
    in_years = months >= 24 or months == 12
    return tr("%n year(s)", n=round(months / 12)) if in_years else tr("%n month(s)", n=months)


def mode_text(mode: str) -> str:
    """What an acquisition mode is called."""
    texts = {
        "mono": tr("Single image"),
        "stereo": tr("Stereo (two views)"),
        "tristereo": tr("Tri-stereo (three views)"),
    }
    return texts.get(mode, mode or "–")


def format_day(value: object) -> str:
    """A day as people write it here; “–” when unknown."""
    return value.strftime(tr("%Y-%m-%d")) if isinstance(value, date) else "–"
