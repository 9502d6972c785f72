"""Which part of a scene is taken: what the map shows, the searched area, a layer's features, or a
polygon drawn for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.geometry.layer_area import polygon_layers
from dinamis_qgis.bridge.geometry.layer_features import Feature, feature_reader
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.text import tr

_LAYER, _DRAW = "layer:", "draw"


@dataclass(frozen=True)
class DownloadPlace:
    """An area for people: its ``name``, and its parts, each by its own."""

    name: str
    parts: tuple[Feature, ...]
    label: str = ""
    """What files taken of it are called; empty where the name says nothing of the ground."""

    @property
    def area(self) -> BaseGeometry:
        """All of it, EPSG:4326."""
        areas = [area for _, area in self.parts]
        return areas[0] if len(areas) == 1 else unary_union(areas)


def place_of(name: str, area: BaseGeometry, label: str = "") -> DownloadPlace:
    """A place of one piece."""
    return DownloadPlace(name, ((label, area),), label)


class PlaceChoice(QWidget):
    """A list of areas, and whether each feature becomes a file of its own."""

    changed = pyqtSignal()
    draw_wanted = pyqtSignal()

    def __init__(self, places: Sequence[DownloadPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = list(places)
        self._read: dict[str, DownloadPlace] = {}
        self._job: tasks.Job | None = None
        self.list = pass_wheel_on(QComboBox())
        self.list.setObjectName("areaSource")
        self.list.setAccessibleName(tr("Area to take"))
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setMinimumContentsLength(20)
        self.each = QCheckBox(tr("One file per feature"))
        self.each.setObjectName("filePerFeature")
        self.each.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addWidget(self.each)
        for number, place in enumerate(self._places):
            self.list.addItem(place.name, number)
        for layer in polygon_layers(QgsProject.instance()):
            self.list.addItem(_layer_text(layer), _LAYER + layer.id())
        self.list.addItem(tr("Draw on the map…"), _DRAW)
        if not self._places:
            self.list.setCurrentIndex(-1)
        self.list.activated.connect(self._chosen)
        self.each.toggled.connect(lambda *_: self.changed.emit())

    def place(self) -> DownloadPlace | None:
        """The area chosen; None while it is being read, or where there is none yet."""
        key = self.list.currentData()
        if isinstance(key, int):
            return self._places[key]
        return self._read.get(str(key))

    def pieces(self) -> tuple[Feature, ...]:
        """(name, area) of each file to make of a scene."""
        place = self.place()
        if place is None:
            return ()
        return place.parts if self.each.isChecked() else ((place.label, place.area),)

    @property
    def reading(self) -> bool:
        """Whether a layer is being read."""
        return self._job is not None

    def add(self, place: DownloadPlace) -> None:
        """A place more, chosen at once."""
        self._places.append(place)
        self.list.insertItem(self.list.count() - 1, place.name, len(self._places) - 1)
        self.list.setCurrentIndex(self.list.count() - 2)
        self._settle()

    def choose_first(self) -> None:
        """Back to the likeliest area, where there is one."""
        self.list.setCurrentIndex(0 if self._places else -1)
        self._settle()

    def show_sizes(self, size_of: Callable[[DownloadPlace], str]) -> None:
        """Beside each area that is known, what it weighs."""
        for row in range(self.list.count()):
            key = self.list.itemData(row)
            place = self._places[key] if isinstance(key, int) else self._read.get(str(key))
            if place is not None:
                size = size_of(place)
                self.list.setItemText(row, f"{place.name} ({size})" if size else place.name)

    def _chosen(self, _row: int) -> None:
        key = self.list.currentData()
        if key == _DRAW:
            self.draw_wanted.emit()
        elif isinstance(key, str) and key not in self._read:
            self._read_layer(key)
        self._settle()

    def _settle(self) -> None:
        place = self.place()
        self.each.setVisible(place is not None and len(place.parts) > 1)
        if self.each.isHidden():
            self.each.setChecked(False)
        self.changed.emit()

    def _read_layer(self, key: str) -> None:
        layer: Any = QgsProject.instance().mapLayer(key[len(_LAYER) :])
        if layer is None:
            return
        if self._job is not None:
            self._job.stop()
        selected = bool(layer.selectedFeatureCount())
        name, read, text = layer.name(), feature_reader(layer, selected), _layer_text(layer)

        def done(features: list[Feature]) -> None:
            self._job = None
            label = features[0][0] if len(features) == 1 else name
            self._read[key] = DownloadPlace(text, tuple(features), label)
            self._settle()

        def failed(error: Any) -> None:
            self._job = None
            messages.show(error)
            self._settle()

        self._job = tasks.run(
            lambda job: read(job.cancel), done=done, failed=failed, parent=self, title="features"
        )


def _layer_text(layer: QgsVectorLayer) -> str:
    chosen = layer.selectedFeatureCount()
    if chosen:
        return tr("%n selected feature(s) of “{name}”", n=chosen).format(name=layer.name())
    return tr("All of the layer “{name}”").format(name=layer.name())
