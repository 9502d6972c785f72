"""The checks of exercises: each looks at what QGIS holds now, never at what was clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDistanceArea,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtWidgets import QApplication, QWidget

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.layers.origin import is_local, origin_of
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.exercises.model import Deed

Values = Mapping[str, Any]
_LAYER_MARGIN = 1.02
"""Warped to the map's system, pixels are not exactly as large as the product says."""


def is_state_reached(context: Context, check: Deed) -> bool:
    """Whether QGIS is as ``check`` asks. GUI thread; nothing is waited for."""
    return CHECKS[check.name](context, check.values)


def search_panel_of(context: Context) -> Any:
    """The search panel of the window; None before it is made."""
    return context.iface.mainWindow().findChild(QWidget, "SearchPanel")


def find_widget(name: str) -> QWidget | None:
    """The visible widget of that object name, in any window."""
    for top in QApplication.topLevelWidgets():
        for widget in [top, *top.findChildren(QWidget, name)]:
            if widget.objectName() == name and widget.isVisible():
                return widget
    return None


def to_degrees(context: Context, point: QgsPointXY) -> QgsPointXY:
    """A point of the map in EPSG:4326 (lon, lat). Raises QgsCsException."""
    return _degrees_of(context).transform(point)


def _degrees_of(context: Context) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(
        context.iface.mapCanvas().mapSettings().destinationCrs(),
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsProject.instance().transformContext(),
    )


def _distance_km(first: QgsPointXY, second: QgsPointXY) -> float:
    """Along the ellipsoid, between points in EPSG:4326."""
    measure = QgsDistanceArea()
    measure.setEllipsoid("EPSG:7030")
    measure.setSourceCrs(
        QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance().transformContext()
    )
    return float(measure.measureLine(first, second)) / 1000


def _is_signed_in(context: Context, _: Values) -> bool:
    return context.account is not None


def _is_map_at(context: Context, values: Values) -> bool:
    extent = context.iface.mapCanvas().extent()
    middle = to_degrees(context, extent.center())
    left = to_degrees(context, QgsPointXY(extent.xMinimum(), extent.center().y()))
    right = to_degrees(context, QgsPointXY(extent.xMaximum(), extent.center().y()))
    place = QgsPointXY(values["lon"], values["lat"])
    return (
        _distance_km(middle, place) <= values["within_km"]
        and _distance_km(left, right) <= values["width_km"]
    )


def _has_results(context: Context, values: Values) -> bool:
    panel = search_panel_of(context)
    ended = panel is not None and panel.searching.job is None
    return bool(ended and len(context.results()) >= values["least"])


def _is_period_searched(context: Context, values: Values) -> bool:
    """The list shows a search of that period, not only a field that was filled in."""
    panel = search_panel_of(context)
    if panel is None or panel.searching.job is not None or panel.searching.tally is None:
        return False
    query = panel.listed
    return (query.start, query.end) == (
        date(values["first_year"], 1, 1),
        date(values["last_year"], 12, 31),
    )


def _are_products_chosen(context: Context, values: Values) -> bool:
    panel = search_panel_of(context)
    if panel is None:
        return False
    chosen = [product for product in panel.selected() if _is_fine_enough(product, values)]
    apart = _years_apart(chosen)
    return bool(len(chosen) >= values["least"] and apart >= values.get("years_apart", 0))


def _is_fine_enough(product: Product, values: Values) -> bool:
    most = values.get("gsd_max_m")
    return most is None or (product.gsd is not None and product.gsd <= most)


def _years_apart(products: Sequence[Product]) -> int:
    years = [product.day.year for product in products if product.day is not None]
    return max(years) - min(years) if years else 0


def _are_layers_present(context: Context, values: Values) -> bool:
    found = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if origin_of(layer) is not None and layer.isValid() and _is_layer_wanted(layer, values)
    ]
    return bool(len(found) >= values["least"])


def _is_layer_wanted(layer: QgsRasterLayer, values: Values) -> bool:
    most = values.get("gsd_max_m")
    if most is not None and (
        layer.crs().isGeographic() or layer.rasterUnitsPerPixelX() > most * _LAYER_MARGIN
    ):
        return False
    return not values.get("downloaded", False) or is_local(layer) or _is_file(layer)


def _is_file(layer: QgsRasterLayer) -> bool:
    return "/vsi" not in layer.source() and "://" not in layer.source()


def credits_shown() -> set[str]:
    """The credits that the project's layers from the catalogue ask for."""
    layers = QgsProject.instance().mapLayers().values()
    found = {str(x.customProperty("dinamis/credit") or "") for x in layers if origin_of(x)}
    return found - {""}


def _has_layout_credit(_: Context, values: Values) -> bool:
    """A print layout has a map, and every credit in its labels."""
    wanted = credits_shown()
    for layout in QgsProject.instance().layoutManager().printLayouts():
        items = layout.items()
        said = " ".join(x.currentText() for x in items if isinstance(x, QgsLayoutItemLabel))
        has_map = any(isinstance(item, QgsLayoutItemMap) for item in items)
        if wanted and has_map and all(credit in said for credit in wanted):
            return True
    return False


def _is_window_shown(_: Context, values: Values) -> bool:
    return find_widget(values["widget"]) is not None


def _is_comparison_open(context: Context, _: Values) -> bool:
    """A comparison has its bar over the map as long as it is open."""
    bar = context.iface.mainWindow().findChild(QWidget, "dinamisCompareBar")
    return bar is not None and bar.isVisible()


def _is_comparison_closed(context: Context, values: Values) -> bool:
    return not _is_comparison_open(context, values)


CHECKS: Mapping[str, Callable[[Context, Values], bool]] = {
    "signed_in": _is_signed_in,
    "map_at": _is_map_at,
    "search_has_results": _has_results,
    "search_period": _is_period_searched,
    "products_chosen": _are_products_chosen,
    "layers_present": _are_layers_present,
    "layout_has_credit": _has_layout_credit,
    "window_shown": _is_window_shown,
    "comparison_open": _is_comparison_open,
    "comparison_closed": _is_comparison_closed,
}
"""By the names of ``resources/exercises/schema.json``."""
