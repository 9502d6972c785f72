"""A query in the words of a STAC API, as far as the service says it understands them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dinamis_qgis.core.catalogue.adapters.periods import Interval
from dinamis_qgis.core.catalogue.adapters.stac_static import StaticCatalogue, is_static
from dinamis_qgis.core.catalogue.model import Query, SortOrder
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import (
    keep_https,
    read_address,
    read_string,
    read_strings,
    related_links,
)
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.text import tr

CLOUD, INCIDENCE, GSD, DATETIME = "eo:cloud_cover", "view:incidence_angle", "gsd", "datetime"
_ORDER = {"date": DATETIME, "cloud": CLOUD, "incidence": INCIDENCE, "resolution": GSD}
TOO_LONG = (413, 414, 431)
_OUTLINES = (120, 30, 4)
"""Vertices of an outline where nothing longer is taken: for an address of 8 kB, of 2 kB, and an
extent.
"""
_MODE_WORDS = {"pan": ("P", "PAN"), "ms": ("MS", "XS"), "pms": ("PMS",)}


@dataclass(frozen=True)
class Abilities:
    """What a STAC API says it can do: ``filter`` is CQL2 JSON, the others are extensions of item
    search.
    """

    search_url: str
    post: bool = True
    sort: bool = False
    query: bool = False
    filter: bool = False
    fields: bool = False
    vertices: int | None = None
    """The most of an outline that it takes, when it has refused a longer one."""

    def less(self, status: int) -> Abilities | None:
        """The same service asked for less, when it refuses what it says it can do: first no
        filters, then no order.

        405 is no POST, 413, 414 and 431 are a request that is too long (for the service, or for a
        proxy in between). None when there is nothing to do without.
        """
        if status == 405:
            return replace(self, post=False) if self.post else None
        if status in TOO_LONG:
            return self._shorter()
        if self.query or self.filter or self.fields:
            return replace(self, query=False, filter=False, fields=False)
        if self.sort:
            return replace(self, sort=False)
        return None if self.post else self._shorter()

    def _shorter(self) -> Abilities | None:
        fewer = [most for most in _OUTLINES if self.vertices is None or most < self.vertices]
        return replace(self, vertices=fewer[0]) if fewer else None


def abilities(landing: Mapping[str, Any], url: str) -> Abilities:
    """Read from the landing page: conformance classes and search links.

    Raises StaticCatalogue where there are files to walk, ServiceError when it is no STAC at all.
    """
    classes = " ".join(read_strings(landing.get("conformsTo")))
    searches = {
        read_string(x.get("method")).upper() or "GET": keep_https(
            read_address(x.get("href"), url.rstrip("/") + "/"), url
        )
        for x in related_links(landing, "search")
    }
    if not any(searches.values()) and "item-search" not in classes:
        if is_static(landing):
            raise StaticCatalogue(tr("This is a static catalogue."), details=url)
        raise ServiceError(
            tr("The catalogue does not answer as a STAC catalogue."),
            tr("Tell your relay: its profile or the service is at fault."),
            code="not-stac",
            details=url,
        )
    post = "POST" in searches or not searches
    search_url = searches.get("POST") or searches.get("GET") or url.rstrip("/") + "/search"

    def declared(name: str) -> bool:
        return bool(re.search(rf"item-search#{name}\b", classes))

    return Abilities(
        search_url,
        post,
        sort=declared("sort"),
        query=declared("query"),
        filter=declared("filter") and "cql2-json" in classes and "basic-cql2" in classes,
        fields=declared("fields"),
    )


def parameters(
    query: Query,
    catalogue: Catalogue,
    collections: tuple[str, ...],
    can: Abilities,
    interval: Interval,
    size: int,
    order: SortOrder | None,
) -> dict[str, Any]:
    """Arguments of pystac-client's ItemSearch for one period; what the service does not declare is
    left to ``filters``.
    """
    asked: dict[str, Any] = {
        "max_items": None,
        "limit": size,
        "collections": list(collections) or None,
    }
    if query.area is not None and not query.area.is_empty:
        asked["intersects"] = _area_as_geojson(query.area)
    if interval != (None, None):
        asked["datetime"] = "/".join(_format_instant(x) for x in interval)
    if order is not None:
        asked["sortby"] = _sort_fields(order)
    if can.fields and catalogue.options.get("fields"):
        asked["fields"] = catalogue.options["fields"]
    limits = _property_limits(query, catalogue)
    if limits and can.filter and can.post:
        asked["filter"] = {
            "op": "and",
            "args": [_or_unknown(name, tests) for name, tests in limits.items()],
        }
        asked["filter_lang"] = "cql2-json"
    elif can.query:
        # `query` would drop products without a value: only for properties the profile says are
        # always there.
        always = catalogue.options.get("always") or ()
        asked["query"] = {n: _as_query(tests) for n, tests in limits.items() if n in always} or None
    return asked


def told(query: Query, catalogue: Catalogue, can: Abilities) -> set[str]:
    """The filters (names of ``filters``) that ``parameters`` leaves to the service."""
    done = {"area", "period", "collection"}
    known = catalogue.collections
    if known and all(c.constellation for c in known):
        done.add("constellation")  # chosen with the collections
    always = catalogue.options.get("always") or ()
    names = {
        CLOUD: "cloud",
        INCIDENCE: "incidence",
        GSD: "resolution",
        catalogue.options.get("mode_property"): "mode",
    }
    for name in _property_limits(query, catalogue):
        if (can.filter and can.post) or (can.query and name in always):
            done.add(names[name])
    return done


def sortable_order(order: SortOrder, catalogue: Catalogue, can: Abilities) -> SortOrder | None:
    """``order`` when the service can sort so: by date, or by a property that the profile says is
    always there.

    Where a value is missing, services page wrongly (pgstac loses products between two pages): what
    is sorted by it is sorted here.
    """
    always = catalogue.options.get("always") or ()
    known = order.by == "date" or _ORDER.get(order.by) in always
    return order if can.sort and known else None


def _property_limits(query: Query, catalogue: Catalogue) -> dict[str, list[tuple[str, Any]]]:
    """Property → what it must satisfy, as (operator, value); several values of ``in`` are
    alternatives.
    """
    found: dict[str, list[tuple[str, Any]]] = {}
    if query.max_cloud is not None:
        found[CLOUD] = [("<=", query.max_cloud)]
    if query.max_incidence is not None:
        # Some operators sign the angle by side.
        found[INCIDENCE] = [(">=", -query.max_incidence), ("<=", query.max_incidence)]
    # As wide as the filter here, which forgives a millimetre.
    low = [] if query.min_gsd is None else [(">=", round(query.min_gsd - 1e-3, 6))]
    high = [] if query.max_gsd is None else [("<=", round(query.max_gsd + 1e-3, 6))]
    if low or high:
        found[GSD] = low + high
    mode = read_string(catalogue.options.get("mode_property"))
    words = [w for m in query.modes for w in _MODE_WORDS.get(m.lower(), ("",))]
    if mode and words and "" not in words:
        found[mode] = [("in", words)]
    return found


def _or_unknown(name: str, tests: list[tuple[str, Any]]) -> dict[str, Any]:
    """CQL2: the value is missing, or satisfies every test.

    Only what the basic class has: no ``in``, no ``between``.
    """
    prop = {"property": name}
    every: list[dict[str, Any]] = []
    for operator, value in tests:
        if operator == "in":
            equal = [{"op": "=", "args": [prop, word]} for word in value]
            every.append(equal[0] if len(equal) == 1 else {"op": "or", "args": equal})
        else:
            every.append({"op": operator, "args": [prop, value]})
    passing = every[0] if len(every) == 1 else {"op": "and", "args": every}
    return {"op": "or", "args": [passing, {"op": "isNull", "args": [prop]}]}


def _as_query(tests: list[tuple[str, Any]]) -> dict[str, Any]:
    return {{"<=": "lte", ">=": "gte", "in": "in"}[operator]: value for operator, value in tests}


def _sort_fields(order: SortOrder) -> list[dict[str, str]]:
    direction = "desc" if order.descending else "asc"
    found = [{"field": f"properties.{_ORDER[order.by]}", "direction": direction}]
    return (
        found
        if order.by == "date"
        else [*found, {"field": "properties.datetime", "direction": "desc"}]
    )


def _format_instant(moment: Any) -> str:
    if moment is None:
        return ".."
    value = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{value:0>19}" + (f".{moment.microsecond // 1000:03d}Z" if moment.microsecond else "Z")


def _area_as_geojson(area: Any) -> dict[str, Any]:
    """GeoJSON with centimetre coordinates: a GET search must stay a short address."""
    from shapely.geometry import mapping as to_geojson

    from dinamis_qgis.core.geo import one_thread

    def rounded(value: Any) -> Any:
        return [rounded(x) for x in value] if isinstance(value, (list, tuple)) else round(value, 7)

    with one_thread:
        geometry = to_geojson(area)
    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
