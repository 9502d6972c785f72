"""The menu's export of footprints: those chosen, else all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dinamis_qgis.gui.search import export
from dinamis_qgis.gui.search.rows import Row


def footprints(panel: Any, into_project: bool) -> None:
    """Ask where (for a file), write in the background, say so."""
    rows = _wanted(panel)
    if not rows:
        return
    if into_project:
        panel._wait_for([export.to_project(panel.context, rows, lambda _: None, panel)])
        return
    path = export.ask_path(panel, panel.context.settings.download_folder or str(Path.home()))
    if path is not None:
        panel._wait_for([export.export(panel.context, rows, path, export.told, panel)])


def _wanted(panel: Any) -> list[Row]:
    chosen = {product.key for product in panel.selected()}
    rows = list(panel.model.rows())
    return [row for row in rows if row.product.key in chosen] if len(chosen) > 1 else rows
