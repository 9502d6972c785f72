"""What the panel says when it has no list to show; each is a title, a sentence and choices for
``StatePage``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from dinamis_qgis.bridge import messages
from dinamis_qgis.core.catalogue.model import Query
from dinamis_qgis.core.errors import Action, DinamisError, NetworkError
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.state_page import Choice

Face = tuple[str, str, "list[Choice]"]


def first_use() -> Face:
    """First use: what this is for, ready to search."""
    text = tr(
        "Move the map to your area, then search: the list shows the products that cover it, and "
        "which of them you may use."
    )
    return tr("Satellite images of your area"), text, []


def nothing_found(
    filters: Query,
    loosen: Callable[[Query], None],
    around: Callable[[], None],
    request: Callable[[], None],
    others: Callable[[], None] | None = None,
) -> Face:
    """Nothing found is an offer: fewer filters, more catalogues (``others``), a wider look, or a
    request for a new image.
    """
    choices: list[Choice] = []
    if filters.start or filters.end:
        choices.append(
            (tr("Search all dates"), partial(loosen, replace(filters, start=None, end=None)))
        )
    if replace(filters, start=None, end=None) != Query():
        loose = Query(start=filters.start, end=filters.end)
        choices.append((tr("Search without the filters"), partial(loosen, loose)))
    if others is not None:
        choices.append((tr("Ask the other catalogues too"), others))
    choices.append((tr("Look around"), around))
    choices.append((tr("Request an acquisition here…"), request))
    text = tr("No product of the catalogue over this area matches the search.")
    return tr("No product here"), text, choices


def search_failed(error: DinamisError, retry: Callable[[], None]) -> Face:
    """An error or no network: what happened, what to do, and to try again."""
    title = (
        tr("No connection") if isinstance(error, NetworkError) else tr("The search did not succeed")
    )
    choices: list[Choice] = [(tr("Try again"), retry)]
    if error.action not in (Action.NONE, Action.RETRY):
        choices.insert(
            0, (messages.button_label(error.action), partial(messages.perform_action, error.action))
        )
    return title, error.sentence(), choices
