"""The training service for tests: in this process, on a free port; and the smallest of clients, on
the standard library.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from dinamis_qgis.sandbox.auth.auth import DEVICE_GRANT, PROTOCOL
from dinamis_qgis.sandbox.service import Options, Service, start_service
from dinamis_qgis.sandbox.web.web import Route


class LittleWorld:
    """Objects without a catalogue. ``objects``: "bucket/key" → (file, licence)."""

    def __init__(self, objects: Mapping[str, tuple[Path, str]]) -> None:
        self.objects = dict(objects)

    def file_for(self, bucket: str, key: str) -> Path | None:
        found = self.objects.get(f"{bucket}/{key}")
        return found[0] if found else None

    def licence_for(self, bucket: str, key: str) -> str:
        return self.objects[f"{bucket}/{key}"][1]


@contextmanager
def running_service(
    data: Path, world: Any = None, extra: Sequence[Route] = (), **options: Any
) -> Iterator[Service]:
    """The service over ``data`` with the small world, or ``world`` and ``extra``; ``options`` as in
    ``Options``.
    """
    with start_service(
        Options(**{"port": 0, "data": data, "small": True, **options}), world=world, extra=extra
    ) as service:
        yield service


@dataclass(frozen=True)
class Answer:
    """One answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    url: str,
    method: str = "GET",
    form: Any = None,
    data: Any = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 20,
) -> Answer:
    """One request on a connection of its own; ``form`` is sent URL-encoded, ``data`` as JSON."""
    parts = urlsplit(url)
    sent = dict(headers or {})
    body = None
    if form is not None:
        method, body = "POST", urlencode(form)
        sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
    elif data is not None:
        method, body = "POST", json.dumps(data)
        sent.setdefault("Content-Type", "application/json")
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    with closing(
        http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    ) as connection:
        connection.request(method, target, body, sent)
        response = connection.getresponse()
        return Answer(
            response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
        )


def send_raw(port: int, data: bytes, timeout: float = 20, half: bool = False) -> bytes:
    """Bytes sent as they are; everything the server says until it closes.

    ``half`` shuts the sending side after.
    """
    with socket.create_connection(("127.0.0.1", port), timeout) as connection:
        connection.sendall(data)
        if half:
            connection.shutdown(socket.SHUT_WR)
        said = b""
        try:
            while True:
                piece = connection.recv(65536)
                if not piece:
                    return said
                said += piece
        except ConnectionResetError:
            return said


def begin_login(service: Service, **form: str) -> Any:
    """The answer of the device endpoint."""
    fields = {"client_id": "gdal", "scope": "openid offline_access", **form}
    return ask(f"{service.root}{PROTOCOL}/auth/device", form=fields).json()


def poll(service: Service, device_code: str, **form: str) -> Answer:
    """One poll of the token endpoint."""
    fields = {"client_id": "gdal", "grant_type": DEVICE_GRANT, "device_code": device_code, **form}
    return ask(f"{service.root}{PROTOCOL}/token", form=fields)


def sign_in(service: Service, account: str = "technicien", **form: str) -> Any:
    """Tokens for ``account``, as if a person had approved the login."""
    login = begin_login(service, **form)
    pending = service.auth.logins.find(login["user_code"])
    if pending is not None:
        service.auth.logins.answer(pending, account)
    return poll(service, login["device_code"]).json()


def bearer(tokens: Any) -> dict[str, str]:
    """The header that shows an access token."""
    return {"Authorization": f"Bearer {tokens['access_token']}"}
