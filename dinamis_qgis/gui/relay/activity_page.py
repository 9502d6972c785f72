"""What the members do: ``activityView``, a table by member over some months, bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.relay.activity import (
    MemberActivity,
    activity_table,
    months_of,
    sum_by_member,
)
from dinamis_qgis.core.relay.list_import import plain_words
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.entities_page import set_up_table
from dinamis_qgis.gui.relay.lists import (
    Column,
    RowRole,
    RowsModel,
    count_text,
    day_text,
    number_text,
)


class _ActivityRow:
    """A member's counts as a row of the table."""

    def __init__(self, member: MemberActivity) -> None:
        self.id, self.member = member.entity.id, member


class ActivityPage(QWidget):
    """Sums, silent members, members near their quota."""

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._relay = relay
        self._stale = True
        self._members: list[MemberActivity] = []
        self._months: list[str] = []

        def counted(heading: str, name: str) -> Column:
            return Column(
                heading,
                lambda row: number_text(getattr(row.member, name)),
                lambda row: getattr(row.member, name),
                number=True,
            )

        self.model = RowsModel(
            [
                Column(tr("Entity"), lambda row: row.member.entity.name),
                counted(tr("Downloads"), "downloads"),
                counted(tr("km²"), "km2"),
                counted(tr("Requests"), "requests_open"),
                counted(tr("People"), "people"),
                Column(
                    tr("Last sign-in"),
                    lambda row: day_text(row.member.last_sign_in),
                    lambda row: row.member.last_sign_in,
                ),
                Column(
                    tr("Quota"),
                    lambda row: _share_text(row.member.quota_share),
                    lambda row: row.member.quota_share,
                    number=True,
                ),
            ],
            lambda row: plain_words(row.member.entity.name),
            self,
        )
        self._build()
        relay.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read last, once it is seen."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        holdings = self._relay.holdings
        self._months = months_of(holdings.activity)[-self.period.currentData() :]
        self._members = sum_by_member(holdings.entities, holdings.activity, self._months)
        self.model.set_rows([_ActivityRow(member) for member in self._members])
        self._filter()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """What has changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        self.period = pass_wheel_on(QComboBox())
        self.period.setObjectName("activityPeriod")
        self.period.setAccessibleName(tr("Period"))
        for count, label in ((12, tr("12 months")), (3, tr("3 months")), (1, tr("This month"))):
            self.period.addItem(label, count)
        self.period.currentIndexChanged.connect(lambda *_: self.refresh())
        self.which = pass_wheel_on(QComboBox())
        self.which.setObjectName("activityFilter")
        self.which.setAccessibleName(tr("Which entities to show"))
        for name, label in (
            ("", tr("All")),
            ("silent", tr("Silent")),
            ("quota", tr("Near their quota")),
        ):
            self.which.addItem(label, name)
        self.which.currentIndexChanged.connect(lambda *_: self._filter())
        for box in (self.period, self.which):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
            top.addWidget(box)
        top.addStretch(1)
        refresh = QPushButton("⟳")
        refresh.setObjectName("activityRefreshButton")
        refresh.setMaximumWidth(refresh.fontMetrics().horizontalAdvance("MMMM"))
        refresh.setToolTip(tr("Ask the service for news"))
        refresh.setAccessibleName(tr("Ask the service for news"))
        refresh.clicked.connect(lambda *_: self._relay.refresh())
        top.addWidget(refresh)
        layout.addLayout(top)
        self.bars = MonthBars()
        layout.addWidget(self.bars)
        self.view = QTreeView()
        self.view.setObjectName("activityView")
        self.view.setAccessibleName(tr("Activity of the entities"))
        set_up_table(self.view, self.model)
        self.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_bars())
        layout.addWidget(self.view, 1)
        layout.addLayout(self._bottom())

    def _bottom(self) -> QHBoxLayout:
        """How many are shown, and their export."""
        bottom = QHBoxLayout()
        self.count = QLabel()
        bottom.addWidget(self.count, 1)
        export = QPushButton(tr("Export (CSV)…"))
        export.setObjectName("activityExportButton")
        export.clicked.connect(lambda *_: self._export())
        bottom.addWidget(export)
        return bottom

    def _filter(self) -> None:
        which = self.which.currentData()

        def keeps(row: Any) -> bool:
            if which == "silent":
                return bool(row.member.silent)
            return bool(row.member.near_quota) if which == "quota" else True

        self.model.set_filter("", keeps)
        self.count.setText(count_text(len(self.model.shown), len(self._members)))
        self._show_bars()

    def _show_bars(self) -> None:
        chosen = [i.data(RowRole).member for i in self.view.selectionModel().selectedRows()]
        members = chosen or [row.member for row in self.model.shown]
        sums: list[int | None] = []
        for place in range(len(self._months)):
            told = [m.by_month[place] for m in members if m.by_month[place] is not None]
            sums.append(sum(t for t in told if t is not None) if told else None)
        self.bars.show_months(self._months, sums)

    def _export(self) -> None:
        kinds = {".csv": tr("CSV for a spreadsheet")}
        path = ask_file(self, tr("Export the activity"), "activite.csv", kinds)
        if path is not None:
            text = activity_table([row.member for row in self.model.shown])
            tasks.run(
                lambda job: write_whole(path, text),
                done=lambda _: messages.success(tr("“{name}” is written.").format(name=path.name)),
                parent=self,
            )


class MonthBars(QWidget):
    """Downloads of each month as bars; a month nobody told of has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activityBars")
        self._months: list[str] = []
        self._counts: list[int | None] = []
        self.setFixedHeight(self.fontMetrics().height() * 4)
        self.setAccessibleName(tr("Downloads per month"))

    def show_months(self, months: Sequence[str], counts: Sequence[int | None]) -> None:
        """Other figures."""
        self._months, self._counts = list(months), list(counts)
        told = ", ".join(f"{m}: {number_text(c)}" for m, c in zip(months, counts))
        self.setToolTip(tr("Downloads per month: {counts}").format(counts=told or "–"))
        self.setAccessibleDescription(told)
        self.update()

    @contain_faults()
    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802 (Qt)
        """Bars above their months."""
        if not self._months:
            return
        painter = QPainter(self)
        line = self.fontMetrics().height()
        room = self.height() - line - 2
        step = self.width() / len(self._months)
        most = max((c for c in self._counts if c is not None), default=0) or 1
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        for place, count in enumerate(self._counts):
            if count:
                tall = room * count / most
                bar = QRectF(place * step + 1, room - tall, max(1.0, step - 3), tall)
                painter.fillRect(bar, colour)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        first, last = self._months[0], self._months[-1]
        below = QRectF(0, room + 1, self.width(), line)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), first)
        if last != first:
            painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), last)
        painter.end()


def _share_text(value: float | None) -> str:
    return "–" if value is None else f"{round(value * 100)} %"
