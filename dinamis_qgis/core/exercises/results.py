"""What a trainee did in an exercise, as a file; and many of them as one table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.exercises.progress import ExerciseProgress
from dinamis_qgis.core.files import read_text, write_whole
from dinamis_qgis.core.json_values import (
    mapping,
    read_datetime,
    read_number,
    read_sequence,
    read_string,
)
from dinamis_qgis.core.spreadsheet import escape_formula
from dinamis_qgis.core.text import tr

FORMAT = 1
KIND = "dinamis-exercise-result"
MAX_BYTES = 200_000
_MOST_STEPS = 100


@dataclass(frozen=True)
class ExerciseResult:
    """One trainee's exercise; ``name`` is empty unless they typed one."""

    exercise: str
    name: str
    ended: datetime | None
    steps: int
    passed: int
    hints: int
    done_for_me: int
    seconds: float

    @property
    def minutes(self) -> float:
        """Time spent, to a tenth."""
        return round(self.seconds / 60, 1)


def write_result(path: Path, progress: ExerciseProgress, name: str, ended: datetime) -> None:
    """The result file of a trainee. Raises StorageError."""
    records = [
        {
            "passed": record.passed,
            "failures": record.failures,
            "hints": record.hints,
            "done_for_me": record.done_for_me,
            "seconds": round(record.seconds, 1),
        }
        for record in progress.records
    ]
    data: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "exercise": progress.exercise.id,
        "ended": ended.isoformat(timespec="seconds"),
        "steps": records,
    }
    if name.strip():
        data["name"] = read_string(name, 100)
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def read_result(path: Path) -> ExerciseResult:
    """A trainee's result file, which anybody may have written.

    Raises InvalidInput, StorageError.
    """
    try:
        data = mapping(json.loads(read_text(path, MAX_BYTES)))
    except OSError as error:
        raise from_os_error(error, path) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_result(path) from error
    if data.get("kind") != KIND or not read_string(data.get("exercise"), 60):
        raise _not_a_result(path)
    steps = [mapping(step) for step in read_sequence(data.get("steps"))[:_MOST_STEPS]]
    return ExerciseResult(
        exercise=read_string(data.get("exercise"), 60),
        name=read_string(data.get("name"), 100),
        ended=read_datetime(data.get("ended")),
        steps=len(steps),
        passed=sum(step.get("passed") is True for step in steps),
        hints=sum(int(read_number(step.get("hints"), 0, 99) or 0) for step in steps),
        done_for_me=sum(step.get("done_for_me") is True for step in steps),
        seconds=sum(read_number(step.get("seconds"), 0, 1e6) or 0 for step in steps),
    )


def format_results_table(results: Sequence[ExerciseResult]) -> str:
    """The results as CSV for a spreadsheet; no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["name", "exercise", "ended", "passed", "steps", "hints", "done_for_me", "minutes"]
    )
    for result in results:
        ended = result.ended.isoformat() if result.ended else ""
        writer.writerow(
            [
                escape_formula(result.name),
                escape_formula(result.exercise),
                ended,
                result.passed,
                result.steps,
                result.hints,
                result.done_for_me,
                result.minutes,
            ]
        )
    return "\ufeff" + out.getvalue()


def _not_a_result(path: Path) -> InvalidInput:
    return InvalidInput(
        tr("“{path}” is not the result of an exercise.").format(path=path.name),
        tr("Ask the trainee for the file that “Save my result…” has written."),
        code="exercise-result",
    )
