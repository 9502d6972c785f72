"""The query in two lines: area and button, then period and filters, each folded."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.filters import (
    ConstellationFilter,
    Filter,
    PeriodFilter,
    cloud_filter,
    incidence_filter,
    read,
)


class QueryBar(QWidget):
    """``query()`` without its area; ``search_wanted`` and ``cancel_wanted`` from the one button."""

    search_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = PeriodFilter()
        self.constellation = ConstellationFilter()
        self.cloud, self.incidence = cloud_filter(), incidence_filter()
        self.filters: tuple[Filter, ...] = (self.period, self.constellation, self.cloud, self.incidence)
        self._searching = False
        self.button = QPushButton(QgsApplication.getThemeIcon("/search.svg"), tr("Search"))
        self.button.setObjectName("searchButton")
        self.button.setToolTip(tr("Search the products that cover the map (Enter)"))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._clicked)
        self.period_button = _folder(QgsApplication.getThemeIcon("/mIconFieldDate.svg"))
        self.filters_button = _folder(QgsApplication.getThemeIcon("/mActionFilter2.svg"))
        self._period_fold = _fold(self.period)
        hint = QLabel(tr("Products whose value is unknown stay in the list."))
        hint.setWordWrap(True)
        font = hint.font()
        font.setItalic(True)
        hint.setFont(font)
        self._filters_fold = _fold(self.constellation, self.cloud, self.incidence, hint)
        self._lay_out()
        self.period_button.toggled.connect(lambda on: self._unfold(self._period_fold, self.filters_button, on))
        self.filters_button.toggled.connect(lambda on: self._unfold(self._filters_fold, self.period_button, on))
        for part in self.filters:
            part.changed.connect(self.summarise)
        self.summarise()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.setSpacing(4)
        icon = QLabel()
        icon.setPixmap(QgsApplication.getThemeIcon("/extents.svg").pixmap(QSize(16, 16)))
        area = QLabel(tr("Area: what the map shows"))
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        area.setToolTip(tr("The products searched for are those that touch what the map shows."))
        first = QHBoxLayout()
        for widget, stretch in ((icon, 0), (area, 1), (self.button, 0)):
            first.addWidget(widget, stretch)
        second = QHBoxLayout()
        second.addWidget(self.period_button)
        second.addWidget(self.filters_button)
        second.addStretch(1)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self._period_fold)
        layout.addWidget(self._filters_fold)

    def set_profile(self, profile: Profile | None) -> None:
        """Offer what the profile's catalogues have."""
        collections = [c for catalogue in profile.catalogues for c in catalogue.collections] if profile else []
        self.constellation.set_choices(dict.fromkeys(c.constellation for c in collections if c.constellation))
        self.summarise()

    def query(self) -> Query:
        """What the filters say; the area is the map's business."""
        return read(self.filters, Query())

    def set_query(self, query: Query) -> None:
        """Show another query."""
        for part in self.filters:
            part.set_from(query)
        self.summarise()

    def set_searching(self, searching: bool) -> None:
        """The button cancels while a search runs."""
        self._searching = searching
        name = "/mTaskCancel.svg" if searching else "/search.svg"
        self.button.setIcon(QgsApplication.getThemeIcon(name))
        self.button.setText(tr("Cancel") if searching else tr("Search"))

    def summarise(self) -> None:
        """The period and the number of filters on their buttons."""
        self.period_button.setText(self.period.summary())
        count = sum(part.active() for part in self.filters[1:])
        self.filters_button.setText(tr("Filters ({count})").format(count=count) if count else tr("Filters"))

    def _clicked(self) -> None:
        (self.cancel_wanted if self._searching else self.search_wanted).emit()

    def _unfold(self, fold: QWidget, other: QToolButton, on: bool) -> None:
        if on:
            other.setChecked(False)
        fold.setVisible(on)


def _folder(icon: object) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _fold(*widgets: QWidget) -> QFrame:
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(6, 6, 6, 6)
    for widget in widgets:
        layout.addWidget(widget)
    frame.hide()
    return frame
