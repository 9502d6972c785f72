"""Ranged reads of a storage that misbehaves in every way storages and proxies do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Callable

import pytest

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.imagery import upstream as module
from dinamis_qgis.core.imagery.breaker import Breaker
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.imagery.upstream import ObjectChanged, Upstream, Version
from dinamis_qgis.core.net.http import Cancel, Http
from tests.support.scripted import Answer, Seen, scripted
from tests.support.storage import Login, StorageService, client, storage

DATA = bytes(range(256)) * 1600  # 400 KB
PATH = "/bucket/a.tif"


@pytest.fixture
def service() -> Iterator[StorageService]:
    with storage({PATH: DATA}) as running:
        yield running


@pytest.fixture
def http() -> Iterator[Http]:
    with client(retries=0) as made:
        yield made


@pytest.fixture
def upstream(service: StorageService, http: Http) -> Upstream:
    return Upstream(http, Signer(service.profile(), http, Login()), Breaker(threshold=100))


@pytest.fixture
def read(service: StorageService, upstream: Upstream) -> Callable[..., bytes]:
    def run(start: int = 0, stop: int = len(DATA), expected: Version | None = None) -> bytes:
        out = bytearray()
        upstream.fetch(service.href(PATH), start, stop, out.extend, Cancel(), expected)
        return bytes(out)

    return run


def times(
    count: int, answer: Callable[[Seen, Answer], Answer]
) -> Callable[[Seen, Answer], Answer | None]:
    """A fault that strikes ``count`` times."""
    left = [count]

    def fault(seen: Seen, true: Answer) -> Answer | None:
        left[0] -= 1
        return answer(seen, true) if left[0] >= 0 else None

    return fault


def test_exactly_the_bytes_asked_for(service: StorageService, read: Callable[..., bytes]) -> None:
    assert read(1000, 70000) == DATA[1000:70000]
    assert read(len(DATA) - 10, len(DATA) + 5000) == DATA[-10:]
    assert read(0, 1) == DATA[:1]
    assert all("identity" in seen.headers["accept-encoding"] for seen in service.reads)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_errors_that_pass_are_tried_again(
    service: StorageService, read: Callable[..., bytes], status: int
) -> None:
    service.fault = times(2, lambda seen, true: Answer(status))
    assert read() == DATA


@pytest.mark.parametrize("status", [500, 503])
def test_errors_that_stay_are_told(
    service: StorageService, read: Callable[..., bytes], status: int
) -> None:
    service.fault = times(99, lambda seen, true: Answer(status))
    with pytest.raises(ServiceError) as caught:
        read()
    assert caught.value.status == status
    assert len(service.reads) == module.TRIES


def test_retry_after_is_obeyed_or_given_up_when_long(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    service.fault = times(1, lambda seen, true: Answer(503, headers={"Retry-After": "0"}))
    assert read() == DATA
    service.fault = times(99, lambda seen, true: Answer(503, headers={"Retry-After": "3600"}))
    before = len(service.reads)
    with pytest.raises(ServiceError):
        read()
    assert len(service.reads) == before + 1


def test_a_cut_body_continues_where_it_stopped(
    service: StorageService, upstream: Upstream, read: Callable[..., bytes]
) -> None:
    def cut(seen: Seen, true: Answer) -> Answer:
        return Answer(true.status, true.body, true.headers, cut=100_000)

    service.fault = times(3, cut)
    assert read() == DATA
    starts = [
        int(seen.headers["range"].partition("=")[2].partition("-")[0]) for seen in service.reads
    ]
    assert starts == sorted(set(starts))
    assert upstream.metrics.bytes == len(DATA)


def test_a_body_cut_at_once_every_time_ends(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    service.fault = times(
        99, lambda seen, true: Answer(true.status, true.body, true.headers, cut=10)
    )
    with pytest.raises(NetworkError):
        read()
    assert len(service.reads) == module.TRIES


def test_403_renews_the_signature_once(
    service: StorageService, upstream: Upstream, read: Callable[..., bytes]
) -> None:
    assert read(0, 10) == DATA[:10]
    service.expire()
    assert read(10, 20) == DATA[10:20]
    assert upstream.metrics.renewed == 1
    assert len(service.batches) == 2


def test_403_that_stays_is_a_licence_error(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    service.fault = times(
        99, lambda seen, true: Answer(403, b"<Error><Code>AccessDenied</Code></Error>")
    )
    with pytest.raises(LicenceError) as caught:
        read()
    assert "AccessDenied" in caught.value.details
    assert "X-Amz" not in caught.value.details + str(caught.value)
    assert len(service.reads) == 2


def test_what_is_refused_is_not_asked_for_again_and_again(
    service: StorageService, upstream: Upstream, read: Callable[..., bytes]
) -> None:
    service.fault = times(99, lambda seen, true: Answer(403))
    said = []
    for start in range(0, 50_000, 1000):
        with pytest.raises(LicenceError) as caught:
            read(start, start + 10)
        said.append((caught.value.message, caught.value.remedy))
    assert len(service.reads) == 2 and len(service.batches) == 2
    assert len(set(said)) == 1
    service.fault = None
    upstream.forgive()
    assert read(0, 10) == DATA[:10]


def test_a_missing_object_is_told_at_once(
    service: StorageService, http: Http, upstream: Upstream
) -> None:
    with pytest.raises(ServiceError) as caught:
        upstream.fetch(service.href("/bucket/none.tif"), 0, 10, lambda _: None, Cancel())
    assert caught.value.status == 404
    assert len(service.reads) == 1


def test_a_small_object_without_ranges_is_followed(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    service.fault = times(99, lambda seen, true: Answer(200, DATA, {"ETag": '"one"'}))
    assert read(100, 5000) == DATA[100:5000]
    assert read(len(DATA) - 7, len(DATA)) == DATA[-7:]


def test_a_large_object_without_ranges_is_refused_before_it_flows(
    service: StorageService,
    upstream: Upstream,
    read: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "WHOLE_LIMIT", 1000)
    service.fault = times(99, lambda seen, true: Answer(200, DATA, {"ETag": '"one"'}))
    with pytest.raises(ServiceError):
        read(100, 5000)
    assert upstream.metrics.bytes == 0


@pytest.mark.parametrize(
    "content_range",
    [
        "bytes 5-1003/409600",
        "bytes 0-10/409600",
        "bytes 0-999/*",
        "garbage",
        "",
        "bytes 0-409599/409600",
        "items 0-999/409600",
    ],
)
def test_a_wrong_content_range_is_not_believed(
    service: StorageService, read: Callable[..., bytes], content_range: str
) -> None:
    def wrong(seen: Seen, true: Answer) -> Answer:
        return Answer(206, true.body, {"ETag": '"one"', "Content-Range": content_range})

    service.fault = times(1, wrong)
    assert read(0, 1000) == DATA[:1000]
    service.fault = times(99, wrong)
    with pytest.raises(ServiceError) as caught:
        read(0, 1000)
    assert caught.value.code == "nonsense"


def test_another_version_is_never_mixed_in(
    service: StorageService, upstream: Upstream, read: Callable[..., bytes]
) -> None:
    version = upstream.fetch(service.href(PATH), 0, 10, lambda _: None, Cancel())
    assert read(10, 20, version) == DATA[10:20]
    service.etags[PATH] = '"two"'
    with pytest.raises(ObjectChanged):
        read(20, 30, version)


def test_the_sign_in_page_of_a_network_is_no_new_version(
    service: StorageService, upstream: Upstream, read: Callable[..., bytes]
) -> None:
    version = upstream.fetch(service.href(PATH), 0, 10, lambda _: None, Cancel())
    page = Answer(200, b"<html>Sign in</html>", {"Content-Type": "text/html; charset=utf-8"})
    for expected in (version, None):
        service.fault = times(1, lambda seen, true: page)
        with pytest.raises(NetworkError) as caught:
            read(20, 30, expected)
        assert caught.value.code == "page"
    assert read(20, 30, version) == DATA[20:30]


def test_the_version_changing_in_the_middle_of_a_cut_read_is_seen(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    def cut(seen: Seen, true: Answer) -> Answer:
        service.etags[PATH] = '"two"'
        return Answer(true.status, true.body, true.headers, cut=100_000)

    service.fault = times(1, cut)
    with pytest.raises(ObjectChanged):
        read()


@pytest.mark.parametrize("target", ["https://evil.example/x", "http://127.0.0.1:1/x"])
def test_a_redirect_that_leaves_the_storage_is_not_followed(
    service: StorageService, read: Callable[..., bytes], target: str
) -> None:
    service.fault = times(99, lambda seen, true: Answer(302, headers={"Location": target}))
    with pytest.raises(ServiceError) as caught:
        read()
    assert caught.value.code == "redirect"
    assert len(service.reads) == 1


def test_the_other_origin_of_a_redirect_hears_nothing(
    service: StorageService, read: Callable[..., bytes]
) -> None:
    with scripted(lambda seen: Answer(206, b"evil")) as other:
        service.fault = times(
            99, lambda seen, true: Answer(307, headers={"Location": other.root + PATH})
        )
        with pytest.raises(ServiceError):
            read()
        assert not other.seen


def test_open_products_are_read_without_an_account(service: StorageService, http: Http) -> None:
    anonymous = Upstream(http, Signer(service.profile(), http, Login(signed_in=False)))
    service.fault = lambda seen, true: Answer(
        206, DATA[:10], {"Content-Range": f"bytes 0-9/{len(DATA)}"}
    )
    out = bytearray()
    anonymous.fetch(service.href(PATH), 0, 10, out.extend, Cancel())
    assert out == DATA[:10]
    service.fault = None
    with pytest.raises(AuthError):
        anonymous.fetch(service.href(PATH), 0, 10, out.extend, Cancel())


def test_a_drip_is_given_up(
    service: StorageService, read: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.2)
    monkeypatch.setattr(module, "SLOWEST_BYTES_S", 1_000_000)
    monkeypatch.setattr(module, "PROGRESS", 1 << 30)
    monkeypatch.setattr(module, "PIECE", 64)
    service.fault = times(
        99, lambda seen, true: Answer(true.status, true.body, true.headers, drip=0.001)
    )
    with pytest.raises(NetworkError) as caught:
        read(0, 70000)
    assert caught.value.code == "timeout"


def test_cancelling_ends_a_read_that_hangs(service: StorageService, upstream: Upstream) -> None:
    hang, cancel = threading.Event(), Cancel()
    service.fault = lambda seen, true: Answer(true.status, true.body, true.headers, hang=hang)
    ended: list[DinamisError] = []

    def run() -> None:
        try:
            upstream.fetch(service.href(PATH), 0, 10, lambda _: None, cancel)
        except DinamisError as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not service.reads:
        time.sleep(0.01)
    cancel.set()
    thread.join(5)
    hang.set()
    assert not thread.is_alive()
    assert isinstance(ended[0], Cancelled)


def test_the_breaker_answers_at_once_then_lets_one_probe_through(
    service: StorageService, http: Http
) -> None:
    breaker = Breaker(threshold=2, first_pause_s=1.0)
    upstream = Upstream(http, Signer(service.profile(), http, Login()), breaker)
    href = service.href(PATH)
    service.fault = lambda seen, true: Answer(500)
    with pytest.raises(DinamisError):
        upstream.fetch(href, 0, 10, lambda _: None, Cancel())
    assert breaker.is_open(href)
    asked = len(service.reads)
    with pytest.raises(NetworkError) as caught:
        upstream.fetch(href, 0, 10, lambda _: None, Cancel())
    assert caught.value.code == "offline"
    assert len(service.reads) == asked
    while breaker.is_open(href):
        time.sleep(0.02)
    service.fault = None
    upstream.fetch(href, 0, 10, lambda _: None, Cancel())
    assert not breaker.is_open(href)


def test_a_probe_that_fails_opens_for_longer_and_a_person_may_insist() -> None:
    breaker, url = Breaker(threshold=1, first_pause_s=0.05), "https://s3.example/x"
    why = NetworkError("gone", code="down")
    breaker.bad(url, why)
    with pytest.raises(NetworkError, match="gone"):
        breaker.enter(url)
    time.sleep(0.06)
    breaker.enter(url)
    with pytest.raises(NetworkError):  # one probe at a time
        breaker.enter(url)
    breaker.bad(url, why)
    time.sleep(0.06)
    with pytest.raises(NetworkError):
        breaker.enter(url)
    breaker.reset()
    breaker.enter(url)


def test_a_cancelled_probe_lets_the_next_one_through() -> None:
    breaker, url = Breaker(threshold=1, first_pause_s=0.01), "https://s3.example/x"
    breaker.bad(url, NetworkError("gone"))
    time.sleep(0.02)
    breaker.enter(url)
    breaker.leave(url)
    breaker.enter(url)


def test_hosts_do_not_share_a_breaker() -> None:
    breaker = Breaker(threshold=1)
    breaker.bad("https://one.example/x", NetworkError("gone"))
    breaker.enter("https://two.example/x")
