"""``/elevation/wms``: the dialect of the Géoplateforme's LiDAR HD layers (WMS 1.3.0, GeoTIFF of
float32 in EPSG:2154), with its limits: sizes, requests a second, error pages as images on demand.
"""

from __future__ import annotations

import math
import threading
import time
import uuid
from collections import OrderedDict, deque
from html import escape
from typing import Any, Callable

from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route

PATH = "/elevation/wms"
MOST_PIXELS = 5010
"""A side of an answer, as on the real service."""
PER_SECOND = 40
NOTHING, NOTHING_COARSE = -9999.0, -99999.0
"""What says that nothing is known: the LiDAR layers, and the coarser model of the whole country."""
GROUND = "IGNF_LIDAR-HD_MNT_ELEVATION.ELEVATIONGRIDCOVERAGE.LAMB93"
SURFACE = "IGNF_LIDAR-HD_MNS_ELEVATION.ELEVATIONGRIDCOVERAGE.LAMB93"
HEIGHT = "IGNF_LIDAR-HD_MNH_ELEVATION.ELEVATIONGRIDCOVERAGE.LAMB93"
COARSE = "ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES"
LAYERS = (GROUND, SURFACE, HEIGHT, COARSE)
FLOWN = ((-0.3708, 43.2965, 9000.0), (-0.4440, 44.5440, 9000.0), (-0.4640, 43.8850, 7000.0))
"""Where the LiDAR has flown: longitude, latitude and half a side in metres of a square around each
training place.
"""
FINEST, COARSEST = 0.5, 5.0
"""Metres of a pixel of the LiDAR layers, and of the coarse model."""
_SIDE = 512
_KEPT = 24
"""Drawn tiles that are kept: they are two megabytes each."""


def elevation_routes(clock: Callable[[], float] = time.monotonic) -> list[Route]:
    """The map service, at most forty requests a second."""
    lately: deque[float] = deque(maxlen=PER_SECOND)
    lock = threading.Lock()
    tiles = _Tiles()

    def answer(request: HttpRequest) -> Response:
        moment = clock()
        with lock:
            if len(lately) == PER_SECOND and moment - lately[0] < 1:
                return Response(429, b"Too Many Requests", "text/plain", {"Retry-After": "1"})
            lately.append(moment)
        asked = {name.lower(): values[0] for name, values in request.query.items() if values}
        if asked.get("request", "").lower() == "getcapabilities":
            return Response(200, _capabilities(request.root).encode(), "text/xml")
        try:
            return _get_map(asked, tiles)
        except HttpProblem as problem:
            return _exception(problem)

    return [Route("GET", r"/elevation/wms", answer)]


class _Tiles:
    """Squares of the world's heights on one lattice, so that what two requests share is the
    same.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[float, int, int], Any] = OrderedDict()
        self._lock = threading.Lock()

    def square(self, step: float, column: int, row: int) -> Any:
        """Ground and surface (2, 512, 512) of pixels of ``step`` metres; ``column`` eastwards,
        ``row`` northwards, of the lower left corner over the square's side.
        """
        import numpy as np

        from dinamis_qgis.sandbox.world.heights import surface_heights
        from dinamis_qgis.sandbox.world.lattice import LatticeWindow

        key = (step, column, row)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        side = _SIDE * step
        window = LatticeWindow(column * side, (row + 1) * side, _SIDE, _SIDE, step)
        drawn = np.stack(surface_heights(window))
        with self._lock:
            self._kept[key] = drawn
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return drawn

    def sample(self, step: float, east: Any, north: Any) -> Any:
        """Ground and surface (2, rows, columns) at the nearest drawn pixels of a grid."""
        import numpy as np

        columns = np.floor(east / step).astype(np.int64)
        rows = np.floor(north / step).astype(np.int64)
        found = np.empty((2, rows.size, columns.size), np.float32)
        for square_row in np.unique(rows // _SIDE):
            at_row = rows // _SIDE == square_row
            for square_column in np.unique(columns // _SIDE):
                at_column = columns // _SIDE == square_column
                drawn = self.square(step, int(square_column), int(square_row))
                down = _SIDE - 1 - rows[at_row] % _SIDE
                part = drawn[:, down][:, :, columns[at_column] % _SIDE]
                found[:, np.flatnonzero(at_row)[:, None], np.flatnonzero(at_column)] = part
        return found


def _get_map(asked: dict[str, str], tiles: _Tiles) -> Response:
    layer = asked.get("layers", "")
    if layer not in LAYERS:
        raise HttpProblem(400, f"LayerNotDefined: {layer}")
    if asked.get("format", "") not in ("image/geotiff", "image/tiff"):
        raise HttpProblem(400, f"InvalidFormat: {asked.get('format', '')}")
    if asked.get("crs", asked.get("srs", "")).upper() != "EPSG:2154":
        raise HttpProblem(400, "InvalidCRS: this service answers in EPSG:2154 only")
    width, height = _read_size(asked, "width"), _read_size(asked, "height")
    west, south, east, north = _read_box(asked.get("bbox", ""))
    return Response(200, _draw(layer, (west, south, east, north), (width, height), tiles),
                    "image/geotiff")  # fmt: skip


def _read_size(asked: dict[str, str], name: str) -> int:
    text = asked.get(name, "")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MOST_PIXELS:
        raise HttpProblem(400, f"{name.upper()} must be between 1 and {MOST_PIXELS}.")
    return int(text)


def _read_box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise HttpProblem(400, "BBOX must be four numbers.") from None
    if not all(map(math.isfinite, (west, south, east, north))) or west >= east or south >= north:
        raise HttpProblem(400, "BBOX is empty.")
    return west, south, east, north


def _draw(
    layer: str,
    box: tuple[float, float, float, float],
    size: tuple[int, int],
    tiles: _Tiles,
) -> bytes:
    """The answer's GeoTIFF."""
    import numpy as np

    west, south, east, north = box
    width, height = size
    step_x, step_y = (east - west) / width, (north - south) / height
    x = west + (np.arange(width) + 0.5) * step_x
    y = north - (np.arange(height) + 0.5) * step_y
    finest = COARSEST if layer == COARSE else FINEST
    # Drawn on the lattice of the next finer power of two: what is small is not worth its time.
    level = max(0, math.floor(math.log2(max(finest, min(step_x, step_y)) / FINEST)))
    if layer == COARSE:
        drawn, nothing = tiles.sample(FINEST * 2**level, x, y)[0], NOTHING_COARSE
        known = np.ones((height, width), bool)
    else:
        known, nothing = _flown(x, y), NOTHING
        if known.any():
            ground, surface = tiles.sample(FINEST * 2**level, x, y)
            drawn = {GROUND: ground, SURFACE: surface, HEIGHT: surface - ground}[layer]
        else:
            drawn = np.zeros((height, width), np.float32)
    values = np.where(known, np.round(drawn, 2), np.float32(nothing)).astype(np.float32)
    return _geotiff(values, (west, step_x, 0.0, north, 0.0, -step_y), nothing)


def _flown(x: Any, y: Any) -> Any:
    """Where the LiDAR has been, of the columns and rows of a grid."""
    import numpy as np

    from dinamis_qgis.sandbox.world.projection import to_lambert

    known = np.zeros((y.size, x.size), bool)
    for lon, lat, half in FLOWN:
        east, north = (500 * round(value / 500) for value in to_lambert(lon, lat))
        known |= (np.abs(y - north) <= half)[:, None] & (np.abs(x - east) <= half)[None, :]
    return known


def _geotiff(values: Any, transform: tuple[float, ...], nothing: float) -> bytes:
    from osgeo import gdal

    from dinamis_qgis.sandbox.world.projection import spatial_reference

    name = f"/vsimem/elevation-{uuid.uuid4().hex}.tif"
    rows, columns = values.shape
    made = gdal.GetDriverByName("GTiff").Create(
        name, columns, rows, 1, gdal.GDT_Float32, ["COMPRESS=DEFLATE", "ZLEVEL=1"]
    )
    made.SetGeoTransform(transform)
    made.SetProjection(spatial_reference(2154).ExportToWkt())
    made.GetRasterBand(1).SetNoDataValue(nothing)
    made.GetRasterBand(1).WriteArray(values)
    made = None
    file = gdal.VSIFOpenL(name, "rb")
    size = gdal.VSIStatL(name).size
    data = bytes(gdal.VSIFReadL(1, size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(name)
    return data


def _exception(problem: HttpProblem) -> Response:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ServiceExceptionReport version="1.3.0">'
        f"<ServiceException>{escape(str(problem.detail))}</ServiceException>"
        "</ServiceExceptionReport>"
    )
    return Response(problem.status, text.encode(), "text/xml")


def _capabilities(root: str) -> str:
    layers = "".join(
        f"<Layer queryable='0'><Name>{name}</Name><Title>{name}</Title><CRS>EPSG:2154</CRS></Layer>"
        for name in LAYERS
    )
    get = f'<Get><OnlineResource xlink:href="{escape(root)}{PATH}"/></Get>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<WMS_Capabilities version="1.3.0"'
        ' xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink"><Service>'
        f"<Name>WMS</Name><Title>DINAMIS formation</Title><MaxWidth>{MOST_PIXELS}</MaxWidth>"
        f"<MaxHeight>{MOST_PIXELS}</MaxHeight></Service><Capability><Request><GetMap>"
        f"<Format>image/geotiff</Format><DCPType><HTTP>{get}</HTTP></DCPType></GetMap></Request>"
        f"<Layer><Title>DINAMIS formation</Title>{layers}</Layer></Capability></WMS_Capabilities>"
    )
