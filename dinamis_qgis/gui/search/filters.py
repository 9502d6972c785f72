"""The query's filters: each widget reads itself into a query (``apply_to``) and shows one (``set_from``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from qgis.gui import QgsDateEdit
from qgis.PyQt.QtCore import QDate, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

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
            grid.addWidget(_label(name, edit), line, 0)
            grid.addWidget(edit, line, 1)
        grid.setColumnStretch(1, 1)
        shortcuts = QHBoxLayout()
        shortcuts.setSpacing(0)
        for label, years in ((tr("1 year"), 1), (tr("3 years"), 3), (tr("All"), 0)):
            button = QToolButton()
            button.setText(label)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, n=years: self._last(n))
            shortcuts.addWidget(button)
        shortcuts.addStretch(1)
        grid.addLayout(shortcuts, 2, 0, 1, 2)
        for edit in (self.start, self.end):
            edit.dateChanged.connect(self.changed)

    def apply_to(self, query: Query) -> Query:
        """Start and end, put in order when they are the wrong way round."""
        start, end = _day(self.start), _day(self.end)
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
        start, end = _short(query.start, first=True), _short(query.end, first=False)
        if query.start and query.end:
            return start if start == end else f"{start} – {end}"
        return tr("Since {date}").format(date=start) if query.start else tr("Until {date}").format(date=end)

    def _last(self, years: int) -> None:
        today = QDate.currentDate()
        self.blockSignals(True)
        self.start.setDate(today.addYears(-years) if years else QDate())
        self.end.setDate(QDate())
        self.blockSignals(False)
        self.changed.emit()


class ConstellationFilter(Filter):
    """Check boxes, all checked at first; none checked means all too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._boxes: list[QCheckBox] = []

    def set_choices(self, names: Iterable[str]) -> None:
        """The constellations of the profile; those still there stay checked."""
        unchecked = {b.text() for b in self._boxes if not b.isChecked()}
        for box in self._boxes:
            self._layout.removeWidget(box)
            box.deleteLater()
        self._boxes = [QCheckBox(name) for name in names]
        for box in self._boxes:
            box.setChecked(box.text() not in unchecked)
            box.toggled.connect(self.changed)
            self._layout.addWidget(box)
        self.setVisible(len(self._boxes) > 1)

    def apply_to(self, query: Query) -> Query:
        """The checked ones."""
        chosen = tuple(b.text() for b in self._boxes if b.isChecked())
        return replace(query, constellations=() if len(chosen) == len(self._boxes) else chosen)

    def set_from(self, query: Query) -> None:
        """Check what the query names."""
        for box in self._boxes:
            box.blockSignals(True)
            box.setChecked(not query.constellations or box.text() in query.constellations)
            box.blockSignals(False)


class LimitFilter(Filter):
    """A slider from 0 to ``top``; at the right end it limits nothing. ``field`` is the query's field it sets."""

    def __init__(self, field: str, title: str, top: int, step: int, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._step, self._top, self._unit = field, step, top // step, unit
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, self._top)
        self.slider.setPageStep(2)
        self.slider.setValue(self._top)
        self.slider.setAccessibleName(title)
        self._value = QLabel()
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("≤ 100 %  "))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        name = _label(title, self.slider)
        name.setMinimumWidth(name.fontMetrics().horizontalAdvance("Incidence  "))
        for widget, stretch in ((name, 0), (self.slider, 1), (self._value, 0)):
            line.addWidget(widget, stretch)
        self.slider.valueChanged.connect(self._moved)
        self._show()

    def apply_to(self, query: Query) -> Query:
        """The limit, None at the right end."""
        value = self.slider.value()
        return replace(query, **{self._field: None if value == self._top else float(value * self._step)})

    def set_from(self, query: Query) -> None:
        """Show the query's limit, to the nearest step."""
        value = getattr(query, self._field)
        self.slider.blockSignals(True)
        self.slider.setValue(self._top if value is None else min(self._top, round(value / self._step)))
        self.slider.blockSignals(False)
        self._show()

    def _moved(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        value = self.slider.value()
        text = tr("any") if value == self._top else f"≤\u00a0{value * self._step}{self._unit}"
        self._value.setText(text)


def cloud_filter() -> LimitFilter:
    """Cloud cover in percent."""
    return LimitFilter("max_cloud", tr("Clouds"), 100, 5, "\u00a0%")


def incidence_filter() -> LimitFilter:
    """Incidence angle in degrees."""
    return LimitFilter("max_incidence", tr("Angle"), 60, 5, "°")


def read(filters: Sequence[Filter], query: Query) -> Query:
    """``query`` with every filter."""
    for part in filters:
        query = part.apply_to(query)
    return query


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _day_edit(name: str) -> QgsDateEdit:
    edit = QgsDateEdit()
    edit.setAllowNull(True)
    edit.setNullRepresentation(tr("any"))
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("dd/MM/yyyy")
    edit.setMinimumDate(QDate(1986, 1, 1))
    edit.setDate(QDate())
    edit.setAccessibleName(name)
    edit.setMinimumWidth(90)
    return edit


def _day(edit: QgsDateEdit) -> date | None:
    if edit.isNull():
        return None
    day = edit.date()
    return date(day.year(), day.month(), day.day()) if day.isValid() else None


def _short(day: date | None, *, first: bool) -> str:
    if day is None:
        return ""
    if (day.month, day.day) == ((1, 1) if first else (12, 31)):
        return str(day.year)
    return str(QLocale().toString(QDate(day.year, day.month, day.day), "MMM yyyy"))
