"""What there is to open: archives unpacked, archives within archives, and every description of an
image found. A fault of one is kept, and stops none of the others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from dinamis_qgis.core.delivery import archive as archives
from dinamis_qgis.core.delivery.dim import Dim, component_files, read_dim
from dinamis_qgis.core.errors import Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import disk_error

Progress = Callable[[float, str], None]
Refuse = Callable[[Path, DinamisError], None]
_MOST_ENTRIES = 200_000
_DEEPEST = 12
_NESTED = 3
"""A basket of the portal is a zip of archives; nothing is packed more often than this."""
_MOST_NESTED = 500
_IMAGES = (".tif", ".tiff", ".jp2")


@dataclass(frozen=True)
class DeliveryPlace:
    """Where a delivery lies once unpacked; ``home`` is where its virtual files go, None for one
    folder a product.
    """

    folder: Path
    source: Path
    home: Path | None = None


def as_error(fault: Exception, about: Path) -> DinamisError:
    """What went wrong with one product, as a sentence, whatever it was.

    Raises Cancelled, which is no fault.
    """
    if isinstance(fault, Cancelled):
        raise fault
    if isinstance(fault, DinamisError):
        return fault
    if isinstance(fault, OSError):
        return disk_error(fault, fault.filename or about)
    return InvalidInput(
        tr("“{name}” cannot be used: something in it is not as in other deliveries.").format(
            name=about.name
        ),
        tr("Ask your relay, with the name of this delivery."),
        code="delivery",
        details=f"{type(fault).__name__}: {fault}"[:200],
    )


def find_places(
    source: Path, root: Path, cancel: Cancel, tell: Progress, refuse: Refuse
) -> Iterator[DeliveryPlace]:
    """The folders that ``source`` (archive, folder, file of a delivery) stands for, unpacked below
    ``root`` where it is packed; ``refuse`` hears of what cannot be. Raises Cancelled.
    """
    if source.is_file() and _is_part(source):
        source = source.parent
    packed = (
        [source]
        if source.is_file()
        else [p for p in _walk_files(source, cancel) if _first_volume(p)]
    )
    if source.is_dir():
        yield DeliveryPlace(source, source)
    for number, path in enumerate(packed):
        text = tr("Unpacking {name}…").format(name=path.name)

        def step(share: float, number: int = number, text: str = text) -> None:
            tell(0.5 * (number + share) / len(packed), text)

        step(0.0)
        try:
            folder = _unpack_once(path, root, cancel, step)
            _unpack_within(folder, cancel, refuse)
        except Exception as fault:  # noqa: BLE001 (a fault of one must not stop the others)
            refuse(path, as_error(fault, path))
            continue
        yield DeliveryPlace(folder, path, folder)


def _is_part(path: Path) -> bool:
    """A file of an unpacked delivery: its description, or an image with a description beside it."""
    if path.suffix.lower() in (".xml", ".dim"):
        return True
    return path.suffix.lower() in _IMAGES and any(map(_is_description, path.parent.iterdir()))


def _is_description(path: Path) -> bool:
    return bool(re.fullmatch(r"(?i)DIM_.*\.XML|METADATA\.DIM", path.name))


def _first_volume(path: Path) -> bool:
    return archives.is_archive(path) and not re.search(
        r"\.(00[02-9]|0[1-9]\d|[1-9]\d\d|z0[2-9]|z[1-9]\d)$", path.name.lower()
    )


def _unpack_once(path: Path, root: Path, cancel: Cancel, progress: Callable[[float], None]) -> Path:
    """The folder of an archive; the one of an earlier time when it is the same archive."""
    name, number = archives.archive_stem(path), 1
    while True:
        folder = root / (name if number == 1 else f"{name}-{number}")
        try:
            if archives.is_unpacked(path, folder):
                return folder
            if not folder.exists():
                return archives.unpack_archive(path, folder, cancel, progress)
        except OSError as error:
            raise disk_error(error, folder) from error
        number += 1


def _unpack_within(folder: Path, cancel: Cancel, refuse: Refuse) -> None:
    """Unpack the archives in what was unpacked, beside themselves.

    Once whole an inner archive goes: its folder has it all; one that cannot be stays, to be tried
    and told again with the whole.
    """
    seen: set[Path] = set()
    for _ in range(_NESTED):
        inner = [path for path in _walk_files(folder, cancel) if _first_volume(path)]
        for path in inner:
            if path in seen:
                continue
            seen.add(path)
            if len(seen) > _MOST_NESTED:
                raise _too_many()
            try:
                _unpack_once(path, path.parent, cancel, lambda share: None)
                path.unlink()
            except Exception as fault:  # noqa: BLE001 (a fault of one must not stop the others)
                refuse(path, as_error(fault, path))


def _walk_files(folder: Path, cancel: Cancel) -> list[Path]:
    """Files below a folder, sorted; links are not followed, what is being unpacked is let be."""
    found: list[Path] = []
    for base, folders, files in os.walk(folder):
        cancel.check()
        depth = len(Path(base).relative_to(folder).parts)
        folders[:] = (
            sorted(f for f in folders if not f.endswith(".part")) if depth < _DEEPEST else []
        )
        found += [Path(base, name) for name in sorted(files)]
        if len(found) > _MOST_ENTRIES:
            raise _too_many()
    return found


def _too_many() -> InvalidInput:
    return InvalidInput(
        tr("This folder holds too many files."),
        tr("Choose the folder of the deliveries."),
        code="many",
    )


def find_images(place: DeliveryPlace, cancel: Cancel, refuse: Refuse) -> list[Dim]:
    """Every image of a place; a component that a volume announces and that is not there is refused.

    Raises Cancelled.
    """
    heard: list[Path] = []

    def told(path: Path, error: DinamisError) -> None:
        heard.append(path)
        refuse(path, error)

    files = _walk_files(place.folder, cancel)
    for path in sorted(_missing_descriptions(files, told)):
        missing = InvalidInput(
            tr("A part of the delivery is missing: {name}.").format(name=path.name),
            tr("Download or unpack the delivery again, all its volumes."),
            code="missing",
            details=str(path),
        )
        told(path, missing)
    dims = []
    for path in filter(_is_description, files):
        cancel.check()
        try:
            dims.append(read_dim(path))
        except Exception as fault:  # noqa: BLE001 (a fault of one must not stop the others)
            told(path, as_error(fault, path))
    packed = any(map(_first_volume, files))  # told already
    if not dims and not heard and place.home is not None and not packed:
        told(place.source, nothing_in(place.folder))
    return dims


def _missing_descriptions(files: list[Path], told: Refuse) -> set[Path]:
    """Descriptions that a volume announces and that are not there."""
    found: set[Path] = set()
    for path in files:
        if re.fullmatch(r"(?i)VOL_.*\.XML", path.name):
            try:
                found |= {
                    component for component in component_files(path) if not component.is_file()
                }
            except Exception as fault:  # noqa: BLE001 (a fault of one must not stop the others)
                told(path, as_error(fault, path))
    return found


def nothing_in(source: Path) -> DinamisError:
    """Why there is nothing to open."""
    files = source.rglob("*") if source.is_dir() else ()
    if any(path.suffix.lower() in _IMAGES for path in files):
        return InvalidInput(
            tr(
                "“{name}” holds images without a DIMAP description (IGN's ORTHO-SAT tiles are "
                "such)."
            ).format(name=source.name),
            tr(
                "Add them with QGIS's own “Add raster layer”: they carry their position themselves."
            ),
            code="no-dim",
        )
    return InvalidInput(
        tr("“{name}” holds no SPOT or Pléiades delivery.").format(name=source.name),
        tr("Choose the archive (.tar.gz, .zip) or the folder that the portal delivered."),
        code="no-dim",
    )
