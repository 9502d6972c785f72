"""Runs in a Python of its own with QGIS, in the time zone of its environment: products through every
format a person may save them in, and back.

Prints a JSON object: format → what came back (moment, assets, credit's year), or what was wrong.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from qgis.core import QgsApplication, QgsFeatureRequest, QgsVectorFileWriter, QgsVectorLayer
from shapely.geometry import box

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.processing.product_rows import read_product
from tests.support.found import layer_of
from tests.unit.catalogue.stac_api import make_profile

# The last minutes of a year, in UTC: in Paris and in Nouméa it is the next one already.
WHEN = datetime(2022, 12, 31, 23, 50, 30, tzinfo=timezone.utc)
FORMATS = {
    "gpkg": "GPKG",
    "fgb": "FlatGeobuf",
    "geojson": "GeoJSON",
    "shp": "ESRI Shapefile",
    "csv": "CSV",
    "gml": "GML",
    "sqlite": "SQLite",
}


def product() -> Product:
    """One with more of assets than a Shapefile keeps, and an id that looks like a number."""
    assets = tuple(
        Asset(key, f"https://s.example/{key}{'x' * 200}.tif", "image/tiff", ("data",))
        for key in ("src_xs", "src_pan")
    )
    return Product(
        "essai", "c0", "spot-6-7-drs", "201805051026429", box(-1, 43, 0, 44), WHEN,
        platform="spot-7", cloud_cover=4.5, assets=assets,
    )  # fmt: skip


def saved(layer: QgsVectorLayer, path: Path, driver: str) -> QgsVectorLayer:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    if driver == "CSV":
        options.layerOptions = ["GEOMETRY=AS_WKT"]
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), layer.transformContext(), options)
    return QgsVectorLayer(str(path), path.stem, "ogr")


def said(layer: QgsVectorLayer, asked: list[Any]) -> dict[str, Any]:
    def fetch_product(key: Any, cancel: Any = None) -> Product:
        asked.append(key)
        return product()

    service = SimpleNamespace(
        profile=make_profile("http://127.0.0.1:9"), fetch_product=fetch_product
    )
    before = len(asked)
    found = read_product(next(layer.getFeatures()), service)  # type: ignore[arg-type]
    return {
        "id": found.id,
        "moment": found.datetime.isoformat() if found.datetime else None,
        "credit": found.credit,
        "cloud": found.cloud_cover,
        "assets": sorted(a.key for a in found.assets),
        "asked": len(asked) - before,
    }


def read_back() -> dict[str, Any]:
    """What each kind of file gives back; its layers end here, before QGIS does."""
    folder, asked = Path(tempfile.mkdtemp()), list[Any]()
    layer = layer_of([product()], Holding.HELD)
    found = {"memory": said(layer, asked)}
    for suffix, driver in FORMATS.items():
        first = saved(layer, folder / f"first.{suffix}", driver)
        found[suffix] = said(first, asked)
        if suffix in ("gpkg", "shp"):  # a temporary layer takes no objects
            found[f"{suffix} in memory"] = said(first.materialize(QgsFeatureRequest()), asked)
        if suffix in ("fgb", "shp", "gml"):
            again = saved(first, folder / f"again_{suffix}.gpkg", "GPKG")
            found[f"{suffix}, then gpkg"] = said(again, asked)
    return found


def main() -> None:
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    print(json.dumps(read_back()))
    sys.stdout.flush()
    application.exitQgis()


main()
