"""The wheel scrolls: it changes a field only where the keyboard is in it."""

from __future__ import annotations

from typing import TypeVar

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QTabBar, QTabWidget, QWidget

from dinamis_qgis.bridge.guard import contain_faults

Field = TypeVar("Field", bound=QWidget)


class _Passing(QObject):
    """Lets wheel events through to what scrolls behind a field without the keyboard."""

    @contain_faults(False)
    @contain_faults(False)
    def eventFilter(self, field: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """True, and the event unaccepted, where the field must not have it."""
        if event.type() != QEvent.Type.Wheel or not isinstance(field, QWidget):
            return False
        if field.hasFocus() and not isinstance(field, QTabBar):
            return False
        event.ignore()
        return True


def pass_wheel_on(field: Field) -> Field:
    """Have ``field`` leave the wheel to what it lies in until a person puts the keyboard in it;
    tabs leave it always.

    Neither does the wheel put the keyboard there. Returns ``field``.
    """
    if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    turned = field.tabBar() if isinstance(field, QTabWidget) else field
    turned.installEventFilter(_Passing(field))  # lives as long as what Python made
    return field
