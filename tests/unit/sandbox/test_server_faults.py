"""Faults on demand: each does to a client what its name says, and nothing after it is cleared."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dinamis_qgis.sandbox.faults import Fault
from dinamis_qgis.sandbox.service import Service
from dinamis_qgis.sandbox.web.web import HttpRequest, Response, Route, json_response
from tests.support.service import LittleWorld, ask, running_service

DONE: list[str] = []


def _act(request: HttpRequest) -> Response:
    DONE.append(request.body.decode())
    return json_response({"done": "x" * 1000})


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    DONE.clear()
    path = tmp_path / "file"
    path.write_bytes(b"0123456789" * 1000)
    routes = [
        Route("POST", "/act", _act),
        Route("GET", "/file", lambda request: Response(file=path)),
    ]
    with running_service(tmp_path, LittleWorld({}), routes) as running:
        yield running


def test_status_for_a_number_of_times(service: Service) -> None:
    service.faults.add(Fault("/act", status=500, times=2))
    statuses = [ask(service.root + "/act", "POST").status for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert len(DONE) == 1


def test_too_many_requests_with_its_delay(service: Service) -> None:
    service.faults.add(Fault("/.*", status=429, headers={"Retry-After": "7"}))
    answer = ask(service.root + "/file")
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    service.faults.clear()
    assert ask(service.root + "/file").status == 200


def test_garbage_with_status_200(service: Service) -> None:
    service.faults.add(Fault("/act", body=b"<html>{"))
    answer = ask(service.root + "/act", "POST")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (
        200,
        b"<html>{",
        "application/json",
    )
    assert DONE == []


@pytest.mark.parametrize("count", [0, 1, 3000])
def test_a_body_cut_in_the_middle(service: Service, count: int) -> None:
    service.faults.add(Fault("/file", cut_after=count, times=1))
    with pytest.raises(http.client.IncompleteRead) as cut:
        ask(service.root + "/file")
    assert len(cut.value.partial) == count
    assert len(ask(service.root + "/file").body) == 10_000


def test_a_json_answer_cut_in_the_middle(service: Service) -> None:
    service.faults.add(Fault("/act", cut_after=10))
    with pytest.raises(http.client.IncompleteRead):
        ask(service.root + "/act", "POST")


def test_done_but_the_answer_is_lost(service: Service) -> None:
    service.faults.add(Fault("/act", method="POST", drop=True, times=1))
    with pytest.raises(http.client.RemoteDisconnected):
        ask(service.root + "/act", "POST")
    assert len(DONE) == 1


def test_refused_before_anything_is_done(service: Service) -> None:
    service.faults.add(Fault("/act", refuse=True, times=1))
    with pytest.raises(http.client.RemoteDisconnected):
        ask(service.root + "/act", "POST")
    assert DONE == []


def test_slow_then_true(service: Service) -> None:
    service.faults.add(Fault("/file", delay=0.2, times=1))
    start = time.monotonic()
    assert ask(service.root + "/file").status == 200
    assert time.monotonic() - start >= 0.2


def test_a_rule_strikes_only_its_method_and_whole_path(service: Service) -> None:
    service.faults.add(Fault("/fil", status=500))
    service.faults.add(Fault("/file", method="POST", status=500))
    assert ask(service.root + "/file").status == 200
