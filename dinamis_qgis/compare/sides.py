"""One scene of a comparison: a copy of a layer that is the comparison's own, and what is known of the scene.

The copy is never in the project: its stretch can change without anybody's layer changing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtXml import QDomDocument

from dinamis_qgis.bridge.scenes import Facts, facts_of, scene_of
from dinamis_qgis.core.change.grid import Scene

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Profile


@dataclass
class Side:
    """``original`` is the person's layer (untouched), ``layer`` the comparison's copy, ``scene`` what measuring reads."""

    original: QgsRasterLayer
    layer: QgsMapLayer
    facts: Facts
    scene: Scene | None
    """None when the layer is not an image file (a map service): it can be looked at, not measured."""
    style: str = ""
    """The original's style, as it was copied."""

    def restyle(self) -> None:
        """Take over the original's style again."""
        self.style = style_of(self.original)
        give_style(self.layer, self.style)


def copy(layer: QgsRasterLayer, profile: Profile | None = None) -> Side:
    """A side made from ``layer``. GUI thread; the file has been opened before, so that this costs milliseconds."""
    style = style_of(layer)
    if layer.providerType() == "gdal":
        options = QgsRasterLayer.LayerOptions()
        options.loadDefaultStyle = False
        twin = QgsRasterLayer(layer.source(), layer.name(), "gdal", options)
        _copy_nodata(layer, twin)
        twin.setCrs(layer.crs())
        give_style(twin, style)
    else:
        twin = layer.clone()
    return Side(layer, twin, facts_of(layer, profile), scene_of(layer, profile), style)


def there(layers: Iterable[QgsMapLayer]) -> list[QgsMapLayer]:
    """Those that nobody has removed since."""
    return [layer for layer in layers if not sip.isdeleted(layer)]


def style_of(layer: QgsMapLayer) -> str:
    """The layer's style as XML."""
    document = QDomDocument()
    layer.exportNamedStyle(document)
    return str(document.toString(-1))


def give_style(layer: QgsMapLayer, style: str) -> None:
    """Set a style kept by ``style_of``; the layer shows whatever its dates, the time controller does not hide it."""
    document = QDomDocument()
    document.setContent(style)
    layer.importNamedStyle(document)
    temporal = layer.temporalProperties()
    if temporal is not None:
        temporal.setIsActive(False)


def _copy_nodata(layer: QgsRasterLayer, twin: QgsRasterLayer) -> None:
    old, new = layer.dataProvider(), twin.dataProvider()
    if old is None or new is None:
        return
    for band in range(1, min(old.bandCount(), new.bandCount()) + 1):
        new.setUserNoDataValue(band, old.userNoDataValues(band))
        new.setUseSourceNoDataValue(band, old.useSourceNoDataValue(band))
