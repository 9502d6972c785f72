"""Heights along a drawn line, of one or several models."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dinamis_qgis.core.crs import same_crs
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.rasters import nodata_in, open_image, quiet_gdal
from dinamis_qgis.core.text import tr

Array = Any
MOST_SAMPLES = 4000
"""Along a line: more than a screen has pixels."""


@dataclass(frozen=True)
class HeightProfile:
    """Heights of one model along a line: ``distances`` in metres from its beginning, ``heights`` in
    metres, NaN where the model knows nothing; ``places`` (x, y) in the line's system.
    """

    distances: Array
    heights: Array
    places: Array


def sample_line(
    line: Sequence[tuple[float, float]], step: float, most: int = MOST_SAMPLES
) -> tuple[Array, Array]:
    """Distances and places (n, 2) every ``step`` along a line in metres, its vertices in order;
    coarser where there would be more than ``most``. Raises InvalidInput for a line without length.
    """
    import numpy as np

    points = np.asarray(line, float)
    if len(points) < 2:
        points = np.zeros((2, 2))
    lengths = np.hypot(*np.diff(points, axis=0).T)
    total = float(lengths.sum())
    if not math.isfinite(total) or total <= 0:
        raise InvalidInput(
            tr("This line has no length."), tr("Draw it with at least two points."), code="line"
        )
    count = int(min(most, max(2, math.ceil(total / step) + 1)))
    distances = np.linspace(0.0, total, count)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.stack([np.interp(distances, ends, points[:, axis]) for axis in (0, 1)], axis=1)
    return distances, places


def line_in_metres(
    line: Sequence[tuple[float, float]], wkt: str
) -> tuple[list[tuple[float, float]], str]:
    """A line and its system, where a unit of it is a metre on the ground; else in the UTM zone of
    the line's middle (WGS 84): Web Mercator's metre is none.
    """
    from pyproj import CRS, Transformer
    from pyproj.aoi import AreaOfInterest
    from pyproj.database import query_utm_crs_info

    crs = CRS.from_wkt(wkt)
    if crs.is_projected and not is_mercator(crs):
        return list(line), wkt
    lonlat = Transformer.from_crs(crs, 4326, always_xy=True)
    points = [lonlat.transform(x, y) for x, y in line]
    lon = sum(x for x, _ in points) / len(points)
    lat = sum(y for _, y in points) / len(points)
    zones = query_utm_crs_info("WGS 84", AreaOfInterest(lon, lat, lon, lat))
    if not zones:
        raise InvalidInput(
            tr("The height model does not know this place."),
            tr("Choose another source, or a layer of your own."),
            code="area",
        )
    utm = CRS.from_epsg(int(zones[0].code))
    metres = Transformer.from_crs(crs, utm, always_xy=True)
    return [metres.transform(x, y) for x, y in line], utm.to_wkt()


def is_mercator(crs: Any) -> bool:
    """Whether a projected system (pyproj) is the one of web maps."""
    operation = crs.coordinate_operation
    return operation is not None and "pseudo mercator" in operation.method_name.lower()


def read_profile(
    path: Path, line: Sequence[tuple[float, float]], wkt: str, step: float | None = None
) -> HeightProfile:
    """The profile of the height model ``path`` along ``line``, whose coordinates are in the system
    ``wkt`` (metres), between pixels by the four around a place.

    ``step`` in metres, the model's pixel by default. Raises InvalidInput.
    """
    import numpy as np

    with quiet_gdal():
        image = open_image(str(path))
    transform = image.GetGeoTransform(can_return_null=True) if image is not None else None
    if image is None or transform is None or transform[2] or transform[4]:
        raise InvalidInput(
            tr("“{name}” is no height model.").format(name=path.name), code="elevation"
        )
    distances, places = sample_line(line, step or abs(transform[1]))
    own = image.GetProjection()
    x, y = places.T if same_crs(own, wkt) else _to_system(places, wkt, own)
    between = float(distances[1] - distances[0]) / abs(transform[1])
    band, factor = _band_for(image, between)
    column = (x - transform[0]) / transform[1] / factor - 0.5
    row = (y - transform[3]) / transform[5] / factor - 0.5
    heights = np.full(len(distances), np.nan)
    inside = np.isfinite(column) & np.isfinite(row)
    inside &= (column > -1) & (row > -1) & (column < band.XSize) & (row < band.YSize)
    if inside.any():
        heights[inside] = _interpolate(band, column[inside], row[inside])
    return HeightProfile(distances, heights, places)


def _to_system(places: Array, source: str, target: str) -> tuple[Array, Array]:
    from pyproj import Transformer

    x, y = Transformer.from_crs(source, target, always_xy=True).transform(*places.T)
    return x, y


def _band_for(image: Any, pixels: float) -> tuple[Any, float]:
    """The band, or the coarsest overview with no fewer pixels than one a step, and how many pixels
    of the band one of it is; ``pixels`` of the band lie between two places.
    """
    band = image.GetRasterBand(1)
    found, factor = band, 1.0
    for number in range(band.GetOverviewCount()):
        overview = band.GetOverview(number)
        coarser = band.XSize / overview.XSize
        if factor < coarser <= pixels:
            found, factor = overview, coarser
    return found, factor


def _interpolate(band: Any, column: Array, row: Array) -> Array:
    """Of pixels (from 0, at their centres); where one of the four is unknown, of the nearest. Tile
    by tile: the box around a long slanted line would be most of the model.
    """
    import numpy as np

    nothing = nodata_in(band)
    found = np.full(len(column), np.nan)
    tiles = (np.maximum(row, 0) // _TILE).astype(int) * 1_000_000
    tiles += (np.maximum(column, 0) // _TILE).astype(int)
    for tile in np.unique(tiles):
        mine = tiles == tile
        first, last = _ends(column[mine], band.XSize)
        top, low = _ends(row[mine], band.YSize)
        block = band.ReadAsArray(first, top, last - first + 1, low - top + 1)
        heights = np.asarray(block, float)
        if nothing is not None:
            heights[heights == nothing] = np.nan
        found[mine] = _bilinear(heights, column[mine] - first, row[mine] - top)
    return found


def _ends(places: Array, size: int) -> tuple[int, int]:
    """First and last pixel that are read for these places of one axis."""
    low = min(size - 1, max(0, math.floor(float(places.min()))))
    return low, max(low, min(size - 1, math.floor(float(places.max())) + 1))


_TILE = 256


def _bilinear(heights: Array, column: Array, row: Array) -> Array:
    import numpy as np

    rows, columns = heights.shape
    column = np.clip(column, 0, columns - 1)
    row = np.clip(row, 0, rows - 1)
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    right, low = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
    dx, dy = column - left, row - top
    upper = heights[top, left] * (1 - dx) + heights[top, right] * dx
    lower = heights[low, left] * (1 - dx) + heights[low, right] * dx
    found = upper * (1 - dy) + lower * dy
    nearest = heights[np.rint(row).astype(int), np.rint(column).astype(int)]
    return np.where(np.isfinite(found), found, nearest)


def profile_table(profiles: Sequence[tuple[str, HeightProfile]]) -> str:
    """The profiles as CSV (semicolons, decimal commas: what French spreadsheets open), one column
    each; they are along one line.
    """
    import numpy as np

    from dinamis_qgis.core.spreadsheet import escape_formula

    if not profiles:
        return ""
    heads = [tr("Distance (m)"), "X", "Y", *(f"{name} (m)" for name, _ in profiles)]
    rows = [";".join(escape_formula(head.replace(";", ",")) for head in heads)]
    first = profiles[0][1]
    for number, distance in enumerate(first.distances):
        values = [distance, *first.places[number]]
        values += [np.interp(distance, p.distances, p.heights, np.nan, np.nan) for _, p in profiles]
        rows.append(";".join("" if np.isnan(v) else f"{v:.2f}".replace(".", ",") for v in values))
    return "\ufeff" + "\r\n".join(rows) + "\r\n"
