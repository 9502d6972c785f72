"""Pairs of training scenes with a change, a shift and a light put in by construction."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from dinamis_qgis.core.change.grid import Grid
from dinamis_qgis.core.change.scene import Scene
from dinamis_qgis.sandbox.world import all_shots, make_scene
from dinamis_qgis.sandbox.world.programme import Shot

SIDE = 384
"""Multispectral pixels: large enough for statistics, made in a second."""


@dataclass(frozen=True)
class Pair:
    """Two scenes, and the shift (east, north, metres) of the second one's ground against the first
    one's.
    """

    first: Scene
    second: Scene
    shift: tuple[float, float]


def shot(place: str, platform: str, day: str, size: int = SIDE, **changes: Any) -> Shot:
    """A scene of the programme, smaller, with some of it changed; ``hours`` moves the sun."""
    found = next(
        s
        for s in all_shots()
        if s.place.startswith(place)
        and s.platform == platform
        and f"{s.scene.when:%Y-%m-%d}" == day
    )
    hours = changes.pop("hours", 0)
    scene = replace(
        found.scene, size=(size, size), when=found.scene.when + timedelta(hours=hours), **changes
    )
    return replace(found, scene=scene, product="MS")


def scene(folder: Path, wanted: Shot) -> Scene:
    item = make_scene(folder / f"{wanted.id}-{wanted.scene.haze}-{wanted.scene.shift[0]}", wanted)
    href = item["assets"]["src_xs"]["href"].partition("/")[2]
    return Scene(str(folder / f"{wanted.id}-{wanted.scene.haze}-{wanted.scene.shift[0]}" / href))


def pair(folder: Path, one: Shot, two: Shot) -> Pair:
    (east, north), (e, n) = two.scene.shift, one.scene.shift
    return Pair(scene(folder, one), scene(folder, two), (east - e, north - n))


def rasterized(geometry: Any, grid: Grid) -> Any:
    """Which pixels of ``grid`` a GeoJSON geometry in its CRS covers."""
    from osgeo import gdal, ogr

    target = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, gdal.GDT_Byte)
    target.SetGeoTransform(grid.geotransform)
    target.SetProjection(grid.wkt)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("truth", target.GetSpatialRef(), ogr.wkbUnknown)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(
        ogr.CreateGeometryFromJson(geometry if isinstance(geometry, str) else json.dumps(geometry))
    )
    layer.CreateFeature(feature)
    gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
    return target.ReadAsArray() > 0
