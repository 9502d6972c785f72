"""Exercise files: reading and checking them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dinamis_qgis import about
from dinamis_qgis.core.errors import DinamisError, InvalidInput, from_os_error
from dinamis_qgis.core.exercises.model import Deed, Exercise, ExerciseStep, LocalText
from dinamis_qgis.core.files import read_text
from dinamis_qgis.core.profile.schema import find_problems
from dinamis_qgis.core.text import tr

MAX_BYTES = 500_000


def exercises_folder() -> Path:
    """Where the exercises that come with the plugin are."""
    return about.resource_path("exercises")


def load_schema() -> Mapping[str, Any]:
    """The schema of exercise files."""
    found: Mapping[str, Any] = json.loads((exercises_folder() / "schema.json").read_text("utf-8"))
    return found


def find_exercise_problems(data: Any, schema: Mapping[str, Any]) -> list[str]:
    """Everything wrong with decoded JSON that should be an exercise, as ``path: what is wrong``.

    Technical English, for trainers who write a file.
    """
    found = find_problems(data, schema)
    return found or list(_deed_problems(data, schema))


def _deed_problems(data: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the checks and actions, each against the part of the schema it names."""
    for number, step in enumerate(data["steps"]):
        for field, kind in (("check", "checks"), ("do", "actions")):
            if field not in step:
                continue
            known, path = schema["definitions"][kind], f"/steps/{number}/{field}"
            name = step[field]["is"]
            if name not in known:
                yield f"{path}/is: one of {sorted(known)} expected"
                continue
            problems = find_problems(step[field], known[name], schema)
            yield from (path + p.replace("/:", ":", 1) for p in problems)


def parse_exercise(data: Any, schema: Mapping[str, Any]) -> Exercise:
    """An exercise out of decoded JSON. Raises InvalidInput with every problem in ``details``."""
    found = find_exercise_problems(data, schema)
    if found:
        raise _not_valid("; ".join(found[:20]))
    return Exercise(
        id=data["id"],
        title=LocalText(**data["title"]),
        summary=LocalText(**data["summary"]),
        minutes=data["minutes"],
        steps=tuple(_parse_step(step) for step in data["steps"]),
        order=data.get("order", 0),
    )


def load_exercise(path: Path, schema: Mapping[str, Any] | None = None) -> Exercise:
    """The exercise of a file; ``schema`` where it has been loaded before.

    Raises InvalidInput, StorageError.
    """
    return parse_exercise(read_exercise_json(path), schema or load_schema())


def read_exercise_json(path: Path) -> Any:
    """A file's decoded JSON. Raises InvalidInput, StorageError."""
    try:
        return json.loads(read_text(path, MAX_BYTES))
    except OSError as error:
        raise from_os_error(error, path) from error
    except (ValueError, RecursionError) as error:
        raise _not_valid(f"not JSON: {error}") from error


def list_exercises(folder: Path) -> tuple[list[Exercise], list[str]]:
    """The exercises of a folder in their order, and the names of files that are not valid."""
    listed: dict[str, Exercise] = {}
    refused, schema = [], load_schema()
    for path in sorted(folder.glob("*.json")):
        if path.name == "schema.json":
            continue
        try:
            exercise = load_exercise(path, schema)
        except DinamisError:
            refused.append(path.name)
            continue
        listed.setdefault(exercise.id, exercise)
    return sorted(listed.values(), key=lambda found: (found.order, found.id)), refused


def _parse_step(data: Mapping[str, Any]) -> ExerciseStep:
    return ExerciseStep(
        title=LocalText(**data["title"]),
        text=LocalText(**data["text"]),
        check=_parse_deed(data["check"]),
        hints=tuple(LocalText(**hint) for hint in data["hints"]),
        target=data.get("target", ""),
        action=_parse_deed(data["do"]) if "do" in data else None,
    )


def _parse_deed(data: Mapping[str, Any]) -> Deed:
    return Deed(data["is"], {name: value for name, value in data.items() if name != "is"})


def _not_valid(details: str) -> InvalidInput:
    return InvalidInput(
        tr("This exercise file is not valid."),
        tr("Ask the trainer who gave it to you for a new one."),
        code="exercise",
        details=details,
    )
