"""Is a file that arrived the image or the archive it should be, and all of it?

Where a catalogue announces neither length nor checksum, the file itself has to tell: its first
bytes, its directory, and whether everything the directory names lies within its length.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from dinamis_qgis.core.errors import DinamisError, ServiceError
from dinamis_qgis.core.net.failures import is_web_page, page_error
from dinamis_qgis.core.text import tr

PAGE = "html"
_BY_TYPE = {
    "image/tiff": "tiff",
    "image/jp2": "jp2",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/png": "png",
    "application/zip": "zip",
    "application/gzip": "gzip",
    "application/x-7z-compressed": "7z",
    "text/html": PAGE,
}
_BY_ENDING = {
    "tif": "tiff",
    "tiff": "tiff",
    "jp2": "jp2",
    "j2k": "jp2",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "zip": "zip",
    "gz": "gzip",
    "tgz": "gzip",
    "7z": "7z",
    "html": PAGE,
    "htm": PAGE,
}
_BEGINNINGS = (
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_HEAD = 1024
_TAIL = 64 * 1024

# TIFF 6.0 and BigTIFF
_PLACES = {273: 279, 324: 325}
"""Tags of the offsets of strips and of tiles, and of their lengths."""
_SUB_DIRECTORIES = 330
_NUMBERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MOST_DIRECTORIES = 1000
_MOST_ENTRIES = 65535
_STEP = 65536


def kind_of(media_type: str, *names: str) -> str:
    """What a file should be by its media type, else by the ending of one of its names or addresses.

    Empty when nothing is known.
    """
    known = _BY_TYPE.get(media_type.partition(";")[0].strip().lower(), "")
    for name in names if not known else ():
        path = unquote(urlsplit(name).path) if "://" in name else name
        known = known or _BY_ENDING.get(path.lower().rpartition(".")[2], "")
    return known


def find_fault(path: Path, kind: str, url: str) -> DinamisError | None:
    """Why the file at ``path`` is no whole file of ``kind`` (of ``kind_of``); None when it is one.

    A file of another known format counts as what it is: catalogues err about types. Raises
    OSError.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
        found = next((k for start, k in _BEGINNINGS if head.startswith(start)), "")
        if kind != PAGE and is_web_page(head):
            return page_error(url)
        if not kind or kind == PAGE:
            return None
        if not found:
            return not_an_image(path.name, "unknown first bytes")
        try:
            problem = _find_problem(file, found, size)
        except (struct.error, ValueError, EOFError, OverflowError) as error:
            problem = f"{found}: {type(error).__name__}"
    return not_an_image(path.name, f"{problem}, {size} bytes") if problem else None


def not_an_image(name: str, details: str) -> ServiceError:
    """What arrived has an end that is no end."""
    return ServiceError(
        tr("“{name}” arrives incomplete or damaged: it is not a whole file of its kind.").format(
            name=name.removesuffix(".part")
        ),
        tr("Try again later; if it lasts, tell your relay."),
        code="not-whole",
        details=details,
    )


def _find_problem(file: BinaryIO, kind: str, size: int) -> str:
    if kind == "tiff":
        return _tiff_problem(file, size)
    if kind == "jp2":
        return _jp2_problem(file, size)
    if kind == "7z":
        return _seven_zip_problem(file, size)
    if kind == "zip":
        return "" if zipfile.is_zipfile(file) else "zip: no directory at its end"
    if kind == "gzip":
        return "" if size > 18 else "gzip: cut"
    file.seek(max(0, size - _TAIL))
    end = b"IEND\xaeB`\x82" if kind == "png" else b"\xff\xd9"
    return "" if end in file.read() else f"{kind}: no end"


def _seven_zip_problem(file: BinaryIO, size: int) -> str:
    """The header says where the directory is, and how long (7zFormat.txt, start header)."""
    file.seek(12)
    offset, length = struct.unpack("<QQ", file.read(16))
    return "" if 32 + offset + length <= size else "7z: cut before its directory"


def _jp2_problem(file: BinaryIO, size: int) -> str:
    """Boxes within the length; the code stream with its end (ISO/IEC 15444-1, annex I)."""
    file.seek(0)
    at = 0
    boxes = not file.read(4).startswith(b"\xff\x4f")
    while boxes and at < size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length == 1:
            length = struct.unpack(">Q", file.read(8))[0]
        if length == 0:
            break
        if length < 8 or at + length > size:
            return f"jp2: box {name!r} of {length} bytes at {at}"
        at += length
        if name == b"jp2c":
            return ""
    file.seek(max(0, size - _HEAD))
    return "" if file.read().rstrip(b"\0").endswith(b"\xff\xd9") else "jp2: no end of code stream"


def _tiff_problem(file: BinaryIO, size: int) -> str:
    """Every directory, and every strip or tile it names, within the length."""
    file.seek(0)
    start = file.read(16)
    order = "<" if start[:2] == b"II" else ">"
    big = struct.unpack(order + "H", start[2:4])[0] == 43
    todo = [struct.unpack_from(order + ("Q" if big else "I"), start, 8 if big else 4)[0]]
    seen: set[int] = set()
    images = 0
    while todo:
        at = todo.pop()
        if at == 0 or at in seen:
            continue
        if at >= size or len(seen) > _MOST_DIRECTORIES:
            return f"tiff: directory at {at}"
        seen.add(at)
        directory = _Directory(file, at, order, big)
        todo += [directory.next, *directory.numbers(_SUB_DIRECTORIES)]
        for offsets, lengths in _PLACES.items():
            images += offsets in directory.entries
            pairs = zip(directory.numbers(offsets), directory.numbers(lengths))
            if any(offset + length > size for offset, length in pairs):
                return "tiff: strips or tiles beyond its end"
    return "" if images else "tiff: no image"


class _Directory:
    """One directory of a TIFF: its entries of interest, and where the next one is."""

    def __init__(self, file: BinaryIO, at: int, order: str, big: bool) -> None:
        self._file, self._order = file, order
        count_form, entry_form = (
            (order + "Q", order + "HHQ") if big else (order + "H", order + "HHI")
        )
        self._room = 8 if big else 4
        file.seek(at)
        count = struct.unpack(count_form, _read_exactly(file, struct.calcsize(count_form)))[0]
        if count > _MOST_ENTRIES:
            raise ValueError("too many entries")
        entry_size = struct.calcsize(entry_form) + self._room
        data = _read_exactly(file, count * entry_size)
        pointer = order + ("Q" if big else "I")
        self.next: int = struct.unpack(pointer, _read_exactly(file, self._room))[0]
        self.entries: dict[int, tuple[int, int, bytes]] = {}
        wanted = {_SUB_DIRECTORIES, *_PLACES, *_PLACES.values()}
        for place in range(0, len(data), entry_size):
            tag, kind, number = struct.unpack_from(entry_form, data, place)
            if tag in wanted:
                value = data[place + entry_size - self._room : place + entry_size]
                self.entries[tag] = (kind, number, value)

    def numbers(self, tag: int) -> Iterator[int]:
        """The values of an entry. Raises EOFError where they lie beyond the end of the file."""
        kind, number, value = self.entries.get(tag, (3, 0, b""))
        form = _NUMBERS.get(kind)
        if form is None:
            raise ValueError(f"tag {tag} of type {kind}")
        width = struct.calcsize("<" + form)
        if number * width <= self._room:
            yield from struct.unpack_from(f"{self._order}{number}{form}", value)
            return
        at = struct.unpack(self._order + ("Q" if self._room == 8 else "I"), value)[0]
        if at + number * width > os.fstat(self._file.fileno()).st_size:
            raise EOFError
        for first in range(0, number, _STEP):
            count = min(_STEP, number - first)
            self._file.seek(at + first * width)
            yield from struct.unpack(
                f"{self._order}{count}{form}", _read_exactly(self._file, count * width)
            )


def _read_exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data
