"""The STAC API adapter: a query as an item search, its pages as products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.match import matches
from dinamis_qgis.core.catalogue.model import Page, Product, Query
from dinamis_qgis.core.catalogue.values import address, mapping, number, sequence, text, texts
from dinamis_qgis.core.errors import InvalidInput, ServiceError
from dinamis_qgis.core.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

__all__ = ["fetch_product", "product_from_item", "search_stac"]


@dataclass(frozen=True)
class Abilities:
    """What a STAC API says it can do: ``filter`` is CQL2 JSON, ``query`` and ``sort`` the extensions of item search."""

    search_url: str
    post: bool = True
    sort: bool = False
    query: bool = False
    filter: bool = False


def search_stac(
    profile: Profile, catalogue: Catalogue, query: Query, http: Http, credentials: Credentials | None, cancel: Cancel
) -> Iterator[Page]:
    """Pages of the catalogue's products that match. Raises DinamisError; what was yielded before stays valid."""
    from pystac_client.item_search import ItemSearch

    from dinamis_qgis.core.catalogue.stac_io import CatalogueIO

    collections = wanted_collections(catalogue, query)
    if collections is None:
        yield Page(catalogue.id, (), last=True)
        return
    io = CatalogueIO(http, credentials, cancel)
    can = abilities(mapping(io.read_json(catalogue.url)), catalogue.url)
    asked = dict(parameters(query, catalogue, collections, can), stac_io=io)
    found = ItemSearch(can.search_url, method="POST" if can.post else "GET", **asked)
    seen: set[tuple[str, str]] = set()
    count = 0
    # Not `pages_as_dicts`, which ends at the first empty page.
    for answer in io.get_pages(found.url, found.method, found.get_parameters()):
        fresh = list(_fresh(answer, seen))
        if not fresh and sequence(answer.get("features")):
            break  # the same products again: a list without end
        products = tuple(_products(fresh, profile, catalogue, query, can.search_url, cancel))
        room = len(products) if query.limit is None else max(0, query.limit - count)
        cut, products = len(products) > room, products[:room]
        count += len(products)
        full = query.limit is not None and count >= query.limit
        more = full and (cut or _has_next(answer))
        yield Page(catalogue.id, products, _total(answer), full, more)
        if full:
            return
    yield Page(catalogue.id, (), last=True)


def wanted_collections(catalogue: Catalogue, query: Query) -> tuple[str, ...] | None:
    """The collections to ask for, () for all, None when the catalogue has none of what is looked for."""
    known = catalogue.collections
    if not known:
        return query.collections
    ids = [
        c.id
        for c in known
        if (not query.collections or c.id in query.collections)
        and (not query.constellations or not c.constellation or c.constellation in query.constellations)
    ]
    return tuple(ids) or None


def abilities(landing: Mapping[str, Any], url: str) -> Abilities:
    """Read from the landing page: conformance classes and search links. Raises ServiceError when it is no STAC API."""
    classes = " ".join(texts(landing.get("conformsTo")))
    links = [mapping(x) for x in sequence(landing.get("links"))]
    searches = {
        text(x.get("method")).upper() or "GET": address(x.get("href"), url.rstrip("/") + "/")
        for x in links
        if x.get("rel") == "search"
    }
    if not any(searches.values()) and "item-search" not in classes:
        raise ServiceError(
            tr("The catalogue does not answer as a STAC catalogue."),
            tr("Tell your relay: its profile or the service is at fault."),
            code="not-stac",
            details=url,
        )
    post = "POST" in searches or not searches
    search_url = searches.get("POST") or searches.get("GET") or url.rstrip("/") + "/search"
    return Abilities(
        search_url,
        post,
        sort=bool(re.search(r"item-search#sort\b", classes)),
        query=bool(re.search(r"item-search#query\b", classes)),
        filter=bool(re.search(r"item-search#filter\b", classes)) and "cql2-json" in classes and "basic-cql2" in classes,
    )


def parameters(query: Query, catalogue: Catalogue, collections: tuple[str, ...], can: Abilities) -> dict[str, Any]:
    """Arguments of pystac-client's ItemSearch; what the service does not declare is left to ``matches``."""
    limit = catalogue.page_size if query.limit is None else min(catalogue.page_size, max(1, query.limit))
    asked: dict[str, Any] = {"max_items": None, "limit": limit, "collections": list(collections) or None}
    if query.area is not None and not query.area.is_empty:
        asked["intersects"] = _geojson(query.area)
    if query.start or query.end:
        start = f"{query.start.isoformat()}T00:00:00Z" if query.start else ".."
        end = f"{query.end.isoformat()}T23:59:59Z" if query.end else ".."
        asked["datetime"] = f"{start}/{end}"
    if can.sort:
        asked["sortby"] = [{"field": "properties.datetime", "direction": "desc"}]
    limits = {"eo:cloud_cover": query.max_cloud, "view:incidence_angle": query.max_incidence}
    tests = {name: value for name, value in limits.items() if value is not None}
    if tests and can.filter and can.post:
        asked["filter"] = {"op": "and", "args": [_at_most_or_unknown(name, value) for name, value in tests.items()]}
        asked["filter_lang"] = "cql2-json"
    elif tests and can.query:
        # `query` would drop products without a value: only for properties the profile says are always there.
        always = catalogue.options.get("always") or ()
        asked["query"] = {name: {"lte": value} for name, value in tests.items() if name in always} or None
    return asked


def _at_most_or_unknown(name: str, value: float) -> dict[str, Any]:
    prop = {"property": name}
    return {"op": "or", "args": [{"op": "<=", "args": [prop, value]}, {"op": "isNull", "args": [prop]}]}


def _geojson(area: Any) -> dict[str, Any]:
    """GeoJSON with centimetre coordinates: a GET search must stay a short address."""
    from shapely.geometry import mapping as to_geojson

    def rounded(value: Any) -> Any:
        return [rounded(x) for x in value] if isinstance(value, (list, tuple)) else round(value, 7)

    geometry = to_geojson(area)
    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}


def _fresh(answer: Mapping[str, Any], seen: set[tuple[str, str]]) -> Iterator[Mapping[str, Any]]:
    """The items of a page not met before in this search; without an id an item is no product."""
    for value in sequence(answer.get("features")):
        item = mapping(value)
        key = (text(item.get("collection")), text(item.get("id")))
        if key[1] and key not in seen:
            seen.add(key)
            yield item


def _products(
    items: list[Mapping[str, Any]], profile: Profile, catalogue: Catalogue, query: Query, base: str, cancel: Cancel
) -> Iterator[Product]:
    for item in items:
        cancel.check()
        product = product_from_item(item, profile, catalogue, base)
        if matches(product, query):
            yield product


def _total(answer: Mapping[str, Any]) -> int | None:
    """``numberMatched`` (or ``context.matched``) when the service counts."""
    value = answer.get("numberMatched", mapping(answer.get("context")).get("matched"))
    found = number(value, 0)
    return None if found is None else int(found)


def _has_next(answer: Mapping[str, Any]) -> bool:
    return any(mapping(x).get("rel") == "next" for x in sequence(answer.get("links")))


def fetch_product(
    profile: Profile,
    catalogue_id: str,
    collection: str,
    item_id: str,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel | None = None,
) -> Product:
    """One product by its ids. Raises InvalidInput (unknown catalogue), ServiceError (``missing``), NetworkError…"""
    catalogue = next((c for c in profile.catalogues if c.id == catalogue_id), None)
    if catalogue is None or catalogue.kind != "stac":
        raise InvalidInput(tr("This product belongs to a catalogue that your profile does not have."), details=catalogue_id)
    url = f"{catalogue.url.rstrip('/')}/collections/{quote(collection, safe='')}/items/{quote(item_id, safe='')}"
    allowed = credentials if catalogue.signed_in else None
    item = mapping(http.json("GET", url, cancel=cancel, credentials=allowed))
    if text(item.get("id")) != item_id:
        raise ServiceError(tr("The service gave an answer that cannot be read."), code="garbage", details=url)
    return product_from_item(item, profile, catalogue, url)
