"""« Check my installation »: a line for each thing, its verdict and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, support, tasks
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.support.checks import (
    CheckResult,
    CheckVerdict,
    check_installation,
    likely_cause,
    results_text,
)
from dinamis_qgis.core.support.report import (
    SupportReport,
    answer_text,
    read_report,
    write_report,
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
        self._partner: SupportReport | None = None
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
        self.answer = QPlainTextEdit()
        self.answer.setObjectName("installationAnswer")
        self.answer.setAccessibleName(tr("An answer ready to be sent"))
        self.answer.setMaximumHeight(self.fontMetrics().height() * 9)
        self.answer.hide()
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
        more = buttons.addButton(tr("More"), QDialogButtonBox.ButtonRole.ActionRole)
        menu = QMenu(more)
        self.save_action = menu.addAction(tr("Save the report…"), self._save)
        menu.addAction(tr("Open a partner's report…"), self._open)
        more.setMenu(menu)
        self.again.clicked.connect(self.check)
        self.copy.clicked.connect(self._copy)
        self.write.clicked.connect(self._write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.first, self.table, self.answer, self.bar, buttons):
            column.addWidget(widget)
        self.resize(720, 460)
        self.check()

    @contain_faults()
    def check(self, *_: object) -> None:
        """From the beginning."""
        self._stop()
        self.results, self._partner = [], None
        self.setWindowTitle(tr("Check my installation"))
        self.table.setRowCount(0)
        self.answer.hide()
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
        self._show_cause()

    def _show_cause(self) -> None:
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
        """What is copied: the answer to a partner, else one's own report."""
        if self._partner is not None:
            return self.answer.toPlainText()
        return support.support_report(self._context, results_text(self.results))

    @contain_faults()
    def _copy(self, *_: object) -> None:
        QGuiApplication.clipboard().setText(self._text())

    @contain_faults()
    def _write(self, *_: object) -> None:
        self._copy()
        self._context.contact_relay(tr("DINAMIS in QGIS: support report (paste it here)"))

    @contain_faults()
    def _save(self, *_: object) -> None:
        path = ask_file(
            self, tr("Save the report"), tr("support-report.json"), {".json": tr("Support report")}
        )
        if path is not None:
            chosen, results, text = path, list(self.results), self._text()
            tasks.run(
                lambda job: write_report(chosen, results, text),
                done=_tell_saved,
                parent=self,
                title="report",
            )

    @contain_faults()
    def _open(self, *_: object) -> None:
        kind = f"{tr('Support report')} (*.json)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a partner's report"), "", kind)
        if name:
            tasks.run(
                lambda job: read_report(Path(name)),
                done=self.show_report,
                parent=self,
                title="report",
            )

    def show_report(self, report: SupportReport) -> None:
        """A partner's report in place of one's own: its table, and an answer ready to be copied."""
        self._stop()
        self.results = []
        self.table.setRowCount(0)
        self._show_busy(False)
        self.setWindowTitle(tr("A partner's installation"))
        for result in report.results:
            self._add(result)
        self._show_cause()
        self.answer.setPlainText(answer_text(report))
        self.answer.show()
        self._partner = report

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    @contain_faults()
    def done(self, code: int) -> None:
        """Closed: what runs is given up."""
        self._stop()
        super().done(code)


def _tell_saved(path: Path) -> None:
    messages.success(tr("“{name}” is written.").format(name=path.name))
