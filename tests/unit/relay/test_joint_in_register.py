"""A joint request and its origins in the register: all of it or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import box

from dinamis_qgis.core.relay.model import PartnerRequest, new_id
from dinamis_qgis.core.relay.pooled_needs import find_joint_needs, make_joint_request
from dinamis_qgis.core.relay.register.register import ChangedElsewhere


@pytest.fixture
def received(register):
    for entity, west in zip(register.entities(), (0.0, 0.1)):
        wish = PartnerRequest(
            new_id(),
            entity.name,
            entity_id=entity.id,
            origin=f"order-{entity.service_id}",
            source="service",
            start=date(2026, 5, 1),
            area=box(west, 45.0, west + 0.2, 45.1),
        )
        register.add_requests([wish])
    return register.requests()


def prepare(received):
    (need,) = find_joint_needs(received)
    joint, joined = make_joint_request(need, "Joint", "relais")
    return joint, list(zip(need.origins, joined))


def test_each_origin_stays_and_says_what_it_joined(register, received):
    joint, pairs = prepare(received)
    register.save_joint_request(joint, pairs)
    kept = {r.id: r for r in register.requests()}
    assert kept[joint.id].source == "joint" and kept[joint.id].area.is_valid
    for before in received:
        after = kept[before.id]
        assert (after.state, after.joint_id, after.version) == (
            "joined",
            joint.id,
            before.version + 1,
        )
        assert after.area.equals(before.area) and after.origin == before.origin
    assert find_joint_needs(kept.values()) == []


@pytest.mark.parametrize("change", [{"state": "refused"}, {"title": "Other"}])
def test_an_origin_changed_meanwhile_leaves_everything_as_it_was(register, received, change):
    joint, pairs = prepare(received)
    last = pairs[-1][0]
    register.save_request(last, replace(last, **change))
    before = register.requests()
    with pytest.raises(ChangedElsewhere):
        register.save_joint_request(joint, pairs)
    assert register.requests() == before


def test_two_who_join_the_same_make_one(register, received):
    first, second = prepare(received), prepare(received)
    register.save_joint_request(*first)
    with pytest.raises(ChangedElsewhere):
        register.save_joint_request(*second)
    assert [r.id for r in register.requests() if r.source == "joint"] == [first[0].id]
