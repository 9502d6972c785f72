"""Asks what a sheet or an animation needs, then has it made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
)

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.sheet import PAGES
from dinamis_qgis.compare.animation import Animator, can_make_video
from dinamis_qgis.compare.measured import Measured
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.sheet_make import Maker, sheet_of
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr


class SheetDialog(QDialog):
    """Title, page, author, entity and file, filled in; Enter makes the sheet."""

    def __init__(self, comparison: Comparison, measured: Measured | None) -> None:
        super().__init__(comparison.canvas.window())
        self.setWindowTitle(tr("Comparison sheet"))
        self.sheet = sheet_of(comparison, measured)
        form = QFormLayout()
        self.title = QLineEdit(self.sheet.title)
        self.page = QComboBox()
        self.page.addItems(list(PAGES))
        self.author, self.entity = QLineEdit(self.sheet.author), QLineEdit(self.sheet.entity)
        self.file = _file_widget("PDF (*.pdf)", tr("comparison") + ".pdf")
        for label, widget in (
            (tr("Title"), self.title), (tr("Page"), self.page), (tr("Author"), self.author), (tr("Organisation"), self.entity),
            (tr("File (PDF; PNG beside it)"), self.file),
        ):  # fmt: skip
            form.addRow(label, widget)
        _finish(self, form, tr("Make the sheet"))

    def chosen(self) -> Any:
        """The sheet as filled in."""
        return replace(
            self.sheet, title=self.title.text().strip() or self.sheet.title, page=self.page.currentText(),
            author=self.author.text().strip(), entity=self.entity.text().strip(),
        )  # fmt: skip


def ask_sheet(comparison: Comparison, measured: Measured | None) -> None:
    """Make a sheet of what is compared; the bar tells when it is there."""
    try:
        dialog = SheetDialog(comparison, measured)
    except DinamisError as error:
        messages.show(error)
        return
    if dialog.exec():
        make_sheet(comparison, dialog.chosen(), Path(dialog.file.filePath()), measured)


def make_sheet(comparison: Comparison, sheet: Any, target: Path, measured: Measured | None) -> Maker:
    """In the background, told in the message bar."""

    def done(paths: list[Path]) -> None:
        messages.success(
            tr("The comparison sheet is ready; it is also among the project's layouts."),
            (tr("Open the PDF"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0])))),
            (tr("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0].parent)))),
        )

    return Maker(comparison, sheet, target, measured, done, messages.show)


class AnimationDialog(QDialog):
    """Seconds a date and file."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison.canvas.window())
        self.setWindowTitle(tr("Animation of the dates"))
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0.2, 10)
        self.seconds.setValue(1.5)
        self.seconds.setSuffix(" s")
        kinds = "GIF (*.gif);;MP4 (*.mp4)" if can_make_video() else "GIF (*.gif)"
        self.file = _file_widget(kinds, tr("comparison") + ".gif")
        form = QFormLayout()
        form.addRow(tr("Each date is shown for"), self.seconds)
        form.addRow(tr("File"), self.file)
        _finish(self, form, tr("Make the animation"))


def ask_animation(comparison: Comparison) -> None:
    """Make an animation of the dates over the view."""
    dialog = AnimationDialog(comparison)
    if not dialog.exec():
        return

    def done(path: Path) -> None:
        messages.success(
            tr("The animation is ready."), (tr("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        )

    Animator(comparison, Path(dialog.file.filePath()), dialog.seconds.value(), done, messages.show)


def _file_widget(kinds: str, name: str) -> QgsFileWidget:
    widget = QgsFileWidget()
    widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
    widget.setFilter(kinds)
    folder = QgsProject.instance().homePath() or str(Path.home())
    widget.setFilePath(str(Path(folder) / name))
    return widget


def _finish(dialog: QDialog, form: QFormLayout, go: str) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setText(go)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    rows = QVBoxLayout(dialog)
    rows.addLayout(form)
    rows.addWidget(buttons)
    dialog.resize(620, dialog.sizeHint().height())
