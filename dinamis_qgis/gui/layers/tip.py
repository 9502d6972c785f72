"""The tool tip of our layers in the layer tree: what the image is, not how it is read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtGui import QHelpEvent
from qgis.PyQt.QtWidgets import QToolTip

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layers.origin import is_local, origin_of
from dinamis_qgis.bridge.layers.scene import facts_of
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.product_text import metres_text

if TYPE_CHECKING:
    from dinamis_qgis.core.profile.model import Profile

_MOST_ITEMS = 3


class LayerTip(QObject):
    """Answers for layers of ours; the tree's own tip stays for all others. ``stop()`` at unload."""

    def __init__(self, context: Any, tree: Any) -> None:
        super().__init__()
        self._context, self._tree = context, tree
        self._viewport = tree.viewport() if hasattr(tree, "viewport") else None
        if self._viewport is not None:
            self._viewport.installEventFilter(self)

    def stop(self) -> None:
        """Leave the tree as it was."""
        if self._viewport is not None:
            self._viewport.removeEventFilter(self)
            self._viewport = None

    @contain_faults(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """True where our tip was shown."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        layer = self._layer_at(event)
        text = layer_tip(layer, self._context.profile) if layer is not None else ""
        if text:
            QToolTip.showText(event.globalPos(), text, self._viewport)
        return bool(text)

    def _layer_at(self, event: QHelpEvent) -> QgsMapLayer | None:
        index = self._tree.indexAt(event.pos())
        node = self._tree.index2node(index) if index.isValid() else None
        identity = node.layerId() if node is not None and hasattr(node, "layerId") else ""
        return QgsProject.instance().mapLayer(identity) if identity else None


def layer_tip(layer: QgsMapLayer, profile: Profile | None) -> str:
    """Product, date, resolution, licence, credit and catalogue as HTML; empty for another's layer.

    What services say is escaped.
    """
    origin = origin_of(layer)
    if origin is None:
        return ""
    facts = facts_of(layer, profile)
    known = profile if profile and profile.id == layer.customProperty("dinamis/profile") else None
    catalogue = known.catalogue(origin.catalogue) if known else None
    items = [*origin.items[:_MOST_ITEMS], *(["…"] if len(origin.items) > _MOST_ITEMS else [])]
    where = tr("on this computer") if is_local(layer) else ""
    lines = [
        " · ".join(x for x in (facts.day(), facts.hour(), facts.sensor) if x),
        tr("{metres} a pixel").format(metres=metres_text(facts.metres)) if facts.metres else "",
        tr("Product: {name}").format(name=", ".join(items)),
        tr("Licence: {title}").format(title=facts.licence) if facts.licence else "",
        facts.credit,
        tr("Catalogue: {title}").format(title=catalogue.title if catalogue else origin.catalogue),
        where,
    ]
    told = "<br>".join(escape(line) for line in lines if line)
    return f"<p style='white-space:pre'><b>{escape(layer.name())}</b><br>{told}</p>"
