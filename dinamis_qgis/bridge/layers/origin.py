"""Where a layer of ours says it comes from."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge.guard import contain_faults

_PREFIX = "dinamis/"
_KNOWN = "dinamis_origin"
"""Property of the object, which no style touches: the properties above as they are right."""
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
    if (
        not isinstance(layer, QgsRasterLayer)
        or not layer.customProperty("dinamis/item")
        or layer.providerType() == "wms"
    ):
        return None
    names = ("catalogue", "collection", "item", "asset", "href")
    catalogue, collection, item, asset, href = (
        str(layer.customProperty(f"dinamis/{name}") or "") for name in names
    )
    return Origin(catalogue, collection, tuple(item.split(",")), asset, href)


def is_local(layer: QgsRasterLayer) -> bool:
    """Whether a layer of ours shows a file at home."""
    return bool(layer.customProperty(STREAMED))


def set_facts(layer: QgsRasterLayer, **facts: str) -> None:
    """Have ``layer`` say this of itself, by the names of its properties; an empty text takes one
    away.
    """
    for name, value in facts.items():
        if value:
            layer.setCustomProperty(_PREFIX + name, value)
        else:
            layer.removeCustomProperty(_PREFIX + name)
    layer.setProperty(_KNOWN, _custom_properties(layer))


def _custom_properties(layer: QgsRasterLayer) -> dict[str, Any]:
    return {
        key: layer.customProperty(key)
        for key in layer.customPropertyKeys()
        if key.startswith(_PREFIX)
    }


class Keeper(QObject):
    """Styles hold the properties of the layer they were taken from: one that is pasted, loaded or
    switched to (by a map theme) must not make an image say that it is another one. GUI thread.
    """

    def __init__(self) -> None:
        super().__init__()
        project = QgsProject.instance()
        project.layersAdded.connect(self._added)
        self._added(project.mapLayers().values())

    def stop(self) -> None:
        """Let go of every layer."""
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._added)
        for layer in project.mapLayers().values():
            if isinstance(layer, QgsRasterLayer):
                with contextlib.suppress(TypeError):  # came in without a word
                    layer.styleChanged.disconnect(self._styled)
                layer.setProperty(_KNOWN, None)

    @contain_faults()
    def _added(self, layers: Iterable[object]) -> None:
        for layer in layers:
            if isinstance(layer, QgsRasterLayer):
                set_facts(layer)
                layer.styleChanged.connect(self._styled)

    @contain_faults()
    def _styled(self) -> None:
        layer = self.sender()
        if not isinstance(layer, QgsRasterLayer):
            return
        known, facts = layer.property(_KNOWN) or {}, _custom_properties(layer)
        for key in facts.keys() - known.keys():
            layer.removeCustomProperty(key)
        for key, value in known.items():
            if facts.get(key) != value:
                layer.setCustomProperty(key, value)
