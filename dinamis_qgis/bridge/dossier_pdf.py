"""The dossier as a PDF, made by QGIS's layout engine: a map of the area over what the project shows, and all that is asked for.

The background is drawn by QGIS's own threads beforehand, so that a slow layer never holds the window; the layout then only
places a picture. Nothing enters the person's project: the layout lives in a project of its own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.dossier_text import INK, MARGIN, PAGE_H, PAGE_W, Section, add_text, write_sections
from dinamis_qgis.bridge.geometry import to_map
from dinamis_qgis.core.errors import DinamisError, StorageError
from dinamis_qgis.core.tasking.area import wrap
from dinamis_qgis.core.tasking.territories import territory_of
from dinamis_qgis.core.text import tr

MAP_W, MAP_H, MAP_TOP = PAGE_W - 2 * MARGIN, 105.0, 40.0
DPI = 150
PATIENCE_MS = 30_000
"""A background that takes longer is printed as far as it has come."""
MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters


@dataclass(frozen=True)
class Paper:
    """What is printed: the file, the heading, the area (EPSG:4326), and the sections in their order."""

    path: Path
    title: str
    reference: str
    area: BaseGeometry
    sections: tuple[Section, ...]


def print_dossier(
    paper: Paper, layers: Sequence[Any], done: Callable[[Path], None], failed: Callable[[DinamisError], None], parent: QObject
) -> None:
    """Draw the background of ``layers`` (topmost first), then make the PDF; one of the two is called back, on the GUI thread."""
    _Printing(paper, layers, done, failed, parent)


class _Printing(QObject):
    """One PDF under way; lives until it is told."""

    def __init__(
        self, paper: Paper, layers: Sequence[Any], done: Callable[[Path], None], failed: Callable[[DinamisError], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._paper, self._done, self._failed = paper, done, failed
        territory = territory_of(paper.area)
        self._crs = QgsCoordinateReferenceSystem(f"EPSG:{territory.epsg if territory else 3857}")
        self._extent = _extent(paper.area, self._crs)
        settings = QgsMapSettings()
        settings.setLayers(list(layers))
        settings.setDestinationCrs(self._crs)
        settings.setTransformContext(QgsProject.instance().transformContext())
        settings.setOutputDpi(DPI)
        settings.setOutputSize(QSize(round(MAP_W / 25.4 * DPI), round(MAP_H / 25.4 * DPI)))
        settings.setBackgroundColor(QColor("white"))
        settings.setExtent(self._extent)
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._drawn)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._job.cancelWithoutBlocking)
        self._timer.start(PATIENCE_MS)
        parent.destroyed.connect(self._job.cancelWithoutBlocking)
        self._job.start()

    def _drawn(self) -> None:
        self._timer.stop()
        try:
            self._print(self._job.renderedImage())
        except DinamisError as error:
            self._failed(error)
        else:
            self._done(self._paper.path)
        finally:
            self.deleteLater()

    def _print(self, image: QImage) -> None:
        folder = Path(tempfile.mkdtemp(prefix="dinamis-dossier-"))
        try:
            project = QgsProject()
            project.setCrs(self._crs)
            layers = [_outline(self._paper.area), _picture(image, self._extent, self._crs, folder)]
            for layer in layers:
                project.addMapLayer(layer, False)
            layout = QgsPrintLayout(project)
            layout.initializeDefaults()
            layout.pageCollection().page(0).setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
            self._fill(layout, layers)
            settings = QgsLayoutExporter.PdfExportSettings()
            settings.dpi = DPI
            settings.rasterizeWholeImage = False
            result = QgsLayoutExporter(layout).exportToPdf(str(self._paper.path), settings)
            layout.clear()
            project.clear()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if result != QgsLayoutExporter.ExportResult.Success:
            path = self._paper.path
            raise StorageError(tr("“{path}” could not be read or written.").format(path=path), tr("Choose another folder."), code="pdf")

    def _fill(self, layout: QgsPrintLayout, layers: list[Any]) -> None:
        paper = self._paper
        add_text(layout, tr("Acquisition request"), MARGIN, 12, 120, 8, 11, colour="#5a6570")
        add_text(layout, paper.title, MARGIN, 18, MAP_W, 12, 18, bold=True)
        add_text(layout, tr("Reference: {reference}").format(reference=paper.reference), MARGIN, 31, MAP_W, 6, 8, colour="#5a6570")
        item = QgsLayoutItemMap(layout)
        layout.addLayoutItem(item)
        _place(item, MARGIN, MAP_TOP, MAP_W, MAP_H)
        item.setCrs(self._crs)
        item.setLayers(layers)
        item.setKeepLayerSet(True)
        item.setExtent(self._extent)
        item.setFrameEnabled(True)
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))
        item.setFrameStrokeColor(QColor(INK))
        _scale_bar(layout, item)
        _locator(layout, paper.area)
        text = tr("Area asked for outlined in red · {crs} · north up").format(crs=self._crs.userFriendlyIdentifier())
        add_text(layout, text, MARGIN, MAP_TOP + MAP_H + 1.5, MAP_W, 5, 7.5, colour="#5a6570")
        write_sections(layout, paper.sections, MAP_TOP + MAP_H + 10)
        pages = layout.pageCollection().pageCount()
        for number in range(pages):
            foot = tr("{title} · page {number} of {count}").format(title=paper.title[:70], number=number + 1, count=pages)
            add_text(layout, foot, MARGIN, PAGE_H - 12, MAP_W, 5, 7.5, colour="#5a6570", page=number)


def _extent(area: BaseGeometry, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """Around the area with a margin, in the shape of the map on the page."""
    box = to_map(wrap(area), crs).boundingBox()
    width, height = max(box.width(), 100.0) * 1.5, max(box.height(), 100.0) * 1.5
    width, height = max(width, height * MAP_W / MAP_H), max(height, width * MAP_H / MAP_W)
    return QgsRectangle.fromCenterAndSize(box.center(), width, height)


def _outline(area: BaseGeometry) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", "area", "memory")
    feature = QgsFeature()
    geometry = to_map(wrap(area), QgsCoordinateReferenceSystem("EPSG:4326"))
    geometry.convertToMultiType()
    feature.setGeometry(geometry)
    layer.dataProvider().addFeatures([feature])
    # A white casing under the red line, so that it stands out on any background.
    symbol = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#ffffff", "outline_width": "1.8"})
    line = QgsFillSymbol.createSimple({"color": "208,69,58,30", "outline_color": "#c8281e", "outline_width": "0.8"})
    symbol.appendSymbolLayer(line.symbolLayer(0).clone())
    layer.renderer().setSymbol(symbol)
    return layer


def _picture(image: QImage, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, folder: Path) -> QgsRasterLayer:
    """The drawn background as a raster layer, by a world file beside it."""
    path = folder / "background.png"
    image.save(str(path), "PNG")
    x, y = extent.width() / image.width(), extent.height() / image.height()
    lines = (x, 0.0, 0.0, -y, extent.xMinimum() + x / 2, extent.yMaximum() - y / 2)
    path.with_suffix(".pgw").write_text("\n".join(f"{v:.12f}" for v in lines), encoding="ascii")
    layer = QgsRasterLayer(str(path), "background")
    layer.setCrs(crs)
    return layer


def _scale_bar(layout: QgsPrintLayout, item: QgsLayoutItemMap) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(item)
    bar.applyDefaultSize(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setStyle("Single Box")
    bar.setUnitLabel("km")
    bar.setHeight(1.8)
    bar.setBoxContentSpace(1.5)
    style = bar.textFormat()
    style.setSize(8)
    bar.setTextFormat(style)
    bar.setBackgroundEnabled(True)
    bar.setBackgroundColor(QColor(255, 255, 255, 210))
    layout.addLayoutItem(bar)
    bar.attemptMove(QgsLayoutPoint(MARGIN + 2, MAP_TOP + MAP_H - 11, MM))


def _locator(layout: QgsPrintLayout, area: BaseGeometry) -> None:
    """Where on Earth: over the coastlines that come with QGIS, where they are there."""
    world = Path(QgsApplication.pkgDataPath()) / "resources" / "data" / "world_map.gpkg"
    if not world.exists():
        return
    land = QgsVectorLayer(f"{world}|layername=countries", "world", "ogr")
    if not land.isValid():
        return
    land.setRenderer(land.renderer().clone())
    land.renderer().setSymbol(QgsFillSymbol.createSimple({"color": "#e4e7ea", "outline_color": "#9aa4ad", "outline_width": "0.15"}))
    west, south, east, north = wrap(area).bounds
    lon, lat = ((west + east) / 2, (south + north) / 2) if east - west < 180 else (180.0, (south + north) / 2)
    spot = _outline(area.centroid.buffer(0.18))
    spot.renderer().setSymbol(QgsFillSymbol.createSimple({"color": "#c8281e", "outline_color": "#c8281e", "outline_width": "0.6"}))
    for layer in (land, spot):
        layout.project().addMapLayer(layer, False)
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    _place(item, MARGIN + MAP_W - 36, MAP_TOP + 2, 34, 34)
    item.setCrs(QgsCoordinateReferenceSystem(f"PROJ:+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"))
    item.setLayers([spot, land])
    item.setKeepLayerSet(True)
    item.setExtent(QgsRectangle(-700_000, -700_000, 700_000, 700_000))
    item.setBackgroundColor(QColor("white"))
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))


def _place(item: Any, x: float, y: float, width: float, height: float) -> None:
    item.attemptResize(QgsLayoutSize(width, height, MM))
    item.attemptMove(QgsLayoutPoint(x, y, MM))

