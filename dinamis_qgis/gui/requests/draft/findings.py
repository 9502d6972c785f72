"""The rules as the person types: one line each, what is wrong first, with its remedy and the button
that settles it.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.core.tasking.rules.check import Finding, Severity
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.OK)


class FindingsView(QWidget):
    """A list of findings; ``fixed`` carries the draft of a pressed fix."""

    fixed = pyqtSignal(object)
    split_wanted = pyqtSignal()
    """One request a polygon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingsView")
        self.findings: tuple[Finding, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show these; nothing is rebuilt when they say the same, so that a button does not move
        under the mouse.
        """
        found = tuple(sorted(findings, key=lambda f: _ORDER.index(f.level)))
        said = [(f.code, f.text, f.remedy, f.fix.label if f.fix else "") for f in found]
        before = [(f.code, f.text, f.remedy, f.fix.label if f.fix else "") for f in self.findings]
        self.findings = found
        if said == before:
            return
        while self._layout.count():
            widget = self._layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, finding in enumerate(found):
            if finding.level is not Severity.OK:
                self._layout.addWidget(self._row(index, finding))
        kept = " ".join(f.text for f in found if f.level is Severity.OK)
        if kept:
            row = QWidget()
            line = _finding_line(Severity.OK, kept)[0]
            line.setContentsMargins(0, 0, 0, 0)
            row.setLayout(line)
            self._layout.addWidget(row)

    def _row(self, index: int, finding: Finding) -> QWidget:
        row = QWidget()
        line, column = _finding_line(finding.level, f"{finding.text} {finding.remedy}".strip())
        line.setContentsMargins(0, 0, 0, 0)
        row.setLayout(line)
        if finding.fix is not None:
            button = QPushButton(finding.fix.label)
            button.setObjectName(f"fix-{finding.code}")
            button.clicked.connect(lambda *_, i=index: self._fix(i))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if finding.code == "area-multipart":
            split = QPushButton(tr("Make one request per part"))
            split.setObjectName("splitRequestButton")
            split.clicked.connect(lambda *_: self.split_wanted.emit())
            column.addWidget(split, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def first_error(self) -> QWidget | None:
        """The row of what must be corrected first."""
        wrong = any(finding.level is Severity.ERROR for finding in self.findings)
        item = self._layout.itemAt(0) if wrong else None
        return item.widget() if item is not None else None

    def _fix(self, index: int) -> None:
        fix = self.findings[index].fix if index < len(self.findings) else None
        if fix is not None:
            self.fixed.emit(fix.draft)


def _finding_line(level: Severity, text: str) -> tuple[QHBoxLayout, QVBoxLayout]:
    """An icon, and beside it a column that begins with ``text``."""
    line, column = QHBoxLayout(), QVBoxLayout()
    icon = QLabel()
    icon.setPixmap(_level_icon(level).pixmap(QSize(16, 16)))
    icon.setAccessibleName(_spoken_level(level))
    icon.setToolTip(_spoken_level(level))
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    column.setSpacing(2)
    column.addWidget(wrapped_label(text))
    line.addLayout(column, 1)
    return line, column


def _level_icon(level: Severity) -> QIcon:
    if level is Severity.ERROR:
        return QApplication.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxCritical)
    return QgsApplication.getThemeIcon(
        "mIconSuccess.svg" if level is Severity.OK else "mIconWarning.svg"
    )


def _spoken_level(level: Severity) -> str:
    """What a screen reader says of the icon."""
    return {
        Severity.OK: tr("In order"),
        Severity.WARNING: tr("Warning"),
        Severity.ERROR: tr("To be corrected"),
    }[level]
