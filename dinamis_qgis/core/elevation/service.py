"""A web map service asked for heights: one piece, one request (OGC WMS 1.3.0, GeoTIFF)."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from dinamis_qgis.core.elevation.grid import HeightGrid, HeightPiece
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.net.body import read_body
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import ElevationSource
from dinamis_qgis.core.text import tr

Array = Any
NODATA = -9999.0
"""What says that nothing is known, in everything written here."""
_LOWEST, _HIGHEST = -500.0, 9000.0
"""Metres: what lies beyond is no height on Earth."""
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def piece_address(source: ElevationSource, grid: HeightGrid, piece: HeightPiece) -> str:
    """The request of a piece. A projected system has its easting first whatever the version says of
    axes: only such are asked for.
    """
    parameters = {
        "SERVICE": "WMS",
        "VERSION": "1.3.0",
        "REQUEST": "GetMap",
        "LAYERS": source.layer,
        "STYLES": "",
        "CRS": f"EPSG:{grid.crs}",
        "BBOX": ",".join(f"{value:.3f}" for value in grid.bounds_of(piece)),
        "WIDTH": str(piece.width),
        "HEIGHT": str(piece.height),
        "FORMAT": "image/geotiff",
    }
    return f"{source.url}{'&' if '?' in source.url else '?'}{urlencode(parameters)}"


def fetch_piece(
    source: ElevationSource, grid: HeightGrid, piece: HeightPiece, http: Http, cancel: Cancel
) -> Array:
    """Heights (height, width), float32, ``NODATA`` where the source knows nothing.

    Raises NetworkError (tried again before), ServiceError for what is no height model of that size:
    services send their error pages with the type of an image. Raises Cancelled.
    """
    address = piece_address(source, grid, piece)
    with http.request("GET", address, cancel=cancel, stream=True) as answer:
        # Uncompressed and its tags, at most: what is longer is something else.
        data = read_body(answer, cancel, piece.width * piece.height * 4 + 200_000)
    if not data.startswith(_TIFF):
        raise _unusable(source, data[:200].decode("latin-1").strip())
    return _read_heights(data, source, piece)


def _read_heights(data: bytes, source: ElevationSource, piece: HeightPiece) -> Array:
    import numpy as np
    from osgeo import gdal

    name = f"/vsimem/dinamis-heights-{uuid.uuid4().hex}.tif"
    gdal.FileFromMemBuffer(name, data)
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    image = None
    try:
        image = gdal.OpenEx(name, gdal.OF_RASTER, allowed_drivers=["GTiff"])
        if image is None or (image.RasterXSize, image.RasterYSize) != (piece.width, piece.height):
            raise _unusable(source, "another size than asked for")
        band = image.GetRasterBand(1)
        values = band.ReadAsArray()
        own = band.GetNoDataValue()
    except RuntimeError as error:  # GDAL with exceptions on
        raise _unusable(source, str(error)) from error
    finally:
        gdal.PopErrorHandler()
        image = None
        gdal.Unlink(name)
    if values is None:
        raise _unusable(source, "cut short")
    heights = np.asarray(values, np.float32)
    nothing = ~np.isfinite(heights) | (heights < _LOWEST) | (heights > _HIGHEST)
    for value in (*source.nodata, *(() if own is None else (own,))):
        nothing |= heights == np.float32(value)
    heights[nothing] = NODATA
    return heights


def _unusable(source: ElevationSource, details: str) -> ServiceError:
    return ServiceError(
        tr("“{title}” gave something else than heights.").format(title=source.title),
        tr("Try again later; if it lasts, tell your relay."),
        code="elevation",
        details=f"{source.id}: {details[:200]}",
    )
