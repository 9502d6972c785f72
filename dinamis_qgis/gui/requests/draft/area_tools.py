"""Where the area of the form comes from: the tools on the map, features, layers, files.

All reading is off the GUI thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.geometry.convert import area_reader, extent_on
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.tasking import area_file
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.area.draw_tool import DrawTool
from dinamis_qgis.gui.area.edit_tool import EditTool
from dinamis_qgis.gui.requests.draft.form import RequestForm


class AreaTaking(QObject):
    """Serves the area bar of one form."""

    def __init__(self, context: Context, form: RequestForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._form = context, form
        self.canvas = context.iface.mapCanvas()
        self.draw_tool, self.edit_tool = DrawTool(self.canvas), EditTool(self.canvas)
        self._job: tasks.Job | None = None
        bar = form.area_bar
        bar.draw_wanted.connect(self.draw)
        bar.edit_wanted.connect(self.edit)
        bar.selection_wanted.connect(self.take_selection)
        bar.layer_wanted.connect(self.take_layer)
        bar.file_wanted.connect(self.ask_file)
        bar.size_changed.connect(self._resize)
        self.draw_tool.drawn.connect(self._drawn)
        self.draw_tool.cancelled.connect(lambda: form.set_hint(""))
        self.draw_tool.measured.connect(form.set_hint)
        self.edit_tool.edited.connect(form.set_area)
        self.edit_tool.measured.connect(form.set_hint)
        self.edit_tool.ended.connect(lambda: form.set_hint(""))

    def draw(self) -> None:
        """Take the mouse for drawing the chosen shape."""
        self.draw_tool.shape, self.draw_tool.size_km = (
            self._form.area_bar.shape,
            self._form.area_bar.size_km,
        )
        self.canvas.unsetMapTool(self.draw_tool)
        self.canvas.setMapTool(self.draw_tool)
        self.canvas.setFocus()

    def edit(self) -> None:
        """Take the mouse for moving the corners."""
        if self._form.draft.area is None:
            return
        self.edit_tool.set_area(self._form.draft.area)
        self.canvas.setMapTool(self.edit_tool)
        self.canvas.setFocus()

    def let_go(self) -> None:
        """Give the mouse back, forget what is being read."""
        for tool in (self.draw_tool, self.edit_tool):
            self.canvas.unsetMapTool(tool)
        if self._job is not None:
            self._job.stop()
            self._job = None

    def remove(self) -> None:
        """As ``let_go``, for good: the canvas keeps no tool of ours."""
        self.let_go()
        for tool in (self.draw_tool, self.edit_tool):
            tool.deleteLater()

    def take_selection(self) -> None:
        """The selected features of the active layer, merged; the only feature of a layer counts as
        selected.
        """
        layer = self._layer()
        if layer is None:
            return
        chosen = layer.selectedFeatureCount()
        if not chosen and layer.featureCount() != 1:
            text = tr("Select one in the layer “{name}”.").format(name=layer.name())
            messages.show(InvalidInput(tr("No feature is selected."), text))
            return
        self._read(area_reader(layer, selected=bool(chosen)))

    def take_layer(self) -> None:
        """All polygons of the active layer."""
        layer = self._layer()
        if layer is not None:
            self._read(area_reader(layer))

    def ask_file(self) -> None:
        """A file the person chooses."""
        kinds = " ".join(f"*{s}" for s in area_file.SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            self._form, tr("Area from a file"), "", f"{tr('Areas')} ({kinds})"
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """All polygons of a file."""
        self._read(lambda cancel: area_file.read(path, cancel))

    def _layer(self) -> QgsVectorLayer | None:
        layer = self._context.iface.activeLayer()
        if (
            isinstance(layer, QgsVectorLayer)
            and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        ):
            return layer
        remedy = tr("Choose a polygon layer in the layer panel, select a feature.")
        messages.show(InvalidInput(tr("The active layer holds no polygons."), remedy))
        return None

    def _read(self, reader: Callable[[Any], BaseGeometry]) -> None:
        self.let_go()
        self._form.set_hint(tr("Reading the area…"))
        request = self._form.request

        def done(area: BaseGeometry) -> None:
            self._job = None
            self._form.set_hint("")
            if (
                self._form.request is not None
                and request is not None
                and self._form.request.reference == request.reference
            ):
                self._form.set_area(area)
                self.canvas.setExtent(extent_on(self.canvas, area))
                self.canvas.refresh()

        def failed(error: Any) -> None:
            self._job = None
            self._form.set_hint("")
            messages.show(error)

        self._job = tasks.run(
            lambda job: reader(job.cancel), done=done, failed=failed, parent=self, title="area"
        )

    def _drawn(self, area: BaseGeometry | None) -> None:
        self._form.set_hint("")
        if area is not None:
            self._form.set_area(area)
        self._form.fields.title.setFocus()

    def _resize(self, size_km: float) -> None:
        self.draw_tool.size_km = size_km
