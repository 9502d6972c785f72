"""The members' territories as a layer of the project, coloured by where their adhesion stands."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.core.relay.model import (
    ACCEPTED,
    REFUSED,
    STEP_ORDER,
    SUSPENDED,
    Entity,
    state_text,
)
from dinamis_qgis.core.text import tr

LAYER_PROPERTY = "dinamis/relay"
_COLOURS = {ACCEPTED: "46,125,50", REFUSED: "160,60,50", SUSPENDED: "120,120,120"}


def show_territories(relay: RelayAdministration, parent: QObject) -> None:
    """Add the layer, or bring the one that is there up to date; names and states only."""
    register = relay.register()

    def arrived(entities: list[Entity]) -> None:
        placed = [e for e in entities if e.territory is not None]
        if not placed:
            messages.info(tr("No entity has a territory yet."))
            return
        _fill_layer(_territory_layer(), placed)

    tasks.run(
        lambda job: register.entities(areas=True), done=arrived, parent=parent, title="territories"
    )


def _territory_layer() -> QgsVectorLayer:
    project = QgsProject.instance()
    for layer in project.mapLayers().values():
        if layer.customProperty(LAYER_PROPERTY) == "territories":
            return layer  # type: ignore[no-any-return]
    source = "MultiPolygon?crs=EPSG:4326&field=name:string&field=state:string&field=since:string"
    layer = QgsVectorLayer(source, tr("Territories of the entities"), "memory")
    layer.setCustomProperty(LAYER_PROPERTY, "territories")
    layer.setRenderer(_state_renderer())
    project.addMapLayer(layer)
    return layer


def _fill_layer(layer: QgsVectorLayer, entities: list[Entity]) -> None:
    features = []
    for entity in entities:
        feature = QgsFeature(layer.fields())
        geometry = QgsGeometry()
        territory: Any = entity.territory
        geometry.fromWkb(territory.wkb)
        geometry.convertToMultiType()
        feature.setGeometry(geometry)
        since = entity.state_since.date().isoformat() if entity.state_since else ""
        feature.setAttributes([entity.name, entity.state, since])
        features.append(feature)
    provider = layer.dataProvider()
    provider.truncate()
    provider.addFeatures(features)
    layer.updateExtents()
    layer.triggerRepaint()


def _state_renderer() -> QgsCategorizedSymbolRenderer:
    categories = []
    for state in (*STEP_ORDER, REFUSED, SUSPENDED):
        colour = _COLOURS.get(state, "230,150,40")
        symbol = QgsFillSymbol.createSimple(
            {"color": f"{colour},60", "outline_color": f"{colour},255", "outline_width": "0.4"}
        )
        categories.append(QgsRendererCategory(state, symbol, state_text(state)))
    return QgsCategorizedSymbolRenderer("state", categories)
