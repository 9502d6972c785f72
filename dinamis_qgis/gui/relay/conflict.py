"""Two people changed the same fields: both values side by side, the person keeps one of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.register.register import ChangedElsewhere
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class ConflictDialog(QDialog):
    """Gives the row with the chosen values."""

    def __init__(self, error: ChangedElsewhere, wanted: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflictDialog")
        self.setWindowTitle(tr("Changed by somebody else"))
        self._error, self._wanted = error, wanted
        self._choices: dict[str, QComboBox] = {}
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped_label(error.sentence(), "conflictText"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for clash in error.clashes:
            box = pass_wheel_on(QComboBox())
            box.setObjectName(f"conflict_{clash.field}")
            box.addItem(tr("Theirs: {value}").format(value=_value_text(clash.theirs)), clash.theirs)
            box.addItem(tr("Mine: {value}").format(value=_value_text(clash.yours)), clash.yours)
            self._choices[clash.field] = box
            form.addRow(clash.field, box)
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        keep = QPushButton(tr("Keep these values"))
        keep.setObjectName("keepValuesButton")
        buttons.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def chosen(self) -> Any:
        """The row as it is now, with the values the person keeps."""
        values = {name: box.currentData() for name, box in self._choices.items()}
        return replace(self._error.current, **values)


def _value_text(value: Any) -> str:
    return "–" if value in (None, "") else str(value)[:200]
