"""Pixels of a window going from an image to a file, strip by strip, with their mask; what GDAL
answers on the way, as errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dinamis_qgis.core.errors import DinamisError, NetworkError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.clip.content import Content, hide_outside
from dinamis_qgis.core.transfer.clip.window import ClipWindow
from dinamis_qgis.core.transfer.fetch.partial_file import disk_error


def check_answer(value: Any) -> Any:
    """What GDAL answered. Raises RuntimeError when it answered nothing, or an error code."""
    if value is None or (isinstance(value, int) and value != 0):
        from osgeo import gdal

        raise RuntimeError(gdal.GetLastErrorMsg() or "failed")
    return value


@dataclass(frozen=True)
class Strips:
    """A window going from ``dataset`` to ``output``, with its mask; ``polygon`` (in the CRS of the
    image) where something is hidden outside it.
    """

    gdal: Any
    dataset: Any
    output: Any
    window: ClipWindow
    content: Content
    polygon: Any
    cancel: Cancel

    def copy_strip(self, at: int, count: int) -> None:
        """``count`` rows from row ``at`` of the window on."""
        data = self._read(self.dataset, at, count, self.content.kind)
        seen = None
        if self.content.mask:
            seen = self._seen(at, count)
        if self.polygon is not None:
            data, seen = self._cut(bytes(data), seen, at, count)
        self._write(self.output, at, count, data, self.content.kind)
        if seen is not None:
            mask = self.output.GetRasterBand(1).GetMaskBand()
            data = (seen * 255).astype("uint8").tobytes()
            self._write(mask, at, count, data, self.gdal.GDT_Byte)

    def _read(self, source: Any, at: int, count: int, kind: int) -> Any:
        def goes_on(share: float, text: str, data: Any) -> int:
            return 0 if self.cancel.is_set() else 1

        window = self.window
        try:
            data = check_answer(
                source.ReadRaster(
                    window.column,
                    window.row + at,
                    window.columns,
                    count,
                    buf_type=kind,
                    callback=goes_on,
                )
            )
        except RuntimeError as error:
            self.cancel.check()
            raise unreadable_source(error) from None
        self.cancel.check()
        return data

    def _seen(self, at: int, count: int) -> Any:
        """Where the image's own mask shows it; everywhere without one."""
        import numpy

        shape = (count, self.window.columns)
        if not self.content.source_mask:
            return numpy.ones(shape, bool)
        mask = self.dataset.GetRasterBand(1).GetMaskBand()
        data = bytes(self._read(mask, at, count, self.gdal.GDT_Byte))
        return numpy.frombuffer(data, "uint8").reshape(shape) > 0

    def _cut(self, data: bytes, seen: Any, at: int, count: int) -> tuple[bytes, Any]:
        """A strip, and its mask, with nothing where no part of the polygon touches the pixel."""
        import numpy
        from osgeo import gdal_array

        inside = self._inside(at, count)
        kind = gdal_array.GDALTypeCodeToNumericTypeCode(self.content.kind)
        shape = (self.output.RasterCount, count, self.window.columns)
        values = numpy.frombuffer(data, dtype=kind).reshape(shape).copy()
        hide_outside(values, inside, self.content)
        return values.tobytes(), None if seen is None else seen & inside

    def _inside(self, at: int, count: int) -> Any:
        from osgeo import ogr

        output = self.output
        left, width, _, top, _, height = output.GetGeoTransform()
        driver = self.gdal.GetDriverByName("MEM")
        mask = driver.Create("", output.RasterXSize, count, 1, self.gdal.GDT_Byte)
        mask.SetGeoTransform((left, width, 0.0, top + at * height, 0.0, height))
        mask.SetSpatialRef(output.GetSpatialRef())
        shapes = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = shapes.CreateLayer("area", output.GetSpatialRef(), ogr.wkbUnknown)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(self.polygon)
        layer.CreateFeature(feature)
        self.gdal.RasterizeLayer(mask, [1], layer, burn_values=[1], options=["ALL_TOUCHED=TRUE"])
        return mask.ReadAsArray().astype(bool)

    def _write(self, target: Any, at: int, count: int, data: Any, kind: int) -> None:
        try:
            check_answer(target.WriteRaster(0, at, self.window.columns, count, data, buf_type=kind))
        except RuntimeError as error:
            raise unwritable_target(error) from None


def unreadable_source(error: RuntimeError) -> NetworkError:
    """GDAL could not read the source."""
    return NetworkError(
        tr("The image cannot be read at its source."),
        tr("Check the network connection, then try again."),
        code="unreadable",
        details=type(error).__name__,
    )


def unwritable_target(error: RuntimeError) -> DinamisError:
    """GDAL says in words what the system said in numbers."""
    import errno

    text = str(error).lower()
    full = "space" in text or "disk" in text or "write" in text
    number = (
        errno.ENOSPC
        if full
        else errno.EACCES
        if "denied" in text or "read-only" in text
        else errno.EIO
    )
    return disk_error(OSError(number, str(error)), tr("the clipped image"))
