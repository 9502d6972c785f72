"""The register's requests as a file for others: GeoPackage, GeoJSON or CSV (area as WKT), all in
EPSG:4326.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.geo import polygons, size_km2, wrap_longitudes
from dinamis_qgis.core.spreadsheet import escape_formula
from dinamis_qgis.core.tasking.model import Request, state_text
from dinamis_qgis.core.text import tr

_FORMATS = {
    ".gpkg": ("GPKG", []),
    ".geojson": ("GeoJSON", ["RFC7946=YES"]),
    ".csv": ("CSV", ["GEOMETRY=AS_WKT", "SEPARATOR=SEMICOLON"]),
}
SUFFIXES = tuple(_FORMATS)
FIELDS = (
    "reference",
    "title",
    "state",
    "state_text",
    "since",
    "reason",
    "product",
    "mode",
    "start",
    "end",
    "max_cloud",
    "max_incidence",
    "area_km2",
    "need",
    "purpose",
    "order_id",
    "account",
    "entity",
    "created",
    "history",
    "delivered",
)
_NUMBERS = frozenset({"max_cloud", "max_incidence", "area_km2"})


def export_requests(requests: Iterable[Request], path: Path) -> int:
    """Write ``requests``, with the format of the suffix; how many.

    An older file is replaced only once the new one is whole.

    Raises InvalidInput for another suffix, StorageError.
    """
    suffix = path.suffix.lower()
    if suffix not in _FORMATS:
        raise InvalidInput(
            tr("“{name}”: choose .gpkg, .geojson or .csv.").format(name=path.name), code="format"
        )
    part = path.with_name(f".{path.stem}.part{suffix}")
    try:
        part.unlink(missing_ok=True)
        count = _write_features(list(requests), part, *_FORMATS[suffix])
        os.replace(part, path)
    except OSError as error:
        raise from_os_error(error, path) from error
    except RuntimeError as error:  # where somebody has turned GDAL's exceptions on
        raise StorageError(
            tr("“{path}” could not be read or written.").format(path=path), details=str(error)
        ) from error
    return count


def _write_features(requests: list[Request], part: Path, driver: str, options: list[str]) -> int:
    from osgeo import ogr, osr

    source = ogr.GetDriverByName(driver).CreateDataSource(str(part))
    if source is None:
        raise StorageError(tr("“{path}” could not be read or written.").format(path=part.parent))
    system = osr.SpatialReference()
    system.ImportFromEPSG(4326)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    layer = source.CreateLayer("requests", system, ogr.wkbMultiPolygon, options)
    for name in FIELDS:
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTReal if name in _NUMBERS else ogr.OFTString))
    for request in requests:
        feature = ogr.Feature(layer.GetLayerDefn())
        for name, value in zip(FIELDS, _feature_values(request)):
            if value is not None:
                risky = driver == "CSV" and isinstance(value, str)
                feature.SetField(name, escape_formula(value) if risky else value)
        if request.draft.area is not None and polygons(request.draft.area):
            feature.SetGeometry(
                ogr.ForceToMultiPolygon(
                    ogr.CreateGeometryFromWkb(wrap_longitudes(request.draft.area).wkb)
                )
            )
        if layer.CreateFeature(feature) != 0:
            raise StorageError(
                tr("“{path}” could not be read or written.").format(path=part.parent)
            )
    feature = layer = source = None  # closes the file
    return len(requests)


def _feature_values(request: Request) -> tuple[Any, ...]:
    """Its values in the order of FIELDS; what is unknown is None."""
    draft = request.draft
    since = request.history[-1].at if request.history else request.changed
    steps = [{"state": s.code, "at": s.at.isoformat(), "reason": s.reason} for s in request.history]
    size = size_km2(draft.area)
    return (
        request.reference,
        draft.title or None,
        request.state,
        state_text(request.state),
        since.isoformat(),
        request.reason or None,
        draft.product or None,
        draft.mode or None,
        draft.start.isoformat() if draft.start else None,
        draft.end.isoformat() if draft.end else None,
        draft.max_cloud,
        draft.max_incidence,
        round(size, 4) if size is not None else None,
        draft.need or None,
        draft.purpose or None,
        request.order_id or None,
        request.account or None,
        request.entity or None,
        request.created.isoformat(),
        json.dumps(steps, ensure_ascii=False),
        json.dumps([list(d) for d in request.delivered]),
    )
