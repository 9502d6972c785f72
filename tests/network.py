"""The network as tests see it: loopback works, everything else is unplugged."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

_outside: list[str] = []
_getaddrinfo = socket.getaddrinfo
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def is_loopback(host: Any) -> bool:
    """Whether ``host`` (name or address, maybe bytes or None) is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
    if is_loopback(host):
        return _getaddrinfo(host, *args, **kwargs)
    raise socket.gaierror(socket.EAI_NONAME, f"tests use no network: {host}")


def _checked(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise OSError(101, f"tests use no network: {address[0]}")
        return real(self, address)

    return connect


def guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's sockets: names outside loopback do not resolve, addresses are unreachable."""
    monkeypatch.setattr(socket, "getaddrinfo", _resolve)
    monkeypatch.setattr(socket.socket, "connect", _checked(_connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _checked(_connect_ex))


def note_request(parameters: Any) -> None:
    """Slot of ``QgsNetworkAccessManager.requestAboutToBeCreated``: remembers hosts outside
    loopback.
    """
    url = parameters.request().url()
    if url.scheme() in ("http", "https") and not is_loopback(url.host()):
        _outside.append(url.host())


def take_outside_requests() -> list[str]:
    """The hosts QGIS was asked for since the last call."""
    seen, _outside[:] = list(_outside), []
    return seen
