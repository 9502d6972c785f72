"""The relay's news in the account's menu: a quiet mark, read, and read again offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dinamis_qgis.core.relay.news import parse_feed
from dinamis_qgis.gui.account.strip import AccountStrip
from dinamis_qgis.gui.relay.write_news import WriteNewsDialog
from tests.gui.relay_window import RelayWindow, window

__all__ = ["window"]


def test_unread_news_are_marked_until_they_are_seen(window: RelayWindow) -> None:
    strip = AccountStrip(window.context)
    strip.show()
    mark: Any = strip.news
    window.wait(lambda: mark.feed.kept.unread == 3, "the news")
    assert strip.menu_button.text().endswith("•") and "3" in strip.news_action.text()
    strip.news_action.trigger()
    window.wait(lambda: window.find("newsText"), "the dialog")
    assert "SPOT 6/7" in window.find("newsText").toPlainText()
    assert not strip.menu_button.text().endswith("•")
    window.find("newsDialog").close()
    window.idle()
    window.service.stop()
    other = AccountStrip(window.context)
    window.wait(lambda: other.news.feed.kept.entries, "read offline")
    assert not other.news.feed.kept.unread
    for widget in (strip, other):
        widget.close()
        widget.deleteLater()


def test_the_relay_writes_an_entry(window: RelayWindow, tmp_path: Path) -> None:
    path = tmp_path / "actualites.xml"
    for title in ("Premier", "Second <atelier>"):
        dialog = WriteNewsDialog(window.context, window.panel)
        dialog.show()
        assert not dialog.write_button.isEnabled()
        dialog.headline.insert(title)
        dialog.file.setFilePath(str(path))
        dialog.link.setText("javascript:x")
        assert not dialog.write_button.isEnabled()
        dialog.link.setText("https://relais.invalid/")
        window.press("writeNewsButton")
        window.wait(path.exists, "the file")
        window.idle()
    entries = parse_feed(path.read_bytes(), "")
    assert [e.title for e in entries] == ["Second <atelier>", "Premier"]
    assert window.context.settings.relay_feed == str(path)
