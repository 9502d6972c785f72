"""The second step: all that will be sent, on one page, with what the service and the calendar say;
then the one button that sends.
"""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.latest import Latest
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.requests.tracker import RequestTracker
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.tasking.channel import Channel, Opportunity, draft_window
from dinamis_qgis.core.tasking.model import Draft, Request
from dinamis_qgis.core.tasking.rules.check import Finding, Severity
from dinamis_qgis.core.tasking.summary import summarise_request
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.draft.findings import FindingsView
from dinamis_qgis.gui.requests.draft.passes_view import PassesView, pass_text, passes_sentence
from dinamis_qgis.gui.widgets.labels import wrapped_label


class ReviewPage(QWidget):
    """Shows one request; ``submitted`` when the person confirms, ``back`` when they want to change
    it.
    """

    submitted = pyqtSignal()
    back = pyqtSignal()
    swath_shown = pyqtSignal(object)
    """The area of the chosen pass (EPSG:4326) to draw on the map, or None."""

    def __init__(self, tracker: RequestTracker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracker = tracker
        self.request: Request | None = None
        self._remarks: tuple[Finding, ...] = ()
        self._said: list[str] = []
        self._build()
        self._asking = Latest(self._ask_now, self._answered, self, failed=self._not_answered)
        tracker.context.account_changed.connect(self._show_button)

    def open(self, request: Request, remarks: tuple[Finding, ...], covered: str) -> None:
        """Show ``request`` with the rules' warnings and the archive's sentence, and ask the service
        what it thinks.
        """
        self.request, self._remarks = (
            request,
            tuple(f for f in remarks if f.level is not Severity.OK),
        )
        rows = (
            summarise_request(request, self._tracker.context.profile, self._tracker.context.account)
            if self._tracker.context.profile
            else []
        )
        self._fill([*rows, *([(tr("Already there"), covered)] if covered else [])])
        self.findings.show_findings(self._remarks)
        self.passes.setText(tr("Asking the service…"))
        self.passes.show()
        self.timeline.show_passes((), None, None)
        self._show_licence(request)
        self._show_button()
        self._asking.drop()
        self._asking.ask((request.draft, self._channel()))
        self.submit_button.setFocus()

    def text(self) -> str:
        """All rows as people read them, for a test or the clipboard."""
        return "\n".join(self._said)

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        while self._rows.count():
            widget = self._rows.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._said = [f"{label}: {value}" for label, value in rows]
        bold = self.font()
        bold.setBold(True)
        for (label, value), said in zip(rows, self._said):
            # Name above value, both plain text: side by side, or as rich text, wrapped labels get a
            # wrong height at 300 px.
            shown = wrapped_label(value)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setFont(bold)
            shown.setAccessibleName(said)
            shown.setContentsMargins(0, 0, 0, 5)
            self._rows.addWidget(QLabel(as_plain(label)))
            self._rows.addWidget(shown)

    def close_page(self) -> None:
        """Nothing is sent."""
        self._asking.drop()
        self.timeline.show_passes((), None, None)
        self.swath_shown.emit(None)
        self.request = None

    def _channel(self) -> Channel | None:
        try:
            return self._tracker.channel()
        except DinamisError:
            return None

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        heading = QLabel(f"<b>{escape(tr('Check, then send'))}</b>")
        layout.addWidget(heading)
        self.table = QWidget()
        self.table.setObjectName("reviewTable")
        self._rows = QVBoxLayout(self.table)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        layout.addWidget(self.table)
        self.findings = FindingsView()
        layout.addWidget(self.findings)
        self.passes = wrapped_label("", "reviewPasses")
        layout.addWidget(self.passes)
        self.timeline = PassesView()
        self.timeline.hide()
        self.timeline.chosen.connect(self._pass_chosen)
        layout.addWidget(self.timeline)
        self._build_licence(layout)
        self.why = wrapped_label("", "reviewWhy")
        layout.addWidget(self.why)
        layout.addStretch(1)
        scroll.setWidget(body)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._buttons())

    def _build_licence(self, layout: QVBoxLayout) -> None:
        self.licence_text = wrapped_label("", "licenceText")
        self.licence_text.setOpenExternalLinks(True)
        self.licence_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.licence_box = QCheckBox(tr("I have read this licence and accept it"))
        self.licence_box.setObjectName("acceptLicenceBox")
        self.licence_box.toggled.connect(lambda *_: self._show_button())
        layout.addWidget(self.licence_text)
        layout.addWidget(self.licence_box)

    def _buttons(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 4, 6, 6)
        self.back_button = QPushButton(tr("Change"))
        self.back_button.setObjectName("changeRequestButton")
        self.back_button.clicked.connect(self.back)
        self.submit_button = QPushButton()
        self.submit_button.setObjectName("submitRequestButton")
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self.submitted)
        bar.addWidget(self.back_button)
        bar.addStretch(1)
        bar.addWidget(self.submit_button)
        return bar

    @property
    def accepted(self) -> bool:
        """Whether the person has accepted the licence."""
        return self.licence_box.isChecked()

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What the rules and the service say of it, warnings and errors."""
        return self._remarks

    def _show_licence(self, request: Request) -> None:
        """A dossier tells that the applicant has accepted the licence; a service has it from the
        account.
        """
        channel, profile = self._channel(), self._tracker.context.profile
        product = (
            next((p for p in profile.tasking.products if p.id == request.draft.product), None)
            if profile
            else None
        )
        licence = profile.licence(product.licence) if profile and product else None
        asked = licence is not None and channel is not None and not channel.automatic
        self.licence_box.setChecked(False)
        self.licence_box.setVisible(asked)
        self.licence_text.setVisible(asked)
        if licence is not None:
            title = escape(licence.title)
            link = f'<a href="{escape(licence.url)}">{title}</a>' if licence.url else title
            self.licence_text.setText(link)

    def _show_button(self) -> None:
        channel = self._channel()
        automatic = channel is None or channel.automatic
        self.submit_button.setText(
            tr("Send the request") if automatic else tr("Prepare the dossier…")
        )
        account = self._tracker.context.account
        wrong = next((f.text for f in self._remarks if f.level is Severity.ERROR), "")
        why = ""
        if channel is None:
            why = tr("This service takes no acquisition requests.")
        elif wrong:
            why = wrong
        elif automatic and account is None:
            why = tr(
                "You are not signed in: the request is kept as ready. It leaves once you have "
                "signed in and confirmed it."
            )
        elif self.licence_box.isVisibleTo(self) and not self.accepted:
            why = tr("Read and accept the licence first.")
        elif not automatic and account is None:
            why = tr(
                "You are not signed in: the dossier cannot name you, sign the message yourself."
            )
        elif account is not None and account.charter_pending:
            why = tr("Your entity has not accepted the DINAMIS charter yet: ask your relay.")
        unread = self.licence_box.isVisibleTo(self) and not self.accepted
        refused = (
            channel is None or bool(wrong) or unread or bool(account and account.charter_pending)
        )
        self.submit_button.setEnabled(not refused)
        self.submit_button.setToolTip(why)
        if automatic and account is None and not refused:
            self.submit_button.setText(tr("Keep as ready"))
        self.why.setText(why)
        self.why.setVisible(bool(why))

    # off the GUI thread

    def _ask_now(
        self, job: tasks.Job, given: tuple[Draft, Channel | None]
    ) -> tuple[tuple[Finding, ...], tuple[Opportunity, ...]]:
        draft, channel = given
        if channel is None:
            return (), ()
        remarks = channel.check(draft, job.cancel)
        try:
            return remarks, channel.opportunities(draft, job.cancel)
        except Cancelled:
            raise
        except DinamisError:  # feasibility is a help, its absence no obstacle
            return remarks, ()

    def _answered(self, answer: tuple[tuple[Finding, ...], tuple[Opportunity, ...]]) -> None:
        if self.request is None:
            return
        remarks, passes = answer
        self._remarks = (*self._remarks, *remarks)
        self.findings.show_findings(self._remarks)
        self.passes.setText(passes_sentence(passes))
        self.passes.setVisible(bool(passes))
        if passes:
            self.timeline.show_passes(passes, *draft_window(self.request.draft))
            self.timeline.choose(0)
        self._show_button()

    def _pass_chosen(self, index: int) -> None:
        passes = self.timeline.passes
        chosen = passes[index] if 0 <= index < len(passes) else None
        self.passes.setText(
            "\n".join(
                x for x in (passes_sentence(passes), pass_text(chosen) if chosen else "") if x
            )
        )
        self.swath_shown.emit(chosen.area if chosen else None)

    def _not_answered(self, error: DinamisError) -> None:
        text = tr(
            "The service cannot be asked now: {reason} The request is kept and can be sent later."
        )
        self.passes.setText(text.format(reason=error.message))
        self._show_button()
