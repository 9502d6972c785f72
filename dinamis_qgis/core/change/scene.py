"""An image to be compared: its bands, its file, where it lies on Earth."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from dinamis_qgis.core.crs import same_crs
from dinamis_qgis.core.errors import InvalidInput, ServiceError
from dinamis_qgis.core.rasters import holds_mask_only
from dinamis_qgis.core.text import tr

STRETCHED = 0.01
"""Metres that differ from the ground's by more than this share are not measured in."""


@dataclass(frozen=True)
class Scene:
    """An image as GDAL opens it.

    ``bands`` are 1-based and in the order red, green, blue, near infrared; a single one is
    panchromatic. ``nodata`` overrides what the file says. ``move`` (east, north, metres of the grid
    it is read on) is added to the ground's position: the correction of a registration error.
    ``gray`` reads the mean of the bands as a single one. ``alpha`` is the band (0: none) that is 0
    where nothing is to be seen. ``crs`` (WKT) overrides what the file says.
    """

    source: str
    bands: tuple[int, ...] = (1, 2, 3, 4)
    nodata: float | None = None
    move: tuple[float, float] = (0.0, 0.0)
    gray: bool = False
    alpha: int = 0
    crs: str = ""

    @property
    def depth(self) -> int:
        """How many bands are read."""
        return 1 if self.gray else len(self.bands)

    def moved(self, east: float, north: float) -> Scene:
        """The same, its ground moved by so many metres."""
        return replace(self, move=(self.move[0] + east, self.move[1] + north))


def cut_to_common_bands(first: Scene, second: Scene) -> tuple[Scene, Scene]:
    """Both cut to the bands that they have in common: beside a panchromatic image, the mean of the
    other's visible bands.
    """
    depth = min(first.depth, second.depth)
    if depth == 1:
        one, two = (
            s if s.depth == 1 else replace(s, bands=s.bands[:3], gray=True) for s in (first, second)
        )
    else:
        one, two = (replace(s, bands=s.bands[:depth]) for s in (first, second))
    return one, two


def without_mask_band(scene: Scene) -> Scene:
    """The same, its near infrared taken for what it is where the file has a mask in its place.

    GDAL calls the fourth band of eight bits transparency in either case: its values tell. Raises
    ServiceError, InvalidInput.
    """
    if len(scene.bands) < 4 or scene.alpha:
        return scene
    image, infrared = open_image(scene.source, scene.crs), scene.bands[3]
    if infrared > image.RasterCount or not holds_mask_only(image.GetRasterBand(infrared)):
        return scene
    return replace(scene, bands=scene.bands[:3], alpha=infrared)


def open_image(source: str, crs: str = "") -> Any:
    """A GDAL dataset with a position on Earth, in the system ``crs`` (WKT) or else its own.

    Raises ServiceError, InvalidInput.
    """
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        image = gdal.Open(source)
    except RuntimeError:  # GDAL with exceptions on
        image = None
    finally:
        gdal.PopErrorHandler()
    if image is None:
        raise unreadable_image(source)
    if image.GetGeoTransform(can_return_null=True) is None:
        raise InvalidInput(
            tr("This image has no position on the map."),
            tr("Georeference it first."),
            code="no-position",
        )
    own = image.GetSpatialRef()
    if crs and not (own and same_crs(own.ExportToWkt(), crs)):
        return gdal.Translate("", image, format="VRT", outputSRS=crs)
    if not own:
        raise InvalidInput(
            tr("This image has no position on the map."),
            tr("Give the layer its coordinate system first."),
            code="no-crs",
        )
    return image


def nothing_in_common() -> InvalidInput:
    """Nothing to compare."""
    return InvalidInput(
        tr("The two images have no ground in common here."),
        tr("Move the map to where both are visible."),
        code="no-overlap",
    )


def unreadable_image(details: str) -> ServiceError:
    """What cannot be read, without its address."""
    shown = details if not details.startswith("/vsi") and "://" not in details else "remote"
    return ServiceError(
        tr("This image cannot be read."),
        tr("Try again; if it lasts, tell your relay."),
        code="unreadable",
        details=shown,
    )


def spatial_reference(wkt: str) -> Any:
    """A coordinate system as GDAL has it, x before y. Raises InvalidInput."""
    from osgeo import osr

    made = osr.SpatialReference()
    try:
        known = made.SetFromUserInput(wkt) == 0
    except RuntimeError:  # GDAL with exceptions on
        known = False
    if not known:
        raise InvalidInput(tr("This coordinate system is not known."), code="crs", details=wkt[:80])
    made.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return made


def metric_crs(image: Any) -> Any:
    """The image's CRS when a metre of it is one on the ground in the image's middle, else the UTM
    zone (WGS 84) of that middle.

    Web Mercator's metre is 0.7 m at 45° N; those of Lambert 93 and of UTM differ from the ground's
    by less than 0.3 %.
    """
    own = spatial_reference(image.GetSpatialRef().ExportToWkt())
    lonlat = spatial_reference("EPSG:4326")
    west, south, east, north = transform_box(_own_bounds(image), own, lonlat)
    zone = int(((west + east) / 2 + 180) // 6) % 60 + 1
    utm = spatial_reference(f"EPSG:{32600 + zone if south + north >= 0 else 32700 + zone}")
    if own.IsProjected() and abs(own.GetLinearUnits() - 1) < 1e-6:
        sides = zip(_pixel_sides(image, own), _pixel_sides(image, utm))
        if all(
            abs(math.hypot(*ground) / math.hypot(*said) - 1) < STRETCHED for said, ground in sides
        ):
            return own
    return utm


def in_own_units(image: Any, wkt: str, east: float, north: float) -> tuple[float, float]:
    """A way of so many metres of the CRS ``wkt``, from the middle of ``image``, in the units of the
    image's own CRS.
    """
    own, metric = spatial_reference(image.GetSpatialRef().ExportToWkt()), spatial_reference(wkt)
    west, south, right, top = _own_bounds(image)
    here = (west + right) / 2, (south + top) / 2
    x, y, *_ = transform_box((*here, *here), own, metric)
    there = transform_box((x + east, y + north, x + east, y + north), metric, own)
    return there[0] - here[0], there[1] - here[1]


def _own_bounds(image: Any) -> tuple[float, float, float, float]:
    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    width, height = image.RasterXSize, image.RasterYSize
    xs = [x0 + i * dx + j * rx for i in (0, width) for j in (0, height)]
    ys = [y0 + i * ry + j * dy for i in (0, width) for j in (0, height)]
    return min(xs), min(ys), max(xs), max(ys)


def bounds_in(image: Any, target: Any) -> tuple[float, float, float, float]:
    """The bounds of ``image`` in the CRS ``target``."""
    return transform_box(
        _own_bounds(image), spatial_reference(image.GetSpatialRef().ExportToWkt()), target
    )


def transform_box(
    box: tuple[float, float, float, float], source: Any, target: Any
) -> tuple[float, float, float, float]:
    """The bounds of a box in another CRS, its sides followed at 21 points each."""
    from osgeo import osr

    if same_crs(source.ExportToWkt(), target.ExportToWkt()):
        return box
    transform = osr.CoordinateTransformation(source, target)
    west, south, east, north = box
    steps = [k / 20 for k in range(21)]
    ring = [(west + t * (east - west), y) for t in steps for y in (south, north)]
    ring += [(x, south + t * (north - south)) for t in steps for x in (west, east)]
    points = [p for p in transform.TransformPoints(ring) if all(math.isfinite(v) for v in p[:2])]
    if not points:
        raise nothing_in_common()
    return (
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    )


def pixel_size(image: Any, target: Any) -> float:
    """The side of a square as large as a pixel of ``image``, in metres of ``target``, in the middle
    of the image.
    """
    (ax, ay), (bx, by) = _pixel_sides(image, target)
    return math.sqrt(abs(ax * by - ay * bx))


def _pixel_sides(image: Any, target: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """The two sides of the pixel in the middle of ``image`` as vectors in ``target``: north may lie
    elsewhere there.
    """
    from osgeo import osr

    x0, dx, rx, y0, ry, dy = image.GetGeoTransform()
    own = spatial_reference(image.GetSpatialRef().ExportToWkt())
    if same_crs(own.ExportToWkt(), target.ExportToWkt()):
        return (dx, ry), (rx, dy)
    i, j = image.RasterXSize / 2, image.RasterYSize / 2
    x, y = x0 + i * dx + j * rx, y0 + i * ry + j * dy
    corners = osr.CoordinateTransformation(own, target).TransformPoints(
        [(x, y), (x + dx, y + ry), (x + rx, y + dy)]
    )
    if not all(math.isfinite(v) for corner in corners for v in corner[:2]):
        raise nothing_in_common()
    (x, y, *_), (ax, ay, *_), (bx, by, *_) = corners
    return (ax - x, ay - y), (bx - x, by - y)
