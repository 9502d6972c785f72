"""A STAC item (1.0 or 1.1, complete or not) as a product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from dinamis_qgis.core.catalogue import platforms
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.json_values import (
    MOST_TEXT,
    keep_https,
    mapping,
    read_address,
    read_datetime,
    read_footprint,
    read_number,
    read_sequence,
    read_string,
    read_strings,
    related_links,
)
from dinamis_qgis.core.profile.model import Catalogue, Collection, Profile, Storage

_SIGNATURE = frozenset(
    {"signature", "awsaccesskeyid", "expires", "sig", "se", "token", "access_token"}
)
_NO_LICENCE = ("", "proprietary", "various", "other")

MOST_ASSETS = 300
"""Of an item: more is no product."""


def product_from_item(
    item: Mapping[str, Any], profile: Profile, catalogue: Catalogue, base: str = ""
) -> Product:
    """``item`` as a product; every field may be missing or wrong.

    ``base`` is the address it was read from.
    """
    properties = mapping(item.get("properties"))
    item_id, collection_id = read_string(item.get("id")), read_string(item.get("collection"))
    known = next((c for c in catalogue.collections if c.id == collection_id), None)
    base = base or catalogue.url
    base = keep_https(_link_address(item, base, "self"), base) or base
    platform = read_string(properties.get("platform")) or platforms.platform_of_id(item_id)
    assets = tuple(_read_assets(mapping(item.get("assets")), base, profile.storage, known))
    when, end = _read_moments(properties)
    return Product(
        profile=profile.id,
        catalogue=catalogue.id,
        collection=collection_id,
        id=item_id,
        footprint=read_footprint(item.get("geometry"), item.get("bbox")),
        datetime=when,
        constellation=_constellation_name(properties, platform, known),
        platform=platform,
        mode=_spectral_mode(properties, assets, known),
        gsd=read_number(properties.get("gsd"), 1e-6)
        or min((a.gsd for a in assets if a.is_data and a.gsd), default=None),
        cloud_cover=read_number(properties.get("eo:cloud_cover"), 0, 100),
        incidence=_incidence_angle(properties),
        epsg=_epsg_code(properties, mapping(item.get("assets"))),
        licence=_licence_id(item, properties, profile, known, base) or catalogue.licence,
        title=read_string(properties.get("title")),
        credit=credit_of(known.credit if known else catalogue.credit, when.year if when else None),
        thumbnail=_thumbnail_address(item, assets, base),
        assets=_mark_page_only(assets)
        if catalogue.options.get("download") == "elsewhere"
        else assets,
        end=end,
        page=_link_address(item, base, "via") or catalogue.page,
        properties=properties,
    )


def _read_moments(properties: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """The acquisition and None; of what was made of several days (a mosaic, a yearly map), the
    first moment and the last.
    """
    start, end = (
        read_datetime(properties.get("start_datetime")),
        read_datetime(properties.get("end_datetime")),
    )
    if start and end and end - start >= timedelta(days=1):
        return start, end
    return read_datetime(properties.get("datetime")) or start, None


def _mark_page_only(assets: tuple[Asset, ...]) -> tuple[Asset, ...]:
    """Imagery that only the catalogue's own page gives (its account, its form): not for the map,
    not for the downloads.
    """
    return tuple(
        replace(a, roles=("elsewhere", *(r for r in a.roles if r != "data"))) if a.is_data else a
        for a in assets
    )


def _read_assets(
    source: Mapping[str, Any], base: str, storage: Storage, known: Collection | None
) -> Iterator[Asset]:
    """The assets that have an http(s) address; what the profile calls imagery is imagery even
    without roles.
    """
    for key, value in islice(source.items(), MOST_ASSETS):
        asset = mapping(value)
        href = read_address(asset.get("href"), base) or _alternate_address(asset, base)
        if not href or not isinstance(key, str) or len(key) > MOST_TEXT:
            continue
        roles = read_strings(asset.get("roles"))
        if known and key in known.data_assets and "data" not in roles:
            roles = ("data", *roles)
        size = read_number(asset.get("file:size"), 0)
        yield Asset(
            key=key,
            href=_strip_signature(href, storage),
            media_type=read_string(asset.get("type")),
            roles=roles,
            title=read_string(asset.get("title")),
            gsd=read_number(asset.get("gsd"), 1e-6),
            size=None if size is None else int(size),
            bands=_band_names(asset),
            checksum=read_string(asset.get("file:checksum")),
        )


def _alternate_address(asset: Mapping[str, Any], base: str) -> str:
    """The first http(s) address of the alternate-assets extension: the main one may be s3."""
    found = (
        read_address(mapping(x).get("href"), base) for x in mapping(asset.get("alternate")).values()
    )
    return next((href for href in found if href), "")


def _strip_signature(href: str, storage: Storage) -> str:
    """An object of the profile's storage without the signature some services put in their
    answer.
    """
    if "?" not in href:
        return href
    parts = urlsplit(href)
    if not parts.query or not storage.holds(href):
        return href
    keys = {key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if keys & _SIGNATURE or any(key.startswith("x-amz-") for key in keys):
        return urlunsplit(parts._replace(query="", fragment=""))
    return href


def _band_names(asset: Mapping[str, Any]) -> tuple[str, ...]:
    """Common names in file order; () when none is given. STAC 1.1 ``bands``, 1.0 ``eo:bands``."""
    bands = [
        mapping(b)
        for b in read_sequence(asset.get("bands")) or read_sequence(asset.get("eo:bands"))
    ]
    found = tuple(
        read_string(b.get("eo:common_name")) or read_string(b.get("common_name")) for b in bands
    )
    return found if any(found) else ()


def _constellation_name(
    properties: Mapping[str, Any], platform: str, known: Collection | None
) -> str:
    """The profile's name for the collection, else the one of the platform, else the service's own
    word.
    """
    if known and known.constellation:
        return known.constellation
    return platforms.constellation_of(platform) or read_string(properties.get("constellation"))


def _spectral_mode(
    properties: Mapping[str, Any], assets: tuple[Asset, ...], known: Collection | None
) -> str:
    declared = [
        read_string(properties.get(k))
        for k in ("product:type", "processing:mode", "spectral_processing")
    ]
    kinds = []
    for asset in assets:
        if asset.is_data:
            panchromatic = asset.bands == ("pan",) or bool(known and asset.key == known.pan_asset)
            kinds.append("pan" if panchromatic else "ms" if len(asset.bands) > 2 or known else "")
    return platforms.mode_of([d for d in declared if d], kinds)


def _incidence_angle(properties: Mapping[str, Any]) -> float | None:
    """Incidence angle in degrees, without its sign (some operators sign it by side)."""
    value = read_number(properties.get("view:incidence_angle"), -90, 90)
    return None if value is None else abs(value)


def _epsg_code(properties: Mapping[str, Any], assets: Mapping[str, Any]) -> int | None:
    for source in (properties, *(mapping(a) for a in assets.values())):
        code = read_string(source.get("proj:code")).upper()
        value = read_number(
            code[5:] if code.startswith("EPSG:") else source.get("proj:epsg"), 1, 999999
        )
        if value is not None:
            return int(value)
    return None


def _licence_id(
    item: Mapping[str, Any],
    properties: Mapping[str, Any],
    profile: Profile,
    known: Collection | None,
    base: str,
) -> str:
    """The id of the profile's licence: declared by the item, else linked (when only one has that
    text), else the collection's default. A licence the profile does not know stays unknown: the
    signing service decides.
    """
    declared = read_string(properties.get("license")).lower()
    for licence in profile.licences:
        if licence.id.lower() == declared:
            return licence.id
    url = _link_address(item, base, "license")
    linked = [x.id for x in profile.licences if url and x.url.rstrip("/") == url.rstrip("/")]
    if len(linked) == 1:
        return linked[0]
    return known.licence if known and declared in _NO_LICENCE else ""


def credit_of(credit: str, year: int | None) -> str:
    """The legal mention with the acquisition year; without a year when it is not known."""
    return (
        credit.replace("{year}", str(year))
        if year
        else credit.replace(" {year}", "").replace("{year}", "")
    )


def _thumbnail_address(item: Mapping[str, Any], assets: tuple[Asset, ...], base: str) -> str:
    """A small picture: an asset of that role or name, an overview a browser can show, else a
    link.
    """
    pictures = [a for a in assets if not a.is_data]
    for asset in pictures:
        if "thumbnail" in asset.roles or asset.key in ("thumbnail", "preview", "quicklook"):
            return asset.href
    for asset in pictures:
        if "overview" in asset.roles and asset.media_type in (
            "image/jpeg",
            "image/png",
            "image/webp",
        ):
            return asset.href
    for asset in pictures:
        if "quicklook" in asset.key.lower():
            return asset.href
    return _link_address(item, base, "thumbnail") or _link_address(item, base, "preview")


def _link_address(item: Mapping[str, Any], base: str, rel: str) -> str:
    return next((read_address(link.get("href"), base) for link in related_links(item, rel)), "")
