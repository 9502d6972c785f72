"""The lines above the list of downloads: how all of them go, a button that holds them, and what
concerns every one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.errors import Action, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.job import FileProgress
from dinamis_qgis.core.transfer.queue import FileState
from dinamis_qgis.gui.downloads import words
from dinamis_qgis.gui.widgets.widgets import ShortLabel

_OFFLINE = ("down", "dns", "cut", "timeout")
_NAMED = (
    Action.SIGN_IN,
    Action.OPEN_NETWORK_OPTIONS,
    Action.OPEN_AUTHENTICATION_OPTIONS,
    Action.CATALOGUE_KEYS,
)


class Overview(QWidget):
    """``show_views`` says how they stand; ``hold_wanted``: the button was pressed."""

    hold_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.said = ""
        """What the banner says went wrong."""
        self.summary, self.hold, self.banner = ShortLabel(), QToolButton(), QLabel()
        self.hold.setObjectName("holdAllButton")
        self.hold.setAutoRaise(True)
        self.hold.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hold.clicked.connect(lambda *_: self.hold_wanted.emit())
        self.banner.setWordWrap(True)
        self.banner.setObjectName("downloadsBanner")
        self.banner.setContentsMargins(8, 6, 8, 6)
        self.banner.setAutoFillBackground(True)
        self._action = Action.NONE
        self.banner.linkActivated.connect(self._act)
        self.line = QWidget()
        row = QHBoxLayout(self.line)
        row.setContentsMargins(8, 4, 4, 4)
        row.addWidget(self.summary, 1)
        row.addWidget(self.hold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.banner)

    @contain_faults()
    def _act(self, *_: object) -> None:
        messages.perform_action(self._action)

    def show_views(self, views: Sequence[FileProgress]) -> None:
        """Files left, speed, time left; and the first thing that stops more than one."""
        active = [v for v in views if v.entry.state in (FileState.RUNNING, FileState.WAITING)]
        paused = [v for v in views if v.entry.state is FileState.PAUSED]
        self.line.setVisible(bool(active or paused))
        speed = sum(v.speed or 0.0 for v in active if v.entry.state is FileState.RUNNING)
        total = sum((v.total or 0) - v.done for v in active)
        parts = [
            tr("%n file(s) left", len(active)) if active else tr("%n file(s) paused", len(paused))
        ]
        if speed:
            parts += [words.speed_text(speed), words.time_left_text(total / speed)]
        self.summary.show_text(" · ".join(p for p in parts if p))
        self.hold.setIcon(
            QgsApplication.getThemeIcon(
                f"/temporal_navigation/{'pause' if active else 'forward'}.svg"
            )
        )
        text = tr("Pause all") if active else tr("Go on with all")
        self.hold.setToolTip(text)
        self.hold.setAccessibleName(text)
        self._warn([v.entry.error for v in views if v.entry.error is not None])
        self.setVisible(bool(active or paused or self.said))

    def _warn(self, errors: list[DinamisError]) -> None:
        first = next((e for e in errors if e.code.startswith("disk") or e.code in _OFFLINE), None)
        first = first or next((e for e in errors if e.action in _NAMED), None)
        self.banner.setVisible(first is not None)
        self.said = first.message if first is not None else ""
        if first is not None:
            self._action = first.action
            kept = tr(
                "Downloads go on by themselves once the service answers; what was fetched is kept."
            )
            text = escape(f"{first.message} {kept if first.code in _OFFLINE else first.remedy}")
            link = (
                f'<br><a href="#">{escape(messages.button_label(first.action))}</a>'
                if first.action in (Action.CATALOGUE_KEYS, Action.CHOOSE_FOLDER)
                else ""
            )
            self.banner.setText(f"<qt>{text}{link}</qt>")
