"""How long each image holds on the temporal controller: from its day to that of the next image of
the same place, so that an animation shows images and no gaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import Qgis, QgsDateTimeRange, QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, QTimer

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layers.origin import origin_of


class TemporalRanges(QObject):
    """Follows the layers of the project; ``stop()`` at unload leaves the ranges as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)  # once, after all layers of a group or a project
        self._soon.timeout.connect(lambda: hold_until_next(our_layers()))
        project = QgsProject.instance()
        project.layersAdded.connect(self._changed)
        project.layersRemoved.connect(self._changed)

    def stop(self) -> None:
        """Let go of the project."""
        self._soon.stop()
        project = QgsProject.instance()
        project.layersAdded.disconnect(self._changed)
        project.layersRemoved.disconnect(self._changed)

    @contain_faults()
    def _changed(self, *_: object) -> None:
        self._soon.start()


def our_layers() -> list[QgsRasterLayer]:
    """Images of ours that the temporal controller drives."""
    found = QgsProject.instance().mapLayers().values()
    return [layer for layer in found if not sip.isdeleted(layer) and _own_range(layer) is not None]


def hold_until_next(layers: Iterable[QgsRasterLayer]) -> None:
    """Give each its time: to the next that meets it on the ground; the last keeps its own."""
    dated = [(layer, _own_range(layer)) for layer in layers]
    for layer, own in dated:
        later = [
            other.begin()
            for one, other in dated
            if one is not layer and other.begin() > own.end() and _extents_meet(one, layer)
        ]
        wanted = QgsDateTimeRange(own.begin(), min(later), True, False) if later else own
        temporal = layer.temporalProperties()
        now = temporal.fixedTemporalRange()
        if (now.begin(), now.end()) != (wanted.begin(), wanted.end()):
            temporal.setFixedTemporalRange(wanted)


def _own_range(layer: Any) -> QgsDateTimeRange | None:
    """The moment (or the span of a mosaic) an image was taken, as its metadata keep it."""
    if not isinstance(layer, QgsRasterLayer) or origin_of(layer) is None:
        return None
    temporal = layer.temporalProperties()
    known = layer.metadata().extent().temporalExtents()
    fixed = temporal.mode() == Qgis.RasterTemporalMode.FixedTemporalRange
    if not (known and fixed and isinstance(known[0].begin(), QDateTime)):
        return None
    return known[0] if known[0].begin().isValid() and known[0].end().isValid() else None


def _extents_meet(one: QgsRasterLayer, other: QgsRasterLayer) -> bool:
    return bool(one.wgs84Extent().intersects(other.wgs84Extent()))
