"""The HTTP server of the training service: loopback only, never a hang, never a traceback.

``dispatch`` knows no socket; ``TrainingHandler`` turns a connection into requests and answers into
bytes.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http.server import ThreadingHTTPServer
from typing import Any

from dinamis_qgis.sandbox.faults import Faults
from dinamis_qgis.sandbox.web.handler import TrainingHandler
from dinamis_qgis.sandbox.web.line import NetworkLine
from dinamis_qgis.sandbox.web.web import (
    HttpProblem,
    HttpRequest,
    Response,
    Route,
    Seen,
    problem_response,
)

log = logging.getLogger(__name__)

HOST = "127.0.0.1"


@dataclass(frozen=True)
class ClientLimits:
    """Seconds and bytes granted to a client."""

    idle: float = 75.0
    """Between two requests of a connection."""
    header: float = 10.0
    body: float = 30.0
    body_bytes: int = 4 << 20


class TrainingServer(ThreadingHTTPServer):
    """Serves ``routes`` on 127.0.0.1.

    Raises ValueError for another address, OSError when the port is taken.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"
    request_queue_size = 128

    def __init__(
        self,
        routes: Iterable[Route],
        port: int = 0,
        host: str = HOST,
        line: NetworkLine | None = None,
        limits: ClientLimits | None = None,
    ) -> None:
        if not _is_loopback(host):
            raise ValueError(f"The training service listens on {HOST} only.")
        self.routes = [(route, re.compile(route.pattern)) for route in routes]
        self.line = line or NetworkLine()
        self.limits = limits or ClientLimits()
        self.faults = Faults()
        self.seen: deque[Seen] = deque(maxlen=20000)
        self.stopping = threading.Event()
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._loop: threading.Thread | None = None
        super().__init__((host, port), TrainingHandler)
        self.port = int(self.server_address[1])
        self.root = f"http://{HOST}:{self.port}"
        self.hosts = {f"{name}:{self.port}" for name in (HOST, "localhost", "[::1]")}

    def server_bind(self) -> None:
        """Bind without the reverse name look-up of the standard library, which may take seconds
        without a network.
        """
        self.socket.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address)
        )
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def start(self) -> None:
        """Serve from a thread."""
        self._loop = threading.Thread(
            target=self.serve_forever, args=(0.2,), name="dinamis-training", daemon=True
        )
        self._loop.start()

    def stop(self, patience: float = 5.0) -> None:
        """Stop listening, cut the connections, and wait for their threads at most ``patience``
        seconds.
        """
        self.stopping.set()
        if self._loop is not None:
            self.shutdown()
            self._loop.join(patience)
        self.server_close()
        with self._lock:
            live = list(self._live)
        for connection in live:
            _cut_connection(connection)
        end = time.monotonic() + patience
        while self._live and time.monotonic() < end:
            time.sleep(0.01)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._live.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._live.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        gone = isinstance(sys.exc_info()[1], OSError)
        log.log(
            logging.DEBUG if gone else logging.ERROR,
            "A connection ended on an error.",
            exc_info=not gone,
        )

    def dispatch(self, request: HttpRequest) -> Response:
        """The answer to ``request``, whatever happens: a problem is JSON, an exception a 500
        without detail.
        """
        try:
            answer: object = self._route(request)
            if not isinstance(answer, Response):
                raise TypeError("A route answered with something else than a Response.")
            return answer
        except HttpProblem as problem:
            return problem_response(problem)
        except Exception:
            log.exception("The training service failed on %s %s", request.method, request.path)
            return problem_response(HttpProblem(500, "Internal Server Error"))

    def _route(self, request: HttpRequest) -> Response:
        allowed: set[str] = set()
        wanted = (request.method, "GET") if request.method == "HEAD" else (request.method,)
        candidates = []
        for route, pattern in self.routes:
            match = pattern.fullmatch(request.path)
            if match is None:
                continue
            allowed.add(route.method)
            if route.method in wanted:
                candidates.append((wanted.index(route.method), route, match))
        if candidates:
            _, route, match = min(candidates, key=lambda found: found[0])
            groups = {name: value or "" for name, value in match.groupdict().items()}
            return route.handler(replace(request, match=groups))
        if not allowed:
            raise HttpProblem(404, "Not Found")
        allow = {
            "Allow": ", ".join(
                sorted(allowed | {"OPTIONS"} | ({"HEAD"} if "GET" in allowed else set()))
            )
        }
        if request.method == "OPTIONS":
            return Response(204, headers=allow)
        raise HttpProblem(405, "Method Not Allowed", allow)


def _is_loopback(host: str) -> bool:
    # A name could resolve to anything later on; only the address itself is accepted.
    try:
        return ipaddress.ip_address(host) == ipaddress.ip_address(HOST)
    except ValueError:
        return False


def _cut_connection(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("A connection was already closed.")
