"""The block cache: bound, crashes, several processes, broken disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dinamis_qgis.core.imagery.cache import BLOCK, BlockCache, Meta, folder_name
from dinamis_qgis.core.imagery.upstream import Version

HREF = "https://s3.example/bucket/a.tif"
VERSION = Version(BLOCK * 1000 + 5, '"one"')


def block(index: int) -> bytes:
    return bytes([index % 251]) * (BLOCK if index < 1000 else 5)


def test_blocks_survive_a_restart(tmp_path: Path) -> None:
    BlockCache(tmp_path, 1 << 30).put(HREF, VERSION, 3, block(3))
    BlockCache(tmp_path, 1 << 30).put(HREF, VERSION, 1000, block(1000))
    again = BlockCache(tmp_path, 1 << 30)
    assert again.get(HREF, VERSION, 3) == block(3)
    assert again.get(HREF, VERSION, 1000) == block(1000)
    assert again.get(HREF, VERSION, 4) is None
    assert again.has(HREF, VERSION, 3) and not again.has(HREF, VERSION, 4)


def test_another_version_or_href_is_another_block(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    cache.put(HREF, VERSION, 3, block(3))
    assert cache.get(HREF, Version(VERSION.length, '"two"'), 3) is None
    assert cache.get(HREF, Version(VERSION.length + 1, '"one"'), 3) is None
    assert cache.get(HREF + "x", VERSION, 3) is None


def test_the_port_of_a_loopback_service_does_not_count() -> None:
    assert folder_name("http://127.0.0.1:1/storage/b/k.tif") == folder_name(
        "http://localhost:2/storage/b/k.tif"
    )
    assert folder_name("https://a.example/b/k.tif") != folder_name("https://b.example/b/k.tif")


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * (BLOCK + 4)])
def test_a_damaged_block_reads_as_missing_and_is_removed(tmp_path: Path, damage: bytes) -> None:
    BlockCache(tmp_path, 1 << 30).put(HREF, VERSION, 3, block(3))
    (path,) = tmp_path.rglob("*.blk")
    path.write_bytes(damage)
    assert BlockCache(tmp_path, 1 << 30).get(HREF, VERSION, 3) is None
    assert not path.exists()


def test_one_flipped_bit_is_seen(tmp_path: Path) -> None:
    BlockCache(tmp_path, 1 << 30).put(HREF, VERSION, 3, block(3))
    (path,) = tmp_path.rglob("*.blk")
    data = bytearray(path.read_bytes())
    data[1234] ^= 1
    path.write_bytes(data)
    assert BlockCache(tmp_path, 1 << 30).get(HREF, VERSION, 3) is None


def test_the_bound_holds_and_the_least_recently_used_go_first(tmp_path: Path) -> None:
    limit = 40 * (BLOCK + 4)
    cache = BlockCache(tmp_path, limit)
    for index in range(200):
        cache.put(HREF, VERSION, index, block(index))
        os.utime(cache._path(folder_name(HREF), VERSION.tag, index), (index, index))
        assert cache.size() <= limit + limit // 16 + BLOCK
    fresh = BlockCache(tmp_path, limit)
    assert fresh.get(HREF, VERSION, 199) == block(199)
    assert fresh.get(HREF, VERSION, 0) is None


def test_reading_a_block_keeps_it(tmp_path: Path) -> None:
    limit = 10 * (BLOCK + 4)
    cache = BlockCache(tmp_path, limit)
    for index in range(8):
        cache.put(HREF, VERSION, index, block(index))
        os.utime(cache._path(folder_name(HREF), VERSION.tag, index), (1000 + index, 1000 + index))
    assert BlockCache(tmp_path, limit).get(HREF, VERSION, 0) == block(0)
    for index in range(20, 24):
        cache.put(HREF, VERSION, index, block(index))
    cache.trim()
    fresh = BlockCache(tmp_path, limit)
    assert fresh.get(HREF, VERSION, 0) == block(0)
    assert fresh.get(HREF, VERSION, 1) is None


def test_a_bound_of_zero_keeps_nothing_on_disk(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 0)
    cache.put(HREF, VERSION, 3, block(3))
    cache.keep_meta(HREF, Meta(VERSION, (0,)))
    assert cache.get(HREF, VERSION, 3) == block(3)
    assert not list(tmp_path.iterdir())


def test_memory_is_bounded(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 0)
    for index in range(1000):
        cache.put(HREF, VERSION, index, block(index))
    assert sum(len(data) for data in cache._memory.values()) <= 16 << 20


def test_meta_survives_and_garbage_does_not(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    assert cache.meta(HREF) is None
    cache.keep_meta(HREF, Meta(VERSION, (0, 1, 7)))
    assert BlockCache(tmp_path, 1 << 30).meta(HREF) == Meta(VERSION, (0, 1, 7))
    (path,) = tmp_path.rglob("meta.json")
    for garbage in (
        "",
        "{}",
        "[]",
        "null",
        '{"length": "x", "etag": "", "modified": "", "opening": []}',
        "\xff",
    ):
        path.write_text(garbage, encoding="latin-1")
        assert cache.meta(HREF) is None


def test_a_version_that_cannot_be_recognised_is_not_remembered(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    cache.keep_meta(HREF, Meta(Version(10)))
    assert cache.meta(HREF) is None


def test_dropping_an_href_leaves_the_others(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    for href in (HREF, HREF + "x"):
        cache.put(href, VERSION, 3, block(3))
        cache.keep_meta(href, Meta(VERSION))
    cache.drop(HREF)
    assert cache.get(HREF, VERSION, 3) is None and cache.meta(HREF) is None
    assert cache.get(HREF + "x", VERSION, 3) == block(3)
    cache.clear()
    assert cache.get(HREF + "x", VERSION, 3) is None
    assert cache.size() == 0


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")
def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    cache = BlockCache(blocker / "below", 1 << 30)
    cache.put(HREF, VERSION, 3, block(3))
    assert cache.get(HREF, VERSION, 3) == block(3)  # from memory
    assert BlockCache(blocker / "below", 1 << 30).get(HREF, VERSION, 3) is None
    cache.drop(HREF)
    cache.clear()


WRITER = """
import sys
from pathlib import Path
from dinamis_qgis.core.imagery.cache import BLOCK, BlockCache
from dinamis_qgis.core.imagery.upstream import Version
cache = BlockCache(Path(sys.argv[1]), int(sys.argv[2]))
version = Version(BLOCK * 1000 + 5, '"one"')
print("writing", flush=True)
while True:
    for index in range(60):
        cache.put("https://s3.example/bucket/a.tif", version, index, bytes([index % 251]) * BLOCK)
"""


def test_a_writer_killed_at_any_moment_leaves_only_whole_blocks(tmp_path: Path, root: Path) -> None:
    for pause in (0.0, 0.01, 0.03, 0.07, 0.1):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(1 << 30)],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None and writer.stdout.readline() == "writing\n"
        time.sleep(pause)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert writer.returncode == -signal.SIGKILL
        cache = BlockCache(tmp_path, 1 << 30)
        for index in range(60):
            assert cache.get(HREF, VERSION, index) in (None, block(index))


def test_leftovers_of_a_killed_writer_are_removed_in_time(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    cache.put(HREF, VERSION, 3, block(3))
    (path,) = tmp_path.rglob("*.blk")
    old, young = path.with_name("a.1-1.part"), path.with_name("b.1-1.part")
    for part in (old, young):
        part.write_bytes(b"x")
    os.utime(old, (1, 1))
    cache.trim()
    assert young.exists() and not old.exists()


def test_several_processes_share_the_folder_within_the_bound(tmp_path: Path, root: Path) -> None:
    limit = 30 * (BLOCK + 4)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(limit)],
            cwd=root,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None and writer.stdout.readline() == b"writing\n"
        reader, largest = BlockCache(tmp_path, limit), 0
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            largest = max(largest, reader.size())
            for index in range(60):
                data = BlockCache(tmp_path, limit).get(HREF, VERSION, index)
                assert data in (None, block(index))
        assert 0 < largest <= limit * 1.25 + 4 * BLOCK
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
            assert writer.stdout is not None
            writer.stdout.close()


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache, wrong = BlockCache(tmp_path, 20 * (BLOCK + 4)), []

    def work(seed: int) -> None:
        for step in range(40):
            index = (seed * 7 + step) % 60
            cache.put(HREF, VERSION, index, block(index))
            if cache.get(HREF, VERSION, index) not in (None, block(index)):
                wrong.append(index)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.skipif(sys.platform == "win32", reason="folders of a user are private there")
def test_only_the_user_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    folder.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        cache = BlockCache(folder, 1 << 30)
        cache.put(HREF, VERSION, 3, block(3))
        cache.keep_meta(HREF, Meta(VERSION))
    finally:
        os.umask(before)
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_blocks_belong_to_an_account(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    cache.owner = "p anne"
    cache.put(HREF, VERSION, 3, block(3))
    cache.keep_meta(HREF, Meta(VERSION, (3,)))
    for other in ("", "p bruno", "q anne"):
        cache.owner = other
        assert cache.get(HREF, VERSION, 3) is None
        assert not cache.has(HREF, VERSION, 3)
        assert cache.meta(HREF) is None
    cache.owner = "p anne"
    assert cache.get(HREF, VERSION, 3) == block(3)
    again = BlockCache(tmp_path, 1 << 30)
    assert again.get(HREF, VERSION, 3) is None
    again.owner = "p anne"
    assert again.get(HREF, VERSION, 3) == block(3)
    assert again.meta(HREF) == Meta(VERSION, (3,))


def test_what_cannot_be_recognised_is_of_one_session(tmp_path: Path) -> None:
    bare = Version(VERSION.length)
    cache = BlockCache(tmp_path, 1 << 30)
    cache.put(HREF, bare, 3, block(3))
    assert cache.get(HREF, bare, 3) == block(3)
    assert BlockCache(tmp_path, 1 << 30).get(HREF, bare, 3) is None


def test_nothing_read_before_is_shown_once_nobody_is_signed_in(tmp_path: Path) -> None:
    cache = BlockCache(tmp_path, 1 << 30)
    signed_in = [True]
    cache.signed_in = lambda: signed_in[0]
    cache.put(HREF, VERSION, 3, block(3))
    cache.keep_meta(HREF, Meta(VERSION, (3,)))
    signed_in[0] = False
    assert cache.get(HREF, VERSION, 3) is None and not cache.has(HREF, VERSION, 3)
    assert cache.meta(HREF) is None
    signed_in[0] = True
    assert cache.get(HREF, VERSION, 3) == block(3) and cache.meta(HREF) is not None
