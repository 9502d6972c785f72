"""Filters beyond period and limits: season, modes, resolution, licences held, share of the area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.query.filters import Filter, label_for

MODES = ("MS", "PAN", "PMS", "stereo")
RESOLUTIONS = (0.5, 1.0, 2.0, 6.0, 10.0)
"""Finest resolutions offered, in metres."""


class SeasonFilter(Filter):
    """Twelve months to press; none pressed means the whole year."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: list[QToolButton] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        locale = QLocale()
        for number in range(1, 13):
            name = locale.standaloneMonthName(number)
            button = QToolButton()
            button.setText(name[:1].upper())
            button.setToolTip(as_plain(name))
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance("M") + 4)
            button.toggled.connect(self.changed)
            self.months.append(button)
            line.addWidget(button, 1)

    def apply_to(self, query: Query) -> Query:
        """The months pressed; all twelve are as good as none."""
        chosen = tuple(n for n, b in enumerate(self.months, 1) if b.isChecked())
        return replace(query, months=() if len(chosen) == 12 else chosen)

    def set_from(self, query: Query) -> None:
        """Press the query's months."""
        for number, button in enumerate(self.months, 1):
            button.blockSignals(True)
            button.setChecked(number in query.months)
            button.blockSignals(False)


class BoxesFilter(Filter):
    """Check boxes in as many columns as fit, all checked at first; none checked means all too."""

    def __init__(self, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._boxes: list[QCheckBox] = []
        self._ids: list[str] = []
        self._columns = 0

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """(id, text) each; those still there stay checked."""
        unchecked = {i for i, b in zip(self._ids, self._boxes) if not b.isChecked()}
        for box in self._boxes:
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        pairs = list(choices)
        self._ids, self._boxes, self._columns = [i for i, _ in pairs], [], 0
        for identifier, text in pairs:
            box = QCheckBox(text)
            box.setChecked(identifier not in unchecked)
            box.toggled.connect(self.changed)
            self._boxes.append(box)
        self._place(self.width())
        self.setVisible(len(self._boxes) > 1)

    def chosen(self) -> tuple[str, ...]:
        """The ids checked; () when all or none are."""
        found = tuple(i for i, b in zip(self._ids, self._boxes) if b.isChecked())
        return () if len(found) == len(self._boxes) else found

    def show_chosen(self, chosen: Sequence[str]) -> None:
        """Check these; () checks all."""
        for identifier, box in zip(self._ids, self._boxes):
            box.blockSignals(True)
            box.setChecked(not chosen or identifier in chosen)
            box.blockSignals(False)

    def apply_to(self, query: Query) -> Query:
        """The checked ones."""
        return replace(query, **{self._field: self.chosen()}) if self._field else query

    def set_from(self, query: Query) -> None:
        """Check what the query names."""
        if self._field:
            self.show_chosen(getattr(query, self._field))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Columns by width."""
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int) -> None:
        widest = (
            max((b.sizeHint().width() for b in self._boxes), default=1)
            + self._grid.horizontalSpacing()
        )
        columns = max(1, min(len(self._boxes) or 1, width // max(1, widest)))
        if columns != self._columns:
            self._columns = columns
            for number, box in enumerate(self._boxes):
                self._grid.addWidget(box, number // columns, number % columns)


class ResolutionFilter(Filter):
    """The coarsest resolution wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = pass_wheel_on(QComboBox())
        self.choice.setAccessibleName(tr("Resolution"))
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(6)
        self.choice.addItem(tr("any"), None)
        for gsd in RESOLUTIONS:
            self.choice.addItem(_at_most(gsd), gsd)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label_for(tr("Resolution"), self.choice))
        line.addWidget(self.choice, 1)
        self.choice.currentIndexChanged.connect(lambda _: self.changed.emit())

    def apply_to(self, query: Query) -> Query:
        """The coarsest one."""
        return replace(query, max_gsd=self.choice.currentData())

    def set_from(self, query: Query) -> None:
        """Show the query's; one that is not offered is offered from now on."""
        self.choice.blockSignals(True)
        index = self.choice.findData(query.max_gsd)
        if index < 0:
            self.choice.addItem(_at_most(query.max_gsd or 0.0), query.max_gsd)
            index = self.choice.count() - 1
        self.choice.setCurrentIndex(index)
        self.choice.blockSignals(False)


class LicenceFilter(Filter):
    """Only what the account may use.

    ``set_licences`` gives the ids, None when the service does not tell.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(tr("Only those I may use"))
        self.box.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )  # cut rather than the other filters
        self._licences: tuple[str, ...] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.box)
        self.box.toggled.connect(self.changed)
        self.set_licences(None)

    def set_licences(self, licences: tuple[str, ...] | None) -> None:
        """What the account holds."""
        self._licences = licences
        self.box.setEnabled(licences is not None)
        known = tr(
            "Products under an open licence or one your account holds; those of an unknown "
            "licence too."
        )
        self.box.setToolTip(
            known
            if licences is not None
            else tr("Sign in: the service then tells which licences you hold.")
        )

    def apply_to(self, query: Query) -> Query:
        """The licences held, when wanted and known."""
        return replace(
            query,
            licences=self._licences
            if self.box.isChecked() and self._licences is not None
            else None,
        )

    def set_from(self, query: Query) -> None:
        """Whether the query asks for it."""
        self.box.blockSignals(True)
        self.box.setChecked(query.licences is not None)
        self.box.blockSignals(False)


def _at_most(gsd: float) -> str:
    return tr("{value} m or finer").format(value=QLocale().toString(gsd, "g", 3))


def with_title(text: str, widget: QWidget) -> QWidget:
    """``widget`` under a short title; the title goes where the widget goes."""
    holder = QWidget()
    box = QGridLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setVerticalSpacing(1)
    title = QLabel(text)
    title.setBuddy(widget)
    box.addWidget(title, 0, 0)
    box.addWidget(widget, 1, 0)
    return holder
