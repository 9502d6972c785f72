"""Archive first: what already covers the area, and asking only for what is missing."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.account.model import Holding
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.tasking.rules.archive import Archive, Covering
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.tasking.summary import span_text
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

SHOWN = 3
FULL = 0.995
MOST_TAKEN = 12


class ArchiveView(QWidget):
    """The share covered, the best products with a button each, and “request only the rest”."""

    add_wanted = pyqtSignal(object)
    """A product to put on the map instead of a request."""
    gap_wanted = pyqtSignal(object)
    """The area that is left (EPSG:4326)."""
    download_wanted = pyqtSignal(object)
    """Products to take home instead of a request."""
    shown = pyqtSignal(object, object)
    """Footprints to outline on the map (EPSG:4326), and the area to hatch, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("archiveView")
        self.archive: Archive | None = None
        self.said = ""
        """What was found or could not be asked, as the review and the dossier repeat it."""
        self.portal = ""
        """The page where people look by themselves."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.text = wrapped_label()
        layout.addWidget(self.text)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        layout.addLayout(self._rows)
        self.download_button = self._button("downloadInsteadButton", self._download)
        self.download_button.setToolTip(
            tr("The images under your licences that cover the most of the area")
        )
        self.gap_button = self._button(
            "requestGapButton", lambda: self.archive and self.gap_wanted.emit(self.archive.gap)
        )
        self.portal_button = self._button("archivePortalButton", self._open_portal)
        self.portal_button.setText(tr("Look on the portal"))
        for button in (self.download_button, self.gap_button, self.portal_button):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_waiting("")

    def set_waiting(self, text: str, said: str = "") -> None:
        """Nothing to show yet: why.

        ``said`` is what the review and the dossier may say meanwhile.
        """
        self.archive, self.said = None, said
        self.portal_button.hide()
        self._clear()
        self.gap_button.hide()
        self.download_button.hide()
        self.text.setText(text)
        self.shown.emit((), None)

    def show_failure(self, error: DinamisError) -> None:
        """No catalogue answered: nothing is known of what exists, which is said."""
        reason = tr("The catalogue cannot be asked now: {reason}").format(reason=error.message)
        unknown = tr("Whether images of this area exist is not known.")
        self.set_waiting(f"{reason} {unknown}", f"{reason} {unknown}")
        self.portal_button.setVisible(bool(self.portal))

    def show_archive(self, archive: Archive, days: int, satellite: str = "") -> None:
        """Show what was found over the last ``days`` days of ``satellite``."""
        self.archive = archive
        self._clear()
        self.said = _archive_sentence(archive, days, satellite)
        self.text.setText(self.said)
        self.portal_button.setVisible(bool(self.portal) and not archive.conclusive)
        best = sorted(
            archive.products, key=lambda c: (c.holding is Holding.MISSING, -round(c.share, 2))
        )
        for covering in best[:SHOWN]:
            self._rows.addWidget(self._row(covering))
        left = archive.gap if archive.products and archive.share < FULL else None
        self.gap_button.setVisible(left is not None)
        if left is not None:
            self.gap_button.setText(
                tr("Request only the rest ({area})").format(area=format_km2(area_km2(left)))
            )
        allowed = fewest_products(archive)
        self.download_button.setVisible(bool(allowed))
        if allowed:
            text = tr("Download instead (%n image(s), {share} %)…", n=len(allowed))
            self.download_button.setText(text.format(share=_share_text(archive.licensed_share)))
        outlines = tuple(
            c.product.footprint for c in best[:SHOWN] if c.product.footprint is not None
        )
        self.shown.emit(outlines, left)

    def _button(self, name: str, action: Any) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.clicked.connect(lambda *_: action())
        return button

    def _open_portal(self) -> None:
        if self.portal.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(self.portal))

    def _download(self) -> None:
        if self.archive is not None:
            self.download_wanted.emit([c.product for c in fewest_products(self.archive)])

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
        day = (
            QLocale().toString(_as_qdate(product.datetime), QLocale.FormatType.ShortFormat)
            if product.datetime
            else "–"
        )
        cloud = f"☁ {product.cloud_cover:.0f} %" if product.cloud_cover is not None else "☁ –"
        label = QLabel(" · ".join([day, f"▣ {covering.share:.0%}".replace("%", " %"), cloud]))
        label.setToolTip(as_plain(product.id))
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(label, 1)
        button = QPushButton(tr("View"))
        button.setToolTip(tr("Put this image on the map: it may be enough"))
        if covering.holding is Holding.MISSING:
            button.setEnabled(False)
            button.setToolTip(
                tr("Your account does not hold the licence of this product: ask your relay.")
            )
        button.clicked.connect(lambda *_, p=product: self.add_wanted.emit(p))
        layout.addWidget(button)
        return row


def fewest_products(archive: Archive) -> tuple[Covering, ...]:
    """As few products under the account's licences as cover what all of them cover: the largest
    share first.
    """
    from shapely.ops import unary_union

    held = [
        c
        for c in archive.products
        if c.holding in (Holding.HELD, Holding.OPEN) and c.product.footprint is not None
    ]
    chosen: list[Covering] = []
    covered: Any = None
    for covering in sorted(held, key=lambda c: -round(c.share, 2)):
        shape = (
            covering.product.footprint.buffer(0) if covering.product.footprint is not None else None
        )
        if shape is None or (
            covered is not None and shape.difference(covered).area < 0.01 * shape.area
        ):
            continue
        covered = shape if covered is None else unary_union([covered, shape])
        chosen.append(covering)
        if len(chosen) == MOST_TAKEN:
            break
    return tuple(chosen)


def _as_qdate(moment: Any) -> Any:
    from qgis.PyQt.QtCore import QDate

    return QDate(moment.year, moment.month, moment.day)


def _share_text(share: float) -> str:
    """A share for people: nothing is called whole before it is."""
    return str(100 if share >= FULL else min(99, round(share * 100)))


def _archive_sentence(archive: Archive, days: int, satellite: str) -> str:
    span = span_text(days)
    if not archive.asked:
        return tr(
            "No catalogue of this service lists images of {satellite}: whether some exist here is "
            "not known. Look on the portal, or ask your relay."
        ).format(satellite=satellite or "–")
    if not archive.products:
        answered = [title for title in archive.asked if title not in archive.silent]
        text = tr(
            "No suitable image (satellite, clouds) of the last {span} covers this area in "
            "{catalogues}."
        ).format(span=span, catalogues=", ".join(answered or archive.asked))
    else:
        text = tr(
            "%n image(s) in {span}: {share} % of the area, {licensed} % under your licences.",
            n=len(archive.products),
        )
        text = text.format(
            span=span,
            share=_share_text(archive.share),
            licensed=_share_text(archive.licensed_share),
        )
    if archive.error is not None:
        text += " " + tr("Did not answer: {names}; there may be more.").format(
            names=", ".join(archive.silent) or "–"
        )
    return text
