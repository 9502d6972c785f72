"""A trainee's way through an exercise: where they are, what failed, which hints were needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dinamis_qgis.core.exercises.model import Exercise, ExerciseStep, LocalText


@dataclass
class StepRecord:
    """What happened at one step; ``seconds`` is the time spent on it."""

    passed: bool = False
    failures: int = 0
    hints: int = 0
    done_for_me: bool = False
    seconds: float = 0.0


@dataclass
class ExerciseProgress:
    """Where a trainee is in ``exercise``; ``clock`` gives monotonic seconds."""

    exercise: Exercise
    clock: Callable[[], float] = time.monotonic
    position: int = 0
    records: list[StepRecord] = field(default_factory=list)
    _since: float = 0.0

    def __post_init__(self) -> None:
        self.records = [StepRecord() for _ in self.exercise.steps]
        self._since = self.clock()

    @property
    def finished(self) -> bool:
        """Whether the last step is passed."""
        return self.position >= len(self.exercise.steps)

    @property
    def step(self) -> ExerciseStep | None:
        """The step to do now; None at the end."""
        return None if self.finished else self.exercise.steps[self.position]

    def hint(self) -> LocalText | None:
        """What helps after the failures of this step so far."""
        step = self.step
        if step is None or not self.records[self.position].failures:
            return None
        return step.hints[min(self.records[self.position].failures, len(step.hints)) - 1]

    def note_check(self, passed: bool) -> None:
        """The step's check was asked for: go on, or one hint more."""
        if self.finished:
            return
        self._count_time()
        record = self.records[self.position]
        if passed:
            record.passed = True
            self.position += 1
            return
        record.failures += 1
        record.hints = min(record.failures, len(self.exercise.steps[self.position].hints))

    def note_done_for_me(self) -> None:
        """The plugin made the gesture in place of the trainee."""
        if not self.finished:
            self.records[self.position].done_for_me = True

    def go_back(self) -> None:
        """The step before is to be done again."""
        self.restart_at(max(0, self.position - 1))

    def restart_at(self, position: int) -> None:
        """That step and those after it are to be done anew; their failures stay counted."""
        self._count_time()
        self.position = max(0, min(position, len(self.exercise.steps) - 1))
        for record in self.records[self.position :]:
            record.passed = False

    def _count_time(self) -> None:
        now = self.clock()
        if not self.finished:
            self.records[self.position].seconds += now - self._since
        self._since = now
