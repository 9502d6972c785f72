"""The gateway as GDAL meets it: a real HTTP client in front, a real storage behind."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dinamis_qgis.core.errors import AuthError, DinamisError, InvalidInput
from dinamis_qgis.core.imagery.cache import BLOCK
from dinamis_qgis.core.imagery.gateway import Gateway
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.imagery.upstream import ObjectChanged
from dinamis_qgis.core.net.http import CONNECTIONS, Http
from tests.support.scripted import Answer, Seen
from tests.support.storage import Login, StorageService, client, storage

PATH = "/bucket/PHR1B_20230812.tif"
DATA = bytes((i * 7 + i // 256) % 256 for i in range(256)) * 12_000  # 3 MB


@pytest.fixture
def service() -> Iterator[StorageService]:
    with storage({PATH: DATA, "/bucket/other.tif": b"other"}) as running:
        yield running


@pytest.fixture
def http_client() -> Iterator[Http]:
    with client(retries=0) as made:
        yield made


@pytest.fixture
def login() -> Login:
    return Login()


@pytest.fixture
def gateway(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> Iterator[Gateway]:
    made = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path / "blocks")
    yield made
    made.stop()


def ask(
    url: str, method: str = "GET", host: str | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.putrequest(method, parts.path, skip_host=True)
        connection.putheader("Host", host if host is not None else parts.netloc)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


# what is served
def test_ranges_are_served(service: StorageService, gateway: Gateway) -> None:
    url = gateway.url_for(service.href(PATH))
    for asked, start, stop in (
        ("bytes=0-16383", 0, 16384),
        (f"bytes={BLOCK - 1}-{BLOCK}", BLOCK - 1, BLOCK + 1),
        ("bytes=100-2000000", 100, 2_000_001),
        ("bytes=3000000-", 3_000_000, len(DATA)),
        ("bytes=-10", len(DATA) - 10, len(DATA)),
        ("bytes=3071999-9999999", 3_071_999, len(DATA)),
    ):
        status, headers, body = ask(url, Range=asked)
        assert (status, body) == (206, DATA[start:stop])
        assert headers["content-range"] == f"bytes {start}-{stop - 1}/{len(DATA)}"
        assert headers["content-length"] == str(stop - start)


def test_head_is_answered_from_a_ranged_get(service: StorageService, gateway: Gateway) -> None:
    status, headers, body = ask(gateway.url_for(service.href(PATH)), "HEAD")
    assert (status, body) == (200, b"")
    assert headers["content-length"] == str(len(DATA))
    assert headers["etag"] == '"one"'
    assert {seen.method for seen in service.reads} == {"GET"}


def test_the_whole_file_is_served_in_a_bounded_way(
    service: StorageService, gateway: Gateway
) -> None:
    assert ask(gateway.url_for(service.href(PATH)))[2] == DATA


def test_the_url_ends_with_the_file_s_own_name_and_holds_no_signature(
    service: StorageService, gateway: Gateway
) -> None:
    url = gateway.url_for(service.href(PATH))
    assert url.startswith("http://127.0.0.1:") and url.endswith("/PHR1B_20230812.tif")
    assert "X-Amz" not in url
    assert gateway.url_for(service.href(PATH)) == url
    assert gateway.href_for(url) == service.href(PATH)
    assert gateway.href_for(url + "x") is None
    assert gateway.href_for("https://example.org/") is None


@pytest.mark.parametrize(
    "bad",
    [
        "bytes=5-1",
        "bytes=9999999-",
        "bytes=a-b",
        "bytes=-",
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=-0",
    ],
)
def test_ranges_that_make_no_sense_are_416(
    service: StorageService, gateway: Gateway, bad: str
) -> None:
    status, headers, _ = ask(gateway.url_for(service.href(PATH)), Range=bad)
    assert status == 416
    assert headers["content-range"] == f"bytes */{len(DATA)}"


def test_an_empty_object_does_not_hang(service: StorageService, gateway: Gateway) -> None:
    service.objects["/bucket/empty.tif"], service.etags["/bucket/empty.tif"] = b"", '"e"'
    assert ask(gateway.url_for(service.href("/bucket/empty.tif")), "HEAD")[0] in (200, 502)


# sidecars and security
@pytest.mark.parametrize("suffix", [".aux.xml", ".ovr", ".msk", ".OVR", "f"])
def test_sidecar_probes_never_reach_the_storage(
    service: StorageService, gateway: Gateway, suffix: str
) -> None:
    url = gateway.url_for(service.href(PATH))
    for address in (
        url + suffix,
        url[:-4] + ".tfw",
        url.rpartition("/")[0] + "/",
        url.rpartition("/")[0],
        gateway.root,
    ):
        for method in ("HEAD", "GET"):
            assert ask(address, method)[0] == 404
    assert not service.server.seen


def test_an_unregistered_object_of_the_storage_does_not_exist(
    service: StorageService, gateway: Gateway
) -> None:
    url = gateway.url_for(service.href(PATH))
    assert ask(url.replace("PHR1B_20230812", "other"))[0] == 404
    assert not service.server.seen


def test_hosts_that_are_not_the_storage_are_refused(gateway: Gateway) -> None:
    for href in (
        "https://example.org/a.tif",
        "http://127.0.0.1:1/a.tif",
        "file:///etc/passwd",
        "ftp://x/y",
        "",
    ):
        with pytest.raises(InvalidInput):
            gateway.url_for(href)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "", "127.0.0.1", "127.0.0.1:1", "[::1]:80"]
)
def test_a_foreign_host_header_is_refused(
    service: StorageService, gateway: Gateway, host: str
) -> None:
    assert ask(gateway.url_for(service.href(PATH)), host=host)[0] == 403
    assert not service.server.seen


def test_the_prefix_cannot_be_guessed_or_left(service: StorageService, gateway: Gateway) -> None:
    url = gateway.url_for(service.href(PATH))
    parts = urlsplit(url)
    secret = parts.path.split("/")[1]
    assert len(secret) >= 32
    base = f"http://{parts.netloc}"
    for path in (
        "/",
        "/x",
        parts.path.replace(secret, secret[:-1] + "x"),
        parts.path.replace(secret, ""),
    ):
        assert ask(base + path)[0] in (400, 404)
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/\x00"):
        assert ask(f"{base}/{secret}{path}".replace("\x00", "%00"))[0] == 404
    assert not service.server.seen


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "PROPFIND", "BREW"]
)
def test_other_methods_are_refused(service: StorageService, gateway: Gateway, method: str) -> None:
    status, headers, body = ask(gateway.url_for(service.href(PATH)), method)
    assert status == 405 and headers["allow"] == "GET, HEAD"
    assert b"PHR1B" not in body
    assert not service.server.seen


@pytest.mark.parametrize(
    "raw",
    [
        b"garbage\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"GET /" + b"a" * 70000,
    ],
)
def test_raw_garbage_does_no_harm(service: StorageService, gateway: Gateway, raw: bytes) -> None:
    url = gateway.url_for(service.href(PATH))
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            continue
    assert ask(url, "HEAD")[0] == 200


def test_connections_are_kept(service: StorageService, gateway: Gateway) -> None:
    parts = urlsplit(gateway.url_for(service.href(PATH)))
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        local = None
        for path, status in ((parts.path, 206), (parts.path + ".ovr", 404), (parts.path, 206)):
            connection.request("GET", path, headers={"Range": "bytes=0-9"})
            answer = connection.getresponse()
            assert (answer.status, len(answer.read())) == (status, 10 if status == 206 else 0)
            assert local in (None, connection.sock.getsockname())
            local = connection.sock.getsockname()
    finally:
        connection.close()


# parallel, coalesced, cached
def test_a_large_range_is_split_over_connections(service: StorageService, gateway: Gateway) -> None:
    together, most, lock = [0], [0], threading.Lock()

    def slow(seen: Seen, true: Answer) -> None:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        time.sleep(0.05)
        with lock:
            together[0] -= 1

    service.fault = slow
    assert ask(gateway.url_for(service.href(PATH)), Range="bytes=0-2999999")[2] == DATA[:3_000_000]
    assert 4 <= most[0] <= CONNECTIONS


def test_readers_of_the_same_bytes_share_requests(
    service: StorageService, gateway: Gateway
) -> None:
    service.fault = lambda seen, true: time.sleep(0.05)
    url = gateway.url_for(service.href(PATH))
    with ThreadPoolExecutor(16) as pool:
        bodies = list(pool.map(lambda _: ask(url, Range="bytes=0-1999999")[2], range(16)))
    assert set(bodies) == {DATA[:2_000_000]}
    starts = [seen.headers["range"] for seen in service.reads]
    assert len(starts) == len(set(starts))
    assert gateway.metrics.bytes <= len(DATA)  # read-ahead included, no byte twice
    assert len(service.batches) == 1


def test_many_readers_at_random_places_get_the_right_bytes(
    service: StorageService, gateway: Gateway
) -> None:
    url = gateway.url_for(service.href(PATH))

    def read(n: int) -> bool:
        start = (n * 7919 * 13) % (len(DATA) - 1)
        stop = min(len(DATA), start + 1 + (n * 104729) % 500_000)
        return ask(url, Range=f"bytes={start}-{stop - 1}")[2] == DATA[start:stop]

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(read, range(150)))
    assert gateway.metrics.bytes <= len(DATA)  # no byte twice


def test_a_second_session_reads_from_disk(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    href = service.href(PATH)
    for session in range(2):
        gateway = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
        try:
            assert ask(gateway.url_for(href), Range="bytes=0-")[2] == DATA
            deadline = time.monotonic() + 5
            while session and gateway.metrics.bytes < 1 and time.monotonic() < deadline:
                time.sleep(0.01)
            assert gateway.metrics.bytes == (
                1 if session else len(DATA)
            )  # one byte to see that it is still the same
        finally:
            gateway.stop()


@pytest.mark.parametrize("harm", ["broken", "a folder", "gone"])
def test_blocks_the_disk_does_not_give_are_fetched_again(
    harm: str, service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    """What is there when a read begins may not be there, or not be right, when its turn comes."""
    first = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path / "blocks")
    assert ask(first.url_for(service.href(PATH)))[2] == DATA
    first.stop()
    for path in (tmp_path / "blocks").rglob("*.blk"):
        if harm == "broken":
            path.write_bytes(path.read_bytes()[::-1])
            continue
        path.unlink()
        if harm == "a folder":
            path.mkdir()
    second = Gateway(
        http_client, Signer(service.profile(), http_client, login), tmp_path / "blocks"
    )
    if harm == "gone":
        second.cache.has = lambda *_: True  # type: ignore[method-assign]
    try:
        assert (
            ask(second.url_for(service.href(PATH)), Range="bytes=100000-900000")[2]
            == DATA[100000:900001]
        )
        assert ask(second.url_for(service.href(PATH)))[2] == DATA
    finally:
        second.stop()


def test_a_sequential_reader_is_read_ahead_of(service: StorageService, gateway: Gateway) -> None:
    url = gateway.url_for(service.href(PATH))
    asked = 7  # beyond the beginning, which is fetched in any case
    for n in range(asked):
        ask(url, Range=f"bytes={n * BLOCK}-{(n + 1) * BLOCK - 1}")
    deadline = time.monotonic() + 10
    while gateway.metrics.bytes <= asked * BLOCK and time.monotonic() < deadline:
        time.sleep(0.01)
    assert gateway.metrics.bytes > asked * BLOCK


# signatures, versions
def test_reads_go_on_while_signatures_end(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    service.life = 1
    gateway = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
    try:
        url = gateway.url_for(service.href(PATH))
        for n in range(12):
            start = n * 2 * BLOCK
            assert ask(url, Range=f"bytes={start}-{start + 9}")[2] == DATA[start : start + 10]
            time.sleep(0.2)
        assert 2 <= len(service.batches) <= 8
        assert gateway.metrics.renewed == 0  # renewed before the end, not after a refusal
    finally:
        gateway.stop()


def test_a_refused_signature_is_renewed_once(service: StorageService, gateway: Gateway) -> None:
    url = gateway.url_for(service.href(PATH))
    ask(url, Range="bytes=0-9")
    service.expire()
    assert ask(url, Range="bytes=1000000-1000009")[2] == DATA[1_000_000:1_000_010]


def test_a_changed_file_is_never_mixed_and_comes_back_under_a_new_address(
    service: StorageService, gateway: Gateway
) -> None:
    heard: list[DinamisError] = []
    gateway.listeners.append(lambda href, error: heard.append(error))
    href = service.href(PATH)
    url = gateway.url_for(href)
    assert ask(url, Range="bytes=0-9")[0] == 206
    service.objects[PATH], service.etags[PATH] = DATA[::-1], '"two"'
    assert ask(url, Range="bytes=1000000-1000009")[0] == 410
    assert ask(url, Range="bytes=0-9")[0] == 410
    deadline = time.monotonic() + 5
    while not any(isinstance(error, ObjectChanged) for error in heard):
        assert time.monotonic() < deadline, "nobody was told"
        time.sleep(0.01)
    again = gateway.url_for(href)
    assert again != url
    assert ask(again, Range="bytes=0-9")[2] == DATA[::-1][:10]


def test_a_file_changed_since_yesterday_is_seen(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    href = service.href(PATH)
    first = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
    ask(first.url_for(href), Range="bytes=0-9")
    first.stop()
    service.objects[PATH], service.etags[PATH] = DATA[::-1], '"two"'
    second = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
    try:
        url, deadline = second.url_for(href), time.monotonic() + 10
        while ask(url, Range="bytes=0-9")[0] != 410 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert ask(second.url_for(href), Range="bytes=0-9")[2] == DATA[::-1][:10]
    finally:
        second.stop()


# failures
@pytest.mark.parametrize(("status", "told"), [(403, 403), (404, 404), (500, 502), (503, 502)])
def test_errors_of_the_storage_reach_gdal_as_such(
    service: StorageService, gateway: Gateway, status: int, told: int
) -> None:
    heard: list[tuple[str, DinamisError]] = []
    gateway.listeners.append(lambda href, error: heard.append((href, error)))
    service.fault = lambda seen, true: Answer(status)
    got = ask(gateway.url_for(service.href(PATH)), Range="bytes=0-9")[0]
    assert got in (told, 503)
    assert heard and heard[0][0] == service.href(PATH)


@pytest.mark.parametrize("known", [False, True])
def test_the_reason_is_heard_before_the_reader_is_answered(
    service: StorageService, gateway: Gateway, known: bool
) -> None:
    """GDAL tells no reason: what was heard when it gave up is what the person is told."""
    url, heard = gateway.url_for(service.href(PATH)), []
    if known:
        assert ask(url, "HEAD")[0] == 200

    def slowly(href: str, error: DinamisError) -> None:
        time.sleep(0.2)
        heard.append(error)

    gateway.listeners.append(slowly)
    service.fault = lambda seen, true: Answer(403)
    assert ask(url, Range="bytes=1500000-1500009")[0] == 403
    assert heard


def test_signed_out_is_401_at_once(service: StorageService, gateway: Gateway, login: Login) -> None:
    heard: list[DinamisError] = []
    gateway.listeners.append(lambda href, error: heard.append(error))
    login.signed_in = False
    assert ask(gateway.url_for(service.href(PATH)), "HEAD")[0] == 401
    assert isinstance(heard[0], AuthError)
    login.signed_in = True
    gateway.retry()
    assert ask(gateway.url_for(service.href(PATH)), "HEAD")[0] == 200


@pytest.mark.parametrize("why", ["signed out", "refused"])
def test_what_is_refused_is_not_served_from_the_cache(
    service: StorageService, gateway: Gateway, login: Login, why: str
) -> None:
    """Blocks on the disk are no way round a licence."""
    url = gateway.url_for(service.href(PATH))
    assert ask(url, Range="bytes=0-99")[2] == DATA[:100]
    if why == "signed out":
        login.signed_in = False
        gateway._upstream.signer.clear()
    service.fault = lambda seen, true: Answer(403)
    # one read beyond what is there tells; from then on nothing is given out
    assert ask(url, Range="bytes=2000000-2000099")[0] in (401, 403)
    assert ask(url, Range="bytes=0-99")[0] in (401, 403)
    login.signed_in, service.fault = True, None
    gateway.retry()
    assert ask(url, Range="bytes=0-99")[2] == DATA[:100]


def test_what_cannot_be_recognised_is_not_mixed_with_an_older_session(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    """Neither ETag nor date, replaced by a file of the same length."""

    def bare(seen: Seen, true: Answer) -> Answer:
        true.headers = {
            k: v for k, v in true.headers.items() if k.lower() not in ("etag", "last-modified")
        }
        return true

    service.fault = bare
    for data in (DATA, DATA[::-1]):
        service.objects[PATH] = data
        made = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
        try:
            assert ask(made.url_for(service.href(PATH)))[2] == data
        finally:
            made.stop()


def test_nodes_with_etags_of_their_own(service: StorageService, gateway: Gateway) -> None:
    number = iter(range(10_000))

    def node(seen: Seen, true: Answer) -> Answer:
        true.headers = {
            **{k: v for k, v in true.headers.items() if k.lower() not in ("etag", "last-modified")},
            "ETag": f'"node-{next(number) % 3}"',
            "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT",
        }
        return true

    service.fault = node
    for _ in range(20):
        with contextlib.suppress(http.client.IncompleteRead):
            answer = ask(gateway.url_for(service.href(PATH)))
            if answer[0] == 200 and answer[2] == DATA:
                break
    else:
        pytest.fail("changed for ever")


def test_offline_what_is_cached_is_served_and_the_rest_fails_at_once(
    service: StorageService, http_client: Http, login: Login, tmp_path: Path
) -> None:
    href = service.href(PATH)
    first = Gateway(http_client, Signer(service.profile(), http_client, login), tmp_path)
    ask(first.url_for(href), Range="bytes=0-99")
    first.file(href).opened()
    first.stop()
    service.server.stop()
    with client(retries=0) as fresh:
        gateway = Gateway(fresh, Signer(service.profile(), fresh, login), tmp_path)
        try:
            assert gateway.ready(href)
            url = gateway.url_for(href)
            assert ask(url, "HEAD")[0] == 200
            assert ask(url, Range="bytes=0-99")[2] == DATA[:100]
            while ask(url, Range="bytes=1000000-1000099")[0] != 503 or not gateway.breaker.is_open(
                href
            ):
                time.sleep(0.01)
            began = time.monotonic()
            for _ in range(20):
                assert ask(url, Range="bytes=2000000-2000099")[0] == 503
            assert time.monotonic() - began < 2
        finally:
            gateway.stop()


def test_a_cut_in_the_middle_of_a_body_is_seen_by_the_reader(
    service: StorageService, gateway: Gateway
) -> None:
    url = gateway.url_for(service.href(PATH))
    ask(url, Range="bytes=0-9")
    service.fault = (
        lambda seen, true: Answer(404)
        if int(seen.headers["range"][6:].partition("-")[0]) > 1_500_000
        else None
    )
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", parts.path, headers={"Range": "bytes=0-2999999"})
        answer = connection.getresponse()
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
    finally:
        connection.close()
    service.fault = None
    whole = b""
    for _ in range(
        20
    ):  # a piece that was on its way when the storage came back may still be missing once
        with contextlib.suppress(http.client.IncompleteRead):
            whole = ask(url, Range="bytes=0-2999999")[2]
            break
        time.sleep(0.1)
    assert whole == DATA[:3_000_000]


def test_a_reader_that_goes_away_harms_nobody(service: StorageService, gateway: Gateway) -> None:
    url = gateway.url_for(service.href(PATH))
    parts = urlsplit(url)
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", parts.port or 0)) as connection:
            connection.sendall(
                f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
            )
            connection.recv(10)
    assert ask(url, Range="bytes=0-99")[2] == DATA[:100]


def test_stopping_ends_what_hangs_and_leaves_nothing(
    service: StorageService, gateway: Gateway
) -> None:
    hang = threading.Event()
    url = gateway.url_for(service.href(PATH))
    ask(url, Range="bytes=0-9")
    service.fault = lambda seen, true: Answer(true.status, true.body, true.headers, hang=hang)
    before = len(service.reads)
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(ask, url, Range="bytes=1000000-1000009")
        while len(service.reads) == before:
            time.sleep(0.01)
        gateway.stop()
        with contextlib.suppress(OSError, http.client.HTTPException):  # cut before it could be told
            assert hanging.result(10)[0] == 503
        hang.set()
    assert gateway.root == ""
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=2)
    deadline = time.monotonic() + 10
    while (
        any(t.name.startswith("dinamis") for t in threading.enumerate())
        and time.monotonic() < deadline
    ):
        time.sleep(0.02)
    assert not [t.name for t in threading.enumerate() if t.name.startswith("dinamis")]
    gateway.stop()


def test_two_gateways_live_side_by_side(
    service: StorageService, gateway: Gateway, http_client: Http, tmp_path: Path
) -> None:
    other = Gateway(
        http_client, Signer(service.profile(), http_client, Login()), tmp_path / "blocks"
    )
    try:
        href = service.href(PATH)
        one, two = gateway.url_for(href), other.url_for(href)
        assert one != two
        assert ask(one, Range="bytes=0-9999")[2] == ask(two, Range="bytes=0-9999")[2]
        assert other.href_for(one) is None
    finally:
        other.stop()
