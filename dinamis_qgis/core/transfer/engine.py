"""The queue at work: a few files at a time on threads of its own, with news for whoever listens."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.file_lock import open_locked, remove_and_unlock
from dinamis_qgis.core.local_catalogue.naming import DEFAULT_TEMPLATE
from dinamis_qgis.core.local_catalogue.record import recorded_facts, write_record
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.partial_file import discard_partial, disk_error
from dinamis_qgis.core.transfer.fetch.tools import Access, Progress, Tools, Wanted
from dinamis_qgis.core.transfer.fetch.whole_file import kind_of
from dinamis_qgis.core.transfer.job import FileProgress, Patience, Running
from dinamis_qgis.core.transfer.outcome import fault_as_error, is_passing
from dinamis_qgis.core.transfer.queue import Ask, Entry, FileState, Queue

_NEWS_S = 0.25
_SAVE_S = 2.0
_LOCK_S = 3.0

Clip = Callable[[Entry, Product, Cancel, Progress], Mapping[str, Any]]
"""Makes the clip an entry asks for; what is to be known of the file, as STAC fields."""
Enter = Callable[[Product], Access]
"""The licence check and the way in, before any byte moves.

Raises AuthError, LicenceError, DinamisError.
"""


@dataclass(frozen=True)
class EngineNews:
    """``kind``: ``list`` (states changed), ``progress``, or ``batch`` (everything asked for at once
    is over).
    """

    kind: str
    batch: int = 0


class Engine:
    """Runs a queue.

    ``patient``: what only the network or a missing sign-in stops is tried again by itself.

    ``unexpected`` makes a sentence of a fault of ours, and a line in the log. ``listeners`` are
    called from any thread, shortly. ``start`` begins; ``stop`` keeps everything for the next time.
    Only one engine runs a queue, over all processes: another waits for its turn.
    """

    def __init__(
        self,
        queue: Queue,
        tools: Tools,
        enter: Enter,
        clip: Clip | None = None,
        *,
        files: int = 2,
        patient: bool = True,
        unexpected: Callable[[BaseException], DinamisError] = fault_as_error,
    ) -> None:
        self.queue, self.tools = queue, tools
        self.listeners: list[Callable[[EngineNews], None]] = []
        self.mine = False
        """True while this engine, and no other process, runs the queue."""
        self._enter, self._clip = enter, clip
        self._files, self._patient, self._unexpected = files, patient, unexpected
        self._change = threading.Condition()
        self._running: dict[int, Running] = {}
        self._patience = Patience()
        self._stopped = True
        self._lock_file = -1
        self._told = 0.0
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin or go on. Returns at once."""
        with self._change:
            if not self._stopped:
                return
            self._stopped = False
        thread = threading.Thread(target=self._begin, name="dinamis-downloads", daemon=True)
        self._threads = [thread]
        thread.start()

    def stop(self) -> None:
        """Stop all connections now; what runs waits for the next start."""
        with self._change:
            self._stopped = True
            running = list(self._running.values())
            self._change.notify_all()
        for one in running:
            one.cancel.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(2.0)
        self.tools.crew.dismiss()
        self._unlock()
        self.queue.close()

    def _begin(self) -> None:
        while not self._lock():
            with self._change:
                if self._stopped or self._change.wait_for(lambda: self._stopped, _LOCK_S):
                    return
        self.queue.recover()
        with self._change:
            if self._stopped:
                return
            self.mine = True
            workers = [
                threading.Thread(target=self._work, name="dinamis-download", daemon=True)
                for _ in range(self._files)
            ]
            self._threads += workers
        for worker in workers:
            worker.start()
        self._tell(EngineNews("list"))

    def _lock(self) -> bool:
        try:
            self._lock_file = open_locked(Path(f"{self.queue.database}.lock"))
        except OSError:
            return True  # a folder without room for a lock: the queue itself will say what is wrong
        return self._lock_file >= 0

    def _unlock(self) -> None:
        self.mine = False
        if self._lock_file >= 0:
            remove_and_unlock(self._lock_file)
            self._lock_file = -1

    # What a person does

    def add(
        self,
        asks: Iterable[Ask],
        root: Path,
        *,
        show: bool = True,
        template: str = DEFAULT_TEMPLATE,
    ) -> list[int]:
        """Put files in the queue, each product in the folder of ``template`` below ``root``; their
        ids.
        """
        ids = self.queue.add(asks, root, show=show, template=template)
        self._again(ids)
        return ids

    def pause(self, ids: Iterable[int]) -> None:
        """Stop these files at once; what is fetched is kept."""
        self._halt(list(ids), FileState.PAUSED)

    def cancel(self, ids: Iterable[int]) -> None:
        """Give these files up and remove what was fetched of them."""
        self._halt(list(ids), FileState.CANCELLED)

    def _halt(self, ids: list[int], state: FileState) -> None:
        # a worker that looks for its next file waits: nothing slips through between waiting and
        # running
        with self._change:
            running = [self._running[i] for i in ids if i in self._running]
            for one in running:
                one.wish = state
            idle = [i for i in ids if i not in {one.entry.id for one in running}]
            moved = self.queue.move(
                idle, state, only=(FileState.WAITING, FileState.PAUSED, FileState.FAILED)
            )
        for one in running:
            one.cancel.set()
        for identity in moved:
            entry = self.queue.entry(identity)
            if state is FileState.CANCELLED and entry is not None:
                discard_partial(entry.target)
        self._tell(EngineNews("list"))

    def resume(self, ids: Iterable[int]) -> None:
        """Put paused, failed or cancelled files back to work, and waiting ones to it now, also
        those between two tries.
        """
        wanted = list(ids)
        with self._change:
            running = [self._running[i] for i in wanted if i in self._running]
            for one in running:
                one.wish, one.hurried = (
                    FileState.WAITING,
                    True,
                )  # it may be being paused or given up just now
            self.queue.move(
                wanted,
                FileState.WAITING,
                only=(FileState.PAUSED, FileState.FAILED, FileState.CANCELLED),
            )
        for one in running:
            one.nudge()
        self._again(wanted)

    def wake(self) -> None:
        """The network is back, or somebody signed in: try everything that waits now."""
        with self._change:
            waiting, running = self._patience.waiting(), list(self._running.values())
            for one in running:
                one.hurried = True
        for one in running:
            one.nudge()
        self._again(waiting)

    def place(self, identity: int, before: int | None) -> None:
        """Have a file just before another, or last. What runs already goes on."""
        self.queue.place(identity, before)
        self._tell(EngineNews("list"))

    def remove(self, ids: Iterable[int]) -> None:
        """Take files that are over off the list; finished files stay on disk."""
        known = {entry.id for entry in self.queue.entries() if entry.state.over}
        self.queue.remove(i for i in ids if i in known)
        self._tell(EngineNews("list"))

    def move_stopped(self, root: Path, *, template: str) -> int:
        """Files that the disk stopped go below another folder, from their beginning; how many."""
        stopped = [
            entry
            for entry in self.queue.entries()
            if entry.state is not FileState.DONE
            if entry.error is not None and entry.error.code.startswith("disk")
        ]
        asks: dict[bool, list[Ask]] = {}
        for entry in stopped:
            product = self.queue.product(entry.product)
            asset = product.asset(entry.asset)
            if asset is not None:
                asks.setdefault(entry.show, []).append(
                    Ask(product, asset, entry.area, entry.promised)
                )
        ids = [entry.id for entry in stopped]
        self.cancel(ids)
        self.remove(ids)
        for show, wanted in asks.items():
            self.add(wanted, root, show=show, template=template)
        return sum(map(len, asks.values()))

    def _again(self, ids: Iterable[int]) -> None:
        with self._change:
            for identity in ids:
                self._patience.forget(identity)
            self._change.notify_all()
        self._tell(EngineNews("list"))

    def views(self) -> list[FileProgress]:
        """Every file of the queue as it is now, in order."""
        entries = self.queue.entries()
        with self._change:
            return [self._view(entry) for entry in entries]

    def _view(self, entry: Entry) -> FileProgress:
        running = self._running.get(entry.id)
        return (
            running.view()
            if running
            else FileProgress(entry, entry.done, entry.size, retry=self._patience.left(entry.id))
        )

    # The workers

    def _work(self) -> None:
        while True:
            running = self._next()
            if running is None:
                return
            entry = running.entry
            outcome, error = self._one(running)
            with self._change:
                try:
                    # the person may have thought better of it meanwhile
                    if outcome is FileState.PAUSED:
                        outcome = running.wish
                    given_up = running.wish is FileState.CANCELLED and outcome is FileState.FAILED
                    if given_up or (running.wish is not FileState.WAITING and not outcome.over):
                        outcome, error = running.wish, None
                    if outcome is FileState.CANCELLED:
                        discard_partial(entry.target)
                    self._settle(running, outcome, error)
                except DinamisError as failure:
                    # the queue itself cannot be written: nothing to write down
                    self._patience.postpone(entry.id, failure)
                finally:
                    self._running.pop(entry.id, None)
                    self._change.notify_all()
            self._news_of(entry)

    def _next(self) -> Running | None:
        with self._change:
            while not self._stopped:
                entry = self._take(self._patience.held())
                if entry is not None:
                    self._patience.begins(entry.id)
                    running = self._running[entry.id] = Running(
                        entry, done=entry.done, total=entry.size
                    )
                    return running
                self._change.wait(self._patience.soonest(_LOCK_S))
        return None

    def _take(self, held: list[int]) -> Entry | None:
        with contextlib.suppress(
            DinamisError
        ):  # the disk is full or the database locked for long: tried again soon
            return self.queue.take(held)
        return None

    def _one(self, running: Running) -> tuple[FileState, DinamisError | None]:
        """Have one file; its new state and what went wrong."""
        entry = running.entry
        self._tell(EngineNews("list"))
        try:
            product = self.queue.product(entry.product)
            access = self._enter(product)
            facts = self._bring(running, product, access)
            self._record(entry, product, facts)
        except Cancelled:
            return running.wish, None
        except DinamisError as error:
            with self._change:
                if running.hurried:  # a person asked for it meanwhile: what stopped it may be over
                    return FileState.WAITING, error
                if self._patient and is_passing(error):
                    self._patience.postpone(entry.id, error)
                    return FileState.WAITING, error
            return FileState.FAILED, error
        except OSError as error:  # the folder went away between two steps
            return FileState.FAILED, disk_error(error, entry.target)
        except Exception as error:  # noqa: BLE001 (one file's fault must not end the worker)
            return FileState.FAILED, self._unexpected(error)
        return FileState.DONE, None

    def _bring(self, running: Running, product: Product, access: Access) -> Mapping[str, Any]:
        entry = running.entry

        def progress(done: int, total: int | None) -> None:
            self._progress(running, done, total)

        if entry.area:
            if self._clip is None:
                raise DinamisError(tr("Clips cannot be made here."))
            known = recorded_facts(product, _record_key(entry), entry.target)
            return known or self._clip(entry, product, running.cancel, progress)
        asset = product.asset(entry.asset)
        kind = kind_of(asset.media_type if asset else "", entry.target.name, entry.href)
        wanted = Wanted(entry.href, entry.target, entry.promised, entry.checksum, kind)

        def troubled(error: DinamisError) -> None:
            running.trouble = error
            self._tell(EngineNews("list"))

        fetch_file(
            wanted,
            self.tools.with_access(access),
            running.cancel,
            progress,
            troubled,
            running.nudge,
        )
        return {"file:checksum": entry.checksum} if entry.checksum else {}

    def _record(self, entry: Entry, product: Product, facts: Mapping[str, Any]) -> None:
        write_record(
            entry.root,
            product,
            {_record_key(entry): (entry.target, {"dinamis:asset": entry.asset, **facts})},
        )
        size = entry.target.stat().st_size
        self.queue.progress(entry.id, size, size)

    def _settle(self, running: Running, state: FileState, error: DinamisError | None) -> None:
        entry = running.entry
        if state not in (FileState.DONE, FileState.CANCELLED):
            self.queue.progress(entry.id, running.done, running.total)
        if state is FileState.CANCELLED:
            self.queue.progress(entry.id, 0, None)
        self.queue.move([entry.id], state, error=error)

    def _progress(self, running: Running, done: int, total: int | None) -> None:
        with self._change:
            running.moved(done, total)
            now = time.monotonic()
            save, running.saved = now - running.saved > _SAVE_S, max(running.saved, now - _SAVE_S)
            if save:
                running.saved = now
            tell = now - self._told > _NEWS_S
            if tell:
                self._told = now
        if save:
            self.queue.progress(running.entry.id, done, total)
        if tell:
            self._tell(EngineNews("progress"))

    def _news_of(self, entry: Entry) -> None:
        self._tell(EngineNews("list"))
        with contextlib.suppress(
            DinamisError
        ):  # a queue that cannot be read has nothing to announce
            batch = [e.state for e in self.queue.entries() if e.batch == entry.batch]
            if (
                batch
                and all(state.over for state in batch)
                and not all(s is FileState.CANCELLED for s in batch)
            ):
                self._tell(EngineNews("batch", entry.batch))

    def _tell(self, news: EngineNews) -> None:
        for listener in list(self.listeners):
            listener(news)


def _record_key(entry: Entry) -> str:
    """Clips are recorded apart from the whole file."""
    return f"{entry.asset}-{entry.target.stem.rpartition('_')[2]}" if entry.area else entry.asset
