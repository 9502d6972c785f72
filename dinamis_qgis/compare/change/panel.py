"""The panel of changes: what to look for, a threshold that answers while it moves, areas in
hectares, a GeoPackage.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QListWidgetItem

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.compare.canvas.view import ComparisonOverlay
from dinamis_qgis.compare.change.export import export_areas
from dinamis_qgis.compare.change.form import STEPS, DifferenceForm
from dinamis_qgis.compare.change.painting import centre_on, grid_corners, paint_scores
from dinamis_qgis.compare.change.result import Measured, border_text, format_amount, format_hectares
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.core.change.certainty import is_least
from dinamis_qgis.core.change.detect import DetectedChange, detect_change, seen_text, unsure_text
from dinamis_qgis.core.change.difference import SCALES, Kind
from dinamis_qgis.core.change.grid import Array, Grid, common_grid
from dinamis_qgis.core.change.polygons import Patch, changed_patches, total_ha
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

PREVIEW = 800_000
"""Pixels of the picture that follows the slider."""
LEAST = 120
"""Lowest height of the panel, pixels."""
SHOWN = 200
"""Areas in the list."""


class DifferencePanel(DifferenceForm):
    """Lies on the canvas, right. ``leave()`` takes it and what it shows away.

    ``patches`` is None until the areas at this threshold and smallest area are counted;
    ``recounted`` is emitted whenever ``counting`` may have changed, ``escaped`` when Esc asks to
    close the panel.
    """

    recounted = pyqtSignal()
    escaped = pyqtSignal()

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison.canvas)
        self.offer(bands_of(comparison))
        self._comparison = comparison
        self._folder = Path(tempfile.mkdtemp(prefix="dinamis-change-"))
        self._job: tasks.Job | None = None
        self._counting: tasks.Job | None = None
        self._preview: tuple[Grid, Array] | None = None
        self.change: DetectedChange | None = None
        self.patches: tuple[Patch, ...] | None = None
        self._top = 60
        self.go.clicked.connect(self.detect)
        self.kinds.currentIndexChanged.connect(self._kind_chosen)
        self.threshold.valueChanged.connect(self._slid)
        self.auto.clicked.connect(self.automatic)
        self.unit.valueChanged.connect(self._recount)
        self.areas.itemActivated.connect(self._go_to)
        self.areas.itemChanged.connect(self._ticked)
        self._left_out: set[int] = set()
        """Ranks of the areas that a person has unticked."""
        self.export_button.clicked.connect(self._export)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(350)
        self._later.timeout.connect(self._count)
        self._kind_chosen()
        self._sides = comparison.sides
        comparison.changed.connect(self._other_scenes)
        comparison.canvas.installEventFilter(self)
        self._show_state()

    # what is chosen

    @property
    def kind(self) -> Kind:
        """What is looked for."""
        return Kind(self.kinds.currentData())

    def choose(self, kind: Kind) -> None:
        """Look for something else."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind.value)))

    def _kind_chosen(self) -> None:
        self.unit.setValue(SCALES[self.kind].mapping_unit)
        if self.change is not None and self.change.kind is not self.kind:
            self._forget()
            self._show_state()

    def value(self) -> float:
        """The threshold."""
        scale = SCALES[self.kind]
        return scale.lowest + (scale.highest - scale.lowest) * self.threshold.value() / STEPS

    def automatic(self) -> None:
        """Back to the proposal."""
        if self.change is not None:
            scale = SCALES[self.change.kind]
            self.threshold.setValue(
                round(
                    (self.change.threshold - scale.lowest) / (scale.highest - scale.lowest) * STEPS
                )
            )
            self._slid()

    # detecting

    def detect(self) -> None:
        """Look for changes in the background; again while it runs: give up."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self._show_state()
            return
        sides = self._comparison.sides
        if sides is None or sides[0].scene is None or sides[1].scene is None:
            return
        first, second, kind, folder = sides[0].scene, sides[1].scene, self.kind, self._folder
        area = self._comparison.area() if self.where.currentData() == "view" else None
        pixels = max(1, self._comparison.canvas.width() * self._comparison.canvas.height())
        self._forget()

        def work(job: tasks.Job) -> tuple[DetectedChange, tuple[Grid, Array]]:
            step = None
            if area is not None:
                grid = common_grid(first, second, area=area)
                step = max(grid.step, grid.step * math.sqrt(grid.pixels / pixels))
            found = detect_change(
                first, second, kind, folder, step, area, True, job.cancel, job.progress
            )
            return found, found.preview(PREVIEW)

        self._job = tasks.run(
            work,
            done=self._found,
            failed=self._failed,
            progressed=self._progressed,
            parent=self,
            title="change",
        )
        self._show_state()

    def _progressed(self, share: float, _: str) -> None:
        self.progress.setRange(0, 100)
        self.progress.setValue(round(100 * share))

    def _failed(self, error: DinamisError) -> None:
        self._job = None
        self._show_state()
        messages.show(error)

    def _found(self, result: tuple[DetectedChange, tuple[Grid, Array]]) -> None:
        self._job = None
        self.change, self._preview = result
        self.automatic()
        self._show_state()

    # the threshold

    def _slid(self) -> None:
        """At once: the picture and the ground changed; the areas follow when the slider rests."""
        if self.change is None or self._preview is None:
            return
        grid, scores = self._preview
        image = paint_scores(scores, self.value(), self.change.kind)
        self._comparison.lay(ComparisonOverlay(image, grid_corners(grid, self._comparison.canvas)))
        self._recount()

    def _recount(self) -> None:
        """What was counted is of another threshold or smallest area: nothing of it stays to be
        clicked.
        """
        self._stop_counting()
        if self.change is not None:
            self._later.start()
        self._summarise()
        self.recounted.emit()

    def _stop_counting(self) -> None:
        self._later.stop()
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        self.patches = None
        self.areas.clear()
        self.export_button.setEnabled(False)

    def _count(self) -> None:
        """The areas, in the background."""
        if self.change is None or self._job is not None:
            return
        change, threshold, unit = self.change, self.value(), self.unit.value()
        self._counting = tasks.run(
            lambda job: tuple(changed_patches(change, threshold, unit, job.cancel)),
            done=self._counted, failed=self._not_counted, parent=self, title="areas",
        )  # fmt: skip

    def _counted(self, found: tuple[Patch, ...]) -> None:
        self._counting = None
        self.patches = found
        self._left_out.clear()
        self._summarise()
        for rank, patch in enumerate(found[:SHOWN], 1):
            sign = (
                {1: " +", -1: " −"}[patch.sense]
                if self.change and SCALES[self.change.kind].signed
                else ""
            )
            item = QListWidgetItem(f"{rank}.{sign} {format_hectares(patch.area_ha)}")
            item.setData(Qt.ItemDataRole.UserRole, rank - 1)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.areas.addItem(item)
        self.export_button.setEnabled(bool(found))
        self.recounted.emit()

    def _not_counted(self, error: DinamisError) -> None:
        self._counting = None
        messages.show(error)
        self.recounted.emit()

    def ready(self) -> bool:
        """Nothing is being computed."""
        return self._job is None and not self.counting

    @property
    def counting(self) -> bool:
        """The areas are on their way."""
        return self._counting is not None or self._later.isActive()

    def measured(self) -> Measured | None:
        """What has been measured, once the areas are there."""
        if self.change is None or self.patches is None:
            return None
        return Measured(self.change.kind, self.change, self.value(), self.unit.value(), self.kept())

    def kept(self) -> tuple[Patch, ...]:
        """The areas that a person has not unticked."""
        return tuple(
            patch for rank, patch in enumerate(self.patches or ()) if rank not in self._left_out
        )

    def _ticked(self, item: QListWidgetItem) -> None:
        """An area counts, or does not."""
        rank = int(item.data(Qt.ItemDataRole.UserRole))
        if item.checkState() == Qt.CheckState.Checked:
            self._left_out.discard(rank)
        else:
            self._left_out.add(rank)
        self._summarise()
        self.export_button.setEnabled(bool(self.kept()))

    def _summarise(self) -> None:
        change = self.change
        said = (
            []
            if change is None
            else [self._amount(change), *([unsure_text()] if change.unsure else [])]
        )
        self.summary.setText("\n".join(said))
        self.seen.setVisible(change is not None)
        if change is not None:
            seen = ("⚠ " if change.hidden else "") + seen_text(change, format_hectares)
            if round(100 * change.seen_share) < 100:
                seen += " · " + tr("hatched: not seen")
            self.seen.setText(seen)
        self.place(self._top)

    def _amount(self, change: DetectedChange) -> str:
        if self.patches is None:
            return tr("About {area} above the threshold").format(
                area=format_hectares(change.changed_ha(self.value()))
            )
        if not self.patches:
            return tr("No area of at least {area}").format(area=format_hectares(self.unit.value()))
        kept = self.kept()
        least = is_least(change, kept)
        total = tr("{area} in all").format(area=format_amount(total_ha(kept), least))
        return "\n".join(
            [f"{tr('%n area(s)', n=len(kept))} · {total}", border_text(change, kept, self.value())]
        )

    # areas

    def _go_to(self, item: QListWidgetItem) -> None:
        """Centre the map on an area."""
        if self.change is not None and self.patches is not None:
            patch = self.patches[item.data(Qt.ItemDataRole.UserRole)]
            centre_on(self._comparison.canvas, patch.wkb, self.change.grid.wkt)

    def _export(self) -> None:
        path = ask_file(self, tr("Export the changed areas"), "", {".gpkg": "GeoPackage"})
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path, done: Callable[[Path], None] | None = None) -> None:
        """Write the areas, in the background; offers to add them to the map."""
        measured, facts = self.measured(), self._comparison.facts()
        if measured is not None and facts is not None:
            export_areas(measured, facts, path, self, done)

    # the rest

    def _other_scenes(self) -> None:
        """Other scenes are compared: what was measured is not theirs."""
        if self._comparison.sides is not self._sides:
            self._sides = self._comparison.sides
            if self._job is not None:
                self._job.stop()
                self._job = None
            self._forget()
            before = self.kind
            self.kinds.blockSignals(True)  # rows that come and go are no choice of the person's
            self.offer(bands_of(self._comparison))
            self.kinds.blockSignals(False)
            if self.kind is not before:
                self._kind_chosen()
            self._show_state()

    def _forget(self) -> None:
        if self.change is not None:
            self.change.discard()
        self.change, self._preview = None, None
        self._comparison.lay(None)
        self._stop_counting()
        self.recounted.emit()

    def _show_state(self) -> None:
        running = self._job is not None
        self.go.setText(tr("Cancel") if running else tr("Detect"))
        self.progress.setVisible(running)
        if not running:
            self.progress.setRange(0, 0)
        for widget in (self.kinds, self.where):
            widget.setEnabled(not running)
        known: Sequence[Any] = (self.threshold, self.auto, self.areas)
        for widget in known:
            widget.setEnabled(self.change is not None)
        self.export_button.setEnabled(bool(self.patches))
        self._summarise()

    def place(self, top: int) -> None:
        """Right of the canvas, below ``top``."""
        self._top = top
        canvas = self._comparison.canvas
        width = min(340, canvas.width() - 16)
        self.setGeometry(
            canvas.width() - width - 8,
            top,
            width,
            self.fit(width, max(LEAST, canvas.height() - top - 8)),
        )
        self.raise_()

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Follows the canvas's size."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self.place(self._top)
        return False

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Off the canvas, with the picture of changes and the files behind it."""
        for job in (self._job, self._counting):
            if job is not None:
                job.stop()
        self._comparison.canvas.removeEventFilter(self)
        self._comparison.changed.disconnect(self._other_scenes)
        self._sides = None
        self._forget()
        shutil.rmtree(self._folder, ignore_errors=True)
        self.hide()
        self.deleteLater()


def bands_of(comparison: Comparison) -> int:
    """How many bands both images have; 1 while nothing is known."""
    return min((len(side.scene.bands) for side in comparison.sides or () if side.scene), default=1)
