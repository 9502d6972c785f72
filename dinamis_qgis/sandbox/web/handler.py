"""One connection: bytes in, ``HttpRequest`` to the server's routes, ``Response`` out."""

from __future__ import annotations

import io
import logging
import socket
import time
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import parse_qs, unquote, urlsplit

from dinamis_qgis.sandbox.faults import Fault
from dinamis_qgis.sandbox.web.files import FileAnswer, file_answer
from dinamis_qgis.sandbox.web.line import Pace
from dinamis_qgis.sandbox.web.web import (
    METHODS,
    HttpProblem,
    HttpRequest,
    Response,
    Seen,
    problem_response,
)
from dinamis_qgis.sandbox.web.wire import Wire

if TYPE_CHECKING:
    from dinamis_qgis.sandbox.web.server import TrainingServer

if TYPE_CHECKING:
    from email.message import Message

log = logging.getLogger(__name__)
_NO_BODY = (204, 304)
_MAX_TARGET = 16384


class TrainingHandler(BaseHTTPRequestHandler):
    """HTTP/1.1 with keep-alive. Deadlines for every phase; what is wrong is answered in JSON."""

    protocol_version = "HTTP/1.1"
    server: TrainingServer

    def setup(self) -> None:
        self.connection = self.request
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.wire = Wire(self.connection, Pace(self.server.line, self.server.stopping))
        self.rfile: io.BufferedReader = io.BufferedReader(self.wire)
        self.wfile = cast(Any, self.wire)
        self.unread = False

    def handle(self) -> None:
        self.close_connection = True
        try:
            self.wire.pace.round_trip()  # the handshake of a new connection
            self.handle_one_request()
            while not self.close_connection and not self.server.stopping.is_set():
                self.handle_one_request()
        except OSError:
            log.debug("A client went away.")

    def finish(self) -> None:
        if self.unread:
            self.wire.linger()
        self.rfile.close()

    def handle_one_request(self) -> None:
        """Read one request and answer it; a silent client is left, a slow one is told 408."""
        limits = self.server.limits
        self.close_connection = True
        self.wire.allow(limits.idle)
        try:
            if not self.rfile.peek(1):
                return
        except socket.timeout:
            return
        self.unread = True
        self.requestline, self.request_version, self.command, self.path = (
            "",
            self.protocol_version,
            "",
            "",
        )
        self.wire.allow(limits.header)
        try:
            self.raw_requestline = self.rfile.readline(_MAX_TARGET + 1)
            if len(self.raw_requestline) > _MAX_TARGET:
                self.send_error(414)
            elif self.parse_request():
                self._serve()
        except socket.timeout:
            self.send_error(408)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library could not parse, told in JSON; the connection is closed."""
        self.close_connection = True
        self._send(problem_response(HttpProblem(code, HTTPStatus(code).phrase)), None)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the query may hold a signature. ``Server.seen`` keeps what tests need."""

    def _serve(self) -> None:
        try:
            request = self._request()
        except HttpProblem as problem:
            self.close_connection = True
            self._send(problem_response(problem), None)
            return
        self.unread = False
        fault = self.server.faults.take(request.method, request.path)
        if fault is not None:
            self._serve_damaged(request, fault)
            return
        response = self.server.dispatch(request)
        self.wire.pace.round_trip()
        self._send(response, request)

    def _serve_damaged(self, request: HttpRequest, fault: Fault) -> None:
        self.wire.pace.wait(fault.delay)
        lost = Seen(request.method, request.path, 0, time.time())
        if fault.refuse:
            self.close_connection = True
            self.server.seen.append(lost)
            return
        if fault.replaces:
            body = b'{"detail": "fault"}' if fault.body is None else fault.body
            response = Response(fault.status or 200, body, fault.content_type, dict(fault.headers))
        else:
            response = self.server.dispatch(request)
            response.headers.update(fault.headers)
        self.wire.pace.round_trip()
        if fault.drop:
            self.close_connection = True
            self.server.seen.append(lost)
            return
        self._send(response, request, fault.cut_after)

    def _request(self) -> HttpRequest:
        """The request, checked.

        Raises HttpProblem; the connection must then be closed, its body being unread.
        """
        headers = _read_headers(self.headers)
        try:
            target = urlsplit(self.path)
        except ValueError as error:
            raise HttpProblem(400, "The address is not valid.") from error
        self._check_host(headers, target.netloc)
        if self.command not in METHODS:
            raise HttpProblem(405, "Method Not Allowed", {"Allow": ", ".join(METHODS)})
        try:
            path = unquote(target.path, errors="strict")
            query = parse_qs(
                target.query, keep_blank_values=True, errors="strict", max_num_fields=500
            )
        except ValueError as error:
            raise HttpProblem(400, "The address is not valid.") from error
        if any(ord(character) < 32 for character in path):
            raise HttpProblem(400, "The address is not valid.")
        body = self._body(headers)
        return HttpRequest(self.command, path, query, headers, body, self.server.root, {})

    def _check_host(self, headers: dict[str, str], netloc: str) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) > 1 or (not hosts and self.request_version == "HTTP/1.1"):
            raise HttpProblem(400, "One Host header is needed.")
        named = {headers.get("host", "").lower()} | ({netloc.lower()} if netloc else set())
        if not named <= self.server.hosts:
            raise HttpProblem(421, "The training service answers to this machine only.")

    def _body(self, headers: dict[str, str]) -> bytes:
        limits = self.server.limits
        if "transfer-encoding" in headers:
            raise HttpProblem(411, "Length Required")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > 15:
            raise HttpProblem(400, "The Content-Length header is not valid.")
        if int(length) > limits.body_bytes:
            raise HttpProblem(413, "Content Too Large")
        self.wire.allow(limits.body)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise HttpProblem(400, "The body is shorter than announced.")
        return body

    def _send(
        self, response: Response, request: HttpRequest | None, cut_after: int | None = None
    ) -> None:
        answer = self._answer(response, request)
        head = _head_bytes(answer, self.close_connection or cut_after is not None)
        silent = answer.status in _NO_BODY or (request is not None and request.method == "HEAD")
        seen = Seen(
            *((request.method, request.path) if request else (self.command, "")),
            answer.status,
            time.time(),
        )
        self.server.seen.append(seen)
        self.wire.sent = seen.count
        if response.file is None or silent or answer.status >= 400:
            body = (
                b""
                if silent
                else b"".join(part for part in answer.parts if isinstance(part, bytes))
            )
            self.wire.write(head + body[:cut_after])
        else:
            with response.file.open("rb") as source:
                self.wire.write(head)
                self._send_parts(answer, source, cut_after)
        if cut_after is not None:
            self.close_connection = True

    def _answer(self, response: Response, request: HttpRequest | None) -> FileAnswer:
        """Status, headers and parts; a file that cannot be served becomes its own problem."""
        if response.file is not None and request is not None:
            try:
                answer = file_answer(response.file, request.headers, response.content_type)
                answer.headers.update(response.headers)
                return answer
            except HttpProblem as problem:
                response = problem_response(problem)
        headers = {"Content-Type": response.content_type, **response.headers}
        return FileAnswer(response.status, headers, [response.body])

    def _send_parts(self, answer: FileAnswer, source: BinaryIO, cut_after: int | None) -> None:
        left = answer.length if cut_after is None else min(cut_after, answer.length)
        for part in answer.parts:
            if isinstance(part, bytes):
                self.wire.write(part[:left])
                left -= min(left, len(part))
            else:
                self.wire.write_file(source, part[0], min(left, part[1]))
                left -= min(left, part[1])


def _read_headers(message: Message) -> dict[str, str]:
    """Lower-case names; repeated ones joined by a comma, as RFC 9110 allows."""
    headers: dict[str, str] = {}
    for name, value in message.items():
        key, text = name.lower(), str(value).strip()
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _head_bytes(answer: FileAnswer, closing: bool) -> bytes:
    """Status line and headers. Control characters, which would forge a header, are dropped."""
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Status"
    headers = {"Server": "dinamis-formation", "Date": formatdate(usegmt=True), **answer.headers}
    if answer.status in _NO_BODY:
        headers.pop("Content-Type", None)
    else:
        headers["Content-Length"] = str(answer.length)
    if closing:
        headers["Connection"] = "close"
    lines = [f"HTTP/1.1 {answer.status} {phrase}"]
    for name, value in headers.items():
        lines.append("".join(c for c in f"{name}: {value}" if c >= " "))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
