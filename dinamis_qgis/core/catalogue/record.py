"""A product as one flat row: the fields of the Processing search (unknown values None), and
back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.catalogue.model import Asset, Product, TiledLayer
from dinamis_qgis.core.catalogue.platforms import constellation_of
from dinamis_qgis.core.json_values import (
    MOST_ADDRESS,
    mapping,
    read_number,
    read_sequence,
    read_string,
    read_strings,
)
from dinamis_qgis.core.profile.model import Profile

FIELDS: Mapping[str, type] = {
    "id": str,
    "collection": str,
    "catalogue": str,
    "datetime": datetime,
    "platform": str,
    "mode": str,
    "gsd": float,
    "cloud_cover": float,
    "incidence": float,
    "coverage": float,
    "licence": str,
    "licensed": bool,
    "title": str,
    "thumbnail": str,
    "assets": str,
}
"""Field names and types, in order.

``coverage`` is a share from 0 to 1; ``assets`` is JSON: key → STAC asset object.
"""

PAGE = "page"
_GRID = "proj:"
_LICENSED = {Holding.OPEN: True, Holding.HELD: True, Holding.MISSING: False, Holding.UNKNOWN: None}


def record(product: Product, coverage: float | None, holding: Holding) -> dict[str, Any]:
    """The row of a product; what is unknown is None."""
    row: dict[str, Any] = {
        name: getattr(product, name, None) or None
        for name in (
            "id",
            "collection",
            "catalogue",
            "datetime",
            "platform",
            "mode",
            "licence",
            "title",
            "thumbnail",
        )
    }
    row.update({name: getattr(product, name) for name in ("gsd", "cloud_cover", "incidence")})
    row.update(
        coverage=coverage,
        licensed=_LICENSED[holding],
        assets=assets_to_json(product.assets, product.page, _grid_of(product)),
    )
    return {name: row[name] for name in FIELDS}


def product_from_record(
    row: Mapping[str, Any], footprint: BaseGeometry | None, profile: Profile
) -> Product:
    """The product a row was made of, as far as the row tells; credit as the profile says.

    Missing fields are unknown.
    """
    moment = row.get("datetime")
    when = moment if isinstance(moment, datetime) else None
    catalogue, collection = read_string(row.get("catalogue")), read_string(row.get("collection"))
    known = profile.collection(catalogue, collection)
    credit = known.credit if known else ""
    platform = read_string(row.get("platform"))
    grid = _grid_from(row.get("assets"))
    return Product(
        profile=profile.id,
        catalogue=catalogue,
        collection=collection,
        id=read_string(row.get("id")),
        footprint=footprint,
        datetime=when,
        constellation=(known.constellation if known else "") or constellation_of(platform),
        platform=platform,
        mode=read_string(row.get("mode")),
        gsd=read_number(row.get("gsd"), 0),
        cloud_cover=read_number(row.get("cloud_cover"), 0, 100),
        incidence=read_number(row.get("incidence"), 0, 90),
        licence=read_string(row.get("licence")),
        title=read_string(row.get("title")),
        credit=credit.replace("{year}", str(when.year))
        if when
        else credit.replace("{year}", "").strip(),
        thumbnail=read_string(row.get("thumbnail")),
        assets=assets_from_json(row.get("assets")),
        page=page_from_json(row.get("assets")),
        properties=grid,
    )


def is_whole(row: Mapping[str, Any]) -> bool:
    """False for a row whose assets were lost on the way: some formats cut long texts."""
    return _read_assets(row.get("assets")) is not None


def _grid_of(product: Product) -> dict[str, Any]:
    """The fields of the projection extension: a record without them could not tell the grid."""
    found = {k: v for k, v in product.properties.items() if k.startswith(_GRID)}
    if product.epsg and "proj:code" not in found:
        found["proj:code"] = f"EPSG:{product.epsg}"
    return found


def _grid_from(value: Any) -> dict[str, Any]:
    """The fields of the projection extension that a row's data assets have."""
    assets = (mapping(item) for item in (_read_assets(value) or {}).values())
    found = [{k: v for k, v in asset.items() if k.startswith(_GRID)} for asset in assets]
    return next((grid for grid in found if grid), {})


def assets_to_json(
    assets: tuple[Asset, ...], page: str = "", grid: Mapping[str, Any] | None = None
) -> str:
    """Key → ``href, type, roles, title, gsd, file:size, bands`` (common names), without what is
    unknown.

    Data assets also have the fields of ``grid`` (the projection extension).

    A map layer has ``wmts``: ``url, layer, style, matrix_set, format, crs``. Where the product's
    files are only to be had on its own page, that page is the asset ``page`` (role ``elsewhere``).
    """
    found: dict[str, dict[str, Any]] = {}
    if (
        page
        and not any(a.is_data or a.layer for a in assets)
        and all(a.key != PAGE for a in assets)
    ):
        found[PAGE] = {"href": page, "type": "text/html", "roles": ["elsewhere"]}
    for asset in assets:
        values = {
            "href": asset.href,
            "type": asset.media_type,
            "roles": list(asset.roles),
            "title": asset.title,
            "gsd": asset.gsd,
            "file:size": asset.size,
            "bands": list(asset.bands),
            "file:checksum": asset.checksum,
            "wmts": asdict(asset.layer) if asset.layer else None,
        }
        known = {k: v for k, v in values.items() if v or v == 0}
        found[asset.key] = {**known, **(grid or {})} if asset.is_data else known
    return json.dumps(found, ensure_ascii=False)


def _read_assets(value: Any) -> Mapping[str, Any] | None:
    """Key → asset, out of JSON or of what a format made of it (GeoJSON: an object); None when it
    cannot be read.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, Mapping) else None


def assets_from_json(value: Any) -> tuple[Asset, ...]:
    """The assets of a row; what is not readable is left out."""
    found = _read_assets(value) or {}
    assets = []
    for key, item in found.items():
        asset = mapping(item)
        size = read_number(asset.get("file:size"), 0)
        if read_string(asset.get("href")) and not _is_page(key, asset):
            bands = tuple(read_string(b) for b in read_sequence(asset.get("bands")))
            assets.append(
                Asset(
                    key=key,
                    href=read_string(asset.get("href"), MOST_ADDRESS),
                    media_type=read_string(asset.get("type")),
                    roles=read_strings(asset.get("roles")),
                    title=read_string(asset.get("title")),
                    gsd=read_number(asset.get("gsd"), 0),
                    size=None if size is None else int(size),
                    bands=bands,
                    checksum=read_string(asset.get("file:checksum")),
                    layer=_tiled_layer(mapping(asset.get("wmts"))),
                )
            )
    return tuple(assets)


def page_from_json(value: Any) -> str:
    """The product's page, where the assets of a row name it; else empty."""
    asset = mapping((_read_assets(value) or {}).get(PAGE))
    return read_string(asset.get("href")) if _is_page(PAGE, asset) else ""


def _is_page(key: str, asset: Mapping[str, Any]) -> bool:
    return (
        key == PAGE
        and "elsewhere" in read_strings(asset.get("roles"))
        and read_string(asset.get("type")) == "text/html"
    )


def _tiled_layer(values: Mapping[str, Any]) -> TiledLayer | None:
    found = {f.name: read_string(values.get(f.name)) for f in fields(TiledLayer)}
    return TiledLayer(**found) if all(found.values()) else None
