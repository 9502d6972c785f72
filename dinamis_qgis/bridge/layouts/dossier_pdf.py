"""The dossier as a PDF: a map of the area over what the project shows, and all that is asked for.

The background and the locator are drawn by QGIS's own threads, so that a slow layer never holds the
window; a layout gives the outline and the scale bar, on the GUI thread, where layouts belong; all
of it is put on paper with the words on another. Nothing enters the person's project: the layout
lives in a project of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
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
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject, QRectF, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPen, QPicture
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.geometry.convert import to_map
from dinamis_qgis.bridge.layouts.dossier_text import (
    GREY,
    INK,
    MARGIN,
    PAGE_H,
    PAGE_W,
    Section,
    Words,
    paint_texts,
    set_sections,
)
from dinamis_qgis.bridge.layouts.pages import (
    frame_in_dots,
    millimetres_to_dots,
    open_pdf,
    record_page,
    replay_page,
)
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.files import replace_atomically
from dinamis_qgis.core.geo import wrap_longitudes
from dinamis_qgis.core.tasking.rules.territories import territory_of
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
    """What is printed: the file, the heading, the area (EPSG:4326), and the sections in their
    order.
    """

    path: Path
    title: str
    reference: str
    area: BaseGeometry
    sections: tuple[Section, ...]


def print_dossier(
    paper: Paper,
    layers: Sequence[Any],
    done: Callable[[Path], None],
    failed: Callable[[DinamisError], None],
    parent: QObject,
) -> None:
    """Draw the background of ``layers`` (topmost first), then make the PDF; one of the two is
    called back, on the GUI thread.
    """
    _Printing(paper, layers, done, failed, parent)


class _Printing(QObject):
    """One PDF under way; lives until it is told."""

    def __init__(
        self,
        paper: Paper,
        layers: Sequence[Any],
        done: Callable[[Path], None],
        failed: Callable[[DinamisError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._paper, self._done, self._failed = paper, done, failed
        territory = territory_of(paper.area)
        self._crs = QgsCoordinateReferenceSystem(f"EPSG:{territory.epsg if territory else 3857}")
        self._extent = _map_extent(paper.area, self._crs)
        self._world = _world_layers(paper.area)
        self._jobs = {
            "background": _drawing_job(layers, self._crs, self._extent, MAP_W, MAP_H, DPI)
        }
        if self._world:
            self._jobs["locator"] = _drawing_job(
                self._world, _centred_projection(paper.area), AROUND, LOCATOR, LOCATOR, 2 * DPI
            )
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
        paper, crs, lines = self._paper, self._crs.userFriendlyIdentifier(), self._lines()
        images = {name: job.renderedImage() for name, job in self._jobs.items()}
        work = partial(_write_pdf, paper, crs, images, lines)
        tasks.run(
            lambda job: work(),
            done=lambda _: self._end(),
            failed=self._end,
            parent=self,
            title="dossier",
        )

    def _end(self, error: DinamisError | None = None) -> None:
        self._jobs, self._world = {}, []
        if error is None:
            self._done(self._paper.path)
        else:
            self._failed(error)
        self.deleteLater()

    def _lines(self) -> QPicture:
        """The outline of the area, the frame of the map and the scale bar."""
        project = QgsProject()
        project.setCrs(self._crs)
        layer = _outline_layer(self._paper.area)
        project.addMapLayer(layer, False)
        layout = QgsPrintLayout(project)
        layout.initializeDefaults()
        page = layout.pageCollection()
        page.page(0).setPageSize("A4", QgsLayoutItemPage.Orientation.Portrait)
        page.setPageStyleSymbol(QgsFillSymbol.createSimple({"style": "no", "outline_style": "no"}))
        item = QgsLayoutItemMap(layout)
        layout.addLayoutItem(item)
        item.attemptResize(QgsLayoutSize(MAP_W, MAP_H, MM))
        item.attemptMove(QgsLayoutPoint(MARGIN, MAP_TOP, MM))
        item.setCrs(self._crs)
        item.setLayers([layer])
        item.setKeepLayerSet(True)
        item.setExtent(self._extent)
        item.setBackgroundEnabled(False)
        item.setFrameEnabled(True)
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, MM))
        item.setFrameStrokeColor(QColor(INK))
        _scale_bar(layout, item)
        lines = record_page(layout, (PAGE_W, PAGE_H))
        layout.clear()
        del item, layout  # before its project
        project.clear()
        return lines


def _write_pdf(paper: Paper, crs: str, images: dict[str, QImage], lines: QPicture) -> None:
    """The whole PDF or none. Off the GUI thread. Raises StorageError."""
    words = _page_texts(paper, crs)
    with (
        replace_atomically(paper.path, b"%%EOF") as part,
        open_pdf(part, (PAGE_W, PAGE_H), paper.title) as (writer, painter),
    ):
        painter.drawImage(
            frame_in_dots(QRectF(MARGIN, MAP_TOP, MAP_W, MAP_H)), images["background"]
        )
        replay_page(painter, lines)
        if "locator" in images:
            corner = frame_in_dots(
                QRectF(MARGIN + MAP_W - LOCATOR - 2, MAP_TOP + 2, LOCATOR, LOCATOR)
            )
            painter.drawImage(corner, images["locator"])
            painter.setPen(QPen(QColor("black"), millimetres_to_dots(0.2)))
            painter.drawRect(corner)
        for number in range(words[-1].page + 1):
            if number:
                writer.newPage()
            for said in words:
                if said.page == number:
                    paint_texts(painter, said)


def _page_texts(paper: Paper, crs: str) -> list[Words]:
    """All that is said, the feet of the pages last."""
    text = tr("Area asked for outlined in red · {crs} · north up").format(crs=crs)
    words = [
        Words(tr("Acquisition request"), MARGIN, 12, 120, 11, colour=GREY),
        Words(paper.title, MARGIN, 18, MAP_W, 18, bold=True),
        Words(
            tr("Reference: {reference}").format(reference=paper.reference),
            MARGIN,
            31,
            MAP_W,
            8,
            colour=GREY,
        ),
        Words(text, MARGIN, MAP_TOP + MAP_H + 1.5, MAP_W, 7.5, colour=GREY),
        *set_sections(paper.sections, MAP_TOP + MAP_H + 10),
    ]
    pages = words[-1].page + 1
    for number in range(pages):
        foot = tr("{title} · page {number} of {count}").format(
            title=paper.title[:70], number=number + 1, count=pages
        )
        words.append(Words(foot, MARGIN, PAGE_H - 12, MAP_W, 7.5, colour=GREY, page=number))
    return words


def _map_extent(area: BaseGeometry, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """Around the area with a margin, in the shape of the map on the page."""
    box = to_map(wrap_longitudes(area), crs).boundingBox()
    width, height = max(box.width(), 100.0) * 1.5, max(box.height(), 100.0) * 1.5
    width, height = max(width, height * MAP_W / MAP_H), max(height, width * MAP_H / MAP_W)
    return QgsRectangle.fromCenterAndSize(box.center(), width, height)


def _outline_layer(area: BaseGeometry) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4326", "area", "memory")
    feature = QgsFeature()
    geometry = to_map(wrap_longitudes(area), QgsCoordinateReferenceSystem("EPSG:4326"))
    geometry.convertToMultiType()
    feature.setGeometry(geometry)
    layer.dataProvider().addFeatures([feature])
    # A white casing under the red line, so that it stands out on any background.
    symbol = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "#ffffff", "outline_width": "1.8"}
    )
    line = QgsFillSymbol.createSimple(
        {"color": "208,69,58,30", "outline_color": "#c8281e", "outline_width": "0.8"}
    )
    symbol.appendSymbolLayer(line.symbolLayer(0).clone())
    layer.renderer().setSymbol(symbol)
    return layer


def _drawing_job(
    layers: Sequence[Any],
    crs: QgsCoordinateReferenceSystem,
    extent: QgsRectangle,
    width: float,
    height: float,
    dpi: int,
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
    bar.attemptMove(QgsLayoutPoint(MARGIN + 2, MAP_TOP + MAP_H - 13, MM))


def _world_layers(area: BaseGeometry) -> list[Any]:
    """The coastlines that come with QGIS, where they are there, under a spot where the area is."""
    world = Path(QgsApplication.pkgDataPath()) / "resources" / "data" / "world_map.gpkg"
    if not world.exists():
        return []
    land = QgsVectorLayer(f"{world}|layername=countries", "world", "ogr")
    if not land.isValid():
        return []
    land.setRenderer(land.renderer().clone())
    land.renderer().setSymbol(
        QgsFillSymbol.createSimple(
            {"color": "#e4e7ea", "outline_color": "#9aa4ad", "outline_width": "0.15"}
        )
    )
    spot = _outline_layer(area.centroid.buffer(0.18))
    spot.renderer().setSymbol(
        QgsFillSymbol.createSimple(
            {"color": "#c8281e", "outline_color": "#c8281e", "outline_width": "0.6"}
        )
    )
    return [spot, land]


def _centred_projection(area: BaseGeometry) -> QgsCoordinateReferenceSystem:
    """A projection centred on the area."""
    west, south, east, north = wrap_longitudes(area).bounds
    lon, lat = (
        ((west + east) / 2, (south + north) / 2)
        if east - west < 180
        else (180.0, (south + north) / 2)
    )
    return QgsCoordinateReferenceSystem(
        f"PROJ:+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
    )
