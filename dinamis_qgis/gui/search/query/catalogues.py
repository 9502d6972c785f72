"""Which catalogues are asked: a box each, whose data it is, under which licence, and how it
answered the last search.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis import about
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.chosen.actions import open_page
from dinamis_qgis.gui.search.query.filters import Filter
from dinamis_qgis.gui.search.run.catalogue_answers import line_of
from dinamis_qgis.gui.search.run.worker import CatalogueAnswer
from dinamis_qgis.gui.widgets.widgets import ShortLabel, plain_tip


class CatalogueFilter(Filter):
    """Not part of the query, but a filter all the same.

    At first those checked are the profile's usual ones.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, _CatalogueRow] = {}
        self._usual: tuple[str, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 4)
        self._layout.setSpacing(1)
        self.title, self.hint = (
            QLabel(tr("Catalogues")),
            QLabel(tr("None checked: the usual ones are asked.")),
        )
        self.hint.setWordWrap(True)
        font = self.hint.font()
        font.setItalic(True)
        self.hint.setFont(font)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.hint)

    def set_profile(self, profile: Profile | None) -> None:
        """Offer the profile's catalogues, its usual ones checked; where there is no choice nothing
        is shown.
        """
        for line in self._lines.values():
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        catalogues = profile.catalogues if profile else ()
        self._usual = tuple(c.id for c in catalogues if c.default)
        self._lines = {c.id: _CatalogueRow(c, profile) for c in catalogues} if profile else {}
        for place, (name, line) in enumerate(self._lines.items(), 1):
            line.box.setChecked(name in self._usual)
            line.box.toggled.connect(self._toggled)
            self._layout.insertWidget(place, line)
        self._tell()
        self.setVisible(len(self._lines) > 1)

    def checked(self) -> tuple[str, ...]:
        """The ids checked."""
        return tuple(name for name, line in self._lines.items() if line.box.isChecked())

    def chosen(self) -> tuple[str, ...]:
        """The ids to ask; () for the profile's usual ones, which none checked means too."""
        found = self.checked()
        return () if found == self._usual else found

    def all_asked(self) -> bool:
        """Whether there is no other catalogue to ask."""
        return set(self.chosen() or self._usual) == set(self._lines)

    def show_chosen(self, chosen: Sequence[str]) -> None:
        """Check these; () checks the usual ones."""
        for name, line in self._lines.items():
            line.box.blockSignals(True)
            line.box.setChecked(name in (chosen or self._usual))
            line.box.blockSignals(False)
        self._tell()

    def check_all(self) -> None:
        """Every one of them."""
        self.show_chosen(tuple(self._lines))

    def show_answers(self, answers: Sequence[CatalogueAnswer]) -> None:
        """How each answered the search just made, or answers now."""
        known = {answer.catalogue: answer for answer in answers}
        for name, line in self._lines.items():
            line.show_answer(known.get(name))

    def active(self) -> bool:
        """Whether others than the usual ones are asked."""
        return bool(self.chosen())

    def apply_to(self, query: Query) -> Query:
        """Not the query's business."""
        return query

    def set_from(self, query: Query) -> None:
        """A query without any filter asks the usual catalogues."""
        if query == Query():
            self.show_chosen(())

    def _toggled(self, *_: object) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.hint.setVisible(not self.checked())


class _CatalogueRow(QWidget):
    """A box with the catalogue's name, its answer, a button to its page; below, whose data and
    under which licence.
    """

    def __init__(self, catalogue: Catalogue, profile: Profile | None) -> None:
        super().__init__()
        facts = [text for text in (catalogue.provider, licences_of(catalogue, profile)) if text]
        self.box = QCheckBox(catalogue.title)
        self.box.setObjectName(f"catalogueBox_{catalogue.id}")
        self.box.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.answer, self.facts = ShortLabel(quiet=True), ShortLabel(quiet=True)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.facts.show_text(" · ".join(facts))
        told = (
            tr("Data of {provider}").format(provider=catalogue.provider)
            if catalogue.provider
            else "",
            tr("Licence: {title}").format(title=licences_of(catalogue, profile))
            if len(facts) > 1
            else "",
        )
        tip = plain_tip(catalogue.title, *told)
        self.box.setToolTip(as_plain(tip))
        self.facts.setToolTip(as_plain(tip))
        self.page = QToolButton()
        self.page.setObjectName(f"cataloguePage_{catalogue.id}")
        self.page.setAutoRaise(True)
        self.page.setIcon(QIcon(about.icon_path("open-page")))
        self.page.setIconSize(QSize(14, 14))
        self.page.setAccessibleName(tr("Open the page of {title}").format(title=catalogue.title))
        self.page.setToolTip(
            f"<qt>{escape(self.page.accessibleName())}<br>{escape(catalogue.page)}</qt>"
        )
        self.page.setVisible(bool(catalogue.page))
        self.page.clicked.connect(lambda *_: open_page(catalogue.page))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(4)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(self.answer, 0, 1)
        grid.addWidget(self.page, 0, 2)
        below = QHBoxLayout()
        below.addSpacing(self.fontMetrics().height() + 6)
        below.addWidget(self.facts, 1)
        grid.addLayout(below, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)

    def show_answer(self, answer: CatalogueAnswer | None) -> None:
        """What it has given, or why it has not."""
        self.answer.show_text(answer.text() if answer else "")
        self.answer.setToolTip(plain_tip(line_of(answer)) if answer else "")


def licences_of(catalogue: Catalogue, profile: Profile | None) -> str:
    """The licences of a catalogue's collections, each once; empty where the profile does not
    say.
    """
    ids = dict.fromkeys(c.licence or catalogue.licence for c in catalogue.collections) or {
        catalogue.licence: None
    }
    known = (profile.licence(name) for name in ids) if profile else iter(())
    return ", ".join(licence.title for licence in known if licence)
