"""Checks exercise files: ``python -m dinamis_qgis.core.exercises FILE…``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.exercises.read import (
    find_exercise_problems,
    load_schema,
    read_exercise_json,
)


def check_files(paths: Sequence[Path]) -> int:
    """Say what is wrong with each file. The number of files that are not valid."""
    schema, wrong = load_schema(), 0
    for path in paths:
        try:
            problems = find_exercise_problems(read_exercise_json(path), schema)
        except DinamisError as error:
            problems = [error.details or error.message]
        wrong += bool(problems)
        verdict = f"{path}: {'not valid' if problems else 'valid'}"
        sys.stdout.write("\n  ".join([verdict, *problems]) + "\n")
    return wrong


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m dinamis_qgis.core.exercises FILE…")
    sys.exit(1 if check_files([Path(name) for name in sys.argv[1:]]) else 0)
