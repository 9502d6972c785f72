"""Asking where to write a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.PyQt.QtWidgets import QFileDialog, QMessageBox, QWidget

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.text import tr


def ask_file(
    parent: QWidget, title: str, offered: str, kinds: Mapping[str, str], also: tuple[str, ...] = ()
) -> Path | None:
    """A file to write, with an ending of ``kinds`` (ending → the kind's name) or of ``also``; None
    when given up.

    A name typed without one gets that of the chosen kind. If such a file is there the person is
    asked: the dialog asked about the name as it was typed.
    """
    filters = {f"{label} (*{ending})": ending for ending, label in kinds.items()}
    name, chosen = QFileDialog.getSaveFileName(parent, title, offered, ";;".join(filters))
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in (*kinds, *also):
        return path
    path = path.with_name(path.name + filters.get(chosen, next(iter(kinds))))
    if path.exists():
        text = tr("“{path}” exists already. Replace it?").format(path=path.name)
        if QMessageBox.question(parent, title, as_plain(text)) != QMessageBox.StandardButton.Yes:
            return None
    return path
