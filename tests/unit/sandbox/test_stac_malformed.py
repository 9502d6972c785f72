"""The training catalogue answers every malformed search with a 400 and a sentence: never a
traceback, never a hang.
"""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("osgeo.gdal", reason="the training imagery is made with GDAL")

from tests.support.service import Answer, ask


def get(base: str, path: str = "/search", **query: str) -> Answer:
    return ask(f"{base}{path}?{urlencode(query)}" if query else f"{base}{path}")


def post(base: str, body: Any) -> Answer:
    return ask(f"{base}/search", "POST", data=body)


DEEP = json.loads("[" * 60 + "1" + "]" * 60)
NO_RFC3339 = [
    "1985-04-12",
    "1985-04-12T23:20:50.52",
    "1937-01-01T12:00:27.87+0100",
    "37-01-01T12:00:27.87Z",
    "21985-12-12T23:20:50.52Z",
    "1985-12-32T23:20:50.52Z",
    "1985-12-01T25:20:50.52Z",
    "1985-12-01T00:60:50.52Z",
    "1985-12-01T00:06:61.52Z",
    "1985-04-12T23:20:50.Z",
    "1985-04-12T23:20:50,52Z",
    "/..",
    "/1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z",
    "1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z/",
    "1986-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z",
    "2020-01-01/..",
]
BAD_BODIES: list[Any] = [
    [],
    "text",
    3,
    {"limit": 0},
    {"limit": -1},
    {"limit": "5"},
    {"limit": 2.5},
    {"limit": True},
    {"collections": "spot"},
    {"collections": [1]},
    {"ids": {"a": 1}},
    {"bbox": [1, 2, 3]},
    {"bbox": ["a", 1, 2, 3]},
    {"bbox": [0, 10, 1, 5]},
    {"bbox": [-500, 0, 500, 1]},
    {"bbox": [None] * 4},
    {"bbox": "0,0,1,1"},
    {"bbox": [0, 0, 9, 1, 1, 5]},
    {"bbox": [0, 0, 1, 1], "intersects": {"type": "Point", "coordinates": [0, 0]}},
    {"bbox": [0, 0, 1e400, 1]},
    {"bbox": [0, 0, True, 1]},
    {"intersects": {}},
    {"intersects": []},
    {"intersects": {"type": "Point"}},
    {"intersects": {"type": "Point", "coordinates": ["x", 1]}},
    {"intersects": {"type": "Point", "coordinates": [500, 1]}},
    {"intersects": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}},
    {"intersects": {"type": "Polygon", "coordinates": []}},
    {"intersects": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}},
    {"intersects": {"type": "Polygon", "coordinates": DEEP}},
    {"intersects": {"type": "GeometryCollection", "geometries": []}},
    {"intersects": {"type": ["Point"], "coordinates": [0, 0]}},
    {"intersects": {"type": "Feature", "geometry": None}},
    {"datetime": "yesterday"},
    {"datetime": "../.."},
    {"datetime": "/"},
    {"datetime": ""},
    {"datetime": "2022-13-01T00:00:00Z"},
    *({"datetime": text} for text in NO_RFC3339),
    {"datetime": "2022-01-01/2021-01-01"},
    {"datetime": "2020/2021/2022"},
    {"datetime": 2020},
    {"datetime": "0000-00-00"},
    {"datetime": "9999-12-31T23:59:59-23:59"},
    {"sortby": "x"},
    {"sortby": [{"direction": "asc"}]},
    {"sortby": [{"field": "a", "direction": "up"}]},
    {"sortby": [1]},
    {"query": []},
    {"query": {"a": 1}},
    {"query": {"a": {"like": 1}}},
    {"query": {"a": {"in": 1}}},
    {"query": {"a": {"lt": [1]}}},
    {"query": {"a": {}}},
    {"query": {"a": {"startsWith": 1}}},
    {"query": {"eo:cloud_cover": {"lt": None}}},
    {"token": "x"},
    {"token": 3},
    {"token": "next:a"},
    {"token": "next:a:b"},
    {"token": "prev:a:b"},
]
BAD_QUERIES: list[dict[str, str]] = [
    {"limit": "0"},
    {"limit": "abc"},
    {"limit": "1e3"},
    {"limit": "99999999999999999999"},
    {"bbox": "1,2,3"},
    {"bbox": "a,b,c,d"},
    {"bbox": "nan,0,1,1"},
    {"bbox": "0,0,inf,1"},
    {"bbox": ",,,"},
    {"datetime": "soon"},
    {"datetime": "../.."},
    {"query": "{"},
    {"query": "[]"},
    {"intersects": "POINT(0 0)"},
    {"intersects": "[" * 1500},
    {"query": "[" * 1500},
    {"token": "next::"},
    {"token": "garbage"},
    {"sortby": "+"},
    {"sortby": "-,"},
    {"bbox": "0,0,1,1", "intersects": '{"type":"Point","coordinates":[0,0]}'},
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=lambda b: json.dumps(b)[:60])
def test_malformed_post_is_a_400_with_a_sentence(base: str, body: Any) -> None:
    answer = post(base, body)
    assert answer.status == 400, answer.body[:200]
    assert len(answer.json()["detail"]) > 10 and "Traceback" not in answer.body.decode()


@pytest.mark.parametrize("query", BAD_QUERIES, ids=lambda q: str(q)[:60])
def test_malformed_get_is_a_400_with_a_sentence(base: str, query: dict[str, str]) -> None:
    answer = get(base, **query)
    assert answer.status == 400, answer.body[:200]
    assert len(answer.json()["detail"]) > 10


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"limit": 5',
        b"NaN",
        b'{"bbox": [NaN, 0, 1, 1]}',
        b'{"limit": ' + b"9" * 3000 + b"}",
    ],
)
def test_bytes_that_are_no_search_are_a_400(base: str, body: bytes) -> None:
    host, _, port = base[len("http://") : -len("/stac")].partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    connection.request("POST", "/stac/search", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 400, answer.read()[:200]
    connection.close()
