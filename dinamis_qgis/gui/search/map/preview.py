"""Space on a card: its quicklook on the map; the arrows then go from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.gui.search.map.quicklook import Drape
from dinamis_qgis.gui.search.results.model import ResultsModel
from dinamis_qgis.gui.search.results.view import ResultsView


class Previewing(QObject):
    """Ties the list's current card to what is draped; ``changed()`` is called when a picture is on
    its way or there.
    """

    def __init__(
        self, drape: Drape, view: ResultsView, model: ResultsModel, changed: Callable[[], None]
    ) -> None:
        super().__init__(view)
        self._drape, self._view, self._model = drape, view, model
        drape.changed.connect(changed)
        drape.failed.connect(self._failed)
        view.preview_wanted.connect(self.toggle)
        view.selectionModel().currentChanged.connect(self._moved)

    def toggle(self) -> None:
        """Preview the current card, or end its preview."""
        row = self._model.row(self._view.currentIndex())
        if row is None or self._drape.key == row.product.key:
            self._drape.hide()
        else:
            self._drape.show(row.product)

    def _moved(self, *_: object) -> None:
        """While something is previewed, the preview goes along."""
        row = self._model.row(self._view.currentIndex())
        if self._drape.key is not None and row is not None and row.product.key != self._drape.key:
            self._drape.show(row.product)

    def _failed(self, error: DinamisError) -> None:
        messages.show(error)
