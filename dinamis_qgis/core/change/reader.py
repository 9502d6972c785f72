"""Reading an image on a grid: NaN where nothing was seen."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from dinamis_qgis.core.change.grid import EPSILON, Array, Grid, GridWindow
from dinamis_qgis.core.change.scene import (
    Scene,
    open_image,
    pixel_size,
    spatial_reference,
    unreadable_image,
)
from dinamis_qgis.core.crs import same_crs
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.rasters import mask_of, nodata_in, type_holds
from dinamis_qgis.core.text import tr


class Reader:
    """One image on a grid.

    ``read`` may be called from several threads: each gets a GDAL dataset of its own.
    """

    def __init__(self, scene: Scene, grid: Grid) -> None:
        east, north = (
            scene.move
        )  # of the grid: the image may count in degrees, or its north lie elsewhere
        self.scene, self.grid = scene, replace(grid, x0=grid.x0 - east, y0=grid.y0 - north)
        self._local = threading.local()

    def read(self, window: GridWindow) -> Array:
        """float32 (depth, height, width), NaN where nothing was seen. Raises ServiceError."""
        import numpy as np

        if not hasattr(self._local, "source"):
            self._open()
        offset = self._local.offset
        if offset is None:
            data = _read_block(self._local.source, window)
        else:
            data = _read_padded(self._local.source, window, *offset)
        if data is None:
            raise unreadable_image(self.scene.source)
        if self._local.nodata is not None:
            colours = data[: len(self.scene.bands)]
            colours[:, (colours == np.float32(self._local.nodata)).all(axis=0)] = np.nan
        if self._local.masked:
            hidden = ~(data[-1] > 0)
            data = data[:-1]
            data[:, hidden] = np.nan
        for band, (scale, offset) in zip(data, self._local.scales):
            band *= scale
            band += offset
        return data.mean(axis=0, keepdims=True) if self.scene.gray else data

    def _open(self) -> None:
        """A cut of the bands, then, unless pixels lie on pixels, a warped view of it; both are
        virtual.
        """
        from osgeo import gdal

        image = open_image(self.scene.source, self.scene.crs)
        count = image.RasterCount
        if max(self.scene.bands) > count:
            raise InvalidInput(
                tr("This image has no band {number}.").format(number=max(self.scene.bands)),
                code="bands",
            )
        # QGIS counts a mask as one band more than GDAL has.
        alpha = self.scene.alpha if 0 < self.scene.alpha <= count else 0
        hidden: list[Any] = [alpha] if alpha else ["mask"] if mask_of(image) == "mask" else []
        nodata = _nodata_of(image, self.scene, bool(hidden))
        cut = gdal.Translate(
            "",
            image,
            format="VRT",
            bandList=[*self.scene.bands, *hidden],
            maskBand="none",
            noData=nodata,
        )
        if cut is None:
            raise unreadable_image(self.scene.source)
        bands = [image.GetRasterBand(number) for number in self.scene.bands]
        self._local.scales = [(b.GetScale() or 1.0, b.GetOffset() or 0.0) for b in bands]
        self._local.masked = bool(hidden)
        offset = _grid_offset(cut, self.grid)
        self._local.keep = (image, cut)
        self._local.offset = offset
        self._local.nodata = nodata if offset is not None else None
        self._local.source = (
            cut if offset is not None else _warp_to_grid(cut, self.grid, nodata, bool(hidden))
        )


def _nodata_of(image: Any, scene: Scene, masked: bool) -> float | None:
    """The value that means nothing: the layer's, else the file's, else 0 where pixels of that kind
    have no other way to say so.
    """
    from osgeo import gdal

    band = image.GetRasterBand(scene.bands[0])
    if scene.nodata is not None and type_holds(band.DataType, scene.nodata):
        return scene.nodata
    own = nodata_in(band)
    usual = band.DataType in (gdal.GDT_Byte, gdal.GDT_UInt16) and not masked
    return 0.0 if own is None and usual else own


def _warp_to_grid(cut: Any, grid: Grid, nodata: float | None, alpha: bool) -> Any:
    """``cut`` (with ``alpha`` its last band is the mask) on ``grid``.

    Means of pixels where the grid is coarser, cubic convolution (Keys 1981) elsewhere.
    """
    from osgeo import gdal

    ratio = grid.step / pixel_size(cut, spatial_reference(grid.wkt))
    view = gdal.Warp(
        "",
        cut,
        format="VRT",
        dstSRS=grid.wkt,
        outputBounds=grid.bounds,
        width=grid.width,
        height=grid.height,
        resampleAlg="average" if ratio > 1.5 else "cubic",
        outputType=gdal.GDT_Float32,
        workingType=gdal.GDT_Float32,
        srcNodata=None if nodata is None else str(nodata),
        dstNodata="nan",
        srcAlpha=alpha,
        dstAlpha=alpha,
        warpOptions=["UNIFIED_SRC_NODATA=YES"],
        warpMemoryLimit=64,
    )
    if view is None:
        raise unreadable_image("warp")
    return view


def _read_block(source: Any, window: GridWindow) -> Array | None:
    import numpy as np

    data = source.ReadAsArray(window.column, window.row, window.width, window.height)
    return (
        None
        if data is None
        else np.asarray(data, np.float32).reshape(-1, window.height, window.width)
    )


def _read_padded(source: Any, window: GridWindow, column: int, row: int) -> Array | None:
    """A part of an image whose pixels are the grid's, NaN beyond its border."""
    import numpy as np

    left, top = window.column + column, window.row + row
    right, bottom = (
        min(left + window.width, source.RasterXSize),
        min(top + window.height, source.RasterYSize),
    )
    x, y = max(0, left), max(0, top)
    if (x, y, right - x, bottom - y) == (left, top, window.width, window.height):
        return _read_block(source, GridWindow(x, y, window.width, window.height))
    whole = np.full((source.RasterCount, window.height, window.width), np.nan, np.float32)
    if right > x and bottom > y:
        part = _read_block(source, GridWindow(x, y, right - x, bottom - y))
        if part is None:
            return None
        whole[:, y - top : bottom - top, x - left : right - left] = part
    return whole


def _grid_offset(image: Any, grid: Grid) -> tuple[int, int] | None:
    """Column and row of the grid's corner in ``image`` when its pixels are the grid's, else
    None.
    """
    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    if rx or ry or abs(dx - grid.step) > 1e-9 * dx or abs(dy + grid.step) > 1e-9 * dx:
        return None
    if not image.GetSpatialRef() or not same_crs(image.GetSpatialRef().ExportToWkt(), grid.wkt):
        return None
    column, row = (grid.x0 - x0) / dx, (grid.y0 - y0) / dy
    if abs(column - round(column)) > EPSILON or abs(row - round(row)) > EPSILON:
        return None
    return round(column), round(row)
