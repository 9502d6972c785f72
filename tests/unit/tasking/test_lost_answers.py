"""A request is never sent twice and never lost, however odd the service and the clocks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from shapely.geometry import MultiPolygon

from dinamis_qgis.core.errors import DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.failures import network_error
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels import stapi
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.model import READY, SENDING, Draft, Request, new_request
from dinamis_qgis.core.tasking.register import register as registers
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import never_taken, send_request
from tests.unit.tasking.scripted import Drop, Scripted, scripted

Order = dict[str, Any]
NO_REFERENCE = {"parameters": {"mode": {"enum": ["mono"]}}}


def without(*names: str) -> Callable[[Order], Order]:
    def change(order: Order) -> Order:
        for name in names:
            order["properties"].pop(name, None)
        if "search_parameters" in names:
            order["geometry"] = None
        return order

    return change


def rounded(order: Order) -> Order:
    asked = order["properties"]["search_parameters"]
    for place in (order, asked):
        if place.get("geometry"):
            rings = place["geometry"]["coordinates"]
            shape = [[[round(x, 3), round(y, 3)] for x, y in ring] for ring in rings]
            place["geometry"] = {"type": "Polygon", "coordinates": shape}
    return order


def boxed(order: Order) -> Order:
    asked = order["properties"]["search_parameters"]
    points = [p for ring in asked["geometry"]["coordinates"] for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    asked["geometry"] = order["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    return order


def in_days(order: Order) -> Order:
    asked = order["properties"]["search_parameters"]
    first, last = asked["datetime"].split("/")
    asked["datetime"] = f"{first[:10]}/{last[:10]}"
    return order


def damaged(order: Order) -> Order:
    bow = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    asked = order["properties"]["search_parameters"]
    asked["geometry"] = order["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    return order


BARE = without("search_parameters", "order_parameters")
SERVICES: dict[str, dict[str, Any]] = {
    "plain": {},
    "no reference": NO_REFERENCE,
    "ahead": {**NO_REFERENCE, "ahead": timedelta(hours=3)},
    "behind": {**NO_REFERENCE, "ahead": timedelta(days=-3)},
    "behind, no date": {**NO_REFERENCE, "ahead": timedelta(days=-3), "dated": False},
    "shows no parameters": {"listed": BARE},
    "shows no parameters at all": {"listed": BARE, "detailed": BARE},
    "bare, no reference": {**NO_REFERENCE, "listed": BARE, "detailed": BARE},
    "bare, behind": {
        **NO_REFERENCE, "listed": BARE, "detailed": BARE, "ahead": timedelta(days=-30),
    },
    "no moments": {**NO_REFERENCE, "listed": without("created"), "detailed": without("created")},
    "no product": {**NO_REFERENCE, "listed": without("product_id")},
    "rounded": {**NO_REFERENCE, "listed": rounded, "detailed": rounded},
    "boxed": {**NO_REFERENCE, "listed": boxed, "detailed": boxed},
    "in days": {**NO_REFERENCE, "listed": in_days, "detailed": in_days},
    "orders": {"orders_key": "orders"},
    "in a circle": {"circle": True},
    "in a circle, no reference": {**NO_REFERENCE, "circle": True},
    "slow to show": {**NO_REFERENCE, "hidden_s": 0.3},
    "one a page": {"page": 1},
    "parameters lost": {"listed": without("order_parameters"), "detailed": BARE},
}  # fmt: skip


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def channel(service: Scripted) -> Iterator[Stapi]:
    http = Http("test", retries=0, timeout=(5, 5))
    yield Stapi(Tasking("stapi", service.root), http)
    http.close()


@pytest.fixture
def ready(register: Register, draft: Draft) -> Request:
    return register.save(replace(new_request("p", draft), state=READY))


def loses(times: int) -> Callable[[], None]:
    left = [times]

    def lose() -> None:
        if left[0]:
            left[0] -= 1
            raise Drop

    return lose


def older(service: Scripted, channel: Stapi, request: Request) -> int:
    """Orders of the same kind made elsewhere before: they tempt."""
    body = channel.payload(replace(request, reference="somebody-else"))
    for _ in range(2):
        service.take("pleiades", body)
    return len(service.orders)


def settle(request: Request, register: Register, channel: Stapi) -> Request:
    """As the plugin does: again and again, while it is not known to have left."""
    for _ in range(6):
        try:
            return send_request(request.reference, register, channel, settle_s=0.5)
        except DinamisError:
            if register.get(request.reference).state not in (READY, SENDING):
                break
    return register.get(request.reference)


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("where", ["after", "before"])
def test_never_two_never_zero(
    name: str,
    where: str,
    ready: Request,
    register: Register,
    channel: Stapi,
    service: Scripted,
) -> None:
    for key, value in SERVICES[name].items():
        setattr(service.behaviour, key, value)
    before = older(service, channel, ready)
    for order in service.orders:
        service.taken_at[order["id"]] -= 10
    setattr(service.behaviour, where, loses(1))
    sent = settle(ready, register, channel)
    if where == "before" and service.behaviour.circle:
        # whether the list was read whole cannot be known: nothing is sent again
        assert sent.state == SENDING
        assert len(service.orders) == before
        return
    assert len(service.orders) == before + 1
    assert sent.order_id == service.orders[-1]["id"]


@pytest.mark.parametrize("jump", [timedelta(days=2), timedelta(days=-2), timedelta(hours=1)])
@pytest.mark.parametrize("parameters", [None, NO_REFERENCE["parameters"]])
def test_a_clock_that_jumps(
    jump: timedelta,
    parameters: dict | None,
    ready: Request,
    register: Register,
    channel: Stapi,
    service: Scripted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The machine's clock is set between any two looks at it; the service shows its orders late."""
    service.behaviour.parameters = parameters or service.behaviour.parameters
    service.behaviour.hidden_s = 0.3
    service.behaviour.after = loses(1)
    steps = itertools.count()
    real = datetime.now

    def now() -> datetime:
        return real(timezone.utc) + next(steps) * jump

    monkeypatch.setattr(registers, "now_utc", now)
    assert send_request(ready.reference, register, channel, settle_s=2).order_id
    assert len(service.orders) == 1


def test_the_list_is_read_to_its_end(
    ready: Request,
    register: Register,
    channel: Stapi,
    service: Scripted,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bound of lists that are only looked at does not count here."""
    monkeypatch.setattr(stapi, "MAX_PAGES", 3)
    body = channel.payload(replace(ready, reference="somebody-else"))
    for _ in range(20):
        service.take("pleiades", body)
    service.behaviour.page = 1
    service.behaviour.after = loses(1)
    sent = send_request(ready.reference, register, channel, settle_s=0)
    assert len(service.orders) == 21
    assert sent.order_id == service.orders[-1]["id"]


def test_a_service_that_lists_nothing_leaves_it_unclear(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    service.behaviour.orders_key = "something"
    service.behaviour.after = loses(1)
    sent = settle(ready, register, channel)
    assert sent.state == SENDING
    assert len(service.orders) == 1


def test_an_order_that_shows_too_late_is_no_second_one(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    """Slower than anybody waits: it is found when the request is sent again."""
    service.behaviour.hidden_s = 1.0
    service.behaviour.after = loses(3)
    service.behaviour.before = loses(0)
    with pytest.raises(NetworkError):
        send_request(ready.reference, register, channel, settle_s=0)
    made = len(service.orders)
    service.behaviour.hidden_s = 0
    sent = send_request(ready.reference, register, channel, settle_s=0)
    assert len(service.orders) == made
    assert sent.order_id in {order["id"] for order in service.orders}


@pytest.mark.parametrize("host", ["resolve.example", "refused.example", "name-resolution.test"])
def test_the_name_of_a_host_is_no_proof(host: str) -> None:
    assert not never_taken(network_error(ConnectionResetError(host), f"https://{host}/orders"))
    assert not never_taken(network_error(TimeoutError(f"{host}: refused"), f"https://{host}/"))
    assert never_taken(network_error(ConnectionRefusedError(111, "x"), f"https://{host}/"))


def test_what_follows_a_redirect_is_no_proof() -> None:
    error = ServiceError("gone", status=404)
    assert never_taken(error)
    error.maybe_done = True
    assert not never_taken(error)


def test_one_part_is_a_polygon(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    """Layers of QGIS hold multipolygons, products take polygons."""
    area = ready.draft.area
    assert area is not None
    many = replace(ready, draft=replace(ready.draft, area=MultiPolygon([area])))
    assert channel.payload(many)["geometry"]["type"] == "Polygon"
