"""Contrast limits from an overview: a few hundred kilobytes read, never the full resolution."""

from __future__ import annotations

from typing import Any

from dinamis_qgis.core.rasters import mask_of, nodata_in

SAMPLE = 400
"""Pixels of the longer side that are enough for percentiles."""
CLOUD_RATIO, CLOUD_SPREAD = 4.0, 10.0
"""Cloud is what every band shows brighter than this many times the median, and this many times the
distance to the lower quartile.
"""
LEAST_GROUND = 0.02
"""Below this share of valid pixels that are not cloud, the clouds are all there is to see."""


def stretch_limits(
    dataset: Any, bands: tuple[int, ...], low: float = 2.0, high: float = 98.0, balance: float = 0.0
) -> tuple[tuple[float, float], ...]:
    """(minimum, maximum) of each 1-based band: the percentiles of its ground, in the unit of the
    data (scale and offset applied, as QGIS does).

    ``dataset`` is an open GDAL dataset. What its mask hides, nodata (0 where the file says
    neither) and clouds do not count: a few bright clouds would turn everything below them black.
    ``balance`` is the least width of a band as a share of the widest one's: natural colours of a
    scene with little blue must not make its roads blue. A band without valid pixels gives (0, 1); a
    flat one gets a width of 1. Raises OSError when a band cannot be read.
    """
    import numpy

    planes: list[Any] = []
    valid = _seen_mask(dataset, bands)
    masked = valid is not None
    for number in bands:
        values, known = _read_sample(dataset, number, masked)
        planes.append(values)
        valid = known if valid is None else valid & known
    if valid is None or not valid.any():
        return ((0.0, 1.0),) * len(bands)
    ground = valid & ~_find_cloud(numpy.minimum.reduce(planes), valid)
    ends = [
        tuple(float(numpy.percentile(values[ground], share)) for share in (low, high))
        for values in planes
    ]
    least = balance * max(top - bottom for bottom, top in ends)
    wide = (
        (bottom, max(top, bottom + least) if top > bottom else bottom + max(1.0, least))
        for bottom, top in ends
    )
    return tuple(_limits_in_units(dataset, number, span) for number, span in zip(bands, wide))


def _limits_in_units(dataset: Any, number: int, span: tuple[float, float]) -> tuple[float, float]:
    """Limits in counts of a band as what they measure."""
    band = dataset.GetRasterBand(number)
    scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
    one, two = (value * scale + offset for value in span)
    return min(one, two), max(one, two)


def _sample_size(dataset: Any) -> tuple[int, int]:
    scale = max(1.0, max(dataset.RasterXSize, dataset.RasterYSize) / SAMPLE)
    return max(1, int(dataset.RasterXSize / scale)), max(1, int(dataset.RasterYSize / scale))


def _seen_mask(dataset: Any, bands: tuple[int, ...]) -> Any:
    """Where the mask of an image, reduced, shows it; None without one. A band of transparency that
    is asked for is none: GDAL calls the fourth of eight bits so.
    """
    from osgeo import gdal

    kind = mask_of(dataset)
    if not kind:
        return None
    shown = {dataset.GetRasterBand(number).GetColorInterpretation() for number in bands}
    if kind == "alpha" and gdal.GCI_AlphaBand in shown:
        return None
    width, height = _sample_size(dataset)
    values = dataset.GetRasterBand(1).GetMaskBand().ReadAsArray(buf_xsize=width, buf_ysize=height)
    if values is None:
        raise OSError("the mask cannot be read")
    return values > 0


def _read_sample(dataset: Any, number: int, masked: bool) -> tuple[Any, Any]:
    """A reduced band, and where it is valid. GDAL reads the overview that fits."""
    import numpy

    width, height = _sample_size(dataset)
    band = dataset.GetRasterBand(number)
    values = band.ReadAsArray(buf_xsize=width, buf_ysize=height)
    if values is None:
        raise OSError(f"band {number} cannot be read")
    nodata = nodata_in(band)
    if nodata is None and masked:
        return values, numpy.isfinite(values)
    return values, numpy.isfinite(values) & (values != (0 if nodata is None else nodata))


def _find_cloud(darkest: Any, valid: Any) -> Any:
    """Where even the darkest of the bands is far brighter than the scene; nowhere when that leaves
    next to nothing.
    """
    import numpy

    quarter, median = (float(numpy.percentile(darkest[valid], share)) for share in (25, 50))
    cloud = darkest > max(CLOUD_RATIO * median, median + CLOUD_SPREAD * (median - quarter))
    return cloud if (valid & ~cloud).sum() > LEAST_GROUND * valid.sum() else numpy.zeros_like(valid)
