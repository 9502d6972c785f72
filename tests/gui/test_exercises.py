"""Guided exercises, each played from end to end in the plugin's window: first wrong, then right."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsLayoutItemLabel, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from dinamis_qgis.bridge.exercises.actions import ACTIONS, perform_action
from dinamis_qgis.bridge.exercises.state import CHECKS, is_state_reached
from dinamis_qgis.core.exercises.model import Deed, Exercise
from dinamis_qgis.core.exercises.read import exercises_folder, list_exercises, load_schema
from tests.support.window import Window, window

SHOTS = os.environ.get("SCREENSHOTS", "")
EXERCISES = list_exercises(exercises_folder())[0]


@pytest.fixture
def desk(
    service: Any,
    iface: Any,
    wait_until: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Window]:
    with window(iface, wait_until, str(service.profile_path), tmp_path, monkeypatch) as shown:
        shown.wait(lambda: shown.context.profile, what="the profile")
        shown.wait(lambda: shown.dock.strip.exercises_action.isVisible(), what="the menu's entry")
        shown.dock.strip.exercises_action.trigger()
        yield shown


def shoot(desk: Window, name: str) -> None:
    if SHOTS:
        desk.dock.grab().save(str(Path(SHOTS) / f"exercise-{name}.png"))


def begin(desk: Window, exercise: Exercise) -> Any:
    QgsProject.instance().setDirty(False)
    panel = desk.dock.exercises
    names = [panel.list.item(row).text() for row in range(panel.list.count())]
    row = next(
        n for n, text in enumerate(names) if exercise.title.in_language(panel._language) in text
    )
    panel.list.setCurrentRow(row)
    desk.click("beginExerciseButton")
    assert panel.progress is not None and panel.progress.exercise.id == exercise.id
    return panel


def frames(desk: Window) -> list[QWidget]:
    return list(desk.iface.mainWindow().findChildren(QWidget, "exerciseTargetFrame"))


def play_step(desk: Window, panel: Any) -> None:
    """Wrong twice, a hint each time; then by *Do it for me*, and right."""
    progress, step, position = panel.progress, panel.progress.step, panel.progress.position
    for hint in step.hints:
        desk.click("checkStepButton")
        assert progress.position == position, f"{step.title.en}: passed before it was done"
        assert hint.in_language(panel._language) in panel.notice.label.text()
    shoot(desk, f"{progress.exercise.id}-{position}")
    desk.click("doStepButton")
    desk.wait(
        lambda: is_state_reached(desk.context, step.check), 60, f"the state of {step.title.en}"
    )
    desk.click("checkStepButton")
    assert progress.position == position + 1
    record = progress.records[position]
    assert (record.passed, record.failures, record.hints, record.done_for_me) == (True, 2, 2, True)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda found: found.id)
def test_is_played_from_end_to_end(desk: Window, exercise: Exercise) -> None:
    if desk.context.account is not None:
        desk.dock.strip.sign_out()
        desk.wait(lambda: desk.context.account is None, what="signed out")
    panel = begin(desk, exercise)
    while not panel.progress.finished:
        play_step(desk, panel)
    assert panel.check_button.isHidden() and panel.text.text()
    assert not frames(desk)
    shoot(desk, f"{exercise.id}-end")
    desk.click("closeExercisesButton")
    assert not desk.layers() and panel.progress is None


def test_the_target_is_lit_and_nothing_is_left_behind(desk: Window) -> None:
    panel = begin(desk, next(e for e in EXERCISES if e.id == "first-image"))
    desk.wait(lambda: frames(desk), what="the frame")
    frame = frames(desk)[0]
    assert frame.parent() is desk.iface.mapCanvas()
    desk.iface.mapCanvas().resize(500, 400)
    assert frame.size() == desk.iface.mapCanvas().size()
    panel.progress.restart_at(2)
    panel._show_step()
    desk.wait(lambda: [f.parent() for f in frames(desk)] == [desk.find("searchButton")])
    desk.tab("downloads")
    desk.wait(lambda: not frames(desk), what="no frame on a tab that is hidden")
    desk.tab("search")
    desk.wait(lambda: frames(desk), what="the frame again")
    panel.close_panel()
    assert not frames(desk) and desk.find("exercisesPanel") is None


def test_back_and_start_again(desk: Window) -> None:
    panel = begin(desk, next(e for e in EXERCISES if e.id == "first-image"))
    desk.click("doStepButton")
    desk.click("checkStepButton")
    assert panel.progress.position == 1
    desk.click("backStepButton")
    assert panel.progress.position == 0
    desk.click("checkStepButton")
    assert panel.progress.position == 1, "the map is still there"
    desk.click("restartExerciseButton")
    desk.click("checkStepButton")
    assert panel.progress.position == 0, "an empty project over the whole country"


@pytest.mark.parametrize("answer", ["Cancel", "Discard"])
def test_nobodys_work_is_touched(
    desk: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    path = tmp_path / "mine.qgs"
    QgsProject.instance().setTitle("mine")
    assert QgsProject.instance().write(str(path))
    QgsProject.instance().setDirty(True)
    chosen = getattr(QMessageBox.StandardButton, answer)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: chosen)
    panel = desk.dock.exercises
    desk.click("beginExerciseButton")
    if answer == "Cancel":
        assert panel.progress is None and QgsProject.instance().title() == "mine"
        return
    assert panel.progress is not None and QgsProject.instance().fileName() == ""
    desk.click("closeExercisesButton")
    assert QgsProject.instance().title() == "mine"
    assert Path(QgsProject.instance().fileName()) == path


def test_an_action_out_of_turn_says_so(desk: Window) -> None:
    panel = begin(desk, next(e for e in EXERCISES if e.id == "first-image"))
    panel.progress.restart_at(4)
    panel._show_step()
    desk.click("doStepButton")
    assert panel.notice.label.text()
    assert not panel.progress.records[4].done_for_me


def test_the_schema_names_what_there_is() -> None:
    definitions = load_schema()["definitions"]
    assert set(definitions["checks"]) == set(CHECKS)
    assert set(definitions["actions"]) == set(ACTIONS)


def test_fits_a_narrow_dock(desk: Window) -> None:
    panel = desk.dock.exercises
    assert panel.minimumSizeHint().width() <= 300
    begin(desk, EXERCISES[0])
    assert panel.minimumSizeHint().width() <= 300
    fold = desk.dock._fold
    desk.click("checkStepButton")
    desk.wait(
        lambda: fold.verticalScrollBar().maximum() == 0, what="a step that needs no scrolling"
    )


def test_a_result_is_saved_and_seen_in_the_trainers_table(
    desk: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = begin(desk, EXERCISES[0])
    while not panel.progress.finished:
        panel.progress.note_check(True)
    panel._show_step()
    path, table = tmp_path / "mine.json", tmp_path / "table.csv"
    monkeypatch.setattr("dinamis_qgis.gui.exercises.panel.ask_file", lambda *_: path)
    desk.find("traineeName").setText("=Émilie")
    desk.click("saveResultButton")
    desk.wait(path.is_file, what="the result file")
    (tmp_path / "other.json").write_text("{}", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in (path, tmp_path / "other.json")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(drop)
    desk.wait(lambda: desk.find("exerciseResultsTable").rowCount() == 1, what="the table")
    shown = desk.find("exerciseResultsTable")
    assert [shown.item(0, column).text() for column in range(3)] == [
        "=Émilie",
        EXERCISES[0].title.in_language(panel._language),
        f"{len(EXERCISES[0].steps)}/{len(EXERCISES[0].steps)}",
    ]
    assert "other.json" in desk.find("exerciseResultsDialog").notice.label.text()
    monkeypatch.setattr("dinamis_qgis.gui.exercises.results_dialog.ask_file", lambda *_: table)
    desk.click("exportResultsButton")
    desk.wait(table.is_file, what="the exported table")
    assert "'=Émilie" in table.read_text("utf-8-sig")
    desk.find("exerciseResultsDialog").close()


def test_a_layout_without_the_credit_does_not_pass(desk: Window) -> None:
    begin(desk, next(e for e in EXERCISES if e.id == "sharp-layout"))
    layer = QgsRasterLayer("", "image", "gdal")
    for name, value in (("item", "x"), ("credit", "© CNES 2025")):
        layer.setCustomProperty(f"dinamis/{name}", value)
    QgsProject.instance().addMapLayer(layer)
    check = Deed("layout_has_credit", {})
    perform_action(desk.context, Deed("make_layout", {}))
    assert is_state_reached(desk.context, check)
    layout = QgsProject.instance().layoutManager().printLayouts()[0]
    label = next(item for item in layout.items() if isinstance(item, QgsLayoutItemLabel))
    label.setText("© CNES")
    assert not is_state_reached(desk.context, check)
    label.setText("Image : © CNES 2025")
    assert is_state_reached(desk.context, check)
