"""EPSG:2154 (RGF93 / Lambert-93) to degrees and back, through GDAL."""

from __future__ import annotations

import threading
from typing import Any

_local = threading.local()


def spatial_reference(code: int) -> Any:
    """A spatial reference with x, y (or longitude, latitude) axis order."""
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def _coordinate_transform(source: int, target: int) -> Any:
    from osgeo import osr

    # Coordinate transformations are not shared between threads.
    cache = _local.__dict__.setdefault("transforms", {})
    if (source, target) not in cache:
        cache[source, target] = osr.CoordinateTransformation(
            spatial_reference(source), spatial_reference(target)
        )
    return cache[source, target]


def to_lambert(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to metres."""
    x, y, _ = _coordinate_transform(4326, 2154).TransformPoint(lon, lat)
    return float(x), float(y)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Metres to degrees (longitude, latitude), rounded to 1e-7° (1 cm)."""
    lon, lat, _ = _coordinate_transform(2154, 4326).TransformPoint(x, y)
    return round(float(lon), 7), round(float(lat), 7)
