"""The plugin's page in QGIS's options."""

from __future__ import annotations

from datetime import datetime, timezone

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dinamis_qgis import about
from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.catalogue_keys import catalogues_with_key
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.relay.connections import connection_names
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.local_catalogue.naming import FIELDS, problem_of, product_folder
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.account.catalogue_keys import show_keys

_EXAMPLE = Product(
    "",
    "",
    "spot-6-7-drs",
    "SPOT7_MS_201805051026429",
    None,
    datetime(2018, 5, 5, 10, 26, 42, tzinfo=timezone.utc),
    "SPOT 6-7",
    "spot-7",
    "MS",
)


class OptionsPage(QgsOptionsPageWidget):
    """Folder, cache and polling; applied when the person accepts the dialog."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dinamis")
        self._context = context
        settings = context.settings
        form = QFormLayout(self)
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(settings.download_folder)
        form.addRow(tr("Download folder"), self.folder)
        self.template = QLineEdit(settings.folder_template)
        self.template.setObjectName("folderTemplate")
        self.template.textChanged.connect(lambda *_: self._show_example())
        form.addRow(tr("One folder a product, named"), self.template)
        self.example = QLabel()
        self.example.setObjectName("folderExample")
        self.example.setWordWrap(True)
        form.addRow("", self.example)
        self._show_example()
        self.add = QCheckBox(tr("Add downloaded scenes to the map"))
        self.add.setChecked(settings.add_after_download)
        form.addRow("", self.add)
        self.connections = self._number(1, 16, settings.connections, "")
        form.addRow(tr("Parallel connections"), self.connections)
        self.cache = self._number(64, 100_000, settings.cache_mb, " " + tr("MB"))
        form.addRow(tr("Imagery cache on disk"), self.cache)
        clear = QPushButton(tr("Empty the cache"))
        clear.clicked.connect(self._clear)
        form.addRow("", clear)
        if catalogues_with_key(context):
            keys = QPushButton(tr("Keys of the catalogues…"))
            keys.setObjectName("catalogueKeysButton")
            keys.clicked.connect(lambda *_: show_keys(context))
            form.addRow("", keys)
        self.poll = self._number(1, 1440, settings.poll_minutes, " min")
        form.addRow(tr("Ask for news of requests every"), self.poll)
        self._add_relay(form)
        version = QLabel(f"{about.plugin_title()} {about.plugin_version()}")
        version.setEnabled(False)
        form.addRow("", version)

    def _add_relay(self, form: QFormLayout) -> None:
        """What a relay sets."""
        settings = self._context.settings
        self.relay = QCheckBox(tr("Show the relay’s tab"))
        self.relay.setObjectName("relayTab")
        self.relay.setToolTip(
            tr(
                "For relays (super référents): partners, accounts, activity. Shown by itself "
                "where the service knows the role."
            )
        )
        self.relay.setChecked(settings.relay_tab)
        form.addRow("", self.relay)
        self.relay_file = QgsFileWidget()
        self.relay_file.setObjectName("relayRegister")
        self.relay_file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.relay_file.setConfirmOverwrite(False)
        self.relay_file.setFilter("GeoPackage (*.gpkg)")
        self.relay_file.setFilePath(settings.relay_register)
        form.addRow(tr("Relay register (file)"), self.relay_file)
        self.relay_connection = pass_wheel_on(QComboBox())
        self.relay_connection.setObjectName("relayConnection")
        self.relay_connection.addItem(tr("None: the file above"), "")
        for name in connection_names():
            self.relay_connection.addItem(name, name)
        chosen = self.relay_connection.findData(settings.relay_connection)
        self.relay_connection.setCurrentIndex(max(0, chosen))
        form.addRow(tr("… or PostgreSQL connection"), self.relay_connection)
        self.relay_keep = self._number(1, 120, settings.relay_keep_months, " " + tr("months"))
        self.relay_keep.setObjectName("relayKeepMonths")
        form.addRow(tr("Names of former accounts are kept"), self.relay_keep)

    def apply(self) -> None:
        """Called by QGIS when the dialog is accepted."""
        settings = self._context.settings
        settings.download_folder = self.folder.filePath()
        if not problem_of(self.template.text()):
            settings.folder_template = self.template.text()
        settings.add_after_download = self.add.isChecked()
        settings.connections = self.connections.value()
        settings.cache_mb = self.cache.value()
        settings.poll_minutes = self.poll.value()
        settings.relay_tab = self.relay.isChecked()
        settings.relay_register = self.relay_file.filePath()
        settings.relay_connection = self.relay_connection.currentData()
        settings.relay_keep_months = self.relay_keep.value()
        settings.save()
        self._context.options_changed.emit()
        gateways(self._context).resize()

    def _show_example(self) -> None:
        """What the folder of a product would be called, or why it cannot be."""
        template = self.template.text()
        problem = problem_of(template)
        names = ", ".join(f"{{{name}}}" for name in FIELDS)
        example = tr("For instance {folder}").format(
            folder=product_folder(_EXAMPLE, template).as_posix()
        )
        self.example.setText(problem or example)
        self.example.setToolTip(as_plain(names))
        self.template.setToolTip(
            tr("What can be used: {names}; / makes subfolders.").format(names=names)
        )

    def _number(self, low: int, high: int, value: int, suffix: str) -> QSpinBox:
        box = pass_wheel_on(QSpinBox())
        box.setRange(low, high)
        box.setValue(value)
        box.setSuffix(suffix)
        return box

    def _clear(self) -> None:
        import shutil

        from dinamis_qgis.bridge import tasks

        folder = self._context.paths.cache
        tasks.run(
            lambda job: shutil.rmtree(folder, ignore_errors=True),
            done=lambda _: messages.info(tr("The imagery cache is empty.")),
            title="cache",
        )


class OptionsFactory(QgsOptionsWidgetFactory):
    """Gives QGIS the page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def icon(self) -> QIcon:
        """The page's icon."""
        return QIcon(about.icon_path("dinamis"))

    def title(self) -> str:
        """The page's name; QGIS keeps it from before the translator when it is a class
        attribute.
        """
        return about.plugin_title()

    def createWidget(self, parent: QWidget | None = None) -> OptionsPage:  # noqa: N802 (QGIS)
        """A fresh page."""
        return OptionsPage(self._context, parent)
