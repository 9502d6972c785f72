"""The files of areas in an archive, or around a Shapefile, as bytes in memory under names of our
own: names in archives may be anything.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from struct import pack, unpack_from

SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
KINDS = (".shp", ".gpkg", ".geojson", ".json", ".kml")
"""What is looked for in an archive; of several, the first kind that is there."""
MOST_ENTRIES = 2000
_ARCHIVES = (".zip", ".kmz")

Files = dict[str, bytes]
"""The files of one source, by ending (``.shp``): the one to open, and its companions."""


class ArchiveError(Exception):
    """An archive that cannot be read; ``large`` when it is for its size."""

    def __init__(self, details: str, large: bool = False) -> None:
        super().__init__(details)
        self.large = large


def read_archive(data: Path | bytes, most: int) -> list[Files]:
    """The sources in a zip or KMZ, of ``most`` bytes in all at most, unpacked; those of the
    archives in it when it has none itself. Raises ArchiveError, OSError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            names = _entry_names(archive, most)
            kind = next((k for k in KINDS if any(n.endswith(k) for n in names)), "")
            if kind:
                return list(_find_sources(archive, names, kind, most))
            inner = [n for n in names if n.endswith(_ARCHIVES)] if isinstance(data, Path) else []
            found: list[Files] = []
            for name in inner:
                found += read_archive(_read_entry(archive, names[name], most), most)
            return found
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError) as error:
        # RuntimeError: a password is needed, or the compression is of another kind.
        raise ArchiveError(str(error)) from error


def _entry_names(archive: zipfile.ZipFile, most: int) -> dict[str, zipfile.ZipInfo]:
    """The entries by their names in lower case with plain slashes, without what a Mac adds."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > most:
        raise ArchiveError("too large", large=True)
    found = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        hidden = any(p == "__macosx" or p.startswith("._") for p in PurePosixPath(name).parts)
        if not hidden and not name.endswith("/"):
            found[name] = entry
    return found


def _find_sources(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], kind: str, most: int
) -> Iterator[Files]:
    for name in names:
        if not name.endswith(kind):
            continue
        stem = name[: -len(kind)]
        endings = SHAPEFILE if kind == ".shp" else (kind,)
        files = {
            e: _read_entry(archive, names[stem + e], most) for e in endings if stem + e in names
        }
        yield _with_index(files)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as file:
        data = file.read(most + 1)  # what an archive says of its sizes may be wrong
    if len(data) > most:
        raise ArchiveError("too large", large=True)
    return data


def read_shapefile(path: Path, most: int) -> Files:
    """A Shapefile with its companions beside it. Raises ArchiveError, OSError."""
    files: Files = {}
    beside = {p.name.lower(): p for p in path.parent.iterdir() if p.stem == path.stem}
    for ending in SHAPEFILE:
        found = path if ending == ".shp" else beside.get(f"{path.stem}{ending}".lower())
        if found is not None:
            if found.stat().st_size > most:
                raise ArchiveError("too large", large=True)
            files[ending] = found.read_bytes()
    return _with_index(files)


def _with_index(files: Files) -> Files:
    """A Shapefile whose index is missing with one made anew, which its records tell."""
    if ".shp" in files and ".shx" not in files and len(files[".shp"]) >= 100:
        files[".shx"] = _shapefile_index(files[".shp"])
    return files


def _shapefile_index(data: bytes) -> bytes:
    """ESRI Shapefile Technical Description, 1998: a header as that of the main file, then offset
    and length of each record, in words of 16 bits.
    """
    records = []
    at = 100
    while at + 8 <= len(data):
        (words,) = unpack_from(">i", data, at + 4)
        if words < 2 or at + 8 + 2 * words > len(data):
            break
        records.append(pack(">ii", at // 2, words))
        at += 8 + 2 * words
    size = pack(">i", (100 + 8 * len(records)) // 2)
    return data[:24] + size + data[28:100] + b"".join(records)
