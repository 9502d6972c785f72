"""Contrast limits from an overview: a few hundred kilobytes read, never the full resolution."""

from __future__ import annotations

from typing import Any

SAMPLE = 400
"""Pixels of the longer side that are enough for percentiles."""


def limits(
    dataset: Any, bands: tuple[int, ...], low: float = 2.0, high: float = 98.0
) -> tuple[tuple[float, float], ...]:
    """(minimum, maximum) of each 1-based band: the percentiles of its valid pixels, in the data's own unit.

    ``dataset`` is an open GDAL dataset. A band without valid pixels gives (0, 1); a flat one gets a width of 1.
    """
    import numpy

    scale = max(1.0, max(dataset.RasterXSize, dataset.RasterYSize) / SAMPLE)
    width, height = max(1, int(dataset.RasterXSize / scale)), max(1, int(dataset.RasterYSize / scale))
    found: list[tuple[float, float]] = []
    for number in bands:
        band = dataset.GetRasterBand(number)
        values = band.ReadAsArray(buf_xsize=width, buf_ysize=height)
        if values is None:
            raise OSError(f"band {number} cannot be read")
        nodata = band.GetNoDataValue()
        valid = values[numpy.isfinite(values) & (values != (0 if nodata is None else nodata))]
        if valid.size == 0:
            found.append((0.0, 1.0))
            continue
        bottom, top = float(numpy.percentile(valid, low)), float(numpy.percentile(valid, high))
        found.append((bottom, top if top > bottom else bottom + 1.0))
    return tuple(found)
