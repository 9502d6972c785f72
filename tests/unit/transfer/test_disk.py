"""Disks that are full, small, or not ours: a clear sentence, nothing lost, and on with it once
there is room.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.errors import Action, StorageError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.fetch import partial_file
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.tools import Tools, Wanted
from tests.support.hostile import Asked, Handler, Storage, content

MakeTools = Callable[..., Tools]
ROOM = 4 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 4 MB; skipped where no such thing can be mounted (``file_limit`` tests run
    everywhere).
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if (
        shutil.which("mount") is None
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def file_limit() -> Iterator[Callable[[int], None]]:
    """``file_limit(bytes)``: no file may grow beyond, as on a FAT32 stick."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_too_large_is_said_before_anything_moves(
    small_disk: Path, storage: Storage, tools: MakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partial_file, "MARGIN_BYTES", 0)
    data = content(ROOM * 2)
    href = storage.put("a.tif", data)
    with pytest.raises(StorageError) as caught:
        fetch_file(Wanted(href, small_disk / "a.tif"), tools(), Cancel())
    assert caught.value.code == "disk-full"
    assert caught.value.action is Action.CHOOSE_FOLDER
    assert storage.sent() <= 600_000, "the first answer's buffers at most"
    assert list(small_disk.iterdir()) == []


def test_filled_by_somebody_else_then_freed(
    small_disk: Path, storage: Storage, tools: MakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room is promised at the start but the file system does not keep it: met while writing."""
    monkeypatch.setattr(partial_file, "MARGIN_BYTES", 0)
    monkeypatch.delattr(os, "posix_fallocate")
    storage.pace = 0.005
    data = content(3_000_000)
    href, target, hog = storage.put("a.tif", data), small_disk / "a.tif", small_disk / "hog"

    def fill(handler: Handler, asked: Asked) -> None:
        if asked.number == 3:
            hog.write_bytes(b"x" * (2 << 20))

    storage.trick = fill
    with pytest.raises(StorageError) as caught:
        fetch_file(Wanted(href, target, len(data)), tools(), Cancel())
    assert caught.value.code == "disk-full"
    assert not target.exists()
    hog.unlink()
    storage.trick, before = None, storage.sent()
    assert fetch_file(Wanted(href, target, len(data)), tools(), Cancel())
    assert target.read_bytes() == data
    assert storage.sent() - before < len(data), "what was there was not fetched again"
    assert [p.name for p in small_disk.iterdir()] == ["a.tif"]


def test_a_disk_that_cannot_hold_such_files(
    storage: Storage, tools: MakeTools, tmp_path: Path, file_limit: Callable[[int], None]
) -> None:
    href = storage.put("a.tif", content(2_000_000))
    file_limit(1 << 20)
    with pytest.raises(StorageError) as caught:
        fetch_file(Wanted(href, tmp_path / "a.tif"), tools(), Cancel())
    assert caught.value.code == "disk-large-file"
    assert not (tmp_path / "a.tif").exists()


def test_a_file_where_the_folder_should_be(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError):
        fetch_file(Wanted(storage.put("a.tif", b"x"), tmp_path / "file" / "a.tif"), tools(), Cancel())
    assert storage.asked == []


_AS_NOBODY = """
import os, sys
from pathlib import Path
import requests, encodings.idna, concurrent.futures.thread
from dinamis_qgis.core.net import cuttable
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.tools import Tools, Wanted
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    fetch_file(Wanted(sys.argv[1], Path(sys.argv[2])), Tools(Http("t", retries=0)), Cancel())
except DinamisError as error:
    print(error.code, error.action.value)
"""


def test_a_folder_one_may_not_write(storage: Storage, tmp_path_factory: Any) -> None:
    """Root may write anywhere, so a process of nobody does it."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    try:
        href = storage.put("a.tif", b"x")
        run = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, href, str(folder / "a.tif")],
            capture_output=True, text=True, cwd=Path(__file__).resolve().parents[3], check=False,
        )  # fmt: skip
        assert run.stdout.strip() == "disk-permission choose_folder", run.stderr
        assert storage.asked == []
    finally:
        folder.chmod(0o755)
        folder.rmdir()
