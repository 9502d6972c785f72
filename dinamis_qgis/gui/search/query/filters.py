"""The query's filters: each widget reads itself into a query (``apply_to``) and shows one
(``set_from``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.text import tr


class Filter(QWidget):
    """A part of the query. ``changed`` when a person changed it."""

    changed = pyqtSignal()

    def apply_to(self, query: Query) -> Query:
        """``query`` with this filter."""
        raise NotImplementedError

    def set_from(self, query: Query) -> None:
        """Show what ``query`` says, without ``changed``."""
        raise NotImplementedError

    def active(self) -> bool:
        """Whether it narrows anything."""
        return self.apply_to(Query()) != Query()


class PeriodFilter(Filter):
    """Two days, each of which may be open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.end = _day_edit(tr("From")), _day_edit(tr("To"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for line, (name, edit) in enumerate(((tr("From"), self.start), (tr("To"), self.end))):
            grid.addWidget(label_for(name, edit), line, 0)
            grid.addWidget(edit, line, 1)
        grid.setColumnStretch(1, 1)
        lasting, seasons = QHBoxLayout(), QHBoxLayout()
        for label, years in ((tr("12 months"), 1), (tr("3 years"), 3), (tr("All"), 0)):
            lasting.addWidget(self._shortcut(label, lambda n=years: self._last(n)))
        for label, months in ((tr("Summer"), (6, 9)), (tr("Winter"), (12, 3))):
            seasons.addWidget(self._shortcut(label, lambda m=months: self._latest_season(*m)))
        for line, row in enumerate((lasting, seasons), 2):  # a narrow dock has no room for one
            row.setSpacing(0)
            row.addStretch(1)
            grid.addLayout(row, line, 0, 1, 2)
        for edit in (self.start, self.end):
            edit.dateChanged.connect(self.changed)

    def apply_to(self, query: Query) -> Query:
        """Start and end, put in order when they are the wrong way round."""
        start, end = _date_of(self.start), _date_of(self.end)
        if start and end and start > end:
            start, end = end, start
        return replace(query, start=start, end=end)

    def set_from(self, query: Query) -> None:
        """Show the query's period."""
        self.blockSignals(True)
        for edit, day in ((self.start, query.start), (self.end, query.end)):
            edit.setDate(QDate(day.year, day.month, day.day) if day else QDate())
        self.blockSignals(False)

    def summary(self) -> str:
        """The period in a few characters: years when they say it all."""
        query = self.apply_to(Query())
        if not query.start and not query.end:
            return tr("All dates")
        start, end = _short_day(query.start, first=True), _short_day(query.end, first=False)
        if query.start and query.end:
            return start if start == end else f"{start} – {end}"
        return (
            tr("Since {date}").format(date=start)
            if query.start
            else tr("Until {date}").format(date=end)
        )

    def _shortcut(self, label: str, choose: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(label)
        button.setAutoRaise(True)
        button.clicked.connect(lambda *_: choose())
        return button

    def _latest_season(self, first: int, last: int) -> None:
        """The latest such season that has begun; from its first month to the end of its last."""
        today = QDate.currentDate()
        start = QDate(today.year(), first, 1)
        if start > today:
            start = start.addYears(-1)
        end = QDate(start.year() + (last < first), last, 1)
        self.blockSignals(True)
        self.start.setDate(start)
        self.end.setDate(QDate(end.year(), last, end.daysInMonth()))
        self.blockSignals(False)
        self.changed.emit()

    def _last(self, years: int) -> None:
        today = QDate.currentDate()
        self.blockSignals(True)
        self.start.setDate(today.addYears(-years) if years else QDate())
        self.end.setDate(QDate())
        self.blockSignals(False)
        self.changed.emit()


class LimitFilter(Filter):
    """A slider from 0 to ``top`` that sets the query's ``field``, divided by ``scale``.

    A limit from above limits nothing at the right end; one from below (``least``) nothing at the
    left end.
    """

    def __init__(
        self,
        field: str,
        title: str,
        top: int,
        step: int,
        unit: str,
        least: bool = False,
        scale: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._field, self._step, self._top, self._unit = field, step, top // step, unit
        self._scale, self._any = scale, 0 if least else top // step
        self._sign = "≥" if least else "≤"
        self.slider = pass_wheel_on(QSlider(Qt.Orientation.Horizontal))
        self.slider.setRange(0, self._top)
        self.slider.setPageStep(2)
        self.slider.setMinimumWidth(40)
        self.slider.setValue(self._any)
        self.slider.setAccessibleName(title)
        self._value = QLabel()
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("≤ 100 %  "))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        name = label_for(title, self.slider)
        name.setMinimumWidth(name.fontMetrics().horizontalAdvance("Incidence  "))
        for widget, stretch in ((name, 0), (self.slider, 1), (self._value, 0)):
            line.addWidget(widget, stretch)
        self.slider.valueChanged.connect(self._moved)
        self._show()

    def apply_to(self, query: Query) -> Query:
        """The limit, None where it limits nothing."""
        value = self.slider.value()
        return replace(
            query, **{self._field: None if value == self._any else value * self._step / self._scale}
        )

    def set_from(self, query: Query) -> None:
        """Show the query's limit, to the nearest step."""
        value = getattr(query, self._field)
        self.slider.blockSignals(True)
        self.slider.setValue(
            self._any if value is None else min(self._top, round(value * self._scale / self._step))
        )
        self.slider.blockSignals(False)
        self._show()

    def _moved(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        value = self.slider.value()
        text = (
            tr("any")
            if value == self._any
            else f"{self._sign}\u00a0{value * self._step}{self._unit}"
        )
        self._value.setText(text)


def cloud_filter() -> LimitFilter:
    """Cloud cover in percent."""
    return LimitFilter("max_cloud", tr("Clouds"), 100, 5, "\u00a0%")


def incidence_filter() -> LimitFilter:
    """Incidence angle in degrees."""
    return LimitFilter("max_incidence", tr("Angle"), 60, 5, "°")


def share_filter() -> LimitFilter:
    """The least share of the area, in percent."""
    return LimitFilter("min_share", tr("Coverage"), 100, 5, "\u00a0%", least=True, scale=100.0)


def read_filters(filters: Sequence[Filter], query: Query) -> Query:
    """``query`` with every filter."""
    for part in filters:
        query = part.apply_to(query)
    return query


def label_for(text: str, buddy: QWidget) -> QLabel:
    """A label for a control."""
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _day_edit(name: str) -> QgsDateEdit:
    edit = pass_wheel_on(QgsDateEdit())
    edit.setAllowNull(True)
    edit.setNullRepresentation(tr("any"))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("dd/MM/yyyy")
    edit.setMinimumDate(QDate(1986, 1, 1))
    edit.setDate(QDate())
    edit.setAccessibleName(name)
    edit.setMinimumWidth(90)
    return edit


def _date_of(edit: QgsDateEdit) -> date | None:
    if edit.isNull():
        return None
    day = edit.date()
    return date(day.year(), day.month(), day.day()) if day.isValid() else None


def _short_day(day: date | None, *, first: bool) -> str:
    if day is None:
        return ""
    if (day.month, day.day) == ((1, 1) if first else (12, 31)):
        return str(day.year)
    return str(QLocale().toString(QDate(day.year, day.month, day.day), "MMM yyyy"))
