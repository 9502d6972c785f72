"""A turn of the wheel over the real windows: they scroll, and nothing that was filled in moves."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabWidget,
    QWidget,
)

from dinamis_qgis.gui.dock import DinamisDock
from tests.gui.request_panel import AREA, RequestsUser, still_service, tracker


def fields(window: QWidget) -> list[QWidget]:
    """What a turn of the wheel could change."""
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider)
    return [
        found
        for kind in kinds
        for found in window.findChildren(kind)
        if not isinstance(found, QScrollBar) and found.isEnabled()
    ]


def value(field: QWidget) -> Any:
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.value() if isinstance(field, QAbstractSlider) else field.text()


def turn(target: QWidget, notches: int = -1) -> None:
    middle = target.rect().center()
    spot, glob = QPointF(middle), QPointF(target.mapToGlobal(middle))
    event = QWheelEvent(
        spot, glob, QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


__all__ = ["still_service", "tracker"]


def test_the_form_of_a_request_scrolls_and_keeps_what_is_in_it(tracker: RequestsUser) -> None:
    tracker.panel.begin(AREA)
    found = fields(tracker.panel)
    assert len(found) >= 5
    for field in found:
        field.clearFocus()
        before = value(field)
        for notches in (-3, 3):
            turn(field, notches)
            for inside in field.findChildren(QLineEdit):
                turn(inside, notches)
        assert value(field) == before, field.objectName()
        assert field.focusPolicy() != Qt.FocusPolicy.WheelFocus, field.objectName()


def test_tabs_and_filters_stay_too(tracker: RequestsUser, iface: Any) -> None:
    dock = DinamisDock(tracker.context, iface.mainWindow())
    dock.panel("search")
    dock.panel("downloads")
    for field in fields(dock):
        before = value(field)
        turn(field, -2)
        assert value(field) == before, field.objectName()
    tabs = dock.findChild(QTabWidget)
    tabs.setCurrentIndex(0)
    turn(tabs.tabBar(), -2)
    assert tabs.currentIndex() == 0
    dock.deleteLater()
