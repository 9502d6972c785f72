"""Cloud-optimised GeoTIFF that GDAL 3.6 reads: DEFLATE with predictor, 512 pixel blocks, overviews,
EPSG:2154, nodata 0.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import numpy as np

from dinamis_qgis.sandbox.world.lattice import Array, LatticeWindow
from dinamis_qgis.sandbox.world.projection import spatial_reference

OPTIONS = [
    "COMPRESS=DEFLATE",
    "PREDICTOR=YES",
    "LEVEL=1",
    "BLOCKSIZE=512",
    "BIGTIFF=NO",
    "OVERVIEWS=AUTO",
    "OVERVIEW_RESAMPLING=AVERAGE",
    "NUM_THREADS=2",
]
_COLOURS = ("red", "green", "blue", "nir")


class ImageryError(Exception):
    """GDAL could not write an image."""


def open_memory(window: LatticeWindow, count: int) -> object:
    """An empty uint16 dataset over ``window``."""
    from osgeo import gdal

    dataset = gdal.GetDriverByName("MEM").Create("", window.nx, window.ny, count, gdal.GDT_UInt16)
    dataset.SetGeoTransform((window.x0, window.step, 0.0, window.y0, 0.0, -window.step))
    dataset.SetProjection(spatial_reference(2154).ExportToWkt())
    for b in range(count):
        band = dataset.GetRasterBand(b + 1)
        band.SetNoDataValue(0)
        band.SetDescription(_COLOURS[b] if count > 1 else "pan")
        if count > 1:
            band.SetColorInterpretation(
                (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_Undefined)[b]
            )
    return dataset


def write_cog(path: Path, window: LatticeWindow, bands: Array) -> int:
    """Writes ``bands`` (count, ny, nx) and gives the size in bytes.

    The file appears whole or not at all.
    """
    dataset = open_memory(window, len(bands))
    for b, band in enumerate(bands):
        dataset.GetRasterBand(b + 1).WriteArray(band)  # type: ignore[attr-defined]
    return save_copy(path, dataset, "COG", OPTIONS)


def save_copy(path: Path, dataset: object, driver: str, options: list[str]) -> int:
    """A copy of ``dataset`` at ``path``, through a temporary name."""
    from osgeo import gdal

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{uuid.uuid4().hex}.part")
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        copy = gdal.GetDriverByName(driver).CreateCopy(str(partial), dataset, options=options)
        failure = gdal.GetLastErrorMsg() if copy is None else ""
        del copy
    finally:
        gdal.PopErrorHandler()
    if failure or not partial.exists():
        partial.unlink(missing_ok=True)
        raise ImageryError(f"Cannot write {path.name}: {failure}")
    os.replace(partial, path)
    return path.stat().st_size


def write_thumbnail(path: Path, xs: Array, size: int = 256) -> int:
    """A natural-colour PNG of at most ``size`` pixels, transparent where nothing was seen."""
    from osgeo import gdal

    ny, nx = xs.shape[1:]
    stride = max(1, -(-max(ny, nx) // size))
    small = [_reduce_band(xs[b], stride) for b in range(3)]
    seen = _reduce_band((xs[0] > 0).astype(np.float32), stride) > 0.5
    # One stretch for the three bands, each from its own dark point: natural, without a colour cast;
    # clouds do not count.
    clear = seen & (small[2] < 3600)
    clear = clear if clear.sum() > 0.05 * seen.sum() else seen
    values = np.stack(small)[:, clear] if clear.any() else np.zeros((3, 1))
    low = np.percentile(values, 1, axis=1) * 0.92
    high = max(float(np.percentile(values[b] - low[b], 98.5)) for b in range(3)) or 1.0
    memory = gdal.GetDriverByName("MEM").Create("", seen.shape[1], seen.shape[0], 4, gdal.GDT_Byte)
    for b in range(3):
        scaled = np.clip((small[b] - low[b]) / high, 0, 1) ** 0.72 * 255
        memory.GetRasterBand(b + 1).WriteArray(np.where(seen, scaled, 0).astype(np.uint8))
    memory.GetRasterBand(4).WriteArray(np.where(seen, 255, 0).astype(np.uint8))
    memory.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    length = save_copy(path, memory, "PNG", [])
    path.with_name(path.name + ".aux.xml").unlink(missing_ok=True)
    return length


def _reduce_band(band: Array, stride: int) -> Array:
    ny, nx = band.shape[0] // stride * stride, band.shape[1] // stride * stride
    return (
        band[:ny, :nx]
        .reshape(ny // stride, stride, nx // stride, stride)
        .mean(axis=(1, 3), dtype=np.float32)
    )
