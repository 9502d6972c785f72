"""What a relay's register must do wherever it lies: collected by the tests of each kind of store,
which give ``open_store``, a way to open the same register anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, box

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.relay import adhesion, model
from dinamis_qgis.core.relay.adhesion import StepDetails, take_step, undo_last_step
from dinamis_qgis.core.relay.model import Activity, Entity, PartnerRequest, Person, new_id
from dinamis_qgis.core.relay.pooled_needs import find_joint_needs, make_joint_request
from dinamis_qgis.core.relay.register.register import ChangedElsewhere, RelayRegister
from dinamis_qgis.core.relay.register.store import META, Store
from dinamis_qgis.core.relay.register.tables import TABLES, VERSION, AccountAction

OpenStore = Callable[[], Store]
SQUARE = box(-0.7, 43.1, -0.3, 43.4)


def member(name: str = "CC du Haut-Béarn", **values: object) -> Entity:
    return replace(Entity(new_id(), name), **values)  # type: ignore[arg-type]


def test_what_was_kept_is_read_by_another(open_store: OpenStore) -> None:
    two = MultiPolygon([SQUARE, box(1, 44, 1.2, 44.1)])
    moment = datetime(2026, 11, 3, 9, 15, 2, 120000, timezone.utc)
    kept = member(
        siren="200067262",
        quota_km2=1200.5,
        territory=two,
        state_since=moment,
        remark="l’« été »\n✓",
    )
    RelayRegister(open_store(), "relais").add_entities(
        [kept, member("Ville d’Oloron", territory=SQUARE)]
    )
    found = RelayRegister(open_store()).entity(kept.id)
    assert found.territory is not None and found.territory.equals(two)
    assert found.version == 1 and found.changed_by == "relais" and found.created is not None
    book = {"version", "created", "changed", "changed_by", "territory"}
    for name in set(Entity.__dataclass_fields__) - book:
        assert getattr(found, name) == getattr(kept, name), name
    light = RelayRegister(open_store()).entities()
    assert [e.name for e in light] == ["CC du Haut-Béarn", "Ville d’Oloron"]
    assert all(e.territory is None for e in light)
    assert len(RelayRegister(open_store()).territories()) == 2


def test_every_table_keeps_every_field(open_store: OpenStore) -> None:
    register = RelayRegister(open_store(), "relais")
    moment = datetime(2026, 11, 3, 9, 15, tzinfo=timezone.utc)
    person = Person(
        new_id(), "agent", entity_id="e", licences=("spot67", "pleiades"),
        expires=date(2027, 1, 2), etag='W/"3"', last_sign_in=moment,
    )  # fmt: skip
    action = AccountAction(new_id(), person.id, "create", "planned", moment, values='{"a": "é"}')
    count = Activity("e", "2026-10", "service", downloads=0, km2=12.5, people=3)
    need = PartnerRequest(
        new_id(), "Crue", area=SQUARE, start=date(2026, 3, 1), origin="x1", source="file"
    )
    register.add_people([person])
    register.add_actions([action])
    register.put_activity([count])
    assert register.add_requests([need, replace(need, id=new_id())]) == 2
    assert register.add_requests([replace(need, id=new_id())]) == 0, "received before"
    again = RelayRegister(open_store())
    found = again.person(person.id)
    assert (found.licences, found.expires, found.etag) == (
        person.licences,
        person.expires,
        person.etag,
    )
    assert found.last_sign_in == moment and found.entity_id == "e"
    assert again.actions("planned") == [action] and not again.actions("done")
    assert again.activity() == [count]
    register.put_activity([replace(count, downloads=None, people=4)])
    assert again.activity() == [replace(count, downloads=None, people=4)]
    assert again.requests()[0].area.equals(SQUARE) and again.requests()[0].start == need.start


def test_changes_of_two_people_to_different_fields_are_both_kept(open_store: OpenStore) -> None:
    one, two = RelayRegister(open_store(), "un"), RelayRegister(open_store(), "deux")
    one.add_entities([member(territory=SQUARE)])
    mine, theirs = one.entities()[0], two.entities()[0]
    two.save_entity(theirs, replace(theirs, agreement="2026-12"))
    saved = one.save_entity(mine, replace(mine, quota_km2=300.0))
    assert (saved.agreement, saved.quota_km2, saved.version) == ("2026-12", 300.0, 3)
    assert saved.territory is not None, "read without its polygon, it keeps it"


def test_the_same_field_changed_twice_is_told_with_both_values(open_store: OpenStore) -> None:
    one, two = RelayRegister(open_store(), "un"), RelayRegister(open_store(), "deux")
    one.add_entities([member()])
    mine, theirs = one.entities()[0], two.entities()[0]
    two.save_entity(theirs, replace(theirs, agreement="B", remark="vu"))
    with pytest.raises(ChangedElsewhere) as raised:
        one.save_entity(mine, replace(mine, agreement="A", quota_km2=1.0))
    clash = raised.value.clashes
    assert [(c.field, c.theirs, c.yours) for c in clash] == [("agreement", "B", "A")]
    assert "deux" in raised.value.message
    now = one.entity(mine.id)
    assert (now.agreement, now.quota_km2) == ("B", None), "all or nothing"
    saved = one.save_entity(raised.value.current, replace(raised.value.current, agreement="A"))
    assert (saved.agreement, saved.remark) == ("A", "vu")


def test_the_same_value_from_two_people_is_no_conflict(open_store: OpenStore) -> None:
    one, two = RelayRegister(open_store(), "un"), RelayRegister(open_store(), "deux")
    one.add_entities([member()])
    mine, theirs = one.entities()[0], two.entities()[0]
    two.save_entity(theirs, replace(theirs, agreement="A"))
    assert one.save_entity(mine, replace(mine, agreement="A")).agreement == "A"


def test_two_clients_at_a_time_lose_no_change(open_store: OpenStore) -> None:
    """Each of two people changes fields of the same rows, as fast as the store lets them."""
    first = RelayRegister(open_store(), "un")
    rows = [member(f"Entité {n}") for n in range(4)]
    first.add_entities(rows)
    errors: list[BaseException] = []

    def edit(who: str, field: str) -> None:
        register = RelayRegister(open_store(), who)
        try:
            for turn in range(6):
                for row in rows:
                    before = register.entity(row.id)
                    register.save_entity(before, replace(before, **{field: f"{who} {turn}"}))
        except BaseException as error:
            errors.append(error)

    threads = [
        threading.Thread(target=edit, args=("un", "remark")),
        threading.Thread(target=edit, args=("deux", "agreement")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    for entity in first.entities():
        assert (entity.remark, entity.agreement, entity.version) == ("un 5", "deux 5", 13)


def test_a_decision_is_taken_up_by_one_client_only(open_store: OpenStore) -> None:
    one, two = RelayRegister(open_store(), "un"), RelayRegister(open_store(), "deux")
    one.add_actions([AccountAction(new_id(), "p", "create", "planned", model.now_utc())])
    mine, theirs = one.actions("planned")[0], two.actions("planned")[0]
    taken = one.turn_action(mine, state="sending", attempted=model.now_utc())
    assert taken is not None and two.turn_action(theirs, state="sending") is None
    assert two.turn_action(theirs, state="sending", attempted=model.now_utc()) is None
    assert one.turn_action(taken, state="done", ended=model.now_utc()) is not None
    assert one.actions("done")[0].id == mine.id


def test_a_user_name_is_there_once(open_store: OpenStore) -> None:
    register = RelayRegister(open_store())
    register.add_people([Person(new_id(), "agent")])
    with pytest.raises(InvalidInput):
        register.add_people([Person(new_id(), "autre"), Person(new_id(), "Agent")])
    assert [p.username for p in register.people()] == ["agent"], "all or none"


def test_the_way_in_skips_nothing_by_accident(open_store: OpenStore, tmp_path: Path) -> None:
    register = RelayRegister(open_store(), "relais")
    register.add_entities([member()])
    entity = register.entities()[0]
    paper = tmp_path / "avenant.pdf"
    paper.write_bytes(b"signed")
    entity = take_step(register, entity, model.SENT)
    entity = take_step(register, entity, model.SIGNED, StepDetails(file=paper))
    with pytest.raises(InvalidInput) as raised:
        take_step(register, entity, model.WAITING)
    assert raised.value.code == "step-skipped" and "Entity entered" in raised.value.message
    with pytest.raises(InvalidInput):
        take_step(register, entity, model.WAITING, skip=True)
    entity = take_step(register, entity, model.WAITING, StepDetails("seen with DINAMIS"), skip=True)
    with pytest.raises(InvalidInput):
        take_step(register, entity, model.REFUSED)
    entity = take_step(register, entity, model.ACCEPTED)
    with pytest.raises(InvalidInput) as raised:
        take_step(register, entity, model.SENT)
    assert raised.value.code == "step-order"
    steps = register.steps(entity.id)
    assert [s.state for s in steps] == [model.SENT, model.SIGNED, model.WAITING, model.ACCEPTED]
    assert [s.skipped for s in steps] == [False, False, True, False]
    assert steps[1].file_name == "avenant.pdf"
    assert steps[1].file_sha256 == adhesion.file_mark(paper)[1] and len(steps[1].file_sha256) == 64
    assert {s.by for s in steps} == {"relais"}


def test_a_step_is_undone_with_a_trace(open_store: OpenStore) -> None:
    register = RelayRegister(open_store(), "relais")
    register.add_entities([member()])
    entity = take_step(register, register.entities()[0], model.SENT)
    with pytest.raises(InvalidInput):
        undo_last_step(register, entity, " ")
    entity = undo_last_step(register, entity, "wrong partner")
    assert entity.state == model.DRAFT
    with pytest.raises(InvalidInput):
        undo_last_step(register, entity, "again")
    only = register.steps(entity.id)[0]
    assert (only.undone_by, only.undone_reason) == ("relais", "wrong partner") and only.undone_at
    entity = take_step(register, entity, model.SENT)
    assert len(register.steps(entity.id)) == 2 and entity.state == model.SENT


def test_two_people_do_not_take_the_same_step(open_store: OpenStore) -> None:
    one, two = RelayRegister(open_store(), "un"), RelayRegister(open_store(), "deux")
    one.add_entities([member()])
    mine, theirs = one.entities()[0], two.entities()[0]
    take_step(two, theirs, model.SENT)
    with pytest.raises(ChangedElsewhere) as raised:
        take_step(one, mine, model.SENT)
    assert raised.value.clashes[0].theirs == model.SENT
    assert len(one.steps()) == 1


def test_only_what_was_begun_is_deleted(open_store: OpenStore) -> None:
    register = RelayRegister(open_store())
    register.add_entities([member("A"), member("B")])
    first, second = register.entities()
    take_step(register, first, model.SENT)
    with pytest.raises(InvalidInput):
        register.remove_entity(first.id)
    register.remove_entity(second.id)
    assert [e.name for e in register.entities()] == ["A"]


def test_what_a_database_cannot_hold_is_left_out(open_store: OpenStore) -> None:
    register = RelayRegister(open_store())
    register.add_entities([member("a\0b\ud800c'; DROP TABLE entity; --?%s")])
    assert register.entities()[0].name == "ab?c'; DROP TABLE entity; --?%s"


def test_a_newer_register_is_read_and_never_written(open_store: OpenStore) -> None:
    RelayRegister(open_store()).add_entities([member()])
    with open_store().writing() as db:
        db.run(f"UPDATE {db.name(META)} SET version = ?", (VERSION + 1,))
        db.run(f'ALTER TABLE {db.name("entity")} RENAME COLUMN "remark" TO "remarks"')
        db.run(f'ALTER TABLE {db.name("entity")} ADD COLUMN "colour" TEXT')
    register = RelayRegister(open_store())
    assert register.entities()[0].name == "CC du Haut-Béarn"
    with pytest.raises(StorageError) as raised:
        register.add_entities([member()])
    assert raised.value.code == "register-newer"
    assert len(register.entities()) == 1


def test_an_older_register_is_brought_up(open_store: OpenStore) -> None:
    RelayRegister(open_store()).add_entities([member(quota_km2=5.0)])
    with open_store().writing() as db:
        db.run(f"UPDATE {db.name(META)} SET version = ?", (VERSION - 1,))
        db.run(f'ALTER TABLE {db.name("entity")} DROP COLUMN "quota_km2"')
    register = RelayRegister(open_store())
    entity = register.entities()[0]
    assert entity.quota_km2 is None
    assert register.save_entity(entity, replace(entity, quota_km2=7.0)).quota_km2 == 7.0
    with open_store().reading() as db:
        assert db.rows(f"SELECT version FROM {db.name(META)}") == [{"version": VERSION}]


def test_the_documented_tables_are_there(open_store: OpenStore, root: Path) -> None:
    text = (root / "docs" / "relay-register.md").read_text("utf-8")
    RelayRegister(open_store()).entities()
    with open_store().reading() as db:
        for table in TABLES:
            assert set(table.columns) <= db.columns(table.name)
            section = text.split(f"## `{table.name}`", 1)[1].split("\n## ", 1)[0]
            missing = [name for name in table.columns if f"`{name}`" not in section]
            assert not missing, f"{table.name}: not documented: {missing}"


Pairs = list[tuple[PartnerRequest, PartnerRequest]]


def prepare_joint(register: RelayRegister) -> tuple[PartnerRequest, Pairs]:
    """A joint request of what the register holds, each origin before and after."""
    (need,) = find_joint_needs(register.requests())
    joint, joined = make_joint_request(need, "Joint", "relais")
    return joint, list(zip(need.origins, joined))


def receive_two(register: RelayRegister) -> list[PartnerRequest]:
    """Two members want the same ground."""
    wishes = [
        PartnerRequest(new_id(), name, entity_id=name, origin=name, source="file", area=SQUARE)
        for name in ("one", "two")
    ]
    register.add_requests(wishes)
    return register.requests()


def test_each_origin_stays_and_says_what_it_joined(open_store: OpenStore) -> None:
    register = RelayRegister(open_store(), "relais")
    received = receive_two(register)
    joint, pairs = prepare_joint(register)
    register.save_joint_request(joint, pairs)
    kept = {r.id: r for r in RelayRegister(open_store()).requests()}
    assert kept[joint.id].source == "joint" and kept[joint.id].area is not None
    for before in received:
        after = kept[before.id]
        assert (after.state, after.joint_id) == ("joined", joint.id)
        assert after.version == before.version + 1 and after.origin == before.origin
        assert after.area is not None and after.area.equals(before.area)
    assert find_joint_needs(kept.values()) == []


@pytest.mark.parametrize("change", [{"state": "refused"}, {"title": "Other"}])
def test_an_origin_changed_meanwhile_leaves_all_as_it_was(
    open_store: OpenStore, change: dict[str, str]
) -> None:
    register = RelayRegister(open_store(), "relais")
    receive_two(register)
    joint, pairs = prepare_joint(register)
    last = pairs[-1][0]
    RelayRegister(open_store(), "other").save_request(last, replace(last, **change))  # type: ignore[arg-type]
    before = register.requests()
    with pytest.raises(ChangedElsewhere):
        register.save_joint_request(joint, pairs)
    assert register.requests() == before


def test_two_who_join_the_same_make_one(open_store: OpenStore) -> None:
    register, other = RelayRegister(open_store(), "a"), RelayRegister(open_store(), "b")
    receive_two(register)
    first, second = prepare_joint(register), prepare_joint(other)
    register.save_joint_request(*first)
    with pytest.raises(ChangedElsewhere):
        other.save_joint_request(*second)
    assert [r.id for r in other.requests() if r.source == "joint"] == [first[0].id]
