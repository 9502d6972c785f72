"""Whatever the storage or the signing service answers, every reader gets an answer or an error of
ours, and the gateway goes on.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.imagery import peer
from dinamis_qgis.core.imagery.gateway import Gateway
from dinamis_qgis.core.imagery.pool import Pool
from dinamis_qgis.core.imagery.signing import Signer, life_s
from dinamis_qgis.core.net.cancel import Cancel
from tests.support.scripted import Answer, Seen
from tests.support.storage import Login, StorageService, client, storage

PATH, OTHER = "/bucket/odd.tif", "/bucket/well.tif"
DATA = bytes(range(256)) * 4000
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
ODD_HEADERS = [
    {"Content-Range": "bytes 0-131071/" + "9" * 5000},
    {"Content-Range": "bytes \u0660-\u0661/\u0662".encode().decode("latin-1")},
    {"Content-Range": "bytes -5--1/10"},
    {"Content-Range": "bytes 5-1/3"},
    {"ETag": '"' + "x" * 60_000 + '"'},
    {"ETag": "\ufffd".encode().decode("latin-1"), "Last-Modified": "9999-99-99"},
    {"Retry-After": "nan"},
    {"Retry-After": "1e400"},
    {"Content-Encoding": "gzip"},
    {"Location": "http://[", "Content-Length": "\u00b2"},
]

_EVERYBODYS = Path("/usr/bin/python3")
"""A Python that any user of the machine may run."""


@pytest.fixture
def service() -> Iterator[StorageService]:
    with storage({PATH: DATA, OTHER: DATA}) as running:
        yield running


@pytest.fixture
def gateway(service: StorageService, tmp_path: Path) -> Iterator[Gateway]:
    with client(retries=0) as http_client:
        made = Gateway(http_client, Signer(service.profile(), http_client, Login()), tmp_path)
        yield made
        made.stop()


def ask(url: str, **headers: str) -> tuple[int, bytes]:
    """Answered within a minute, or the connection's time-out fails the test."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=60)
    try:
        connection.request("GET", parts.path, headers=headers)
        with connection.getresponse() as answer:
            return answer.status, answer.read()
    except http.client.IncompleteRead as cut:
        return 0, cut.partial
    finally:
        connection.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of urllib3
@pytest.mark.parametrize("status", [206, 200, 302, 503])
@pytest.mark.parametrize("headers", ODD_HEADERS, ids=range(len(ODD_HEADERS)))
def test_odd_headers_hang_nobody(
    gateway: Gateway, service: StorageService, status: int, headers: dict[str, str]
) -> None:
    def odd(seen: Seen, answer: Answer) -> Answer | None:
        if PATH not in seen.path:
            return None
        return Answer(status, answer.body, {**answer.headers, **headers})

    service.fault = odd
    url = gateway.url_for(service.href(PATH))
    assert ask(url, Range="bytes=0-9")[0] in (0, 206, 401, 403, 404, 410, 416, 502, 503)
    service.fault = None
    gateway.retry()
    status_then, body = ask(gateway.url_for(service.href(OTHER)), Range="bytes=0-9")
    assert (status_then, body) == (206, DATA[:10]), "others are still read"


def test_a_fault_of_ours_leaves_nobody_waiting(
    gateway: Gateway, service: StorageService, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = gateway.url_for(service.href(PATH))
    whole = gateway.cache.put
    monkeypatch.setattr(gateway.cache, "put", lambda *given: 1 / 0)
    for span in ("bytes=0-9", "bytes=500000-600000", "bytes=0-"):
        assert ask(url, Range=span)[0] in (0, 502)
    monkeypatch.setattr(gateway.cache, "put", whole)
    gateway.retry()
    assert ask(url, Range="bytes=0-999999")[1] == DATA[:1_000_000]


def test_a_listener_that_fails_leaves_nobody_waiting(
    gateway: Gateway, service: StorageService
) -> None:
    url = gateway.url_for(service.href(PATH))
    gateway.listeners.append(lambda href, error: 1 / 0)
    service.objects.pop(PATH)
    assert ask(url, Range="bytes=0-9")[0] in (404, 502)


def test_work_that_raises_ends_no_thread() -> None:
    pool, done = Pool(1), threading.Event()
    pool.submit(lambda: 1 / 0)
    pool.submit(done.set)
    assert done.wait(30)
    pool.stop()


def test_a_reader_that_gave_up_does_not_wait(gateway: Gateway, service: StorageService) -> None:
    answering, cancel, outcome = threading.Event(), Cancel(), []

    def silent(seen: Seen, answer: Answer) -> Answer | None:
        answering.wait(60)
        return None

    service.fault = silent
    file = gateway.file(service.href(PATH))

    def read() -> None:
        try:
            file.head(cancel)
        except DinamisError as error:
            outcome.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    cancel.set()
    for reader in readers:
        reader.join(30)
    answering.set()
    assert len(outcome) == 2 and all(isinstance(error, Cancelled) for error in outcome)


@pytest.mark.parametrize("told", ["nan", "inf", "-inf", "1e999", "", "9" * 5000, "\u0663"])
def test_lives_that_make_no_sense(told: str) -> None:
    href = f"https://h.example/x?X-Amz-Date=20260101T000000Z&X-Amz-Expires={told}"
    for expiry in (None, 3, "", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "x" * 99):
        assert life_s(href, expiry, NOW) >= 0


@pytest.mark.parametrize(
    "answer",
    [b"[]", b"{}", b"null", b'{"hrefs": []}', b'{"hrefs": {}, "expiry": 1e999}', b"\xff", b"[" * 9999],
)  # fmt: skip
def test_odd_answers_of_the_signing_service(
    service: StorageService, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_sign", lambda seen: Answer(200, answer))
    with client(retries=0) as http_client:
        signer = Signer(service.profile(), http_client, Login())
        with pytest.raises(DinamisError):
            signer.signed(service.href(PATH))


@pytest.mark.parametrize("host", ["evil.example", "storage.evil.example", "127.0.0.1:1"])
def test_a_signed_address_of_elsewhere_is_not_used(
    service: StorageService, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign(seen: Seen) -> Answer:
        own = urlsplit(service.root).netloc
        hrefs = dict.fromkeys(seen.json()["urls"], rf"http://{host}\@{own}/x?X-Amz-Signature=a")
        return Answer(200, json.dumps({"hrefs": hrefs}).encode())

    monkeypatch.setattr(service, "_sign", sign)
    with client(retries=0) as http_client, pytest.raises(DinamisError):
        Signer(service.profile(), http_client, Login()).signed(service.href(PATH))


def test_a_range_of_digits_is_refused(gateway: Gateway, service: StorageService) -> None:
    url = gateway.url_for(service.href(PATH))
    for span in ("9" * 5000 + "-", "0-" + "9" * 5000, "\u00b2-"):
        assert ask(url, Range=f"bytes={span}")[0] == 416


# who is answered
def test_the_token_of_a_file_opens_no_other(gateway: Gateway, service: StorageService) -> None:
    one, two = gateway.url_for(service.href(PATH)), gateway.url_for(service.href(OTHER))
    own, other = one.split("/")[3], two.split("/")[3]
    assert own != other and len(own) == 32
    assert ask(one, Range="bytes=0-9")[0] == 206
    assert ask(two.replace(other, own), Range="bytes=0-9")[0] == 404
    assert ask(one.replace(own, "A" * 32), Range="bytes=0-9")[0] == 404
    assert own not in gateway.hide(f"x {one} {one.replace(':', '%3A')}")
    assert gateway.hide(f"x {one}").count("closed") == 1


TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:{port:04X} 0100007F:{client:04X} 01 00000000:00000000 00:00000000 00000000  77 0 1
   1: 0100007F:{client:04X} 0100007F:{port:04X} 01 00000000:00000000 00:00000000 00000000 {uid} 0 2
"""


@pytest.mark.parametrize("table", ["tcp", "tcp6"])
def test_whose_process_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    there = ("127.0.0.1", 50_000)

    def write(uid: int) -> None:
        text = TABLE.format(port=40_001, client=50_000, uid=uid)
        text = (
            text.replace("0100007F:", "0000000000000000FFFF00000100007F:") if "6" in table else text
        )
        (tmp_path / table).write_text(text)

    write(os.geteuid())
    assert peer.is_same_user(there, 40_001, tmp_path)
    assert not peer.is_same_user(("127.0.0.1", 50_001), 40_001, tmp_path), "not there: not ours"
    write(os.geteuid() + 1)
    assert not peer.is_same_user(there, 40_001, tmp_path)
    (tmp_path / table).unlink()
    assert peer.is_same_user(there, 40_001, tmp_path), "a system that does not say"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
def test_the_kernel_and_its_table_say_the_same() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as there:
            client_port = there.getsockname()[1]
            assert peer.ask_kernel(client_port, port) in (os.geteuid(), None)
            table = Path("/proc/net/tcp").read_text("ascii")
            assert peer._socket_owner(table, client_port, port) == os.geteuid()
            assert peer.is_same_user(("127.0.0.1", client_port), port)
        assert not peer.is_same_user(("127.0.0.1", 1), port)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0 or not _EVERYBODYS.exists(),
    reason="becomes another user, who needs a Python",
)
def test_another_user_of_the_machine_gets_nothing(
    gateway: Gateway, service: StorageService
) -> None:
    url = gateway.url_for(service.href(PATH))
    script = (
        "import os, sys, urllib.request as u, urllib.error as e\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "try:\n print(u.urlopen(sys.argv[1]).status)\nexcept e.HTTPError as error:\n print(error.code)"
    )
    ran = subprocess.run(
        [str(_EVERYBODYS), "-I", "-c", script, url], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "403"
    assert ask(url, Range="bytes=0-9") == (206, DATA[:10])
