"""An area out of a file a person gives: GeoPackage, zipped or plain Shapefile, GeoJSON, KML.

The file is not trusted.

Only these drivers of OGR may open it (no virtual format that would read elsewhere); sizes are
bounded before anything is parsed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from shapely import wkb
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.geo import as_area, polygons, vertex_count
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

MAX_BYTES = 100_000_000
MAX_VERTICES = 500_000
MAX_FEATURES = 20_000
_DRIVERS = {
    ".gpkg": ["GPKG"],
    ".shp": ["ESRI Shapefile"],
    ".geojson": ["GeoJSON"],
    ".json": ["GeoJSON"],
    ".kml": ["LIBKML", "KML"],
}
SUFFIXES = (*_DRIVERS, ".zip")
"""What may be chosen; a zip must hold shapefiles."""


def read(path: Path, cancel: Cancel) -> BaseGeometry:
    """All polygons of the file as one area, EPSG:4326, merged where they touch, not repaired when
    there is only one.

    Raises InvalidInput (not such a file, damaged, too large, no polygon, no coordinate system),
    StorageError, Cancelled.
    """
    sources = _sources(path)
    areas: list[BaseGeometry] = []
    vertices = 0
    for source, drivers in sources:
        for area in _areas(source, drivers, path):
            cancel.check()
            vertices += vertex_count(area)
            if len(areas) >= MAX_FEATURES or vertices > MAX_VERTICES:
                raise _large(path)
            areas.append(area)
    if not areas:
        raise InvalidInput(
            tr("“{name}” holds no polygon.").format(name=path.name),
            tr("Choose another file."),
            code="no-polygon",
        )
    if len(areas) == 1:
        return areas[0]
    merged = as_area(unary_union([a if a.is_valid else a.buffer(0) for a in areas]))
    return merged if merged is not None else areas[0]


def _sources(path: Path) -> list[tuple[str, list[str]]]:
    """What to open with which drivers."""
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _large(path)
        if suffix == ".zip":
            return _zipped(path)
    except OSError as error:
        raise from_os_error(error, path) from error
    if suffix not in _DRIVERS:
        raise InvalidInput(
            tr("“{name}” is no file of areas that can be read here.").format(name=path.name),
            tr("Give a GeoPackage, a zipped Shapefile, GeoJSON or KML."),
            code="format",
        )
    return [(str(path), _DRIVERS[suffix])]


def _zipped(path: Path) -> list[tuple[str, list[str]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise _damaged(path, str(error)) from error
    if sum(e.file_size for e in entries) > 2 * MAX_BYTES or len(entries) > 2000:
        raise _large(path)
    # Read in place: nothing is unpacked, so a name that climbs out of the folder does no harm; it
    # is left out all the same.
    names = [
        e.filename
        for e in entries
        if e.filename.lower().endswith(".shp") and ".." not in Path(e.filename).parts
    ]
    names = [n for n in names if not n.startswith("__MACOSX")]
    if not names:
        raise InvalidInput(
            tr("“{name}” holds no Shapefile.").format(name=path.name),
            tr("Choose another file."),
            code="no-polygon",
        )
    return [(f"/vsizip/{{{path}}}/{name}", ["ESRI Shapefile"]) for name in names]


def _areas(source: str, drivers: list[str], path: Path) -> Iterator[BaseGeometry]:
    from osgeo import gdal, osr

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        try:
            data = gdal.OpenEx(source, gdal.OF_VECTOR | gdal.OF_READONLY, allowed_drivers=drivers)
        except RuntimeError as error:  # where somebody has turned GDAL's exceptions on
            raise _damaged(path, str(error)) from error
        if data is None:
            raise _damaged(path, gdal.GetLastErrorMsg())
        wgs84 = osr.SpatialReference()
        wgs84.ImportFromEPSG(4326)
        wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        for number in range(data.GetLayerCount()):
            yield from _layer_areas(data.GetLayer(number), wgs84, path)
    finally:
        gdal.PopErrorHandler()


def _layer_areas(layer: Any, wgs84: Any, path: Path) -> Iterator[BaseGeometry]:
    from osgeo import osr

    system, move = layer.GetSpatialRef(), None
    if system is not None:
        system = system.Clone()
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        move = None if system.IsSame(wgs84) else osr.CoordinateTransformation(system, wgs84)
    feature = layer.GetNextFeature()
    while feature is not None:
        area = _area(feature.GetGeometryRef(), path, move, known=system is not None)
        if area is not None:
            yield area
        feature = layer.GetNextFeature()


def _area(geometry: Any, path: Path, move: Any, known: bool) -> BaseGeometry | None:
    if geometry is None or geometry.IsEmpty():
        return None
    flat = geometry.GetLinearGeometry()  # curves as segments
    flat.FlattenTo2D()
    if move is not None:
        try:
            moved = flat.Transform(move) == 0
        except RuntimeError:
            moved = False
        if not moved:
            raise _misplaced(path)
    area = as_area(wkb.loads(bytes(flat.ExportToWkb())))
    if area is None or not polygons(area):
        return None
    if not all(isfinite(v) for v in area.bounds):
        raise _misplaced(path)
    west, south, east, north = area.bounds
    if not known and not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
        raise InvalidInput(
            tr("“{name}” does not say its coordinate system.").format(name=path.name),
            tr("Open it in QGIS, set its coordinate system, and take the area from the layer."),
            code="area-crs",
        )
    return area


def _large(path: Path) -> InvalidInput:
    message = tr("“{name}” is too large for one area.").format(name=path.name)
    return InvalidInput(message, tr("Keep only the features you mean."), code="large")


def _damaged(path: Path, details: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” cannot be read: it is damaged or of another kind.").format(name=path.name),
        tr("Give a GeoPackage, a zipped Shapefile, GeoJSON or KML."),
        code="format",
        details=details[:300],
    )


def _misplaced(path: Path) -> InvalidInput:
    message = tr("The area of “{name}” cannot be placed on Earth.").format(name=path.name)
    return InvalidInput(message, tr("Check its coordinate system."), code="area-crs")
