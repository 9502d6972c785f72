"""A delivered archive, unpacked: into ``<folder>.part`` first, then renamed, so that what has its
name is whole.

An archive is somebody else's: names that lead out, links that lead out, devices, and bombs are
refused before they harm.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import json
import lzma
import os
import re
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Callable, cast

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.file_lock import hold_lock
from dinamis_qgis.core.local_catalogue.naming import safe_name
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import check_space, disk_error

Progress = Callable[[float], None]
SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip", ".tar.bz2", ".tar.xz")
_SPLIT = re.compile(r"(?i)\.(7z|rar|z\d\d|\d\d\d)$")
_IMAGES = (
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"\x00\x00\x00\x0cjP  ",
    b"\xff\xd8\xff",
    b"\x89PNG",
)
"""How TIFF, JPEG 2000, JPEG and PNG begin."""
_PIECE = 1 << 20
_LOOK_EVERY = 32 << 20
_LONGEST = 200
_DEEPEST = 40
_BETWEEN = 4 << 20
"""Bytes between two members of a tar: a longer header would only fill the memory."""
_ZIP_END = 65_557
"""Bytes at the end of a zip that say where its list is."""
_LISTED = 512
"""Bytes of a zip's list for each file."""
MARK = "delivery.json"
"""Written last: which archive was unpacked here."""


@dataclass(frozen=True)
class Bounds:
    """What no delivery exceeds: files, bytes in all, and bytes out per byte in once ``free`` bytes
    are out.
    """

    files: int = 20_000
    size: int = 400 * 10**9
    ratio: int = 120
    free: int = 64 << 20


def is_unpacked(archive: Path, folder: Path) -> bool:
    """True when ``folder`` is this very archive, unpacked whole."""
    with contextlib.suppress(OSError, ValueError):  # missing, or not ours
        return (folder / MARK).read_text(encoding="utf-8") == _archive_mark(archive)
    return False


def _archive_mark(archive: Path) -> str:
    facts = archive.stat()
    return json.dumps(
        {"archive": archive.name, "size": facts.st_size, "modified": int(facts.st_mtime)}
    )


def is_archive(path: Path) -> bool:
    """By its name: something that ``unpack_archive`` opens, or can say something about."""
    name = path.name.lower()
    return name.endswith(SUFFIXES) or _SPLIT.search(name) is not None


def archive_stem(path: Path) -> str:
    """The name without what says that it is an archive."""
    name = path.name
    found = next(
        (s for s in sorted(SUFFIXES, key=len, reverse=True) if name.lower().endswith(s)), ""
    )
    return safe_name(name[: len(name) - len(found)] if found else path.stem)


def unpack_archive(
    archive: Path,
    folder: Path,
    cancel: Cancel,
    progress: Progress | None = None,
    bounds: Bounds | None = None,
) -> Path:
    """Unpack a ``.tar.gz`` (or other tar) or ``.zip`` into ``folder``, which appears whole or not
    at all.

    ``progress`` gets 0 to 1. What an interrupted run left is cleared first. Returns ``folder``.
    Raises Cancelled, InvalidInput (``unsupported``, ``damaged``, ``unsafe``, ``bomb``, ``busy``),
    StorageError.
    """
    kind = _archive_kind(archive)
    part = folder.with_name(folder.name + ".part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _hold_alone(part):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            try:
                _Unpacking(
                    archive, part, cancel, progress or (lambda share: None), bounds or Bounds()
                ).run(kind)
                os.replace(part, folder)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
    except OSError as error:
        raise disk_error(error, error.filename or folder) from error
    return folder


def _archive_kind(archive: Path) -> str:
    try:
        with archive.open("rb") as file:
            magic = file.read(12)
            end = b""
            if archive.suffix.lower() == ".zip":
                file.seek(max(0, archive.stat().st_size - _ZIP_END))
                end = file.read()
    except OSError as error:
        raise disk_error(error, archive) from error
    if magic.startswith(b"7z\xbc\xaf\x27\x1c") or _SPLIT.search(archive.name) or _is_volume(end):
        raise InvalidInput(
            tr(
                "“{name}” is a 7z archive or one volume of several, which QGIS cannot unpack."
            ).format(name=archive.name),
            tr(
                "Unpack it with 7-Zip (open the first volume, that ends in .001 or .zip, all "
                "volumes beside it), then open the folder here."
            ),
            code="unsupported",
        )
    if magic.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if magic.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")) or archive.name.lower().endswith(
        ".tar"
    ):
        return "tar"
    if magic.startswith(_IMAGES):
        raise InvalidInput(
            tr("“{name}” is an image, not a delivery.").format(name=archive.name),
            tr(
                "Choose the archive or the folder that the portal delivered, or add the image with "
                "QGIS's own “Add raster layer”."
            ),
            code="image",
        )
    raise _damaged_archive(archive, "unknown beginning")


def _is_volume(end: bytes) -> bool:
    """Whether a zip that ends so is the last of several volumes: its list says on which it is
    (APPNOTE 4.3.16).
    """
    at = end.rfind(b"PK\x05\x06")
    disk = int.from_bytes(end[at + 4 : at + 6], "little") if at >= 0 else 0
    return 0 < disk < 0xFFFF


@contextlib.contextmanager
def _hold_alone(part: Path) -> Iterator[None]:
    """Nobody else unpacks to the same place meanwhile."""
    with hold_lock(part.with_name(part.name + ".lock")) as mine:
        if not mine:
            raise InvalidInput(
                tr("This delivery is being opened already."),
                tr("Wait until it is done."),
                code="busy",
            )
        yield


class _Counted:
    """A file that says how far it was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.at = 0

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        data = self._file.read(size)
        self.at += len(data)
        return data

    def seekable(self) -> bool:
        """Read once, from the beginning to the end."""
        return False

    def readable(self) -> bool:
        """As of a file."""
        return True


class _Metered:
    """What is decompressed: no more of it at once than ``left`` allows, since tarfile keeps whole
    headers in memory.
    """

    def __init__(self, plain: IO[bytes], too_much: Callable[[], InvalidInput]) -> None:
        self._plain, self._too_much = plain, too_much
        self.left = _BETWEEN

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        data = self._plain.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise self._too_much()
        return data


class _Unpacking:
    def __init__(
        self, archive: Path, part: Path, cancel: Cancel, progress: Progress, bounds: Bounds
    ) -> None:
        self.archive, self.part, self.cancel, self.progress, self.bounds = (
            archive,
            part,
            cancel,
            progress,
            bounds,
        )
        self.packed = archive.stat().st_size
        self.members = self.files = self.out = self.looked = 0

    def run(self, kind: str) -> None:
        try:
            if kind == "zip":
                self._zip()
            else:
                self._tar()
            (self.part / MARK).write_text(_archive_mark(self.archive), encoding="utf-8")
        except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
            raise _damaged_archive(self.archive, "a file and a folder of one name") from error
        except NotImplementedError as error:
            raise _unsupported_archive(
                self.archive, tr("it is packed in a way QGIS does not know")
            ) from error
        except (
            tarfile.TarError,
            zipfile.BadZipFile,
            EOFError,
            zlib.error,
            lzma.LZMAError,
        ) as error:
            raise _damaged_archive(self.archive, type(error).__name__) from error
        except (RuntimeError, UnicodeError, ValueError) as error:
            raise _damaged_archive(self.archive, str(error)[:200]) from error
        except OSError as error:
            if error.errno is None:  # gzip and bz2 report bad data so
                raise _damaged_archive(self.archive, type(error).__name__) from error
            raise
        if not self.files:
            raise _damaged_archive(self.archive, "no file inside")

    def _tar(self) -> None:
        check_space(self.part, self.packed)
        with self.archive.open("rb") as raw:
            counted = _Counted(raw)
            plain = self._plain(counted)
            metered = _Metered(plain, self._too_much)
            with tarfile.open(fileobj=cast(Any, metered), mode="r|") as tar:
                for member in tar:
                    metered.left = max(0, member.size) + _BETWEEN
                    self._tar_member(tar, member, counted)
                    metered.left = _BETWEEN
            rest = 0
            while data := plain.read(_PIECE):  # the checksum comes last
                self.cancel.check()
                rest += len(data)
                self._within(self.members, self.out + rest)

    def _plain(self, counted: _Counted) -> IO[bytes]:
        """What is decompressed: not tarfile's own way, which checks no checksum."""
        with self.archive.open("rb") as file:
            magic = file.read(6)
        source = cast(Any, counted)
        if magic.startswith(b"\x1f\x8b"):
            return cast("IO[bytes]", gzip.GzipFile(fileobj=source, mode="rb"))
        if magic.startswith(b"BZh"):
            return cast("IO[bytes]", bz2.BZ2File(source))
        if magic.startswith(b"\xfd7zXZ"):
            return cast("IO[bytes]", lzma.LZMAFile(source))
        return cast("IO[bytes]", counted)

    def _tar_member(self, tar: tarfile.TarFile, member: tarfile.TarInfo, counted: _Counted) -> None:
        path = self._inside(member.name)
        if member.size < 0:
            raise tarfile.TarError("negative size")
        if member.issym() or member.islnk():
            target = (
                member.linkname
                if member.islnk()
                else os.path.join(os.path.dirname(member.name), member.linkname)
            )
            self._inside(os.path.normpath(target.replace("\\", "/")))
            return  # an inner link is of no use to a product
        if member.isdir():
            path.mkdir(parents=True, exist_ok=True)
            return
        if not member.isfile() or member.type in (tarfile.GNUTYPE_SPARSE,):
            raise _unsafe_member(self.archive, member.name)
        source = tar.extractfile(member)
        if source is None:
            raise _unsafe_member(self.archive, member.name)
        self._write(path, source, member.size, lambda: counted.at)

    def _zip(self) -> None:
        self._listing()
        with zipfile.ZipFile(self.archive) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            self._within(len(members), total)
            check_space(self.part, total)
            read = 0
            for member in members:
                if member.flag_bits & 1:
                    raise _unsupported_archive(self.archive, tr("it is protected by a password"))
                path = self._inside(member.filename)
                mode = member.external_attr >> 16
                if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise _unsafe_member(self.archive, member.filename)
                if member.is_dir():
                    path.mkdir(parents=True, exist_ok=True)
                    continue
                with archive.open(member) as source:
                    self._write(path, source, member.file_size, lambda before=read: before)  # type: ignore[misc]
                read += member.compress_size

    def _listing(self) -> None:
        """The list of files is read as a whole: its length is in the last bytes (APPNOTE 4.3.16;
        when all ones, 4.3.14).
        """
        with self.archive.open("rb") as file:
            file.seek(max(0, self.packed - _ZIP_END))
            data = file.read()
        at = data.rfind(b"PK\x05\x06")
        field = data[at + 12 : at + 16] if at >= 0 else b""
        if field == b"\xff" * 4:
            far = data.rfind(b"PK\x06\x06")
            field = data[far + 40 : far + 48] if far >= 0 else field
        if int.from_bytes(field, "little") > self.bounds.files * _LISTED:
            raise self._too_much()

    def _inside(self, name: str) -> Path:
        """Where the next member goes.

        Raises Cancelled, InvalidInput when its name leads elsewhere or it is one too many.
        """
        self.cancel.check()
        self.members += 1
        self._within(self.members, self.out)
        plain = name.replace("\\", "/")
        parts = [part for part in plain.split("/") if part not in ("", ".")]
        if (
            plain.startswith("/")
            or "\x00" in plain
            or ".." in parts
            or (len(plain) > 1 and plain[1] == ":")
        ):
            raise _unsafe_member(self.archive, name)
        if not parts:
            return self.part
        if len(parts) > _DEEPEST:
            raise self._too_much()
        return self.part.joinpath(*(safe_name(part, _LONGEST) for part in parts))

    def _write(self, path: Path, source: IO[bytes], size: int, read: Callable[[], int]) -> None:
        self.files += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        left = size
        with path.open("wb") as target:
            while left > 0:
                self.cancel.check()
                data = source.read(min(_PIECE, left))
                if not data:
                    raise EOFError
                left -= len(data)
                self.out += len(data)
                self._within(self.members, self.out)
                if self.out - self.looked >= _LOOK_EVERY:
                    self.looked = self.out
                    check_space(self.part, min(left, _LOOK_EVERY))
                target.write(data)
                self.progress(min(0.999, read() / max(1, self.packed)))
            if source.read(1):  # zip: reading to the end is what checks the sum, and the length
                raise EOFError

    def _within(self, files: int, size: int) -> None:
        limit = max(self.bounds.free, self.bounds.ratio * self.packed)
        if files > self.bounds.files or size > min(limit, self.bounds.size):
            raise self._too_much(f"{files} files, {size} bytes out of {self.packed}")

    def _too_much(self, details: str = "") -> InvalidInput:
        return InvalidInput(
            tr("“{name}” holds far more than a delivery does: it was not unpacked.").format(
                name=self.archive.name
            ),
            tr("Check where this archive comes from."),
            code="bomb",
            details=details,
        )


def _unsupported_archive(archive: Path, why: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” cannot be unpacked here: {why}.").format(name=archive.name, why=why),
        tr("Unpack it with 7-Zip, then open the folder here."),
        code="unsupported",
    )


def _unsafe_member(archive: Path, member: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” wants to write outside its folder: it was not unpacked.").format(
            name=archive.name
        ),
        tr("Check where this archive comes from."),
        code="unsafe",
        details=repr(member[:200]),
    )


def _damaged_archive(archive: Path, why: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” is damaged or incomplete.").format(name=archive.name),
        tr("Download it again, then open it."),
        code="damaged",
        details=why,
    )
