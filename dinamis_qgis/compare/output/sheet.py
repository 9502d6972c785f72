"""Making a sheet: its views are drawn in the background, then the page is written as PDF and PNG,
and kept as a layout.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateFormatter,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFillSymbol,
    QgsGeometry,
    QgsMapLayer,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVector,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPainter

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.bridge.layouts.pages import record_page
from dinamis_qgis.bridge.layouts.render import give_up
from dinamis_qgis.bridge.layouts.sheet import PAGES, Sheet, build_layout
from dinamis_qgis.bridge.layouts.sheet_write import picture_settings, write_both
from dinamis_qgis.compare.canvas.sides import copy_layer, give_style, layers_still_there, style_of
from dinamis_qgis.compare.change.result import Measured, border_text, format_hectares, kind_names
from dinamis_qgis.compare.controls.shift_row import shift_text
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.core.change.detect import seen_text, unsure_text
from dinamis_qgis.core.change.difference import Kind
from dinamis_qgis.core.change.polygons import export_patches
from dinamis_qgis.core.dfci import find_square
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.files import reserve_file
from dinamis_qgis.core.text import tr

LISTED = 5
"""Areas named on the sheet."""


def sheet_of(
    comparison: Comparison, measured: Measured | None, page: str = "A4", title: str = ""
) -> Sheet:
    """The sheet of what ``comparison`` shows now. GUI thread."""
    facts, sides = comparison.facts(), comparison.sides
    if facts is None or sides is None:
        raise DinamisError(tr("The images are not ready yet."), tr("Try again."), code="not-ready")
    view = comparison.seen()
    extent = view.extent()
    moved = extent - QgsVector(*comparison.correction())
    account = comparison.context.account if comparison.context else None
    vectors, styles = (
        comparison.shown_vectors(),
        {side.original.id(): style_of(side.layer) for side in sides},
    )
    copies = []
    for side in sides:
        copies.append(copy_layer(side.original).layer)
        give_style(copies[-1], styles[side.original.id()])
    return Sheet(
        title=title or title_of(facts, measured),
        facts=facts,
        crs=view.destinationCrs(),
        extents=(extent, moved, _extent_around(sides[0].original, view)),
        rotation=view.rotation(),
        layers=([*vectors, sides[0].original], [*vectors, sides[1].original], [sides[0].original]),
        styles=styles,
        drawn=([*vectors, copies[0]], [*vectors, copies[1]], [copies[0]]),
        figure=measured.area_text() if measured and measured.patches else "",
        measured=measured_text(measured) if measured else "",
        place=place_text(view, measured),
        with_place=measured is not None and measured.kind is Kind.BURNT,
        shift=shift_text(comparison.shift) if comparison.shift else "",
        author=(account.name or account.username) if account else "",
        entity=account.entity if account else "",
        page=page,
    )


def title_of(facts: tuple[Facts, Facts], measured: Measured | None) -> str:
    """What happened, from when to when."""
    first, second = facts[0].day(), facts[1].day()
    if measured is None or not measured.patches:
        return tr("Comparison: {first} and {second}").format(first=first, second=second)
    return tr("{event}: from {first} to {second}").format(
        event=kind_names()[measured.kind], first=first, second=second
    )


def place_text(view: QgsMapSettings, measured: Measured | None) -> str:
    """Where the largest area, or the middle of the view, is: degrees, and its DFCI square."""
    middle, crs = view.extent().center(), view.destinationCrs()
    if measured is not None and measured.patches:
        shape = QgsGeometry()
        shape.fromWkb(measured.patches[0].wkb)
        inside = shape.pointOnSurface()
        if not inside.isNull():
            middle = inside.asPoint()
            crs = QgsCoordinateReferenceSystem.fromWkt(measured.change.grid.wkt)
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    try:
        point = QgsCoordinateTransform(crs, degrees, QgsProject.instance()).transform(middle)
    except QgsCsException:
        return ""
    where = QgsCoordinateFormatter.format(
        point, QgsCoordinateFormatter.Format.FormatDegreesMinutesSeconds, 0
    )
    square = find_square(point.x(), point.y())
    return tr("Centre: {place}").format(place=where) + (f"\nDFCI {square}" if square else "")


def measured_text(measured: Measured) -> str:
    """``Burnt area – 2 areas``, the largest ones, and how it was measured; the hectares are the
    sheet's figure.
    """
    locale_parts = [format_hectares(patch.area_ha) for patch in measured.patches[:LISTED]]
    count = tr("%n area(s)", n=len(measured.patches))
    lines = [f"{kind_names()[measured.kind]} – {count}"]
    if len(measured.patches) > 1:
        lines.append(tr("Largest: {areas}").format(areas=", ".join(locale_parts)))
    shift = measured.change.shift
    if shift is not None and shift.trusted:
        said = tr(
            "Threshold {threshold}, smallest area {unit}, pixel {metres} m, after alignment and "
            "relative normalisation"
        )
    else:
        said = tr(
            "Threshold {threshold}, smallest area {unit}, pixel {metres} m, after relative "
            "normalisation; images not aligned"
        )
    lines.append(
        said.format(
            threshold=QLocale().toString(measured.threshold, "f", 2),
            unit=format_hectares(measured.mapping_unit),
            metres=QLocale().toString(measured.change.grid.step, "g", 3),
        )
    )
    if measured.patches:
        lines.append(border_text(measured.change, measured.patches, measured.threshold))
    if measured.change.seen_share < 0.99:
        lines.append(seen_text(measured.change, format_hectares))
    if measured.change.unsure:
        lines.append(unsure_text())
    return "\n".join(lines)


class Maker(QObject):
    """Makes one sheet; ``done(paths)`` or ``failed(error)`` on the GUI thread.

    What the comparison does meanwhile changes nothing in it.

    ``stop()``, or the end of the comparison, gives up and leaves nothing behind; ``ended`` is
    emitted once whatever the outcome.
    """

    ended = pyqtSignal()
    progressed = pyqtSignal(float, str)

    def __init__(
        self, comparison: Comparison, sheet: Sheet, target: Path, measured: Measured | None,
        done: Callable[[list[Path]], None], failed: Callable[[DinamisError], None],
    ) -> None:  # fmt: skip
        super().__init__(comparison)
        self._comparison, self._sheet, self._target, self._measured = (
            comparison,
            sheet,
            target,
            measured,
        )
        self._done, self._failed = done, failed
        self._pictures: list[QImage] = []
        self._rendering: Any = None
        self._job: tasks.Job | None = None
        self._areas: QgsVectorLayer | None = None
        self._made: list[Path] = []
        """Files that were nobody's: given up, they are removed."""
        # Settings let go of a layer that leaves the project: it is missing then, and nothing
        # breaks.
        self._views = [
            (k, part)
            for k in range(3)
            for part in picture_settings(sheet, k, layers_still_there(sheet.drawn[k]))
        ]
        self.over = False
        comparison.ended.connect(self.stop)
        self._write_areas()

    def stop(self) -> None:
        """Give up."""
        if self.over:
            return
        if self._rendering is not None:
            give_up(self._rendering)
            self._rendering = None
        job, self._job = self._job, None
        if job is not None and not job.finished:
            job.ended.connect(self._clean)  # what it writes is there by then
            job.stop()
        else:
            self._clean()
        self._end()

    def _clean(self) -> None:
        self._areas = None
        for path in self._made:
            with suppress(OSError):  # a reader that is not done with it: Windows keeps it then
                path.unlink()

    def _end(self) -> None:
        if not self.over:
            self.over = True
            self._sheet, self._views = (
                replace(self._sheet, drawn=((), (), ())),
                [],
            )  # copies must not outlive QGIS
            self._comparison.ended.disconnect(self.stop)
            self.ended.emit()

    def _broken(self, error: DinamisError) -> None:
        self._clean()
        self._end()
        self._failed(error)

    def _write_areas(self) -> None:
        """The changed areas as a file of their own beside the sheet: the editable layout shows them
        too.
        """
        measured = self._measured
        if measured is None or not measured.patches:
            self._render(0)
            return
        wanted, made = self._target.with_suffix(".gpkg"), self._made
        about = {"before": self._sheet.facts[0].label(), "after": self._sheet.facts[1].label()}

        def work(job: tasks.Job) -> Path:
            made.append(reserve_file(wanted))
            export_patches(made[0], measured.change, measured.patches, measured.threshold, about)
            return made[0]

        def written(path: Path) -> None:
            layer = QgsVectorLayer(f"{path}|layername=changes", tr("Changed areas"), "ogr")
            if layer.isValid():
                symbol = QgsFillSymbol.createSimple(
                    {"color": "255,40,30,60", "outline_color": "220,20,10", "outline_width": "0.35"}
                )
                layer.renderer().setSymbol(symbol)
                self._areas = layer
            self._render(0)

        self._job = tasks.run(
            work, done=written, failed=self._broken, parent=self, title="sheet areas"
        )

    def _render(self, step: int) -> None:
        """View after view, part after part, each in a job of its own."""
        self.progressed.emit((step + 1) / (len(self._views) + 2), "")
        if step == len(self._views):
            self._write()
            return
        number, settings = self._views[step]
        # over all the rest
        if self._areas is not None and number == 1 and self._views[step + 1][0] != 1:
            settings.setLayers([self._areas, *settings.layers()])
        job = QgsMapRendererSequentialJob(settings)

        def rendered() -> None:
            self._lay(number, job.renderedImage())
            job.deleteLater()
            self._rendering = None
            self._render(step + 1)

        job.finished.connect(rendered)
        self._rendering = job
        job.start()

    def _lay(self, number: int, image: QImage) -> None:
        """A view's picture, or what goes over it."""
        if number == len(self._pictures):
            self._pictures.append(image)
            return
        painter = QPainter(self._pictures[number])
        painter.drawImage(0, 0, image)
        painter.end()

    def _write(self) -> None:
        """The page: its lines and texts are recorded here, drawn over the pictures and written in
        the background.
        """
        layout = build_layout(QgsProject.instance(), self._sheet, "print", empty=True)
        QTimer.singleShot(0, lambda: self._compose(layout))  # the window gets a breath in between

    def _compose(self, layout: Any) -> None:
        if self.over:
            return
        sheet, pictures, target = self._sheet, self._pictures, self._target
        lines = record_page(layout, PAGES[sheet.page])
        self._job = tasks.run(
            lambda job: write_both(sheet.page, pictures, lines, target, job.cancel),
            done=self._written, failed=self._broken, parent=self, title="sheet",
        )  # fmt: skip

    def _written(self, paths: list[Path]) -> None:
        keep_layout(self._sheet, self._areas)
        self._end()
        self._done(paths)


def keep_layout(sheet: Sheet, areas: QgsVectorLayer | None) -> str:
    """The editable layout in the project; its name.

    The changed areas come along as a layer of no tree.
    """
    project = QgsProject.instance()
    manager, name, number = project.layoutManager(), sheet.title, 2
    while manager.layoutByName(name) is not None:
        name, number = f"{sheet.title} ({number})", number + 1
    first, second, locator = (layers_still_there(layers) for layers in sheet.layers)
    if areas is not None:
        project.addMapLayer(areas, False)
        second.insert(0, areas)
    sheet = replace(sheet, layers=(first, second, locator))
    manager.addLayout(build_layout(project, sheet, name))
    return name


def _extent_around(layer: QgsMapLayer, view: QgsMapSettings) -> QgsRectangle:
    """The whole of a layer with some room, in the view's CRS."""
    try:
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(layer.crs()), view.destinationCrs(), QgsProject.instance()
        )
        extent = transform.transformBoundingBox(layer.extent())
    except QgsCsException:
        return view.extent()
    extent.combineExtentWith(view.visibleExtent())
    extent.scale(1.08)
    return extent
