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
    QSlider,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.compare.ground import Ground
from dinamis_qgis.compare.measured import kind_names
from dinamis_qgis.core.change.difference import needs
from dinamis_qgis.core.text import tr

STEPS = 1000


class DifferenceForm(Ground):
    """Only widgets."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dinamisDifferencePanel")
        self.setAccessibleName(tr("What changed"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        rows = QVBoxLayout(self)
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
        self.areas = QListWidget()
        self.areas.setAccessibleName(tr("Changed areas, largest first"))
        self.export_button = QPushButton(tr("Export (GeoPackage)…"))
        for widget in (self.summary, self.areas, self.export_button):
            rows.addWidget(widget)

    def offer(self, bands: int) -> None:
        """The kinds that images of so many bands allow; what was chosen stays where it can."""
        offered = {kind.value: name for kind, name in kind_names().items() if needs(kind) <= bands}
        for row in reversed(range(self.kinds.count())):
            if self.kinds.itemData(row) not in offered:
                self.kinds.removeItem(row)
        for row, (kind, name) in enumerate(offered.items()):
            if self.kinds.itemData(row) != kind:
                self.kinds.insertItem(row, name, kind)

    def _choices(self) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.kinds = QComboBox()
        self.where = QComboBox()
        for text, where in ((tr("This view, at its resolution"), "view"), (tr("Whole images, full resolution"), "full")):
            self.where.addItem(text, where)
        self.unit = QDoubleSpinBox()
        self.unit.setDecimals(2)
        self.unit.setRange(0.0, 1000.0)
        self.unit.setSuffix(tr(" ha"))
        form.addRow(tr("Look for"), self.kinds)
        form.addRow(tr("Where"), self.where)
        form.addRow(tr("Smallest area"), self.unit)
        for combo in (self.kinds, self.where):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(12)
        return form

    def _threshold(self) -> QHBoxLayout:
        self.threshold = QSlider(Qt.Orientation.Horizontal)
        self.threshold.setRange(1, STEPS)
        self.threshold.setAccessibleName(tr("Threshold"))
        self.auto = QPushButton(tr("Automatic"))
        self.auto.setToolTip(tr("The threshold that separates best what changed from the rest (Otsu), above the noise"))
        line = QHBoxLayout()
        line.addWidget(self.threshold, 1)
        line.addWidget(self.auto)
        return line
