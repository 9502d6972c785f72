"""The tile index of a TIFF, checked against what GDAL itself says of the same file."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from dinamis_qgis.core.imagery import tiff


def _tiled(size: int, tile: int, order: str = "<", big: bool = False) -> bytes:
    """The directory of a tiled file, its tiles of 100 bytes each laid one after the other from byte
    1000.
    """
    number = (size // tile) ** 2
    kind, form, room = (16, "Q", 8) if big else (4, "I", 4)
    lists = 500
    entries = [(256, 3, 1, size), (257, 3, 1, size), (322, 3, 1, tile), (323, 3, 1, tile)]
    head = struct.pack(order + "HHHQ", 43, 8, 0, 16) if big else struct.pack(order + "HI", 42, 8)
    body = struct.pack(order + ("Q" if big else "H"), 6)
    for tag, type_, count, value in entries:
        body += struct.pack(order + "HH" + form + "H", tag, type_, count, value).ljust(
            4 + 2 * room, b"\0"
        )
    for tag, at in ((324, lists), (325, lists + 8 * number)):
        body += struct.pack(order + "HH" + form + form, tag, kind, number, at)
    body += struct.pack(order + form, 0)
    data = ((b"II" if order == "<" else b"MM") + head + body).ljust(lists, b"\0")
    data += struct.pack(f"{order}{number}{form}", *(1000 + 108 * i for i in range(number))).ljust(
        8 * number, b"\0"
    )
    return data + struct.pack(f"{order}{number}{form}", *([100] * number))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_every_dialect_is_read(order: str, big: bool) -> None:
    index = tiff.read_index(_tiled(1024, 256, order, big))
    assert index is not None
    (level,) = index.levels
    assert (level.width, level.across, len(level.offsets)) == (1024, 4, 16)
    assert level.span(5) == (1000 + 5 * 108 - 4, 1000 + 5 * 108 + 104)
    assert index.find(1000 + 5 * 108 + 50) == (0, 5)
    assert index.find(20) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II",
        b"II*\0\xff\xff\xff\xff",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        _tiled(1024, 256)[:300],
    ],
)
def test_what_is_no_tiled_tiff_has_no_index(data: bytes) -> None:
    assert tiff.read_index(data) is None


def test_a_view_is_the_tiles_it_shows() -> None:
    index = tiff.read_index(_tiled(1024, 256))
    assert index is not None
    middle = index.view((0.3, 0.3, 0.7, 0.7), 400)  # columns and rows 1 and 2
    assert middle == [
        (index.levels[0].span(5)[0], index.levels[0].span(6)[1]),
        (index.levels[0].span(9)[0], index.levels[0].span(10)[1]),
    ]
    assert index.view((2, 2, 3, 3), 400) == []


def test_a_row_left_short_is_completed() -> None:
    index = tiff.read_index(_tiled(1024, 256))
    assert index is not None
    level, habit = index.levels[0], tiff.Habit(index)
    assert habit.after(level.span(0)[0], level.span(2)[1]) == ([], [])
    surely, perhaps = habit.after(level.span(4)[0], level.span(5)[1])
    assert surely == [level.span(6)]
    assert perhaps[0][0] == level.span(7)[0]
    assert habit.after(level.span(8)[0], level.span(8)[0] + 40)[0][0] == (
        level.span(8)[0] + 40,
        level.span(8)[1],
    )


def test_a_cog_of_gdal_has_the_overviews_gdal_reads(tmp_path: Path) -> None:
    gdal = pytest.importorskip("osgeo.gdal")
    memory = gdal.GetDriverByName("MEM").Create("", 2048, 1536, 3, gdal.GDT_UInt16)
    memory.GetRasterBand(1).Fill(7)
    gdal.GetDriverByName("COG").CreateCopy(
        str(tmp_path / "a.tif"), memory, options=["BLOCKSIZE=256", "COMPRESS=DEFLATE"]
    )
    data = (tmp_path / "a.tif").read_bytes()
    index = tiff.read_index(data)
    assert index is not None
    dataset = gdal.Open(str(tmp_path / "a.tif"))
    band = dataset.GetRasterBand(1)
    overviews = [band.GetOverview(k) for k in range(band.GetOverviewCount())]
    assert [(level.width, level.height) for level in index.levels] == [(2048, 1536)] + [
        (o.XSize, o.YSize) for o in overviews
    ]
    for tile in (0, 1, 9):
        place = int(band.GetMetadataItem(f"BLOCK_OFFSET_{tile % 8}_{tile // 8}", "TIFF"))
        assert index.find(place) == (0, tile)
    spans = index.view((0, 0, 1, 1), 512)
    assert all(index.find(start + 4)[0] == 2 for start, _ in spans)  # type: ignore[index]
