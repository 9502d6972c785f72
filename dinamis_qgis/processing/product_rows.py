"""Features of a search's output as products again, after whatever format they went through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.json_values import read_datetime

if TYPE_CHECKING:
    from qgis.core import QgsFeature

    from dinamis_qgis.core.catalogue.model import Product
    from dinamis_qgis.core.service import OpenService

SHORTEST = 10
"""Characters of a field name that a Shapefile keeps."""


def read_product(feature: QgsFeature, service: OpenService) -> Product:
    """The product a feature was made of.

    Asked for again by its ids where the feature no longer says which files it has. Raises
    DinamisError where it cannot be had.
    """
    from shapely import wkb

    from dinamis_qgis.core.catalogue.record import is_whole, product_from_record

    row = read_row(feature)
    shape = wkb.loads(bytes(feature.geometry().asWkb())) if feature.hasGeometry() else None
    product = product_from_record(row, shape, service.profile)
    if is_whole(row) or not (product.id and product.catalogue):
        return product
    return service.fetch_product((product.catalogue, product.collection, product.id))


def read_row(feature: QgsFeature) -> dict[str, Any]:
    """The fields of ``record.FIELDS`` by name, of the types they were written with; None is
    unknown.
    """
    from dinamis_qgis.core.catalogue.record import FIELDS

    names = [name.lower() for name in feature.fields().names()]
    row: dict[str, Any] = {}
    for name, kind in FIELDS.items():
        index = next((names.index(n) for n in (name, name[:SHORTEST]) if n in names), -1)
        value = feature.attribute(index) if index >= 0 else None
        row[name] = _as_written(value, kind)
    return row


def _as_written(value: Any, kind: type) -> Any:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if kind is datetime:
        return read_moment(value)
    if kind is str and isinstance(value, (Mapping, list)):
        return json.dumps(value)
    if kind is str and not isinstance(value, str):
        return f"{value:.0f}" if isinstance(value, float) else str(value)
    return value


def read_moment(value: Any) -> datetime | None:
    """A moment in UTC, of a date and time of Qt, or of its text.

    Moments are written in UTC. Files do not keep that, or QGIS does not read it: a time that says
    nothing of its zone is one of UTC, whatever the machine's own.
    """
    from qgis.PyQt.QtCore import QDate, QDateTime, Qt

    if isinstance(value, QDate):
        value = QDateTime(value, QDateTime.fromMSecsSinceEpoch(0, Qt.TimeSpec.UTC).time())
    if isinstance(value, QDateTime):
        if not value.isValid():
            return None
        if value.timeSpec() == Qt.TimeSpec.LocalTime:
            date, time = value.date(), value.time()
            return datetime(
                date.year(),
                date.month(),
                date.day(),
                time.hour(),
                time.minute(),
                time.second(),
                1000 * time.msec(),
                timezone.utc,
            )
        return datetime.fromtimestamp(value.toMSecsSinceEpoch() / 1000, timezone.utc)
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value
    return read_datetime(_as_rfc3339(value)) if isinstance(value, str) else None


def _as_rfc3339(text: str) -> str:
    """``2023/07/01 10:20:30.123+00``, as Shapefiles and CSV have it, in the words of RFC 3339."""
    text = text.strip().replace("/", "-")
    return f"{text}:00" if len(text) > 13 and text[-3] in "+-" else text
