"""A real HTTP server on loopback whose answers a test writes down: for dialects, oddities and
faults.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable


@dataclass
class Seen:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What to send.

    ``cut`` closes the connection after that many bytes of the body; ``drip`` waits between bytes.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0.0
    hang: threading.Event | None = None


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(
        status, json.dumps(value).encode(), {"Content-Type": "application/json", **headers}
    )


Script = Callable[[Seen], Answer]


class ScriptedServer:
    """``root`` is its address, ``seen`` what came in; ``script`` answers and may be replaced at any
    time.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.seen: list[Seen] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                size = int(self.headers.get("content-length") or 0)
                seen = Seen(
                    self.command,
                    self.path,
                    {k.lower(): v for k, v in self.headers.items()},
                    self.rfile.read(size),
                )
                outer.seen.append(seen)
                self._send(outer.script(seen))

            def _send(self, answer: Answer) -> None:
                if answer.hang is not None:
                    answer.hang.wait(30)
                send = self.send_response_only if "Date" in answer.headers else self.send_response
                send(answer.status)
                for name, value in {
                    "Content-Length": str(len(answer.body)),
                    **answer.headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                body = answer.body if answer.cut is None else answer.body[: answer.cut]
                with contextlib.suppress(OSError):
                    if answer.drip:
                        for index in range(len(body)):
                            self.wfile.write(body[index : index + 1])
                            self.wfile.flush()
                            outer._stopped.wait(answer.drip)
                    elif self.command != "HEAD":
                        self.wfile.write(body)
                if answer.cut is not None:
                    self.close_connection = True

            do_GET = do_POST = do_HEAD = do_DELETE = _serve  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Quiet."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                """A client that went away is part of the tests."""

        self._stopped = threading.Event()
        self._server = Server(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextlib.contextmanager
def scripted(script: Script) -> Iterator[ScriptedServer]:
    """A running server, stopped at the end."""
    server = ScriptedServer(script)
    try:
        yield server
    finally:
        server.stop()


def in_turn(*answers: Answer) -> Script:
    """A script that gives the answers one after another, the last one for ever."""
    rest = list(answers)
    lock = threading.Lock()

    def script(_: Seen) -> Answer:
        with lock:
            return rest.pop(0) if len(rest) > 1 else rest[0]

    return script
