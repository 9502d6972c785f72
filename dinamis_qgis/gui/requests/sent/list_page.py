"""The first page of the tab: the requests, and for the chosen one its story and what can be done
with it.
"""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.requests.tracker import RequestTracker
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.tasking.model import DRAFT, EDITABLE, FINAL, READY, SENDING, Request
from dinamis_qgis.core.tasking.register.owner import Owner, may_see, name_text, owner_of
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.sent.by_hand import ByHand
from dinamis_qgis.gui.requests.sent.list_model import (
    RequestCardDelegate,
    RequestModel,
    RequestRole,
    history_html,
)
from dinamis_qgis.gui.requests.sent.waiting_bar import WaitingBar
from dinamis_qgis.gui.widgets.labels import wrapped_label


class ListPage(QWidget):
    """``requestsView`` with its filter, ``newRequestButton``, and the details of the chosen
    request.
    """

    new_wanted = pyqtSignal()
    edit_wanted = pyqtSignal(object)
    copy_wanted = pyqtSignal(object)
    send_wanted = pyqtSignal(object)
    sent_by_hand = pyqtSignal(object)
    show_wanted = pyqtSignal(object)
    add_wanted = pyqtSignal(object)
    cancel_wanted = pyqtSignal(object)
    review_wanted = pyqtSignal(object)
    """A request that must be confirmed by who is signed in."""
    chosen_changed = pyqtSignal()
    export_wanted = pyqtSignal()
    layer_wanted = pyqtSignal()

    def __init__(self, tracker: RequestTracker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracker = tracker
        self.model = RequestModel(self)
        self._build()
        tracker.changed.connect(self.refresh)
        tracker.sending.connect(self.refresh)
        self.refresh()

    @property
    def chosen(self) -> Request | None:
        """The selected request."""
        index = self.view.currentIndex()
        return (
            index.data(RequestRole)
            if index.isValid() and self.view.selectionModel().isSelected(index)
            else None
        )

    def choose(self, reference: str) -> None:
        """Select a request by its reference."""
        row = self.model.row_of(reference)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))

    def refresh(self) -> None:
        """Show what the tracker has read."""
        before = self.chosen.reference if self.chosen else ""
        self.model.set_requests(self._tracker.requests)
        if before and self.chosen is None:
            self.choose(before)
        self.pages.setCurrentIndex(0 if self.model.shown else 1)
        self.empty.setText(
            tr("Nothing in this part of the list.")
            if self._tracker.requests
            else tr(
                "No request yet.\n\nWhere no image fits your need, draw an area and ask for a "
                "new acquisition."
            )
        )
        self.filter.setVisible(bool(self._tracker.requests))
        self.more.setVisible(bool(self._tracker.requests))
        self._banner()
        self._details()
        if self.chosen is not None and self.isVisible():
            self._tracker.mark_read(self.chosen)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        self.banner = wrapped_label("", "requestsBanner")
        layout.addWidget(self.banner)
        self.waiting = WaitingBar()
        self.waiting.review_wanted.connect(self.review_wanted)
        layout.addWidget(self.waiting)
        top = QHBoxLayout()
        self.new_button = QPushButton(tr("New request"))
        self.new_button.setObjectName("newRequestButton")
        self.new_button.setToolTip(tr("Draw an area and ask for a new acquisition"))
        self.new_button.clicked.connect(self.new_wanted)
        self.filter = pass_wheel_on(QComboBox())
        self.filter.setAccessibleName(tr("Which requests to show"))
        for label, value in (
            (tr("All"), "all"),
            (tr("Drafts"), "drafts"),
            (tr("Under way"), "open"),
            (tr("Ended"), "done"),
        ):
            self.filter.addItem(label, value)
        self.filter.currentIndexChanged.connect(
            lambda *_: (self.model.set_filter(self.filter.currentData()), self.refresh())
        )
        top.addWidget(self.new_button)
        top.addStretch(1)
        top.addWidget(self.filter)
        top.addWidget(self._more_button())
        layout.addLayout(top)
        self.view = QListView()
        self.view.setObjectName("requestsView")
        self.view.setAccessibleName(tr("Requests"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(RequestCardDelegate(self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.view.activated.connect(self._activated)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self._details_box())

    def _more_button(self) -> QToolButton:
        self.more = QToolButton()
        self.more.setObjectName("requestsMoreButton")
        self.more.setText("⋯")
        self.more.setAccessibleName(tr("More"))
        self.more.setToolTip(tr("Show as a layer, export"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addAction(tr("Show as a layer of the project")).triggered.connect(
            lambda *_: self.layer_wanted.emit()
        )
        menu.addAction(tr("Export the list (GeoPackage, GeoJSON, CSV)…")).triggered.connect(
            lambda *_: self.export_wanted.emit()
        )
        self.more.setMenu(menu)
        return self.more

    def _make_buttons(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """What can be done with a request, in two rows."""
        self.add_button = self._button(
            "addDeliveredButton", tr("Add to map"), lambda r: self.add_wanted.emit(r)
        )
        self.main_button = self._button("requestMainButton", "", self._do_main)
        self.show_button = self._button(
            "showRequestButton", tr("Show"), lambda r: self.show_wanted.emit(r)
        )
        self.copy_button = self._button(
            "copyRequestButton", tr("Duplicate"), lambda r: self.copy_wanted.emit(r)
        )
        self.delete_button = self._button(
            "deleteRequestButton", tr("Delete"), lambda r: self._tracker.delete(r)
        )
        self.cancel_button = self._button(
            "cancelRequestButton", tr("Cancel the request"), lambda r: self.cancel_wanted.emit(r)
        )
        self.hand_button = self._button(
            "sentByHandButton", tr("It is sent"), lambda r: self.sent_by_hand.emit(r)
        )
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.add_button, self.main_button, self.hand_button, self.cancel_button):
            first.addWidget(button)
        for button in (self.show_button, self.copy_button, self.delete_button):
            second.addWidget(button)
        return first, second

    def _details_box(self) -> QWidget:
        self.details = QFrame()
        self.details.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self.details)
        column.setContentsMargins(8, 6, 8, 6)
        self.history = wrapped_label("", "requestHistory")
        self.history.setTextFormat(Qt.TextFormat.RichText)  # ours, around escaped text
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.history)
        self._story = scroll
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(scroll)
        self.whose = wrapped_label("", "requestOwner")
        column.addWidget(self.whose)
        self.by_hand = ByHand()
        self.by_hand.noted.connect(
            lambda state, remark: self.chosen and self._tracker.note(self.chosen, state, remark)
        )
        self.by_hand.remind_wanted.connect(
            lambda days: self.chosen and self._tracker.remind(self.chosen, days)
        )
        column.addWidget(self.by_hand)
        for row in self._make_buttons():
            row.addStretch(1)
            column.addLayout(row)
        return self.details

    def _button(self, name: str, text: str, action: Any) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(lambda *_: action(self.chosen) if self.chosen else None)
        return button

    def _chosen(self) -> None:
        self._details()
        self.chosen_changed.emit()
        if self.chosen is not None and self.isVisible():
            self._tracker.mark_read(self.chosen)

    def _activated(self, index: QModelIndex) -> None:
        request = index.data(RequestRole)
        if request is not None:
            (self.edit_wanted if request.state in EDITABLE else self.show_wanted).emit(request)

    def _do_main(self, request: Request) -> None:
        if request.state in (READY, SENDING):
            self.send_wanted.emit(request)
        else:
            self.edit_wanted.emit(request)

    def _banner(self) -> None:
        text = ""
        if self._tracker.context.profile is None:
            text = tr("Opening the service…")
        elif not self._tracker.context.profile.tasking.channel:
            text = tr("This service takes no acquisition requests.")
        elif self._tracker.context.account is None and self._automatic():
            text = tr(
                "You are not signed in: prepare your request, sign in to send it and to follow it."
            )
        self.banner.setText(text)
        self.banner.setVisible(bool(text))
        self.waiting.show_waiting(self._tracker.waiting(), self._tracker.context.account)
        self.new_button.setEnabled(
            bool(self._tracker.context.profile and self._tracker.context.profile.tasking.products)
        )

    def _details(self) -> None:
        request = self.chosen
        if request is None:
            self.details.hide()
            return
        busy, leaving = (
            self._tracker.is_sending(request.reference),
            self._tracker.is_withdrawing(request.reference),
        )
        self.history.setText(history_html(request))
        line = self.fontMetrics().height()
        tall = self.history.heightForWidth(max(120, self.width() - 40)) + line
        self._story.setFixedHeight(max(2 * line, min(6 * line, tall)))
        editable = request.state in EDITABLE
        ready = tr("Send") if self._automatic() else tr("Make the dossier again…")
        texts = {DRAFT: tr("Go on writing"), READY: ready, SENDING: tr("Check and send")}
        self.main_button.setText(tr("Sending…") if busy else texts.get(request.state, ""))
        self.main_button.setVisible(request.state in texts)
        making = request.reference in self._tracker.making
        if making:
            self.main_button.setText(tr("Making the dossier…"))
        self.main_button.setEnabled(not busy and not making)
        self._show_owner(request, busy)
        self.hand_button.setVisible(request.state == READY and not self._automatic() and not making)
        self.add_button.setVisible(bool(request.delivered))
        self.show_button.setEnabled(request.draft.area is not None)
        self.delete_button.setVisible(editable and not busy and not making)
        self.cancel_button.setVisible(self._can_cancel(request))
        self.cancel_button.setEnabled(not leaving)
        self.cancel_button.setText(tr("Cancelling…") if leaving else tr("Cancel the request"))
        told = request.state not in (*EDITABLE, *FINAL, SENDING) and not self._automatic()
        self.by_hand.setVisible(told)
        if told:
            self.by_hand.show_request(request)
        self.details.show()  # last: all its buttons together are wider than the dock

    def _show_owner(self, request: Request, busy: bool) -> None:
        """Whose it is, where it is not for whoever is signed in to send it just so."""
        account, text = self._tracker.context.account, ""
        waits = (
            request.state in (READY, SENDING)
            and account is not None
            and self._automatic()
            and not busy
        )
        whose = owner_of(request, account) if waits else Owner.MINE
        if request.state == READY and whose is not Owner.MINE:
            self.main_button.setText(tr("Review and send…"))
            text = tr("Confirmed while nobody was signed in: it leaves once you confirm it.")
        if whose is Owner.OTHER:
            text = tr(
                "Confirmed by {account}: it does not leave in your name unless you review it and "
                "confirm it."
            )
            if request.state == SENDING:
                self.main_button.setEnabled(False)
                text = tr(
                    "It was being sent by {account}: sign in with that account, what became of "
                    "it will be checked."
                )
            text = text.format(account=name_text(request.account))
        self.whose.setText(text)
        self.whose.setVisible(bool(text))

    def _automatic(self) -> bool:
        try:
            return self._tracker.channel().automatic
        except DinamisError:
            return True

    def _can_cancel(self, request: Request) -> bool:
        account = self._tracker.context.account
        if account is None or not may_see(request, account):
            return False
        try:
            return self._tracker.channel().can_cancel(request)
        except DinamisError:
            return False
