"""GEODES, the CNES portal: a STAC search with ways of its own.

Facts: only POST ``/search``; a page holds 80 items at most and is chosen by ``page``; data sets are
chosen with ``query.dataset.in`` (several ``collections`` give nothing); the acquisition is
``start_datetime``; ``context`` counts. Older data sets write cloud cover and platform with the
prefix ``spaceborne:``. Downloads want a key of that portal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Optional

from dinamis_qgis.core.catalogue.adapters.pager import Batch, filter_pages
from dinamis_qgis.core.catalogue.adapters.periods import interval_of_days
from dinamis_qgis.core.catalogue.adapters.stac import MOST_STALE, wanted_collections
from dinamis_qgis.core.catalogue.filters import active_filters
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import BEGINNING, After, Page, Product, Query
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import mapping, read_number, read_sequence, read_string
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.net.side_by_side import WIDTH, side_by_side
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

MAX_PAGE = 80
MOST_PAGES = 500
Found = tuple["list[Product]", Optional[int], Optional[int]]
"""A page of products, the number of the one after it, and the count."""
_OTHER_NAMES = {
    "datetime": ("start_datetime",),
    "eo:cloud_cover": ("spaceborne:cloudCover",),
    "platform": ("spaceborne:satellitePlatform",),
    "view:incidence_angle": ("spaceborne:incidenceAngle",),
    "title": ("identifier",),
}


def search_geodes(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """Pages of products, the latest first.

    The service narrows by data set, period and bounding box. Raises DinamisError.
    """
    collections = wanted_collections(catalogue, query)
    if collections is None:
        yield Page(catalogue.id, (), last=True, server=active_filters(query))
        return
    url = f"{catalogue.url.rstrip('/')}/search"
    body = request_body(query, collections, min(MAX_PAGE, catalogue.page_size))

    def read(page: int, stop: Cancel) -> Iterator[Found]:
        asked = {**body, "page": page}
        answer = http.json(
            "POST", url, json=asked, cancel=stop, credentials=credentials, idempotent=True
        )
        yield read_batch(answer, page, body["limit"], profile, catalogue)

    def batches(place: Any) -> Iterator[Batch]:
        return _until_stale(every(1 if place == BEGINNING else int(place)))

    def every(start: int) -> Iterator[Found]:
        last = next(read(start, cancel))
        yield last
        given, total = len(last[0]), last[2]
        if last[1] is not None and given and total is not None and total <= MAX_PAGE * MOST_PAGES:
            # a page may hold less than what was asked for
            rest = range(start + 1, -(-total // given) + 1)
            # A limit rarely needs more than the next page: those behind it are read in turn.
            width = 1 if query.limit is not None else WIDTH
            for last in side_by_side(rest, read, cancel, width, http.release):
                yield last
        yield from _in_turn(read, last[1], cancel)  # it may have counted fewer than there are

    server = {"period", "collection"}
    if query.order.by == "date" and query.order.descending:
        server.add("order")
    yield from filter_pages(catalogue.id, query, batches, server, cancel, after)


def request_body(query: Query, collections: tuple[str, ...], size: int) -> dict[str, Any]:
    """The body of a search, without the page number."""
    tests: dict[str, Any] = {}
    if collections:
        tests["dataset"] = {"in": list(collections)}
    start, end = interval_of_days(query.start, query.end)
    period = {}
    if start:
        period["gte"] = start.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if end:
        period["lte"] = end.strftime("%Y-%m-%dT%H:%M:%S.999Z")
    if period:
        tests["start_datetime"] = period
    body: dict[str, Any] = {
        "limit": size,
        "query": tests,
        "sortBy": [{"direction": "desc", "field": "start_datetime"}],
    }
    if query.area is not None and not query.area.is_empty:
        body["bbox"] = [round(x, 7) for x in query.area.bounds]
    return body


def read_batch(answer: Any, page: int, asked: int, profile: Profile, catalogue: Catalogue) -> Found:
    """One answer to ``asked`` items: its products, the number of the next page, and the count of
    ``context``. Raises ServiceError.

    A full page has one after it, whatever the count says: it may be that of the page, or end where
    the service counts no further.
    """
    answer = {"features": None} if answer is None else answer
    if not isinstance(answer, dict) or not isinstance(
        answer.get("features", ""), (list, type(None))
    ):
        raise ServiceError(
            tr("The service gave an answer that cannot be read."),
            tr("Try again; if it lasts, tell your relay."),
            code="garbage",
        )
    context = mapping(answer.get("context"))
    total, size = (
        read_number(context.get("matched"), 0),
        min(asked, read_number(context.get("limit"), 1) or asked),
    )
    items = read_sequence(answer.get("features"))
    more = bool(items) and (len(items) >= size or (total is not None and page * size < total))
    products = [
        product_from_geodes(mapping(item), profile, catalogue)
        for item in items
        if read_string(mapping(item).get("id"))
    ]
    return products, page + 1 if more else None, None if total is None else int(total)


def product_from_geodes(item: Mapping[str, Any], profile: Profile, catalogue: Catalogue) -> Product:
    """An item of GEODES in the words of STAC, as a product."""
    properties = dict(mapping(item.get("properties")))
    for name, others in _OTHER_NAMES.items():
        if properties.get(name) in (None, ""):
            properties[name] = next(
                (properties[o] for o in others if properties.get(o) not in (None, "")), None
            )
    collection = read_string(item.get("collection")) or read_string(properties.get("dataset"))
    return product_from_item(
        {**item, "collection": collection, "properties": properties}, profile, catalogue
    )


def _until_stale(found: Iterable[Found]) -> Iterator[Found]:
    """The pages until several in a row bring nothing new: the service counted more than it has, or
    repeats itself.
    """
    seen: set[str] = set()
    stale = 0
    for page in found:
        ids = {p.id for p in page[0]}
        stale = 0 if ids - seen else stale + 1
        seen |= ids
        yield page
        if stale > MOST_STALE:
            return


def _in_turn(
    read: Callable[[int, Cancel], Iterator[Found]], page: int | None, cancel: Cancel
) -> Iterator[Found]:
    """Page after page as long as there are more: for a service that does not count, or not well."""
    while page is not None and page <= MOST_PAGES:
        found = next(read(page, cancel))
        page = found[1]
        yield found
