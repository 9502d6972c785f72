"""Help pages and the support report: shown before it is sent, so that a person sees what leaves."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, support, translation
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.text import tr


def open_help(topic: str = "index") -> None:
    """Show the local help page of a topic (a file of ``resources/help/<language>``, without ``.html``) in the browser."""
    language = "fr" if translation.locale().lower().startswith("fr") else "en"
    for name in (topic, "index"):
        page = about.resource("help", language, f"{name}.html")
        if page.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))
            return
    messages.info(tr("The help pages are not installed."))


def help_key(widget: QWidget, topic: Callable[[], str]) -> None:
    """F1 anywhere in ``widget`` opens the page of ``topic()``. The innermost widget that has one answers."""
    widget.installEventFilter(_HelpKey(widget, topic))


class _HelpKey(QObject):
    """Takes the key before it becomes a shortcut: QGIS has its own on F1, and of two that fit Qt triggers neither."""

    def __init__(self, widget: QWidget, topic: Callable[[], str]) -> None:
        super().__init__(widget)
        self._topic = topic

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """True for F1."""
        if event is None or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not event.matches(QKeySequence.StandardKey.HelpContents):  # type: ignore[attr-defined]
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            open_help(self._topic())
        return True


class SupportDialog(QDialog):
    """The report in full, with what can be done with it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Support report"))
        self._context = context
        layout = QVBoxLayout(self)
        label = QLabel(tr("This is all the report says. It holds no password, no key and no name. Copy it into a message to your relay."))
        label.setWordWrap(True)
        layout.addWidget(label)
        self.text = QPlainTextEdit(support.report(context))
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Support report"))
        layout.addWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        write = buttons.addButton(tr("Write to the relay"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        write.clicked.connect(self._write)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(640, 480)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _write(self) -> None:
        self._copy()
        self._context.contact_relay(tr("DINAMIS in QGIS: support report (paste it here)"))
