"""STAC 1.1.0 items of the training service's scenes, with hrefs relative to its root."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from dinamis_qgis.sandbox.world.lattice import LatticeWindow
from dinamis_qgis.sandbox.world.programme import NAMES, PLEIADES, SHORT, SPOT, Shot
from dinamis_qgis.sandbox.world.projection import to_degrees
from dinamis_qgis.sandbox.world.scene import PAN_RATIO

EXTENSIONS = {
    "eo": "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
    "file": "https://stac-extensions.github.io/file/v2.1.0/schema.json",
    "product": "https://stac-extensions.github.io/product/v0.1.0/schema.json",
    "proj": "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "view": "https://stac-extensions.github.io/view/v1.0.0/schema.json",
}
"""Prefix of their fields → schema, which wants at least one of them."""
LICENCE_PAGES = {  # as in the training profile; the licence of crisis imagery has no page
    "spot67": "https://ids-dinamis.data-terra.org/web/guest/37",
    "pleiades": "https://ids-dinamis.data-terra.org/web/guest/37",
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
CONSTELLATIONS = {SPOT: "SPOT 6/7", PLEIADES: "Pléiades"}
INSTRUMENTS = {SPOT: "naomi", PLEIADES: "hiri"}
_COG = "image/tiff; application=geotiff; profile=cloud-optimized"
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_BANDS = (
    ("b1", "red", 0.66, 0.07),
    ("b2", "green", 0.56, 0.07),
    ("b3", "blue", 0.485, 0.07),
    ("b4", "nir", 0.825, 0.13),
)


def format_utc(when: datetime) -> str:
    """RFC 3339 with milliseconds, as the catalogue writes it."""
    return (
        when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{when.microsecond // 1000:03d}Z"
    )


def french_day(when: datetime) -> str:
    """« 12 août 2020 », « 1er mai 2021 »."""
    return f"{'1er' if when.day == 1 else when.day} {_MONTHS[when.month - 1]} {when.year}"


def storage_keys(shot: Shot) -> dict[str, str]:
    """Storage key of each asset."""
    folder = f"{shot.scene.when.year}/{shot.id}"
    stamp = shot.scene.when.strftime("%Y%m%d%H%M%S") + str(shot.scene.when.microsecond // 100000)
    name = f"IMG_{SHORT[shot.platform]}_{{}}_{stamp}_ORT"
    found = {}
    if shot.product != "P":
        found["src_xs"] = f"{folder}/{name.format('MS')}.tif"
    if shot.product != "MS":
        found["src_pan"] = f"{folder}/{name.format('P')}.tif"
    found["thumbnail"] = f"{folder}/{shot.id}_thumbnail.png"
    return found


def _grid_properties(window: LatticeWindow) -> dict[str, Any]:
    west, south, east, north = window.bounds()
    return {
        "proj:shape": [window.ny, window.nx],
        "proj:transform": [window.step, 0.0, west, 0.0, -window.step, north],
        "proj:bbox": [west, south, east, north],
    }


def scene_item(
    shot: Shot,
    cloud: float,
    sizes: Mapping[str, int],
    created: datetime,
    further: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The item of a scene; ``cloud`` is the clouded share (0 to 1), ``sizes`` bytes of each asset,
    ``further`` more properties.
    """
    scene, collection = shot.scene, shot.collection
    grid = scene.window()
    fine = LatticeWindow(
        grid.x0, grid.y0, grid.nx * PAN_RATIO, grid.ny * PAN_RATIO, grid.step / PAN_RATIO
    )
    main = fine if shot.product == "P" else grid
    ring = [list(to_degrees(*corner)) for corner in scene.footprint()]
    lons, lats = [c[0] for c in ring], [c[1] for c in ring]
    page = LICENCE_PAGES.get(shot.licence)
    licence = {"rel": "license", "href": page, "title": shot.licence}
    properties: dict[str, Any] = {
        "title": f"{shot.place} – {NAMES[shot.platform]} – {french_day(scene.when)}",
        "datetime": format_utc(scene.when),
        "created": format_utc(created),
        "updated": format_utc(created),
        "platform": shot.platform,
        "constellation": CONSTELLATIONS[collection],
        "instruments": [INSTRUMENTS[collection]],
        "gsd": main.step if shot.product != "PMS" else fine.step,
        "license": shot.licence,
        "product:type": shot.product,
        "proj:code": "EPSG:2154",
        **_grid_properties(main),
    }
    seen = {
        "eo:cloud_cover": round(100 * cloud, 1) if shot.says_cloud else None,
        "view:incidence_angle": shot.incidence,
    }
    properties |= {name: value for name, value in seen.items() if value is not None}
    properties |= further or {}
    assets = _item_assets(shot, grid, fine, sizes)
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": _used_extensions(properties, assets),
        "id": shot.id,
        "collection": collection,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "bbox": [min(lons), min(lats), max(lons), max(lats)],
        "properties": properties,
        "links": [licence] if page else [],
        "assets": assets,
    }


def _used_extensions(properties: Mapping[str, Any], assets: Mapping[str, Any]) -> list[str]:
    """The schemas of the fields that an item has, and no other."""
    bands = [band for asset in assets.values() for band in asset.get("bands", ())]
    used = {
        key.partition(":")[0] for part in (properties, *assets.values(), *bands) for key in part
    }
    return [schema for prefix, schema in EXTENSIONS.items() if prefix in used]


def _item_assets(
    shot: Shot, grid: LatticeWindow, fine: LatticeWindow, sizes: Mapping[str, int]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, key in storage_keys(shot).items():
        asset: dict[str, Any] = {
            "href": f"storage/{shot.collection}/{key}",
            "file:size": sizes[name],
        }
        if name == "thumbnail":
            asset.update({"title": "Aperçu", "type": "image/png", "roles": ["thumbnail"]})
        elif name == "src_xs":
            bands = [
                {
                    "name": n,
                    "eo:common_name": c,
                    "eo:center_wavelength": w,
                    "eo:full_width_half_max": f,
                }
                for n, c, w, f in _BANDS
            ]
            asset.update(
                {
                    "title": "Multispectral",
                    "type": _COG,
                    "roles": ["data"],
                    "gsd": grid.step,
                    "data_type": "uint16",
                    "nodata": 0,
                    "bands": bands,
                    "proj:code": "EPSG:2154",
                    **_grid_properties(grid),
                }
            )
        else:
            asset.update(
                {
                    "title": "Panchromatique",
                    "type": _COG,
                    "roles": ["data"],
                    "gsd": fine.step,
                    "data_type": "uint16",
                    "nodata": 0,
                    "bands": [{"name": "pan", "eo:common_name": "pan"}],
                    "proj:code": "EPSG:2154",
                    **_grid_properties(fine),
                }
            )
        made[name] = asset
    return made
