"""What a description holds, taken with care: numbers that may be anything, and names of files that
may lead anywhere.
"""

from __future__ import annotations

import math
import os
import re
import unicodedata
from pathlib import Path

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

_LONGEST = 255
"""Bytes of a name that disks hold."""


def file_beside(description: Path, href: str) -> Path:
    """The file ``href`` of a description; found also when the disk changed case or accents.

    Raises InvalidInput for one outside.
    """
    parts = [part for part in href.replace("\\", "/").split("/") if part not in ("", ".")]
    outside = ".." in parts or href.startswith(("/", "\\")) or ":" in href or not parts
    if outside or max(len(part.encode("utf-8", "replace")) for part in parts) > _LONGEST:
        raise InvalidInput(
            tr("“{name}” points at a file outside the delivery.").format(name=description.name),
            tr("Check where this delivery comes from."),
            code="unsafe",
            details=repr(href[:200]),
        )
    path = description.parent
    for part in parts:
        path = _find_same_name(path, part)
    return path


def _find_same_name(folder: Path, name: str) -> Path:
    exact = folder / name
    if os.path.lexists(exact):
        return exact
    wanted = _plain_name(name)
    if folder.is_dir():
        for entry in os.scandir(folder):
            if _plain_name(entry.name) == wanted:
                return Path(entry.path)
    return exact


def _plain_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def whole_in(text: str) -> int:
    """The natural number that a text is; 0 for anything else."""
    return int(text) if re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else 0


def number_in(text: str) -> float | None:
    """The finite number that a text is; None for anything else."""
    try:
        value = float(text) if len(text) < 60 and text.isascii() else math.nan
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None  # not a number compares as False


def value_between(value: float | None, low: float, high: float) -> float | None:
    """``value`` where it lies between the two, else None."""
    return value if value is not None and low <= value <= high else None
