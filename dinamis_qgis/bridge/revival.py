"""Layers over stand-ins get their true source back when it can be read; what keeps them from it is told once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QTimer

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.gateway import gateways
from dinamis_qgis.bridge.opening import warm
from dinamis_qgis.bridge.origin import STREAMED, set_facts
from dinamis_qgis.core.errors import Action, AuthError, Cancelled, DinamisError, LicenceError, NetworkError
from dinamis_qgis.core.imagery.placeholder import GENERIC_BANDS
from dinamis_qgis.core.imagery.sources import href_in, rewrite
from dinamis_qgis.core.imagery.upstream import Changed
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.profile.model import Profile

AGAIN_S = 60
"""How often a service that was away is asked again, quietly."""
QUIET_S = 60.0
"""The same trouble while drawing is not told again within this time."""


class Revival(QObject):
    """Watches the project's layers of ours. ``plain_of(source)`` says what a data source stands for: what a project keeps of it.

    ``service_of(plain)`` is the profile it belongs to, ``opened(plain)`` what is shown of it at once. GUI thread.
    """

    def __init__(
        self,
        context: Context,
        folder: Path,
        plain_of: Callable[[str], str | None],
        service_of: Callable[[str], Profile | None],
        opened: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._context = context
        self._folder = folder
        self._plain_of, self._service_of, self._opened = plain_of, service_of, opened
        self._job: tasks.Job | None = None
        self._asked: set[str] = set()
        """What the job brings back."""
        self._told: dict[str, float] = {}
        self._listening = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.run)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_S * 1000)
        self._again.timeout.connect(lambda: self.run(quiet=True))
        context.account_changed.connect(self._account_changed)
        context.profile_changed.connect(self.soon)

    def soon(self, *_: Any) -> None:
        """Look at the layers once the current event is dealt with."""
        self._soon.start()

    def stop(self) -> None:
        """Nothing happens from now on."""
        self._soon.stop()
        self._again.stop()
        self._context.account_changed.disconnect(self._account_changed)
        self._context.profile_changed.disconnect(self.soon)
        if self._job is not None:
            self._job.stop()

    def waiting(self) -> dict[str, list[QgsRasterLayer]]:
        """Plain source → layers that are not over their true source: stand-ins, and addresses of a gateway that is gone."""
        found: dict[str, list[QgsRasterLayer]] = {}
        live = gateways(self._context) if self._context.profile else None
        for layer, plain in self._ours():
            source = layer.source()
            stands_in = self._folder.as_posix() in source
            if stands_in or (live is not None and not live.lives(source)):
                found.setdefault(plain, []).append(layer)
        return found

    def run(self, quiet: bool = False) -> None:
        """Try to bring back every waiting layer, opening the person's profile first when needed."""
        self._copies_gone()
        if not any(True for _ in self._ours()):
            return
        if self._context.profile is None:
            self._context.when_open(self.soon)
            return
        self._listen()
        waiting = self.waiting()
        if self._job is not None and not self._job.finished:
            if set(waiting) <= self._asked:
                return
            self._job.stop()  # other layers have come, of another project perhaps; what was begun goes on in the gateway
        if not waiting:
            return
        self._asked = set(waiting)
        profile, gateway = self._context.profile, gateways(self._context).current()
        wanted = {plain: own_hrefs(plain, profile) for plain in waiting}
        elsewhere = [plain for plain, own in wanted.items() if not own]
        failures: dict[str, DinamisError] = {}

        def work(job: tasks.Job) -> None:
            self._bring_back({plain: own for plain, own in wanted.items() if own}, gateway, job)

        def arrived(outcome: tuple[str, str | DinamisError]) -> None:
            plain, result = outcome
            if isinstance(result, DinamisError):
                failures[plain] = result
                return
            for layer in self.waiting().get(plain, []):
                self.replace(layer, result)

        def done(_: None) -> None:
            left = self.waiting()  # fewer when the project was closed meanwhile
            self._ended(
                [error for plain, error in failures.items() if plain in left],
                [p for p in elsewhere if p in left],
                quiet,
            )
            if left.keys() - failures.keys() - set(elsewhere):  # replaced on the service meanwhile
                self._again.start()

        self._job = tasks.run(work, done=done, arrived=arrived, parent=self, title="revival")

    def _bring_back(self, wanted: dict[str, list[str]], gateway: Gateway, job: tasks.Job) -> None:
        """On a worker thread: open each href once, all beginnings asked for side by side."""
        for href in {href for hrefs in wanted.values() for href in hrefs}:
            gateway.prepare(href, wait=False)
        for plain, hrefs in wanted.items():
            job.cancel.check()
            outcome: str | DinamisError
            try:
                for href in hrefs:
                    warm(gateway, self._folder, href)
                outcome = gateway.through(plain)
            except Cancelled:
                raise
            except DinamisError as error:
                outcome = error
            job.send((plain, outcome))

    def _copies_gone(self) -> None:
        """Layers whose local copy is gone are streamed ones from now on, which is said."""
        gone = 0
        for layer in list(QgsProject.instance().mapLayers().values()):
            streamed = str(layer.customProperty(STREAMED) or "")
            if not self._plain_of(streamed):
                continue
            if not layer.isValid():  # nobody could be asked when QGIS opened it
                self.replace(layer, self._opened(streamed))
            elif not self._plain_of(layer.source()):
                continue
            set_facts(layer, streamed="")
            gone += 1
        if gone:
            text = tr("%n image(s) of this project are read through the service again: their local copy is not there any more.", gone)
            messages.warn(text, key="project-copies")

    def replace(self, layer: QgsRasterLayer, source: str) -> None:
        """Another data source for ``layer``, everything else as it was; the project is not marked as changed by it."""
        project = QgsProject.instance()
        dirty = project.isDirty()
        swap(layer, source)
        if not dirty:
            project.setDirty(False)

    def _ours(self) -> Iterable[tuple[QgsRasterLayer, str]]:
        for layer in list(QgsProject.instance().mapLayers().values()):
            if isinstance(layer, QgsRasterLayer) and layer.providerType() == "gdal":
                plain = self._plain_of(layer.source())
                if plain:
                    yield layer, plain

    def _account_changed(self) -> None:
        self._told.clear()
        session = self._context.session
        if session is None or not session.signed_in:
            return
        for layer, _ in self._ours():
            layer.triggerRepaint()
        self.soon()

    # what is told
    def _ended(self, failures: list[DinamisError], elsewhere: list[str], quiet: bool) -> None:
        kinds = Counter(_kind(error) for error in failures)
        if kinds["network"]:
            self._again.start()
        if quiet:
            return
        for kind, count in kinds.items():
            error = next(error for error in failures if _kind(error) == kind)
            messages.show(_summary(kind, count, error), retry=self._retry)
        if elsewhere:
            text = tr("%n image(s) of this project come from another service than the one that is open.", len(elsewhere))
            other = next((found for found in map(self._service_of, elsewhere) if found), None)
            button = (tr("Open “{name}”").format(name=other.title), partial(self._context.open, other.id)) if other else None
            messages.warn(text, button, key="project-elsewhere")

    def _retry(self) -> None:
        gateways(self._context).refresh()
        self._told.clear()
        for layer, _ in self._ours():
            layer.triggerRepaint()
        self.run()

    def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            gateways(self._context).failed.connect(self._failed)

    def _failed(self, href: str, error: DinamisError) -> None:
        """A read failed while drawing: told once in a while, and only about layers that are there and were well."""
        concerned = {plain for _, plain in self._ours() if href in plain}
        if not concerned:
            return
        if isinstance(error, Changed):
            self.soon()  # its address is a new one
            return
        if concerned & set(self.waiting()):
            return
        now = time.monotonic()
        if now - self._told.get(error.code, -QUIET_S) < QUIET_S or (self._job is not None and not self._job.finished):
            return
        self._told[error.code] = now
        messages.show(error, retry=self._retry)


def swap(layer: QgsRasterLayer, source: str) -> None:
    """Another data source for ``layer``; its id, name, style, nodata, metadata and dates stay."""
    nodata = _nodata(layer)
    name, metadata, temporal = layer.name(), layer.metadata(), _temporal(layer)
    layer.setDataSource(source, name, "gdal", False)
    _give_nodata(layer, nodata)
    layer.setMetadata(metadata)
    _give_temporal(layer, temporal)
    layer.triggerRepaint()


def own_hrefs(plain: str, profile: Profile) -> list[str]:
    """The hrefs of a plain source; none when one of them is not of ``profile``'s storage but of another service."""
    found: list[str | None] = []

    def note(url: str, alone: bool) -> None:
        found.append(href_in(url, profile))

    rewrite(plain, note)
    return [href for href in found if href] if all(found) else []


def _kind(error: DinamisError) -> str:
    if isinstance(error, AuthError):
        return "auth"
    if isinstance(error, NetworkError) or (error.status or 0) >= 500:
        return "network"
    return "licence" if isinstance(error, LicenceError) else error.code


def _summary(kind: str, count: int, error: DinamisError) -> DinamisError:
    """One sentence for all the layers that wait for the same thing."""
    if kind == "auth":
        return AuthError(
            tr("%n image(s) of this project wait for you to sign in.", count),
            code="project-auth",
            details=error.details,
        )
    if kind == "network":
        return NetworkError(
            tr("%n image(s) of this project cannot be reached for now.", count),
            tr("They come back by themselves with the service."),
            code="project-network",
            details=error.details,
        )
    if kind == "licence":
        return LicenceError(
            tr("%n image(s) of this project are not open to your account.", count),
            error.remedy,
            code="project-licence",
            details=error.details,
        )
    return DinamisError(error.message, error.remedy, code=f"project-{kind}", action=Action.RETRY, details=error.details)


def _nodata(layer: QgsRasterLayer) -> list[tuple[Any, bool]]:
    provider = layer.dataProvider()
    bands = range(1, provider.bandCount() + 1) if provider else range(0)
    found = [(provider.userNoDataValues(band), provider.useSourceNoDataValue(band)) for band in bands]
    return found if layer.isValid() else found * GENERIC_BANDS  # QGIS knows one band of what it could not open: as for all of ours


def _give_nodata(layer: QgsRasterLayer, kept: list[tuple[Any, bool]]) -> None:
    provider = layer.dataProvider()
    if provider is None or not layer.isValid():
        return
    for band, (values, source) in enumerate(kept[: provider.bandCount()], start=1):
        provider.setUserNoDataValue(band, values)
        provider.setUseSourceNoDataValue(band, source)


def _temporal(layer: QgsRasterLayer) -> tuple[Any, Any, bool]:
    properties = layer.temporalProperties()
    return properties.mode(), properties.fixedTemporalRange(), properties.isActive()


def _give_temporal(layer: QgsRasterLayer, kept: tuple[Any, Any, bool]) -> None:
    properties = layer.temporalProperties()
    mode, span, active = kept
    properties.setMode(mode)
    properties.setFixedTemporalRange(span)
    properties.setIsActive(active)
