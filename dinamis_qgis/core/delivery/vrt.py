"""Virtual files (VRT) on the disk: written whole, pansharpened of two, overviews beside them."""

from __future__ import annotations

import contextlib
import os
from html import escape
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.imagery.compound import (
    CompoundPart,
    covers_same_place,
    on_grid_of,
    pan_shares,
)
from dinamis_qgis.core.imagery.placeholder import shape_of
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.rasters import number_text, quiet_gdal, thread_options
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import check_space, disk_error

COLOURS = {"red": "Red", "green": "Green", "blue": "Blue", "pan": "Gray", "nir": "Undefined"}


def relative_name(source: Path, target: Path, root: Path) -> tuple[str, int]:
    """How a VRT at ``target`` names ``source``, and whether that is relative to the VRT."""
    with contextlib.suppress(ValueError):  # another drive, or outside
        source.relative_to(root)
        return Path(os.path.relpath(source, target.parent)).as_posix(), 1
    return str(source), 0


def write_vrt(target: Path, text: str) -> None:
    """Write a VRT, whole or not at all; what belonged to an older one goes. Raises StorageError."""
    try:
        for stale in (Path(f"{target}.ovr"), Path(f"{target}.aux.xml")):
            stale.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, target) from error
    write_whole(target, text)


def levels_of(side: int) -> str:
    """Overview factors for an image whose longer side has so many pixels."""
    levels, factor = ["2"], 4
    while side // factor >= 256:
        levels.append(str(factor))
        factor *= 2
    return " ".join(levels)


def write_pansharpened(
    ms: Path, pan: Path, mission: str, colours: tuple[str, ...], target: Path, nodata: float | None
) -> None:
    """Write a weighted Brovey VRT of both: ``colours`` are the bands of ``ms`` in its order.

    Raises StorageError.
    """
    weights = ",".join(f"{share:.6f}" for share in pan_shares(mission, colours))
    ms = _on_grid(ms, pan, target, nodata)
    empty = "" if nodata is None else f"<NoDataValue>{number_text(nodata)}</NoDataValue>"
    lines = ['<VRTDataset subClass="VRTPansharpenedDataset">']
    for number, colour in enumerate(colours, start=1):
        lines += [
            f'<VRTRasterBand dataType="UInt16" band="{number}" '
            'subClass="VRTPansharpenedRasterBand">',
            f"<Description>{escape(colour)}</Description>",
            f"<ColorInterp>{COLOURS.get(colour, 'Undefined')}</ColorInterp>",
            f"{empty}</VRTRasterBand>",
        ]
    lines += [
        "<PansharpeningOptions><Algorithm>WeightedBrovey</Algorithm>",
        f"<AlgorithmOptions><Weights>{weights}</Weights></AlgorithmOptions>",
        "<Resampling>Cubic</Resampling><NumThreads>ALL_CPUS</NumThreads>",
        "<SpatialExtentAdjustment>Intersection</SpatialExtentAdjustment>",
        "" if nodata is None else f"<NoData>{number_text(nodata)}</NoData>",
        f"<PanchroBand>{_source_beside(pan, 1)}</PanchroBand>",
    ]
    lines += [
        f'<SpectralBand dstBand="{number}">{_source_beside(ms, number)}</SpectralBand>'
        for number in range(1, len(colours) + 1)
    ]
    write_vrt(target, "\n".join([*lines, "</PansharpeningOptions></VRTDataset>"]))


def _source_beside(path: Path, band: int) -> str:
    name = f'<SourceFilename relativeToVRT="1">{escape(path.name)}</SourceFilename>'
    return f"{name}<SourceBand>{band}</SourceBand>"


def _on_grid(ms: Path, pan: Path, target: Path, nodata: float | None) -> Path:
    """``ms``, or a VRT of it on the pixels of ``pan`` where the two do not cover the same place:
    GDAL would shift its colours.
    """
    with quiet_gdal() as gdal:
        shapes = [shape_of(dataset) for dataset in (gdal.Open(str(ms)), gdal.Open(str(pan)))]
    if not all(shape.wkt for shape in shapes) or covers_same_place(*shapes):
        return ms
    placed = target.with_name(f"{ms.stem}_on_pan.vrt")
    write_vrt(
        placed, on_grid_of(CompoundPart(ms.name, shapes[0], nodata, beside=True), shapes[1], nodata)
    )
    return placed


def build_overviews(target: Path, cancel: Cancel, progress: Callable[[float], None]) -> None:
    """Beside the VRT, so that a scene of a gigabyte draws at once.

    What is delivered stays as it is.
    """

    def goes_on(share: float, text: str, data: Any) -> int:
        progress(share)
        return 0 if cancel.is_set() else 1

    with quiet_gdal() as gdal:
        dataset = gdal.Open(str(target))
        size = dataset.RasterXSize * dataset.RasterYSize * dataset.RasterCount * 2
        check_space(target.parent, size // 3)
        levels = [
            int(level) for level in levels_of(max(dataset.RasterXSize, dataset.RasterYSize)).split()
        ]
        gdal.ErrorReset()
        options = {
            "COMPRESS_OVERVIEW": "DEFLATE",
            "PREDICTOR_OVERVIEW": "2",
            "BIGTIFF_OVERVIEW": "IF_SAFER",
        }
        try:
            with thread_options(options):
                failed = dataset.BuildOverviews("AVERAGE", levels, callback=goes_on)
            message = gdal.GetLastErrorMsg()
        except RuntimeError as error:
            failed, message = 1, str(error)
        dataset = None
    if failed:
        with contextlib.suppress(OSError):  # half an overview is worse than none
            Path(f"{target}.ovr").unlink()
        cancel.check()
        raise InvalidInput(
            tr("The image cannot be read to its end."),
            tr("Download or unpack the delivery again."),
            code="tile",
            details=message[:200],
        )
