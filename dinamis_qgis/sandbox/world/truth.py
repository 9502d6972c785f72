"""What is true of the made imagery, for the tests of what measures it: burnt area, registration
errors, stages of works.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from dinamis_qgis.sandbox.world import geography
from dinamis_qgis.sandbox.world.curves import fire_distance
from dinamis_qgis.sandbox.world.lattice import LatticeWindow
from dinamis_qgis.sandbox.world.programme import Shot
from dinamis_qgis.sandbox.world.projection import spatial_reference, to_degrees
from dinamis_qgis.sandbox.world.scene import works_stage
from dinamis_qgis.sandbox.world.sky import sun_at


def ground_truth(shots: Sequence[Shot]) -> dict[str, Any]:
    """``scenes`` by item id, ``fires`` and ``works``; coordinates in EPSG:2154 metres unless said
    otherwise.
    """
    scenes = {}
    for shot in shots:
        scene = shot.scene
        sun = sun_at(scene.when, *to_degrees(scene.x, scene.y))
        scenes[shot.id] = {
            "collection": shot.collection,
            "place": shot.place,
            "shift_m": list(scene.shift),
            "haze": scene.haze,
            "cloud_asked": scene.cloud,
            "sun_elevation": round(sun.elevation, 2),
            "sun_azimuth": round(sun.azimuth, 2),
            "works_stage": round(works_stage(scene.when), 4),
        }
    return {
        "crs": "EPSG:2154",
        "shift": "the ground appears displaced by shift_m (east, north)",
        "scenes": scenes,
        "fires": [_fire_truth(fire, x, y) for fire, x, y in geography.fire_centres()],
        "works": [
            {
                "name": line.name,
                "width_m": line.width,
                "opened": [str(day) for day in line.opened or ()],
                "axis": [[round(x, 1), round(y, 1)] for x, y in points],
            }
            for line, points in geography.curved_lines()
            if line.kind == "works"
        ],
    }


def _fire_truth(fire: geography.Fire, x: float, y: float) -> dict[str, Any]:
    """The scar as polygons, from its own distance function on a 6 m grid."""
    from osgeo import gdal, ogr

    step, half = 6.0, fire.length * 0.75
    side = int(2 * half / step)
    window = LatticeWindow(
        round((x - half) / step) * step, round((y + half) / step) * step, side, side, step
    )
    burnt = (fire_distance(window, fire, x, y) < 0).astype(np.uint8)
    raster = gdal.GetDriverByName("MEM").Create("", side, side, 1, gdal.GDT_Byte)
    raster.SetGeoTransform((window.x0, step, 0.0, window.y0, 0.0, -step))
    raster.SetProjection(spatial_reference(2154).ExportToWkt())
    band = raster.GetRasterBand(1)
    band.WriteArray(burnt)
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("scar", spatial_reference(2154), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("burnt", ogr.OFTInteger))
    gdal.Polygonize(band, band, layer, 0, [])
    whole = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in layer:
        whole.AddGeometry(feature.GetGeometryRef())
    return {
        "name": fire.name,
        "day": str(fire.day),
        "area_ha": round(float(burnt.sum()) * step * step / 10000, 1),
        "geometry": json.loads(whole.ExportToJson()),
    }
