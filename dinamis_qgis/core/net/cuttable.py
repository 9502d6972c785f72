"""The transport under ``Http``: a request in flight can be cut, and urllib3's log shows no
signature.

Without the first, a person who cancels waits for a slow server's time-out.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import weakref
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class _NoQueries(logging.Filter):
    """Takes the query off every address in a record: urllib3 logs whole paths, and a signature is
    part of the query.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                a.partition("?")[0] if isinstance(a, str) else a for a in record.args
            )
        return True


_log = logging.getLogger("urllib3.connectionpool")
_no_queries = _NoQueries()
_adapters: weakref.WeakSet[CuttableAdapter] = weakref.WeakSet()


class CuttableAdapter(HTTPAdapter):
    """requests' transport that remembers its open sockets, so that another thread can ``cut``
    them.
    """

    def __init__(self, **options: Any) -> None:
        self.sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        super().__init__(**options)
        _adapters.add(self)
        _log.addFilter(_no_queries)

    def close(self) -> None:
        """As requests does; the last one to close leaves urllib3's log as it was."""
        super().close()  # type: ignore[no-untyped-call]
        _adapters.discard(self)
        if not _adapters:
            _log.removeFilter(_no_queries)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As requests does, with pools whose connections are remembered."""
        super().init_poolmanager(*args, **options)  # type: ignore[no-untyped-call]
        self._remember(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """As requests does, with pools whose connections are remembered."""
        return self._remember(super().proxy_manager_for(proxy, **options))  # type: ignore[no-untyped-call]

    def cut(self) -> None:
        """Shut every connection down; a thread reading from one gets an end of file at once."""
        for sock in list(self.sockets):
            # Already closed or never connected: nothing left to cut.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _remember(self, manager: Any) -> Any:
        manager.pool_classes_by_scheme = {
            "http": _cuttable_pool(HTTPConnectionPool, self.sockets),
            "https": _cuttable_pool(HTTPSConnectionPool, self.sockets),
        }
        return manager


def _cuttable_pool(base: Any, sockets: weakref.WeakSet[socket.socket]) -> Any:
    """A pool class whose connections put their socket into ``sockets``."""

    class Connection(base.ConnectionCls):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            if isinstance(self.sock, socket.socket):
                sockets.add(self.sock)

    return type(base.__name__, (base,), {"ConnectionCls": Connection})
