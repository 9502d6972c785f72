"""The widgets of the panel of changes."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.compare.change.result import kind_names
from dinamis_qgis.compare.opaque_frame import OpaqueFrame
from dinamis_qgis.core.change.difference import bands_needed
from dinamis_qgis.core.text import tr

STEPS = 1000
LIST = (72, 192)
"""Heights of the list of areas where there is little and where there is enough room, pixels."""


class DifferenceForm(OpaqueFrame):
    """Only widgets."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dinamisDifferencePanel")
        self.setAccessibleName(tr("What changed"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        inner = QWidget()
        self.scroll = QScrollArea()  # a map may be lower than the panel
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inner)
        for widget in (self.scroll.viewport(), inner):
            widget.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroll)
        rows = QVBoxLayout(inner)
        rows.addLayout(self._choices())
        self.go = QPushButton()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(6)
        for widget in (self.go, self.progress, QLabel(tr("Threshold"))):
            rows.addWidget(widget)
        rows.addLayout(self._threshold())
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.seen = QLabel()
        self.seen.setWordWrap(True)
        self.areas = QListWidget()
        self.areas.setAccessibleName(tr("Changed areas, largest first"))
        self.export_button = QPushButton(tr("Export (GeoPackage)…"))
        for widget in (self.summary, self.seen, self.areas, self.export_button):
            rows.addWidget(widget)

    def offer(self, bands: int) -> None:
        """The kinds that images of so many bands allow; what was chosen stays where it can."""
        offered = {
            kind.value: name for kind, name in kind_names().items() if bands_needed(kind) <= bands
        }
        for row in reversed(range(self.kinds.count())):
            if self.kinds.itemData(row) not in offered:
                self.kinds.removeItem(row)
        for row, (kind, name) in enumerate(offered.items()):
            if self.kinds.itemData(row) != kind:
                self.kinds.insertItem(row, name, kind)

    def fit(self, width: int, room: int) -> int:
        """The height for ``width``, at most ``room``: the list gives way first, then the panel
        scrolls. Pixels.
        """
        rows = self.scroll.widget().layout()
        inside = width - 2 * self.frameWidth()

        def over(listed: int) -> int:
            self.areas.setFixedHeight(listed)
            rows.activate()
            # Wrapping texts that say nothing yet ask for no height by width.
            needed = (
                rows.totalHeightForWidth(inside)
                if rows.hasHeightForWidth()
                else rows.totalSizeHint().height()
            )
            return int(needed) + width - inside - room

        left = over(LIST[1])
        if left > 0:
            left = over(max(LIST[0], LIST[1] - left))
        # Never as needed: a bar that is there takes width, which makes lines, which keep the bar.
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            if left > 0
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.scroll.setVerticalScrollBarPolicy(policy)
        return min(room, room + left)

    def _choices(self) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.kinds = pass_wheel_on(QComboBox())
        self.where = pass_wheel_on(QComboBox())
        for text, where in (
            (tr("This view, at its resolution"), "view"),
            (tr("Whole images, full resolution"), "full"),
        ):
            self.where.addItem(text, where)
        self.unit = pass_wheel_on(QDoubleSpinBox())
        self.unit.setDecimals(2)
        self.unit.setRange(0.0, 1000.0)
        self.unit.setSuffix(tr(" ha"))
        form.addRow(tr("Look for"), self.kinds)
        form.addRow(tr("Where"), self.where)
        form.addRow(tr("Smallest area"), self.unit)
        for combo in (self.kinds, self.where):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(12)
        return form

    def _threshold(self) -> QHBoxLayout:
        self.threshold = pass_wheel_on(QSlider(Qt.Orientation.Horizontal))
        self.threshold.setRange(1, STEPS)
        self.threshold.setAccessibleName(tr("Threshold"))
        self.auto = QPushButton(tr("Automatic"))
        self.auto.setToolTip(
            tr(
                "The threshold that separates best what changed from the rest (Otsu), above the "
                "noise"
            )
        )
        line = QHBoxLayout()
        line.addWidget(self.threshold, 1)
        line.addWidget(self.auto)
        return line
