"""The control bar of a comparison: which dates, which way, and what can be measured. Lies on the canvas, top centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget

from dinamis_qgis import about
from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.compare.ground import Ground
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.compare.shapes import LINES, Mode
from dinamis_qgis.core.change.align import Shift
from dinamis_qgis.core.text import tr

TOP = 8
KEYS = ("1&", "2é", '3"', "4'", "5(", "6-", "7è")
"""The keys of the modes, with and without shift on a French keyboard."""


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


class Bar(Ground):
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
        self._panel: Any = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.setSpacing(3)
        rows.addLayout(self._dates())
        rows.addLayout(self._ways())
        rows.addWidget(self._measures())
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)
        comparison.canvas.installEventFilter(self)
        comparison.changed.connect(self._show)
        help_key(self, lambda: "compare")
        self._show()
        self.show()
        self.setFocus()

    # making

    def _dates(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.labels = (QLabel(), QLabel())
        self._steps: list[QToolButton] = []
        for which, label in enumerate(self.labels):
            if which:
                self.swap = self._button("compare-swap", tr("Swap the two images (X)"), self._comparison.swap)
                row.addWidget(self.swap)
            keys = ("Alt+Shift+←", "Alt+Shift+→") if which == 0 else ("Alt+←", "Alt+→")
            earlier = self._arrow(Qt.ArrowType.LeftArrow, tr("Earlier date ({keys})").format(keys=keys[0]), which, -1)
            later = self._arrow(Qt.ArrowType.RightArrow, tr("Later date ({keys})").format(keys=keys[1]), which, 1)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(90)
            for widget in (earlier, label, later):
                row.addWidget(widget, 1 if widget is label else 0)
        self.close_button = self._button("", tr("End the comparison (Esc)"), self._comparison.remove)
        self.close_button.setIcon(self.style().standardIcon(self.style().StandardPixmap.SP_TitleBarCloseButton))
        row.addWidget(self.close_button)
        return row

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.modes: dict[Mode, QToolButton] = {}
        for number, (mode, name) in enumerate(mode_names().items(), 1):
            button = self._button(f"compare-{mode.value}", f"{name} ({number})", partial(self._comparison.set_mode, mode))
            button.setCheckable(True)
            self.modes[mode] = button
            row.addWidget(button)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setFixedWidth(90)
        self.slider.valueChanged.connect(self._slid)
        row.addWidget(self.slider)
        row.addStretch(1)
        self.stretch = self._button("compare-same-stretch", tr("Same contrast for both images"), self._comparison.set_same_stretch)
        self.stretch.setCheckable(True)
        self.align = self._button("compare-align", tr("Measure the shift between the images"), self.measure)
        self.difference = self._button("compare-difference", tr("What changed"), self.show_difference)
        self.difference.setCheckable(True)
        self.sheet = self._button("compare-sheet", tr("Comparison sheet (PDF, PNG, layout)"), self.make_sheet)
        self.animation = self._button("compare-animation", tr("Animation of the dates over the view"), self.make_animation)
        for button in (self.stretch, self.align, self.difference, self.sheet, self.animation):
            row.addWidget(button)
        return row

    def _measures(self) -> QWidget:
        self.measures = QWidget()
        row = QHBoxLayout(self.measures)
        row.setContentsMargins(0, 0, 0, 0)
        self.shift_label = QLabel()
        self.shift_label.setWordWrap(True)
        self.align_button = QPushButton(tr("Align for display"))
        self.align_button.setCheckable(True)
        self.align_button.setToolTip(tr("Corrects the shift in this comparison only; the layers stay as they are."))
        self.align_button.toggled.connect(self._comparison.set_aligned)
        row.addWidget(self.shift_label, 1)
        row.addWidget(self.align_button)
        self.measures.hide()
        return self.measures

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
            text = label.fontMetrics().elidedText(fact.label(), Qt.TextElideMode.ElideRight, 190)
            label.setText(text)
            label.setToolTip("\n".join(part for part in (fact.name, fact.hour(), fact.credit) if part))
        opening = comparison.dates.opening
        if opening is not None:
            day = QLocale().toString(QDate.fromString(opening[1], "yyyy-MM-dd"), "d MMM yyyy")
            self.labels[opening[0]].setText(tr("Opening {day}…").format(day=day))
        more = len(comparison.dates.dates()) > 2
        for button in self._steps:
            button.setEnabled(more)
        for mode, button in self.modes.items():
            button.setChecked(mode is state.mode)
        self.stretch.setChecked(comparison.same_stretch)
        measurable = bool(comparison.sides and all(side.scene is not None for side in comparison.sides))
        for button in (self.align, self.difference):
            button.setEnabled(measurable)
        self._show_slider()
        self._show_shift(comparison.shift)
        self.place()

    def _show_slider(self) -> None:
        """The one number of the mode, where it has one."""
        state = self._comparison.state
        found = {
            Mode.ANGLE: (0, 359, round(state.angle), tr("Angle of the line")),
            Mode.SPYGLASS: (40, 500, round(state.radius), tr("Size of the glass")),
            Mode.BLINK: (2, 80, round(state.rate * 10), tr("Changes a second")),
            Mode.OPACITY: (0, 100, round(state.opacity * 100), tr("Opacity of the second image")),
        }.get(state.mode)
        self.slider.setEnabled(found is not None)
        self.slider.blockSignals(True)
        low, high, value, name = found or (0, 1, 0, "")
        self.slider.setRange(low, high)
        self.slider.setValue(value)
        self.slider.setToolTip(name)
        self.slider.setAccessibleName(name)
        self.slider.blockSignals(False)

    def _slid(self, value: int) -> None:
        state = self._comparison.state
        changed = {
            Mode.ANGLE: {"angle": float(value)},
            Mode.SPYGLASS: {"radius": float(value)},
            Mode.BLINK: {"rate": value / 10},
            Mode.OPACITY: {"opacity": value / 100},
        }.get(state.mode, {})
        self._comparison.show_state(replace(state, **changed))  # type: ignore[arg-type]

    def _show_shift(self, shift: Shift | None) -> None:
        self.align_button.blockSignals(True)
        self.align_button.setChecked(self._comparison.aligned)
        self.align_button.blockSignals(False)
        if shift is None:
            if not self._comparison.measuring:
                self.measures.hide()
            return
        self.shift_label.setText(shift_text(shift))
        self.shift_label.setToolTip(
            tr("Phase correlation with a sub-pixel peak (Guizar-Sicairos et al. 2008), ± {spread} m, {tiles} tiles").format(
                spread=QLocale().toString(shift.spread, "f", 2), tiles=shift.tiles
            )
        )
        self.align_button.setEnabled(True)
        self.measures.show()

    def place(self) -> None:
        """Top centre of the canvas, never wider than it."""
        self.adjustSize()
        room = self._comparison.canvas.width() - 8
        if self.width() > room:
            self.resize(room, self.height())
        self.move(max(4, (self._comparison.canvas.width() - self.width()) // 2), TOP)
        self.raise_()
        if self._panel is not None:
            self._panel.place(self.geometry().bottom() + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Stays above its neighbours."""
        super().resizeEvent(event)
        self.raise_()

    # doing

    def measure(self) -> None:
        """Measure the shift in the view and say it."""
        self.shift_label.setText(tr("Measuring the shift…"))
        self.align_button.setEnabled(self._comparison.shift is not None)
        self.measures.show()
        self.place()

        def failed(error: Any) -> None:
            self.measures.setVisible(self._comparison.shift is not None)
            messages.show(error)
            self.place()

        self._comparison.measure_shift(lambda shift: None, failed)

    def show_difference(self, on: bool = True) -> None:
        """Open or close the panel of changes."""
        if on and self._panel is None:
            from dinamis_qgis.compare.difference import DifferencePanel

            self._panel = DifferencePanel(self._comparison)
            self._panel.show()
            self.place()
        elif not on and self._panel is not None:
            self._panel.leave()
            self._panel = None
        self.difference.setChecked(on)

    @property
    def panel(self) -> Any:
        """The panel of changes, when open."""
        return self._panel

    def make_sheet(self) -> None:
        """Ask where, then make the sheet."""
        from dinamis_qgis.compare.ask import ask_sheet

        ask_sheet(self._comparison, self._panel.measured() if self._panel is not None else None)

    def make_animation(self) -> None:
        """Ask where, then make the animation."""
        from dinamis_qgis.compare.ask import ask_animation

        ask_animation(self._comparison)

    # keys

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 (Qt)
        """Keys of the bar's own widgets, and Alt with arrows and digits on the map."""
        if event is None:
            return False
        if watched is self._comparison.canvas:
            if event.type() == QEvent.Type.Resize:
                self.place()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and self._key(event)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        """Digits choose the way, X swaps, Alt and arrows step through the dates, Esc ends."""
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        arrows = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if alt and key in arrows:
            which = 0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._comparison.step(which, arrows[Qt.Key(key)])
            return True
        text = event.text().lower()
        number = next((k for k, keys in enumerate(KEYS) if text and text in keys), None)
        if number is not None:
            self._comparison.set_mode(list(Mode)[number])
            return True
        if text == "x":
            self._comparison.swap()
            return True
        if key == Qt.Key.Key_Escape:
            self._comparison.remove()
            return True
        return self._nudge(key) if not alt else False

    def _nudge(self, key: int) -> bool:
        """Arrows alone move the line by a hundredth of the view."""
        moves = {Qt.Key.Key_Left: (-0.01, 0), Qt.Key.Key_Right: (0.01, 0), Qt.Key.Key_Up: (0, -0.01), Qt.Key.Key_Down: (0, 0.01)}
        move = moves.get(Qt.Key(key)) if key in [int(k) for k in moves] else None
        if move is None or self._comparison.state.mode not in LINES or self.slider.hasFocus():
            return False
        state = self._comparison.state
        self._comparison.move(state.x + move[0], state.y + move[1])
        return True

    def leave(self) -> None:
        """Off the canvas."""
        self._comparison.canvas.removeEventFilter(self)
        self.show_difference(False)
        self.hide()
        self.deleteLater()


def shift_text(shift: Shift) -> str:
    """``Shift 5.4 m (4.5 m east, 3.0 m south), confidence 98 %``."""
    locale = QLocale()

    def metres(value: float) -> str:
        return str(locale.toString(abs(value), "f", 1))

    if not shift.trusted:
        return tr("No reliable shift found (confidence {percent} %)").format(percent=round(100 * shift.confidence))
    east = tr("{metres} m east") if shift.east >= 0 else tr("{metres} m west")
    north = tr("{metres} m north") if shift.north >= 0 else tr("{metres} m south")
    return tr("Shift {length} m ({east}, {north}), confidence {percent} %").format(
        length=metres(shift.length), east=east.format(metres=metres(shift.east)), north=north.format(metres=metres(shift.north)),
        percent=round(100 * shift.confidence),
    )  # fmt: skip
