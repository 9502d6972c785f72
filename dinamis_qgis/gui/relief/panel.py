"""The dock « Relief »: fetch the heights of the view, see them, cut them along a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsPointXY, QgsProject
from qgis.gui import QgsDockWidget, QgsVertexMarker
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.elevation import relief
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relief.line_tool import LineTool
from dinamis_qgis.gui.relief.profile_plot import ProfilePlot
from dinamis_qgis.gui.widgets.labels import wrapped_label

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.elevation.fetch import HeightModel
    from dinamis_qgis.core.elevation.profile_line import HeightProfile

KINDS = ("surface", "ground", "height")
_SETTLED_MS = 300


class ReliefPanel(QWidget):
    """What is in the dock; ``stop`` before it goes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reliefView")
        self._context, self._canvas = context, context.iface.mapCanvas()
        self._job: tasks.Job | None = None
        self._profiles: list[tuple[str, HeightProfile]] = []
        self._marker: Any = None
        self._line: list[QgsPointXY] = []
        self.tool = LineTool(self._canvas)
        self._build()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self.refresh)
        self._canvas.extentsChanged.connect(self._settled.start)
        self._canvas.xyCoordinates.connect(self._read_here)
        self.tool.drawn.connect(self.cut)
        QgsProject.instance().layersAdded.connect(self._layers_changed)
        QgsProject.instance().layersRemoved.connect(self._layers_changed)
        context.profile_changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.kind, self.step = pass_wheel_on(QComboBox()), pass_wheel_on(QComboBox())
        self.kind.setObjectName("reliefKind")
        self.step.setObjectName("reliefStep")
        for kind in KINDS:
            self.kind.addItem(relief.kind_title(kind), kind)
        self.step.addItem(tr("As fits the view"), 0.0)
        for step in relief.STEPS:
            self.step.addItem(f"{QLocale().toString(step)} m", step)
        for box in (self.kind, self.step):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(self.refresh)
        form = QFormLayout()
        form.addRow(tr("Heights"), self.kind)
        form.addRow(tr("Pixel"), self.step)
        self.about = wrapped_label("", "reliefAbout")
        self.fetch_button = self._button("reliefButton", tr("Fetch the heights of the view"))
        self.fetch_button.clicked.connect(self.fetch)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = self._button("reliefCancel", tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancel)
        self.shown = wrapped_label("", "reliefShown")
        self.here = wrapped_label("", "reliefHere")
        self.plot = ProfilePlot()
        self.plot.pointed.connect(self._mark)
        column = QVBoxLayout(self)
        column.addLayout(form)
        for widget in (self.about, self.fetch_button):
            column.addWidget(widget)
        column.addLayout(_row(self.bar, self.cancel_button))
        column.addWidget(self.shown)
        column.addLayout(self._view_row())
        column.addLayout(self._profile_row())
        column.addWidget(self.plot, 1)
        column.addWidget(self.here)
        self._show_busy(False)

    def _view_row(self) -> QHBoxLayout:
        self.exaggeration = pass_wheel_on(QDoubleSpinBox())
        self.exaggeration.setObjectName("reliefExaggeration")
        self.exaggeration.setRange(0.5, 10.0)
        self.exaggeration.setSingleStep(0.5)
        self.exaggeration.setValue(1.5)
        self.exaggeration.setPrefix("× ")
        self.exaggeration.setToolTip(tr("Heights are drawn so many times as high"))
        self.view_button = self._button("relief3d", tr("Open in 3D"))
        self.view_button.clicked.connect(self.open_3d)
        return _row(self.view_button, self.exaggeration)

    def _profile_row(self) -> QHBoxLayout:
        self.line_button = self._button("reliefLine", tr("Draw a profile"))
        self.line_button.setCheckable(True)
        self.line_button.clicked.connect(self._draw)
        self.export_button = self._button("reliefExport", tr("Export…"))
        self.export_button.clicked.connect(self.export)
        return _row(self.line_button, self.export_button)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        return button

    def stop(self) -> None:
        """Give up what is under way, and leave the map as it was."""
        self.cancel()
        self.tool.clear()
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        self._mark(None)
        project = QgsProject.instance()
        for signal, method in (
            (self._canvas.extentsChanged, self._settled.start),
            (self._canvas.xyCoordinates, self._read_here),
            (project.layersAdded, self._layers_changed),
            (project.layersRemoved, self._layers_changed),
        ):
            signal.disconnect(method)

    @contain_faults()
    def refresh(self, *_: object) -> None:
        """What would be fetched: ground, pixel, bytes on the disk; or why nothing can be."""
        if self._job is not None:
            return
        try:
            grid = self._grid()
        except DinamisError as error:
            self.about.setText(error.sentence())
            self.fetch_button.setEnabled(False)
        else:
            from dinamis_qgis.core.elevation.fetch import bytes_needed

            km2 = QLocale().toString(grid.pixels * grid.step**2 / 1e6, "f", 2)
            size = max(1, round(bytes_needed(grid) / 1e6))
            text = tr("{km2} km² at {step} m, up to {size} MB on the disk.").format(
                km2=km2, step=QLocale().toString(grid.step), size=size
            )
            self.about.setText(text)
            self.fetch_button.setEnabled(True)
        self._layers_changed()

    def _grid(self) -> Any:
        extent = self._canvas.extent()
        bounds = relief.view_bounds(extent, self._canvas.mapSettings().destinationCrs())
        step = float(self.step.currentData() or 0.0)
        return relief.plan_view(self._context, self.kind.currentData(), bounds, step or None)

    @contain_faults()
    def fetch(self, *_: object) -> None:
        """Fetch the heights of the view; the layers come when they are there."""
        try:
            grid = self._grid()
        except DinamisError as error:
            messages.show(error)
            return
        self._show_busy(True)
        self._job = relief.fetch_view(
            self._context, self.kind.currentData(), grid, self._fetched, self._failed, self._moved
        )

    @contain_faults()
    def cancel(self, *_: object) -> None:
        """Stop fetching: what has come is kept for the next time."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self._show_busy(False)
            self.refresh()

    def _fetched(self, model: HeightModel) -> None:
        self._job = None
        self._show_busy(False)
        try:
            relief.add_heights(model)
        except DinamisError as error:
            messages.show(error)
            return
        self.refresh()
        if len(self._line) >= 2:
            self.cut(self._line)

    def _failed(self, error: DinamisError) -> None:
        self._job = None
        self._show_busy(False)
        if not isinstance(error, Cancelled):
            messages.show(error, retry=self.fetch)
        self.refresh()

    def _moved(self, share: float, text: str) -> None:
        self.bar.setValue(round(100 * share))
        if text:
            self.about.setText(text)

    def _show_busy(self, busy: bool) -> None:
        self.bar.setValue(0)
        for widget in (self.bar, self.cancel_button):
            widget.setVisible(busy)
        for field in (self.kind, self.step, self.fetch_button):
            field.setEnabled(not busy)

    @contain_faults()
    def _layers_changed(self, *_: object) -> None:
        layers = relief.height_layers()
        self.shown.setText(relief.about_layer(layers[0]) if layers else "")
        self.shown.setVisible(bool(layers))
        can_view = relief.has_3d(self._context.iface)
        self.view_button.setEnabled(bool(layers) and can_view)
        self.exaggeration.setEnabled(bool(layers) and can_view)
        self.view_button.setToolTip(
            "" if can_view else tr("From QGIS 3.26 on; here the relief is shaded over the image.")
        )
        self.line_button.setEnabled(bool(layers))
        self.export_button.setEnabled(bool(self._profiles))
        if not layers:
            self.here.setText("")

    @contain_faults()
    def open_3d(self, *_: object) -> None:
        """A 3D view over the heights of the top layer of them (the surface before the ground)."""
        layers = relief.height_layers()
        if layers:
            relief.open_3d(self._context.iface, layers[0], self.exaggeration.value())

    @contain_faults()
    def _draw(self, wanted: bool) -> None:
        if wanted:
            self._canvas.setMapTool(self.tool)
        elif self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)

    @contain_faults()
    def cut(self, line: list[QgsPointXY]) -> None:
        """The profile of every height model of the project along ``line`` (the map's system)."""
        self._line = list(line)
        self.line_button.setChecked(False)
        if self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)
        files = relief.paths_of(relief.height_layers())
        crs = self._canvas.mapSettings().destinationCrs()
        points = [(point.x(), point.y()) for point in line]
        tasks.run(
            lambda job: relief.read_profiles(files, points, crs.toWkt()),
            done=self._show_profiles,
            parent=self,
            title="profile",
        )

    def _show_profiles(self, profiles: list[tuple[str, HeightProfile]]) -> None:
        self._profiles = profiles
        self.plot.show_profiles(profiles)
        self.export_button.setEnabled(bool(profiles))

    @contain_faults()
    def export(self, *_: object) -> None:
        """The profile as a table for a spreadsheet."""
        path = ask_file(self, tr("Export the profile"), tr("profile.csv"), {".csv": "CSV"})
        if path is None:
            return
        chosen, profiles = path, list(self._profiles)
        tasks.run(
            lambda job: relief.write_profiles(chosen, profiles),
            done=_tell_exported,
            parent=self,
            title="profile",
        )

    @contain_faults()
    def _mark(self, place: tuple[float, float] | None) -> None:
        """Where the mouse is on the plot, on the map."""
        if place is None:
            if self._marker is not None and not sip.isdeleted(self._canvas):
                self._canvas.scene().removeItem(self._marker)
            self._marker = None
            return
        if self._marker is None:
            self._marker = QgsVertexMarker(self._canvas)
            self._marker.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE)
            self._marker.setPenWidth(3)
        self._marker.setCenter(QgsPointXY(*place))

    @contain_faults()
    def _read_here(self, point: QgsPointXY) -> None:
        """The heights under the mouse: the files are on this disk."""
        if not self.isVisible():
            return
        found = []
        for layer in relief.height_layers():
            height = relief.height_at(layer, point, self._canvas.mapSettings().destinationCrs())
            if height is not None:
                found.append(
                    tr("{name}: {height} m").format(
                        name=layer.name(), height=QLocale().toString(height, "f", 1)
                    )
                )
        self.here.setText("\n".join(found))


class ReliefDock(QgsDockWidget):
    """The panel beside the map; made when it is first asked for."""

    def __init__(self, context: Context) -> None:
        window = context.iface.mainWindow()
        super().__init__(tr("Relief – DINAMIS"), window)
        self.setObjectName("DinamisReliefDock")
        self._context = context
        self.panel = ReliefPanel(context)
        self.setWidget(self.panel)
        help_key(self.panel, lambda: "relief")
        context.iface.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self)

    def stop(self) -> None:
        """Leave QGIS as it was."""
        self.panel.stop()
        self._context.iface.removeDockWidget(self)
        self.deleteLater()


def show_relief(context: Context) -> ReliefDock:
    """The dock, shown."""
    dock: ReliefDock = context.service("relief", lambda: ReliefDock(context))
    dock.setUserVisible(True)
    return dock


def _tell_exported(path: Path) -> None:
    messages.success(tr("The profile is in “{name}”.").format(name=path.name))


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
