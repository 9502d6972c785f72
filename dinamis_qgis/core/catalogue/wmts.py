"""Ready layers of a WMTS as products: the yearly coverages (millésimes) of the Géoplateforme.

Facts: ``https://data.geopf.fr/wmts`` has one layer a coverage and year, ``ORTHOIMAGERY.ORTHO-SAT.SPOT.2018``; their format
differs from year to year, so the capabilities are read rather than guessed.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

from dinamis_qgis.core.catalogue.filters import active
from dinamis_qgis.core.catalogue.item import credit_of
from dinamis_qgis.core.catalogue.model import Asset, Page, Product, Query, TiledLayer
from dinamis_qgis.core.catalogue.pager import Batch, pages
from dinamis_qgis.core.catalogue.stac import wanted_collections
from dinamis_qgis.core.catalogue.values import footprint, mapping, number, sequence, text
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.http import Cancel, Credentials, Http, chunks
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

MAX_BYTES = 50_000_000
_NOTES_LIVE_S = 3600.0


@dataclass(frozen=True)
class Offer:
    """A layer as the capabilities describe it; ``bounds`` is west, south, east, north in degrees."""

    layer: TiledLayer
    title: str
    abstract: str
    bounds: tuple[float, ...]


def search_wmts(
    profile: Profile, catalogue: Catalogue, query: Query, http: Http, credentials: Credentials | None, cancel: Cancel
) -> Iterator[Page]:
    """The layers that ``options.layers`` describes, the latest first, as products whose asset is a map layer.

    Each description has ``name`` (with ``{year}`` and, for several years, ``{last}``), ``title``, ``collection``, and what
    is known of it: ``gsd`` (m), ``mode``, ``constellation``. Raises DinamisError.
    """
    collections = wanted_collections(catalogue, query)
    if collections is None:
        yield Page(catalogue.id, (), last=True, server=active(query))
        return

    def batches() -> Iterator[Batch]:
        found = products(offers(catalogue, http, cancel), profile, catalogue)
        earliest = datetime.min.replace(tzinfo=timezone.utc)
        yield sorted(found, key=lambda p: (p.datetime or earliest, p.id), reverse=True), False, len(found)

    yield from pages(catalogue.id, query, batches(), (), cancel)


def products(found: list[Offer], profile: Profile, catalogue: Catalogue) -> list[Product]:
    """The offers that the catalogue's options describe, as products."""
    made = []
    for description in map(mapping, sequence(catalogue.options.get("layers"))):
        pattern = _pattern(text(description.get("name")))
        for offer in found:
            match = pattern.fullmatch(offer.layer.layer)
            if match:
                made.append(_product(offer, match.groupdict(), description, profile, catalogue))
    return made


def _product(
    offer: Offer, years: Mapping[str, str], description: Mapping[str, Any], profile: Profile, catalogue: Catalogue
) -> Product:
    known = profile.collection(catalogue.id, text(description.get("collection")))
    first = int(years["year"]) if years.get("year") else None
    last = int(years.get("last") or years["year"]) if first else None
    title = text(description.get("title")) or offer.title
    asset = Asset("wmts", offer.layer.url, "application/vnd.ogc.wmts_xml", ("visual",), offer.title, layer=offer.layer)
    return Product(
        profile=profile.id,
        catalogue=catalogue.id,
        collection=known.id if known else text(description.get("collection")),
        id=offer.layer.layer,
        footprint=footprint(None, list(offer.bounds)),
        datetime=datetime(first, 1, 1, tzinfo=timezone.utc) if first else None,
        end=datetime(last, 12, 31, 23, 59, 59, tzinfo=timezone.utc) if last else None,
        constellation=(known.constellation if known else "") or text(description.get("constellation")),
        mode=text(description.get("mode")),
        gsd=number(description.get("gsd"), 1e-6),
        epsg=int(offer.layer.crs.rpartition(":")[2]) if offer.layer.crs.rpartition(":")[2].isdigit() else None,
        licence=(known.licence if known else "") or catalogue.licence,
        title=f"{title} {'-'.join(dict.fromkeys(str(y) for y in (first, last) if y))}".strip(),
        credit=credit_of((known.credit if known else "") or catalogue.credit, last),
        assets=(asset,),
        page=text(description.get("page")) or catalogue.page,
        properties={"abstract": offer.abstract},
    )


def offers(catalogue: Catalogue, http: Http, cancel: Cancel) -> list[Offer]:
    """Every layer of the service; kept for an hour. Raises DinamisError."""
    base = catalogue.url.split("?")[0]
    when, known = http.notes.get(base, (0.0, None))
    if isinstance(known, list) and time.monotonic() - when < _NOTES_LIVE_S:
        return known
    query = urlencode({"SERVICE": "WMTS", "REQUEST": "GetCapabilities", "VERSION": "1.0.0"})
    answer = http.request("GET", f"{base}?{query}", cancel=cancel, stream=True)
    body = b"".join(chunks(answer, cancel, limit=MAX_BYTES)).decode("utf-8", "replace")
    found = read_capabilities(body, base)
    if not found:
        raise ServiceError(
            tr("The answer of “{title}” could not be understood.").format(title=catalogue.title),
            tr("Tell your relay if it lasts."),
            code="not-wmts",
            details=base,
        )
    http.notes[base] = (time.monotonic(), found)
    return found


def read_capabilities(document: str, url: str) -> list[Offer]:
    """The layers of a WMTS 1.0.0 capabilities document.

    Read as text, element by element: no XML parser sees what comes from outside, and nothing in it is expanded.
    """
    systems = {}
    for block in _blocks(document, "TileMatrixSet"):
        name, crs = _value(block, "Identifier"), _value(block, "SupportedCRS")
        if name and crs:
            systems[name] = f"EPSG:{crs.rpartition(':')[2]}"
    found = []
    for block in _blocks(document, "Layer"):
        styles = list(_blocks(block, "Style"))
        plain = block
        for style in styles:
            plain = plain.replace(style, "", 1)
        matrix = next((m for m in _values(plain, "TileMatrixSet") if m in systems), "")
        name, formats = _value(plain, "Identifier"), list(_values(plain, "Format"))
        low, high = _value(plain, "LowerCorner").split(), _value(plain, "UpperCorner").split()
        bounds = tuple(number(x) for x in (*low, *high))
        if name and formats and matrix and len(bounds) == 4 and None not in bounds:
            usual = next((s for s in styles if 'isDefault="true"' in s), styles[0] if styles else "")
            layer = TiledLayer(url, name, _value(usual, "Identifier") or "default", matrix, formats[0], systems[matrix])
            limits = tuple(float(x or 0) for x in bounds)
            found.append(Offer(layer, _value(plain, "Title") or name, _value(plain, "Abstract"), limits))
    return found


def _blocks(document: str, tag: str) -> Iterator[str]:
    """Each ``tag`` that holds elements, whole. One pass, whatever the document: what is never closed ends it."""
    opening = re.compile(rf"<(?:\w+:)?{tag}(?:\s[^<>]*)?>")
    closing = re.compile(rf"</(?:\w+:)?{tag}>")
    start = opening.search(document)
    while start:
        at = start.end()
        if re.compile(r"\s*<").match(document, at):
            end = closing.search(document, at)
            if end is None:
                return
            at = end.end()
            yield document[start.start() : at]
        start = opening.search(document, at)


def _values(block: str, tag: str) -> Iterator[str]:
    for match in re.finditer(rf"<(?:\w+:)?{tag}(?:\s[^<>]*)?>([^<]*)</", block):
        yield html.unescape(match.group(1)).strip()


def _value(block: str, tag: str) -> str:
    return next(_values(block, tag), "")


def _pattern(name: str) -> re.Pattern[str]:
    escaped = re.escape(name).replace(r"\{year\}", r"(?P<year>\d{4})").replace(r"\{last\}", r"(?P<last>\d{4})")
    return re.compile(escaped)
