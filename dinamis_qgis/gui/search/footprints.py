"""The results' footprints on the map: one quiet drawing above the layers, never a layer of the project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvasItem, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.gui.search.model import Key

STEPS = 8
"""Pieces an edge of a footprint is cut into when it is reprojected."""
CLICK_PX = 4


class _Drawing(QgsMapCanvasItem):
    """Paints outlines over the map; those at rest once per view, the lit ones live."""

    def __init__(self, canvas: Any) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.paths: dict[Key, QPainterPath] = {}
        self.lit: dict[Key, bool] = {}
        self._rest: QImage | None = None
        self._rest_for: Any = None
        self.setZValue(50)
        self.updatePosition()

    def updatePosition(self) -> None:  # noqa: N802 (QGIS)
        """Called by the canvas when the view moves."""
        to_map = self.canvas.getCoordinateTransform()
        corner, size = to_map.toMapCoordinates(0, 0), to_map.mapUnitsPerPixel()
        width, height = self.canvas.width() * size, self.canvas.height() * size
        self.setRect(QgsRectangle(corner.x(), corner.y() - height, corner.x() + width, corner.y()))
        self.stale()

    def stale(self) -> None:
        """Draw again from the paths."""
        self._rest = None
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt)
        """The whole view."""
        return QRectF(0, 0, self.canvas.width(), self.canvas.height())

    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Outlines at rest from a picture kept per view, then the lit ones."""
        if not self.paths:
            return
        to_screen = self.canvas.getCoordinateTransform().transform()
        painter.save()
        painter.translate(self._panned() - self.pos())
        view = (to_screen, self.canvas.size(), len(self.paths))
        if self._rest is None or self._rest_for != view:
            self._rest, self._rest_for = self._draw_rest(to_screen), view
        painter.drawImage(QPointF(0, 0), self._rest)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self.canvas.palette().color(QPalette.ColorRole.Highlight)
        for key, strong in self.lit.items():
            if key in self.paths:
                _draw(painter, to_screen.map(self.paths[key]), color, 2.4 if strong else 1.6, 46 if strong else 22)
        painter.restore()

    def _panned(self) -> QPointF:
        """How far the person has dragged the map since it was drawn."""
        somewhere = self.canvas.center()
        drawn = self.canvas.getCoordinateTransform().transform(somewhere)
        return self.toCanvasCoordinates(somewhere) - drawn.toQPointF()

    def _draw_rest(self, to_screen: Any) -> QImage:
        ratio = self.canvas.devicePixelRatioF()
        image = QImage(self.canvas.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        for path in self.paths.values():
            whole.addPath(path)
        _draw(painter, to_screen.map(whole), QColor(70, 90, 110, 190), 1.0, 0)
        painter.end()
        return image


def _draw(painter: QPainter, path: QPainterPath, color: QColor, width: float, fill: int) -> None:
    """An outline with a pale edge, readable on imagery as on a plain map; ``fill`` is the opacity of its inside."""
    inside = QColor(color)
    inside.setAlpha(fill)
    painter.setBrush(inside if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 150), width + 1.6))
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color, width))
    painter.drawPath(path)


class Footprints(QObject):
    """Shows products' footprints in the canvas's projection and tells which one is clicked on the map.

    A click counts with the pan tool only, so that no other tool of QGIS is disturbed; nothing is taken away from it.
    """

    clicked = pyqtSignal(object, bool)
    """Key of the product clicked on the map, and whether it adds to the selection (Ctrl)."""

    def __init__(self, canvas: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._shapes: dict[Key, QgsGeometry] = {}
        self._placed: dict[Key, QgsGeometry] = {}
        self._drawing: _Drawing | None = _Drawing(canvas)
        self._pressed: QPoint | None = None
        self._selected: list[Key] = []
        canvas.viewport().installEventFilter(self)
        canvas.destinationCrsChanged.connect(self._place_all)

    def clear(self) -> None:
        """No footprints."""
        self._shapes.clear()
        self._placed.clear()
        self._selected = []
        if self._drawing:
            self._drawing.paths.clear()
            self._drawing.lit.clear()
            self._drawing.stale()

    def add(self, products: Iterable[Product]) -> None:
        """Show these too; those without a footprint have none."""
        transform = self._transform()
        for product in products:
            if product.footprint is not None:
                shape = QgsGeometry()
                shape.fromWkb(product.footprint.wkb)
                self._shapes[product.key] = shape
                self._place(product.key, shape, transform)
        if self._drawing:
            self._drawing.stale()

    def light(self, selected: Iterable[Key], hovered: Key | None) -> None:
        """The selected ones strongly, the hovered one lightly."""
        self._selected = list(selected)
        if self._drawing:
            self._drawing.lit = {**({hovered: False} if hovered else {}), **dict.fromkeys(self._selected, True)}
            self._drawing.update()

    def set_visible(self, visible: bool) -> None:
        """Hidden with the dock."""
        if self._drawing:
            self._drawing.setVisible(visible)

    def extent(self, keys: Iterable[Key]) -> QgsRectangle | None:
        """The rectangle around some footprints, in the map's projection."""
        found = [self._placed[k].boundingBox() for k in keys if k in self._placed]
        whole = QgsRectangle()
        for box in found:
            whole.combineExtentWith(box)
        return whole if found else None

    def count(self) -> int:
        """How many are drawn."""
        return len(self._drawing.paths) if self._drawing else 0

    def at(self, point: QgsPointXY) -> list[Key]:
        """The footprints under a point of the map, the smallest first."""
        place = QgsGeometry.fromPointXY(point)
        found = [k for k, g in self._placed.items() if g.boundingBox().contains(point) and g.intersects(place)]
        return sorted(found, key=lambda k: self._placed[k].area())

    def remove(self) -> None:
        """Leave the map as it was."""
        if self._drawing is None:
            return
        self._canvas.viewport().removeEventFilter(self)
        self._canvas.destinationCrsChanged.disconnect(self._place_all)
        if self._drawing.scene() is not None:
            self._drawing.scene().removeItem(self._drawing)
        self._drawing = None

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Sees clicks on the map, never takes them."""
        if event is None or self._drawing is None or not self._drawing.isVisible() or not self._placed:
            return False
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.pos()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            moved = (event.pos() - self._pressed).manhattanLength()
            self._pressed = None
            tool = self._canvas.mapTool()
            if moved <= CLICK_PX and (tool is None or isinstance(tool, QgsMapToolPan)):
                self._click(event.pos(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        return False

    def _click(self, position: QPoint, more: bool) -> None:
        """The product clicked; a further click in the same place goes to the next one below."""
        found = self.at(self._canvas.getCoordinateTransform().toMapCoordinates(position))
        if not found:
            return
        current = next((k for k in found if k in self._selected), None)
        chosen = found[0] if current is None or more else found[(found.index(current) + 1) % len(found)]
        self.clicked.emit(chosen, more)

    def _transform(self) -> QgsCoordinateTransform:
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        return QgsCoordinateTransform(
            wgs84, self._canvas.mapSettings().destinationCrs(), QgsProject.instance().transformContext()
        )

    def _place_all(self) -> None:
        """The project has another projection."""
        transform = self._transform()
        self._placed.clear()
        if self._drawing is None:
            return
        self._drawing.paths.clear()
        for key, shape in self._shapes.items():
            self._place(key, shape, transform)
        self._drawing.stale()

    def _place(self, key: Key, shape: QgsGeometry, transform: QgsCoordinateTransform) -> None:
        """In the map's projection; a footprint that projection cannot show is not drawn."""
        placed = shape.densifyByCount(STEPS - 1) if not transform.isShortCircuited() else QgsGeometry(shape)
        try:
            placed.transform(transform)
        except QgsCsException:
            return
        path = QPainterPath()
        for polygon in placed.asMultiPolygon() if placed.isMultipart() else [placed.asPolygon()]:
            for ring in polygon:
                path.addPolygon(QPolygonF([p.toQPointF() for p in ring]))
        self._placed[key] = placed
        if self._drawing:
            self._drawing.paths[key] = path
