"""The bytes of one file over a few connections: a coordinator on the caller's thread, the
connections on the crew's.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Callable, Optional

from dinamis_qgis.core.errors import Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.fetch.byte_ranges import Spans
from dinamis_qgis.core.transfer.fetch.checksum import parse_multihash
from dinamis_qgis.core.transfer.fetch.connection import Lane, pour_into_file, request_range
from dinamis_qgis.core.transfer.fetch.partial_file import Header, PartialFile
from dinamis_qgis.core.transfer.fetch.responses import (
    PASSING,
    Again,
    Body,
    FileChanged,
    NoRanges,
    other_size,
    stalled_transfer,
)
from dinamis_qgis.core.transfer.fetch.retry import Tries
from dinamis_qgis.core.transfer.fetch.tools import Nudge, Progress, Tools, Wanted
from dinamis_qgis.core.transfer.fetch.whole_file import PAGE

_NOTICED_S = 2.0
"""A shorter pause nobody needs to be told of."""
Troubled = Optional[Callable[[DinamisError], None]]


class AlreadyThere(Exception):
    """The server's file has the length of the one on disk, and nothing more is known of either."""


class Gathering:
    """``run`` once for each version of the file there turns out to be."""

    def __init__(
        self,
        wanted: Wanted,
        tools: Tools,
        cancel: Cancel,
        report: Progress,
        part: PartialFile,
        troubled: Troubled,
        nudge: Nudge,
    ) -> None:
        self.wanted, self.tools, self.rules = wanted, tools, tools.rules
        self.cancel, self.report, self.part, self.troubled, self.nudge = (
            cancel,
            report,
            part,
            troubled,
            nudge,
        )
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
        self.tries = Tries(self.rules)
        self.most = self.rules.connections
        self.fresh = False
        """What came was wrong: no cache on the way may answer again."""

    def steadied(self, found: Header | None) -> bool:
        """Another ETag of the same length and date comes from another node of the storage: one
        plain connection from now on.

        True when what was fetched may be kept.
        """
        known = self.part.header
        if known is None or found is None or not known.differs_in_tag_only(found):
            return False
        self.most = 1
        self.part.ignore_tag()
        return True

    # The coordinator

    def run(self) -> None:
        """Until every byte is on disk. Raises Changed, AlreadyThere, Cancelled, DinamisError."""
        self.error, self.sure, self.whole, self.finished, self.allowed = (
            None,
            False,
            False,
            False,
            1,
        )
        try:
            with self.cancel.calling(self._wake), self.nudge.calling(self._at_once):
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

    def _at_once(self) -> None:
        """A person does not want to wait for the next try."""
        self.tools.hosts.reopen(self.wanted.href)
        with self.change:
            self.tries.at_once()
            for lane in self.lanes:
                self.tools.hosts.reopen(lane.url or self.wanted.href)
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
            while (
                wait and self.workers and time.monotonic() < deadline and not self.cancel.is_set()
            ):
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
                    self._again(Again(stalled_transfer(self.wanted.href)), lane)
            except NoRanges:
                self._without_ranges(lane)
            except (FileChanged, AlreadyThere, DinamisError) as error:
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
                pause = self.tries.pause()
                if pause <= 0:
                    lane = Lane(*span)
                    self.lanes.append(lane)
                    return lane
                self.change.wait(pause)

    def _over(self) -> bool:
        return self.error is not None or self.finished or self.cancel.is_set()

    def _next_span(self) -> tuple[int, int] | None:
        """Bytes nobody is at: the first gap, shorter as the end nears, so that all connections end
        together.
        """
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
        length = max(
            self.rules.shortest, min(self.rules.longest, left // (2 * self.rules.connections))
        )
        return gaps[0][0], min(gaps[0][1], gaps[0][0] + length)

    def _get(self, lane: Lane) -> None:
        """Ask for the lane's range and pour it into the file."""
        url = lane.url = self._sign(lane)
        lane.ranged = self.ranges
        with self.tools.hosts.slot(url, lane.cancel):
            answer, body = request_range(
                self.tools.http,
                url,
                lane,
                self.part.header,
                self.rules,
                self._headers(url),
                pages=self.wanted.kind == PAGE,
            )
            try:
                self._accept(lane, body)
                pour_into_file(answer, body, lane, self.part, self.rules.piece)
            finally:
                answer.close()
        self.tools.hosts.fine(url)
        if body.whole:
            self._ended(lane)
        with self.change:
            self.allowed = min(self.most, self.allowed + 1)

    def _headers(self, url: str) -> Mapping[str, str]:
        more = {"Cache-Control": "no-cache"} if self.fresh else {}
        return {**self.tools.access.headers(url), **more}

    def _sign(self, lane: Lane) -> str:
        """The address that opens.

        A signing service that is down for a moment is tried again as the storage would be.
        """
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
            if (
                self.part.header is None
                and self.wanted.size is None
                and size is not None
                and self._same_on_disk(size)
            ):
                raise AlreadyThere
            if body.whole or self.part.header is None:
                self.part.begin(body.header)
            elif not self.sure:
                self.part.begin(self.part.header, keep=True)
            lane.start = lane.pos = lane.logged = body.start
            lane.end = body.end
            self.whole, self.sure = body.whole, True
            self.tries.accepted()
            if body.whole:
                self.allowed = 1
                others = [other for other in self.lanes if other is not lane]
            else:
                self.allowed = self.allowed if self.tries.failures else self.most
                others = []
            self.change.notify_all()
        for other in others:
            other.cancel.set()

    def _same_on_disk(self, size: int) -> bool:
        target = self.wanted.target
        return (
            target.is_file()
            and target.stat().st_size == size
            and not parse_multihash(self.wanted.checksum)
        )

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
            self._again(Again(stalled_transfer(self.wanted.href)), lane)
        with self.change:
            self.ranges, self.allowed = False, 1

    def _again(self, again: Again, lane: Lane) -> None:
        """After a failed try: wait, with fewer connections. Failures of one volley count once."""
        if again.refused:
            again = self._refusal(again, lane)
        if again.busy:
            self.tools.hosts.busy(lane.url or self.wanted.href, again.wait or 0.0)
        with self.change:
            self.allowed = max(1, self.allowed // 2)
            reached = max(self.part.spans.total(), lane.pos if lane.end is None else 0)
            if not self.tries.failed(reached, again.wait):
                return
            lasts = self.tries.failures > 1 or self.tries.pause() > _NOTICED_S
            hopeless = self.tries.hopeless
        if hopeless:
            self.stop(again.error)
        elif lasts and self.troubled is not None:
            self.troubled(again.error)

    def _refusal(self, again: Again, lane: Lane) -> Again:
        """401 or 403: a signature that ran out is made anew at once; a fresh one that is refused
        too is an error.
        """
        self.tools.access.forget(self.wanted.href)
        error = self.tools.access.refused(again.error)
        with self.change:
            known, hopeful = self.tries.refused(lane.url)
        if lane.url == self.wanted.href or not hopeful:
            self.stop(error)
        return Again(error, None if known else 0.0)
