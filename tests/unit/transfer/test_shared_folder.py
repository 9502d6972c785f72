"""A download folder that is not ours alone: other windows and processes in it, a network share that
goes away.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.errors import Action, DinamisError, StorageError
from dinamis_qgis.core.file_lock import hold_lock, open_locked, remove_and_unlock
from dinamis_qgis.core.local_catalogue.record import products_at_home, write_record
from dinamis_qgis.core.transfer.engine import Engine
from dinamis_qgis.core.transfer.fetch.partial_file import PartialFile, part_path
from dinamis_qgis.core.transfer.fetch.tools import Access, Tools
from dinamis_qgis.core.transfer.queue import Ask, FileState, Queue
from tests.support.hostile import Storage, content
from tests.unit.transfer.support_products import product
from tests.unit.transfer.test_engine import SIZE, Make, asks, states, until
from tests.unit.transfer.test_fetch import multihash

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def make(tools: Callable[..., Tools], tmp_path: Path) -> Iterator[Make]:
    engines: list[Engine] = []

    def engine(**options: Any) -> Engine:
        engines.append(
            Engine(Queue(tmp_path / "queue.sqlite"), tools(), lambda product: Access(), **options)
        )
        return engines[-1]

    yield engine
    for one in engines:
        one.stop()


def test_two_processes_download_into_one_folder(storage: Storage, tmp_path: Path) -> None:
    """Two QGIS with profiles of their own and, half of it, the same files: all is right, all is
    recorded, nothing is left over.
    """
    storage.pace, home = 0.01, tmp_path / "home"
    found = {}
    for name in "ABCDEFGH":
        data = content(SIZE, ord(name))
        found[name] = product(
            name, {"src_xs": (storage.put(f"{name}.tif", data), SIZE, multihash(data))}
        )
    processes = []
    for number, names in enumerate(("ABCDEF", "FEDCGH")):
        database = tmp_path / f"profile{number}" / "queue.sqlite"
        queue = Queue(database)
        queue.add([Ask(found[name], found[name].assets[0]) for name in names], home)
        queue.close()
        command = [
            sys.executable,
            "-m",
            "tests.unit.transfer.support_products",
            str(database),
            str(number),
            "eager",
        ]
        processes.append(
            subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    ends = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    assert [code for *_, code in ends] == [0, 0], ends
    for name in found:
        assert (home / name / f"{name}_src_xs.tif").read_bytes() == content(SIZE, ord(name))
    assert [p.id for p in products_at_home(home)] == list("ABCDEFGH")
    kept = {p.name for p in home.rglob("*") if p.is_file()}
    assert kept == {
        "catalog.json",
        *(f"{n}_src_xs.tif" for n in found),
        *(f"{n}.json" for n in found),
    }
    assert storage.sent() < 10 * SIZE, "what both want is fetched once"


_RECORD = """
import sys
from pathlib import Path
from dinamis_qgis.core.local_catalogue.record import write_record
from tests.unit.transfer.support_products import product
root, mine = Path(sys.argv[1]), sys.argv[2]
made = product("P", {f"{mine}{n}": (f"https://storage.test/{mine}{n}.tif", 1, "") for n in range(12)})
print("ready", flush=True)
sys.stdin.readline()
for n in range(12):
    write_record(root, made, {f"{mine}{n}": (root / "P" / f"{mine}{n}.tif", {})})
    own = product(f"{mine}{n}", {"a": ("https://storage.test/a.tif", 1, "")})
    write_record(root, own, {"a": (root / f"{mine}{n}" / "a.tif", {})})
"""


def test_records_of_several_processes_are_all_kept(tmp_path: Path) -> None:
    (tmp_path / "P").mkdir()
    processes = []
    for mine in "abc":
        for n in range(12):
            (tmp_path / f"{mine}{n}").mkdir()
            (tmp_path / f"{mine}{n}" / "a.tif").write_bytes(b"x")
            (tmp_path / "P" / f"{mine}{n}.tif").write_bytes(b"x")
        command = [sys.executable, "-c", _RECORD, str(tmp_path), mine]
        processes.append(
            subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        )
    for process in processes:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
    assert [process.returncode for process in processes] == [0, 0, 0]
    at_home = {p.id: p for p in products_at_home(tmp_path)}
    wanted = {f"{mine}{n}" for mine in "abc" for n in range(12)}
    assert set(at_home) == wanted | {"P"} and {asset.key for asset in at_home["P"].assets} == wanted
    assert not list(tmp_path.rglob("*.lock")) and not list(tmp_path.rglob("*.tmp"))


def test_a_lock_is_one_holder_s_whoever_removes_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = open_locked(path)
    assert first >= 0 and open_locked(path) == -1
    with hold_lock(path, 0.05) as mine:
        assert not mine
    remove_and_unlock(first, path)
    assert not path.exists()
    with hold_lock(path) as mine:
        assert mine and open_locked(path) == -1
    assert not path.exists()


def test_a_file_that_another_window_has_waits_and_is_then_there(
    storage: Storage, make: Make, tmp_path: Path
) -> None:
    (ask,) = asks(storage, "A")
    target = tmp_path / "A" / "A_src_xs.tif"
    engine = make()
    with PartialFile(target):
        engine.start()
        ids = engine.add([ask], tmp_path)
        until(lambda: engine.views()[0].retry is not None)
        assert engine.views()[0].entry.error.code == "in-use" and storage.asked == []
        engine.cancel(ids)
        until(lambda: states(engine) == [FileState.CANCELLED])
        assert part_path(target).exists(), "what the other window has is not removed"
        target.write_bytes(content(SIZE))
    engine.resume(ids)
    until(lambda: states(engine) == [FileState.DONE])
    assert storage.asked == [] and not list(tmp_path.rglob("*.part*"))


@pytest.mark.parametrize("name", ["Path.stat", "Path.mkdir", "stat", "replace", "fsync", "open"])
def test_a_network_folder_that_vanishes(
    name: str, storage: Storage, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever touches it then fails, for any reason a system has: one clear sentence, and it goes
    on once it is back.
    """
    home = tmp_path / "home"
    place, _, name = name.rpartition(".")
    owner: Any = Path if place else os
    real = getattr(owner, name)

    def gone(path: Any, *args: Any, **more: Any) -> Any:
        if isinstance(path, int) or str(path).startswith(str(home)):
            raise OSError(errno.EHOSTDOWN, os.strerror(errno.EHOSTDOWN))
        return real(path, *args, **more)

    faults: list[BaseException] = []
    engine = make(unexpected=lambda error: faults.append(error) or DinamisError("bug", code="bug"))
    (ask,) = asks(storage, "A")
    if place and name == "stat":
        (home / "A").mkdir(parents=True)
        (home / "A" / "A_src_xs.tif").write_bytes(b"of another time")
    monkeypatch.setattr(owner, name, gone)
    engine.start()
    ids = engine.add([ask], home)
    until(lambda: states(engine) == [FileState.FAILED], "that it failed")
    error = engine.views()[0].entry.error
    monkeypatch.undo()
    assert (
        error is not None
        and error.code == "disk"
        and error.action is Action.CHOOSE_FOLDER
        and not faults
    )
    engine.resume(ids)
    until(lambda: states(engine) == [FileState.DONE])
    assert (home / "A" / "A_src_xs.tif").read_bytes() == content(SIZE)
    assert not list(tmp_path.rglob("*.part*"))


def test_a_catalogue_that_cannot_be_read_now_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_of(tmp_path, "A")
    before = (tmp_path / "catalog.json").read_bytes()
    real = Path.read_text

    def stale(path: Path, *args: Any, **more: Any) -> str:
        if path.name == "catalog.json":
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return real(path, *args, **more)

    monkeypatch.setattr(Path, "read_text", stale)
    with pytest.raises(StorageError):
        record_of(tmp_path, "B")
    monkeypatch.undo()
    assert (tmp_path / "catalog.json").read_bytes() == before
    record_of(tmp_path, "B")
    assert [p.id for p in products_at_home(tmp_path)] == ["A", "B"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"links": 3}',
        b'{"id": "dinamis-products", "links": [3, {"rel": "item"}]}',
    ],
)
def test_a_damaged_catalogue_loses_nothing(tmp_path: Path, damage: bytes) -> None:
    record_of(tmp_path, "A")
    (tmp_path / "catalog.json").write_bytes(damage)
    assert isinstance(products_at_home(tmp_path), list)
    record_of(tmp_path, "B")
    known = {p.id for p in products_at_home(tmp_path)}
    assert "B" in known or damage == b'{"links": 3}', "somebody else's is left alone"
    if damage in (b"", b"{", b"[]"):
        assert known == {"A", "B"}


def record_of(root: Path, name: str) -> None:
    file = root / name / "a.tif"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    write_record(
        root,
        product(name, {"src_xs": ("https://storage.test/a.tif", 1, "")}),
        {"src_xs": (file, {})},
    )
