"""The menu of a card: everything that can be done with the chosen products, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qgis.PyQt.QtWidgets import QApplication, QMenu, QWidget

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.core.catalogue.links import link_to
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.layers.presets import PresetMenu
from dinamis_qgis.gui.search.chosen import actions

if TYPE_CHECKING:
    from dinamis_qgis.gui.search.chosen.selection import Choosing


def card_menu(selection: Choosing, parent: QWidget) -> QMenu:
    """For what is chosen now; ready to pop up."""
    products = selection.selected()
    add, download, compare = selection.reasons(products)
    menu = QMenu(parent)
    menu.setObjectName("cardMenu")
    menu.setToolTipsVisible(True)

    def entry(name: str, text: str, act: Callable[[], object], reason: str = "") -> None:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setEnabled(not reason)
        action.setToolTip(as_plain(reason))
        action.triggered.connect(lambda *_: act())

    entry("cardAdd", tr("Add to the map"), selection.add, add)
    if not add:
        display = PresetMenu(selection.context, selection.selected, selection.wait_for, menu)
        display.setTitle(tr("Add to the map as"))
        menu.addMenu(display)
    entry("cardDownload", tr("Download…"), selection.download, download)
    entry("cardCompare", tr("Compare"), lambda: selection.bar.compare.setChecked(True), compare)
    entry("cardZoom", tr("Zoom to it"), lambda: selection.zoom(products))
    menu.addSeparator()
    entry("cardCopyId", tr("Copy the identifier"), lambda: _copy_lines([p.id for p in products]))
    entry(
        "cardCopyLink",
        tr("Copy a link for a colleague"),
        lambda: _copy_lines([link_to(p) for p in products]),
    )
    page = selection.page_of(products[0]) if len(products) == 1 else ""
    if page:
        entry("cardPage", tr("Open its page"), lambda: actions.open_page(page))
    missing = selection.missing(products)
    if missing is not None:
        menu.addSeparator()
        entry(
            "cardWhyNot",
            tr("Why is it locked? Ask for its licence…"),
            lambda: selection.ask_licence(missing),
        )
    return menu


def _copy_lines(lines: Sequence[str]) -> None:
    QApplication.clipboard().setText("\n".join(lines))
