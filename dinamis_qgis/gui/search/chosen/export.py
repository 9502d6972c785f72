"""The footprints as a layer of one's own: written to a file (GeoPackage or GeoJSON) and, when
wanted, put in the project.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorFileWriter, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtWidgets import QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.layers.map_view import of_project
from dinamis_qgis.core.catalogue.record import FIELDS, record
from dinamis_qgis.core.files import replace_atomically, why_not_written
from dinamis_qgis.core.rasters import check_writing
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.map import footprint_style
from dinamis_qgis.gui.widgets.product_text import ResultRow, holding_of

if TYPE_CHECKING:
    from dinamis_qgis.core.account.model import Account
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.profile.model import Profile

TYPES = {str: "string(0,0)", float: "double(0,0)", bool: "bool", datetime: "datetime"}
DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON"}
NAME = "emprises"
BATCH = 500


def ask_path(parent: QWidget, folder: str) -> Path | None:
    """Where to write: a path whose suffix is one of ``DRIVERS``; None when given up."""
    offered = str(Path(folder or Path.home()) / f"{NAME}.gpkg")
    return ask_file(
        parent,
        tr("Export the footprints"),
        offered,
        {".gpkg": "GeoPackage", ".geojson": "GeoJSON"},
        tuple(DRIVERS),
    )


def export_rows(
    context: Any,
    rows: Sequence[ResultRow],
    path: Path,
    done: Callable[[Path], None],
    parent: Any = None,
) -> tasks.Job:
    """Write ``rows`` to ``path`` in the background; what goes wrong is shown, ``done(path)``
    otherwise.
    """
    profile, account = context.profile, context.account
    return tasks.run(
        lambda job: write_rows(rows, path, profile, account, job.cancel),
        done=done,
        parent=parent,
        title="export",
    )


def write_rows(
    rows: Sequence[ResultRow],
    path: Path,
    profile: Profile | None,
    account: Account | None,
    cancel: Cancel,
) -> Path:
    """In any thread.

    Whole or not at all: an existing file is replaced only by a finished one. Raises DinamisError,
    Cancelled.
    """
    fields = [f"field={name}:{TYPES[kind]}" for name, kind in FIELDS.items() if name != "assets"]
    uri = "&".join(
        [
            "MultiPolygon?crs=EPSG:4326",
            *fields,
            "field=credit:string(0,0)",
            "field=look:string",
            "field=label:string",
        ]
    )
    layer = QgsVectorLayer(uri, NAME, "memory")
    for start in range(0, len(rows), BATCH):
        cancel.check()
        layer.dataProvider().addFeatures(
            [_row_feature(row, layer, profile, account) for row in rows[start : start + BATCH]]
        )
    layer.updateExtents()
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = DRIVERS[path.suffix.lower()]
    options.layerName = NAME
    options.fileEncoding = "UTF-8"
    context = QgsProject.instance().transformContext()
    with replace_atomically(path) as part, check_writing(part):
        error, said, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(part), context, options
        )
        if error != QgsVectorFileWriter.WriterError.NoError or _count_features(part) != len(rows):
            raise OSError(why_not_written(part).errno, said)
    return path


def _count_features(path: Path) -> int:
    """How many features can be read back: writers close a file on a full disk without a word."""
    from osgeo import ogr

    source = ogr.Open(str(path))
    return (
        sum(1 for _ in source.GetLayer(0)) if source is not None and source.GetLayerCount() else -1
    )


def _row_feature(
    row: ResultRow, layer: QgsVectorLayer, profile: Profile | None, account: Account | None
) -> QgsFeature:
    product = row.product
    holding = holding_of(profile, account, product)
    values = record(product, row.coverage, holding)
    values.pop("assets", None)
    if product.datetime is not None:
        values["datetime"] = QDateTime.fromMSecsSinceEpoch(
            int(product.datetime.timestamp() * 1000), Qt.TimeSpec.UTC
        )
    look = footprint_style.look_of(product, values["licensed"] is False, False)
    feature = QgsFeature(layer.fields())
    feature.setAttributes(
        [*values.values(), product.credit or None, look, footprint_style.date_label(product)]
    )
    if product.footprint is not None:
        shape = QgsGeometry()
        shape.fromWkb(product.footprint.wkb)
        shape.convertToMultiType()
        feature.setGeometry(shape)
    return feature


def to_project(
    context: Any,
    rows: Sequence[ResultRow],
    done: Callable[[QgsVectorLayer], None],
    parent: Any = None,
) -> tasks.Job:
    """A layer of the project over a GeoPackage kept with the plugin's data: it is there when the
    project is opened again.
    """
    folder = Path(context.paths.home) / "footprints"
    with suppress(OSError):  # writing tells why
        folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-{datetime.now(timezone.utc):%Y%m%d-%H%M%S-%f}.gpkg"

    def add(written: Path) -> None:
        layer = QgsVectorLayer(f"{written}|layername={NAME}", tr("DINAMIS footprints"), "ogr")
        footprint_style.apply_symbols(layer)
        QgsProject.instance().addMapLayer(layer)
        done(layer)

    return of_project(export_rows(context, rows, path, add, parent))


def tell_export(count: int, path: Path) -> None:
    """Say how many are where; a layer of the project over that file shows them."""
    for layer in QgsProject.instance().mapLayers().values():
        if Path(layer.source().partition("|")[0]) == path:
            layer.dataProvider().reloadData()
            layer.triggerRepaint()
    messages.success(tr("%n footprint(s) written to “{path}”.", n=count).format(path=path.name))
