"""A sheet on paper: its views drawn in the background, its lines and texts recorded, both written as PDF and PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsLayoutExporter, QgsMapLayer, QgsMapSettings, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QMarginsF, QPoint, QRect, QRectF, QSize, QSizeF
from qgis.PyQt.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QPicture

from dinamis_qgis.bridge.sheet import PAGES, Sheet, fitted, frames
from dinamis_qgis.core.errors import StorageError
from dinamis_qgis.core.text import tr

DPI = 200


def picture_settings(sheet: Sheet, number: int, frame: QRectF, layers: Sequence[QgsMapLayer]) -> QgsMapSettings:
    """How one view of the sheet is drawn."""
    settings = QgsMapSettings()
    settings.setDestinationCrs(sheet.crs)
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setOutputSize(QSize(round(frame.width() / 25.4 * DPI), round(frame.height() / 25.4 * DPI)))
    settings.setOutputDpi(DPI)
    settings.setRotation(sheet.rotation if number < 2 else 0.0)
    settings.setExtent(fitted(sheet.extents[number], frame))
    settings.setLayers(list(layers))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setFlag(_antialiasing(), True)
    return settings


def _antialiasing() -> Any:
    return Qgis.MapSettingsFlag.Antialiasing if hasattr(Qgis, "MapSettingsFlag") else QgsMapSettings.Flag.Antialiasing


def record(layout: QgsPrintLayout, page: str) -> QPicture:
    """Everything on the page but the imagery. GUI thread; takes a moment only."""
    picture, size = QPicture(), _pixels(page)
    picture.setBoundingRect(QRect(QPoint(0, 0), size))
    layout.renderContext().setDpi(DPI)
    layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    painter = QPainter(picture)
    QgsLayoutExporter(layout).renderPage(painter, 0)
    painter.end()
    return picture


def write_pdf(page: str, pictures: Sequence[QImage], lines: QPicture, target: Path) -> Path:
    """``target``.pdf; texts stay texts. Off the GUI thread. Raises StorageError."""
    path = target.with_suffix(".pdf")
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QSizeF(*PAGES[page]), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setCreator("DINAMIS, QGIS")
    painter = QPainter()
    if not painter.begin(writer):
        raise _unwritable(path)
    _compose(painter, page, pictures, lines, lines.logicalDpiX() / writer.logicalDpiX())
    if not painter.end():
        raise _unwritable(path)
    return path


def write_png(page: str, pictures: Sequence[QImage], lines: QPicture, target: Path) -> Path:
    """``target``.png, 200 dpi. Off the GUI thread. Raises StorageError."""
    path = target.with_suffix(".png")
    image = QImage(_pixels(page), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    _compose(painter, page, pictures, lines, lines.logicalDpiX() / image.logicalDpiX())
    painter.end()
    if not image.save(str(path)):
        raise _unwritable(path)
    return path


def _compose(painter: QPainter, page: str, pictures: Sequence[QImage], lines: QPicture, scale: float) -> None:
    for frame, picture in zip(frames(page), pictures):
        place = [value / 25.4 * DPI for value in (frame.left(), frame.top(), frame.width(), frame.height())]
        painter.drawImage(QRectF(*place), picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)  # a recording is replayed at the size it has on the screen
    painter.drawPicture(0, 0, lines)


def _pixels(page: str) -> QSize:
    return QSize(*(round(side / 25.4 * DPI) for side in PAGES[page]))


def _unwritable(path: Path) -> StorageError:
    return StorageError(tr("“{path}” could not be read or written.").format(path=path), tr("Check the disk or choose another folder."))
