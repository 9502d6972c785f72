"""A file being fetched: ``name.part`` with the bytes, ``name.part.journal`` saying which of them
are on disk.

The journal is only ever appended to. Its lines are ``H <json>`` (what is being fetched), ``B
<moment>`` (the machine's start), ``start end`` (bytes written) and ``S`` (all above is on the disk
itself). After a kill every full line holds; after a power cut or a crash of the machine only what
is above the last ``S``, the rest is fetched again.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType

from dinamis_qgis.core.errors import Action, Cancelled, DinamisError, StorageError, from_os_error
from dinamis_qgis.core.file_lock import open_locked, remove_and_unlock
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.byte_ranges import Spans

MARGIN_BYTES = 16 * 1024 * 1024
"""Left free on the disk, for everybody else."""
_SYNC_S = 10.0
_SAME_BOOT_S = 20


@dataclass(frozen=True)
class Header:
    """What the server said of the file: length in bytes, and what tells one version from
    another.
    """

    size: int | None
    etag: str = ""
    modified: str = ""

    @property
    def validator(self) -> str:
        """What ``If-Range`` may carry (RFC 9110, 13.1.5): a strong ETag, else the date; empty when
        there is neither.
        """
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return "" if self.etag else self.modified

    def differs_in_tag_only(self, other: Header) -> bool:
        """True when length and date agree: the nodes of some storages make ETags of their own."""
        sizes = self.size is not None and self.size == other.size
        dates = bool(self.modified) and self.modified == other.modified
        return sizes and dates and self.etag != other.etag

    def differs(self, other: Header) -> bool:
        """True when both cannot be the same version of the file."""
        if self.size is not None and other.size is not None and self.size != other.size:
            return True
        if self.etag and other.etag:
            return self.etag != other.etag
        return bool(self.modified and other.modified and self.modified != other.modified)


def boot_moment() -> int:
    """When this machine was started, in seconds since 1970, more or less."""
    return round(time.time() - time.monotonic())


def part_path(target: Path) -> Path:
    """Where the bytes of ``target`` gather."""
    return target.with_name(target.name + ".part")


def journal_path(target: Path) -> Path:
    """Where it is written which bytes of ``target`` are there."""
    return target.with_name(target.name + ".part.journal")


def disk_error(error: OSError, path: object) -> DinamisError:
    """An ``OSError`` on a local file as a sentence; also the one of disks that cannot hold large
    files.
    """
    if error.errno == errno.EFBIG:
        return StorageError(
            tr("The file is too large for this disk: “{path}” could not be written.").format(
                path=path
            ),
            tr("A disk formatted as FAT32 stops at 4 GB; choose a folder on another disk."),
            code="disk-large-file",
            details=str(error),
        )
    return from_os_error(error, path)


def check_space(folder: Path, needed: int) -> None:
    """Raises StorageError (code ``disk-full``) when ``folder`` has no room for ``needed`` more
    bytes.
    """
    with contextlib.suppress(OSError):  # a disk that does not tell its free space is tried
        if shutil.disk_usage(folder).free < needed + MARGIN_BYTES:
            raise from_os_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), folder)


class PartialFile:
    """The bytes of one file on their way; thread-safe.

    Use as a context manager: nobody else may hold it meanwhile.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = part_path(target)
        self.header: Header | None = None
        self.spans = Spans()
        self._lock = threading.RLock()
        self._file = -1
        self._journal = -1
        self._synced = time.monotonic()
        self._new_folders: list[Path] = []
        """Folders made for this file, the innermost first."""

    def __enter__(self) -> PartialFile:
        """Open and read the journal. Raises StorageError."""
        try:
            self._journal = self._grab()
            if self._journal < 0:
                raise in_use(self.target)
            self._load()
            self._open()
        except OSError as error:
            self.close()
            raise disk_error(error, self.target) from error
        except DinamisError:
            self.close()
            raise
        return self

    def _grab(self) -> int:
        """The journal's lock, its folder made; another file that failed may take away the folder
        both are made in. Raises OSError.
        """
        folder = self.target.parent
        self._new_folders = _missing_folders(folder)
        for left in (2, 1, 0):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return open_locked(journal_path(self.target), os.O_APPEND)
            except FileNotFoundError:
                if not left:
                    raise
        return -1

    def _open(self) -> None:
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; later writes raise Cancelled.

        Without a byte worth keeping nothing is left.
        """
        with self._lock:
            file, journal, self._file, self._journal = self._file, self._journal, -1, -1
            if file >= 0:
                with contextlib.suppress(OSError):  # the journal says what is surely there
                    os.close(file)
            if journal >= 0:
                worthless = self.header is None or not self.spans.total()
                remove_and_unlock(
                    journal, *((self.path, journal_path(self.target)) if worthless else ())
                )
            for folder in self._new_folders:
                with contextlib.suppress(OSError):  # something is in it: it stays
                    folder.rmdir()

    def _load(self) -> None:
        """Header and spans of an earlier run, as far as they can be trusted."""
        size = os.fstat(self._journal).st_size
        with os.fdopen(os.dup(self._journal), "rb") as file:
            file.seek(0)
            text = file.read()
        if not size or not self.path.exists():
            return
        header, boot, spans, safe = _parse_journal(text.decode("ascii", "replace"))
        if header is None or header.size is None:
            return
        if abs(boot - boot_moment()) > _SAME_BOOT_S:
            spans = safe
        length = self.path.stat().st_size
        self.header = header
        self.spans = Spans((start, min(end, length)) for start, end in spans)
        self._restate()

    def _restate(self) -> None:
        """What is known now, as one new paragraph of the journal (a half-written last line ends
        here).
        """
        lines = [f"\nB {boot_moment()}", *(f"{start} {end}" for start, end in self.spans), ""]
        os.write(self._journal, "\n".join(lines).encode("ascii"))

    def begin(self, header: Header, *, keep: bool = False) -> None:
        """Start from nothing (or, with ``keep``, go on) as ``header`` says; takes the room on disk.

        Raises StorageError.
        """
        with self._lock:
            self._alive()
            try:
                self.header = header
                if not keep:
                    os.ftruncate(self._file, 0)
                    os.ftruncate(self._journal, 0)
                    self.spans = Spans()
                    line = f"H {json.dumps(asdict(header))}\nB {boot_moment()}\n"
                    os.write(self._journal, line.encode("ascii"))
                if header.size:
                    self._reserve(header.size)
            except OSError as error:
                raise disk_error(error, self.target) from error

    def ignore_tag(self) -> None:
        """From now on the length and the date alone tell the version."""
        with self._lock:
            if self.header is not None:
                self.header = replace(self.header, etag="")

    def _reserve(self, size: int) -> None:
        if os.fstat(self._file).st_size >= size:
            return
        taken = getattr(os.fstat(self._file), "st_blocks", 0) * 512
        check_space(self.target.parent, size - taken)
        if hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(self._file, 0, size)
                return
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise
        os.ftruncate(self._file, size)

    def _alive(self) -> None:
        if self._file < 0:
            raise Cancelled

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Put ``data`` at ``offset``. Raises StorageError; Cancelled once closed."""
        with self._lock:
            self._alive()
            try:
                view = memoryview(data)
                while view:
                    if hasattr(os, "pwrite"):
                        count = os.pwrite(self._file, view, offset)
                    else:
                        os.lseek(self._file, offset, os.SEEK_SET)
                        count = os.write(self._file, view)
                    view, offset = view[count:], offset + count
            except OSError as error:
                raise disk_error(error, self.target) from error

    def done(self, start: int, end: int) -> None:
        """Write down that ``[start, end)`` is in the file.

        Raises StorageError; Cancelled once closed.
        """
        if end <= start:
            return
        with self._lock:
            self._alive()
            try:
                os.write(self._journal, f"{start} {end}\n".encode("ascii"))
                self.spans.add(start, end)
                if time.monotonic() - self._synced > _SYNC_S:
                    self._synced = time.monotonic()
                    os.fsync(self._file)
                    os.write(self._journal, b"S\n")
                    os.fsync(self._journal)
            except OSError as error:
                raise disk_error(error, self.target) from error

    def finish(self, size: int | None) -> None:
        """The file is whole: give it its name, in one step. Raises StorageError."""
        with self._lock:
            self._alive()
            try:
                if size is not None:
                    os.ftruncate(self._file, size)
                os.fsync(self._file)
                os.close(self._file)
                self._file = -1
                os.replace(self.path, self.target)
                journal, self._journal, self.header = self._journal, -1, None
                remove_and_unlock(journal, journal_path(self.target))
            except OSError as error:
                raise disk_error(error, self.target) from error

    def set_aside(self) -> None:
        """What was fetched is wrong: keep it as ``name.wrong`` and start again.

        Raises StorageError.
        """
        with self._lock:
            self._alive()
            try:
                os.close(self._file)
                self._file = -1
                os.replace(self.path, wrong_path(self.target))
                os.ftruncate(self._journal, 0)
                self._open()
                self.header, self.spans = None, Spans()
            except OSError as error:
                raise disk_error(error, self.target) from error

    def forget(self) -> None:
        """Start again from nothing: what is on disk is of another version."""
        with self._lock:
            self._alive()
            try:
                os.ftruncate(self._file, 0)
                os.ftruncate(self._journal, 0)
            except OSError as error:
                raise disk_error(error, self.target) from error
            self.header, self.spans = None, Spans()


def _missing_folders(folder: Path) -> list[Path]:
    """``folder`` and those above it that are not there, the innermost first."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    return missing


def wrong_path(target: Path) -> Path:
    """Where a file that is not what it should be is set aside."""
    return target.with_name(target.name + ".wrong")


def raw_path(target: Path) -> Path:
    """Where the pixels of a clip gather before they are its file."""
    return target.with_name(target.name + ".raw.part")


def in_use(target: Path) -> DinamisError:
    """Another window, or another process, is at the same file."""
    return StorageError(
        tr("“{name}” is already being downloaded in another window.").format(name=target.name),
        tr("Let it finish there."),
        code="in-use",
        action=Action.NONE,
    )


def discard_partial(target: Path) -> None:
    """Remove what an abandoned download left, unless another process is at it.

    Raises StorageError.
    """
    left = (part_path(target), raw_path(target), journal_path(target))
    if not any(os.path.lexists(path) for path in left):
        return
    try:
        journal = open_locked(journal_path(target))
    except OSError as error:
        raise disk_error(error, target) from error
    if journal >= 0:
        remove_and_unlock(journal, *left)


def _parse_journal(
    text: str,
) -> tuple[Header | None, int, list[tuple[int, int]], list[tuple[int, int]]]:
    """``(header, boot, spans, spans surely on the disk itself)`` of a journal; stops at the first
    line that makes no sense.
    """
    header: Header | None = None
    boot, spans, safe = 0, list[tuple[int, int]](), list[tuple[int, int]]()
    for line in text.split("\n")[:-1]:
        try:
            if line.startswith("H "):
                header, spans, safe = Header(**json.loads(line[2:])), [], []
            elif line.startswith("B "):
                if abs(int(line[2:]) - boot) > _SAME_BOOT_S:
                    safe = []
                    boot, spans = int(line[2:]), []
            elif line == "S":
                safe = list(spans)
            elif line:
                start, end = line.split(" ")
                spans.append((int(start), int(end)))
        except (ValueError, TypeError):
            break
    return header, boot, spans, safe
