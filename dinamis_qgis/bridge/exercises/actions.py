"""What the plugin can do in place of a trainee: *Do it for me*."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsPointXY,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtWidgets import QAbstractButton

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.exercises.state import (
    Values,
    credits_shown,
    find_widget,
    search_panel_of,
)
from dinamis_qgis.bridge.geometry.extent import canvas_area
from dinamis_qgis.bridge.plain_text import without_expressions
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.exercises.model import Deed
from dinamis_qgis.core.text import tr


def perform_action(context: Context, action: Deed) -> None:
    """Begin the gesture; what takes time goes on in the background. Raises InvalidInput."""
    ACTIONS[action.name](context, action.values)


def _not_yet() -> InvalidInput:
    return InvalidInput(
        tr("This cannot be done yet."),
        tr("Do the steps before it first, or go back one step."),
        code="exercise-step",
    )


def _click_widgets(_: Context, values: Values) -> None:
    for name in values["widgets"]:
        widget = find_widget(name)
        if not isinstance(widget, QAbstractButton) or not widget.isEnabled():
            raise _not_yet()
        if not widget.isChecked():
            widget.click()


def _move_map(context: Context, values: Values) -> None:
    canvas = context.iface.mapCanvas()
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        canvas.mapSettings().destinationCrs(),
        QgsProject.instance().transformContext(),
    )
    half = 0.45 * values["width_km"] / (111.32 * math.cos(math.radians(values["lat"])))
    around = QgsRectangle.fromCenterAndSize(
        QgsPointXY(values["lon"], values["lat"]), 2 * half, half
    )
    # the canvas widens what does not have its proportions: a flat one is never widened
    extent = transform.transformBoundingBox(around)
    canvas.setExtent(_as_wide_as(canvas, extent))
    canvas.refresh()


def _as_wide_as(canvas: Any, extent: QgsRectangle) -> QgsRectangle:
    """``extent`` with its width kept and the canvas's proportions."""
    share = canvas.height() / max(1, canvas.width())
    return QgsRectangle.fromCenterAndSize(extent.center(), extent.width(), extent.width() * share)


def _set_period(context: Context, values: Values) -> None:
    panel = search_panel_of(context)
    if panel is None:
        raise _not_yet()
    panel.query_bar.set_period(date(values["first_year"], 1, 1), date(values["last_year"], 12, 31))
    panel.search()


def _choose_products(context: Context, values: Values) -> None:
    """The newest usable product; of two, the oldest one too."""
    panel = search_panel_of(context)
    usable = [] if panel is None else _usable_products(context, panel, values)
    if len(usable) < values["count"]:
        raise _not_yet()
    chosen = [usable[-1], usable[0]][: values["count"]]
    panel.select([product.key for product in chosen])


def _usable_products(context: Context, panel: Any, values: Values) -> list[Product]:
    """Products that the account may use, oldest first.

    Those over the whole map only, where there are enough of them.
    """
    area, most = canvas_area(context.iface.mapCanvas()), values.get("gsd_max_m")
    found: Sequence[Product] = [
        product
        for product in context.results()
        if product.day is not None
        and panel.model.holding(product) is not Holding.MISSING
        and (most is None or (product.gsd is not None and product.gsd <= most))
    ]
    whole = [
        product
        for product in found
        if product.footprint is not None and product.footprint.buffer(1e-9).covers(area)
    ]
    chosen = whole if len(whole) >= values["count"] else found
    return sorted(chosen, key=lambda product: str(product.day))


def _end_comparison(_: Context, values: Values) -> None:
    bar: Any = find_widget("dinamisCompareBar")
    if bar is None:
        raise _not_yet()
    bar.close_button.click()


def _make_layout(context: Context, _: Values) -> None:
    """An A4 page with the map and the credits below it."""
    credits = sorted(credits_shown())
    if not credits:
        raise _not_yet()
    project = QgsProject.instance()
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(project.layoutManager().generateUniqueTitle())
    shown = QgsLayoutItemMap(layout)
    shown.attemptSetSceneRect(QRectF(10, 10, 277, 180))  # millimetres
    shown.setExtent(context.iface.mapCanvas().extent())
    label = QgsLayoutItemLabel(layout)
    label.setText(without_expressions(" – ".join(credits)))
    label.attemptSetSceneRect(QRectF(10, 192, 277, 10))
    for item in (shown, label):
        layout.addLayoutItem(item)
    project.layoutManager().addLayout(layout)


ACTIONS: Mapping[str, Callable[[Context, Values], None]] = {
    "click": _click_widgets,
    "make_layout": _make_layout,
    "end_comparison": _end_comparison,
    "move_map": _move_map,
    "set_period": _set_period,
    "choose_products": _choose_products,
}
"""By the names of ``resources/exercises/schema.json``."""
