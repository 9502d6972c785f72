"""Changed pixels as polygons with their area, above a smallest mapping unit; written as a
GeoPackage.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dinamis_qgis.core.change.detect import DetectedChange, create_raster, own_folder
from dinamis_qgis.core.change.difference import GROWTH, classify_changed
from dinamis_qgis.core.change.grid import GridWindow, split_windows
from dinamis_qgis.core.errors import StorageError
from dinamis_qgis.core.files import replace_atomically, why_not_written
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.rasters import check_writing

SIDE = 2048


@dataclass(frozen=True)
class Patch:
    """One changed area.

    ``wkb`` is a polygon in the grid's CRS; ``area_ha`` its area on the ellipsoid, hectares.

    ``sense`` is 1 for more, -1 for less (what is not signed: 1).
    """

    wkb: bytes
    area_ha: float
    sense: int


def changed_patches(
    change: DetectedChange,
    threshold: float,
    mapping_unit: float = 0.1,
    cancel: Cancel | None = None,
    progress: Callable[[float], None] | None = None,
) -> list[Patch]:
    """The changed areas of at least ``mapping_unit`` hectares, largest first; smaller holes are
    filled.

    Raises StorageError, Cancelled.
    """
    cancel, say = cancel or Cancel(), progress or (lambda share: None)
    folder = own_folder(change.path.parent)
    try:
        found = _trace_patches(change, threshold, mapping_unit, folder / "mask.tif", cancel, say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(1.0)
    return sorted(found, key=lambda patch: -patch.area_ha)


def _trace_patches(
    change: DetectedChange,
    threshold: float,
    mapping_unit: float,
    path: Path,
    cancel: Cancel,
    say: Callable[[float], None],
) -> list[Patch]:
    from osgeo import gdal, ogr

    mask = _write_mask(change, threshold, path, cancel, lambda share: say(0.4 * share))
    band = mask.GetRasterBand(1)
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("change", mask.GetSpatialRef(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("sense", ogr.OFTInteger))
    smallest = max(1, math.ceil(mapping_unit * 1e4 / change.grid.step**2))
    with _heed_cancel(cancel, path):
        if smallest > 1:
            gdal.SieveFilter(
                band, None, band, smallest, 8, callback=_gdal_callback(cancel, say, 0.4, 0.6)
            )
            mask.FlushCache()
        gdal.Polygonize(band, band, layer, 0, callback=_gdal_callback(cancel, say, 0.6, 0.8))
    cancel.check()
    return list(_read_patches(layer, change.grid.wkt, mapping_unit, cancel))


def _write_mask(
    change: DetectedChange,
    threshold: float,
    path: Path,
    cancel: Cancel,
    say: Callable[[float], None],
) -> Any:
    from osgeo import gdal

    scores = gdal.Open(str(change.path))
    mask = create_raster(path, change.grid, "byte")
    todo = split_windows(change.grid, SIDE)
    for k, window in enumerate(todo):
        cancel.check()
        found = _changed_in(scores.GetRasterBand(1), change, threshold, window)
        with check_writing(path):
            mask.GetRasterBand(1).WriteArray(found, window.column, window.row)
        say((k + 1) / len(todo))
    with check_writing(path):
        mask.FlushCache()
    return mask


def _changed_in(band: Any, change: DetectedChange, threshold: float, window: GridWindow) -> Any:
    """Which pixels of a window changed, whatever its neighbours hold."""
    left, top = max(0, window.column - GROWTH), max(0, window.row - GROWTH)
    right = min(change.grid.width, window.column + window.width + GROWTH)
    low = min(change.grid.height, window.row + window.height + GROWTH)
    values = band.ReadAsArray(left, top, right - left, low - top)
    row, column = window.row - top, window.column - left
    found = classify_changed(change.kind, values, threshold)
    return found[row : row + window.height, column : column + window.width]


def _gdal_callback(
    cancel: Cancel, say: Callable[[float], None], start: float, end: float
) -> Callable[..., int]:
    def called(share: float, *_: object) -> int:
        say(start + (end - start) * share)
        return 0 if cancel.is_set() else 1

    return called


@contextmanager
def _heed_cancel(cancel: Cancel, path: Path) -> Iterator[None]:
    """GDAL fails where it was interrupted; here that is Cancelled."""
    try:
        with check_writing(path):
            yield
    except StorageError:
        cancel.check()
        raise


def _read_patches(layer: Any, wkt: str, mapping_unit: float, cancel: Cancel) -> Iterator[Patch]:
    from shapely import wkb
    from shapely.ops import transform

    to_degrees = _to_degrees(wkt)
    for feature in layer:
        cancel.check()
        body = bytes(feature.GetGeometryRef().ExportToWkb())
        area = area_km2(transform(to_degrees, wkb.loads(body))) * 100
        # areas on the ellipsoid differ a little from those on the grid
        if area >= mapping_unit * 0.999:
            yield Patch(body, area, -1 if feature.GetField("sense") == 2 else 1)


def _to_degrees(wkt: str) -> Callable[..., Any]:
    from pyproj import CRS, Transformer

    return Transformer.from_crs(CRS.from_wkt(wkt), CRS.from_epsg(4326), always_xy=True).transform  # type: ignore[no-any-return]


def total_ha(found: Sequence[Patch]) -> float:
    """Their area, hectares."""
    return float(sum(patch.area_ha for patch in found))


def export_patches(
    path: Path,
    change: DetectedChange,
    found: Sequence[Patch],
    threshold: float,
    about: Mapping[str, str],
) -> None:
    """Write the areas as the layer ``changes`` of a new GeoPackage; an existing file is replaced
    only when all is written.

    ``about`` becomes text fields of every feature (dates, products, credits). Raises StorageError.
    """
    from osgeo import gdal

    with replace_atomically(path) as part:
        part.unlink()  # the driver refuses to write over a file
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            _fill_geopackage(part, change, found, threshold, about)
            whole = _count_patches(part) == len(
                found
            )  # closing a database tells nobody that it failed
        except RuntimeError:  # ours, or GDAL's with exceptions on
            whole = False
        finally:
            gdal.PopErrorHandler()
            for ending in ("-journal", "-wal", "-shm"):  # what SQLite leaves of a write that failed
                part.with_name(part.name + ending).unlink(missing_ok=True)
        if not whole:
            raise why_not_written(part)


def _count_patches(path: Path) -> int:
    """How many areas can be read; none where their index, which comes last, is missing."""
    from osgeo import ogr

    written = _check_gdal(ogr.Open(str(path)))  # kept: its layer dies with it
    layer = _check_gdal(written.GetLayerByName("changes"))
    return sum(1 for _ in layer) if layer.TestCapability(ogr.OLCFastSpatialFilter) else -1


def _check_gdal(answer: Any) -> Any:
    """What GDAL gave, or 0 for done.

    Raises RuntimeError as GDAL does when its exceptions are on.
    """
    if answer is None or (isinstance(answer, int) and answer != 0):
        raise RuntimeError
    return answer


def _fill_geopackage(
    path: Path,
    change: DetectedChange,
    found: Sequence[Patch],
    threshold: float,
    about: Mapping[str, str],
) -> None:
    from osgeo import ogr, osr

    srs = osr.SpatialReference()
    srs.SetFromUserInput(change.grid.wkt)
    target = _check_gdal(ogr.GetDriverByName("GPKG").CreateDataSource(str(path)))
    layer = _check_gdal(target.CreateLayer("changes", srs, ogr.wkbPolygon))
    shift = f"{change.shift.east:.2f}, {change.shift.north:.2f}" if change.shift else ""
    shared = {
        "kind": change.kind.value,
        "threshold": round(threshold, 4),
        "pixel_m": change.grid.step,
        "shift_m": shift,
        **about,
    }
    fields: dict[str, Any] = {"rank": 0, "sense": 0, "area_ha": 0.0, **shared}
    types = {int: ogr.OFTInteger, float: ogr.OFTReal, str: ogr.OFTString}
    for name, value in fields.items():
        layer.CreateField(ogr.FieldDefn(name, types[type(value)]))
    target.StartTransaction()
    for rank, patch in enumerate(found, 1):
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in {
            **shared,
            "rank": rank,
            "sense": patch.sense,
            "area_ha": round(patch.area_ha, 4),
        }.items():
            if value != "":
                feature.SetField(name, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkb(patch.wkb))
        _check_gdal(layer.CreateFeature(feature))
    _check_gdal(target.CommitTransaction())
