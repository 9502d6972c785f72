"""A request for a new image: plain, immutable data.

What a person asks for is a ``Draft``; a ``Request`` is what became of it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.text import tr

DRAFT, READY, SENDING, SENT, JOINED = "draft", "ready", "sending", "sent", "joined"
"""States of this side: being written; confirmed, not sent yet; on the wire, outcome unknown; handed
over; a part in another's order.
"""

RECEIVED, ACCEPTED, COMPLETED, REJECTED = "received", "accepted", "completed", "rejected"
"""States of the service that matter here (STAPI 0.1.0); any other code is kept as the service gave
it.
"""

FINAL = frozenset(
    {
        COMPLETED,
        REJECTED,
        "cancelled",
        "user_cancelled",
        "canceled",
        "user_canceled",
        "failed",
        "expired",
    }
)
"""States after which the service changes nothing; some services spell the cancelled ones the
American way.
"""

EDITABLE = frozenset({DRAFT, READY})


@dataclass(frozen=True)
class Draft:
    """What is asked for.

    ``area``: polygon or multipolygon, EPSG:4326 (lon, lat), maybe invalid while it is drawn.

    ``product`` is the id of a tasking product of the profile. ``start`` and ``end`` are days, both
    included, UTC. ``max_cloud`` in percent, ``max_incidence`` in degrees. ``need`` is an id of
    ``needs``, ``purpose`` is free text. ``max_age_days``: how old an existing image may be to serve
    instead; None leaves it to the need.
    """

    area: BaseGeometry | None = None
    product: str = ""
    start: date | None = None
    end: date | None = None
    max_cloud: float | None = None
    max_incidence: float | None = None
    mode: str = "mono"
    title: str = ""
    purpose: str = ""
    need: str = ""
    max_age_days: int | None = None


@dataclass(frozen=True)
class Status:
    """One step of a request: a state code, when (aware, UTC), and why."""

    code: str
    at: datetime
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Link:
    """A link of an order, as the service gives it.

    ``method`` where following it is no mere reading.
    """

    rel: str
    href: str
    media_type: str = ""
    title: str = ""
    method: str = ""


@dataclass(frozen=True)
class Order:
    """A request as the service knows it.

    ``reference`` is ours when the service kept it, ``statuses`` oldest first.

    ``entity`` and ``title`` only where the service shows whose order it is.
    """

    id: str
    product: str = ""
    created: datetime | None = None
    area: BaseGeometry | None = None
    start: datetime | None = None
    end: datetime | None = None
    reference: str = ""
    statuses: tuple[Status, ...] = ()
    links: tuple[Link, ...] = ()
    entity: str = ""
    title: str = ""


@dataclass(frozen=True)
class Request:
    """A draft and its life.

    ``reference`` is the client's own identity for it, made once, sent along where possible.

    ``account`` and ``entity`` are of the person who confirmed it, and sends it; empty when nobody
    was signed in. ``attempted`` is when the last sending began. ``delivered`` are (catalogue,
    collection, item) of the products made for it. ``unread`` until the person has seen its news.
    ``queued``: confirmed, to leave by itself once it can. ``joined``: the order is another's.
    ``remind``: the day to ask for news.
    """

    reference: str
    profile: str
    draft: Draft
    state: str = DRAFT
    created: datetime = field(default_factory=lambda: now_utc())
    changed: datetime = field(default_factory=lambda: now_utc())
    order_id: str = ""
    account: str = ""
    entity: str = ""
    attempted: datetime | None = None
    history: tuple[Status, ...] = ()
    links: tuple[Link, ...] = ()
    delivered: tuple[tuple[str, str, str], ...] = ()
    checked: datetime | None = None
    unread: bool = False
    queued: bool = False
    joined: bool = False
    remind: date | None = None
    known: frozenset[str] | None = None
    """Orders that were there before it was first sent; None where nobody could tell."""

    @property
    def reason(self) -> str:
        """Why it is in its state, as the service said it."""
        return self.history[-1].reason if self.history else ""

    @property
    def first_attempt(self) -> datetime | None:
        """When it was first put on the wire."""
        return next((s.at for s in self.history if s.code == SENDING), self.attempted)

    @property
    def is_open(self) -> bool:
        """True while the service may still change it."""
        return self.state not in FINAL and self.state not in EDITABLE

    @property
    def label(self) -> str:
        """Its title, or that it has none."""
        return self.draft.title.strip() or tr("Request without a title")


def new_request(profile: str, draft: Draft) -> Request:
    """A fresh request in state ``draft`` with a reference of its own."""
    return Request(reference=str(uuid.uuid4()), profile=profile, draft=draft)


def duplicate_request(request: Request) -> Request:
    """A new draft asking for the same; nothing of the first one's life is kept."""
    return new_request(request.profile, replace(request.draft))


def now_utc() -> datetime:
    """This moment, aware, UTC."""
    return datetime.now(timezone.utc)


def state_text(code: str) -> str:
    """What a state is called; the code itself when it is not known."""
    names = {
        DRAFT: tr("Draft"),
        READY: tr("Ready to send"),
        SENDING: tr("Being sent"),
        SENT: tr("Sent"),
        JOINED: tr("Joined"),
        RECEIVED: tr("Received"),
        ACCEPTED: tr("Accepted"),
        REJECTED: tr("Refused"),
        COMPLETED: tr("Delivered"),
        "scheduled": tr("Scheduled"),
        "held": tr("On hold"),
        "processing": tr("In production"),
        "reserved": tr("Reserved"),
        "tasked": tr("Given to the satellite"),
        "cancelled": tr("Cancelled by the service"),
        "canceled": tr("Cancelled by the service"),
        "user_cancelled": tr("Cancelled at your request"),
        "user_canceled": tr("Cancelled at your request"),
        "failed": tr("Failed"),
        "expired": tr("Expired"),
    }
    return names.get(code, code)
