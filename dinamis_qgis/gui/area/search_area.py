"""Where to search: what the map shows, a drawn polygon or rectangle, selected features, a polygon
layer; shown on the map.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer, QgsWkbTypes
from qgis.gui import QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QPalette
from qgis.PyQt.QtWidgets import QAction, QMenu
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.geometry.convert import extent_on, to_map
from dinamis_qgis.bridge.geometry.extent import canvas_area, extent_area
from dinamis_qgis.bridge.geometry.layer_area import is_polygons, layer_reader, polygon_layers
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import MOST_SENT, area_km2, vertex_count
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class _NamedPlace:
    """A chosen area (EPSG:4326), what is drawn of a detailed one, and its size in km²."""

    area: BaseGeometry
    name: str
    outline: BaseGeometry
    size: float


def _named_place(area: BaseGeometry, name: str) -> _NamedPlace:
    """In any thread."""
    west, south, east, north = area.bounds
    detailed = vertex_count(area) > MOST_SENT
    outline = (
        area.simplify(max(east - west, north - south) / 5000, preserve_topology=False)
        if detailed
        else area
    )
    return _NamedPlace(area, name, area if outline.is_empty else outline, area_km2(area))


class SearchArea(QObject):
    """``area()`` is where to search.

    ``changed`` when a person chose another one; ``follow`` is whether the map leads.
    """

    changed = pyqtSignal()
    follow_changed = pyqtSignal(bool)
    reading_changed = pyqtSignal()
    """A layer is being read, or no longer."""

    def __init__(self, context: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._canvas = context.iface.mapCanvas()
        self._place: _NamedPlace | None = None
        self._tool: QgsMapTool | None = None
        self._before: QgsMapTool | None = None
        self._job: tasks.Job | None = None
        self._coming = ""
        self._outline = _outline_band(self._canvas)
        self._visible = True
        self.follow = False
        self._canvas.destinationCrsChanged.connect(self._draw)
        self._canvas.mapToolSet.connect(self._tool_set)

    # what is searched

    @property
    def fixed(self) -> BaseGeometry | None:
        """The chosen area, None while it is what the map shows."""
        return self._place.area if self._place is not None else None

    def chosen_name(self) -> str:
        """What the chosen area is called, empty while it is what the map shows."""
        return self._place.name if self._place is not None else ""

    def area(self) -> BaseGeometry:
        """Polygon or multipolygon in EPSG:4326.

        Raises InvalidInput when the map shows no place on Earth.
        """
        return self._place.area if self._place is not None else canvas_area(self._canvas)

    def text(self) -> str:
        """In a few words, for the button."""
        if self._job is not None:
            return tr("Reading “{name}”…").format(name=self._coming)
        if self._place is None:
            return tr("Area: follows the map") if self.follow else tr("Area: what the map shows")
        return tr("Area: {name}").format(name=self._place.name)

    def name(self) -> str:
        """The same in fewer characters, for a narrow panel."""
        if self._job is not None:
            return self.text()
        if self._place is None:
            return tr("Follows the map") if self.follow else tr("Map view")
        return self._place.name

    def hint(self) -> str:
        """For the button's tool tip."""
        if self._place is None:
            return tr("The products searched for are those that touch what the map shows.")
        return tr("The products searched for are those that touch this area of {size}.").format(
            size=format_km2(self._place.size)
        )

    def set_map(self) -> None:
        """Search what the map shows now, and no longer along with it."""
        self.set_follow(False)
        self._choose(None)

    def set_area(self, area: BaseGeometry, name: str) -> None:
        """Search ``area`` (EPSG:4326), called ``name``."""
        self._choose(_named_place(area, name))

    def set_follow(self, on: bool) -> None:
        """Search again whenever the map has moved; only for what the map shows."""
        self._stop_reading()
        if on and self._place is not None:
            self._place = None
            self._draw()
        if on != self.follow:
            self.follow = on
            self.follow_changed.emit(on)

    def _choose(self, place: _NamedPlace | None) -> None:
        self._stop_reading()
        self._place = place
        if place is not None and self.follow:
            self.follow = False
            self.follow_changed.emit(False)
        self._draw()
        self.changed.emit()

    # drawing it

    def draw_polygon(self) -> None:
        """Take the mouse for a polygon; the tool before comes back."""
        from dinamis_qgis.gui.area.draw_tool import DrawTool

        tool = DrawTool(self._canvas)
        tool.drawn.connect(lambda area: self._drawn(area, tr("drawn polygon")))
        self._take(tool)

    def draw_rectangle(self) -> None:
        """Take the mouse for a rectangle."""
        tool = _Rectangle(self._canvas)
        tool.extentChanged.connect(self._rectangle)
        self._take(tool)

    def _take(self, tool: QgsMapTool) -> None:
        before = self._before if self._tool is not None else self._canvas.mapTool()
        self._tool = None
        self._canvas.setMapTool(tool)
        self._tool, self._before = tool, before
        self._canvas.setFocus()

    def _tool_set(self, tool: QgsMapTool | None, _before: QgsMapTool | None = None) -> None:
        """Drawing is over: the person's own tool comes back, unless they have taken another."""
        if self._tool is None or tool is self._tool:
            return
        before, self._before, self._tool = self._before, None, None
        if tool is None and before is not None:
            self._canvas.setMapTool(before)

    def _rectangle(self, extent: QgsRectangle) -> None:
        if extent.isEmpty():
            return
        settings = self._canvas.mapSettings()
        try:
            area = extent_area(
                extent, settings.destinationCrs(), QgsProject.instance().transformContext()
            )
        except DinamisError as error:
            messages.show(error)
            return
        self._drawn(area, tr("drawn rectangle"))

    def _drawn(self, area: BaseGeometry, name: str) -> None:
        self._give_up()
        self._choose(_named_place(area, name))

    def _give_up(self) -> None:
        """Draw no more."""
        if self._tool is not None:
            self._canvas.unsetMapTool(self._tool)

    # from layers

    def take_selection(self) -> None:
        """The selected features of the active layer."""
        layer = self._context.iface.activeLayer()
        if is_polygons(layer) and layer.selectedFeatureCount():
            self._read(layer, selected=True)

    def take_layer(self, layer: QgsVectorLayer) -> None:
        """All polygons of a layer."""
        self._read(layer, selected=False)

    def _read(self, layer: QgsVectorLayer, selected: bool) -> None:
        read = layer_reader(layer, selected)
        name = tr("selection in {layer}").format(layer=layer.name()) if selected else layer.name()
        self._stop_reading()
        self._coming = name
        self._job = tasks.run(
            lambda job: _named_place(read(job.cancel), name),
            done=self._choose,
            failed=self._not_read,
            parent=self,
            title="area",
        )
        self.reading_changed.emit()

    def _not_read(self, error: DinamisError) -> None:
        self._stop_reading()
        messages.show(error)

    def _stop_reading(self) -> None:
        """A layer that is still being read was chosen before."""
        job, self._job = self._job, None
        if job is not None:
            job.stop()
            self.reading_changed.emit()

    @property
    def reading(self) -> bool:
        """The polygons of a layer are being read."""
        return self._job is not None

    # the menu

    def fill(self, menu: QMenu) -> None:
        """The choices as they are now."""
        menu.clear()
        menu.setToolTipsVisible(True)
        self._entry(
            menu, tr("What the map shows"), self.set_map, on=self._place is None and not self.follow
        )
        self._entry(
            menu,
            tr("Follow the map"),
            partial(self.set_follow, not self.follow),
            on=self.follow,
            tip=tr("Searches again each time the map has moved."),
        )
        menu.addSeparator()
        self._entry(menu, tr("Draw a polygon"), self.draw_polygon)
        self._entry(menu, tr("Draw a rectangle"), self.draw_rectangle)
        layer = self._context.iface.activeLayer()
        count = layer.selectedFeatureCount() if is_polygons(layer) else 0
        text = tr("%n selected feature(s)", n=count) if count else tr("Selected features")
        none = tr("Select polygons of the active layer first.")
        self._entry(
            menu,
            text,
            self.take_selection,
            enabled=bool(count),
            tip=layer.name() if count else none,
        )
        layers = polygon_layers(QgsProject.instance())
        sub = menu.addMenu(tr("Polygon layer"))
        sub.setEnabled(bool(layers))
        for found in layers:
            self._entry(sub, found.name().replace("&", "&&"), partial(self.take_layer, found))
        if self._place is not None:
            menu.addSeparator()
            self._entry(menu, tr("Zoom to the area"), self.zoom)

    def _entry(
        self,
        menu: QMenu,
        text: str,
        action: Callable[[], None],
        on: bool | None = None,
        enabled: bool = True,
        tip: str = "",
    ) -> QAction:
        entry = menu.addAction(text)
        entry.triggered.connect(lambda _=False: action())
        entry.setEnabled(enabled)
        entry.setToolTip(as_plain(tip))
        if on is not None:
            entry.setCheckable(True)
            entry.setChecked(on)
        return entry

    # on the map

    def zoom(self) -> None:
        """The map shows the area."""
        if self._place is not None:
            self._canvas.setExtent(extent_on(self._canvas, self._place.outline))
            self._canvas.refresh()

    def set_visible(self, visible: bool) -> None:
        """Hidden with the dock, where nobody draws any more."""
        self._visible = visible
        if not visible:
            self._give_up()
        self._draw()

    def remove(self) -> None:
        """Leave the map as it was."""
        if self._outline is None:
            return
        self._stop_reading()
        self._give_up()
        self._canvas.mapToolSet.disconnect(self._tool_set)
        self._canvas.destinationCrsChanged.disconnect(self._draw)
        self._canvas.scene().removeItem(self._outline)
        self._outline = None

    def _draw(self) -> None:
        if self._outline is None:
            return
        shown = self._place is not None and self._visible
        self._outline.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        if shown and self._place is not None:
            self._outline.setToGeometry(
                to_map(self._place.outline, self._canvas.mapSettings().destinationCrs()), None
            )
        self._outline.setVisible(shown)


class _Rectangle(QgsMapToolExtent):
    """Esc gives up, as with every other shape."""

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Ignored, for QGIS then knows that the tool took it."""
        if event.key() == Qt.Key.Key_Escape:
            self.canvas().unsetMapTool(self)
            event.ignore()
        else:
            super().keyPressEvent(event)


def _outline_band(canvas: Any) -> Any:
    """A dashed line in the theme's colour with a pale edge, nothing inside."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
    color = canvas.palette().color(QPalette.ColorRole.Highlight)
    band.setStrokeColor(color)
    color.setAlpha(0)
    band.setFillColor(color)
    band.setSecondaryStrokeColor(canvas.palette().color(QPalette.ColorRole.Base))
    band.setLineStyle(Qt.PenStyle.DashLine)
    band.setWidth(2)
    band.hide()
    return band
