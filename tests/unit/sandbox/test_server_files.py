"""Files over HTTP: ranges in all their forms, validators, conditions; and the simulated line."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dinamis_qgis.sandbox.service import Service
from dinamis_qgis.sandbox.web.files import MAX_RANGES, parse_range
from dinamis_qgis.sandbox.web.web import HttpProblem, Response, Route
from tests.support.service import Answer, LittleWorld, ask, running_service

SIZE = 300_000
CONTENT = bytes(i * 7 % 251 for i in range(SIZE))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("files")
    path, empty = folder / "a.tif", folder / "empty.bin"
    path.write_bytes(CONTENT)
    os.utime(path, (1_700_000_000.25, 1_700_000_000.25))
    empty.write_bytes(b"")
    routes = [
        Route(
            "GET",
            "/a",
            lambda request: Response(content_type="image/tiff", file=path, headers={"X-More": "1"}),
        ),
        Route("GET", "/empty", lambda request: Response(file=empty)),
        Route("GET", "/gone", lambda request: Response(file=folder / "gone")),
    ]
    with running_service(folder, LittleWorld({}), routes) as running:
        yield running


def _get(service: Service, **headers: str) -> Answer:
    return ask(
        service.root + "/a",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def test_whole_file(service: Service) -> None:
    answer = _get(service)
    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-type"] == "image/tiff"
    assert answer.headers["last-modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert re.fullmatch(r'"[0-9a-f]{32}"', answer.headers["etag"])
    assert answer.headers["x-more"] == "1"


def test_head_tells_the_length_without_bytes(service: Service) -> None:
    answer = ask(service.root + "/a", "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(SIZE))


@pytest.mark.parametrize(
    ("value", "first", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=299990-", 299990, SIZE),
        ("bytes=-5", SIZE - 5, SIZE),
        ("bytes=-999999999", 0, SIZE),
        ("bytes=299999-999999999", SIZE - 1, SIZE),
        ("bytes=5-6,", None, None),
        ("BYTES = 1-2", 1, 3),
        ("bytes=400000-500000, 1-3", 1, 4),
    ],
)
def test_one_range(service: Service, value: str, first: int | None, stop: int | None) -> None:
    answer = _get(service, Range=value)
    if first is None or stop is None:
        assert (answer.status, answer.body) == (200, CONTENT)
        return
    assert answer.status == 206
    assert answer.body == CONTENT[first:stop]
    assert answer.headers["content-range"] == f"bytes {first}-{stop - 1}/{SIZE}"


def test_several_ranges_come_as_parts(service: Service) -> None:
    answer = _get(service, Range="bytes=0-9, 100-109, -10")
    assert answer.status == 206
    boundary = answer.headers["content-type"].partition("boundary=")[2]
    assert answer.headers["content-type"].startswith("multipart/byteranges;")
    parts = answer.body.split(b"--" + boundary.encode())
    assert parts[0] == b"\r\n"
    assert parts[-1] == b"--\r\n"
    bodies = [part.partition(b"\r\n\r\n") for part in parts[1:-1]]
    assert [body[:-2] for _, _, body in bodies] == [CONTENT[:10], CONTENT[100:110], CONTENT[-10:]]
    assert b"Content-Range: bytes 100-109/300000" in bodies[1][0]


@pytest.mark.parametrize(
    "value",
    ["items=0-1", "bytes", "bytes=", "bytes=a-b", "bytes=9-1", "bytes=-", "0-1", "bytes=1_0-20"],
)
def test_a_malformed_range_is_ignored(service: Service, value: str) -> None:
    answer = _get(service, Range=value)
    assert (answer.status, answer.body) == (200, CONTENT)


def test_too_many_ranges_give_the_whole() -> None:
    value = "bytes=" + ",".join(f"{i}-{i}" for i in range(MAX_RANGES + 1))
    assert parse_range(value, 1000) is None
    assert parse_range("bytes=" + "9" * 60 + "-", 1000) is None


@pytest.mark.parametrize("value", ["bytes=300000-", "bytes=-0", "bytes=999999-9999999"])
def test_a_range_beyond_the_end_is_416(service: Service, value: str) -> None:
    answer = _get(service, Range=value)
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{SIZE}"


def test_an_empty_file(service: Service) -> None:
    answer = ask(service.root + "/empty")
    assert (answer.status, answer.body) == (200, b"")
    assert ask(service.root + "/empty", headers={"Range": "bytes=0-"}).status == 416
    with pytest.raises(HttpProblem):
        parse_range("bytes=-1", 0)


def test_a_file_that_is_gone_is_404(service: Service) -> None:
    assert ask(service.root + "/gone").json() == {"detail": "Not Found"}


def test_if_range(service: Service) -> None:
    whole = _get(service)
    for condition, status in (
        (whole.headers["etag"], 206),
        (whole.headers["last-modified"], 206),
        ('"other"', 200),
        ("W/" + whole.headers["etag"], 200),
        ("Tue, 14 Nov 2023 22:13:19 GMT", 200),
        ("not a date", 200),
    ):
        assert _get(service, Range="bytes=0-9", If_Range=condition).status == status, condition


def test_conditional_requests(service: Service) -> None:
    whole = _get(service)
    for headers, status in (
        ({"If_None_Match": whole.headers["etag"]}, 304),
        ({"If_None_Match": f'"x", W/{whole.headers["etag"]}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"x"', "If_Modified_Since": whole.headers["last-modified"]}, 200),
        ({"If_Modified_Since": whole.headers["last-modified"]}, 304),
        ({"If_Modified_Since": "Tue, 14 Nov 2023 22:13:19 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
    ):
        answer = _get(service, **headers)
        assert answer.status == status, headers
        assert (answer.body == b"") is (status == 304)
        assert answer.headers["etag"] == whole.headers["etag"]


def test_a_changed_file_has_another_etag(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    with running_service(
        tmp_path, LittleWorld({}), [Route("GET", "/a", lambda request: Response(file=path))]
    ) as service:
        before = ask(service.root + "/a").headers["etag"]
        path.write_bytes(b"three")
        assert ask(service.root + "/a").headers["etag"] != before


def test_the_line_is_as_slow_as_asked(tmp_path: Path) -> None:
    """Lower bounds only: a simulated line must never be faster than what it simulates."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * 125_000)
    routes = [Route("GET", "/a", lambda request: Response(file=path))]
    with running_service(tmp_path, LittleWorld({}), routes, rtt_ms=60, rate_mbit=4) as service:
        start = time.monotonic()
        assert len(ask(service.root + "/a").body) == 125_000
        spent = time.monotonic() - start
    assert spent >= 2 * 0.060 + 125_000 * 8 / 4e6 - 0.01


@pytest.mark.parametrize(
    "options", [{"rtt_ms": -1}, {"rate_mbit": -5}, {"token_life": 0}, {"url_life": 0}]
)
def test_senseless_options_are_refused(tmp_path: Path, options: dict[str, float]) -> None:
    with (
        pytest.raises(ValueError, match="--"),
        running_service(tmp_path, LittleWorld({}), **options),
    ):
        pass
