"""The queue: order, states, durability, and nothing secret in it."""

from __future__ import annotations

import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.errors import Action, InvalidInput, NetworkError, StorageError
from dinamis_qgis.core.local_catalogue.record import pack_product, unpack_product
from dinamis_qgis.core.transfer.queue import Ask, FileState, Queue
from tests.unit.transfer.support_products import product

SIGNED = "https://storage.example/b/{}.tif?X-Amz-Signature=SECRET&X-Amz-Credential=WHO&versionId=3"


def asks(*names: str) -> list[Ask]:
    made = [
        product(
            name,
            {
                "src_xs": (SIGNED.format(name), 100, ""),
                "src_pan": (SIGNED.format(name + "p"), 200, ""),
            },
        )
        for name in names
    ]
    return [Ask(p, a) for p in made for a in p.assets]


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "q" / "queue.sqlite")


def test_files_are_taken_in_order_and_once(queue: Queue, tmp_path: Path) -> None:
    ids = queue.add(asks("A", "B"), tmp_path / "home")
    taken = [queue.take(), queue.take([ids[1]]), queue.take()]
    assert [t.id for t in taken if t] == [ids[0], ids[2], ids[1]]
    entry = taken[0]
    assert entry is not None
    assert entry.state is FileState.RUNNING
    assert entry.target == tmp_path / "home" / "A" / "A_src_xs.tif"
    assert entry.size == 100
    queue.close()


def test_many_threads_never_take_the_same(queue: Queue, tmp_path: Path) -> None:
    queue.add(asks(*(f"P{i}" for i in range(20))), tmp_path)
    taken: list[int] = []

    def work() -> None:
        while entry := queue.take():
            taken.append(entry.id)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 40
    queue.close()


def test_everything_survives_reopening(queue: Queue, tmp_path: Path) -> None:
    ids = queue.add(asks("A", "B"), tmp_path, show=False)
    queue.take()
    queue.progress(ids[0], 60, 101)
    error = NetworkError("No network.", "Wait.", code="down", status=503, details="x")
    queue.move([ids[1]], FileState.FAILED, error=error)
    queue.move([ids[2]], FileState.PAUSED)
    queue.close()
    again = Queue(queue.database)
    again.recover()
    entries = {entry.id: entry for entry in again.entries()}
    assert [entries[i].state for i in ids] == [
        FileState.WAITING,
        FileState.FAILED,
        FileState.PAUSED,
        FileState.WAITING,
    ]
    assert (entries[ids[0]].done, entries[ids[0]].size) == (60, 101)
    found = entries[ids[1]].error
    assert found is not None
    assert (found.message, found.remedy, found.code, found.action, found.status) == (
        "No network.", "Wait.", "down", Action.RETRY, 503,
    )  # fmt: skip
    assert not entries[ids[0]].show
    again.close()


def test_order_can_be_changed(queue: Queue, tmp_path: Path) -> None:
    a, b, c, d = queue.add(asks("A", "B"), tmp_path)
    queue.place(d, a)
    queue.place(b, None)
    queue.place(c, a)
    assert [e.id for e in queue.entries()] == [d, c, a, b]
    queue.close()


def test_the_same_file_is_not_queued_twice(queue: Queue, tmp_path: Path) -> None:
    first = queue.add(asks("A"), tmp_path)
    queue.move(first, FileState.FAILED, error=NetworkError("x"))
    assert queue.add(asks("A"), tmp_path) == first
    assert [(e.state, e.error) for e in queue.entries()] == [(FileState.WAITING, None)] * 2
    assert queue.add(asks("A"), tmp_path / "elsewhere") != first
    queue.close()


def test_states_change_only_where_they_may(queue: Queue, tmp_path: Path) -> None:
    ids = queue.add(asks("A"), tmp_path)
    queue.move(ids[:1], FileState.DONE)
    assert queue.move(ids, FileState.PAUSED, only=(FileState.WAITING,)) == ids[1:]
    queue.remove(ids)
    assert queue.entries() == []
    with pytest.raises(InvalidInput):
        queue.product(1)
    queue.close()


def test_nothing_signed_is_written(queue: Queue, tmp_path: Path) -> None:
    queue.add(asks("A"), tmp_path)
    assert queue.entries()[0].href == "https://storage.example/b/A.tif?versionId=3"
    queue.close()
    for path in queue.database.parent.iterdir():
        data = path.read_bytes()
        assert b"SECRET" not in data
        assert b"X-Amz" not in data


def test_a_product_comes_out_as_it_went_in() -> None:
    values: dict[str, Any] = {
        "incidence": None,
        "cloud_cover": 0.0,
        "end": datetime(2023, 9, 3, 10, 41, tzinfo=timezone.utc),
    }
    made = product("A", {"src_xs": ("https://x/a.tif", 1, "1220ab")}, **values)
    assert made.key, "what was worked out of it is not a part of it"
    again = unpack_product(pack_product(made))
    assert again == made
    assert again.assets == made.assets
    assert again.properties == made.properties
    for text in ("", "[]", "{}", '{"datetime": 3}'):
        with pytest.raises(InvalidInput):
            unpack_product(text)


def test_a_broken_database_is_set_aside(tmp_path: Path) -> None:
    database = tmp_path / "queue.sqlite"
    database.write_bytes(b"this is no database, " * 500)
    queue = Queue(database)
    queue.add(asks("A"), tmp_path)
    assert len(queue.entries()) == 2
    assert (tmp_path / "queue.sqlite.broken").exists()
    queue.close()


def test_a_database_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError):
        Queue(tmp_path / "file" / "queue.sqlite")
    (tmp_path / "queue.sqlite").mkdir()
    with pytest.raises(StorageError):
        Queue(tmp_path / "queue.sqlite")
