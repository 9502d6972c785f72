"""Pages on paper: a layout's lines are recorded on the GUI thread, which takes a moment, and
written on another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout
from qgis.PyQt.QtCore import QMarginsF, QPoint, QRect, QRectF, QSize, QSizeF
from qgis.PyQt.QtGui import QPageSize, QPainter, QPdfWriter, QPicture

from dinamis_qgis.core.files import why_not_written

DPI = 200
Size = tuple[float, float]
"""Width and height, millimetres."""


def millimetres_to_dots(millimetres: float) -> float:
    """At the resolution of the page."""
    return millimetres / 25.4 * DPI


def page_pixels(size: Size) -> QSize:
    """Of a page."""
    return QSize(*(round(millimetres_to_dots(side)) for side in size))


def frame_in_dots(frame: QRectF) -> QRectF:
    """A place on a page, from millimetres to dots."""
    return QRectF(
        millimetres_to_dots(frame.left()),
        millimetres_to_dots(frame.top()),
        millimetres_to_dots(frame.width()),
        millimetres_to_dots(frame.height()),
    )


def record_page(layout: QgsPrintLayout, size: Size) -> QPicture:
    """The first page of ``layout``, texts as texts. GUI thread."""
    picture = QPicture()
    picture.setBoundingRect(QRect(QPoint(0, 0), page_pixels(size)))
    layout.renderContext().setDpi(DPI)
    layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    painter = QPainter(picture)
    QgsLayoutExporter(layout).renderPage(painter, 0)
    painter.end()
    return picture


def replay_page(painter: QPainter, lines: QPicture) -> None:
    """What was recorded, on a page."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = (
        lines.logicalDpiX() / painter.device().logicalDpiX()
    )  # a recording is replayed at the size it has on the screen
    painter.scale(scale, scale)
    painter.drawPicture(0, 0, lines)
    painter.restore()


@contextmanager
def open_pdf(path: Path, size: Size, title: str = "") -> Iterator[tuple[QPdfWriter, QPainter]]:
    """A PDF being written; ``newPage()`` of the writer goes on.

    Off the GUI thread. Raises OSError.
    """
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QSizeF(*size), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setCreator("DINAMIS, QGIS")
    writer.setTitle(title)
    painter = QPainter()
    if not painter.begin(writer):
        raise why_not_written(path)
    try:
        yield writer, painter
    finally:
        ended = painter.end()
    if not ended:
        raise why_not_written(path)
