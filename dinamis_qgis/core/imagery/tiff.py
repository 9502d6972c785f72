"""The tile index of a TIFF, from its first bytes: which bytes a view will read, known before
anybody asks for them.

TIFF 6.0 and BigTIFF, either byte order, tiled, all bands of a pixel together; anything else has no
index here and is read without one.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

NEAR = 1.2
"""GDAL reads the coarsest overview that is at most this much coarser than what is drawn."""
MOST_DIRECTORIES = 40
_WIDTH, _HEIGHT, _TILE_WIDTH, _TILE_HEIGHT, _OFFSETS, _COUNTS, _KIND, _PLANAR = (
    256,
    257,
    322,
    323,
    324,
    325,
    254,
    284,
)
_FORMATS = {1: "B", 3: "H", 4: "I", 16: "Q"}
LEADER = 4
"""A COG keeps four bytes before each tile and four after, which GDAL reads with it."""

CHUNK = 16 * 1024
"""GDAL's reads of ``/vsicurl`` begin at a multiple of this."""
BEYOND = 256 * 1024
"""How far past the tile it wants such a read may go, besides the next tile."""

Box = tuple[float, float, float, float]
Span = tuple[int, int]


@dataclass(frozen=True)
class OverviewLevel:
    """One resolution: its size in pixels, and where each tile is, row by row (offset 0: a tile with
    nothing in it).
    """

    width: int
    height: int
    tile_width: int
    tile_height: int
    offsets: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def across(self) -> int:
        """Tiles in a row."""
        return -(-self.width // self.tile_width)

    @property
    def is_whole(self) -> bool:
        """Whether there are as many tiles as the size in pixels says: no more is ever walked."""
        if not (self.width and self.height and self.tile_width and self.tile_height):
            return False
        down = -(-self.height // self.tile_height)
        return len(self.offsets) == len(self.counts) == self.across * down

    def span(self, tile: int) -> Span:
        """The bytes [start, stop) of a tile."""
        return max(0, self.offsets[tile] - LEADER), self.offsets[tile] + self.counts[tile] + LEADER

    def row(self, row: int, first: int, last: int) -> Span | None:
        """The bytes of the tiles ``first`` to ``last`` of a row; None where the file keeps them
        apart.
        """
        tiles = range(
            row * self.across + first, min((row + 1) * self.across, row * self.across + last + 1)
        )
        spans = [
            self.span(tile) for tile in tiles if tile < len(self.offsets) and self.counts[tile]
        ]
        if not spans:
            return None
        start, stop = min(s for s, _ in spans), max(e for _, e in spans)
        return (start, stop) if stop - start <= 2 * sum(e - s for s, e in spans) else None


class Index:
    """The resolutions of a file, the finest first."""

    def __init__(self, levels: tuple[OverviewLevel, ...]) -> None:
        self.levels = levels
        places = [
            (o, k, t)
            for k, level in enumerate(levels)
            for t, o in enumerate(level.offsets)
            if level.counts[t]
        ]
        self._places = sorted(places)
        self._starts = [offset for offset, _, _ in self._places]

    def find(self, byte: int) -> tuple[int, int] | None:
        """(level, tile) that ``byte`` belongs to; None for the header."""
        at = bisect_right(self._starts, byte) - 1
        return self._places[at][1:] if at >= 0 else None

    def view(self, box: Box, pixels: float) -> list[Span]:
        """The bytes that drawing ``box`` (left, top, right, bottom, as shares of the image)
        ``pixels`` wide will read.
        """
        left, top, right, bottom = (min(1.0, max(0.0, share)) for share in box)
        if right <= left or bottom <= top or pixels <= 0:
            return []
        finest = self.levels[0]
        wanted = NEAR * max(1.0, (right - left) * finest.width / pixels)
        level = max(
            (each for each in self.levels if finest.width / each.width <= wanted),
            key=lambda e: -e.width,
        )
        first, last = (
            int(left * level.width / level.tile_width),
            int((right * level.width - 1) / level.tile_width),
        )
        rows = range(
            int(top * level.height / level.tile_height),
            int((bottom * level.height - 1) / level.tile_height) + 1,
        )
        return [span for row in rows for span in [level.row(row, first, last)] if span]


def read_index(data: bytes) -> Index | None:
    """The index of the file that begins with ``data``; None when it is no such file or its
    directories are further on.
    """
    try:
        return _read_header(data)
    except (struct.error, IndexError, KeyError, ValueError, ZeroDivisionError):
        return None


def _read_header(data: bytes) -> Index | None:
    order = {b"II": "<", b"MM": ">"}[data[:2]]
    magic = struct.unpack_from(order + "H", data, 2)[0]
    if magic not in (42, 43):
        return None
    big = magic == 43
    at = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
    levels: list[OverviewLevel] = []
    for _ in range(MOST_DIRECTORIES):
        if not at:
            break
        tags, at = _read_directory(data, at, order, big)
        if tags.get(_KIND, (0,))[0] & 4 or (tags.get(_PLANAR, (1,))[0] != 1):
            continue
        width, height, tile_width, tile_height = (
            tags[tag][0] for tag in (_WIDTH, _HEIGHT, _TILE_WIDTH, _TILE_HEIGHT)
        )
        level = OverviewLevel(width, height, tile_width, tile_height, tags[_OFFSETS], tags[_COUNTS])
        if not level.is_whole:
            return None
        levels.append(level)
    return Index(tuple(sorted(levels, key=lambda level: -level.width))) if levels else None


def _read_directory(
    data: bytes, at: int, order: str, big: bool
) -> tuple[dict[int, tuple[int, ...]], int]:
    """The tags of interest of a directory, and where the next one is."""
    count = struct.unpack_from(order + ("Q" if big else "H"), data, at)[0]
    at += 8 if big else 2
    size, pointer = (20, "Q") if big else (12, "I")
    room = struct.calcsize("<" + pointer)
    tags: dict[int, tuple[int, ...]] = {}
    for entry in range(at, at + count * size, size):
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if tag not in (
            _WIDTH,
            _HEIGHT,
            _TILE_WIDTH,
            _TILE_HEIGHT,
            _OFFSETS,
            _COUNTS,
            _KIND,
            _PLANAR,
        ):
            continue
        number = struct.unpack_from(order + pointer, data, entry + 4)[0]
        form = f"{order}{number}{_FORMATS[kind]}"
        place = entry + 4 + room
        if struct.calcsize(form) > room:
            place = struct.unpack_from(order + pointer, data, place)[0]
        tags[tag] = struct.unpack_from(form, data, place)
    return tags, struct.unpack_from(order + pointer, data, at + count * size)[0]


class Habit:
    """What one reader is doing: GDAL reads a view as rows of tiles, several side by side, and may
    leave the end of one for later.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rows: dict[tuple[int, int], tuple[int, int]] = {}
        """(level, row) → first and last column of the latest reads."""

    def after(self, start: int, stop: int) -> tuple[list[Span], list[Span]]:
        """A read of [start, stop): what will be read next (surely, perhaps)."""
        one, two = (
            self._index.find(start + LEADER),
            self._index.find(max(start, stop - 1 - 2 * LEADER)),
        )
        if one is None or two is None or one[0] != two[0]:
            return [], []
        level = self._index.levels[one[0]]
        row, first, last = one[1] // level.across, one[1] % level.across, two[1] % level.across
        surely = (
            [(stop, level.span(one[1])[1])] if one == two and stop < level.span(one[1])[1] else []
        )
        goes_on = start > level.offsets[one[1]] + CHUNK
        if goes_on or row != two[1] // level.across:
            return surely, []
        known = self._rows.pop((one[0], row), (first, last))
        self._rows[(one[0], row)] = (min(first, known[0]), max(last, known[1]))
        while len(self._rows) > 8:
            del self._rows[next(iter(self._rows))]
        more, perhaps = self._unfinished(one[0], row)
        return surely + more, perhaps

    def _unfinished(self, number: int, row: int) -> tuple[list[Span], list[Span]]:
        """The ends of rows that are shorter than the row beside them, and the tile after each."""
        level, more, perhaps = self._index.levels[number], [], []
        for low in (row - 1, row):
            pair = [self._rows.get((number, each)) for each in (low, low + 1)]
            if (
                pair[0] is None
                or pair[1] is None
                or pair[0][0] != pair[1][0]
                or pair[0][1] == pair[1][1]
            ):
                continue
            short = low if pair[0][1] < pair[1][1] else low + 1
            done, wide = sorted((pair[0][1], pair[1][1]))
            more.append(level.row(short, done + 1, wide))
            beyond = level.row(short, wide + 1, wide + 1) if wide + 1 < level.across else None
            perhaps.append((beyond[0], beyond[1] + BEYOND) if beyond else None)
            self._rows[(number, short)] = (pair[0][0], wide)
        return [span for span in more if span], [span for span in perhaps if span]
