"""Windows of an image: which pixels an area needs, and how many bytes that moves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import covered_share
from dinamis_qgis.core.text import tr

_LEADER = 4
"""GDAL's COG has a tile's size before it and its last bytes again behind it; GDAL may read both."""


@dataclass(frozen=True)
class ClipWindow:
    """Pixels of an image: column and row of the upper left one, and how many."""

    column: int
    row: int
    columns: int
    rows: int


def window_of(area: Any, dataset: Any) -> ClipWindow:
    """Smallest window of whole pixels over ``area`` (OGR geometry in the image's CRS).

    Raises InvalidInput when it misses.
    """
    left, width, _, top, _, height = dataset.GetGeoTransform()
    west, east, south, north = area.GetEnvelope()
    tiny = 1e-6  # of a pixel: a border that lies on the grid takes no pixel beyond it
    first = max(0, math.floor((west - left) / width + tiny))
    last = min(dataset.RasterXSize, math.ceil((east - left) / width - tiny))
    upper = max(0, math.floor((north - top) / height + tiny))
    lower = min(dataset.RasterYSize, math.ceil((south - top) / height - tiny))
    if last <= first or lower <= upper:
        raise outside_image()
    return ClipWindow(first, upper, last - first, lower - upper)


def outside_image() -> InvalidInput:
    """The area and the image have nothing in common."""
    return InvalidInput(
        tr("The area does not touch this image."),
        tr("Choose another area, or the whole image."),
        code="outside",
    )


def byte_ranges(dataset: Any, window: ClipWindow) -> list[tuple[int, int]]:
    """Bytes of a TIFF file that hold a window, neighbours joined; empty for other formats."""
    across, down = dataset.GetRasterBand(1).GetBlockSize()
    joint = dataset.GetMetadataItem("INTERLEAVE", "IMAGE_STRUCTURE") == "PIXEL"
    found: list[tuple[int, int]] = []
    for number in range(1, 2 if joint else dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        for row in range(window.row // down, (window.row + window.rows - 1) // down + 1):
            for column in range(
                window.column // across, (window.column + window.columns - 1) // across + 1
            ):
                offset = band.GetMetadataItem(f"BLOCK_OFFSET_{column}_{row}", "TIFF")
                size = band.GetMetadataItem(f"BLOCK_SIZE_{column}_{row}", "TIFF")
                if offset and size:
                    found.append((max(0, int(offset) - _LEADER), int(offset) + int(size) + _LEADER))
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def share_of_file(window: ClipWindow, columns: int, rows: int, block: int = 512) -> float:
    """Share (0 to 1) of an image's blocks that hold a window: what part of its bytes moves, all
    blocks weighing the same.
    """
    across = math.ceil((window.column + window.columns) / block) - window.column // block
    down = math.ceil((window.row + window.rows) / block) - window.row // block
    return min(1.0, across * down / (math.ceil(columns / block) * math.ceil(rows / block)))


def estimate_bytes(
    size: int | None, area: Any, properties: Mapping[str, Any], footprint: Any
) -> int | None:
    """Bytes that will move for a clip, without any network: from the grid the item announces, else
    from the footprint.

    ``area`` and ``footprint`` are shapely geometries in EPSG:4326. None when nothing is known.
    """
    if size is None:
        return None
    shape, transform = properties.get("proj:shape"), properties.get("proj:transform")
    try:
        if shape and transform and footprint is not None:
            window = _window_by_footprint(area, footprint, int(shape[1]), int(shape[0]))
            return (
                round(size * share_of_file(window, int(shape[1]), int(shape[0]))) if window else 0
            )
    except (TypeError, ValueError, IndexError):
        return None
    if footprint is None or footprint.is_empty:
        return None
    part = covered_share(area, footprint)
    return None if part is None else round(size * min(1.0, part * 1.1))


def _window_by_footprint(area: Any, footprint: Any, columns: int, rows: int) -> ClipWindow | None:
    west, south, east, north = footprint.bounds
    a, b, c, d = footprint.envelope.intersection(area).bounds or (0, 0, 0, 0)
    if c <= a or d <= b:
        return None
    left, right = (a - west) / (east - west), (c - west) / (east - west)
    upper, lower = (north - d) / (north - south), (north - b) / (north - south)
    first, top = int(left * columns), int(upper * rows)
    return ClipWindow(
        first,
        top,
        max(1, math.ceil(right * columns) - first),
        max(1, math.ceil(lower * rows) - top),
    )
