"""A query and a product: plain, immutable data that every room can pass on.

Unknown values are None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dinamis_qgis.core.errors import DinamisError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


Moment = datetime
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".7z")
_WINTER, _SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))


def legal_time(moment: Moment) -> Moment:
    """An aware moment in the legal time of mainland France, which is what people see and mean.

    UTC+1, and UTC+2 from the last Sunday of March to that of October (of September before 1996),
    1:00 UTC: directive 2000/84/EC. Python's own zones need a database that Windows does not have.
    """
    begins, ends = _summer_time(moment.year)
    try:
        return moment.astimezone(_SUMMER if begins <= moment < ends else _WINTER)
    except OverflowError:  # the last hours of the year 9999
        return moment


@cache
def _summer_time(year: int) -> tuple[Moment, Moment]:
    months = (3, 10 if year >= 1996 else 9)
    last = [date(year, month + 1, 1) - timedelta(days=1) for month in months]
    sundays = [day - timedelta(days=(day.weekday() + 1) % 7) for day in last]
    begins, ends = (Moment(day.year, day.month, day.day, 1, tzinfo=timezone.utc) for day in sundays)
    return begins, ends


@dataclass(frozen=True)
class SortOrder:
    """``by`` is ``date``, ``cloud``, ``coverage``, ``incidence`` or ``resolution``; unknown values
    come last either way.
    """

    by: str = "date"
    descending: bool = True


@dataclass(frozen=True)
class Query:
    """What is looked for.

    ``area`` is a polygon or multipolygon in EPSG:4326 (lon, lat), already split at the
    antimeridian.

    ``start`` and ``end`` are days, both included, as people see them (``Product.day``).
    ``max_cloud`` is in percent, ``max_incidence`` in degrees. ``constellations`` and
    ``collections`` empty mean all. ``limit`` None means all products. ``months`` is the season, 1
    to 12 in any year, of the same days; ``modes`` are MS, PAN, PMS, stereo. ``min_gsd`` and
    ``max_gsd`` are in metres, both included. ``licences`` are the ids that may be used, None for
    all (see ``filters.usable_licences``). ``min_share`` is the least share (0 to 1) of the area a
    product must cover. ``order`` says which products come first where a limit cuts the list. A
    product whose value is unknown passes every filter.
    """

    area: BaseGeometry | None = None
    collections: tuple[str, ...] = ()
    constellations: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    max_cloud: float | None = None
    max_incidence: float | None = None
    limit: int | None = None
    months: tuple[int, ...] = ()
    modes: tuple[str, ...] = ()
    min_gsd: float | None = None
    max_gsd: float | None = None
    licences: tuple[str, ...] | None = None
    min_share: float | None = None
    order: SortOrder = SortOrder()


@dataclass(frozen=True)
class TiledLayer:
    """A ready layer of a WMTS: ``url`` is the service's address, to which GetCapabilities and
    GetTile are asked (KVP).
    """

    url: str
    layer: str
    style: str
    matrix_set: str
    format: str
    crs: str = "EPSG:3857"


@dataclass(frozen=True)
class Asset:
    """A file of a product.

    ``href`` is absolute and unsigned. ``size`` is in bytes, ``gsd`` in metres.
    """

    key: str
    href: str
    media_type: str = ""
    roles: tuple[str, ...] = ()
    title: str = ""
    gsd: float | None = None
    size: int | None = None
    bands: tuple[str, ...] = ()
    """Common names (red, green, blue, nir, pan), in file order, when the service gives them."""
    checksum: str = ""
    """``file:checksum``: a multihash in hexadecimal, when the service gives one."""
    layer: TiledLayer | None = None
    """Set when the asset is a ready map layer rather than a file: shown, never downloaded."""
    taken_from: str = field(default="", compare=False)
    """The unsigned address of which a file at home is the whole copy; empty when it is none."""

    @property
    def is_data(self) -> bool:
        """True for imagery (role ``data``, or a GeoTIFF / JPEG 2000 that is no overview or
        thumbnail).
        """
        if "data" in self.roles:
            return True
        passive = {"thumbnail", "overview", "metadata", "elsewhere"} & set(self.roles)
        return not passive and ("tiff" in self.media_type or "jp2" in self.media_type)

    @property
    def is_archive(self) -> bool:
        """True for a parcel of files (zip, tar, 7z): taken home and unpacked, never opened on the
        map as it is.
        """
        kind, path = self.media_type.lower(), urlsplit(self.href).path.lower()
        return any(word in kind for word in ("zip", "x-tar", "x-7z")) or path.endswith(_ARCHIVES)


@dataclass(frozen=True)
class Product:
    """One scene of a catalogue.

    ``footprint`` is in EPSG:4326. ``datetime`` is aware, UTC; the acquisition.

    A mosaic of several dates has its first moment in ``datetime`` and its last in ``end``.

    ``cloud_cover`` in percent, ``incidence`` in degrees, ``gsd`` in metres, ``epsg`` the native
    CRS. ``licence`` is an id of the profile, empty when unknown. ``mode`` is MS, PAN, PMS, stereo…
    or empty.
    """

    profile: str
    catalogue: str
    collection: str
    id: str
    footprint: BaseGeometry | None
    datetime: datetime | None = None
    constellation: str = ""
    platform: str = ""
    mode: str = ""
    gsd: float | None = None
    cloud_cover: float | None = None
    incidence: float | None = None
    epsg: int | None = None
    licence: str = ""
    title: str = ""
    credit: str = ""
    thumbnail: str = ""
    assets: tuple[Asset, ...] = ()
    end: Moment | None = None
    page: str = ""
    """A page for people: where the product is described, or ordered when it cannot be fetched
    directly.
    """
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it one and the same product."""
        return (self.profile, self.catalogue, self.collection, self.id)

    @cached_property
    def day(self) -> date | None:
        """The day people see: in legal French time.

        Midnight UTC, as a day alone is read, is in that day.
        """
        return legal_time(self.datetime).date() if self.datetime else None

    @property
    def last_day(self) -> date | None:
        """The last day, of a mosaic of several dates; else ``day``.

        The last second of a day UTC, as a day alone is written, is in it.
        """
        if self.end is None:
            return self.day
        alone = (self.end.hour, self.end.minute, self.end.second) == (23, 59, 59)
        return self.end.date() if alone else legal_time(self.end).date()

    def asset(self, key: str) -> Asset | None:
        """The asset of that key."""
        return next((a for a in self.assets if a.key == key), None)

    def tiled_layer(self) -> TiledLayer | None:
        """The ready map layer, for a product that is one."""
        return next((a.layer for a in self.assets if a.layer), None)

    def data_assets(self) -> tuple[Asset, ...]:
        """The imagery files, in the service's order."""
        return tuple(a for a in self.assets if a.is_data)


BEGINNING = "beginning"


@dataclass(frozen=True)
class After:
    """Where a catalogue's answer goes on when the query's limit cut it: ``left`` came with the last
    page and was not given.

    ``place`` is the next page in the adapter's own words; BEGINNING when it has to read anew and
    leave out what was ``seen`` (collection, id); None when there is nothing after ``left``. Lives
    as long as the search, is never saved.
    """

    left: tuple[Product, ...] = ()
    seen: frozenset[tuple[str, str]] = frozenset()
    place: Any = BEGINNING


@dataclass(frozen=True)
class Page:
    """Products as they arrive from one catalogue.

    ``total`` is given only when the service counts; ``last`` ends the catalogue's answer; with
    ``error`` it ended badly. ``after`` on the last page says that the query's limit left products
    out, and where they are. ``server`` names the filters (of ``filters.NAMES``, and ``order``) that
    the service applied, ``local`` those applied here.
    """

    catalogue: str
    products: tuple[Product, ...]
    total: int | None = None
    last: bool = False
    after: After | None = None
    error: DinamisError | None = None
    server: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
