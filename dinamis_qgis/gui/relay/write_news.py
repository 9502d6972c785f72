"""The relay writes an entry of its news: added to a feed file that it puts on its site."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.relay.model import new_id, now_utc
from dinamis_qgis.core.relay.news import News, add_to_feed
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label


class WriteNewsDialog(QDialog):
    """Title, text, a page that says more, and the file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("writeNewsDialog")
        self.setWindowTitle(tr("Write news"))
        self._context = context
        layout = QVBoxLayout(self)
        text = tr(
            "The entry is put at the top of an Atom file. Put this file where the profile of your "
            "partners says that the news are."
        )
        layout.addWidget(wrapped_label(text, "writeNewsText"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.headline, self.link = QLineEdit(), QLineEdit()
        self.headline.setObjectName("newsTitle")
        self.headline.setMaxLength(300)
        self.link.setPlaceholderText("https://")
        self.text = QPlainTextEdit()
        self.text.setObjectName("newsBody")
        self.text.setTabChangesFocus(True)
        self.file = QgsFileWidget()
        self.file.setObjectName("newsFile")
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setConfirmOverwrite(False)
        self.file.setFilter("Atom (*.xml *.atom)")
        self.file.setFilePath(context.settings.relay_feed)
        form.addRow(tr("Title"), self.headline)
        form.addRow(tr("Text"), self.text)
        form.addRow(tr("Page that says more"), self.link)
        form.addRow(tr("News file"), self.file)
        layout.addLayout(form)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write_button = QPushButton(tr("Add to the file"))
        self.write_button.setObjectName("writeNewsButton")
        buttons.addButton(self.write_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.headline.textChanged.connect(lambda *_: self._check())
        self.link.textChanged.connect(lambda *_: self._check())
        self.file.fileChanged.connect(lambda *_: self._check())
        self._check()

    def accept(self) -> None:
        """Write beside the window, then close."""
        path, settings = Path(self.file.filePath()), self._context.settings
        settings.relay_feed = str(path)
        settings.save()
        entry = News(
            f"urn:uuid:{new_id()}",
            self.headline.text().strip(),
            self.text.toPlainText().strip(),
            now_utc(),
            self.link.text().strip(),
        )
        profile = self._context.profile
        author = profile.relay.name if profile else ""
        title = tr("News of {relay}").format(relay=author)
        tasks.run(
            lambda job: add_to_feed(path, entry, title, author),
            done=lambda count: messages.success(
                tr("“{name}” has %n entry(ies) now.", n=count).format(name=path.name)
            ),
            parent=self._context,
            title="news",
        )
        super().accept()

    def _check(self) -> None:
        link = self.link.text().strip()
        usable = not link or link.startswith("https://")
        whole = bool(self.headline.text().strip() and self.file.filePath().strip())
        self.write_button.setEnabled(whole and usable)
