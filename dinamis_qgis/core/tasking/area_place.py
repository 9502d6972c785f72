"""The areas of a file on Earth: its geometries as polygons in EPSG:4326, and what to tell where
their numbers cannot be what the file says they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from shapely import wkb
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.geo import as_area, polygons
from dinamis_qgis.core.text import tr

Box = tuple[float, float, float, float]
"""West, south, east, north."""
WORLD = (-360.0, -90.0, 360.0, 90.0)
TERRITORIES: tuple[Box, ...] = (
    (-5.6, 41.0, 9.9, 51.6),  # mainland and Corsica
    (-63.3, 14.2, -60.7, 18.3),  # Antilles
    (-54.9, 1.9, -51.3, 6.1),  # Guyane
    (55.0, -21.6, 56.0, -20.7),  # Réunion
    (44.8, -13.2, 45.5, -12.4),  # Mayotte
    (-56.7, 46.6, -56.0, 47.3),  # Saint-Pierre-et-Miquelon
    (163.3, -23.0, 168.4, -19.3),  # Nouvelle-Calédonie
    (-155.0, -28.0, -134.0, -7.5),  # Polynésie
    (-178.4, -14.5, -176.0, -13.0),  # Wallis-et-Futuna
)
SYSTEMS = (
    ("Lambert-93", 2154, 0),
    ("Lambert II étendu", 27572, 0),
    *((f"RGF93 / CC{zone}", 3900 + zone, 0) for zone in range(42, 51)),
    ("RGR92 / UTM 40S", 2975, 3),
    ("RGAF09 / UTM 20N", 5490, 1),
    ("RGFG95 / UTM 22N", 2972, 2),
    ("RGM04 / UTM 38S", 4471, 4),
    ("RGNC91-93 / Lambert", 3163, 6),
    ("Web Mercator", 3857, 0),
)
"""What a file of a French body without a system may be in, the likeliest first: its name, its EPSG
code, the territory (index) it is used in.
"""
MOST_GUESSES = 3


class Placer:
    """Geometries of one layer (OGR) as areas in EPSG:4326. ``name`` is the file's, to be shown."""

    def __init__(self, system: Any, name: str) -> None:
        from osgeo import osr

        self.name = name
        self._move = None
        self.known = system is not None and not _is_undefined(system)
        if self.known:
            wgs84 = osr.SpatialReference()
            wgs84.ImportFromEPSG(4326)
            wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
            system = system.Clone()
            system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
            if not system.IsSame(wgs84):
                self._move = osr.CoordinateTransformation(system, wgs84)
        self._system = str(system.GetName() or "") if self.known else ""
        self._projected = self.known and bool(system.IsProjected())

    def area(self, geometry: Any) -> BaseGeometry | None:
        """The polygons of a geometry; None when it has none. Raises InvalidInput."""
        if geometry is None or geometry.IsEmpty():
            return None
        flat = geometry.GetLinearGeometry()  # curves as segments
        flat.FlattenTo2D()
        flat.CloseRings()
        self._check(_bounds_of(flat))
        if self._move is not None:
            try:
                moved = flat.Transform(self._move) == 0
            except RuntimeError:
                moved = False
            if not moved:
                raise self._misplaced()
        area = as_area_of(flat)
        if area is not None and not all(isfinite(v) for v in area.bounds):
            raise self._misplaced()
        return area

    def _check(self, bounds: Box) -> None:
        """Raises InvalidInput where the numbers are not those of the system."""
        if not all(isfinite(v) for v in bounds):
            raise self._misplaced()
        degrees = _is_within(bounds, WORLD)
        if self._projected:
            if degrees:
                raise self._other_system(tr("degrees (WGS 84, EPSG:4326)"))
            return
        if not degrees and _looks_swapped(bounds):
            raise self._swapped(bounds)
        if not degrees:
            raise self._no_system(bounds)
        if _looks_swapped(bounds):
            raise self._swapped(bounds)

    def _no_system(self, bounds: Box) -> InvalidInput:
        guess = guess_system(bounds)
        if guess and self.known:
            return self._other_system(guess)
        remedy = (
            tr(
                "Its coordinates look like {system}: open it in QGIS, give it that coordinate "
                "system, and take the area from the layer."
            ).format(system=guess)
            if guess
            else tr("Open it in QGIS, set its coordinate system, and take the area from the layer.")
        )
        message = tr("“{name}” does not say its coordinate system.").format(name=self.name)
        if self.known:
            message = tr("The area of “{name}” lies beyond the Earth.").format(name=self.name)
        return InvalidInput(message, remedy, code="area-crs")

    def _other_system(self, guess: str) -> InvalidInput:
        if not self._projected:
            message = tr("“{name}” does not say its coordinate system.").format(name=self.name)
        else:
            message = tr("The coordinates of “{name}” are not in {system}, as it says.").format(
                name=self.name, system=self._system
            )
        remedy = tr(
            "Its coordinates look like {system}: open it in QGIS, give it that coordinate system, "
            "and take the area from the layer."
        )
        return InvalidInput(message, remedy.format(system=guess), code="area-crs")

    def _swapped(self, bounds: Box) -> InvalidInput:
        return InvalidInput(
            tr("The coordinates of “{name}” look swapped: latitude before longitude.").format(
                name=self.name
            ),
            tr(
                "Swap them in QGIS (“Swap X and Y coordinates”), or, if the area really lies at "
                "{place}, open the file in QGIS and take the area from the layer."
            ).format(place=_format_place(bounds)),
            code="area-crs",
        )

    def _misplaced(self) -> InvalidInput:
        message = tr("The area of “{name}” cannot be placed on Earth.").format(name=self.name)
        return InvalidInput(message, tr("Check its coordinate system."), code="area-crs")


def as_area_of(geometry: Any) -> BaseGeometry | None:
    """The polygons of a flat OGR geometry: of collections, surfaces and triangles too."""
    return as_area(_collect_parts(list(_polygon_parts(geometry))))


def _polygon_parts(geometry: Any) -> Iterator[Polygon]:
    name = geometry.GetGeometryName()
    if name == "TRIANGLE":
        ring = geometry.GetGeometryRef(0)
        yield Polygon([ring.GetPoint_2D(i) for i in range(ring.GetPointCount())])
    elif name == "POLYGON":
        if all(
            geometry.GetGeometryRef(i).GetPointCount() > 3 for i in range(_count_parts(geometry))
        ):
            yield from polygons(wkb.loads(bytes(geometry.ExportToWkb())))
    elif name not in ("LINESTRING", "LINEARRING", "POINT"):
        for index in range(_count_parts(geometry)):
            yield from _polygon_parts(geometry.GetGeometryRef(index))


def _count_parts(geometry: Any) -> int:
    return int(geometry.GetGeometryCount())


def _collect_parts(parts: list[Polygon]) -> BaseGeometry | None:
    from shapely.geometry import MultiPolygon

    return MultiPolygon(parts) if parts else None


def guess_system(bounds: Box) -> str:
    """The systems in whose country coordinates would lie, as people call them; may be empty."""
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    found = []
    for name, code, territory in SYSTEMS:
        try:
            move = Transformer.from_crs(CRS.from_epsg(code), CRS.from_epsg(4326), always_xy=True)
            lon, lat = move.transform(x, y)
        except ProjError:
            continue
        if _is_within((lon, lat, lon, lat), TERRITORIES[territory]) and _in_zone(name, lat):
            found.append(f"{name} (EPSG:{code})")
    return " / ".join(found[:MOST_GUESSES])


def _in_zone(name: str, latitude: float) -> bool:
    """Whether the parallel of a conical conform zone (CC42 to CC50) is within a degree."""
    zone = name.rpartition("CC")[2]
    return not zone.isdigit() or abs(latitude - int(zone)) <= 1.2


def _is_undefined(system: Any) -> bool:
    """GeoPackage's -1 and 0, and what a drawing has: a system in name only."""
    return bool(system.IsLocal()) or "undefined" in str(system.GetName() or "").lower()


def _bounds_of(geometry: Any) -> Box:
    west, east, south, north = geometry.GetEnvelope()
    return west, south, east, north


def _is_within(bounds: Box, outer: Box) -> bool:
    return (
        bounds[0] >= outer[0]
        and bounds[1] >= outer[1]
        and bounds[2] <= outer[2]
        and bounds[3] <= outer[3]
    )


def _looks_swapped(bounds: Box) -> bool:
    """Whether the area lies in no French territory, and would in one with its axes swapped."""
    turned = (bounds[1], bounds[0], bounds[3], bounds[2])
    return any(_is_within(turned, t) for t in TERRITORIES) and not any(
        _is_within(bounds, t) for t in TERRITORIES
    )


def _format_place(bounds: Box) -> str:
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return f"{lat:.2f}, {lon:.2f}"
