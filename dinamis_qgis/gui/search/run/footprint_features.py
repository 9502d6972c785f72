"""Footprints made ready by the worker: on the GUI thread each call into QGIS would wait for the
threads that are busy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsFeature, QgsGeometry

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.gui.search.map import footprint_style
from dinamis_qgis.gui.search.map.footprint_paths import with_short_edges

Look = Callable[[Product], str]
"""The category of a product: see ``footprint_style.look_of``."""


@dataclass(frozen=True)
class Outline:
    """A product's footprint (shapely, EPSG:4326), its west, south, east and north, and its feature
    for the map's layer.
    """

    key: tuple[str, str, str, str]
    footprint: Any
    bounds: tuple[float, float, float, float]
    look: str
    feature: QgsFeature


def product_outlines(products: Iterable[Product], look: Look) -> list[Outline]:
    """In any thread; a product without a footprint has none."""
    found = []
    for product in products:
        if product.footprint is None:
            continue
        shape = QgsGeometry()
        shape.fromWkb(product.footprint.wkb)
        kind = look(product)
        feature = QgsFeature()
        feature.setGeometry(with_short_edges(shape))
        feature.setAttributes([kind, footprint_style.date_label(product), name_of(product.key)])
        found.append(
            Outline(product.key, product.footprint, product.footprint.bounds, kind, feature)
        )
    return found


def name_of(key: tuple[str, str, str, str]) -> str:
    """A product's key as an attribute."""
    return "\n".join(key)
