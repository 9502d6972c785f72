"""Signatures: batches, renewal, one request for many threads, refusals.

A real signing service on loopback.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    InvalidInput,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.imagery.signing import Signer, life_s
from dinamis_qgis.core.net.http import Cancel, Http
from tests.support.scripted import Answer, Seen, as_json
from tests.support.storage import Login, StorageService, client, storage

PATHS = [f"/bucket/{n}.tif" for n in range(150)]


@pytest.fixture
def service() -> Iterator[StorageService]:
    with storage(dict.fromkeys(PATHS, b"x")) as running:
        yield running


@pytest.fixture
def http() -> Iterator[Http]:
    with client(retries=1) as made:
        yield made


def signer(
    service: StorageService, http: Http, login: Login | None = None, renew_below_s: int = 1800
) -> Signer:
    return Signer(service.profile(renew_below_s), http, login or Login())


def test_a_signature_is_asked_for_once(service: StorageService, http: Http) -> None:
    ours = signer(service, http)
    first = ours.signed(service.href(PATHS[0]))
    assert "X-Amz-Signature=" in first
    assert ours.signed(service.href(PATHS[0])) == first
    assert len(service.batches) == 1


def test_many_are_signed_in_batches_of_at_most_64(service: StorageService, http: Http) -> None:
    found = signer(service, http).signed_many(service.href(path) for path in PATHS)
    assert len(found) == 150
    assert [len(batch) for batch in service.batches] == [64, 64, 22]


def test_threads_asking_for_the_same_href_cause_one_request(
    service: StorageService, http: Http
) -> None:
    ours = signer(service, http)
    gate = threading.Barrier(16)

    def ask(_: int) -> str:
        gate.wait()
        return ours.signed(service.href(PATHS[0]))

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(ask, range(16)))
    assert len(answers) == 1
    assert len(service.batches) == 1


def test_threads_asking_for_different_hrefs_share_requests(
    service: StorageService, http: Http
) -> None:
    original = service._sign

    def slow(seen: Seen) -> Answer:
        time.sleep(0.2)
        return original(seen)

    service._sign = slow  # type: ignore[method-assign]
    ours = signer(service, http)
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda path: ours.signed(service.href(path)), PATHS[:32]))
    assert sum(len(batch) for batch in service.batches) == 32
    assert len(service.batches) <= 3


def test_a_signature_near_its_end_is_renewed(service: StorageService, http: Http) -> None:
    service.life = 1800
    ours = signer(service, http, renew_below_s=600)
    first = ours.signed(service.href(PATHS[0]))
    service.life = 500
    ours.forget(service.href(PATHS[0]))
    second = ours.signed(service.href(PATHS[0]))
    assert second != first


def test_a_life_of_seconds_is_used_for_most_of_it(service: StorageService, http: Http) -> None:
    service.life = 3
    ours = signer(service, http, renew_below_s=1800)
    first = ours.signed(service.href(PATHS[0]))
    assert ours.signed(service.href(PATHS[0])) == first
    time.sleep(2.5)
    assert ours.signed(service.href(PATHS[0])) != first
    assert len(service.batches) == 2


def test_a_service_whose_clock_is_wrong_by_hours_is_no_trouble(
    service: StorageService, http: Http
) -> None:
    for skew in (-7200.0, 7200.0):
        service.skew = skew
        ours = signer(service, http)
        first = ours.signed(service.href(PATHS[0]))
        assert ours.signed(service.href(PATHS[0])) == first


def test_a_signature_without_life_is_given_but_not_kept(
    service: StorageService, http: Http
) -> None:
    service.life = 0
    ours = signer(service, http)
    assert ours.signed(service.href(PATHS[0])) != ours.signed(service.href(PATHS[0]))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/bucket/0.tif",
        "http://127.0.0.1:1/bucket/0.tif",
        "file:///etc/passwd",
        "",
        "http://[::1",
    ],
)
def test_foreign_addresses_are_refused_without_a_request(
    service: StorageService, http: Http, url: str
) -> None:
    with pytest.raises(InvalidInput):
        signer(service, http).signed(url)
    assert not service.batches


def test_signed_out_asks_nobody(service: StorageService, http: Http) -> None:
    with pytest.raises(AuthError):
        signer(service, http, Login(signed_in=False)).signed(service.href(PATHS[0]))
    assert not service.server.seen


def test_401_is_an_auth_error_after_one_renewal(service: StorageService, http: Http) -> None:
    service.signing_status = 401
    login = Login()
    with pytest.raises(AuthError):
        signer(service, http, login).signed(service.href(PATHS[0]))
    assert login.renewals == 1


def test_403_is_a_licence_error_with_the_service_s_words(
    service: StorageService, http: Http
) -> None:
    service.forbidden.add(PATHS[0])
    with pytest.raises(LicenceError) as caught:
        signer(service, http).signed(service.href(PATHS[0]))
    assert "licence crise" in caught.value.details
    assert "pigma@formation.invalid" in caught.value.remedy


def test_a_forbidden_href_harms_no_other_of_its_batch(service: StorageService, http: Http) -> None:
    service.forbidden.add(PATHS[1])
    ours = signer(service, http)
    with pytest.raises(LicenceError):
        ours.signed_many(service.href(path) for path in PATHS[:3])
    before = len(service.batches)
    assert len(ours.signed_many([service.href(PATHS[0]), service.href(PATHS[2])])) == 2
    assert len(service.batches) == before


@pytest.mark.parametrize("hrefs", [None, {}, [], {"other": "x"}, "garbage", 7])
def test_garbage_is_a_service_error(service: StorageService, http: Http, hrefs: object) -> None:
    service._sign = lambda seen: as_json({"hrefs": hrefs})  # type: ignore[method-assign]
    with pytest.raises(ServiceError):
        signer(service, http).signed(service.href(PATHS[0]))


def test_a_signed_href_that_leaves_the_storage_is_refused(
    service: StorageService, http: Http
) -> None:
    href = service.href(PATHS[0])
    service._sign = lambda seen: as_json(
        {"hrefs": {href: "https://evil.example/x?X-Amz-Signature=1"}}
    )  # type: ignore[method-assign]
    with pytest.raises(ServiceError):
        signer(service, http).signed(href)


def test_a_dead_service_is_a_network_error_and_the_next_try_works(
    service: StorageService, http: Http
) -> None:
    original, calls = service._sign, []

    def dead(seen: Seen) -> Answer:
        calls.append(seen)
        return as_json({}, 503) if len(calls) <= 2 else original(seen)

    service._sign = dead  # type: ignore[method-assign]
    ours = signer(service, http)
    with pytest.raises(ServiceError):
        ours.signed(service.href(PATHS[0]))
    assert ours.signed(service.href(PATHS[0]))
    service.server.stop()
    with client(retries=0) as fresh, pytest.raises(NetworkError):
        signer(service, fresh).signed(service.href(PATHS[1]))


def test_cancelling_one_caller_does_not_fail_another(service: StorageService, http: Http) -> None:
    original, hang = service._sign, threading.Event()

    def slow(seen: Seen) -> Answer:
        hang.wait(10)
        return original(seen)

    service._sign = slow  # type: ignore[method-assign]
    ours, cancel = signer(service, http), Cancel()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ours.signed, service.href(PATHS[0]), cancel)
        while not service.server.seen:
            time.sleep(0.01)
        second = pool.submit(ours.signed, service.href(PATHS[0]))
        time.sleep(0.05)
        cancel.set()
        with pytest.raises(Cancelled):
            first.result(10)
        hang.set()
        assert "X-Amz-Signature" in second.result(10)


def test_no_signature_in_errors_and_reprs(service: StorageService, http: Http) -> None:
    ours = signer(service, http)
    signed = ours.signed(service.href(PATHS[0]))
    mark = signed.rpartition("=")[2]
    assert mark not in repr(ours) + repr(vars(ours))


def test_the_life_is_the_shorter_of_query_and_answer() -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    href = "https://s3/x?X-Amz-Date=20260101T120000Z&X-Amz-Expires=600"
    assert life_s(href, "2026-01-01T12:05:00Z", now) == 300
    assert life_s(href, "2026-01-01T13:00:00+00:00", now) == 600
    assert life_s(href, None, now) == 600
    assert life_s("https://s3/x", "2026-01-01T12:05:00", now) == 300
    assert life_s("https://s3/x", "soon", now) == 0
    assert life_s("https://s3/x?X-Amz-Date=garbage&X-Amz-Expires=1", 5, now) == 0
    assert life_s(href, "2026-01-01T11:00:00Z", now) == 0
