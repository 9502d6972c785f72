"""The files of the chosen products, each kind once, with what it weighs; ticked ones are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.imagery.sharp import SHARP
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.downloads import words
from dinamis_qgis.gui.widgets.product_text import metres_text

_KEY = Qt.ItemDataRole.UserRole


class FilesList(QListWidget):
    """``keys()`` are ticked; until a person ticks anything, what suits is ticked by ``suit``."""

    ticked = pyqtSignal()

    def __init__(self, products: Sequence[Product], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("assetsList")
        self.setAccessibleName(tr("Files to take"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._by_hand = False
        self._kinds: dict[str, Asset] = {}
        for product in products:
            for asset in product.assets:
                self._kinds.setdefault(asset.key, asset)
        for key, asset in sorted(self._kinds.items(), key=lambda entry: not entry[1].is_data):
            item = QListWidgetItem(asset.title or key)
            item.setToolTip(
                tr("Natural colours in the detail of the panchromatic image, as one GeoTIFF")
                if key == SHARP
                else as_plain(key)
            )
            item.setData(_KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if asset.is_data else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.itemChanged.connect(lambda *_: self._changed())
        rows = min(5, self.count())
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2)

    def keys(self) -> list[str]:
        """The ticked files."""
        items = [self.item(row) for row in range(self.count())]
        return [i.data(_KEY) for i in items if i.checkState() == Qt.CheckState.Checked]

    def suit(self, area: bool) -> None:
        """Of an area the sharpest colours alone, of a whole scene the files as delivered: one file
        of a whole scene is several times as large.
        """
        if self._by_hand or SHARP not in self._kinds:
            return
        for row in range(self.count()):
            item = self.item(row)
            key = item.data(_KEY)
            wanted = key == SHARP if area else self._kinds[key].is_data and key != SHARP
            self._quietly(
                item.setCheckState, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
            )

    def show_sizes(self, sizes: Callable[[str], tuple[int | None, int | None]]) -> None:
        """(moved, written) bytes by key; written None where it is what moves."""
        for row in range(self.count()):
            item = self.item(row)
            key = item.data(_KEY)
            asset = self._kinds[key]
            moved, written = sizes(key)
            facts = [asset.title or key, metres_text(asset.gsd) if asset.gsd else ""]
            facts.append(words.size_text(moved))
            if written is not None:
                facts.append(tr("about {size} on the disk").format(size=words.size_text(written)))
            self._quietly(item.setText, " · ".join(fact for fact in facts if fact))

    def _quietly(self, change: Callable[..., None], *given: object) -> None:
        self.blockSignals(True)
        change(*given)
        self.blockSignals(False)

    def _changed(self) -> None:
        self._by_hand = True
        self.ticked.emit()
