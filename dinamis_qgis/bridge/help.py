"""The local help pages, and F1."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QKeySequence
from qgis.PyQt.QtWidgets import QWidget

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, translation
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.text import tr


def open_help(topic: str = "index") -> None:
    """Show the local help page of a topic (a file of ``resources/help/<language>``, without
    ``.html``) in the browser.
    """
    language = "fr" if translation.interface_locale().lower().startswith("fr") else "en"
    for name in (topic, "index"):
        page = about.resource_path("help", language, f"{name}.html")
        if page.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))
            return
    messages.info(tr("The help pages are not installed."))


def help_key(widget: QWidget, topic: Callable[[], str]) -> None:
    """F1 anywhere in ``widget`` opens the page of ``topic()``.

    The innermost widget that has one answers.
    """
    widget.installEventFilter(_HelpKey(widget, topic))


class _HelpKey(QObject):
    """Takes the key before it becomes a shortcut: QGIS has its own on F1, and of two that fit Qt
    triggers neither.
    """

    def __init__(self, widget: QWidget, topic: Callable[[], str]) -> None:
        super().__init__(widget)
        self._topic = topic

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """True for F1."""
        if event is None or event.type() not in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            return False
        if not event.matches(QKeySequence.StandardKey.HelpContents):  # type: ignore[attr-defined]
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            open_help(self._topic())
        return True
