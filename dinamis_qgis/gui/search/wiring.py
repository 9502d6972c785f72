"""What in the search panel is connected to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dinamis_qgis.gui.search.panel import SearchPanel


def connect_parts(panel: SearchPanel) -> None:
    """Once, when every part is there."""
    _connect_query(panel)
    _connect_results(panel)
    context = panel.context
    context.profile_changed.connect(panel._profile_changed)
    context.account_changed.connect(panel._account_changed)
    context.opening.connect(panel._opening)
    context.open_failed.connect(panel._open_failed)
    context.closing.connect(panel._close)


def _connect_query(panel: SearchPanel) -> None:
    bar, area = panel.query_bar, panel.map.area
    bar.search_wanted.connect(panel.search)
    bar.cancel_wanted.connect(panel.cancel)
    bar.reset.connect(panel._search_again)
    bar.area_menu.aboutToShow.connect(lambda: area.fill(bar.area_menu))
    area.changed.connect(panel._area_changed)
    area.reading_changed.connect(panel._area_told)
    area.follow_changed.connect(panel._follow_changed)
    panel.map.follow.moved.connect(panel._moved)
    panel.over_time.picked.connect(panel._pick_period)
    panel.saved.wanted.connect(panel._open_saved)
    panel.searching.arrived.connect(panel._arrived)
    panel.searching.ended.connect(panel._ended)
    panel.searching.failed.connect(panel._fail)


def _connect_results(panel: SearchPanel) -> None:
    choosing, footer = panel.choosing, panel.footer
    choosing.changed.connect(panel._tell)
    choosing.busy_changed.connect(panel._progress)
    panel.plan.request_wanted.connect(panel.request_wanted)
    panel.view.looked_at.connect(panel.thumbnails.keep)
    panel.thumbnails.arrived.connect(lambda _: panel.view.viewport().update())
    panel.more.more_wanted.connect(lambda: panel._more(everything=False))
    panel.more.all_wanted.connect(lambda: panel._more(everything=True))
    footer.order_wanted.connect(panel._sort)
    footer.grouped_wanted.connect(panel._group)
    footer.plan_wanted.connect(lambda: choosing.make_plan(panel.listed.area, _is_complete(panel)))
    footer.preview_wanted.connect(choosing.previewing.toggle)
    footer.export_wanted.connect(choosing.export)


def _is_complete(panel: SearchPanel) -> bool:
    """Whether the list holds all there is."""
    return panel.searching.tally is not None and panel.searching.tally.complete
