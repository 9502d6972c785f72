"""Before a download: what to take, how much of it, where to; the button says what will move."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.help import help_key
from dinamis_qgis.bridge.transfer.downloads import downloads_of
from dinamis_qgis.core.catalogue.availability import reach
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.geo import covered_share
from dinamis_qgis.core.imagery.sharp import SHARP, with_sharp, written_size
from dinamis_qgis.core.profile.model import Collection
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.ask import asks_for, total_bytes
from dinamis_qgis.core.transfer.fetch.partial_file import MARGIN_BYTES
from dinamis_qgis.core.transfer.queue import Ask
from dinamis_qgis.gui.area.draw_tool import DrawTool
from dinamis_qgis.gui.downloads import words
from dinamis_qgis.gui.downloads.delivery import home_folder
from dinamis_qgis.gui.downloads.files_list import FilesList
from dinamis_qgis.gui.downloads.places import DownloadPlace, PlaceChoice, place_of
from dinamis_qgis.gui.widgets.product_text import date_text, sensor_text
from dinamis_qgis.gui.widgets.widgets import text_label

_AREA_BELOW = 0.6
"""An area smaller than this share of the scene is proposed alone."""


def ask_download(
    context: Context, products: Sequence[Product], extent: Any, places: Sequence[DownloadPlace] = ()
) -> None:
    """Ask what to take of ``products`` and queue it.

    ``extent``: what the map shows, as shapely geometry in EPSG:4326, or None; ``places``: further
    areas, the likeliest first.

    A product the account may not use is refused here, before any byte moves.
    """
    allowed: list[Product] = []
    refusal: DinamisError | None = None
    for product in products:
        try:
            _check_product(context, product)
            allowed.append(product)
        except DinamisError as error:
            refusal = refusal or error
    if not allowed:
        messages.show(refusal or InvalidInput(tr("Choose a product first."), code="nothing"))
        return
    shown = [] if extent is None else [place_of(tr("What the map shows"), extent)]
    dialog = DownloadDialog(context, allowed, [*places, *shown], context.iface.mainWindow())
    if refusal is not None:
        dialog.say(
            tr("%n product(s) left out:", len(products) - len(allowed)) + f" {refusal.sentence()}"
        )
    dialog.open()


def _check_product(context: Context, product: Product) -> None:
    profile = context.opened()
    obstacle = reach(profile, product).download
    if obstacle:
        raise InvalidInput(obstacle, code="elsewhere", details=product.id)
    context.check_licence(profile, product)
    if not product.assets:
        raise InvalidInput(
            tr("This product has no file to download."), code="no-asset", details=product.id
        )


class DownloadDialog(QDialog):
    """One decision: whole or area, which files, which folder."""

    def __init__(
        self,
        context: Context,
        products: list[Product],
        places: Sequence[DownloadPlace],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("downloadDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Download"))
        help_key(self, lambda: "downloads")
        self._context = context
        self._products = [with_sharp(self._collection(p), p) for p in products]
        data = [asset for product in products for asset in product.data_assets()]
        self._archives = bool(data) and all(asset.is_archive for asset in data)
        usable = [place for place in places if self._touches(place.area)]
        self.places = PlaceChoice(usable)
        self._small = bool(usable) and self._is_small(usable[0].area)
        self._drawing: DrawTool | None = None
        self._free: int | None = None
        self._folder_problem = ""
        self._checking: tasks.Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._look_at_folder)
        self._build()
        self.files.suit(self.area_choice.isChecked())
        self._update()
        self._look_at_folder()

    def say(self, text: str) -> None:
        """A remark above the choices."""
        self.notice.setText(text)
        self.notice.setVisible(True)

    def _collection(self, product: Product) -> Collection | None:
        profile = self._context.profile
        return profile.collection(product.catalogue, product.collection) if profile else None

    def _touches(self, area: Any) -> bool:
        """Whether an area touches every product's footprint; archives come whole."""
        if area is None or area.is_empty or self._archives:
            return False
        known = [p.footprint for p in self._products if p.footprint is not None]
        return all(f.intersects(area) for f in known)

    def _is_small(self, area: Any) -> bool:
        """Whether it is clearly less than the scenes."""
        known = [s for p in self._products if (s := covered_share(area, p.footprint)) is not None]
        return bool(known) and max(known) < _AREA_BELOW

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        head = text_label(self._headline())
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        self.notice = text_label()
        self.notice.setVisible(False)
        self.area_choice = QRadioButton()
        self.area_choice.setObjectName("areaChoice")
        self.whole_choice = QRadioButton()
        self.whole_choice.setObjectName("wholeChoice")
        group = QButtonGroup(self)
        for choice in (self.area_choice, self.whole_choice):
            group.addButton(choice)
        self._propose()
        self.files = FilesList(self._products)
        for choice in (self.area_choice, self.whole_choice):
            choice.toggled.connect(self._tell_files)
        self.files.ticked.connect(self._update)
        self.places.changed.connect(self._place_chosen)
        self.places.draw_wanted.connect(self._draw)
        self.folder = QgsFileWidget()
        self.folder.setObjectName("folderWidget")
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder for downloaded products"))
        self.folder.setFilePath(str(home_folder(self._context)))
        self.folder.fileChanged.connect(self._look_soon)
        self.state = text_label(quiet=True)
        self.state.setObjectName("folderState")
        self.show_after = QCheckBox(tr("Add to the map once downloaded"))
        self.show_after.setChecked(self._context.settings.add_after_download)
        self.box = QDialogButtonBox()
        cancel = self.box.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)  # Enter downloads, also while the folder is being looked at
        self.go = self.box.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("startDownloadButton")
        self.go.setDefault(True)
        self.box.accepted.connect(self._start)
        self.box.rejected.connect(self.reject)
        label = QLabel(tr("Folder"))
        label.setBuddy(self.folder)
        above = (head, self.notice, self.area_choice, self.places, self.whole_choice, self.files)
        for widget in (*above, label, self.folder, self.state, self.show_after, self.box):
            layout.addWidget(widget)
        self.show_after.setVisible(not self._archives)  # the map does not show them as they are
        self.resize(max(420, self.sizeHint().width()), self.sizeHint().height())

    def _headline(self) -> str:
        if len(self._products) == 1:
            product = self._products[0]
            return " · ".join(x for x in (sensor_text(product), date_text(product)) if x)
        return tr("%n product(s)", len(self._products))

    def _propose(self) -> None:
        """The area when it is clearly less than the scene."""
        self.places.setVisible(not self._archives)
        there = self.places.place() is not None
        self.area_choice.setEnabled(there)
        if not there:
            outside = tr(
                "Neither the map nor the searched area touches this product: choose a layer or "
                "draw your area."
            )
            self.area_choice.setToolTip(
                tr("An archive comes whole.") if self._archives else outside
            )
        (self.area_choice if self._small else self.whole_choice).setChecked(True)

    def _tell_files(self) -> None:
        self.files.suit(self.area_choice.isChecked())
        self._update()

    def _place_chosen(self) -> None:
        """A person who chooses an area wants it."""
        place = self.places.place()
        self.area_choice.setEnabled(place is not None)
        if place is not None:
            self.area_choice.setToolTip("")
            self.area_choice.setChecked(True)
        self._tell_files()

    def _draw(self) -> None:
        """Out of the way while the area is drawn on the map."""
        canvas = self._context.iface.mapCanvas()
        tool = self._drawing = DrawTool(canvas)
        tool.drawn.connect(self._drawn)
        tool.cancelled.connect(self._give_up_drawing)
        self.hide()
        canvas.setMapTool(tool)
        canvas.setFocus()

    def _give_up_drawing(self) -> None:
        self._drawn(None)

    def _drawn(self, area: Any) -> None:
        tool, self._drawing = self._drawing, None
        if tool is None:
            return
        tool.deleteLater()
        if area is not None:
            self.places.add(place_of(tr("The area drawn"), area))
        else:
            self.places.choose_first()
        self.open()

    def _asks(
        self, area: bool, place: DownloadPlace | None = None, keys: Sequence[str] = ()
    ) -> list[Ask]:
        keys = keys or self.files.keys()
        if not keys:
            return []
        if not area:
            return [ask for p in self._products for ask in asks_for(p, keys)]
        pieces = ((place.label, place.area),) if place else self.places.pieces()
        return [
            ask
            for product in self._products
            for label, piece in pieces
            if product.footprint is None or product.footprint.intersects(piece)
            for ask in asks_for(product, keys, piece, label)
        ]

    def _sizes_of(self, key: str) -> tuple[int | None, int | None]:
        """What moves for one kind of file, and what it takes on the disk where that is more."""
        asks = self._asks(self.area_choice.isChecked(), keys=[key])
        if key != SHARP:
            return total_bytes(asks), None
        written = [written_size(self._collection(a.product), a.product, a.estimate) for a in asks]
        return total_bytes(asks), None if None in written else sum(w or 0 for w in written)

    def _update(self) -> None:
        """Sizes everywhere they matter, and whether it can start."""
        if not hasattr(self, "go"):
            return
        area = self.area_choice.isChecked()
        sizes = {which: total_bytes(self._asks(which)) for which in (True, False)}
        there = self.places.place() is not None
        self.area_choice.setText(_with_size(tr("Only my area"), sizes[True] if there else None))
        self.whole_choice.setText(_with_size(tr("The whole scene"), sizes[False]))
        self.places.show_sizes(lambda place: words.size_text(total_bytes(self._asks(True, place))))
        self.files.show_sizes(self._sizes_of)
        size = sizes[area]
        text = tr("Download the area") if area else tr("Download")
        self.go.setText(_with_size(text, size))
        problem = self._problem(size, area)
        self.go.setEnabled(not problem)
        self.go.setToolTip(problem)
        free = (
            tr("{size} free").format(size=words.size_text(self._free))
            if self._free is not None
            else ""
        )
        self.state.setText(problem or free)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        """Wrapped texts may need more lines."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Never less high than what the texts take at this width."""
        needed = self.layout().totalHeightForWidth(self.width())
        if needed > 0:
            self.setMinimumHeight(needed)

    def _problem(self, size: int | None, area: bool) -> str:
        """Why it cannot start; empty when it can."""
        if not self.files.keys():
            return tr("Tick at least one file.")
        if area and self.places.reading:
            return tr("Reading the area…")
        if area and not self._asks(True):
            return tr("This area does not touch the chosen products.")
        if not self.folder.filePath().strip():
            return tr("Choose a folder.")
        if self._folder_problem:
            return self._folder_problem
        ticked = self.files.keys()
        written = self._sizes_of(SHARP)[1] if SHARP in ticked else None
        needed = (size or 0) * (2 if area else 1) + 2 * (written or 0) + MARGIN_BYTES
        if self._free is not None and needed > self._free:
            return tr("Not enough room in this folder: {free} free, {needed} needed.").format(
                free=words.size_text(self._free), needed=words.size_text(needed)
            )
        return ""

    def _look_soon(self) -> None:
        """Another folder; a method rather than a lambda, for it is let go of with the dialog."""
        self._timer.start()
        self._update()

    def _look_at_folder(self) -> None:
        """Writable, and how much room: off the GUI thread, a network folder may be slow."""
        if self._checking is not None:
            self._checking.stop()
        path = Path(self.folder.filePath().strip() or ".")
        self._checking = tasks.run(
            lambda job: examine_folder(path), done=self._examined, parent=self, title="folder"
        )

    def _examined(self, found: tuple[int | None, str]) -> None:
        self._free, self._folder_problem = found
        self._update()

    def _start(self) -> None:
        root = Path(self.folder.filePath().strip())
        asks = self._asks(self.area_choice.isChecked())
        settings = self._context.settings
        settings.download_folder, settings.add_after_download = (
            str(root),
            self.show_after.isChecked(),
        )
        settings.save()
        downloads_of(self._context).add(asks, root, show=self.show_after.isChecked())
        messages.info(tr("%n file(s) in the queue: see “My products”.", len(asks)))
        self.accept()


def examine_folder(folder: Path) -> tuple[int | None, str]:
    """``(free bytes, problem)`` of a folder that may not exist yet. Any thread."""
    existing = next((p for p in (folder, *folder.parents) if p.exists()), None)
    if existing is None or not existing.is_dir():
        return None, tr("This is not a folder.")
    try:
        with tempfile.TemporaryFile(
            dir=existing
        ):  # rights alone do not tell: network drives, read-only disks
            pass
    except PermissionError:
        return None, tr("You are not allowed to write in this folder.")
    except OSError as error:
        if error.errno == errno.EROFS:
            return None, tr("You are not allowed to write in this folder.")
    try:
        return shutil.disk_usage(existing).free, ""
    except OSError:
        return None, ""


def _with_size(text: str, size: int | None) -> str:
    return f"{text} ({words.size_text(size)})" if size is not None else text
