"""A search panel on a real canvas in front of a STAC API that a test bends to its will."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.profile.model import Profile
from tests.support.scripted import scripted
from tests.unit.catalogue.stac_api import StacApi, make_item, make_profile


def square(
    number: int, west: float, south: float, side: float = 0.2, **properties: Any
) -> dict[str, Any]:
    """An item over a square of ``side`` degrees."""
    item = make_item(number, **properties)
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    item["geometry"], item["bbox"] = (
        {"type": "Polygon", "coordinates": [ring]},
        [west, south, east, north],
    )
    item["assets"] = {}
    return item


@contextlib.contextmanager
def search_panel(iface: Any, profile: Profile) -> Iterator[Any]:
    """A shown panel with its own context; the profile is open, nobody is signed in, the map shows
    Pau in Lambert-93.
    """
    from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QDockWidget

    from dinamis_qgis.bridge import messages
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.gui.search.panel import SearchPanel

    context = Context(iface)
    context.profile = profile
    messages.install_messages(iface)
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    panel = SearchPanel(context)
    dock = QDockWidget("search", iface.mainWindow())
    dock.setWidget(panel)
    iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    iface.mainWindow().show()
    canvas.setExtent(QgsRectangle(400_000, 6_235_000, 440_000, 6_265_000))
    QgsProject.instance().setDirty(False)
    try:
        yield panel
    finally:
        context.close()
        dock.close()
        messages.install_messages(None)


def signed_in(panel: Any, *licences: str) -> None:
    """As if somebody with these licences had signed in."""
    account = Account("technicien", "Technicien SIG", licences=frozenset(licences))
    panel.context.session = SimpleNamespace(account=account, credentials=None, expired=False)
    panel.context.account_changed.emit()


def search(panel: Any, wait_until: Callable[..., None]) -> None:
    """Search and wait for the end."""
    ended: list[int] = []
    panel.searched.connect(lambda: ended.append(1))
    panel.search()
    wait_until(lambda: ended, what="the end of the search")


__all__ = [
    "StacApi",
    "make_item",
    "make_profile",
    "scripted",
    "search",
    "search_panel",
    "signed_in",
    "square",
]
