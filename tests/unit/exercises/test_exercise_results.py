"""Result files: what a trainee did, read back whoever wrote it, and no formula in the table."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.exercises.progress import ExerciseProgress
from dinamis_qgis.core.exercises.read import exercises_folder, load_exercise
from dinamis_qgis.core.exercises.results import (
    ExerciseResult,
    format_results_table,
    read_result,
    write_result,
)

ENDED = datetime(2026, 3, 4, 10, 0, tzinfo=timezone.utc)


def some_progress() -> ExerciseProgress:
    now = iter(range(0, 9000, 30))
    found = ExerciseProgress(
        load_exercise(exercises_folder() / "first-image.json"), clock=lambda: float(next(now))
    )
    found.note_check(False)
    found.note_check(True)
    found.note_done_for_me()
    found.note_check(True)
    return found


@pytest.mark.parametrize("name", ["", "  ", "Émilie Ducasse"])
def test_a_result_is_read_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.json"
    write_result(path, some_progress(), name, ENDED)
    assert read_result(path) == ExerciseResult(
        "first-image", name.strip(), ENDED, steps=5, passed=2, hints=1, done_for_me=1, seconds=90
    )
    assert ("name" in json.loads(path.read_text("utf-8"))) == bool(name.strip())


@pytest.mark.parametrize(
    "written",
    ["", "[]", "{}", '{"kind": "dinamis-exercise-result"}', "[" * 90_000, "x" * 300_000],
    ids=["empty", "list", "object", "half", "deep", "long"],
)
def test_what_is_none_is_named(tmp_path: Path, written: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(written, "utf-8")
    with pytest.raises(InvalidInput, match=r"other\.json"):
        read_result(path)


def test_odd_values_count_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    step = {"passed": "yes", "hints": -4, "seconds": "1e999", "done_for_me": 1}
    data = {"kind": "dinamis-exercise-result", "exercise": "x", "steps": [step, 7, None]}
    path.write_text(json.dumps(data), "utf-8")
    assert read_result(path) == ExerciseResult("x", "", None, 3, 0, 0, 0, 0)


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@x", " =1", "\t=1"])
def test_the_table_holds_no_formula(name: str) -> None:
    result = ExerciseResult(name, name, ENDED, 5, 5, 0, 0, 61)
    rows = list(csv.reader(io.StringIO(format_results_table([result])), delimiter=";"))
    assert rows[1][:2] == [f"'{name}", f"'{name}"]
    assert rows[1][-1] == "1.0"
