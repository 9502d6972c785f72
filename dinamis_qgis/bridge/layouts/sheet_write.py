"""A sheet on paper: its views drawn in the background, its lines and texts recorded, both written
as PDF and PNG.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsFeedback,
    QgsMapLayer,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPicture

from dinamis_qgis.bridge.layouts.pages import DPI, frame_in_dots, open_pdf, page_pixels, replay_page
from dinamis_qgis.bridge.layouts.sheet import PAGES, Sheet, fit_extent, sheet_frames
from dinamis_qgis.core.files import replace_atomically, why_not_written
from dinamis_qgis.core.net.http import Cancel


def picture_settings(
    sheet: Sheet, number: int, layers: Sequence[QgsMapLayer]
) -> list[QgsMapSettings]:
    """How one view of the sheet is drawn: its parts, lowest first, each over the one before."""
    frame = sheet_frames(sheet.page)[number]
    made = [
        _map_settings(sheet, sheet.rotation if number < 2 else 0.0, frame, *part)
        for part in sheet.parts(number, layers)
    ]
    for above in made[1:]:
        above.setBackgroundColor(QColor(0, 0, 0, 0))
    return made


def _map_settings(
    sheet: Sheet,
    rotation: float,
    frame: QRectF,
    extent: QgsRectangle,
    layers: Sequence[QgsMapLayer],
) -> QgsMapSettings:
    settings = QgsMapSettings()
    settings.setDestinationCrs(sheet.crs)
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setOutputSize(
        QSize(round(frame.width() / 25.4 * DPI), round(frame.height() / 25.4 * DPI))
    )
    settings.setOutputDpi(DPI)
    settings.setRotation(rotation)
    settings.setExtent(fit_extent(extent, frame))
    settings.setLayers(list(layers))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setFlag(_antialiasing_flag(), True)
    return settings


class SheetView:
    """One view of a sheet that moves nothing, made ready on the GUI thread and drawn on another."""

    def __init__(self, sheet: Sheet, number: int, layers: Sequence[QgsMapLayer]) -> None:
        (settings,) = picture_settings(sheet, number, layers)
        self._image = QImage(settings.outputSize(), QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(settings.backgroundColor())
        self._image.setDotsPerMeterX(round(DPI / 0.0254))
        self._image.setDotsPerMeterY(round(DPI / 0.0254))
        self._painter = QPainter(self._image)
        self._job = QgsMapRendererCustomPainterJob(settings, self._painter)
        self._job.prepare()

    def drawn(self, feedback: QgsFeedback) -> QImage:
        """The picture; what is there so far once ``feedback`` is cancelled."""
        feedback.canceled.connect(self._job.cancelWithoutBlocking)
        self._job.renderPrepared()
        self._painter.end()
        return self._image


def _antialiasing_flag() -> Any:
    return (
        Qgis.MapSettingsFlag.Antialiasing
        if hasattr(Qgis, "MapSettingsFlag")
        else QgsMapSettings.Flag.Antialiasing
    )


def write_both(
    page: str, pictures: Sequence[QImage], lines: QPicture, target: Path, cancel: Cancel
) -> list[Path]:
    """``target``.pdf and ``target``.png, both or none.

    Off the GUI thread. Raises StorageError, Cancelled.
    """
    paper, png = target.with_suffix(".pdf"), target.with_suffix(".png")
    with replace_atomically(paper, b"%%EOF") as one, replace_atomically(png, b"IEND") as two:
        _write_pdf(page, pictures, lines, one)
        cancel.check()
        _write_png(page, pictures, lines, two)
        cancel.check()
    return [paper, png]


def _write_pdf(page: str, pictures: Sequence[QImage], lines: QPicture, path: Path) -> None:
    """Texts stay texts."""
    with open_pdf(path, PAGES[page]) as (_, painter):
        _compose_page(painter, page, pictures, lines)


def _write_png(page: str, pictures: Sequence[QImage], lines: QPicture, path: Path) -> None:
    image = QImage(page_pixels(PAGES[page]), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    _compose_page(painter, page, pictures, lines)
    painter.end()
    if not image.save(str(path), "PNG"):
        raise why_not_written(path)


def _compose_page(
    painter: QPainter, page: str, pictures: Sequence[QImage], lines: QPicture
) -> None:
    for frame, picture in zip(sheet_frames(page), pictures):
        painter.drawImage(frame_in_dots(frame), picture)
    replay_page(painter, lines)
