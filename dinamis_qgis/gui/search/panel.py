"""The search tab: the query, the results as they come, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QItemSelectionModel, QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QIcon, QKeyEvent, QShowEvent
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.extent import canvas_area
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.errors import Action, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search import faces, running, selection
from dinamis_qgis.gui.search.bars import Notice, SelectionBar
from dinamis_qgis.gui.search.delegate import CardDelegate
from dinamis_qgis.gui.search.footprints import Footprints
from dinamis_qgis.gui.search.model import Key, ResultsModel
from dinamis_qgis.gui.search.query_bar import QueryBar
from dinamis_qgis.gui.search.states import Choice, StatePage
from dinamis_qgis.gui.search.thumbnails import Thumbnails
from dinamis_qgis.gui.search.view import ResultsView

FIRST = 500
"""Products asked of each catalogue before a person asks for all."""
NEIGHBOURS = 3.0
"""How many times wider the map gets when looking around."""


class SearchPanel(QWidget):
    """``SearchPanel(context)``: ready to search from the start."""

    request_wanted = pyqtSignal(object)
    """Nothing was found: the person wants an acquisition of this area (polygon or multipolygon, EPSG:4326)."""
    searched = pyqtSignal()
    """A search has ended, well or not."""

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SearchPanel")
        self.context = context
        self.model = ResultsModel(self)
        self.thumbnails = Thumbnails(context, self)
        self.footprints = Footprints(context.iface.mapCanvas(), self)
        self.query_bar = QueryBar()
        self.view = ResultsView()
        self.state = StatePage()
        self.partial, self.licence = Notice(), Notice()
        self.status = QLabel()
        self.bar = SelectionBar()
        self.progress = QProgressBar()
        self._job: tasks.Job | None = None
        self._generation = 0
        self._query = Query()
        self._tally: running.Tally | None = None
        self._hovered: Key | None = None
        self._pending: set[tasks.Job] = set()
        self._comparison: selection.Comparison | None = None
        self._build()
        self._connect()
        self._profile_changed()

    # what others may ask

    def search(self) -> None:
        """Search what the map shows, with the filters as they are."""
        self.context.when_open(partial(self._search, FIRST))
        if self.context.profile is None:
            self._opening(0.0, "")

    def cancel(self) -> None:
        """Stop the running search; what arrived stays."""
        if self._job is not None:
            self._job.stop()
            self._ended(cancelled=True)

    def selected(self) -> list[Product]:
        """The chosen products, in the list's order."""
        indexes = sorted(self.view.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [row.product for row in map(self.model.row, indexes) if row is not None]

    def select(self, keys: Sequence[Key], more: bool = False) -> None:
        """Choose products in the list and bring the first one into view."""
        flags = QItemSelectionModel.SelectionFlag
        for number, key in enumerate(keys):
            index = self.model.index_of(key)
            if not index.isValid():
                continue
            flag = flags.Toggle if more else flags.Select if number else flags.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flag)
            if not number:
                self.view.scrollTo(index)

    # building

    def _build(self) -> None:
        icons = (QgsApplication.getThemeIcon("/mActionAddRasterLayer.svg"), QIcon(about.icon_path("download")))
        self.delegate = CardDelegate(self.thumbnails.get, icons, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self.delegate)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self.progress.setAccessibleName(tr("Search running"))
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.state)
        self.stack.addWidget(self.view)
        self.status.setContentsMargins(8, 2, 8, 0)
        flags = Qt.TextInteractionFlag
        self.status.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.query_bar, self.progress, self.partial):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        for widget in (self.licence, self.status, self.bar):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.query_bar.search_wanted.connect(self.search)
        self.query_bar.cancel_wanted.connect(self.cancel)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.doubleClicked.connect(self._zoom)
        self.view.hovered.connect(self._hover)
        self.view.add_wanted.connect(self._add)
        self.delegate.add_clicked.connect(lambda index: self._add(self._at(index)))
        self.delegate.download_clicked.connect(lambda index: self._download(self._at(index)))
        self.bar.add.clicked.connect(lambda: self._add())
        self.bar.download.clicked.connect(lambda: self._download())
        self.bar.compare.toggled.connect(self._compare)
        self.status.linkActivated.connect(lambda _: self._search(None))
        self.footprints.clicked.connect(lambda key, more: self.select([key], more))
        self.thumbnails.arrived.connect(self._picture_arrived)
        self.context.profile_changed.connect(self._profile_changed)
        self.context.account_changed.connect(self._account_changed)
        self.context.opening.connect(self._opening)
        self.context.open_failed.connect(self._open_failed)
        self.context.closing.connect(self._close)

    # the search

    def _search(self, limit: int | None) -> None:
        """Start anew; the running search is cut and its pages are refused from now on."""
        if self._job is not None:
            self._job.stop()
        self._generation = self.model.begin()
        self.footprints.clear()
        self.thumbnails.clear_waiting()
        self.partial.say("")
        try:
            area = canvas_area(self.context.iface.mapCanvas())
        except DinamisError as error:
            self._fail(error)
            return
        self._query = replace(self.query_bar.query(), area=area, limit=limit)
        profile = self.context.profile
        self._tally = running.tally(profile)
        self.query_bar.set_searching(True)
        self._face(tr("Searching…"))
        self.status.setText("")
        self._job = tasks.run(
            running.work(profile, self._query, self.context.http, self.context.credentials),
            arrived=partial(self._arrived, self._generation),
            done=lambda _: self._ended(),
            failed=self._fail,
            parent=self,
            title="search",
        )
        self._show_progress()

    def _arrived(self, generation: int, arrival: running.Arrival) -> None:
        fresh = self.model.append(generation, arrival.rows)
        if generation != self._generation or self._tally is None:
            return
        self._tally.add(arrival.page)
        self.footprints.add(row.product for row in fresh)
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.view)
        self._tell()

    def _ended(self, cancelled: bool = False) -> None:
        """The search is over: as far as it got."""
        self._job = None
        self.query_bar.set_searching(False)
        self._show_progress()
        self._tell()
        if cancelled and not self.model.rowCount():
            self._face(*faces.first())
        elif not self.model.rowCount():
            self._nothing()
        self.searched.emit()

    def _fail(self, error: DinamisError) -> None:
        """The face of an error; what arrived before it stays on screen."""
        self._job = None
        self.query_bar.set_searching(False)
        self._show_progress()
        messages.log(f"search: {error.code} {error.details}")
        if self.model.rowCount():
            self.partial.say(error.sentence(), tr("Try again"), self.search)
        else:
            self._face(*faces.failed(error, self.search))
        self.searched.emit()

    def _tell(self) -> None:
        """How many, how complete, how many chosen."""
        count, chosen = self.model.rowCount(), len(self.view.selectionModel().selectedIndexes())
        parts = []
        if count:
            parts.append(tr("%n product(s)", n=count))
        if self._tally is not None:
            if self._tally.partial:
                self.partial.say(self._tally.partial_text(), tr("Try again"), self.search, self._tally.details())
            if self._tally.more and self._job is None:
                parts.append(f'<a href="all">{tr("show all")}</a>')
        if chosen:
            parts.append(tr("%n chosen", n=chosen))
        self.status.setText(" · ".join(parts))

    # faces

    def _face(self, title: str, text: str = "", choices: Sequence[Choice] = ()) -> None:
        self.state.show_state(title, text, choices)
        self.stack.setCurrentWidget(self.state)
        self._selection_changed()

    def _nothing(self) -> None:
        area = self._query.area
        request = partial(self.request_wanted.emit, area)
        self._face(*faces.nothing(self.query_bar.query(), self._loosen, self._around, request))

    def _loosen(self, query: Query) -> None:
        self.query_bar.set_query(query)
        self.search()

    def _around(self) -> None:
        self.context.iface.mapCanvas().zoomByFactor(NEIGHBOURS)
        self.search()

    # the selection

    def _selection_changed(self, *_: object) -> None:
        products = self.selected()
        self.bar.set_reasons(*selection.reasons(products, self.model.holding))
        if self.bar.compare.isChecked():
            self.bar.compare.setEnabled(True)  # to end it
        missing = next((p for p in products if self.model.holding(p) is Holding.MISSING), None)
        if missing is None:
            self.licence.say("")
        else:
            ask = partial(self.context.contact_relay, tr("Licence for {product}").format(product=missing.id))
            self.licence.say(self.model.licence_text(missing), messages.button_label(Action.CONTACT_RELAY), ask)
        self._light()
        self._tell()

    def _hover(self, key: Key | None) -> None:
        self._hovered = key
        self._light()

    def _light(self) -> None:
        self.footprints.light([p.key for p in self.selected()], self._hovered)

    def _zoom(self, index: QModelIndex) -> None:
        """The map shows the footprint, with some room around it."""
        row = self.model.row(index)
        extent = self.footprints.extent([row.product.key]) if row else None
        if extent is not None:
            canvas = self.context.iface.mapCanvas()
            canvas.setExtent(extent.buffered(0.05 * max(extent.width(), extent.height())))
            canvas.refresh()

    def _at(self, index: QModelIndex) -> list[Product]:
        row = self.model.row(index)
        return [row.product] if row else []

    def _add(self, products: list[Product] | None = None) -> None:
        self._wait_for(selection.add_to_map(self.context, self.selected() if products is None else products))

    def _download(self, products: list[Product] | None = None) -> None:
        selection.download(self.context, self.selected() if products is None else products)

    def _compare(self, on: bool) -> None:
        if self._comparison is not None:
            self._comparison.stop()
            self._comparison = None
        if on:
            off = partial(self.bar.compare.setChecked, False)
            self._comparison = selection.Comparison(self.context, self.selected(), off)
            self._wait_for(self._comparison.jobs)
        self.footprints.set_visible(self.isVisible() and not on)  # only the two images are looked at
        self._selection_changed()

    def _wait_for(self, jobs: Sequence[tasks.Job]) -> None:
        """The thin progress shows while layers are on their way."""
        for job in jobs:
            self._pending.add(job)
            job.ended.connect(partial(self._arrived_layer, job))
        self._show_progress()

    def _arrived_layer(self, job: tasks.Job) -> None:
        self._pending.discard(job)
        self._show_progress()

    def _show_progress(self) -> None:
        self.progress.setVisible(self._job is not None or bool(self._pending))

    def _picture_arrived(self, _href: str) -> None:
        self.view.viewport().update()

    # the rest of QGIS

    def _opening(self, _share: float, text: str) -> None:
        """The first start of the training service takes a while: say what it does."""
        if self.context.profile is None:
            self._face(tr("Preparing…"), text or tr("The service is being opened."))

    def _open_failed(self, error: DinamisError) -> None:
        if self.context.profile is None:
            self._fail(error)

    def _profile_changed(self) -> None:
        """Another service: nothing of the old one stays."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self.query_bar.set_searching(False)
            self._show_progress()
        self._generation = self.model.begin()
        self._tally = None
        self.footprints.clear()
        self.partial.say("")
        self.query_bar.set_profile(self.context.profile)
        self._account_changed()
        self._face(*faces.first())

    def _account_changed(self) -> None:
        self.model.set_account(self.context.profile, self.context.account)
        self.thumbnails.retry_failed()
        self._selection_changed()

    def _close(self) -> None:
        """QGIS lets go of the plugin."""
        if self._job is not None:
            self._job.stop()
        self.thumbnails.stop()
        self.footprints.remove()
        self.bar.compare.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Enter searches, Ctrl+Enter adds what is chosen to the map, Esc cancels the search."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._add()
        elif enter:
            self.search()
        elif event.key() == Qt.Key.Key_Escape and self._job is not None:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """Footprints are on the map while the panel is seen."""
        super().showEvent(event)
        self.footprints.set_visible(not self.bar.compare.isChecked())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt)
        """Closing the dock clears what is temporary."""
        super().hideEvent(event)
        self.footprints.set_visible(False)
