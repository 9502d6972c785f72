"""The relay's register: members, adhesions, accounts, activity, requests. The same over a
GeoPackage and PostGIS.

Every change counts the row's version up; a change made on what somebody else has changed meanwhile
is merged field by field, and told, with both values, where the same field was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.relay.model import (
    Activity,
    AdhesionStep,
    Entity,
    PartnerRequest,
    Person,
    now_utc,
)
from dinamis_qgis.core.relay.register import tables
from dinamis_qgis.core.relay.register.store import Database, Store, column_list
from dinamis_qgis.core.relay.register.tables import AREA, Table
from dinamis_qgis.core.text import tr

Row = TypeVar("Row")
_KEPT_BY_US = frozenset({"version", "created", "changed", "changed_by"})
_TRIES = 8


@dataclass(frozen=True)
class Clash:
    """A field that two people have changed: what the register has, and what was to be written."""

    field: str
    theirs: Any
    yours: Any


class ChangedElsewhere(DinamisError):
    """Somebody else has changed the same fields meanwhile; nothing was written.

    ``current`` is the row as it is now.
    """

    code = "changed-elsewhere"

    def __init__(self, current: Any, clashes: Sequence[Clash]) -> None:
        who = current.changed_by or tr("somebody else")
        super().__init__(
            tr("{who} has changed this meanwhile: nothing was overwritten.").format(who=who),
            tr("Compare both values, then keep one."),
        )
        self.current = current
        self.clashes = tuple(clashes)


class RelayRegister:
    """The register in ``store``; ``who`` is noted with every change.

    Callable from any thread; raises StorageError.
    """

    def __init__(self, store: Store, who: str = "") -> None:
        self.store, self.who = store, who

    # members

    def entities(self, *, areas: bool = False) -> list[Entity]:
        """Every member by name; the territories only when asked for, since they are heavy."""
        with self.store.reading() as db:
            return self._read(db, tables.ENTITY, order="name", areas=areas)

    def entity(self, entity_id: str) -> Entity:
        """One member, whole. Raises InvalidInput when it is not there."""
        with self.store.reading() as db:
            return self._one(db, tables.ENTITY, entity_id)  # type: ignore[no-any-return]

    def territories(self) -> dict[str, BaseGeometry]:
        """The polygon of every member that has one, by its id."""
        return {e.id: e.territory for e in self.entities(areas=True) if e.territory is not None}

    def add_entities(self, entities: Iterable[Entity]) -> int:
        """Put new members in, all or none; how many."""
        return self._add(tables.ENTITY, entities)

    def save_entity(self, before: Entity, after: Entity) -> Entity:
        """Write what differs from ``before``. Raises ChangedElsewhere, InvalidInput."""
        return self._save(tables.ENTITY, before, after)

    def remove_entity(self, entity_id: str) -> None:
        """Forget a member that never got beyond being prepared, with its steps."""
        with self.store.writing() as db:
            entity: Entity = self._one(db, tables.ENTITY, entity_id)
            people = self._read(db, tables.ACCOUNT, {"entity_id": entity_id})
            if entity.state != "draft" or people:
                raise InvalidInput(tr("Only an entity still being prepared can be deleted."))
            self._delete(db, tables.STEP, {"entity_id": entity_id})
            self._delete(db, tables.ENTITY, {"id": entity_id})

    def steps(self, entity_id: str = "") -> list[AdhesionStep]:
        """The steps of one member's adhesion (of all when empty), as they were noted."""
        where = {"entity_id": entity_id} if entity_id else {}
        with self.store.reading() as db:
            return self._read(db, tables.STEP, where)

    def add_step(self, step: AdhesionStep, expected: str) -> Entity:
        """Note a step; the member's state is then the step's.

        Raises ChangedElsewhere unless the state is still ``expected``.
        """
        with self.store.writing() as db:
            entity = self._in_state(db, step.entity_id, expected, step.state)
            self._insert(db, tables.STEP, [step])
            return self._turn(db, entity, step.state)

    def undo_step(self, step: AdhesionStep, reason: str, back_to: str) -> Entity:
        """Take the last step back, with a trace; the member's state is then ``back_to``."""
        with self.store.writing() as db:
            entity = self._in_state(db, step.entity_id, step.state, back_to)
            values = {"undone_at": now_utc(), "undone_by": self.who, "undone_reason": reason}
            if not self._set(db, tables.STEP, values, {"id": step.id, "undone_at": None}):
                raise InvalidInput(tr("This step has already been undone."), code="undone")
            return self._turn(db, entity, back_to)

    def _in_state(self, db: Database, entity_id: str, expected: str, wanted: str) -> Entity:
        entity: Entity = self._one(db, tables.ENTITY, entity_id)
        if entity.state != expected:
            raise ChangedElsewhere(entity, [Clash("state", entity.state, wanted)])
        return entity

    def _turn(self, db: Database, entity: Entity, state: str) -> Entity:
        values = {"state": state, "state_since": now_utc()}
        if not self._bump(db, tables.ENTITY, entity, values):
            current = self._one(db, tables.ENTITY, entity.id)
            raise ChangedElsewhere(current, [Clash("state", current.state, state)])
        return self._one(db, tables.ENTITY, entity.id)  # type: ignore[no-any-return]

    # accounts

    def people(self, entity_id: str = "") -> list[Person]:
        """The accounts of one member (of all when empty), by user name."""
        where = {"entity_id": entity_id} if entity_id else {}
        with self.store.reading() as db:
            return self._read(db, tables.ACCOUNT, where, order="username")

    def person(self, account_id: str) -> Person:
        """One account. Raises InvalidInput when it is not there."""
        with self.store.reading() as db:
            return self._one(db, tables.ACCOUNT, account_id)  # type: ignore[no-any-return]

    def add_people(self, people: Iterable[Person]) -> int:
        """Put new accounts in, all or none; how many. Raises InvalidInput for a name in use."""
        people = list(people)
        with self.store.writing() as db:
            known = {p.username.casefold() for p in self._read(db, tables.ACCOUNT)}
            for person in people:
                if person.username.casefold() in known:
                    raise InvalidInput(
                        tr("The user name “{name}” is in use.").format(name=person.username),
                        tr("Choose another one."),
                        code="username",
                    )
                known.add(person.username.casefold())
            return self._insert(db, tables.ACCOUNT, people)

    def save_person(self, before: Person, after: Person) -> Person:
        """Write what differs from ``before``. Raises ChangedElsewhere, InvalidInput."""
        return self._save(tables.ACCOUNT, before, after)

    def save_people(self, pairs: Iterable[tuple[Person, Person]]) -> int:
        """Write many accounts at once, each unless somebody was quicker; how many were written."""
        names = [n for n in tables.ACCOUNT.columns if n not in _KEPT_BY_US]
        written = 0
        with self.store.writing() as db:
            for before, after in pairs:
                values = {
                    n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)
                }
                written += self._bump(db, tables.ACCOUNT, before, values)
        return written

    def actions(self, *states: str) -> list[tables.AccountAction]:
        """What was decided on accounts, in these states (all when none), the oldest first."""
        with self.store.reading() as db:
            found = self._read(db, tables.ACTION, order="planned")
        return [action for action in found if not states or action.state in states]

    def add_actions(self, actions: Iterable[tables.AccountAction]) -> int:
        """Keep decisions before anything is done about them."""
        return self._add(tables.ACTION, actions)

    def turn_action(
        self, action: tables.AccountAction, **values: Any
    ) -> tables.AccountAction | None:
        """Change a decision; None when somebody has done so meanwhile: it is theirs."""
        where = {"id": action.id, "state": action.state, "attempted": action.attempted}
        with self.store.writing() as db:
            if not self._set(db, tables.ACTION, values, where):
                return None
        return replace(action, **values)

    # activity and needs

    def activity(self) -> list[Activity]:
        """Every count kept."""
        with self.store.reading() as db:
            return self._read(db, tables.ACTIVITY, order="month")

    def put_activity(self, counts: Iterable[Activity]) -> int:
        """Keep counts; those of the same member, month and source are replaced."""
        counts = list(counts)
        with self.store.writing() as db:
            for count in counts:
                key = {name: getattr(count, name) for name in tables.ACTIVITY.key}
                self._delete(db, tables.ACTIVITY, key)
            return self._insert(db, tables.ACTIVITY, counts)

    def requests(self, *, areas: bool = True) -> list[PartnerRequest]:
        """The needs received."""
        with self.store.reading() as db:
            return self._read(db, tables.REQUEST, order="title", areas=areas)

    def add_requests(self, requests: Iterable[PartnerRequest]) -> int:
        """Keep needs, not twice what comes from the same place; how many are new."""
        with self.store.writing() as db:
            known = {(r.source, r.origin) for r in self._read(db, tables.REQUEST)}
            fresh = [r for r in requests if not r.origin or (r.source, r.origin) not in known]
            return self._insert(db, tables.REQUEST, fresh)

    def save_request(self, before: PartnerRequest, after: PartnerRequest) -> PartnerRequest:
        """Write what differs from ``before``. Raises ChangedElsewhere, InvalidInput."""
        return self._save(tables.REQUEST, before, after)

    def save_joint_request(
        self, joint: PartnerRequest, origins: Iterable[tuple[PartnerRequest, PartnerRequest]]
    ) -> None:
        """Keep a joint request and what it joined, ``(before, after)`` each: all of it or nothing.

        Raises ChangedElsewhere where somebody changed or joined one of them meanwhile.
        """
        with self.store.writing() as db:
            for before, after in origins:
                current = self._one(db, tables.REQUEST, before.id, areas=False)
                values = {"state": after.state, "joint_id": after.joint_id}
                clashes = [
                    Clash(name, getattr(current, name), value)
                    for name, value in values.items()
                    if getattr(current, name) != getattr(before, name)
                ]
                stale = clashes or current.version != before.version
                if stale or not self._bump(db, tables.REQUEST, current, values):
                    raise ChangedElsewhere(current, clashes)
            self._insert(db, tables.REQUEST, [joint])

    # inside

    def _read(
        self,
        db: Database,
        table: Table,
        where: Mapping[str, Any] | None = None,
        *,
        order: str = "",
        areas: bool = False,
    ) -> list[Any]:
        columns = column_list(db, table, self.store.present[table.name], areas=areas)
        condition, values = _where_clause(where or {}, table)
        parts = ["SELECT", columns, "FROM", db.name(table.name), condition]
        found = db.rows(
            " ".join([*parts, f'ORDER BY "{order}", fid' if order else "ORDER BY fid"]), values
        )
        if areas and table.area:
            for row in found:
                row[table.area] = db.area_of(row.get(table.area))
        return [tables.row_object(table, row) for row in found]

    def _one(self, db: Database, table: Table, identifier: str, *, areas: bool = True) -> Any:
        found = self._read(db, table, {"id": identifier}, areas=areas)
        if not found:
            raise InvalidInput(
                tr("This is no longer in the register."), code="missing", details=identifier
            )
        return found[0]

    def _add(self, table: Table, rows: Iterable[Any]) -> int:
        with self.store.writing() as db:
            return self._insert(db, table, list(rows))

    def _insert(self, db: Database, table: Table, rows: Sequence[Any]) -> int:
        if not rows:
            return 0
        names = list(table.columns)
        marks = [db.area_mark() if kind == AREA else "?" for kind in table.columns.values()]
        listed = ", ".join(f'"{name}"' for name in names)
        into = f"({listed}) VALUES ({', '.join(marks)})"
        moment = now_utc()

        def values(row: Any) -> list[Any]:
            given = {name: getattr(row, name) for name in names}
            if "created" in given:
                given["created"] = given["created"] or moment
            if table.versioned:
                given.update(version=1, changed=moment, changed_by=self.who)
            return [_plain_field(db, given[name], kind) for name, kind in table.columns.items()]

        db.run_many(" ".join(["INSERT INTO", db.name(table.name), into]), [values(r) for r in rows])
        db.touch(table.name)
        return len(rows)

    def _save(self, table: Table, before: Row, after: Row) -> Row:
        names = [n for n in table.columns if n not in _KEPT_BY_US]
        wanted = {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}
        identifier, areas = getattr(before, "id"), table.area in wanted  # noqa: B009
        for _ in range(_TRIES):
            with self.store.writing() as db:
                current = self._one(db, table, identifier, areas=areas)
                clashes = [
                    Clash(name, getattr(current, name), value)
                    for name, value in wanted.items()
                    if getattr(current, name) not in (getattr(before, name), value)
                ]
                if clashes:
                    raise ChangedElsewhere(current, clashes)
                if not wanted or self._bump(db, table, current, wanted):
                    found: Row = self._one(db, table, identifier)
                    return found
        raise ChangedElsewhere(current, [])

    def _bump(self, db: Database, table: Table, current: Any, values: Mapping[str, Any]) -> bool:
        """Write ``values`` unless somebody was quicker."""
        kept = {
            **values,
            "version": current.version + 1,
            "changed": now_utc(),
            "changed_by": self.who,
        }
        return self._set(db, table, kept, {"id": current.id, "version": current.version}) == 1

    def _set(
        self, db: Database, table: Table, values: Mapping[str, Any], where: Mapping[str, Any]
    ) -> int:
        columns = table.columns
        sets = ", ".join(
            f'"{name}" = {db.area_mark() if columns[name] == AREA else "?"}' for name in values
        )
        condition, found = _where_clause(where, table)
        given = [_plain_field(db, value, columns[name]) for name, value in values.items()]
        sql = " ".join(["UPDATE", db.name(table.name), "SET", sets, condition])
        db.touch(table.name)
        return db.run(sql, [*given, *found])

    def _delete(self, db: Database, table: Table, where: Mapping[str, Any]) -> None:
        condition, values = _where_clause(where, table)
        db.run(" ".join(["DELETE FROM", db.name(table.name), condition]), values)
        db.touch(table.name)


def _where_clause(where: Mapping[str, Any], table: Table) -> tuple[str, list[Any]]:
    """The condition that these columns have these values (NULL for None), and the values."""
    tests = [f'"{name}" IS NULL' if v is None else f'"{name}" = ?' for name, v in where.items()]
    values = [tables.plain_value(v, table.columns[n]) for n, v in where.items() if v is not None]
    return ("WHERE " + " AND ".join(tests) if tests else ""), values


def _plain_field(db: Database, value: Any, kind: str) -> Any:
    return db.area_value(value) if kind == AREA else tables.plain_value(value, kind)
