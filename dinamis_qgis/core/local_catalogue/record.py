"""What was taken home, as a static STAC catalogue: one item a product folder, one ``catalog.json``
above them.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import quote, unquote_to_bytes

from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.file_lock import hold_lock
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.geo import bbox_of
from dinamis_qgis.core.json_values import read_datetime
from dinamis_qgis.core.local_catalogue.naming import safe_name, unsigned_href
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import disk_error

_Made = TypeVar("_Made", Product, Asset)
STAC_VERSION = "1.1.0"
CATALOG = "catalog.json"
_OWN = "dinamis:"
_SCHEMAS = {
    "eo": "eo/v2.0.0",
    "proj": "projection/v2.0.0",
    "view": "view/v1.0.0",
    "file": "file/v2.1.0",
    "processing": "processing/v1.2.0",
}
"""The extensions that go with STAC 1.1."""
_lock = threading.RLock()
"""Files of one product end at the same time: each adds to what the other wrote."""
_PATIENCE_S = 10.0
_MOST_BYTES = 64 * 1024 * 1024
"""A catalogue of hundreds of thousands of items."""
_UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError,
    AssertionError,
)  # fmt: skip
"""What an item raises that others have written."""
_PLACED = ("proj:", "raster:", "file:")
"""Property families that are of the original grid: a clip has another."""


def pack_product(product: Product) -> str:
    """A product as JSON, lossless, its addresses unsigned."""
    assets = [asdict(replace(asset, href=unsigned_href(asset.href))) for asset in product.assets]
    data = {field.name: getattr(product, field.name) for field in fields(product)}
    data |= {
        "footprint": mapping(product.footprint) if product.footprint is not None else None,
        "datetime": product.datetime.isoformat() if product.datetime else None,
        "end": product.end.isoformat() if product.end else None,
        "thumbnail": unsigned_href(product.thumbnail) if product.thumbnail else "",
        "assets": assets,
        "properties": dict(product.properties),
    }
    return json.dumps(data, default=str)


def unpack_product(text: str) -> Product:
    """The product of ``pack_product``. Raises InvalidInput."""
    try:
        data = json.loads(text)
        when, end = data.pop("datetime"), data.pop("end", None)
        footprint = data.pop("footprint")
        assets = tuple(
            _check_types(
                Asset(
                    **{**a, "roles": tuple(a["roles"]), "bands": tuple(a["bands"]), "layer": None}
                )
            )
            for a in data.pop("assets")
        )
        return _check_types(
            Product(
                **data,
                footprint=_check_outline(footprint),
                datetime=datetime.fromisoformat(when) if when else None,
                end=datetime.fromisoformat(end) if end else None,
                assets=assets,
            )
        )
    except (*_UNREADABLE, ShapelyError) as error:
        raise InvalidInput(
            tr("This download cannot be read any more."), details=type(error).__name__
        ) from None


_KINDS: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "float | None": (int, float, type(None)),
    "int | None": (int, type(None)),
    "tuple[str, ...]": (tuple,),
    "Mapping[str, Any]": (dict,),
}


def _check_types(made: _Made) -> _Made:
    """A product or an asset whose fields are of the types they should be. Raises TypeError."""
    for each in fields(made):
        value, kinds = getattr(made, each.name), _KINDS.get(str(each.type))
        if kinds is None:
            continue
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise TypeError(each.name)
        if isinstance(value, tuple) and not all(isinstance(x, str) for x in value):
            raise TypeError(each.name)
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(each.name)
    return made


def _check_outline(geometry: Any) -> Any:
    """A polygon or a multipolygon with numbers for coordinates. Raises as ``shape``."""
    found = shape(geometry) if geometry else None
    if found is not None and not (found.is_empty or all(map(math.isfinite, found.bounds))):
        raise ValueError("no outline")
    return found


def item_path(folder: Path, product: Product) -> Path:
    """Where the STAC item of a product folder is."""
    return folder / safe_name(f"{product.id}.json")


def write_record(
    root: Path, product: Product, files: Mapping[str, tuple[Path, Mapping[str, Any]]]
) -> Path:
    """Write the STAC item next to ``files`` (asset key → path and what is known of the file), and
    the catalogue above.

    Keys of clips are kept apart from whole assets by the caller. An existing item keeps its other
    files that are still there. Returns the item's path. Raises StorageError.
    """
    folder = next(iter(files.values()))[0].parent
    path = item_path(folder, product)
    with _hold_alone(path):
        known = _read_known(path)
        assets = {k: a for k, a in _assets_in(known).items() if _is_present(folder, a)}
        for key, (file, facts) in files.items():
            assets[key] = _asset_record(product, key, file, facts)
        _write_json(path, _item_record(product, assets, _catalog_href(folder, root)))
        update_catalog(root, path)
    return path


@contextlib.contextmanager
def _hold_alone(path: Path) -> Iterator[None]:
    """What is read of ``path`` is what will be written over: no thread and no other QGIS comes in
    between. Raises StorageError.
    """
    with _lock, contextlib.ExitStack() as stack:
        try:  # whoever hangs holding it must not keep files from being recorded
            stack.enter_context(hold_lock(path.with_name(path.name + ".lock"), _PATIENCE_S))
        except OSError as error:
            raise disk_error(error, path) from error
        yield


def _assets_in(item: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found = (item or {}).get("assets")
    return found if isinstance(found, dict) else {}


def recorded_facts(product: Product, key: str, file: Path) -> Mapping[str, Any] | None:
    """What the item beside ``file`` says of it, when it is there, of the length it had, and of the
    same source; else None.
    """
    asset = _assets_in(_read_or_none(item_path(file.parent, product))).get(key)
    if (
        not isinstance(asset, dict)
        or not _is_present(file.parent, asset)
        or _file_of(file.parent, asset["href"]) != file
    ):
        return None
    source = product.asset(str(asset.get(f"{_OWN}asset", key)))
    same = source is not None and asset.get(f"{_OWN}href") == unsigned_href(source.href)
    return asset if same and asset.get("file:size") == file.stat().st_size else None


def _is_present(folder: Path, asset: Any) -> bool:
    file = _file_of(folder, asset.get("href")) if isinstance(asset, dict) else None
    return file is not None and os.path.isfile(file)


def _href_of(path: str) -> str:
    """A relative path as an address; also one whose bytes are no UTF-8."""
    return f"./{quote(os.fsencode(path))}"


def _file_of(folder: Path, href: Any) -> Path | None:
    """The file below ``folder`` that a relative address names; None for any other: a catalogue of
    somebody else names no files elsewhere.
    """
    if not isinstance(href, str) or not href:
        return None
    try:
        text = os.fsdecode(unquote_to_bytes(href))
    except UnicodeEncodeError:  # half a character
        return None
    if "\0" in text or "\\" in text or ":" in text.partition("/")[0]:
        return None
    parts = PurePosixPath(text).parts
    if PurePosixPath(text).is_absolute() or ".." in parts:
        return None
    return folder.joinpath(*parts) if parts else None


def _catalog_href(folder: Path, root: Path) -> str:
    try:
        depth = len(folder.relative_to(root).parts)
    except ValueError:
        return ""
    return "../" * depth + CATALOG if depth else f"./{CATALOG}"


def _asset_record(
    product: Product, key: str, file: Path, facts: Mapping[str, Any]
) -> dict[str, Any]:
    source = product.asset(str(facts.get(f"{_OWN}asset", key)))
    data: dict[str, Any] = {
        "href": _href_of(file.name),
        "roles": list(source.roles) if source else ["data"],
    }
    if source:
        data |= {"title": source.title} if source.title else {}
        data |= {"type": source.media_type} if source.media_type else {}
        data |= {"gsd": source.gsd} if source.gsd is not None else {}
        data |= (
            {"bands": [{"name": b, "eo:common_name": b} for b in source.bands]}
            if source.bands
            else {}
        )
        data |= {f"{_OWN}href": unsigned_href(source.href)} if source.href else {}
    data["file:size"] = file.stat().st_size
    return {**data, **facts}


def _item_record(product: Product, assets: dict[str, Any], catalog: str) -> dict[str, Any]:
    clips = [a[f"{_OWN}area"] for a in assets.values() if f"{_OWN}area" in a]
    whole = len(clips) < len(assets)
    footprint = product.footprint
    if clips and not whole:
        from shapely.ops import unary_union

        footprint = unary_union([shape(area) for area in clips])
    properties = {k: v for k, v in product.properties.items() if whole or not k.startswith(_PLACED)}
    properties |= {
        **_datetime_fields(product),
        "updated": _format_moment(datetime.now(timezone.utc)),
        f"{_OWN}profile": product.profile,
        f"{_OWN}catalogue": product.catalogue,
        f"{_OWN}collection": product.collection,
        f"{_OWN}licence": product.licence,
        f"{_OWN}credit": product.credit,
        f"{_OWN}mode": product.mode,
    }
    values = {
        "title": product.title,
        "platform": product.platform,
        "constellation": product.constellation,
        "gsd": product.gsd,
        "eo:cloud_cover": product.cloud_cover,
        "view:incidence_angle": product.incidence,
        "proj:code": f"EPSG:{product.epsg}" if product.epsg else None,
    }
    properties |= {k: v for k, v in values.items() if v not in (None, "")}
    links = (
        [{"rel": "root", "href": catalog}, {"rel": "parent", "href": catalog}] if catalog else []
    )
    return {
        "type": "Feature",
        "stac_version": STAC_VERSION,
        "stac_extensions": _extension_schemas(properties, assets),
        "id": product.id,
        "geometry": mapping(footprint) if footprint is not None else None,
        **({"bbox": bbox_of(footprint)} if footprint is not None else {}),
        "properties": properties,
        "links": [{**link, "type": "application/json"} for link in links],
        "assets": assets,
    }


def _extension_schemas(properties: Mapping[str, Any], assets: Mapping[str, Any]) -> list[str]:
    """Schemas of the field families that an item uses, so that other tools know what they read."""
    bands = [band for asset in assets.values() for band in asset.get("bands", ())]
    used = {
        key.partition(":")[0]
        for fields in (properties, *assets.values(), *bands)
        for key in fields
        if ":" in key
    }
    return [
        f"https://stac-extensions.github.io/{path}/schema.json"
        for name, path in _SCHEMAS.items()
        if name in used
    ]


def _datetime_fields(product: Product) -> dict[str, Any]:
    """STAC wants a moment, or a beginning and an end: an unknown one lies since civil satellites,
    as far as anybody knows.
    """
    if product.datetime is not None:
        return {"datetime": _format_moment(product.datetime)}
    known = {key: product.properties.get(key) for key in ("start_datetime", "end_datetime")}
    now = _format_moment(datetime.now(timezone.utc))
    return {
        "datetime": None,
        "start_datetime": known["start_datetime"] or "1972-07-23T00:00:00Z",
        "end_datetime": known["end_datetime"] or now,
    }


def _format_moment(when: datetime) -> str:
    utc = when.astimezone(timezone.utc)
    fraction = f".{utc.microsecond:06d}".rstrip("0") if utc.microsecond else ""
    return f"{utc:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def product_at_home(path: Path) -> Product | None:
    """The product of a STAC item that ``write_record`` wrote, with absolute local paths; None when
    it is no such item.
    """
    item = _read_or_none(path)
    if item is None or item.get("type") != "Feature":
        return None
    try:
        return _product_from_item(item, path.parent)
    except (*_UNREADABLE, ShapelyError):
        return None


def _product_from_item(item: Mapping[str, Any], folder: Path) -> Product:
    properties = item["properties"]
    when = properties.get("datetime")
    code = str(properties.get("proj:code") or "")
    assets = tuple(
        Asset(
            key=key,
            href=str(_file_of(folder, asset["href"])),
            media_type=asset.get("type", ""),
            roles=tuple(asset.get("roles", ())),
            title=asset.get("title", ""),
            gsd=asset.get("gsd"),
            size=asset.get(f"{_OWN}size", asset.get("file:size")),
            bands=tuple(
                b["eo:common_name"] for b in asset.get("bands", ()) if "eo:common_name" in b
            ),
            taken_from="" if f"{_OWN}area" in asset else asset.get(f"{_OWN}href", ""),
        )
        for key, asset in item["assets"].items()
        if _is_present(folder, asset)
    )
    return Product(
        profile=properties.get(f"{_OWN}profile", ""),
        catalogue=properties.get(f"{_OWN}catalogue", ""),
        collection=properties.get(f"{_OWN}collection", ""),
        id=item["id"],
        footprint=_check_outline(item.get("geometry")),
        datetime=read_datetime(when),
        constellation=properties.get("constellation", ""),
        platform=properties.get("platform", ""),
        mode=properties.get(f"{_OWN}mode", ""),
        gsd=properties.get("gsd"),
        cloud_cover=properties.get("eo:cloud_cover"),
        incidence=properties.get("view:incidence_angle"),
        epsg=int(code[5:]) if code.startswith("EPSG:") else None,
        licence=properties.get(f"{_OWN}licence", ""),
        title=properties.get("title", ""),
        credit=properties.get(f"{_OWN}credit", ""),
        assets=assets,
        properties=properties,
    )


def products_at_home(root: Path) -> list[Product]:
    """Every product the catalogue of ``root`` lists and that still has files."""
    items = (_file_of(root, href) for href in _item_hrefs(root, _read_or_none(root / CATALOG)))
    found = (product_at_home(item) for item in items if item is not None)
    return [product for product in found if product is not None and product.assets]


def _item_hrefs(root: Path, catalog: Mapping[str, Any] | None) -> list[str]:
    """The items a catalogue lists; of one that is damaged, those that lie below it."""
    if catalog is None and os.path.isfile(root / CATALOG):
        found = (path for depth in ("*", "*/*", "*/*/*") for path in root.glob(f"{depth}/*.json"))
        return [
            _href_of(path.relative_to(root).as_posix())
            for path in found
            if product_at_home(path) is not None
        ]
    links = (catalog or {}).get("links")
    links = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []
    return [str(link.get("href", "")) for link in links if link.get("rel") == "item"]


def update_catalog(root: Path, item: Path) -> None:
    """Put ``item`` in ``catalog.json`` of ``root`` and take out those that are gone.

    Raises StorageError.
    """
    _list_items(root, {_href_of(item.relative_to(root).as_posix())})


def refresh_catalog(folder: Path) -> None:
    """Take what is gone out of the catalogue above a product's ``folder``, where there is one.

    Raises StorageError.
    """
    for root in (folder, *list(folder.parents)[:4]):
        if os.path.isfile(root / CATALOG):
            _list_items(root, set())
            return


def _list_items(root: Path, more: set[str]) -> None:
    with _hold_alone(root / CATALOG):
        old = _read_known(root / CATALOG)
        if old is not None and not str(old.get("id", "")).startswith("dinamis"):
            return  # somebody else's catalogue
        hrefs = {
            href for href in _item_hrefs(root, old) if _is_present(root, {"href": href})
        } | more
        links = [
            {"rel": "item", "href": href, "type": "application/geo+json"} for href in sorted(hrefs)
        ]
        catalog = {
            "type": "Catalog",
            "stac_version": STAC_VERSION,
            "id": "dinamis-products",
            "title": tr("DINAMIS products taken home"),
            "description": tr("Products downloaded with the DINAMIS plugin for QGIS."),
            "links": [{"rel": "root", "href": f"./{CATALOG}", "type": "application/json"}, *links],
        }
        _write_json(root / CATALOG, catalog)


def _read_or_none(path: Path) -> dict[str, Any] | None:
    with contextlib.suppress(DinamisError):  # to look at it, as good as none
        return _read_known(path)
    return None


def _read_known(path: Path) -> dict[str, Any] | None:
    """What is there, None when there is nothing or it is not ours.

    Raises StorageError when that cannot be known now.
    """
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        try:
            if path.stat().st_size < _MOST_BYTES:
                data = json.loads(path.read_text(encoding="utf-8"))
                return data if isinstance(data, dict) else None
        except (FileNotFoundError, NotADirectoryError):
            raise
        except OSError as error:
            raise disk_error(error, path) from error
    return None


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1, default=str))
