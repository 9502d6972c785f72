"""A file made aside and put in its place once it is whole: what was there before stays until then, nothing half-written does."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dinamis_qgis.core.errors import from_os_error

FULL = 1 << 20
"""A disk with less than this left is full."""
TAIL = 1024


@contextmanager
def replacing(path: Path, end: bytes = b"") -> Iterator[Path]:
    """Where to write instead of ``path`` (same folder, same ending). ``end`` is what a whole file has in its last kilobyte.

    Raises StorageError, with what really ails: writers that are not ours often say no more than that they failed.
    """
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        with part.open("wb"):  # a folder that cannot be written to is told by its own name
            pass
        yield part
        if not _whole(part, end):
            raise trouble(part)
        os.replace(part, path)
    except OSError as error:
        raise from_os_error(error, path) from error
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)


def trouble(path: Path) -> OSError:
    """Why ``path`` was not written: the disk is full, or nobody knows."""
    code = errno.ENOSPC if shutil.disk_usage(path.parent).free < FULL else errno.EIO
    return OSError(code, os.strerror(code))


def _whole(part: Path, end: bytes) -> bool:
    size = part.stat().st_size
    with part.open("rb") as file:
        file.seek(max(0, size - TAIL))
        return size > 0 and end in file.read()
