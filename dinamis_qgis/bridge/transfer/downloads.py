"""The download engine in QGIS: one per window, its news on the GUI thread, one message when what
was asked for is there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable
from urllib.parse import urlsplit

from qgis.PyQt.QtCore import QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices

from dinamis_qgis import about
from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.catalogue_keys import vault_of
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.layers.local_file import add_file
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.catalogue.availability import catalogue_of
from dinamis_qgis.core.catalogue.keys import key_header
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import Action, AuthError, DinamisError
from dinamis_qgis.core.imagery import access
from dinamis_qgis.core.local_catalogue.record import products_at_home
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.profile.model import Collection, Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.engine import Engine, EngineNews
from dinamis_qgis.core.transfer.fetch.tools import Access, FetchRules, Tools
from dinamis_qgis.core.transfer.job import FileProgress
from dinamis_qgis.core.transfer.keyed import with_key
from dinamis_qgis.core.transfer.queue import Ask, Entry, FileState, Queue

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.account.vault import Vault
    from dinamis_qgis.core.imagery.signing import Signer

MOST_LAYERS = 8
"""So many files of one batch go onto the map by themselves; more would be a surprise."""


@dataclass(frozen=True)
class Outcome:
    """What became of everything asked for at once: entries with their products."""

    done: tuple[tuple[Entry, Product], ...]
    failed: tuple[tuple[Entry, Product], ...]
    show: bool


def reachable_href(profile: Profile, href: str) -> str:
    """``href`` as it is reached now: the training service may listen on another port than when it
    was queued.
    """
    parts = urlsplit(href)
    if profile.training and parts.hostname == "127.0.0.1" and profile.storage.hosts:
        return parts._replace(netloc=profile.storage.hosts[0]).geturl()
    return href


def way_in(
    profile: Profile | None,
    signer: Signer | None,
    account: Any,
    product: Product,
    vault: Vault | None = None,
    expired: bool = False,
) -> Access:
    """The licence check, then how the product's files open: signed, or with the catalogue's key out
    of ``vault``.

    ``expired``: somebody was signed in and is no more.
    Raises AuthError, LicenceError, VaultError. Any thread but the GUI's.
    """
    if profile is None or signer is None or profile.id != product.profile:
        raise AuthError(
            tr("This product belongs to another service."),
            tr("It goes on once that service is open and you are signed in."),
            code="other-profile",
            action=Action.NONE,
        )
    access.check_access(profile, account, product, expired)
    catalogue = catalogue_of(profile, product)
    if catalogue is not None and key_header(catalogue):
        return with_key(catalogue, vault)
    opened, signing = profile, signer

    def sign(url: str, cancel: Cancel) -> str:
        href = reachable_href(opened, url)
        return signing.signed(href, cancel) if signing.holds(href) else href

    return Access(sign, lambda url: signing.forget(reachable_href(opened, url)))


class Downloads(QObject):
    """The queue at work and what a person does with it.

    Signals arrive on the GUI thread; nothing here waits for the disk.
    """

    changed = pyqtSignal()
    """``views`` is new."""
    home_changed = pyqtSignal()
    """Files came home."""
    ended = pyqtSignal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._engine: Engine | None = None
        self._lock = threading.Lock()
        self._hearing = threading.Lock()
        self._ended = False
        self.views: tuple[FileProgress, ...] = ()
        self.products: dict[int, Product] = {}
        """By ``Entry.product``."""
        context.account_changed.connect(self._wake)

    # any thread but the GUI's
    def _running(self) -> Engine:
        with self._lock:
            if self._engine is None:
                context = self._context
                rules = FetchRules(
                    connections=max(1, min(FetchRules().connections, context.settings.connections))
                )
                queue = Queue(context.paths.queue)
                tools = Tools(context.http, rules=rules)
                engine = Engine(
                    queue, tools, self._enter, self._clip, unexpected=tasks.unexpected_error
                )
                engine.listeners.append(self._hear)
                engine.start()
                self._engine = engine
            return self._engine

    def _enter(self, product: Product) -> Access:
        context = self._context
        return way_in(
            context.profile,
            context.signer,
            context.account,
            product,
            vault_of(context),
            context.expired,
        )

    def _clip(self, entry: Entry, product: Product, cancel: Cancel, progress: Any) -> Any:
        from dinamis_qgis.core.transfer.ask import make_clipper
        from dinamis_qgis.core.transfer.clip.source import sources_through

        gateway = gateways(self._context).known()
        profile = self._context.profile
        if gateway is None:
            raise AuthError(
                tr("You are not signed in."), tr("Sign in to open images."), code="signed-out"
            )

        def collection_of(product: Product) -> Collection | None:
            return profile.collection(product.catalogue, product.collection) if profile else None

        source = sources_through(
            gateway, lambda href: reachable_href(profile, href) if profile else href
        )
        return make_clipper(source, about.user_agent(), collection_of)(
            entry, product, cancel, progress
        )

    def _hear(self, news: EngineNews) -> None:
        engine = self._engine
        if engine is None:
            return
        try:
            # what was seen first is shown first: the last to be shown is how things are
            with self._hearing:
                views = tuple(engine.views())
                for view in views:
                    if view.entry.product not in self.products:
                        self.products[view.entry.product] = engine.queue.product(view.entry.product)
                on_gui(self._show_views, views, owner=self)
            if news.kind == "batch":
                on_gui(self._finish, self._outcome(engine, news.batch), owner=self)
        except DinamisError:  # the profile's disk is gone: the next news says so
            return

    def _outcome(self, engine: Engine, batch: int) -> Outcome:
        entries = [entry for entry in engine.queue.entries() if entry.batch == batch]
        found = {entry.id: engine.queue.product(entry.product) for entry in entries}

        def of(state: FileState) -> tuple[tuple[Entry, Product], ...]:
            return tuple((entry, found[entry.id]) for entry in entries if entry.state is state)

        return Outcome(
            of(FileState.DONE), of(FileState.FAILED), any(entry.show for entry in entries)
        )

    # the GUI thread
    def start(self) -> None:
        """Go on with what an earlier session left."""
        self._do(lambda engine: self._hear(EngineNews("list")))

    def add(self, asks: Sequence[Ask], root: Path, *, show: bool) -> None:
        """Queue files to land below ``root``."""
        template = self._context.settings.folder_template
        self._do(lambda engine: engine.add(asks, root, show=show, template=template))

    def pause(self, ids: Iterable[int]) -> None:
        """Stop files at once, keeping what is there."""
        wanted = list(ids)
        self._do(lambda engine: engine.pause(wanted))

    def resume(self, ids: Iterable[int]) -> None:
        """Go on, or try again."""
        wanted, gateway = list(ids), gateways(self._context).known()
        if gateway is not None:
            gateway.retry()  # clips read through it
        self._do(lambda engine: engine.resume(wanted))

    def cancel(self, ids: Iterable[int]) -> None:
        """Give files up."""
        wanted = list(ids)
        self._do(lambda engine: engine.cancel(wanted))

    def place(self, identity: int, before: int | None) -> None:
        """Have a file just before another in the queue, or last."""
        self._do(lambda engine: engine.place(identity, before))

    def remove(self, ids: Iterable[int]) -> None:
        """Take files that are over off the list."""
        wanted = list(ids)
        self._do(lambda engine: engine.remove(wanted))

    def move_stopped(self, root: Path) -> None:
        """What the disk stopped goes below ``root``; so do the downloads after it."""
        settings = self._context.settings
        settings.download_folder = str(root)
        settings.save()
        template = settings.folder_template
        self._do(lambda engine: engine.move_stopped(root, template=template))

    def home(self, done: Callable[[list[Product]], None], parent: QObject) -> None:
        """``done(products)`` with what is at home: in the remembered folder and wherever downloads
        went.
        """
        roots = {view.entry.root for view in self.views}
        if self._context.settings.download_folder:
            roots.add(Path(self._context.settings.download_folder))

        def work(job: tasks.Job) -> list[Product]:
            return [product for root in sorted(roots) for product in products_at_home(root)]

        tasks.run(work, done=done, parent=parent, title="home")

    def wake(self) -> None:
        """What was missing may be there now (a sign-in, a key): what waits for it goes on."""
        self._wake()

    def _wake(self) -> None:
        if self._engine is not None:
            self._do(lambda engine: engine.wake())

    def _do(self, action: Callable[[Engine], object]) -> None:
        if self._context.signer is not None:
            gateways(
                self._context
            ).current()  # made on this thread; clips read through it from theirs
        tasks.run(lambda job: action(self._running()) and None, title="downloads")

    def _show_views(self, views: tuple[FileProgress, ...]) -> None:
        before = {view.entry.id for view in self.views if view.entry.state is FileState.DONE}
        if self._ended:
            return
        self.views = views
        self.changed.emit()
        if {view.entry.id for view in views if view.entry.state is FileState.DONE} - before:
            self.home_changed.emit()

    def _finish(self, outcome: Outcome) -> None:
        if self._ended:  # on its way while the plugin was unloaded: the files are there next time
            return
        self.ended.emit(outcome)
        images = [(entry, product) for entry, product in outcome.done if _is_image(entry, product)]
        if outcome.show and len(images) <= MOST_LAYERS:
            self.add_layers(images)
        if outcome.done:
            self._tell(outcome, images)
        if outcome.failed:
            entry = outcome.failed[0][0]
            error = entry.error or DinamisError(tr("A file could not be downloaded."))
            messages.show(error, retry=lambda: self.resume(e.id for e, _ in outcome.failed))

    def add_layers(self, found: Iterable[tuple[Entry, Product]]) -> None:
        """Put downloaded files on the map."""
        for entry, product in found:
            add_file(self._context, entry.target, product, entry.asset)

    def _tell(self, outcome: Outcome, images: list[tuple[Entry, Product]]) -> None:
        buttons = []
        if images and not (outcome.show and len(images) <= MOST_LAYERS):
            buttons.append((tr("Add to map"), lambda: self.add_layers(images)))
        folder = outcome.done[0][0].target.parent
        buttons.append((tr("Open the folder"), lambda: open_folder(folder)))
        text = tr("%n file(s) downloaded.", len(outcome.done))
        messages.success(text, *buttons)

    def stop(self) -> None:
        """Stop at once; everything goes on next time. Called at unload."""
        self._ended = True
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.listeners.clear()
            engine.stop()


def _is_image(entry: Entry, product: Product) -> bool:
    asset = product.asset(entry.asset)
    return bool(entry.area) or (asset is not None and asset.is_data and not asset.is_archive)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def downloads_of(context: Context) -> Downloads:
    """The downloads of ``context``, made at first use."""
    found: Any = context.service("downloads", lambda: Downloads(context))
    return found  # type: ignore[no-any-return]


def resume_downloads(context: Context) -> None:
    """Go on with an earlier session's downloads, if there ever were any."""
    if context.paths.queue.is_file():
        downloads_of(context).start()
