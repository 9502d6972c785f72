"""Guided exercises in the dock: the list, then one step after the other."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timezone
from typing import Any

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QProgressBar,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks, translation
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.exercises.actions import perform_action
from dinamis_qgis.bridge.exercises.own_project import ExerciseProject
from dinamis_qgis.bridge.exercises.state import find_widget, is_state_reached
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.exercises.model import Exercise
from dinamis_qgis.core.exercises.progress import ExerciseProgress
from dinamis_qgis.core.exercises.read import exercises_folder, list_exercises
from dinamis_qgis.core.exercises.results import write_result
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.exercises.results_dialog import dropped_files, show_results
from dinamis_qgis.gui.exercises.target_frame import TargetFrame, is_alive
from dinamis_qgis.gui.widgets.widgets import GREEN, ButtonRow, Notice, make_button, text_label

LOOK_MS = 300
"""How often the step's widget is looked for: it may be in a tab that is not open yet."""


class ExercisesPanel(QFrame):
    """``ExercisesPanel(context)``: shows the list; ``begin(exercise)`` shows its first step."""

    closed = pyqtSignal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exercisesPanel")
        self.setAccessibleName(tr("Guided exercises"))
        self._context = context
        self._project = ExerciseProject(context)
        self._language = translation.interface_locale()
        self.progress: ExerciseProgress | None = None
        self.frame: TargetFrame | None = None
        self.setAcceptDrops(True)
        self._make_widgets()
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._light_target)
        context.profile_changed.connect(self.close_panel)
        context.closing.connect(self._stop)
        help_key(self, lambda: "training")
        self.show_list()

    # making
    # ------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(self._make_head())
        self._make_fields()
        self._make_buttons()
        self._make_progress_row()
        for widget in (
            self.list,
            self.second_row,
            self.text,
            self.notice,
            self.name,
            self.first_row,
        ):
            layout.addWidget(widget)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        self.title = text_label()
        self.title.setObjectName("exerciseTitle")
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.close_button = self._tool(
            "closeExercisesButton",
            QStyle.StandardPixmap.SP_TitleBarCloseButton,
            tr("Close the exercises; the project before comes back"),
            self.close_panel,
        )
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_fields(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("exercisesList")
        self.list.setAccessibleName(tr("Exercises"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self._begin_item(item))
        self.list.currentItemChanged.connect(lambda *_: self._show_summary())
        self.text = text_label()
        self.text.setObjectName("exerciseText")
        self.notice = Notice()
        self.name = QLineEdit()
        self.name.setObjectName("traineeName")
        self.name.setMaxLength(100)
        self.name.setPlaceholderText(tr("Your name (optional)"))
        self.name.setAccessibleName(self.name.placeholderText())

    def _make_buttons(self) -> None:
        self.begin_button = make_button(tr("Begin"), self._begin_current, "beginExerciseButton")
        self.check_button = make_button(tr("Check"), self.check_step, "checkStepButton")
        self.do_button = make_button(tr("Do it for me"), self.do_step, "doStepButton")
        self.save_button = make_button(tr("Save my result…"), self.save_result, "saveResultButton")
        self.results_button = make_button(
            tr("Results of the trainees…"),
            self._show_results,
            "traineeResultsButton",
            tr("For trainers: the trainees’ result files as one table"),
        )
        self.first_row = ButtonRow(
            [
                self.begin_button,
                self.results_button,
                self.check_button,
                self.do_button,
                self.save_button,
            ]
        )

    def _make_progress_row(self) -> None:
        self.bar = QProgressBar()
        self.bar.setObjectName("exerciseProgress")
        self.bar.setMaximumHeight(6)
        self.bar.setTextVisible(False)
        self.second_row = QWidget()
        row = QHBoxLayout(self.second_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.bar, 1)
        pixmaps = QStyle.StandardPixmap
        self.back_button = self._tool(
            "backStepButton", pixmaps.SP_ArrowBack, tr("Back to the step before"), self.go_back
        )
        self.restart_button = self._tool(
            "restartExerciseButton",
            pixmaps.SP_BrowserReload,
            tr("Start this exercise again"),
            self.restart,
        )
        self.list_button = self._tool(
            "exercisesListButton",
            pixmaps.SP_FileDialogListView,
            tr("Other exercises"),
            self.show_list,
        )
        for tool in (self.back_button, self.restart_button, self.list_button):
            row.addWidget(tool)

    def _tool(
        self,
        name: str,
        icon: QStyle.StandardPixmap,
        text: str,
        action: Callable[[], None],
    ) -> QToolButton:
        found = QToolButton()
        found.setObjectName(name)
        found.setIcon(self.style().standardIcon(icon))
        found.setAutoRaise(True)
        found.setToolTip(text)
        found.setAccessibleName(text)
        found.clicked.connect(lambda *_: action())
        return found

    # the list
    # ------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """All exercises; one that was begun is left."""
        self._leave()
        self.title.setText(tr("Guided exercises"))
        found, refused = list_exercises(exercises_folder())
        self.list.clear()
        for exercise in found:
            text = exercise.title.in_language(self._language)
            item = QListWidgetItem(
                tr("{title} ({minutes} min)").format(title=text, minutes=exercise.minutes)
            )
            item.setData(Qt.ItemDataRole.UserRole, exercise)
            item.setToolTip(as_plain(item.text()))
            self.list.addItem(item)
        rows = max(1, min(6, len(found)))
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) + 1) + 6)
        if refused:
            messages.log(f"exercises not valid: {', '.join(refused)}")
        self.list.setCurrentRow(0)
        self._show_parts(stepping=False)

    def _show_summary(self) -> None:
        item = self.list.currentItem()
        exercise = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.text.setText(exercise.summary.in_language(self._language) if exercise else "")
        self.begin_button.setEnabled(exercise is not None)

    def _begin_current(self) -> None:
        self._begin_item(self.list.currentItem())

    def _begin_item(self, item: Any) -> None:
        if item is not None:
            self.begin(item.data(Qt.ItemDataRole.UserRole))

    # an exercise
    # ------------------------------------------------------------------------------------------

    def begin(self, exercise: Exercise) -> None:
        """The first step, in a project of its own; what is open is saved first if wanted."""
        if self._project.has_unsaved_work and not self._ask_to_save():
            return
        try:
            self._project.begin()
        except DinamisError as error:
            messages.show(error)
            return
        self.progress = ExerciseProgress(exercise)
        self._show_step()

    def _ask_to_save(self) -> bool:
        """Whether the open project may be left."""
        kinds = QMessageBox.StandardButton
        box = QMessageBox(self.window())
        box.setObjectName("saveBeforeExerciseBox")
        box.setWindowTitle(tr("Guided exercises"))
        box.setText(
            tr(
                "The exercise opens a project of its own. Your project has changes that are not "
                "saved."
            )
        )
        box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
        box.button(kinds.Save).setText(tr("Save and begin"))
        box.button(kinds.Discard).setText(tr("Begin without saving"))
        box.button(kinds.Cancel).setText(tr("Cancel"))
        chosen = box.exec()
        box.deleteLater()
        if chosen == kinds.Save:
            return self._project.save_work()
        return bool(chosen == kinds.Discard)

    def check_step(self) -> None:
        """Look at the state of QGIS: the next step, or a hint."""
        progress = self.progress
        if progress is None or progress.step is None:
            return
        passed = is_state_reached(self._context, progress.step.check)
        progress.note_check(passed)
        if passed:
            self._show_step()
            return
        hint = progress.hint()
        self.notice.show_notice(
            tr("Not yet.") + (f" {hint.in_language(self._language)}" if hint else "")
        )

    def do_step(self) -> None:
        """Make the gesture in place of the trainee."""
        progress = self.progress
        if progress is None or progress.step is None or progress.step.action is None:
            return
        try:
            perform_action(self._context, progress.step.action)
        except DinamisError as error:
            self.notice.show_notice(error.sentence())
            return
        progress.note_done_for_me()
        self.notice.show_notice(
            tr("Done for you. Look at what has changed, then check."), (), GREEN
        )

    def go_back(self) -> None:
        """The step before."""
        if self.progress is not None:
            self.progress.go_back()
            self._show_step()

    def restart(self) -> None:
        """The first step again, in an empty project."""
        if self.progress is not None:
            self.begin(self.progress.exercise)

    def _show_step(self) -> None:
        progress = self.progress
        if progress is None:
            return
        count = len(progress.exercise.steps)
        self.notice.hide()
        self.bar.setRange(0, count)
        self.bar.setValue(progress.position)
        self._remove_frame()
        self._show_parts(stepping=True)
        if progress.step is None:
            self._show_end(progress)
            return
        self.title.setText(
            tr("{number}/{count} · {title}").format(
                number=progress.position + 1,
                count=count,
                title=progress.step.title.in_language(self._language),
            )
        )
        self.text.setText(progress.step.text.in_language(self._language))
        self.bar.setAccessibleName(self.title.text())
        self._looking.start()
        self._light_target()

    def _show_end(self, progress: ExerciseProgress) -> None:
        self._looking.stop()
        self.title.setText(progress.exercise.title.in_language(self._language))
        hints = sum(record.hints for record in progress.records)
        self.text.setText(
            tr("Well done: every step is there.")
            + " "
            + (tr("%n hint(s) used.", n=hints) if hints else tr("No hint was needed."))
        )

    def _show_parts(self, *, stepping: bool) -> None:
        """The buttons and fields of the list, of a step or of the end."""
        step = self.progress.step if self.progress is not None else None
        self.list.setVisible(not stepping)
        self.begin_button.setVisible(not stepping)
        self.results_button.setVisible(not stepping)
        self.name.setVisible(stepping and step is None)
        self.save_button.setVisible(stepping and step is None)
        self.second_row.setVisible(stepping)
        self.check_button.setVisible(step is not None)
        self.do_button.setVisible(step is not None and step.action is not None)
        self.back_button.setEnabled(self.progress is not None and self.progress.position > 0)
        self.check_button.setDefault(stepping)
        self.updateGeometry()

    # results
    # ------------------------------------------------------------------------------------------

    def save_result(self) -> None:
        """Ask where, and write the result file; the name is in it only if one was typed."""
        if self.progress is None:
            return
        offered = f"{self.progress.exercise.id}.json"
        path = ask_file(self, tr("Save my result"), offered, {".json": "JSON"})
        if path is None:
            return
        progress, name = deepcopy(self.progress), self.name.text()
        ended = datetime.now(timezone.utc)
        tasks.run(
            lambda job: write_result(path, progress, name, ended),
            done=lambda _: self.notice.show_notice(
                tr("Your result is written. Give the file to your trainer."), (), GREEN
            ),
            parent=self,
            title="exercise result",
        )

    def _show_results(self) -> None:
        show_results(self.window())

    @contain_faults()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt)
        """Result files may be dropped."""
        if dropped_files(event):
            event.acceptProposedAction()

    @contain_faults()
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt)
        """Show the results that were dropped."""
        event.acceptProposedAction()
        show_results(self.window(), dropped_files(event))

    # the target
    # ------------------------------------------------------------------------------------------

    def _light_target(self) -> None:
        step = self.progress.step if self.progress is not None else None
        target = self._target_of(step.target) if step is not None else None
        frame = self.frame if is_alive(self.frame) else None
        if frame is not None and frame.target is target:
            return
        self._remove_frame()
        if target is not None:
            self.frame = TargetFrame(target)

    def _target_of(self, name: str) -> QWidget | None:
        if name == "map":
            canvas: QWidget = self._context.iface.mapCanvas()
            return canvas
        return find_widget(name) if name else None

    def _remove_frame(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None and is_alive(frame):
            frame.remove()

    # leaving
    # ------------------------------------------------------------------------------------------

    def close_panel(self) -> None:
        """No exercise any more; the project before comes back."""
        self._leave()
        self.closed.emit()

    def _stop(self) -> None:
        """The plugin is unloaded, QGIS perhaps closing: no project is opened any more."""
        self._looking.stop()
        self._remove_frame()

    def _leave(self) -> None:
        self._stop()
        self.notice.hide()
        if self.progress is not None:
            self.progress = None
            self._project.end()
