"""The agreement of a member: an ODT to edit, a PDF to send, the mail ready."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QDate, QMarginsF, QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.errors import from_os_error
from dinamis_qgis.core.files import replace_atomically, unused_path
from dinamis_qgis.core.relay.documents import (
    agreement_mail,
    document_html,
    entity_fields,
    fill_in,
    fill_odt,
    write_odt,
)
from dinamis_qgis.core.relay.model import Entity
from dinamis_qgis.core.text import tr


def make_agreement(
    context: Context, entity: Entity, folder: Path, template: Path | None, parent: QObject
) -> None:
    """Write the documents into ``folder`` and offer the mail; ``template`` is the relay's own ODT,
    None for the default one, which gives a PDF too.
    """
    profile = context.profile
    fields = entity_fields(entity, profile, QDate.currentDate().toPyDate())

    def work(job: tasks.Job) -> list[Path]:
        odt = unused_path(folder, "avenant", "odt", "pdf")
        if template is not None:
            fill_odt(template, odt, fields)
            return [odt]
        source = about.resource_path("templates", "avenant.txt")
        try:
            text = fill_in(source.read_text("utf-8"), fields)
        except OSError as error:
            raise from_os_error(error, source) from error
        write_odt(text, odt)
        pdf = odt.with_suffix(".pdf")
        with replace_atomically(pdf, b"%%EOF") as part:
            print_pdf(document_html(text), part)
        return [odt, pdf]

    def done(paths: list[Path]) -> None:
        names = ", ".join(path.name for path in paths)
        messages.success(
            tr("Written: {names}. Attach what you want to the mail.").format(names=names),
            (tr("Write the mail"), lambda: _open_address(agreement_mail(entity, profile))),
            (tr("Open the folder"), lambda: QDesktopServices.openUrl(_folder_address(folder))),
        )

    tasks.run(work, done=done, parent=parent, title="agreement")


def print_pdf(html: str, path: Path) -> None:
    """A4 pages of our own HTML; callable from any thread."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setHtml(html)
    document.print(writer) if hasattr(document, "print") else document.print_(writer)


def _folder_address(folder: Path) -> QUrl:
    return QUrl.fromLocalFile(str(folder))


def _open_address(address: str) -> None:
    QDesktopServices.openUrl(QUrl.fromEncoded(address.encode("ascii")))
