"""What a relay keeps: member entities, the steps of their adhesion, accounts, activity and the
requests it received. Plain, immutable data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from uuid import uuid4

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.text import tr

DRAFT = "draft"
SENT = "agreement-sent"
SIGNED = "agreement-signed"
CHECKED = "eligibility-checked"
ENTERED = "entity-entered"
WAITING = "waiting-for-board"
ACCEPTED = "accepted"
REFUSED = "refused"
SUSPENDED = "suspended"
STEP_ORDER = (DRAFT, SENT, SIGNED, CHECKED, ENTERED, WAITING, ACCEPTED)
"""The steps of an adhesion in their order; refused and suspended are beside it."""
STATES = (*STEP_ORDER, REFUSED, SUSPENDED)

ELIGIBLE = "eligible"
TO_CHECK = "to-check"

PENDING = "pending"
ACTIVE = "active"
STOPPED = "suspended"
DECLINED = "declined"
REMOVED = "removed"
ACCOUNT_STATES = (PENDING, ACTIVE, STOPPED, DECLINED, REMOVED)


@dataclass(frozen=True)
class Entity:
    """A member organisation, or one that wants to be.

    ``territory`` is a polygon in EPSG:4326; ``quota_km2`` what it may ask for in a year. The
    representative and the referent are persons: name, function, professional e-mail, nothing else.
    ``version`` counts the changes; ``service_id`` is the entity's name at the service.
    """

    id: str
    name: str
    version: int = 0
    siren: str = ""
    siret: str = ""
    legal_code: str = ""
    legal_form: str = ""
    address: str = ""
    postcode: str = ""
    commune: str = ""
    commune_code: str = ""
    territory_code: str = ""
    group: str = ""
    state: str = DRAFT
    state_since: datetime | None = None
    eligibility: str = ""
    eligibility_reason: str = ""
    agreement: str = ""
    representative: str = ""
    representative_function: str = ""
    representative_email: str = ""
    referent: str = ""
    referent_function: str = ""
    referent_email: str = ""
    quota_km2: float | None = None
    remark: str = ""
    service_id: str = ""
    created: datetime | None = None
    changed: datetime | None = None
    changed_by: str = ""
    territory: BaseGeometry | None = None


@dataclass(frozen=True)
class AdhesionStep:
    """A step of an adhesion: what, when, who, why, and the file it rests on.

    Undone steps stay, with who undid them, when and why. ``skipped`` tells that steps before it
    were passed over on purpose.
    """

    id: str
    entity_id: str
    state: str
    at: datetime
    by: str = ""
    reason: str = ""
    file_name: str = ""
    file_sha256: str = ""
    skipped: bool = False
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_reason: str = ""


@dataclass(frozen=True)
class Person:
    """An account of the service as the relay moderates it.

    ``reason`` is for the person, ``remark`` for the relay only. ``service_id`` and ``etag`` are the
    service's; both are empty while the service does not have the account.
    """

    id: str
    username: str
    version: int = 0
    entity_id: str = ""
    name: str = ""
    function: str = ""
    email: str = ""
    state: str = PENDING
    state_since: datetime | None = None
    reason: str = ""
    remark: str = ""
    licences: tuple[str, ...] = ()
    expires: date | None = None
    last_sign_in: datetime | None = None
    service_id: str = ""
    etag: str = ""
    created: datetime | None = None
    changed: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True)
class Activity:
    """What the people of an entity did in one month (``2026-11``): counts, never who.

    None is what is not known. ``source`` is ``service``, ``requests`` or ``file``.
    """

    entity_id: str
    month: str
    source: str
    downloads: int | None = None
    km2: float | None = None
    requests_open: int | None = None
    requests_done: int | None = None
    requests_refused: int | None = None
    people: int | None = None
    last_sign_in: datetime | None = None
    quota_km2: float | None = None
    used_km2: float | None = None


@dataclass(frozen=True)
class PartnerRequest:
    """A need that a member told the relay; ``joint_id`` is the request it was joined to.

    ``origin`` is its reference where it comes from, so that receiving it twice changes nothing.
    """

    id: str
    title: str
    version: int = 0
    entity_id: str = ""
    origin: str = ""
    source: str = ""
    product: str = ""
    mode: str = ""
    start: date | None = None
    end: date | None = None
    max_cloud: float | None = None
    max_incidence: float | None = None
    need: str = ""
    theme: str = ""
    state: str = "received"
    joint_id: str = ""
    received: datetime | None = None
    changed: datetime | None = None
    changed_by: str = ""
    area: BaseGeometry | None = None


def now_utc() -> datetime:
    """This moment, UTC, to the millisecond: what the register can keep."""
    moment = datetime.now(timezone.utc)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_id() -> str:
    """An identifier that nothing else has."""
    return uuid4().hex


def state_text(state: str) -> str:
    """The state of an adhesion as people read it."""
    return {
        DRAFT: tr("Being prepared"),
        SENT: tr("Agreement sent"),
        SIGNED: tr("Agreement signed"),
        CHECKED: tr("Eligibility checked"),
        ENTERED: tr("Entity entered"),
        WAITING: tr("Waiting for the BE"),
        ACCEPTED: tr("Accepted"),
        REFUSED: tr("Refused"),
        SUSPENDED: tr("Adhesion suspended"),
    }.get(state, state)


def account_state_text(state: str) -> str:
    """The state of an account as people read it."""
    return {
        PENDING: tr("To be moderated"),
        ACTIVE: tr("Active"),
        STOPPED: tr("Suspended"),
        DECLINED: tr("Account refused"),
        REMOVED: tr("Removed"),
    }.get(state, state)


def eligibility_text(eligibility: str) -> str:
    """The eligibility as people read it: never a refusal, which is for DINAMIS alone to say."""
    return {ELIGIBLE: tr("Eligible"), TO_CHECK: tr("To be checked")}.get(eligibility, "–")
