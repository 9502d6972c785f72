"""F1 opens the page of what is looked at, though QGIS has an action on F1 too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from dinamis_qgis.bridge import help as help_pages


class Window:
    """A window with QGIS's F1, and a dock with two places of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.main = QMainWindow()
        action = QAction("Help", self.main)
        action.setShortcut("F1")
        action.triggered.connect(lambda: self.asked.append("qgis"))
        self.main.addAction(action)
        self.outside, self.account, self.field = QLineEdit(), QLineEdit(), QLineEdit()
        self.main.setCentralWidget(self.outside)
        body, self.strip = QWidget(), QWidget()
        QVBoxLayout(self.strip).addWidget(self.account)
        rows = QVBoxLayout(body)
        rows.addWidget(self.strip)
        rows.addWidget(self.field)
        self.dock = QDockWidget()
        self.dock.setWidget(body)
        self.main.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)

    def press(self, widget: QWidget) -> None:
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_F1)


@pytest.fixture
def window(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    made = Window()

    def opened(url: QUrl) -> bool:
        page = Path(url.toLocalFile())
        assert page.is_file()
        made.asked.append(page.stem)
        return True

    monkeypatch.setattr(help_pages.QDesktopServices, "openUrl", opened)
    made.main.show()
    made.main.activateWindow()
    QTest.qWaitForWindowActive(made.main)
    yield made
    made.main.close()
    made.main.deleteLater()


def test_f1_in_the_dock_opens_its_page_once(window: Window) -> None:
    help_pages.help_key(window.dock, lambda: "search")
    window.press(window.field)
    assert window.asked == ["search"]


def test_the_innermost_page_is_opened(window: Window) -> None:
    help_pages.help_key(window.dock, lambda: "search")
    help_pages.help_key(window.strip, lambda: "account")
    window.press(window.account)
    assert window.asked == ["account"]


def test_elsewhere_f1_stays_with_qgis(window: Window) -> None:
    help_pages.help_key(window.dock, lambda: "search")
    window.press(window.outside)
    assert window.asked == ["qgis"]


def test_a_topic_without_a_page_leads_to_the_start(window: Window) -> None:
    help_pages.open_help("nowhere")
    assert window.asked == ["index"]
