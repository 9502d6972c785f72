"""The shift between the two scenes, said in metres, and the button that corrects it for display."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dinamis_qgis.bridge import messages
from dinamis_qgis.compare.session import Comparison
from dinamis_qgis.core.change.align import Shift
from dinamis_qgis.core.text import tr


class ShiftRow(QWidget):
    """A row of the bar, there once a shift was asked for."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.align = QPushButton(tr("Align for display"))
        self.align.setCheckable(True)
        self.align.setToolTip(
            tr("Corrects the shift in this comparison only; the layers stay as they are.")
        )
        self.align.toggled.connect(comparison.set_aligned)
        row.addWidget(self.label, 1)
        row.addWidget(self.align)
        self.hide()

    def measure(self) -> None:
        """Measure the shift in the view and say it."""
        self.label.setText(tr("Measuring the shift…"))
        self.align.setEnabled(self._comparison.shift is not None)
        self.show()
        self._comparison.measure_shift(lambda shift: None, self._failed)

    def _failed(self, error: Any) -> None:
        messages.show(error)
        self._comparison.changed.emit()

    def follow(self) -> None:
        """Everything as the comparison is now."""
        shift = self._comparison.shift
        self.align.blockSignals(True)
        self.align.setChecked(self._comparison.aligned)
        self.align.blockSignals(False)
        if shift is None:
            self.setVisible(self._comparison.measuring)
            return
        self.label.setText(shift_text(shift))
        self.label.setToolTip(
            tr(
                "Phase correlation with a sub-pixel peak (Guizar-Sicairos et al. 2008), ± "
                "{spread} m, {tiles} tiles"
            ).format(spread=QLocale().toString(shift.spread, "f", 2), tiles=shift.tiles)
        )
        self.align.setEnabled(shift.trusted or self._comparison.aligned)
        self.show()


def shift_text(shift: Shift) -> str:
    """``Shift 5.4 m (4.5 m east, 3.0 m south), confidence 98 %``."""
    locale = QLocale()

    def metres(value: float) -> str:
        return str(locale.toString(abs(value), "f", 1))

    if not shift.trusted:
        return tr("No reliable shift found (confidence {percent} %)").format(
            percent=round(100 * shift.confidence)
        )
    east = tr("{metres} m east") if shift.east >= 0 else tr("{metres} m west")
    north = tr("{metres} m north") if shift.north >= 0 else tr("{metres} m south")
    return tr("Shift {length} m ({east}, {north}), confidence {percent} %").format(
        length=metres(shift.length),
        east=east.format(metres=metres(shift.east)),
        north=north.format(metres=metres(shift.north)),
        percent=round(100 * shift.confidence),
    )
