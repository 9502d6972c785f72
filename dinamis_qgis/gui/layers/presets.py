"""The menu beside "Add to the map": the chosen products in another display, or as one mosaic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Callable

from qgis.PyQt.QtWidgets import QMenu, QWidget

from dinamis_qgis.bridge.layers import style
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.bridge.tasks import Job

MOST_LAYERS = 12
"""More products than this are not added one by one in another display."""


class PresetMenu(QMenu):
    """Filled for the products ``chosen()`` when it opens; ``wait(jobs)`` hears what was started."""

    def __init__(
        self,
        context: Context,
        chosen: Callable[[], list[Product]],
        wait: Callable[[list[Job]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dinamisPresets")
        self._context, self._chosen, self._wait = context, chosen, wait
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        from dinamis_qgis.bridge.layers.presets import metres_of, presets_for

        self.clear()
        products, profile = self._chosen(), self._context.profile
        common = (
            [set(presets_for(profile, product)) for product in products[:MOST_LAYERS]]
            if profile
            else []
        )
        for preset in style.Preset:
            sizes = {metres_of(preset, profile, p) for p in products[:MOST_LAYERS] if profile}
            metres = sizes.pop() if len(sizes) == 1 else None
            action = self.addAction(style.preset_label(preset, metres))
            action.setObjectName(f"dinamisAdd_{preset.value}")
            action.setEnabled(
                bool(common)
                and len(products) <= MOST_LAYERS
                and all(preset in each for each in common)
            )
            action.triggered.connect(partial(self._add, products, preset))
        self.addSeparator()
        action = self.addAction(tr("One mosaic"))
        action.setObjectName("dinamisAdd_mosaic")
        action.setEnabled(len(products) > 1 and profile is not None)
        action.triggered.connect(partial(self._mosaic, products))

    def _add(self, products: list[Product], preset: style.Preset, *_: object) -> None:
        from dinamis_qgis.bridge.layers.add import add_product

        self._wait([add_product(self._context, product, preset=preset) for product in products])

    def _mosaic(self, products: list[Product], *_: object) -> None:
        from dinamis_qgis.bridge.layers.add import add_mosaic

        self._wait([add_mosaic(self._context, products)])
