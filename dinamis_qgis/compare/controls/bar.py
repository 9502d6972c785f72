"""The control bar of a comparison: which dates, which way, and what can be measured.

Lies on the canvas, top centre.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis import about
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.compare.controls import shortcuts
from dinamis_qgis.compare.controls.message_bar_margin import Headroom
from dinamis_qgis.compare.controls.mode_slider import ModeSlider
from dinamis_qgis.compare.controls.progress_row import Doing
from dinamis_qgis.compare.controls.shift_row import ShiftRow
from dinamis_qgis.compare.opaque_frame import OpaqueFrame
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.shapes import Mode
from dinamis_qgis.core.text import tr

TOP = 8


def mode_names() -> dict[Mode, str]:
    """What the modes are called."""
    return {
        Mode.VERTICAL: tr("Vertical swipe"),
        Mode.HORIZONTAL: tr("Horizontal swipe"),
        Mode.ANGLE: tr("Swipe at any angle"),
        Mode.SPYGLASS: tr("Spyglass"),
        Mode.BLINK: tr("Blink"),
        Mode.OPACITY: tr("Opacity"),
        Mode.BESIDE: tr("Side by side"),
    }


class Bar(OpaqueFrame):
    """Shows and drives ``comparison``. ``leave()`` takes it off the canvas."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison.canvas)
        self.setObjectName("dinamisCompareBar")
        self.setAccessibleName(tr("Comparison"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._comparison = comparison
        self._headroom = Headroom(comparison.canvas, self.place)
        self._panel: Any = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.setSpacing(3)
        self._folding = (self._dates(), self._ways())
        for row in self._folding:
            rows.addLayout(row)
        self.shift = ShiftRow(comparison)
        self.doing = Doing(self._show)
        rows.addWidget(self.shift)
        rows.addWidget(self.doing)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)
        comparison.canvas.installEventFilter(self)
        comparison.changed.connect(self._show)
        help_key(self, lambda: "compare")
        self._show()
        self.show()
        self.setFocus()

    # making

    def _dates(self) -> QBoxLayout:
        row = _row_of_halves()
        self.labels = (_Day(), _Day())
        self._steps: list[QToolButton] = []
        self.swap = self._button(
            "compare-swap", tr("Swap the two images (X)"), self._comparison.swap
        )
        self.close_button = self._button(
            "", tr("End the comparison (Esc)"), self._comparison.remove
        )
        self.close_button.setIcon(
            self.style().standardIcon(self.style().StandardPixmap.SP_TitleBarCloseButton)
        )
        for which, (label, last) in enumerate(zip(self.labels, (self.swap, self.close_button))):
            back, forth = ("Alt+Shift+←", "Alt+Shift+→") if which == 0 else ("Alt+←", "Alt+→")
            earlier = self._arrow(
                Qt.ArrowType.LeftArrow, tr("Earlier date ({keys})").format(keys=back), which, -1
            )
            later = self._arrow(
                Qt.ArrowType.RightArrow, tr("Later date ({keys})").format(keys=forth), which, 1
            )
            half = _add_line(row)
            for widget in (earlier, label, later, last):
                half.addWidget(widget)
        return row

    def _ways(self) -> QBoxLayout:
        row = _row_of_halves()
        half = _add_line(row)
        self.modes: dict[Mode, QToolButton] = {}
        for number, (mode, name) in enumerate(mode_names().items(), 1):
            button = self._button(
                f"compare-{mode.value}",
                f"{name} ({number})",
                partial(self._comparison.set_mode, mode),
            )
            button.setCheckable(True)
            self.modes[mode] = button
            half.addWidget(button)
        self.slider = ModeSlider(self._comparison)
        half.addWidget(self.slider)
        half.addStretch(1)
        self.stretch = self._button(
            "compare-same-stretch",
            tr("Same contrast for both images"),
            self._comparison.set_same_stretch,
        )
        self.stretch.setCheckable(True)
        self.align = self._button(
            "compare-align", tr("Measure the shift between the images"), self.measure
        )
        self.difference = self._button(
            "compare-difference", tr("What changed"), self.show_difference
        )
        self.difference.setCheckable(True)
        self.sheet = self._button("compare-sheet", "", self.make_sheet)
        self.animation = self._button(
            "compare-animation", tr("Animation of the dates over the view"), self.make_animation
        )
        half = _add_line(row)
        for button in (self.stretch, self.align, self.difference, self.sheet, self.animation):
            half.addWidget(button)
        row.setAlignment(half, Qt.AlignmentFlag.AlignRight)
        return row

    def _button(self, icon: str, tip: str, call: Callable[..., object]) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIconSize(QSize(20, 20))
        if icon:
            button.setIcon(QIcon(about.icon_path(icon)))
            button.setObjectName(icon)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(call)
        return button

    def _arrow(self, arrow: Any, tip: str, which: int, by: int) -> QToolButton:
        button = self._button("", tip, lambda: self._comparison.step(which, by))
        button.setArrowType(arrow)
        self._steps.append(button)
        return button

    # showing

    def _show(self) -> None:
        """Everything as the comparison is now."""
        comparison, state = self._comparison, self._comparison.state
        facts = comparison.facts()
        for label, fact in zip(self.labels, facts or ()):
            label.say(fact.label())
            label.setToolTip(as_plain(fact.label(), fact.name, fact.hour(), fact.credit))
        opening = comparison.dates.opening
        if opening is not None:
            day = QLocale().toString(QDate.fromString(opening[1], "yyyy-MM-dd"), "d MMM yyyy")
            self.labels[opening[0]].say(tr("Opening {day}…").format(day=day))
        more = len(comparison.dates.dates()) > 2
        for button in self._steps:
            button.setEnabled(more)
        for mode, button in self.modes.items():
            button.setChecked(mode is state.mode)
        self.stretch.setChecked(comparison.same_stretch)
        measurable = bool(
            comparison.sides and all(side.scene is not None for side in comparison.sides)
        )
        for button in (self.align, self.difference):
            button.setEnabled(measurable)
        self.animation.setEnabled(comparison.sides is not None and not self.doing.busy)
        self._show_sheet()
        if comparison.second_canvas is not None:
            comparison.second_canvas.installEventFilter(self)
        self.slider.follow(state)
        self.shift.follow()
        self.place()

    def _show_sheet(self) -> None:
        """A sheet says what was measured: it waits for the areas."""
        counting = self._panel is not None and self._panel.counting
        self.sheet.setEnabled(
            self._comparison.sides is not None and not self.doing.busy and not counting
        )
        name = tr("Comparison sheet (PDF, PNG, layout)")
        self.sheet.setAccessibleName(name)
        self.sheet.setToolTip(f"{name}\n{tr('The areas are being counted…')}" if counting else name)

    def place(self) -> None:
        """Top centre of the canvas, below a message there, never wider than the canvas: where it is
        narrow, each row folds in two.
        """
        layout, room = self.layout(), self._comparison.canvas.width() - 8
        for row in (self.shift, self.doing):
            row.layout().activate()  # a new text is known here only after events otherwise
        for direction in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom):
            for row in self._folding:
                row.setDirection(direction)
            layout.activate()
            if layout.totalMinimumSize().width() <= room:
                break
        width = min(room, layout.totalSizeHint().width())
        height = (
            layout.totalHeightForWidth(width)
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )
        self.resize(width, height)
        self.move(
            max(4, (self._comparison.canvas.width() - width) // 2), self._headroom.taken() + TOP
        )
        self.raise_()
        self._comparison.item.hide_above(self.geometry().bottom())
        if self._panel is not None:
            self._panel.place(self.geometry().bottom() + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Stays above its neighbours."""
        super().resizeEvent(event)
        self.raise_()

    # doing

    def measure(self) -> None:
        """Measure the shift in the view and say it."""
        self.shift.measure()
        self.place()

    def show_difference(self, on: bool = True) -> None:
        """Open or close the panel of changes."""
        if on and self._panel is None:
            from dinamis_qgis.compare.change.panel import DifferencePanel

            self._panel = DifferencePanel(self._comparison)
            self._panel.recounted.connect(self._show_sheet)
            self._panel.escaped.connect(self._close_panel)
            self._panel.show()
            self.place()
        elif not on and self._panel is not None:
            panel, self._panel = self._panel, None
            panel.leave()
        self.difference.setChecked(on)

    def _close_panel(self) -> None:
        self.show_difference(False)
        self.setFocus()

    @property
    def panel(self) -> Any:
        """The panel of changes, when open."""
        return self._panel

    def make_sheet(self) -> None:
        """Ask where, then make the sheet."""
        from dinamis_qgis.compare.output.dialogs import ask_sheet

        self._watch(
            ask_sheet(
                self._comparison, self._panel.measured() if self._panel is not None else None
            ),
            tr("Comparison sheet"),
        )

    def make_animation(self) -> None:
        """Ask where, then make the animation."""
        from dinamis_qgis.compare.output.dialogs import ask_animation

        self._watch(ask_animation(self._comparison), tr("Animation"))

    def _watch(self, maker: Any, title: str) -> None:
        if maker is not None:
            self.doing.watch(maker, title)

    # keys

    @contain_faults(False)
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Keys of the bar's own widgets and of both maps."""
        if event is None:
            return False
        canvas = self._comparison.canvas
        if event.type() == QEvent.Type.Resize and watched is canvas:
            self.place()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return (
                self._map_key(watched, event)
                if watched in (canvas, self._comparison.second_canvas)
                else self._key(event)
            )
        return False

    def _map_key(self, map_canvas: Any, event: QKeyEvent) -> bool:
        """Alt with arrows and digits always, the rest where the map's tool has no use for it; plain
        arrows move the map.
        """
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier and not shortcuts.keys_are_free(
            map_canvas
        ):
            return False
        taken = shortcuts.handle_key(self._comparison, event, arrows=False)
        if map_canvas is not self._comparison.canvas and self._comparison.second_canvas is None:
            self._comparison.canvas.setFocus()
        return taken

    @contain_faults()
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Digits choose the way, X swaps, Alt and arrows step through the dates, Esc ends."""
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        return shortcuts.handle_key(self._comparison, event, arrows=not self.slider.hasFocus())

    def leave(self) -> None:
        """Off the canvas."""
        self._comparison.canvas.removeEventFilter(self)
        self._headroom.leave()
        self.show_difference(False)
        self.hide()
        self.deleteLater()


class _Day(QLabel):
    """A scene's day, shortened to the room there is."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self._shorten()
        self.updateGeometry()

    @contain_faults(QSize(1, 1))
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Room for the whole text, within reason."""
        return QSize(
            max(90, min(200, self.fontMetrics().horizontalAdvance(self._whole) + 8)),
            super().sizeHint().height(),
        )

    @contain_faults(QSize(1, 1))
    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt)
        """Shortened as far as a day is still read."""
        return QSize(90, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """As much of it as fits."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        )


def _row_of_halves() -> QBoxLayout:
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(2)
    return row


def _add_line(row: QBoxLayout) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(2)
    row.addLayout(line)
    return line
