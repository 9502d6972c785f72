"""Before and after at a place: the pair of products that shows best what a day changed, found,
opened and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QDate
from qgis.PyQt.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.geometry.extent import extent_area
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.account.model import Holding, holding
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.change.pair import best_pair
from dinamis_qgis.core.errors import Action, DinamisError, InvalidInput
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

REACH = 0.35
"""Share of the view's smaller side that is looked at around the place."""
KEY = "before-after"
"""Of the message while a pair is on its way."""


class DayDialog(QDialog):
    """Which day the change happened."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Before / after here"))
        explanation = QLabel(
            tr(
                "The two best images around this day are opened: clear, alike in season, both "
                "showing the place."
            )
        )
        explanation.setWordWrap(True)
        self.day = pass_wheel_on(QDateEdit(QDate.currentDate().addMonths(-1)))
        self.day.setCalendarPopup(True)
        form = QFormLayout()
        form.addRow(tr("Day of the event"), self.day)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
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


def ask_for_day(context: Context, place: QgsPointXY) -> None:
    """Ask for the day, then compare."""
    dialog = DayDialog(context.iface.mainWindow())
    if dialog.exec():
        before_after(context, place, dialog.chosen())


def before_after(context: Context, place: QgsPointXY, day: date) -> None:
    """Find the best pair around ``place`` (map coordinates) and compare it; everything slow in the
    background.
    """
    if context.profile is None:
        return
    canvas = context.iface.mapCanvas()
    view = canvas.extent()
    reach = REACH * min(view.width(), view.height())
    box = QgsRectangle(place.x() - reach, place.y() - reach, place.x() + reach, place.y() + reach)
    area = extent_area(
        box, canvas.mapSettings().destinationCrs(), QgsProject.instance().transformContext()
    )
    _begin_pair(context).find(area, day)


def open_pair(context: Context, pair: Sequence[Product]) -> None:
    """Each as a layer (those that are there already are used), then compared."""
    _begin_pair(context).open(pair)


def stop_coming() -> None:
    """Give up the pair that is on its way, if any."""
    if _now:
        _now[0].stop()


def _begin_pair(context: Context) -> _Coming:
    stop_coming()
    _now.append(_Coming(context))
    return _now[0]


class _Coming:
    """A pair on its way: looked for, opened, compared.

    Says so meanwhile, with a way to give up; there is one at a time.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._jobs: list[tasks.Job] = []
        self._layers: dict[int, str] = {}

    def stop(self) -> None:
        """Give up."""
        for job in self._jobs:
            job.stop()
        self._end()

    def _end(self) -> None:
        messages.dismiss_message(KEY)
        if self in _now:
            _now.remove(self)

    def _say(self, text: str) -> None:
        messages.show_progress(text, (tr("Cancel"), self.stop), KEY)

    def _failed(self, error: DinamisError, again: Callable[[], None]) -> None:
        self.stop()
        messages.show(error, again)

    def find(self, area: Any, day: date) -> None:
        """The best pair over ``area`` (WGS 84) around ``day``, then as ``open``."""
        context, profile = self._context, self._context.profile
        if profile is None:
            self._end()
            return
        connection, account = context.connection(), context.account
        titles = {catalogue.id: catalogue.title for catalogue in profile.catalogues}

        def work(job: tasks.Job) -> tuple[tuple[Product, Product], list[str]]:
            found: list[Product] = []
            errors: dict[str, DinamisError] = {}
            for page in connection.search(Query(area=area), job.cancel):
                found += [
                    p
                    for p in page.products
                    if holding(profile, account, p.licence) is not Holding.MISSING
                ]
                if page.error is not None:
                    errors[titles.get(page.catalogue, page.catalogue)] = page.error
            pair = best_pair(found, area, day) if area is not None else None
            if pair is None:
                raise _no_pair(errors)
            return pair, list(errors)

        def done(result: tuple[tuple[Product, Product], list[str]]) -> None:
            self.open(*result)

        def failed(error: DinamisError) -> None:
            self._failed(error, lambda: _begin_pair(context).find(area, day))

        self._say(tr("Looking for an image before this day and one after it…"))
        self._jobs.append(
            tasks.run(work, done=done, failed=failed, parent=context, title="before after")
        )

    def open(self, pair: Sequence[Product], silent: Sequence[str] = ()) -> None:
        """Each as a layer, then compared; ``silent`` names the catalogues that did not answer."""
        from dinamis_qgis.bridge.layers.add import add_product

        context = self._context

        def arrived(number: int, layer: QgsRasterLayer) -> None:
            self._layers[number] = layer.id()
            if len(self._layers) == len(pair):
                self._end()
                self._compare(silent)

        def failed(error: DinamisError) -> None:
            self._failed(error, lambda: (gateways(context).refresh(), open_pair(context, pair)))  # type: ignore[func-returns-value]

        self._say(tr("Opening the two images…"))
        for number, product in enumerate(pair):
            known = _layer_of(product)
            if known is not None:
                arrived(number, known)
            else:
                self._jobs.append(
                    add_product(context, product, done=partial(arrived, number), failed=failed)
                )
        messages.log(f"before / after: {pair[0].id}, {pair[1].id}")

    def _compare(self, silent: Sequence[str]) -> None:
        first, second = (QgsProject.instance().mapLayer(self._layers[number]) for number in (0, 1))
        if first is None or second is None:
            messages.info(
                tr("One of the two images was removed meanwhile: there is nothing to compare.")
            )
            return
        from dinamis_qgis.compare.swipe import compare_layers

        compare_layers(self._context, first, second)
        if silent:
            text = tr("Did not answer: {names}. Better images of this place may be there.")
            messages.info(text.format(names=", ".join(silent)), seconds=15)


_now: list[_Coming] = []
"""The pair on its way: at most one."""


def _no_pair(errors: Mapping[str, DinamisError]) -> DinamisError:
    """Nothing was found; ``errors`` by the titles of the catalogues that did not answer."""
    message = tr("No pair of images shows this place before and after that day.")
    if not errors:
        return InvalidInput(
            message, tr("Choose another day, or request an acquisition here."), code="no-pair"
        )
    return DinamisError(
        message,
        tr("But these did not answer: {names}.").format(names=", ".join(errors)),
        code="no-pair",
        action=Action.RETRY,
        details="\n".join(
            f"{name}: {error.code} {error.details}" for name, error in errors.items()
        ),
    )


def _layer_of(product: Product) -> QgsRasterLayer | None:
    wanted = {"catalogue": product.catalogue, "collection": product.collection, "item": product.id}
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsRasterLayer) and all(
            layer.customProperty(f"dinamis/{k}") == v for k, v in wanted.items()
        ):
            return layer
    return None
