"""Small rasters of every kind of meaning: masks, nodata, scales, colours of classes, CRS wordings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

LEFT, TOP = 424000.0, 6250000.0


def write_raster(
    path: Path,
    array: Any,
    *,
    nodata: float | None = None,
    mask: Any = None,
    scale: tuple[float, float] = (1.0, 0.0),
    colours: dict[int, tuple[int, int, int, int]] | None = None,
    wkt: str = "",
    left: float = LEFT,
    pixel: float = 2.0,
    edit: Callable[[Any], None] | None = None,
) -> Path:
    """A GeoTIFF of ``array`` (bands, rows, columns), its mask inside."""
    from osgeo import gdal, gdal_array, osr

    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    bands, rows, columns = array.shape
    kind = gdal_array.NumericTypeCodeToGDALTypeCode(array.dtype.type)
    memory = gdal.GetDriverByName("MEM").Create("", columns, rows, bands, kind)
    memory.SetGeoTransform((left, pixel, 0, TOP, 0, -pixel))
    memory.SetProjection(wkt or crs.ExportToWkt())
    for number in range(1, bands + 1):
        band = memory.GetRasterBand(number)
        band.WriteArray(array[number - 1])
        if bands >= 3 and number <= 3:
            band.SetColorInterpretation(gdal.GCI_RedBand + number - 1)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if scale != (1.0, 0.0):
            band.SetScale(scale[0])
            band.SetOffset(scale[1])
    if colours:
        table = gdal.ColorTable()
        for value, colour in colours.items():
            table.SetColorEntry(value, colour)
        memory.GetRasterBand(1).SetColorTable(table)
    if edit is not None:
        edit(memory)
    if mask is not None:
        memory.CreateMaskBand(gdal.GMF_PER_DATASET)
        memory.GetRasterBand(1).GetMaskBand().WriteArray(mask)
    old = gdal.GetConfigOption("GDAL_TIFF_INTERNAL_MASK")
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
    try:
        made = gdal.GetDriverByName("GTiff").CreateCopy(str(path), memory)
        made = None  # noqa: F841 (closes the file)
    finally:
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", old)
    return path
