"""Files made aside and put in their place once they are whole: what was there before stays until
then, nothing half-written does.
"""

from __future__ import annotations

import codecs
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dinamis_qgis.core.errors import from_os_error

FULL = 1 << 20
"""A disk with less than this left is full."""
TAIL = 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` (UTF-8), its folder made when missing; after a crash it is the old
    text or the new.

    One writer at a time: who may meet another holds a lock. Raises StorageError.
    """
    part = path.with_name(f"{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _replace_file(part, path)
    except OSError as error:
        with suppress(OSError):  # the first error says it all
            part.unlink()
        raise from_os_error(error, path) from error


def read_text(path: Path, most: int) -> str:
    """The text of a file that a person's editor wrote (see ``decode_text``), of ``most`` bytes at
    most: of a longer one, ValueError. Raises OSError.
    """
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError("too long")
    return decode_text(data)


def decode_text(data: bytes) -> str:
    """Text as people's editors write it: UTF-8, UTF-16 or UTF-32, with a byte order mark or
    without, else the Windows code page of western Europe; lines end with ``\n``.
    """
    text = _decode_by_mark(data).lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_by_mark(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    start = data[:1000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 8:  # plain text has no zero bytes, UTF-16 of it every second
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _replace_file(part: Path, path: Path) -> None:
    """Windows refuses while another program reads ``path``, which takes no time."""
    for left in reversed(range(20 if sys.platform == "win32" else 1)):
        try:
            os.replace(part, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(0.05)


@contextmanager
def replace_atomically(path: Path, end: bytes = b"") -> Iterator[Path]:
    """Where to write instead of ``path`` (same folder, same ending).

    ``end`` is what a whole file has in its last kilobyte.

    Raises StorageError, with what really ails: writers that are not ours often say no more than
    that they failed.
    """
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        with part.open("wb"):  # a folder that cannot be written to is told by its own name
            pass
        yield part
        if not _is_whole(part, end):
            raise why_not_written(part)
        _replace_file(part, path)
    except OSError as error:
        raise from_os_error(error, path) from error
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)


def unused_path(folder: Path, stem: str, *kinds: str) -> Path:
    """``stem``, or ``stem_2``…, with the first of these endings (``pdf``): in ``folder`` nothing
    has that name with any of them.
    """
    name, number = stem, 2
    while any(os.path.lexists(folder / f"{name}.{kind}") for kind in kinds):
        name, number = f"{stem}_{number}", number + 1
    return folder / f"{name}.{kinds[0]}"


def reserve_file(path: Path) -> Path:
    """A new, empty file: ``path``, or beside it under a name that nothing had.

    Raises StorageError.
    """
    while True:
        free = unused_path(path.parent, path.stem, path.suffix.lstrip("."))
        try:
            with free.open("xb"):
                return free
        except FileExistsError:  # somebody was quicker
            continue
        except OSError as error:
            raise from_os_error(error, path) from error


def why_not_written(path: Path) -> OSError:
    """Why ``path`` was not written: the disk is full, or nobody knows."""
    code = errno.ENOSPC if shutil.disk_usage(path.parent).free < FULL else errno.EIO
    return OSError(code, os.strerror(code))


def _is_whole(part: Path, end: bytes) -> bool:
    size = part.stat().st_size
    with part.open("rb") as file:
        file.seek(max(0, size - TAIL))
        return size > 0 and end in file.read()
