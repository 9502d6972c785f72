"""The results' footprints on the map: one layer drawn above the others, outside the project and
never saved with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen
from shapely.geometry import Point

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layouts.render import Picture, WholeView
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.gui.search.map import footprint_style
from dinamis_qgis.gui.search.map.footprint_paths import path_of, with_short_edges
from dinamis_qgis.gui.search.results.model import Key
from dinamis_qgis.gui.search.run.footprint_features import Look, Outline, name_of

CLICK_PX = 4
LIT = 60
"""Footprints lit one by one at most: beyond, the list says what is chosen."""
SETTLE_MS = 60


class _Drawing(WholeView):
    """The layer as a picture made in the background, then the lit footprints live."""

    def __init__(self, canvas: Any, layer: QgsVectorLayer) -> None:
        self.lit: dict[Key, bool] = {}
        self.bare: frozenset[Key] = frozenset()
        self.paths: dict[Key, QPainterPath] = {}
        self.rest = Picture([layer], self.update, QColor(0, 0, 0, 0))
        super().__init__(canvas, 50)

    def paint_view(self, painter: QPainter) -> None:
        """Outlines at rest, the hovered one, the chosen ones; no tint over a scene that is on the
        map itself.
        """
        self.rest.draw(painter, self.canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self.canvas.palette().color(QPalette.ColorRole.Highlight)
        to_screen = self.canvas.getCoordinateTransform().transform()
        for key, chosen in self.lit.items():
            if key in self.paths:
                fill = 0 if chosen or key in self.bare else 30
                _draw_outline(
                    painter, to_screen.map(self.paths[key]), color, 2.4 if chosen else 1.6, fill
                )


def _draw_outline(
    painter: QPainter, path: QPainterPath, color: QColor, width: float, fill: int
) -> None:
    """An outline with a pale edge, readable on imagery as on a plain map; ``fill`` is the opacity
    of its inside.
    """
    inside = QColor(color)
    inside.setAlpha(fill)
    painter.setBrush(inside if fill else Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(255, 255, 255, 150), width + 1.6), QPen(color, width)):
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class Footprints(QObject):
    """Shows products' footprints on the canvas and tells which one is clicked there.

    A click counts with the pan tool only, so that no other tool of QGIS is disturbed; nothing is
    taken away from it.
    """

    clicked = pyqtSignal(object, bool)
    """Key of the product clicked on the map, and whether it adds to the selection (Ctrl)."""

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._outlines: dict[Key, Outline] = {}
        self._looks: dict[Key, str] = {}
        self._selected: list[Key] = []
        self._hovered: Key | None = None
        self._pressed: QPoint | None = None
        self.layer = footprint_style.new_layer()
        self._drawing: _Drawing | None = _Drawing(canvas, self.layer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._render)
        self._links = [(s, self._later) for s in (canvas.extentsChanged, canvas.rotationChanged)]
        self._links.append((canvas.destinationCrsChanged, self._projected))
        for signal, slot in self._links:
            signal.connect(slot)
        canvas.viewport().installEventFilter(self)

    def clear(self) -> None:
        """No footprints."""
        self._outlines.clear()
        self._looks.clear()
        self.layer.dataProvider().truncate()
        if self._drawing:
            self._drawing.rest.forget()
            self._drawing.paths.clear()
            self._drawing.bare = frozenset()
        self.light((), None)

    def add(self, found: Sequence[Outline]) -> None:
        """Show these too, in a moment.

        As few calls into QGIS as can be: see ``footprint_features``.
        """
        if not found:
            return
        for outline in found:
            self._outlines[outline.key] = outline
            self._looks[outline.key] = outline.look
            if outline.look.endswith(footprint_style.LOADED) and self._drawing:
                self._drawing.bare |= {outline.key}
        self.layer.dataProvider().addFeatures(
            [outline.feature for outline in found], QgsFeatureSink.Flag.FastInsert
        )
        self._later()

    def restyle(self, products: Iterable[Product], look: Look) -> None:
        """Rights or the map's layers have changed: those that look different now."""
        changed = {}
        for product in products:
            found = look(product)
            if self._looks.get(product.key, found) != found:
                changed[name_of(product.key)] = self._looks[product.key] = found
        if not changed:
            return
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        changes = {
            f.id(): {0: changed[f["name"]]}
            for f in self.layer.getFeatures(request)
            if f["name"] in changed
        }
        self.layer.dataProvider().changeAttributeValues(changes)
        self._bare()
        self._later(again=True)

    def _bare(self) -> None:
        """Those whose scene is on the map get no tint."""
        if self._drawing:
            self._drawing.bare = frozenset(
                k for k, v in self._looks.items() if v.endswith(footprint_style.LOADED)
            )

    def light(self, selected: Iterable[Key], hovered: Key | None) -> None:
        """The selected ones strongly, the hovered one lightly."""
        self._selected, self._hovered = list(islice(selected, LIT)), hovered
        if self._drawing is None:
            return
        lit = {**({hovered: False} if hovered else {}), **dict.fromkeys(self._selected, True)}
        transform = self._transform()
        for key in lit:
            if key not in self._drawing.paths and key in self._outlines:
                self._drawing.paths[key] = path_of(self._placed(key, transform))
        self._drawing.lit = lit
        self._drawing.update()

    def hover(self, key: Key | None) -> None:
        """Another one lightly; the selected ones as they are."""
        self.light(self._selected, key)

    def set_visible(self, visible: bool) -> None:
        """Hidden with the dock."""
        if self._drawing:
            self._drawing.setVisible(visible)
            self._later()

    def extent(self, keys: Iterable[Key]) -> QgsRectangle | None:
        """The rectangle around some footprints, in the map's projection; None when there is
        none.
        """
        whole, transform = QgsRectangle(), self._transform()
        for key in keys:
            if key in self._outlines:
                whole.combineExtentWith(self._placed(key, transform).boundingBox())
        return None if whole.isEmpty() else whole

    def count(self) -> int:
        """How many are shown."""
        return len(self._outlines)

    def ready(self) -> bool:
        """The picture is of what the map shows now."""
        return (
            self._drawing is not None
            and not self._timer.isActive()
            and self._drawing.rest.shows(self._canvas.mapSettings())
        )

    def at(self, point: QgsPointXY) -> list[Key]:
        """The footprints under a point of the map, the smallest first."""
        try:
            place = self._transform(back=True).transform(point)
        except QgsCsException:
            return []
        x, y = place.x(), place.y()
        dot = Point(x, y)
        under = [
            o
            for o in self._outlines.values()
            if o.bounds[0] <= x <= o.bounds[2] and o.bounds[1] <= y <= o.bounds[3]
        ]
        return [
            o.key
            for o in sorted(under, key=lambda o: o.footprint.area)
            if o.footprint.intersects(dot)
        ]

    def remove(self) -> None:
        """Leave the map as it was."""
        drawing, self._drawing = self._drawing, None
        if drawing is None:
            return
        self._timer.stop()
        self._canvas.viewport().removeEventFilter(self)
        for signal, slot in self._links:
            signal.disconnect(slot)
        drawing.rest.cancel()
        drawing.leave()

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Sees clicks on the map, never takes them."""
        if (
            event is None
            or self._drawing is None
            or not self._drawing.isVisible()
            or not self._outlines
        ):
            return False
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self._later()
        elif kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.pos()
        elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            moved = (event.pos() - self._pressed).manhattanLength()
            self._pressed = None
            tool = self._canvas.mapTool()
            if moved <= CLICK_PX and (tool is None or isinstance(tool, QgsMapToolPan)):
                self._click(
                    event.pos(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                )
        return False

    def _click(self, position: QPoint, more: bool) -> None:
        """The product clicked; a further click in the same place goes to the next one below."""
        found = self.at(self._canvas.getCoordinateTransform().toMapCoordinates(position))
        if not found:
            return
        current = next((k for k in found if k in self._selected), None)
        chosen = (
            found[0] if current is None or more else found[(found.index(current) + 1) % len(found)]
        )
        self.clicked.emit(chosen, more)

    def _later(self, *_: object, again: bool = False) -> None:
        """Draw once the map is still and pages no longer come every moment; ``again`` though the
        view is the same.
        """
        if again and self._drawing:
            self._drawing.rest.forget()
        self._timer.start()

    def _render(self) -> None:
        view = self._canvas.mapSettings()
        if (
            self._drawing
            and self._drawing.isVisible()
            and self._outlines
            and view.hasValidSettings()
        ):
            self._drawing.rest.render(view)

    def _projected(self) -> None:
        """The project has another projection."""
        if self._drawing:
            self._drawing.paths.clear()
            self._drawing.rest.forget()
        self.light(self._selected, self._hovered)
        self._later()

    def _transform(self, back: bool = False) -> QgsCoordinateTransform:
        wgs84, here = (
            QgsCoordinateReferenceSystem("EPSG:4326"),
            self._canvas.mapSettings().destinationCrs(),
        )
        pair = (here, wgs84) if back else (wgs84, here)
        return QgsCoordinateTransform(*pair, QgsProject.instance().transformContext())

    def _placed(self, key: Key, transform: QgsCoordinateTransform) -> QgsGeometry:
        """In the map's projection; empty when that projection cannot show it."""
        shape = QgsGeometry()
        shape.fromWkb(self._outlines[key].footprint.wkb)
        placed = with_short_edges(shape)
        try:
            done = placed.transform(transform) == Qgis.GeometryOperationResult.Success
        except QgsCsException:
            done = False
        return placed if done else QgsGeometry()
