"""What transfers share, and what one is asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Callable, Optional

from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.transfer.fetch.host_limits import Hosts
from dinamis_qgis.core.transfer.fetch.threads import Crew

Progress = Callable[[int, Optional[int]], None]
"""Bytes on disk, and bytes in all when known."""


def _leave_unsigned(url: str, cancel: Cancel) -> str:
    return url


def _do_nothing(url: str) -> None:
    return


def _no_headers(url: str) -> Mapping[str, str]:
    return {}


def _as_it_is(error: DinamisError) -> DinamisError:
    return error


class Nudge:
    """A person's “now”: what waits for its next try goes on at once. Thread-safe."""

    def __init__(self) -> None:
        self._hooks: list[Callable[[], None]] = []

    def __call__(self) -> None:
        for hook in tuple(self._hooks):
            hook()

    @contextlib.contextmanager
    def calling(self, hook: Callable[[], None]) -> Iterator[None]:
        """Within the block, ``hook`` is called (from any thread, short, no error) at each nudge."""
        self._hooks.append(hook)
        try:
            yield
        finally:
            self._hooks.remove(hook)


@dataclass(frozen=True)
class Access:
    """How an unsigned address becomes one that opens: ``sign(href, cancel)``; ``forget(href)``
    after a refusal.

    ``headers(url)`` are sent to that very address, and nowhere else; ``refused(error)`` says what a
    refusal (401, 403) means.
    """

    sign: Callable[[str, Cancel], str] = _leave_unsigned
    forget: Callable[[str], None] = _do_nothing
    headers: Callable[[str], Mapping[str, str]] = field(default=_no_headers, repr=False)
    refused: Callable[[DinamisError], DinamisError] = _as_it_is


@dataclass(frozen=True)
class FetchRules:
    """Limits of one transfer; bytes and seconds."""

    connections: int = 8
    """More do not make a long transfer faster, and cost processor time."""
    piece: int = 1 << 20
    """The journal is written after so many bytes of a connection: what a kill costs at most."""
    first: int = 8 << 20
    shortest: int = 1 << 20
    longest: int = 32 << 20
    connect_s: float = 10.0
    stall_s: float = 45.0
    """A connection that brings no 16 KiB in this time is cut and asked again."""
    tries: int = 6
    """Failures in a row, without anything arriving in between, before it is an error."""
    backoff_s: float = 0.7
    longest_backoff_s: float = 30.0
    longest_wait_s: float = 120.0
    """A Retry-After beyond this is an error, for somebody more patient."""
    progress_s: float = 0.2


@dataclass
class Tools:
    """What transfers share: the client, the signer's way in, slots per host, threads."""

    http: Http
    access: Access = field(default_factory=Access)
    hosts: Hosts = field(default_factory=Hosts)
    rules: FetchRules = field(default_factory=FetchRules)
    crew: Crew = field(default_factory=Crew)

    def __post_init__(self) -> None:
        self.crew.leave = self.http.release

    def with_access(self, access: Access) -> Tools:
        """The same with another way in."""
        return replace(self, access=access)


@dataclass(frozen=True)
class Wanted:
    """A file to have: unsigned ``href``, where to put it, and what the catalogue says of it (bytes,
    multihash).
    """

    href: str
    target: Path
    size: int | None = None
    checksum: str = ""
    kind: str = ""
    """What the file should be, as ``whole_file.kind_of`` says; empty when nobody knows."""
