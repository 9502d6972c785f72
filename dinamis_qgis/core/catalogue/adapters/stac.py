"""The STAC API adapter: a query as item searches, their pages as products."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.catalogue.adapters.pager import Batch, filter_pages
from dinamis_qgis.core.catalogue.adapters.periods import (
    Interval,
    interval_of_days,
    round_up_second,
    season_intervals,
    split_interval,
)
from dinamis_qgis.core.catalogue.adapters.stac_query import (
    TOO_LONG,
    Abilities,
    abilities,
    parameters,
    sortable_order,
    told,
)
from dinamis_qgis.core.catalogue.adapters.stac_static import StaticCatalogue, search_static
from dinamis_qgis.core.catalogue.filters import active_filters
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import BEGINNING, After, Page, Product, Query, SortOrder
from dinamis_qgis.core.errors import Cancelled, DinamisError, ServiceError
from dinamis_qgis.core.json_values import (
    mapping,
    read_datetime,
    read_number,
    read_sequence,
    read_string,
)
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.net.side_by_side import WIDTH, side_by_side
from dinamis_qgis.core.profile.model import Catalogue, Profile

if TYPE_CHECKING:
    from dinamis_qgis.core.catalogue.adapters.stac_io import Request

__all__ = ["product_from_item", "read_abilities", "search_stac"]

FIRST_ROWS = 25
"""Products in the first answer of a long search: the first rows are there sooner."""
MOST_STALE = 2
"""Pages in a row of nothing but products that have come: a service may send one twice."""
_NOTES_LIVE_S = 600.0
TOO_MANY = 429
REFUSALS = (400, 405, *TOO_LONG, 422, 501)
"""What services answer to a request they do not understand, or do not take."""
Key = tuple[str, str]
Sent = tuple["dict[str, Any]", "Request | None"]
"""A page as it was sent, and how the next one is asked."""


@dataclass(frozen=True)
class Answer:
    """One page of one search: its products, the ids of its items, and their dates."""

    products: tuple[Product, ...]
    keys: tuple[Key, ...]
    dates: tuple[datetime, ...]
    total: int | None
    following: Request | None
    """How the next page is asked."""


def search_stac(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """Pages of the catalogue's products that match.

    Raises DinamisError; what was yielded before stays valid.

    A search without a limit, on a service that sorts, is read as several periods side by side
    (``options.parallel``: how many, 4 at most, 1 for one after another). Items come latest first,
    or as ``query.order`` when the service sorts so.
    """
    collections = wanted_collections(catalogue, query)
    if collections is None:
        yield Page(catalogue.id, (), last=True, server=active_filters(query))
        return
    given = False
    try:
        while True:
            reading = _CatalogueReading(
                profile, catalogue, query, collections, http, credentials, cancel
            )
            try:
                for page in filter_pages(
                    catalogue.id,
                    query,
                    reading.batches,
                    reading.server(),
                    cancel,
                    after,
                ):
                    given = True
                    yield page
                return
            except ServiceError as error:
                if given or error.status not in REFUSALS or not reading.ask_less(error.status):
                    raise
    except Cancelled:
        raise
    except StaticCatalogue:
        walked = search_static(profile, catalogue, query, http, credentials, cancel, after)
    except DinamisError:
        http.notes.pop(catalogue.url, None)  # the service may have changed: ask it again next time
        raise
    yield from walked


class _CatalogueReading:
    """One search of one service, period by period."""

    def __init__(
        self, profile: Profile, catalogue: Catalogue, query: Query, collections: tuple[str, ...],
        http: Http, credentials: Credentials | None, cancel: Cancel,
    ) -> None:  # fmt: skip
        self.profile, self.catalogue, self.query, self.collections = (
            profile,
            catalogue,
            query,
            collections,
        )
        self.http, self.credentials, self.cancel = http, credentials, cancel
        self.can = read_abilities(catalogue, http, credentials, cancel)
        self.sent = _query_as_sent(query, self.can.vertices)
        self.width = int(min(WIDTH, read_number(catalogue.options.get("parallel"), 1) or WIDTH))
        # Without a limit everything comes, and comes fastest by date.
        self.order = sortable_order(
            query.order if query.limit else SortOrder(), catalogue, self.can
        ) or sortable_order(SortOrder(), catalogue, self.can)
        self.seasons = (
            season_intervals(query.start, query.end, query.months)
            if "season" in active_filters(query)
            else None
        )

    def ask_less(self, status: int) -> bool:
        """From now on do without what the service declares but refuses; False when nothing is left
        to do without.
        """
        less = self.can.less(status)
        if less is not None:
            self.http.notes[self.catalogue.url] = (time.monotonic(), less)
        return less is not None

    def server(self) -> set[str]:
        """The filters the service applies."""
        done = told(self.query, self.catalogue, self.can)
        if self.sent is not self.query:
            done.discard("area")
        if self.seasons is not None and self._in_order():
            done.add("season")
        if self.order == self.query.order:
            done.add("order")
        return done

    def batches(self, place: Any) -> Iterator[Batch]:
        """Every page from ``place`` on: BEGINNING, or the request of one."""
        begun = place == BEGINNING
        periods = self.seasons is not None and self._in_order()
        total = None
        for answer in self.answers() if begun else self._from(place):
            if total is None and begun and self.seasons is None:
                total = answer.total  # of all that matches; later answers may count a period
            yield answer.products, BEGINNING if periods else answer.following, total

    def _from(self, request: Request) -> Iterator[Answer]:
        """The pages from ``request`` on; all of them where the service no longer knows that
        page.
        """
        given = False
        try:
            for answer in self._read(self._requested(request, self.cancel), self.cancel):
                given = True
                yield answer
        except ServiceError as error:
            if (
                given
                or not error.status
                or error.status == TOO_MANY
                or not 400 <= error.status < 500
            ):
                raise
            yield from self.answers()

    def answers(self) -> Iterator[Answer]:
        """Every page, the latest products first where the service sorts."""
        interval = interval_of_days(self.query.start, self.query.end)
        if self.seasons is not None and self._in_order():
            parts = (
                self.seasons if self.order is None or self.order.descending else self.seasons[::-1]
            )
            yield from self._parts(parts, self._size())
        elif self.query.limit is None and self.order is not None:
            yield from self._split(interval)
        else:
            yield from self._in_turn(interval)

    def _in_order(self) -> bool:
        """Whether periods read one after another give products in the order the service was asked
        for.
        """
        return self.order is None or self.order.by == "date"

    def _size(self) -> int:
        limit = self.query.limit
        return (
            self.catalogue.page_size
            if limit is None
            else min(self.catalogue.page_size, max(1, limit))
        )

    def _split(self, interval: Interval) -> Iterator[Answer]:
        """A few rows at once, then a full page; when there is still more, the rest in pieces side
        by side.
        """
        size, total = self._size(), None
        dates: list[datetime] = []
        for step in dict.fromkeys((min(FIRST_ROWS, size), size)):
            answer = next(self._pages(interval, step, self.cancel), None)
            if answer is None:
                return
            yield answer
            if answer.following is None:
                return
            dates += answer.dates
            total = answer.total
            if not _latest_first(
                answer
            ):  # declared, but not done: nothing is known of what is left
                yield from self._in_turn(interval)
                return
            interval = (interval[0], round_up_second(min(dates)))
            if self.width == 1:
                yield from self._in_turn(interval)
                return
        oldest, newest = self._oldest(interval), round_up_second(min(dates))
        if oldest is None or oldest >= newest:
            yield from self._in_turn(interval)
            return
        spent, rest = (max(dates) - min(dates)).total_seconds(), (newest - oldest).total_seconds()
        known = total or len(dates) * rest / max(spent, 1.0)
        yield from self._parts(split_interval(interval, oldest, newest, known, size), size)

    def _in_turn(self, interval: Interval) -> Iterator[Answer]:
        """One page after another; when all are wanted, the next is on its way while one is read."""
        size = self._size()
        if self.query.limit is not None:
            yield from self._pages(interval, size, self.cancel)
            return

        def fetch(part: Interval, stop: Cancel) -> Iterator[Sent]:
            return self._answers_of(part, size, stop, self.order)

        yield from self._read(
            side_by_side([interval], fetch, self.cancel, 1, self.http.release), self.cancel
        )

    def _oldest(self, interval: Interval) -> datetime | None:
        """The date of the first product of the period."""
        answer = next(self._pages(interval, 1, self.cancel, SortOrder("date", False)), None)
        return min(answer.dates, default=None) if answer else None

    def _parts(self, parts: list[Interval], size: int) -> Iterator[Answer]:
        def read(part: Interval, stop: Cancel) -> Iterator[Answer]:
            return self._pages(part, size, stop)

        return side_by_side(parts, read, self.cancel, self.width, self.http.release)

    def _pages(
        self, interval: Interval, size: int, cancel: Cancel, order: SortOrder | None = None
    ) -> Iterator[Answer]:
        """The pages of one search, from this thread."""
        return self._read(self._answers_of(interval, size, cancel, order or self.order), cancel)

    def _read(self, sent: Iterator[Sent], cancel: Cancel) -> Iterator[Answer]:
        seen: set[Key] = set()
        stale = 0
        for page, following in sent:
            fresh = list(_unseen_items(page, seen))
            stale = stale + 1 if not fresh and read_sequence(page.get("features")) else 0
            if stale > MOST_STALE:
                return  # the same products again: a list without end
            yield self._answer(page, fresh, following, cancel)

    def _answers_of(
        self, interval: Interval, size: int, cancel: Cancel, order: SortOrder | None
    ) -> Iterator[Sent]:
        """The service's own pages, one after another."""
        from pystac_client.item_search import ItemSearch

        from dinamis_qgis.core.catalogue.adapters.stac_io import CatalogueIO

        io = CatalogueIO(self.http, self.credentials, cancel)
        asked = parameters(
            self.sent, self.catalogue, self.collections, self.can, interval, size, order
        )
        found = ItemSearch(
            self.can.search_url, method="POST" if self.can.post else "GET", stac_io=io, **asked
        )
        # Not `pages_as_dicts`, which ends at the first empty page.
        return io.pages((found.method, found.url, found.get_parameters(), {}))

    def _requested(self, request: Request, cancel: Cancel) -> Iterator[Sent]:
        """The pages from ``request`` on."""
        from dinamis_qgis.core.catalogue.adapters.stac_io import CatalogueIO

        return CatalogueIO(self.http, self.credentials, cancel).pages(request)

    def _answer(
        self,
        page: Mapping[str, Any],
        items: list[Mapping[str, Any]],
        following: Request | None,
        cancel: Cancel,
    ) -> Answer:
        products = []
        for item in items:
            cancel.check()
            if self._asked_for(read_string(item.get("collection"))):
                products.append(
                    product_from_item(item, self.profile, self.catalogue, self.can.search_url)
                )
        dates = (_sort_date(item) for item in items)
        return Answer(
            tuple(products),
            tuple(_item_key(i) for i in items),
            tuple(d for d in dates if d),
            _matched_count(page),
            following,
        )

    def _asked_for(self, collection: str) -> bool:
        """False for an item of another collection than those that were asked for."""
        return not (self.collections and collection) or collection in self.collections


def read_abilities(
    catalogue: Catalogue, http: Http, credentials: Credentials | None, cancel: Cancel
) -> Abilities:
    """What the service says it can do; asked once in a while, for a search starts sooner so.

    Raises DinamisError.
    """
    from dinamis_qgis.core.catalogue.adapters.stac_io import CatalogueIO

    url = catalogue.url
    when, found = http.notes.get(url, (0.0, None))
    if not isinstance(found, Abilities) or time.monotonic() - when > _NOTES_LIVE_S:
        found = abilities(CatalogueIO(http, credentials, cancel).read_json(url), url)
        http.notes[url] = (time.monotonic(), found)
    return found


def _query_as_sent(query: Query, vertices: int | None) -> Query:
    """``query`` as the service is asked: the same, or with an area of at most ``vertices``, of
    which the exact part is chosen here.
    """
    if query.area is None:
        return query
    from dinamis_qgis.core.geo import (  # shapely is not needed to start QGIS
        MOST_SENT,
        coarsen_outline,
    )

    area = coarsen_outline(query.area, vertices or MOST_SENT)
    return query if area is query.area else replace(query, area=area)


def _latest_first(answer: Answer) -> bool:
    return len(answer.dates) == len(answer.keys) > 0 and list(answer.dates) == sorted(
        answer.dates, reverse=True
    )


def wanted_collections(catalogue: Catalogue, query: Query) -> tuple[str, ...] | None:
    """The collections to ask for, () for all, None when the catalogue has none of what is looked
    for.
    """
    known = catalogue.collections
    if not known:
        return query.collections
    ids = [
        c.id
        for c in known
        if (not query.collections or c.id in query.collections)
        and (
            not query.constellations
            or not c.constellation
            or c.constellation in query.constellations
        )
    ]
    return tuple(ids) or None


def _unseen_items(answer: Mapping[str, Any], seen: set[Key]) -> Iterator[Mapping[str, Any]]:
    """The items of a page not met before in this search; without an id an item is no product."""
    for value in read_sequence(answer.get("features")):
        item = mapping(value)
        key = _item_key(item)
        if key[1] and key not in seen:
            seen.add(key)
            yield item


def _item_key(item: Mapping[str, Any]) -> Key:
    return (read_string(item.get("collection")), read_string(item.get("id")))


def _sort_date(item: Mapping[str, Any]) -> datetime | None:
    """The date services sort by."""
    properties = mapping(item.get("properties"))
    return read_datetime(properties.get("datetime")) or read_datetime(
        properties.get("start_datetime")
    )


def _matched_count(answer: Mapping[str, Any]) -> int | None:
    """``numberMatched`` (or ``context.matched``) when the service counts."""
    value = answer.get("numberMatched", mapping(answer.get("context")).get("matched"))
    found = read_number(value, 0)
    return None if found is None else int(found)
