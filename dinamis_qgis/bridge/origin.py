"""Where a layer of ours says it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsRasterLayer

STREAMED = "dinamis/streamed"
"""Custom property of a layer over its local copy: what it is streamed from."""


@dataclass(frozen=True)
class Origin:
    """Where a layer says it comes from; ``items`` has several names for a mosaic."""

    catalogue: str
    collection: str
    items: tuple[str, ...]
    asset: str
    href: str


def origin_of(layer: object) -> Origin | None:
    """None for a layer that is not of ours, or is a map service: there is no file behind it."""
    if not isinstance(layer, QgsRasterLayer) or not layer.customProperty("dinamis/item") or layer.providerType() == "wms":
        return None
    names = ("catalogue", "collection", "item", "asset", "href")
    catalogue, collection, item, asset, href = (str(layer.customProperty(f"dinamis/{name}") or "") for name in names)
    return Origin(catalogue, collection, tuple(item.split(",")), asset, href)


def is_local(layer: QgsRasterLayer) -> bool:
    """Whether a layer of ours shows a file at home."""
    return bool(layer.customProperty(STREAMED))
