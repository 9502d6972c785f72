"""The register: a GeoPackage others can read, that loses nothing when killed, locked or full."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from dinamis_qgis.core.errors import InvalidInput, StorageError
from dinamis_qgis.core.tasking.model import (
    DRAFT,
    READY,
    SENDING,
    Draft,
    Link,
    Order,
    Status,
    duplicate_request,
    new_request,
)
from dinamis_qgis.core.tasking.register import geopackage
from dinamis_qgis.core.tasking.register.export import export_requests
from dinamis_qgis.core.tasking.register.register import Register

ROOT = Path(__file__).resolve().parents[3]
T0 = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)


def order(*codes: str, order_id: str = "o1", reason: str = "") -> Order:
    steps = tuple(
        Status(code, T0 + timedelta(hours=i), reason=reason) for i, code in enumerate(codes)
    )
    return Order(
        order_id, "pleiades", statuses=steps, links=(Link("monitor", "https://example.org/x"),)
    )


def test_everything_of_a_draft_comes_back(register: Register, draft: Draft) -> None:
    full = replace(
        draft, mode="stereo", need="works", purpose="Contrôle « réseaux »", max_cloud=12.5
    )
    saved = register.save(new_request("formation", full))
    again = Register(register.path).get(saved.reference)
    assert again == saved
    assert replace(again.draft, area=None) == replace(full, area=None)
    assert (
        again.draft.area is not None
        and full.area is not None
        and again.draft.area.equals(full.area)
    )


@pytest.mark.parametrize(
    "area",
    [
        None,
        Polygon([(0, 45), (1, 46), (1, 45), (0, 46)]),
        MultiPolygon([box(0, 45, 1, 46), box(2, 45, 3, 46)]),
        Polygon(box(0, 45, 1, 46).exterior.coords, [box(0.2, 45.2, 0.4, 45.4).exterior.coords]),
        Polygon(),
    ],
    ids=["none", "bow tie", "two parts", "hole", "empty"],
)
def test_any_area_can_be_kept(area: Polygon | None, register: Register) -> None:
    saved = register.save(new_request("p", Draft(area=area)))
    if area is None or area.is_empty:
        assert saved.draft.area is None
    else:
        assert saved.draft.area is not None and saved.draft.area.wkb == area.wkb


def test_saving_again_changes_the_same_one(register: Register, draft: Draft) -> None:
    first = register.save(new_request("p", draft))
    register.save(replace(first, draft=replace(draft, title="other")))
    assert [r.draft.title for r in register.all("p")] == ["other"]
    assert register.all("another profile") == []


def test_what_has_left_is_not_changed_by_a_late_save(register: Register, draft: Draft) -> None:
    first = register.save(replace(new_request("p", draft), state=READY))
    register.begin_sending(first.reference, "technicien")
    late = register.save(replace(first, draft=replace(draft, title="too late")))
    assert late.state == SENDING and late.draft.title == draft.title


def test_drafts_can_be_deleted_requests_cannot(register: Register, draft: Draft) -> None:
    first, second = (register.save(new_request("p", draft)) for _ in range(2))
    register.delete(first.reference)
    register.begin_sending(second.reference)
    with pytest.raises(InvalidInput):
        register.delete(second.reference)
    assert [r.reference for r in register.all()] == [second.reference]
    with pytest.raises(InvalidInput):
        register.get(first.reference)


def test_a_step_is_news_to_one_caller_only(register: Register, draft: Draft) -> None:
    reference = register.save(new_request("p", draft)).reference
    register.begin_sending(reference)
    _, fresh = register.record(reference, order("received"))
    assert [s.code for s in fresh] == ["received"]
    fresh_counts: list[int] = []

    def look() -> None:
        fresh_counts.append(
            len(
                Register(register.path).record(
                    reference, order("received", "accepted", "scheduled")
                )[1]
            )
        )

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(fresh_counts) == [0, 0, 0, 0, 0, 2]
    after = register.get(reference)
    assert (after.state, after.unread) == ("scheduled", True)
    assert [s.code for s in after.history] == [DRAFT, SENDING, "received", "accepted", "scheduled"]
    register.mark(reference, read=True)
    assert not register.get(reference).unread


def test_a_reason_and_the_links_are_kept(register: Register, draft: Draft) -> None:
    reference = register.save(new_request("p", draft)).reference
    register.begin_sending(reference)
    register.record(reference, order("received"))
    after, _ = register.record(reference, order("received", "rejected", reason="Zone militaire"))
    assert (
        after.reason == "Zone militaire" and after.links[0].rel == "monitor" and not after.is_open
    )


def test_delivery_is_news_once(register: Register, draft: Draft) -> None:
    reference = register.save(new_request("p", draft)).reference
    products = (("formation", "pleiades-drs", "PHR1A_1"),)
    assert register.deliver(reference, products)
    assert not register.deliver(reference, products)
    assert register.deliver(reference, (*products, ("formation", "pleiades-drs", "PHR1A_2")))
    assert len(register.get(reference).delivered) == 2


def test_a_duplicate_is_a_fresh_draft(register: Register, draft: Draft) -> None:
    reference = register.save(new_request("p", draft)).reference
    register.begin_sending(reference)
    sent, _ = register.record(reference, order("received"))
    copy = register.save(duplicate_request(sent))
    assert copy.reference != sent.reference and copy.state == DRAFT and not copy.order_id
    assert copy.draft == sent.draft


def test_an_older_register_gets_the_missing_columns(register: Register, draft: Draft) -> None:
    saved = register.save(new_request("p", draft))
    with closing(sqlite3.connect(register.path)) as db, db:
        db.execute("ALTER TABLE requests DROP COLUMN delivered") if sqlite3.sqlite_version_info >= (
            3,
            35,
        ) else None
    db.close()
    assert Register(register.path).get(saved.reference).delivered == ()


def test_it_is_made_again_when_the_file_was_moved_away(register: Register, draft: Draft) -> None:
    register.save(new_request("p", draft))
    register.path.rename(register.path.with_suffix(".old"))
    assert register.all() == []
    register.save(new_request("p", draft))


def test_a_file_that_is_no_register(register: Register) -> None:
    register.path.write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError) as raised:
        register.all()
    assert "requests.gpkg" in raised.value.message and raised.value.remedy
    assert register.path.read_bytes().startswith(b"not a database"), (
        "what is there is never overwritten"
    )


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError) as raised:
        Register(tmp_path / "sub" / "requests.gpkg").all()
    assert raised.value.code == "disk-permission"


def test_a_path_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError):
        Register(tmp_path / "file" / "requests.gpkg").all()


def test_a_full_disk_is_told_and_nothing_is_lost(
    register: Register, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = register.save(new_request("p", draft))
    real = geopackage.connect_geopackage

    def small(path: Path, wait_s: float = 10.0) -> sqlite3.Connection:
        db = real(path, wait_s)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages}")
        return db

    monkeypatch.setattr(geopackage, "connect_geopackage", small)
    with pytest.raises(StorageError) as raised:
        register.save(new_request("p", replace(draft, purpose="x" * 1_000_000)))
    assert raised.value.code == "disk-full"
    monkeypatch.undo()
    assert [r.reference for r in register.all()] == [kept.reference]


def test_another_program_holding_it_is_waited_for_then_told(
    register: Register, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = register.save(new_request("p", draft))
    other = sqlite3.connect(register.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(0.3, other.execute, ["COMMIT"]).start()
    register.save(request)  # waits
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(geopackage.connect_geopackage, "__defaults__", (0.1,))
    with pytest.raises(StorageError) as raised:
        register.save(request)
    assert raised.value.code == "busy"
    other.close()


def test_ogr_reads_it(register: Register, draft: Draft) -> None:
    ogr = pytest.importorskip("osgeo.ogr")
    gdal = pytest.importorskip("osgeo.gdal")
    gdal.UseExceptions()
    reference = register.save(new_request("p", draft)).reference
    register.save(new_request("p", Draft(title="no area yet")))
    register.begin_sending(reference)
    try:
        source = gdal.OpenEx(str(register.path), gdal.OF_VECTOR | gdal.OF_READONLY)
        layer = source.GetLayerByName("requests")
        assert layer.GetGeomType() == ogr.wkbMultiPolygon
        assert layer.GetSpatialRef().GetAuthorityCode(None) == "4326"
        envelopes = {
            f["reference"]: f.GetGeometryRef().GetEnvelope()
            for f in layer
            if f.GetGeometryRef() is not None
        }
        layer.ResetReading()
        rows = {f["reference"]: (f["state"], f["title"], f["start"]) for f in layer}
        assert rows[reference] == (SENDING, draft.title, "2026/03/03") and len(rows) == 2
        west, south, east, north = draft.area.bounds
        assert envelopes == {reference: (west, east, south, north)}
        steps = [
            f["state"]
            for f in source.GetLayerByName("request_history")
            if f["reference"] == reference
        ]
        assert steps == [DRAFT, SENDING]
        register.save(new_request("p", draft))  # while it is open there
        layer = source = None  # closes it
    finally:
        gdal.DontUseExceptions()


def test_the_reference_validator_finds_nothing(register: Register, draft: Draft) -> None:
    """GDAL's own GeoPackage validator, where its Python samples are installed."""
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    register.save(new_request("p", draft))
    register.save(new_request("p", Draft()))
    checker = validate.GPKGChecker(str(register.path), abort_at_first_error=False)
    checker.check()
    assert [e for e in checker.errors if "rtree" not in str(e).lower()] == []


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from shapely.geometry import box
from dinamis_qgis.core.tasking.model import Draft, new_request
from dinamis_qgis.core.tasking.register.register import Register
register, request = Register(Path(sys.argv[1])), new_request("p", Draft())
for number in range(100000):
    draft = Draft(area=box(0, 45, 1, 45 + (number % 50 + 1) / 50), title=str(number), purpose=str(number) * 2000)
    request = register.save(replace(request, draft=draft))
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_while_writing_nothing_told_as_saved_is_lost(register: Register) -> None:
    import random

    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", WRITER, str(register.path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(random.uniform(0, 0.08))
        process.kill()
        told = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        kept = Register(register.path).all()[0]
        number = int(kept.draft.title)
        assert number >= max(told, default=0)
        assert kept.draft.purpose == str(number) * 2000 and kept.draft.area is not None
        check = sqlite3.connect(register.path)
        assert check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        check.close()
    assert len(register.all()) == 8


def test_a_copy_of_the_file_alone_is_whole(
    register: Register, draft: Draft, tmp_path: Path
) -> None:
    register.save(new_request("p", draft))
    shutil.copy(register.path, tmp_path / "copy.gpkg")
    assert len(Register(tmp_path / "copy.gpkg").all()) == 1
    assert not list(tmp_path.glob("*-wal"))


def test_a_spreadsheet_runs_no_title(register: Register, draft: Draft, tmp_path: Path) -> None:
    pytest.importorskip("osgeo.ogr")
    titles = ["=1+1", "+33", "-b2", "@x", "Pau"]
    for title in titles:
        register.save(new_request("p", replace(draft, title=title)))
    export_requests(register.all(), tmp_path / "requests.csv")
    text = (tmp_path / "requests.csv").read_text(encoding="utf-8")
    assert all(f"'{title}" in text for title in titles[:-1])
    assert "'Pau" not in text
