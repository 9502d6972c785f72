"""The catalogues in QGIS's browser, to double-click or to drag onto the map; what is listed is in
``browser_items``.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsMimeDataUtils,
)
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt import sip

from dinamis_qgis.bridge.guard import contain_faults
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.gui.browser.items import KEY, Root, give_to_qgis


class Browser:
    """The entry and its drop handler, until ``stop()``. GUI thread."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.products: dict[str, Product] = {}
        """What was listed, by the text a drag carries."""
        self.roots: list[Root] = []
        self.opened = 0
        """Which profile is listed: the first opened, the second…"""
        self._provider: QgsDataItemProvider | None = _Provider(self)
        self._drops = _Drops(self)
        QgsApplication.dataItemProviderRegistry().addProvider(self._provider)
        context.iface.registerCustomDropHandler(self._drops)
        context.profile_changed.connect(self._again)

    def add(self, carried: str) -> None:
        """Put a listed product on the map; what fails, or is only to be had on its page, is said in
        the message bar.
        """
        from dinamis_qgis.gui.search.chosen.actions import add_to_map

        product = self.products.get(carried)
        if product is not None:
            add_to_map(self.context, [product])

    def stop(self) -> None:
        """Nothing of it stays in QGIS."""
        self.context.profile_changed.disconnect(self._again)
        self.context.iface.unregisterCustomDropHandler(self._drops)
        if self._provider is not None:
            QgsApplication.dataItemProviderRegistry().removeProvider(self._provider)
        self._provider = None
        self.roots.clear()
        self.products.clear()

    def _again(self) -> None:
        """Another profile: what a person had listed is listed anew."""
        self.opened += 1
        self.products.clear()
        self.roots = [root for root in self.roots if not sip.isdeleted(root)]
        for root in self.roots:
            if root.state() == Qgis.BrowserItemState.Populated:
                root.refresh()


class _Provider(QgsDataItemProvider):
    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser

    def name(self) -> str:
        return KEY

    def capabilities(self) -> Any:
        kinds = getattr(Qgis, "DataItemProviderCapability", None)  # QGIS 3.36
        return kinds.NetworkSources if kinds else QgsDataProvider.Net

    @contain_faults()
    def createDataItem(self, path: str, parentItem: Any) -> QgsDataItem | None:  # noqa: N802, N803 (QGIS)
        if path:  # a folder of the disk
            return None
        root = Root(self._browser)
        self._browser.roots.append(root)
        return give_to_qgis(root)


class _Drops(QgsCustomDropHandler):
    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser

    def customUriProviderKey(self) -> str:  # noqa: N802 (QGIS)
        return KEY

    @contain_faults()
    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:  # noqa: N802 (QGIS)
        self._browser.add(uri.uri)

    @contain_faults(False)
    def canHandleCustomUriCanvasDrop(self, uri: QgsMimeDataUtils.Uri, canvas: Any) -> bool:  # noqa: N802 (QGIS)
        return uri.providerKey == KEY and uri.uri in self._browser.products

    @contain_faults(False)
    def handleCustomUriCanvasDrop(self, uri: QgsMimeDataUtils.Uri, canvas: Any) -> bool:  # noqa: N802 (QGIS)
        self._browser.add(uri.uri)
        return True
