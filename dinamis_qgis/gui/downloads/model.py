"""What the tab lists: files on their way or stopped, then the products at home, newest first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.delivery.deliver import DELIVERY
from dinamis_qgis.core.local_catalogue.naming import place_in
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.job import FileProgress
from dinamis_qgis.core.transfer.queue import FileState
from dinamis_qgis.gui.downloads import words
from dinamis_qgis.gui.widgets.product_text import date_text, sensor_text

ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class DownloadRow:
    """A file of the queue (``view``), or a product at home; ``product`` may be unknown for a
    file.
    """

    product: Product | None
    view: FileProgress | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What stays the same while it moves on."""
        if self.view is not None:
            return ("file", str(self.view.entry.id))
        return (
            "home",
            *(self.product.key if self.product else ()),
            self.folder.as_posix() if self.folder else "",
        )

    @property
    def folder(self) -> Path | None:
        """Where it is, or will be."""
        if self.view is not None:
            return self.view.entry.target.parent
        assets = self.product.assets if self.product else ()
        return Path(assets[0].href).parent if assets else None

    @property
    def title(self) -> str:
        """Date first."""
        return (
            date_text(self.product)
            if self.product
            else (self.view.entry.target.name if self.view else "")
        )

    @property
    def subtitle(self) -> str:
        """Satellite, resolution; which file, and whether only the area."""
        sensor = sensor_text(self.product) if self.product else ""
        if self.view is None:
            return " · ".join(x for x in (sensor, self.extent) if x)
        entry = self.view.entry
        asset = self.product.asset(entry.asset) if self.product else None
        name = (asset.title if asset else "") or entry.asset
        return " · ".join(x for x in (sensor, name, tr("area only") if entry.area else "") if x)

    @property
    def extent(self) -> str:
        """Of what is at home: the places it was taken of, or that it is whole."""
        if self.product is None or self.view is not None:
            return ""
        images = [asset for asset in self.product.assets if asset.is_data]
        parts = [asset for asset in images if "-zone-" in asset.key]
        if not parts:
            return tr("whole scene") if images and self.product.profile != DELIVERY else ""
        names = [place_in(self.product, asset) for asset in parts]
        named = list(dict.fromkeys(name for name in names if name))
        shown = ", ".join(named[:3]) + ("…" if len(named) > 3 else "")
        return shown or tr("area only")

    @property
    def line(self) -> str:
        """How far it is, or what is there."""
        if self.view is not None:
            return words.state_text(self.view)
        assets = self.product.assets if self.product else ()
        known = [asset.size for asset in assets if asset.size is not None]
        return " · ".join(
            (tr("%n file(s)", len(assets)), words.size_text(sum(known) if known else None))
        )

    def holds(self, words: Sequence[str]) -> bool:
        """Whether every one of ``words`` (see ``plain_letters``) is somewhere in what is known of
        it.
        """
        parts = [self.title, self.subtitle]
        if self.product is not None:
            product = self.product
            day = product.day.strftime("%Y-%m-%d %d/%m/%Y") if product.day else ""
            parts += [
                product.id,
                product.title,
                product.collection,
                product.constellation,
                product.platform,
                product.credit,
                day,
            ]
        text = plain_letters(" ".join(parts))
        return all(word in text for word in words)

    @property
    def share(self) -> float | None:
        """Progress from 0 to 1; None when there is nothing to show or the size is unknown."""
        if self.view is None or not self.view.total or self.view.entry.state.over:
            return None
        return min(1.0, self.view.done / self.view.total)

    @property
    def failed(self) -> bool:
        """True when it needs somebody."""
        return self.view is not None and (
            self.view.entry.state is FileState.FAILED or self.view.entry.error is not None
        )


def find_neighbour(
    views: Sequence[FileProgress], identity: int, step: int
) -> tuple[int, int | None] | None:
    """How a file that still waits moves one place: it, and the file it comes before (None: last).

    None when it cannot.
    """
    waiting = [
        view.entry.id for view in views if view.entry.state in (FileState.WAITING, FileState.PAUSED)
    ]
    if identity not in waiting or not 0 <= waiting.index(identity) + step < len(waiting):
        return None
    at = waiting.index(identity)
    before = at - 1 if step < 0 else at + 2
    return identity, waiting[before] if before < len(waiting) else None


def plain_letters(text: str) -> str:
    """Without case nor accents: what people type."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )


class DownloadsModel(QAbstractListModel):
    """Rows; those that stay are updated in place so that the selection and the scroll position
    hold.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DownloadRow] = []
        self._home: list[DownloadRow] = []
        self._files: list[DownloadRow] = []
        self._words: list[str] = []
        self._area: Any = None

    @contain_faults(0)
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 (Qt)
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    @contain_faults()
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, its text for readers of the screen, its details in the tooltip."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(x for x in (row.title, row.subtitle, row.line) if x)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_plain(
                row.title, row.subtitle, row.line, self._remedy(row), str(row.folder or "")
            )
        return None

    def _remedy(self, row: DownloadRow) -> str:
        return row.view.entry.error.remedy if row.view and row.view.entry.error else ""

    def set_files(self, views: Sequence[FileProgress], products: Mapping[int, Product]) -> None:
        """The queue as it is now; what is done is at home instead."""
        self._files = [
            DownloadRow(products.get(view.entry.product), view)
            for view in views
            if view.entry.state is not FileState.DONE
        ]
        self._show()

    def set_home(self, products: Sequence[Product]) -> None:
        """What is at home."""
        newest = sorted(
            products, key=lambda p: p.datetime.timestamp() if p.datetime else 0.0, reverse=True
        )
        self._home = [DownloadRow(product) for product in newest]
        self._show()

    def search(self, text: str, area: Any = None) -> None:
        """Show only what holds every word of ``text``, and of what is at home only what meets
        ``area`` (shapely, EPSG:4326).
        """
        self._words, self._area = plain_letters(text).split(), area
        self._show()

    @property
    def searched(self) -> bool:
        """True when not everything is shown."""
        return bool(self._words) or self._area is not None

    def _found(self, row: DownloadRow) -> bool:
        if not row.holds(self._words):
            return False
        if self._area is None or row.view is not None:
            return True
        footprint = row.product.footprint if row.product else None
        return footprint is not None and bool(footprint.intersects(self._area))

    def _show(self) -> None:
        wanted = [row for row in (*self._files, *self._home) if self._found(row)]
        if [row.key for row in wanted] == [row.key for row in self.rows]:
            changed = [i for i, (new, old) in enumerate(zip(wanted, self.rows)) if new != old]
            self.rows = wanted
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self.rows = wanted
        self.endResetModel()
