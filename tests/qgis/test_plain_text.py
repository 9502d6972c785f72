"""What a service writes is shown as it is, wherever people read it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from qgis.core import QgsLayoutItemLabel, QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtWidgets import QLabel, QMessageBox, QTextBrowser, QWidget

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.layouts import sheet
from dinamis_qgis.bridge.plain_text import as_markup, as_plain, without_expressions
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.tasking.model import Draft, Order, Status, new_request
from dinamis_qgis.core.tasking.rules.findings import Finding, Severity
from dinamis_qgis.gui.downloads.model import DownloadsModel
from dinamis_qgis.gui.requests.draft.findings import FindingsView
from dinamis_qgis.gui.requests.draft.shared_view import SharedView
from dinamis_qgis.gui.requests.sent.list_model import RequestModel
from dinamis_qgis.gui.search.results.bars import SearchNotice
from dinamis_qgis.gui.widgets.labels import wrapped_label

MARK = '<img src="file:///pixel.png"><a href="http://evil.invalid/x">ZZ</a>'


def may_be_rich(text: str) -> bool:
    """As Qt says; PyQt6 does not have its word, then any tag is."""
    if hasattr(Qt, "mightBeRichText"):
        return bool(Qt.mightBeRichText(text))
    return re.search("<[a-zA-Z]", text) is not None


def rendered(widget: QWidget) -> list[str]:
    """The texts of a widget and its children in which the mark would be drawn, not shown."""
    found = []
    labels = [*widget.findChildren(QLabel), *([widget] if isinstance(widget, QLabel) else [])]
    for label in labels:
        rich = label.textFormat() != Qt.TextFormat.PlainText and may_be_rich(label.text())
        if rich and "<img" in label.text():
            found.append(label.text())
    tips = [each.toolTip() for each in (widget, *widget.findChildren(QWidget))]
    found += [tip for tip in tips if "<img" in tip and may_be_rich(tip)]
    pages = [browser.toHtml() for browser in widget.findChildren(QTextBrowser)]
    found += [page for page in pages if "<img" in page]
    return found


def tip_of(model) -> str:
    return model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_one_place(qgis_app):
    assert as_plain("Réf. 5 < 6 & 7", "", "deux") == "Réf. 5 < 6 & 7\ndeux"
    assert not may_be_rich(as_plain("Réf. 5 < 6 & 7"))
    assert "<img" not in as_plain(MARK)
    assert "&lt;img" in as_plain(MARK, "x")
    assert "<img" not in as_markup(MARK)
    assert len(as_plain("x" * 5_000_000)) < 5000


def test_labels_notices_and_findings(qgis_app):
    notice = SearchNotice()
    notice.say(MARK, details=f"http://h/: 400 {MARK}")
    findings = FindingsView()
    findings.show_findings([Finding("service", Severity.ERROR, f"It asks for “{MARK}”.", MARK)])
    shared, now = SharedView(), datetime.now(timezone.utc)
    shared.show_orders(
        [Order("o1", "p", now, statuses=(Status("accepted", now),), entity="C", title=MARK)]
    )
    for widget in (notice, findings, shared, wrapped_label(MARK)):
        assert rendered(widget) == []


def test_lists(qgis_app):
    downloads = DownloadsModel()
    downloads.set_home([Product("p", "c", "col", "id", None, title=MARK)])
    requests = RequestModel()
    requests.set_requests([replace(new_request("p", Draft()), draft=Draft(title=MARK))])
    for model in (downloads, requests):
        assert "<img" not in tip_of(model)


def test_the_message_bar(qgis_app):
    from qgis.gui import QgsMessageBar

    bar = QgsMessageBar()

    class Interface:
        def messageBar(self):  # noqa: N802 (QGIS)
            return bar

    messages.install_messages(Interface())
    try:
        messages.show(ServiceError(f"The service asks for “{MARK}”.", details=MARK))
        messages.warn(MARK)
        messages.info(MARK)
        messages.success(MARK)
        items = bar.items() if hasattr(bar, "items") else [bar.currentItem()]
        assert items
        for item in items:
            assert rendered(item) == []
    finally:
        messages.install_messages(None)


@pytest.mark.parametrize(
    "text", ["[% 1 + 1 %]", "[%@project_path%]", "a [% env('HOME') %] b", "[[% 1 + 1 %]%]"]
)
def test_a_label_of_a_layout_runs_nothing(qgis_app, text):
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    label = sheet._add_label(layout, text, QRectF(0, 0, 100, 20), 10)
    assert isinstance(label, QgsLayoutItemLabel)
    assert label.currentText().replace("\u2060", "") == text
    assert without_expressions("5 % [brut]") == "5 % [brut]"


def test_a_box_shows_it_as_it_is(qgis_app):
    box = QMessageBox()
    box.setText(as_plain(f"Cancel “{MARK}”?"))
    assert "<img" not in box.text()
