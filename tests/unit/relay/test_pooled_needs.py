"""Needs of several members that one acquisition can serve."""

from datetime import date
from itertools import permutations

import pytest
from shapely.geometry import Polygon, box

from dinamis_qgis.core import geo
from dinamis_qgis.core.relay.model import PartnerRequest
from dinamis_qgis.core.relay.pooled_needs import find_joint_needs, make_joint_request

WEST, EAST = box(0.0, 45.0, 0.2, 45.1), box(0.1, 45.0, 0.3, 45.1)


def wish(name, area, **values):
    told = {"entity_id": f"entity-{name}", "start": date(2026, 5, 1), "end": date(2026, 9, 30)}
    return PartnerRequest(name, name, area=area, **{**told, **values})


def names(needs):
    return [[r.id for r in need.origins] for need in needs]


def test_two_members_share_ground_and_days():
    one = wish("a", WEST, max_cloud=10.0, product="SPOT", theme="risk")
    two = wish("b", EAST, max_cloud=20.0, max_incidence=15.0, start=date(2026, 7, 1))
    (need,) = find_joint_needs([one, two])
    assert (need.start, need.end) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (need.max_cloud, need.max_incidence, need.product) == (10.0, 15.0, "SPOT")
    # an edge drawn in two pieces is another line on the ellipsoid, by a few hundred square metres
    assert need.km2 == pytest.approx(geo.area_km2(box(0.0, 45.0, 0.3, 45.1)), rel=1e-5)
    assert need.saved_km2 == pytest.approx(geo.area_km2(box(0.1, 45.0, 0.2, 45.1)), rel=1e-5)


@pytest.mark.parametrize(
    "values",
    [
        {"start": date(2026, 10, 1), "end": date(2026, 12, 1)},
        {"product": "Pléiades"},
        {"mode": "stereo"},
        {"entity_id": "entity-a"},
        {"entity_id": ""},
        {"state": "refused"},
        {"joint_id": "other"},
        {"source": "joint"},
        {"area": None},
        {"area": box(0.2, 45.0, 0.4, 45.1)},
        {"start": date(2026, 9, 1), "end": date(2026, 8, 1)},
    ],
)
def test_what_cannot_be_joined(values):
    one = wish("a", WEST, product="SPOT", mode="mono")
    assert find_joint_needs([one, wish("b", **{"area": EAST, **values})]) == []


def test_boxes_that_overlap_are_not_ground_that_does():
    corner = Polygon([(0.0, 45.0), (0.2, 45.0), (0.0, 45.2)])
    opposite = Polygon([(0.21, 45.2), (0.21, 45.0), (0.01, 45.2)])
    assert find_joint_needs([wish("a", corner), wish("b", opposite)]) == []


def test_a_bow_tie_is_mended_before_it_is_measured():
    crossed = Polygon([(0.0, 45.0), (0.2, 45.1), (0.2, 45.0), (0.0, 45.1)])
    (need,) = find_joint_needs([wish("a", crossed), wish("b", EAST)])
    assert need.area.is_valid and need.saved_km2 > 0


def test_three_in_a_chain_need_one_moment_for_all_in_any_order():
    early = wish("a", WEST, start=date(2026, 5, 1), end=date(2026, 6, 15))
    middle = wish("b", EAST, start=date(2026, 6, 1), end=date(2026, 8, 15))
    late = wish("c", box(0.15, 45.0, 0.4, 45.1), start=date(2026, 8, 1), end=date(2026, 9, 1))
    for order in permutations([early, middle, late]):
        assert names(find_joint_needs(order)) == [["b", "c"]]


def test_periods_left_open_suit_any():
    (need,) = find_joint_needs([wish("a", WEST, start=None, end=None), wish("b", EAST, end=None)])
    assert (need.start, need.end) == (date(2026, 5, 1), None)


def test_each_origin_says_what_it_joined_and_is_not_proposed_again():
    (need,) = find_joint_needs([wish("a", WEST, need="roofs"), wish("b", EAST, need="roofs")])
    joint, origins = make_joint_request(need, "Joint", "relais")
    assert joint.source == "joint" and joint.need == "roofs" and joint.area.equals(need.area)
    assert {r.joint_id for r in origins} == {joint.id} and {r.state for r in origins} == {"joined"}
    assert [r.area for r in origins] == [WEST, EAST]
    assert find_joint_needs([joint, *origins]) == []
