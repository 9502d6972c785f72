"""The tab “Demandes”: the list, the form, the review; the drawing tool and the outlines on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.geometry import extent_on, selected_area
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.tasking.model import COMPLETED, FINAL, READY, Draft, Request, Status, state_text
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.desk import Desk
from dinamis_qgis.gui.requests.draw_tool import DrawTool
from dinamis_qgis.gui.requests.form import RequestForm
from dinamis_qgis.gui.requests.list_page import ListPage
from dinamis_qgis.gui.requests.overlay import Overlay
from dinamis_qgis.gui.requests.review import ReviewPage

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dinamis_qgis.core.catalogue.model import Product

LIST, FORM, REVIEW = range(3)


class RequestsPanel(QWidget):
    """One request goes list → form → review → list; every change is kept, whatever happens."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.desk = Desk(context, self)
        self.canvas = context.iface.mapCanvas()
        self.overlay = Overlay(self.canvas, self)
        self.tool = DrawTool(self.canvas)
        self.list = ListPage(self.desk)
        self.form = RequestForm(self.desk)
        self.review = ReviewPage(self.desk)
        self.pages = QStackedWidget()
        for page in (self.list, self.form, self.review):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._connect()

    def begin(self, area: BaseGeometry | None = None) -> None:
        """A new request, over ``area`` (EPSG:4326) or one to be drawn. Also the offer of an empty search."""
        if self.context.profile is None:
            self.context.when_open(lambda: self.begin(area))
            return
        self.edit(self.desk.begin(Draft()))
        if area is not None:
            self.form.set_area(area)
        else:
            self.draw()

    def edit(self, request: Request) -> None:
        """Go on writing a draft."""
        self.form.open(request)
        self.pages.setCurrentIndex(FORM)

    def draw(self) -> None:
        """Take the mouse for drawing the area."""
        self.canvas.setMapTool(self.tool)
        self.canvas.setFocus()

    def submit(self) -> None:
        """Send what is under review (its button does this)."""
        request = self.review.request
        if request is None:
            return
        self.review.close_page()
        self.form.close_form()
        self.pages.setCurrentIndex(LIST)
        if self.desk.channel().automatic:
            self.desk.submit(request, self._sent)
        else:
            self._write_dossier(request)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """The outlines come with the panel."""
        super().showEvent(event)
        self.overlay.set_visible(True)
        self.desk.reload()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt)
        """What is temporary leaves the map with the panel."""
        super().hideEvent(event)
        self.overlay.set_visible(False)

    def _connect(self) -> None:
        self.list.new_wanted.connect(self.begin)
        self.list.edit_wanted.connect(self.edit)
        self.list.copy_wanted.connect(lambda request: self.edit(self.desk.copy(request)))
        self.list.send_wanted.connect(self._send_again)
        self.list.sent_by_hand.connect(lambda request: self.desk.submit(request, self._sent))
        self.list.show_wanted.connect(self._zoom)
        self.list.add_wanted.connect(self._add_delivered)
        self.list.chosen_changed.connect(self._draw_outlines)
        self.form.closed.connect(self._back_to_list)
        self.form.review_wanted.connect(self._review)
        self.form.draw_wanted.connect(self.draw)
        self.form.selection_wanted.connect(self._take_selection)
        self.form.add_wanted.connect(self._add)
        self.form.gap_shown.connect(self.overlay.show_gap)
        self.form.area_changed.connect(lambda *_: self._draw_outlines())
        self.review.submitted.connect(self.submit)
        self.review.back.connect(self._change)
        self.tool.drawn.connect(self._drawn)
        self.tool.cancelled.connect(lambda: self.form.set_hint(""))
        self.tool.measured.connect(self.form.set_hint)
        self.desk.changed.connect(self._draw_outlines)
        self.desk.news.connect(self._tell)
        self.desk.delivered.connect(self._offer)
        self.context.account_changed.connect(self.form.refresh_account)
        self.context.profile_changed.connect(self._profile_changed)
        self.context.closing.connect(self._let_go)

    # pages

    def _back_to_list(self) -> None:
        self.canvas.unsetMapTool(self.tool)
        self.pages.setCurrentIndex(LIST)
        self.desk.reload()
        self._draw_outlines()

    def _change(self) -> None:
        self.review.close_page()
        self.pages.setCurrentIndex(FORM)

    def _review(self) -> None:
        if self.form.request is not None:
            self.canvas.unsetMapTool(self.tool)
            archive = self.form.archive_view
            covered = archive.text.text() if archive.archive is not None else ""
            self.pages.setCurrentIndex(REVIEW)
            self.review.open(self.form.request, self.form.findings, covered)

    def _profile_changed(self) -> None:
        self.review.close_page()
        self.form.close_form()

    # the area

    def _drawn(self, area: BaseGeometry | None) -> None:
        self.form.set_hint("")
        if area is not None:
            self.form.set_area(area)
        self.form.fields.title.setFocus()

    def _take_selection(self) -> None:
        try:
            area = selected_area(self.context.iface.activeLayer())
        except DinamisError as error:
            messages.show(error)
            return
        self.canvas.unsetMapTool(self.tool)
        self.form.set_area(area)

    def _draw_outlines(self) -> None:
        chosen = self.list.chosen
        requests = list(self.desk.requests)
        if self.form.request is not None:
            requests = [r for r in requests if r.reference != self.form.request.reference] + [self.form.request]
            chosen = self.form.request
        self.overlay.show_requests(requests, chosen.reference if chosen else "")

    def _zoom(self, request: Request) -> None:
        if request.draft.area is not None:
            self.canvas.setExtent(extent_on(self.canvas, request.draft.area))
            self.canvas.refresh()

    # sending and following

    def _send_again(self, request: Request) -> None:
        try:
            automatic = self.desk.channel().automatic
        except DinamisError as error:
            messages.show(error)
            return
        if automatic:
            self.desk.submit(request, self._sent)
        else:
            self._write_dossier(request)

    def _sent(self, request: Request) -> None:
        messages.success(tr("“{title}” is sent. You will be told of its progress here.").format(title=request.label))
        self.list.choose(request.reference)

    def _write_dossier(self, request: Request) -> None:
        """The files of the area in a folder, and a message ready in the person's mail program; sent only when they say so."""
        from dataclasses import replace
        from pathlib import Path

        from dinamis_qgis.core.tasking.channels import dossier

        ready = replace(request, state=READY)
        self.desk.save(ready)
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to put the dossier"))
        profile, account = self.context.profile, self.context.account
        if not chosen or profile is None:
            return
        folder = Path(chosen)

        def written(files: tuple[Path, ...]) -> None:
            QDesktopServices.openUrl(QUrl(dossier.mail(ready, profile, account)))
            names = ", ".join(f.name for f in files)
            text = tr("Attach {files} to the message, send it, then press “It is sent”.").format(files=names)
            messages.warn(text, (tr("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))), key="dossier")

        tasks.run(lambda job: dossier.write(ready, folder), done=written, parent=self, title="dossier")

    def _tell(self, request: Request, steps: tuple[Status, ...]) -> None:
        """One message for a change, however many steps it brought."""
        last = steps[-1]
        text = tr("“{title}”: {state}.").format(title=request.label, state=state_text(last.code).lower())
        if last.code in FINAL and last.code != COMPLETED:
            messages.warn(f"{text} {last.reason}".strip(), (tr("See"), lambda: self._see(request)), key=f"request-{request.reference}")
        elif last.code != COMPLETED:
            messages.info(text)

    def _see(self, request: Request) -> None:
        self.list.choose(request.reference)
        self._zoom(request)

    def _offer(self, request: Request, products: tuple[Product, ...]) -> None:
        text = tr("“{title}”: the image is there.").format(title=request.label)
        messages.success(text, (tr("Add to map"), lambda: self._add(products[0])))

    def _add_delivered(self, request: Request) -> None:
        for key in request.delivered:
            self.desk.product(key, self._add)

    def _add(self, product: Product) -> None:
        from dinamis_qgis.bridge.layers import add_product

        add_product(self.context, product)

    def _let_go(self) -> None:
        self.canvas.unsetMapTool(self.tool)
        self.overlay.clear()
