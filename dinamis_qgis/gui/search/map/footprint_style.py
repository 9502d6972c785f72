"""How footprints look on the map: an outline by constellation, dashed without the licence, dated
where there is room.
"""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRendererCategory,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.text import tr

COLORS = {"spot": "#9a4b00", "pleiades": "#5b2a86", "other": "#3d5468"}
"""Dark enough on a plain map, with a pale edge on imagery; apart for the colour-blind too."""
MISSING, LOADED = "-missing", "-loaded"
LABELS = 60
"""Dates written at most: beyond, they hide the map."""


def look_of(product: Product, missing: bool, loaded: bool) -> str:
    """The category of a product: constellation, then whether it is on the map or cannot be used."""
    name = product.constellation.lower()
    kind = (
        "spot"
        if name.startswith("spot")
        else "pleiades"
        if name.startswith(("pléiades", "pleiades"))
        else "other"
    )
    return kind + (LOADED if loaded else MISSING if missing else "")


def date_label(product: Product) -> str:
    """The date, short, as people there write it."""
    return (
        "–"
        if product.day is None
        else str(QLocale().toString(product.day, QLocale.FormatType.ShortFormat))
    )


def new_layer() -> QgsVectorLayer:
    """An empty layer, in memory and outside the project, with ``look``, ``label`` and the product's
    ``name``.
    """
    layer = QgsVectorLayer(
        "MultiPolygon?crs=EPSG:4326&field=look:string&field=label:string&field=name:string",
        "dinamis-footprints",
        "memory",
    )
    apply_symbols(layer)
    return layer


def apply_symbols(layer: QgsVectorLayer) -> None:
    """Symbols and labels for a layer with the fields ``look`` and ``label``."""
    layer.setRenderer(QgsCategorizedSymbolRenderer("look", list(_look_categories())))
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_label_settings()))
    layer.setLabelsEnabled(True)


def _look_categories() -> list[QgsRendererCategory]:
    states = (("", "solid", 0.35), (MISSING, "dash", 0.3), (LOADED, "solid", 0.6))
    names = {
        "spot": {"": "SPOT", MISSING: tr("SPOT, licence not held"), LOADED: tr("SPOT, on the map")},
        "pleiades": {
            "": "Pléiades",
            MISSING: tr("Pléiades, licence not held"),
            LOADED: tr("Pléiades, on the map"),
        },
        "other": {
            "": tr("Others"),
            MISSING: tr("Others, licence not held"),
            LOADED: tr("Others, on the map"),
        },
    }
    return [
        QgsRendererCategory(kind + state, _outline_symbol(color, line, width), names[kind][state])
        for kind, color in COLORS.items()
        for state, line, width in states
    ]


def _outline_symbol(color: str, line: str, width: float) -> QgsFillSymbol:
    """Outlines only: a tint would colour the imagery below, and many of them hide the map."""
    pale = {
        "style": "no",
        "outline_color": "255,255,255,150",
        "outline_width": str(width + 0.45),
        "outline_width_unit": "MM",
    }
    dark = {
        "style": "no",
        "outline_color": color,
        "outline_width": str(width),
        "outline_width_unit": "MM",
        "outline_style": line,
    }
    symbol = QgsFillSymbol.createSimple(pale)
    inner = QgsFillSymbol.createSimple(dark)  # kept: its layer dies with it
    symbol.appendSymbolLayer(inner.symbolLayer(0).clone())
    return symbol


def _label_settings() -> QgsPalLayerSettings:
    """The date inside the footprint, only where it fits, hides no other, and does not lie on an
    image that fills the view.
    """
    settings = QgsPalLayerSettings()
    settings.fieldName = "label"
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.fitInPolygonOnly = True
    settings.displayAll = False
    beyond = QgsProperty.fromExpression(
        "not within(transform(@map_extent, @map_crs, 'EPSG:4326'), $geometry)"
    )
    settings.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Show, beyond)
    thinning = settings.thinningSettings()
    thinning.setLimitNumberLabelsEnabled(True)
    thinning.setMaximumNumberLabels(LABELS)
    settings.setThinningSettings(thinning)
    text, edge = QgsTextFormat(), QgsTextBufferSettings()
    text.setSize(8)
    text.setColor(QColor("#222222"))
    edge.setEnabled(True)
    edge.setSize(0.9)
    edge.setColor(QColor(255, 255, 255, 210))
    text.setBuffer(edge)
    settings.setFormat(text)
    return settings
