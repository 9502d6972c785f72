"""The keys some catalogues give their files for: asked for when one is missing, changed and
forgotten here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.catalogue_keys import catalogues_with_key, vault_of
from dinamis_qgis.core.account.vault import Vault
from dinamis_qgis.core.catalogue.keys import forget_key, host_of, keep_key, key_page, read_key
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.widgets import make_button, text_label


def with_keys(context: Any, products: Sequence[Product], then: Callable[[], None]) -> None:
    """``then()`` once there is a key for every catalogue of ``products`` that wants one; asked for
    where it is missing.
    """
    wanted = catalogues_with_key(context, products)
    if not wanted:
        then()
        return
    vault = vault_of(context)

    def found(missing: list[Catalogue]) -> None:
        if not missing:
            then()
            return
        dialog = CatalogueKeysDialog(context, missing, context.iface.mainWindow())
        dialog.accepted.connect(then)
        dialog.open()

    tasks.run(
        lambda job: [c for c in wanted if not read_key(vault, c)],
        done=found,
        parent=context,
        title="keys",
    )


def show_keys(context: Any) -> None:
    """The keys of every catalogue of the open profile that wants one."""
    wanted = catalogues_with_key(context)
    if not wanted:
        messages.info(tr("No catalogue of this profile asks for a key."))
        return
    CatalogueKeysDialog(context, wanted, context.iface.mainWindow()).open()


class CatalogueKeysDialog(QDialog):
    """A key for each catalogue; what is typed goes to the vault, what is kept is never shown."""

    def __init__(
        self, context: Any, catalogues: Sequence[Catalogue], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("catalogueKeysDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(
            tr("Key of a catalogue") if len(catalogues) == 1 else tr("Keys of the catalogues")
        )
        self._context, self._vault = context, vault_of(context)
        self.parts = [_CatalogueKeyPart(c, partial(self._forget, c)) for c in catalogues]
        column = QVBoxLayout(self)
        for number, part in enumerate(self.parts):
            if number:
                line = QFrame()
                line.setFrameShape(QFrame.Shape.HLine)
                column.addWidget(line)
            column.addWidget(part)
            part.value.textChanged.connect(self._offer)
        self.told = text_label(quiet=True)
        self.problem = text_label()
        self.problem.setObjectName("keyProblem")
        self.problem.hide()
        self.box = QDialogButtonBox()
        self.box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(
            False
        )
        self.keep = self.box.addButton(tr("Keep the key"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setObjectName("keepKeyButton")
        self.keep.setDefault(True)
        self.box.accepted.connect(self._keep)
        self.box.rejected.connect(self.reject)
        for widget in (self.problem, self.told, self.box):
            column.addWidget(widget)
        self.setMinimumWidth(380)
        self._offer()
        self._look()

    def _look(self) -> None:
        """Which keys are kept already, and where."""
        vault, catalogues = self._vault, [part.catalogue for part in self.parts]
        tasks.run(
            lambda job: (_vault_place(vault), [bool(read_key(vault, c)) for c in catalogues]),
            done=self._seen,
            failed=self._fail,
            parent=self,
            title="keys",
        )

    def _seen(self, found: tuple[str, list[bool]]) -> None:
        self.told.setText(found[0])
        for part, kept in zip(self.parts, found[1]):
            part.show_kept(kept)

    def _offer(self, *_: object) -> None:
        typed = any(part.value.text().strip() for part in self.parts)
        self.keep.setEnabled(typed)
        self.keep.setToolTip("" if typed else tr("Paste a key first."))
        self.problem.hide()

    def _keep(self) -> None:
        vault, typed = (
            self._vault,
            [(p.catalogue, p.value.text()) for p in self.parts if p.value.text().strip()],
        )

        def work(job: tasks.Job) -> None:
            for catalogue, value in typed:
                keep_key(vault, catalogue, value)

        tasks.run(work, done=lambda _: self._kept(), failed=self._fail, parent=self, title="keys")

    def _kept(self) -> None:
        from dinamis_qgis.bridge.transfer.downloads import downloads_of

        if self._context.paths.queue.is_file():
            downloads_of(self._context).wake()  # what waited for the key goes on
        self.accept()

    def _forget(self, catalogue: Catalogue) -> None:
        vault = self._vault
        tasks.run(
            lambda job: forget_key(vault, catalogue),
            done=lambda _: self._look(),
            failed=self._fail,
            parent=self,
            title="keys",
        )

    def _fail(self, error: DinamisError) -> None:
        self.problem.setText(error.sentence())
        self.problem.show()


class _CatalogueKeyPart(QWidget):
    """One catalogue: why, where one gets a key, the key, and to forget it."""

    def __init__(self, catalogue: Catalogue, forget: Callable[[], None]) -> None:
        super().__init__()
        self.catalogue = catalogue
        why = tr(
            "“{title}” gives its files to those who have a key. Sign up on its site, create your "
            "key there, and paste it here."
        )
        host, page = host_of(catalogue), key_page(catalogue)
        text = escape(tr("Get a key from {title}").format(title=catalogue.title))
        link = QLabel()
        anchor = f'<a href="{escape(page)}">{text}</a>'
        link.setText(anchor)
        link.setObjectName("keyPageLink")
        link.setOpenExternalLinks(True)
        link.setToolTip(f"<qt>{escape(page)}</qt>")
        link.setVisible(bool(page))
        self.value = QLineEdit()
        self.value.setObjectName(f"keyOf_{catalogue.id}")
        self.value.setEchoMode(QLineEdit.EchoMode.Password)
        self.value.setAccessibleName(tr("Key of {title}").format(title=catalogue.title))
        self.state = text_label(tr("The key is sent to {host} only.").format(host=host), quiet=True)
        self.forget = make_button(tr("Forget this key"), forget, f"forgetKey_{catalogue.id}")
        self.forget.setAutoDefault(False)
        self.forget.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (text_label(why.format(title=catalogue.title)), link, self.value, self.state):
            column.addWidget(widget)
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_kept(False)

    def show_kept(self, kept: bool) -> None:
        """Whether the vault has one."""
        self.forget.setVisible(kept)
        self.value.setPlaceholderText(
            tr("A key is kept: paste another to replace it") if kept else tr("Paste your key here")
        )


def _vault_place(vault: Vault) -> str:
    """Where keys are kept. Worker thread."""
    if vault.kind == "keyring":
        return tr("Kept in this computer's keyring.")
    if vault.kind == "qgis":
        return tr("Kept in QGIS's authentication database.")
    return tr("Kept until QGIS is closed: this computer has no keyring that can be used.")
