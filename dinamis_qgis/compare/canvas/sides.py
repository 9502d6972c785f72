"""One scene of a comparison: a copy of a layer that is the comparison's own, and what is known of
the scene.

The copy is never in the project: its stretch can change without anybody's layer changing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsRasterLayer, QgsRasterRange
from qgis.PyQt import sip
from qgis.PyQt.QtXml import QDomDocument

from dinamis_qgis.bridge.layers.scene import Facts, facts_of, scene_of
from dinamis_qgis.core.change.scene import Scene, open_image

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Profile


@dataclass
class Side:
    """``original`` is the person's layer (untouched), ``layer`` the comparison's copy, ``scene``
    what measuring reads.
    """

    original: QgsRasterLayer
    layer: QgsMapLayer
    facts: Facts
    scene: Scene | None
    """None when the layer is not an image file (a map service): it can be looked at, not measured.
    """
    style: str = ""
    """The original's style, as it was copied."""
    source: str = ""
    """What the original read when it was copied."""

    def restyle(self) -> None:
        """Take over the original's style again."""
        self.style = style_of(self.original)
        give_style(self.layer, self.style)


@dataclass(frozen=True)
class Kept:
    """A layer as it was at one moment: a copy of it can be made when it has changed since, or is
    gone.
    """

    source: str
    name: str
    provider: str
    crs: QgsCoordinateReferenceSystem
    style: str
    nodata: tuple[tuple[list[QgsRasterRange], bool], ...]
    """Of each band: the person's own values, and whether the file's is used."""
    facts: Facts
    scene: Scene | None

    def layer(self) -> QgsRasterLayer:
        """The copy. GUI thread; milliseconds where the file has been opened before."""
        options = QgsRasterLayer.LayerOptions()
        options.loadDefaultStyle = False
        made = QgsRasterLayer(self.source, self.name, self.provider, options)
        provider = made.dataProvider()
        if provider is not None:
            for band, (own, files) in enumerate(self.nodata[: provider.bandCount()], 1):
                provider.setUserNoDataValue(band, own)
                provider.setUseSourceNoDataValue(band, files)
        made.setCrs(self.crs)
        give_style(made, self.style)
        return made


def keep_layer(layer: QgsRasterLayer, profile: Profile | None = None) -> Kept:
    """What copies of ``layer`` are made of. GUI thread; opens nothing."""
    provider = layer.dataProvider()
    bands = range(1, provider.bandCount() + 1) if provider is not None else ()
    return Kept(
        layer.source(),
        layer.name(),
        layer.providerType(),
        layer.crs(),
        style_of(layer),
        tuple(
            (provider.userNoDataValues(band), provider.useSourceNoDataValue(band)) for band in bands
        ),
        facts_of(layer, profile),
        scene_of(layer, profile),
    )


def copy_layer(layer: QgsRasterLayer, profile: Profile | None = None) -> Side:
    """A side made from ``layer``.

    GUI thread; the file has been opened before, so that this costs milliseconds.
    """
    kept = keep_layer(layer, profile)
    return Side(layer, kept.layer(), kept.facts, kept.scene, kept.style, kept.source)


def warm_image(source: str) -> None:
    """Open an image file and look at its overviews, so that copies of its layer cost the GUI thread
    little. Raises DinamisError.
    """
    image = open_image(source)
    for band in range(1, image.RasterCount + 1):
        image.GetRasterBand(band).GetOverviewCount()


def layers_still_there(layers: Iterable[QgsMapLayer]) -> list[QgsMapLayer]:
    """Those that nobody has removed since."""
    return [layer for layer in layers if not sip.isdeleted(layer)]


def style_of(layer: QgsMapLayer) -> str:
    """The layer's style as XML."""
    document = QDomDocument()
    layer.exportNamedStyle(document)
    return str(document.toString(-1))


def give_style(layer: QgsMapLayer, style: str) -> None:
    """Set a style kept by ``style_of``; the layer shows whatever its dates, the time controller
    does not hide it.
    """
    document = QDomDocument()
    document.setContent(style)
    layer.importNamedStyle(document)
    temporal = layer.temporalProperties()
    if temporal is not None:
        temporal.setIsActive(False)
