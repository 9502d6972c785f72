"""The server: routing, loopback only, malformed and half-sent requests, concurrency, stopping."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dinamis_qgis.sandbox.service import PREFERRED_PORT, Service
from dinamis_qgis.sandbox.web.server import ClientLimits, TrainingServer
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route, json_response
from tests.support.service import LittleWorld, ask, running_service, send_raw


def _echo(request: HttpRequest) -> Response:
    value = {
        "path": request.path,
        "query": dict(request.query),
        "match": dict(request.match),
        "method": request.method,
        "body": request.body.decode("latin-1"),
        "root": request.root,
        "x": request.headers.get("x-thing", ""),
    }
    return json_response(value)


def _boom(request: HttpRequest) -> Response:
    raise RuntimeError("the secret of the house")


def _teapot(request: HttpRequest) -> Response:
    raise HttpProblem(409, {"why": "because"}, {"X-Why": "1"})


def _read_json(request: HttpRequest) -> Response:
    return json_response({"got": request.json()})


EXTRA = (
    Route("GET", r"/echo(?:/(?P<name>[^/]+))?", _echo),
    Route("POST", r"/echo", _echo),
    Route("GET", r"/boom", _boom),
    Route("GET", r"/problem", _teapot),
    Route("POST", r"/json", _read_json),
    Route("GET", r"/bad-detail", lambda request: (_ for _ in ()).throw(HttpProblem(400, object()))),
    Route(
        "GET",
        r"/header",
        lambda request: Response(headers={"X-A": "a\r\nX-Forged: 1", "X-B": "é€"}),
    ),
    Route("GET", r"/not-a-response", lambda request: None),  # type: ignore[arg-type,return-value]
)
LIMITS = ClientLimits(idle=2.0, header=0.4, body=0.4, body_bytes=100_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(
        tmp_path_factory.mktemp("data"), LittleWorld({}), EXTRA, limits=LIMITS
    ) as running:
        yield running


def test_routes_get_decoded_requests(server: Service) -> None:
    got = ask(server.root + "/echo/d%C3%A9j%C3%A0?a=1&a=2&b=", headers={"X-Thing": "y"}).json()
    assert got["path"] == "/echo/déjà"
    assert got["match"] == {"name": "déjà"}
    assert got["query"] == {"a": ["1", "2"], "b": [""]}
    assert got["root"] == server.root
    assert got["x"] == "y"
    assert ask(server.root + "/echo").json()["match"] == {"name": ""}


def test_unknown_path_method_and_options(server: Service) -> None:
    missing = ask(server.root + "/nothing/here")
    assert (missing.status, missing.json()) == (404, {"detail": "Not Found"})
    wrong = ask(server.root + "/boom", "POST")
    assert wrong.status == 405
    assert wrong.headers["allow"] == "GET, HEAD, OPTIONS"
    options = ask(server.root + "/echo", "OPTIONS")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"):
        assert ask(server.root + "/echo", method).status == 405


def test_head_has_the_headers_of_get_and_no_body(server: Service) -> None:
    got, head = ask(server.root + "/echo/ab"), ask(server.root + "/echo/ab", "HEAD")
    assert head.status == 200
    assert head.body == b""
    assert (
        int(head.headers["content-length"]) == len(got.body) + 1
    )  # "HEAD" is one letter longer than "GET"


def test_an_exception_is_a_plain_500(server: Service, caplog: pytest.LogCaptureFixture) -> None:
    for path in ("/boom", "/not-a-response", "/bad-detail"):
        answer = ask(server.root + path)
        assert (answer.status, answer.json()) == (500, {"detail": "Internal Server Error"}), path
    assert "the training service failed on get /boom" in caplog.text.lower()


def test_a_problem_keeps_its_detail_and_headers(server: Service) -> None:
    answer = ask(server.root + "/problem")
    assert (answer.status, answer.json(), answer.headers["x-why"]) == (
        409,
        {"detail": {"why": "because"}},
        "1",
    )


def test_headers_cannot_be_forged(server: Service) -> None:
    answer = ask(server.root + "/header")
    assert "x-forged" not in answer.headers
    assert answer.headers["x-a"] == "aX-Forged: 1"
    assert answer.headers["x-b"] == "é?"


def test_keep_alive_serves_many_requests_on_one_connection(server: Service) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.connect()
    mine = connection.sock
    for number in range(20):
        connection.request("POST", "/echo", body=b"x" * number)
        response = connection.getresponse()
        assert len(json.loads(response.read())["body"]) == number
        assert connection.sock is mine
    connection.close()


def test_pipelined_requests_are_answered_in_order(server: Service) -> None:
    host = b"Host: 127.0.0.1:%d\r\n" % server.port
    first = b"GET /echo/one HTTP/1.1\r\n" + host + b"\r\n"
    last = b"GET /echo/two HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n"
    said = send_raw(server.port, first + last)
    assert said.count(b"HTTP/1.1 200") == 2
    assert said.index(b'"one"') < said.index(b'"two"')


def test_a_large_post_with_expect_is_told_to_continue(server: Service) -> None:
    head = (
        b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 3\r\nExpect: "
        b"100-continue\r\n" % server.port
    )
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(b"abc")
        assert b'"body": "abc"' in _all(connection)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "localhost", "example.org", ""])
def test_binds_to_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        TrainingServer([], 0, host)


def test_listens_on_no_other_address(server: Service) -> None:
    assert server.server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "lines",
    [
        "Host: example.org",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:1",
        "Host: 127.0.0.1.example.org:{port}",
        "Host: evil@127.0.0.1:{port}",
        "Host: ",
        "X-Forwarded-Host: 127.0.0.1:{port}\r\nHost: example.org:{port}",
    ],
)
def test_a_foreign_host_is_refused(server: Service, lines: str) -> None:
    request = f"GET /echo HTTP/1.1\r\n{lines.format(port=server.port)}\r\n\r\n"
    said = send_raw(server.port, request.encode())
    assert said.startswith(b"HTTP/1.1 421"), said
    assert b"Connection: close" in said


def test_host_must_come_once_and_match_the_target(server: Service) -> None:
    host = f"Host: 127.0.0.1:{server.port}\r\n"
    for request, status in (
        ("GET /echo HTTP/1.1\r\n\r\n", b"400"),
        (f"GET /echo HTTP/1.1\r\n{host}{host}\r\n", b"400"),
        (f"GET http://example.org/echo HTTP/1.1\r\n{host}\r\n", b"421"),
        (f"GET http://127.0.0.1:{server.port}/echo HTTP/1.0\r\n{host}\r\n", b"200"),
        (f"GET /echo HTTP/1.0\r\nHost: LOCALHOST:{server.port}\r\n\r\n", b"200"),
        ("GET /echo HTTP/1.0\r\n\r\n", b"421"),
    ):
        assert send_raw(server.port, request.encode()).split(b" ")[1] == status, request


MALFORMED = [
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),  # TLS
    (b"GET\r\n\r\n", b"400"),
    (b"GET /echo HTTP/1.1 extra\r\n\r\n", b"400"),
    (b"GET /echo FTP/1.1\r\n\r\n", b"400"),
    (b"GET /echo HTTP/9.9\r\n\r\n", b"505"),
    (b"GET /echo HTTP/x.y\r\n\r\n", b"400"),
    (b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: @\r\n\r\n", b"414"),
    (b"GET /echo HTTP/1.1\r\nHost: @\r\nX: " + b"a" * 70000 + b"\r\n\r\n", b"431"),
    (b"GET /echo HTTP/1.1\r\nHost: @\r\n" + b"X: 1\r\n" * 300 + b"\r\n", b"431"),
    (b"GET /%ff%fe HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"GET /echo%00 HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"GET /echo%0d%0a HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"GET /echo?a=%ff HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"GET /echo?" + b"a&" * 2000 + b" HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"GET http://[::1/echo HTTP/1.1\r\nHost: @\r\n\r\n", b"400"),
    (b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: -1\r\n\r\n", b"400"),
    (b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: 1e3\r\n\r\n", b"400"),
    (
        b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"400",
    ),
    (b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: 99999999999999999999\r\n\r\n", b"400"),
    (b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: 100001\r\n\r\n" + b"a" * 100001, b"413"),
    (
        b"POST /echo HTTP/1.1\r\nHost: @\r\nTransfer-Encoding: "
        b"chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"411",
    ),
    (
        b"POST /json HTTP/1.1\r\nHost: @\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{]}",
        b"400",
    ),
    (
        b"POST /json HTTP/1.1\r\nHost: @\r\nContent-Length: 2\r\nConnection: close\r\n\r\n\xff\xfe",
        b"400",
    ),
]


@pytest.mark.parametrize(("request_bytes", "status"), MALFORMED)
def test_malformed_requests_get_a_4xx_in_json(
    server: Service, request_bytes: bytes, status: bytes
) -> None:
    said = send_raw(server.port, request_bytes.replace(b"@", b"127.0.0.1:%d" % server.port))
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == status, said[:200]
    assert isinstance(json.loads(body)["detail"], str)
    assert b"Traceback" not in said
    assert ask(server.root + "/echo").status == 200


@pytest.mark.parametrize(
    "start",
    [
        b"GET /ec",
        b"GET /echo HTTP/1.1\r\nHost: 127",
        b"GET /echo HTTP/1.1\r\nHost: @\r\n",
        b"POST /echo HTTP/1.1\r\nHost: @\r\nContent-Length: 10\r\n\r\nabc",
    ],
)
def test_a_half_sent_request_is_told_so_and_left(server: Service, start: bytes) -> None:
    said = send_raw(server.port, start.replace(b"@", b"127.0.0.1:%d" % server.port))
    assert said.startswith(b"HTTP/1.1 408"), said
    assert json.loads(said.partition(b"\r\n\r\n")[2]) == {"detail": "Request Timeout"}


def test_a_body_cut_by_the_client_is_refused(server: Service) -> None:
    start = (
        b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 10\r\n\r\nabc" % server.port
    )
    assert send_raw(server.port, start, half=True).startswith(b"HTTP/1.1 400")


def test_a_dribbling_client_does_not_hold_a_thread(server: Service) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as connection:
        for byte in b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1":
            try:
                connection.sendall(bytes([byte]))
            except OSError:
                break
            time.sleep(0.03)
        assert _all(connection).startswith(b"HTTP/1.1 408")


def test_a_silent_connection_is_closed_without_a_word(server: Service) -> None:
    assert send_raw(server.port, b"") == b""


def test_twenty_threads_at_once(server: Service) -> None:
    def work(number: int) -> list[str]:
        return [
            ask(f"{server.root}/echo/{number}-{turn}").json()["match"]["name"] for turn in range(10)
        ]

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(work, range(20)))
    assert results == [[f"{number}-{turn}" for turn in range(10)] for number in range(20)]


def test_stopping_cuts_the_connections_and_leaves_no_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with running_service(tmp_path, LittleWorld({}), EXTRA) as service:
        idle = socket.create_connection(("127.0.0.1", service.port), 10)
        half = socket.create_connection(("127.0.0.1", service.port), 10)
        half.sendall(b"POST /echo HTTP/1.1\r\nHost")
        assert ask(service.root + "/echo").status == 200
    assert set(threading.enumerate()) <= before
    assert idle.recv(100) == b""
    assert _all(half) == b""
    idle.close()
    half.close()
    service.stop()  # twice is harmless
    with pytest.raises(ConnectionRefusedError):
        ask(service.root + "/echo")


def test_a_busy_preferred_port_falls_back_and_a_busy_asked_port_does_not(tmp_path: Path) -> None:
    with running_service(tmp_path / "a", LittleWorld({}), port=None) as one:
        with running_service(tmp_path / "b", LittleWorld({}), port=None) as two:
            assert two.port not in (one.port, PREFERRED_PORT)
            assert ask(two.root + "/signing/openapi.json").status == 200
        with (
            pytest.raises(OSError),
            running_service(tmp_path / "c", LittleWorld({}), port=one.port),
        ):
            pass


def test_a_restart_takes_its_port_again(tmp_path: Path) -> None:
    with running_service(tmp_path, LittleWorld({}), EXTRA) as service:
        port = service.port
        ask(service.root + "/echo")
    with running_service(tmp_path, LittleWorld({}), EXTRA, port=port) as again:
        assert ask(again.root + "/echo").status == 200


def test_what_was_seen_holds_no_query(server: Service) -> None:
    ask(server.root + "/echo/seen?X-Amz-Signature=abc")
    last = server.seen[-1]
    assert (last.method, last.path, last.status) == ("GET", "/echo/seen", 200)
    assert last.sent > 100
    assert "abc" not in repr(server.seen)


def _all(connection: socket.socket) -> bytes:
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
    except ConnectionResetError:
        pass
    return said
