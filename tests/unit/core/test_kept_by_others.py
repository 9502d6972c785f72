"""What is kept on the disk, damaged or of another version: each row stands alone, nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.catalogue.saved import SavedSearches
from dinamis_qgis.core.errors import DinamisError, InvalidInput, StorageError
from dinamis_qgis.core.local_catalogue.record import products_at_home
from dinamis_qgis.core.tasking.model import Draft, new_request
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.transfer.queue import Ask, FileState, Queue
from tests.unit.transfer.support_products import product


def draft(title: str) -> Draft:
    return Draft(
        area=box(0, 43, 1, 44),
        product="p",
        start=date(2027, 1, 1),
        end=date(2027, 3, 1),
        title=title,
    )


def change(path: Path, sql: str, *values: Any) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(sql, values)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = Register(tmp_path / "register.gpkg")
    for number in range(3):
        made.save(new_request("p", draft(f"t{number}")))
    return made


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("geom", b"GP\x00\x01\xe6\x10\0\0garbage"),
        ("geom", b"no geometry"),
        ("start", 20270101),
        ("max_cloud", "ten"),
        ("title", b"\xff\xfe"),
        ("remind", 5.5),
    ],
)
def test_a_bad_request_stands_alone(register: Register, column: str, value: Any) -> None:
    told: list[tuple[str, ...]] = []
    register.told = told.append
    bad = next(r.reference for r in register.all() if r.draft.title == "t1")
    change(register.path, f'UPDATE requests SET "{column}" = ? WHERE reference = ?', value, bad)
    assert sorted(r.draft.title for r in register.all()) == ["t0", "t2"]
    assert register.unreadable == (bad,)
    register.all()
    assert told == [(bad,)]
    with pytest.raises(InvalidInput):
        register.get(bad)
    with contextlib.closing(sqlite3.connect(register.path)) as db:
        sql = f'SELECT "{column}" FROM requests WHERE reference = ?'
        assert db.execute(sql, (bad,)).fetchone()[0] == value


@pytest.mark.parametrize("value", ["oops", "[1]", '{"a": 1}', "[" * 9000, 7])
@pytest.mark.parametrize("column", ["links", "delivered", "known_orders"])
def test_lists_of_others_count_for_nothing(register: Register, column: str, value: Any) -> None:
    change(register.path, f'UPDATE requests SET "{column}" = ?', value)
    found = register.all()
    assert len(found) + len(register.unreadable) == 3


def test_a_register_of_a_newer_version_is_read_and_never_written(register: Register) -> None:
    change(register.path, "ALTER TABLE requests ADD COLUMN newer TEXT DEFAULT 'x'")
    change(register.path, "UPDATE dinamis_version SET version = 99")
    before = register.path.read_bytes()
    again = Register(register.path)
    assert len(again.all()) == 3
    with pytest.raises(StorageError) as caught:
        again.save(new_request("p", draft("new")))
    assert caught.value.code == "newer"
    assert register.path.read_bytes() == before


def test_a_register_of_an_older_version_is_read_and_brought_up_to_date(register: Register) -> None:
    change(register.path, "DROP TABLE dinamis_version")
    change(register.path, "ALTER TABLE requests DROP COLUMN known_orders")
    again = Register(register.path)
    assert len(again.all()) == 3
    again.save(new_request("p", draft("new")))
    assert len(again.all()) == 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_read_only_register_is_shown(register: Register) -> None:
    register.path.chmod(0o400)
    register.path.parent.chmod(0o500)
    try:
        assert len(Register(register.path).all()) == 3
    finally:
        register.path.parent.chmod(0o700)


def queue_of_two(folder: Path) -> Path:
    queue = Queue(folder / "queue.sqlite")
    made = product("A", {k: (f"https://storage.test/{k}.tif", 5, "") for k in ("a", "b")})
    queue.add([Ask(made, asset) for asset in made.assets], folder / "home")
    queue.close()
    return queue.database


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "verifying"),
        ("size", "big"),
        ("position", "x"),
        ("area", b"\xff"),
        ("checksum", b"\xff"),
        ("done", "half"),
    ],
)
def test_a_bad_file_of_the_queue_stands_alone(tmp_path: Path, column: str, value: Any) -> None:
    database = queue_of_two(tmp_path)
    change(database, f"UPDATE file SET {column} = ? WHERE asset = 'a'", value)
    queue = Queue(database)
    assert [entry.asset for entry in queue.entries()] == ["b"]
    assert queue.unreadable == 1
    taken = queue.take()
    assert taken is not None and taken.asset == "b"
    assert queue.take() is None
    queue.close()


@pytest.mark.parametrize(
    "text", ["oops", "[]", '["m","r","c","an-action-of-a-newer-version",null,""]', "[" * 9000]
)
def test_an_error_that_cannot_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    database = queue_of_two(tmp_path)
    change(database, "UPDATE file SET error = ?, state = 'failed'", text)
    queue = Queue(database)
    assert all(isinstance(entry.error, DinamisError) for entry in queue.entries())
    queue.close()


def test_a_queue_of_a_newer_version_is_shown_and_never_written(tmp_path: Path) -> None:
    database = queue_of_two(tmp_path)
    change(database, "PRAGMA user_version = 99")
    queue = Queue(database)
    assert len(queue.entries()) == 2
    with pytest.raises(StorageError) as caught:
        queue.move([1], FileState.PAUSED)
    assert caught.value.code == "newer"
    queue.close()


def test_a_queue_on_a_full_disk_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = queue_of_two(tmp_path)

    def full(self: Queue) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Queue, "_prepare", full)
    queue = Queue(database)
    assert len(queue.entries()) == 2
    with pytest.raises(StorageError) as caught:
        queue.move([1], FileState.PAUSED)
    assert caught.value.code == "disk-full"
    queue.close()


def test_a_bad_search_stands_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "searches.json"
    saved = SavedSearches(path)
    kept = saved.add("mine", "p", Query())
    data = json.loads(path.read_text())
    strange = [5, "text", {"id": ""}, {"id": "x", "query": {"limit": 1e400}}, None]
    data["searches"] = [*strange[:2], {**data["searches"][0], "newer": 1}, *strange[2:]]
    data["searches"][2]["query"]["newer"] = 2
    path.write_text(json.dumps({**data, "version": 99, "other": 3}))
    assert "mine" in [s.name for s in saved.all()]
    saved.change(kept.id, name="other name")
    after = json.loads(path.read_text())
    assert (after["version"], after["other"]) == (99, 3)
    entry = next(e for e in after["searches"] if isinstance(e, dict) and e.get("id") == kept.id)
    assert (entry["name"], entry["newer"], entry["query"]["newer"]) == ("other name", 1, 2)
    assert 5 in after["searches"] and "text" in after["searches"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1", b"[" * 9000, b"null", b'{"a": 1}'])
def test_files_of_searches_put_aside_are_all_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "searches.json"
    for _ in range(3):
        path.write_bytes(content)
        assert SavedSearches(path).all() == ()
    assert len(list(tmp_path.glob("*broken*"))) == 3


def test_products_at_home_stand_alone_and_lie_within(tmp_path: Path) -> None:
    share, other = tmp_path / "share", tmp_path / "private"
    share.mkdir()
    other.mkdir()
    (other / "secret.tif").write_bytes(b"x")
    (share / "own.tif").write_bytes(b"x")

    def item(href: Any, **more: Any) -> str:
        facts = {"datetime": None, "dinamis:profile": "p"}
        asset = {"href": href, "roles": ["data"]}
        return json.dumps(
            {"type": "Feature", "id": "x", "geometry": None, "properties": facts}
            | {"assets": {"a": asset}, **more}
        )

    hrefs = ["./own.tif", "../private/secret.tif", str(other / "secret.tif"), "file:///etc/passwd"]
    hrefs += ["..%2Fprivate%2Fsecret.tif", "C:/secret.tif", "..\\private\\secret.tif", "", None]
    for number, href in enumerate(hrefs):
        (share / f"{number}.json").write_text(item(href))
    (share / "bad.json").write_text(item("./own.tif", geometry={"type": "Polygon"}))
    (share / "deep.json").write_text("[" * 9000)
    (other / "out.json").write_text(item("./secret.tif"))
    links = [f"./{n}.json" for n in range(len(hrefs))]
    links += ["./bad.json", "./deep.json", "../private/out.json", str(other / "out.json")]
    catalog = {
        "type": "Catalog",
        "id": "dinamis-products",
        "links": [{"rel": "item", "href": href} for href in links],
    }
    (share / "catalog.json").write_text(json.dumps(catalog))
    found = [asset.href for each in products_at_home(share) for asset in each.assets]
    assert found == [str(share / "own.tif")]


@pytest.mark.skipif(os.name == "nt" or os.sys.platform == "darwin", reason="names are text there")
def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    home = tmp_path / os.fsdecode(b"caf\xe9")
    home.mkdir()
    queue = Queue(home / "queue.sqlite")
    made = product("A", {"a": ("https://storage.test/a.tif", 5, "")})
    ids = queue.add([Ask(made, made.assets[0])], home / "home")
    assert ids == queue.add([Ask(made, made.assets[0])], home / "home")
    assert queue.entries()[0].target.is_relative_to(home)
    queue.close()
