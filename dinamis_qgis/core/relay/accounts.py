"""What a relay decides on accounts: planned in the register first, then carried out, each exactly
once.

A decision is ``sending`` before anything is on the wire. When its outcome is unknown (killed, cut,
an error of the service's own) it stays so, and the service is asked what it has before anything is
sent again. An account that somebody else has changed meanwhile is left as it is, and told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    InvalidInput,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.relay.channel import AccountChannel, Held
from dinamis_qgis.core.relay.model import (
    ACTIVE,
    DECLINED,
    PENDING,
    REMOVED,
    STOPPED,
    Person,
    account_state_text,
    new_id,
    now_utc,
)
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.relay.register.tables import AccountAction
from dinamis_qgis.core.text import tr

PLANNED, SENDING, DONE, FAILED = "planned", "sending", "done", "failed"
ACTIONS = (
    "create", "validate", "refuse", "suspend", "reactivate", "renew", "move", "licences", "remove",
)  # fmt: skip
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    PENDING: ("validate", "refuse", "move", "licences", "remove"),
    ACTIVE: ("suspend", "renew", "move", "licences", "remove"),
    STOPPED: ("reactivate", "renew", "move", "licences", "remove"),
    DECLINED: ("validate", "remove"),
    REMOVED: (),
}
_STATES = {"validate": ACTIVE, "refuse": DECLINED, "suspend": STOPPED, "reactivate": ACTIVE}
NEEDS_REASON = frozenset({"refuse", "suspend"})
_NOT_TAKEN = frozenset({"dns", "down"})
_TRIES = 3
ABANDONED = timedelta(minutes=2)
"""After so long somebody else's attempt is taken to have been interrupted."""


@dataclass(frozen=True)
class Decision:
    """What is to be done: ``reason`` is told to the person, ``remark`` is for the relay.

    ``values``: ``licences`` (list), ``entity_id`` (of the register), ``expires`` (a day).
    """

    action: str
    reason: str = ""
    remark: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def allowed_actions(person: Person) -> tuple[str, ...]:
    """What can be decided on an account as it is."""
    return _ALLOWED.get(person.state, ())


def plan_actions(
    register: RelayRegister, people: Sequence[Person], decision: Decision
) -> list[AccountAction]:
    """Keep a decision on each of ``people``; nothing is sent yet.

    Raises InvalidInput when it does not fit one of them, or a reason is missing: then none is kept.
    """
    if decision.action not in ACTIONS:
        raise InvalidInput(tr("There is no such action."), details=decision.action)
    if decision.action in NEEDS_REASON and not decision.reason.strip():
        raise InvalidInput(tr("Say why: the person reads it."), code="reason")
    busy = {a.account_id for a in register.actions(PLANNED, SENDING)}
    batch, moment, found = new_id(), now_utc(), []
    for person in people:
        if decision.action != "create" and decision.action not in allowed_actions(person):
            raise InvalidInput(
                tr("{name}: this cannot be done to an account in the state “{state}”.").format(
                    name=person.username, state=account_state_text(person.state)
                ),
                code="state",
            )
        if person.id in busy:
            raise InvalidInput(
                tr("{name}: an earlier decision has not been carried out yet.").format(
                    name=person.username
                ),
                tr("Carry it out or give it up first."),
                code="busy-account",
            )
        found.append(
            AccountAction(
                new_id(), person.id, decision.action, PLANNED, moment, register.who, batch,
                decision.reason.strip(), decision.remark.strip(),
                json.dumps(_plain_values(dict(decision.values)), ensure_ascii=False),
            )
        )  # fmt: skip
    register.add_actions(found)
    return found


def _plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        n: v.isoformat() if isinstance(v, date) else list(v) if isinstance(v, tuple) else v
        for n, v in values.items()
    }


def carry_out_all(
    register: RelayRegister,
    channel: AccountChannel,
    actions: Iterable[AccountAction],
    tell: Callable[[AccountAction], None] = lambda _: None,
    cancel: Cancel | None = None,
) -> list[AccountAction]:
    """Carry decisions out one after the other; ``tell`` hears of each.

    One that fails does not keep the others; a service that is gone, a sign-in that is over or a
    right that was taken away ends the batch: what is left stays planned. Raises DinamisError then.
    """
    found = []
    for action in actions:
        (cancel or Cancel()).check()
        ended = carry_out(register, channel, action, cancel)
        if ended is not None:
            found.append(ended)
            tell(ended)
    return found


def carry_out(
    register: RelayRegister,
    channel: AccountChannel,
    action: AccountAction,
    cancel: Cancel | None = None,
) -> AccountAction | None:
    """Carry one decision out, or settle one that was interrupted.

    ``done`` or ``failed`` with the reason in ``error``; None when somebody else is at it. Raises
    what ends a batch (see ``carry_out_all``): the decision is then planned again when the service
    surely has not got it, else it stays ``sending``.
    """
    settling = action.state == SENDING
    if action.state not in (PLANNED, SENDING):
        return None
    taken = register.turn_action(action, state=SENDING, attempted=now_utc(), error="")
    if taken is None:
        return None
    try:
        person = register.person(action.account_id)
        held = _apply_action(register, channel, taken, person, settling, cancel)
    except (AuthError, Cancelled, NetworkError) as error:
        sure = isinstance(error, AuthError) or error.code in _NOT_TAKEN
        _leave_action(register, taken, error, PLANNED if sure and not settling else SENDING)
        raise
    except ServiceError as error:
        if error.code == "forbidden" or error.status == 429:
            _leave_action(register, taken, error, SENDING if settling else PLANNED)
            raise
        if not 400 <= (error.status or 0) < 500 or error.status == 408:  # nobody knows
            _leave_action(register, taken, error, SENDING)
            raise
        return _end_action(register, taken, FAILED, error.sentence())
    except InvalidInput as error:
        return _end_action(register, taken, FAILED, error.sentence())
    _note_account(register, taken, person, held)
    return _end_action(register, taken, DONE, "")


def give_up(register: RelayRegister, action: AccountAction) -> AccountAction | None:
    """Forget a decision that was never sent; it stays in the register as given up."""
    if action.state != PLANNED:
        raise InvalidInput(tr("This may already have reached the service: settle it first."))
    return register.turn_action(action, state=FAILED, ended=now_utc(), error=tr("Given up."))


def interrupted_actions(actions: Iterable[AccountAction], moment: datetime) -> list[AccountAction]:
    """The decisions whose outcome is unknown and that nobody is at any more."""
    return [
        a
        for a in actions
        if a.state == SENDING and (a.attempted is None or moment - a.attempted > ABANDONED)
    ]


def _apply_action(
    register: RelayRegister,
    channel: AccountChannel,
    action: AccountAction,
    person: Person,
    settling: bool,
    cancel: Cancel | None,
) -> Held | None:
    """Do it at the service; what it has then, None when it has no such account any more."""
    wanted = wanted_values(register, action)
    if action.action == "create":
        known = channel.find(person, cancel) if settling or person.service_id else None
        if known is not None:
            return known
        entity = register.entity(person.entity_id) if person.entity_id else None
        return channel.create(person, entity.service_id if entity else "", wanted, cancel)
    if not channel.automatic:
        return Held(person.service_id, "", person.id, wanted)
    for attempt in range(_TRIES):
        held = channel.find(person, cancel)
        if held is None:
            if action.action == "remove":
                return None
            raise ServiceError(
                tr("The service no longer has the account “{name}”.").format(name=person.username),
                code="missing",
                status=404,
            )
        try:
            return _send_action(channel, action, person, held, wanted, cancel)
        except ServiceError as error:
            if error.status != 412 or attempt == _TRIES - 1:
                raise
    return None


def _send_action(
    channel: AccountChannel,
    action: AccountAction,
    person: Person,
    held: Held,
    wanted: Mapping[str, Any],
    cancel: Cancel | None,
) -> Held | None:
    if action.action == "remove":
        channel.remove(held, cancel)
        return None
    unkept = [n for n in wanted if n not in held.values and n != "reason"]
    if unkept:
        raise InvalidInput(
            tr("This service does not keep what would be changed: {names}.").format(
                names=", ".join(unkept)
            ),
            tr("Write to DINAMIS."),
            code="not-kept",
        )
    missing = {n: v for n, v in wanted.items() if n in held.values and held.values[n] != v}
    if not missing:
        return held  # already so: an earlier attempt got through
    if held.values["state"] not in (person.state, wanted.get("state", person.state)):
        raise ServiceError(
            tr("The account was changed elsewhere: it is “{theirs}” there, “{ours}” here.").format(
                theirs=account_state_text(held.values["state"]),
                ours=account_state_text(person.state),
            ),
            tr("Bring the list up to date, then decide again."),
            code="changed-elsewhere",
            status=409,
        )
    return channel.update(held, missing, cancel)


def wanted_values(register: RelayRegister, action: AccountAction) -> dict[str, Any]:
    """What a decision makes of an account, in the service's terms.

    Raises InvalidInput when the entity it names is not known to the service.
    """
    values = json.loads(action.values or "{}")
    found: dict[str, Any] = {}
    if action.action == "create":
        found["state"] = PENDING if values.get("pending") else ACTIVE
    if action.action in _STATES:
        found["state"], found["reason"] = _STATES[action.action], action.reason
    if "licences" in values:
        found["licences"] = tuple(values["licences"])
    if values.get("expires"):
        found["expires"] = date.fromisoformat(values["expires"])
    if action.action == "move":
        found["entity"] = register.entity(values.get("entity_id", "")).service_id
    return found


def _note_account(
    register: RelayRegister, action: AccountAction, person: Person, held: Held | None
) -> None:
    """The account in the register, as the decision has left it."""
    current = register.person(person.id)
    values = json.loads(action.values or "{}")
    if held is None:
        after = replace(current, state=REMOVED, state_since=now_utc(), reason=action.reason)
    else:
        wanted = wanted_values(register, action)
        state = wanted.get("state", current.state)
        after = replace(
            current,
            state=state,
            state_since=now_utc() if state != current.state else current.state_since,
            reason=wanted.get("reason", current.reason),
            remark=action.remark or current.remark,
            licences=wanted.get("licences", current.licences),
            expires=wanted.get("expires", current.expires),
            entity_id=values.get("entity_id", current.entity_id)
            if action.action == "move"
            else current.entity_id,
            service_id=held.service_id or current.service_id,
            etag=held.etag,
        )
    register.save_person(current, after)


def _leave_action(
    register: RelayRegister, action: AccountAction, error: DinamisError, state: str
) -> None:
    register.turn_action(action, state=state, error=error.sentence())


def _end_action(
    register: RelayRegister, action: AccountAction, state: str, error: str
) -> AccountAction | None:
    return register.turn_action(action, state=state, ended=now_utc(), error=error)


def bring_up_to_date(register: RelayRegister, held: Iterable[Held]) -> tuple[int, int]:
    """Take over what the service says of its accounts: (new, changed).

    Decisions not carried out yet are left alone; an account the service no longer shows is too.
    """
    by_service = {e.service_id: e.id for e in register.entities() if e.service_id}
    people = register.people()
    known = {k: p for p in people for k in _account_keys(p)}
    busy = {a.account_id for a in register.actions(PLANNED, SENDING)}
    fresh: list[Person] = []
    pairs: list[tuple[Person, Person]] = []
    for account in held:
        before = next((known[k] for k in _held_keys(account) if k in known), None)
        after = _taken_over(account, before, by_service)
        if before is None:
            fresh.append(after)
        elif before.id not in busy and after != before:
            pairs.append((before, after))
    register.add_people(fresh)
    return len(fresh), register.save_people(pairs)


def _account_keys(person: Person) -> Iterator[str]:
    if person.service_id:
        yield f"service {person.service_id}"
    yield f"id {person.id}"
    yield f"name {person.username.casefold()}"


def _held_keys(held: Held) -> tuple[str, ...]:
    name = str(held.values["username"]).casefold()
    return f"service {held.service_id}", f"id {held.external_id}", f"name {name}"


def _taken_over(held: Held, before: Person | None, entities: Mapping[str, str]) -> Person:
    values = held.values
    person = before or Person(new_id(), str(values["username"]))
    state = str(values["state"])
    entity = entities.get(str(values.get("entity", "")), person.entity_id)
    return replace(
        person,
        username=str(values["username"]),
        entity_id=entity,
        name=values.get("name") or person.name,
        function=values.get("function") or person.function,
        email=values.get("email") or person.email,
        state=state if state in _ALLOWED else person.state,
        state_since=person.state_since if before and state == before.state else now_utc(),
        reason=values.get("reason", person.reason),
        licences=values["licences"],
        expires=values.get("expires", person.expires),
        last_sign_in=_to_millisecond(held.last_sign_in) or person.last_sign_in,
        service_id=held.service_id,
        etag=held.etag,
    )


def _to_millisecond(moment: datetime | None) -> datetime | None:
    """What the register can keep."""
    return moment and moment.replace(microsecond=moment.microsecond // 1000 * 1000)
