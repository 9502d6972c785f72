"""A storage server that can be told to misbehave, and that remembers every byte it sent."""

from __future__ import annotations

import contextlib
import hashlib
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional
from urllib.parse import urlsplit


def content(size: int, seed: int = 0) -> bytes:
    """Deterministic bytes in which no two places look the same."""
    blocks = (
        hashlib.blake2b(f"{seed}/{i}".encode(), digest_size=64).digest()
        for i in range(size // 64 + 1)
    )
    return b"".join(blocks)[:size]


@dataclass
class Asked:
    """One request: its number among those for this path (from 0), the range asked for, and what was
    sent of the body.
    """

    number: int
    path: str
    query: str
    headers: Mapping[str, str]
    start: int | None = None
    end: int | None = None
    status: int = 0
    sent: int = 0


Trick = Callable[["Handler", Asked], Optional[bool]]
"""Answers in its own way and returns True, or leaves it to the server."""


@dataclass
class Storage:
    """What the server has and how it behaves.

    ``pace`` is seconds to wait after each ``block`` of a body.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    trick: Trick | None = None
    ranges: bool = True
    pace: float = 0.0
    block: int = 65536
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, name: str, data: bytes) -> str:
        """Store ``data``; its address."""
        path = f"/bucket/{name}"
        self.files[path] = data
        self.etags[path] = f'"{hashlib.blake2b(data, digest_size=8).hexdigest()}"'
        return self.url + path

    def of(self, path: str) -> list[Asked]:
        """The requests for one path so far."""
        with self.lock:
            return [a for a in self.asked if a.path == urlsplit(path).path]

    def sent(self, path: str = "") -> int:
        """Body bytes sent so far, of one path or in all."""
        with self.lock:
            return sum(a.sent for a in self.asked if not path or a.path == urlsplit(path).path)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0
    storage: Storage

    def log_message(self, *_: Any) -> None:
        return

    def setup(self) -> None:
        super().setup()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        with self.storage.lock:
            self.storage.connections += 1

    def do_GET(self) -> None:
        storage, parts = self.storage, urlsplit(self.path)
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        with storage.lock:
            number = sum(1 for a in storage.asked if a.path == parts.path)
            asked = Asked(number, parts.path, parts.query, dict(self.headers.items()))
            if match:
                asked.start, asked.end = int(match[1]), int(match[2]) + 1 if match[2] else None
            storage.asked.append(asked)
        self.asked = asked
        try:
            if storage.trick is None or not storage.trick(self, asked):
                self.serve()
        except (OSError, ValueError):
            self.close_connection = True

    def do_HEAD(self) -> None:
        data = self.storage.files.get(urlsplit(self.path).path)
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Length", str(len(data or b"")))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()

    def serve(self, **extra: str) -> None:
        """The right answer."""
        data, etag = (
            self.storage.files.get(self.asked.path),
            self.storage.etags.get(self.asked.path, ""),
        )
        if data is None:
            self.reply(404, {}, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        condition = self.headers.get("if-range")
        start, end = self.asked.start, self.asked.end
        if not self.storage.ranges or start is None or (condition and condition != etag):
            self.reply(200, {"ETag": etag, **extra}, data)
        elif start >= len(data):
            self.reply(416, {"Content-Range": f"bytes */{len(data)}"}, b"")
        else:
            stop = min(end or len(data), len(data))
            where = f"bytes {start}-{stop - 1}/{len(data)}"
            self.reply(206, {"ETag": etag, "Content-Range": where, **extra}, data[start:stop])

    def reply(
        self, status: int, headers: Mapping[str, str], body: bytes, length: int | None = -1
    ) -> None:
        """Status, headers and body; ``length`` announces another length, None none at all (then the
        connection ends).
        """
        self.asked.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        self.pour(body)
        if length is not None and length > len(body):
            self.drop()

    def pour(self, body: bytes) -> None:
        view = memoryview(body)
        while view:
            count = self.request.send(view[: self.storage.block])
            self.asked.sent += count
            view = view[count:]
            if self.storage.pace:
                time.sleep(self.storage.pace)

    def drop(self) -> None:
        """Cut the connection without a word."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        return


@contextlib.contextmanager
def hostile(**options: Any) -> Iterator[Storage]:
    """A running server on loopback."""
    storage = Storage(**options)
    handler = type("BoundHandler", (Handler,), {"storage": storage})
    server = _Server(("127.0.0.1", 0), handler)
    storage.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield storage
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
