"""A file is done when it is one: HTML, a cut image and what was learnt count for nothing."""

from __future__ import annotations

import struct
import time
import zipfile
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.engine import Engine
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.tools import Access, Tools, Wanted
from dinamis_qgis.core.transfer.fetch.whole_file import find_fault, kind_of
from dinamis_qgis.core.transfer.queue import Ask, FileState, Queue
from tests.support.hostile import Storage
from tests.unit.transfer.support_products import product
from tests.unit.transfer.test_engine import until

MakeTools = Callable[..., Tools]
PAGE = b"<!DOCTYPE html><html><body>" + b"Sign in to the network. " * 80 + b"</body></html>"


def image(path: Path, driver: str, *options: str, size: int = 300) -> bytes:
    gdal = pytest.importorskip("osgeo.gdal")

    memory = gdal.GetDriverByName("MEM").Create("", size, size, 1)
    memory.GetRasterBand(1).WriteRaster(0, 0, size, size, bytes(i % 251 for i in range(size**2)))
    gdal.GetDriverByName(driver).CreateCopy(str(path), memory, options=list(options))
    data = path.read_bytes()
    path.unlink()
    return data


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("images")
    made = {
        "strips.tif": image(folder / "a.tif", "GTiff"),
        "tiles.tif": image(folder / "b.tif", "GTiff", "TILED=YES", "COMPRESS=DEFLATE"),
        "big.tif": image(folder / "c.tif", "GTiff", "BIGTIFF=YES", "ENDIANNESS=BIG"),
        "cog.tif": image(folder / "d.tif", "COG", "BLOCKSIZE=128", "COMPRESS=LZW"),
        "a.png": image(folder / "e.png", "PNG"),
        "a.jpg": image(folder / "f.jpg", "JPEG"),
        "a.jp2": image(folder / "g.jp2", "JP2OpenJPEG"),
    }
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a", b"x" * 1000)
    made["a.zip"] = (folder / "a.zip").read_bytes()
    return made


def fault(folder: Path, name: str, data: bytes) -> object:
    (folder / name).write_bytes(data)
    return find_fault(folder / name, kind_of("", name), "https://storage.test/" + name)


def test_whole_files_are_whole_and_cut_ones_are_not(
    images: dict[str, bytes], tmp_path: Path
) -> None:
    for name, data in images.items():
        assert fault(tmp_path, name, data) is None, name
        for share in (0.05, 0.4, 0.97):
            assert fault(tmp_path, name, data[: int(len(data) * share)]) is not None, (name, share)
        assert fault(tmp_path, name, b"") is not None
        assert isinstance(fault(tmp_path, name, PAGE), NetworkError)


def test_directories_of_strangers_end(tmp_path: Path) -> None:
    circle = b"II*\0\x08\0\0\0" + struct.pack("<H", 0) + struct.pack("<I", 8)
    huge = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 324, 4, 0xFFFFFFFF, 8) + bytes(4)
    for data in (circle, huge, b"II*\0" + b"\xff" * 4, b"II+\0\x08\0\0\0" + b"\xff" * 16):
        assert fault(tmp_path, "a.tif", data + bytes(100)) is not None


def test_another_kind_than_announced_is_what_it_is(
    images: dict[str, bytes], tmp_path: Path
) -> None:
    assert fault(tmp_path, "a.tif", images["a.jp2"]) is None
    assert fault(tmp_path, "page.html", PAGE) is None
    assert fault(tmp_path, "notes.txt", b"anything") is None


def wanted(href: str, folder: Path, **more: Any) -> Wanted:
    return Wanted(href, folder / "scene.tif", kind="tiff", **more)


def test_a_page_in_place_of_a_file_is_the_network_s(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    href = storage.put("scene.tif", PAGE)
    with pytest.raises(NetworkError) as caught:
        fetch_file(wanted(href, tmp_path), tools(), Cancel())
    assert caught.value.code == "page"
    assert not (tmp_path / "scene.tif").exists()


def test_a_cut_copy_is_never_done(
    storage: Storage, tools: MakeTools, tmp_path: Path, images: dict[str, bytes]
) -> None:
    data = images["strips.tif"]
    href = storage.put("scene.tif", data[: len(data) * 2 // 5])
    with pytest.raises(ServiceError) as caught:
        fetch_file(wanted(href, tmp_path), tools(), Cancel())
    assert caught.value.code == "not-whole"
    assert not (tmp_path / "scene.tif").exists()
    assert storage.asked[-1].headers["Cache-Control"] == "no-cache"
    storage.put("scene.tif", data)
    assert fetch_file(wanted(href, tmp_path), tools(), Cancel())
    assert (tmp_path / "scene.tif").read_bytes() == data


def test_a_cut_file_of_before_is_fetched_again(
    storage: Storage, tools: MakeTools, tmp_path: Path, images: dict[str, bytes]
) -> None:
    data = images["tiles.tif"]
    (tmp_path / "scene.tif").write_bytes(data[:-1000])
    href = storage.put("scene.tif", data)
    assert fetch_file(wanted(href, tmp_path), tools(), Cancel())
    assert (tmp_path / "scene.tif").read_bytes() == data


def test_what_was_learnt_is_not_what_was_promised(
    storage: Storage, tools: MakeTools, tmp_path: Path, images: dict[str, bytes]
) -> None:
    data = images["cog.tif"]
    href = storage.put("scene.tif", data[:20_000])
    made: Product = product("A", {"src_xs": (href, None, "")})  # type: ignore[dict-item]
    engine = Engine(Queue(tmp_path / "q.sqlite"), tools(), lambda product: Access())
    engine.start()
    try:
        (identity,) = engine.add([Ask(made, made.assets[0])], tmp_path)
        until(lambda: engine.views()[0].entry.state is FileState.FAILED, "a cut copy")
        assert engine.views()[0].entry.promised is None
        storage.put("scene.tif", data)
        engine.resume([identity])
        until(lambda: engine.views()[0].entry.state is FileState.DONE, "the whole one")
        assert engine.views()[0].entry.target.read_bytes() == data
        newer = images["tiles.tif"]
        storage.put("scene.tif", newer)
        engine.add([Ask(made, made.assets[0])], tmp_path)
        until(lambda: engine.views()[0].entry.state is FileState.DONE, "a newer one")
        assert engine.views()[0].entry.target.read_bytes() == newer
    finally:
        engine.stop()


def test_nodes_with_etags_of_their_own(
    storage: Storage, tools: MakeTools, tmp_path: Path, images: dict[str, bytes]
) -> None:
    """Length and date agree: the bytes are the same whatever each node calls them."""
    data = images["strips.tif"] * 40
    href = storage.put("scene.tif", data)
    number = [0]

    def trick(handler: Any, asked: Any) -> bool:
        number[0] += 1
        start, end, total = 0, len(data), len(data)
        ranged = asked.headers.get("Range", "")
        condition = asked.headers.get("If-Range", "")
        date = "Mon, 01 Jan 2024 00:00:00 GMT"
        whole = not ranged or (condition and condition != date)
        if not whole:
            first, _, last = ranged.partition("=")[2].partition("-")
            start, end = int(first), min(total, int(last) + 1)
        handler.send_response(200 if whole else 206)
        handler.send_header("ETag", f'"node-{number[0]}"')
        handler.send_header("Last-Modified", date)
        handler.send_header("Content-Length", str(end - start))
        if not whole:
            handler.send_header("Content-Range", f"bytes {start}-{end - 1}/{total}")
        handler.end_headers()
        handler.wfile.write(data[start:end])
        return True

    storage.trick = trick
    assert fetch_file(Wanted(href, tmp_path / "scene.bin"), tools(), Cancel())
    assert (tmp_path / "scene.bin").read_bytes() == data


def test_a_queue_of_before_is_read(tmp_path: Path) -> None:
    import sqlite3

    database = tmp_path / "q.sqlite"
    Queue(database).close()
    with sqlite3.connect(database) as db:
        db.execute("ALTER TABLE file DROP COLUMN promised")
    db.close()
    queue = Queue(database)
    try:
        made = product("A", {"src_xs": ("https://storage.test/a.tif", 5, "")})
        queue.add([Ask(made, made.assets[0])], tmp_path)
        assert queue.entries()[0].promised == 5
        queue.progress(queue.entries()[0].id, 3, 3)
        assert (queue.entries()[0].size, queue.entries()[0].promised) == (3, 5)
    finally:
        queue.close()


def test_time_of_a_large_directory(tmp_path: Path) -> None:
    """A million tiles are read in a moment: a bound, not a measure."""
    count = 400_000
    offsets = struct.pack("<I", 8) * count
    at = 8 + 2 + 2 * 12 + 4
    data = b"II*\0\x08\0\0\0" + struct.pack("<H", 2)
    data += struct.pack("<HHII", 324, 4, count, at)
    data += struct.pack("<HHII", 325, 4, count, at) + bytes(4) + offsets
    before = time.process_time()
    assert fault(tmp_path, "a.tif", data) is None
    assert time.process_time() - before < 20


def test_a_file_that_is_refused_leaves_no_folder(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    href = storage.put("scene.tif", b"x").replace("scene", "gone")
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(ServiceError):
        fetch_file(Wanted(href, home / "2024" / "A" / "scene.tif"), tools(), Cancel())
    assert list(home.iterdir()) == []
    (home / "2024").mkdir()
    with pytest.raises(ServiceError):
        fetch_file(Wanted(href, home / "2024" / "A" / "scene.tif"), tools(), Cancel())
    assert [path.name for path in home.iterdir()] == ["2024"]
