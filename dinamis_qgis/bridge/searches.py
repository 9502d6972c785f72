"""The saved searches of this QGIS profile, one store for the panel and the locator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dinamis_qgis.core.catalogue.saved import SavedSearches

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


def saved_searches(context: Context) -> SavedSearches:
    """The store; its methods read and write a file: call them on a worker."""
    found: SavedSearches = context.service(
        "searches", lambda: SavedSearches(context.paths.home / "searches.json")
    )
    return found
