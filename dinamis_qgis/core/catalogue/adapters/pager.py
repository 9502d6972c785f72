"""Products as pages up to the query's limit, and on from there: what every adapter shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable

from dinamis_qgis.core.catalogue.filters import Sieve, shared_out
from dinamis_qgis.core.catalogue.model import BEGINNING, After, Page, Product, Query
from dinamis_qgis.core.errors import Cancelled, DinamisError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

MOST_ASTRAY = 2000
"""Products in a row that a service sends in spite of what it was asked: it will not end well."""

Batch = tuple[Iterable[Product], Any, "int | None"]
"""Products as the service has them, the place (``After.place``) of those after them, and the real
count when it is known.
"""


def _read_behind_limit(
    coming: Iterator[Batch], fresh: Callable[[Iterable[Product]], list[Product]]
) -> tuple[tuple[Product, ...], Any]:
    """What comes behind a limit, and its place: nobody knows whether there is more but who reads
    on, to the next product or the next place.
    """
    left: tuple[Product, ...] = ()
    place: Any = BEGINNING
    while not left and place == BEGINNING:
        following = _following_batch(coming)
        if following is None:
            break
        left, place = tuple(fresh(following[0])), following[1]
    return left, place


def _place_after_limit(
    seen: set[tuple[str, str]], left: tuple[Product, ...], place: Any
) -> After | None:
    """Where to go on behind a limit; None where there is nothing more."""
    if not left and place is None:
        return None
    return After(left, frozenset(seen.difference((p.collection, p.id) for p in left)), place)


def filter_pages(
    catalogue: str,
    query: Query,
    batches: Callable[[Any], Iterable[Batch]],
    server: Iterable[str],
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """The batches from a place on as pages of what passes the filters, each product once, up to the
    query's limit.

    ``server`` names what the service says it applied: every filter is applied here again, and one
    that did not hold is told as applied here. ``after`` goes on where a limit cut an earlier search
    of the same query: the limit counts anew. Raises ServiceError where the service sends nothing
    but what was not asked for.
    """
    sieve = Sieve(query, server)
    after = after or After()
    seen = set(after.seen)
    count = 0

    def fresh(products: Iterable[Product]) -> list[Product]:
        found = []
        for product in products:
            cancel.check()
            key = (product.collection, product.id)
            if key not in seen and sieve.passes(product):
                found.append(product)
            seen.add(key)
        return found

    def page(products: Iterable[Product], total: int | None = None, **more: Any) -> Page:
        theirs, ours = shared_out(query, sieve.kept)
        counted = None if ours else total
        return Page(catalogue, tuple(products), counted, server=theirs, local=ours, **more)

    coming = iter(_batches_from(after, batches))
    for products, place, total in coming:
        found = fresh(products)
        room = len(found) if query.limit is None else max(0, query.limit - count)
        found, left = found[:room], tuple(found[room:])
        count += len(found)
        full = query.limit is not None and count >= query.limit
        if full and not left and place == BEGINNING:
            left, place = _read_behind_limit(coming, fresh)
        rest = _place_after_limit(seen, left, place) if full else None
        yield page(found, total, last=full, after=rest)
        if full:
            return
        _check_heeded(sieve, catalogue)
    yield page((), last=True)


def _check_heeded(sieve: Sieve, catalogue: str) -> None:
    """Raises ServiceError where reading on would be reading a whole catalogue."""
    if sieve.astray > MOST_ASTRAY:
        raise ServiceError(
            tr("The catalogue sends products that were not asked for."),
            tr("Those of your area are shown as far as they came. Tell your relay if it lasts."),
            code="astray",
            details=catalogue,
        )


def _following_batch(coming: Iterator[Batch]) -> Batch | None:
    """The next batch, empty at the end; None when it cannot be had: what was found is there, and
    who wants more is told why.
    """
    try:
        return next(coming, ((), None, None))
    except Cancelled:
        raise
    except DinamisError:
        return None


def _batches_from(after: After, batches: Callable[[Any], Iterable[Batch]]) -> Iterator[Batch]:
    if after.left:
        yield after.left, after.place, None
    if after.place is not None:
        yield from batches(after.place)
