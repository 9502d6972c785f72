"""Results grouped by pass: the products a satellite took the same day lie in one pile."""

from __future__ import annotations

from dataclasses import dataclass

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.catalogue.order import group_by_pass
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.product_text import ResultRow


@dataclass(frozen=True)
class Pile:
    """Two products or more of one pass, in the list's order."""

    rows: tuple[ResultRow, ...]
    opened: bool

    def text(self) -> str:
        """What the first card of the pile says of the others."""
        return tr("%n of this pass", n=len(self.rows))


def pile_key(product: Product) -> object:
    """What products of one pass have in common; a product without platform or date is alone."""
    if not product.platform or product.datetime is None:
        return product.key
    return (platform_label(product.platform), product.day)


def pile_by_pass(
    rows: list[ResultRow], opened: set[object]
) -> tuple[dict[object, Pile], list[ResultRow]]:
    """The piles by key, and what the list shows: one card a pass, and all of it where it is
    open.
    """
    groups = [
        (pile_key(group[0].product), group)
        for _, group in group_by_pass(rows, lambda row: row.product)
    ]
    found = {key: Pile(tuple(group), key in opened) for key, group in groups if len(group) > 1}
    shown = [row for key, group in groups for row in (group if key in opened else group[:1])]
    return found, shown
