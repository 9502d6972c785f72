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
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
)

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layouts.sheet import PAGES
from dinamis_qgis.bridge.layouts.video import find_ffmpeg
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.compare.change.result import Measured
from dinamis_qgis.compare.output.animation import Animator, layers_of
from dinamis_qgis.compare.output.sheet import Maker, sheet_of
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.files import unused_path
from dinamis_qgis.core.text import tr

FIELD = 260
"""Pixels that a title or a path needs at least."""


class TargetDialog(QDialog):
    """A form whose last line is the file to make; its button waits for a file name."""

    written: tuple[str, ...] = ()
    """Endings of the files that are made under the chosen name, where there are several."""
    kept_free: tuple[str, ...] = ()
    """Endings that the offered name must not meet either."""

    def __init__(self, comparison: Comparison, title: str, go: str) -> None:
        super().__init__(comparison.canvas.window())
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.file = QgsFileWidget()
        self.file.setMinimumWidth(FIELD)
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.hide()
        self.replaces = QLabel()
        self.replaces.setWordWrap(True)
        self.replaces.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.go = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go.setText(go)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addLayout(self.form)
        rows.addWidget(self.replaces)
        rows.addWidget(self.note)
        rows.addWidget(buttons)
        self.file.fileChanged.connect(self._file_chosen)

    def offer(self, kind: str, stem: str = "") -> None:
        """Files of this kind (``pdf``); ``stem`` in the project's folder, or the name that is there
        already.
        """
        known = Path(self.file.filePath())
        folder = (
            known.parent
            if self.file.filePath()
            else Path(QgsProject.instance().homePath() or str(Path.home()))
        )
        self._kind = kind
        self.file.setFilter(f"{kind.upper()} (*.{kind})")
        self.file.setFilePath(
            str(unused_path(folder, stem or known.stem, kind, *self.written, *self.kept_free))
        )

    def target(self) -> Path:
        """The file, with its ending."""
        said = self.file.filePath().strip()
        return Path(said if said.lower().endswith(f".{self._kind}") else f"{said}.{self._kind}")

    def _file_chosen(self, said: str) -> None:
        path = Path(said.strip())
        usable = bool(path.name) and path.is_absolute()
        self.go.setEnabled(usable)
        target = self.target()
        there = [
            name
            for name in (self._made_of(target) if usable else [])
            if target.with_name(name).exists()
        ]
        self.replaces.setText(
            tr("%n existing file(s) will be replaced: {names}", n=len(there)).format(
                names=", ".join(there)
            )
        )
        self.replaces.setVisible(bool(there))

    def _made_of(self, target: Path) -> list[str]:
        return [target.with_suffix(f".{kind}").name for kind in self.written] or [target.name]

    def widen(self) -> None:
        """Room for a path, on any screen."""
        self.resize(max(620, self.sizeHint().width()), self.sizeHint().height())


class SheetDialog(TargetDialog):
    """Title, page, author, entity and file, filled in; Enter makes the sheet."""

    written, kept_free = ("pdf", "png"), ("gpkg",)

    def __init__(self, comparison: Comparison, measured: Measured | None) -> None:
        self.sheet = sheet_of(comparison, measured)
        super().__init__(comparison, tr("Comparison sheet"), tr("Make the sheet"))
        self.title = QLineEdit(self.sheet.title)
        self.title.setMinimumWidth(FIELD)
        self.title.setCursorPosition(0)
        self.page = pass_wheel_on(QComboBox())
        self.page.addItems(list(PAGES))
        self.author, self.entity = QLineEdit(self.sheet.author), QLineEdit(self.sheet.entity)
        self.offer("pdf", stem_of(comparison))
        for label, widget in (
            (tr("Title"), self.title),
            (tr("Page"), self.page),
            (tr("Author"), self.author),
            (tr("Organisation"), self.entity),
            (tr("File (PDF; PNG beside it)"), self.file),
        ):
            self.form.addRow(label, widget)
        self.where = QCheckBox(tr("Coordinates and DFCI grid (rescue services)"))
        self.where.setChecked(self.sheet.with_place)
        self.form.addRow("", self.where)
        self.widen()

    def chosen(self) -> Any:
        """The sheet as filled in."""
        return replace(
            self.sheet,
            title=self.title.text().strip() or self.sheet.title,
            page=self.page.currentText(),
            author=self.author.text().strip(),
            entity=self.entity.text().strip(),
            with_place=self.where.isChecked(),
        )


def ask_sheet(comparison: Comparison, measured: Measured | None) -> Maker | None:
    """Make a sheet of what is compared; the message bar tells when it is there.

    None when given up.
    """
    try:
        dialog = SheetDialog(comparison, measured)
    except DinamisError as error:
        messages.show(error)
        return None
    asked = dialog.exec()
    dialog.deleteLater()
    return make_sheet(comparison, dialog.chosen(), dialog.target(), measured) if asked else None


def make_sheet(
    comparison: Comparison, sheet: Any, target: Path, measured: Measured | None
) -> Maker:
    """In the background, told in the message bar."""

    def done(paths: list[Path]) -> None:
        messages.success(
            tr("The comparison sheet is ready; it is also among the project's layouts."),
            (
                tr("Open the PDF"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0]))),
            ),
            (
                tr("Open the folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths[0].parent))),
            ),
        )

    return Maker(comparison, sheet, target, measured, done, messages.show)


class AnimationDialog(TargetDialog):
    """Format, seconds a date and file."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison, tr("Animation of the dates"), tr("Make the animation"))
        self.kind = pass_wheel_on(QComboBox())
        self._offer_kind(tr("GIF image (opens everywhere)"), "gif")
        if find_ffmpeg():
            self._offer_kind(tr("MP4 video (lighter, finer colours)"), "mp4")
        else:
            self.note.setText(
                tr("A video (MP4) would need ffmpeg, which this computer does not have.")
            )
            self.note.show()
        self.kind.currentIndexChanged.connect(lambda _: self.offer(self.kind.currentData()))
        self.seconds = pass_wheel_on(QDoubleSpinBox())
        self.seconds.setRange(0.2, 10)
        self.seconds.setSingleStep(0.5)
        self.seconds.setValue(1.5)
        self.seconds.setSuffix(" s")
        self.seconds.valueChanged.connect(self._tell)
        self.dates = QLabel()
        self._count = len(layers_of(comparison))
        self.offer("gif", stem_of(comparison))
        for label, widget in (
            (tr("Dates"), self.dates),
            (tr("Format"), self.kind),
            (tr("Each date is shown for"), self.seconds),
            (tr("File"), self.file),
        ):
            self.form.addRow(label, widget)
        self._tell()
        self.widen()

    def _offer_kind(self, name: str, kind: str) -> None:
        self.kind.addItem(name, kind)

    def _tell(self, *_: object) -> None:
        seconds = self.locale().toString(self._count * self.seconds.value(), "g", 3)
        self.dates.setText(
            tr("%n date(s) of the view", n=self._count)
            + " · "
            + tr("{seconds} s in all").format(seconds=seconds)
        )


def ask_animation(comparison: Comparison) -> Animator | None:
    """Make an animation of the dates over the view. None when given up."""
    dialog = AnimationDialog(comparison)
    asked = dialog.exec()
    dialog.deleteLater()
    return make_animation(comparison, dialog.target(), dialog.seconds.value()) if asked else None


def make_animation(comparison: Comparison, target: Path, seconds: float) -> Animator:
    """In the background, told in the message bar."""

    def done(path: Path) -> None:
        messages.success(
            tr("The animation is ready."),
            (tr("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
            (
                tr("Open the folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            ),
        )

    return Animator(comparison, target, seconds, done, messages.show)


def stem_of(comparison: Comparison) -> str:
    """``comparison_2022-06-19_2022-07-27``: a file name that says what it is of."""
    days = [
        f"{fact.moment:%Y-%m-%d}" for fact in comparison.facts() or () if fact.moment is not None
    ]
    return "_".join([tr("comparison"), *days])
