"""The search as it is on screen, to be saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dinamis_qgis.core.catalogue.model import Product, Query, SortOrder

if TYPE_CHECKING:
    from dinamis_qgis.gui.search.panel import SearchPanel


def current_search(
    panel: SearchPanel,
) -> tuple[Query, tuple[str, ...], list[Product], frozenset[str]]:
    """The query, the catalogues chosen, its products, and the catalogues of which they are all
    there is.

    Where the area or a filter has been changed since the last search, or there has been none, the
    products are not known yet. Raises InvalidInput when the map shows no place on Earth.
    """
    made, found = panel.listed, panel.searching.tally
    shown, catalogues = panel.query_bar.query(), panel.query_bar.catalogues.chosen()
    if (
        found is not None
        and replace(made, area=None, limit=None, order=SortOrder())
        == replace(shown, area=None, limit=None, order=SortOrder())
        and panel.map.area.fixed is panel.place
    ):
        rows = panel.model.rows()
        return (
            replace(made, order=panel.model.order),
            catalogues,
            [row.product for row in rows],
            found.whole,
        )
    return (
        replace(shown, area=panel.map.area.area(), order=panel.model.order),
        catalogues,
        [],
        frozenset(),
    )
