"""Before and after at a place: the pair of products that shows best what a day changed, found, opened and compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.extent import extent_area
from dinamis_qgis.compare.entry import compare_layers
from dinamis_qgis.core.account.model import Holding, holding
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.change.pair import best_pair
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

REACH = 0.35
"""Share of the view's smaller side that is looked at around the place."""


class DayDialog(QDialog):
    """Which day the change happened."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Before / after here"))
        explanation = QLabel(tr("The two best images around this day are opened: clear, alike in season, both showing the place."))
        explanation.setWordWrap(True)
        self.day = QDateEdit(QDate.currentDate().addMonths(-1))
        self.day.setCalendarPopup(True)
        form = QFormLayout()
        form.addRow(tr("Day of the event"), self.day)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("Compare"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(explanation)
        rows.addLayout(form)
        rows.addWidget(buttons)
        self.setMinimumWidth(380)

    def chosen(self) -> date:
        """The day."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())


def ask(context: Context, place: QgsPointXY) -> None:
    """Ask for the day, then compare."""
    dialog = DayDialog(context.iface.mainWindow())
    if dialog.exec():
        before_after(context, place, dialog.chosen())


def before_after(context: Context, place: QgsPointXY, day: date) -> tasks.Job | None:
    """Find the best pair around ``place`` (map coordinates) and compare it; everything slow in the background."""
    profile = context.profile
    if profile is None:
        return None
    canvas = context.iface.mapCanvas()
    view = canvas.extent()
    reach = REACH * min(view.width(), view.height())
    box = QgsRectangle(place.x() - reach, place.y() - reach, place.x() + reach, place.y() + reach)
    area = extent_area(box, canvas.mapSettings().destinationCrs(), QgsProject.instance().transformContext())
    http, credentials, account = context.http, context.credentials, context.account

    def work(job: tasks.Job) -> tuple[Product, Product]:
        from dinamis_qgis.core.catalogue.search import search

        found: list[Product] = []
        for page in search(profile, Query(area=area), http, credentials, job.cancel):
            found += [p for p in page.products if holding(profile, account, p.licence) is not Holding.MISSING]
        pair = best_pair(found, area, day) if area is not None else None
        if pair is None:
            raise InvalidInput(
                tr("No pair of images shows this place before and after that day."),
                tr("Choose another day, or request an acquisition here."),
                code="no-pair",
            )
        return pair

    return tasks.run(work, done=lambda pair: open_pair(context, pair), parent=context, title="before after")


def open_pair(context: Context, pair: Sequence[Product]) -> None:
    """Each as a layer (those that are there already are used), then compared."""
    from dinamis_qgis.bridge.layers import add_product

    layers: dict[int, QgsRasterLayer] = {}

    def arrived(number: int, layer: QgsRasterLayer) -> None:
        layers[number] = layer
        if len(layers) == len(pair):
            compare_layers(context, layers[0], layers[1])

    for number, product in enumerate(pair):
        known = _layer_of(product)
        if known is not None:
            arrived(number, known)
        else:
            add_product(context, product, done=lambda layer, number=number: arrived(number, layer))  # type: ignore[misc]
    messages.log(f"before / after: {pair[0].id}, {pair[1].id}")


def _layer_of(product: Product) -> QgsRasterLayer | None:
    wanted = {"catalogue": product.catalogue, "collection": product.collection, "item": product.id}
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and all(layer.customProperty(f"dinamis/{k}") == v for k, v in wanted.items()):
            return layer
    return None
