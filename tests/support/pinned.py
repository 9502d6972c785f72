"""A Python of its own with pinned packages, for independent software that tests are run against."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class MissingPins(Exception):
    """What keeps the packages from being had on this machine."""


def pinned_python(pins: Path) -> Path:
    """The Python that has the packages of ``pins``, kept in ``build/`` until these change.

    Raises MissingPins.
    """
    mark = hashlib.sha256(pins.read_bytes()).hexdigest()[:12]
    folder = ROOT / "build" / f"{pins.stem}-{mark}"
    python = folder / "bin" / "python"
    if (folder / ".ready").exists():
        return python
    base = next((found for found in _candidates() if _is_new_enough(found)), None)
    if base is None:
        raise MissingPins(f"{pins.stem} needs Python 3.11 or later, and there is none here")
    install = ["-m", "pip", "install", "-q", "--no-deps", "--disable-pip-version-check"]
    for command in (
        [base, "-m", "venv", "--clear", str(folder)],
        [str(python), *install, "-r", str(pins)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise MissingPins(f"{pins.stem} cannot be installed: {done.stderr.strip()[-300:]}")
    (folder / ".ready").touch()
    return python


def _candidates() -> list[str]:
    others = (shutil.which(f"python3.{minor}") for minor in (11, 12, 13))
    found = ["/usr/bin/python3", sys.executable, *(path for path in others if path)]
    return [path for path in found if Path(path).exists()]


def _is_new_enough(python: str) -> bool:
    check = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", check], check=False).returncode == 0
