"""One file from the storage to the disk, byte for byte right, over a few connections, resumed where
it stopped.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from dinamis_qgis.core.errors import DinamisError, NetworkError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.fetch.checksum import matches_checksum, parse_multihash
from dinamis_qgis.core.transfer.fetch.download import AlreadyThere, Gathering, Troubled
from dinamis_qgis.core.transfer.fetch.partial_file import (
    PartialFile,
    discard_partial,
    disk_error,
    wrong_path,
)
from dinamis_qgis.core.transfer.fetch.responses import FileChanged, changing_file, corrupt_file
from dinamis_qgis.core.transfer.fetch.tools import Nudge, Progress, Tools, Wanted
from dinamis_qgis.core.transfer.fetch.whole_file import PAGE, find_fault


def fetch_file(
    wanted: Wanted,
    tools: Tools,
    cancel: Cancel,
    progress: Progress | None = None,
    troubled: Troubled = None,
    nudge: Nudge | None = None,
) -> bool:
    """Have ``wanted`` on disk, whole and right. False when it already was.

    ``troubled`` hears, from any thread, why it is tried again while nothing arrives; ``nudge`` ends
    such a wait. Raises Cancelled (what was fetched is kept), NetworkError, ServiceError, AuthError,
    LicenceError, StorageError.
    """
    report = progress or (lambda done, total: None)
    if _already_right(wanted, cancel, report):
        discard_partial(wanted.target)
        return False
    try:
        with PartialFile(wanted.target) as part:
            gathering = Gathering(wanted, tools, cancel, report, part, troubled, nudge or Nudge())
            return _fetch_rounds(gathering, wanted, part, cancel, report)
    except OSError as error:  # a disk, or the network folder on it, that went away in between
        raise disk_error(error, wanted.target) from error


def _already_right(wanted: Wanted, cancel: Cancel, report: Progress) -> bool:
    """True when the file is there and is what the catalogue says; a wrong one is set aside."""
    try:
        size = wanted.target.stat().st_size
    except FileNotFoundError:
        return False
    except OSError as error:
        raise disk_error(error, wanted.target) from error
    if wanted.size is None and parse_multihash(wanted.checksum) is None:
        if _find_fault(wanted.target, wanted) is not None:
            _rename_file(wanted.target, wrong_path(wanted.target))
        return False  # the server will say its size
    if wanted.size in (None, size) and matches_checksum(
        wanted.target, wanted.checksum, cancel, lambda done: report(done, size)
    ):
        return True
    _rename_file(wanted.target, wrong_path(wanted.target))
    return False


def _rename_file(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        raise disk_error(error, source) from error


def _fetch_rounds(
    gathering: Gathering, wanted: Wanted, part: PartialFile, cancel: Cancel, report: Progress
) -> bool:
    """Rounds until the file is right.

    A version that changes under way and a wrong file start over, so many times.
    """
    changes = wrongs = 0
    fault: DinamisError | None = None
    while True:
        try:
            gathering.run()
        except FileChanged as changed:
            changes += 1
            if changes > gathering.rules.tries:
                raise changing_file(wanted.target.name) from None
            if not gathering.steadied(changed.header):
                part.forget()
            continue
        except AlreadyThere:
            return False
        fault = (
            None
            if _is_right(part.path, wanted, cancel, report)
            else corrupt_file(wanted.target.name)
        )
        fault = fault or _find_fault(part.path, wanted)
        if fault is None:
            break
        if isinstance(fault, NetworkError):  # a page of the network, not a file: nothing to keep
            part.forget()
            raise fault
        part.set_aside()
        wrongs += 1
        if wrongs > 1:
            raise fault
        gathering.fresh = True
    part.finish(part.header.size if part.header else None)
    if wrongs:
        with contextlib.suppress(OSError):  # only a reminder of a failure that is over
            wrong_path(wanted.target).unlink()
    return True


def _find_fault(path: Path, wanted: Wanted) -> DinamisError | None:
    """Why a file is none of its kind.

    A checksum that the catalogue announces has said enough, and a length all but whether a web page
    came.
    """
    if parse_multihash(wanted.checksum) is not None:
        return None
    promised = wanted.size is not None and wanted.kind != PAGE
    try:
        return find_fault(path, "" if promised else wanted.kind, wanted.href)
    except OSError as error:
        raise disk_error(error, path) from error


def _is_right(path: Path, wanted: Wanted, cancel: Cancel, report: Progress) -> bool:
    size = path.stat().st_size
    return matches_checksum(path, wanted.checksum, cancel, lambda done: report(size, size))
