"""The HTTP side of the gateway: who may ask, for what, and how it is answered (RFC 9110, one range
a request).
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Protocol

from dinamis_qgis.core.errors import AuthError, Cancelled, DinamisError, LicenceError, NetworkError
from dinamis_qgis.core.imagery.peer import is_same_user
from dinamis_qgis.core.imagery.upstream import ObjectChanged, Version

IDLE_S = 120.0
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Source(Protocol):
    """A file to serve."""

    def head(self) -> Version:
        """Its length and version."""

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Its bytes."""


class GatewayServer(ThreadingHTTPServer):
    """Loopback only, for processes of the same user. ``find(path)`` gives the source of a path, or
    None.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = False

    def __init__(self, find: Callable[[str], Source | None]) -> None:
        super().__init__(("127.0.0.1", 0), _GatewayHandler)
        self.find = find
        self.hosts = frozenset(
            f"{name}:{self.server_address[1]}" for name in ("127.0.0.1", "localhost")
        )
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def server_bind(self) -> None:
        """As TCPServer does: HTTPServer's look-up of the machine's name may take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection, so that ``cut`` can end it."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets the connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that went away is nothing to report."""

    def cut(self) -> None:
        """End every connection."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed meanwhile
                continue


class _GatewayHandler(BaseHTTPRequestHandler):
    """Keep-alive; GET and HEAD."""

    protocol_version = "HTTP/1.1"
    server_version = "dinamis"
    sys_version = ""
    timeout = IDLE_S
    disable_nagle_algorithm = True
    wbufsize = 65536
    server: GatewayServer
    _is_same_user: bool | None = None
    """Of whoever has this connection; None until it was looked up."""

    def do_GET(self) -> None:
        """The bytes asked for."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """What a GET would say, without the bytes."""
        self._answer(body=False)

    def finish(self) -> None:
        """Closes both ways, also when what is still to be written has no reader any more."""
        try:
            with contextlib.suppress(OSError):
                super().finish()
        finally:
            self.rfile.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: addresses hold the secret of the gateway."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Short and without echo of what was asked (also for methods that are not there)."""
        self._refuse(405 if code == 501 else code)
        self.close_connection = True

    def _answer(self, body: bool) -> None:
        status, source = self._find()
        if source is None:
            self._refuse(status)
            return
        try:
            version = source.head()
            span = self._span(version.length)
        except DinamisError as error:
            self._refuse(status_of(error), error)
            return
        if span is None:
            self._refuse(416, length=version.length)
            return
        start, stop, partial = span
        pieces = source.read(start, stop) if body and stop > start else iter(())
        try:
            first = next(pieces, b"")
        except DinamisError as error:
            self._refuse(status_of(error), error)
            return
        self._send(version, start, stop, partial)
        self._pour(first, pieces)

    def _find(self) -> tuple[int, Source | None]:
        """The source asked for, or the status of the refusal."""
        if self.headers.get("Host", "").lower() not in self.server.hosts or self.headers.get(
            "Transfer-Encoding"
        ):
            self.close_connection = True
            return 403, None
        if self._is_same_user is None:
            self._is_same_user = is_same_user(self.client_address, self.server.server_port)
        if not self._is_same_user:
            self.close_connection = True
            return 403, None
        source = self.server.find(self.path.lstrip("/"))
        return 404, source

    def _span(self, length: int) -> tuple[int, int, bool] | None:
        """(start, stop, partial); None when the range cannot be satisfied, or is not one single
        range.
        """
        asked = self.headers.get("Range")
        if asked is None:
            return 0, length, False
        match = _RANGE.fullmatch(asked.strip())
        if match is None or match.groups() == ("", ""):
            return None
        first, last = match.groups()
        start = int(first) if first else max(0, length - int(last))
        stop = min(length, int(last) + 1) if first and last else length
        return (start, stop, True) if start < stop else None

    def _send(self, version: Version, start: int, stop: int, partial: bool) -> None:
        self.send_response_only(206 if partial else 200)
        self.send_header("Content-Length", str(stop - start))
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Accept-Ranges", "bytes")
        if version.etag:
            self.send_header("ETag", version.etag)
        if version.modified:
            self.send_header("Last-Modified", version.modified)
        if partial:
            self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{version.length}")
        self.end_headers()

    def _pour(self, first: bytes, pieces: Iterator[bytes]) -> None:
        try:
            self.wfile.write(first)
            for piece in pieces:
                self.wfile.write(piece)
            self.wfile.flush()
        except (
            DinamisError,
            OSError,
        ):
            # the headers are gone: a cut body is the only way left to say so
            self.close_connection = True

    def _refuse(
        self, status: int, error: DinamisError | None = None, length: int | None = None
    ) -> None:
        body = f"{error.code}\n".encode() if error else b""
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 405:
            self.send_header("Allow", "GET, HEAD")
        if length is not None:
            self.send_header("Content-Range", f"bytes */{length}")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def status_of(error: DinamisError) -> int:
    """The HTTP status that tells GDAL what happened."""
    if isinstance(error, (NetworkError, Cancelled)):
        return 503
    if isinstance(error, AuthError):
        return 401
    if isinstance(error, LicenceError):
        return 403
    if isinstance(error, ObjectChanged):
        return 410
    return 404 if error.status == 404 else 502
