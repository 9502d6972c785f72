"""The search tab: the query, the results as they come, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QIcon, QKeyEvent, QShowEvent
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry

from dinamis_qgis import about
from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.saved import SavedSearch
from dinamis_qgis.core.errors import AuthError, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search import nothing, wiring
from dinamis_qgis.gui.search.chosen.selection import Choosing
from dinamis_qgis.gui.search.current import current_search
from dinamis_qgis.gui.search.map.map import OnMap
from dinamis_qgis.gui.search.query.query_bar import QueryBar
from dinamis_qgis.gui.search.query.saved_menu import SavedMenu
from dinamis_qgis.gui.search.query.timeline import Timeline
from dinamis_qgis.gui.search.query.timeline_sync import OverTime
from dinamis_qgis.gui.search.results import empty_states
from dinamis_qgis.gui.search.results.bars import MoreBar, SearchNotice, ThinProgress
from dinamis_qgis.gui.search.results.delegate import ProductCardDelegate
from dinamis_qgis.gui.search.results.footer import Footer
from dinamis_qgis.gui.search.results.model import Key, ResultsModel
from dinamis_qgis.gui.search.results.thumbnails import Thumbnails
from dinamis_qgis.gui.search.results.view import ResultsView
from dinamis_qgis.gui.search.run import worker
from dinamis_qgis.gui.search.run.catalogue_answers import Answers
from dinamis_qgis.gui.search.run.search import RunningSearch
from dinamis_qgis.gui.widgets.state_page import Choice, StatePage

FIRST = 500
"""Products asked of each catalogue before a person asks for more."""


class SearchPanel(QWidget):
    """``SearchPanel(context)``: ready to search from the start."""

    request_wanted = pyqtSignal(object)
    """The person wants an acquisition of this area (polygon or multipolygon, EPSG:4326): nothing
    was found, or a gap is left.
    """
    searched = pyqtSignal()
    """A search has ended, well or not."""

    def __init__(self, context: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SearchPanel")
        self.context = context
        self.model = ResultsModel(self)
        context.results = lambda: [row.product for row in self.model.rows()]
        self.thumbnails = Thumbnails(context, self)
        self.searching = RunningSearch(self)
        self.map = OnMap(
            context, self.model.holding, lambda: [r.product for r in self.model.rows()], self
        )
        self.footprints = self.map.footprints
        self.query_bar, self.timeline = QueryBar(), Timeline()
        self.over_time = OverTime(self.timeline, self)
        self.view, self.state = ResultsView(), StatePage()
        download, page = (QIcon(about.icon_path(name)) for name in ("download", "open-page"))
        icons = (QgsApplication.getThemeIcon("/mActionAddRasterLayer.svg"), download, page)
        self.delegate = ProductCardDelegate(self.thumbnails.get, icons, self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self.delegate)
        self.choosing = Choosing(context, self.model, self.view, self.delegate, self.map, self)
        self.bar, self.licence, self.plan = (
            self.choosing.bar,
            self.choosing.licence,
            self.choosing.plan,
        )
        self.partial, self.answers = SearchNotice(), Answers()
        self.saved = SavedMenu(
            context, self.query_bar.star_button, partial(current_search, self), self
        )
        self.more, self.footer = MoreBar(), Footer()
        self.status = self.footer.status
        self.progress = ThinProgress()
        self.place: BaseGeometry | None = None
        """The chosen area that was searched last; None where it was what the map showed."""
        self._generation = 0
        self._stale: tuple[Query, worker.Tally | None] | None = None
        self._wants_account = False
        """The last search failed for want of a sign-in: it goes on by itself."""
        self._build()
        wiring.connect_parts(self)
        self._area_told()
        self._profile_changed()

    # what others may ask

    def search(self) -> None:
        """Search the area, with the filters as they are."""
        self.context.when_open(lambda: self._search(FIRST))
        if self.context.profile is None:
            self._opening(0.0, "")

    def cancel(self) -> None:
        """Stop the running search; what arrived stays."""
        if self.searching.job is not None:
            self.searching.stop()
            self._unmoved()
            self._ended(cancelled=True)

    def selected(self) -> list[Product]:
        """The chosen products, in the list's order."""
        return self.choosing.selected()

    def select(self, keys: Sequence[Key], more: bool = False) -> None:
        """Choose products in the list and bring the first one into view."""
        self.choosing.select(keys, more)

    def ask(self, query: Query, name: str = "", catalogues: Sequence[str] = ()) -> None:
        """Search for ``query``: its filters, and its area (called ``name``) when it has one;
        ``catalogues`` () for all.
        """
        self.query_bar.set_query(query)
        self.query_bar.catalogues.show_chosen(catalogues)
        self.query_bar.summarise()
        if query.area is None:
            self.search()
        else:
            self.map.area.set_area(query.area, name or tr("saved area"))
            self.map.area.zoom()

    _job = property(lambda self: self.searching.job)
    _query = property(lambda self: self.searching.query)

    @property
    def listed(self) -> Query:
        """The query whose products the list shows: while the map is followed, that of the search
        before until an answer comes.
        """
        return self._stale[0] if self._stale is not None else self._query

    # building

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.state)
        self.stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (
            self.query_bar,
            self.timeline,
            self.progress,
            self.answers,
            self.partial,
            self.plan,
        ):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        for widget in (self.more, self.licence, self.footer, self.bar):
            layout.addWidget(widget)
        self.timeline.hide()

    # the search

    def _search(self, limit: int | None, quiet: bool = False) -> None:
        """Start anew; a running search is cut. What is listed stays until the first rows come, or
        until it is sure that there are none: a search that fails loses nothing.

        ``quiet``: nobody asked for it, the map has moved.
        """
        try:
            area = self.map.area.area()
        except DinamisError as error:
            if not self.model.count():
                self.searching.forget()
                self._empty(Query())
            self._fail(error)
            return
        query = replace(self.query_bar.query(), area=area, limit=limit, order=self.model.order)
        self.place = self.map.area.fixed
        (self.map.follow.saw if self.place is None else self.map.follow.forget)()
        if not quiet and not self.model.count():
            self._empty(query)
            self._face(tr("Searching…"))
        elif self._stale is None:
            self._stale = self._query, self.searching.tally
        self.searching.start(
            self.context, query, self.map.look(), self.query_bar.catalogues.chosen()
        )
        self._begun()

    def _begun(self) -> None:
        self.thumbnails.retry_failed()
        self.partial.say("")
        self.query_bar.set_searching(True)
        self._tell()
        self._progress()

    def _unmoved(self) -> None:
        """Nothing has come for where the map has moved to: the list is still that of the search
        before.
        """
        if self._stale is not None:
            self.searching.put_back(*self._stale)
            self._stale = None

    def _empty(self, query: Query) -> None:
        self._stale = None
        self._generation = self.model.begin(query)
        self.plan.dismiss()
        self.map.clear()
        self.thumbnails.clear_waiting()

    def _arrived(self, arrival: worker.Arrival) -> None:
        if self._stale is not None:
            self._empty(self._query)
        added = self.model.append(self._generation, arrival.rows)
        if self.searching.tally is not None:
            self.searching.tally.count(added)
        fresh = {row.product.key for row in added}
        self.footprints.add([outline for outline in arrival.outlines if outline.key in fresh])
        if self.model.count():
            self.stack.setCurrentWidget(self.view)
        self.over_time.show(self._query, self.model.rows, later=True)
        self._tell()

    def _ended(self, cancelled: bool = False) -> None:
        """The search is over: as far as it got."""
        if self._stale is not None:
            self._empty(self._query)
        self.query_bar.set_searching(False)
        self._progress()
        self.over_time.show(self._query, self.model.rows)
        self._tell()
        if cancelled and not self.model.count():
            self._face(*empty_states.first_use())
        elif not self.model.count():
            self._face(*nothing.face_of(self))
        opened, tally = self.model.opened, self.searching.tally
        if opened is not None and tally is not None and not cancelled:
            self.saved.looked_at(
                opened, [r.product for r in self.model.rows()], tally.ended - set(tally.failed)
            )
        self.searched.emit()

    def _fail(self, error: DinamisError) -> None:
        """The face of an error; what arrived before it stays on screen."""
        self._unmoved()
        self.query_bar.set_searching(False)
        self._progress()
        messages.log(f"search: {error.code} {error.details}")
        self._wants_account = isinstance(error, AuthError)
        if self.model.count():
            self.partial.say(error.sentence(), tr("Try again"), self.search)
        else:
            self._face(*empty_states.search_failed(error, self.search))
        self._tell()
        self.searched.emit()

    def _tell(self) -> None:
        """How many, how complete, how many chosen, and who filtered."""
        tally, count = self.searching.tally, self.model.count()
        chosen = self.choosing.count()
        self.status.setText(worker.status_text(tally, count, chosen, self._job is not None))
        self.footer.set_results(count, chosen)
        cut = tally is not None and tally.cut and self._job is None
        self.more.say(count if cut else 0, tally is not None and tally.sorted_here)
        answers = tally.answers() if tally is not None else []
        self.answers.show_answers(answers)
        self.query_bar.catalogues.show_answers(answers)
        if tally is not None:
            self.query_bar.tell(tally.filtered_text(), tally.filtered_details())
            if (
                tally.partial
                and self._job is None
                and (count or len(tally.failed) < len(tally.titles))
            ):
                self.partial.say(
                    tally.partial_text(), tr("Try again"), self.search, tally.details()
                )

    def _search_again(self) -> None:
        """The query has changed on its own: again, if there has been a search."""
        if self.searching.tally is not None:
            self.search()

    def _pick_period(self, start: Any, end: Any) -> None:
        self.query_bar.set_period(start, end)
        self.search()

    def _area_changed(self) -> None:
        self._area_told()
        if self.map.area.fixed is not None:
            self.search()

    def _follow_changed(self, on: bool) -> None:
        self._area_told()
        self.map.follow.set_on(on)

    def _area_told(self) -> None:
        self.query_bar.set_area(self.map.area.text(), self.map.area.name(), self.map.area.hint())
        self._progress()

    def _sort(self, order: SortOrder) -> None:
        """Another order; where the list is only a part, the first ones in that order join it."""
        self._order(order)
        if self.searching.tally is not None and self.searching.tally.more:
            self._anew(self._query.limit)

    def _order(self, order: SortOrder) -> None:
        self.choosing.rearrange(lambda: self.model.set_order(order))
        self.footer.set_order(order, self.model.grouped)

    def _more(self, everything: bool) -> None:
        """The next ones, or all, after those that are there."""
        if everything:
            self._anew(None)  # all are read fastest by periods side by side
        elif self.model.order != self._query.order:
            self._anew((self._query.limit or 0) + FIRST)  # another order begins with others
        elif self.searching.tally is not None and not self.searching.tally.more:
            self._anew(self.model.count() + FIRST)  # given up: nobody knows where it was
        else:
            self.searching.go_on(self.context, FIRST, self.map.look())
            self._begun()

    def _anew(self, limit: int | None) -> None:
        """The same search again, in the list's order; what is there stays."""
        asked = tuple(self.searching.tally.titles) if self.searching.tally is not None else ()
        query = replace(self._query, limit=limit, order=self.model.order)
        self.searching.start(self.context, query, self.map.look(), asked, self.model.rows())
        self._begun()

    def _moved(self) -> None:
        """The map, followed, shows another place."""
        if self.context.profile is not None:
            self._search(FIRST, quiet=True)

    def _group(self, grouped: bool) -> None:
        self.choosing.rearrange(lambda: self.model.set_grouped(grouped))
        self.footer.set_order(self.model.order, grouped)

    # saved searches

    def _open_saved(self, saved: SavedSearch) -> None:
        self._order(saved.query.order)
        self._empty(Query())
        self.ask(saved.query, saved.name, saved.catalogues)
        self.model.set_opened(saved)

    # faces

    def _face(self, title: str, text: str = "", choices: Sequence[Choice] = ()) -> None:
        self.state.show_state(title, text, choices)
        self.stack.setCurrentWidget(self.state)
        self.choosing.show()

    def _progress(self) -> None:
        self.progress.setVisible(
            self._job is not None or self.choosing.busy or self.map.area.reading
        )

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
        self.searching.forget()
        self.query_bar.set_searching(False)
        self._empty(Query())
        self._progress()
        self.over_time.clear()
        self.partial.say("")
        self.query_bar.set_profile(self.context.profile)
        self._account_changed()
        self._face(*empty_states.first_use())
        self.saved.stop()
        self.saved.start()

    def _account_changed(self) -> None:
        self.model.set_account(self.context.profile, self.context.account)
        self.query_bar.set_account(self.context.profile, self.context.account)
        self.map.rights_changed()
        self.thumbnails.retry_failed()
        self.choosing.show()
        if self._wants_account and self.context.account is not None:
            self._wants_account = False
            self.search()

    def _close(self) -> None:
        """QGIS lets go of the plugin."""
        self.searching.forget()
        self.saved.stop()
        self.thumbnails.stop()
        self.choosing.stop()
        self.map.remove()

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Enter searches, Ctrl+Enter adds what is chosen to the map, Esc cancels the search or
        takes the preview off.
        """
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choosing.add()
        elif enter:
            self.search()
        elif event.key() == Qt.Key.Key_Escape and self._job is not None:
            self.cancel()
        elif event.key() == Qt.Key.Key_Escape and self.map.drape.key is not None:
            self.map.drape.hide()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """Footprints are on the map while the panel is seen."""
        super().showEvent(event)
        self.map.set_visible(not self.bar.compare.isChecked())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt)
        """Closing the dock clears what is temporary."""
        super().hideEvent(event)
        self.map.set_visible(False)
