"""When to look again, what suits a need, and shares of the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from shapely.geometry import box

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.filters import product_matches
from dinamis_qgis.core.catalogue.model import Page, Product
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import TaskingProduct, TaskingRules
from dinamis_qgis.core.service import ServiceConnection
from dinamis_qgis.core.tasking import follow
from dinamis_qgis.core.tasking.model import Draft, Request, new_request
from dinamis_qgis.core.tasking.needs import propose_settings, tasking_needs
from dinamis_qgis.core.tasking.rules.archive import Covering, sum_coverage
from dinamis_qgis.core.tasking.rules.check import RuleTerms, Severity, check_draft
from tests.unit.catalogue.stac_api import make_profile
from tests.unit.tasking.conftest import PAU, TODAY

NOW = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


def request(state: str, **more: object) -> Request:
    return replace(new_request("p", Draft()), state=state, order_id="o", changed=NOW, **more)  # type: ignore[arg-type]


def test_an_image_of_the_window_s_last_evening_is_found(
    product: TaskingProduct, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window is in days UTC, a search in days as people see them: 23:10 UTC over New Caledonia is
    the day after in France.
    """

    def taken(when: str) -> Product:
        return Product(
            "p", "c", "k", when, PAU, datetime.fromisoformat(when).replace(tzinfo=timezone.utc)
        )

    evening, late = taken("2026-06-30T23:10:00"), taken("2026-07-01T00:10:00")
    monkeypatch.setattr(
        "dinamis_qgis.core.catalogue.search.search",
        lambda profile, query, *_: [
            Page("c", tuple(p for p in (evening, late) if product_matches(p, query)), last=True)
        ],
    )
    draft = Draft(area=PAU, product=product.id, start=date(2026, 6, 1), end=date(2026, 6, 30))
    made = make_profile("https://example.org")
    profile = replace(made, tasking=replace(made.tasking, products=(product,)))
    found = follow.find_delivered(
        new_request("p", draft), ServiceConnection(profile, Http("tests"), None), Cancel()
    )
    assert found == (evening,)


@pytest.mark.parametrize(
    ("state", "useful"),
    [
        ("draft", False),
        ("ready", False),
        ("sending", False),
        ("received", True),
        ("held", True),
        ("unheard-of", True),
        ("completed", True),
    ]
    + [(s, False) for s in ("rejected", "cancelled", "user_cancelled", "failed", "expired")],
)
def test_only_what_may_change_is_asked_after(state: str, useful: bool) -> None:
    assert follow.is_useful(request(state), NOW) is useful


def test_a_delivered_product_ends_it_and_so_does_time() -> None:
    assert not follow.is_useful(request("completed", delivered=(("c", "k", "i"),)), NOW)
    assert not follow.is_useful(request("completed"), NOW + timedelta(days=61))
    assert not follow.is_useful(replace(request("sent"), order_id=""), NOW)


def test_the_looks_come_further_and_further_apart_within_bounds() -> None:
    gaps = []
    looked = NOW
    for _ in range(200):
        following = follow.next_look(request("accepted", checked=looked))
        gaps.append((following - looked).total_seconds())
        looked = following
    assert gaps[0] == follow.SHORTEST_S and gaps[-1] == follow.LONGEST_S
    assert gaps == sorted(gaps)
    assert sum(g < 3600 for g in gaps) < 100, (
        "polite: under a hundred looks before they are an hour apart"
    )


def test_a_change_brings_the_looks_near_again() -> None:
    late = request("accepted", checked=NOW + timedelta(days=3))
    fresh = replace(late, changed=late.checked)
    assert follow.next_look(fresh) < follow.next_look(late)


def test_shares_of_the_archive_are_of_the_union() -> None:
    area = box(0, 43, 2, 44)
    half, overlap = box(0, 43, 1, 44), box(0.5, 43, 1.5, 44)

    def covering(footprint: object, holding: Holding) -> Covering:
        return Covering(Product("p", "c", "k", "i", footprint), 0.5, holding)  # type: ignore[arg-type]

    found = sum_coverage(area, [covering(half, Holding.HELD), covering(overlap, Holding.MISSING)])
    assert found.share == pytest.approx(0.75) and found.licensed_share == pytest.approx(0.5)
    assert found.gap is not None and area_km2(found.gap) == pytest.approx(
        area_km2(box(1.5, 43, 2, 44))
    )
    assert sum_coverage(area, []).share == 0 and sum_coverage(area, []).gap is not None
    assert sum_coverage(area, [covering(box(-1, 42, 3, 45), Holding.OPEN)]).gap is None


@pytest.mark.parametrize("wanted", tasking_needs(), ids=lambda n: n.id)
def test_what_is_proposed_keeps_the_rules(
    wanted: object, draft: Draft, product: TaskingProduct
) -> None:
    wide = TaskingProduct(
        "spot",
        "SPOT",
        "SPOT 6/7",
        1.5,
        ("mono",),
        TaskingRules(min_window_days=60, max_window_days=80, min_cloud=15, max_incidence=12),
    )
    after = propose_settings(draft, wanted, (product, wide), TODAY)  # type: ignore[arg-type]
    chosen = product if after.product == product.id else wide
    codes = {f.code for f in check_draft(after, RuleTerms(chosen, TODAY)) if f.level is Severity.ERROR}
    assert not codes & {"cloud", "incidence", "mode", "window-short", "window-long", "window-past"}
    assert after.area == draft.area and after.title == draft.title
    assert after.product == ("pleiades" if wanted.fine else "spot")  # type: ignore[attr-defined]
