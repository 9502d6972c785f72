"""« Check my installation »: a line for each thing, its verdict and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import support, tasks
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.support.checks import (
    CheckResult,
    CheckVerdict,
    check_installation,
    likely_cause,
    results_text,
)
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

ICONS = {
    CheckVerdict.GOOD: "mIconSuccess.svg",
    CheckVerdict.WARNING: "mIconWarning.svg",
    CheckVerdict.BAD: "mIconCritical.svg",
    CheckVerdict.UNKNOWN: "mIconInfo.svg",
}


def verdict_text(verdict: CheckVerdict) -> str:
    """For people who do not see the icon."""
    return {
        CheckVerdict.GOOD: tr("In order"),
        CheckVerdict.WARNING: tr("Warning"),
        CheckVerdict.BAD: tr("To be mended"),
        CheckVerdict.UNKNOWN: tr("Not checked"),
    }[verdict]


class InstallationDialog(QDialog):
    """Runs the checks in the background as it opens; closing it stops them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("installationDialog")
        self.setWindowTitle(tr("Check my installation"))
        self._context = context
        self._job: tasks.Job | None = None
        self.results: list[CheckResult] = []
        self.first = wrapped_label("", "installationFirst")
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("installationResults")
        self.table.setHorizontalHeaderLabels([tr("Check"), tr("Found"), tr("What to do")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._fit_rows)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        close = QDialogButtonBox.StandardButton.Close
        buttons = QDialogButtonBox(close)
        buttons.button(close).setText(tr("Close"))
        self.again = buttons.addButton(tr("Check again"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.write = buttons.addButton(
            tr("Write to the relay"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.again.clicked.connect(self.check)
        self.copy.clicked.connect(self._copy)
        self.write.clicked.connect(self._write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.first, self.table, self.bar, buttons):
            column.addWidget(widget)
        self.resize(720, 460)
        self.check()

    @contain_faults()
    def check(self, *_: object) -> None:
        """From the beginning."""
        self._stop()
        self.results = []
        self.table.setRowCount(0)
        self.first.setText(tr("Checking…"))
        self._show_busy(True)
        found = support.gather_installation(self._context)

        def work(job: tasks.Job) -> None:
            for result in check_installation(found, job.cancel):
                job.send(result)

        self._job = tasks.run(
            work, arrived=self._add, done=self._done, parent=self, title="installation"
        )

    def _add(self, result: CheckResult) -> None:
        self.results.append(result)
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((result.title, result.said, result.remedy)):
            item = QTableWidgetItem(text)
            if column == 0:
                item.setIcon(QgsApplication.getThemeIcon(ICONS[result.verdict]))
                item.setToolTip(as_plain(verdict_text(result.verdict)))
            self.table.setItem(row, column, item)
        self.table.resizeRowToContents(row)

    @contain_faults()
    def _fit_rows(self, *_: object) -> None:
        self.table.resizeRowsToContents()

    def _done(self, _: object) -> None:
        self._job = None
        self._show_busy(False)
        cause = likely_cause(self.results)
        if cause is None:
            self.first.setText(tr("Everything that could be checked is in order."))
        else:
            self.first.setText(
                tr("Look at this first: {title}. {remedy}").format(
                    title=cause.title, remedy=cause.remedy or cause.said
                )
            )

    def _show_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for button in (self.again, self.copy, self.write):
            button.setEnabled(not busy)

    def _text(self) -> str:
        return support.support_report(self._context, results_text(self.results))

    @contain_faults()
    def _copy(self, *_: object) -> None:
        QGuiApplication.clipboard().setText(self._text())

    @contain_faults()
    def _write(self, *_: object) -> None:
        self._copy()
        self._context.contact_relay(tr("DINAMIS in QGIS: support report (paste it here)"))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    @contain_faults()
    def done(self, code: int) -> None:
        """Closed: what runs is given up."""
        self._stop()
        super().done(code)
