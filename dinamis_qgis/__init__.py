"""DINAMIS imagery in QGIS: search, stream, download, compare and request very-high-resolution
scenes.
"""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:  # noqa: N802 (name fixed by QGIS)
    """QGIS's entry point: ``iface`` is a ``QgisInterface`` (None in headless runs)."""
    from dinamis_qgis.plugin import DinamisPlugin

    return DinamisPlugin(iface)
