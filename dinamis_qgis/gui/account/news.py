"""“Relay news”: what the relay tells its partners."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import (
    QAction,
    QDialog,
    QDialogButtonBox,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.relay.news import NewsFeed
from dinamis_qgis.core.relay.news import News
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.requests.sent.list_model import local_time


class NewsMark(QObject):
    """The entry of the account's menu, there where the profile has a feed, and the quiet mark on
    the menu's button while there is something unread.
    """

    def __init__(self, context: Context, action: QAction, button: QToolButton) -> None:
        super().__init__(button)
        self.feed = NewsFeed(context, self)
        self._context, self._action, self._button = context, action, button
        self._plain = button.text(), button.toolTip()
        self.feed.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        profile, unread = self._context.profile, self.feed.kept.unread
        self._action.setVisible(bool(profile and profile.news))
        text = tr("Relay news…")
        self._action.setText(f"{text} ({unread})" if unread else text)
        label, tip = self._plain
        self._button.setText(f"{label}•" if unread else label)
        told = tr("%n unread news of the relay", n=unread)
        self._button.setToolTip(f"{tip}\n{told}" if unread else tip)
        self._button.setAccessibleDescription(told if unread else "")


class NewsDialog(QDialog):
    """The entries, the newest first; what is shown counts as seen."""

    def __init__(self, feed: NewsFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newsDialog")
        self.setWindowTitle(tr("Relay news"))
        layout = QVBoxLayout(self)
        self.text = QTextBrowser()
        self.text.setObjectName("newsText")
        self.text.setOpenExternalLinks(True)
        entries = feed.kept.entries
        whole = "".join(entry_html(entry, entry.id not in feed.kept.seen) for entry in entries)
        self.text.setHtml(whole or escape(tr("No news yet.")))
        layout.addWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(380, 420)
        feed.mark_seen()


def entry_html(entry: News, is_new: bool) -> str:
    """An entry as our own markup around the relay's plain text."""
    day = local_time(entry.updated) if entry.updated else ""
    mark = f" <small>● {escape(tr('new'))}</small>" if is_new else ""
    link = ""
    if entry.link.startswith(("https://", "http://127.0.0.1")):
        link = f"<br><a href='{escape(entry.link, quote=True)}'>{escape(tr('Read more'))}</a>"
    return (
        f"<h3>{escape(entry.title)}{mark}</h3><p><small>{escape(day)}</small><br>"
        f"{escape(entry.text)}{link}</p>"
    )
