"""One file from the storage to the disk, byte for byte right, over a few connections, resumed where it stopped."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path
from typing import Callable

from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.http import Cancel
from dinamis_qgis.core.transfer.answers import (
    PASSING,
    Again,
    Body,
    Changed,
    NoRanges,
    corrupt,
    other_size,
    restless,
    stalled,
)
from dinamis_qgis.core.transfer.hosts import backoff
from dinamis_qgis.core.transfer.lane import Lane, pour, send
from dinamis_qgis.core.transfer.part import Part, discard, disk_error, wrong_path
from dinamis_qgis.core.transfer.spans import Spans
from dinamis_qgis.core.transfer.tools import Progress, Tools, Wanted
from dinamis_qgis.core.transfer.verify import matches, parse_multihash


def fetch(
    wanted: Wanted,
    tools: Tools,
    cancel: Cancel,
    progress: Progress | None = None,
    troubled: Callable[[DinamisError], None] | None = None,
) -> bool:
    """Have ``wanted`` on disk, whole and right. False when it already was.

    ``troubled`` hears, from any thread, why it is tried again while nothing arrives.
    Raises Cancelled (what was fetched is kept), NetworkError, ServiceError, AuthError, LicenceError, StorageError.
    """
    report = progress or (lambda done, total: None)
    if _already_right(wanted, cancel, report):
        discard(wanted.target)
        return False
    with Part(wanted.target) as part:
        return _Fetch(wanted, tools, cancel, report, part, troubled).run()


def _already_right(wanted: Wanted, cancel: Cancel, report: Progress) -> bool:
    """True when the file is there and is what the catalogue says; a wrong one is set aside."""
    try:
        size = wanted.target.stat().st_size
    except FileNotFoundError:
        return False
    except OSError as error:
        raise disk_error(error, wanted.target) from error
    if wanted.size is None and parse_multihash(wanted.checksum) is None:
        return False  # the server will say its size
    if wanted.size in (None, size) and matches(wanted.target, wanted.checksum, cancel, lambda done: report(done, size)):
        return True
    _rename(wanted.target, wrong_path(wanted.target))
    return False


def _rename(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        raise disk_error(error, source) from error


_PROGRESS = 64 * 1024
"""So many bytes beyond the last failure make the next one the first."""


class _AlreadyThere(Exception):
    """The server's file has the length of the one on disk, and nothing more is known of either."""


class _Fetch:
    """One run of ``fetch``: a coordinator (the caller's thread) and connections on the crew's threads."""

    def __init__(
        self,
        wanted: Wanted,
        tools: Tools,
        cancel: Cancel,
        report: Progress,
        part: Part,
        troubled: Callable[[DinamisError], None] | None,
    ) -> None:
        self.troubled = troubled
        self.wanted, self.tools, self.rules = wanted, tools, tools.rules
        self.cancel, self.report, self.part = cancel, report, part
        self.change = threading.Condition()
        self.lanes: list[Lane] = []
        self.workers = 0
        self.allowed = 1
        self.sure = False
        """The server has said what the file is, in this round."""
        self.ranges = True
        self.whole = False
        self.finished = False
        self.error: Exception | None = None
        self.failures = 0
        self.reached = 0
        """The most that was ever on disk: only what goes beyond counts as going on."""
        self.not_before = 0.0
        self.refused: set[str] = set()

    def run(self) -> bool:
        """Rounds until the file is right. A version that changes under way and a wrong file start over, so many times."""
        changes = wrongs = 0
        while True:
            try:
                self._gather()
            except Changed:
                changes += 1
                if changes > self.rules.tries:
                    raise restless(self.wanted.target.name) from None
                self.part.forget()
                continue
            except _AlreadyThere:
                return False
            if self._right():
                break
            self.part.set_aside()
            wrongs += 1
            if wrongs > 1:
                raise corrupt(self.wanted.target.name)
        self.part.finish(self.part.header.size if self.part.header else None)
        if wrongs:
            with contextlib.suppress(OSError):  # only a reminder of a failure that is over
                wrong_path(self.wanted.target).unlink()
        return True

    def _right(self) -> bool:
        size = self.part.path.stat().st_size
        return matches(self.part.path, self.wanted.checksum, self.cancel, lambda done: self.report(size, size))

    # The coordinator

    def _gather(self) -> None:
        """Until every byte is on disk. Raises what stopped it."""
        self.error, self.sure, self.whole, self.finished, self.allowed = None, False, False, False, 1
        try:
            with self.cancel.calling(self._wake):
                while not self._settled():
                    self._tick()
        finally:
            self._dismiss(wait=not self.cancel.is_set())
        if self.error is not None:
            raise self.error
        self._tell()

    def _wake(self) -> None:
        with self.change:
            self.change.notify_all()

    def _settled(self) -> bool:
        with self.change:
            self.cancel.check()
            if self.error is not None or self.finished:
                return True
            header = self.part.header
            if self.whole or self.lanes or header is None or header.size is None:
                return False
            return not self.part.spans.gaps(header.size)

    def _tick(self) -> None:
        """Watch the connections, hire more, tell the progress, sleep a little."""
        now = time.monotonic()
        with self.change:
            for lane in self.lanes:
                if now - lane.beat > self.rules.stall_s:
                    lane.stalled = True
                    lane.cancel.set()
            missing = self.allowed - self.workers
            self.workers += max(0, missing)
        for _ in range(missing):
            self.tools.crew.run(self._work)
        self._tell()
        with self.change:
            if self.error is None and not self.finished and not self.cancel.is_set():
                self.change.wait(self.rules.progress_s)

    def _tell(self) -> None:
        with self.change:
            ahead = sum(lane.pos - lane.logged for lane in self.lanes)
            size = self.part.header.size if self.part.header else None
        self.report(self.part.spans.total() + ahead, size)

    def _dismiss(self, *, wait: bool) -> None:
        """Stop every connection; with ``wait`` until none can write any more."""
        with self.change:
            if self.error is None and not self.finished:
                self.finished = True
            lanes = list(self.lanes)
            self.change.notify_all()
        for lane in lanes:
            lane.cancel.set()
            if self.cancel.is_set() and lane.end is not None:
                self.part.done(lane.logged, lane.pos)
        deadline = time.monotonic() + self.rules.stall_s
        with self.change:
            while wait and self.workers and time.monotonic() < deadline and not self.cancel.is_set():
                self.change.wait(0.05)

    def stop(self, error: Exception) -> None:
        """End the round with ``error``, from any thread."""
        with self.change:
            if self.error is None and not self.finished:
                self.error = error
            self.change.notify_all()

    # The connections

    def _work(self) -> None:
        """One connection's life on a crew thread: range after range until there is none left."""
        while True:
            lane = self._take()
            if lane is None:
                return
            try:
                self._get(lane)
            except Again as again:
                self._again(again, lane)
            except Cancelled:
                if lane.stalled:
                    self._again(Again(stalled(self.wanted.href)), lane)
            except NoRanges:
                self._without_ranges(lane)
            except (Changed, _AlreadyThere, DinamisError) as error:
                self.stop(error)
            except Exception as error:  # noqa: BLE001 (a fault of ours must end the transfer, not hang it)
                self.stop(error)
            finally:
                with self.change:
                    self.lanes.remove(lane)
                    self.change.notify_all()

    def _take(self) -> Lane | None:
        """The next range, as soon as one may be asked for; None ends the worker."""
        with self.change:
            while True:
                span = None if self._over() else self._next_span()
                if span is None or len(self.lanes) >= self.allowed:
                    self.workers -= 1
                    self.change.notify_all()
                    return None
                pause = self.not_before - time.monotonic()
                if pause <= 0:
                    lane = Lane(*span)
                    self.lanes.append(lane)
                    return lane
                self.change.wait(pause)

    def _over(self) -> bool:
        return self.error is not None or self.finished or self.cancel.is_set()

    def _next_span(self) -> tuple[int, int] | None:
        """Bytes nobody is at: the first gap, shorter as the end nears, so that all connections end together."""
        header = self.part.header
        if header is None or header.size is None:
            return None if self.lanes else (0, self.rules.first)
        if self.whole and self.lanes:
            return None
        busy = Spans(self.part.spans)
        for lane in self.lanes:
            busy.add(lane.start, lane.end if lane.end is not None else header.size)
        gaps = busy.gaps(header.size)
        if not gaps:
            return None
        left = sum(end - start for start, end in gaps)
        length = max(self.rules.shortest, min(self.rules.longest, left // (2 * self.rules.connections)))
        return gaps[0][0], min(gaps[0][1], gaps[0][0] + length)

    def _get(self, lane: Lane) -> None:
        """Ask for the lane's range and pour it into the file."""
        url = lane.url = self._sign(lane)
        lane.ranged = self.ranges
        with self.tools.hosts.slot(url, lane.cancel):
            answer, body = send(self.tools.http, url, lane, self.part.header, self.rules)
            try:
                self._accept(lane, body)
                pour(answer, body, lane, self.part, self.rules.piece)
            finally:
                answer.close()
        self.tools.hosts.fine(url)
        if body.whole:
            self._ended(lane)
        with self.change:
            self.allowed = min(self.rules.connections, self.allowed + 1)

    def _sign(self, lane: Lane) -> str:
        """The address that opens. A signing service that is down for a moment is tried again as the storage would be."""
        try:
            return self.tools.access.sign(self.wanted.href, lane.cancel)
        except NetworkError as error:
            raise Again(error) from None
        except ServiceError as error:
            if error.status in PASSING:
                raise Again(error) from None
            raise

    def _accept(self, lane: Lane, body: Body) -> None:
        """The first good answer of a round says what the file is; then the others may start."""
        name, size = self.wanted.target.name, body.header.size
        if self.wanted.size is not None and size is not None and size != self.wanted.size:
            raise Again(other_size(name, self.wanted.size, size))
        with self.change:
            if self._over() or lane.cancel.is_set():
                raise Cancelled
            if self.part.header is None and self.wanted.size is None and size is not None and self._same_on_disk(size):
                raise _AlreadyThere
            if body.whole or self.part.header is None:
                self.part.begin(body.header)
            elif not self.sure:
                self.part.begin(self.part.header, keep=True)
            lane.start = lane.pos = lane.logged = body.start
            lane.end = body.end
            self.whole, self.sure, self.refused = body.whole, True, set()
            if body.whole:
                self.allowed = 1
                others = [other for other in self.lanes if other is not lane]
            else:
                self.allowed = self.allowed if self.failures else self.rules.connections
                others = []
            self.change.notify_all()
        for other in others:
            other.cancel.set()

    def _same_on_disk(self, size: int) -> bool:
        target = self.wanted.target
        return target.is_file() and target.stat().st_size == size and not parse_multihash(self.wanted.checksum)

    def _ended(self, lane: Lane) -> None:
        """A whole body came to its end."""
        wanted = self.wanted.size
        if wanted is not None and lane.pos != wanted:
            raise Again(other_size(self.wanted.target.name, wanted, lane.pos))
        with self.change:
            self.finished = True
            self.change.notify_all()

    def _without_ranges(self, lane: Lane) -> None:
        """The server wants no range at all: one stream, from the first byte."""
        if not lane.ranged:
            self._again(Again(stalled(self.wanted.href)), lane)
        with self.change:
            self.ranges, self.allowed = False, 1

    def _again(self, again: Again, lane: Lane) -> None:
        """After a failed try: wait, with fewer connections. Failures of one volley count once."""
        if again.refused:
            again = self._refusal(again, lane)
        if again.busy:
            self.tools.hosts.busy(lane.url or self.wanted.href, again.wait or 0.0)
        with self.change:
            now = time.monotonic()
            self.allowed = max(1, self.allowed // 2)
            if now < self.not_before:
                return
            reached = max(self.part.spans.total(), lane.pos if lane.end is None else 0)
            if reached >= self.reached + _PROGRESS:
                self.failures, self.reached = 0, reached
            self.failures += 1
            wait = again.wait
            if wait is None:
                wait = backoff(self.failures, self.rules.backoff_s, self.rules.longest_backoff_s)
            self.not_before = now + wait
        if self.failures > self.rules.tries or wait > self.rules.longest_wait_s:
            self.stop(again.error)
        elif self.failures > 1 and self.troubled is not None:
            self.troubled(again.error)

    def _refusal(self, again: Again, lane: Lane) -> Again:
        """401 or 403: a signature that ran out is made anew at once; a fresh one that is refused too is an error."""
        self.tools.access.forget(self.wanted.href)
        with self.change:
            known = lane.url in self.refused
            self.refused.add(lane.url)
            hopeless = lane.url == self.wanted.href or len(self.refused) > 2
        if hopeless:
            self.stop(again.error)
        return Again(again.error, None if known else 0.0)
