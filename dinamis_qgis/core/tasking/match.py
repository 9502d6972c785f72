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

from dinamis_qgis.core.geo import wrap
from dinamis_qgis.core.tasking.channel import window
from dinamis_qgis.core.tasking.model import Order, Request

CLOCK_SKEW = timedelta(minutes=10)
"""How far apart two machines of one service may be."""
_EXACT = 1e-6
"""Share of the area that may differ between two wordings of one polygon."""
_ROUNDED = timedelta(days=2)
"""A period given back in whole days, of another time zone, may differ by so much."""


class Match(Enum):
    """How an order stands to a sending."""

    SAME = "same"
    OTHER = "other"
    UNCLEAR = "unclear"
    """What the service shows of it neither proves nor disproves."""


def compare(order: Order, request: Request, offset: timedelta | None = None) -> Match:
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


def nearest(orders: list[Order], request: Request, offset: timedelta | None) -> Order:
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
    ours = wrap(request.draft.area)
    try:
        if not area.intersects(ours):
            return Match.OTHER
        apart = area.symmetric_difference(ours).area
    except (ShapelyError, ValueError):
        return Match.UNCLEAR
    return Match.SAME if apart <= _EXACT * ours.area else Match.UNCLEAR


def _compare_period(order: Order, request: Request) -> Match:
    first, last = window(request.draft)
    found = Match.SAME
    for ours, theirs in ((first, order.start), (last, order.end)):
        if theirs is None:
            found = Match.UNCLEAR
        elif abs(theirs - ours) > _ROUNDED:
            return Match.OTHER
        elif abs(theirs - ours) > timedelta(seconds=1):
            found = Match.UNCLEAR
    return found
