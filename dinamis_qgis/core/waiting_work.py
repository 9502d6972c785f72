"""Whether an earlier session left downloads or requests waiting, asked of their files alone.

Read only and without the rooms that own the files: cheap enough for QGIS's start.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_REQUESTS = "SELECT 1 FROM requests WHERE state = 'sending' OR (state = 'ready' AND queued) LIMIT 1"
_DOWNLOADS = "SELECT 1 FROM file WHERE state IN ('waiting', 'running') LIMIT 1"


def has_waiting_requests(register: Path) -> bool:
    """Whether a request was confirmed and has not surely left; False for what cannot be read."""
    return _has_row(register, _REQUESTS)


def has_waiting_downloads(queue: Path) -> bool:
    """Whether a file waits for its download; False for what cannot be read."""
    return _has_row(queue, _DOWNLOADS)


def _has_row(path: Path, sql: str) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute(sql).fetchone() is not None
    except sqlite3.Error:
        return False
