"""The pixels of a window of a height model, cut into the pieces a service gives at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

MOST_PIXELS = 200_000_000
"""A window holds no more: 50 km² at half a metre, 800 MB."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class HeightPiece:
    """A part of a window, in pixels from its upper left corner."""

    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class HeightGrid:
    """North-up square pixels of ``step`` metres in the EPSG system ``crs``; ``x0, y0`` is the upper
    left corner, a whole number of steps from the origin: two windows of one model fit.
    """

    crs: int
    x0: float
    y0: float
    step: float
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many."""
        return self.width * self.height

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """As GDAL writes it."""
        return self.x0, self.step, 0.0, self.y0, 0.0, -self.step

    def bounds_of(self, piece: HeightPiece) -> Bounds:
        """West, south, east, north of a piece."""
        west = self.x0 + piece.column * self.step
        north = self.y0 - piece.row * self.step
        return west, north - piece.height * self.step, west + piece.width * self.step, north

    def split_pieces(self, side: int) -> Iterator[HeightPiece]:
        """Pieces of at most ``side`` pixels, row by row."""
        for row in range(0, self.height, side):
            for column in range(0, self.width, side):
                yield HeightPiece(
                    column, row, min(side, self.width - column), min(side, self.height - row)
                )


def grid_over(bounds: Bounds, crs: int, step: float) -> HeightGrid:
    """The grid of ``step`` metres that covers ``bounds``, which are in the system ``crs``.

    Raises InvalidInput for what is empty or larger than ``MOST_PIXELS``.
    """
    west, south, east, north = bounds
    if not all(map(math.isfinite, bounds)) or west >= east or south >= north:
        raise InvalidInput(
            tr("This area is empty."), tr("Draw it again, or move the map."), code="area"
        )
    left, top = math.floor(west / step), math.ceil(north / step)
    width, height = math.ceil(east / step) - left, top - math.floor(south / step)
    if width * height > MOST_PIXELS:
        raise InvalidInput(
            tr("This area is too large: {km2} km² at {step} m; {most} km² at most.").format(
                km2=round(width * height * step**2 / 1e6),
                step=f"{step:g}",
                most=math.floor(MOST_PIXELS * step**2 / 1e6),
            ),
            tr("Choose a smaller area, or a coarser pixel."),
            code="large",
        )
    return HeightGrid(crs, left * step, top * step, step, width, height)


def project_bounds(bounds: Bounds, crs: int) -> Bounds:
    """Bounds in degrees (EPSG:4326) in the system ``crs``, its sides followed at 21 points each.

    Raises InvalidInput for a place the system does not know.
    """
    from pyproj import Transformer

    transformer = Transformer.from_crs(4326, crs, always_xy=True)
    west, south, east, north = transformer.transform_bounds(*bounds, densify_pts=21)
    if not all(map(math.isfinite, (west, south, east, north))):
        raise InvalidInput(
            tr("The height model does not know this place."),
            tr("Choose another source, or a layer of your own."),
            code="area",
        )
    return west, south, east, north
