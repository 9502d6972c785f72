"""Needs of several members that one acquisition can serve: who wants what, where, when.

Requests are joined where their areas share ground, one moment suits all of them, and none asks for
another product or mode than the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core import geo
from dinamis_qgis.core.relay.model import PartnerRequest, new_id, now_utc

RECEIVED = "received"
JOINED = "joined"
JOINT = "joint"
LEAST_SHARED_KM2 = 0.01
"""Areas that share less only touch: what two drawings of one border may differ by."""


@dataclass(frozen=True)
class JointNeed:
    """Requests that one acquisition can serve, and what it would be.

    ``start`` and ``end`` are the days that suit all, None where nobody set one; ``max_cloud`` (%)
    and ``max_incidence`` (degrees) the strictest told. ``area`` is in EPSG:4326; ``asked_km2`` is
    the sum of what each asks for, ``km2`` what the joint request covers.
    """

    origins: tuple[PartnerRequest, ...]
    area: BaseGeometry
    product: str
    mode: str
    start: date | None
    end: date | None
    max_cloud: float | None
    max_incidence: float | None
    asked_km2: float
    km2: float

    @property
    def saved_km2(self) -> float:
        """What need not be acquired, nor counted in a quota, twice."""
        return max(0.0, self.asked_km2 - self.km2)


def find_joint_needs(requests: Iterable[PartnerRequest]) -> list[JointNeed]:
    """Requests of two members or more that can be joined, what saves most first.

    Only requests that are received and not joined yet; a request is in one proposal at most. The
    two requests that share most ground are joined first: the order of reception changes nothing.
    """
    groups = [[r] for r in sorted(requests, key=lambda r: r.id) if _can_be_joined(r)]
    areas = [_area_of(group[0]) for group in groups]
    shared = {
        (one, other): km2
        for one, other in combinations(range(len(groups)), 2)
        if (km2 := _shared_km2(areas[one], areas[other])) >= LEAST_SHARED_KM2
    }
    place = list(range(len(groups)))  # the group each request is in now
    for one, other in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        into, gone = place[one], place[other]
        if into != gone and suits_all([*groups[into], *groups[gone]]):
            groups[into] += groups[gone]
            groups[gone] = []
            place = [into if at == gone else at for at in place]
    found = [propose_joint_need(g) for g in groups if len({r.entity_id for r in g}) > 1]
    return sorted(found, key=lambda need: (-need.saved_km2, need.origins[0].id))


def suits_all(requests: Sequence[PartnerRequest]) -> bool:
    """Whether one product, one mode and one moment suit all; what is not told suits any."""
    if len({r.product for r in requests if r.product}) > 1:
        return False
    if len({r.mode for r in requests if r.mode}) > 1:
        return False
    start, end = _common_period(requests)
    return start is None or end is None or start <= end


def propose_joint_need(requests: Sequence[PartnerRequest]) -> JointNeed:
    """What serves all of ``requests``, which suit each other and each have an area."""
    areas = [_area_of(r) for r in requests]
    area = unary_union([a for a in areas if a is not None])
    start, end = _common_period(requests)
    return JointNeed(
        tuple(sorted(requests, key=lambda r: r.id)),
        area,
        next((r.product for r in requests if r.product), ""),
        next((r.mode for r in requests if r.mode), ""),
        start,
        end,
        min((r.max_cloud for r in requests if r.max_cloud is not None), default=None),
        min((r.max_incidence for r in requests if r.max_incidence is not None), default=None),
        sum(geo.area_km2(a) for a in areas if a is not None),
        geo.area_km2(area),
    )


def make_joint_request(
    need: JointNeed, title: str, by: str
) -> tuple[PartnerRequest, list[PartnerRequest]]:
    """The joint request to be kept, and its origins as they become: each says what it joined."""
    moment = now_utc()
    joint_id = new_id()
    joint = PartnerRequest(
        joint_id,
        title,
        origin=joint_id,
        source=JOINT,
        product=need.product,
        mode=need.mode,
        start=need.start,
        end=need.end,
        max_cloud=need.max_cloud,
        max_incidence=need.max_incidence,
        need="\n".join(dict.fromkeys(r.need for r in need.origins if r.need)),
        theme=", ".join(dict.fromkeys(r.theme for r in need.origins if r.theme)),
        received=moment,
        changed=moment,
        changed_by=by,
        area=need.area,
    )
    joined = [
        replace(r, state=JOINED, joint_id=joint_id, changed=moment, changed_by=by)
        for r in need.origins
    ]
    return joint, joined


def _can_be_joined(request: PartnerRequest) -> bool:
    waits = request.state == RECEIVED and not request.joint_id and request.source != JOINT
    return waits and bool(request.entity_id) and suits_all([request]) and bool(_area_of(request))


def _area_of(request: PartnerRequest) -> BaseGeometry | None:
    """The area of a request, mended, None where it has no ground."""
    area = geo.as_area(request.area)
    return None if area is None else geo.repair_area(area)


def _shared_km2(one: BaseGeometry | None, other: BaseGeometry | None) -> float:
    if one is None or other is None or not one.intersects(other):
        return 0.0
    ground = geo.as_area(one.intersection(other))
    return 0.0 if ground is None else geo.area_km2(ground)


def _common_period(requests: Sequence[PartnerRequest]) -> tuple[date | None, date | None]:
    """The latest start and the earliest end: periods that meet two by two have days in common."""
    start = max((r.start for r in requests if r.start is not None), default=None)
    return start, min((r.end for r in requests if r.end is not None), default=None)
