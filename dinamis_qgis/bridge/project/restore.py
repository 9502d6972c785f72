"""Layers over stand-ins get their true source back when it can be read; what keeps them from it is
told once.
"""

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
from dinamis_qgis.bridge.layers.data_source import exchange_source, sources_of, swap_source
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.layers.open import warm_source
from dinamis_qgis.bridge.layers.origin import STREAMED, origin_of, set_facts
from dinamis_qgis.core.errors import (
    Action,
    AuthError,
    Cancelled,
    DinamisError,
    LicenceError,
    NetworkError,
)
from dinamis_qgis.core.imagery.access import not_signed_in
from dinamis_qgis.core.imagery.layer_source import href_in, parse_source
from dinamis_qgis.core.imagery.upstream import ObjectChanged
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.profile.model import Profile

AGAIN_S = 60
"""How often a service that was away is asked again, quietly."""
MOST_NAMED = 4
"""Layers that one sentence names."""
QUIET_S = 60.0
"""The same trouble while drawing is not told again within this time."""


class Revival(QObject):
    """Watches the project's layers of ours.

    ``plain_of(source)`` says what a data source stands for: what a project keeps of it.

    ``service_of(plain)`` is the profile it belongs to, ``opened(plain)`` what is shown of it at
    once. GUI thread.
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
        self._holes: set[str] = set()
        """Ids of layers that were drawn while their service was away."""
        self._told: dict[str, float] = {}
        self._told_signed_out: set[str] = set()
        """Ids of layers of which it was said that they wait for a sign-in."""
        self._told_missing: set[str] = set()
        """Ids of layers of which it was said that their file is gone."""
        self._listening = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.run)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_S * 1000)
        self._again.timeout.connect(self._once_more)
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

    def waiting(self) -> dict[str, list[tuple[QgsRasterLayer, str]]]:
        """Plain source → (layer, what it reads instead): stand-ins, and addresses of a gateway that
        is gone.
        """
        found: dict[str, list[tuple[QgsRasterLayer, str]]] = {}
        live = gateways(self._context) if self._context.profile else None
        for layer, source, plain in self._ours():
            stands_in = self._folder.as_posix() in source
            if stands_in or (live is not None and not live.lives(source)):
                found.setdefault(plain, []).append((layer, source))
        return found

    def _once_more(self) -> None:
        """A service that was away may be back: what waits is tried again, what was drawn with holes
        is drawn anew.
        """
        holes, self._holes = self._holes, set()
        for layer, _, _ in self._ours():
            if layer.id() in holes:
                layer.triggerRepaint()
        self.run(quiet=True)

    def run(self, quiet: bool = False) -> None:
        """Try to bring back every waiting layer, opening the person's profile first when needed."""
        self._copies_gone()
        if not any(True for _ in self._ours()):
            return
        if self._context.profile is None:
            self._context.when_open(self.soon)
            return
        self._listen()
        if not quiet:
            self._tell_signed_out()
        waiting = self.waiting()
        if self._job is not None and not self._job.finished:
            if set(waiting) <= self._asked:
                return
            # other layers have come, of another project perhaps; what was begun goes on in the
            # gateway
            self._job.stop()
        if waiting:
            self._start(waiting, self._context.profile, quiet)

    def _start(self, waiting: Iterable[str], profile: Profile, quiet: bool) -> None:
        """``waiting`` are plain sources."""
        self._asked = set(waiting)
        gateway = gateways(self._context).current()
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
            for layer, source in self.waiting().get(plain, []):
                self.replace(layer, exchange_source(layer, source, result))

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
                    warm_source(gateway, self._folder, href, cancel=job.cancel)
                outcome = gateway.through(plain)
            except Cancelled:
                raise
            except DinamisError as error:
                outcome = error
            job.send((plain, outcome))

    def _copies_gone(self) -> None:
        """Layers whose local copy is gone are streamed ones from now on, which is said."""
        gone, missing = 0, []
        for layer in list(QgsProject.instance().mapLayers().values()):
            streamed = str(layer.customProperty(STREAMED) or "")
            if not self._plain_of(streamed):
                if not streamed and not layer.isValid() and self._is_file_of_ours(layer):
                    missing.append(layer)
                continue
            if not layer.isValid():  # nobody could be asked when QGIS opened it
                self.replace(layer, self._opened(streamed))
            elif not self._plain_of(layer.source()):
                continue
            set_facts(layer, streamed="")
            gone += 1
        if gone:
            text = tr(
                "%n image(s) of this project are read through the service again: their local "
                "copy is not there any more.",
                gone,
            )
            messages.warn(text, key="project-copies")
        self._tell_missing(missing)

    def _is_file_of_ours(self, layer: Any) -> bool:
        """Whether it shows, or would show, an image at home: a clip, or a delivery."""
        known = origin_of(layer)
        return known is not None and not self._plain_of(layer.source())

    def _tell_missing(self, layers: list[Any]) -> None:
        """Images at home that are not where they were, and of which there is no other."""
        new = {layer.id() for layer in layers} - self._told_missing
        if not new:
            return
        self._told_missing |= new
        names = ", ".join(sorted(layer.name() for layer in layers)[:MOST_NAMED])
        text = tr(
            "%n image(s) of this project are not where they were on the disk: {names}. Put the "
            "files back, or repair the source with a right click on the layer.",
            len(layers),
        )
        messages.warn(text.format(names=names), key="project-missing")

    def replace(self, layer: QgsRasterLayer, source: str) -> None:
        """Another data source for ``layer``, everything else as it was; the project is not marked
        as changed by it.
        """
        project = QgsProject.instance()
        dirty = project.isDirty()
        swap_source(layer, source)
        if not dirty:
            project.setDirty(False)

    def _ours(self) -> Iterable[tuple[QgsRasterLayer, str, str]]:
        """(layer, source, plain source) of everything of ours that is read."""
        for layer in list(QgsProject.instance().mapLayers().values()):
            for source in sources_of(layer) if isinstance(layer, QgsRasterLayer) else ():
                plain = self._plain_of(source)
                if plain:
                    yield layer, source, plain

    def _account_changed(self) -> None:
        self._told.clear()
        session = self._context.session
        if session is None or not session.signed_in:
            return
        self._told_signed_out.clear()
        for layer, _, _ in self._ours():
            layer.triggerRepaint()
        self.soon()

    # what is told

    def _tell_signed_out(self) -> None:
        """At once, and once a project: what is drawn from the cache has no detail either."""
        session, profile = self._context.session, self._context.profile
        if session is None or profile is None or session.signed_in or not profile.signing.url:
            return
        layers = {layer.id() for layer, _, plain in self._ours() if own_hrefs(plain, profile)}
        if layers - self._told_signed_out:
            self._told_signed_out |= layers
            error = not_signed_in(session.expired)
            messages.show(_summary_error("auth", len(layers), error), retry=self._retry)

    def _ended(self, failures: list[DinamisError], elsewhere: list[str], quiet: bool) -> None:
        kinds = Counter(_error_kind(error) for error in failures)
        if self._told_signed_out:
            kinds.pop("auth", None)
        if kinds["network"]:
            self._again.start()
        if quiet:
            return
        for kind, count in kinds.items():
            error = next(error for error in failures if _error_kind(error) == kind)
            messages.show(_summary_error(kind, count, error), retry=self._retry)
        if elsewhere:
            text = tr(
                "%n image(s) of this project come from another service than the one that is open.",
                len(elsewhere),
            )
            other = next((found for found in map(self._service_of, elsewhere) if found), None)
            button = (
                (
                    tr("Open “{name}”").format(name=other.title),
                    partial(self._context.open, other.id),
                )
                if other
                else None
            )
            messages.warn(text, button, key="project-elsewhere")

    def _retry(self) -> None:
        gateways(self._context).refresh()
        self._told.clear()
        for layer, _, _ in self._ours():
            layer.triggerRepaint()
        self.run()

    def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            gateways(self._context).failed.connect(self._failed)

    def _failed(self, href: str, error: DinamisError) -> None:
        """A read failed while drawing: told once in a while, and only about layers that are there
        and were well.
        """
        found = {
            layer.id(): plain
            for layer, _, plain in self._ours()
            if href in parse_source(plain).addresses
        }
        concerned = set(found.values())
        if not concerned:
            return
        if isinstance(error, ObjectChanged):
            self.soon()  # its address is a new one
            return
        if _error_kind(error) == "network":
            self._holes |= found.keys()
            if not self._again.isActive():
                self._again.start()
        if concerned & set(self.waiting()):
            return
        now = time.monotonic()
        if now - self._told.get(error.code, -QUIET_S) < QUIET_S or (
            self._job is not None and not self._job.finished
        ):
            return
        self._told[error.code] = now
        messages.show(error, retry=self._retry)


def own_hrefs(plain: str, profile: Profile) -> list[str]:
    """The hrefs of a plain source; none when one of them is not of ``profile``'s storage but of
    another service.
    """
    found = [href_in(address, profile) for address in parse_source(plain).addresses]
    return [href for href in found if href] if all(found) else []


def _error_kind(error: DinamisError) -> str:
    if isinstance(error, AuthError):
        return "auth"
    if isinstance(error, NetworkError) or (error.status or 0) >= 500:
        return "network"
    return "licence" if isinstance(error, LicenceError) else error.code


def _summary_error(kind: str, count: int, error: DinamisError) -> DinamisError:
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
    return DinamisError(
        error.message,
        error.remedy,
        code=f"project-{kind}",
        action=Action.RETRY,
        details=error.details,
    )
