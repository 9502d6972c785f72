"""Personal data in the register: exported for one person, anonymous in time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from dinamis_qgis.core.relay.accounts import Decision, plan_actions
from dinamis_qgis.core.relay.model import DECLINED, REMOVED, Entity, Person, new_id, now_utc
from dinamis_qgis.core.relay.personal_data import anonymise_old, collect_person, without_contacts
from dinamis_qgis.core.relay.register.register import RelayRegister


def test_all_that_is_kept_on_one_person(register: RelayRegister, person: Person) -> None:
    entity = replace(
        Entity(new_id(), "Ville"), referent="Agent", referent_email="Pompier@example.invalid"
    )
    register.add_entities([entity])
    register.add_people([Person(new_id(), "autre", email="autre@example.invalid")])
    plan_actions(register, [person], Decision("create"))
    found = collect_person(register, "pompier@example.invalid")
    text = json.dumps(found)
    assert "Cartographe" in text and "autre" not in text
    assert len(found["accounts"]) == len(found["decisions"]) == 1
    assert found["contact_of"][0]["entity"] == "Ville"
    assert collect_person(register, "POMPIER")["accounts"] == found["accounts"]
    nobody = collect_person(register, "")
    assert not nobody["accounts"] or nobody["accounts"][0]["email"] == ""
    assert not nobody["contact_of"]


def test_old_accounts_lose_their_person_and_stay_a_count(register: RelayRegister) -> None:
    long_ago, lately = now_utc() - timedelta(days=800), now_utc() - timedelta(days=10)
    register.add_people(
        [
            Person(new_id(), "parti", email="a@b.c", name="A", state=REMOVED, state_since=long_ago),
            Person(new_id(), "refus", email="r@b.c", name="R", state=DECLINED, state_since=lately),
            Person(
                new_id(), "actif", email="x@b.c", name="X", state="active", state_since=long_ago
            ),
        ]
    )
    limit = now_utc() - timedelta(days=730)
    assert anonymise_old(register, limit) == 1 and anonymise_old(register, limit) == 0
    people = {p.username: p for p in register.people()}
    assert set(people) >= {"refus", "actif"} and "parti" not in people
    gone = next(p for name, p in people.items() if name.startswith("anonyme-"))
    assert (gone.name, gone.email, gone.state) == ("", "", REMOVED)
    assert people["actif"].email == "x@b.c"


def test_members_leave_without_persons() -> None:
    entity = replace(Entity("e", "Ville"), representative="M", referent_email="a@b.c")
    plain = without_contacts([entity])[0]
    assert (plain.representative, plain.referent_email, plain.name) == ("", "", "Ville")
