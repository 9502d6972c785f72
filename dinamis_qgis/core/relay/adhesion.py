"""The steps that bring a member in: which one comes next, what each needs, and the way back.

draft → agreement sent → signed → eligibility checked with DINAMIS → entity entered → waiting for
the board (BE) → accepted or refused; an accepted member may be suspended and come back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.relay.model import (
    ACCEPTED,
    DRAFT,
    REFUSED,
    STEP_ORDER,
    SUSPENDED,
    WAITING,
    AdhesionStep,
    Entity,
    new_id,
    now_utc,
    state_text,
)
from dinamis_qgis.core.relay.register.register import RelayRegister
from dinamis_qgis.core.text import tr

PATIENCE_DAYS = 21
"""After so long without a step, a member is reminded of."""


@dataclass(frozen=True)
class StepDetails:
    """Why a step is taken, when it happened (now when None), and the file it rests on."""

    reason: str = ""
    at: datetime | None = None
    file: Path | None = None


def next_states(state: str) -> tuple[str, ...]:
    """The states that follow at once, the usual one first."""
    beside = {WAITING: (ACCEPTED, REFUSED), ACCEPTED: (SUSPENDED,), SUSPENDED: (ACCEPTED,)}
    if state in beside:
        return beside[state]
    return (STEP_ORDER[STEP_ORDER.index(state) + 1],) if state in STEP_ORDER else ()


def passed_over(state: str, wanted: str) -> tuple[str, ...]:
    """The steps between ``state`` and ``wanted`` that would be passed over; none for the next."""
    if (
        wanted in next_states(state)
        or state not in STEP_ORDER
        or wanted not in (*STEP_ORDER, REFUSED)
    ):
        return ()
    end = STEP_ORDER.index(wanted) if wanted in STEP_ORDER else STEP_ORDER.index(ACCEPTED)
    return STEP_ORDER[STEP_ORDER.index(state) + 1 : end]


def take_step(
    register: RelayRegister,
    entity: Entity,
    wanted: str,
    details: StepDetails | None = None,
    *,
    skip: bool = False,
) -> Entity:
    """Bring ``entity`` to ``wanted`` and note it.

    Passing steps over needs ``skip`` and a reason; so do a refusal and a suspension. Raises
    InvalidInput; ChangedElsewhere when somebody has taken a step meanwhile.
    """
    details = details or StepDetails()
    over = passed_over(entity.state, wanted)
    if wanted not in next_states(entity.state) and not over:
        raise InvalidInput(
            tr("“{after}” cannot follow “{before}”.").format(
                after=state_text(wanted), before=state_text(entity.state)
            ),
            tr("Undo the last step first."),
            code="step-order",
        )
    if over and not skip:
        names = ", ".join(state_text(state) for state in over)
        raise InvalidInput(
            tr("This would pass over: {steps}.").format(steps=names),
            tr("Take these steps first, or say why they are not needed."),
            code="step-skipped",
        )
    if (over or wanted in (REFUSED, SUSPENDED)) and not details.reason.strip():
        raise InvalidInput(tr("Say why."), code="step-reason")
    name, digest = file_mark(details.file) if details.file else ("", "")
    step = AdhesionStep(
        new_id(), entity.id, wanted, details.at or now_utc(), register.who, details.reason.strip(),
        name, digest, bool(over),
    )  # fmt: skip
    return register.add_step(step, entity.state)


def undo_last_step(register: RelayRegister, entity: Entity, reason: str) -> Entity:
    """Take the last step back; it stays in the register as undone.

    Raises InvalidInput when there is none or no reason is given, ChangedElsewhere.
    """
    if not reason.strip():
        raise InvalidInput(tr("Say why."), code="step-reason")
    standing = standing_steps(register.steps(entity.id))
    if not standing:
        raise InvalidInput(tr("There is no step to undo."), code="no-step")
    before = standing[-2].state if len(standing) > 1 else DRAFT
    return register.undo_step(standing[-1], reason.strip(), before)


def standing_steps(steps: Iterable[AdhesionStep]) -> list[AdhesionStep]:
    """The steps that were not undone, in the order they were noted."""
    return [step for step in steps if step.undone_at is None]


def waiting_long(
    entities: Sequence[Entity], today: datetime, days: int = PATIENCE_DAYS
) -> list[Entity]:
    """Members on their way in for whom nothing has happened for ``days``, the longest first."""
    since = today - timedelta(days=days)
    found = [
        entity
        for entity in entities
        if entity.state in STEP_ORDER[:-1]
        and (entity.state_since or entity.created or today) < since
    ]
    return sorted(found, key=lambda entity: entity.state_since or entity.created or today)


def file_mark(path: Path) -> tuple[str, str]:
    """A file's name and SHA-256: the register keeps these, not the file. Raises StorageError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as error:
        raise from_os_error(error, path) from error
    return path.name, digest.hexdigest()
