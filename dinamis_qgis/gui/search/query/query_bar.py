"""The query in two lines: area and button, then period, filters and saved searches, each folded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.filters import usable_licences
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.query.catalogues import CatalogueFilter
from dinamis_qgis.gui.search.query.filters import (
    Filter,
    PeriodFilter,
    cloud_filter,
    incidence_filter,
    read_filters,
    share_filter,
)
from dinamis_qgis.gui.search.query.more_filters import (
    MODES,
    BoxesFilter,
    LicenceFilter,
    ResolutionFilter,
    SeasonFilter,
    with_title,
)
from dinamis_qgis.gui.widgets.buttons import BadgeButton, ElidedButton


class QueryBar(QWidget):
    """``query()`` without its area; ``search_wanted`` and ``cancel_wanted`` from the one button."""

    search_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()
    reset = pyqtSignal()
    """The person took all filters off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period, self.season = PeriodFilter(), SeasonFilter()
        self.constellation, self.mode = BoxesFilter("constellations"), BoxesFilter("modes")
        self.mode.set_choices((mode, tr("stereo") if mode == "stereo" else mode) for mode in MODES)
        self.resolution, self.licence = ResolutionFilter(), LicenceFilter()
        self.cloud, self.incidence, self.share = cloud_filter(), incidence_filter(), share_filter()
        self.catalogues = CatalogueFilter()
        self.filters: tuple[Filter, ...] = (
            self.period,
            self.season,
            self.constellation,
            self.mode,
            self.resolution,
            self.cloud,
            self.incidence,
            self.share,
            self.licence,
            self.catalogues,
        )
        self._searching = False
        self._make_buttons()
        self._period_fold = _make_fold(self.period, with_title(tr("Season"), self.season))
        self.told = QLabel()
        self._filters_fold = self._fold_filters()
        self._lay_out()
        self.period_button.toggled.connect(
            lambda on: self._unfold(self._period_fold, self.filters_button, on)
        )
        self.filters_button.toggled.connect(
            lambda on: self._unfold(self._filters_fold, self.period_button, on)
        )
        for part in self.filters:
            part.changed.connect(self.summarise)
        self.tell("", "")
        self.summarise()

    def _make_buttons(self) -> None:
        self.button = QPushButton(QgsApplication.getThemeIcon("/search.svg"), tr("Search"))
        self.button.setObjectName("searchButton")
        self.button.setToolTip(tr("Search the products that cover the area (Enter)"))
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._clicked)
        self.area_button = ElidedButton(QgsApplication.getThemeIcon("/extents.svg"))
        self.area_button.setObjectName("areaButton")
        self.area_menu = QMenu(self)
        self.area_button.setMenu(self.area_menu)
        self.period_button = _fold_button(QgsApplication.getThemeIcon("/mIconFieldDate.svg"))
        self.filters_button = _fold_button(QgsApplication.getThemeIcon("/mActionFilter2.svg"))
        self.period_button.setObjectName("periodButton")
        self.filters_button.setObjectName("filtersButton")
        self.reset_button = _icon_button(
            "resetFiltersButton",
            QgsApplication.getThemeIcon("/mIconClearText.svg"),
            tr("Take all filters off"),
        )
        self.reset_button.clicked.connect(self._reset)
        self.star_button = BadgeButton(
            QgsApplication.getThemeIcon("/mIconFavorites.svg"), tr("Saved searches")
        )
        self.star_button.setObjectName("savedSearchesButton")

    def _fold_filters(self) -> QScrollArea:
        self.told.setObjectName("filtersTold")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        font = self.told.font()
        font.setItalic(True)
        self.told.setFont(font)
        return _scrolled_fold(
            self.catalogues,
            self.constellation,
            self.mode,
            self.resolution,
            self.cloud,
            self.incidence,
            self.share,
            self.licence,
            self.told,
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.setSpacing(4)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.area_button, 1)
        first.addWidget(self.button)
        second.setSpacing(2)
        for widget in (self.period_button, self.filters_button, self.reset_button):
            second.addWidget(widget)
        second.addStretch(1)
        second.addWidget(self.star_button)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self._period_fold)
        layout.addWidget(self._filters_fold)

    def set_profile(self, profile: Profile | None) -> None:
        """Offer what the profile's catalogues have."""
        catalogues = profile.catalogues if profile else ()
        names = dict.fromkeys(
            c.constellation for x in catalogues for c in x.collections if c.constellation
        )
        self.constellation.set_choices((name, name) for name in names)
        self.catalogues.set_profile(profile)
        self.summarise()

    def set_account(self, profile: Profile | None, account: Account | None) -> None:
        """Which licences may be asked for."""
        self.licence.set_licences(usable_licences(profile, account) if profile else None)
        self.summarise()

    def query(self) -> Query:
        """What the filters say; the area is the map's business."""
        return read_filters(self.filters, Query())

    def set_query(self, query: Query) -> None:
        """Show another query."""
        for part in self.filters:
            part.set_from(query)
        self.summarise()

    def set_period(self, start: date | None, end: date | None) -> None:
        """Another period, the rest as it is."""
        self.period.set_from(replace(Query(), start=start, end=end))
        self.summarise()

    def set_searching(self, searching: bool) -> None:
        """The button cancels while a search runs."""
        self._searching = searching
        name = "/mTaskCancel.svg" if searching else "/search.svg"
        self.button.setIcon(QgsApplication.getThemeIcon(name))
        self.button.setText(tr("Cancel") if searching else tr("Search"))

    def set_area(self, text: str, short: str, hint: str) -> None:
        """Where it searches, on the area's button."""
        self.area_button.set_full_text(text, short)
        self.area_button.set_hint(hint)

    def tell(self, text: str, details: str) -> None:
        """Who applied which filter in the search just made."""
        rule = tr("Products whose value is unknown stay in the list, further down.")
        self.told.setText(f"{text}\n{rule}" if text else rule)
        self.told.setToolTip(as_plain(details) if text else "")

    def summarise(self) -> None:
        """The period and the number of filters on their buttons."""
        season = f" · {self._season()}" if self.season.active() else ""
        self.period_button.setText(self.period.summary() + season)
        count = sum(part.active() for part in self.filters[2:])
        self.filters_button.setText(
            tr("Filters ({count})").format(count=count) if count else tr("Filters")
        )
        self.reset_button.setVisible(bool(count or self.season.active() or self.period.active()))

    def _season(self) -> str:
        names = [b.toolTip() for b in self.season.months if b.isChecked()]
        return names[0] if len(names) == 1 else tr("%n month(s)", n=len(names))

    def _reset(self) -> None:
        self.set_query(Query())
        self.reset.emit()

    def _clicked(self) -> None:
        (self.cancel_wanted if self._searching else self.search_wanted).emit()

    def _unfold(self, fold: QWidget, other: QToolButton, on: bool) -> None:
        if on:
            other.setChecked(False)
        fold.setVisible(on)


def _icon_button(name: str, icon: QIcon, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon)
    button.setAutoRaise(True)
    button.setToolTip(text)
    button.setAccessibleName(text)
    return button


def _fold_button(icon: QIcon) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


class _QueryFold(QScrollArea):
    """As high as what it holds where there is room, scrolled where there is not."""

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """All of it, for the width it has."""
        inside, edge = self.widget(), 2 * self.frameWidth()
        width = max(1, self.width() - edge)
        height = (
            inside.heightForWidth(width)
            if inside.hasHeightForWidth()
            else inside.sizeHint().height()
        )
        return QSize(
            inside.minimumSizeHint().width() + edge,
            max(height, inside.minimumSizeHint().height()) + edge,
        )

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """A few lines."""
        return QSize(100, 6 * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Another width, another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


def _scrolled_fold(*widgets: QWidget) -> QScrollArea:
    fold, inside = _QueryFold(), _make_fold(*widgets)
    fold.setFrameShape(QFrame.Shape.StyledPanel)
    inside.setFrameShape(QFrame.Shape.NoFrame)
    inside.show()
    fold.setWidget(inside)
    fold.setWidgetResizable(True)
    fold.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    fold.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    fold.hide()
    return fold


def _make_fold(*widgets: QWidget) -> QFrame:
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(6, 6, 6, 6)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    frame.hide()
    return frame
