"""The common grid of two images: north-up, in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from dinamis_qgis.core.change.scene import (
    Scene,
    bounds_in,
    metric_crs,
    nothing_in_common,
    open_image,
    pixel_size,
    spatial_reference,
    transform_box,
)
from dinamis_qgis.core.crs import same_crs

Array = Any
"""A numpy array (its stubs differ too much between the versions that QGIS ships to name it more
closely).
"""
EPSILON = 1e-3
"""Grids whose corners differ by less than this share of a pixel are the same grid."""


@dataclass(frozen=True)
class Grid:
    """North-up square pixels of ``step`` metres in the projected CRS ``wkt``; ``x0, y0`` is the
    upper left corner.
    """

    wkt: str
    x0: float
    y0: float
    step: float
    width: int
    height: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.x0, self.y0 - self.height * self.step, self.x0 + self.width * self.step, self.y0

    @property
    def geotransform(self) -> tuple[float, float, float, float, float, float]:
        """As GDAL writes it."""
        return self.x0, self.step, 0.0, self.y0, 0.0, -self.step

    @property
    def pixels(self) -> int:
        """How many."""
        return self.width * self.height

    def coarser(self, most: int) -> Grid:
        """A grid over the same ground of at most about ``most`` pixels."""
        factor = max(1, math.ceil(math.sqrt(self.pixels / max(1, most))))
        return replace(
            self,
            step=self.step * factor,
            width=max(1, self.width // factor),
            height=max(1, self.height // factor),
        )


@dataclass(frozen=True)
class GridWindow:
    """A part of a grid, in pixels."""

    column: int
    row: int
    width: int
    height: int


def split_windows(grid: Grid, side: int) -> list[GridWindow]:
    """The grid cut in squares of ``side`` pixels, row by row."""
    return [
        GridWindow(column, row, min(side, grid.width - column), min(side, grid.height - row))
        for row in range(0, grid.height, side)
        for column in range(0, grid.width, side)
    ]


def common_grid(
    first: Scene,
    second: Scene,
    step: float | None = None,
    area: tuple[str, tuple[float, float, float, float]] | None = None,
) -> Grid:
    """The grid on which both images are compared: the first one's CRS (its UTM zone where its
    metres are not the ground's), where both are.

    ``step`` in metres, default and at least the coarser of the two images' own pixels; ``area``
    (WKT, bounds) is the view. Raises InvalidInput when the two have no ground in common,
    ServiceError when one cannot be read.
    """
    one, two = open_image(first.source, first.crs), open_image(second.source, second.crs)
    reference = metric_crs(one)
    wkt: str = reference.ExportToWkt()
    finest = max(pixel_size(one, reference), pixel_size(two, reference))
    size = max(finest, step or 0.0)
    box = _common_box(bounds_in(one, reference), bounds_in(two, reference))
    if area is not None:
        box = _common_box(box, transform_box(area[1], spatial_reference(area[0]), reference))
    west, south, east, north = box
    if size == pixel_size(one, reference) and same_crs(
        one.GetSpatialRef().ExportToWkt(), wkt
    ):  # on the first image's own pixels
        x, y = one.GetGeoTransform()[0], one.GetGeoTransform()[3]
    else:
        x, y = 0.0, 0.0
    left, top = math.ceil((west - x) / size - EPSILON), math.floor((north - y) / size + EPSILON)
    width = math.floor((east - x) / size + EPSILON) - left
    height = top - math.ceil((south - y) / size - EPSILON)
    if width < 2 or height < 2:
        raise nothing_in_common()
    return Grid(wkt, x + left * size, y + top * size, size, width, height)


def _common_box(
    one: tuple[float, float, float, float], two: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    box = max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])
    if box[0] >= box[2] or box[1] >= box[3]:
        raise nothing_in_common()
    return box
