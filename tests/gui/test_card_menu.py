"""The menu of a card in the results, and its icons on a selected card."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QApplication

from dinamis_qgis.core.catalogue.links import key_in
from tests.gui.test_search_doing import api, key, panel
from tests.support.search import search

__all__ = ["api", "panel"]
SHOTS = os.environ.get("SCREENSHOTS", "")


def entries(menu: Any) -> dict[str, Any]:
    return {action.objectName(): action for action in menu.actions() if action.objectName()}


def test_a_card_s_menu_does_what_the_bar_does_and_more(
    panel: Any, wait_until: Callable[..., None]
) -> None:
    search(panel, wait_until)
    index = panel.model.index_of(key(panel, 3))
    position = panel.view.visualRect(index).center()
    panel.view.customContextMenuRequested.emit(position)
    menu = panel.choosing.menu
    wait_until(menu.isVisible, what="the menu")
    assert [p.id[-1] for p in panel.selected()] == ["3"], "the card under the mouse"
    found = entries(menu)
    assert {"cardAdd", "cardDownload", "cardCompare", "cardZoom", "cardCopyId"} <= set(found)
    assert not found["cardCompare"].isEnabled() and found["cardCompare"].toolTip()
    found["cardCopyId"].trigger()
    assert QApplication.clipboard().text() == panel.selected()[0].id
    found["cardCopyLink"].trigger()
    chosen = panel.selected()[0]
    assert key_in(QApplication.clipboard().text()) == (
        chosen.catalogue,
        chosen.collection,
        chosen.id,
    )
    menu.close()
    panel.view.customContextMenuRequested.emit(QPoint(5, panel.view.viewport().height() - 2))


def test_icons_hide_no_figure(panel: Any, wait_until: Callable[..., None]) -> None:
    """Whatever is hovered, the figures end where the icons begin."""
    panel.resize(308, 600)
    search(panel, wait_until)
    option = panel.view._option(panel.model.index(0))
    delegate = panel.view.itemDelegate()
    add, download = delegate.button_rects(option)
    assert add.right() < download.left() and download.right() <= option.rect.right()
    if SHOTS:
        panel.view.setCurrentIndex(panel.model.index(0))
        panel.grab().save(f"{SHOTS}/cards-308.png")
