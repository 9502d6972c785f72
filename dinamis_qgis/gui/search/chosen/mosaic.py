"""Several scenes as one group of layers, the best on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge import tasks
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.search.chosen import actions

AT_ONCE = 3
"""Scenes opened side by side."""


class Mosaic(QObject):
    """Opens ``products`` (best first) a few at a time and puts each in its place in a new group.

    A scene that is a layer already stays where a person has put it: the group has its own, which
    goes with the group.
    """

    ended = pyqtSignal()

    def __init__(
        self, context: Any, products: Sequence[Product], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting = list(enumerate(products))
        self._rank: dict[str, int] = {}
        self._jobs: set[tasks.Job] = set()
        root = QgsProject.instance().layerTreeRoot()
        self.group: QgsLayerTreeGroup = root.insertGroup(
            0, tr("Mosaic of %n scene(s)", n=len(products))
        )

    @property
    def running(self) -> bool:
        """Scenes are still on their way."""
        return bool(self._waiting or self._jobs)

    def start(self) -> None:
        """Open the first ones; the others follow, unless the group is gone."""
        if not self._there():
            self._waiting.clear()
        while self._waiting and len(self._jobs) < AT_ONCE:
            rank, product = self._waiting.pop(0)
            for job in actions.add_to_map(self._context, [product], partial(self._place, rank)):
                self._jobs.add(job)
                job.ended.connect(self._one_ended)
        if not self.running:
            self._over()

    def stop(self) -> None:
        """Give up what is still on its way."""
        self._waiting.clear()
        for job in list(self._jobs):
            job.stop()

    def _one_ended(self) -> None:
        self._jobs = {job for job in self._jobs if not job.finished}
        self.start()

    def _place(self, rank: int, layer: QgsMapLayer) -> None:
        """Into the group, below those that are better."""
        root = QgsProject.instance().layerTreeRoot()
        node = root.findLayer(layer.id())
        if node is None or not self._there():
            return
        self._rank[layer.id()] = rank
        above = sum(
            1 for child in self.group.findLayers() if self._rank.get(child.layerId(), -1) < rank
        )
        self.group.insertChildNode(above, node.clone())
        node.parent().removeChildNode(node)

    def _there(self) -> bool:
        """The group is in the project still: somebody may remove it, or open another project."""
        return self.group in QgsProject.instance().layerTreeRoot().findGroups(True)

    def _over(self) -> None:
        root = QgsProject.instance().layerTreeRoot()
        if not self._rank and self.group in root.children():
            root.removeChildNode(self.group)  # nothing could be opened: that has been said
        self.ended.emit()
