"""Decisions on accounts: each reaches the service exactly once, whatever happens on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dinamis_qgis.core.errors import AuthError, DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.relay import accounts
from dinamis_qgis.core.relay.accounts import (
    Decision,
    allowed_actions,
    bring_up_to_date,
    carry_out,
    carry_out_all,
    give_up,
    interrupted_actions,
    plan_actions,
)
from dinamis_qgis.core.relay.channels import dossier
from dinamis_qgis.core.relay.channels.scim import ScimChannel
from dinamis_qgis.core.relay.model import (
    ACTIVE,
    DECLINED,
    PENDING,
    REMOVED,
    STOPPED,
    Person,
    new_id,
    now_utc,
)
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.sandbox.faults import Fault
from tests.support.service import sign_in


def decide(register: RelayRegister, channel: Any, person: Person, action: str, **more: Any) -> Any:
    """Plan one decision and carry it out."""
    planned = plan_actions(register, [person], Decision(action, **more))
    return carry_out(register, channel, planned[0])


def made(training: Any) -> list[Any]:
    """The accounts of the service named as the person."""
    directory = training.auth
    return [a for name, a in directory.accounts.items() if name == "pompier"]


def test_the_life_of_an_account(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    ended = decide(register, channel, person, "create", values={"pending": True})
    assert ended.state == accounts.DONE
    assert "validation" in sign_in(training, "pompier")["error_description"]
    person = register.person(person.id)
    assert person.service_id and person.etag and person.state == PENDING
    decide(register, channel, person, "validate")
    assert "access_token" in sign_in(training, "pompier")
    assert made(training)[0].licences == ("spot67",)
    assert made(training)[0].organization["name"] == "SDIS 64"
    person = register.person(person.id)
    assert person.state == ACTIVE
    decide(register, channel, person, "suspend", reason="Départ", remark="à revoir")
    assert "Départ" in sign_in(training, "pompier")["error_description"]
    person = register.person(person.id)
    assert (person.state, person.reason, person.remark) == (STOPPED, "Départ", "à revoir")
    decide(register, channel, person, "reactivate")
    person = register.person(person.id)
    decide(register, channel, person, "licences", values={"licences": ["spot67", "crise"]})
    other = next(e for e in register.entities() if e.name == "CC Haut-Béarn")
    decide(register, channel, register.person(person.id), "move", values={"entity_id": other.id})
    day = date.today() + timedelta(days=400)
    decide(register, channel, register.person(person.id), "renew", values={"expires": day})
    person = register.person(person.id)
    assert (person.licences, person.entity_id, person.expires) == (
        ("spot67", "crise"),
        other.id,
        day,
    )
    assert made(training)[0].licences == ("spot67", "crise")
    assert made(training)[0].organization["name"] == "CC du Haut-Béarn"
    decide(register, channel, person, "remove")
    assert register.person(person.id).state == REMOVED and not made(training)
    assert allowed_actions(register.person(person.id)) == ()
    assert {a.state for a in register.actions()} == {accounts.DONE}


def test_a_refusal_is_told_to_the_person(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    decide(register, channel, person, "create", values={"pending": True})
    with pytest.raises(InvalidInput):
        plan_actions(register, [register.person(person.id)], Decision("refuse", reason=" "))
    decide(register, channel, register.person(person.id), "refuse", reason="Hors périmètre")
    assert register.person(person.id).state == DECLINED
    assert "Hors périmètre" in sign_in(training, "pompier")["error_description"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_an_answer_that_is_lost_is_settled_not_sent_again(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any, method: str
) -> None:
    action = {"POST": "create", "PATCH": "suspend", "DELETE": "remove"}[method]
    if action != "create":
        decide(register, channel, person, "create")
        person = register.person(person.id)
    planned = plan_actions(register, [person], Decision(action, reason="x"))
    training.faults.add(Fault("/scim/v2/Users.*", method=method, drop=True, times=1))
    with pytest.raises(DinamisError):
        carry_out(register, channel, planned[0])
    waiting = register.actions(accounts.SENDING)
    assert len(waiting) == 1 and waiting[0].error
    sent = sum(1 for s in training.seen if s.method == method and "/Users" in s.path)
    ended = carry_out(register, channel, waiting[0])
    assert ended is not None and ended.state == accounts.DONE
    assert sent == sum(1 for s in training.seen if s.method == method and "/Users" in s.path)
    assert len(made(training)) == (0 if action == "remove" else 1)


def test_killed_before_anything_was_sent_it_is_sent_once(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    planned = plan_actions(register, [person], Decision("create"))[0]
    taken = register.turn_action(planned, state=accounts.SENDING, attempted=now_utc())
    assert taken is not None and carry_out(register, channel, taken).state == accounts.DONE  # type: ignore[union-attr]
    assert len(made(training)) == 1
    assert carry_out(register, channel, planned) is None, "it is no longer as it was planned"


def test_a_service_that_goes_down_in_the_middle_of_a_batch(
    register: RelayRegister, channel: ScimChannel, training: Any
) -> None:
    people = [Person(new_id(), f"agent{n}") for n in range(5)]
    register.add_people(people)
    planned = plan_actions(register, people, Decision("create"))
    told: list[Any] = []

    def tell(action: Any) -> None:
        told.append(action)
        if len(told) == 2:
            training.faults.add(Fault("/scim/.*", status=503))

    with pytest.raises(ServiceError):
        carry_out_all(register, channel, planned, tell)
    states = [a.state for a in register.actions()]
    assert states.count(accounts.DONE) == 2 and states.count(accounts.SENDING) == 1
    training.faults.clear()
    left = register.actions(accounts.PLANNED, accounts.SENDING)
    carry_out_all(register, channel, left)
    names = [n for n in training.auth.accounts if n.startswith("agent")]
    assert sorted(names) == [f"agent{n}" for n in range(5)]
    assert {a.state for a in register.actions()} == {accounts.DONE}


def test_too_many_requests_leave_the_rest_planned(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    channel.abilities()
    planned = plan_actions(register, [person], Decision("create"))
    training.faults.add(Fault("/scim/.*", status=429, headers={"Retry-After": "900"}))
    with pytest.raises(ServiceError) as raised:
        carry_out_all(register, channel, planned)
    assert raised.value.code == "busy"
    assert register.actions(accounts.PLANNED)[0].error
    training.faults.clear()
    carry_out_all(register, channel, register.actions(accounts.PLANNED))
    assert len(made(training)) == 1


def test_a_role_withdrawn_ends_the_batch(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    decide(register, channel, person, "create")
    planned = plan_actions(register, [register.person(person.id)], Decision("suspend", reason="x"))
    relay = training.auth.accounts["relais"]
    training.auth.accounts["relais"] = replace(relay, roles=("utilisateur",))
    with pytest.raises(ServiceError) as raised:
        carry_out_all(register, channel, planned)
    assert raised.value.code == "forbidden"
    assert [a.state for a in register.actions()] == [accounts.DONE, accounts.PLANNED]
    training.auth.accounts.pop("relais")
    with pytest.raises(AuthError):
        carry_out_all(register, channel, register.actions(accounts.PLANNED))
    assert register.actions(accounts.PLANNED)


def test_a_name_in_use_fails_and_says_so(
    register: RelayRegister, channel: ScimChannel, training: Any
) -> None:
    register.add_people([Person(new_id(), "technicien"), Person(new_id(), "libre")])
    people = register.people()
    planned = plan_actions(register, people, Decision("create"))
    carry_out_all(register, channel, planned)
    ended = {register.person(a.account_id).username: a for a in register.actions()}
    assert ended["technicien"].state == accounts.FAILED and "name" in ended["technicien"].error
    assert ended["libre"].state == accounts.DONE
    assert training.auth.accounts["technicien"].name == "Technicien SIG"


def test_an_account_changed_elsewhere_is_left_alone(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    decide(register, channel, person, "create")
    person = register.person(person.id)
    held = channel.find(person)
    assert held is not None
    channel.update(held, {"state": STOPPED, "reason": "other relay"})
    ended = decide(register, channel, person, "licences", values={"licences": ["crise"]})
    assert ended.state == accounts.FAILED and "elsewhere" in ended.error
    assert made(training)[0].licences == ("spot67",)
    ended = decide(register, channel, register.person(person.id), "suspend", reason="moi")
    assert ended.state == accounts.DONE, "it is what was wanted; the reason is ours now"
    assert "moi" in sign_in(training, "pompier")["error_description"]


def test_a_change_of_something_else_meanwhile_is_no_obstacle(
    register: RelayRegister, channel: ScimChannel, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(register, channel, person, "create")
    person = register.person(person.id)
    find, turns = channel.find, []

    def find_late(*args: Any) -> Any:
        held = find(*args)
        if not turns:  # between our reading and our writing
            turns.append(1)
            channel.update(held, {"function": "Chef"})
        return held

    monkeypatch.setattr(channel, "find", find_late)
    ended = decide(register, channel, person, "suspend", reason="x")
    assert ended.state == accounts.DONE
    held = find(person)
    assert held is not None
    assert (held.values["function"], held.values["state"]) == ("Chef", STOPPED)


def test_an_account_that_never_stops_changing_fails(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any
) -> None:
    decide(register, channel, person, "create")
    error = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "412"}
    training.faults.add(
        Fault("/scim/.*", method="PATCH", status=412, body=json.dumps(error).encode())
    )
    ended = decide(register, channel, register.person(person.id), "suspend", reason="x")
    assert ended.state == accounts.FAILED and "elsewhere" in ended.error
    assert sum(1 for s in training.seen if s.method == "PATCH") == 3


def test_an_account_gone_at_the_service(
    register: RelayRegister, channel: ScimChannel, person: Person
) -> None:
    decide(register, channel, person, "create")
    person = register.person(person.id)
    held = channel.find(person)
    assert held is not None
    channel.remove(held)
    ended = decide(register, channel, person, "suspend", reason="x")
    assert ended.state == accounts.FAILED and "no longer has" in ended.error
    assert decide(register, channel, person, "remove").state == accounts.DONE


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b"{}", b'{"id": 7, "userName": "x"}', b'{"id": "a", "userName": ["x"]}'],
)
def test_answers_that_are_none(
    register: RelayRegister, channel: ScimChannel, person: Person, training: Any, body: bytes
) -> None:
    channel.abilities()
    planned = plan_actions(register, [person], Decision("create"))
    training.faults.add(Fault("/scim/v2/Users", method="POST", body=body, times=1))
    with pytest.raises(ServiceError):
        carry_out(register, channel, planned[0])
    waiting = register.actions(accounts.SENDING)
    assert len(waiting) == 1, "what became of it is not known"
    assert carry_out(register, channel, waiting[0]).state == accounts.DONE  # type: ignore[union-attr]


def test_what_cannot_be_decided(register: RelayRegister, person: Person) -> None:
    for action in ("suspend", "fly"):
        with pytest.raises(InvalidInput):
            plan_actions(register, [person], Decision(action, reason="x"))
    assert not register.actions()
    planned = plan_actions(register, [person], Decision("create"))
    with pytest.raises(InvalidInput) as raised:
        plan_actions(register, [person], Decision("create"))
    assert raised.value.code == "busy-account"
    given = give_up(register, planned[0])
    assert given is not None and given.state == accounts.FAILED
    assert plan_actions(register, [person], Decision("create"))


def test_interrupted_decisions_are_told_from_those_under_way(register: RelayRegister) -> None:
    person = Person(new_id(), "x")
    register.add_people([person])
    planned = plan_actions(register, [person], Decision("create"))[0]
    taken = register.turn_action(planned, state=accounts.SENDING, attempted=now_utc())
    assert taken is not None and not interrupted_actions(register.actions(), now_utc())
    assert interrupted_actions(register.actions(), now_utc() + timedelta(minutes=3)) == [taken]


def test_the_list_is_brought_up_to_date(
    register: RelayRegister, channel: ScimChannel, person: Person
) -> None:
    decide(register, channel, person, "create")
    fresh, _ = bring_up_to_date(register, channel.people())
    people = {p.username: p for p in register.people()}
    assert fresh == 5 and {"technicien", "sdis", "relais", "pompier"} <= set(people)
    entity = register.entity(people["sdis"].entity_id)
    assert entity.name == "SDIS 64" and people["sdis"].licences == ("spot67", "pleiades", "crise")
    assert people["relais"].last_sign_in is not None
    assert bring_up_to_date(register, channel.people())[0] == 0
    held = channel.find(people["sdis"])
    assert held is not None
    channel.update(held, {"state": STOPPED, "reason": "x"})
    assert bring_up_to_date(register, channel.people()) == (0, 1)
    assert next(p for p in register.people() if p.username == "sdis").state == STOPPED


def test_an_entity_is_entered_once_and_the_board_answers(
    register: RelayRegister, channel: ScimChannel, training: Any
) -> None:
    entity = replace(register.entities()[0], service_id="", quota_km2=500.4, siret="1" * 14)
    training.faults.add(Fault("/scim/v2/Entities", method="POST", drop=True, times=1))
    with pytest.raises(DinamisError):
        channel.enter_entity(entity)
    identifier = channel.enter_entity(entity)
    assert identifier and channel.enter_entity(entity) == identifier
    assert sum(1 for s in training.seen if s.method == "POST" and "Entities" in s.path) == 1
    entered = replace(entity, service_id=identifier)
    assert channel.entity_word(entered)[0] == "waiting"


def test_where_there_is_no_api_a_file_and_a_mail_are_made(
    register: RelayRegister, person: Person
) -> None:
    channel = dossier.AccountDossier()
    odd = Person(new_id(), "=cmd|'/c calc'!A1", name="+33", email="@x")
    register.add_people([odd])
    planned = plan_actions(register, [person, odd], Decision("create", reason='a;"b"'))
    rows = [(a, register.person(a.account_id), "SDIS 64") for a in planned]
    text = dossier.decisions_csv(rows)
    assert text.startswith("\ufeff") and text.count("\r\n") == 3
    assert "'=cmd|" in text and "'+33" in text and '"a;""b"""' in text
    address = dossier.decisions_mail(rows * 20, "dinamis@example.invalid")
    assert address.startswith("mailto:dinamis%40example.invalid?subject=") and len(address) < 4000
    carry_out_all(register, channel, planned)
    assert {a.state for a in register.actions()} == {accounts.DONE}
    assert register.person(person.id).state == ACTIVE
    decide(register, channel, register.person(person.id), "suspend", reason="x")
    assert register.person(person.id).state == STOPPED
