"""Making a dossier: the area's files and the PDF in a folder, the message ready in the mail
program, the folder open beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtCore import QDateTime, QLocale, QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.layouts.dossier_pdf import Paper, print_dossier
from dinamis_qgis.bridge.layouts.dossier_text import Section
from dinamis_qgis.bridge.requests.tracker import RequestTracker
from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.tasking.channels import dossier
from dinamis_qgis.core.tasking.model import READY, Request
from dinamis_qgis.core.tasking.rules.archive import Archive
from dinamis_qgis.core.tasking.rules.check import Finding, Severity
from dinamis_qgis.core.tasking.summary import format_day, summarise_request
from dinamis_qgis.core.text import tr

SHOWN_PRODUCTS = 12


class DossierMaking(QObject):
    """One dossier at a time; what goes wrong is told, and the request stays ready."""

    made = pyqtSignal(object, object)
    """(request, its files)."""

    def __init__(self, context: Context, tracker: RequestTracker, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._tracker, self._parent = context, tracker, parent

    def make(
        self,
        request: Request,
        findings: Iterable[Finding] = (),
        archive: Archive | None = None,
        covered: str = "",
        *,
        accepted: bool = False,
    ) -> None:
        """Ask where to put it, then write.

        ``accepted``: the person has accepted the licence of the product.
        """
        ready = replace(request, state=READY, queued=False)
        self._tracker.save(ready)
        chosen = QFileDialog.getExistingDirectory(self._parent, tr("Where to put the dossier"))
        profile, account = self._context.profile, self._context.account
        area, being_made = ready.draft.area, ready.reference in self._tracker.making
        if not chosen or profile is None or area is None or being_made:
            return
        folder = Path(chosen) / f"demande-{ready.reference[:8]}"
        sections = dossier_sections(
            ready, profile, account, tuple(findings), archive, covered, accepted
        )

        def written(files: tuple[Path, ...]) -> None:
            pdf = folder / f"demande-{ready.reference[:8]}.pdf"
            paper = Paper(pdf, ready.label, ready.reference, area, sections)
            layers = self._context.iface.mapCanvas().layers()
            print_dossier(
                paper, layers, lambda pdf: self._printed(ready, (pdf, *files), folder), failed, self
            )

        def failed(error: DinamisError) -> None:
            self._busy(ready, False)
            messages.show(error)

        self._busy(ready, True)
        tasks.run(
            lambda job: dossier.write_area_files(ready, folder),
            done=written,
            failed=failed,
            parent=self,
            title="dossier",
        )

    def _busy(self, request: Request, busy: bool) -> None:
        """The list shows that it is being made."""
        (self._tracker.making.add if busy else self._tracker.making.discard)(request.reference)
        self._tracker.sending.emit(request.reference, busy)

    def _printed(self, request: Request, files: tuple[Path, ...], folder: Path) -> None:
        self._busy(request, False)
        profile = self._context.profile
        if profile is None:
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        QDesktopServices.openUrl(
            QUrl(dossier.request_mail(request, profile, self._context.account))
        )
        count = len(files)
        text = tr(
            "A message to your relay is ready. Attach the %n file(s) of the folder, send it, "
            "then press “It is sent”.",
            n=count,
        )
        messages.warn(
            text,
            (
                tr("Open the folder"),
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            ),
            key="dossier",
        )
        self.made.emit(request, files)


def dossier_sections(
    request: Request,
    profile: Profile,
    account: Account | None,
    findings: tuple[Finding, ...],
    archive: Archive | None,
    covered: str,
    accepted: bool,
) -> tuple[Section, ...]:
    """Everything the dossier says, in the order a relay reads it."""
    today = QLocale().toString(QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat)
    what = tuple(summarise_request(request, profile, None))
    checked = tuple((_level_mark(f.level), f"{f.text} {f.remedy}".strip()) for f in findings)
    return (
        Section(tr("What is asked for"), what),
        Section(tr("Applicant"), _applicant_rows(profile, account, today)),
        Section(tr("Licence"), _licence_rows(request, profile, account, accepted, today)),
        Section(tr("Already in the catalogue"), _archive_rows(archive, covered)),
        Section(tr("Rules of the service"), checked or (("", tr("Not checked.")),)),
    )


def _applicant_rows(
    profile: Profile, account: Account | None, today: str
) -> tuple[tuple[str, str], ...]:
    relay = (account.relay if account else None) or profile.relay
    return (
        (tr("Function"), (account.name or account.username) if account else tr("not signed in")),
        (tr("Entity"), (account.entity if account else "") or "–"),
        (tr("E-mail"), (account.email if account else "") or "–"),
        (tr("Relay"), " · ".join(x for x in (relay.name, relay.email) if x) or "–"),
        (tr("Made on"), today),
    )


def _licence_rows(
    request: Request, profile: Profile, account: Account | None, accepted: bool, today: str
) -> tuple[tuple[str, str], ...]:
    product = next((p for p in profile.tasking.products if p.id == request.draft.product), None)
    licence = profile.licence(product.licence) if product else None
    if licence is None:
        return (("", tr("The profile names no licence for this product.")),)
    states = {
        Holding.HELD: tr("held by the account"),
        Holding.OPEN: tr("open to everybody"),
        Holding.MISSING: tr("not held by the account"),
    }
    said = (
        tr("Accepted by the applicant on {day}.").format(day=today)
        if accepted
        else tr("Not accepted yet.")
    )
    return (
        (tr("Licence"), licence.title),
        (tr("Text"), licence.url or "–"),
        (
            tr("Account"),
            states.get(holding(profile, account, licence.id), tr("unknown"))
            if account
            else tr("unknown"),
        ),
        (tr("Acceptance"), said),
    )


def _archive_rows(archive: Archive | None, covered: str) -> tuple[tuple[str, str], ...]:
    if archive is None:
        return (("", covered or tr("The catalogue was not asked.")),)
    rows: list[tuple[str, str]] = [("", covered)]
    best = sorted(archive.products, key=lambda c: -round(c.share, 2))[:SHOWN_PRODUCTS]
    for covering in best:
        product = covering.product
        when = format_day(product.datetime)
        cloud = f"☁ {product.cloud_cover:.0f} %" if product.cloud_cover is not None else "☁ –"
        rows.append((when, f"{product.id} · {covering.share * 100:.0f} % · {cloud}"))
    return tuple(rows)


def _level_mark(level: Severity) -> str:
    return {
        Severity.OK: tr("In order"),
        Severity.WARNING: tr("Warning"),
        Severity.ERROR: tr("To be corrected"),
    }[level]
