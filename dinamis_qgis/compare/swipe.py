"""The public way to a comparison on a canvas: starting, stopping, and the one that runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import QgsRasterLayer

from dinamis_qgis.compare.controls.bar import Bar
from dinamis_qgis.compare.session import Comparison

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

_running: dict[int, tuple[Comparison, Bar]] = {}


def start_comparison(
    canvas: Any,
    left: QgsRasterLayer,
    right: QgsRasterLayer,
    ended: Callable[[], None] | None = None,
    context: Context | None = None,
) -> Comparison:
    """Compare two layers on ``canvas``; an earlier comparison there ends.

    ``ended`` is called when it ends by itself.
    """
    stop_comparison(canvas)
    comparison = Comparison(canvas, left, right, context)
    _running[id(canvas)] = (comparison, Bar(comparison))

    def over() -> None:
        known = _running.get(id(canvas))
        if known is not None and known[0] is comparison:
            del _running[id(canvas)]
            known[1].leave()
            if ended is not None:
                ended()

    comparison.ended.connect(over)
    return comparison


def compare_layers(context: Context, first: QgsRasterLayer, second: QgsRasterLayer) -> Comparison:
    """Compare two raster layers of the project on the main map, the older one first where both are
    dated.
    """
    stamps = [str(layer.customProperty("dinamis/datetime") or "") for layer in (first, second)]
    if all(stamps) and stamps[1] < stamps[0]:
        first, second = second, first
    return start_comparison(context.iface.mapCanvas(), first, second, context=context)


def stop_comparison(canvas: Any) -> None:
    """End the comparison on ``canvas``, if there is one."""
    known = _running.pop(id(canvas), None)
    if known is not None:
        known[1].leave()
        known[0].remove()


def current_comparison(canvas: Any) -> Comparison | None:
    """The comparison on ``canvas``."""
    known = _running.get(id(canvas))
    return known[0] if known else None


def comparison_bar(canvas: Any) -> Bar | None:
    """The control bar of the comparison on ``canvas``."""
    known = _running.get(id(canvas))
    return known[1] if known else None
