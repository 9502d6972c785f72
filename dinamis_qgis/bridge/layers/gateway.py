"""The life of the imagery gateway: made at first use over QGIS's network settings, one per opened
profile, stopped on unload.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.catalogue.model import Product
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.imagery.signing import Signer


SETTLED_MS = 350
"""A product chosen for this long is probably going to be opened."""


class Gateways(QObject):
    """The gateways of this QGIS.

    Layers of a profile opened before keep theirs. GUI thread, but where said.
    """

    failed = pyqtSignal(str, object)
    """(href, DinamisError), on the GUI thread: a read failed, or the file was replaced."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._made: list[tuple[Signer, Gateway]] = []
        context.account_changed.connect(self.refresh)
        self._wanted: list[str] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED_MS)
        self._soon.timeout.connect(lambda: prepare_files(context, self._wanted))

    def current(self) -> Gateway:
        """The gateway of the open profile. Raises DinamisError when none is open."""
        gateway = self.known()
        if gateway is not None:
            return gateway
        context = self._context
        if context.signer is None:
            raise DinamisError(
                tr("No service is open yet."), tr("Open the DINAMIS panel."), code="no-profile"
            )
        from dinamis_qgis.core.imagery.gateway import Gateway

        gateway = Gateway(
            context.http,
            context.signer,
            context.paths.cache / "blocks",
            self._bound(),
            max(1, min(16, context.settings.connections)),
        )
        gateway.cache.owner = self._owner()
        gateway.listeners.append(self._hear)
        self._made.append((context.signer, gateway))
        return gateway

    def known(self) -> Gateway | None:
        """The gateway of the open profile if it was made already: costs nothing."""
        signer = self._context.signer
        return (
            next((gateway for known, gateway in self._made if known is signer), None)
            if signer
            else None
        )

    def href_for(self, url: str) -> str | None:
        """The unsigned href of a loopback URL of any gateway of this QGIS."""
        return next(
            (href for _, gateway in self._made for href in [gateway.href_for(url)] if href), None
        )

    def lives(self, source: str) -> bool:
        """Whether every remote file of a data source can still be read through a gateway of this
        QGIS.
        """
        return any(gateway.lives(source) for _, gateway in self._made)

    def hide(self, text: str) -> str:
        """``text`` without the addresses of these gateways, wherever they stand."""
        for _, gateway in self._made:
            text = gateway.hide(text)
        return text

    def resize(self) -> None:
        """The options say how large the cache may be: it is so at once."""
        for _, gateway in self._made:
            gateway.cache.limit = self._bound()
            tasks.run(lambda job, trim=gateway.cache.trim: trim(), title="cache")  # type: ignore[misc]

    def _bound(self) -> int:
        return max(0, self._context.settings.cache_mb) << 20

    def refresh(self) -> None:
        """Another account, signed out, or the person asked to try again: past signatures and
        failures do not count.
        """
        for signer, gateway in self._made:
            signer.clear()
            if signer is self._context.signer:
                gateway.cache.owner = self._owner()
            gateway.retry()

    def _owner(self) -> str:
        """Whose blocks the cache keeps and shows: nobody's when nobody is signed in."""
        account = self._context.account
        name = (account.username or account.key_mark) if account is not None else ""
        profile = self._context.profile
        return f"{profile.id if profile else ''} {name}" if name else ""

    def prepare_soon(self, hrefs: list[str]) -> None:
        """As ``prepare_files``, once the person has stayed on it for a moment."""
        self._wanted = hrefs
        self._soon.start()

    def metrics(self) -> str:
        """For the support report: what went over the network, and what the cache holds in memory of
        it.
        """
        parts = []
        for signer, gateway in self._made:
            counted = gateway.metrics
            megabytes = counted.bytes / 1e6
            parts.append(
                f"{signer.profile.id}: {counted.requests} requests, {megabytes:.1f} MB, "
                f"{counted.renewed} renewed, "
                f"{counted.retried} tried again; read by GDAL {gateway.served / 1e6:.1f} MB"
            )
        return "; ".join(parts) or "not used"

    def stop(self) -> None:
        """Stop them all; they are not used again. Called at unload."""
        self._soon.stop()
        gateways, self._made = self._made, []
        for _, gateway in gateways:
            gateway.listeners.clear()
            gateway.stop()

    def _hear(self, href: str, error: DinamisError) -> None:
        on_gui(self.failed.emit, href, error, owner=self)


def gateways(context: Context) -> Gateways:
    """The gateways of ``context``, made at first use."""
    found: Any = context.service("gateway", lambda: Gateways(context))
    return found  # type: ignore[no-any-return]


def prepare_files(context: Context, hrefs: list[str]) -> None:
    """A product was selected: sign and read the beginning of its files ahead of time.

    Failures are silent.
    """
    if not hrefs or context.session is None or not context.session.signed_in:
        return
    gateway = gateways(context).current()

    def work(job: tasks.Job) -> None:
        for href in hrefs:
            if gateway.holds(href):
                gateway.prepare(href, wait=False)

    tasks.run(work, failed=lambda error: None, title="prepare")


def prepare_soon(context: Context, products: list[Product]) -> None:
    """``products`` are chosen in a list: a single one that stays so is read ahead.

    GUI thread, costs nothing.
    """
    from dinamis_qgis.bridge.layers.presets import default_asset, pan_asset

    if context.profile is None or context.signer is None or not products:
        return
    hrefs: list[str] = []
    if len(products) == 1:
        try:
            shown = (
                default_asset(context.profile, products[0]),
                pan_asset(context.profile, products[0]),
            )
            hrefs = list(dict.fromkeys(asset.href for asset in shown if asset))
        except DinamisError:  # nothing to show in it
            hrefs = []
    gateways(context).prepare_soon(hrefs)
