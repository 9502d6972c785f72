"""A trainer's table of what the trainees did: their result files, dropped or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks, translation
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.exercises.read import exercises_folder, list_exercises
from dinamis_qgis.core.exercises.results import (
    ExerciseResult,
    format_results_table,
    read_result,
)
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import ButtonRow, Notice, make_button, text_label

MOST_FILES = 500


class ExerciseResultsDialog(QDialog):
    """``add_files(paths)`` reads result files; those that are none are named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exerciseResultsDialog")
        self.setWindowTitle(tr("Results of the trainees"))
        self.setAcceptDrops(True)
        self._results: dict[Path, ExerciseResult] = {}
        language = translation.interface_locale()
        self._titles = {
            exercise.id: exercise.title.in_language(language)
            for exercise in list_exercises(exercises_folder())[0]
        }
        layout = QVBoxLayout(self)
        layout.addWidget(text_label(tr("Drop the trainees’ result files here."), quiet=True))
        headers = [
            tr("Name"),
            tr("Exercise"),
            tr("Steps passed"),
            tr("Hints"),
            tr("Done for them"),
            tr("Minutes"),
        ]
        self.table = QTableWidget(0, len(headers))
        self.table.setObjectName("exerciseResultsTable")
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels(headers)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.notice = Notice()
        choose = make_button(tr("Add files…"), self._choose, "addResultsButton")
        self.export = make_button(tr("Export as CSV…"), self._export, "exportResultsButton")
        self.export.setEnabled(False)
        for widget in (self.table, self.notice, ButtonRow([choose, self.export])):
            layout.addWidget(widget)
        self.resize(620, 380)

    def results(self) -> list[ExerciseResult]:
        """What is in the table, in its order."""
        return sorted(self._results.values(), key=lambda found: (found.name, found.exercise))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read these files in the background and show them with those that are there."""
        wanted = list(paths)[:MOST_FILES]

        def work(job: tasks.Job) -> tuple[dict[Path, ExerciseResult], list[str]]:
            found: dict[Path, ExerciseResult] = {}
            refused = []
            for path in wanted:
                job.cancel.check()
                try:
                    found[path] = read_result(path)
                except DinamisError as error:
                    refused.append(error.message)
            return found, refused

        tasks.run(work, done=self._show_read, parent=self, title="exercise results")

    def _show_read(self, read: tuple[dict[Path, ExerciseResult], list[str]]) -> None:
        found, refused = read
        self._results.update(found)
        self.notice.hide()
        if refused:
            more = len(refused) - 3
            said = "\n".join(refused[:3])
            self.notice.show_notice(
                said + ("\n" + tr("and %n more file(s).", n=more) if more > 0 else "")
            )
        rows = self.results()
        self.table.setRowCount(len(rows))
        for row, result in enumerate(rows):
            values = (
                result.name or "–",
                self._titles.get(result.exercise, result.exercise),
                f"{result.passed}/{result.steps}",
                str(result.hints),
                str(result.done_for_me),
                f"{result.minutes:g}",
            )
            for column, value in enumerate(values):
                self.table.setItem(row, column, QTableWidgetItem(value))
        self.table.resizeColumnsToContents()
        self.export.setEnabled(bool(rows))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Result files"), "", "JSON (*.json)")
        self.add_files([Path(name) for name in names])

    def _export(self) -> None:
        path = ask_file(self, self.windowTitle(), "", {".csv": "CSV"})
        if path is None:
            return
        table = format_results_table(self.results())
        tasks.run(
            lambda job: write_whole(path, table),
            done=lambda _: messages.success(tr("The table is written.")),
            parent=self,
            title="exercise results",
        )

    @contain_faults()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt)
        """Files may be dropped."""
        if dropped_files(event):
            event.acceptProposedAction()

    @contain_faults()
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt)
        """Add what was dropped."""
        event.acceptProposedAction()
        self.add_files(dropped_files(event))


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local JSON files of a drop."""
    data = event.mimeData()
    urls = data.urls() if data is not None and data.hasUrls() else []
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ".json"]


def show_results(parent: QWidget, paths: Sequence[Path] = ()) -> ExerciseResultsDialog:
    """Open the table, with these files."""
    dialog = ExerciseResultsDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    if paths:
        dialog.add_files(paths)
    return dialog
