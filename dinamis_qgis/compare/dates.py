"""The dated scenes around a comparison: which ones the view holds, which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer


def candidates(canvas: Any) -> list[QgsRasterLayer]:
    """The dated scenes of the project that lie in the view, oldest first."""
    view = canvas.mapSettings()
    dated = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if isinstance(layer, QgsRasterLayer)
        and layer.customProperty("dinamis/datetime")
        and view.layerExtentToOutputExtent(layer, layer.extent()).intersects(view.visibleExtent())
    ]
    return sorted(dated, key=lambda layer: (str(layer.customProperty("dinamis/datetime")), layer.id()))


def neighbour(known: Sequence[QgsRasterLayer], pair: tuple[QgsRasterLayer, QgsRasterLayer], which: int, by: int) -> QgsRasterLayer | None:
    """The scene ``by`` (1 or -1) dates from the one on side ``which`` of ``pair``, the other side's left out."""
    rest = [layer for layer in known if layer.id() != pair[1 - which].id()]
    now = next((k for k, layer in enumerate(rest) if layer.id() == pair[which].id()), None)
    place = by + (now if now is not None else -1 if by > 0 else len(rest))
    return rest[place] if 0 <= place < len(rest) else None
