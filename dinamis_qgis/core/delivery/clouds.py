"""The cloud mask of a delivery (``MASKS/CLD_*_MSK.GML``) as a GeoPackage on the image's grid."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from dinamis_qgis.core.delivery.dim import Dim
from dinamis_qgis.core.delivery.dim_values import whole_in
from dinamis_qgis.core.delivery.mosaic import TileGrid
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.rasters import quiet_gdal
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.xml import Node, read_xml

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
_MOST_POINTS = 2_000_000


def mask_files(dim: Dim) -> list[Path]:
    """The cloud masks beside a description."""
    folder = next(
        (
            entry
            for entry in dim.path.parent.glob("*")
            if entry.name.upper() == "MASKS" and entry.is_dir()
        ),
        None,
    )
    found = folder.glob("*") if folder else ()
    return sorted(
        path for path in found if re.fullmatch(r"(?i)CLD_.*MSK\.GML", path.name) and path.is_file()
    )


def cloud_layer(dim: Dim, grid: TileGrid, target: Path) -> Path | None:
    """Write the clouds as polygons to ``target`` (GeoPackage, layer ``clouds``); None when there
    are none, or no mask.

    Read as plain XML, coordinates only, without GML's schemas and links: nothing of the file is
    followed. Masks of raw geometry are in pixels and have no place on a map. Raises InvalidInput
    (``xml``), StorageError.
    """
    if dim.level == "SEN" or not grid.crs:
        return None
    rings = [polygon for path in mask_files(dim) for polygon in polygons(read_xml(path))]
    if not rings:
        return None
    from osgeo import ogr, osr

    crs = osr.SpatialReference(grid.crs)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    part = target.with_name(f"{target.stem}.part.gpkg")
    with quiet_gdal():
        with contextlib.suppress(OSError):
            part.unlink()
        try:
            source = ogr.GetDriverByName("GPKG").CreateDataSource(str(part))
            layer = source.CreateLayer("clouds", crs, ogr.wkbPolygon)
            for polygon in rings:
                feature = ogr.Feature(layer.GetLayerDefn())
                feature.SetGeometry(ogr.CreateGeometryFromWkt(_wkt(polygon)))
                layer.CreateFeature(feature)
            feature = layer = source = None
            os.replace(part, target)
        except (RuntimeError, AttributeError, OSError) as error:
            raise InvalidInput(
                tr("The cloud mask cannot be read."), code="clouds", details=str(error)[:200]
            ) from None
    return target


def polygons(root: Node) -> list[list[list[tuple[float, float]]]]:
    """Rings of every polygon of a mask, outer first: x, y as written."""
    found, points = [], 0
    for polygon in root.within("Polygon"):
        rings = []
        for name in ("exterior", "outerBoundaryIs", "interior", "innerBoundaryIs"):
            for boundary in polygon.every(name):
                ring = _read_ring(boundary)
                points += len(ring)
                if len(ring) >= 4 and points <= _MOST_POINTS:
                    rings.append(ring)
        if rings:
            found.append(rings)
    return found


def _read_ring(boundary: Node) -> list[tuple[float, float]]:
    for node in boundary.within("posList"):
        step = max(2, whole_in(node.attributes.get("srsDimension", "2")))
        values = [float(text) for text in _NUMBER.findall(node.text)]
        return _close_ring(list(zip(values[0::step], values[1::step])))
    for node in boundary.within("coordinates"):
        pairs = [_NUMBER.findall(text) for text in node.text.split()]
        return _close_ring([(float(p[0]), float(p[1])) for p in pairs if len(p) >= 2])
    return _close_ring(
        [
            (float(p[0]), float(p[1]))
            for p in (_NUMBER.findall(n.text) for n in boundary.within("pos"))
            if len(p) >= 2
        ]
    )


def _close_ring(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _wkt(polygon: list[list[tuple[float, float]]]) -> str:
    rings = ("(" + ",".join(f"{x!r} {y!r}" for x, y in ring) + ")" for ring in polygon)
    return f"POLYGON({','.join(rings)})"
