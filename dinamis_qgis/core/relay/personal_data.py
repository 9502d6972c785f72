"""Personal data of the register: what is kept on one person, and making it anonymous in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from dinamis_qgis.core.relay.model import DECLINED, REMOVED, Entity, Person
from dinamis_qgis.core.relay.register.register import RelayRegister

_CONTACTS = ("representative", "referent")


def collect_person(register: RelayRegister, mark: str) -> dict[str, Any]:
    """Everything the register keeps on who has this user name or e-mail, as plain JSON values."""
    wanted = mark.strip().casefold()
    people = [p for p in register.people() if wanted in (p.username.casefold(), p.email.casefold())]
    ids = {p.id for p in people}
    contacts = [
        {
            "entity": entity.name,
            "as": role,
            "name": getattr(entity, role),
            "function": getattr(entity, f"{role}_function"),
            "email": getattr(entity, f"{role}_email"),
        }
        for entity in register.entities()
        for role in _CONTACTS
        if wanted and getattr(entity, f"{role}_email").casefold() == wanted
    ]
    actions = [asdict(a) for a in register.actions() if a.account_id in ids]
    return {
        "person": mark,
        "accounts": [_plain_values(asdict(p)) for p in people],
        "decisions": [_plain_values(a) for a in actions],
        "contact_of": contacts,
    }


def anonymise_old(register: RelayRegister, before: datetime) -> int:
    """Take the names out of accounts removed or refused before a moment; how many.

    The account stays as a count, under a name that tells nothing.
    """
    old = [
        person
        for person in register.people()
        if person.state in (REMOVED, DECLINED)
        and (person.state_since or person.changed or before) < before
        and not person.username.startswith("anonyme-")
    ]
    return register.save_people((person, make_anonymous(person)) for person in old)


def make_anonymous(person: Person) -> Person:
    """An account without its person."""
    return replace(
        person,
        username=f"anonyme-{person.id[:12]}",
        name="",
        function="",
        email="",
        reason="",
        remark="",
        last_sign_in=None,
        service_id="",
        etag="",
    )


def without_contacts(entities: Iterable[Entity]) -> list[Entity]:
    """Members as they may leave the register: no person in them."""
    empty = {f"{role}{part}": "" for role in _CONTACTS for part in ("", "_function", "_email")}
    return [replace(entity, **empty) for entity in entities]  # type: ignore[arg-type]


def _plain_values(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, (date, datetime))
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }
