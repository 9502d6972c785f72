"""Every rule, broken and kept; every offered fix settles what it is offered for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from shapely.affinity import scale, translate
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from dinamis_qgis.core.geo import area_km2, wrap_longitudes
from dinamis_qgis.core.profile.model import Quota, TaskingRules
from dinamis_qgis.core.tasking import area as shapes
from dinamis_qgis.core.tasking.model import Draft, new_request
from dinamis_qgis.core.tasking.rules.check import (
    Finding,
    RuleTerms,
    Severity,
    check_draft,
    format_km2,
    is_sendable,
    used_km2,
)
from tests.unit.tasking.conftest import PAU, TODAY


def found(draft: Draft, terms: RuleTerms, code: str) -> Finding:
    matches = [f for f in check_draft(draft, terms) if f.code == code]
    assert matches, f"{code} not in {[f.code for f in check_draft(draft, terms)]}"
    return matches[0]


def test_a_sound_draft_breaks_nothing(draft: Draft, terms: RuleTerms) -> None:
    findings = check_draft(draft, terms)
    assert [f for f in findings if f.level is not Severity.OK] == []
    assert is_sendable(findings)


def test_an_empty_draft_is_told_what_is_missing(terms: RuleTerms) -> None:
    findings = check_draft(Draft(product="pleiades"), terms)
    assert {"area-missing", "window-missing", "title"} <= {
        f.code for f in findings if f.level is Severity.ERROR
    }
    assert not is_sendable(findings)


BOW_TIE = Polygon([(-0.6, 43.2), (-0.2, 43.5), (-0.2, 43.2), (-0.6, 43.5)])
HOLED = Polygon(
    box(-0.6, 43.2, -0.2, 43.5).exterior.coords, [box(-0.45, 43.3, -0.4, 43.35).exterior.coords]
)
TWO = MultiPolygon([box(-0.6, 43.2, -0.4, 43.4), box(-0.3, 43.2, -0.1, 43.4)])
SLIVER = MultiPolygon([box(-0.6, 43.2, -0.2, 43.5), box(-0.1, 43.2, -0.0999, 43.5)])
STAR = shapes.circle_around(-0.4, 43.3, 12).union(translate(shapes.circle_around(-0.4, 43.3, 12), 0.02, 0))
ANTIMERIDIAN = box(179.8, -17.2, 180.2, -16.8)


@pytest.mark.parametrize(
    ("area", "code", "level"),
    [
        (BOW_TIE, "area-invalid", Severity.ERROR),
        (HOLED, "area-holes", Severity.ERROR),
        (TWO, "area-multipart", Severity.ERROR),
        (SLIVER, "area-slivers", Severity.WARNING),
        (
            shapes.circle_around(-0.4, 43.3, 12)
            .union(shapes.circle_around(-0.37, 43.3, 12))
            .union(shapes.circle_around(-0.4, 43.33, 12)),
            "area-vertices",
            Severity.ERROR,
        ),
        (ANTIMERIDIAN, "area-antimeridian", Severity.ERROR),
    ],
)
def test_outline_faults_come_with_a_fix_that_settles_them(
    area: Polygon, code: str, level: Severity, draft: Draft, terms: RuleTerms
) -> None:
    terms = replace(
        terms, product=replace(terms.product, rules=replace(terms.product.rules, max_vertices=60))
    )
    broken = replace(draft, area=area)
    finding = found(broken, terms, code)
    assert finding.level is level
    assert finding.fix is not None
    assert broken.area is area, "nothing is repaired silently"
    assert code not in {
        f.code for f in check_draft(finding.fix.draft, terms) if f.level is not Severity.OK
    }


def test_the_change_in_area_is_told(draft: Draft, terms: RuleTerms) -> None:
    finding = found(replace(draft, area=HOLED), terms, "area-holes")
    assert finding.fix is not None and finding.fix.draft.area is not None
    change = area_km2(finding.fix.draft.area) - area_km2(HOLED)
    assert re.search(rf"\+{change:.0f} km²", finding.fix.label)


def test_an_area_cut_at_the_antimeridian_is_one_part(draft: Draft, terms: RuleTerms) -> None:
    cut = wrap_longitudes(ANTIMERIDIAN)
    assert len(cut.geoms) == 2
    assert "area-multipart" not in {f.code for f in check_draft(replace(draft, area=cut), terms)}


def test_holes_and_parts_are_fine_where_the_service_takes_them(
    draft: Draft, terms: RuleTerms
) -> None:
    open_terms = replace(
        terms,
        product=replace(
            terms.product, rules=replace(terms.product.rules, holes=True, multipart=True)
        ),
    )
    assert is_sendable(check_draft(replace(draft, area=HOLED), open_terms))
    assert is_sendable(check_draft(replace(draft, area=TWO), open_terms))


@pytest.mark.parametrize(("factor", "code"), [(0.3, "area-small"), (6.0, "area-large")])
def test_size(factor: float, code: str, draft: Draft, terms: RuleTerms) -> None:
    finding = found(replace(draft, area=scale(PAU, factor, factor)), terms, code)
    assert finding.level is Severity.ERROR and "km²" in finding.text


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Guadeloupe", -61.5, 16.2),
        ("Guyane", -53, 4),
        ("Réunion", 55.5, -21.1),
        ("Mayotte", 45.1, -12.8),
        ("Wallis", -176.2, -13.3),
    ],
)
def test_overseas_areas_are_measured_where_they_are(
    place: str, lon: float, lat: float, draft: Draft, terms: RuleTerms
) -> None:
    exact = shapes.circle_around(
        lon, lat, 6.1
    )  # 116.6 km²: in plain degrees or Mercator it would pass or fail by the latitude
    assert is_sendable(check_draft(replace(draft, area=exact), terms))
    assert found(replace(draft, area=shapes.circle_around(lon, lat, 5.5)), terms, "area-small")


def test_narrow_areas(draft: Draft, terms: RuleTerms) -> None:
    corridor = shapes.corridor_along(LineString([(-1.2, 43.3), (0.2, 43.5)]), 3)
    assert found(replace(draft, area=corridor), terms, "area-narrow").level is Severity.ERROR
    arm = PAU.union(box(-0.3, 43.27, 0.9, 43.28))
    assert found(replace(draft, area=arm), terms, "area-arms").level is Severity.WARNING


def test_projected_coordinates_are_recognised(draft: Draft, terms: RuleTerms) -> None:
    lambert = box(420000, 6240000, 440000, 6260000)
    assert found(replace(draft, area=lambert), terms, "area-crs").level is Severity.ERROR


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (-3, 60, "window-past"),
        (5, 5, "window-short"),
        (5, 20, "window-short"),
        (20, 5, "window-short"),
        (1, 600, "window-long"),
    ],
)
def test_periods(first: int, last: int, code: str, draft: Draft, terms: RuleTerms) -> None:
    broken = replace(draft, start=TODAY + timedelta(days=first), end=TODAY + timedelta(days=last))
    finding = found(broken, terms, code)
    assert finding.level is Severity.ERROR and finding.fix is not None
    assert found(finding.fix.draft, terms, "window").level is Severity.OK


def test_a_single_day_is_refused_even_without_a_rule(draft: Draft, terms: RuleTerms) -> None:
    free = replace(terms, product=replace(terms.product, rules=TaskingRules()))
    day = TODAY + timedelta(days=3)
    assert "fixed day" in found(replace(draft, start=day, end=day), free, "window-short").text


def test_both_days_count(draft: Draft, terms: RuleTerms) -> None:
    exact = replace(draft, start=TODAY, end=TODAY + timedelta(days=29))
    assert found(exact, terms, "window").level is Severity.OK
    assert found(replace(exact, end=TODAY + timedelta(days=28)), terms, "window-short")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"max_cloud": 5}, "cloud"),
        ({"max_incidence": 45}, "incidence"),
        ({"max_incidence": None}, "incidence"),
        ({"mode": "tristereo"}, "mode"),
    ],
)
def test_sensor_limits(
    changes: dict[str, object], code: str, draft: Draft, terms: RuleTerms
) -> None:
    finding = found(replace(draft, **changes), terms, code)  # type: ignore[arg-type]
    assert finding.level is Severity.ERROR and finding.fix is not None
    assert code not in {f.code for f in check_draft(finding.fix.draft, terms)}


def test_forbidden_combinations(draft: Draft, terms: RuleTerms) -> None:
    both = replace(draft, mode="stereo", max_incidence=5)
    assert found(both, terms, "combination").text == "No stereo that near the vertical."
    assert is_sendable(check_draft(replace(both, max_incidence=20), terms))
    assert is_sendable(check_draft(replace(both, mode="mono"), terms))


def test_unknown_limits_are_not_checked(draft: Draft, terms: RuleTerms) -> None:
    free = replace(terms, product=replace(terms.product, rules=TaskingRules()))
    anything = replace(draft, area=scale(PAU, 0.01, 0.01), max_cloud=0, max_incidence=None)
    assert is_sendable(check_draft(anything, free))


def test_quota_with_what_is_left_and_the_cost_beyond(draft: Draft, terms: RuleTerms) -> None:
    size = area_km2(PAU)
    quota = Quota("pleiades", 1000, "quarter", 2.0)
    kept = found(draft, replace(terms, quota=quota, used_km2=100), "quota")
    assert kept.level is Severity.OK and format_km2(900 - size) in kept.text
    beyond = found(draft, replace(terms, quota=quota, used_km2=950), "quota")
    assert beyond.level is Severity.WARNING
    assert f"{(size - 50) * 2:.0f} €" in beyond.remedy


def test_used_quota_counts_what_was_sent_this_period(draft: Draft) -> None:
    quota = Quota("pleiades", 1000, "quarter")
    one = replace(new_request("p", draft), state="accepted")
    today = one.created.date()
    size = area_km2(PAU)
    others = [replace(one, state=s) for s in ("draft", "ready", "rejected", "cancelled")]
    old = replace(one, created=one.created - timedelta(days=120))
    assert used_km2([one, *others, old], quota, today) == pytest.approx(size)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 km²"),
        (0.05, "5.0 ha"),
        (0.42, "42 ha"),
        (1.234, "1.2 km²"),
        (12.4, "12 km²"),
        (271.3, "271 km²"),
    ],
)
def test_areas_for_people(value: float, text: str) -> None:
    assert format_km2(value) == text
