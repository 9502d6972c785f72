"""What a route of the training service receives and answers: plain data, so that routes are
testable without a socket.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

log = logging.getLogger(__name__)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class HttpRequest:
    """One HTTP request.

    ``path`` is decoded, without the query; ``root`` is the service's base URL, no trailing slash.
    """

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    """Keys in lower case."""
    body: bytes = field(repr=False)
    root: str
    match: Mapping[str, str]
    """Named groups of the route's pattern."""

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        values = self.query.get(name)
        return values[0] if values else default

    def json(self) -> Any:
        """The body as JSON. Raises HttpProblem 400 when it is not."""
        try:
            return json.loads(self.body or b"null")
        except ValueError as error:
            raise HttpProblem(400, "The body is not valid JSON.") from error

    def bearer(self) -> str:
        """The bearer credential of the Authorization header, or an empty text."""
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        return value.strip() if scheme.lower() == "bearer" else ""


@dataclass
class Response:
    """One HTTP answer; ``file`` (with ranges served by the server) excludes ``body``."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    file: Path | None = None


class HttpProblem(Exception):
    """A 4xx or 5xx answer with a message; rendered as FastAPI does: ``{"detail": …}``."""

    def __init__(self, status: int, detail: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(detail))
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


Handler = Callable[[HttpRequest], Response]


@dataclass(frozen=True)
class Route:
    """``pattern`` is a regular expression matched in full against the path."""

    method: str
    pattern: str
    handler: Handler


def json_response(
    value: Any, status: int = 200, content_type: str = "application/json"
) -> Response:
    """``value`` as UTF-8 JSON."""
    return Response(status, json.dumps(value, ensure_ascii=False).encode(), content_type)


def path_parameters(path: str) -> list[dict[str, Any]]:
    """The parameters of an OpenAPI path (``/orders/{orderId}``), all texts."""
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


@dataclass
class Seen:
    """One request as answered; no query, no header: nothing secret.

    ``sent`` counts the bytes of the answer so far.

    ``status`` 0: the connection was closed without an answer, by a fault.
    """

    method: str
    path: str
    status: int
    at: float
    sent: int = 0

    def count(self, sent: int) -> None:
        """So many bytes more."""
        self.sent += sent


def problem_response(problem: HttpProblem) -> Response:
    """The answer for a problem, as FastAPI writes it. A detail that is not JSON becomes a 500."""
    try:
        body = json_response({"detail": problem.detail}, problem.status)
    except (TypeError, ValueError):
        log.exception("A problem had a detail that is not JSON.")
        return Response(500, json.dumps({"detail": "Internal Server Error"}).encode())
    body.headers.update(problem.headers)
    return body
