"""Nothing found is an offer: fewer filters, other catalogues, a wider view, or a request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dinamis_qgis.gui.search.results import empty_states
from dinamis_qgis.gui.search.results.empty_states import Face

if TYPE_CHECKING:
    from dinamis_qgis.gui.search.panel import SearchPanel

NEIGHBOURS = 3.0
"""How many times wider the map gets when looking around."""


def face_of(panel: SearchPanel) -> Face:
    """What the panel shows, and what can be done."""
    request = partial(panel.request_wanted.emit, panel.listed.area)
    catalogues = panel.query_bar.catalogues
    loosen = partial(panel.ask, catalogues=catalogues.chosen())
    others = None if catalogues.all_asked() else partial(_ask_all, panel)
    return empty_states.nothing_found(
        panel.query_bar.query(), loosen, partial(_search_around, panel), request, others
    )


def _ask_all(panel: SearchPanel) -> None:
    panel.query_bar.catalogues.check_all()
    panel.query_bar.summarise()
    panel.search()


def _search_around(panel: SearchPanel) -> None:
    """A wider view of where was searched."""
    if panel.map.area.fixed is not None:
        panel.map.area.zoom()
        panel.map.area.set_map()
    panel.context.iface.mapCanvas().zoomByFactor(NEIGHBOURS)
    panel.search()
