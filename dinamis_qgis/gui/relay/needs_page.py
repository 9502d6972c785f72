"""What partners need: dossiers received, needs that one acquisition can serve, joint requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qgis.PyQt.QtCore import QDate, QLocale, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QShowEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.core.relay.list_import import plain_words
from dinamis_qgis.core.relay.model import PartnerRequest
from dinamis_qgis.core.relay.pooled_needs import JOINED, JOINT, JointNeed, find_joint_needs
from dinamis_qgis.core.tasking.rules.findings import format_km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.entities_page import set_up_table
from dinamis_qgis.gui.relay.lists import Column, RowRole, RowsModel
from dinamis_qgis.gui.widgets.labels import wrapped_label

FILES = "*.geojson *.json *.zip *.kml *.kmz *.gpkg"


def need_state_text(request: PartnerRequest) -> str:
    """Where a need stands, for people."""
    if request.source == JOINT:
        return tr("Joint request")
    return tr("Joined") if request.state == JOINED else tr("Received")


class NeedsPage(QWidget):
    """A list of needs above, what can be joined below."""

    request_wanted = pyqtSignal(object)
    """The area (EPSG:4326) of a request to be drafted."""

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._relay = relay
        self._stale = True
        self._needs: list[JointNeed] = []
        self._joint: PartnerRequest | None = None
        self.model = RowsModel(
            [
                Column(tr("Need"), lambda row: row.title),
                Column(tr("Entity"), self._entity_name),
                Column(tr("State"), need_state_text),
                Column(tr("From"), lambda row: _format_day(row.start), lambda row: row.start),
                Column(tr("To"), lambda row: _format_day(row.end), lambda row: row.end),
            ],
            lambda row: plain_words(f"{row.title} {self._entity_name(row)}"),
            self,
        )
        self._build()
        relay.changed.connect(self.refresh)
        self.refresh()

    def _entity_name(self, request: PartnerRequest) -> str:
        entity = self._relay.entity(request.entity_id)
        return entity.name if entity is not None else "–"

    def _build(self) -> None:
        self.receive_button = _button("receiveDossiers", tr("Receive dossiers…"))
        self.receive_button.clicked.connect(self._receive)
        self.view = QTreeView()
        self.view.setObjectName("needsView")
        self.view.setAccessibleName(tr("Needs of the partners"))
        set_up_table(self.view, self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.said = wrapped_label("", "needsSaid")
        self.proposals = QListWidget()
        self.proposals.setObjectName("jointNeeds")
        self.proposals.setAccessibleName(tr("Needs that one acquisition can serve"))
        self.proposals.setWordWrap(True)
        self.proposals.setMaximumHeight(self.fontMetrics().height() * 8)
        self.proposals.currentRowChanged.connect(self._show_actions)
        self.join_button = _button("joinNeeds", tr("Make one joint request"))
        self.join_button.clicked.connect(self._join)
        self.draft_button = _button("draftJoint", tr("Open as a request…"))
        self.draft_button.clicked.connect(self._draft)
        self.tell_button = _button("tellPartners", tr("Tell the partners…"))
        self.tell_button.clicked.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.receive_button, self.view, self.said, self.proposals):
            column.addWidget(widget)
        column.setStretch(1, 1)
        column.addWidget(self.join_button)
        row = QHBoxLayout()
        row.addWidget(self.draft_button)
        row.addWidget(self.tell_button)
        column.addLayout(row)

    @contain_faults()
    def refresh(self) -> None:
        """Show what was read last, once it is seen."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        requests = list(self._relay.holdings.requests)
        self.model.set_rows(requests)
        self.said.setText(tr("Looking for needs in common…"))
        tasks.run(
            lambda job: find_joint_needs(requests),
            done=self._propose,
            parent=self,
            title="joint needs",
        )

    @contain_faults()
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt)
        """What has changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _propose(self, needs: list[JointNeed]) -> None:
        self._needs = needs
        self.proposals.clear()
        for need in needs:
            item = QListWidgetItem(as_plain(self._need_text(need)))
            self.proposals.addItem(item)
        if needs:
            self.said.setText(
                tr("%n proposal(s): one acquisition would serve several.", len(needs))
            )
            self.proposals.setCurrentRow(0)
        elif self.model.shown:
            self.said.setText(tr("No two needs share ground, period and product."))
        else:
            self.said.setText(
                tr("No need yet: receive the dossiers that your partners prepared in QGIS.")
            )
        self.proposals.setVisible(bool(needs))
        self._show_actions()

    def _need_text(self, need: JointNeed) -> str:
        names = " + ".join(dict.fromkeys(self._entity_name(r) for r in need.origins))
        return tr("{names}: {km2} instead of {asked}, {saved} saved").format(
            names=names,
            km2=format_km2(need.km2),
            asked=format_km2(need.asked_km2),
            saved=format_km2(need.saved_km2),
        )

    @contain_faults()
    def _show_actions(self, *_: object) -> None:
        chosen = self._chosen_need() is not None
        joint = self._chosen_joint()
        self.join_button.setEnabled(chosen)
        self.draft_button.setEnabled(chosen or joint is not None)
        self.tell_button.setEnabled(chosen or joint is not None)

    def _chosen_need(self) -> JointNeed | None:
        row = self.proposals.currentRow()
        return self._needs[row] if 0 <= row < len(self._needs) else None

    def _chosen_joint(self) -> PartnerRequest | None:
        """The joint request chosen in the list, else the one just made."""
        rows = [i.data(RowRole) for i in self.view.selectionModel().selectedRows()]
        return next((r for r in rows if r.source == JOINT), self._joint)

    @contain_faults()
    def _receive(self, *_: object) -> None:
        kinds = f"{tr('Dossiers and areas')} ({FILES})"
        names, _ = QFileDialog.getOpenFileNames(self, tr("Receive dossiers"), "", kinds)
        if names:
            self._relay.receive_dossiers([Path(name) for name in names], _tell_received)

    @contain_faults()
    def _join(self, *_: object) -> None:
        need = self._chosen_need()
        if need is None:
            return
        names = " + ".join(dict.fromkeys(self._entity_name(r) for r in need.origins))
        title = tr("Joint request: {names}").format(names=names)
        self._relay.join_needs(need, title, self._joined)

    def _joined(self, joint: PartnerRequest) -> None:
        self._joint = joint
        messages.success(
            tr("The joint request is kept; each need says that it was joined."),
            (tr("Open as a request…"), self._draft),
        )
        self._show_actions()

    @contain_faults()
    def _draft(self, *_: object) -> None:
        need, joint = self._chosen_need(), self._chosen_joint()
        area = joint.area if joint is not None else need.area if need is not None else None
        if area is not None:
            self.request_wanted.emit(area)

    @contain_faults()
    def _tell(self, *_: object) -> None:
        QDesktopServices.openUrl(QUrl.fromEncoded(self.mail_address().encode("ascii")))

    def mail_address(self) -> str:
        """A ready message to the partners whose needs are joined; the relay gives the addresses."""
        need, joint = self._chosen_need(), self._chosen_joint()
        if joint is not None:
            origins: Sequence[Any] = [
                r for r in self._relay.holdings.requests if r.joint_id == joint.id
            ]
        else:
            origins = need.origins if need is not None else ()
        lines = [
            tr("Good morning,"),
            "",
            tr("Your needs can be served by one acquisition, which we propose to ask for:"),
            *(f"- {self._entity_name(r)} – {r.title}" for r in origins),
            "",
            tr("The image will be for all of you. Please tell us if this does not suit you."),
        ]
        subject, body = tr("DINAMIS: one acquisition for several needs"), "\r\n".join(lines)
        return f"mailto:?subject={quote(subject)}&body={quote(body)}"


def _format_day(day: date | None) -> str:
    if day is None:
        return "–"
    return str(
        QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
    )


def _tell_received(found: tuple[int, list[Any]]) -> None:
    count, refused = found
    if count:
        messages.success(tr("%n need(s) received.", count))
    elif not refused:
        messages.info(tr("These dossiers were received already."))
    for path, error in refused[:3]:
        messages.warn(f"{path.name} – {error.sentence()}")


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    return button
