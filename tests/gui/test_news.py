"""The relay's news in the account's menu: a quiet mark, read, and read again offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dinamis_qgis.core.relay.news import parse_feed
from dinamis_qgis.gui.account.strip import AccountStrip
from dinamis_qgis.gui.relay.write_news import WriteNewsDialog
from tests.gui.relay_office import Office, office

__all__ = ["office"]


def test_unread_news_are_marked_until_they_are_seen(office: Office) -> None:
    strip = AccountStrip(office.context)
    strip.show()
    mark: Any = strip.news
    office.wait(lambda: mark.desk.kept.unread == 3, "the news")
    assert strip.menu_button.text().endswith("•") and "3" in strip.news_action.text()
    strip.news_action.trigger()
    office.wait(lambda: office.find("newsText"), "the dialog")
    assert "SPOT 6/7" in office.find("newsText").toPlainText()
    assert not strip.menu_button.text().endswith("•")
    office.find("newsDialog").close()
    office.idle()
    office.service.stop()
    other = AccountStrip(office.context)
    office.wait(lambda: other.news.desk.kept.entries, "read offline")
    assert not other.news.desk.kept.unread
    for widget in (strip, other):
        widget.close()
        widget.deleteLater()


def test_the_relay_writes_an_entry(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "actualites.xml"
    for title in ("Premier", "Second <atelier>"):
        dialog = WriteNewsDialog(office.context, office.panel)
        dialog.show()
        assert not dialog.write_button.isEnabled()
        dialog.headline.insert(title)
        dialog.file.setFilePath(str(path))
        dialog.link.setText("javascript:x")
        assert not dialog.write_button.isEnabled()
        dialog.link.setText("https://relais.invalid/")
        office.press("writeNewsButton")
        office.wait(path.exists, "the file")
        office.idle()
    entries = parse_feed(path.read_bytes(), "")
    assert [e.title for e in entries] == ["Second <atelier>", "Premier"]
    assert office.context.settings.relay_feed == str(path)
