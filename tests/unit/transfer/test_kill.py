"""A queue of several files whose process is killed again and again: in the end every byte is right
and nothing is left.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dinamis_qgis.core.local_catalogue.record import products_at_home
from dinamis_qgis.core.transfer.fetch.partial_file import _parse_journal, journal_path
from dinamis_qgis.core.transfer.queue import Ask, FileState, Queue
from tests.support.hostile import Storage, content
from tests.unit.transfer.conftest import RULES
from tests.unit.transfer.support_products import product
from tests.unit.transfer.test_fetch import multihash

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("TEST_KILLS", "50"))
SIZES = [2_500_001, 1_800_000, 900_017, 3_000_003, 0, 70_000]
IN_FLIGHT = RULES.piece + 512 * 1024
"""Bytes of one connection that may be lost: not yet journaled, or in the buffers of both ends."""


def start(database: Path, run: int) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.unit.transfer.support_products",
        str(database),
        str(run),
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def on_disk(targets: dict[str, Path]) -> dict[str, list[tuple[int, int]]]:
    """What the journals say, as one reads them after a kill."""
    found = {}
    for path, target in targets.items():
        journal = journal_path(target)
        if target.exists():
            found[path] = [(0, target.stat().st_size)]
        elif journal.exists():
            found[path] = _parse_journal(journal.read_text())[2]
    return found


@pytest.mark.timeout(60 + 8 * KILLS)
def test_killed_at_random_instants_and_still_right(storage: Storage, tmp_path: Path) -> None:
    seed = int(os.environ.get("TEST_SEED", secrets.randbelow(10**6)))
    print(f"TEST_SEED={seed}")
    instants = random.Random(seed)
    storage.pace, storage.block = 0.25 * KILLS / 12, 32768
    home, database = tmp_path / "home", tmp_path / "profile" / "queue.sqlite"
    queue, targets, asks = Queue(database), {}, []
    for number, size in enumerate(SIZES):
        data = content(size, number)
        href = storage.put(f"{number}.tif", data)
        made = product(
            f"P{number}", {"src_xs": (href, size, multihash(data) if number % 2 else "")}
        )
        asks.append(Ask(made, made.assets[0]))
    for identity in queue.add(asks, home):
        entry = queue.entry(identity)
        assert entry is not None
        targets[f"/bucket/{entry.href.rpartition('/')[2]}"] = entry.target
    queue.close()

    for kills in range(KILLS):
        there = on_disk(targets)
        process = start(database, kills)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(instants.uniform(0.0, 0.7))
        assert process.poll() is None, "too fast to be killed: raise the pace"
        process.kill()
        process.communicate()
        nothing_twice(storage, kills, there)
    there, storage.pace = on_disk(targets), 0.0
    process = start(database, 10_000)
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    nothing_twice(storage, 10_000, there)

    for number, size in enumerate(SIZES):
        assert targets[f"/bucket/{number}.tif"].read_bytes() == content(size, number)
    assert storage.sent() <= sum(SIZES) + KILLS * 2 * RULES.connections * IN_FLIGHT
    kept = {p.name for p in home.rglob("*") if p.is_file()}
    assert kept == {
        "catalog.json",
        *(f"P{i}_src_xs.tif" for i in range(6)),
        *(f"P{i}.json" for i in range(6)),
    }
    assert {p.id for p in products_at_home(home)} == {f"P{i}" for i in range(6)}
    queue = Queue(database)
    assert {entry.state for entry in queue.entries()} == {FileState.DONE}
    queue.close()
    for path in [*home.rglob("*"), *database.parent.iterdir()]:
        assert not path.is_file() or b"X-Amz-Signature" not in path.read_bytes()


def nothing_twice(storage: Storage, run: int, there: dict[str, list[tuple[int, int]]]) -> None:
    """No request of this run asked for bytes its journals held when it started."""
    for asked in list(storage.asked):
        if f"run={run}&" in asked.query and asked.start is not None and asked.end is not None:
            for start, end in there.get(asked.path, []):
                assert not (start < asked.end and asked.start < end), (
                    f"{asked.path} {asked.start}-{asked.end} was there"
                )
