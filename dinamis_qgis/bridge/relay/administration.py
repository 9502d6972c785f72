"""The relay's work: register, accounts channel and look-ups, for the panel's widgets.

Everything slow is off the GUI thread; every method is called on it and returns at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.relay.connections import open_store
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.relay import accounts, adhesion, list_import, personal_data
from dinamis_qgis.core.relay.activity import fetch_activity
from dinamis_qgis.core.relay.channel import AccountChannel, open_channel
from dinamis_qgis.core.relay.eligibility import Organisation, look_up
from dinamis_qgis.core.relay.model import (
    ACCEPTED,
    REFUSED,
    WAITING,
    Activity,
    AdhesionStep,
    Entity,
    PartnerRequest,
    Person,
    now_utc,
)
from dinamis_qgis.core.relay.partner_dossier import read_partner_dossiers
from dinamis_qgis.core.relay.pooled_needs import JointNeed, make_joint_request
from dinamis_qgis.core.relay.register.register import ChangedElsewhere, RelayRegister
from dinamis_qgis.core.relay.register.store import Store
from dinamis_qgis.core.relay.register.tables import AccountAction
from dinamis_qgis.core.tasking.register.owner import sender_name
from dinamis_qgis.core.text import tr


@dataclass
class Holdings:
    """What the register holds, as last read."""

    entities: list[Entity] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    activity: list[Activity] = field(default_factory=list)
    requests: list[PartnerRequest] = field(default_factory=list)
    actions: list[AccountAction] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    """What each row is found by, by its id: made beside the window, since it takes a while."""


def holdings_words(holdings: Holdings, row: Entity | Person) -> str:
    """What a member or an account is found by: small letters without accents."""
    return holdings.words.get(row.id, "")


def collect_words(entities: Sequence[Entity], people: Sequence[Person]) -> dict[str, str]:
    """The words of every row; the names the lists are ordered by are made ready too."""
    found = {}
    names = {entity.id: entity.name for entity in entities}
    for e in entities:
        list_import.plain_words(e.name)
        text = f"{e.name} {e.siren} {e.commune} {e.group} {e.agreement}"
        found[e.id] = list_import.plain_words(text)
    for p in people:
        list_import.plain_words(p.username)
        text = f"{p.username} {p.name} {p.function} {names.get(p.entity_id, '')}"
        found[p.id] = list_import.plain_words(text)
    return found


class RelayAdministration(QObject):
    """``holdings`` is what was read last; ``changed`` tells that it is new."""

    changed = pyqtSignal()
    busy = pyqtSignal(str)
    """What is being done, as people read it; empty when it is over."""
    action_ended = pyqtSignal(object)
    """A decision on an account, carried out or failed."""
    conflict = pyqtSignal(object, object, object)
    """(ChangedElsewhere, what was to be written, what to do with the person's choice)."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.holdings = Holdings()
        self.problem: DinamisError | None = None
        """Why the register cannot be read."""
        self._store: Store | None = None
        self._job: tasks.Job | None = None
        self._reading = False
        self._again = False
        context.closing.connect(self.close)

    def register(self) -> RelayRegister:
        """The register of the options, in the name of who is signed in. Raises InvalidInput."""
        if self._store is None:
            self._store = open_store(self.context.settings, self.context.paths)
        return RelayRegister(self._store, sender_name(self.context.account))

    def forget_store(self) -> None:
        """The options name another register."""
        self.close()
        self.reload()

    def close(self) -> None:
        """Let go of the register."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def channel(self) -> AccountChannel:
        """The channel of the open profile. Raises InvalidInput."""
        return open_channel(self.context.opened(), self.context.http, self.context.credentials)

    # reading

    def reload(self) -> None:
        """Read the register again."""
        if self._reading:
            self._again = True
            return
        try:
            register = self.register()
        except DinamisError as error:
            self._unread(error)
            return
        self._reading = True

        def work(job: tasks.Job) -> Holdings:
            entities, people = register.entities(), register.people()
            return Holdings(
                entities,
                people,
                register.activity(),
                register.requests(),
                register.actions(accounts.PLANNED, accounts.SENDING),
                collect_words(entities, people),
            )

        tasks.run(work, done=self._read, failed=self._unread, parent=self, title="relay")

    def _read(self, found: Holdings) -> None:
        self._reading, self.problem, self.holdings = False, None, found
        self.changed.emit()
        if self._again:
            self._again = False
            self.reload()

    def _unread(self, error: DinamisError) -> None:
        self._reading = self._again = False
        if not isinstance(error, Cancelled):
            self.problem = error
            self.changed.emit()

    def entity(self, entity_id: str) -> Entity | None:
        """A member as last read, without its territory."""
        return next((e for e in self.holdings.entities if e.id == entity_id), None)

    def steps(self, entity_id: str, done: Callable[[list[AdhesionStep]], None]) -> None:
        """The steps of a member's adhesion."""
        self._run(lambda register, job: register.steps(entity_id), done, again=False)

    # needs

    def receive_dossiers(
        self, paths: Sequence[Path], done: Callable[[tuple[int, list[Any]]], None]
    ) -> None:
        """Keep the needs of partners' files; how many are new, and what could not be read."""

        def work(register: RelayRegister, job: tasks.Job) -> tuple[int, list[Any]]:
            found, refused = read_partner_dossiers(
                paths, register.entities(), register.who, job.cancel
            )
            return register.add_requests(found), refused

        self._run(work, done)

    def join_needs(self, need: JointNeed, title: str, done: Callable[[Any], None]) -> None:
        """Keep a joint request, its origins with it."""

        def work(register: RelayRegister, job: tasks.Job) -> PartnerRequest:
            joint, joined = make_joint_request(need, title, register.who)
            register.save_joint_request(joint, list(zip(need.origins, joined)))
            return joint

        self._run(work, done)

    def assign_request(self, request: PartnerRequest, entity_id: str) -> None:
        """Say whose need it is."""
        after = replace(request, entity_id=entity_id)
        self._run(lambda register, job: register.save_request(request, after))

    # members

    def add_entities(self, entities: Sequence[Entity], done: Callable[[int], None]) -> None:
        """Put new members in."""
        self._run(lambda register, job: register.add_entities(entities), done)

    def save_entity(self, before: Entity, after: Entity) -> None:
        """Keep changes; where somebody was quicker the person chooses."""

        def clash(error: ChangedElsewhere) -> None:
            self.conflict.emit(
                error, after, lambda current, chosen: self.save_entity(current, chosen)
            )

        self._run(lambda register, job: register.save_entity(before, after), clash=clash)

    def take_step(
        self, entity: Entity, state: str, details: adhesion.StepDetails, *, skip: bool = False
    ) -> None:
        """Bring a member one step on."""
        self._run(
            lambda register, job: adhesion.take_step(register, entity, state, details, skip=skip)
        )

    def undo_step(self, entity: Entity, reason: str) -> None:
        """Take the last step back."""
        self._run(lambda register, job: adhesion.undo_last_step(register, entity, reason))

    def remove_entity(self, entity: Entity) -> None:
        """Forget a member that is still being prepared."""
        self._run(lambda register, job: register.remove_entity(entity.id))

    def look_up(
        self,
        query: str,
        done: Callable[[list[Organisation]], None],
        failed: Callable[[DinamisError], None],
    ) -> tasks.Job:
        """Ask the public register of organisations."""
        profile = self.context.profile
        url, http = profile.administration.eligibility if profile else "", self.context.http
        return tasks.run(
            lambda job: look_up(http, url, query, job.cancel),
            done=done, failed=failed, parent=self, title="eligibility",
        )  # fmt: skip

    def read_list(self, path: Path, done: Callable[[list[list_import.Line]], None]) -> None:
        """Read a list of members, without keeping anything."""
        self._run(
            lambda register, job: list_import.read_entities(path, register.entities()),
            done,
            again=False,
        )

    def enter_entity(self, entity: Entity) -> None:
        """Make a member known to the service."""

        def work(register: RelayRegister, job: tasks.Job) -> Entity:
            identifier = self.channel().enter_entity(entity, job.cancel)
            return register.save_entity(entity, replace(entity, service_id=identifier))

        self._run(work, doing=tr("Entering the entity…"))

    # personal data

    def export_person(self, mark: str, path: Path, done: Callable[[int], None]) -> None:
        """Write what is kept on one person to a JSON file; how many accounts and contacts it is."""

        def work(register: RelayRegister, job: tasks.Job) -> int:
            found = personal_data.collect_person(register, mark)
            write_whole(path, json.dumps(found, ensure_ascii=False, indent=1, default=str))
            return len(found["accounts"]) + len(found["contact_of"])

        self._run(work, done, again=False)

    def anonymise(self, done: Callable[[int], None]) -> None:
        """Take the names out of accounts that ended longer ago than the options say."""
        days = self.context.settings.relay_keep_months * 30.44
        before = now_utc() - timedelta(days=days)
        self._run(lambda register, job: personal_data.anonymise_old(register, before), done)

    # the service

    def refresh(self) -> None:
        """Take over what the service says: accounts, the board's word, activity."""
        profile, http, credentials = (
            self.context.profile,
            self.context.http,
            self.context.credentials,
        )

        def work(register: RelayRegister, job: tasks.Job) -> None:
            channel = self.channel()
            if not channel.automatic:
                return
            accounts.bring_up_to_date(register, channel.people(job.cancel))
            note_words(register, channel, job)
            if profile is not None and profile.administration.activity:
                url = profile.administration.activity
                found = fetch_activity(http, url, credentials, register.entities(), job.cancel)
                register.put_activity(found)

        self._run(work, doing=tr("Asking the service…"))

    def decide(
        self, people: Sequence[Person], decision: accounts.Decision, new: bool = False
    ) -> None:
        """Plan a decision on these accounts and carry it out; ``new`` ones are kept first."""

        def work(register: RelayRegister, job: tasks.Job) -> list[AccountAction]:
            if new:
                register.add_people(people)
            planned = accounts.plan_actions(register, people, decision)
            return self._carry_out(register, planned, job)

        self._run(work, doing=tr("Carrying out the decisions…"))

    def settle(self) -> None:
        """Carry out what waits, and find out what became of what was interrupted."""

        def work(register: RelayRegister, job: tasks.Job) -> list[AccountAction]:
            waiting = register.actions(accounts.PLANNED, accounts.SENDING)
            return self._carry_out(register, waiting, job)

        self._run(work, doing=tr("Carrying out the decisions…"))

    def _carry_out(
        self, register: RelayRegister, actions: Sequence[AccountAction], job: tasks.Job
    ) -> list[AccountAction]:
        channel = self.channel()
        return accounts.carry_out_all(register, channel, actions, job.send, job.cancel)

    # inside

    def _run(
        self,
        work: Callable[[RelayRegister, tasks.Job], Any],
        done: Callable[[Any], None] | None = None,
        *,
        again: bool = True,
        doing: str = "",
        clash: Callable[[ChangedElsewhere], None] | None = None,
    ) -> None:
        """``work`` on a thread; the register is read again after it."""
        try:
            register = self.register()
        except DinamisError as error:
            messages.show(error)
            return

        def ended(result: Any = None) -> None:
            self.busy.emit("")
            if again:
                self.reload()
            if done is not None:
                done(result)

        def failed(error: DinamisError) -> None:
            self.busy.emit("")
            if again:
                self.reload()
            if isinstance(error, ChangedElsewhere) and clash is not None and error.clashes:
                clash(error)
            elif not isinstance(error, Cancelled):
                messages.show(error)

        self.busy.emit(doing)
        self._job = tasks.run(
            lambda job: work(register, job),
            done=ended, failed=failed, arrived=self.action_ended.emit, parent=self, title="relay",
        )  # fmt: skip

    def stop(self) -> None:
        """Give up what is being done; what is left stays planned."""
        if self._job is not None and not self._job.finished:
            self._job.stop()
            self.busy.emit("")
            self.reload()


def note_words(register: RelayRegister, channel: AccountChannel, job: tasks.Job) -> None:
    """Note what the board has said of the members that wait for it."""
    told = {"accepted": ACCEPTED, "refused": REFUSED}
    for entity in register.entities():
        if entity.state == WAITING and entity.service_id:
            word, reason = channel.entity_word(entity, job.cancel)
            if word in told:
                reason = reason or tr("The word of the BE, told by the service.")
                details = adhesion.StepDetails(reason)
                adhesion.take_step(register, entity, told[word], details)
