"""Only the area: a window of an image at native resolution, on the image's own pixel grid, as a
Cloud Optimized GeoTIFF.

GDAL reads the source through whatever path opens (the gateway's loopback address, a local file):
only the tiles that hold the window move. Geometry comes as WKT in EPSG:4326 (lon, lat).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.file_lock import hold_lock
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.rasters import check_tiles, is_classes, open_image, thread_options
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.clip.content import (
    Content,
    content_of,
    keep_meaning,
    moved_model,
)
from dinamis_qgis.core.transfer.clip.source import Ranges
from dinamis_qgis.core.transfer.clip.strips import (
    Strips,
    check_answer,
    unreadable_source,
    unwritable_target,
)
from dinamis_qgis.core.transfer.clip.window import ClipWindow, byte_ranges, window_of
from dinamis_qgis.core.transfer.fetch.partial_file import (
    check_space,
    disk_error,
    in_use,
    journal_path,
    part_path,
    raw_path,
)

_STRIP_BYTES = 48 * 1024 * 1024
_OPTIONS = {
    "GDAL_MAX_RAW_BLOCK_CACHE_SIZE": str(_STRIP_BYTES),
    "GDAL_TIFF_INTERNAL_MASK": "YES",
}
"""What GDAL reads at once of a strip; beyond, it goes tile by tile and reads ahead of what is
needed.
"""
_READ_SHARE = 0.85
"""Share of the progress that is reading; the rest is writing the final file."""


@dataclass(frozen=True)
class Tags:
    """What is written into the file: ``credit`` and ``title`` as people read them, ``moment`` of
    acquisition, UTC.
    """

    title: str = ""
    credit: str = ""
    moment: str = ""
    """``YYYY:MM:DD HH:MM:SS``, as TIFF wants it."""
    software: str = ""
    nodata: float | None = None
    bands: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def _quiet_gdal() -> Iterator[Any]:
    """GDAL, quiet on this thread.

    Nothing global changes: where exceptions are off, ``check_answer`` makes them of its answers.
    """
    from osgeo import gdal

    local = getattr(gdal, "ExceptionMgr", None)  # GDAL 3.7: exceptions for one thread
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with (
            local(useExceptions=True) if local else contextlib.nullcontext(),
            thread_options(_OPTIONS),
        ):
            yield gdal
    finally:
        gdal.PopErrorHandler()


def open_raster(source: str) -> Any:
    """A GDAL dataset. Raises NetworkError where it cannot be read."""
    with _quiet_gdal():
        try:
            return check_answer(open_image(source))
        except RuntimeError as error:
            raise unreadable_source(error) from None


def clip_to_area(
    source: str,
    area: str,
    target: Path,
    tags: Tags,
    cancel: Cancel,
    progress: Callable[[float], None] | None = None,
    ahead: Callable[[Ranges], None] | None = None,
) -> dict[str, Any]:
    """Write the window of ``source`` over ``area`` (WKT, EPSG:4326) to ``target``; pixels outside a
    polygon become nodata.

    ``ahead`` is told which bytes of the file are about to be read, so that they can be fetched side
    by side. Returns STAC fields of the file (``proj:*``, and the clip's footprint as
    ``dinamis:area``). ``progress`` gets 0 to 1. Raises Cancelled, InvalidInput (no overlap),
    NetworkError (source unreadable), StorageError (``in-use``: another process makes it).
    """
    report = progress or (lambda share: None)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with hold_lock(journal_path(target)) as mine:
            if not mine:
                raise in_use(target)
            facts = _make_clip(source, area, target, tags, cancel, report, ahead)
    except OSError as error:
        raise disk_error(error, target) from error
    report(1.0)
    return facts


def _make_clip(
    source: str,
    area: str,
    target: Path,
    tags: Tags,
    cancel: Cancel,
    report: Callable[[float], None],
    ahead: Callable[[Ranges], None] | None,
) -> dict[str, Any]:
    raw, final = raw_path(target), part_path(target)
    try:
        with _quiet_gdal() as gdal:
            facts = _read_window(gdal, source, area, raw, tags, cancel, report, ahead)
            _write_cog(gdal, raw, final, cancel, report)
        os.replace(final, target)
    finally:
        for path in (
            raw,
            final,
            Path(f"{raw}.aux.xml"),
            Path(f"{raw}.msk"),
            Path(f"{final}.aux.xml"),
            Path(f"{final}.ovr.tmp"),
            Path(f"{final}.msk.ovr.tmp"),
        ):
            with contextlib.suppress(
                OSError
            ):  # what is left of a failure is said by the failure itself
                path.unlink()
    return facts


def _read_window(
    gdal: Any,
    source: str,
    area: str,
    raw: Path,
    tags: Tags,
    cancel: Cancel,
    report: Callable[[float], None],
    ahead: Callable[[Ranges], None] | None,
) -> dict[str, Any]:
    """The window into an uncompressed file, strip by strip."""
    try:
        dataset = check_answer(open_image(source))
    except RuntimeError as error:
        cancel.check()
        raise unreadable_source(error) from None
    if dataset.GetGeoTransform()[2] or dataset.GetGeoTransform()[4] or not dataset.GetSpatialRef():
        raise InvalidInput(
            tr("This image has no map grid to clip by."), tr("Take the whole image."), code="grid"
        )
    polygon = _in_crs(area, dataset.GetSpatialRef())
    window = window_of(polygon, dataset)
    is_cut = _needs_mask(polygon, dataset, window)
    content = content_of(dataset, tags.nodata, tags.bands, is_cut)
    output = _create_raw(gdal, raw, dataset, window, tags, content)
    copy = Strips(gdal, dataset, output, window, content, polygon if is_cut else None, cancel)
    rows = max(1, _strip_rows(dataset, window))
    at = 0
    while at < window.rows:
        cancel.check()
        count = min(rows - (window.row + at) % rows if at == 0 else rows, window.rows - at)
        if ahead is not None:
            ahead(
                byte_ranges(
                    dataset, ClipWindow(window.column, window.row + at, window.columns, count)
                )
            )
        copy.copy_strip(at, count)
        at += count
        report(_READ_SHARE * at / window.rows)
    for number in range(1, output.RasterCount + 1):
        with contextlib.suppress(RuntimeError):  # an empty window has no statistics
            output.GetRasterBand(number).ComputeStatistics(False)
    facts = _stac_facts(output)
    _close_dataset(gdal, output)
    return facts


def _close_dataset(gdal: Any, dataset: Any) -> None:
    """Flush: the last bytes may meet a full disk."""
    try:
        gdal.ErrorReset()
        dataset.FlushCache()
        if gdal.GetLastErrorType() >= gdal.CE_Failure:
            check_answer(None)
    except RuntimeError as error:
        raise unwritable_target(error) from None


def _strip_rows(dataset: Any, window: ClipWindow) -> int:
    """Rows read at once: whole blocks of the source, as many as a bounded memory takes."""
    block = dataset.GetRasterBand(1).GetBlockSize()[1]
    width = window.columns * dataset.RasterCount * _bytes_per_value(dataset)
    return int(max(1, _STRIP_BYTES // max(1, width * block))) * int(block)


def _bytes_per_value(dataset: Any) -> int:
    from osgeo import gdal

    return int(gdal.GetDataTypeSize(dataset.GetRasterBand(1).DataType)) // 8


def _create_raw(
    gdal: Any, raw: Path, dataset: Any, window: ClipWindow, tags: Tags, content: Content
) -> Any:
    """The uncompressed file the window gathers in, with everything the final one will carry."""
    needed = window.columns * window.rows * dataset.RasterCount * _bytes_per_value(dataset)
    check_space(raw.parent, needed * 2)
    options = ["TILED=YES", "BIGTIFF=IF_SAFER", "INTERLEAVE=PIXEL", "SPARSE_OK=TRUE"]
    try:
        output = check_answer(
            gdal.GetDriverByName("GTiff").Create(
                str(raw), window.columns, window.rows, dataset.RasterCount, content.kind, options
            )
        )
    except RuntimeError as error:
        raise unwritable_target(error) from None
    left, width, _, top, _, height = dataset.GetGeoTransform()
    output.SetGeoTransform(
        (left + window.column * width, width, 0.0, top + window.row * height, 0.0, height)
    )
    output.SetSpatialRef(dataset.GetSpatialRef())
    for number in range(1, dataset.RasterCount + 1):
        original = dataset.GetRasterBand(number)
        name = (
            tags.bands[number - 1]
            if len(tags.bands) == dataset.RasterCount
            else original.GetDescription()
        )
        output.GetRasterBand(number).SetDescription(name)
    kept = keep_meaning(dataset, output, content)
    model = moved_model(dataset, window)
    if model:
        output.SetMetadata(model, "RPC")
    texts = {
        "TIFFTAG_COPYRIGHT": tags.credit,
        "TIFFTAG_DATETIME": tags.moment,
        "TIFFTAG_IMAGEDESCRIPTION": tags.title,
        "TIFFTAG_SOFTWARE": tags.software,
        **kept,
        **tags.more,
    }
    output.SetMetadata({key: value for key, value in texts.items() if value})
    if content.mask:
        output.CreateMaskBand(gdal.GMF_PER_DATASET)
    return output


def _in_crs(area: str, crs: Any) -> Any:
    """``area`` in the image's CRS, its edges dense enough to stay where they are on the ground."""
    from osgeo import ogr, osr

    try:
        geometry = ogr.CreateGeometryFromWkt(area)
    except RuntimeError:
        geometry = None
    if geometry is None or geometry.IsEmpty():
        raise InvalidInput(tr("The area cannot be used."), code="area")
    west, east, south, north = geometry.GetEnvelope()
    geometry.Segmentize(max((east - west), (north - south)) / 64 or 1.0)
    lonlat = osr.SpatialReference()
    lonlat.ImportFromEPSG(4326)
    target = crs.Clone()
    for reference in (lonlat, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    geometry.Transform(osr.CoordinateTransformation(lonlat, target))
    return geometry


def _needs_mask(polygon: Any, dataset: Any, window: ClipWindow) -> bool:
    """False when the area covers the whole window but for a sliver of a pixel: nothing to hide."""
    left, width, _, top, _, height = dataset.GetGeoTransform()
    west, north = left + window.column * width, top + window.row * height
    east, south = west + window.columns * width, north + window.rows * height
    from osgeo import ogr

    inset = max(abs(width), abs(height)) * 2
    if east - west <= 2 * inset or north - south <= 2 * inset:
        return False
    wkt = (
        f"POLYGON(({west + inset} {north - inset},{east - inset} {north - inset},{east - inset} "
        f"{south + inset},"
    )
    wkt += f"{west + inset} {south + inset},{west + inset} {north - inset}))"
    return not polygon.Contains(ogr.CreateGeometryFromWkt(wkt))


def _write_cog(
    gdal: Any, raw: Path, final: Path, cancel: Cancel, report: Callable[[float], None]
) -> None:
    def goes_on(share: float, text: str, data: Any) -> int:
        report(_READ_SHARE + (1 - _READ_SHARE) * share * 0.99)
        return 0 if cancel.is_set() else 1

    source = gdal.Open(str(raw))
    resampling = "MODE" if is_classes(source) else "AVERAGE"  # classes have no mean
    options = [
        "COMPRESS=DEFLATE",
        "PREDICTOR=YES",
        "BIGTIFF=IF_SAFER",
        f"OVERVIEW_RESAMPLING={resampling}",
        "NUM_THREADS=2",
    ]
    try:
        result = check_answer(
            gdal.GetDriverByName("COG").CreateCopy(
                str(final), source, options=options, callback=goes_on
            )
        )
        cancel.check()
        _close_dataset(gdal, result)
        result = None
    except RuntimeError as error:
        cancel.check()
        raise unwritable_target(error) from None
    check_tiles(final)


def _stac_facts(output: Any) -> dict[str, Any]:
    """The file as STAC says it."""
    from osgeo import osr

    left, width, _, top, _, height = output.GetGeoTransform()
    columns, rows = output.RasterXSize, output.RasterYSize
    crs, lonlat = output.GetSpatialRef().Clone(), osr.SpatialReference()
    lonlat.ImportFromEPSG(4326)
    for reference in (crs, lonlat):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(crs, lonlat)
    corners = [(0, 0), (columns, 0), (columns, rows), (0, rows), (0, 0)]
    ring = [list(change.TransformPoint(left + c * width, top + r * height)[:2]) for c, r in corners]
    name, code = crs.GetAuthorityName(None), crs.GetAuthorityCode(None)
    return {
        "type": "image/tiff; application=geotiff; profile=cloud-optimized",
        "proj:code": f"{name}:{code}" if name and code else None,
        "proj:shape": [rows, columns],
        "proj:transform": [width, 0.0, left, 0.0, height, top],
        "dinamis:area": {"type": "Polygon", "coordinates": [ring]},
    }
