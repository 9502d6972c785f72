"""Small signs drawn in the text's colour, so that they are right in every theme, size and font."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF


def _glyph_pen(color: QColor, rect: QRectF) -> QPen:
    pen = QPen(color, max(1.0, rect.height() / 9))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _point_in(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height())


def draw_cloud(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Cloud cover."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(
        QRectF(_point_in(rect, 0.04, 0.48), _point_in(rect, 0.96, 0.86)),
        rect.width() * 0.19,
        rect.height() * 0.19,
    )
    path.addEllipse(_point_in(rect, 0.46, 0.46), rect.width() * 0.27, rect.height() * 0.27)
    painter.setPen(_glyph_pen(color, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path.simplified())


def draw_tilt(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Incidence angle."""
    painter.setPen(_glyph_pen(color, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF(
            [_point_in(rect, 0.85, 0.15), _point_in(rect, 0.1, 0.85), _point_in(rect, 0.95, 0.85)]
        )
    )
    side = rect.width() * 0.9
    painter.drawArc(
        QRectF(
            _point_in(rect, 0.1, 0.85) - QPointF(side / 2, side / 2),
            _point_in(rect, 0.1, 0.85) + QPointF(side / 2, side / 2),
        ),
        0,
        43 * 16,
    )


def draw_cover(painter: QPainter, rect: QRectF, color: QColor, share: float | None) -> None:
    """The searched area, filled as far as it is covered."""
    box = rect.adjusted(
        rect.width() * 0.1, rect.height() * 0.1, -rect.width() * 0.1, -rect.height() * 0.1
    )
    painter.setPen(_glyph_pen(color, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if share:
        painter.fillRect(
            QRectF(
                box.left(), box.bottom() - box.height() * share, box.width(), box.height() * share
            ),
            color,
        )


def draw_tick(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Licence held."""
    pen = _glyph_pen(color, rect)
    pen.setWidthF(pen.widthF() * 1.5)
    painter.setPen(pen)
    painter.drawPolyline(
        QPolygonF(
            [_point_in(rect, 0.12, 0.55), _point_in(rect, 0.4, 0.82), _point_in(rect, 0.9, 0.2)]
        )
    )


def draw_lock(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Licence not held."""
    painter.setPen(_glyph_pen(color, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(_point_in(rect, 0.3, 0.08), _point_in(rect, 0.7, 0.75)), 0, 180 * 16)
    painter.setBrush(color)
    painter.drawRoundedRect(
        QRectF(_point_in(rect, 0.18, 0.45), _point_in(rect, 0.82, 0.95)), 1.5, 1.5
    )


def draw_question(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Not known."""
    painter.setPen(_glyph_pen(color, rect))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    font = painter.font()
    font.setPixelSize(max(6, int(rect.height() * 0.72)))
    painter.save()
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()


def draw_picture(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """A thumbnail that is not there (yet)."""
    pen = QPen(color)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = min(rect.width(), rect.height()) * 0.4
    frame = QRectF(
        rect.center() - QPointF(side * 0.65, side / 2),
        rect.center() + QPointF(side * 0.65, side / 2),
    )
    painter.drawRect(frame)
    hills = [
        _point_in(frame, 0.0, 1.0),
        _point_in(frame, 0.35, 0.45),
        _point_in(frame, 0.55, 0.75),
        _point_in(frame, 0.75, 0.55),
        _point_in(frame, 1, 0.9),
    ]
    painter.drawPolyline(QPolygonF(hills))
