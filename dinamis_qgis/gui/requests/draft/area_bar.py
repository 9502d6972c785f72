"""The area of the form: its size, the shapes to draw, the places to take it from, and editing its
corners.
"""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.geo import polygons, size_km2, vertex_count
from dinamis_qgis.core.tasking.rules import check
from dinamis_qgis.core.tasking.rules.territories import territory_of
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.area.shapes import CORRIDOR, POLYGON, SHAPES, DrawnShape
from dinamis_qgis.gui.widgets.labels import wrapped_label

DEFAULT_WIDTH_KM = 5.0


class AreaBar(QWidget):
    """Says what is wanted; the panel does it."""

    draw_wanted = pyqtSignal()
    """``shape`` and ``size_km`` say what."""
    edit_wanted = pyqtSignal()
    selection_wanted = pyqtSignal()
    layer_wanted = pyqtSignal()
    file_wanted = pyqtSignal()
    size_changed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shape: DrawnShape = POLYGON
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.label = wrapped_label("", "requestAreaLabel")
        column.addWidget(self.label)
        self.draw_button = self._draw_button()
        self.edit_button = QPushButton(tr("Edit"))
        self.edit_button.setObjectName("editAreaButton")
        self.edit_button.setToolTip(tr("Move, add and delete the corners on the map"))
        self.edit_button.clicked.connect(self.edit_wanted)
        self.from_button = self._from_button()
        for pair in ((self.draw_button, self.shape_button), (self.edit_button, self.from_button)):
            row = QHBoxLayout()
            row.setSpacing(4)
            for widget in pair:
                row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
        column.insertWidget(2, self._size_row())
        self.hint = wrapped_label()
        self.hint.hide()
        column.addWidget(self.hint)
        self.choose(POLYGON)

    @property
    def size_km(self) -> float:
        """Radius or width, where the shape has one."""
        return float(self.size.value()) if self.shape.size_text else 0.0

    def choose(self, shape: DrawnShape) -> None:
        """What “Draw” draws."""
        self.shape = shape
        self.shape_button.setText(shape.title())
        self.size_row.setVisible(shape.size_text is not None)
        if shape.size_text is not None:
            self.size_label.setText(shape.size_text())
            self.size.setSpecialValueText("" if shape is CORRIDOR else tr("by a second click"))
            self.size.setMinimum(0.1 if shape is CORRIDOR else 0.0)
            self.size.setValue(DEFAULT_WIDTH_KM if shape is CORRIDOR else 0.0)

    def show_area(self, area: BaseGeometry | None) -> None:
        """Its size and corners, where it is, and what can be done with it."""
        there = bool(polygons(area))
        self.label.setText(area_text(area))
        self.draw_button.setText(tr("Redraw") if there else tr("Draw"))
        self.edit_button.setEnabled(there)

    def set_hint(self, text: str) -> None:
        """What the tool on the map says."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _draw_button(self) -> QPushButton:
        button = QPushButton(tr("Draw"))
        button.setObjectName("drawAreaButton")
        button.setToolTip(tr("Draw the chosen shape on the map"))
        button.clicked.connect(self.draw_wanted)
        self.shape_button = QToolButton()
        self.shape_button.setObjectName("shapeButton")
        self.shape_button.setAccessibleName(tr("Shape to draw"))
        self.shape_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.shape_button)
        for shape in SHAPES:
            action = menu.addAction(shape.title())
            action.setObjectName(f"shape-{shape.id}")
            action.triggered.connect(lambda *_, s=shape: self._chosen(s))
        self.shape_button.setMenu(menu)
        return button

    def _chosen(self, shape: DrawnShape) -> None:
        self.choose(shape)
        self.draw_wanted.emit()

    def _from_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("areaFromButton")
        button.setText(tr("From…"))
        button.setToolTip(tr("Take the area from features, a layer or a file"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        choices: tuple[tuple[str, str, Any], ...] = (
            ("selectedFeatureButton", tr("The selected features"), self.selection_wanted),
            ("areaLayerAction", tr("The whole active layer"), self.layer_wanted),
            (
                "areaFileAction",
                tr("A file (GeoPackage, Shapefile, GeoJSON, KML)…"),
                self.file_wanted,
            ),
        )
        for name, text, signal in choices:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda *_, s=signal: s.emit())
        button.setMenu(menu)
        return button

    def _size_row(self) -> QWidget:
        self.size_row = QWidget()
        row = QHBoxLayout(self.size_row)
        row.setContentsMargins(0, 0, 0, 0)
        self.size_label = QLabel()
        self.size = pass_wheel_on(QDoubleSpinBox())
        self.size.setObjectName("shapeSize")
        self.size.setAccessibleName(tr("Radius or width"))
        self.size.setRange(0, 500)
        self.size.setDecimals(1)
        self.size.setSuffix(tr(" km"))
        self.size.valueChanged.connect(lambda *_: self.size_changed.emit(self.size_km))
        row.addWidget(self.size_label)
        row.addWidget(self.size)
        row.addStretch(1)
        return self.size_row


def area_text(area: BaseGeometry | None) -> str:
    """Size, corners, parts and territory, for people."""
    parts = polygons(area)
    if not parts or area is None:
        return tr("No area yet.")
    text = tr("{area} · {count} vertices").format(
        area=check.format_km2(size_km2(area) or 0.0), count=vertex_count(area)
    )
    if len(parts) > 1:
        text += " · " + tr("%n part(s)", n=len(parts))
    west, south, east, north = area.bounds
    there = (
        territory_of(area)
        if west >= -540 and east <= 540 and south >= -90 and north <= 90
        else None
    )
    return f"{text} · {there.name}" if there is not None else text
