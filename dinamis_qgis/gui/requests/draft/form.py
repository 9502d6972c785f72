"""Writing a request: area, need, settings, with the rules and the archive beside them, kept as one
types.
"""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.latest import Latest
from dinamis_qgis.bridge.requests.tracker import RequestTracker
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.geo import polygons
from dinamis_qgis.core.profile.model import Profile, TaskingProduct
from dinamis_qgis.core.tasking.model import DRAFT, Draft, Order, Request
from dinamis_qgis.core.tasking.needs import need_by_id, propose_settings
from dinamis_qgis.core.tasking.rules import archive as archives
from dinamis_qgis.core.tasking.rules import check, quota
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.draft.archive_view import ArchiveView
from dinamis_qgis.gui.requests.draft.area_bar import AreaBar
from dinamis_qgis.gui.requests.draft.fields import Fields
from dinamis_qgis.gui.requests.draft.findings import FindingsView
from dinamis_qgis.gui.requests.draft.shared_view import SharedView
from dinamis_qgis.gui.widgets.labels import wrapped_label

ARCHIVE_DAYS = 5 * 365 + 1
"""How old an image may be where no need was chosen: an update cycle of land cover."""


class RequestForm(QWidget):
    """One request being written; every change is kept at once. ``request`` is its present state."""

    closed = pyqtSignal()
    review_wanted = pyqtSignal()
    add_wanted = pyqtSignal(object)
    download_wanted = pyqtSignal(object)
    join_wanted = pyqtSignal(object)
    archive_shown = pyqtSignal(object, object)
    split_wanted = pyqtSignal()
    """One request a polygon of the area."""
    """Outlines to draw on the map: what exists already (area, label), and the gap."""
    area_changed = pyqtSignal(object)

    def __init__(self, tracker: RequestTracker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tracker = tracker
        self.request: Request | None = None
        self.findings: tuple[check.Finding, ...] = ()
        self.checked: Draft | None = None
        """The draft the findings are of."""
        self._build()
        self._rules = Latest(self._check_now, self._checked, self, delay_ms=60)
        self._archive = Latest(
            self._archive_now, self._archive_found, self, failed=self._archive_failed, delay_ms=500
        )
        self._shared = Latest(
            self._shared_now,
            self.shared_view.show_orders,
            self,
            failed=self._shared_failed,
            delay_ms=500,
        )
        self._counting = Latest(self._count_now, self._counted, self, failed=lambda _: None)
        self._elsewhere: tuple[Order, ...] | None = None
        self._then_review = False
        self._archive_key: Any = None
        self._shared_key: Any = None

    @property
    def draft(self) -> Draft:
        """What is asked for, as written so far."""
        return self.request.draft if self.request else Draft()

    def open(self, request: Request, *, then_review: bool = False) -> None:
        """Show a request to go on writing; ``then_review``: and review it at once when no rule is
        broken.
        """
        profile = self._tracker.context.profile
        products = profile.tasking.products if profile else ()
        self.fields.set_products(products)
        if not request.draft.product and products:
            request = replace(
                request, draft=_with_defaults(request.draft, products[0], self._tracker.today())
            )
        self.request = replace(request, state=DRAFT, queued=False)
        self.findings, self.checked, self._archive_key, self._shared_key = (), None, None, None
        self._then_review, self._elsewhere = then_review, None
        self._count()
        self.findings_view.show_findings(())
        self.fields.show(self.draft)
        self._refresh()
        self.scroll.verticalScrollBar().setValue(0)

    def set_area(self, area: BaseGeometry | None) -> None:
        """Another area, drawn or taken."""
        self._take(replace(self.draft, area=area))

    def set_hint(self, text: str) -> None:
        """What the drawing tool says."""
        self.area_bar.set_hint(text)

    def refresh_account(self) -> None:
        """Somebody signed in or out: licences and quota may differ."""
        if self.request is not None:
            self._archive_key = self._shared_key = self._elsewhere = None
            self._count()
            self._refresh()

    def close_form(self) -> None:
        """Back to the list; the draft is kept already."""
        self._rules.drop()
        self._archive.drop()
        self._shared.drop()
        self._counting.drop()
        self.archive_view.set_waiting("")
        self.shared_view.show_orders(())
        self.request = None
        self.closed.emit()

    # making

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(6, 6, 6, 6)
        need_form, settings = QFormLayout(), QFormLayout()
        self.fields = Fields(need_form, settings, self)
        self.fields.edited.connect(lambda: self._take(self.fields.read(self.draft), shown=True))
        self.fields.need_chosen.connect(self._need_chosen)
        self.emergency = wrapped_label("", "emergencyGuidance")
        self.emergency.setTextFormat(Qt.TextFormat.RichText)  # of our making, the rest escaped
        self.emergency.setOpenExternalLinks(True)
        self.emergency.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.area_bar = AreaBar()
        self.findings_view = FindingsView()
        self.findings_view.fixed.connect(self._fixed)
        self.findings_view.split_wanted.connect(self.split_wanted)
        self.archive_view = ArchiveView()
        self.archive_view.add_wanted.connect(self.add_wanted)
        self.archive_view.download_wanted.connect(self.download_wanted)
        self.archive_view.gap_wanted.connect(self.set_area)
        self.archive_view.shown.connect(self.archive_shown)
        self.shared_view = SharedView()
        self.shared_view.join_wanted.connect(self.join_wanted)
        layout.addWidget(_make_box(tr("Your need"), need_form, self.emergency))
        layout.addWidget(_make_box(tr("Area"), self.area_bar))
        layout.addWidget(_make_box(tr("Already in the catalogue"), self.archive_view))
        self.shared_box = _make_box(tr("Asked for by others"), self.shared_view)
        self.shared_view.found.connect(self.shared_box.setVisible)
        self.shared_box.hide()
        layout.addWidget(self.shared_box)
        layout.addWidget(_make_box(tr("Settings proposed"), settings))
        layout.addWidget(_make_box(tr("Rules of the service"), self.findings_view))
        layout.addStretch(1)
        self.scroll.setWidget(body)
        outer.addWidget(self.scroll, 1)
        outer.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(6, 4, 6, 6)
        self.close_button = QPushButton(tr("Back to the list"))
        self.close_button.setToolTip(tr("The draft is kept as it is"))
        self.close_button.setObjectName("closeFormButton")
        self.close_button.clicked.connect(self.close_form)
        self.review_button = QPushButton(tr("Review…"))
        self.review_button.setObjectName("reviewButton")
        self.review_button.setDefault(True)
        self.review_button.clicked.connect(self.review_wanted)
        self.errors_button = QPushButton()
        self.errors_button.setObjectName("errorsButton")
        self.errors_button.setFlat(True)
        self.errors_button.setToolTip(tr("Show what the service's rules say"))
        self.errors_button.clicked.connect(self._show_errors)
        self.errors_button.hide()
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.errors_button)
        row.addWidget(self.review_button)
        return bar

    # changing

    def _take(self, draft: Draft, *, shown: bool = False) -> None:
        """A new state of the draft: kept, shown, checked."""
        if self.request is None or draft == self.request.draft:
            return
        self.request = replace(self.request, draft=draft)
        self.fields.show(draft) if not shown else self.fields.show_why(draft)
        self._tracker.save(self.request)
        self._refresh()

    def _refresh(self) -> None:
        draft = self.draft
        self.area_bar.show_area(draft.area)
        self._show_emergency(draft)
        self.area_changed.emit(self.request)
        self._ready(False, tr("Checking the rules…"))
        product = self._product()
        profile = self._tracker.context.profile
        if product is None or profile is None:
            self._ready(False, tr("This service takes no acquisition requests."))
            return
        account = self._tracker.context.account
        entity = account.entity if account else ""
        self._rules.ask(
            (draft, product, profile, list(self._tracker.requests), entity, self._elsewhere)
        )
        self._look_in_archive(draft, product)
        self._look_at_others(draft)

    def _show_emergency(self, draft: Draft) -> None:
        """Where to turn when it cannot wait: for the needs that may be emergencies, and before one
        is chosen.
        """
        profile, wanted = self._tracker.context.profile, need_by_id(draft.need)
        links = profile.tasking.emergency if profile is not None else ()
        self.emergency.setText(_emergency_text(profile))
        self.emergency.setVisible(bool(links) and (wanted is None or wanted.emergency))

    def _look_at_others(self, draft: Draft) -> None:
        key = (draft.area.wkb if draft.area is not None else None, draft.start, draft.end)
        if key == self._shared_key:
            return
        self._shared_key = key
        self._shared.drop()
        self.shared_view.show_orders(())
        if polygons(draft.area) and self._tracker.context.account is not None:
            self._shared.ask((draft, self._tracker.context.connection()))

    def _look_in_archive(self, draft: Draft, product: TaskingProduct) -> None:
        wanted = need_by_id(draft.need)
        days = draft.max_age_days or (wanted.archive_days if wanted else ARCHIVE_DAYS)
        key = (
            draft.area.wkb if draft.area is not None else None,
            product.id,
            draft.max_cloud,
            days,
        )
        if key == self._archive_key:
            return
        self._archive_key = key
        self._archive.drop()
        if not polygons(draft.area):
            self.archive_view.set_waiting(tr("Draw the area first."))
            return
        context = self._tracker.context
        links = context.profile.links if context.profile is not None else {}
        self.archive_view.portal = links.get("portal", "")
        self.archive_view.set_waiting(
            tr("Looking in the catalogue…"), tr("The catalogue had not answered yet.")
        )
        self._archive.ask((draft, product, days, context.connection(), context.account))

    def _need_chosen(self, need_id: str) -> None:
        wanted, profile = need_by_id(need_id), self._tracker.context.profile
        if wanted and profile:
            self._take(
                propose_settings(
                    self.fields.read(self.draft),
                    wanted,
                    profile.tasking.products,
                    self._tracker.today(),
                )
            )

    def _fixed(self, after: Draft) -> None:
        """Only what the fix changes is taken: the person may have gone on typing since the rules
        were checked.
        """
        before = self.checked or self.draft
        changes = {
            f.name: getattr(after, f.name)
            for f in dataclass_fields(Draft)
            if getattr(after, f.name) != getattr(before, f.name)
        }
        self._take(replace(self.draft, **changes))

    def _product(self) -> TaskingProduct | None:
        profile = self._tracker.context.profile
        return (
            next((p for p in profile.tasking.products if p.id == self.draft.product), None)
            if profile
            else None
        )

    # off the GUI thread

    def _check_now(
        self, job: tasks.Job, given: tuple[Any, ...]
    ) -> tuple[Draft, tuple[check.Finding, ...]]:
        draft, product, profile, requests, entity, elsewhere = given
        limit, today = check.quota_of(profile.tasking.quotas, product.id), self._tracker.today()
        used = check.used_km2(requests, limit, today, entity, elsewhere or ()) if limit else 0.0
        return draft, check.check_draft(
            draft, check.RuleTerms(product, today, limit, used, elsewhere is not None)
        )

    def _checked(self, outcome: tuple[Draft, tuple[check.Finding, ...]]) -> None:
        draft, findings = outcome
        if self.request is None:
            return
        self.checked, self.findings = draft, findings
        self.findings_view.show_findings(findings)
        errors = [f for f in findings if f.level is check.Severity.ERROR]
        self._ready(not errors, " ".join(f.text for f in errors[:2]))
        self.errors_button.setVisible(bool(errors))
        self.errors_button.setText(tr("%n to correct", n=len(errors)))
        then_review, self._then_review = self._then_review, False
        if then_review and not errors:
            self.review_wanted.emit()

    def _count(self) -> None:
        """Ask the service which orders count on the entity's quota already, wherever they were sent
        from.
        """
        context = self._tracker.context
        account, profile = context.account, context.profile
        self._counting.drop()
        if account is not None and profile is not None and profile.tasking.quotas:
            self._counting.ask((context.connection(), account.entity))

    def _count_now(self, job: tasks.Job, given: tuple[Any, ...]) -> tuple[Order, ...] | None:
        connection, entity = given
        return quota.orders_shown(connection.open_channel(), entity, job.cancel)

    def _counted(self, orders: tuple[Order, ...] | None) -> None:
        if self.request is not None and orders is not None:
            self._elsewhere = orders
            self._refresh()

    def _archive_now(
        self, job: tasks.Job, given: tuple[Any, ...]
    ) -> tuple[archives.Archive, int, str]:
        draft, product, days, connection, account = given
        today = self._tracker.today()
        found = archives.find_archive_images(
            connection, draft, product, days, today, account, job.cancel
        )
        return found, days, product.constellation or product.title

    def _archive_found(self, outcome: tuple[archives.Archive, int, str]) -> None:
        if self.request is not None:
            self.archive_view.show_archive(*outcome)

    def _archive_failed(self, error: DinamisError) -> None:
        if not isinstance(error, Cancelled):
            self._archive_key = None
            self.archive_view.show_failure(error)

    def _shared_now(self, job: tasks.Job, given: tuple[Any, ...]) -> tuple[Order, ...]:
        draft, connection = given
        known = {r.order_id for r in self._tracker.requests}
        return tuple(
            o for o in connection.open_channel().shared(draft, job.cancel) if o.id not in known
        )

    def _shared_failed(self, error: DinamisError) -> None:
        """A help, its absence no obstacle: asked again with the next change."""
        self._shared_key = None

    def _show_errors(self) -> None:
        """The list of rules, at what must be corrected first."""
        row = self.findings_view.first_error() or self.findings_view
        self.scroll.ensureWidgetVisible(row, 0, row.height())

    def _ready(self, ready: bool, why: str) -> None:
        self.review_button.setEnabled(ready)
        self.review_button.setToolTip("" if ready else why)


def _with_defaults(draft: Draft, product: TaskingProduct, today: Any) -> Draft:
    """A fresh draft with the mildest settings the product's rules allow."""
    limits = product.rules
    days = max(60, limits.min_window_days or 2)
    return replace(
        draft,
        product=product.id,
        mode=product.modes[0] if product.modes else "mono",
        start=today + timedelta(days=1),
        end=today + timedelta(days=min(days, limits.max_window_days or days)),
        max_cloud=max(10.0, limits.min_cloud or 0),
        max_incidence=limits.max_incidence if limits.max_incidence is not None else 30.0,
    )


def _emergency_text(profile: Profile | None) -> str:
    """Where to turn when it cannot wait."""
    if profile is None:
        return ""
    links = ", ".join(
        f'<a href="{escape(x["url"])}">{escape(x["title"])}</a>' for x in profile.tasking.emergency
    )
    return tr("<b>Emergency?</b> A request takes weeks. Call on: {links}.").format(links=links)


def _make_box(title: str, *inner: QWidget | QFormLayout) -> QGroupBox:
    box = QGroupBox(f"{title}\u00a0\u00a0")  # some styles measure the title a little short
    layout = QVBoxLayout(box)
    layout.setContentsMargins(8, 6, 8, 8)
    for part in inner:
        if isinstance(part, QFormLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return box
