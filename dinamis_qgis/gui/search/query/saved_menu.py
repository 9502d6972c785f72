"""The star: searches to save, open and delete, and how many new products they have; looked up at
start and on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QDate, QLocale, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QInputDialog, QMenu, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.searches import saved_searches
from dinamis_qgis.core.catalogue.filters import usable_licences
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.saved import (
    UNKNOWN_LICENCES,
    SavedSearch,
    product_mark,
    run_saved_search,
)
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.run.worker import empty_tally
from dinamis_qgis.gui.widgets.buttons import BadgeButton

Current = Callable[[], "tuple[Query, tuple[str, ...], list[Product], frozenset[str]]"]
"""See ``current``."""


class SavedMenu(QObject):
    """``wanted(saved)``: open this one.

    The file is read and written on workers; what the menu shows is kept here.
    """

    wanted = pyqtSignal(object)
    changed = pyqtSignal()
    """The searches have been read again."""

    def __init__(
        self, context: Any, button: BadgeButton, current: Current, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._button, self._current, self._window = context, button, current, parent
        self._store = saved_searches(context)
        self.searches: tuple[SavedSearch, ...] = ()
        self._checking: tasks.Job | None = None
        self._licences_wanted = False
        """The last check left searches out for want of the account's licences."""
        self.menu = QMenu(button)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        button.setMenu(self.menu)
        context.account_changed.connect(self._account_changed)

    # what is there

    def start(self) -> None:
        """Another profile is open: show its searches and look for news.

        A failure is only logged: nobody asked.
        """
        self._show(())
        self._licences_wanted = False
        if self._context.profile is not None:
            self.check(asked=False)

    def check(self, asked: bool = True) -> None:
        """Look for new products of every search that wants an alert, in the background."""
        context, store, profile = self._context, self._store, self._context.profile
        if profile is None or self._checking is not None:
            return
        account, http, credentials = context.account, context.http, context.credentials

        def work(job: tasks.Job) -> tuple[tuple[SavedSearch, ...], list[DinamisError]]:
            errors, searches = [], store.all(profile.id)
            job.send(searches)  # there before a slow service has answered
            for saved in searches:
                if not saved.alert:
                    continue
                try:
                    store.found(
                        saved.id,
                        *run_saved_search(saved, profile, account, http, credentials, job.cancel),
                    )
                except Cancelled:
                    raise
                except DinamisError as error:
                    messages.log(f"saved search: {error.code} {error.details}")
                    errors.append(error)
            return store.all(profile.id), errors

        self._checking = tasks.run(
            work,
            arrived=self._show,
            done=partial(self._checked, asked),
            failed=partial(self._not_checked, asked),
            parent=self,
            title="saved searches",
        )

    def stop(self) -> None:
        """No more checks."""
        if self._checking is not None:
            self._checking.stop()
            self._checking = None

    def _checked(
        self, asked: bool, found: tuple[tuple[SavedSearch, ...], list[DinamisError]]
    ) -> None:
        searches, errors = found
        self._checking = None
        self._show(searches)
        if asked and errors:  # one is enough: most often all fail for the same reason
            messages.show(errors[0])
        self._licences_wanted = any(error.code == UNKNOWN_LICENCES for error in errors)
        self._account_changed()

    def _account_changed(self) -> None:
        """What was left out can be looked at now, perhaps."""
        profile, account = self._context.profile, self._context.account
        if (
            self._licences_wanted
            and profile is not None
            and usable_licences(profile, account) is not None
        ):
            self.check(asked=False)

    def _not_checked(self, asked: bool, error: DinamisError) -> None:
        self._checking = None
        if asked:
            messages.show(error)

    def _show(self, searches: tuple[SavedSearch, ...]) -> None:
        self.searches = searches
        marks: frozenset[str] = frozenset().union(*(s.fresh for s in searches if s.alert))
        hint = tr("%n new product(s) in your saved searches", n=len(marks)) if marks else ""
        self._button.set_badge(len(marks), hint)
        self.changed.emit()

    def _do(self, change: Callable[[], Any], then: Callable[[Any], None] | None = None) -> None:
        """``change`` the store on a worker, show what it holds, then go on with what ``change``
        gave.
        """
        store, profile = self._store, self._context.profile
        if profile is None:
            return

        def work(_: tasks.Job) -> tuple[Any, tuple[SavedSearch, ...]]:
            return change(), store.all(profile.id)

        def done(found: tuple[Any, tuple[SavedSearch, ...]]) -> None:
            given, searches = found
            if self._context.profile is not None and self._context.profile.id == profile.id:
                self._show(searches)
            if then is not None:
                then(given)

        tasks.run(work, done=done, parent=self, title="saved searches")

    # the menu

    def fill(self) -> None:
        """The searches as they are now."""
        self.menu.clear()
        self._entry(
            self.menu, tr("Save this search…"), self.ask_name, self._context.profile is not None
        )
        if self.searches:
            self.menu.addSeparator()
        for saved in self.searches:
            news = tr("%n new", n=len(saved.fresh)) if saved.fresh else ""
            text = f"{saved.name} · {news}" if news else saved.name
            self._entry(self.menu, text.replace("&", "&&"), partial(self.open, saved))
        if self.searches:
            self.menu.addSeparator()
            self._entry(
                self.menu, tr("Look for new products now"), self.check, self._checking is None
            )
            alerts, deletions = (
                self.menu.addMenu(tr("Tell me what is new")),
                self.menu.addMenu(tr("Delete")),
            )
            for saved in self.searches:
                name = saved.name.replace("&", "&&")
                alert = self._entry(alerts, name, partial(self.set_alert, saved, not saved.alert))
                alert.setCheckable(True)
                alert.setChecked(saved.alert)
                self._entry(deletions, name, partial(self.delete, saved))

    def _entry(
        self, menu: QMenu, text: str, action: Callable[[], None], enabled: bool = True
    ) -> Any:
        entry = menu.addAction(text)
        entry.setEnabled(enabled)
        entry.triggered.connect(lambda _=False: action())
        return entry

    def ask_name(self) -> None:
        """Save the search as it is, under a name."""
        today = QLocale().toString(QDate.currentDate(), "d MMM yyyy")
        name, given = QInputDialog.getText(
            self._window,
            tr("Save this search"),
            tr("Name"),
            text=tr("Search of {date}").format(date=today),
        )
        if given and name.strip():
            self.save(name)

    def save(self, name: str) -> None:
        """Save the search as it is; of catalogues with all their products on screen, only later
        ones are new.
        """
        profile = self._context.profile
        if profile is None:
            return
        try:
            query, catalogues, products, whole = self._current()
        except DinamisError as error:
            messages.show(error)
            return
        self._do(lambda: self._store.add(name, profile.id, query, catalogues, products, whole))

    def open(self, saved: SavedSearch) -> None:
        """Search again; its news count as seen once the answer is there (``looked_at``)."""
        self.wanted.emit(saved)

    def looked_at(self, saved: SavedSearch, products: list[Product], answered: Set[str]) -> None:
        """The opened search has its answer: ``products``, of the catalogues ``answered``.

        Of others only these have been seen.
        """
        profile = self._context.profile
        kept = next((s for s in self.searches if s.id == saved.id), saved)
        if profile is None or not kept.fresh & saved.fresh:
            return
        whole = answered >= set(empty_tally(profile, saved.catalogues).titles)
        self._do(
            lambda: self._store.looked_at(
                saved.id,
                saved.fresh if whole else saved.fresh.intersection(map(product_mark, products)),
            )
        )

    def set_alert(self, saved: SavedSearch, on: bool) -> None:
        """Whether its new products are counted."""
        self._do(lambda: self._store.change(saved.id, alert=on))

    def delete(self, saved: SavedSearch) -> None:
        """Forget it; for a moment it can be had back."""
        self._do(lambda: self._store.remove(saved.id), self._deleted)

    def _deleted(self, removed: tuple[int, SavedSearch] | None) -> None:
        if removed is not None:
            back = partial(self._do, partial(self._store.put_back, *removed))
            messages.info(
                tr("Search “{name}” deleted.").format(name=removed[1].name), (tr("Undo"), back)
            )
