"""A person's wish to stop, shared between threads."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Callable

from dinamis_qgis.core.errors import Cancelled


class Cancel:
    """A person's wish to stop, shared between threads."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._hooks: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    def set(self) -> None:
        """Ask to stop."""
        with self._lock:
            self._event.set()
            hooks = list(self._hooks)
        for hook in hooks:
            hook()

    @contextlib.contextmanager
    def calling(self, hook: Callable[[], None]) -> Iterator[None]:
        """Within the block, ``hook`` is called (from any thread, short, no error) when asked to
        stop; at once if already so.
        """
        with self._lock:
            late = self._event.is_set()
            self._hooks.append(hook)
        if late:
            hook()
        try:
            yield
        finally:
            with self._lock:
                self._hooks.remove(hook)

    def is_set(self) -> bool:
        """True once asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raises Cancelled once asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but at once raise Cancelled when asked to stop."""
        if self._event.wait(seconds):
            raise Cancelled
