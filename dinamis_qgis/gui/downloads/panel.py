"""The tab “My products”: what is being downloaded, and what is at home."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDate, QModelIndex, QPoint, Qt
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.bridge.project.handover import hand_over
from dinamis_qgis.bridge.transfer.deliveries import (
    add_products,
    archives_of,
    clouds_of,
    show_clouds,
)
from dinamis_qgis.bridge.transfer.downloads import Downloads, downloads_of, open_folder
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.local_catalogue.removal import remove_product, size_of
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.queue import FileState
from dinamis_qgis.gui.downloads import words
from dinamis_qgis.gui.downloads.delegate import DownloadDelegate
from dinamis_qgis.gui.downloads.delivery import DeliveryDesk, can_open, dropped_paths, home_folder
from dinamis_qgis.gui.downloads.dialog import examine_folder
from dinamis_qgis.gui.downloads.line import HomeLine
from dinamis_qgis.gui.downloads.model import ROW, DownloadRow, DownloadsModel, find_neighbour
from dinamis_qgis.gui.downloads.overview import Overview
from dinamis_qgis.gui.downloads.removal import confirm_removal
from dinamis_qgis.gui.widgets.state_page import StatePage
from dinamis_qgis.gui.widgets.widgets import text_label

_ASKED_FROM = 20_000_000
"""So many bytes are not thrown away without asking."""


class DownloadsPanel(QWidget):
    """``downloadsView`` with what can be done with the chosen rows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.downloads: Downloads = downloads_of(context)
        self.model = DownloadsModel(self)
        self.desk = DeliveryDesk(context)
        self.desk.opened.connect(self.look_at_home)
        self.line = HomeLine(context, self.desk.button)
        self.line.changed.connect(self._search)
        self.setAcceptDrops(True)
        self._build()
        self.downloads.changed.connect(self._refresh)
        self.downloads.home_changed.connect(self.look_at_home)
        self.downloads.start()
        self._refresh()
        self.look_at_home()

    def _build(self) -> None:
        self.overview = Overview()
        self.overview.hold_wanted.connect(self._hold_all)
        self.details = text_label()
        self.details.setObjectName("downloadDetails")
        self.details.setContentsMargins(8, 6, 8, 2)
        self.details.setVisible(False)
        self.view = QListView()
        self.view.setObjectName("downloadsView")
        self.view.setAccessibleName(tr("My products: downloads and files at home"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(DownloadDelegate(self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self._make_states()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.none_found)
        self._make_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in (
            (self.line, 0),
            (self.desk, 0),
            (self.overview, 0),
            (self.pages, 1),
            (self.details, 0),
            (self.bar, 0),
        ):
            layout.addWidget(widget, stretch)

    def _make_states(self) -> None:
        self.empty = StatePage()
        first = tr(
            "Choose a product in the search and download it, whole or only your area; or open "
            "what the portal delivered."
        )
        choices = [
            (tr("Search for products"), self._to_search),
            (tr("Open a delivered archive…"), self.desk.ask_archive),
            (tr("Open a delivered folder…"), self.desk.ask_folder),
        ]
        self.empty.show_state(tr("No product at home yet"), first, choices)
        self.none_found = StatePage()
        self.none_found.show_state(
            tr("Nothing found at home"), "", [(tr("Show all my products"), self.line.clear)]
        )

    def _make_action(self, icon: str, text: str, slot: Any, key: str = "") -> QAction:
        made = QAction(QgsApplication.getThemeIcon(icon), text, self)
        made.setToolTip(text)
        if key:
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda *_: slot())
        self.addAction(made)
        return made

    def _make_actions(self) -> None:
        make = self._make_action
        self.to_map = make(
            "/mActionAddRasterLayer.svg", tr("Add to map"), self._add_to_map, "Ctrl+Return"
        )
        self.folder = make("/mIconFolderOpen.svg", tr("Open the folder"), self._open_folder)
        self.clouds = make("/mActionAddOgrLayer.svg", tr("Add the cloud mask"), self._clouds)
        self.pass_on = make(
            "/mActionSharingExport.svg", tr("Prepare a folder to hand over…"), self._pass_on
        )
        self.delete = make(
            "/mActionDeleteTable.svg", tr("Delete from the disk…"), self._delete, "Shift+Delete"
        )
        self._make_queue_actions()
        at_home = (self.to_map, self.clouds, self.folder, self.pass_on, self.delete)
        on_their_way = (self.up, self.down, self.pause, self.resume, self.retry, self.cancel)
        self.actions_row = (*at_home, *on_their_way, self.remove)
        self._make_bar()

    def _make_queue_actions(self) -> None:
        """What is done with files on their way."""
        make = self._make_action

        def on(change: Callable[[list[int]], None], *states: FileState) -> Callable[[], None]:
            return lambda: change(self._ids(*states))

        pause, resume, remove = self.downloads.pause, self.downloads.resume, self.downloads.remove
        flow, over = "/temporal_navigation/", (FileState.FAILED, FileState.CANCELLED)
        waiting = (FileState.RUNNING, FileState.WAITING)
        self.pause = make(f"{flow}pause.svg", tr("Pause"), on(pause, *waiting))
        self.resume = make(f"{flow}forward.svg", tr("Go on"), on(resume, FileState.PAUSED))
        self.retry = make("/mActionRefresh.svg", tr("Try again"), on(resume, *over, *waiting))
        self.cancel = make("/mActionCancelEdits.svg", tr("Cancel the download"), self._cancel)
        self.remove = make(
            "/mActionDeleteSelected.svg", tr("Take off the list"), on(remove, *over), "Delete"
        )
        earlier, later = (lambda: self._shift(-1)), (lambda: self._shift(1))
        self.up = make("/mActionArrowUp.svg", tr("Download earlier"), earlier, "Alt+Up")
        self.down = make("/mActionArrowDown.svg", tr("Download later"), later, "Alt+Down")

    def _make_bar(self) -> None:
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(4, 4, 4, 4)
        self._buttons: dict[QAction, QToolButton] = {}
        for one in self.actions_row:
            button = QToolButton()
            button.setDefaultAction(one)
            button.setAutoRaise(True)
            button.setAccessibleName(one.text())
            self._buttons[one] = button
            row.addWidget(button)
        self._buttons[self.to_map].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._buttons[self.to_map].setObjectName("addDownloadedButton")
        self.free = QLabel()
        self.free.setObjectName("freeSpace")
        self.free.setEnabled(False)
        # gives way to the buttons
        self.free.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.free.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.free, 1)

    # what is shown
    def _refresh(self) -> None:
        selected = {row.key for row in self.chosen()}
        self.model.set_files(self.downloads.views, self.downloads.products)
        self._select(selected)
        self._sum_up()
        self._offer()

    def look_at_home(self) -> None:
        """Read again what is at home."""
        self.downloads.home(self._show_home, self)
        folder = home_folder(self._context)
        tasks.run(
            lambda job: examine_folder(folder)[0],
            done=self._show_free,
            parent=self,
            title="free space",
        )

    def _show_free(self, free: int | None) -> None:
        self.free.setText(
            tr("{size} free").format(size=words.size_text(free)) if free is not None else ""
        )
        self.free.setToolTip(
            tr("Free space where downloads go: {folder}").format(folder=home_folder(self._context))
        )

    def _search(self) -> None:
        selected = {row.key for row in self.chosen()}
        self.model.search(self.line.search.text(), self.line.area())
        self._select(selected)
        self._sum_up()
        self._offer()

    def _show_home(self, products: list[Product]) -> None:
        selected = {row.key for row in self.chosen()}
        self.model.set_home(products)
        self._select(selected)
        self._sum_up()
        self._offer()

    def _select(self, keys: set[tuple[str, ...]]) -> None:
        if not keys or {row.key for row in self.chosen()} == keys:
            return
        for number, row in enumerate(self.model.rows):
            if row.key in keys:
                self.view.selectionModel().select(
                    self.model.index(number), self.view.selectionModel().SelectionFlag.Select
                )

    def _sum_up(self) -> None:
        """What goes above the list, and whether there is one."""
        nothing = self.none_found if self.model.searched else self.empty
        self.pages.setCurrentWidget(self.view if self.model.rows else nothing)
        self.line.setVisible(bool(self.model.rows) or self.model.searched)
        self.bar.setVisible(bool(self.model.rows))
        self.overview.show_views([row.view for row in self.model.rows if row.view is not None])

    # what can be done
    def chosen(self) -> list[DownloadRow]:
        """The selected rows."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.rows[i] for i in rows if i < len(self.model.rows)]

    def _ids(self, *states: FileState) -> list[int]:
        return [
            row.view.entry.id
            for row in self.chosen()
            if row.view is not None and row.view.entry.state in states
        ]

    def _offer(self) -> None:
        """Only what makes sense for the chosen rows."""
        chosen = self.chosen()
        states = {row.view.entry.state for row in chosen if row.view is not None}
        waiting = any(row.view is not None and row.view.entry.error is not None for row in chosen)
        home = [row for row in chosen if row.view is None]
        offers = {
            self.to_map: bool(home),
            self.clouds: any(
                row.product is not None and clouds_of(row.product) is not None for row in home
            ),
            self.folder: any(row.folder is not None for row in chosen),
            self.pass_on: bool(home) and len(home) == len(chosen),
            self.delete: bool(home) and len(home) == len(chosen),
            self.up: self._neighbour(-1) is not None,
            self.down: self._neighbour(1) is not None,
            self.pause: bool(states & {FileState.RUNNING, FileState.WAITING}),
            self.resume: FileState.PAUSED in states,
            self.retry: bool(states & {FileState.FAILED, FileState.CANCELLED}) or waiting,
            self.cancel: bool(states & {FileState.RUNNING, FileState.WAITING, FileState.PAUSED}),
            self.remove: bool(states & {FileState.FAILED, FileState.CANCELLED}),
        }
        for action, offered in offers.items():
            always = action in (self.to_map, self.folder) and not states
            action.setEnabled(offered)
            action.setVisible(always or offered)
            self._buttons[action].setVisible(always or offered)
        errors = [
            row.view.entry.error
            for row in chosen
            if row.view is not None and row.view.entry.error is not None
        ]
        told = errors[0] if len(errors) == 1 and errors[0] is not None else None
        if told is not None and self.overview.said == told.message:
            told = None  # the banner says it
        self.details.setVisible(told is not None)
        self.details.setText(told.sentence() if told is not None else "")

    def _menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(
            [action for action in self.actions_row if action.isVisible() and action.isEnabled()]
        )
        if menu.actions():
            menu.popup(self.view.viewport().mapToGlobal(position))

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row.view is None:
            self._add_to_map()

    def _home_products(self) -> list[Product]:
        return [
            row.product for row in self.chosen() if row.view is None and row.product is not None
        ]

    def _add_to_map(self) -> None:
        """Images as they are; archives are opened as deliveries, in the same folder."""
        products = self._home_products()
        parcels = [path for product in products for path in archives_of(product)]
        if parcels:
            self.desk.open(parcels)
        add_products(self._context, [product for product in products if not archives_of(product)])

    def _pass_on(self) -> None:
        """Images, a project, credits and the licences' reminder, in a folder of their own."""
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Folder to hand over"), str(home_folder(self._context).parent)
        )
        if not chosen:
            return
        target = Path(chosen) / f"dinamis-{QDate.currentDate().toString('yyyy-MM-dd')}"

        def done(folder: Path) -> None:
            text = tr("The folder to hand over is ready: images, project, credits.")
            messages.success(text, (tr("Open the folder"), lambda: open_folder(folder)))

        messages.info(tr("The folder to hand over is being made…"))
        hand_over(self._context, self._home_products(), target, done, self)

    def _delete(self) -> None:
        """Ask once, with what it frees; then gone, and off the list."""
        products = self._home_products()

        def ask(freed: int) -> None:
            if confirm_removal(self, products, freed):
                tasks.run(
                    lambda job: [remove_product(product) for product in products],
                    done=lambda _: self.look_at_home(),
                    failed=lambda error: (self.look_at_home(), messages.show(error)),
                    parent=self,
                    title="delete",
                )

        tasks.run(lambda job: size_of(products), done=ask, parent=self, title="size")

    def _clouds(self) -> None:
        show_clouds(self._home_products())

    def _neighbour(self, step: int) -> tuple[int, int | None] | None:
        chosen = self._ids(FileState.WAITING, FileState.PAUSED)
        return (
            find_neighbour(self.downloads.views, chosen[0], step)
            if len(chosen) == len(self.chosen()) == 1
            else None
        )

    def _shift(self, step: int) -> None:
        move = self._neighbour(step)
        if move is not None:
            self.downloads.place(*move)

    @contain_faults()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt)
        """Archives and folders may be dropped."""
        if any(can_open(path) for path in dropped_paths(event)):
            event.acceptProposedAction()

    @contain_faults()
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt)
        """Open what was dropped."""
        event.acceptProposedAction()
        self.desk.open([path for path in dropped_paths(event) if can_open(path)])

    def _open_folder(self) -> None:
        folders = {row.folder for row in self.chosen() if row.folder is not None}

        def there(job: tasks.Job) -> list[Path]:  # a network folder may take its time
            return [folder if folder.exists() else folder.parent for folder in folders]

        tasks.run(
            there,
            done=lambda found: [open_folder(folder) for folder in found],
            parent=self,
            title="folder",
        )

    def _cancel(self) -> None:
        ids = self._ids(FileState.RUNNING, FileState.WAITING, FileState.PAUSED)
        lost = sum(
            row.view.done
            for row in self.chosen()
            if row.view is not None and row.view.entry.id in ids
        )
        if lost >= _ASKED_FROM:
            text = tr("Give up these downloads? {size} already fetched will be deleted.").format(
                size=words.size_text(lost)
            )
            if (
                QMessageBox.question(self, tr("Cancel the download"), text)
                != QMessageBox.StandardButton.Yes
            ):
                return
        self.downloads.cancel(ids)

    def _hold_all(self) -> None:
        views = [row.view for row in self.model.rows if row.view is not None]
        active = [
            v.entry.id for v in views if v.entry.state in (FileState.RUNNING, FileState.WAITING)
        ]
        if active:
            self.downloads.pause(active)
        else:
            self.downloads.resume(v.entry.id for v in views if v.entry.state is FileState.PAUSED)

    def _to_search(self) -> None:
        parent = self.parentWidget()
        while parent is not None and not hasattr(parent, "panel"):
            parent = parent.parentWidget()
        if parent is not None:
            parent.panel("search")
