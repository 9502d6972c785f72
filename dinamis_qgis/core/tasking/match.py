"""Which order of a service a sending has made, where no answer told.

A service may show less of an order than it was given, rounded or in another form: what it does not
show neither proves nor disproves. Its clock is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import Action, ServiceError
from dinamis_qgis.core.geo import wrap_longitudes
from dinamis_qgis.core.tasking.channel import draft_window
from dinamis_qgis.core.tasking.model import FINAL, Draft, Order, Request
from dinamis_qgis.core.text import tr

CLOCK_SKEW = timedelta(minutes=10)
"""How far apart two machines of one service may be."""
_EXACT = 1e-6
"""Share of the area that may differ between two wordings of one polygon."""
_ROUNDED = timedelta(days=2)
"""A period given back in whole days, of another time zone, may differ by so much."""


class Unfinished(ServiceError):
    """It cannot be told whether the service has the request: nothing is sent again."""

    code = "unclear"
    action = Action.CONTACT_RELAY

    def __init__(self, details: str) -> None:
        super().__init__(
            tr("Whether the service has received this request cannot be told from its list."),
            tr("Nothing is sent again. Ask your relay whether the request has arrived."),
            details=details,
        )


class Match(Enum):
    """How an order stands to a sending."""

    SAME = "same"
    OTHER = "other"
    UNCLEAR = "unclear"
    """What the service shows of it neither proves nor disproves."""


def compare_order(order: Order, request: Request, offset: timedelta | None = None) -> Match:
    """Whether ``order`` is what a sending of ``request`` has made.

    ``offset`` is how much the service's clock is ahead of ours; None when nobody knows.
    """
    if order.reference:
        return Match.SAME if order.reference == request.reference else Match.OTHER
    if order.product and order.product != request.draft.product:
        return Match.OTHER
    if _was_before(order, request, offset):
        return Match.OTHER
    found = {_compare_area(order.area, request), _compare_period(order, request)}
    if Match.OTHER in found:
        return Match.OTHER
    return Match.SAME if found == {Match.SAME} and order.product else Match.UNCLEAR


def is_echoed(data: Mapping[str, Any]) -> bool:
    """Whether a service shows the parameters an order was given: ours would hold our reference."""
    facts = data.get("properties")
    given = facts.get("order_parameters") if isinstance(facts, dict) else None
    return isinstance(given, dict) and bool(given)


def nearest_order(orders: list[Order], request: Request, offset: timedelta | None) -> Order:
    """Of several that may be it, the one made nearest to the sending; without dates, the last."""
    sent = request.attempted

    def apart(order: Order) -> timedelta:
        if order.created is None or sent is None:
            return timedelta.max
        return abs(order.created - sent - (offset or timedelta(0)))

    return min(reversed(orders), key=apart)


def _was_before(order: Order, request: Request, offset: timedelta | None) -> bool:
    """Whether it was made before the first sending, on the service's own clock."""
    since = request.first_attempt
    if since is None or order.created is None or offset is None:
        return False
    return order.created < since + offset - CLOCK_SKEW


def _compare_area(area: BaseGeometry | None, request: Request) -> Match:
    if area is None or area.is_empty or request.draft.area is None:
        return Match.UNCLEAR
    ours = wrap_longitudes(request.draft.area)
    try:
        if not area.intersects(ours):
            return Match.OTHER
        apart = area.symmetric_difference(ours).area
    except (ShapelyError, ValueError):
        return Match.UNCLEAR
    return Match.SAME if apart <= _EXACT * ours.area else Match.UNCLEAR


def _compare_period(order: Order, request: Request) -> Match:
    first, last = draft_window(request.draft)
    found = Match.SAME
    for ours, theirs in ((first, order.start), (last, order.end)):
        if theirs is None:
            found = Match.UNCLEAR
        elif abs(theirs - ours) > _ROUNDED:
            return Match.OTHER
        elif abs(theirs - ours) > timedelta(seconds=1):
            found = Match.UNCLEAR
    return found


def order_overlaps(order: Order, area: BaseGeometry, draft: Draft) -> bool:
    """Whether an order is open, shares ground with ``area``, and its period days with the
    draft's.
    """
    if order.area is None or not order.area.is_valid or has_ended(order):
        return False
    if order.area.intersection(area).area <= 0:
        return False
    if draft.start is None or draft.end is None or order.start is None or order.end is None:
        return True
    first, last = draft_window(draft)
    return order.start < last and order.end > first


def has_ended(order: Order) -> bool:
    """Whether nothing more will become of an order."""
    return bool(order.statuses) and order.statuses[-1].code in FINAL
