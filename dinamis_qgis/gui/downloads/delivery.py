"""“Open a delivery…”: the button, what is going on meanwhile, and what came of it."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QStandardPaths, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.transfer.deliveries import MOST_LAYERS, add_products, open_delivery
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.delivery.archive import is_archive
from dinamis_qgis.core.delivery.deliver import OpenedDelivery, Refused, Report
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.product_text import date_text, sensor_text
from dinamis_qgis.gui.widgets.widgets import ShortLabel, text_label


def home_folder(context: Context) -> Path:
    """Where products go: the remembered folder, else ``DINAMIS`` among the person's documents."""
    location = QStandardPaths.StandardLocation.DocumentsLocation
    default = Path(QStandardPaths.writableLocation(location)) / "DINAMIS"
    return Path(context.settings.download_folder) if context.settings.download_folder else default


def can_open(path: Path) -> bool:
    """Whether something dropped may be a delivery."""
    return path.is_dir() or is_archive(path) or path.suffix.lower() == ".xml"


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The local files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


class DeliveryDesk(QWidget):
    """The line that shows while a delivery is being opened.

    ``button`` and its menu live where the panel puts them.
    """

    opened = pyqtSignal(object)
    """A report: products are at home."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryDesk")
        self._context = context
        self._job: tasks.Job | None = None
        self._waiting: list[Path] = []
        self.report: Report | None = None
        self.button = QToolButton()
        self.button.setObjectName("openDeliveryButton")
        self.button.setIcon(QgsApplication.getThemeIcon("/mActionFileOpen.svg"))
        self.button.setAutoRaise(True)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        text = tr("Open a delivery of the portal: an archive, a folder, or a folder of many")
        self.button.setToolTip(text)
        self.button.setAccessibleName(text)
        menu = QMenu(self.button)
        menu.addAction(tr("Open a delivered archive…"), self.ask_archive)
        menu.addAction(tr("Open a delivered folder…"), self.ask_folder)
        self.button.setMenu(menu)
        self.text = ShortLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(4)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop_button = QToolButton()
        self.stop_button.setObjectName("cancelDeliveryButton")
        self.stop_button.setAutoRaise(True)
        self.stop_button.setIcon(QgsApplication.getThemeIcon("/mActionCancelEdits.svg"))
        self.stop_button.setToolTip(tr("Stop opening: nothing half is left"))
        self.stop_button.setAccessibleName(self.stop_button.toolTip())
        self.stop_button.clicked.connect(lambda *_: self.stop())
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 4, 4)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.bar)
        self.setVisible(False)

    @property
    def busy(self) -> bool:
        """True while something is being opened."""
        return self._job is not None

    def ask_archive(self) -> None:
        """Choose one or several archives."""
        kinds = (
            tr("Deliveries")
            + " (*.tar.gz *.tgz *.tar *.zip *.7z *.7z.001 *.xml *.XML);;"
            + tr("All files")
            + " (*)"
        )
        names, _ = QFileDialog.getOpenFileNames(
            self.window(), tr("Open a delivery"), str(self._start()), kinds
        )
        self.open([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Choose a folder of one or many deliveries."""
        name = QFileDialog.getExistingDirectory(
            self.window(), tr("Open a delivery"), str(self._start())
        )
        self.open([Path(name)] if name else [])

    def _start(self) -> Path:
        location = QStandardPaths.StandardLocation.DownloadLocation
        return Path(QStandardPaths.writableLocation(location))

    def open(self, sources: list[Path]) -> None:
        """Open deliveries, one after the other."""
        self._waiting += sources
        if self._job is None:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._end()
            return
        source = self._waiting.pop(0)
        self._tell(0.0, tr("Opening {name}…").format(name=source.name))
        self.setVisible(True)
        root = home_folder(self._context)
        self._job = open_delivery(
            self._context, source, root, self._done, self._failed, self._tell, self
        )

    def stop(self) -> None:
        """Give up; nothing half is left on the disk."""
        self._waiting.clear()
        if self._job is not None:
            self.text.show_text(tr("Stopping…"))
            self._job.cancel.set()

    def _tell(self, share: float, text: str) -> None:
        self.bar.setValue(round(1000 * share))
        if text:
            self.text.show_text(text)

    def _failed(self, error: DinamisError) -> None:
        self._job = None
        if not isinstance(error, Cancelled):
            messages.show(error)
        self._next()

    def _done(self, report: Report) -> None:
        self._job = None
        if self.report is None:
            self.report = Report()
        self.report.opened += report.opened
        self.report.refused += report.refused
        self._next()

    def _end(self) -> None:
        """Everything asked for is over: one message, or the table when there is more to say."""
        self.setVisible(False)
        report, self.report = self.report, None
        if report is None:
            return
        if report.opened:
            if not self._context.settings.download_folder:
                self._context.settings.download_folder = str(home_folder(self._context))
                self._context.settings.save()
            self.opened.emit(report)
        products = [one.product for one in report.opened]
        if len(products) <= MOST_LAYERS:
            add_products(self._context, products)
        single = len(report.opened) + len(report.refused) == 1
        if single and report.refused:
            messages.show(report.refused[0].error)
        elif single and report.opened[0].warnings:
            messages.warn(" ".join(report.opened[0].warnings), key="delivery")
        elif single:
            messages.success(
                tr("The delivery is open: {name}.").format(name=_product_name(products[0]))
            )
        else:
            DeliveryReport(self._context, report, self.window()).open()


def _product_name(product: Product) -> str:
    return " · ".join(x for x in (sensor_text(product), date_text(product)) if x) or product.id


class DeliveryReport(QDialog):
    """What was found in a folder of deliveries, and what could not be read and why."""

    def __init__(self, context: Context, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("deliveryReport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Deliveries"))
        self._context, self._report = context, report
        parts = [tr("%n product(s) ready", len(report.opened))]
        if report.refused:
            parts.append(tr("%n could not be read", len(report.refused)))
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("deliveryTable")
        self.table.setAccessibleName(tr("What was found"))
        self.table.setHorizontalHeaderLabels([tr("Found"), tr("State"), tr("File")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().setVisible(False)
        self.table.setWordWrap(True)
        for refused in report.refused:
            self._refused(refused)
        for opened in report.opened:
            self._opened(opened)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 210)
        self.table.setColumnWidth(2, 150)
        self.box = QDialogButtonBox()
        self.box.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.box.rejected.connect(self.reject)
        if len(report.opened) > MOST_LAYERS:
            self.add = self.box.addButton(
                tr("Add the selected products to the map"), QDialogButtonBox.ButtonRole.ActionRole
            )
            self.add.clicked.connect(lambda *_: self._add())
            self.table.itemSelectionChanged.connect(self._offer)
            self._offer()
        layout = QVBoxLayout(self)
        layout.addWidget(text_label(", ".join(parts)))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.box)
        self.resize(720, 420)

    def showEvent(self, event: object) -> None:  # noqa: N802 (Qt)
        """Rows as high as their texts once the widths are known."""
        super().showEvent(event)
        self.table.resizeRowsToContents()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt)
        """Texts wrap anew."""
        super().resizeEvent(event)
        self.table.resizeRowsToContents()

    def _row(self, icon: str, name: str, state: str, source: Path) -> int:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, (text, tip) in enumerate(
            ((name, name), (state, state), (source.name, str(source)))
        ):
            item = QTableWidgetItem(text)
            item.setToolTip(as_plain(tip))
            if column == 0:
                item.setIcon(QgsApplication.getThemeIcon(icon))
            self.table.setItem(row, column, item)
        return row

    def _refused(self, refused: Refused) -> None:
        name = refused.source.name
        dim = name.upper().startswith("DIM_")
        self._row(
            "/mIconWarning.svg",
            refused.source.stem[4:] if dim else name,
            refused.error.sentence(),
            refused.source,
        )

    def _opened(self, opened: OpenedDelivery) -> None:
        state = " ".join(opened.warnings) or tr("Ready")
        row = self._row("/mIconSuccess.svg", _product_name(opened.product), state, opened.source)
        self.table.item(row, 0).setData(Qt.ItemDataRole.UserRole, self._report.opened.index(opened))

    def chosen(self) -> list[Product]:
        """The products of the selected rows."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        numbers = [self.table.item(row, 0).data(Qt.ItemDataRole.UserRole) for row in rows]
        return [self._report.opened[number].product for number in numbers if number is not None]

    def _offer(self) -> None:
        self.add.setEnabled(bool(self.chosen()))

    def _add(self) -> None:
        add_products(self._context, self.chosen())
        self.accept()
