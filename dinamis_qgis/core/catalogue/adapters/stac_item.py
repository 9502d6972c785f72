"""One item of a STAC API by its ids: at its own address, else by a search for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from dinamis_qgis.core.catalogue.adapters.stac import read_abilities
from dinamis_qgis.core.catalogue.adapters.stac_static import StaticCatalogue, fetch_static
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import mapping, read_sequence, read_string
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

NOT_THERE = (404, 405, 501)


def fetch_stac(
    profile: Profile,
    catalogue: Catalogue,
    wanted: tuple[str, str],
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel | None,
) -> Product:
    """The product of that collection and id. Raises ServiceError (``missing``), NetworkError…"""
    collection, item_id = wanted
    base = catalogue.url.rstrip("/")
    url = f"{base}/collections/{quote(collection, safe='')}/items/{quote(item_id, safe='')}"
    try:
        item = mapping(http.json("GET", url, cancel=cancel, credentials=credentials))
    except ServiceError as error:
        if error.status not in NOT_THERE:
            raise
        # Not every service has an address for each item: item search alone is a STAC API too.
        try:
            item = _item_by_search(catalogue, wanted, http, credentials, cancel or Cancel())
        except StaticCatalogue:
            return fetch_static(profile, catalogue, wanted, http, credentials, cancel or Cancel())
        if not item:
            raise
    if read_string(item.get("id")) != item_id:
        raise ServiceError(
            tr("The service gave an answer that cannot be read."), code="garbage", details=url
        )
    return product_from_item(item, profile, catalogue, url)


def _item_by_search(
    catalogue: Catalogue,
    wanted: tuple[str, str],
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
) -> Mapping[str, Any]:
    """The item by a search for its ids (STAC API item search, ``ids``); empty when that finds it
    neither, whatever the reason. Raises StaticCatalogue where there is nothing to search.
    """
    from dinamis_qgis.core.catalogue.adapters.stac_io import CatalogueIO

    collection, item_id = wanted
    try:
        can = read_abilities(catalogue, http, credentials, cancel)
        page = CatalogueIO(http, credentials, cancel).fetch(
            can.search_url,
            "POST" if can.post else "GET",
            {"ids": [item_id], "collections": [collection]}
            if can.post
            else {"ids": item_id, "collections": collection},
            {},
        )
    except StaticCatalogue:
        raise
    except ServiceError:
        return {}
    items = (mapping(x) for x in read_sequence(mapping(page).get("features")))
    return next(
        (
            x
            for x in items
            if (read_string(x.get("collection")), read_string(x.get("id"))) == wanted
        ),
        {},
    )
