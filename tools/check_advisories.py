"""Compares the pins of ``requirements/`` with the advisories in ``requirements/advisories.json``.

Works without network. Exit status 1 when a pinned version is affected.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def read_pins(text: str) -> list[tuple[str, str]]:
    """(name in its normal form, version) of every ``name==version`` of a requirements file."""
    return [(normalise_name(name), version) for name, version in _PIN.findall(text)]


def normalise_name(name: str) -> str:
    """A package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def find_affected(files: list[Path], advisories: list[dict[str, str]]) -> Iterator[str]:
    """A line for each pin that an advisory affects."""
    for path in files:
        for name, version in read_pins(path.read_text("utf-8")):
            for advisory in advisories:
                if normalise_name(advisory["package"]) == name and SpecifierSet(
                    advisory["affected"]
                ).contains(version, prereleases=True):
                    yield f"{path.name}: {name} {version}: {advisory['id']}, {advisory['what']}"


def main() -> int:
    known = json.loads((ROOT / "requirements" / "advisories.json").read_text("utf-8"))
    files = sorted(ROOT.glob("requirements/*.txt")) + sorted(ROOT.glob("tests/interop/*/*.txt"))
    found = list(find_affected(files, known["advisories"]))
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
