"""The canvas item that shows a comparison: two cached pictures, a line or a glass, labels.

Painting never renders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.layouts.render import WholeView
from dinamis_qgis.compare.canvas.renders import Render, view_of
from dinamis_qgis.compare.shapes import LABEL, LINES, Mode, SwipeState, second_region, touched_areas

LEVEL = -5.0
"""Above the map (-10), below everything that is drawn on it by tools and panels."""


@dataclass
class ComparisonOverlay:
    """An image over both scenes; ``corners`` in map coordinates: upper left, upper right, lower
    right, lower left.
    """

    image: QImage
    corners: Sequence[QgsPointXY]


def paint_overlay(painter: QPainter, canvas: Any, overlay: ComparisonOverlay) -> None:
    """Paint ``overlay`` where it belongs on ``canvas``."""
    width, height = overlay.image.width(), overlay.image.height()
    to_screen = canvas.getCoordinateTransform()
    target = QPolygonF([to_screen.transform(corner).toQPointF() for corner in overlay.corners])
    source = QPolygonF(
        [QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)]
    )
    transform = QTransform()
    if QTransform.quadToQuad(source, target, transform):
        painter.save()
        painter.setTransform(transform, True)
        painter.drawImage(QPointF(0, 0), overlay.image)
        painter.restore()


class AboveItem(WholeView):
    """On the second canvas, what lies above both scenes: where the left half of the ``first``
    canvas has it, pixel on pixel.
    """

    def __init__(self, canvas: Any, first: Any, vectors: Render) -> None:
        self.overlay: ComparisonOverlay | None = None
        self._first, self._vectors = first, vectors
        super().__init__(canvas, LEVEL)

    def paint_view(self, painter: QPainter) -> None:
        """What the map shows above imagery, then the overlay."""
        self._vectors.draw(painter, self._first, view_of(self._first))
        if self.overlay is not None:
            paint_overlay(painter, self._first, self.overlay)


class CompareItem(WholeView):
    """``first`` and ``second`` are the pictures, ``vectors`` what the map shows above imagery."""

    def __init__(self, canvas: Any, first: Render, second: Render, vectors: Render) -> None:
        self.first, self.second, self.vectors = first, second, vectors
        self.state = SwipeState()
        self.labels = ("", "")
        self.overlay: ComparisonOverlay | None = None
        self._hidden = 0
        super().__init__(canvas, LEVEL)

    def hide_above(self, height: int) -> None:
        """So many pixels of the map's top are under the bar: no label is put there."""
        if height != self._hidden:
            self._hidden = height
            self.update()

    def size(self) -> QSizeF:
        """Of the canvas, in its pixels."""
        return QSizeF(self.canvas.width(), self.canvas.height())

    def become(self, state: SwipeState) -> None:
        """Show ``state``, painting only what differs: part by part, as a canvas makes one large
        rectangle of a region.
        """
        parts = touched_areas(self.state, state, self.size())
        self.state = state
        for part in parts:
            self.canvas.viewport().update(part.toAlignedRect())

    @contain_faults()
    def paint(self, painter: QPainter, option: Any = None, widget: Any = None) -> None:
        """Called by Qt. The offset lies on device pixels: pictures are copied, not interpolated."""
        ratio = painter.device().devicePixelRatioF()
        moved = self.panned()
        painter.save()
        offset = moved - self.pos()
        painter.translate(round(offset.x() * ratio) / ratio, round(offset.y() * ratio) / ratio)
        self._pictures(painter, moved, ratio)
        painter.translate(-round(moved.x() * ratio) / ratio, -round(moved.y() * ratio) / ratio)
        self._marks(painter)
        painter.restore()

    def _pictures(self, painter: QPainter, moved: QPointF, ratio: float) -> None:
        view, size = view_of(self.canvas), self.size()
        whole = QRectF(QPointF(0, 0), size).translated(-moved)
        region = second_region(self.state, size, ratio)
        if region is not None:
            region.translate(-moved)
        lines = self.state.mode in (Mode.VERTICAL, Mode.HORIZONTAL)
        first = self._rest(whole, region) if lines and isinstance(region, QRectF) else whole
        if self.state.mode is not Mode.BLINK or not self.state.second:
            self._side(painter, self.first, first, view)
        if region is not None:
            if self.state.mode is Mode.OPACITY:
                painter.setOpacity(self.state.opacity)
            self._side(painter, self.second, region, view)
            painter.setOpacity(1.0)
        painter.setClipping(False)
        if self.vectors.image is not None:
            self.vectors.draw(painter, self.canvas, view)
        if self.overlay is not None:
            paint_overlay(painter, self.canvas, self.overlay)

    def _rest(self, whole: QRectF, region: QRectF) -> QRectF:
        if self.state.mode is Mode.VERTICAL:
            return QRectF(whole.left(), whole.top(), region.left() - whole.left(), whole.height())
        return QRectF(whole.left(), whole.top(), whole.width(), region.top() - whole.top())

    def _side(
        self, painter: QPainter, render: Render, region: QRectF | QPainterPath, view: Any
    ) -> None:
        if isinstance(region, QRectF):
            painter.setClipRect(region)
        else:
            painter.setClipPath(region)
        if render.image is None or not render.exact(view):
            painter.fillRect(
                region if isinstance(region, QRectF) else region.boundingRect(),
                self.canvas.canvasColor(),
            )
        render.draw(painter, self.canvas, view)

    # the line, the glass, the labels

    def _marks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, state = self.size(), self.state
        centre = state.centre(size)
        if state.mode in LINES:
            reach = size.width() + size.height()
            ends = centre - state.along() * reach, centre + state.along() * reach
            for color, width in ((QColor(0, 0, 0, 120), 4.0), (QColor(255, 255, 255), 2.0)):
                painter.setPen(QPen(color, width))
                painter.drawLine(*ends)
            _paint_grip(painter, centre, state.tilt())
            if state.mode is Mode.ANGLE:
                _paint_knob(painter, state.knob(size))
        elif state.mode is Mode.SPYGLASS:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in ((QColor(0, 0, 0, 120), 5.0), (QColor(255, 255, 255), 2.5)):
                painter.setPen(QPen(color, width))
                painter.drawEllipse(centre, state.radius, state.radius)
        self._labels(painter, size, centre)

    def _labels(self, painter: QPainter, size: QSizeF, centre: QPointF) -> None:
        """Which scene shows where: in corners that do not move with the line."""
        first, second = self.labels
        bottom, mode = size.height() - 12, self.state.mode
        if mode is Mode.BLINK:
            draw_label(painter, second if self.state.second else first, QPointF(12, bottom), 0.0)
            return
        if mode is Mode.HORIZONTAL:
            draw_label(painter, first, QPointF(12, self._hidden + 34), 0.0)
            draw_label(painter, second, QPointF(12, bottom), 0.0)
            return
        draw_label(painter, first, QPointF(12, bottom), 0.0)
        if mode is Mode.SPYGLASS:
            draw_label(painter, second, centre + QPointF(0, self.state.radius + 32), 0.5)
        elif mode is not Mode.BESIDE:
            draw_label(painter, second, QPointF(size.width() - 12, bottom), 1.0)


def _paint_grip(painter: QPainter, middle: QPointF, tilt: float) -> None:
    painter.save()
    painter.translate(middle)
    painter.rotate(tilt)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1.0))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(QPointF(0, 0), 11.0, 11.0)
    painter.setPen(QPen(QColor(60, 60, 60), 1.8))
    for side in (-1, 1):
        painter.drawPolyline(
            QPolygonF([QPointF(side * 3.5, -3.5), QPointF(side * 7, 0), QPointF(side * 3.5, 3.5)])
        )
    painter.restore()


def _paint_knob(painter: QPainter, place: QPointF) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1.0))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(place, 6.0, 6.0)


def draw_label(
    painter: QPainter, text: str, place: QPointF, side: float, room: int = LABEL
) -> None:
    """``side``: 0 begins at ``place``, 0.5 is centred on it, 1 ends there; ``place`` is the
    baseline's box bottom.

    What is longer than ``room`` pixels is elided.
    """
    if not text:
        return
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
    box = QRectF(place.x() - side * width, place.y() - height, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 160))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
