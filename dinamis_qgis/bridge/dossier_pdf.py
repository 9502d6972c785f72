"""The dossier as a PDF, made by QGIS's layout engine: a map of the area over what the project shows, and all that is asked for.

The background and the locator are drawn by QGIS's own threads beforehand, so that a slow layer never holds the window; the layout
then only places pictures. It stays on the GUI thread: QGIS makes its layouts there, and projections must not outlive a thread.
Nothing enters the person's project: the layout lives in a project of its own.
"""

from __future__ import annotations

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
    QgsLayoutItemPicture,
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
from qgis.PyQt.QtGui import QColor, QImage, QImageReader
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.dossier_text import INK, MARGIN, PAGE_H, PAGE_W, Section, add_text, write_sections
from dinamis_qgis.bridge.geometry import to_map
from dinamis_qgis.core.errors import DinamisError, StorageError
from dinamis_qgis.core.geo import wrap
from dinamis_qgis.core.tasking.territories import territory_of
from dinamis_qgis.core.text import tr

MAP_W, MAP_H, MAP_TOP, LOCATOR = PAGE_W - 2 * MARGIN, 105.0, 40.0, 34.0
AROUND = QgsRectangle(-700_000, -700_000, 700_000, 700_000)
"""What the locator shows, metres around the area."""
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
    """One PDF under way; lives until it is told. What is slow is drawn by QGIS's threads, the layout's own part is done in two steps."""

    def __init__(
        self, paper: Paper, layers: Sequence[Any], done: Callable[[Path], None], failed: Callable[[DinamisError], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._paper, self._done, self._failed = paper, done, failed
        self._folder = tempfile.TemporaryDirectory(prefix="dinamis-dossier-")
        self._project, self._layout = QgsProject(), None
        territory = territory_of(paper.area)
        self._crs = QgsCoordinateReferenceSystem(f"EPSG:{territory.epsg if territory else 3857}")
        self._extent = _extent(paper.area, self._crs)
        self._world = _world(paper.area)
        self._jobs = {"background": _drawing(layers, self._crs, self._extent, MAP_W, MAP_H, DPI)}
        if self._world:
            self._jobs["locator"] = _drawing(self._world, _around(paper.area), AROUND, LOCATOR, LOCATOR, 2 * DPI)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.start(PATIENCE_MS)
        self._waiting = len(self._jobs)
        for job in self._jobs.values():
            job.finished.connect(self._drawn)
            self._timer.timeout.connect(job.cancelWithoutBlocking)
            parent.destroyed.connect(job.cancelWithoutBlocking)
            job.start()

    def _drawn(self) -> None:
        self._waiting -= 1
        if self._waiting:
            return
        self._timer.stop()
        images = {self._file(name): job.renderedImage() for name, job in self._jobs.items()}
        tasks.run(lambda job: _keep(images), done=lambda _: self._step(self._compose), failed=self._end, parent=self, title="dossier")

    def _file(self, name: str) -> Path:
        return Path(self._folder.name) / f"{name}.png"

    def _step(self, work: Callable[[], None]) -> None:
        """A part of the layout's work; the window breathes between two."""
        try:
            work()
        except DinamisError as error:
            self._end(error)

    def _end(self, error: DinamisError | None = None) -> None:
        if self._layout is not None:
            self._layout.clear()
            self._layout = None  # before its project
        self._project.clear()
        self._jobs, self._world = {}, []
        self._folder.cleanup()
        if error is None:
            self._done(self._paper.path)
        else:
            self._failed(error)
        self.deleteLater()

    def _compose(self) -> None:
        self._project.setCrs(self._crs)
        layers = [_outline(self._paper.area), _picture(self._file("background"), self._extent, self._crs)]
        for layer in layers:
            self._project.addMapLayer(layer, False)
        self._layout = QgsPrintLayout(self._project)
        self._layout.initializeDefaults()
        self._layout.pageCollection().page(0).setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
        self._fill(self._layout, layers)
        QTimer.singleShot(0, lambda: self._step(self._export))

    def _export(self) -> None:
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = DPI
        settings.rasterizeWholeImage = False
        path = self._paper.path
        result = QgsLayoutExporter(self._layout).exportToPdf(str(path), settings)
        if result != QgsLayoutExporter.ExportResult.Success:
            raise StorageError(tr("“{path}” could not be read or written.").format(path=path), tr("Choose another folder."), code="pdf")
        self._end()

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
        if self._world:
            _locator(layout, self._file("locator"))
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


def _drawing(
    layers: Sequence[Any], crs: QgsCoordinateReferenceSystem, extent: QgsRectangle, width: float, height: float, dpi: int
) -> QgsMapRendererParallelJob:
    """What draws ``layers`` on so many millimetres, on QGIS's own threads."""
    settings = QgsMapSettings()
    settings.setLayers(list(layers))
    settings.setDestinationCrs(crs)
    settings.setTransformContext(QgsProject.instance().transformContext())
    settings.setOutputDpi(dpi)
    settings.setOutputSize(QSize(round(width / 25.4 * dpi), round(height / 25.4 * dpi)))
    settings.setBackgroundColor(QColor("white"))
    settings.setExtent(extent)
    return QgsMapRendererParallelJob(settings)


def _keep(images: dict[Path, QImage]) -> None:
    """Write the pictures; on a worker."""
    for path, image in images.items():
        if not image.save(str(path), "PNG"):
            raise StorageError(tr("“{path}” could not be read or written.").format(path=path))


def _picture(path: Path, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRasterLayer:
    """The drawn background as a raster layer, by a world file beside it."""
    size = QImageReader(str(path)).size()
    x, y = extent.width() / size.width(), extent.height() / size.height()
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


def _world(area: BaseGeometry) -> list[Any]:
    """The coastlines that come with QGIS, where they are there, under a spot where the area is."""
    world = Path(QgsApplication.pkgDataPath()) / "resources" / "data" / "world_map.gpkg"
    if not world.exists():
        return []
    land = QgsVectorLayer(f"{world}|layername=countries", "world", "ogr")
    if not land.isValid():
        return []
    land.setRenderer(land.renderer().clone())
    land.renderer().setSymbol(QgsFillSymbol.createSimple({"color": "#e4e7ea", "outline_color": "#9aa4ad", "outline_width": "0.15"}))
    spot = _outline(area.centroid.buffer(0.18))
    spot.renderer().setSymbol(QgsFillSymbol.createSimple({"color": "#c8281e", "outline_color": "#c8281e", "outline_width": "0.6"}))
    return [spot, land]


def _around(area: BaseGeometry) -> QgsCoordinateReferenceSystem:
    """A projection centred on the area."""
    west, south, east, north = wrap(area).bounds
    lon, lat = ((west + east) / 2, (south + north) / 2) if east - west < 180 else (180.0, (south + north) / 2)
    return QgsCoordinateReferenceSystem(f"PROJ:+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m")


def _locator(layout: QgsPrintLayout, picture: Path) -> None:
    """Where on Earth, in a corner of the map."""
    item = QgsLayoutItemPicture(layout)
    item.setPicturePath(str(picture))
    layout.addLayoutItem(item)
    _place(item, MARGIN + MAP_W - LOCATOR - 2, MAP_TOP + 2, LOCATOR, LOCATOR)
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))


def _place(item: Any, x: float, y: float, width: float, height: float) -> None:
    item.attemptResize(QgsLayoutSize(width, height, MM))
    item.attemptMove(QgsLayoutPoint(x, y, MM))

