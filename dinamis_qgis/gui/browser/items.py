"""What QGIS's browser shows of a profile: catalogue → collection → year → product.

Every item is made on the GUI thread: QGIS lists an item without the ``Fast`` capability in a thread
of its pool, where items written in Python are not safe. A folder shows "Loading…" at once, asks in
the background, and lists itself again with the answer.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any, Callable
from urllib.parse import quote

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsErrorItem,
    QgsMimeDataUtils,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QWidget

from dinamis_qgis import about
from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.catalogue.availability import reach
from dinamis_qgis.core.catalogue.model import Product, Query
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Catalogue, Collection
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.chosen.actions import open_page
from dinamis_qgis.gui.search.query.catalogues import licences_of

if TYPE_CHECKING:
    from dinamis_qgis.gui.browser.provider import Browser

KEY = "dinamis"
MOST = 500
"""Products listed of one year, the latest."""

Items = Sequence[QgsDataItem]


class _Folder(QgsDataCollectionItem):
    """``_ask`` gives its items at once, or None when they come later through ``_show``."""

    def __init__(self, browser: Browser, parent: Any, name: str, path: str) -> None:
        super().__init__(parent, name, path, KEY)
        self._browser = browser
        self._found: Callable[[], Items] | None = None
        self._job: tasks.Job | None = None
        self.setCapabilitiesV2(self.capabilities2() | Qgis.BrowserItemCapability.Fast)

    @contain_faults(())
    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 (QGIS)
        found, self._found = self._found, None
        items = found() if found else self._ask()
        if items is None:
            items = [_remark_item(self, tr("Loading…"))]
        return [give_to_qgis(item) for item in items]

    def _ask(self) -> Items | None:
        raise NotImplementedError

    def _work(self, work: Callable[[Cancel], Any], show: Callable[[Any], Items]) -> None:
        """Ask in the background, then list what ``show`` makes of the answer; an error is listed as
        its sentence.
        """
        if self._job is not None:
            self._job.stop()
        self._job = tasks.run(
            lambda job: work(job.cancel),
            done=lambda value: self._show(lambda: show(value)),
            failed=self._fail,
            parent=self,
            title="browser",
        )

    def _show(self, make: Callable[[], Items]) -> None:
        if not sip.isdeleted(self):
            self._found = make
            self.refresh()

    def _fail(self, error: DinamisError) -> None:
        self._show(lambda: [self._error(error)])

    def _error(self, error: DinamisError) -> QgsDataItem:
        return QgsErrorItem(self, error.sentence(), f"{self.path()}/error")


class Root(_Folder):
    """``DINAMIS``: the open profile. Listing it is what opens one."""

    def __init__(self, browser: Browser) -> None:
        # A path of its own each time: QGIS unfolds at start what was unfolded, and starting asks
        # nothing of the network.
        super().__init__(browser, None, "DINAMIS", f"dinamis:/{secrets.token_hex(4)}")
        self.setIcon(QIcon(about.icon_path("dinamis")))

    def _ask(self) -> Items | None:
        context = self._browser.context
        if context.profile is not None:
            return [ProfileFolder(self._browser, self)]
        context.open_failed.connect(self._not_open)
        context.when_open(lambda: None)  # profile_changed lists it
        return None

    def _not_open(self, error: DinamisError) -> None:
        self._browser.context.open_failed.disconnect(self._not_open)
        if self._browser.context.profile is None:
            self._fail(error)


class ProfileFolder(_Folder):
    def __init__(self, browser: Browser, parent: _Folder) -> None:
        self._profile = browser.context.profile
        # A profile changed keeps its id, and QGIS keeps the item of a path that is there: another
        # profile is another path.
        super().__init__(
            browser,
            parent,
            self._profile.title,
            f"{parent.path()}/{browser.opened}/{self._profile.id}",
        )

    def _ask(self) -> Items:
        catalogues = self._profile.catalogues
        if len(catalogues) == 1:
            return list_catalogue(self._browser, self, catalogues[0])
        return [
            _CatalogueItem(self._browser, self, catalogue, place)
            for place, catalogue in enumerate(catalogues)
        ]


class _CatalogueItem(_Folder):
    """What a catalogue lists, whose data it is, and its page."""

    def __init__(self, browser: Browser, parent: _Folder, catalogue: Catalogue, place: int) -> None:
        super().__init__(browser, parent, catalogue.title, f"{parent.path()}/{catalogue.id}")
        self._catalogue = catalogue
        self.setSortKey(place)
        licences = licences_of(catalogue, browser.context.profile)
        tip = " · ".join(text for text in (catalogue.provider, licences) if text)
        self.setToolTip(as_plain(tip or catalogue.title))

    def _ask(self) -> Items:
        return list_catalogue(self._browser, self, self._catalogue)

    def actions(self, parent: QWidget | None) -> list[QAction]:
        return page_action(self._catalogue.page, parent)


def list_catalogue(browser: Browser, parent: _Folder, catalogue: Catalogue) -> Items:
    """Collections of a catalogue that lists them; else its page: it answers only for an area."""
    if catalogue.kind == "stac":
        return [
            _CollectionItem(browser, parent, catalogue, collection)
            for collection in catalogue.collections
        ]
    if catalogue.kind == "wmts":
        return [
            _Products(parent, c.title, c.id, catalogue, Query(collections=(c.id,)))
            for c in catalogue.collections
        ]
    found = [_remark_item(parent, tr("Search it over an area in the DINAMIS panel"))]
    return [*found, PageItem(parent, catalogue)] if catalogue.page else found


class _Products(_Folder):
    """What a catalogue finds for ``query``, in its order; where that is cut, it says so."""

    def __init__(
        self, parent: _Folder, name: str, path: str, catalogue: Catalogue, query: Query
    ) -> None:
        super().__init__(parent._browser, parent, name, f"{parent.path()}/{path}")
        self._catalogue, self._query = catalogue.id, query

    def _ask(self) -> None:
        self._work(
            _make_finder(self._browser.context, self._query, self._catalogue), self._products
        )

    def _products(self, found: tuple[Sequence[Product], DinamisError | None]) -> Items:
        products, error = found
        items: list[QgsDataItem] = [
            ProductItem(self._browser, self, p, n) for n, p in enumerate(products)
        ]
        if error is not None:
            return [*items, self._error(error)]
        if self._query.limit and len(products) >= self._query.limit:
            text = tr(
                "Only the latest %n product(s): search in the DINAMIS panel for the others",
                self._query.limit,
            )
            items.append(_remark_item(self, text))
        return items or [_remark_item(self, tr("No product"))]


class _CollectionItem(_Folder):
    """The years of the period the service gives for it."""

    def __init__(
        self, browser: Browser, parent: _Folder, catalogue: Catalogue, collection: Collection
    ) -> None:
        super().__init__(
            browser, parent, collection.title, f"{parent.path()}/{catalogue.id}/{collection.id}"
        )
        self.catalogue = catalogue
        self.query = Query(collections=(collection.id,))

    def _ask(self) -> None:
        context, catalogue = self._browser.context, self.catalogue
        http, credentials = context.http, context.credentials if catalogue.signed_in else None
        url = f"{catalogue.url.rstrip('/')}/collections/{quote(self.query.collections[0], safe='')}"
        self._work(
            lambda cancel: years_of(http.json("GET", url, cancel=cancel, credentials=credentials)),
            self._years,
        )

    def _years(self, years: Sequence[int]) -> Items:
        return [self._year(year) for year in years] or [_remark_item(self, tr("No product"))]

    def _year(self, year: int) -> QgsDataItem:
        query = replace(self.query, start=date(year, 1, 1), end=date(year, 12, 31), limit=MOST)
        item = _Products(self, str(year), str(year), self.catalogue, query)
        item.setSortKey(-year)
        return item


class ProductItem(QgsDataItem):
    """Double click, menu or drag: onto the map; to its page where only that gives it."""

    def __init__(self, browser: Browser, parent: _Folder, product: Product, place: int) -> None:
        super().__init__(
            Qgis.BrowserItemType.Custom,
            parent,
            product_label(product),
            f"{parent.path()}/{product.id}",
            KEY,
        )
        self._browser, self._page = browser, product.page
        self._reach = reach(browser.context.profile, product)
        self._carried = json.dumps(product.key)
        browser.products[self._carried] = product
        self.setIcon(
            QgsApplication.getThemeIcon(
                "/mIconWms.svg" if product.tiled_layer() else "/mIconRaster.svg"
            )
        )
        self.setToolTip(as_plain(product.id, self._reach.add))
        self.setSortKey(place)
        self.setState(Qgis.BrowserItemState.Populated)

    @contain_faults(False)
    def hasDragEnabled(self) -> bool:  # noqa: N802 (QGIS)
        return not self._reach.add

    @contain_faults(())
    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:  # noqa: N802 (QGIS)
        uri = QgsMimeDataUtils.Uri()
        uri.layerType, uri.providerKey, uri.name, uri.uri = (
            "custom",
            KEY,
            self.name(),
            self._carried,
        )
        return [uri]

    @contain_faults(False)
    def handleDoubleClick(self) -> bool:  # noqa: N802 (QGIS)
        self._browser.add(self._carried)
        return True

    def actions(self, parent: QWidget | None) -> list[QAction]:
        action = QAction(tr("Add to map"), parent)
        action.setEnabled(not self._reach.add)
        action.triggered.connect(partial(_add_carried, self._browser, self._carried))
        return [action, *page_action(self._page, parent)]


class PageItem(QgsDataItem):
    """Double click or menu: a catalogue's page in the person's browser."""

    def __init__(self, parent: _Folder, catalogue: Catalogue) -> None:
        name = tr("Open the page of {title}").format(title=catalogue.title)
        super().__init__(Qgis.BrowserItemType.Custom, parent, name, f"{parent.path()}/page", KEY)
        self._page = catalogue.page
        self.setIcon(QIcon(about.icon_path("open-page")))
        self.setToolTip(as_plain(catalogue.page))
        self.setSortKey(MOST + 1)
        self.setState(Qgis.BrowserItemState.Populated)

    @contain_faults(False)
    def handleDoubleClick(self) -> bool:  # noqa: N802 (QGIS)
        open_page(self._page)
        return True

    def actions(self, parent: QWidget | None) -> list[QAction]:
        return page_action(self._page, parent)


def page_action(page: str, parent: QWidget | None) -> list[QAction]:
    """What opens a page; nothing where there is none."""
    if not page:
        return []
    action = QAction(tr("Open its page"), parent)
    action.triggered.connect(lambda *_: open_page(page))
    return [action]


def years_of(collection: Any) -> list[int]:
    """The years of a STAC collection's period, the latest first, none when it has no start; never
    to come: some write 9999.
    """
    from dinamis_qgis.core.json_values import mapping, read_datetime, read_sequence

    intervals = read_sequence(
        mapping(mapping(mapping(collection).get("extent")).get("temporal")).get("interval")
    )
    ends = [*read_sequence(intervals[0] if intervals else None), None, None]
    first, last, now = read_datetime(ends[0]), read_datetime(ends[1]), datetime.now(timezone.utc)
    return list(range(min(last or now, now).year, first.year - 1, -1)) if first else []


def product_label(product: Product) -> str:
    """``12 août 2023 · Pléiades 1B · MS``; parts that are not known are left out."""
    if product.tiled_layer() is not None:
        return product.title or product.id
    day = QLocale().toString(product.day, "d MMM yyyy") if product.day else ""
    name = platform_label(product.platform) if product.platform else product.constellation
    return " · ".join(part for part in (day, name, product.mode) if part) or product.id


def _add_carried(browser: Browser, carried: str, *_: object) -> None:
    browser.add(carried)


def _make_finder(
    context: Any, query: Query, catalogue: str
) -> Callable[[Cancel], tuple[list[Product], DinamisError | None]]:
    """What a worker does to list ``query``, with what cut the answer short; made on the GUI thread.

    Raises DinamisError without any.
    """
    connection = context.connection()

    def find(cancel: Cancel) -> tuple[list[Product], DinamisError | None]:
        found: list[Product] = []
        error = None
        for page in connection.search(query, cancel, (catalogue,)):
            found += page.products
            error = page.error
        return found, error

    return find


def _remark_item(parent: QgsDataItem, text: str) -> QgsDataItem:
    """A line that only says something, after the others."""
    item = QgsDataItem(Qgis.BrowserItemType.Custom, parent, text, f"{parent.path()}/{text}")
    item.setSortKey(MOST)
    item.setState(Qgis.BrowserItemState.Populated)
    return item


def give_to_qgis(item: QgsDataItem) -> QgsDataItem:
    """QGIS deletes it when it is no longer listed, Python does not before."""
    sip.transferto(item, None)
    return item
