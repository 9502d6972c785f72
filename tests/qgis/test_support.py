"""The support report helps and says nothing about the person."""

from __future__ import annotations

from pathlib import Path

from dinamis_qgis.bridge import messages, support
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.gui.support import SupportDialog


def test_report_holds_versions_and_log_but_no_secret(iface, tmp_path, monkeypatch):
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path))
    messages.log(
        f"https://h/x?X-Amz-Signature=abcdef {Path.home()}/data agent@collectivite.example"
    )
    context = Context(iface)
    text = support.support_report(context)
    context.close()
    assert "QGIS 3." in text or "QGIS 4." in text
    assert "GDAL" in text
    assert "abcdef" not in text
    assert "agent@" not in text
    assert str(Path.home()) + "/data" not in text


def test_dialog_copies_the_whole(iface, tmp_path, monkeypatch, qgis_app):
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path))
    context = Context(iface)
    dialog = SupportDialog(context)
    dialog._copy()
    assert qgis_app.clipboard().text() == dialog.text.toPlainText()
    context.close()


def test_the_gateways_address_is_no_part_of_it(iface, tmp_path, monkeypatch):
    monkeypatch.setenv("DINAMIS_HOME", str(tmp_path))
    mark = "Ab-_" * 8
    messages.log(
        f"GDAL: /vsicurl/http://127.0.0.1:40001/{mark}/3/https/s3.example.org/b/a.tif cannot be "
        f"read"
    )
    messages.log(
        f"GDAL: url=http%3A//127.0.0.1%3A40001/{mark}/3/https/s3.example.org/b/c.tif cannot be read"
    )
    context = Context(iface)
    text = support.support_report(context)
    context.close()
    assert mark not in text
    assert "https://s3.example.org/b/a.tif" in text and "https://s3.example.org/b/c.tif" in text
