"""« Check my installation » in the window: from the menu to a verdict, and its report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtGui import QGuiApplication

from dinamis_qgis.core.support.checks import CheckVerdict
from dinamis_qgis.gui.installation import InstallationDialog
from tests.support.window import Window, window

SHOTS = os.environ.get("SCREENSHOTS", "")


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
        yield shown


def test_from_the_menu_to_a_report(desk: Window) -> None:
    desk.dock.strip._check()
    dialog = desk.iface.mainWindow().findChild(InstallationDialog) or next(
        iter(desk.dock.window().findChildren(InstallationDialog))
    )
    desk.wait(lambda: dialog._job is None, what="the checks")
    verdicts = {result.id: result.verdict for result in dialog.results}
    assert verdicts["versions"] is verdicts["loopback"] is verdicts["host"] is CheckVerdict.GOOD
    assert verdicts["account"] is CheckVerdict.WARNING, "nobody is signed in"
    assert dialog.table.rowCount() == len(dialog.results) and dialog.first.text()
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "## Checks" in text and str(Path.home()) not in text
    if SHOTS:
        dialog.grab().save(str(Path(SHOTS) / "installation.png"))
    dialog.close()


def test_closed_while_it_checks(desk: Window) -> None:
    dialog = InstallationDialog(desk.context, desk.dock.window())
    job = dialog._job
    dialog.reject()
    desk.wait(lambda: job is None or job.finished, what="the end")


def test_a_report_is_saved_and_opened_by_the_relay(
    desk: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qgis.PyQt.QtWidgets import QFileDialog

    target = tmp_path / "rapport.json"
    monkeypatch.setattr("dinamis_qgis.gui.installation.ask_file", lambda *_: target)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    dialog = InstallationDialog(desk.context, desk.dock.window())
    dialog.show()
    desk.wait(lambda: dialog._job is None, what="the checks")
    dialog._save()
    desk.wait(target.is_file, what="the file")
    assert str(Path.home()) not in target.read_text()
    count = dialog.table.rowCount()
    dialog._open()
    desk.wait(lambda: dialog._partner is not None, what="the report")
    assert dialog.table.rowCount() == count and "likely cause" in dialog.answer.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.answer.toPlainText()
    if SHOTS:
        dialog.grab().save(str(Path(SHOTS) / "installation-partner.png"))
    dialog.close()
