"""The common grid of two images, and reading an image on it: north-up, in metres, NaN where nothing was seen."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, replace
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, ServiceError
from dinamis_qgis.core.text import tr

Array = Any
"""A numpy array (its stubs differ too much between the versions that QGIS ships to name it more closely)."""
EPSILON = 1e-3
"""Grids whose corners differ by less than this share of a pixel are the same grid."""
STRETCHED = 0.01
"""Metres that differ from the ground's by more than this share are not measured in."""


@dataclass(frozen=True)
class Scene:
    """An image as GDAL opens it.

    ``bands`` are 1-based and in the order red, green, blue, near infrared; a single one is panchromatic.
    ``nodata`` overrides what the file says. ``move`` (east, north, metres of the grid it is read on) is added to the ground's
    position: the correction of a registration error. ``gray`` reads the mean of the bands as a single one.
    ``alpha`` is the band (0: none) that is 0 where nothing is to be seen. ``crs`` (WKT) overrides what the file says.
    """

    source: str
    bands: tuple[int, ...] = (1, 2, 3, 4)
    nodata: float | None = None
    move: tuple[float, float] = (0.0, 0.0)
    gray: bool = False
    alpha: int = 0
    crs: str = ""

    @property
    def depth(self) -> int:
        """How many bands are read."""
        return 1 if self.gray else len(self.bands)

    def moved(self, east: float, north: float) -> Scene:
        """The same, its ground moved by so many metres."""
        return replace(self, move=(self.move[0] + east, self.move[1] + north))


def alike(first: Scene, second: Scene) -> tuple[Scene, Scene]:
    """Both cut to the bands that they have in common: beside a panchromatic image, the mean of the other's visible bands."""
    depth = min(first.depth, second.depth)
    if depth == 1:
        one, two = (s if s.depth == 1 else replace(s, bands=s.bands[:3], gray=True) for s in (first, second))
    else:
        one, two = (replace(s, bands=s.bands[:depth]) for s in (first, second))
    return one, two


@dataclass(frozen=True)
class Grid:
    """North-up square pixels of ``step`` metres in the projected CRS ``wkt``; ``x0, y0`` is the upper left corner."""

    wkt: str
    x0: float
    y0: float
    step: float
    width: int
    height: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.x0, self.y0 - self.height * self.step, self.x0 + self.width * self.step, self.y0

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """As GDAL writes it."""
        return self.x0, self.step, 0.0, self.y0, 0.0, -self.step

    @property
    def pixels(self) -> int:
        """How many."""
        return self.width * self.height

    def coarser(self, most: int) -> Grid:
        """A grid over the same ground of at most about ``most`` pixels."""
        factor = max(1, math.ceil(math.sqrt(self.pixels / max(1, most))))
        return replace(
            self, step=self.step * factor, width=max(1, self.width // factor), height=max(1, self.height // factor)
        )


@dataclass(frozen=True)
class Window:
    """A part of a grid, in pixels."""

    column: int
    row: int
    width: int
    height: int


def windows(grid: Grid, side: int) -> list[Window]:
    """The grid cut in squares of ``side`` pixels, row by row."""
    return [
        Window(column, row, min(side, grid.width - column), min(side, grid.height - row))
        for row in range(0, grid.height, side)
        for column in range(0, grid.width, side)
    ]


def common_grid(
    first: Scene, second: Scene, step: float | None = None, area: tuple[str, tuple[float, float, float, float]] | None = None
) -> Grid:
    """The grid on which both images are compared: the first one's CRS (its UTM zone where its metres are not the ground's), where both are.

    ``step`` in metres, default and at least the coarser of the two images' own pixels; ``area`` (WKT, bounds) is the view.
    Raises InvalidInput when the two have no ground in common, ServiceError when one cannot be read.
    """
    one, two = open_image(first.source, first.crs), open_image(second.source, second.crs)
    reference = _metric(one)
    wkt: str = reference.ExportToWkt()
    finest = max(_pixel(one, reference), _pixel(two, reference))
    size = max(finest, step or 0.0)
    box = _cut(_bounds_in(one, reference), _bounds_in(two, reference))
    if area is not None:
        box = _cut(box, _transformed(area[1], _srs(area[0]), reference))
    west, south, east, north = box
    if size == _pixel(one, reference) and one.GetSpatialRef().IsSame(reference):  # on the first image's own pixels
        x, y = one.GetGeoTransform()[0], one.GetGeoTransform()[3]
    else:
        x, y = 0.0, 0.0
    left, top = math.ceil((west - x) / size - EPSILON), math.floor((north - y) / size + EPSILON)
    width = math.floor((east - x) / size + EPSILON) - left
    height = top - math.ceil((south - y) / size - EPSILON)
    if width < 2 or height < 2:
        raise apart()
    return Grid(wkt, x + left * size, y + top * size, size, width, height)


def apart() -> InvalidInput:
    """Nothing to compare."""
    return InvalidInput(
        tr("The two images have no ground in common here."),
        tr("Move the map to where both are visible."),
        code="no-overlap",
    )


class Reader:
    """One image on a grid. ``read`` may be called from several threads: each gets a GDAL dataset of its own."""

    def __init__(self, scene: Scene, grid: Grid) -> None:
        east, north = scene.move  # of the grid: the image may count in degrees, or its north lie elsewhere
        self.scene, self.grid = scene, replace(grid, x0=grid.x0 - east, y0=grid.y0 - north)
        self._local = threading.local()

    def read(self, window: Window) -> Array:
        """float32 (depth, height, width), NaN where nothing was seen. Raises ServiceError."""
        import numpy as np

        if not hasattr(self._local, "source"):
            self._open()
        offset = self._local.offset
        if offset is None:
            data = _block(self._local.source, window)
        else:
            data = _padded(self._local.source, window, *offset)
        if data is None:
            raise _unreadable(self.scene.source)
        if self._local.nodata is not None:
            colours = data[: len(self.scene.bands)]
            colours[:, (colours == np.float32(self._local.nodata)).all(axis=0)] = np.nan
        if self.scene.alpha:
            hidden = ~(data[-1] > 0)
            data = data[:-1]
            data[:, hidden] = np.nan
        return data.mean(axis=0, keepdims=True) if self.scene.gray else data

    def _open(self) -> None:
        """A cut of the bands, then, unless pixels lie on pixels, a warped view of it; both are virtual."""
        from osgeo import gdal

        image, alpha = open_image(self.scene.source, self.scene.crs), self.scene.alpha
        count = image.RasterCount
        if max(self.scene.bands) > count:
            raise InvalidInput(tr("This image has no band {number}.").format(number=max(self.scene.bands)), code="bands")
        nodata = self.scene.nodata
        if nodata is None:
            nodata = image.GetRasterBand(self.scene.bands[0]).GetNoDataValue()
        if nodata is None and not alpha and image.GetRasterBand(1).DataType in (gdal.GDT_Byte, gdal.GDT_UInt16):
            nodata = 0.0
        bands = [*self.scene.bands, *((alpha,) if alpha else ())]
        cut = gdal.Translate("", image, format="VRT", bandList=bands, noData=nodata)
        offset = _offset(cut, self.grid)
        self._local.keep = (image, cut)
        self._local.offset = offset
        self._local.nodata = nodata if offset is not None else None
        self._local.source = cut if offset is not None else _warped(cut, self.grid, nodata, bool(alpha))


def _warped(cut: Any, grid: Grid, nodata: float | None, alpha: bool) -> Any:
    """``cut`` (with ``alpha`` its last band is the mask) on ``grid``.

    Means of pixels where the grid is coarser, cubic convolution (Keys 1981) elsewhere.
    """
    from osgeo import gdal

    ratio = grid.step / _pixel(cut, _srs(grid.wkt))
    view = gdal.Warp(
        "", cut, format="VRT", dstSRS=grid.wkt, outputBounds=grid.bounds, width=grid.width, height=grid.height,
        resampleAlg="average" if ratio > 1.5 else "cubic", outputType=gdal.GDT_Float32, workingType=gdal.GDT_Float32,
        srcNodata=None if nodata is None else str(nodata), dstNodata="nan",
        srcAlpha=alpha, dstAlpha=alpha, warpOptions=["UNIFIED_SRC_NODATA=YES"], warpMemoryLimit=64,
    )  # fmt: skip
    if view is None:
        raise _unreadable("warp")
    return view


def _block(source: Any, window: Window) -> Array | None:
    import numpy as np

    data = source.ReadAsArray(window.column, window.row, window.width, window.height)
    return None if data is None else np.asarray(data, np.float32).reshape(-1, window.height, window.width)


def _padded(source: Any, window: Window, column: int, row: int) -> Array | None:
    """A part of an image whose pixels are the grid's, NaN beyond its border."""
    import numpy as np

    left, top = window.column + column, window.row + row
    right, bottom = min(left + window.width, source.RasterXSize), min(top + window.height, source.RasterYSize)
    x, y = max(0, left), max(0, top)
    if (x, y, right - x, bottom - y) == (left, top, window.width, window.height):
        return _block(source, Window(x, y, window.width, window.height))
    whole = np.full((source.RasterCount, window.height, window.width), np.nan, np.float32)
    if right > x and bottom > y:
        part = _block(source, Window(x, y, right - x, bottom - y))
        if part is None:
            return None
        whole[:, y - top : bottom - top, x - left : right - left] = part
    return whole


def _offset(image: Any, grid: Grid) -> tuple[int, int] | None:
    """Column and row of the grid's corner in ``image`` when its pixels are the grid's, else None."""
    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    if rx or ry or abs(dx - grid.step) > 1e-9 * dx or abs(dy + grid.step) > 1e-9 * dx:
        return None
    if not image.GetSpatialRef() or not image.GetSpatialRef().IsSame(_srs(grid.wkt)):
        return None
    column, row = (grid.x0 - x0) / dx, (grid.y0 - y0) / dy
    if abs(column - round(column)) > EPSILON or abs(row - round(row)) > EPSILON:
        return None
    return round(column), round(row)


def open_image(source: str, crs: str = "") -> Any:
    """A GDAL dataset with a position on Earth, in the system ``crs`` (WKT) or else its own. Raises ServiceError, InvalidInput."""
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        image = gdal.Open(source)
    except RuntimeError:  # GDAL with exceptions on
        image = None
    finally:
        gdal.PopErrorHandler()
    if image is None:
        raise _unreadable(source)
    if image.GetGeoTransform(can_return_null=True) is None:
        raise InvalidInput(tr("This image has no position on the map."), tr("Georeference it first."), code="no-position")
    own = image.GetSpatialRef()
    if crs and not (own and own.IsSame(_srs(crs))):
        return gdal.Translate("", image, format="VRT", outputSRS=crs)
    if not own:
        raise InvalidInput(
            tr("This image has no position on the map."), tr("Give the layer its coordinate system first."), code="no-crs"
        )
    return image


def _unreadable(details: str) -> ServiceError:
    shown = details if not details.startswith("/vsi") and "://" not in details else "remote"
    return ServiceError(
        tr("This image cannot be read."), tr("Try again; if it lasts, tell your relay."), code="unreadable", details=shown
    )


def _srs(wkt: str) -> Any:
    from osgeo import osr

    srs = osr.SpatialReference()
    try:
        known = srs.SetFromUserInput(wkt) == 0
    except RuntimeError:  # GDAL with exceptions on
        known = False
    if not known:
        raise InvalidInput(tr("This coordinate system is not known."), code="crs", details=wkt[:80])
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def in_own_units(image: Any, wkt: str, east: float, north: float) -> tuple[float, float]:
    """A way of so many metres of the CRS ``wkt``, from the middle of ``image``, in the units of the image's own CRS."""
    own, metric = _srs(image.GetSpatialRef().ExportToWkt()), _srs(wkt)
    west, south, right, top = _own_bounds(image)
    here = (west + right) / 2, (south + top) / 2
    x, y, *_ = _transformed((*here, *here), own, metric)
    there = _transformed((x + east, y + north, x + east, y + north), metric, own)
    return there[0] - here[0], there[1] - here[1]


def _metric(image: Any) -> Any:
    """The image's CRS when a metre of it is one on the ground in the image's middle, else the UTM zone (WGS 84) of that middle.

    Web Mercator's metre is 0.7 m at 45° N; those of Lambert 93 and of UTM differ from the ground's by less than 0.3 %.
    """
    own = _srs(image.GetSpatialRef().ExportToWkt())
    lonlat = _srs("EPSG:4326")
    west, south, east, north = _transformed(_own_bounds(image), own, lonlat)
    zone = int(((west + east) / 2 + 180) // 6) % 60 + 1
    utm = _srs(f"EPSG:{32600 + zone if south + north >= 0 else 32700 + zone}")
    if own.IsProjected() and abs(own.GetLinearUnits() - 1) < 1e-6:
        sides = zip(_sides(image, own), _sides(image, utm))
        if all(abs(math.hypot(*ground) / math.hypot(*said) - 1) < STRETCHED for said, ground in sides):
            return own
    return utm


def _own_bounds(image: Any) -> tuple[float, float, float, float]:
    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    width, height = image.RasterXSize, image.RasterYSize
    xs = [x0 + i * dx + j * rx for i in (0, width) for j in (0, height)]
    ys = [y0 + i * ry + j * dy for i in (0, width) for j in (0, height)]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds_in(image: Any, target: Any) -> tuple[float, float, float, float]:
    return _transformed(_own_bounds(image), _srs(image.GetSpatialRef().ExportToWkt()), target)


def _transformed(box: tuple[float, float, float, float], source: Any, target: Any) -> tuple[float, float, float, float]:
    """The bounds of a box in another CRS, its sides followed at 21 points each."""
    from osgeo import osr

    if source.IsSame(target):
        return box
    transform = osr.CoordinateTransformation(source, target)
    west, south, east, north = box
    steps = [k / 20 for k in range(21)]
    ring = [(west + t * (east - west), y) for t in steps for y in (south, north)]
    ring += [(x, south + t * (north - south)) for t in steps for x in (west, east)]
    points = [p for p in transform.TransformPoints(ring) if all(math.isfinite(v) for v in p[:2])]
    if not points:
        raise apart()
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def _cut(
    one: tuple[float, float, float, float], two: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    box = max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])
    if box[0] >= box[2] or box[1] >= box[3]:
        raise apart()
    return box


def _pixel(image: Any, target: Any) -> float:
    """The side of a square as large as a pixel of ``image``, in metres of ``target``, in the middle of the image."""
    (ax, ay), (bx, by) = _sides(image, target)
    return math.sqrt(abs(ax * by - ay * bx))


def _sides(image: Any, target: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """The two sides of the pixel in the middle of ``image`` as vectors in ``target``: north may lie elsewhere there."""
    from osgeo import osr

    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    own = _srs(image.GetSpatialRef().ExportToWkt())
    if own.IsSame(target):
        return (dx, ry), (rx, dy)
    i, j = image.RasterXSize / 2, image.RasterYSize / 2
    x, y = x0 + i * dx + j * rx, y0 + i * ry + j * dy
    corners = osr.CoordinateTransformation(own, target).TransformPoints([(x, y), (x + dx, y + ry), (x + rx, y + dy)])
    if not all(math.isfinite(v) for corner in corners for v in corner[:2]):
        raise apart()
    (x, y, *_), (ax, ay, *_), (bx, by, *_) = corners
    return (ax - x, ay - y), (bx - x, by - y)
