"""The entry "DINAMIS" of the layer tree's menu, on layers of ours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layers import style
from dinamis_qgis.bridge.layers.origin import is_local, origin_of
from dinamis_qgis.core.catalogue.platforms import METRES
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.layers.tip import LayerTip

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.bridge.project.switch import Switch
    from dinamis_qgis.core.catalogue.model import Product


def raster_type() -> Any:
    """QGIS's name for raster layers, which moved."""
    from qgis.core import Qgis

    if hasattr(Qgis, "LayerType"):
        return Qgis.LayerType.Raster
    from qgis.core import QgsMapLayerType

    return QgsMapLayerType.RasterLayer


class LayerMenu(QObject):
    """One set of actions, right for what is selected; ``stop()`` at unload."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._tree = context.iface.layerTreeView()
        self.tip = LayerTip(context, self._tree)
        self._switch: Switch | None = None
        self._seen: set[str] = set()
        self.presets = {
            preset: self._action(f"dinamisPreset_{preset.value}", style.preset_label(preset))
            for preset in style.Preset
        }
        for preset, action in self.presets.items():
            action.setCheckable(True)
            action.triggered.connect(partial(self._show_as, preset))
        self.to_local = self._action("dinamisToLocal", tr("Replace by a local copy"))
        self.to_local.triggered.connect(lambda: self.switch.to_local(self._layers()[0]))
        self.to_stream = self._action("dinamisToStream", tr("Read through the service again"))
        self.to_stream.triggered.connect(lambda: self.switch.to_stream(self._layers()[0]))
        self.same = self._action("dinamisSameStretch", tr("Same stretch for these images"))
        self.same.triggered.connect(lambda: style.same_stretch(self._layers()))
        self.relief = self._action("dinamisRelief", tr("See in relief…"))
        self.relief.triggered.connect(self._show_relief)
        self.actions = [
            *self.presets.values(),
            self.to_local,
            self.to_stream,
            self.same,
            self.relief,
        ]
        self._in_tree = hasattr(context.iface, "addCustomActionForLayerType")
        if self._in_tree:
            for action in self.actions:
                context.iface.addCustomActionForLayerType(action, "DINAMIS", raster_type(), False)
        QgsProject.instance().layersAdded.connect(self._added)
        self._tree.selectionModel().selectionChanged.connect(self.refresh)
        self._added(list(QgsProject.instance().mapLayers().values()))

    def stop(self) -> None:
        """Leave the menu as it was."""
        self.tip.stop()
        QgsProject.instance().layersAdded.disconnect(self._added)
        self._tree.selectionModel().selectionChanged.disconnect(self.refresh)
        if self._in_tree:
            for action in self.actions:
                self._context.iface.removeCustomActionForLayerType(action)
        if self._switch is not None:
            self._switch.stop()

    def _action(self, name: str, text: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        return action

    @contain_faults()
    def _added(self, layers: list[QgsMapLayer]) -> None:
        """Layers of ours get the entry."""
        for layer in layers if self._in_tree else []:
            if origin_of(layer) is not None and layer.id() not in self._seen:
                self._seen.add(layer.id())
                for action in self.actions:
                    self._context.iface.addCustomActionForLayer(action, layer)

    @contain_faults()
    def _show_relief(self, *_: object) -> None:
        from dinamis_qgis.gui.relief.panel import show_relief

        show_relief(self._context)

    def _layers(self) -> list[QgsRasterLayer]:
        return [layer for layer in self._tree.selectedLayers() if origin_of(layer) is not None]

    @property
    def switch(self) -> Switch:
        """What does it, made at first use."""
        if self._switch is None:
            from dinamis_qgis.bridge.project.switch import Switch

            self._switch = Switch(self._context, self._ask)
        return self._switch

    def refresh(self, *_: object) -> None:
        """Another selection: what can be done with it."""
        layers = self._layers()
        one = layers[0] if len(layers) == 1 else None
        ready, origin = self._context.profile is not None, origin_of(one)
        shown = (
            str(one.customProperty("dinamis/preset") or style.Preset.NATURAL.value) if one else ""
        )
        for preset, action in self.presets.items():
            action.setText(style.preset_label(preset, self._metres(one, preset, shown)))
            action.setVisible(origin is not None and len(origin.items) == 1)
            action.setChecked(preset.value == shown)
            action.setEnabled(one is not None and ready and self._has(one, preset))
        local = one is not None and is_local(one)
        self.to_local.setVisible(one is not None and not local)
        self.to_stream.setVisible(one is not None and local)
        self.to_local.setEnabled(ready)
        self.to_stream.setEnabled(ready)
        self.same.setVisible(bool(style.group_stretchable(layers)))
        self.relief.setVisible(bool(layers))

    def _has(self, layer: QgsRasterLayer, preset: style.Preset) -> bool:
        """Whether the collection has the files of a preset, as far as the profile says."""
        profile, origin = self._context.profile, origin_of(layer)
        collection = (
            profile.collection(origin.catalogue, origin.collection) if profile and origin else None
        )
        if preset in (style.Preset.GRAY, style.Preset.PANSHARPENED):
            return collection is None or bool(collection.pan_asset)
        return collection is None or bool(collection.nir) or preset is style.Preset.NATURAL

    def _metres(
        self, layer: QgsRasterLayer | None, preset: style.Preset, shown: str
    ) -> float | None:
        """The pixels a preset of ``layer`` would have, from those it has now."""
        profile, origin = self._context.profile, origin_of(layer)
        if layer is None or profile is None or origin is None:
            return None
        collection = profile.collection(origin.catalogue, origin.collection)
        usual = METRES.get(collection.constellation) if collection else None
        crs = layer.crs()
        if usual is None or crs.isGeographic() or not crs.isValid():
            return None
        now, times = float(layer.rasterUnitsPerPixelX()), usual[1] / usual[0]
        fine = (style.Preset.PANSHARPENED.value, style.Preset.GRAY.value)
        now = now if shown in fine else now / times
        return now if preset.value in fine else now * times

    def _show_as(self, preset: style.Preset, *_: object) -> None:
        self.switch.show_as(self._layers()[0], preset)
        self.refresh()

    def _ask(self, products: list[Product]) -> None:
        from dinamis_qgis.gui.downloads.dialog import ask_download

        try:
            ask_download(self._context, products, None)
        except DinamisError as error:
            messages.show(error)
