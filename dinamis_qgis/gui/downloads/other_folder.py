"""Another folder for the downloads: where the first is full, gone, or may not be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtWidgets import QFileDialog

from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


def choose_download_folder(context: Context) -> None:
    """Ask for it; what the disk stopped goes on there, and the downloads after it."""
    from dinamis_qgis.bridge.transfer.downloads import downloads_of

    chosen = QFileDialog.getExistingDirectory(
        context.iface.mainWindow(),
        tr("Another folder for the downloads"),
        context.settings.download_folder,
    )
    if chosen:
        downloads_of(context).move_stopped(Path(chosen))
