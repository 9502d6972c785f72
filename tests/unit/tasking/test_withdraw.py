"""Cancelling at the service: by the order's own link, against real servers that refuse, fail, or go
away in the middle of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from dinamis_qgis.core.errors import DinamisError, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.follow import is_useful
from dinamis_qgis.core.tasking.model import READY, Draft, Link, Request, new_request, now_utc
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import withdraw_request
from tests.support.scripted import Answer, as_json, scripted
from tests.unit.tasking.scripted import moment

CANCEL = [{"rel": "cancel", "href": "/orders/o1/cancel", "method": "POST"}]


def order(*codes: str, links: Any = ()) -> dict[str, Any]:
    status = {"timestamp": moment(), "status_code": codes[-1]}
    facts = {
        "product_id": "pleiades",
        "created": moment(),
        "status": status,
        "order_parameters": {},
    }
    return {
        "type": "Feature",
        "id": "o1",
        "geometry": None,
        "properties": facts,
        "links": list(links),
    }


class Service:
    """One order; ``answer`` is what a cancellation gets, ``effect`` whether it works all the same;
    ``up`` counts down the reads.
    """

    def __init__(self) -> None:
        self.answer: Any = lambda: as_json({})
        self.effect, self.offered = True, True
        self.up: Iterator[bool] = itertools.repeat(True)
        self.code = "received"
        self.cancels: list[str] = []

    def __call__(self, request: Any) -> Any:
        if request.path.endswith("/cancel"):
            self.cancels.append(request.method)
            if self.effect:
                self.code = "user_cancelled"
            return self.answer()
        if "/statuses" in request.path:
            return Answer(404)
        if not next(self.up):
            return Answer(503)
        return as_json(
            order(self.code, links=CANCEL if self.offered and self.code == "received" else ())
        )


@pytest.fixture
def service() -> Service:
    return Service()


@contextmanager
def running(service: Service) -> Iterator[Stapi]:
    with scripted(service) as server:
        http = Http("test", retries=0, timeout=(5, 5))
        try:
            yield Stapi(Tasking("stapi", server.root), http)
        finally:
            http.close()


@pytest.fixture
def sent(register: Register, draft: Draft) -> Request:
    from dinamis_qgis.core.tasking.model import Order, Status

    kept = register.save(replace(new_request("p", draft), state=READY))
    register.begin_sending(kept.reference, "anne")
    made = Order(
        "o1",
        "pleiades",
        statuses=(Status("received", now_utc()),),
        links=(Link("cancel", "/orders/o1/cancel"),),
    )
    return register.record(kept.reference, made)[0]


def test_it_is_cancelled_and_asked_after_no_more(
    service: Service, register: Register, sent: Request
) -> None:
    with running(service) as channel:
        assert channel.can_cancel(sent)
        kept = withdraw_request(sent, register, channel, Cancel())
        assert kept.state == "user_cancelled" and service.cancels == ["POST"]
        assert not kept.unread, "no news to who did it"
        assert not channel.can_cancel(kept) and not is_useful(kept, now_utc())
        assert (
            withdraw_request(sent, register, channel, Cancel()).state == "user_cancelled"
            and len(service.cancels) == 1
        )


@pytest.mark.parametrize(
    "method, wire", [("DELETE", "DELETE"), ("delete", "DELETE"), ("TRACE", "POST"), ("", "POST")]
)
def test_the_links_method_is_kept(
    method: str,
    wire: str,
    service: Service,
    register: Register,
    sent: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(CANCEL[0], "method", method)
    with running(service) as channel:
        withdraw_request(sent, register, channel, Cancel())
    assert service.cancels == [wire]


@pytest.mark.parametrize("status", [404, 405, 409, 410])
def test_a_refusal_changes_nothing(
    status: int, service: Service, register: Register, sent: Request
) -> None:
    service.answer, service.effect = (lambda: Answer(status)), False
    with running(service) as channel, pytest.raises(InvalidInput) as raised:
        withdraw_request(sent, register, channel, Cancel())
    assert (
        raised.value.code == "no-cancel" and raised.value.remedy and raised.value.status == status
    )
    assert register.get(sent.reference).state == "received"


def test_what_it_has_become_meanwhile_is_kept(
    service: Service, register: Register, sent: Request
) -> None:
    service.code = "scheduled"
    with running(service) as channel:
        with pytest.raises(InvalidInput):
            withdraw_request(sent, register, channel, Cancel())
        kept = register.get(sent.reference)
    assert kept.state == "scheduled" and not service.cancels


def test_one_that_ended_meanwhile_is_no_error(
    service: Service, register: Register, sent: Request
) -> None:
    service.code = "completed"
    with running(service) as channel:
        assert withdraw_request(sent, register, channel, Cancel()).state == "completed"
    assert not service.cancels


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_failure_after_it_worked_is_seen(
    status: int, service: Service, register: Register, sent: Request
) -> None:
    service.answer = lambda: Answer(status)
    with running(service) as channel:
        assert withdraw_request(sent, register, channel, Cancel()).state == "user_cancelled"


def test_a_failure_without_effect_is_told(
    service: Service, register: Register, sent: Request
) -> None:
    service.answer, service.effect = (lambda: Answer(500)), False
    with running(service) as channel, pytest.raises(ServiceError):
        withdraw_request(sent, register, channel, Cancel())
    assert register.get(sent.reference).state == "received"


def test_gone_in_the_middle_of_it_nothing_is_claimed(
    service: Service, register: Register, sent: Request
) -> None:
    service.answer = lambda: Answer(503)
    service.up = itertools.chain([True], itertools.repeat(False))
    with running(service) as channel, pytest.raises(NetworkError, match="not known") as raised:
        withdraw_request(sent, register, channel, Cancel())
    assert raised.value.code == "unclear"
    assert register.get(sent.reference).state == "received"


def test_a_service_that_is_down(register: Register, sent: Request) -> None:
    http = Http("test", retries=0, timeout=(2, 2))
    try:
        with pytest.raises(NetworkError):
            withdraw_request(sent, register, Stapi(Tasking("stapi", "http://127.0.0.1:9"), http), Cancel())
    finally:
        http.close()
    assert register.get(sent.reference).state == "received"


def test_without_a_link_nothing_is_offered(
    service: Service, register: Register, sent: Request
) -> None:
    service.offered = False
    with running(service) as channel:
        assert not channel.can_cancel(replace(sent, links=()))
        assert not channel.can_cancel(replace(sent, joined=True)), "another's order"
        with pytest.raises(DinamisError) as raised:
            channel.cancel("o1")
    assert raised.value.code == "no-cancel" and not service.cancels


def test_the_link_may_not_lead_elsewhere(
    service: Service, register: Register, sent: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CANCEL[0], "href", "http://192.0.2.7/orders/o1/cancel")
    with running(service) as channel, pytest.raises(ServiceError, match="another address"):
        withdraw_request(sent, register, channel, Cancel())
    assert not service.cancels
