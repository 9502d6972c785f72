"""A static STAC catalogue: files that link to each other, with nobody to search them.

Its catalogues and collections are walked from the first file on, on one origin only, and within
bounds; every filter is applied here. Source: STAC 1.x catalog specification, ``child`` and ``item``
links.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from dinamis_qgis.core.catalogue.adapter_errors import missing_product
from dinamis_qgis.core.catalogue.adapters.pager import Batch, filter_pages
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import BEGINNING, After, Page, Product, Query
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import (
    keep_https,
    mapping,
    read_address,
    read_string,
    related_links,
)
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.net.side_by_side import WIDTH, side_by_side
from dinamis_qgis.core.net.urls import origin
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

MOST_FOLDERS = 200
"""Catalogues and collections that are walked through."""
MOST_ITEMS = 5000
_GONE = (404, 410)
IN_A_BATCH = 50
"""Items that are read before any of them is shown."""


class StaticCatalogue(ServiceError):
    """The address is a static catalogue's: it is walked, not searched."""

    code = "static"


def is_static(landing: Mapping[str, Any]) -> bool:
    """Whether a first page is that of a static catalogue, not of an API or of something else."""
    written = read_string(landing.get("stac_version"))
    folder = read_string(landing.get("type")) in ("Catalog", "Collection", "")
    linked = any(True for rel in ("child", "item") for _ in related_links(landing, rel))
    return bool(written) and folder and linked


def search_static(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """Pages of the catalogue's products that match, in the order of its files.

    Raises DinamisError; what was yielded before stays valid.
    """
    hrefs = list(find_items(catalogue.url, http, credentials, cancel))
    parts = [hrefs[n : n + IN_A_BATCH] for n in range(0, len(hrefs), IN_A_BATCH)]

    def read(part: list[str], stop: Cancel) -> Iterator[Batch]:
        found = tuple(
            product_from_item(item, profile, catalogue, href)
            for href in part
            for item in [_read_file(href, http, credentials, stop)]
            if item
        )
        yield found, BEGINNING if part is not parts[-1] else None, None

    def batches(_: Any) -> Iterator[Batch]:
        if not parts:
            yield (), None, 0
        yield from side_by_side(parts, read, cancel, WIDTH, http.release)

    yield from filter_pages(catalogue.id, query, batches, (), cancel, after)


def fetch_static(
    profile: Profile,
    catalogue: Catalogue,
    wanted: tuple[str, str],
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
) -> Product:
    """The product of that collection and id. Raises ServiceError (``missing``), NetworkError…"""
    for page in search_static(profile, catalogue, Query(), http, credentials, cancel):
        for product in page.products:
            if (product.collection, product.id) == wanted:
                return product
    raise missing_product(catalogue, wanted[1])


def find_items(
    url: str, http: Http, credentials: Credentials | None, cancel: Cancel
) -> Iterator[str]:
    """The addresses of its items, each once.

    Raises ServiceError where the catalogue is larger than what is read.
    """
    waiting, known, count = deque([url]), {url}, 0
    while waiting:
        cancel.check()
        folder_url = waiting.popleft()
        folder = _read_file(folder_url, http, credentials, cancel, needed=folder_url == url)
        for rel in ("child", "item"):
            for link in related_links(folder, rel):
                href = keep_https(read_address(link.get("href"), folder_url), folder_url)
                if not href or href in known or origin(href) != origin(url):
                    continue
                known.add(href)
                if rel == "child":
                    waiting.append(href)
                else:
                    count += 1
                    yield href
        if len(known) - count > MOST_FOLDERS or count > MOST_ITEMS:
            raise ServiceError(
                tr("This static catalogue is too large to be read file by file."),
                tr("Tell your relay: a catalogue of that size needs a STAC API."),
                code="static-large",
                details=url,
            )


def _read_file(
    url: str,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    needed: bool = False,
) -> Mapping[str, Any]:
    """A file of the catalogue; one that is gone or damaged is empty, unless it is needed.

    Raises ServiceError for a service that fails: what it has must not look like all there is.
    """
    try:
        return mapping(http.json("GET", url, credentials=credentials, cancel=cancel))
    except ServiceError as error:
        if needed or (error.status not in _GONE and error.code != "garbage"):
            raise
        return {}
