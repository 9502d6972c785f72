"""A window of a height model on this disk: asked for piece by piece, put together, kept whole.

What was fetched before an interruption is not asked for again: the pieces lie in a raster beside
the target, and a journal says which of them are there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dinamis_qgis.core.elevation.grid import (
    Bounds,
    HeightGrid,
    HeightPiece,
    grid_over,
    project_bounds,
)
from dinamis_qgis.core.elevation.service import NODATA, fetch_piece
from dinamis_qgis.core.errors import Action, InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.file_lock import hold_lock
from dinamis_qgis.core.files import replace_atomically, write_whole
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.net.side_by_side import side_by_side
from dinamis_qgis.core.profile.model import ElevationSource
from dinamis_qgis.core.rasters import check_writing, quiet_gdal
from dinamis_qgis.core.text import tr

Array = Any
Progress = Callable[[float, str], None]
KINDS = ("surface", "ground", "height")
AT_ONCE = 6
"""Requests side by side: a service allows forty a second, and answers each in about half of one."""
_SPARE = 100_000_000
"""Bytes that stay free on the disk."""


@dataclass(frozen=True)
class HeightModel:
    """A height model on this disk, in metres: a GeoTIFF with overviews, ``NODATA`` where nothing
    is known.
    """

    path: Path
    kind: str
    grid: HeightGrid
    titles: tuple[str, ...]
    """Of the sources that gave something, the one that gave most first."""
    vertical: str
    known: float
    """Share (0 to 1) of the pixels that have a height."""


@dataclass
class _Gathering:
    """A window being put together: the raster of its pieces, and what is in it."""

    sources: tuple[ElevationSource, ...]
    grid: HeightGrid
    raster: Path
    journal: Path
    given: dict[str, int] = field(default_factory=dict)
    """Pixels that each source gave, by its id."""
    done: set[tuple[int, int]] = field(default_factory=set)
    known: int = 0


def sources_of_kind(sources: Sequence[ElevationSource], kind: str) -> tuple[ElevationSource, ...]:
    """Those to ask for a kind, in their order. Raises InvalidInput where there is none."""
    found = tuple(source for source in sources if source.kind == kind)
    if not found:
        raise InvalidInput(
            tr("Your profile names no source of such heights."),
            tr("Choose another kind, or use a layer of your own."),
            code="elevation",
        )
    return found


def plan_grid(source: ElevationSource, bounds: Bounds, step: float | None = None) -> HeightGrid:
    """The grid over ``bounds`` (EPSG:4326) in the source's system; ``step`` in metres, by default
    and at least the source's own pixel. Raises InvalidInput.
    """
    return grid_over(project_bounds(bounds, source.crs), source.crs, max(source.pixel, step or 0.0))


def bytes_needed(grid: HeightGrid) -> int:
    """On the disk while a window is put together: its pieces, and the file that is made of them."""
    return int(grid.pixels * 4 * 1.8)


def fetch_heights(
    sources: Sequence[ElevationSource],
    grid: HeightGrid,
    target: Path,
    http: Http,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> HeightModel:
    """The window ``grid`` of the first of ``sources`` (of one kind) as ``target``; where it knows
    nothing the others are asked.

    ``target`` appears whole or not at all. Raises InvalidInput where none of the sources knows the
    place, StorageError (said before, where the disk is too full), NetworkError and ServiceError
    after which the next call goes on, Cancelled.
    """
    cancel, say = cancel or Cancel(), progress or (lambda share, text: None)
    _check_room(target.parent, grid)
    gathering = _begin(tuple(sources), grid, target)
    try:
        _fetch_alone(gathering, target, http, cancel, say)
    except OSError as error:  # the folder may not be written to, or has gone
        raise from_os_error(error, target) from error
    say(1.0, "")
    given = sorted(sources, key=lambda source: -gathering.given.get(source.id, 0))
    titles = tuple(source.title for source in given if gathering.given.get(source.id))
    kind, vertical = sources[0].kind, sources[0].vertical
    return HeightModel(target, kind, grid, titles, vertical, gathering.known / grid.pixels)


def _fetch_alone(
    gathering: _Gathering, target: Path, http: Http, cancel: Cancel, say: Progress
) -> None:
    """While no other thread or QGIS fetches the same window. Raises OSError besides."""
    with hold_lock(gathering.journal.with_suffix(".lock"), 0.0) as alone:
        if not alone:
            raise StorageError(
                tr("These heights are being fetched already."),
                tr("Wait until they are there."),
                code="busy",
            )
        _take_up(gathering)
        _gather(gathering, http, cancel, lambda share: say(0.9 * share, tr("Fetching heights…")))
        if not gathering.known:
            _remove(gathering)
            raise InvalidInput(
                tr("None of the sources knows the heights of this place."),
                tr("Choose another area, or use a layer of your own."),
                code="no-heights",
            )
        say(0.9, tr("Writing…"))
        _write_model(gathering, target)
        _remove(gathering)


def _check_room(folder: Path, grid: HeightGrid) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise from_os_error(error, folder) from error
    needed = bytes_needed(grid)
    if free < needed + _SPARE:
        raise StorageError(
            tr("The disk is too full: {needed} MB are needed, {free} MB are free.").format(
                needed=-(-needed // 1_000_000), free=free // 1_000_000
            ),
            tr("Free some space, choose a smaller area, or another folder."),
            code="disk",
            action=Action.CHOOSE_FOLDER,
        )


def _begin(sources: tuple[ElevationSource, ...], grid: HeightGrid, target: Path) -> _Gathering:
    """Named by what is asked of whom: another window never goes on with these pieces."""
    asked = json.dumps([[s.url, s.layer] for s in sources] + [repr(grid)])
    mark = hashlib.sha256(asked.encode()).hexdigest()[:12]
    raster = target.with_name(f".{target.stem}.{mark}.part.tif")
    return _Gathering(sources, grid, raster, raster.with_suffix(".json"))


def _take_up(gathering: _Gathering) -> None:
    """What an interrupted run left, where all of it can be read; else an empty raster."""
    from osgeo import gdal, osr

    grid = gathering.grid
    with quiet_gdal():
        left = _open(gathering.raster, gdal.GA_ReadOnly) if gathering.journal.is_file() else None
        whole = left is not None and (left.RasterXSize, left.RasterYSize) == (
            grid.width,
            grid.height,
        )
        left = None
    if whole and _read_journal(gathering):
        return
    gathering.done, gathering.given, gathering.known = set(), {}, 0
    with check_writing(gathering.raster):
        made = gdal.GetDriverByName("GTiff").Create(
            str(gathering.raster),
            grid.width,
            grid.height,
            1,
            gdal.GDT_Float32,
            ["TILED=YES", "COMPRESS=NONE", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER"],
        )
        if made is not None:
            crs = osr.SpatialReference()
            crs.ImportFromEPSG(grid.crs)
            made.SetProjection(crs.ExportToWkt())
            made.SetGeoTransform(grid.geotransform)
            made.GetRasterBand(1).SetNoDataValue(NODATA)
            made.SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", _describe(gathering.sources[0]))
        made = None
    _write_journal(gathering)


def _describe(source: ElevationSource) -> str:
    return " · ".join(x for x in (source.title, source.about, source.vertical, source.credit) if x)


def _read_journal(gathering: _Gathering) -> bool:
    try:
        data = json.loads(gathering.journal.read_text("utf-8"))
        gathering.done = {(int(column), int(row)) for column, row in data["done"]}
        gathering.given = {str(name): int(count) for name, count in data["given"].items()}
        gathering.known = int(data["known"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _write_journal(gathering: _Gathering) -> None:
    done, given, known = sorted(gathering.done), gathering.given, gathering.known
    text = json.dumps({"done": done, "given": given, "known": known})
    try:
        write_whole(gathering.journal, text)
    except OSError as error:
        raise from_os_error(error, gathering.journal) from error


def _gather(
    gathering: _Gathering, http: Http, cancel: Cancel, report: Callable[[float], None]
) -> None:
    """Every piece that is not there yet; the first failure ends it, what came before is kept."""
    side = min(source.most for source in gathering.sources)
    side = min(side, 1024)  # small enough to show that something moves
    pieces = list(gathering.grid.split_pieces(side))
    wanted = [piece for piece in pieces if (piece.column, piece.row) not in gathering.done]

    def read(
        piece: HeightPiece, stop: Cancel
    ) -> Iterator[tuple[HeightPiece, Array, dict[str, int]]]:
        yield (piece, *_fill_piece(gathering, piece, http, stop))

    for piece, heights, given in side_by_side(wanted, read, cancel, AT_ONCE, http.release):
        _put_piece(gathering, piece, heights, given)
        report(len(gathering.done) / len(pieces))


def _fill_piece(
    gathering: _Gathering, piece: HeightPiece, http: Http, cancel: Cancel
) -> tuple[Array, dict[str, int]]:
    """The heights of a piece, and how many pixels each source gave."""
    import numpy as np

    heights = np.full((piece.height, piece.width), NODATA, np.float32)
    given: dict[str, int] = {}
    for source in gathering.sources:
        missing = heights == np.float32(NODATA)
        if not missing.any():
            break
        found = fetch_piece(source, gathering.grid, piece, http, cancel)
        new = missing & (found != np.float32(NODATA))
        heights[new] = found[new]
        given[source.id] = int(new.sum())
    return heights, given


def _put_piece(
    gathering: _Gathering, piece: HeightPiece, heights: Array, given: dict[str, int]
) -> None:
    from osgeo import gdal

    with check_writing(gathering.raster):
        raster = _open(gathering.raster, gdal.GA_Update)
        if raster is not None:
            raster.GetRasterBand(1).WriteArray(heights, piece.column, piece.row)
            raster.FlushCache()
        raster = None
    gathering.done.add((piece.column, piece.row))
    gathering.known += sum(given.values())
    for name, count in given.items():
        gathering.given[name] = gathering.given.get(name, 0) + count
    _write_journal(gathering)


def _write_model(gathering: _Gathering, target: Path) -> None:
    from osgeo import gdal

    with replace_atomically(target) as part, check_writing(part):
        raster = _open(gathering.raster, gdal.GA_ReadOnly)
        if raster is not None:
            options = ["COMPRESS=DEFLATE", "PREDICTOR=YES", "LEVEL=1", "BLOCKSIZE=512"]
            options += ["OVERVIEW_RESAMPLING=AVERAGE", "BIGTIFF=IF_SAFER"]
            made = gdal.GetDriverByName("COG").CreateCopy(str(part), raster, options=options)
            made = None  # noqa: F841 (closes the file)
        raster = None


def _remove(gathering: _Gathering) -> None:
    for path in (gathering.raster, gathering.journal):
        path.unlink(missing_ok=True)


def _open(path: Path, access: int) -> Any:
    from osgeo import gdal

    with quiet_gdal():
        try:
            return gdal.Open(str(path), access)
        except RuntimeError:  # GDAL with exceptions on
            return None
