"""What stops a request is told by its type: TLS, proxies, names that look like error texts."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Callable

import pytest

from dinamis_qgis.core.errors import Action, DinamisError, NetworkError
from dinamis_qgis.core.net import http as transport
from dinamis_qgis.core.net.failures import is_web_page, network_error
from dinamis_qgis.core.net.http import Http
from tests.support.protected import protected
from tests.support.scripted import Answer, as_json, scripted


@contextlib.contextmanager
def raw_server(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port where ``serve`` speaks with whoever connects; the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    serve(connection)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def plain_http(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def cut(connection: socket.socket) -> None:
    connection.recv(4096)


def alert(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"\x15\x03\x03\x00\x02\x02\x28")  # fatal, handshake_failure


@pytest.fixture
def http() -> Iterator[Http]:
    client = Http("test/1", timeout=(2, 5), backoff=0.01, retries=0)
    yield client
    client.close()


def failure(http: Http, url: str) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        http.json("GET", url)
    return caught.value


@pytest.mark.parametrize(
    ("serve", "code"), [(plain_http, "tls-plain"), (cut, "cut"), (alert, "tls-alert")]
)
def test_a_tls_failure_that_is_no_certificate(
    http: Http, serve: Callable[[socket.socket], None], code: str
) -> None:
    with raw_server(serve) as port:
        error = failure(http, f"https://127.0.0.1:{port}/")
    assert error.code == code
    assert "certificate" not in error.sentence()
    assert error.action is Action.RETRY


def test_an_authority_that_is_missing_leads_to_the_authentication_page(
    http: Http, tmp_path: Path
) -> None:
    with protected(lambda seen: as_json(1), tmp_path) as (server, certificate):
        error = failure(http, server.root + "/")
        assert (error.code, error.action) == ("tls", Action.OPEN_AUTHENTICATION_OPTIONS)
        assert error.unsent
        http.verify = certificate
        assert http.json("GET", server.root + "/") == 1


def test_an_authority_that_is_added_counts_at_once(http: Http, tmp_path: Path) -> None:
    with protected(lambda seen: as_json(1), tmp_path) as (server, certificate):

        def refresh() -> int:
            http.verify = certificate
            return 2

        http.refresh = refresh
        assert http.json("POST", server.root + "/", json={}) == 1


def test_a_wrong_password_of_the_proxy_over_https(http: Http) -> None:
    answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"

    def refuse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with raw_server(refuse) as port:
        http.proxies = lambda url: {"https": f"http://user:no@127.0.0.1:{port}"}
        error = failure(http, "https://far.invalid/x")
    assert (error.code, error.status) == ("proxy", 407)
    assert "password" in error.message
    assert error.unsent


def test_a_password_that_was_changed_is_used_at_once(http: Http) -> None:
    def proxy(seen):
        right = seen.headers.get("proxy-authorization") == "Basic bWU6cmlnaHQ="
        return as_json("through") if right else Answer(407)

    with scripted(proxy) as server:
        port = server.root.rpartition(":")[2]
        password = ["wrong"]
        http.proxies = lambda url: {"http": f"http://me:{password[0]}@127.0.0.1:{port}"}

        def refresh() -> int:
            password[0] = "right"
            return 1

        http.refresh = refresh
        assert http.json("POST", "http://far.invalid/x", json={}) == "through"
        assert len(server.seen) == 2


def test_settings_that_did_not_change_are_not_tried_twice(http: Http) -> None:
    with scripted(lambda seen: Answer(407)) as server:
        http.proxies = lambda url: {"http": f"http://127.0.0.1:{server.root.rpartition(':')[2]}"}
        http.refresh = lambda: 0
        error = failure(http, "http://far.invalid/x")
    assert error.code == "proxy"
    assert len(server.seen) == 1


def test_a_socks_proxy_says_what_is_missing(http: Http, monkeypatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    http.proxies = lambda url: {"https": "socks5h://127.0.0.1:1", "http": "socks5h://127.0.0.1:1"}
    error = failure(http, "https://far.invalid/x")
    assert error.code == "socks"
    assert "PySocks" in error.message


@pytest.mark.parametrize("host", ["resolve.example", "refused.example", "timed-out.example"])
def test_a_host_named_like_an_error_is_no_error(host: str) -> None:
    error = network_error(ConnectionResetError(f"{host}: reset"), f"https://{host}/")
    assert (error.code, error.unsent) == ("cut", False)


def test_a_redirect_makes_a_failure_uncertain(http: Http) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        target = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    with (
        scripted(lambda seen: Answer(303, headers={"Location": target})) as server,
        pytest.raises(NetworkError) as caught,
    ):
        http.json("POST", server.root + "/orders", params={"a": "b"})
    assert caught.value.code == "down"
    assert not caught.value.unsent


def test_the_page_after_an_order_says_nothing_of_the_order(http: Http) -> None:
    def script(seen):
        return Answer(404) if seen.method == "GET" else Answer(303, headers={"Location": "/see"})

    with scripted(script) as server, pytest.raises(DinamisError) as caught:
        http.json("POST", server.root + "/orders", json={})
    assert caught.value.status == 404
    assert caught.value.maybe_done


def test_an_order_is_not_repeated_elsewhere(http: Http) -> None:
    with scripted(lambda seen: as_json("stolen")) as other:
        target = other.root.replace("127.0.0.1", "localhost") + "/orders"
        with (
            scripted(lambda seen: Answer(307, headers={"Location": target})) as server,
            pytest.raises(DinamisError) as caught,
        ):
            http.json("POST", server.root + "/orders", json={"geometry": "secret"})
        assert caught.value.code == "redirect"
        assert other.seen == []


def test_the_names_of_codes_exist() -> None:
    assert {"proxy", "tls", "socks"} <= transport.SETTINGS_CODES


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html>",
        b"<!-- portal v2 --><!-- 2 -->\n<HTML>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
        b"<script>location='/login'</script>",
        b"<!--" + b"x" * 5000,
    ],
)
def test_a_page_is_known_by_its_beginning(body: bytes) -> None:
    assert is_web_page(body)


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"II*\x00", b'<?xml version="1.0"?><Error/>', b"<Error>", b"<!-- x --><Error/>"],
)
def test_data_is_no_page(body: bytes) -> None:
    assert not is_web_page(body)
