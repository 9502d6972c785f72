"""OpenSpot: the open SPOT 6/7 coverages of DINAMIS. Not STAC: one GeoJSON file a year and mode.

Facts: GET ``/api/geo/<year>_<MS|PAN>`` gives features with ``fid, ds_name, img_date, f_quicklook,
mode_, resolution, page_``; ``/api/lien_jpg/<f_quicklook>`` is a picture. The imagery is given by a
form on the site: a product has a page, no file.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from dinamis_qgis.core.catalogue.adapter_errors import missing_product
from dinamis_qgis.core.catalogue.adapters.pager import Batch, filter_pages
from dinamis_qgis.core.catalogue.adapters.stac import wanted_collections
from dinamis_qgis.core.catalogue.filters import active_filters
from dinamis_qgis.core.catalogue.item import credit_of
from dinamis_qgis.core.catalogue.model import BEGINNING, After, Page, Product, Query
from dinamis_qgis.core.catalogue.platforms import SPOT67, mode_of, platform_of_id
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import (
    mapping,
    read_datetime,
    read_footprint,
    read_number,
    read_sequence,
    read_string,
)
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.net.side_by_side import WIDTH, side_by_side
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

FIRST_YEAR = 2013
MODES = ("MS", "PAN")
MOST_BROKEN = 3
"""Files that are broken before any is sound: it is the service that is."""
_NOTES_LIVE_S = 3600.0
_EMPTY_LIVE_S = 60.0
"""A file that is not there may be so for a moment only."""


def search_openspot(
    profile: Profile,
    catalogue: Catalogue,
    query: Query,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel,
    after: After | None = None,
) -> Iterator[Page]:
    """A page for each year and mode, the latest first; every filter is applied here.

    Raises DinamisError.

    ``options.years`` are the years there are; a year that the service does not have is no error.
    One whose file is broken keeps none of the others from coming: its error is raised after them.
    """
    if wanted_collections(catalogue, query) is None or (
        query.constellations and SPOT67 not in query.constellations
    ):
        yield Page(catalogue.id, (), last=True, server=active_filters(query))
        return
    years = [
        y for y in sorted(_coverage_years(catalogue), reverse=True) if _may_match_year(y, query)
    ]
    wanted = {m.upper() for m in query.modes} & set(MODES) if query.modes else set(MODES)
    files = [(year, mode) for year in years for mode in MODES if mode in wanted]

    broken: list[ServiceError] = []
    sound: list[tuple[int, str]] = []

    def read(file: tuple[int, str], stop: Cancel) -> Iterator[Batch]:
        found: tuple[Product, ...] = ()
        try:
            found = _products_of_file(profile, catalogue, file, http, stop)
            sound.append(file)
        except ServiceError as error:
            broken.append(error)
            if not sound and len(broken) >= MOST_BROKEN:
                raise
        # Files are kept for an hour: to go on is to read them anew.
        yield found, BEGINNING if file != files[-1] else None, None

    def batches(_: Any) -> Iterator[Batch]:
        for found, place, total in side_by_side(files, read, cancel, WIDTH, http.release):
            yield found, BEGINNING if broken else place, total
        if broken:
            raise broken[0]

    yield from filter_pages(catalogue.id, query, batches, (), cancel, after)


def fetch_openspot(
    profile: Profile,
    catalogue: Catalogue,
    wanted: tuple[str, str],
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel | None,
) -> Product:
    """The scene ``<year>_<mode>:<fid>``, out of the file of its year and mode.

    Raises ServiceError (``missing``), NetworkError…
    """
    match = re.fullmatch(r"(\d{4})_(MS|PAN):\d+", wanted[1])
    found = (
        _products_of_file(
            profile, catalogue, (int(match.group(1)), match.group(2)), http, cancel or Cancel()
        )
        if match
        else ()
    )
    scene = next((p for p in found if p.id == wanted[1]), None)
    if scene is None:
        raise missing_product(catalogue, wanted[1])
    return scene


def _coverage_years(catalogue: Catalogue) -> list[int]:
    given = [read_number(y, 1900, 2199) for y in read_sequence(catalogue.options.get("years"))]
    return [int(y) for y in given if y] or list(range(FIRST_YEAR, date.today().year + 1))  # noqa: DTZ011 - a year is enough


def _may_match_year(year: int, query: Query) -> bool:
    """A coverage of one year may hold scenes of the one before or after."""
    return not (
        (query.start and year + 1 < query.start.year) or (query.end and year - 1 > query.end.year)
    )


def _products_of_file(
    profile: Profile, catalogue: Catalogue, file: tuple[int, str], http: Http, cancel: Cancel
) -> tuple[Product, ...]:
    """The products of a year and mode, none when the service has no such file; kept for an hour,
    for they change once a year.
    """
    url = f"{catalogue.url.rstrip('/')}/api/geo/{file[0]}_{file[1]}"
    when, known = http.notes.get(url, (0.0, None))
    if isinstance(known, tuple) and time.monotonic() - when < (
        _NOTES_LIVE_S if known else _EMPTY_LIVE_S
    ):
        return known
    try:
        answer = http.json("GET", url, cancel=cancel)
    except ServiceError as error:
        if error.status != 404:
            raise
        answer = {"features": []}
    answer = {"features": None} if answer is None else answer
    if not isinstance(answer, dict) or not isinstance(
        answer.get("features", ""), (list, type(None))
    ):
        raise ServiceError(
            tr("The service gave an answer that cannot be read."),
            tr("Try again; if it lasts, tell your relay."),
            code="garbage",
        )
    found = (
        product_from_feature(mapping(f), file, profile, catalogue)
        for f in read_sequence(answer.get("features"))
    )
    products = tuple(p for p in found if p is not None)
    http.notes[url] = (time.monotonic(), products)
    return products


def product_from_feature(
    feature: Mapping[str, Any], file: tuple[int, str], profile: Profile, catalogue: Catalogue
) -> Product | None:
    """A feature as a product; None when it has no identifier."""
    values = mapping(feature.get("properties"))
    fid, name = read_number(values.get("fid"), 0), read_string(values.get("ds_name"))
    if fid is None:
        return None
    when = _iso_day(values.get("img_date"))
    quicklook = read_string(values.get("f_quicklook"))
    root = catalogue.url.rstrip("/")
    collection = catalogue.collections[0] if catalogue.collections else None
    resolution = re.match(r"\s*(\d+(?:[.,]\d+)?)", str(values.get("resolution") or ""))
    return Product(
        profile=profile.id,
        catalogue=catalogue.id,
        collection=collection.id if collection else catalogue.id,
        id=f"{file[0]}_{file[1]}:{int(fid)}",
        footprint=read_footprint(feature.get("geometry"), feature.get("bbox")),
        datetime=when,
        constellation=SPOT67,
        platform=platform_of_id(name),
        mode=mode_of([read_string(values.get("mode_")) or file[1]], []),
        gsd=read_number(resolution.group(1).replace(",", "."), 1e-6) if resolution else None,
        licence=(collection.licence if collection else "") or catalogue.licence,
        title=name,
        credit=credit_of(
            (collection.credit if collection else "") or catalogue.credit,
            when.year if when else None,
        ),
        thumbnail=f"{root}/api/lien_jpg/{quote(quicklook, safe='')}" if quicklook else "",
        # The overseas territories have a page of their own.
        page=f"{root}/PO" if read_string(values.get("page_")) == "PO" else catalogue.page or root,
        properties=values,
    )


def _iso_day(value: Any) -> Any:
    """``2018-05-05``, ``2018/05/05`` or ``20180505``, with or without a time."""
    written = read_string(value).replace("/", "-")
    if re.fullmatch(r"\d{8}", written):
        written = f"{written[:4]}-{written[4:6]}-{written[6:]}"
    return read_datetime(written)
