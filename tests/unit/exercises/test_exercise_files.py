"""Exercise files: those we ship are valid, others are refused with what is wrong and where."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.exercises.progress import ExerciseProgress
from dinamis_qgis.core.exercises.read import (
    exercises_folder,
    find_exercise_problems,
    list_exercises,
    load_exercise,
    load_schema,
    parse_exercise,
)
from tests import code

FILES = sorted(p for p in exercises_folder().glob("*.json") if p.name != "schema.json")


def text(value: str = "x") -> dict[str, str]:
    return {"fr": value, "en": value}


def small() -> dict[str, Any]:
    step = {
        "title": text(),
        "text": text(),
        "check": {"is": "search_has_results", "least": 1},
        "hints": [text("one"), text("two")],
        "do": {"is": "click", "widgets": ["searchButton"]},
    }
    return {
        "format": 1,
        "id": "small",
        "title": text(),
        "summary": text(),
        "minutes": 5,
        "steps": [step, copy.deepcopy(step)],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_ours_are_valid_and_named_as_their_id(path: Path) -> None:
    exercise = load_exercise(path)
    assert exercise.id == path.stem
    for step in exercise.steps:
        for written in (step.title, step.text, *step.hints):
            assert written.fr != written.en
            assert not any(f" {mark}" in written.fr for mark in ":;?!»"), written.fr
            assert "« " not in written.fr and "'" not in written.fr, written.fr


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        *way, last = path.split("/")
        part: Any = data
        for name in way:
            part = part[int(name)] if isinstance(part, list) else part[name]
        part[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put("format", 2), "/format"),
        (put("id", "../x"), "/id"),
        (put("title", {"fr": "seul"}), "/title"),
        (put("steps", []), "/steps"),
        (put("extra", 1), "/extra"),
        (put("steps/0/hints", [text()]), "/steps/0/hints"),
        (put("steps/0/target", "a b"), "/steps/0/target"),
        (put("steps/1/check", {"is": "unheard_of"}), "/steps/1/check/is: one of"),
        (put("steps/1/check", {"is": "search_has_results"}), "/steps/1/check: field 'least'"),
        (put("steps/1/check/least", 0), "/steps/1/check/least: out of range"),
        (put("steps/0/do", {"is": "click", "widgets": []}), "/steps/0/do/widgets"),
        (put("steps/0/do/other", 1), "/steps/0/do/other: unknown field"),
    ],
)
def test_says_what_is_wrong_and_where(change: Callable[[dict[str, Any]], None], said: str) -> None:
    data = small()
    assert not find_exercise_problems(data, load_schema())
    change(data)
    with pytest.raises(InvalidInput) as caught:
        parse_exercise(data, load_schema())
    assert said in caught.value.details


@pytest.mark.parametrize(
    "value",
    ["", "{", "[1]", "null", "[" * 100_000, '{"steps": 3}'],
    ids=["empty", "cut", "list", "null", "deep", "other"],
)
def test_what_is_no_exercise_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(value, "utf-8")
    with pytest.raises(InvalidInput):
        load_exercise(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DinamisError):
        load_exercise(tmp_path / "none.json")


def test_a_bad_file_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    (tmp_path / "good.json").write_text(json.dumps(small()), "utf-8")
    found, refused = list_exercises(tmp_path)
    assert [exercise.id for exercise in found] == ["small"]
    assert refused == ["bad.json"]


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(small()), "utf-8")
    bad.write_text(json.dumps({**small(), "minutes": 0}), "utf-8")
    for path, expected, said in ((good, 0, ": valid"), (bad, 1, "/minutes: out of range")):
        done = subprocess.run(
            [sys.executable, "-m", "dinamis_qgis.core.exercises", str(path)],
            cwd=code.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expected, done.stderr
        assert said in done.stdout


# a trainee's way


def begun() -> tuple[ExerciseProgress, list[float]]:
    now = [100.0]
    exercise = parse_exercise(small(), load_schema())
    return ExerciseProgress(exercise, clock=lambda: now[0]), now


def test_a_hint_after_each_of_two_failures() -> None:
    progress, _ = begun()
    assert progress.hint() is None
    said = []
    for _ in range(3):
        progress.note_check(False)
        hint = progress.hint()
        said.append(hint.en if hint else "")
    assert said == ["one", "two", "two"]
    assert (progress.records[0].failures, progress.records[0].hints) == (3, 2)
    progress.note_check(True)
    assert progress.position == 1 and progress.hint() is None


def test_time_is_counted_where_it_is_spent() -> None:
    progress, now = begun()
    now[0] += 10
    progress.note_check(False)
    now[0] += 5
    progress.note_check(True)
    now[0] += 7
    progress.go_back()
    now[0] += 1
    progress.note_check(True)
    progress.note_check(True)
    now[0] += 100
    assert progress.finished and progress.step is None
    assert [record.seconds for record in progress.records] == [16, 7]
    progress.note_check(True)
    progress.note_done_for_me()
    assert not any(record.done_for_me for record in progress.records)


def test_what_is_started_again_is_not_passed() -> None:
    progress, _ = begun()
    progress.note_check(True)
    progress.note_check(True)
    progress.restart_at(0)
    assert progress.position == 0
    assert not any(record.passed for record in progress.records)
    progress.restart_at(-3)
    progress.go_back()
    assert progress.position == 0
