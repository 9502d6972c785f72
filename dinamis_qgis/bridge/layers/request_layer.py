"""The register of requests as a layer of the project, coloured by state; read only: the register is
written by the plugin alone.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.core.errors import StorageError
from dinamis_qgis.core.tasking.model import COMPLETED, DRAFT, FINAL, READY, SENDING, state_text
from dinamis_qgis.core.text import tr

PROPERTY = "dinamis/requests"
STATES = (
    DRAFT,
    READY,
    SENDING,
    "sent",
    "joined",
    "received",
    "accepted",
    "reserved",
    "scheduled",
    "tasked",
    "held",
    "processing",
    COMPLETED,
    "rejected",
    "cancelled",
    "user_cancelled",
    "failed",
    "expired",
)
"""The way of a request, in the order of the legend."""


def state_colour(state: str) -> QColor:
    """Draft grey, to be sent amber, under way blue, delivered green, refused or lost red.

    Readable on light and dark.
    """
    if state == DRAFT:
        return QColor("#808080")
    if state in (READY, SENDING):
        return QColor("#d98200")
    if state == COMPLETED:
        return QColor("#2e9e4f")
    return QColor("#d0453a") if state in FINAL else QColor("#2f7fd1")


def add_requests_layer(register: Path, profile: str) -> QgsVectorLayer:
    """The layer of a profile's requests, found again when the project has it.

    Raises StorageError.
    """
    for layer in QgsProject.instance().mapLayers().values():
        if layer.customProperty(PROPERTY) == profile:
            return layer
    layer = QgsVectorLayer(f"{register}|layername=requests", tr("Acquisition requests"), "ogr")
    if not layer.isValid():
        raise StorageError(
            tr("The register of requests “{path}” cannot be read.").format(path=register)
        )
    quoted = profile.replace("'", "''")
    layer.setSubsetString(f"\"profile\" = '{quoted}'")
    layer.setReadOnly(True)
    layer.setCustomProperty(PROPERTY, profile)
    layer.setRenderer(
        QgsCategorizedSymbolRenderer("state", [_state_category(state) for state in STATES])
    )
    layer.setDisplayExpression('"title"')
    QgsProject.instance().addMapLayer(layer)
    return layer


def refresh_requests_layer(profile: str) -> None:
    """Read the register again where the project shows it."""
    for layer in QgsProject.instance().mapLayers().values():
        if layer.customProperty(PROPERTY) == profile:
            layer.reload()
            layer.triggerRepaint()


def _state_category(state: str) -> QgsRendererCategory:
    colour = state_colour(state)
    style = {
        "style": "no",
        "outline_color": colour.name(),
        "outline_width": "0.6",
        "outline_style": "dash" if state == DRAFT else "solid",
    }
    return QgsRendererCategory(state, QgsFillSymbol.createSimple(style), state_text(state))
