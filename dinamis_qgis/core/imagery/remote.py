"""One remote file read by blocks: from memory, disk or the storage; several readers of a block
cause one request.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Callable

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    LicenceError,
)
from dinamis_qgis.core.imagery import tiff
from dinamis_qgis.core.imagery.cache import BLOCK, BlockCache, Meta
from dinamis_qgis.core.imagery.pool import AHEAD, NOW, Pool
from dinamis_qgis.core.imagery.upstream import (
    REFUSED_S,
    ObjectChanged,
    Upstream,
    Version,
    unreadable_answer,
)
from dinamis_qgis.core.net.http import Cancel

WINDOW = 64
"""Blocks asked for ahead of what a reader has taken (8 MB): bounds the memory of one answer."""
LONGEST_RUN = 6
"""Blocks of one upstream request at most."""
AHEAD_BLOCKS = 16
NEIGHBOUR_BLOCKS = 9
"""Fetched after a large read of a file whose tile index is not known."""
BEGINNING = 5
"""Blocks fetched side by side at first contact: header, tile index and the smallest overviews of a
COG.
"""
POLL_S = 0.25
SIGNED_OUT_S = 2.0
CALM_S = 1.0
"""What the cache answers is drawn before the storage is asked whether it still holds."""


@dataclass(frozen=True)
class Services:
    """What every remote file shares."""

    upstream: Upstream
    cache: BlockCache
    pool: Pool
    cancel: Cancel
    """Set when the gateway stops."""


class RemoteFile:
    """``href`` is unsigned. ``failed(error)`` hears of every failure, from any thread."""

    def __init__(
        self, href: str, services: Services, failed: Callable[[DinamisError], None]
    ) -> None:
        self.href = href
        self.changed = False
        """True once the storage holds another version: this one can no longer be read."""
        self.exact = 0
        """How many readers there are that know what they want: then nothing is fetched that nobody
        asked for.
        """
        self.served = 0
        """Bytes given to readers."""
        self._services = services
        self._failed = failed
        self._lock = threading.Lock()
        self._head_lock = threading.Lock()
        self._leaving = threading.Lock()
        self._coming: dict[int, Future[bytes]] = {}
        self._touched: set[int] = set()
        self._refusal: DinamisError | None = None
        self._refused_until = 0.0
        self._next = -1
        """Where a sequential reader would go on."""
        self._index: tiff.Index | None = None
        self._habit: tiff.Habit | None = None
        self._indexed = False
        meta = services.cache.meta(href)
        self._opening = meta.opening if meta else ()
        self.version = meta.version if meta else None
        self.confirmed = False
        """Whether the storage confirmed ``version`` in this session."""

    # knowing the file
    def head(self, cancel: Cancel | None = None) -> Version:
        """Length and version, from an earlier session or the storage.

        ``cancel`` is the reader's own: it ends the wait of this one. Raises as ``Upstream.fetch``.
        """
        self._check_same()
        self._check_allowed()
        if self.version is None:
            while not self._head_lock.acquire(timeout=POLL_S):
                self._check_wanted(cancel)
            try:
                if self.version is None:
                    self._first(cancel)
            finally:
                self._head_lock.release()
        if self.version is None:
            raise Cancelled
        return self.version

    def confirm(self) -> None:
        """Ask the storage, in the background and once, whether the version of an earlier session is
        still there.
        """
        with self._lock:
            if self.confirmed or self.version is None:
                return
            self.confirmed = True
        self._services.pool.submit_later(self._confirm, CALM_S)

    def ready(self) -> bool:
        """True when opening needs no network: everything it reads is in the cache."""
        if self.version is None or self.changed or not self._opening:
            return False
        return all(
            self._services.cache.has(self.href, self.version, index) for index in self._opening
        )

    def opened(self) -> None:
        """What was read up to now is what opening reads: remember it."""
        with self._leaving:
            if self.version is not None and not self.changed:
                self._opening = tuple(sorted(self._touched))[:WINDOW]
                self._services.cache.keep_meta(self.href, Meta(self.version, self._opening))

    def want(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Begin to fetch bytes that will be read, all of them side by side.

        Raises as ``Upstream.fetch``.
        """
        version = self.head()
        for start, stop in ranges:
            end = min(stop, version.length) - 1
            if 0 <= start <= end:
                self._plan(start // BLOCK, end // BLOCK, version, NOW)

    def foresee(self, box: tiff.Box, pixels: float) -> None:
        """``box`` (shares of the image: left, top, right, bottom) will be drawn ``pixels`` wide:
        fetch what that reads.

        Raises as ``head``.
        """
        version = self.head()
        last = min(BEGINNING * BLOCK, version.length) - 1
        for index, future in enumerate(self._plan(0, last // BLOCK, version, NOW)):
            self._block(index, future, version)
        tiles = self._tiles(version)
        if tiles is not None:
            self.want(tiles.view(box, pixels))

    def _tiles(self, version: Version) -> tiff.Index | None:
        """The tile index, once the beginning of the file is there."""
        with self._lock:
            if not self._indexed:
                found = (
                    self._services.cache.get(self.href, version, index)
                    for index in range(BEGINNING)
                )
                data = b"".join(itertools.takewhile(lambda block: block is not None, found))  # type: ignore[arg-type]
                self._indexed = len(data) >= min(version.length, BEGINNING * BLOCK)
                self._index = tiff.read_index(data) if self._indexed else None
                self._habit = tiff.Habit(self._index) if self._index else None
            return self._index

    # reading
    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes [start, stop), within the file, in pieces. Raises as ``Upstream.fetch``."""
        version = self.head()
        self.confirm()
        first, last = start // BLOCK, (stop - 1) // BLOCK
        coming: deque[Future[bytes] | None] = deque()
        planned = first
        for index in range(first, last + 1):
            if planned <= last and len(coming) <= WINDOW // 2:
                until = min(last, planned + WINDOW - len(coming) - 1)
                coming.extend(self._plan(planned, until, version, NOW))
                planned = until + 1
                if planned > last:
                    self._read_ahead(start, stop, version)
            # A block read whole is in GDAL's memory: keeping it here too would only cost.
            whole = start <= index * BLOCK and stop >= (index + 1) * BLOCK
            data = self._block(index, coming.popleft(), version, keep=not whole)
            self._check_same()
            self.served += len(data)
            yield data[max(0, start - index * BLOCK) : stop - index * BLOCK]

    def _block(
        self, index: int, coming: Future[bytes] | None, version: Version, keep: bool = True
    ) -> bytes:
        """A planned block: loaded now that it is its turn, so that reader and disk work side by
        side. Raises as ``Upstream.fetch``.

        ``keep`` as for ``BlockCache.get``.
        """
        if coming is not None:
            return self._wait(coming)
        data = self._services.cache.get(self.href, version, index, keep)
        if data is not None:
            return data
        (coming,) = self._plan(
            index, index, version, NOW, anyway=True
        )  # broken, or gone to make room
        return self._block(index, coming, version)

    def _plan(
        self, first: int, last: int, version: Version, priority: int, anyway: bool = False
    ) -> list[Future[bytes] | None]:
        """A future for each block, fetched in runs shared out over the connections; None for one in
        the cache, but for ``anyway``.
        """
        found: list[Future[bytes] | None] = []
        missing: list[int] = []
        with self._lock:
            for index in range(first, last + 1):
                if priority == NOW:
                    self._touched.add(index)
                known = self._coming.get(index)
                if known is None and (
                    anyway or not self._services.cache.has(self.href, version, index)
                ):
                    known = self._coming[index] = Future()
                    missing.append(index)
                found.append(known)
        for run in contiguous_runs(missing, self._services.pool.size):
            self._services.pool.submit(lambda run=run: self._fetch(run, version), priority)  # type: ignore[misc]
        return found

    def _read_ahead(self, start: int, stop: int, version: Version) -> None:
        """Fetch what a reader will likely want next: as the tile index tells, else further on where
        it stopped.
        """
        first, last, end = start // BLOCK, (stop - 1) // BLOCK, (version.length - 1) // BLOCK
        if self.exact or self._follow_tiles(start, stop, version):
            return
        count = last - first + 1
        with self._lock:
            sequential = first in (self._next, self._next - 1) and last >= self._next
            self._next = last + 1
        # GDAL reads twice as far each time it goes on where it stopped.
        stride = (
            min(AHEAD_BLOCKS, max(4, 2 * count))
            if sequential
            else NEIGHBOUR_BLOCKS
            if count > 4
            else 0
        )
        if stride and last < end:
            self._plan(last + 1, min(end, last + stride), version, AHEAD)

    def _follow_tiles(self, start: int, stop: int, version: Version) -> bool:
        """The rest of the tiles a view reads; False when the file has no index that is known."""
        if self._tiles(version) is None or self._habit is None:
            return start < BEGINNING * BLOCK and not self._indexed
        with self._lock:
            plans = self._habit.after(start, stop)
        for spans, priority in zip(plans, (NOW, AHEAD)):
            for begin, finish in spans:
                self._plan(
                    begin // BLOCK, (min(finish, version.length) - 1) // BLOCK, version, priority
                )
        return True

    def _check_wanted(self, cancel: Cancel | None) -> None:
        """Raises Cancelled once the gateway stops, or this reader gave up."""
        self._services.cancel.check()
        if cancel is not None:
            cancel.check()

    def _wait(self, future: Future[bytes], cancel: Cancel | None = None) -> bytes:
        while True:
            self._check_wanted(cancel)
            try:
                return future.result(POLL_S)
            except FutureTimeout:
                # Since Python 3.11 this is the builtin TimeoutError, which the transport may raise
                # too.
                if future.done() and future.exception() is not None:
                    raise

    def _check_same(self) -> None:
        if self.changed:
            raise ObjectChanged(self.href)

    # fetching, on the pool's threads
    def _first(self, cancel: Cancel | None) -> None:
        """The first block: it tells the length and the version.

        The next ones are fetched side by side with it.
        """
        first: Future[bytes] = Future()
        with self._lock:
            following = [index for index in range(1, BEGINNING) if index not in self._coming]
            self._coming.update({index: Future() for index in following})
        self._services.pool.submit(lambda: self._begin(first))
        for index in following:
            self._services.pool.submit(lambda index=index: self._follow(index))  # type: ignore[misc]
        self._wait(first, cancel)

    def _begin(self, first: Future[bytes]) -> None:
        data, services = bytearray(), self._services
        try:
            version = services.upstream.fetch(self.href, 0, BLOCK, data.extend, services.cancel)
            services.cache.put(self.href, version, 0, bytes(data))
            services.cache.keep_meta(self.href, Meta(version, self._opening))
        except Exception as fault:  # noqa: BLE001 (whatever happens, nobody is left waiting)
            error = (
                fault if isinstance(fault, DinamisError) else unreadable_answer(self.href, fault)
            )
            try:
                self._hear(error)  # whoever waits may ask what was heard
            finally:
                first.set_exception(error)
            return
        self.confirmed = True
        self.version = version
        first.set_result(b"")

    def _follow(self, index: int) -> None:
        """A block near the beginning, the length of the file being unknown yet (past its end, the
        storage says so).
        """
        data, services = bytearray(), self._services
        start = index * BLOCK
        try:
            version = services.upstream.fetch(
                self.href, start, start + BLOCK, data.extend, services.cancel, self.version
            )
            if self.version is not None and self.version.tag != version.tag:
                raise ObjectChanged(self.href)
            self._settle(index, version, bytes(data))
        except Exception as fault:  # noqa: BLE001 (whatever happens, nobody is left waiting)
            error = (
                fault if isinstance(fault, DinamisError) else unreadable_answer(self.href, fault)
            )
            try:
                if isinstance(error, ObjectChanged):
                    self._change()
            finally:
                self._give_up([index], error)

    def _give_up(self, indexes: list[int], error: DinamisError) -> None:
        with self._lock:
            futures = [self._coming.pop(index, None) for index in indexes]
        for future in futures:
            if future is not None:
                future.set_exception(error)

    def _fetch(self, run: tuple[int, int], version: Version) -> None:
        """Fetch the blocks of ``run`` (first, last) in one request, each handed over as soon as it
        is whole.
        """
        first, last = run
        start, stop = first * BLOCK, min((last + 1) * BLOCK, version.length)
        buffer = bytearray()
        index = first

        def take(piece: bytes) -> None:
            nonlocal index
            buffer.extend(piece)
            while len(buffer) >= BLOCK or (
                buffer and index * BLOCK + len(buffer) == version.length
            ):
                self._settle(index, version, bytes(buffer[:BLOCK]))
                del buffer[:BLOCK]
                index += 1

        try:
            self._services.upstream.fetch(
                self.href, start, stop, take, self._services.cancel, version
            )
            self.confirmed = True
            error: DinamisError | None = None
            if index <= last:
                error = unreadable_answer(self.href, EOFError())
        except ObjectChanged as changed:
            self._change()
            error = changed
        except DinamisError as failure:
            error = failure
        except Exception as failure:  # noqa: BLE001 (a fault of ours must not leave readers waiting for ever)
            error = unreadable_answer(self.href, failure)
        if error is not None:
            self._fail(range(index, last + 1), error)

    def _settle(self, index: int, version: Version, data: bytes) -> None:
        self._services.cache.put(self.href, version, index, data)
        with self._lock:
            future = self._coming.pop(index, None)
        if future is not None:
            future.set_result(data)

    def _fail(self, indexes: range, error: DinamisError) -> None:
        try:
            if not isinstance(error, ObjectChanged):
                self._hear(error)  # whoever waits may ask what was heard
        finally:
            self._give_up(list(indexes), error)

    def _confirm(self) -> None:
        version = self.version
        if version is None:
            return
        try:
            services = self._services
            services.upstream.fetch(self.href, 0, 1, lambda _: None, services.cancel, version)
        except ObjectChanged:
            self._change()
        except (LicenceError, AuthError) as refused:
            self.confirmed = False
            self._hear(refused)
        except Exception:  # noqa: BLE001 (offline, an odd answer: what is cached stays good)
            self.confirmed = False

    def _hear(self, error: DinamisError) -> None:
        """A failure: what the storage refuses is no longer read from the cache either."""
        if isinstance(error, (LicenceError, AuthError)):
            licence = isinstance(error, LicenceError)
            self._refusal, self._refused_until = (
                error,
                time.monotonic() + (REFUSED_S if licence else SIGNED_OUT_S),
            )
            if licence:
                self._services.cache.drop(self.href)
        self._failed(error)

    def forgive(self) -> None:
        """Another account, or the person asked to try again: a refusal is asked about anew."""
        self._refused_until = 0.0

    def _check_allowed(self) -> None:
        """Raises what the storage refused it with, until it says otherwise."""
        if self._refusal is None:
            return
        if time.monotonic() < self._refused_until:
            raise self._refusal
        services = self._services
        try:
            services.upstream.fetch(self.href, 0, 1, lambda _: None, services.cancel, self.version)
        except (LicenceError, AuthError) as error:
            self._hear(error)
            raise
        self._refusal = None

    def _change(self) -> None:
        """Another version is there: this one ends, and whoever listens may open the new one."""
        with self._leaving:
            if self.changed:
                return
            self._services.cache.drop(self.href)  # before anybody may begin anew
            self.changed = True
        self._failed(ObjectChanged(self.href))


def contiguous_runs(
    indexes: list[int], connections: int, most: int = LONGEST_RUN
) -> Iterator[tuple[int, int]]:
    """Sorted block indexes as (first, last) of contiguous runs, short enough to keep every
    connection busy.
    """
    longest = max(1, min(most, -(-len(indexes) // connections)))
    start = previous = -2
    for index in indexes:
        if index != previous + 1 or index - start >= longest:
            if start >= 0:
                yield start, previous
            start = index
        previous = index
    if start >= 0:
        yield start, previous
