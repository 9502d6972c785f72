"""What was gained and lost between two surface models: difference, zones, volumes, and how sure.

Sources: limit of detection and volumes of the difference of two models, Wheaton et al. 2010 (Earth
Surface Processes and Landforms 35, 136–156); uncertainty of a mean over an area whose errors are
correlated, Rolstad et al. 2009 (Journal of Glaciology 55, 666–680).
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dinamis_qgis.core.change.grid import Grid, GridWindow, common_grid, split_windows
from dinamis_qgis.core.change.reader import Reader
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.core.elevation.coregistration import HeightShift, measure_shift, nmad
from dinamis_qgis.core.elevation.service import NODATA
from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import replace_atomically
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.rasters import check_writing
from dinamis_qgis.core.text import tr

Array = Any
Progress = Callable[[float, str], None]
SAMPLE = 4_000_000
"""Pixels at most from which shift, noise and its reach are measured."""
SIDE = 1024
_LIKELY = 1.96
"""A change beyond so many deviations is one with 95 % certainty."""
MOST_ZONES = 20_000


@dataclass(frozen=True)
class ZoneVolume:
    """A zone: ``geometry`` as WKB in the grid's system, ``area`` in m² (of what both models know);
    ``gained``, ``lost`` and ``net`` in m³, ``uncertainty`` of the net one (one deviation).
    """

    number: int
    geometry: bytes
    area: float
    gained: float
    lost: float
    net: float
    uncertainty: float


@dataclass(frozen=True)
class SurfaceChange:
    """The difference second minus first, metres, at ``path``; ``limit`` is what is told from noise;
    ``reach`` (metres) how far errors go together.
    """

    path: Path
    grid: Grid
    shift: HeightShift
    limit: float
    reach: float
    zones: tuple[ZoneVolume, ...]


@dataclass(frozen=True)
class DifferenceOptions:
    """``step`` in metres (None: the coarser of both), ``align`` lays the second on the first,
    ``limit`` in metres (None: from the noise), ``smallest`` zone in m². ``zones`` are WKB polygons
    in ``zones_wkt``; without them, what changed more than the limit.
    """

    step: float | None = None
    align: bool = True
    limit: float | None = None
    smallest: float = 25.0
    zones: tuple[bytes, ...] = ()
    zones_wkt: str = ""


def compare_surfaces(
    first: Path,
    second: Path,
    target: Path,
    options: DifferenceOptions = DifferenceOptions(),  # noqa: B008 (frozen)
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> SurfaceChange:
    """Measure what changed from ``first`` to ``second``: rasters of heights in metres, on any grid.

    Memory does not grow with the models. ``target`` is written whole or not at all. Raises
    InvalidInput, ServiceError, StorageError, Cancelled.
    """
    cancel, say = cancel or Cancel(), progress or (lambda share, text: None)
    one, two = Scene(str(first), (1,)), Scene(str(second), (1,))
    grid = common_grid(one, two, options.step)
    say(0.0, tr("Laying the models on each other…"))
    shift, noise, reach = _measure(one, two, grid, options, cancel)
    two = two.moved(shift.east, shift.north)
    limit = options.limit if options.limit is not None else _LIKELY * noise
    cancel.check()
    say(0.3, tr("Computing the difference…"))
    with replace_atomically(target) as part:
        _write_difference(
            (one, two), grid, shift.up, part, cancel, lambda share: say(0.3 + 0.4 * share, "")
        )
        say(0.7, tr("Measuring the volumes…"))
        zones = _measure_zones(part, grid, limit, options, cancel)
    say(1.0, "")
    sure = tuple(
        replace(zone, uncertainty=_uncertainty(zone.area, noise, reach, shift.slopes, grid))
        for zone in zones
    )
    return SurfaceChange(target, grid, shift, limit, reach, sure)


def _measure(
    one: Scene, two: Scene, grid: Grid, options: DifferenceOptions, cancel: Cancel
) -> tuple[HeightShift, float, float]:
    """The shift, the noise and its reach, from a sample of all the common ground."""
    import numpy as np

    sample = grid.coarser(SAMPLE)
    whole = GridWindow(0, 0, sample.width, sample.height)
    a, b = Reader(one, sample).read(whole)[0], Reader(two, sample).read(whole)[0]
    if not (np.isfinite(a) & np.isfinite(b)).any():
        raise InvalidInput(
            tr("The two models have no ground in common."),
            tr("Choose two models of the same place."),
            code="no-overlap",
        )
    raw = nmad(b - a)
    shift = HeightShift(0.0, 0.0, 0.0, raw, raw, 0)
    if options.align:
        shift = measure_shift(a, b, sample.step, None, cancel)
        b = Reader(two.moved(shift.east, shift.north), sample).read(whole)[0] + shift.up
    rest = b - a
    stable = np.where(np.abs(rest) < 3 * max(nmad(rest), 1e-6), rest, np.nan)
    noise = float(np.nanstd(stable)) if np.isfinite(stable).any() else raw
    return shift, noise, _reach(stable, sample.step)


def _reach(rest: Array, step: float) -> float:
    """Metres at which the errors no more go together: where their correlation falls below 1/e."""
    import numpy as np

    centred = np.where(np.isfinite(rest), rest - np.nanmean(rest), 0.0)
    known = np.isfinite(rest)
    variance = float((centred**2).sum() / max(1, known.sum()))
    if variance <= 0:
        return step
    lag = 1
    while lag < min(rest.shape) // 4:
        both = known[:, lag:] & known[:, :-lag]
        if not both.any():
            break
        products = (centred[:, lag:] * centred[:, :-lag])[both]
        if float(products.mean()) / variance < 1 / math.e:
            break
        lag = max(lag + 1, int(lag * 1.3))
    return lag * step


def _uncertainty(area: float, noise: float, reach: float, slopes: int, grid: Grid) -> float:
    """Of a volume, m³: of the mean over the zone, and of the height the models were laid at."""
    if area <= 0 or not math.isfinite(noise):
        return 0.0
    together = math.pi * reach**2
    mean = noise * min(1.0, math.sqrt(together / (5 * area)))
    ground = max(grid.pixels * grid.step**2, together)
    laid = noise * math.sqrt(together / (5 * ground)) if slopes else 0.0
    return area * math.hypot(mean, laid)


def _write_difference(
    pair: tuple[Scene, Scene],
    grid: Grid,
    up: float,
    path: Path,
    cancel: Cancel,
    report: Callable[[float], None],
) -> None:
    import numpy as np

    one, two = Reader(pair[0], grid), Reader(pair[1], grid)
    windows = split_windows(grid, SIDE)
    with check_writing(path), _new_raster(path, grid, "Float32", NODATA) as made:
        for number, window in enumerate(windows):
            cancel.check()
            change = two.read(window)[0] + np.float32(up) - one.read(window)[0]
            change[~np.isfinite(change)] = NODATA
            made.GetRasterBand(1).WriteArray(change, window.column, window.row)
            report((number + 1) / len(windows))
        made.FlushCache()
        made.BuildOverviews("AVERAGE", [2, 4, 8, 16, 32])


@contextmanager
def _new_raster(path: Path, grid: Grid, kind: str, nodata: float | None) -> Iterator[Any]:
    """A tiled GeoTIFF of one band on ``grid``, closed at the end."""
    from osgeo import gdal

    made = gdal.GetDriverByName("GTiff").Create(
        str(path),
        grid.width,
        grid.height,
        1,
        gdal.GetDataTypeByName(kind),
        ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=IF_SAFER"],
    )
    made.SetGeoTransform(grid.geotransform)
    made.SetProjection(grid.wkt)
    if nodata is not None:
        made.GetRasterBand(1).SetNoDataValue(nodata)
    try:
        yield made
    finally:
        made = None


def _measure_zones(
    difference: Path, grid: Grid, limit: float, options: DifferenceOptions, cancel: Cancel
) -> list[ZoneVolume]:
    try:
        with tempfile.TemporaryDirectory(prefix="dinamis-") as folder:
            numbers = Path(folder) / "zones.tif"
            shapes = (
                _burn_zones(numbers, grid, options)
                if options.zones
                else _find_zones(difference, numbers, grid, limit, options.smallest, cancel)
            )
            return _sum_zones(difference, numbers, grid, limit, shapes, cancel)
    except OSError as error:
        raise from_os_error(error, difference) from error


def _burn_zones(numbers: Path, grid: Grid, options: DifferenceOptions) -> list[bytes]:
    """The given zones as numbers on the grid, the first 1; their WKB in the grid's system."""
    from osgeo import gdal, ogr, osr

    target, source = osr.SpatialReference(grid.wkt), osr.SpatialReference(options.zones_wkt)
    for system in (target, source):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(source, target)
    layer_source = ogr.GetDriverByName("Memory").CreateDataSource("zones")
    layer = layer_source.CreateLayer("zones", target, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    shapes = []
    for number, wkb in enumerate(options.zones[:MOST_ZONES], 1):
        geometry = ogr.CreateGeometryFromWkb(wkb)
        geometry.Transform(change)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry)
        feature.SetField("number", number)
        layer.CreateFeature(feature)
        shapes.append(bytes(geometry.ExportToWkb()))
    with check_writing(numbers), _new_raster(numbers, grid, "UInt32", 0) as made:
        gdal.RasterizeLayer(made, [1], layer, options=["ATTRIBUTE=number"])
        made.FlushCache()
    return shapes


def _find_zones(
    difference: Path, numbers: Path, grid: Grid, limit: float, smallest: float, cancel: Cancel
) -> list[bytes]:
    """Connected ground that rose, or sank, by more than ``limit``, largest first; as
    ``_burn_zones``.
    """
    import numpy as np
    from osgeo import gdal, ogr, osr

    source = gdal.Open(str(difference))
    signs = numbers.with_name("signs.tif")
    with check_writing(signs), _new_raster(signs, grid, "Byte", 0) as made:
        for window in split_windows(grid, SIDE):
            cancel.check()
            values = _read(source, window)
            sign = np.where(values > limit, 1, np.where(values < -limit, 2, 0))
            made.GetRasterBand(1).WriteArray(sign.astype("uint8"), window.column, window.row)
        band = made.GetRasterBand(1)
        pixels = max(1, round(smallest / grid.step**2))
        if pixels > 1:
            gdal.SieveFilter(band, None, band, pixels, 4)
        crs = osr.SpatialReference(grid.wkt)
        layer_source = ogr.GetDriverByName("Memory").CreateDataSource("found")
        layer = layer_source.CreateLayer("found", crs, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("sign", ogr.OFTInteger))
        gdal.Polygonize(band, band, layer, 0)
    found = []
    for feature in layer:
        geometry = feature.GetGeometryRef()
        if geometry.GetArea() >= smallest:
            found.append((geometry.GetArea(), bytes(geometry.ExportToWkb())))
    found.sort(key=lambda entry: -entry[0])
    shapes = [wkb for _, wkb in found[:MOST_ZONES]]
    options = DifferenceOptions(zones=tuple(shapes), zones_wkt=grid.wkt)
    return _burn_zones(numbers, grid, options)


def _read(source: Any, window: GridWindow) -> Array:
    import numpy as np

    values = source.GetRasterBand(1).ReadAsArray(
        window.column, window.row, window.width, window.height
    )
    heights = np.asarray(values, np.float32)
    heights[heights == np.float32(NODATA)] = np.nan
    return heights


def _sum_zones(
    difference: Path,
    numbers: Path,
    grid: Grid,
    limit: float,
    shapes: Sequence[bytes],
    cancel: Cancel,
) -> list[ZoneVolume]:
    import numpy as np
    from osgeo import gdal

    source, burnt = gdal.Open(str(difference)), gdal.Open(str(numbers))
    count = len(shapes) + 1
    known, gained, lost, net = (np.zeros(count) for _ in range(4))
    for window in split_windows(grid, SIDE):
        cancel.check()
        values = _read(source, window)
        zone = burnt.GetRasterBand(1).ReadAsArray(
            window.column, window.row, window.width, window.height
        )
        inside = (zone > 0) & np.isfinite(values)
        if not inside.any():
            continue
        index, change = zone[inside].astype(np.int64), values[inside].astype(float)
        known += np.bincount(index, minlength=count)
        net += np.bincount(index, change, count)
        gained += np.bincount(index, np.where(change > limit, change, 0.0), count)
        lost += np.bincount(index, np.where(change < -limit, -change, 0.0), count)
    pixel = grid.step**2
    return [
        ZoneVolume(
            number,
            shape,
            float(known[number]) * pixel,
            float(gained[number]) * pixel,
            float(lost[number]) * pixel,
            float(net[number]) * pixel,
            0.0,
        )
        for number, shape in enumerate(shapes, 1)
    ]
