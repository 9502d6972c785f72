"""Products as pages up to the query's limit: what the adapters of simple services share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dinamis_qgis.core.catalogue.filters import matcher, shared_out
from dinamis_qgis.core.catalogue.model import Page, Product, Query
from dinamis_qgis.core.http import Cancel

Batch = tuple[Iterable[Product], bool, "int | None"]
"""Products as the service has them, whether there are more after them, and the real count when it is known."""


def pages(catalogue: str, query: Query, batches: Iterable[Batch], server: Iterable[str], cancel: Cancel) -> Iterator[Page]:
    """Each batch as a page of what passes the filters, each product once; ``server`` names what the service applied."""
    passes = matcher(query, area="area" not in set(server))
    theirs, ours = shared_out(query, server)
    seen: set[tuple[str, str]] = set()
    count = 0
    for products, more, total in batches:
        found = []
        for product in products:
            cancel.check()
            key = (product.collection, product.id)
            if key not in seen and passes(product):
                found.append(product)
            seen.add(key)
        room = len(found) if query.limit is None else max(0, query.limit - count)
        cut, found = len(found) > room, found[:room]
        count += len(found)
        full = query.limit is not None and count >= query.limit
        known = total if not ours else None
        yield Page(catalogue, tuple(found), known, full, full and (cut or more), server=theirs, local=ours)
        if full:
            return
    yield Page(catalogue, (), last=True, server=theirs, local=ours)
