"""A layer of products as ``dinamis:searchproducts`` writes it."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsFeature, QgsFields, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.catalogue.record import FIELDS, record
from dinamis_qgis.processing.headless import make_field


def layer_of(products: Iterable[Product], holding: Holding) -> QgsVectorLayer:
    """In memory, EPSG:4326."""
    fields = QgsFields()
    for name, kind in FIELDS.items():
        fields.append(make_field(name, kind))
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "found", "memory")
    layer.dataProvider().addAttributes(list(fields))
    layer.updateFields()
    for product in products:
        row = record(product, 1.0, holding)
        if product.datetime is not None:
            row["datetime"] = QDateTime.fromMSecsSinceEpoch(
                int(product.datetime.timestamp() * 1000), Qt.TimeSpec.UTC
            )
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row[name] for name in fields.names()])
        if product.footprint is not None:
            feature.setGeometry(QgsGeometry.fromWkt(product.footprint.wkt))
        layer.dataProvider().addFeature(feature)
    return layer
