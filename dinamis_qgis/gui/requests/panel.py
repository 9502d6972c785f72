"""The tab “Demandes”: the list, the form, the review; the drawing tool and the outlines on the
map.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.file_dialog import ask_file
from dinamis_qgis.bridge.geometry.convert import extent_on
from dinamis_qgis.bridge.layers.request_layer import add_requests_layer, refresh_requests_layer
from dinamis_qgis.bridge.requests.announce import announce_sent
from dinamis_qgis.bridge.requests.tracker import tracker_of
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.tasking.channels.dossier import join_mail
from dinamis_qgis.core.tasking.model import (
    READY,
    Draft,
    Order,
    Request,
    state_text,
)
from dinamis_qgis.core.tasking.register.export import SUFFIXES, export_requests
from dinamis_qgis.core.tasking.register.owner import Owner, owner_of
from dinamis_qgis.core.tasking.rules.findings import format_km2
from dinamis_qgis.core.tasking.split import split_draft
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.draft.area_tools import AreaTaking
from dinamis_qgis.gui.requests.draft.form import RequestForm
from dinamis_qgis.gui.requests.draft.review import ReviewPage
from dinamis_qgis.gui.requests.sent.dossier_making import DossierMaking
from dinamis_qgis.gui.requests.sent.list_page import ListPage
from dinamis_qgis.gui.requests.sent.overlay import RequestOutlines

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dinamis_qgis.core.catalogue.model import Product

LIST, FORM, REVIEW = range(3)
REMINDER_DAYS = 14
"""Days until news of a dossier are asked for, where the profile does not say
(``tasking.options.reminder_days``).
"""


class RequestsPanel(QWidget):
    """One request goes list → form → review → list; every change is kept, whatever happens."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.tracker = tracker_of(context)
        self.canvas = context.iface.mapCanvas()
        self.overlay = RequestOutlines(self.canvas, self)
        self.list = ListPage(self.tracker)
        self.form = RequestForm(self.tracker)
        self.review = ReviewPage(self.tracker)
        self.taking = AreaTaking(context, self.form, self)
        self.tool = self.taking.draw_tool
        self.dossier = DossierMaking(context, self.tracker, self)
        self.pages = QStackedWidget()
        for page in (self.list, self.form, self.review):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._connect()

    def begin(self, area: BaseGeometry | None = None) -> None:
        """A new request, over ``area`` (EPSG:4326) or one to be drawn.

        Also the offer of an empty search.
        """
        if self.context.profile is None:
            self.context.when_open(lambda: self.begin(area))
            return
        self.edit(self.tracker.begin(Draft()))
        if area is not None:
            self.form.set_area(area)
        else:
            self.draw()

    def edit(self, request: Request, *, then_review: bool = False) -> None:
        """Go on writing a draft; ``then_review``: on to the last page when no rule is broken.

        Not while it is on the wire.
        """
        if self.tracker.is_sending(request.reference):
            return
        self.taking.let_go()
        self.review.close_page()
        self.tracker.editing = request.reference
        self.form.open(request, then_review=then_review)
        self.pages.setCurrentIndex(FORM)

    def draw(self) -> None:
        """Take the mouse for drawing the area."""
        self.taking.draw()

    def submit(self) -> None:
        """Send what is under review (its button does this)."""
        request, accepted = self.review.request, self.review.accepted
        if request is None:
            return
        view = self.form.archive_view
        told = (
            self.form.findings,
            view.archive,
            view.said,
        )
        self.review.close_page()
        self.form.close_form()
        self.pages.setCurrentIndex(LIST)
        if self.tracker.channel().automatic:
            self.tracker.confirm(request, self._sent)
        else:
            self.dossier.make(request, *told, accepted=accepted)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """The outlines come with the panel."""
        super().showEvent(event)
        self.overlay.set_visible(True)
        self.tracker.reload()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt)
        """What is temporary leaves the map with the panel."""
        super().hideEvent(event)
        self.overlay.set_visible(False)

    def _connect(self) -> None:
        self.list.new_wanted.connect(self.begin)
        self.list.edit_wanted.connect(self.edit)
        self.list.copy_wanted.connect(lambda request: self.edit(self.tracker.copy(request)))
        self.list.send_wanted.connect(self._send_again)
        self.list.sent_by_hand.connect(
            lambda request: self.tracker.submit(request, self._sent_by_hand)
        )
        self.list.show_wanted.connect(self._zoom)
        self.list.review_wanted.connect(lambda request: self.edit(request, then_review=True))
        self.list.cancel_wanted.connect(self._ask_withdrawal)
        self.tracker.withdrawn.connect(self._withdrawn)
        self.list.add_wanted.connect(self._add_delivered)
        self.list.chosen_changed.connect(self._draw_outlines)
        self.form.closed.connect(self._back_to_list)
        self.form.review_wanted.connect(self._review)
        self.form.download_wanted.connect(self._download_instead)
        self.form.join_wanted.connect(self._join)
        self.list.export_wanted.connect(self._export)
        self.list.layer_wanted.connect(self._show_layer)
        self.review.swath_shown.connect(self.overlay.show_swath)
        self.tracker.left.connect(self._choose_request)
        self.form.add_wanted.connect(self._add)
        self.form.split_wanted.connect(self._split)
        self.form.archive_shown.connect(self.overlay.show_archive)
        self.form.area_changed.connect(lambda *_: self._draw_outlines())
        self.review.submitted.connect(self.submit)
        self.review.back.connect(self._change)
        self.tracker.changed.connect(self._draw_outlines)
        self.tracker.changed.connect(self._refresh_layer)
        self.context.account_changed.connect(self.form.refresh_account)
        self.context.profile_changed.connect(self._profile_changed)
        self.context.closing.connect(self._let_go)

    # The tracker lives longer than this panel: only methods, which Qt lets go of with the panel.

    def _choose_request(self, request: Request) -> None:
        self.list.choose(request.reference)

    def _refresh_layer(self) -> None:
        refresh_requests_layer(self.tracker.profile_id)

    # pages

    def _back_to_list(self) -> None:
        self.tracker.editing = ""
        self.taking.let_go()
        self.pages.setCurrentIndex(LIST)
        self.tracker.reload()
        self._draw_outlines()

    def _change(self) -> None:
        self.review.close_page()
        self.pages.setCurrentIndex(FORM)

    def _review(self) -> None:
        if self.form.request is not None:
            self.taking.let_go()
            covered = self.form.archive_view.said
            self.pages.setCurrentIndex(REVIEW)
            self.review.open(self.form.request, self.form.findings, covered)

    def _profile_changed(self) -> None:
        self.review.close_page()
        self.form.close_form()

    # the map

    def _draw_outlines(self) -> None:
        chosen = self.list.chosen
        requests = list(self.tracker.requests)
        if self.form.request is not None:
            requests = [r for r in requests if r.reference != self.form.request.reference] + [
                self.form.request
            ]
            chosen = self.form.request
        self.overlay.show_requests(requests, chosen.reference if chosen else "")

    def _zoom(self, request: Request) -> None:
        if request.draft.area is not None:
            self.canvas.setExtent(extent_on(self.canvas, request.draft.area))
            self.canvas.refresh()

    # sending and following

    def _send_again(self, request: Request) -> None:
        try:
            automatic = self.tracker.channel().automatic
        except DinamisError as error:
            messages.show(error)
            return
        account = self.context.account
        if not automatic:
            self.dossier.make(request)
        elif (
            request.state == READY
            and account is not None
            and owner_of(request, account) is not Owner.MINE
        ):
            self.edit(request, then_review=True)
        else:
            self.tracker.submit(request, self._sent)

    def _ask_withdrawal(self, request: Request) -> None:
        """Cancelling cannot be undone: asked once."""
        box = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Cancel the request"),
            "",
            QMessageBox.StandardButton.NoButton,
            self,
        )
        box.setObjectName("cancelRequestBox")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(tr("Cancel “{title}” at the service?").format(title=request.label))
        box.setInformativeText(
            tr(
                "No image will be taken for it. This cannot be undone; you can still duplicate "
                "the request."
            )
        )
        yes = box.addButton(tr("Cancel the request"), QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(tr("Keep the request"), QMessageBox.ButtonRole.RejectRole)
        yes.setObjectName("reallyCancelButton")
        no.setObjectName("keepRequestButton")
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda *_: self.tracker.withdraw(request))
        box.open()

    def _withdrawn(self, request: Request) -> None:
        messages.success(
            tr("“{title}”: {state}.").format(
                title=request.label, state=state_text(request.state).lower()
            )
        )
        self.list.choose(request.reference)

    def _sent(self, request: Request) -> None:
        announce_sent(request)
        self.list.choose(request.reference)

    def _sent_by_hand(self, request: Request) -> None:
        profile = self.context.profile
        days = (
            profile.tasking.options.get("reminder_days", REMINDER_DAYS)
            if profile
            else REMINDER_DAYS
        )
        self.tracker.remind(request, int(days))
        messages.success(
            tr("“{title}” is noted as sent. You will be reminded to ask for news.").format(
                title=request.label
            )
        )
        self.list.choose(request.reference)

    def _download_instead(self, products: list[Product]) -> None:
        from dinamis_qgis.gui.downloads.dialog import ask_download
        from dinamis_qgis.gui.downloads.places import place_of

        draft = self.form.draft
        place = place_of(tr("The area of the request"), draft.area, draft.title)
        ask_download(self.context, products, None, [place])

    def _split(self) -> None:
        """The request under the pen becomes that of its largest part; the others are drafts."""
        if self.form.request is None:
            return
        drafts = split_draft(self.form.draft)
        if len(drafts) < 2:
            return
        first = replace(self.form.request, draft=drafts[0])
        for draft in drafts[1:]:
            self.tracker.save(self.tracker.begin(draft))
        self.tracker.save(first)
        self.edit(first)
        sizes = " · ".join(format_km2(area_km2(draft.area)) for draft in drafts)
        text = tr(
            "%n request(s), one per part: {sizes}. The others are drafts in the list.",
            n=len(drafts),
        )
        messages.info(text.format(sizes=sizes))

    def _join(self, order: Order) -> None:
        request, profile, account = self.form.request, self.context.profile, self.context.account
        if request is None or profile is None:
            return
        address = join_mail(request, order, profile, account)
        self.form.close_form()

        def joined(kept: Request) -> None:
            QDesktopServices.openUrl(QUrl(address))
            messages.success(
                tr(
                    "You follow this request now. Send the message to your relay: it says that "
                    "you need the image too."
                )
            )
            self.list.choose(kept.reference)

        self.tracker.join(request, order, joined)

    def _export(self) -> None:
        kinds = {".gpkg": "GeoPackage", ".geojson": "GeoJSON", ".csv": "CSV"}
        path = ask_file(self, tr("Export the list"), tr("requests") + ".gpkg", kinds, SUFFIXES)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the requests that the list shows."""
        shown = list(self.list.model.shown)

        def written(count: int) -> None:
            button = (
                tr("Open the folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            )
            messages.success(
                tr("%n request(s) written to {name}.", n=count).format(name=path.name), button
            )

        tasks.run(
            lambda job: export_requests(shown, path), done=written, parent=self, title="export"
        )

    def _show_layer(self) -> None:
        try:
            add_requests_layer(self.tracker.register.path, self.tracker.profile_id)
        except DinamisError as error:
            messages.show(error)

    def show_request(self, request: Request) -> None:
        """Choose it in the list and show its place."""
        self.list.choose(request.reference)
        self._zoom(request)

    def _add_delivered(self, request: Request) -> None:
        for key in request.delivered:
            self.tracker.product(key, self._add)

    def _add(self, product: Product) -> None:
        from dinamis_qgis.bridge.layers.add import add_product

        add_product(self.context, product)

    def _let_go(self) -> None:
        self.taking.remove()
        self.overlay.clear()
