"""Large JSON documents, read so that other threads have their turn."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest

from dinamis_qgis.core.net import large_json

VALUES = [
    {},
    [],
    {"features": []},
    {"a": {}, "features": [{"b": [1, {"c": None}]}, 2, "é\ud800"], "z": 1.5},
    [[], {}, [[1]]],
    "x",
    3,
    None,
]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_json, "LARGE", 0)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_as_json_does(value: Any, indent: int | None, ascii_only: bool, encoding: str) -> None:
    body = f" \r\n{json.dumps(value, indent=indent, ensure_ascii=ascii_only)}\t".encode(
        encoding, "surrogatepass"
    )
    assert large_json.parse_json(body) == json.loads(body) == value


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b"[", b"[1", b"[1,", b"[1,]", b"[,1]", b"[1 2]", b"{1: 2}", b'{"a"}', b'{"a" 1}', b'{"a":}', b'{"a":1,}', b'{,}',
        b'{"a":1 "b":2}', b"[1]]", b"{} {}", b"<html>", b'{"features": [{"a": 1}', b"]", b'{[]: 1}',
    ],
)  # fmt: skip
def test_what_is_no_json_is_none(body: bytes) -> None:
    for read in (json.loads, large_json.parse_json):
        with pytest.raises(ValueError):
            read(body)


def test_some_services_write_latin() -> None:
    assert large_json.parse_json('["é"]'.encode("latin-1")) == ["é"]


def test_other_threads_have_their_turn() -> None:
    body = json.dumps(
        {"features": [{"id": i, "coordinates": [[i * 0.1, 43.5]] * 40} for i in range(6000)]}
    ).encode()
    turns, over = 0, threading.Event()

    def beat() -> None:
        nonlocal turns
        while not over.is_set():
            turns += 1
            time.sleep(0)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    before = turns
    found = large_json.parse_json(body)
    after = turns
    over.set()
    thread.join()
    assert len(found["features"]) == 6000 and after - before > 5
