"""The chosen products: lit on the map, and what is done with them.

The plan and the export live here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    pyqtSignal,
)
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layers.add import add_mosaic
from dinamis_qgis.bridge.layers.gateway import prepare_soon
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.catalogue.plan import Plan
from dinamis_qgis.core.errors import Action, Cancelled, DinamisError, InvalidInput
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.layers.presets import PresetMenu
from dinamis_qgis.gui.search.chosen import actions, export
from dinamis_qgis.gui.search.chosen.card_menu import card_menu
from dinamis_qgis.gui.search.chosen.mosaic import Mosaic
from dinamis_qgis.gui.search.chosen.plan_bar import PlanBar
from dinamis_qgis.gui.search.map.map import OnMap
from dinamis_qgis.gui.search.map.preview import Previewing
from dinamis_qgis.gui.search.results.bars import SearchNotice, SelectionBar
from dinamis_qgis.gui.search.results.delegate import ProductCardDelegate
from dinamis_qgis.gui.search.results.model import Key, ResultsModel
from dinamis_qgis.gui.search.results.view import ResultsView
from dinamis_qgis.gui.widgets.product_text import ResultRow

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class Choosing(QObject):
    """Ties list, map and the bars below the list together.

    ``seen()`` says whether the panel is on screen.
    """

    changed = pyqtSignal()
    """Others are chosen."""
    busy_changed = pyqtSignal()

    def __init__(
        self,
        context: Any,
        model: ResultsModel,
        view: ResultsView,
        delegate: ProductCardDelegate,
        on_map: OnMap,
        parent: Any,
    ) -> None:
        super().__init__(parent)
        self._context, self._model, self._view, self._map, self._panel = (
            context,
            model,
            view,
            on_map,
            parent,
        )
        self.bar, self.licence, self.plan = SelectionBar(), SearchNotice(), PlanBar()
        self.previewing = Previewing(on_map.drape, view, model, self.busy_changed.emit)
        self._hovered: Key | None = None
        self._pending: set[tasks.Job] = set()
        self._comparison: actions.ComparisonAction | None = None
        self._mosaic: Mosaic | None = None
        view.selectionModel().selectionChanged.connect(self.show)
        view.doubleClicked.connect(
            lambda index: self._map.zoom([product.key for product in self._at(index)])
        )
        view.hovered.connect(self._hover)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._pop_up)
        self.menu: QMenu | None = None
        view.add_wanted.connect(self.add)
        delegate.add_clicked.connect(lambda index: self.add(self._at(index)))
        delegate.download_clicked.connect(lambda index: self.download(self._at(index)))
        delegate.page_clicked.connect(lambda index: self._open_pages(self._at(index)))
        on_map.footprints.clicked.connect(lambda key, more: self.select([key], more))
        self.bar.add.clicked.connect(lambda: self.add())
        self.bar.add.setMenu(PresetMenu(context, self.selected, self._wait_for, self.bar))
        self.bar.add.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.bar.download.clicked.connect(lambda: self.download())
        self.bar.compare.toggled.connect(self._compare)
        self.plan.planned.connect(self._planned)
        self.plan.busy.connect(self.busy_changed)
        self.plan.load_wanted.connect(self._load_mosaic)

    # which

    def selected(self) -> list[Product]:
        """The chosen products, in the list's order."""
        ranges = sorted(self._view.selectionModel().selection(), key=lambda part: part.top())
        return [
            row.product for part in ranges for row in self._model.slice(part.top(), part.bottom())
        ]

    def count(self) -> int:
        """How many are chosen."""
        return sum(part.height() for part in self._view.selectionModel().selection())

    def select(self, keys: Sequence[Key], more: bool = False) -> None:
        """Choose products in the list and bring the first one into view."""
        flags = QItemSelectionModel.SelectionFlag
        self._model.reveal(keys)
        for number, key in enumerate(keys):
            index = self._model.index_of(key)
            if not index.isValid():
                continue
            flag = flags.Toggle if more else flags.Select if number else flags.ClearAndSelect
            self._view.selectionModel().setCurrentIndex(index, flag)
            if not number:
                self._view.scrollTo(index)

    def rearrange(self, change: Callable[[], None]) -> None:
        """Do ``change`` to the list as a whole; what was chosen is chosen after it."""
        keys = {product.key for product in self.selected()}
        current = self._model.row(self._view.currentIndex())
        change()
        self._model.reveal(keys)
        if keys:
            choice = QItemSelection()
            for first, last in self._model.runs_of(keys):
                choice.select(self._model.index(first), self._model.index(last))
            self._view.selectionModel().select(
                choice, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        if current is not None:
            index = self._model.index_of(current.product.key)
            self._view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _at(self, index: QModelIndex) -> list[Product]:
        row = self._model.row(index)
        return [row.product] if row else []

    def show(self, *_: object) -> None:
        """What can be done with them, and their footprints."""
        products = self.selected()
        # Rights go by licence and catalogue: of many products, one of each is asked (and three
        # more, so that it is not two by chance).
        few = (
            products
            if len(products) < 3
            else [*{(p.catalogue, p.licence): p for p in products}.values(), *products[:3]]
        )
        self.bar.set_reasons(*actions.why_not(few, self._model.holding, self._model.reach))
        if self.bar.compare.isChecked():
            self.bar.compare.setEnabled(True)  # to end it
        open_to_us = self._explain(few)
        self._map.footprints.light((p.key for p in products), self._hovered)
        prepare_soon(self._context, products if open_to_us else [])
        self.changed.emit()

    def _explain(self, products: Sequence[Product]) -> bool:
        """Below the list, what stands in the way of the chosen products, and the way out; True
        where nothing does.
        """
        missing = next((p for p in products if self._model.holding(p) is Holding.MISSING), None)
        shut = next((p for p in products if self._model.reach(p).elsewhere), None)
        if missing is not None:
            ask = partial(
                self._context.contact_relay, tr("Licence for {product}").format(product=missing.id)
            )
            self.licence.say(
                self._model.licence_text(missing), messages.button_label(Action.CONTACT_RELAY), ask
            )
        elif shut is not None:
            found = self._model.reach(shut)
            label = tr("Open its page") if found.page else ""
            self.licence.say(found.add, label, partial(actions.open_page, found.page))
        else:
            self.licence.say("")
        return missing is None and not any(self._model.reach(p).add for p in products)

    # the menu of a card

    @property
    def context(self) -> Any:
        """Of the window."""
        return self._context

    def reasons(self, products: Sequence[Product]) -> tuple[str, str, str]:
        """Why adding, downloading and comparing cannot be done; empty where they can."""
        return actions.why_not(products, self._model.holding, self._model.reach)

    def missing(self, products: Sequence[Product]) -> Product | None:
        """The first whose licence the account does not hold."""
        return next((p for p in products if self._model.holding(p) is Holding.MISSING), None)

    def ask_licence(self, product: Product) -> None:
        """Write to the relay about a licence."""
        self._context.contact_relay(tr("Licence for {product}").format(product=product.id))

    def page_of(self, product: Product) -> str:
        """The page a product has at its catalogue."""
        return self._model.reach(product).page

    def zoom(self, products: Sequence[Product]) -> None:
        """The map to them."""
        self._map.zoom([product.key for product in products])

    def wait_for(self, jobs: Sequence[tasks.Job]) -> None:
        """Work that was begun for what is chosen."""
        self._wait_for(jobs)

    def _pop_up(self, position: QPoint) -> None:
        """Of the card under the mouse, which is chosen by this, or of all that are."""
        index = self._view.indexAt(position)
        if index.isValid() and not self._view.selectionModel().isSelected(index):
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._view.selectionModel().setCurrentIndex(index, flag)
        if self.selected():
            self.menu = card_menu(self, self._view)
            self.menu.popup(self._view.viewport().mapToGlobal(position))

    def _hover(self, key: Key | None) -> None:
        self._hovered = key
        self._map.footprints.hover(key)

    # what

    def add(self, products: list[Product] | None = None) -> None:
        """On the map."""
        self._wait_for(
            actions.add_to_map(self._context, self.selected() if products is None else products)
        )

    def download(self, products: list[Product] | None = None) -> None:
        """Home."""
        chosen = self.selected() if products is None else products
        actions.start_download(self._context, chosen, self._map.area)

    def _open_pages(self, products: list[Product]) -> None:
        for product in products:
            actions.open_page(self._model.reach(product).page)

    def _compare(self, on: bool) -> None:
        if self._comparison is not None:
            self._comparison.stop()
            self._comparison = None
        if on:
            off = partial(self.bar.compare.setChecked, False)
            self._comparison = actions.ComparisonAction(self._context, self.selected(), off)
            self._wait_for(self._comparison.jobs)
        self._map.set_visible(
            self._panel.isVisible() and not on
        )  # only the two images are looked at
        self.show()

    def export(self, into_project: bool) -> None:
        """The footprints of those chosen, or of all with fewer than two."""
        chosen = {product.key for product in self.selected()}
        rows: list[ResultRow] = list(self._model.rows())
        if len(chosen) > 1:
            rows = [row for row in rows if row.product.key in chosen]
        if into_project:
            self._wait_for([export.to_project(self._context, rows, lambda _: None, self)])
            return
        path = export.ask_path(self._panel, self._context.settings.download_folder)
        if path is not None:
            self._wait_for(
                [
                    export.export_rows(
                        self._context, rows, path, partial(export.tell_export, len(rows)), self
                    )
                ]
            )

    # the plan

    def make_plan(self, area: BaseGeometry | None, complete: bool = True) -> None:
        """For ``area``, with the products of the list that may be used; ``complete``: the list
        holds all there are.
        """
        if area is None:
            return
        usable = [row.product for row in self._model.rows() if self._model.usable(row.product)]
        locked = sum(
            self._model.holding(row.product) is Holding.MISSING for row in self._model.rows()
        )
        self.plan.run(usable, area, locked, complete)

    def _planned(self, plan: Plan | None) -> None:
        """The scenes are chosen in the list and lit on the map, the gaps hatched."""
        self._map.gaps.show(plan.gap if plan else None)
        if plan is not None:
            self.select([product.key for product in plan.products])

    def _load_mosaic(self, products: list[Product]) -> None:
        """One layer; where the scenes do not go together (projection, bands), a group of layers,
        the best on top.
        """
        if len(products) < 2:
            self.add(products)
            return

        def failed(error: DinamisError) -> None:
            if isinstance(error, InvalidInput):
                self._load_group(products)
            elif not isinstance(error, Cancelled):
                messages.show(error)

        self._wait_for([add_mosaic(self._context, products, failed=failed)])

    def _load_group(self, products: list[Product]) -> None:
        self._mosaic = Mosaic(self._context, products, self)
        self._mosaic.ended.connect(self.busy_changed)
        self._mosaic.start()
        self.busy_changed.emit()

    # what is on its way

    @property
    def busy(self) -> bool:
        """Layers, a preview, a plan or a file are on their way."""
        mosaic = self._mosaic is not None and self._mosaic.running
        return bool(self._pending) or self._map.drape.loading or self.plan.job is not None or mosaic

    def stop(self) -> None:
        """QGIS lets go of the plugin."""
        self.plan.stop()
        if self._mosaic is not None:
            self._mosaic.stop()
        self.bar.compare.setChecked(False)

    def _wait_for(self, jobs: Sequence[tasks.Job]) -> None:
        for job in jobs:
            self._pending.add(job)
            job.ended.connect(self._came)
        self.busy_changed.emit()

    @contain_faults()
    def _came(self) -> None:
        """A job has ended, whichever."""
        self._pending = {job for job in self._pending if not job.finished}
        self.busy_changed.emit()
