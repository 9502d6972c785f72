"""How far a request has come, as a small line of dots: painted in the list and in the details."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, QRect, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen

from dinamis_qgis.bridge.layers.request_layer import state_colour
from dinamis_qgis.core.tasking.model import COMPLETED, FINAL, READY, SENDING, SENT, Request

STEPS = (
    (SENDING, SENT, "received"),
    ("accepted", "held", "reserved"),
    ("scheduled", "tasked", "processing"),
    (COMPLETED,),
)
"""Sent, accepted, scheduled, delivered: the usual way of a request."""


def steps_reached(request: Request) -> int:
    """How many of the steps it has reached (0 to 4); for one that ended badly, those before the
    end.
    """
    codes = {s.code for s in request.history} | {request.state}
    return (
        max((i + 1 for i, step in enumerate(STEPS) if codes & set(step)), default=0)
        if request.state != READY
        else 0
    )


def paint_timeline(
    painter: QPainter, area: QRect, request: Request, palette: QPalette, chosen: bool = False
) -> None:
    """Four dots on a line within ``area``; the reached ones filled in the colour of the state, a
    bad end crossed.

    On a selected row all is in the colour of its text: the state's may not stand out there.
    """
    count, done = len(STEPS), steps_reached(request)
    text = QColor(palette.color(QPalette.ColorRole.HighlightedText))
    colour = text if chosen else state_colour(request.state)
    grey = text if chosen else QColor(palette.color(QPalette.ColorRole.Mid))
    ground = palette.color(QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base)
    radius = min(4.0, area.height() / 2 - 1)
    middle = area.center().y() + 0.5
    step = (area.width() - 2 * radius - 2) / (count - 1)
    centres = [QPointF(area.left() + radius + 1 + i * step, middle) for i in range(count)]
    failed = request.state in FINAL and request.state != COMPLETED
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for i in range(count - 1):
        painter.setPen(QPen(colour if i + 1 < done else grey, 2))
        painter.drawLine(centres[i], centres[i + 1])
    for i, centre in enumerate(centres):
        painter.setPen(QPen(colour if i < done else grey, 1.5))
        painter.setBrush(colour if i < done else ground)
        painter.drawEllipse(centre, radius, radius)
    if failed:
        centre = centres[min(done, count - 1)]
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(centre + QPointF(-3, -3), centre + QPointF(3, 3))
        painter.drawLine(centre + QPointF(-3, 3), centre + QPointF(3, -3))
    painter.restore()
