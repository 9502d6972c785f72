"""Where a service has no API for accounts: a table and a mail in its words, carried by a person;
states are kept by hand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.relay.channel import AccountChannel, Held
from dinamis_qgis.core.relay.model import Person
from dinamis_qgis.core.relay.register.tables import AccountAction
from dinamis_qgis.core.spreadsheet import escape_formula
from dinamis_qgis.core.text import tr


class AccountDossier(AccountChannel):
    """Nothing leaves by itself: what is done here is a person's word that it was sent."""

    automatic = False

    def people(self, cancel: Cancel | None = None) -> Iterator[Held]:
        return iter(())

    def find(self, person: Person, cancel: Cancel | None = None) -> Held | None:
        return None

    def create(
        self,
        person: Person,
        entity_id: str,
        values: Mapping[str, Any],
        cancel: Cancel | None = None,
    ) -> Held:
        return Held("", "", person.id, values)

    def update(self, held: Held, values: Mapping[str, Any], cancel: Cancel | None = None) -> Held:
        return Held(held.service_id, "", held.external_id, values)

    def remove(self, held: Held, cancel: Cancel | None = None) -> None:
        return None


def make(profile: Profile, http: Http, credentials: Credentials | None) -> AccountDossier:
    """The channel of a profile; nothing goes over the network."""
    return AccountDossier()


def decisions_csv(actions: Sequence[tuple[AccountAction, Person, str]]) -> str:
    """The decisions as CSV for a spreadsheet (semicolons, with a byte order mark).

    ``actions`` are (decision, account, name of its entity).
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            tr("Action"), tr("User name"), tr("Name"), tr("Function"), tr("E-mail"), tr("Entity"),
            tr("Licences"), tr("Until"), tr("Reason"),
        ]
    )  # fmt: skip
    for action, person, entity in actions:
        until = person.expires.isoformat() if person.expires else ""
        row = [
            action_text(action.action), person.username, person.name, person.function,
            person.email, entity, ", ".join(person.licences), until, action.reason,
        ]  # fmt: skip
        writer.writerow([escape_formula(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def decisions_mail(actions: Sequence[tuple[AccountAction, Person, str]], address: str) -> str:
    """A ``mailto:`` that opens a ready message; the table is attached by the person."""
    subject = tr("DINAMIS accounts: %n request(s)", n=len(actions))
    lines = [tr("Good morning,"), "", tr("Please carry out what the attached table asks for:"), ""]
    for action, person, entity in actions[:15]:
        lines.append(f"- {action_text(action.action)}: {person.username} ({entity})")
    if len(actions) > 15:
        lines.append(tr("… and %n more, in the table.", n=len(actions) - 15))
    body = "\r\n".join(lines)
    return f"mailto:{quote(address)}?subject={quote(subject)}&body={quote(body)}"


def action_text(action: str) -> str:
    """What is done to an account, as people read it."""
    return {
        "create": tr("Create the account"),
        "validate": tr("Validate the account"),
        "refuse": tr("Refuse the account"),
        "suspend": tr("Suspend the account"),
        "reactivate": tr("Reactivate the account"),
        "renew": tr("Renew the account"),
        "move": tr("Move the account to another entity"),
        "licences": tr("Change the licences"),
        "remove": tr("Remove the account"),
    }.get(action, action)
