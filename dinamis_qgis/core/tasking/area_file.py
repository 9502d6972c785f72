"""An area out of a file a person gives: GeoPackage, Shapefile (zipped or plain), GeoJSON and its
kin, KML and KMZ.

The file is not trusted.

Only these drivers of OGR may open it (no virtual format that would read elsewhere); sizes are
bounded before anything is parsed, and what an archive holds is read in memory.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.files import decode_text
from dinamis_qgis.core.geo import as_area, vertex_count
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.tasking.area_archive import (
    ArchiveError,
    Files,
    read_archive,
    read_shapefile,
)
from dinamis_qgis.core.tasking.area_place import Placer
from dinamis_qgis.core.text import tr

MAX_BYTES = 100_000_000
MAX_VERTICES = 500_000
MAX_FEATURES = 20_000
_JSON = ["GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON"]
_DRIVERS = {
    ".gpkg": ["GPKG"],
    ".shp": ["ESRI Shapefile"],
    ".geojson": _JSON,
    ".json": _JSON,
    ".kml": ["LIBKML", "KML"],
}
_TEXTS = (".geojson", ".json", ".kml")
_ARCHIVES = (".zip", ".kmz")
SUFFIXES = (*_DRIVERS, *_ARCHIVES)
"""What may be chosen."""
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


class _Found:
    """What was met on the way: polygons, and whether there was anything else."""

    def __init__(self) -> None:
        self.areas: list[BaseGeometry] = []
        self.vertices = 0
        self.features = 0
        self.lines = 0

    def add(self, area: BaseGeometry | None, geometry: Any) -> None:
        """One feature: its area, and what it was made of."""
        self.features += 1
        if area is not None:
            self.areas.append(area)
            self.vertices += vertex_count(area)
        elif geometry is not None and "LINE" in geometry.GetGeometryName():
            self.lines += 1


def read(path: Path, cancel: Cancel) -> BaseGeometry:
    """All polygons of the file as one area, EPSG:4326, merged where they touch, not repaired when
    there is only one.

    Raises InvalidInput (not such a file, damaged, too large, no polygon, no coordinate system or
    not the one it says), StorageError, Cancelled.
    """
    found = _Found()
    for files in _sources_in(path):
        with _open_dataset(path, files) as data:
            for number in range(data.GetLayerCount()):
                _read_layer(data.GetLayer(number), path, found, cancel)
    if not found.areas:
        raise _nothing_found(path, found)
    if len(found.areas) == 1:
        return found.areas[0]
    merged = as_area(unary_union([a if a.is_valid else a.buffer(0) for a in found.areas]))
    return merged if merged is not None else found.areas[0]


def _sources_in(path: Path) -> list[Files]:
    """What to open; a GeoPackage alone is read where it is, as no files."""
    suffix = path.suffix.lower()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path)
        if suffix in _ARCHIVES:
            return read_archive(path, 2 * MAX_BYTES)
        if suffix == ".shp":
            return [read_shapefile(path, 2 * MAX_BYTES)]
        if suffix in _DRIVERS:
            return [{} if suffix == ".gpkg" else {suffix: path.read_bytes()}]
    except ArchiveError as error:
        raise _too_large(path) if error.large else _damaged_file(path, str(error)) from error
    except OSError as error:
        raise from_os_error(error, path) from error
    raise InvalidInput(
        tr("“{name}” is no file of areas that can be read here.").format(name=path.name),
        tr("Give a GeoPackage, a zipped Shapefile, GeoJSON or KML."),
        code="format",
    )


@contextmanager
def _open_dataset(path: Path, files: Files) -> Iterator[Any]:
    """The OGR data set of ``files``, copied into GDAL's memory, or of ``path`` without any."""
    from osgeo import gdal

    folder = f"/vsimem/dinamis-area-{secrets.token_hex(8)}"
    suffix = next(iter(files), path.suffix.lower())
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        for ending, data in files.items():
            gdal.FileFromMemBuffer(
                f"{folder}/area{ending}", _as_utf8(data) if ending in _TEXTS else data
            )
        source = f"{folder}/area{suffix}" if files else str(path)
        try:
            found = gdal.OpenEx(
                source, gdal.OF_VECTOR | gdal.OF_READONLY, allowed_drivers=_DRIVERS[suffix]
            )
        except RuntimeError as error:  # where somebody has turned GDAL's exceptions on
            raise _damaged_file(path, str(error)) from error
        if found is None:
            raise _damaged_file(path, gdal.GetLastErrorMsg())
        yield found
    finally:
        found = None
        for ending in files:
            gdal.Unlink(f"{folder}/area{ending}")
        gdal.PopErrorHandler()


def _as_utf8(data: bytes) -> bytes:
    """Text as GDAL reads it, whatever a person's editor wrote; what an XML file declares holds."""
    declared = _DECLARED.match(data[:200])
    if declared:
        try:
            data = data.decode(declared.group(1).decode("ascii")).encode("utf-8")
        except (LookupError, UnicodeError):
            declared = None
    text = decode_text(data)
    return re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", text).encode()


def _read_layer(layer: Any, path: Path, found: _Found, cancel: Cancel) -> None:
    placer = Placer(layer.GetSpatialRef(), path.name)
    feature = layer.GetNextFeature()
    while feature is not None:
        cancel.check()
        geometry = feature.GetGeometryRef()
        found.add(placer.area(geometry), geometry)
        if len(found.areas) > MAX_FEATURES or found.vertices > MAX_VERTICES:
            raise _too_large(path)
        feature = layer.GetNextFeature()


def _nothing_found(path: Path, found: _Found) -> InvalidInput:
    """Why there is no area, and what would make one."""
    remedy = tr("Choose another file.")
    if found.lines:
        remedy = tr(
            "It holds lines: turn those that close into polygons in QGIS (“Lines to polygons”)."
        )
    elif found.features:
        remedy = tr("It holds points or empty features: draw the area, or choose another file.")
    return InvalidInput(
        tr("“{name}” holds no polygon.").format(name=path.name), remedy, code="no-polygon"
    )


def _too_large(path: Path) -> InvalidInput:
    message = tr("“{name}” is too large for one area.").format(name=path.name)
    return InvalidInput(message, tr("Keep only the features you mean."), code="large")


def _damaged_file(path: Path, details: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” cannot be read: it is damaged or of another kind.").format(name=path.name),
        tr("Give a GeoPackage, a zipped Shapefile, GeoJSON or KML."),
        code="format",
        details=details[:300],
    )
