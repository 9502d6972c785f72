"""Bodies of strangers: what unfolds, what never ends, what is too much."""

from __future__ import annotations

import functools
import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from dinamis_qgis.core.errors import DinamisError, ServiceError
from dinamis_qgis.core.net import large_json
from dinamis_qgis.core.net.body import SMALL_BYTES, read_body, read_chunks
from dinamis_qgis.core.net.http import Http
from tests.support.scripted import Answer, scripted

MOST_GROWTH = 64 << 20


@pytest.fixture
def http() -> Iterator[Http]:
    client = Http("test/1", timeout=(2, 5), backoff=0.01, retries=0)
    yield client
    client.close()


@functools.lru_cache
def bomb(layers: int, size: int = 128 << 20) -> bytes:
    """``size`` zeros under so many layers of gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    zeros = bytes(1 << 20)
    data = b"".join(packer.compress(zeros) for _ in range(size >> 20)) + packer.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data)
    return data


def refused(http: Http, answer: Answer) -> ServiceError:
    with scripted(lambda seen: answer) as server:
        tracemalloc.start()
        try:
            with pytest.raises(ServiceError) as caught:
                http.json("GET", server.root + "/")
            assert tracemalloc.get_traced_memory()[1] < MOST_GROWTH
        finally:
            tracemalloc.stop()
    return caught.value


@pytest.mark.parametrize("status", [200, 400])
def test_what_unfolds_is_stopped(http: Http, status: int) -> None:
    answer = Answer(status, bomb(1), {"Content-Encoding": "gzip"})
    assert refused(http, answer).code == ("too-large" if status == 200 else "rejected")


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "gzip, gzip, gzip"])
def test_a_coding_within_another_is_refused(http: Http, coding: str) -> None:
    assert refused(http, Answer(200, bomb(2, 8 << 20), {"Content-Encoding": coding})).code in (
        "garbage",
    )


@pytest.mark.parametrize("status", [302, 307])
def test_the_body_of_a_redirect_is_not_read(http: Http, status: int) -> None:
    def script(seen):
        if seen.path == "/there":
            return Answer(200, b"1")
        return Answer(status, bomb(1), {"Location": "/there", "Content-Encoding": "gzip"})

    bomb(1)
    with scripted(script) as server:
        tracemalloc.start()
        try:
            assert http.json("GET", server.root + "/") == 1
            assert tracemalloc.get_traced_memory()[1] < MOST_GROWTH
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("stream", [True, False])
def test_a_body_without_end_has_an_end(http: Http, stream: bool) -> None:
    data = b"x" * (40 << 20)
    with scripted(lambda seen: Answer(200, data)) as server, pytest.raises(ServiceError) as caught:
        answer = http.request("GET", server.root + "/", stream=stream)
        read_body(answer, None, SMALL_BYTES)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(b"[1, 2]")),
        ("x-gzip", gzip.compress(b"[1,") + gzip.compress(b" 2]")),
        ("deflate", zlib.compress(b"[1, 2]")),
        ("deflate", zlib.compress(b"[1, 2]")[2:-4]),
        ("identity", b"[1, 2]"),
        ("GZIP", gzip.compress(b"[1, 2]")),
    ],
)
def test_what_services_really_send_is_read(http: Http, coding: str, data: bytes) -> None:
    answer = Answer(200, data, {"Content-Encoding": coding})
    with scripted(lambda seen: answer) as server:
        assert http.json("GET", server.root + "/") == [1, 2]


def test_a_cut_coding_is_a_cut_line(http: Http) -> None:
    data = gzip.compress(json.dumps(list(range(1000))).encode())[:-20]
    with (
        scripted(lambda seen: Answer(200, data, {"Content-Encoding": "gzip"})) as server,
        pytest.raises(DinamisError) as caught,
    ):
        http.json("GET", server.root + "/")
    assert caught.value.code == "cut"


def test_pieces_are_never_larger_than_asked(http: Http) -> None:
    answer = Answer(200, bomb(1, 4 << 20), {"Content-Encoding": "gzip"})
    with scripted(lambda seen: answer) as server:
        pieces = [
            len(piece)
            for piece in read_chunks(http.request("GET", server.root, stream=True), None, 10_000)
        ]
    assert max(pieces) <= 10_000
    assert sum(pieces) == 4 << 20


@pytest.mark.parametrize("value", [b"{},", b"[],", b"1,"])
def test_more_values_than_any_service_has(value: bytes) -> None:
    with pytest.raises(large_json.TooMuch):
        large_json.parse_json(b"[" + value * 2_000_000 + b"1]")


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="digits"):
        large_json.parse_json(b"[" + b"9" * 200_000 + b"]")
