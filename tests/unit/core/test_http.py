"""The transport against a real server that misbehaves in every way a service can."""

from __future__ import annotations

import email.utils
import logging
import socket
import threading
import time
from collections.abc import Mapping

import pytest

from dinamis_qgis.core.errors import AuthError, Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http, origin, public_url, read_chunks
from tests.support.scripted import Answer, as_json, in_turn, scripted

MARK = "s3cr3t-value"


class Bearer:
    """Credentials of one origin; ``renewals`` counts."""

    def __init__(self, root: str, renewable: bool = True) -> None:
        self.root, self.renewable, self.renewals = root, renewable, 0

    def headers_for(self, url: str) -> Mapping[str, str]:
        return (
            {"Authorization": f"Bearer {MARK}{self.renewals}"}
            if origin(url) == origin(self.root)
            else {}
        )

    def renew(self, used: Mapping[str, str]) -> bool:
        self.renewals += 1
        return self.renewable


@pytest.fixture
def http():
    client = Http("test/1", timeout=(2, 5), backoff=0.01)
    yield client
    client.close()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def test_json_goes_through(http):
    with scripted(
        lambda seen: as_json({"path": seen.path, "agent": seen.headers["user-agent"]})
    ) as server:
        assert http.json("GET", server.root + "/a") == {"path": "/a", "agent": "test/1"}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_failures_are_retried(http, status):
    with scripted(in_turn(Answer(status), Answer(status), as_json([1]))) as server:
        assert http.json("GET", server.root) == [1]
        assert len(server.seen) == 3


def test_post_is_sent_once_unless_idempotent(http):
    with scripted(in_turn(Answer(503), as_json([1]))) as server:
        with pytest.raises(ServiceError):
            http.json("POST", server.root, json={})
        assert len(server.seen) == 1
        assert http.json("POST", server.root, json={"a": 1}, idempotent=True) == [1]


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_waited_for(http, as_date):
    value = email.utils.formatdate(time.time() + 2, usegmt=True) if as_date else "1"
    with scripted(in_turn(Answer(429, headers={"Retry-After": value}), as_json([]))) as server:
        start = time.monotonic()
        http.json("GET", server.root)
        assert time.monotonic() - start >= 0.9


def test_a_long_retry_after_is_said_at_once(http):
    with scripted(lambda _: Answer(429, headers={"Retry-After": "3600"})) as server:
        with pytest.raises(ServiceError) as caught:
            http.json("GET", server.root)
        assert caught.value.code == "busy"
        assert len(server.seen) == 1


def test_renewed_once_on_401(http):
    script = in_turn(Answer(401), as_json({"ok": True}))
    with scripted(script) as server:
        credentials = Bearer(server.root)
        assert http.json("GET", server.root, credentials=credentials) == {"ok": True}
        assert [s.headers["authorization"] for s in server.seen] == [
            f"Bearer {MARK}0",
            f"Bearer {MARK}1",
        ]


def test_401_for_ever_is_an_auth_error(http):
    with scripted(lambda _: Answer(401)) as server:
        with pytest.raises(AuthError):
            http.json("GET", server.root, credentials=Bearer(server.root))
        assert len(server.seen) == 2


def test_credentials_do_not_follow_to_another_origin(http):
    with scripted(lambda _: as_json([])) as other:
        target = other.root + "/elsewhere"
        with scripted(lambda _: Answer(302, headers={"Location": target})) as server:
            http.json(
                "GET",
                server.root,
                credentials=Bearer(server.root),
                headers={"access-key": MARK, "Accept": "a/b"},
            )
        headers = other.seen[0].headers
        assert "authorization" not in headers
        assert "access-key" not in headers
        assert headers["accept"] == "a/b"


def test_redirect_in_circles_ends(http):
    with (
        scripted(lambda seen: Answer(302, headers={"Location": seen.path + "x"})) as server,
        pytest.raises(ServiceError),
    ):
        http.json("GET", server.root + "/")


def test_cut_body_is_an_error(http):
    with scripted(lambda _: Answer(200, b"[" + b"1," * 1000 + b"1]", cut=500)) as server:
        with pytest.raises(NetworkError) as caught:
            http.json("GET", server.root)
        assert caught.value.code == "cut"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe\x00"])
def test_garbage_is_said(http, body):
    with scripted(lambda _: Answer(200, body)) as server:
        with pytest.raises(ServiceError) as caught:
            http.json("GET", server.root)
        assert caught.value.code == "garbage"


def test_service_down(http):
    with pytest.raises(NetworkError) as caught:
        http.json("GET", f"http://127.0.0.1:{free_port()}/x?X-Amz-Signature={MARK}")
    assert caught.value.code == "down"
    assert MARK not in caught.value.details + caught.value.sentence()


def test_unknown_name(http, monkeypatch):
    def fail(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    http.retries = 0
    with pytest.raises(NetworkError) as caught:
        http.json("GET", "https://service.invalid/")
    assert caught.value.code == "dns"
    assert "service.invalid" in caught.value.message


def test_silent_server_times_out(http):
    http.timeout, http.retries = (1, 0.2), 0
    release = threading.Event()
    with scripted(lambda _: Answer(200, hang=release)) as server:
        with pytest.raises(NetworkError) as caught:
            http.json("GET", server.root)
        release.set()
    assert caught.value.code == "timeout"


@pytest.mark.parametrize("answer", [Answer(503), Answer(200, b"1" * 10000, drip=0.05)])
def test_cancel_ends_waiting_and_reading(http, answer):
    http.backoff, http.retries = 30.0, 3
    cancel = Cancel()
    ended = threading.Event()
    with scripted(lambda _: answer) as server:

        def read():
            with pytest.raises(Cancelled):
                http.json("GET", server.root, cancel=cancel)
            ended.set()

        thread = threading.Thread(target=read)
        thread.start()
        while not server.seen:
            time.sleep(0.01)
        cancel.set()
        assert ended.wait(5)
        thread.join()


def test_body_has_a_limit(http):
    with scripted(lambda _: Answer(200, b"0" * 5000)) as server, pytest.raises(ServiceError):
        list(read_chunks(http.request("GET", server.root, stream=True), None, 1000, 2000))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "rejected"),
        (403, "forbidden"),
        (404, "missing"),
        (407, "proxy"),
        (418, "rejected"),
        (500, "service"),
    ],
)
def test_each_status_has_a_sentence(http, status, code):
    http.retries = 0
    body = b'{"detail": "see https://host/a?X-Amz-Signature=' + MARK.encode() + b'"}'
    with scripted(lambda _: Answer(status, body)) as server:
        with pytest.raises(DinamisError) as caught:
            http.json("GET", server.root + f"/?token={MARK}")
        error = caught.value
        assert (error.code, error.status) == (code, status)
        assert error.message
        assert MARK not in f"{error.message}{error.remedy}{error.details}{error!r}"
        assert "see https://host/a" in error.details


def test_nothing_secret_is_logged(http, caplog):
    caplog.set_level(logging.DEBUG)
    with scripted(in_turn(Answer(401), as_json([]))) as server:
        http.json("GET", server.root + "/plain", credentials=Bearer(server.root))
    assert MARK not in caplog.text


def test_proxies_are_asked_per_url():
    asked: list[str] = []
    with scripted(lambda _: as_json("by proxy")) as proxy:

        def proxies(url: str) -> Mapping[str, str]:
            asked.append(url)
            return {"http": proxy.root}

        client = Http("test/1", proxies=proxies, timeout=(2, 2))
        assert client.json("GET", "http://far.invalid/x") == "by proxy"
        client.close()
    assert asked == ["http://far.invalid/x"]
    assert proxy.seen[0].path == "http://far.invalid/x"


def test_origin_and_public_url():
    assert origin("HTTPS://Host.fr/x") == origin("https://host.fr:443/y")
    assert origin("http://host.fr") != origin("https://host.fr")
    assert (
        public_url("https://user:pw@host.fr:8443/a/b?X-Amz-Signature=1#f")
        == "https://host.fr:8443/a/b"
    )


def test_threads_end_while_the_client_is_closed():
    """Workers ask, let go and ask again while the plugin is unloaded: each ends with an answer or
    an error of ours.
    """
    faults: list[BaseException] = []

    def work(client: Http, root: str) -> None:
        try:
            while True:
                client.json("GET", root)
                client.release()
        except DinamisError:
            return
        except BaseException as error:
            faults.append(error)
        finally:
            client.release()

    with scripted(lambda seen: as_json(1)) as server:
        for _ in range(30):
            client = Http("test/1", retries=0)
            threads = [threading.Thread(target=work, args=(client, server.root)) for _ in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(0.005)
            client.close()
            for thread in threads:
                thread.join(20)
                assert not thread.is_alive()
            assert client._sessions == []
    assert not faults


def test_a_closed_client_opens_nothing(http):
    with scripted(lambda seen: as_json(1)) as server:
        http.json("GET", server.root)
        http.close()
        with pytest.raises(Cancelled):
            http.json("GET", server.root)
        assert len(server.seen) == 1
