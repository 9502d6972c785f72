"""Ready layers of a WMTS as products: the yearly coverages (millésimes) of the Géoplateforme.

Facts: ``https://data.geopf.fr/wmts`` has one layer a coverage and year,
``ORTHOIMAGERY.ORTHO-SAT.SPOT.2018``; their format differs from year to year, so the capabilities
are read rather than guessed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from dinamis_qgis.core.catalogue.adapter_errors import missing_product, misunderstood_answer
from dinamis_qgis.core.catalogue.adapters.pager import Batch, filter_pages
from dinamis_qgis.core.catalogue.adapters.stac import wanted_collections
from dinamis_qgis.core.catalogue.adapters.wmts_capabilities import (
    Offer,
    capabilities_url,
    read_capabilities,
    write_capabilities,
)
from dinamis_qgis.core.catalogue.filters import active_filters
from dinamis_qgis.core.catalogue.item import credit_of
from dinamis_qgis.core.catalogue.model import After, Asset, Page, Product, Query, TiledLayer
from dinamis_qgis.core.json_values import (
    mapping,
    read_footprint,
    read_number,
    read_sequence,
    read_string,
)
from dinamis_qgis.core.net.failures import web_page
from dinamis_qgis.core.net.http import Cancel, Credentials, Http, read_chunks
from dinamis_qgis.core.profile.model import Catalogue, Profile

MAX_BYTES = 50_000_000
_NOTES_LIVE_S = 3600.0


def search_wmts(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """The layers that ``options.layers`` describes, the latest first, as products whose asset is a
    map layer.

    Each description has ``name`` (with ``{year}`` and, for several years, ``{last}``), ``title``,
    ``collection``, and what is known of it: ``gsd`` (m), ``mode``, ``constellation``. Raises
    DinamisError.
    """
    collections = wanted_collections(catalogue, query)
    if collections is None:
        yield Page(catalogue.id, (), last=True, server=active_filters(query))
        return

    def batches(_: Any) -> Iterator[Batch]:
        found = products(read_offers(catalogue, http, cancel), profile, catalogue)
        earliest = datetime.min.replace(tzinfo=timezone.utc)
        yield (
            sorted(found, key=lambda p: (p.datetime or earliest, p.id), reverse=True),
            None,
            len(found),
        )

    yield from filter_pages(catalogue.id, query, batches, (), cancel, after)


def products(found: list[Offer], profile: Profile, catalogue: Catalogue) -> list[Product]:
    """The offers that the catalogue's options describe, as products."""
    made = []
    for description in map(mapping, read_sequence(catalogue.options.get("layers"))):
        pattern = _layer_name_pattern(read_string(description.get("name")))
        for offer in found:
            match = pattern.fullmatch(offer.layer.layer)
            if match:
                made.append(
                    _product_from_offer(offer, match.groupdict(), description, profile, catalogue)
                )
    return made


def _product_from_offer(
    offer: Offer,
    years: Mapping[str, str],
    description: Mapping[str, Any],
    profile: Profile,
    catalogue: Catalogue,
) -> Product:
    known = profile.collection(catalogue.id, read_string(description.get("collection")))
    first = int(years["year"]) if years.get("year") else None
    last = int(years.get("last") or years["year"]) if first else None
    title = read_string(description.get("title")) or offer.title
    asset = Asset(
        "wmts",
        offer.layer.url,
        "application/vnd.ogc.wmts_xml",
        ("visual",),
        offer.title,
        layer=offer.layer,
    )
    return Product(
        profile=profile.id,
        catalogue=catalogue.id,
        collection=known.id if known else read_string(description.get("collection")),
        id=offer.layer.layer,
        footprint=read_footprint(None, list(offer.bounds)),
        datetime=datetime(first, 1, 1, tzinfo=timezone.utc) if first else None,
        end=datetime(last, 12, 31, 23, 59, 59, tzinfo=timezone.utc) if last else None,
        constellation=(known.constellation if known else "")
        or read_string(description.get("constellation")),
        mode=read_string(description.get("mode")),
        gsd=read_number(description.get("gsd"), 1e-6),
        epsg=int(offer.layer.crs.rpartition(":")[2])
        if offer.layer.crs.rpartition(":")[2].isdigit()
        else None,
        licence=(known.licence if known else "") or catalogue.licence,
        title=f"{title} {'-'.join(dict.fromkeys(str(y) for y in (first, last) if y))}".strip(),
        credit=credit_of((known.credit if known else "") or catalogue.credit, last),
        assets=(asset,),
        page=read_string(description.get("page")) or catalogue.page,
        properties={"abstract": offer.abstract},
    )


def read_offers(catalogue: Catalogue, http: Http, cancel: Cancel) -> list[Offer]:
    """Every layer of the service; kept for an hour. Raises DinamisError."""
    base = catalogue.url.split("?")[0]
    when, known = http.notes.get(base, (0.0, None))
    if isinstance(known, list) and time.monotonic() - when < _NOTES_LIVE_S:
        return known
    answer = http.request("GET", capabilities_url(base), cancel=cancel, stream=True)
    body = b"".join(read_chunks(answer, cancel, limit=MAX_BYTES))
    found = read_capabilities(body, base)
    if not found:
        raise web_page(body, base) or misunderstood_answer(catalogue, base, "not-wmts")
    http.notes[base] = (time.monotonic(), found)
    return found


def fetch_wmts(
    profile: Profile,
    catalogue: Catalogue,
    wanted: tuple[str, str],
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel | None,
) -> Product:
    """The coverage of that name. Raises ServiceError (``missing``), NetworkError…"""
    found = products(read_offers(catalogue, http, cancel or Cancel()), profile, catalogue)
    coverage = next((p for p in found if p.id == wanted[1] and p.collection == wanted[0]), None)
    if coverage is None:
        raise missing_product(catalogue, wanted[1])
    return coverage


def layer_document(catalogue: Catalogue, layer: TiledLayer, http: Http, cancel: Cancel) -> str:
    """The capabilities of ``layer`` alone (see ``capabilities``).

    Raises ServiceError where the service no longer has it.
    """
    offer = next(
        (o for o in read_offers(catalogue, http, cancel) if o.layer.layer == layer.layer), None
    )
    if offer is None:
        raise missing_product(catalogue, layer.layer)
    if not offer.grid.levels:
        raise misunderstood_answer(catalogue, f"{layer.matrix_set}: no tile matrix", "not-wmts")
    return write_capabilities(offer)


def _layer_name_pattern(name: str) -> re.Pattern[str]:
    escaped = (
        re.escape(name)
        .replace(r"\{year\}", r"(?P<year>\d{4})")
        .replace(r"\{last\}", r"(?P<last>\d{4})")
    )
    return re.compile(escaped)
