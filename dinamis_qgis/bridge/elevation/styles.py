"""How layers of heights look: hillshade, relief colours, differences."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsColorRampShader,
    QgsHillshadeRenderer,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor, QPainter

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.text import tr

LIGHT = (315.0, 45.0)
"""Azimuth and height of the light: from the upper left, as on maps."""
_SHADE = 0.7
"""Opacity of the shade: the colours below stay colours."""
_RELIEF = ("#2e7d4f", "#9cc27a", "#f2e6a7", "#c99a5b", "#8f5b3a", "#f4f1ee")
_DIFFERENCE = ("#a50f15", "#ef6548", "#fdd0a2", "#f7f7f7", "#c6dbef", "#4292c6", "#08306b")


def style_hillshade(layer: QgsRasterLayer, exaggeration: float = 1.0) -> None:
    """Light and shade only, multiplied with what lies below: the image stays readable."""
    renderer = QgsHillshadeRenderer(layer.dataProvider(), 1, *LIGHT)
    renderer.setZFactor(exaggeration)
    layer.setRenderer(renderer)
    layer.setOpacity(_SHADE)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    layer.triggerRepaint()


def style_relief(layer: QgsRasterLayer) -> None:
    """Colours from low to high, over the heights of the layer (2 % cut at either end)."""
    low, high = _span(layer)
    steps = len(_RELIEF) - 1
    items = [
        QgsColorRampShader.ColorRampItem(
            low + (high - low) * n / steps, QColor(colour), f"{low + (high - low) * n / steps:.0f}"
        )
        for n, colour in enumerate(_RELIEF)
    ]
    _apply_ramp(layer, items)


def style_difference(layer: QgsRasterLayer, limit: float) -> None:
    """Losses red, gains blue; what is within ``limit`` (metres) pale."""
    low, high = _span(layer)
    reach = max(3 * limit, abs(low), abs(high), 0.5)
    places = (-reach, -max(reach / 2, limit * 1.5), -limit, 0.0, limit,
              max(reach / 2, limit * 1.5), reach)  # fmt: skip
    items = [
        QgsColorRampShader.ColorRampItem(place, QColor(colour), f"{place:+.1f} m")
        for place, colour in zip(places, _DIFFERENCE)
    ]
    _apply_ramp(layer, items)


def _apply_ramp(layer: QgsRasterLayer, items: list[Any]) -> None:
    ramp = QgsColorRampShader(items[0].value, items[-1].value)
    ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
    ramp.setColorRampItemList(items)
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(items[0].value)
    renderer.setClassificationMax(items[-1].value)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _span(layer: QgsRasterLayer) -> tuple[float, float]:
    """Lowest and highest of a sample, without the outermost 2 %; read from overviews."""
    import numpy as np
    from osgeo import gdal

    from dinamis_qgis.core.rasters import nodata_in, quiet_gdal

    with quiet_gdal():
        image = gdal.Open(layer.source())  # kept: a band does not keep its image
        band = image.GetRasterBand(1)
        share = min(1.0, 500 / max(band.XSize, band.YSize))
        size = max(1, round(band.XSize * share)), max(1, round(band.YSize * share))
        values = np.asarray(band.ReadAsArray(buf_xsize=size[0], buf_ysize=size[1]), float)
        nothing = nodata_in(band)
    known = values[np.isfinite(values) & (values != (np.nan if nothing is None else nothing))]
    if not known.size:
        return 0.0, 1.0
    low, high = (float(value) for value in np.percentile(known, (2, 98)))
    return (low, high) if high > low else (low - 0.5, low + 0.5)


class DifferenceStyle(QgsProcessingLayerPostProcessorInterface):
    """Styles the difference of two surface models when Processing adds it to the map."""

    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = limit

    @contain_faults()
    def postProcessLayer(self, layer: Any, context: Any, feedback: Any) -> None:  # noqa: N802 (QGIS)
        """Main thread."""
        if isinstance(layer, QgsRasterLayer) and layer.isValid():
            style_difference(layer, self.limit)
            layer.setName(tr("Difference of height"))
