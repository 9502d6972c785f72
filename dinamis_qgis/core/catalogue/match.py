"""The query's filters on our side: for services that do not filter, or filter otherwise."""

from __future__ import annotations

from dinamis_qgis.core.catalogue.model import Product, Query


def matches(product: Product, query: Query) -> bool:
    """Whether ``product`` passes period, constellation, cloud and incidence. An unknown value passes.

    The area is the service's business: an intersection it found is not computed again.
    """
    if query.constellations and product.constellation and product.constellation not in query.constellations:
        return False
    if query.collections and product.collection and product.collection not in query.collections:
        return False
    if product.datetime is not None:
        day = product.datetime.date()
        if (query.start and day < query.start) or (query.end and day > query.end):
            return False
    return _at_most(product.cloud_cover, query.max_cloud) and _at_most(product.incidence, query.max_incidence)


def _at_most(value: float | None, limit: float | None) -> bool:
    return value is None or limit is None or value <= limit
