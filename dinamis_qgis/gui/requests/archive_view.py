"""Archive first: what already covers the area, and asking only for what is missing."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.tasking.archive import Archive, Covering
from dinamis_qgis.core.tasking.rules import km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.labels import wrapped

SHOWN = 3
FULL = 0.995


class ArchiveView(QWidget):
    """The share covered, the best products with a button each, and “request only the rest”."""

    add_wanted = pyqtSignal(object)
    """A product to put on the map instead of a request."""
    gap_wanted = pyqtSignal(object)
    """The area that is left (EPSG:4326)."""
    gap_shown = pyqtSignal(object)
    """The area to hatch on the map, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("archiveView")
        self.archive: Archive | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.text = wrapped()
        layout.addWidget(self.text)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        layout.addLayout(self._rows)
        self.gap_button = QPushButton()
        self.gap_button.setObjectName("requestGapButton")
        self.gap_button.clicked.connect(lambda: self.archive and self.gap_wanted.emit(self.archive.gap))
        layout.addWidget(self.gap_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_waiting("")

    def set_waiting(self, text: str) -> None:
        """Nothing to show yet: why."""
        self.archive = None
        self._clear()
        self.gap_button.hide()
        self.text.setText(text)
        self.gap_shown.emit(None)

    def show_archive(self, archive: Archive, days: int) -> None:
        """Show what was found over the last ``days`` days."""
        self.archive = archive
        self._clear()
        self.text.setText(_sentence(archive, days))
        best = sorted(archive.products, key=lambda c: (c.holding is Holding.MISSING, -round(c.share, 2)))
        for covering in best[:SHOWN]:
            self._rows.addWidget(self._row(covering))
        left = archive.gap if archive.products and archive.share < FULL else None
        self.gap_button.setVisible(left is not None)
        if left is not None:
            self.gap_button.setText(tr("Request only the rest ({area})").format(area=km2(area_km2(left))))
        self.gap_shown.emit(left)

    def _clear(self) -> None:
        while self._rows.count():
            widget = self._rows.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _row(self, covering: Covering) -> QWidget:
        from qgis.PyQt.QtCore import QLocale

        product = covering.product
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        day = QLocale().toString(_qdate(product.datetime), QLocale.FormatType.ShortFormat) if product.datetime else "–"
        cloud = f"☁ {product.cloud_cover:.0f} %" if product.cloud_cover is not None else "☁ –"
        label = QLabel(" · ".join([day, f"▣ {covering.share:.0%}".replace("%", " %"), cloud]))
        label.setToolTip(product.id)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(label, 1)
        button = QPushButton(tr("View"))
        button.setToolTip(tr("Put this image on the map: it may be enough"))
        if covering.holding is Holding.MISSING:
            button.setEnabled(False)
            button.setToolTip(tr("Your account does not hold the licence of this product: ask your relay."))
        button.clicked.connect(lambda *_, p=product: self.add_wanted.emit(p))
        layout.addWidget(button)
        return row


def _qdate(moment: Any) -> Any:
    from qgis.PyQt.QtCore import QDate

    return QDate(moment.year, moment.month, moment.day)


def _percent(share: float) -> str:
    """A share for people: nothing is called whole before it is."""
    return str(100 if share >= FULL else min(99, round(share * 100)))


def _sentence(archive: Archive, days: int) -> str:
    months = max(1, round(days / 30.4))
    if not archive.products:
        text = tr("No image of the last %n month(s) covers this area.", n=months)
    else:
        text = tr("%n image(s) in {months} months: {share} % of the area, {licensed} % under your licences.", n=len(archive.products))
        text = text.format(months=months, share=_percent(archive.share), licensed=_percent(archive.licensed_share))
    if archive.error is not None:
        text += " " + tr("One catalogue did not answer: there may be more.")
    return text
