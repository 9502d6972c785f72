"""Products in order, and grouped by pass.

What is unknown comes last, whichever way the order goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import repeat
from operator import attrgetter
from typing import Optional, TypeVar

from dinamis_qgis.core.catalogue.filters import make_doubter
from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.text import tr

_ATTRIBUTES = {"cloud": "cloud_cover", "incidence": "incidence", "resolution": "gsd"}

T = TypeVar("T")
Coverage = Callable[[T], Optional[float]]
Key = tuple[int, int, float, float, tuple[str, str, str, str]]
"""Doubts, whether the value is unknown, the value, how long before 1970, the product: what comes
first is smaller.
"""

BY = ("date", "cloud", "coverage", "incidence", "resolution")
BEST_FIRST = {
    "date": True,
    "cloud": False,
    "coverage": True,
    "incidence": False,
    "resolution": False,
}
"""``Order.descending`` that puts the best first."""


def order_label(by: str) -> str:
    """What products are sorted by, as people read it."""
    return {
        "date": tr("Date"),
        "cloud": tr("Cloud cover"),
        "coverage": tr("Share of the area"),
        "incidence": tr("Incidence"),
        "resolution": tr("Resolution"),
    }.get(by, by)


def sort_key(
    order: SortOrder,
    product: Callable[[T], Product],
    coverage: Coverage[T] | None = None,
    query: Query | None = None,
) -> Callable[[T], Key]:
    """The key of ``sorted`` for rows of any kind: ``product(row)`` and ``coverage(row)`` (share
    from 0 to 1) read them.

    With ``query``, products that pass its filters only for lack of a value come after those that
    surely pass. Equal ones go by date, the latest first, then by id: the same products always come
    in the same order.
    """
    doubts = make_doubter(query) if query is not None else None
    sign = -1.0 if order.descending else 1.0

    def key(row: T) -> Key:
        item = product(row)
        value = (
            coverage(row) if order.by == "coverage" and coverage else _sort_value(item, order.by)
        )
        when = item.datetime.timestamp() if item.datetime else float("-inf")
        return (
            len(doubts(item)) if doubts else 0,
            1 if value is None else 0,
            0.0 if value is None else sign * value,
            -when,
            item.key,
        )

    return key


def rearranged_keys(
    keys: Sequence[Key], rows: Iterable[T], order: SortOrder, coverage: str
) -> list[Key]:
    """The keys of ``rows`` (each with its ``product``) in another order, from those they have: far
    faster than to make all anew.

    ``coverage`` is the attribute of a row that holds its share.
    """
    sign = -1.0 if order.descending else 1.0
    values: Iterable[float | None]
    if order.by == "date":
        values = (None if key[3] == float("inf") else -key[3] for key in keys)
    elif order.by in BY:
        values = map(
            attrgetter(coverage if order.by == "coverage" else f"product.{_ATTRIBUTES[order.by]}"),
            rows,
        )
    else:
        values = repeat(None)
    return [
        (doubts, 0, sign * value, when, key) if value is not None else (doubts, 1, 0.0, when, key)
        for (doubts, _, _, when, key), value in zip(keys, values)
    ]


def sort_products(
    products: Iterable[Product], order: SortOrder, query: Query | None = None
) -> list[Product]:
    """Products in order; sorted by coverage, of the query's area."""
    coverage: Coverage[Product] | None = None
    if order.by == "coverage" and query is not None and query.area is not None:
        from dinamis_qgis.core.geo import make_coverer

        covered = make_coverer(query.area)

        def coverage(p: Product) -> float | None:
            return covered(p.footprint)

    return sorted(products, key=sort_key(order, lambda p: p, coverage, query))


def _sort_value(product: Product, by: str) -> float | None:
    if by == "date":
        return product.datetime.timestamp() if product.datetime else None
    name = _ATTRIBUTES.get(by)
    return getattr(product, name) if name else None


Pass = tuple[str, Optional[date]]
"""Platform as people call it, and the day as they see it."""


def group_by_pass(rows: Sequence[T], product: Callable[[T], Product]) -> list[tuple[Pass, list[T]]]:
    """``rows`` grouped by pass, as ((platform label, day), rows): groups in the order of their
    first row.

    A product whose platform or date is unknown is a group of its own.
    """
    groups: dict[tuple[object, ...], list[T]] = {}
    names: dict[tuple[object, ...], Pass] = {}
    for index, row in enumerate(rows):
        item = product(row)
        name = (platform_label(item.platform) or item.constellation, item.day)
        key: tuple[object, ...] = name if item.platform and item.day else (index,)
        groups.setdefault(key, []).append(row)
        names.setdefault(key, name)
    return [(names[key], found) for key, found in groups.items()]
