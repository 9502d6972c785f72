"""A small STAPI service on loopback whose every fault is chosen by the test: what it takes, when it
answers, what it forgets.
"""

from __future__ import annotations

import copy
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

NUMBER = {"type": "number", "minimum": 0, "maximum": 100}


@dataclass
class Behaviour:
    """``before`` and ``after`` run when an order is about to be, and has just been, taken; they may
    sleep or raise Drop.
    """

    parameters: dict[str, Any] = field(
        default_factory=lambda: {
            "client_reference": {"type": "string"},
            "mode": {"enum": ["mono", "stereo"]},
            "title": {"type": "string"},
        }
    )
    queryables: dict[str, Any] = field(
        default_factory=lambda: {"eo:cloud_cover": NUMBER, "view:incidence_angle": NUMBER}
    )
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None
    status: int = 0
    orders_key: str = "features"
    page: int = 2
    links_base: str = ""
    ahead: timedelta = timedelta(0)
    """How far the service's clock is ahead."""
    dated: bool = True
    """Whether answers have a ``Date``."""
    listed: Callable[[dict[str, Any]], dict[str, Any]] = lambda order: order
    """How an order looks in the list."""
    detailed: Callable[[dict[str, Any]], dict[str, Any]] = lambda order: order
    """How it looks by itself."""
    circle: bool = False
    """The last page leads to the first."""
    hidden_s: float = 0.0
    """How long an order does not show in the list."""


class Drop(Exception):
    """Close the connection without an answer."""


class Scripted:
    """The service; ``orders`` is what it has taken, ``posts`` how many orders were sent to it."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.orders: list[dict[str, Any]] = []
        self.posts: list[dict[str, Any]] = []
        self.statuses: dict[str, list[dict[str, Any]]] = {}
        self.gets: list[str] = []
        self.taken_at: dict[str, float] = {}
        self.lock = threading.Lock()
        self.root = ""

    def take(self, product: str, body: dict[str, Any]) -> dict[str, Any]:
        order_id = uuid.uuid4().hex
        status = {"timestamp": moment(self.behaviour.ahead), "status_code": "received"}
        order = {
            "type": "Feature",
            "id": order_id,
            "geometry": body["geometry"],
            "properties": {
                "product_id": product,
                "created": moment(self.behaviour.ahead),
                "status": status,
                "search_parameters": {k: body.get(k) for k in ("datetime", "geometry", "filter")},
                "opportunity_properties": {},
                "order_parameters": body["order_parameters"],
            },
            "links": [
                {
                    "rel": "monitor",
                    "href": f"{self.behaviour.links_base or self.root}/orders/{order_id}/statuses",
                }
            ],
        }
        with self.lock:
            self.orders.append(order)
            self.taken_at[order_id] = time.monotonic()
            self.statuses[order_id] = [status]
        return order

    def set_status(self, order_id: str, code: str, reason: str = "") -> None:
        status = {"timestamp": moment(), "status_code": code, "reason_text": reason or None}
        with self.lock:
            self.statuses[order_id].append(status)
            next(o for o in self.orders if o["id"] == order_id)["properties"]["status"] = status


def moment(ahead: timedelta = timedelta(0)) -> str:
    return (datetime.now(timezone.utc) + ahead).isoformat().replace("+00:00", "Z")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Scripted

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def answer(self, data: Any, status: int = 200) -> None:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response_only(status)
        if self.service.behaviour.dated:
            now = time.time() + self.service.behaviour.ahead.total_seconds()
            self.send_header("Date", formatdate(now, usegmt=True))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        service, parts = self.service, urlsplit(self.path)
        service.gets.append(self.path)
        way = parts.path.strip("/").split("/")
        behaviour = service.behaviour
        if way == ["products"]:
            self.answer(
                {
                    "products": [{"id": "pleiades", "links": []}, {"id": "spot", "links": []}],
                    "links": [],
                }
            )
        elif way[-1] == "queryables":
            self.answer({"type": "object", "properties": behaviour.queryables})
        elif way[-1] == "order-parameters":
            self.answer(
                {
                    "type": "object",
                    "properties": behaviour.parameters,
                    "additionalProperties": False,
                }
            )
        elif way == ["orders"]:
            self.listing(int(parse_qs(parts.query).get("next", ["0"])[0]))
        elif way[0] == "orders" and way[-1] == "statuses":
            known = service.statuses.get(way[1])
            self.answer(
                {"statuses": known, "links": []} if known else {"detail": "no"},
                200 if known else 404,
            )
        else:
            found = next((o for o in service.orders if o["id"] == way[-1]), None)
            shown = behaviour.detailed(copy.deepcopy(found)) if found else None
            self.answer(shown or {"detail": "not found"}, 200 if shown else 404)

    def listing(self, start: int) -> None:
        service = self.service
        with service.lock:
            oldest = time.monotonic() - service.behaviour.hidden_s
            shown = [o for o in service.orders if service.taken_at[o["id"]] <= oldest]
            items = copy.deepcopy(shown[start : start + service.behaviour.page])
            items = [service.behaviour.listed(item) for item in items]
            more = start + service.behaviour.page < len(shown)
        base = service.behaviour.links_base or service.root
        links = (
            [{"rel": "next", "href": f"{base}/orders?next={start + service.behaviour.page}"}]
            if more
            else [{"rel": "next", "href": f"{base}/orders?limit=100"}]
            if service.behaviour.circle
            else []
        )
        self.answer({service.behaviour.orders_key: items, "links": links})

    def do_POST(self) -> None:
        service = self.service
        try:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        except (ValueError, OSError):
            self.close_connection = True
            return
        service.posts.append(body)
        behaviour = service.behaviour
        unknown = set(body.get("order_parameters", {"": 0})) - set(behaviour.parameters)
        if unknown or "order_parameters" not in body:
            self.answer(
                {"detail": [{"msg": f"Extra inputs are not permitted: {sorted(unknown)}"}]}, 422
            )
            return
        try:
            behaviour.before()
            if behaviour.status:
                self.answer({"detail": "no"}, behaviour.status)
                return
            order = service.take(self.path.strip("/").split("/")[1], body)
            behaviour.after()
        except Drop:
            self.close_connection = True
            return
        self.answer(order, 201)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, *_: object) -> None:
        """A killed client is no news."""


@contextmanager
def scripted() -> Iterator[Scripted]:
    """A running service on a free port."""
    service = Scripted()
    handler = type("Handler", (_Handler,), {"service": service})
    server = _Server(("127.0.0.1", 0), handler)
    service.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def nap(seconds: float) -> Callable[[], None]:
    return lambda: time.sleep(seconds)


def drop() -> None:
    raise Drop
