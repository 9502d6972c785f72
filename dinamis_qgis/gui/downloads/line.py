"""The line above the list: search what is at home, only what the map shows, open a delivery."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QWidget

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.geometry.extent import canvas_area
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr


class HomeLine(QWidget):
    """Everything here works offline: it looks only at the catalogue beside the files."""

    changed = pyqtSignal()

    def __init__(
        self, context: Context, opener: QToolButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self.changed)
        self.search = QgsFilterLineEdit()
        self.search.setObjectName("homeSearch")
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(tr("Filter: date, satellite, name…"))
        self.search.setAccessibleName(tr("Filter my products"))
        self.search.textChanged.connect(lambda *_: self._timer.start())
        self.map_only = QToolButton()
        self.map_only.setObjectName("homeMapOnly")
        self.map_only.setCheckable(True)
        self.map_only.setAutoRaise(True)
        self.map_only.setIcon(QgsApplication.getThemeIcon("/mActionZoomToLayer.svg"))
        self.map_only.setToolTip(tr("Only the products where the map is"))
        self.map_only.setAccessibleName(self.map_only.toolTip())
        self.map_only.toggled.connect(lambda *_: self.changed.emit())
        canvas = context.iface.mapCanvas()
        if canvas is not None:
            canvas.extentsChanged.connect(self._moved)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.map_only)
        layout.addWidget(opener)

    def _moved(self) -> None:
        if self.map_only.isChecked():
            self._timer.start()

    def area(self) -> Any:
        """Where the map is, as shapely geometry in EPSG:4326; None when that does not matter or
        cannot be said.
        """
        if not self.map_only.isChecked():
            return None
        try:
            return canvas_area(self._context.iface.mapCanvas())
        except DinamisError:  # a map without place: nothing to filter by
            return None

    def clear(self) -> None:
        """Show everything again."""
        self.search.clear()
        self.map_only.setChecked(False)
        self.changed.emit()
